//! Characters that are not seen, or taken for others: blanks that are none, letters of other alphabets, full-width forms.

use std::borrow::Cow;

use super::super::patch::Change;
use super::super::wording::short;
use super::tokens::Kind;
use super::{SHOWN, Spelling};
use crate::diag::early;
use crate::source::characters::{blank, described, invisible, look_alike};

/// A spot with what belongs there.
struct Spot {
    start: usize,
    end: usize,
    message: String,
    help: String,
    edits: Vec<Change>,
}

impl Spelling<'_> {
    /// Finds them all, changes them, and reports each spot once.
    pub(super) fn characters(&mut self) {
        if self.text.is_ascii() {
            return;
        }
        let mut spots = self.blanks();
        for index in 0..self.tokens.len() {
            spots.extend(self.word(index));
        }
        spots.sort_by_key(|spot| spot.start);
        let more = spots.len().saturating_sub(SHOWN + 1);
        let mut rest = spots.split_off(spots.len().min(SHOWN + 1));
        for (index, spot) in spots.into_iter().enumerate() {
            let mut edits = spot.edits;
            let mut message = spot.message;
            if index == SHOWN && more > 0 {
                message.push_str(&format!(" (and in {more} more places)"));
                edits.extend(rest.drain(..).flat_map(|spot| spot.edits));
            }
            let fixes: Vec<_> = edits
                .iter()
                .map(|edit| {
                    (
                        self.place(edit.at, edit.at + edit.remove),
                        edit.insert.clone(),
                    )
                })
                .collect();
            let diagnostic = self.report(
                &early::SYNTAX_STRANGE_CHARACTER,
                (spot.start, spot.end),
                message,
            );
            diagnostic.label("not what it looks like").help(spot.help);
            for (place, insert) in fixes {
                diagnostic.fix(place, insert);
            }
            self.changes.extend(edits);
        }
    }

    /// Stretches of blanks of other kinds, outside texts.
    fn blanks(&self) -> Vec<Spot> {
        let mut spots = Vec::new();
        let mut from = 0;
        let ends = self.tokens.iter().map(|token| (token.start, token.end));
        for (start, end) in ends.chain([(self.text.len(), self.text.len())]) {
            let gap = self.text.get(from..start).unwrap_or("");
            let mut at = from;
            for stretch in stretches(gap) {
                let here = at;
                at += stretch.len();
                let Some(first) = stretch.chars().next() else {
                    continue;
                };
                let Some(name) = blank(first) else {
                    // The rest of a gap is blank, or a comment.
                    if stretch.contains('#') {
                        break;
                    }
                    continue;
                };
                let count = stretch.chars().count();
                let verb = if count == 1 { "stands" } else { "stand" };
                spots.push(Spot {
                    start: here,
                    end: at,
                    message: format!("{} {verb} here", described(name, first, count)),
                    help: if count == 1 {
                        "write a plain blank instead".to_owned()
                    } else {
                        "write plain blanks instead".to_owned()
                    },
                    edits: vec![Change::replace(here, at, " ".repeat(count))],
                });
            }
            from = end;
        }
        spots
    }

    /// A word with such characters, if it is one without them.
    fn word(&mut self, index: usize) -> Option<Spot> {
        let token = self.tokens.get(index)?;
        if token.kind != Kind::Word || token.word.is_ascii() {
            return None;
        }
        let (start, end) = (token.start, token.end);
        let mut plain = String::with_capacity(token.word.len());
        let mut edits = Vec::new();
        let mut first = None;
        for (offset, character) in token.word.char_indices() {
            if character.is_ascii() {
                plain.push(character);
                continue;
            }
            let at = start + offset;
            let after = at + character.len_utf8();
            if let Some(name) = invisible(character) {
                first = first.or(Some((name, character, None)));
                edits.push(Change::replace(at, after, ""));
            } else if let Some((name, meant)) = look_alike(character) {
                first = first.or(Some((name, character, Some(meant))));
                plain.push(meant);
                edits.push(Change::replace(at, after, meant.to_string()));
            } else {
                // A word of another script, or with accents: that is another matter.
                return None;
            }
        }
        let (name, character, meant) = first?;
        let described = described(name, character, 1);
        // A dash between blanks is a sign of prose.
        if plain.bytes().all(|byte| byte == b'-') && !plain.is_empty() {
            return None;
        }
        let message = match meant {
            None if plain.is_empty() => format!("{described} stands here"),
            None => format!("{described} stands in `{}`", short(&plain)),
            Some(meant) if plain.len() == 1 => {
                format!("{described} stands here where `{meant}` belongs")
            }
            Some(meant) => format!(
                "{described} stands in `{}` where `{meant}` belongs",
                short(&plain)
            ),
        };
        let help = match meant {
            None => "take it out".to_owned(),
            Some(_) => format!("write `{plain}`"),
        };
        if let Some(token) = self.tokens.get_mut(index) {
            token.word = Cow::Owned(plain);
        }
        Some(Spot {
            start,
            end,
            message,
            help,
            edits,
        })
    }
}

/// A text in stretches of one and the same blank of another kind, and of everything between them.
fn stretches(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |character: char| {
            if blank(first).is_some() {
                character == first
            } else {
                blank(character).is_none()
            }
        };
        let end = rest
            .find(|character| !same(character))
            .unwrap_or(rest.len());
        let (stretch, after) = rest.split_at(end);
        out.push(stretch);
        rest = after;
    }
    out
}
