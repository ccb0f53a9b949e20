//! Assessing what nobody taught is unfair to the learner, or a sign that the list of what is taught is out of date.
//!
//! Quiet where a credential teaches nothing (it recognises what is there already), and where a part or a prerequisite teaches it.

use crate::check::Context;
use crate::check::attained::{assessed, credential_incomplete, on_one_line};
use crate::check::parts;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Attained, Credential, ItemId, Project};

pub static RULE: Rule = Rule {
    name: "credential/assessed-not-taught",
    severity: Severity::Warning,
    summary: "something assessed that the credential does not teach",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        if credential.teaches.is_empty() || credential_incomplete(credential) {
            continue;
        }
        let taught = |item: ItemId| {
            credential
                .teaches
                .iter()
                .chain(&credential.reinforces)
                .any(|taught| on_one_line(project, taught.item, item))
        };
        let found: Vec<&Attained> = assessed(credential)
            .filter(|found| !taught(found.item))
            .collect();
        if found.is_empty() {
            continue;
        }
        let elsewhere = taught_around(project, credential);
        for found in found {
            if elsewhere
                .iter()
                .any(|&item| on_one_line(project, item, found.item))
            {
                continue;
            }
            let introduced = credential
                .introduces
                .iter()
                .find(|introduced| on_one_line(project, introduced.item, found.item));
            let path = project.slice(found.place);
            let id = project.id(&credential.declared);
            let diagnostic = sink.report(&RULE, found.place);
            diagnostic
                .label("assessed here, taught nowhere")
                .help(format!(
                    "add `teaches {}`, or leave it out of the assessment",
                    project.name(project.items[found.item].full_path)
                ));
            match introduced {
                Some(introduced) => diagnostic
                    .message(format!(
                        "`{id}` assesses `{path}`, which it only introduces"
                    ))
                    .also(introduced.place, "introduced here"),
                None => diagnostic
                    .message(format!("`{id}` assesses `{path}` and does not teach it"))
                    .also(credential.declared.place, "in this credential"),
            };
        }
    }
}

/// What the credential's parts and prerequisites teach.
fn taught_around(project: &Project, credential: &Credential) -> Vec<ItemId> {
    let mut items = Vec::new();
    for requirement in [
        &credential.requires,
        &credential.stacks,
        &credential.alongside,
    ]
    .into_iter()
    .flatten()
    {
        parts::mentioned(project, requirement, &mut |part, _| {
            items.extend(
                project.credentials[part]
                    .teaches
                    .iter()
                    .map(|taught| taught.item),
            );
        });
    }
    items
}
