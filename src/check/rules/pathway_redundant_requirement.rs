//! Requirements that are met whenever the ones beside them are: named twice, part of a set beside them, required already by a
//! credential beside them, a choice with a branch that is asked anyway, a skill that a credential beside it assesses.

use rustc_hash::FxHashSet;

use super::pathway_dead_branch;
use crate::check::Context;
use crate::check::blocks::{self, Block};
use crate::diag::{Rule, Severity, Sink};
use crate::graph::ancestors::Ancestors;
use crate::graph::{EdgeKind, Node, names, requirements};
use crate::model::{Credential, CredentialId, Requirement, RequirementKind, SetId, SumPart, SumPartKind};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "pathway/redundant-requirement",
    severity: Severity::Warning,
    summary: "a requirement that is met whenever another beside it is",
};

/// How many requirements of one list are reported one by one.
const SHOWN: usize = 20;

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let required_by = |credential: &Credential| {
        let found = requirements::mandatory_credentials(project, &credential.requires);
        found.into_iter().map(|(id, _)| id).collect()
    };
    let before = project.credentials.as_slice().iter().map(required_by);
    let mut ancestors = Ancestors::new(before.collect());
    for block in blocks::blocks(project) {
        let is_set = matches!(block.owner, Node::Set(_));
        if !is_set {
            asked_together(context, &block, block.of, &mut ancestors, sink);
        }
        repeated(context, block.of, sink);
        // Branches that another rule says are of no use; a second message would be about the same fault.
        let mut of_no_use: FxHashSet<Place> = FxHashSet::default();
        for part in block.walk() {
            match &part.kind {
                RequirementKind::All(of) => {
                    if !of_no_use.contains(&part.place) {
                        asked_together(context, &block, of, &mut ancestors, sink);
                    }
                    repeated(context, of, sink);
                }
                RequirementKind::Any { least, of } => {
                    if !block.incomplete {
                        let branches = pathway_dead_branch::absorbed(context.project, *least, of);
                        of_no_use.extend(branches.iter().map(|absorbed| absorbed.branch));
                    }
                    repeated(context, of, sink);
                }
                RequirementKind::Sum(sum) => counted_again(context, &sum.parts, sink),
                RequirementKind::Credential(_)
                | RequirementKind::Set(_)
                | RequirementKind::Skill { .. }
                | RequirementKind::Judgement(_)
                | RequirementKind::Unresolved => {}
            }
        }
    }
}

