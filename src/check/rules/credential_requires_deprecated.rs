//! A requirement that only holders of something no longer offered can meet shuts new learners out.
//!
//! Choices are passed over: an old credential that is accepted beside a new one is good practice.

use crate::check::{Context, parts};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{CredentialId, Declared, Status};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "credential/requires-deprecated",
    severity: Severity::Warning,
    summary: "something that cannot be reached without a deprecated credential",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    if !project
        .credentials
        .as_slice()
        .iter()
        .any(|credential| credential.status == Status::Deprecated)
    {
        return;
    }
    let mut look = |owner: &Declared, verb: &str, id: CredentialId, place: Place| {
        let credential = &project.credentials[id];
        if credential.status != Status::Deprecated {
            return;
        }
        let successor = credential
            .replaced_by
            .map(|(successor, _)| &project.credentials[successor])
            // What takes the place of the old one cannot ask for itself.
            .filter(|successor| {
                successor.status != Status::Deprecated && !std::ptr::eq(&successor.declared, owner)
            });
        sink.report(&RULE, place)
            .message(format!(
                "`{}` {verb} `{}`, which is deprecated",
                project.id(owner),
                project.id(&credential.declared)
            ))
            .label("deprecated")
            .also(
                credential.status_place.unwrap_or(credential.declared.place),
                "deprecated here",
            )
            .help_opt(successor.map(|successor| {
                let (old, new) = (
                    project.id(&credential.declared),
                    project.id(&successor.declared),
                );
                format!("ask for `{new}`, or accept both: `any {{ {old}  {new} }}`")
            }));
    };
    for credential in project.credentials.as_slice() {
        if credential.status == Status::Deprecated {
            continue;
        }
        let asked = [
            ("requires", &credential.requires),
            ("stacks", &credential.stacks),
            ("needs alongside it", &credential.alongside),
            ("asks to renew it for", &credential.renew),
        ];
        for (verb, requirement) in asked {
            if let Some(requirement) = requirement {
                parts::mandatory_by_name(project, requirement, &mut |id, place| {
                    look(&credential.declared, verb, id, place);
                });
            }
        }
    }
    for pathway in project.pathways.as_slice() {
        for &stage in &pathway.stages {
            for asked in &project.stages[stage].asks {
                parts::mandatory_by_name(project, asked, &mut |id, place| {
                    look(&pathway.declared, "passes through", id, place);
                });
            }
        }
        for &(id, place) in &pathway.leads_to {
            look(&pathway.declared, "leads to", id, place);
        }
    }
}
