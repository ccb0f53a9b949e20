//! Commas between nothing: before the next statement, before another comma, at the start of a block.

use super::super::keywords;
use super::super::patch::Change;
use super::super::placement::Context;
use super::Spelling;
use super::tokens::{Kind, Token};
use crate::diag::early;

impl Spelling<'_> {
    /// Reports each comma that is followed or preceded by nothing that it could stand between, and takes it out.
    pub(super) fn commas(&mut self) {
        let stray: Vec<(usize, usize, &'static str)> = (0..self.tokens.len())
            .filter_map(|index| self.stray(index))
            .collect();
        for (start, end, label) in stray {
            let place = self.place(start, end);
            self.changes.push(Change::replace(start, end, ""));
            self.report(
                &early::SYNTAX_UNEXPECTED,
                (start, end),
                "unexpected `,`".to_owned(),
            )
            .label(label)
            .help("remove the comma")
            .fix(place, "");
        }
    }

    fn stray(&self, index: usize) -> Option<(usize, usize, &'static str)> {
        let comma = self.tokens.get(index)?;
        if comma.kind != Kind::Comma {
            return None;
        }
        let before = index
            .checked_sub(1)
            .and_then(|index| self.tokens.get(index));
        let after = self.tokens.get(index + 1);
        let label = if before.is_none_or(|token| matches!(token.kind, Kind::Comma | Kind::Open)) {
            "nothing stands before it"
        } else if after.is_none_or(|token| self.begins_statement(token)) {
            "commas stand between the members of a list and nowhere else"
        } else {
            return None;
        };
        Some((comma.start, comma.end, label))
    }

    /// Whether a statement with its keyword begins here, on a line of its own.
    fn begins_statement(&self, token: &Token<'_>) -> bool {
        if token.kind != Kind::Word || !token.first {
            return false;
        }
        let rest = self.text.get(token.start..).unwrap_or("");
        let Some((_, end)) = keywords::at(rest, Context::Unknown) else {
            return false;
        };
        // A member of the list may have the name of a keyword: then nothing follows it, or a comma, or its level.
        let line = rest
            .get(end..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or("")
            .trim_start();
        !line.is_empty()
            && !line.starts_with([',', '}', '.', ':', '#'])
            && !line.starts_with("at ")
            && rest[end..].starts_with([' ', '\t', '{', '"', '<'])
    }
}
