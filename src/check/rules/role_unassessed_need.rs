//! A role that needs a skill at a level which no credential assesses can be met by nobody from this catalogue.
//!
//! A skill that is not assessed at all is left to the rule about the framework. Choices with another way are fine.

use crate::check::Context;
use crate::check::attained::assessed_items;
use crate::check::blocks::Skills;
use crate::diag::{Rule, Severity, Sink};
use crate::model::Id as _;

pub static RULE: Rule = Rule {
    name: "role/unassessed-need",
    severity: Severity::Warning,
    summary: "a role that needs a skill at a level which no credential assesses",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    if project.roles.is_empty() || project.credentials.is_empty() {
        return;
    }
    let skills = Skills::new(context);
    let mut assessed: Option<Vec<bool>> = None;
    for role in project.roles.as_slice() {
        if role.declared.incomplete {
            continue;
        }
        for need in &role.needs {
            let Some(missing) = skills.missing([need]) else {
                continue;
            };
            let known = assessed.get_or_insert_with(|| assessed_items(project));
            if !known.get(missing.item.index()).copied().unwrap_or(false) {
                continue;
            }
            let diagnostic = sink.report(&RULE, missing.place);
            diagnostic
                .message(format!(
                    "the role `{}` needs {}, which no credential assesses",
                    project.id(&role.declared),
                    skills.name(&missing)
                ))
                .label("nobody can show this")
                .help("assess it in a credential at that level, or ask for a level that is assessed");
            let best = context
                .graph()
                .assessors(missing.item)
                .into_iter()
                .next();
            if let Some(assessor) = best {
                diagnostic.also(assessor.place, "assessed here, not at that level");
            }
        }
    }
}
