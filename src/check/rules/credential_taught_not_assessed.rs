//! What is taught must be assessed, or the credential promises more than it proves.
//!
//! Assessing a part or the whole of what is taught is enough, and so is a part of the credential that assesses it, at the
//! level taught or above; an assessment without a level is taken to be at any. Quiet where nothing at all is assessed and no
//! criteria are given: another rule says so.

use crate::check::Context;
use crate::check::attained::{assessed, credential_incomplete, on_one_line};
use crate::check::parts;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Attained, Credential, Project};

pub static RULE: Rule = Rule {
    name: "credential/taught-not-assessed",
    severity: Severity::Warning,
    summary: "something taught that no assessment assesses, or none at that level",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        if credential.teaches.is_empty()
            || credential_incomplete(credential)
            || (credential.assessments.is_empty()
                && credential.criteria.is_none()
                && credential.stacks.is_none())
        {
            continue;
        }
        let missing: Vec<&Attained> = credential
            .teaches
            .iter()
            .filter(|taught| !assessed(credential).any(|found| reaches(project, found, taught)))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let in_parts = assessed_in_parts(project, credential);
        for taught in missing {
            if in_parts.iter().any(|found| reaches(project, found, taught)) {
                continue;
            }
            let lower = assessed(credential)
                .chain(in_parts.iter().copied())
                .find(|found| on_one_line(project, found.item, taught.item));
            match lower {
                Some(lower) => below(project, credential, taught, lower, sink),
                None => nowhere(project, credential, taught, sink),
            }
        }
    }
}

/// Whether an assessment says something about what is taught, at its level as far as levels can be compared.
fn reaches(project: &Project, found: &Attained, taught: &Attained) -> bool {
    on_one_line(project, found.item, taught.item)
        && (found.level.is_none()
            || project.level_suffices(found.level, taught.level) != Some(false))
}

fn nowhere(project: &Project, credential: &Credential, taught: &Attained, sink: &mut Sink) {
    sink.report(&RULE, taught.place)
        .message(format!(
            "`{}` teaches `{}` and never assesses it",
            project.id(&credential.declared),
            project.slice(taught.place)
        ))
        .label("taught here, assessed nowhere")
        .also(credential.declared.place, "in this credential")
        .help(format!(
            "add `assesses {}` to an assessment, or write `introduces` if it is only a first look",
            project.name(project.items[taught.item].full_path)
        ));
}

fn below(
    project: &Project,
    credential: &Credential,
    taught: &Attained,
    lower: &Attained,
    sink: &mut Sink,
) {
    let place = taught.level_place.unwrap_or(taught.place);
    let lower_place = lower.level_place.unwrap_or(lower.place);
    sink.report(&RULE, place)
        .message(format!(
            "`{}` teaches `{}` at `{}` and assesses it at `{}` only",
            project.id(&credential.declared),
            project.slice(taught.place),
            project.slice(place),
            project.slice(lower_place)
        ))
        .label("taught at this level")
        .also(lower_place, "assessed at this level")
        .help("assess it at the level taught, or teach it at the level assessed");
}

fn assessed_in_parts<'a>(project: &'a Project, credential: &Credential) -> Vec<&'a Attained> {
    let mut items = Vec::new();
    if let Some(stacks) = &credential.stacks {
        parts::mentioned(project, stacks, &mut |part, _| {
            items.extend(assessed(&project.credentials[part]));
        });
    }
    items
}
