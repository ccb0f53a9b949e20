//! Characters that readers do not see, in texts that are published: marks that turn the direction of writing (with which a
//! text can show something else than it says), zero-width spaces, soft hyphens, control characters.
//!
//! What scripts and symbols need is left alone: joiners, the marks for single directions, variation selectors. No-break spaces
//! are good typography.

use crate::check::Context;
use crate::check::places::within;
use crate::check::texts;
use crate::diag::{Rule, Severity, Sink};
use crate::source::FileId;
use crate::source::characters::{described, invisible};
use crate::syntax::tree::TextForm;

pub static RULE: Rule = Rule {
    name: "prose/hidden-character",
    severity: Severity::Warning,
    summary: "a published text with a character that readers do not see",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let files = &context.shared.hidden;
    let marked = |file: FileId| files.has(project, file, may_hide);
    texts::walk(context, &mut |owner, what, prose| {
        let translations = prose.translations.iter().map(|(_, text)| text);
        for text in std::iter::once(&prose.text).chain(translations) {
            if !marked(text.place.file) {
                continue;
            }
            let value = project.text(*text);
            let Some((name, found)) = hidden(&value) else {
                continue;
            };
            let character = value[found.clone()].chars().next().unwrap_or(' ');
            let place = within(*text, &value, &found);
            let diagnostic = sink.report(&RULE, place);
            diagnostic
                .message(format!(
                    "{} stands in a text ({}) of `{}`",
                    described(name, character, 1),
                    what.word(),
                    project.id(owner.declared)
                ))
                .label("readers do not see it")
                .help("take it out");
            match text.form {
                TextForm::Plain if place != text.place => {
                    diagnostic.fix(place, "");
                }
                TextForm::Plain | TextForm::Escaped | TextForm::Block => {}
            }
        }
    });
}

/// Whether a file has such a character anywhere, or an escape that may be one.
fn may_hide(text: &str) -> bool {
    let bytes = text.as_bytes();
    if memchr::memmem::find(bytes, b"\\u{").is_some() {
        return true;
    }
    if text.is_ascii() {
        return false;
    }
    // The first bytes of their encodings; each is looked at in full.
    let at = |place: usize| {
        text.get(place..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(is_hidden)
    };
    memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(at)
        || memchr::memchr2_iter(0xe1, 0xf3, bytes).any(at)
}

/// Whether a character is hidden in any text. Joiners, single direction marks and variation selectors have their uses.
fn is_hidden(character: char) -> bool {
    invisible(character).is_some()
        && !matches!(
            character,
            '\u{61c}' | '\u{200c}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}'
        )
}

/// The first hidden character of a text. Tags that follow a flag belong to it.
fn hidden(value: &str) -> Option<(&'static str, std::ops::Range<usize>)> {
    let mut flag = false;
    value.char_indices().find_map(|(at, character)| {
        let tag = matches!(character, '\u{e0020}'..='\u{e007f}');
        flag = character == '\u{1f3f4}' || flag && tag;
        if !is_hidden(character) || tag && flag {
            return None;
        }
        Some((invisible(character)?, at..at + character.len_utf8()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_scripts_need_is_left_alone() {
        for text in ["\u{1f468}\u{200d}\u{1f469}", "می\u{200c}خواهم", "Il dit\u{a0}: oui", "❤\u{fe0f}"] {
            assert_eq!(hidden(text), None, "{text}");
        }
        let wales = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}";
        assert_eq!(hidden(wales), None);
        assert_eq!(hidden("a\u{e0041}"), Some(("tag character", 1..5)));
        assert_eq!(hidden("a\u{202e}b"), Some(("right-to-left override", 1..4)));
        assert!(may_hide("a\u{ad}b") && may_hide("\\u{202e}") && !may_hide("été’s"));
    }
}
