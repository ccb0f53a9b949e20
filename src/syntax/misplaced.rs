//! Statements that stand where they cannot: said of each, once, with where it belongs.

use super::explain::Explainer;
use super::fit;
use super::placement::{self, Context};
use super::tree::{Key, Statement, StatementId};
use super::wording::{floor, home, inside, short};
use crate::diag::early;
use crate::source::Span;

impl Explainer<'_> {
    /// Statements in places where they cannot stand.
    pub(super) fn misplaced(&mut self) {
        for (index, statement) in self.tree.statements.iter().enumerate() {
            let parent = self.parents[index].map(|parent| self.tree.statement(StatementId(parent)));
            let context = self.context(index);
            let parent_is_whole = parent.is_none_or(|parent| parent.key != Key::Bad);
            if statement.key == Key::Bad
                || !parent_is_whole
                || placement::may_stand(context, statement.key)
                || self.is_limit_after_in(index as u32)
            {
                continue;
            }
            let called = self.called(statement);
            let (start, end) = (called.start as usize, called.end as usize);
            if let Some(parent) = parent
                && placement::members(context).is_empty()
            {
                // A block where none can be: said once, at its first statement.
                let called = self.called(parent);
                let keyword = self
                    .text
                    .get(called.start as usize..called.end as usize)
                    .unwrap_or("this");
                if statement.span.start > parent.body.start
                    && self.first_child(index)
                    && !parent.broken
                {
                    let message = format!("`{}` has no block here", short(keyword));
                    let at = parent.body.start as usize;
                    self.report(&early::SYNTAX_MISPLACED, (at, at + 1), message)
                        .label("a block cannot stand here");
                }
                continue;
            }
            let word = short(&self.text[start..end]);
            let message = format!("`{word}` cannot stand {}", inside(context));
            let home = match statement.key {
                Key::Issuer if placement::may_stand(context, Key::By) => Some(
                    "write `by` with the id of an issuer that is declared elsewhere".to_owned(),
                ),
                Key::Name if !matches!(context, Context::File | Context::Block(Key::Crosswalk)) => {
                    Some("write the name in quotes after the id".to_owned())
                }
                key => home(key),
            };
            let diagnostic = self
                .report(&early::SYNTAX_MISPLACED, (start, end), message)
                .label("not here");
            if let Some(home) = home {
                diagnostic.help(home);
            }
        }
    }

    /// The keyword of a statement, or its first word where it has none.
    pub(super) fn called(&self, statement: &Statement) -> Span {
        if !statement.keyword.is_empty() {
            return statement.keyword;
        }
        let start = statement.span.start as usize;
        let length = fit::token_length(self.text, start).max(1);
        let end = floor(self.text, start + length).min(statement.span.end as usize);
        Span::new(statement.span.start, end as u32)
    }

    fn first_child(&self, index: usize) -> bool {
        self.parents[index].is_some_and(|parent| parent as usize + 1 == index)
    }

    fn context(&self, index: usize) -> Context {
        let Some(parent) = self.parents[index] else {
            return Context::File;
        };
        let key = self.tree.statement(StatementId(parent)).key;
        let mut translated = false;
        let mut outer = self.parents[parent as usize];
        let around = outer.map(|around| self.tree.statement(StatementId(around)).key);
        while let Some(ancestor) = outer {
            translated = translated || self.tree.statement(StatementId(ancestor)).key == Key::In;
            outer = self.parents[ancestor as usize];
        }
        match (key, around) {
            (Key::Bad, _) | (Key::In, None) => Context::Unknown,
            (Key::In, Some(Key::Bad)) => Context::Unknown,
            (Key::In, Some(around)) => Context::Translation(around),
            (key, _) if translated => Context::Translation(key),
            (key, _) => Context::Block(key),
        }
    }
}
