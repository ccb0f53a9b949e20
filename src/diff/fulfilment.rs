//! Requirements as changes: the decision in words, under the rule that fits.

use super::Which;
use super::comparison::{Comparison, Decision, Subject};
use super::example::Example;
use super::rules::{self, ChangeRule};
use crate::graph::requirements::walk;
use crate::model::{Requirement, RequirementKind};

/// Which rules a decision is reported under.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reported {
    /// What the requirement is for, as in `what must be held to be awarded`.
    pub what: &'static str,
    pub narrowed: &'static ChangeRule,
    pub widened: &'static ChangeRule,
    pub both: &'static ChangeRule,
}

/// For what must be held.
pub(super) const HELD: Reported = Reported {
    what: "what must be held",
    narrowed: &rules::REQUIREMENT_NARROWED,
    widened: &rules::REQUIREMENT_WIDENED,
    both: &rules::REQUIREMENT_CHANGED,
};

/// Reports a decision. What is only written otherwise is reported where `rewritten` says so.
pub(super) fn report(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    decision: Decision,
    reported: Reported,
    rewritten: bool,
) {
    let what = reported.what;
    let (rule, message, examples): (_, String, Vec<Example>) = match decision {
        Decision::Same if !rewritten => return,
        Decision::Same => (
            &rules::REQUIREMENT_REWRITTEN,
            format!("{what} is said in other words, and is exactly the same"),
            Vec::new(),
        ),
        Decision::Undecided(why) => (
            &rules::REQUIREMENT_UNDECIDED,
            format!("whether {what} is the same could not be worked out: {why}"),
            Vec::new(),
        ),
        Decision::Differ {
            lost: None,
            gained: None,
            ..
        } => return,
        Decision::Differ {
            lost: None,
            gained: Some(gained),
            ..
        } => (
            reported.widened,
            format!("{what} is less than before"),
            vec![gained],
        ),
        Decision::Differ {
            lost: Some(lost),
            gained,
            only_judgements: true,
        } => (
            &rules::JUDGEMENT,
            format!("{what} differs only in what a person has to judge"),
            std::iter::once(lost).chain(gained).collect(),
        ),
        Decision::Differ {
            lost: Some(lost),
            gained: None,
            only_judgements: false,
        } => (
            reported.narrowed,
            format!("{what} is more than before"),
            vec![lost],
        ),
        Decision::Differ {
            lost: Some(lost),
            gained: Some(gained),
            only_judgements: false,
        } => (
            reported.both,
            format!("{what} is something else: some who met it no longer do, others do now"),
            vec![lost, gained],
        ),
    };
    comparison.change_with(subject, rule, message, examples);
}

/// Whether some requirements are written otherwise. Only to say so, never to decide.
pub(super) fn rewritten<'r>(
    comparison: &Comparison<'_>,
    old: impl IntoIterator<Item = &'r Requirement>,
    new: impl IntoIterator<Item = &'r Requirement>,
) -> bool {
    let text = |which: Which, requirement: &Requirement| {
        let project = comparison.project(which);
        let mut out = String::new();
        for part in walk(requirement) {
            out.push_str(match part.kind {
                RequirementKind::Credential(id) => comparison.credential(which, id),
                RequirementKind::Set(_)
                | RequirementKind::Skill { .. }
                | RequirementKind::All(_)
                | RequirementKind::Any { .. }
                | RequirementKind::Sum(_)
                | RequirementKind::Judgement(_)
                | RequirementKind::Unresolved => project.slice(part.place),
            });
            out.push(' ');
        }
        out
    };
    let old = old
        .into_iter()
        .map(|requirement| text(Which::Old, requirement));
    let new = new
        .into_iter()
        .map(|requirement| text(Which::New, requirement));
    !old.eq(new)
}
