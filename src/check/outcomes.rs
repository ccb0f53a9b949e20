//! How a learning outcome begins: the word lists behind the rules about prose.
//!
//! Goes in: one statement and its language. Comes out: the span of the words that are doubtful, in bytes of the statement.
//! Only English and French are judged; other languages are left alone. The lists prefer silence to a false alarm: whatever
//! can be a measurable verb in sensible use is not in them.

use std::ops::Range;

use crate::model::Project;

/// A language whose statements are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    English,
    French,
}

impl Judged {
    /// The judged languages of the frameworks of a project, in the order of their ids.
    pub fn of_frameworks(project: &Project) -> Vec<Option<Self>> {
        let frameworks = project.frameworks.as_slice().iter();
        frameworks
            .map(|framework| {
                let language = framework
                    .language
                    .unwrap_or_else(|| project.main_language());
                Self::from_tag(project.name(language))
            })
            .collect()
    }

    /// The judged language of a BCP 47 tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or(tag);
        if primary.eq_ignore_ascii_case("en") {
            Some(Self::English)
        } else if primary.eq_ignore_ascii_case("fr") {
            Some(Self::French)
        } else {
            None
        }
    }
}

/// Words of a text with their places.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = (Range<usize>, &'a str);

    /// The next run between blanks, without punctuation around it.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.text.get(self.at..)?;
            let start = self.at + (rest.len() - rest.trim_start().len());
            let rest = self.text.get(start..)?;
            if rest.is_empty() {
                return None;
            }
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            self.at = start + length;
            let raw = &rest[..length];
            let trimmed = raw.trim_start_matches(|letter: char| !letter.is_alphanumeric());
            let start = start + (raw.len() - trimmed.len());
            let word = trimmed.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            if !word.is_empty() {
                return Some((start..start + word.len(), word));
            }
        }
    }
}

/// Whether the text begins with these words (lower case), ignoring upper and lower case; gives their place.
fn begins_with(text: &str, phrase: &str) -> Option<Range<usize>> {
    let mut words = Words::new(text);
    let mut whole: Option<Range<usize>> = None;
    for expected in phrase.split(' ') {
        let (place, word) = words.next()?;
        if !same_word(word, expected) {
            return None;
        }
        whole = Some(whole.map_or(place.start, |known| known.start)..place.end);
    }
    whole
}

/// Compares a word of a text with a word of a list, which is in lower case.
fn same_word(word: &str, expected: &str) -> bool {
    if word.is_ascii() {
        word.eq_ignore_ascii_case(expected)
    } else {
        word.replace('’', "'").to_lowercase() == expected
    }
}

