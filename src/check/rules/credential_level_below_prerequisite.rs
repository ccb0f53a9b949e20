//! A credential below the level of what it requires asks learners to climb in order to go down.
//!
//! Only credentials that are required in any case are compared, and only levels that can be compared.

use crate::check::Context;
use crate::check::parts;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "credential/level-below-prerequisite",
    severity: Severity::Warning,
    summary: "a credential at a lower level than one that it requires",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        let (Some(requires), false) = (&credential.requires, credential.levels.is_empty()) else {
            continue;
        };
        parts::mandatory(project, requires, &mut |required, place| {
            let required = &project.credentials[required];
            let below = |&(level, level_place)| {
                required.levels.iter().find_map(|&(other, other_place)| {
                    let suffices = project.level_suffices(Some(level), Some(other));
                    (suffices == Some(false)).then_some((level_place, other_place))
                })
            };
            // Several levels are levels in several systems: one that falls short is enough.
            if let Some((own, other)) = credential.levels.iter().find_map(below) {
                sink.report(&RULE, own)
                    .message(format!(
                        "`{}` is at `{}`, below `{}` of `{}`, which it requires",
                        project.id(&credential.declared),
                        project.slice(own),
                        project.slice(other),
                        project.id(&required.declared)
                    ))
                    .label("the lower level")
                    .also(place, "required here")
                    .also(other, "the higher level")
                    .help("raise this level, or require something at this level or below");
            }
        });
    }
}
