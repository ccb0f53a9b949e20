//! Finding items of a framework by words, for people who know what they look for but not its code.
//!
//! In goes a pack, its details if they are at hand, and a few words; out come the items that have them in their code or in one
//! of their names, the best first. Upper and lower case, accents, and the endings of plurals and of verbs make no difference. Where
//! no name has all the words, those with most of them follow.

use super::details::Details;
use super::pack::{Pack, PackItemIndex};
use super::release::TextRole;

/// An item that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'p> {
    /// The item.
    pub item: PackItemIndex,
    /// How many words of the query it does not have.
    pub missing: u32,
    /// How far it is from what was asked for: 0 is the very code or label, and each word adds to it.
    pub distance: u32,
    /// The name it was found by, where that is not the one in the language of the pack.
    pub by: Option<&'p str>,
}

/// The items that have the words of the query, nearest first, then the shorter label, then file order. Where none has all the words,
/// those with at least half of them, those with most of them first.
pub fn search<'p>(pack: &'p Pack, details: Option<&'p Details>, query: &str) -> Vec<Hit<'p>> {
    let query = fold(query);
    let query = query.trim();
    let words: Vec<Word<'_>> = query
        .split_whitespace()
        .map(|text| Word {
            text,
            stem: stem(text),
        })
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut folded = String::new();
    let mut hits: Vec<(Hit<'p>, usize)> = Vec::new();
    for index in pack.indexes() {
        let item = pack.item(index);
        let mut best = Found::new(&words);
        let mut by = None;
        fold_into(&item.code, &mut folded);
        best.code(&folded, query, &words);
        fold_into(&item.label, &mut folded);
        best.name(&folded, query, &words, 0);
        for (_, label) in &item.labels {
            fold_into(label, &mut folded);
            if best.name(&folded, query, &words, 0) {
                by = Some(label.as_str());
            }
        }
        for text in details.into_iter().flat_map(|details| details.texts(index)) {
            let farther = match text.role {
                TextRole::Label | TextRole::Alternative => 1,
                TextRole::Hidden => 2,
                TextRole::Statement | TextRole::Description | TextRole::Note => continue,
            };
            fold_into(text.text, &mut folded);
            if best.name(&folded, query, &words, farther) {
                by = Some(text.text);
            }
        }
        if best.missing as usize * 2 <= words.len() && (best.missing as usize) < words.len() {
            let hit = Hit {
                item: index,
                missing: best.missing,
                distance: best.distance,
                by,
            };
            hits.push((hit, item.label.chars().count()));
        }
    }
    // Names that have only some of the words are of use where none has them all.
    if hits.iter().any(|(hit, _)| hit.missing == 0) {
        hits.retain(|(hit, _)| hit.missing == 0);
    }
    hits.sort_by_key(|(hit, length)| (hit.missing, hit.distance, *length, hit.item));
    hits.into_iter().map(|(hit, _)| hit).collect()
}

/// A word of the query.
struct Word<'q> {
    text: &'q str,
    stem: &'q str,
}

/// The best that was found of an item so far.
struct Found {
    missing: u32,
    distance: u32,
    /// For each word how near it is in the code.
    in_code: Vec<Option<u32>>,
}

