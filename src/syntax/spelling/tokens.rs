//! The words of a piece between its texts, comments and addresses.

use std::borrow::Cow;

use super::super::split::{Mark, next_mark};
use crate::source::characters;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything between blanks that is none of the others.
    Word,
    Comma,
    Open,
    Close,
    Text,
    Iri,
}

/// One token.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// The word as it is read: as written, or with other characters where some only look like it.
    pub word: Cow<'a, str>,
    /// It is the first on its line.
    pub first: bool,
}

/// All tokens, in order.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Out {
        text,
        tokens: Vec::new(),
        fresh: true,
    };
    let mut at = 0;
    while let Some((place, mark)) = next_mark(text.as_bytes(), at) {
        out.gap(at, place);
        at = match mark {
            Mark::Open => out.push(Kind::Open, place, place + 1),
            Mark::Close => out.push(Kind::Close, place, place + 1),
            Mark::Comment(end) => end,
            Mark::Text { end, .. } => out.push(Kind::Text, place, end),
            Mark::Iri(end) => out.push(Kind::Iri, place, end),
        };
    }
    out.gap(at, text.len());
    out.tokens
}

struct Out<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    /// Nothing but blanks stands before on this line.
    fresh: bool,
}

impl<'a> Out<'a> {
    fn push(&mut self, kind: Kind, start: usize, end: usize) -> usize {
        let word = match kind {
            Kind::Word => self.text.get(start..end).unwrap_or(""),
            Kind::Comma | Kind::Open | Kind::Close | Kind::Text | Kind::Iri => "",
        };
        self.tokens.push(Token {
            kind,
            start,
            end,
            word: Cow::Borrowed(word),
            first: std::mem::replace(&mut self.fresh, false),
        });
        end
    }

    fn gap(&mut self, from: usize, to: usize) {
        let gap = self.text.get(from..to).unwrap_or("");
        let mut word = None;
        for (offset, character) in gap.char_indices() {
            let at = from + offset;
            let blank = character.is_ascii_whitespace() || characters::blank(character).is_some();
            if !blank && character != ',' {
                word = word.or(Some(at));
                continue;
            }
            if let Some(start) = word.take() {
                self.push(Kind::Word, start, at);
            }
            match character {
                ',' => {
                    self.push(Kind::Comma, at, at + 1);
                }
                '\n' => self.fresh = true,
                _ => {}
            }
        }
        if let Some(start) = word {
            self.push(Kind::Word, start, to);
        }
    }
}
