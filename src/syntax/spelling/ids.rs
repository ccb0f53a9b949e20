//! Ids that are not written as ids are, keywords in capitals, and the references to such ids.

use std::collections::BTreeMap;

use super::super::fit::is_id;
use super::super::keywords::{self, CREDENTIAL_KINDS, ITEM_KINDS};
use super::super::patch::Change;
use super::super::placement::Context;
use super::super::repair_texts::looks_like_statement;
use super::super::wording::{floor, short};
use super::tokens::Kind;
use super::{SPELLING, Spelling};
use crate::diag::early;

/// What declares something under an id, beside the kinds of items and credentials.
const DECLARING: &[&str] = &[
    "criterion",
    "framework",
    "issuer",
    "pathway",
    "recognition",
    "role",
    "rubric",
    "scale",
    "set",
    "stage",
];

/// Words that cannot be part of an id of several words: they go on with a statement.
const CONNECTIVES: &[&str] = &[
    "alt",
    "as",
    "at",
    "because",
    "by",
    "confidence",
    "for",
    "from",
    "matches",
    "of",
    "to",
    "weight",
];

/// How far behind a word the rest of its statement is looked at.
const LOOKAHEAD: usize = 240;

/// An id of more words than this is no id.
const MOST_WORDS: usize = 6;

impl Spelling<'_> {
    /// `Badge` for `badge`, where a statement would begin.
    pub(super) fn keywords_in_capitals(&mut self) {
        for index in 0..self.tokens.len() {
            let token = &self.tokens[index];
            let capital = token.word.bytes().any(|byte| byte.is_ascii_uppercase());
            if token.kind != Kind::Word || !capital || !self.may_begin(index) {
                continue;
            }
            let (start, end) = (token.start, token.end);
            // Far enough to see a name, and no further: there may be many such words on one line.
            let near = floor(self.text, end + LOOKAHEAD);
            let line = self.text[end..near].lines().next().unwrap_or("");
            let lower = token.word.to_ascii_lowercase();
            let meant = format!("{lower}{line}");
            // The id behind it may be in another spelling as well.
            let meant = meant.trim_end();
            let named = line.contains('"') || meant.ends_with('{');
            if keywords::at(meant, Context::Unknown).is_none()
                || !named && !looks_like_statement(meant)
            {
                continue;
            }
            let written = token.word.clone().into_owned();
            self.mend(
                &early::SYNTAX_UNEXPECTED,
                (start, end),
                format!("`{}` is not a keyword", short(&written)),
                lower.clone(),
            )
            .label("keywords are written in small letters")
            .help(format!("write `{lower}`"));
            self.tokens[index].word = lower.into();
        }
    }

    /// Whether a statement may begin at a token.
    pub(super) fn may_begin(&self, index: usize) -> bool {
        self.tokens[index].first
            || index.checked_sub(1).is_none_or(|before| {
                matches!(
                    self.tokens[before].kind,
                    Kind::Open | Kind::Close | Kind::Text
                )
            })
    }

    /// Reports declared ids in another spelling, and changes them and the references to them.
    pub(super) fn ids(&mut self) {
        // What was written, with what it became and the finding that says so.
        let mut known: BTreeMap<String, (String, usize)> = BTreeMap::new();
        let mut declared = vec![false; self.tokens.len()];
        for index in 0..self.tokens.len() {
            let Some(count) = self.declared(index) else {
                continue;
            };
            let words = &self.tokens[index + 1..=index + count];
            let (Some(first), Some(last)) = (words.first(), words.last()) else {
                continue;
            };
            let (start, end) = (first.start, last.end);
            let written: Vec<&str> = words.iter().map(|token| token.word.as_ref()).collect();
            let written = written.join(" ");
            declared[index + 1..=index + count].fill(true);
            if is_id(&written) {
                continue;
            }
            let Some(id) = mended_id(&written, &self.tokens[index].word) else {
                continue;
            };
            self.mend(
                &early::NAME_MALFORMED,
                (start, end),
                format!("`{}` is not written as an id", short(&written)),
                id.clone(),
            )
            .label(SPELLING)
            .help(format!("write `{id}`"));
            let finding = self.found.len() - 1;
            known.entry(written).or_insert((id, finding));
        }
        if known.is_empty() {
            return;
        }
        for (index, declared) in declared.into_iter().enumerate() {
            if !declared {
                self.reference(index, &known);
            }
        }
    }

    /// How many words after a keyword are the id that it declares, if that is what stands here.
    fn declared(&self, index: usize) -> Option<usize> {
        let keyword = self.tokens.get(index)?;
        let word = keyword.word.as_ref();
        let declares = DECLARING.contains(&word)
            || ITEM_KINDS.contains(&word)
            || CREDENTIAL_KINDS.contains(&word);
        if keyword.kind != Kind::Word || !declares || !self.may_begin(index) {
            return None;
        }
        let words = self.tokens[index + 1..]
            .iter()
            .take_while(|token| token.kind == Kind::Word && !token.first)
            .count();
        let next = self.tokens.get(index + 1 + words)?;
        let named = next.kind == Kind::Text && !next.first
            || next.kind == Kind::Open && (word == "set" || words == 1);
        let sound = |(position, token): (usize, &super::tokens::Token<'_>)| {
            let word = token.word.as_ref();
            let goes_on = position > 0
                && (keywords::at(word, Context::Unknown).is_some() || CONNECTIVES.contains(&word));
            let number = position > 0
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.');
            !goes_on && !number && !word.contains([':', '.', '%'])
        };
        let all_sound = self.tokens[index + 1..=index + words]
            .iter()
            .enumerate()
            .all(sound);
        (named && all_sound && (1..=MOST_WORDS).contains(&words)).then_some(words)
    }

    /// Changes a reference that is spelled as a reported id is. The mend of the id takes the reference with it.
    fn reference(&mut self, index: usize, known: &BTreeMap<String, (String, usize)>) {
        let token = &self.tokens[index];
        if token.kind != Kind::Word || token.word.contains(':') {
            return;
        }
        let mut finding = None;
        let mut parts = Vec::new();
        for part in token.word.split('.') {
            match known.get(part) {
                Some((id, found)) => {
                    finding = finding.or(Some(*found));
                    parts.push(id.as_str());
                }
                None if is_id(part) => parts.push(part),
                None => return,
            }
        }
        let Some(finding) = finding else {
            return;
        };
        let path = parts.join(".");
        let (start, end) = (token.start, token.end);
        let place = self.place(start, end);
        self.found[finding].fix(place, path.clone());
        self.changes.push(Change::replace(start, end, path));
    }
}

