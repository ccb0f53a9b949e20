//! Finding items of a framework by words, for people who know what they look for but not its code.
//!
//! In goes a pack and a few words, out come the items that have all of them in their code or labels, the best first.
//! Upper and lower case, and accents on letters, make no difference.

use super::pack::{Pack, PackItem, PackItemIndex};

/// An item that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The item.
    pub item: PackItemIndex,
    /// How far it is from what was asked for: 0 is the very code or label, and each word adds to it.
    pub distance: u32,
}

/// The items that have every word of the query, nearest first, then the shorter label, then file order.
pub fn search(pack: &Pack, query: &str) -> Vec<Hit> {
    let query = fold(query);
    let query = query.trim();
    let words: Vec<&str> = query.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(u32, usize, PackItemIndex)> = pack
        .indexes()
        .filter_map(|index| {
            let item = pack.item(index);
            let distance = distance(item, query, &words)?;
            Some((distance, item.label.chars().count(), index))
        })
        .collect();
    hits.sort_unstable();
    hits.into_iter()
        .map(|(distance, _, item)| Hit { item, distance })
        .collect()
}

/// How far an item is from the query, or nothing if a word is missing.
fn distance(item: &PackItem, query: &str, words: &[&str]) -> Option<u32> {
    let code = fold(&item.code);
    let labels: Vec<String> = std::iter::once(&item.label)
        .chain(item.labels.iter().map(|(_, label)| label))
        .map(|label| fold(label))
        .collect();
    if code == query || labels.iter().any(|label| label == query) {
        return Some(0);
    }
    words
        .iter()
        .map(|word| word_distance(word, &code, &labels))
        .sum()
}

fn word_distance(word: &str, code: &str, labels: &[String]) -> Option<u32> {
    // Part of a code only counts from where a part of the code starts: `1` would else be found in every code.
    let in_code = inside(code, word).filter(|&distance| distance < INSIDE);
    let in_labels = labels.iter().filter_map(|label| inside(label, word));
    in_code.into_iter().chain(in_labels).min()
}

const WHOLE_WORD: u32 = 1;
const WORD_START: u32 = 2;
const INSIDE: u32 = 4;

/// How well the word is found in the text: as a word, at the start of one, inside one, or not at all.
fn inside(text: &str, word: &str) -> Option<u32> {
    text.match_indices(word)
        .map(|(at, _)| {
            let starts = !text[..at].ends_with(char::is_alphanumeric);
            let ends = !text[at + word.len()..].starts_with(char::is_alphanumeric);
            match (starts, ends) {
                (true, true) => WHOLE_WORD,
                (true, false) => WORD_START,
                (false, _) => INSIDE,
            }
        })
        .min()
}

/// The text in lower case and without accents, for comparing.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            '\u{300}'..='\u{36f}' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            '’' => folded.push('\''),
            other => folded.push(base_letter(other)),
        }
    }
    folded
}

/// The letter without its accent, for the alphabets of the European languages.
fn base_letter(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ŧ' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'й' => 'и',
        'ё' => 'е',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CRAFTS: &str = r#"
id: crafts
version: "1"
title: Crafts
publisher: Guild
licence: CC0
attribution: The Guild
source: https://guild.example/crafts
language: en
kind-of: skills
items:
  - { code: "1", label: Wood and stone }
  - { code: "1.1", label: Woodwork, parent: "1" }
  - { code: "1.2", label: Stone masonry and stone setting, parent: "1", labels: { fr: Maçonnerie } }
  - { code: "10", label: Softwood drying }
  - { code: "WR-01", label: Übung im Holzbau }
"#;

    fn codes(query: &str) -> Vec<String> {
        let pack = Pack::parse(CRAFTS).unwrap_or_else(|faults| panic!("{faults:?}"));
        search(&pack, query)
            .into_iter()
            .map(|hit| pack.item(hit.item).code.clone())
            .collect()
    }

    #[test]
    fn whole_words_come_before_starts_and_parts() {
        assert_eq!(codes("wood"), ["1", "1.1", "10"]);
        assert_eq!(codes("STONE"), ["1", "1.2"]);
        assert_eq!(codes("stone setting"), ["1.2"]);
    }

    #[test]
    fn codes_are_found_in_any_case_and_by_their_start() {
        assert_eq!(codes("wr-01"), ["WR-01"]);
        assert_eq!(codes("1.2"), ["1.2"]);
        assert_eq!(codes("1"), ["1", "1.1", "1.2", "10"]);
    }

    #[test]
    fn accents_and_other_languages_make_no_difference() {
        assert_eq!(codes("ubung"), ["WR-01"]);
        assert_eq!(codes("maconnerie"), ["1.2"]);
        assert_eq!(codes("u\u{308}bung"), ["WR-01"]);
        assert_eq!(fold("Straße À l’ŒUVRE İ"), "strasse a l'oeuvre i");
    }

    #[test]
    fn nothing_asked_is_nothing_found() {
        assert!(codes("").is_empty());
        assert!(codes(" \t").is_empty());
        assert!(codes("wood marble").is_empty());
    }
}