/// The same credential or set twice in one list.
fn repeated(context: &Context<'_>, of: &[Requirement], sink: &mut Sink) {
    let mut named: Vec<(Node, Place)> = of
        .iter()
        .filter_map(|part| match part.kind {
            RequirementKind::Credential(id) => Some((Node::Credential(id), part.place)),
            RequirementKind::Set(id) => Some((Node::Set(id), part.place)),
            RequirementKind::Skill { .. }
            | RequirementKind::All(_)
            | RequirementKind::Any { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => None,
        })
        .collect();
    report_repeated(context, &mut named, sink);
}

fn counted_again(context: &Context<'_>, parts: &[SumPart], sink: &mut Sink) {
    let mut named: Vec<(Node, Place)> = requirements::walk_parts(parts)
        .filter_map(|part| match part.kind {
            SumPartKind::Credential(id) => Some((Node::Credential(id), part.place)),
            SumPartKind::Set(id) => Some((Node::Set(id), part.place)),
            SumPartKind::AtMost { .. } | SumPartKind::Unresolved => None,
        })
        .collect();
    report_repeated(context, &mut named, sink);
}

fn report_repeated(context: &Context<'_>, named: &mut [(Node, Place)], sink: &mut Sink) {
    named.sort_unstable();
    for pair in named.windows(2) {
        let [(first, before), (second, place)] = pair else {
            continue;
        };
        if first != second {
            continue;
        }
        sink.report(&RULE, *place)
            .message(format!(
                "`{}` is named twice in one list",
                names::name(context.project, *second)
            ))
            .label("named again")
            .also(*before, "named here already")
            .help("name it once");
    }
}

/// Requirements that are all asked: those that another one of them brings along.
fn asked_together(
    context: &Context<'_>,
    block: &Block<'_>,
    of: &[Requirement],
    ancestors: &mut Ancestors,
    sink: &mut Sink,
) {
    if of.len() < 2 {
        return;
    }
    let mut asked: Vec<(CredentialId, Place)> = Vec::new();
    let mut sets: Vec<(SetId, Place)> = Vec::new();
    for part in of {
        match part.kind {
            RequirementKind::Credential(id) => asked.push((id, part.place)),
            RequirementKind::Set(id) => sets.push((id, part.place)),
            RequirementKind::Skill { .. }
            | RequirementKind::All(_)
            | RequirementKind::Any { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => {}
        }
    }
    asked.sort_unstable();
    asked.dedup_by_key(|&mut (id, _)| id);
    if asked.is_empty() {
        return;
    }
    in_a_set(context, &asked, &sets, of, sink);
    if block.role == EdgeKind::Requires {
        required_already(context, &asked, ancestors, sink);
    }
    for part in of {
        match &part.kind {
            RequirementKind::Any { least, of } => always_met(context, part, *least, of, &asked, sink),
            RequirementKind::Skill { item, level } => {
                let assessor = context.graph().assessors(*item).into_iter().find(|assessor| {
                    asked.binary_search_by_key(&assessor.credential, |&(id, _)| id).is_ok()
                        && context.project.level_suffices(assessor.level, *level) == Some(true)
                });
                if let Some(assessor) = assessor {
                    sink.report(&RULE, part.place)
                        .message(format!(
                            "`{}` is asked beside this skill and assesses it",
                            context.credential_id(assessor.credential)
                        ))
                        .label("met already")
                        .also(assessor.place, "assessed here")
                        .help("leave the skill out");
                }
            }
            RequirementKind::Credential(_)
            | RequirementKind::Set(_)
            | RequirementKind::All(_)
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => {}
        }
    }
}

fn in_a_set(
    context: &Context<'_>,
    asked: &[(CredentialId, Place)],
    sets: &[(SetId, Place)],
    of: &[Requirement],
    sink: &mut Sink,
) {
    for &(set, place) in sets {
        let parts = of
            .iter()
            .filter(|part| matches!(part.kind, RequirementKind::Set(id) if id == set));
        for (id, _) in requirements::mandatory_credentials(context.project, parts) {
            let Ok(found) = asked.binary_search_by_key(&id, |&(id, _)| id) else {
                continue;
            };
            let set = names::name(context.project, Node::Set(set));
            sink.report(&RULE, asked[found].1)
                .message(format!(
                    "`{}` is asked twice: it is part of `{set}`",
                    context.credential_id(id)
                ))
                .label("asked already")
                .also(place, format!("all of `{set}` is asked here"))
                .help("leave it out here");
        }
    }
}

/// Credentials that another one of them requires, in any number of steps.
fn required_already(
    context: &Context<'_>,
    asked: &[(CredentialId, Place)],
    ancestors: &mut Ancestors,
    sink: &mut Sink,
) {
    if asked.len() < 2 {
        return;
    }
    let named: Vec<CredentialId> = asked.iter().map(|&(id, _)| id).collect();
    let mut reported = vec![false; asked.len()];
    // What is asked twice, with what brings it along.
    let mut found: Vec<((CredentialId, Place), (CredentialId, Place))> = Vec::new();
    for (number, &start) in asked.iter().enumerate() {
        if reported[number] {
            continue;
        }
        for id in ancestors.among(start.0, &named) {
            let Ok(at) = named.binary_search(&id) else {
                continue;
            };
            // In a circle each requires the other; that has a rule of its own.
            if at != number && !reported[at] {
                reported[at] = true;
                found.push((asked[at], start));
            }
        }
    }
    let more = found.len().saturating_sub(SHOWN);
    for (at, &((id, place), (start, start_place))) in found.iter().take(SHOWN).enumerate() {
        let mut message = format!(
            "`{}` is required twice: whoever holds `{}` has it already",
            context.credential_id(id),
            context.credential_id(start)
        );
        if at + 1 == SHOWN && more > 0 {
            message.push_str(&format!(" (and {more} more like it)"));
        }
        sink.report(&RULE, place)
            .message(message)
            .label("required already")
            .also(start_place, "brings it along")
            .help("leave it out here");
    }
}

/// A choice of which enough branches are asked anyway.
fn always_met(
    context: &Context<'_>,
    choice: &Requirement,
    least: u32,
    of: &[Requirement],
    asked: &[(CredentialId, Place)],
    sink: &mut Sink,
) {
    let met: Vec<(CredentialId, Place)> = of
        .iter()
        .filter_map(|branch| match branch.kind {
            RequirementKind::Credential(id) => asked
                .binary_search_by_key(&id, |&(id, _)| id)
                .ok()
                .map(|found| asked[found]),
            RequirementKind::Set(_)
            | RequirementKind::Skill { .. }
            | RequirementKind::All(_)
            | RequirementKind::Any { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => None,
        })
        .collect();
    let Some(&(first, place)) = met.first() else {
        return;
    };
    if met.len() < least as usize {
        return;
    }
    sink.report(&RULE, choice.place)
        .message(format!(
            "this choice is met already: `{}` is asked beside it",
            context.credential_id(first)
        ))
        .label("met already")
        .also(place, "asked in any case")
        .help("leave the choice out, or take what is asked in any case out of it");
}
