//! `any 3 of` two things can never be met.

use crate::check::Context;
use crate::check::blocks;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::{Node, names};
use crate::model::RequirementKind;

pub static RULE: Rule = Rule {
    name: "pathway/impossible-choice",
    severity: Severity::Error,
    summary: "a choice that asks for more than there is to choose from",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for block in blocks::blocks(context.project).filter(|block| !block.incomplete) {
        for part in block.walk() {
            let RequirementKind::Any { least, of } = &part.kind else {
                continue;
            };
            if *least as usize <= of.len() {
                continue;
            }
            let set = of.iter().find_map(|branch| match branch.kind {
                RequirementKind::Set(id) => Some(names::name(context.project, Node::Set(id))),
                _ => None,
            });
            let help = match (set, of.is_empty()) {
                (Some(set), _) => format!(
                    "name the members of `{set}` here: a set in a choice is one thing, met by all its members"
                ),
                (None, true) => "name what may be chosen".to_owned(),
                (None, false) if of.len() == 1 => "write the branch without `any`, or add to the choice".to_owned(),
                (None, false) => format!(
                    "add to the choice, write `all` to ask for all {}, or ask for fewer",
                    of.len()
                ),
            };
            let there = match of.len() {
                0 => "there is nothing to choose from".to_owned(),
                1 => "there is only one thing to choose from".to_owned(),
                count => format!("there are only {count} things to choose from"),
            };
            sink.report(&RULE, part.place)
                .message(format!("any {least} of these can never be chosen: {there}"))
                .label("never met")
                .help(help);
        }
    }
}
