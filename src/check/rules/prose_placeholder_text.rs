//! Text that was to be written later, and is about to be published.
//!
//! Marks such as `TODO` are looked for anywhere in a text, words such as `tbd` only where they are the whole of it.

use memchr::memmem::Finder;

use crate::check::Context;
use crate::check::places::within;
use crate::check::texts;
use crate::diag::{Rule, Severity, Sink};
use crate::source::FileId;

pub static RULE: Rule = Rule {
    name: "prose/placeholder-text",
    severity: Severity::Warning,
    summary: "a text that is still to be written",
};

/// Looked for as whole words anywhere in a text.
const MARKS: &[&str] = &[
    "TODO",
    "TBD",
    "TBA",
    concat!("FIX", "ME"),
    "Lorem ipsum",
    "lorem ipsum",
];

/// Placeholders only where they are all there is, in any case.
const WHOLE: &[&str] = &[
    "...",
    "…",
    "?",
    "??",
    "???",
    "xx",
    "xxx",
    "xxxx",
    "tbd",
    "tba",
    "tbc",
    "todo",
    "to do",
    "to be done",
    "to be defined",
    "to be written",
    "to be confirmed",
    "n/a",
    "placeholder",
    "insert text here",
    "asdf",
    "à compléter",
    "à définir",
];

const LONGEST_WHOLE: usize = 16;

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let finders: Vec<(Finder<'_>, &str)> = MARKS
        .iter()
        .map(|&mark| (Finder::new(mark), mark))
        .collect();
    let files = &context.shared.placeholders;
    let marked = |file: FileId| files.has(project, file, |text| has_mark(text.as_bytes()));
    texts::walk(context, &mut |owner, what, prose| {
        let translations = prose.translations.iter().map(|(_, text)| text);
        for text in std::iter::once(&prose.text).chain(translations) {
            let short = text.place.span.len() as usize <= LONGEST_WHOLE;
            if !short && !marked(text.place.file) {
                continue;
            }
            let value = project.text(*text);
            let found = if short && is_placeholder(&value) {
                Some(0..value.len())
            } else if marked(text.place.file) {
                finders
                    .iter()
                    .find_map(|(finder, mark)| whole_word(finder, mark, &value))
            } else {
                None
            };
            let Some(found) = found else {
                continue;
            };
            let word = value.get(found.clone()).unwrap_or("");
            sink.report(&RULE, within(*text, &value, &found))
                .message(if word.is_empty() {
                    format!(
                        "a text ({}) of `{}` is empty",
                        what.word(),
                        project.id(owner.declared)
                    )
                } else {
                    format!(
                        "a text ({}) of `{}` is still to be written: `{word}`",
                        what.word(),
                        project.id(owner.declared)
                    )
                })
                .label("a placeholder")
                .help("write the text, or remove it");
        }
    });
}

/// Whether one of the marks may stand in the text: one pass for their first letters, one for *lorem ipsum*.
fn has_mark(text: &[u8]) -> bool {
    let capitals = memchr::memchr2_iter(b'T', b'F', text).any(|at| {
        let rest = &text[at..];
        MARKS.iter().any(|mark| rest.starts_with(mark.as_bytes()))
    });
    capitals || memchr::memmem::find(text, b"orem ipsum").is_some()
}

fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || WHOLE.iter().any(|known| known.eq_ignore_ascii_case(text))
}

fn whole_word(finder: &Finder<'_>, mark: &str, text: &str) -> Option<std::ops::Range<usize>> {
    finder
        .find_iter(text.as_bytes())
        .map(|start| start..start + mark.len())
        .find(|found| {
            let before = text.get(..found.start).unwrap_or("");
            let after = text.get(found.end..).unwrap_or("");
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_seen_in_a_file() {
        for mark in MARKS {
            assert!(
                has_mark(format!("about \"{mark}: ask Kim\"").as_bytes()),
                "{mark}"
            );
        }
        assert!(!has_mark(b"To do this, Find the Text"));
    }

    #[test]
    fn only_whole_words_and_whole_texts_are_placeholders() {
        let finder = Finder::new("TODO");
        assert_eq!(
            whole_word(&finder, "TODO", "METODO, TODO: write"),
            Some(8..12)
        );
        assert_eq!(whole_word(&finder, "TODO", "METODOLOGIA"), None);
        assert!(is_placeholder(" TBD "));
        assert!(is_placeholder("…"));
        assert!(is_placeholder(""));
        for text in [
            "todo el año",
            "X-ray",
            "R",
            "C",
            "to do lists",
            "Superbowl XXX",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
