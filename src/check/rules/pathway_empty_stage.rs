//! A stage in which there is nothing to do.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::requirements;

pub static RULE: Rule = Rule {
    name: "pathway/empty-stage",
    severity: Severity::Warning,
    summary: "a stage that asks for nothing and awards nothing",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for stage in project.stages.as_slice() {
        let asks = stage.asks.iter().flat_map(requirements::mandatory).next();
        if asks.is_some() || !stage.awards.is_empty() || stage.declared.incomplete {
            continue;
        }
        sink.report(&RULE, stage.declared.place)
            .message(format!(
                "the stage `{}` asks for nothing",
                project.id(&stage.declared)
            ))
            .label("nothing to do here")
            .help("name the credentials of this stage, or take it out");
    }
}