/// The first of the phrases that the text begins with.
fn first_phrase(text: &str, phrases: &[&'static str]) -> Option<(Range<usize>, &'static str)> {
    // Nearly every text is told apart from all phrases by its first letter and the length of its first word.
    let (_, first) = Words::new(text).next()?;
    let initial = first.bytes().next()?.to_ascii_lowercase();
    phrases
        .iter()
        .filter(|phrase| phrase.as_bytes().first() == Some(&initial))
        .find_map(|&phrase| Some((begins_with(text, phrase)?, phrase)))
}

/// Beginnings that nobody can observe.
const UNMEASURABLE_ENGLISH: &[&str] = &[
    "understand",
    "know",
    "comprehend",
    "appreciate",
    "learn about",
    "learn how",
    "learn to",
    "learn the",
    "learn what",
    "learn why",
    "grasp the concept",
    "grasp the concepts",
    "grasp the basics",
    "grasp the idea",
    "grasp the importance",
    "realise that",
    "realize that",
    "realise the importance",
    "realize the importance",
    "be aware",
    "be conscious of",
    "be familiar",
    "be acquainted",
    "be exposed to",
    "be knowledgeable",
    "become aware",
    "become familiar",
    "become acquainted",
    "get to know",
    "get familiar",
    "have knowledge",
    "have an understanding",
    "have an awareness",
    "have a knowledge",
    "have a basic understanding",
    "have a good understanding",
    "have a basic knowledge",
    "have a good knowledge",
    "gain knowledge",
    "gain an understanding",
    "gain an awareness",
    "gain insight",
    "gain insights",
    "acquire knowledge",
    "develop an understanding",
    "develop an awareness",
    "develop an appreciation",
    "develop awareness",
    "demonstrate understanding of",
    "demonstrate an understanding of",
    "demonstrate knowledge of",
    "demonstrate a knowledge of",
    "demonstrate awareness of",
    "demonstrate an awareness of",
];

const UNMEASURABLE_FRENCH: &[&str] = &[
    "comprendre",
    "connaître",
    "connaitre",
    "savoir",
    "apprendre à",
    "apprendre les",
    "apprendre le",
    "apprendre la",
    "apprendre comment",
    "être conscient",
    "être conscient·e",
    "être sensibilisé",
    "être familier",
    "être informé",
    "se familiariser",
    "se sensibiliser",
    "prendre conscience",
    "prendre connaissance",
    "avoir connaissance",
    "avoir une connaissance",
    "avoir des connaissances",
    "avoir une compréhension",
    "avoir conscience",
    "acquérir des connaissances",
];

/// Words before a verb that only color it.
const INTENSIFIERS: &[&str] = &[
    "fully",
    "better",
    "really",
    "clearly",
    "deeply",
    "truly",
    "critically",
    "broadly",
    "properly",
    "thoroughly",
    "generally",
    "basically",
    "also",
    "further",
    "correctly",
];

/// What one can be seen to understand: language (the wording of the CEFR scales).
const LANGUAGE_SKILLS: &[&str] = &["spoken", "written", "speech"];

/// The place of an unmeasurable beginning, and the words as in the list.
pub fn unmeasurable(text: &str, language: Judged) -> Option<(Range<usize>, &'static str)> {
    let (place, phrase) = unmeasurable_beginning(text, language)?;
    let next = Words::new(text.get(place.end..)?).next();
    let receptive = phrase == "understand"
        && next.is_some_and(|(_, word)| {
            LANGUAGE_SKILLS
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known))
        });
    (!receptive).then_some((place, phrase))
}

fn unmeasurable_beginning(text: &str, language: Judged) -> Option<(Range<usize>, &'static str)> {
    match language {
        Judged::French => first_phrase(text, UNMEASURABLE_FRENCH),
        Judged::English => first_phrase(text, UNMEASURABLE_ENGLISH)
            .or_else(|| behind(text, |word| word.eq_ignore_ascii_case("to")))
            .or_else(|| {
                behind(text, |word| {
                    INTENSIFIERS
                        .iter()
                        .any(|known| word.eq_ignore_ascii_case(known))
                })
            }),
    }
}

/// The same behind the first word, if that is one to pass over.
fn behind(text: &str, passed: impl Fn(&str) -> bool) -> Option<(Range<usize>, &'static str)> {
    let (place, word) = Words::new(text).next()?;
    let rest = text.get(place.end..).filter(|_| passed(word))?;
    let (inner, phrase) = first_phrase(rest, UNMEASURABLE_ENGLISH)?;
    Some((place.end + inner.start..place.end + inner.end, phrase))
}

/// Beginnings that repeat the keyword `can`.
const CAN_AGAIN: &[&str] = &[
    "can",
    "be able to",
    "is able to",
    "are able to",
    "able to",
    "to be able to",
];

/// The place of words at the start that say `can`, `knows` or `understands` once more (`keyword` says which). Replacing
/// them and the blank behind them by nothing is a mend, if something is left.
pub fn keyword_again(text: &str, keyword: &str) -> Option<Range<usize>> {
    let phrases: &[&str] = match keyword {
        "can" => CAN_AGAIN,
        "knows" => &["knows"],
        "understands" => &["understands"],
        _ => &[],
    };
    let place = phrases
        .iter()
        .find_map(|phrase| begins_with(text, phrase))?;
    // A `can` that is a thing: nothing follows, or it stands before a noun as in "can openers".
    let rest = text.get(place.end..)?.trim_start();
    (!rest.is_empty()).then(|| place.start..text.len() - rest.len())
}

