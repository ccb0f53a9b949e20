//! Words of a refused piece that are only written in another way than the language writes them: characters of other
//! alphabets, ids in capitals, `5h`, commas that are too many.
//!
//! Goes in: a piece whose texts are whole. Comes out: changes after which it is read as it was meant, and one finding for each
//! spot. Runs before the piece is cut and read again, so that nothing that only follows is said. Texts, comments and
//! addresses are not looked into. Every step is linear in the piece.

mod characters;
mod commas;
mod ids;
mod tokens;
mod values;

use super::patch::Change;
use crate::diag::{Diagnostic, Rule, Sink};
use crate::source::{FileId, Place, Span};
use tokens::Token;

pub(super) use ids::{is_path_like, mended_id, mended_path};

/// What is said beside a declared id in another spelling.
pub(super) const SPELLING: &str = "small letters, digits and hyphens, a letter first";
/// What is said beside a reference in another spelling.
pub(super) const REFERRED: &str = "written as no id is";

/// How many spots of one kind are reported one by one; the finding after them mends all the others.
const SHOWN: usize = 20;

/// What has been found so far.
struct Spelling<'a> {
    file: FileId,
    text: &'a str,
    tokens: Vec<Token<'a>>,
    changes: Vec<Change>,
    found: Vec<Diagnostic>,
}

/// The changes for one piece.
pub(super) fn spelling(file: FileId, text: &str, sink: &mut Sink) -> Vec<Change> {
    let mut spelling = Spelling {
        file,
        text,
        tokens: tokens::tokens(text),
        changes: Vec::new(),
        found: Vec::new(),
    };
    spelling.characters();
    spelling.keywords_in_capitals();
    spelling.signs();
    spelling.frameworks();
    spelling.ids();
    spelling.quantities();
    spelling.aliases();
    spelling.commas();
    for diagnostic in spelling.found {
        sink.push(diagnostic);
    }
    spelling.changes
}

impl Spelling<'_> {
    fn place(&self, start: usize, end: usize) -> Place {
        Place::new(self.file, Span::new(start as u32, end as u32))
    }

    /// Reports a rule at a place.
    fn report(
        &mut self,
        rule: &'static Rule,
        span: (usize, usize),
        message: String,
    ) -> &mut Diagnostic {
        let mut sink = Sink::new();
        sink.report(rule, self.place(span.0, span.1))
            .message(message);
        self.found.extend(sink.finish());
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Reports a spot together with its mend, which is also made.
    fn mend(
        &mut self,
        rule: &'static Rule,
        span: (usize, usize),
        message: String,
        insert: String,
    ) -> &mut Diagnostic {
        self.changes
            .push(Change::replace(span.0, span.1, insert.clone()));
        let place = self.place(span.0, span.1);
        self.report(rule, span, message).fix(place, insert)
    }
}
