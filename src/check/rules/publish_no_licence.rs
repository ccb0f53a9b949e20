//! A published crosswalk is used by others only if they may. SSSOM makes the licence a required field.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "publish/no-licence",
    severity: Severity::Info,
    summary: "a crosswalk without a licence",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    if project.settings.licence.is_some() {
        return;
    }
    for crosswalk in project.crosswalks.as_slice() {
        if crosswalk.licence.is_some()
            || crosswalk.declared.incomplete
            || crosswalk.states_nothing_yet()
        {
            continue;
        }
        sink.report(&RULE, crosswalk.from_place)
            .message(format!(
                "the crosswalk from `{}` to `{}` has no licence",
                project.slice(crosswalk.from_place),
                project.slice(crosswalk.to_place)
            ))
            .label("no `licence` inside")
            .help("add `licence <https://…>`, or `licence` to the project file for all of them");
    }
}
