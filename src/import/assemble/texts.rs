//! Names and prose, made fit to be read and compared.
//!
//! Goes in: the texts of a record as the files have them. Comes out: one name in the language of the framework, one each in others, and the
//! rest by role. Names have no blanks around them, no no-break spaces, no invisible characters; what was mended in the
//! name stays beside it in the fields.

use std::collections::BTreeMap;

use oxilangtag::LanguageTag;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::release::{Fields, Head, Record, Text, TextRole};
use super::super::tally::{Outcome, Spot, Tally};
use super::codes::Given;
use super::wanted::Wanted;
use crate::import::linked::same_language;

/// The tag for a language that nobody stated.
const UNDETERMINED: &str = "und";

/// The languages of a release: how each tag is written, and which one is the main one.
pub(super) struct Languages {
    main: String,
    mended: FxHashMap<String, String>,
}

impl Languages {
    /// Looks through the texts of a release. What the user says of its language goes before everything else.
    pub fn new(head: &Head, wanted: &Wanted, records: &[Record], tally: &mut Tally) -> Self {
        let mut mended: FxHashMap<String, String> = FxHashMap::default();
        let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
        let mut wrong: Vec<(&str, Spot)> = Vec::new();
        for record in records {
            for text in &record.texts {
                let tag = text.language.as_str();
                if !mended.contains_key(tag) {
                    mended.insert(tag.to_owned(), canonical(tag));
                }
                if text.role == TextRole::Label {
                    *labels.entry(tag).or_insert(0) += 1;
                }
                if !tag.is_empty() && mended.get(tag).is_some_and(|sound| sound != tag) {
                    wrong.push((tag, record.spot));
                }
            }
        }
        for (tag, spot) in wrong {
            let reason = "language tags that were written in another way than the standard's";
            tally.note(Outcome::Mended, reason, spot, tag);
        }
        let stated = head.language.as_deref().map(canonical);
        let most = |wanted: &dyn Fn(&str) -> bool| {
            let tags = labels
                .iter()
                .filter(|(tag, _)| !tag.is_empty() && wanted(tag));
            tags.max_by_key(|&(tag, count)| (count, std::cmp::Reverse(tag)))
                .map(|(tag, _)| canonical(tag))
        };
        let mut set = wanted.set.iter().rev();
        let set = set.find(|(key, _)| key == "language");
        let set = set.map(|(_, language)| canonical(language));
        let stated = stated.filter(|tag| tag != UNDETERMINED).map(|stated| {
            // `en` is stated, and the names are in `en-US`: that is the language.
            let is_stated = |tag: &str| tag.is_empty() || canonical(tag) == stated;
            let of_region = most(&|tag| same_language(tag, &stated));
            match of_region.filter(|_| !labels.keys().any(|tag| is_stated(tag))) {
                Some(of_region) => {
                    let reason =
                        "languages of which all names are in the form of one region, which counts";
                    let spot = head.spot.unwrap_or_default();
                    tally.note(Outcome::Noted, reason, spot, &of_region);
                    of_region
                }
                None => stated,
            }
        });
        let main = set
            .or(stated)
            .or_else(|| most(&|_| true))
            .unwrap_or_else(|| UNDETERMINED.to_owned());
        Self { main, mended }
    }

    /// The language of the framework.
    pub fn main(&self) -> &str {
        &self.main
    }

    fn of<'l>(&'l self, text: &Text) -> &'l str {
        if text.language.is_empty() {
            return &self.main;
        }
        self.mended
            .get(&text.language)
            .map_or(self.main.as_str(), String::as_str)
    }
}

/// A tag in the usual spelling: `en_us` is `en-US`. What is no tag at all is of an undetermined language.
fn canonical(tag: &str) -> String {
    let tag = tag.trim().replace('_', "-");
    let parts = tag
        .split('-')
        .enumerate()
        .map(|(at, part)| match (at, part.len()) {
            (1.., 2) => part.to_uppercase(),
            (1.., 4) if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                let (first, rest) = part.split_at(1);
                first.to_uppercase() + &rest.to_lowercase()
            }
            _ => part.to_lowercase(),
        });
    let tag = parts.collect::<Vec<_>>().join("-");
    match LanguageTag::parse(tag.as_str()) {
        Ok(_) => tag,
        Err(_) => UNDETERMINED.to_owned(),
    }
}

/// The texts of an item.
pub(super) struct Settled {
    pub label: String,
    /// Sorted by language.
    pub labels: Vec<(String, String)>,
    pub others: Vec<Text>,
}

