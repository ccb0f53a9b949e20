//! Texts made whole before they are read again, and the way back to where things stood in the original.

use super::tree::{Arg, Tree};
use crate::diag::{Diagnostic, Edit};
use crate::source::{Place, Span};

/// One change to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub at: usize,
    pub remove: usize,
    pub insert: String,
}

impl Change {
    pub(super) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self {
            at,
            remove: 0,
            insert: text.into(),
        }
    }

    pub(super) fn replace(start: usize, end: usize, text: impl Into<String>) -> Self {
        Self {
            at: start,
            remove: end - start,
            insert: text.into(),
        }
    }
}

/// A changed text with the way back.
#[derive(Debug)]
pub(super) struct Patched {
    pub text: String,
    /// For each change: where it starts and ends in the changed text, and in the original.
    shifts: Vec<(usize, usize, usize, usize)>,
}

impl Patched {
    /// Applies changes; they are put in order, and what overlaps an earlier one is left out.
    pub(super) fn new(text: &str, mut changes: Vec<Change>) -> Self {
        changes.sort_by_key(|change| change.at);
        let mut out = String::with_capacity(text.len() + changes.len() * 4);
        let mut shifts = Vec::with_capacity(changes.len());
        let mut done = 0;
        for change in changes {
            if change.at < done {
                continue;
            }
            let end = change.at + change.remove;
            let (Some(kept), Some(_)) = (text.get(done..change.at), text.get(change.at..end))
            else {
                continue;
            };
            out.push_str(kept);
            let start = out.len();
            out.push_str(&change.insert);
            shifts.push((start, out.len(), change.at, end));
            done = end;
        }
        out.push_str(text.get(done..).unwrap_or(""));
        Self { text: out, shifts }
    }

    /// The place in the original of an offset in the changed text; inside an insertion, where it was made.
    pub(super) fn original(&self, offset: usize) -> usize {
        let after = self.shifts.partition_point(|shift| shift.0 <= offset);
        let Some(&(start, end, from, to)) = after
            .checked_sub(1)
            .and_then(|index| self.shifts.get(index))
        else {
            return offset;
        };
        if offset >= end {
            to + (offset - end)
        } else if offset == start {
            from
        } else {
            to
        }
    }

    /// Moves a tree that was read from the changed text back to the original. Words
    /// that the changes touch are remembered as they were read.
    pub(super) fn restore_tree(&self, tree: &mut Tree) {
        if self.shifts.is_empty() {
            return;
        }
        self.remember_words(tree);
        map_tree(tree, &|span| self.span(span));
    }

    /// Notes every word of the tree that is not in the original as it is in the changed text.
    fn remember_words(&self, tree: &mut Tree) {
        let mut touched: Vec<Span> = Vec::new();
        let mut look = |span: Span| {
            let (start, end) = (span.start as usize, span.end as usize);
            let after = self.shifts.partition_point(|shift| shift.1 <= start);
            if self.shifts.get(after).is_some_and(|shift| shift.0 < end) && end > start {
                touched.push(span);
            }
        };
        for statement in &tree.statements {
            look(statement.keyword);
        }
        for argument in &tree.args {
            match *argument {
                Arg::Id(span) | Arg::Path(span) | Arg::Number(span) | Arg::Iri(span) => look(span),
                Arg::Quantity { number, unit } => {
                    look(number);
                    look(unit);
                }
                Arg::External { alias, code } => {
                    look(alias);
                    look(code);
                }
                Arg::Text(..) | Arg::Date(_) | Arg::Word(..) | Arg::Missing(..) => {}
            }
        }
        for span in touched {
            if let Some(word) = self.text.get(span.start as usize..span.end as usize) {
                // What an inner reading remembers is closer to what is meant.
                tree.respelled
                    .entry(span)
                    .or_insert_with(|| word.to_owned());
            }
        }
    }

    /// Moves a finding back.
    pub(super) fn restore_diagnostic(&self, diagnostic: &mut Diagnostic) {
        if self.shifts.is_empty() {
            return;
        }
        map_diagnostic(diagnostic, &|span| self.span(span));
    }

    fn span(&self, span: Span) -> Span {
        let start = self.original(span.start as usize) as u32;
        let end = self.original_end(span.end as usize) as u32;
        Span::new(start, end.max(start))
    }

    /// The same for the end of a word: what was taken out right behind it is no part of it.
    fn original_end(&self, offset: usize) -> usize {
        let before = self.shifts.partition_point(|shift| shift.0 < offset);
        before
            .checked_sub(1)
            .and_then(|index| self.shifts.get(index))
            .map_or(offset, |&(_, end, _, to)| to + offset.saturating_sub(end))
    }
}

/// Applies a function to every span of a tree.
pub(super) fn map_tree(tree: &mut Tree, map: &dyn Fn(Span) -> Span) {
    for statement in &mut tree.statements {
        statement.keyword = map(statement.keyword);
        statement.span = map(statement.span);
        statement.body = map(statement.body);
    }
    if !tree.respelled.is_empty() {
        tree.respelled = std::mem::take(&mut tree.respelled)
            .into_iter()
            .map(|(span, word)| (map(span), word))
            .collect();
    }
    for argument in &mut tree.args {
        *argument = match *argument {
            Arg::Id(span) => Arg::Id(map(span)),
            Arg::Text(span, form) => Arg::Text(map(span), form),
            Arg::Number(span) => Arg::Number(map(span)),
            Arg::Quantity { number, unit } => Arg::Quantity {
                number: map(number),
                unit: map(unit),
            },
            Arg::Date(span) => Arg::Date(map(span)),
            Arg::Iri(span) => Arg::Iri(map(span)),
            Arg::Path(span) => Arg::Path(map(span)),
            Arg::External { alias, code } => Arg::External {
                alias: map(alias),
                code: map(code),
            },
            Arg::Word(word, span) => Arg::Word(word, map(span)),
            Arg::Missing(missing, span) => Arg::Missing(missing, map(span)),
        };
    }
}

/// Applies a function to every span of a finding.
pub(super) fn map_diagnostic(diagnostic: &mut Diagnostic, map: &dyn Fn(Span) -> Span) {
    let moved = |place: Place| Place::new(place.file, map(place.span));
    diagnostic.place = moved(diagnostic.place);
    for label in &mut diagnostic.also {
        label.place = moved(label.place);
    }
    for Edit { place, .. } in &mut diagnostic.fix {
        *place = moved(*place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_find_their_way_back() {
        let patched = Patched::new(
            "skil a { b",
            vec![Change::insert(10, "}"), Change::replace(0, 4, "skill")],
        );
        assert_eq!(patched.text, "skill a { b}");
        assert_eq!(patched.original(0), 0);
        assert_eq!(patched.original(5), 4);
        assert_eq!(patched.original(6), 5);
        assert_eq!(patched.original(11), 10);
        assert_eq!(patched.original(12), 10);
    }
}
