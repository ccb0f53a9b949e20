//! The meaning of requirements, as plainly as it can be written: `docs/requirements.md` in code. Slow and obviously right;
//! the library is compared with it on small programs. Sets of credentials are the bits of a number.

use gradus::model::{
    CredentialId, Project, Requirement, RequirementKind, Set, SetId, SetMember, Sum, SumPart,
    SumPartKind, Unit,
};

/// Some credentials of a project: bit n stands for credential n.
pub type Held = u32;

pub fn has(held: Held, id: CredentialId) -> bool {
    held >> id.0 & 1 == 1
}

pub fn of(ids: &[CredentialId]) -> Held {
    ids.iter().fold(0, |held, id| held | 1 << id.0)
}

/// Whether holding exactly `held` meets a requirement.
pub fn met(project: &Project, requirement: &Requirement, held: Held) -> bool {
    met_without(project, requirement, held, 0)
}

/// The same inside a set that leaves something out: what is left out asks nothing, is no branch and brings no credit.
fn met_without(project: &Project, requirement: &Requirement, held: Held, out: Held) -> bool {
    match &requirement.kind {
        RequirementKind::Credential(id) => has(out, *id) || has(held, *id),
        RequirementKind::Set(id) => {
            let set = &project.sets[*id];
            let out = out | excepted(project, set);
            set.members.iter().all(|member| {
                let left_out = matches!(member.kind, RequirementKind::Set(inner)
                    if set.except.iter().any(|(not, _)| *not == SetMember::Set(inner)));
                left_out || met_without(project, member, held, out)
            })
        }
        RequirementKind::Skill { item, level } => {
            project.credentials.iter().any(|(id, credential)| {
                has(held, id)
                    && credential.assessments.iter().any(|assessment| {
                        assessment.assesses.iter().any(|assessed| {
                            let enough = project.level_suffices(assessed.level, *level);
                            assessed.item == *item && enough == Some(true)
                        })
                    })
            })
        }
        RequirementKind::All(of) => {
            let once: Vec<&Sum> = of.iter().filter_map(counted_once).collect();
            of.iter().all(|part| met_without(project, part, held, out))
                && shared_out(project, &once, held & !out)
        }
        RequirementKind::Any { least, of } => {
            let branches = of.iter().filter(
                |part| !matches!(part.kind, RequirementKind::Credential(id) if has(out, id)),
            );
            let met = branches
                .filter(|part| met_without(project, part, held, out))
                .count();
            met >= *least as usize
        }
        RequirementKind::Sum(sum) => most(project, sum, held & !out) >= sum.least.amount.0,
        RequirementKind::Judgement(_) => true,
        RequirementKind::Unresolved => false,
    }
}

fn counted_once(requirement: &Requirement) -> Option<&Sum> {
    match &requirement.kind {
        RequirementKind::Sum(sum) if sum.counted_once => Some(sum),
        _ => None,
    }
}

/// Whether the credentials can be dealt out to the sums so that each is met by its own hand.
fn shared_out(project: &Project, sums: &[&Sum], held: Held) -> bool {
    match sums {
        [] => true,
        [only] => most(project, only, held) >= only.least.amount.0,
        [first, rest @ ..] => subsets(held).any(|hand| {
            most(project, first, hand) >= first.least.amount.0
                && shared_out(project, rest, held & !hand)
        }),
    }
}

/// All subsets of a set.
pub fn subsets(of: Held) -> impl Iterator<Item = Held> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let subset = next?;
        next = (subset != of).then(|| (subset.wrapping_sub(of)) & of);
        Some(subset)
    })
}

/// The most that held credentials can bring into a sum, each counted in one place.
fn most(project: &Project, sum: &Sum, held: Held) -> i64 {
    let used = held & mentioned_parts(project, &sum.parts);
    most_of(project, &sum.parts, used, sum.least.unit)
}