/// The id that a text was meant to be; `None` where letters have no counterpart in ASCII.
pub(in crate::syntax) fn mended_id(written: &str, keyword: &str) -> Option<String> {
    let mut id = String::with_capacity(written.len() + 4);
    let mut small_before = false;
    for character in written.chars() {
        if character.is_ascii_alphanumeric() {
            // `DataLiteracy` is two words.
            if character.is_ascii_uppercase() && small_before {
                id.push('-');
            }
            small_before = character.is_ascii_lowercase();
            id.push(character.to_ascii_lowercase());
        } else if let Some(plain) = without_accent(character) {
            small_before = character.is_lowercase();
            id.push_str(plain);
        } else if character.is_alphanumeric() {
            return None;
        } else {
            small_before = false;
            if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
        }
    }
    let id = id.trim_end_matches('-');
    if is_id(id) {
        return Some(id.to_owned());
    }
    for (number, word) in [("1st", "first"), ("2nd", "second"), ("3rd", "third")] {
        if let Some(rest) = id.strip_prefix(number)
            && (rest.is_empty() || rest.starts_with('-'))
        {
            return Some(format!("{word}{rest}"));
        }
    }
    let prefix = keyword.rsplit('-').next().unwrap_or(keyword);
    let id = format!("{prefix}-{id}");
    (is_id(&id) && id.len() > prefix.len() + 1).then_some(id)
}

/// The path that a word was meant to be, part by part.
pub(in crate::syntax) fn mended_path(written: &str) -> Option<String> {
    let parts: Option<Vec<String>> = written
        .split('.')
        .map(|part| {
            if is_id(part) {
                Some(part.to_owned())
            } else {
                mended_id(part, "").filter(|id| is_id(id))
            }
        })
        .collect();
    parts.map(|parts| parts.join("."))
}

/// Whether a word could be a path in another spelling, rather than prose or a sign.
pub(in crate::syntax) fn is_path_like(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric)
        && word
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '-' | '_' | '.'))
}

/// A letter with an accent as one writes it without.
fn without_accent(character: char) -> Option<&'static str> {
    let lower = character.to_lowercase().next().unwrap_or(character);
    const LETTERS: &[(&str, &str)] = &[
        ("a", "àáâãäåāăą"),
        ("ae", "æ"),
        ("c", "çćĉċč"),
        ("d", "ďđð"),
        ("e", "èéêëēĕėęě"),
        ("g", "ĝğġģ"),
        ("h", "ĥħ"),
        ("i", "ìíîïĩīĭįı"),
        ("j", "ĵ"),
        ("k", "ķ"),
        ("l", "ĺļľŀł"),
        ("n", "ñńņňŋ"),
        ("o", "òóôõöøōŏő"),
        ("oe", "œ"),
        ("r", "ŕŗř"),
        ("s", "śŝşšș"),
        ("ss", "ß"),
        ("t", "ţťŧț"),
        ("th", "þ"),
        ("u", "ùúûüũūŭůűų"),
        ("w", "ŵ"),
        ("y", "ýÿŷ"),
        ("z", "źżž"),
    ];
    LETTERS
        .iter()
        .find(|(_, letters)| letters.contains(lower))
        .map(|&(plain, _)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_mended() {
        let id = |written| mended_id(written, "micro-credential");
        assert_eq!(id("Data_Literacy").as_deref(), Some("data-literacy"));
        assert_eq!(id("DataLiteracy").as_deref(), Some("data-literacy"));
        assert_eq!(id("data literacy").as_deref(), Some("data-literacy"));
        assert_eq!(id("café").as_deref(), Some("cafe"));
        assert_eq!(id("1st-badge").as_deref(), Some("first-badge"));
        assert_eq!(id("101").as_deref(), Some("credential-101"));
        assert_eq!(id("数据"), None);
        assert_eq!(id("--"), None);
        assert_eq!(
            mended_path("Data_Literacy.café").as_deref(),
            Some("data-literacy.cafe")
        );
        assert_eq!(mended_path("a..b"), None);
    }
}
