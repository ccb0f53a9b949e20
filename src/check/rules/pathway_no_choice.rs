//! A choice in which everything must be chosen says one thing and means another.

use crate::check::Context;
use crate::check::blocks;
use crate::diag::{Rule, Severity, Sink};
use crate::model::RequirementKind;

pub static RULE: Rule = Rule {
    name: "pathway/no-choice",
    severity: Severity::Warning,
    summary: "a choice that leaves nothing to choose",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for block in blocks::blocks(context.project).filter(|block| !block.incomplete) {
        for part in block.walk() {
            let RequirementKind::Any { least, of } = &part.kind else {
                continue;
            };
            if *least as usize != of.len() {
                continue;
            }
            let message = match of.len() {
                1 => "this choice has one branch only".to_owned(),
                count => format!("this choice asks for all {count} of its {count} branches"),
            };
            let help = if of.len() == 1 {
                "write the branch without `any`, or add to the choice"
            } else {
                "write `all` instead, or add to the choice"
            };
            sink.report(&RULE, part.place)
                .message(message)
                .label("nothing to choose")
                .help(help);
        }
    }
}
