//! A stage that asks for a skill which nobody assesses cannot be passed, and nothing after it.

use crate::check::Context;
use crate::check::blocks::Skills;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "pathway/unreachable-stage",
    severity: Severity::Error,
    summary: "a stage that asks for a skill which no credential assesses",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let skills = Skills::new(context);
    for stage in context.project.stages.as_slice() {
        if let Some(missing) = skills.missing(&stage.asks) {
            sink.report(&RULE, missing.place)
                .message(format!(
                    "nobody can pass the stage `{}`: no credential assesses {}",
                    context.project.id(&stage.declared),
                    skills.name(&missing)
                ))
                .label("no one can show this")
                .help("assess this skill in a credential at that level, or ask for something else here");
        }
    }
}