/// Why a statement does not begin with a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoVerb {
    /// An article, a possessive or another word that opens a noun.
    Article,
    /// Someone: `learners will …`.
    Subject,
    /// A noun: `knowledge of …`, `interpretation of …`.
    Noun,
    /// A verb as a noun: `reading charts`.
    Gerund,
}

const ARTICLES: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "their", "its", "our", "your", "my", "his",
    "her", "some", "any", "every", "of",
];

const SUBJECTS: &[&str] = &[
    "i",
    "we",
    "you",
    "they",
    "he",
    "she",
    "it",
    "student",
    "students",
    "learner",
    "learners",
    "participants",
    "trainees",
    "graduates",
    "candidates",
];

const NOUNS: &[&str] = &[
    "ability",
    "abilities",
    "knowledge",
    "skills",
    "competence",
    "competences",
    "competency",
    "competencies",
    "awareness",
    "basics",
    "fundamentals",
    "familiarity",
    "proficiency",
    "expertise",
    "capacity",
    "capability",
];

/// Base forms that end like a gerund.
const NOT_GERUNDS: &[&str] = &[
    "bring",
    "sing",
    "ring",
    "string",
    "swing",
    "spring",
    "sling",
    "fling",
    "cling",
    "sting",
    "wring",
    "ping",
    "wing",
    "king",
    "ding",
    "zing",
    "hamstring",
    "restring",
    "unstring",
    "outswing",
    // Prepositions and openings of a clause.
    "during",
    "according",
    "depending",
    "regarding",
    "concerning",
    "considering",
    "including",
    "following",
    "using",
    "starting",
    "beginning",
    "working",
    "given",
    "being",
    "having",
];

/// Endings of nouns made from verbs and adjectives. A word with one of them before `of` is no verb.
const NOUN_ENDINGS: &[&str] = &[
    "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ysis", "ship", "logy",
];

/// Verbs with such an ending that can stand before `of`.
const VERBS_LIKE_NOUNS: &[&str] = &["complement", "commence", "dance", "ship"];

/// Whether an English `can` statement begins with something that is no verb, where that is certain; gives the words.
pub fn without_verb(text: &str) -> Option<(Range<usize>, NoVerb)> {
    let mut words = Words::new(text);
    let (place, first) = words.next()?;
    if first.bytes().any(|byte| matches!(byte, b'/' | b'-')) || !first.is_ascii() {
        return None;
    }
    let among = |list: &[&str]| list.iter().any(|known| first.eq_ignore_ascii_case(known));
    let next = words.next().map(|(_, word)| word);
    if among(ARTICLES) {
        return Some((place, NoVerb::Article));
    }
    if among(SUBJECTS) {
        return Some((place, NoVerb::Subject));
    }
    if among(NOUNS) {
        return Some((place, NoVerb::Noun));
    }
    let ends_with = |ending: &str| {
        first.len() > ending.len() + 1
            && first
                .get(first.len() - ending.len()..)
                .is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    // "working alone, build …" is a clause before the verb; "reading and writing" is not.
    if ends_with("ing") && !among(NOT_GERUNDS) && !text.contains(',') {
        return Some((place, NoVerb::Gerund));
    }
    let of = next.is_some_and(|word| word.eq_ignore_ascii_case("of"));
    if of && NOUN_ENDINGS.iter().any(|ending| ends_with(ending)) && !among(VERBS_LIKE_NOUNS) {
        return Some((place, NoVerb::Noun));
    }
    None
}

/// Whether a text has more words than this.
pub fn longer_than(text: &str, words: usize) -> bool {
    text.split_ascii_whitespace().nth(words).is_some()
}

/// Whether a text can have more words than this, seen as it is written: there are at most as many words as blanks (or
/// escapes that stand for one) and one.
pub fn may_be_longer_than(written: &str, words: usize) -> bool {
    let mut blanks = 0;
    // Sums of bytes within short pieces are what processors do at once.
    written.as_bytes().chunks(128).any(|piece| {
        let here: u8 = piece
            .iter()
            .map(|&byte| u8::from(byte <= b' ' || byte == b'\\'))
            .sum();
        blanks += usize::from(here);
        blanks >= words
    })
}

#[cfg(test)]
#[path = "outcomes_tests.rs"]
mod tests;