impl Found {
    fn new(words: &[Word<'_>]) -> Self {
        Self {
            missing: u32::try_from(words.len()).unwrap_or(u32::MAX),
            distance: u32::MAX,
            in_code: vec![None; words.len()],
        }
    }

    fn code(&mut self, code: &str, query: &str, words: &[Word<'_>]) {
        if code == query {
            (self.missing, self.distance) = (0, 0);
        }
        for (word, near) in words.iter().zip(&mut self.in_code) {
            // Part of a code only counts from where a part of the code starts: `1` would else be found in every code.
            *near = inside(code, word).filter(|&distance| distance < INSIDE);
        }
        let near = self.in_code.iter().flatten();
        self.better(
            words.len(),
            near.count(),
            self.in_code.iter().flatten().sum(),
        );
    }

    /// Whether this name is better than what was found before.
    fn name(&mut self, name: &str, query: &str, words: &[Word<'_>], farther: u32) -> bool {
        if name == query {
            return self.better(words.len(), words.len(), farther);
        }
        let (mut found, mut distance) = (0, farther);
        for (word, in_code) in words.iter().zip(&self.in_code) {
            let near = inside(name, word).into_iter().chain(*in_code).min();
            if let Some(near) = near {
                found += 1;
                distance += near;
            }
        }
        self.better(words.len(), found, distance)
    }

    fn better(&mut self, words: usize, found: usize, distance: u32) -> bool {
        let missing = u32::try_from(words.saturating_sub(found)).unwrap_or(u32::MAX);
        let better = found > 0 && (missing, distance) < (self.missing, self.distance);
        if better {
            (self.missing, self.distance) = (missing, distance);
        }
        better
    }
}

const WHOLE_WORD: u32 = 1;
const SAME_STEM: u32 = 2;
const WORD_START: u32 = 3;
const STEM_START: u32 = 4;
const INSIDE: u32 = 5;
/// Within a word, less than this is found everywhere.
const SHORTEST_INSIDE: usize = 3;

/// How well the word is found in the text: as a word, with another ending, at the start of one, inside one, or not at all.
fn inside(text: &str, word: &Word<'_>) -> Option<u32> {
    // Whatever is found has the stem in it.
    text.match_indices(word.stem)
        .filter_map(|(at, _)| {
            let starts = !text.get(..at)?.ends_with(char::is_alphanumeric);
            let rest = text.get(at..)?;
            let end = rest.find(|letter: char| !letter.is_alphanumeric());
            let token = rest.get(..end.unwrap_or(rest.len()))?;
            let after = rest.strip_prefix(word.text);
            if starts && after.is_some_and(|after| !after.starts_with(char::is_alphanumeric)) {
                Some(WHOLE_WORD)
            } else if starts && stem(token) == word.stem {
                Some(SAME_STEM)
            } else if starts && after.is_some() {
                Some(WORD_START)
            } else if starts && word.stem.len() >= SHORTEST_STEM {
                Some(STEM_START)
            } else if word.text.len() >= SHORTEST_INSIDE && after.is_some() {
                Some(INSIDE)
            } else {
                None
            }
        })
        .min()
}

/// Endings of plurals, cases and verbs in English, German and French, the longest first.
const ENDINGS: [&str; 18] = [
    "ungen", "ments", "ings", "ions", "ment", "ing", "ung", "ion", "ant", "en", "er", "es", "ed",
    "em", "ez", "e", "s", "n",
];
/// What an ending leaves must still say something.
const SHORTEST_STEM: usize = 4;

/// The word without its ending, and without the consonant that English doubles before one: `planning` and `plans` are both `plan`.
pub fn stem(word: &str) -> &str {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word;
    }
    let cut = ENDINGS.iter().find_map(|ending| {
        let left = word.strip_suffix(ending)?;
        (left.chars().count() >= SHORTEST_STEM).then_some(left)
    });
    let short = || word.strip_suffix('s').filter(|left| left.len() >= 3);
    let cut = cut.or_else(short).unwrap_or(word);
    let mut letters = cut.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before))
            if last == before && !"aeiou".contains(last) && cut.chars().count() > SHORTEST_STEM =>
        {
            cut.get(..cut.len() - last.len_utf8()).unwrap_or(cut)
        }
        _ => cut,
    }
}

fn fold_into(text: &str, out: &mut String) {
    out.clear();
    if text.is_ascii() {
        out.push_str(text);
        out.make_ascii_lowercase();
    } else {
        out.push_str(&fold(text));
    }
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

/// The text in lower case and in Latin letters, whatever it is written in: for ids and names of files, not for comparing.
pub fn latin(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    let spelled = folded.chars().map(any_ascii::any_ascii_char);
    spelled.collect::<String>().to_lowercase()
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
        search(&pack, None, query)
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
        assert!(codes("granite marble").is_empty());
    }

    #[test]
    fn endings_make_no_difference_and_most_of_the_words_are_enough() {
        assert_eq!(codes("woods"), ["1", "1.1"]);
        assert_eq!(codes("stones settings"), ["1.2"]);
        assert_eq!(codes("wood marble"), ["1", "1.1", "10"]);
        assert!(codes("wood marble granite").is_empty());
        for (one, other) in [
            ("planning", "plans"),
            ("programming", "programs"),
            ("managing", "manages"),
            ("skills", "skill"),
            ("planungen", "planung"),
            ("formations", "formation"),
            ("kinder", "kindes"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
        assert_eq!(stem("it"), "it");
        assert_eq!(stem("b2s"), "b2s");
    }
}
