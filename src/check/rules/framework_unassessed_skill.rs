//! A skill that no credential assesses is a promise of the framework that the catalogue does not keep.
//!
//! Asked of the skills, competencies and knowledge at the ends of the tree; an attitude is seldom assessed. Assessing the
//! whole or a part is enough. Quiet in a project without credentials, where there is nothing to expect.

use crate::check::Context;
use crate::check::attained::{assessed_items, some_credential_incomplete};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{ItemKind, Status};

pub static RULE: Rule = Rule {
    name: "framework/unassessed-skill",
    severity: Severity::Warning,
    summary: "a skill that no credential assesses",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    if project.credentials.is_empty()
        || project.items.is_empty()
        || some_credential_incomplete(project)
    {
        return;
    }
    let assessed = assessed_items(project);
    for ((_, item), assessed) in project.items.iter().zip(assessed) {
        let asked = match item.kind {
            ItemKind::Skill | ItemKind::Competency | ItemKind::Knowledge => true,
            ItemKind::Area | ItemKind::Attitude => false,
        };
        if assessed
            || !asked
            || !item.children.is_empty()
            || item.status != Status::Active
            || project.frameworks[item.framework].status == Status::Deprecated
            || item.declared.incomplete
        {
            continue;
        }
        sink.report(&RULE, item.declared.place)
            .message(format!(
                "no credential assesses `{}`",
                project.name(item.full_path)
            ))
            .label("never assessed")
            .help("assess it in a credential, or mark it `status draft` until there is one");
    }
}
