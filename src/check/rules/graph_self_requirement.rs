//! A credential never counts toward itself, so one that needs itself can never be earned.

use crate::check::{Context, needs};
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "graph/self-requirement",
    severity: Severity::Error,
    summary: "a credential that cannot be earned without already holding it",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for need in &context.graph().locks(context.project).selfish {
        sink.report(&RULE, need.place)
            .message(format!(
                "`{}` can only be earned by those who hold it already",
                context.credential_id(need.from)
            ))
            .label(needs::sentence(context, need))
            .help("ask for something else here: a credential never counts toward itself");
    }
}
