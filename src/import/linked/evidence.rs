//! Which language a text is in, as far as its small words tell.
//!
//! Not a guess at any text: an answer is given only where a text has several of the commonest words of one language and hardly
//! any of the language that it is tagged with. Names are mostly too short to tell, and then nothing is said.

use super::graph::same_language;

/// The commonest short words of a language. Words that two languages share count for both.
const WORDS: &[(&str, &[&str])] = &[
    (
        "da",
        &[
            "og", "det", "at", "er", "på", "til", "med", "ikke", "af", "en", "som", "der",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "und", "zu", "von", "mit", "ist", "für", "auf", "den", "im",
            "eine", "ein", "des", "sich", "nicht", "werden", "oder", "in",
        ],
    ),
    (
        "en",
        &[
            "the", "of", "and", "to", "in", "for", "is", "with", "that", "by", "on", "as", "be",
            "or", "from", "are", "their", "an", "how", "which",
        ],
    ),
    (
        "es",
        &[
            "el", "la", "los", "las", "y", "de", "del", "en", "para", "una", "un", "con", "por",
            "que", "se", "o",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "des", "et", "de", "du", "pour", "dans", "une", "un", "sur", "est",
            "par", "aux", "avec", "ou", "que",
        ],
    ),
    (
        "it",
        &[
            "il", "di", "e", "per", "con", "una", "un", "che", "della", "dei", "le", "gli", "nel",
            "la", "in", "o",
        ],
    ),
    (
        "nl",
        &[
            "de", "het", "een", "en", "van", "voor", "met", "is", "op", "te", "dat", "zijn", "in",
            "of",
        ],
    ),
    (
        "pl",
        &[
            "i", "w", "na", "z", "do", "oraz", "się", "jest", "dla", "nie", "lub", "ze",
        ],
    ),
    (
        "pt",
        &[
            "o", "a", "os", "as", "e", "de", "do", "da", "em", "para", "com", "uma", "um", "por",
            "que", "ou",
        ],
    ),
    (
        "sv",
        &[
            "och", "att", "i", "en", "för", "med", "som", "av", "på", "det", "är", "den",
        ],
    ),
];

/// How many of its small words a text must have to be taken for a language.
const ENOUGH: usize = 3;

/// The language that a text reads as, where that is not the language of its tag and there is no doubt about it.
#[must_use]
pub fn reads_as(text: &str, tag: &str) -> Option<&'static str> {
    let mut counts = [0_usize; WORDS.len()];
    for word in text.split(|letter: char| !letter.is_alphabetic()) {
        if word.is_empty() {
            continue;
        }
        let word = word.to_lowercase();
        for (count, (_, words)) in counts.iter_mut().zip(WORDS) {
            *count += usize::from(words.contains(&word.as_str()));
        }
    }
    let counted = || {
        counts
            .iter()
            .zip(WORDS.iter().map(|(language, _)| *language))
    };
    // What is tagged with a language of which no words are known cannot be judged.
    let (&of_tag, _) = counted().find(|(_, language)| same_language(language, tag))?;
    let (&most, best) = counted().max_by_key(|(count, _)| **count)?;
    let ties = counted().filter(|(count, _)| **count == most).count();
    (most >= ENOUGH && ties == 1 && most >= of_tag * 3 && !same_language(best, tag)).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_another_language_than_its_tag_is_seen() {
        let english =
            "To create and edit digital content in different formats, and to say how it is used.";
        assert_eq!(reads_as(english, "de"), Some("en"));
        assert_eq!(reads_as(english, "en-US"), None);
        let german = "Digitale Inhalte in verschiedenen Formaten erstellen und die Rechte von anderen mit Sorgfalt achten";
        assert_eq!(reads_as(german, "de"), None);
        assert_eq!(reads_as(german, "en"), Some("de"));
    }

    #[test]
    fn short_names_and_unknown_languages_are_not_judged() {
        assert_eq!(reads_as("PROBLEM SOLVING", "de"), None);
        assert_eq!(reads_as("", "de"), None);
        assert_eq!(
            reads_as("to be, or not to be, that is the question", "el"),
            None
        );
    }
}
