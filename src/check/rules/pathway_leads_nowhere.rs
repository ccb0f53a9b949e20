//! A pathway has a destination: a credential that it leads to, or one that a stage awards.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "pathway/leads-nowhere",
    severity: Severity::Warning,
    summary: "a pathway that leads to no credential",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for pathway in project.pathways.as_slice() {
        let mut stages = pathway.stages.iter().map(|&id| &project.stages[id]);
        if pathway.declared.incomplete
            || !pathway.leads_to.is_empty()
            || stages.any(|stage| !stage.awards.is_empty() || stage.declared.incomplete)
        {
            continue;
        }
        sink.report(&RULE, pathway.declared.place)
            .message(format!(
                "the pathway `{}` leads to no credential",
                project.id(&pathway.declared)
            ))
            .label("no `leads to` inside, and no stage that awards anything")
            .help("add `leads to` with the credential that waits at the end");
    }
}
