//! Who follows a pathway earns what its stages name. A credential there that requires one which no stage has stops them.
//!
//! Only what the pathway asks in any case is looked at, and only what that requires in any case and by name: a choice may be
//! met inside. What a recognition grants can be brought along, and so can what is deprecated and no longer earned; both are
//! passed over.

use rustc_hash::FxHashSet;

use crate::check::Context;
use crate::check::parts;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Credential, CredentialId, Pathway, Project, Status};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "pathway/needs-from-outside",
    severity: Severity::Warning,
    summary: "a credential of a pathway that requires one which no stage has",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    if project.pathways.is_empty() {
        return;
    }
    let mut brought: FxHashSet<CredentialId> = project
        .recognitions
        .as_slice()
        .iter()
        .flat_map(|recognition| recognition.grants.iter().map(|&(id, _)| id))
        .collect();
    // What waits for itself has been reported, and no stage could help.
    let locks = context.graph().locks(project);
    let locked = locks.selfish.iter().chain(locks.circles.iter().flatten());
    brought.extend(locked.map(|need| need.from));
    let doubt = project
        .sets
        .as_slice()
        .iter()
        .any(|set| set.declared.incomplete);
    for pathway in project.pathways.as_slice() {
        let incomplete = pathway.declared.incomplete
            || pathway
                .stages
                .iter()
                .any(|&stage| project.stages[stage].declared.incomplete);
        if incomplete || doubt {
            continue;
        }
        look(context, pathway, &brought, sink);
    }
}

/// Whether a credential that no stage names is made of what the stages name, and so is earned on the way.
fn earned_inside(
    project: &Project,
    credential: &Credential,
    inside: &FxHashSet<CredentialId>,
) -> bool {
    let Some(stacks) = &credential.stacks else {
        return false;
    };
    let (mut some, mut all) = (false, true);
    parts::mandatory(project, stacks, &mut |part, _| {
        some = true;
        all = all && inside.contains(&part);
    });
    some && all
}

fn look(
    context: &Context<'_>,
    pathway: &Pathway,
    brought: &FxHashSet<CredentialId>,
    sink: &mut Sink,
) {
    let project = context.project;
    // All that may be earned on this pathway, and what is earned on it in any case.
    let mut known: FxHashSet<CredentialId> = FxHashSet::default();
    let mut certain: Vec<(CredentialId, Place)> = Vec::new();
    let mut open: Vec<CredentialId> = Vec::new();
    for &stage in &pathway.stages {
        let stage = &project.stages[stage];
        for ask in &stage.asks {
            parts::mentioned(project, ask, &mut |id, _| open.push(id));
            parts::mandatory(project, ask, &mut |id, place| certain.push((id, place)));
        }
        open.extend(stage.awards.iter().map(|&(id, _)| id));
    }
    open.extend(pathway.leads_to.iter().map(|&(id, _)| id));
    certain.extend(pathway.leads_to.iter().copied());
    certain.reverse();
    // What is stacked into something of the pathway is earned on the way to it.
    while let Some(id) = open.pop() {
        if known.insert(id)
            && let Some(stacks) = &project.credentials[id].stacks
        {
            parts::mentioned(project, stacks, &mut |part, _| open.push(part));
        }
    }
    let mut told: FxHashSet<CredentialId> = FxHashSet::default();
    let mut looked: FxHashSet<CredentialId> = FxHashSet::default();
    while let Some((id, place)) = certain.pop() {
        let credential = &project.credentials[id];
        if !looked.insert(id) {
            continue;
        }
        if let Some(stacks) = &credential.stacks {
            parts::mandatory(project, stacks, &mut |part, _| certain.push((part, place)));
        }
        let Some(requires) = &credential.requires else {
            continue;
        };
        parts::mandatory_by_name(project, requires, &mut |required, required_place| {
            let outside = &project.credentials[required];
            if known.contains(&required)
                || brought.contains(&required)
                || earned_inside(project, outside, &known)
                || outside.status == Status::Deprecated
                || !told.insert(required)
            {
                return;
            }
            sink.report(&RULE, place)
                .message(format!(
                    "`{}` in the pathway `{}` requires `{}`, which is in no stage of it",
                    context.credential_id(id),
                    project.id(&pathway.declared),
                    context.credential_id(required)
                ))
                .label("cannot be earned from this pathway alone")
                .also(required_place, "required here")
                .help(format!(
                    "add `{}` to this stage or an earlier one, or say with a `recognition` who brings it along",
                    context.credential_id(required)
                ));
        });
    }
}
