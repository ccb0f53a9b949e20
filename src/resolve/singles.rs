//! Statements that may stand only once in a block.

use crate::diag::early;
use crate::source::{Place, Span};
use crate::syntax::tree::{Key, Statement};

use super::View;
use super::outcome::Outcome;

/// Finds statements that stand twice where one is possible.
#[derive(Default)]
pub(super) struct Singles {
    seen: Vec<(Key, Span)>,
}

impl Singles {
    pub(super) fn see(&mut self, view: View<'_>, statement: &Statement, outcome: &mut Outcome) {
        if !is_single(statement.key) {
            return;
        }
        let first = self
            .seen
            .iter()
            .find(|(key, _)| *key == statement.key)
            .map(|&(_, span)| span);
        let other = match statement.key {
            Key::ValidFor => Some(Key::ValidUntil),
            Key::ValidUntil => Some(Key::ValidFor),
            _ => None,
        };
        let other = other.and_then(|other| self.seen.iter().find(|(key, _)| *key == other));
        if let (Some(&(_, other)), None) = (other, first) {
            outcome
                .report(&early::SYNTAX_REPEATED, view.place(statement.keyword))
                .message("`valid for` and `valid until` stand side by side")
                .label("how long it holds is said a second time")
                .also(view.place(other), "said first here")
                .help("keep `valid for` for a time from the award on, or `valid until` for a day");
        }
        match first {
            None => self.seen.push((statement.key, statement.keyword)),
            Some(first) => {
                let keyword = view.slice(statement.keyword);
                let keyword = keyword.split_whitespace().collect::<Vec<_>>().join(" ");
                let first: Place = view.place(first);
                outcome
                    .report(&early::SYNTAX_REPEATED, view.place(statement.keyword))
                    .message(format!("`{keyword}` stands twice here"))
                    .label("said again here")
                    .also(first, "said first here")
                    .help("keep one of them");
            }
        }
    }
}

/// Whether a construct may stand only once in its block.
const fn is_single(key: Key) -> bool {
    matches!(
        key,
        Key::About
            | Key::Url
            | Key::Email
            | Key::Phone
            | Key::Country
            | Key::Version
            | Key::By
            | Key::UsesScale
            | Key::Code
            | Key::Iri
            | Key::Licence
            | Key::Language
            | Key::Status
            | Key::ReplacedBy
            | Key::Image
            | Key::Criteria
            | Key::Workload
            | Key::Credit
            | Key::Mode
            | Key::Participation
            | Key::Supervision
            | Key::ValidFor
            | Key::ValidUntil
            | Key::Renew
            | Key::Requires
            | Key::Recommends
            | Key::Alongside
            | Key::Stacks
            | Key::AwardedBy
            | Key::AssessmentKind
            | Key::UsesRubric
            | Key::Pass
            | Key::Weight
            | Key::From
            | Key::RubricLevels
            | Key::Name
    )
}
