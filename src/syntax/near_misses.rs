//! Words that are nearly right: what was meant can be told from what stands there, and is said instead of what the grammar met.

use super::explain::Explainer;
use super::fit::{self, Misfit};
use super::patch::Change;
use super::tree::{Key, StatementId};
use crate::diag::early;

impl Explainer<'_> {
    /// `any 2 { … }` and `any of { … }`.
    pub(super) fn any_without_of(&mut self, start: usize, end: usize) -> bool {
        let rest = self.text[start..end].trim();
        if rest == "of" {
            let place = self.place(start, end);
            self.report(
                &early::SYNTAX_UNEXPECTED,
                (start, end),
                "expected a number between `any` and `of`".to_owned(),
            )
            .label("any how many of these?")
            .help("write `any { … }` for one of them, `any 2 of { … }` for more")
            .fix(place, "");
            return true;
        }
        let digits = rest.bytes().all(|byte| byte.is_ascii_digit());
        if digits {
            let at = start + rest.len();
            let place = self.place(at, at);
            self.report(
                &early::SYNTAX_MISSING,
                (at, at),
                format!("expected `of` after `any {rest}`"),
            )
            .label("`of` is missing here")
            .fix(place, " of");
            self.change(Change::insert(at, " of"));
        }
        digits
    }

    /// `reach x in 3 ects`: the limit was read as a block of another language.
    pub(super) fn limit_after_in(&mut self, index: u32, misfit: &Misfit) -> bool {
        if !self.is_limit_after_in(index) {
            return false;
        }
        let keyword = self.tree.statement(StatementId(index)).keyword;
        let (start, end) = (keyword.start as usize, keyword.end as usize);
        let place = self.place(start, end);
        self.report(
            &early::SYNTAX_UNEXPECTED,
            (start, end),
            "a limit stands after `within`, not after `in`".to_owned(),
        )
        .label("expected `within`")
        .help("write `reach … within 3 ects and 2 stages`")
        .fix(place, "within");
        self.change(Change::replace(start, end, "within".to_owned()));
        self.silence(misfit.found.1);
        true
    }

    /// Whether a statement is an `in` with a number behind a `reach`.
    pub(super) fn is_limit_after_in(&self, index: u32) -> bool {
        let statement = self.tree.statement(StatementId(index));
        let parent = self.parents.get(index as usize).copied().flatten();
        let within_expect = parent
            .is_some_and(|parent| self.tree.statement(StatementId(parent)).key == Key::Expect);
        let rest = self.text.get(statement.keyword.end as usize..);
        let number = rest.is_some_and(|rest| {
            rest.trim_start_matches([' ', '\t'])
                .starts_with(|sign: char| sign.is_ascii_digit())
        });
        let after_reach = index
            .checked_sub(1)
            .is_some_and(|before| self.tree.statement(StatementId(before)).key == Key::Reach);
        statement.key == Key::In && within_expect && number && after_reach
    }

    /// `formerly a.b`: an id of its own was read, and then a point.
    pub(super) fn former_path(&mut self, index: u32, start: usize) -> bool {
        let before = index.checked_sub(1).map(StatementId);
        let Some(former) = before.map(|before| self.tree.statement(before)) else {
            return false;
        };
        let is_joined = former.key == Key::Formerly
            && former.span.end as usize == start
            && self
                .text
                .get(start..)
                .is_some_and(|rest| rest.starts_with('.'));
        if !is_joined {
            return false;
        }
        let from = former.span.start as usize + "formerly".len();
        let head = self.text.get(from..start).unwrap_or("").trim();
        let length = fit::token_length(self.text, start).max(1);
        let tail = self.text.get(start..start + length).unwrap_or("");
        let own = tail.rsplit('.').next().unwrap_or("").to_owned();
        let message = format!("`{head}{tail}` is a path, and `formerly` names an id alone");
        let first = start - head.len();
        let diagnostic = self
            .report(&early::SYNTAX_UNEXPECTED, (first, start + length), message)
            .label("not an id");
        if !own.is_empty() {
            diagnostic.help(format!("write `formerly {own}`"));
        }
        true
    }
}
