//! Ids made of names: readable, unique, and no words of the language.

use rustc_hash::FxHashSet;

use crate::import::search::{fold, latin};

/// Where an id made of words ends.
const LONGEST: usize = 40;

/// Words of the language that may stand where an id does. An id that is one of them would be read as the word, or would read badly.
const WORDS: &[&str] = &[
    "about",
    "after",
    "all",
    "alongside",
    "alt",
    "and",
    "any",
    "area",
    "as",
    "assesses",
    "assessment",
    "at",
    "attitude",
    "awarded",
    "awards",
    "badge",
    "because",
    "builds",
    "by",
    "can",
    "cannot",
    "certificate",
    "code",
    "competency",
    "confidence",
    "counted",
    "counting",
    "country",
    "counts",
    "course",
    "coverage",
    "covers",
    "credit",
    "criteria",
    "criterion",
    "crosswalk",
    "defaults",
    "email",
    "every",
    "evidence",
    "except",
    "expect",
    "field",
    "for",
    "formerly",
    "framework",
    "from",
    "given",
    "grants",
    "has",
    "image",
    "in",
    "introduces",
    "iri",
    "is",
    "issuer",
    "kind",
    "knowledge",
    "knows",
    "language",
    "leads",
    "least",
    "level",
    "levels",
    "licence",
    "matches",
    "mode",
    "most",
    "name",
    "needs",
    "not",
    "nothing",
    "of",
    "on",
    "once",
    "one",
    "open",
    "or",
    "participation",
    "pass",
    "pathway",
    "phone",
    "prior",
    "quality",
    "reach",
    "recognition",
    "recommends",
    "reinforces",
    "relates",
    "renew",
    "replaced",
    "requires",
    "role",
    "rubric",
    "scale",
    "set",
    "skill",
    "stacks",
    "stage",
    "status",
    "supervision",
    "tags",
    "teaches",
    "text",
    "to",
    "toward",
    "understands",
    "url",
    "use",
    "valid",
    "version",
    "weight",
    "workload",
];

/// The ids of one import.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    taken: FxHashSet<String>,
}

/// Whether a text is a word of the language that may stand where an id does.
pub(super) fn is_word(text: &str) -> bool {
    WORDS.contains(&text)
}

impl Ids {
    /// Ids beside those that are there already.
    pub fn beside<'t>(taken: impl IntoIterator<Item = &'t String>) -> Self {
        Self {
            taken: taken.into_iter().cloned().collect(),
        }
    }

    /// An id that nobody has yet, made of the first text that has Latin letters or digits, else of the first one spelled in them;
    /// `fallback` with a number else.
    pub fn make(&mut self, texts: &[&str], fallback: &str) -> String {
        let made = texts
            .iter()
            .map(|text| id_from(text))
            .chain(texts.iter().map(|text| id_from(&latin(text))))
            .find(|id| !id.is_empty());
        let mut base = made.unwrap_or_else(|| fallback.to_owned());
        if !base.starts_with(|first: char| first.is_ascii_lowercase()) {
            base = format!("{fallback}-{base}");
        }
        if WORDS.contains(&base.as_str()) {
            base = if base == fallback {
                format!("{base}-1")
            } else {
                format!("{base}-{fallback}")
            };
        }
        let mut id = base.clone();
        let mut number = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }
}

/// The first words of a text in small Latin letters and digits, with hyphens; empty if it has none. It may begin with a digit.
#[must_use]
pub fn id_from(text: &str) -> String {
    let folded = fold(text);
    let words = folded
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '\'')
        .map(|word| word.replace('\'', ""))
        .filter(|word| !word.is_empty());
    let mut id = String::new();
    for word in words {
        if id.is_empty() {
            id.extend(word.chars().take(LONGEST));
        } else if id.len() + word.len() < LONGEST {
            id.push('-');
            id.push_str(&word);
        } else {
            break;
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_readable_unique_and_no_words_of_the_language() {
        let mut ids = Ids::default();
        assert_eq!(
            ids.make(&["Lire des données d’été"], "badge"),
            "lire-des-donnees-dete"
        );
        assert_eq!(ids.make(&["Chart Reader!"], "badge"), "chart-reader");
        assert_eq!(ids.make(&["Chart reader"], "badge"), "chart-reader-2");
        assert_eq!(ids.make(&["Any"], "badge"), "any-badge");
        assert_eq!(ids.make(&["Skill"], "skill"), "skill-1");
        assert_eq!(ids.make(&["3D printing"], "badge"), "badge-3d-printing");
        assert_eq!(ids.make(&["圖表", "K.1"], "item"), "k-1");
        assert_eq!(ids.make(&["Схемы сетей"], "item"), "skhemy-setei");
        assert_eq!(ids.make(&["\u{e000}"], "item"), "item");
        assert_eq!(ids.make(&[""], "item"), "item-2");
        let long = ids.make(
            &["an exceedingly long name that goes on and on until nobody reads it"],
            "item",
        );
        assert_eq!(long, "an-exceedingly-long-name-that-goes-on");
        assert!(ids.make(&[&"x".repeat(500)], "item").len() <= LONGEST);
    }
}