/// The most that the parts bring in from these credentials: each is given to one of the parts, or to none.
fn most_of(project: &Project, parts: &[SumPart], held: Held, unit: Unit) -> i64 {
    let Some((first, rest)) = parts.split_first() else {
        return 0;
    };
    let able = held & mentioned_parts(project, std::slice::from_ref(first));
    subsets(able)
        .map(|hand| {
            let brought = match &first.kind {
                SumPartKind::Credential(_) | SumPartKind::Set(_) => (0..32)
                    .map(CredentialId)
                    .filter(|&id| has(hand, id))
                    .map(|id| value(project, id, unit))
                    .sum(),
                SumPartKind::AtMost { most, parts } => {
                    most_of(project, parts, hand, unit).min(most.amount.0)
                }
                SumPartKind::Unresolved => 0,
            };
            brought + most_of(project, rest, held & !hand, unit)
        })
        .max()
        .unwrap_or(0)
}

/// What a credential brings: what it declares in that unit, or nothing.
pub fn value(project: &Project, id: CredentialId, unit: Unit) -> i64 {
    let credential = &project.credentials[id];
    [credential.credit, credential.workload]
        .into_iter()
        .flatten()
        .filter(|quantity| quantity.unit == unit)
        .map(|quantity| quantity.amount.0)
        .max()
        .unwrap_or(0)
}

fn mentioned_parts(project: &Project, parts: &[SumPart]) -> Held {
    parts.iter().fold(0, |found, part| {
        found
            | match &part.kind {
                SumPartKind::Credential(id) => 1 << id.0,
                SumPartKind::Set(set) => members(project, *set),
                SumPartKind::AtMost { parts, .. } => mentioned_parts(project, parts),
                SumPartKind::Unresolved => 0,
            }
    })
}

/// Every credential that a requirement names, itself or through sets.
pub fn mentioned(project: &Project, requirement: &Requirement) -> Held {
    match &requirement.kind {
        RequirementKind::Credential(id) => 1 << id.0,
        RequirementKind::Set(set) => members(project, *set),
        RequirementKind::All(of) | RequirementKind::Any { of, .. } => of
            .iter()
            .fold(0, |found, part| found | mentioned(project, part)),
        RequirementKind::Sum(sum) => mentioned_parts(project, &sum.parts),
        RequirementKind::Skill { .. }
        | RequirementKind::Judgement(_)
        | RequirementKind::Unresolved => 0,
    }
}

fn members(project: &Project, set: SetId) -> Held {
    let set = &project.sets[set];
    let named = set
        .members
        .iter()
        .fold(0, |found, member| found | mentioned(project, member));
    named & !excepted(project, set)
}

fn excepted(project: &Project, set: &Set) -> Held {
    set.except.iter().fold(0, |found, (member, _)| {
        found
            | match member {
                SetMember::Credential(id) => 1 << id.0,
                SetMember::Set(inner) => members(project, *inner),
            }
    })
}

/// What can be earned next by somebody who holds `held` and earns nothing but what is `allowed`: all whose requirements are
/// met by what is held, and whose company is met by what is held or earned with them.
pub fn next(project: &Project, held: Held, allowed: Held) -> Held {
    let mut now = 0;
    for (id, credential) in project.credentials.iter() {
        let before = [&credential.requires, &credential.stacks];
        if has(allowed, id)
            && !has(held, id)
            && before
                .into_iter()
                .flatten()
                .all(|requirement| met(project, requirement, held))
        {
            now |= 1 << id.0;
        }
    }
    loop {
        let company = |id: CredentialId| {
            let alongside = &project.credentials[id].alongside;
            alongside
                .as_ref()
                .is_none_or(|requirement| met(project, requirement, held | now))
        };
        let fewer = (0..32)
            .map(CredentialId)
            .filter(|&id| has(now, id) && company(id))
            .fold(0, |kept, id| kept | 1 << id.0);
        if fewer == now {
            return now;
        }
        now = fewer;
    }
}

/// What is held after so many rounds of earning.
pub fn earned(project: &Project, given: Held, allowed: Held, rounds: u32) -> Held {
    let mut held = given;
    for _ in 0..rounds {
        let now = next(project, held, allowed);
        if now == 0 {
            break;
        }
        held |= now;
    }
    held
}

/// All that can be earned.
pub fn closure(project: &Project, given: Held) -> Held {
    earned(project, given, Held::MAX, 32)
}