pub(super) fn settle(
    record: &Record,
    code: &Given,
    languages: &Languages,
    fields: &mut Fields,
    tally: &mut Tally,
) -> Settled {
    let mut label = None;
    let mut labels: BTreeMap<&str, String> = BTreeMap::new();
    for text in &record.texts {
        if text.role != TextRole::Label {
            continue;
        }
        let language = languages.of(text);
        let name = mended(&text.text, record.spot, tally);
        if name.is_empty() {
            continue;
        }
        if language == languages.main() {
            if label.is_none() {
                if name != text.text {
                    fields.insert("label as published".to_owned(), text.text.clone().into());
                }
                label = Some(name);
            }
        } else {
            labels.entry(language).or_insert(name);
        }
    }
    let label = label.unwrap_or_else(|| instead(record, code, languages, &labels, tally));
    let mut others: Vec<Text> = Vec::new();
    // Some items have tens of thousands of names.
    let mut seen: FxHashSet<Text> = FxHashSet::default();
    for text in &record.texts {
        let language = languages.of(text);
        let name = if language == languages.main() {
            Some(label.as_str())
        } else {
            labels.get(language).map(String::as_str)
        };
        let (role, words) = match text.role {
            TextRole::Label | TextRole::Alternative | TextRole::Hidden => {
                let words = tidy(&text.text);
                if Some(words.as_str()) == name {
                    if text.role != TextRole::Label {
                        let reason = "other names that repeat the name itself, left out";
                        tally.note(Outcome::Mended, reason, record.spot, &words);
                    }
                    continue;
                }
                // A second name in the same language is another name.
                let role = match text.role {
                    TextRole::Label => TextRole::Alternative,
                    role => role,
                };
                (role, words)
            }
            role => (role, text.text.trim().to_owned()),
        };
        if words.is_empty() {
            continue;
        }
        let text = Text {
            role,
            language: language.to_owned(),
            text: words,
        };
        if seen.contains(&text) {
            let reason = "texts that an item has twice, left out once";
            tally.note(Outcome::Mended, reason, record.spot, &text.text);
            continue;
        }
        seen.insert(text.clone());
        others.push(text);
    }
    Settled {
        label,
        labels: labels
            .into_iter()
            .map(|(language, label)| (language.to_owned(), label))
            .collect(),
        others,
    }
}

/// What stands for the name of a record that has none in the language of the framework.
fn instead(
    record: &Record,
    code: &Given,
    languages: &Languages,
    labels: &BTreeMap<&str, String>,
    tally: &mut Tally,
) -> String {
    let near = |(tag, _): &(&&str, &String)| same_language(tag, languages.main());
    if let Some((_, label)) = labels.iter().find(near) {
        return label.clone();
    }
    if let Some(label) = labels.values().next() {
        let reason =
            "items without a name in the language of the framework, which get one of another";
        tally.note(Outcome::Mended, reason, record.spot, &code.text);
        return label.clone();
    }
    let of_role = |role: TextRole| {
        let own = |text: &&Text| text.role == role && languages.of(text) == languages.main();
        let text = record.texts.iter().find(own);
        let text = text.or_else(|| record.texts.iter().find(|text| text.role == role));
        text.map(|text| tidy(&text.text))
            .filter(|text| !text.is_empty())
    };
    let found = [
        TextRole::Statement,
        TextRole::Description,
        TextRole::Alternative,
    ]
    .into_iter()
    .find_map(of_role);
    match found {
        // A statement is the name where a publisher gives no shorter one; that is how many frameworks are made.
        Some(text) => text,
        None => {
            let reason = "items without a name, which get their code for one";
            tally.note(Outcome::Mended, reason, record.spot, &code.text);
            code.text.clone()
        }
    }
}

/// The name made tidy, and what was done to it counted.
fn mended(text: &str, spot: Spot, tally: &mut Tally) -> String {
    let name = tidy(text);
    if name != text {
        let mut said = false;
        for (reason, found) in [
            ("names with blanks around them", text.trim() != text),
            ("names with no-break spaces", text.contains(is_odd_space)),
            (
                "names with invisible characters",
                text.contains(is_invisible),
            ),
        ] {
            if found {
                said = true;
                tally.note(Outcome::Mended, reason, spot, &name);
            }
        }
        if !said {
            let reason = "names with tabs, line breaks or several blanks in a row";
            tally.note(Outcome::Mended, reason, spot, &name);
        }
    }
    if has_entity(text) {
        tally.note(
            Outcome::Noted,
            "names with an HTML entity, kept as it is",
            spot,
            &name,
        );
    }
    name
}

/// One line without blanks around it, without no-break spaces and invisible characters.
pub(super) fn tidy(text: &str) -> String {
    let sound = |text: &str| {
        text.trim() == text
            && !text.contains("  ")
            && !text.contains(|letter: char| {
                letter.is_control() || is_odd_space(letter) || is_invisible(letter)
            })
    };
    if sound(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_invisible(letter) {
            continue;
        }
        if letter.is_whitespace() || letter.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(letter);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Spaces that look like a blank and are not the same character.
fn is_odd_space(letter: char) -> bool {
    letter.is_whitespace() && !letter.is_ascii()
}

/// Characters that cannot be seen and make two equal names differ. Joiners that some scripts need are not among them.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn has_entity(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or("");
        rest.find(';').is_some_and(|end| {
            (2..10).contains(&end)
                && rest
                    .bytes()
                    .take(end)
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_one_tidy_line() {
        assert_eq!(
            tidy("  a\u{a0}b\tc\n\nd\u{200b}\u{ad}e "),
            "a b c d e".replace("d e", "de")
        );
        assert_eq!(tidy("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(tidy(""), "");
    }

    #[test]
    fn tags_are_written_in_the_usual_way() {
        assert_eq!(canonical("en_us"), "en-US");
        assert_eq!(canonical("zh-hant-TW"), "zh-Hant-TW");
        assert_eq!(canonical("EN"), "en");
        assert_eq!(canonical("english language"), "und");
    }

    #[test]
    fn entities_are_seen() {
        assert!(has_entity("a &amp; b") && has_entity("&#39;"));
        assert!(!has_entity("R&D; x & y"));
    }
}
