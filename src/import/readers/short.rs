//! Codes that are made of names, kept short enough to be typed.
//!
//! Goes in: records, and which of them have a code that was made of their name. Comes out: codes that end with a word at some 40
//! characters, or with the first word behind that tells them from another one. The order of the records makes no difference.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::import::release::Release;
use crate::import::tally::Outcome;

/// Where a code ends that was made of a name, where nothing speaks against it.
const LONGEST: usize = 40;

/// Shortens the codes of the records at these positions, and counts each of them as made.
pub(super) fn shorten(release: &mut Release, made: &[usize], reason: &str) {
    let records = &release.records;
    let code = |at: usize| records.get(at).map_or("", |record| record.code.as_str());
    let long: FxHashSet<usize> = made
        .iter()
        .copied()
        .filter(|&at| code(at).len() > LONGEST)
        .collect();
    let taken: FxHashSet<&str> = (0..records.len())
        .filter(|at| !long.contains(at))
        .map(code)
        .collect();
    let mut by_start: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for &at in &long {
        by_start.entry(start(code(at))).or_default().push(code(at));
    }
    let mut short: FxHashMap<String, String> = FxHashMap::default();
    for (start, mut codes) in by_start {
        codes.sort_unstable();
        codes.dedup();
        for (at, &code) in codes.iter().enumerate() {
            let beside = [at.checked_sub(1), Some(at + 1)];
            let beside = beside.into_iter().flatten().filter_map(|at| codes.get(at));
            let shared = beside.map(|other| in_common(code, other)).max();
            let cut = shared.map_or(start, |shared| word_after(code, shared));
            let cut = if taken.contains(cut) { code } else { cut };
            short.insert(code.to_owned(), cut.to_owned());
        }
    }
    for &at in made {
        let Some(record) = release.records.get_mut(at) else {
            continue;
        };
        if let Some(short) = short.get(&record.code) {
            record.code.clone_from(short);
        }
        release
            .tally
            .note(Outcome::Mended, reason, record.spot, &record.code);
    }
}

/// The first words of a code; of one without an end of a word, its first letters.
fn start(code: &str) -> &str {
    let whole_words = code
        .get(..=LONGEST)
        .and_then(|start| start.rsplit_once('-'))
        .map(|(words, _)| words);
    whole_words.or_else(|| code.get(..LONGEST)).unwrap_or(code)
}

/// How many bytes two codes begin with alike.
fn in_common(one: &str, other: &str) -> usize {
    let pairs = one.bytes().zip(other.bytes());
    pairs.take_while(|(one, other)| one == other).count()
}

/// A code up to the end of the word in which it is another one than what it shares so many bytes with.
fn word_after(code: &str, shared: usize) -> &str {
    let end = code.get(shared + 1..).and_then(|rest| rest.find('-'));
    end.and_then(|end| code.get(..=shared + end))
        .unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::release::Record;

    fn shortened(codes: &[&str], made: &[usize]) -> Vec<String> {
        let mut release = Release::default();
        for code in codes {
            release.records.push(Record {
                code: (*code).to_owned(),
                ..Record::default()
            });
        }
        shorten(&mut release, made, "codes");
        assert_eq!(release.tally.count(Outcome::Mended, "codes"), made.len());
        let records = release.records.into_iter();
        records.map(|record| record.code).collect()
    }

    #[test]
    fn codes_end_with_a_word_and_are_told_apart() {
        let codes = [
            "apply-the-rules-of-the-road-in-heavy-traffic-and-in-fog",
            "apply-the-rules-of-the-road-in-heavy-traffic-and-in-snow",
            "apply-the-rules-of-the-road-in-heavy-traffic-and-in-snow-at-night",
            "explain-how-the-heart-moves-the-blood-through-the-body",
            "short",
            "a-code-of-its-own-that-a-publisher-has-given-to-it",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ];
        let made = [0, 1, 2, 3, 4, 6];
        let expected = [
            codes[0],
            codes[1],
            "apply-the-rules-of-the-road-in-heavy-traffic-and-in-snow-at",
            "explain-how-the-heart-moves-the-blood",
            "short",
            codes[5],
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ];
        assert_eq!(shortened(&codes, &made), expected);
        let (turned, made): (Vec<&str>, Vec<usize>) = (
            codes.iter().rev().copied().collect(),
            made.iter().rev().map(|at| codes.len() - 1 - at).collect(),
        );
        let mut turned = shortened(&turned, &made);
        turned.reverse();
        assert_eq!(turned, expected, "the order makes no difference");
    }

    #[test]
    fn a_code_that_somebody_has_is_not_taken() {
        let long = "explain-how-the-heart-moves-the-blood-through-the-body";
        let codes = [long, "explain-how-the-heart-moves-the-blood"];
        assert_eq!(shortened(&codes, &[0]), codes);
    }
}
