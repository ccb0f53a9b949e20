//! Reading requirement trees: where they stand, what they mention, what they ask in any case.
//!
//! Pure functions over the model. A tree is as deep as blocks were nested in the text, which the reader of files limits;
//! the walks here keep their own stack all the same. Sets are references in a tree and are not entered: see
//! [`sets`](super::sets) for what they hold.

use super::{EdgeKind, Node};
use crate::model::{
    Credential, CredentialId, ItemId, LevelRef, Project, Requirement, RequirementKind, SetId,
    SumPart, SumPartKind,
};
use crate::source::Place;

/// Something that a requirement names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mention {
    Credential(CredentialId),
    Set(SetId),
    Skill {
        item: ItemId,
        level: Option<LevelRef>,
    },
}

/// One requirement of the project and whose it is.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    /// In whose declaration it stands.
    pub owner: Node,
    /// What it is there for.
    pub role: EdgeKind,
    /// The tree.
    pub requirement: &'a Requirement,
    /// Something in the declaration could not be read or resolved: what seems to be absent may have been there.
    pub incomplete: bool,
}

/// The requirements of a credential with the edge each makes, in a fixed order.
pub fn of_credential(credential: &Credential) -> impl Iterator<Item = (EdgeKind, &Requirement)> {
    [
        (EdgeKind::Requires, &credential.requires),
        (EdgeKind::Recommends, &credential.recommends),
        (EdgeKind::Alongside, &credential.alongside),
        (EdgeKind::Stacks, &credential.stacks),
        (EdgeKind::Renews, &credential.renew),
    ]
    .into_iter()
    .filter_map(|(kind, requirement)| Some((kind, requirement.as_ref()?)))
}

/// Every requirement of the project: of credentials, sets, roles and stages.
pub fn holders(project: &Project) -> impl Iterator<Item = Holder<'_>> {
    let credentials = project.credentials.iter().flat_map(|(id, credential)| {
        of_credential(credential).map(move |(role, requirement)| Holder {
            owner: Node::Credential(id),
            role,
            requirement,
            incomplete: credential.declared.incomplete,
        })
    });
    let sets = project.sets.iter().flat_map(|(id, set)| {
        set.members.iter().map(move |requirement| Holder {
            owner: Node::Set(id),
            role: EdgeKind::Contains,
            requirement,
            incomplete: set.declared.incomplete,
        })
    });
    let roles = project.roles.iter().flat_map(|(id, role)| {
        role.needs.iter().map(move |requirement| Holder {
            owner: Node::Role(id),
            role: EdgeKind::Needs,
            requirement,
            incomplete: role.declared.incomplete,
        })
    });
    let stages = project.stages.iter().flat_map(|(id, stage)| {
        stage.asks.iter().map(move |requirement| Holder {
            owner: Node::Stage(id),
            role: EdgeKind::Asks,
            requirement,
            incomplete: stage.declared.incomplete,
        })
    });
    credentials.chain(sets).chain(roles).chain(stages)
}

/// The requirement and all requirements inside it, in source order.
pub fn walk(requirement: &Requirement) -> impl Iterator<Item = &Requirement> {
    let mut stack = vec![requirement];
    std::iter::from_fn(move || {
        let next = stack.pop()?;
        match &next.kind {
            RequirementKind::All(of) | RequirementKind::Any { of, .. } => {
                stack.extend(of.iter().rev());
            }
            RequirementKind::Credential(_)
            | RequirementKind::Set(_)
            | RequirementKind::Skill { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => {}
        }
        Some(next)
    })
}

/// The parts and all parts inside their caps, in source order.
pub fn walk_parts(parts: &[SumPart]) -> impl Iterator<Item = &SumPart> {
    let mut stack: Vec<&SumPart> = parts.iter().rev().collect();
    std::iter::from_fn(move || {
        let next = stack.pop()?;
        match &next.kind {
            SumPartKind::AtMost { parts, .. } => stack.extend(parts.iter().rev()),
            SumPartKind::Credential(_) | SumPartKind::Set(_) | SumPartKind::Unresolved => {}
        }
        Some(next)
    })
}

/// What a requirement names, and where, in source order; the same thing as often as it is named.
#[must_use]
pub fn mentions(requirement: &Requirement) -> Vec<(Mention, Place)> {
    let mut found = Vec::new();
    for part in walk(requirement) {
        match &part.kind {
            RequirementKind::Credential(id) => found.push((Mention::Credential(*id), part.place)),
            RequirementKind::Set(id) => found.push((Mention::Set(*id), part.place)),
            RequirementKind::Skill { item, level } => {
                let (item, level) = (*item, *level);
                found.push((Mention::Skill { item, level }, part.place));
            }
            RequirementKind::Sum(sum) => {
                for source in walk_parts(&sum.parts) {
                    match source.kind {
                        SumPartKind::Credential(id) => {
                            found.push((Mention::Credential(id), source.place));
                        }
                        SumPartKind::Set(id) => found.push((Mention::Set(id), source.place)),
                        SumPartKind::AtMost { .. } | SumPartKind::Unresolved => {}
                    }
                }
            }
            RequirementKind::All(_)
            | RequirementKind::Any { .. }
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => {}
        }
    }
    found
}

/// The requirements that must be met in any case: what stands in blocks of *all*, with no choice around it.
pub fn mandatory(requirement: &Requirement) -> impl Iterator<Item = &Requirement> {
    let mut stack = vec![requirement];
    std::iter::from_fn(move || {
        loop {
            let next = stack.pop()?;
            match &next.kind {
                RequirementKind::All(of) => stack.extend(of.iter().rev()),
                RequirementKind::Any { least, of } if *least as usize == of.len() => {
                    stack.extend(of.iter().rev());
                }
                RequirementKind::Credential(_)
                | RequirementKind::Set(_)
                | RequirementKind::Skill { .. }
                | RequirementKind::Any { .. }
                | RequirementKind::Sum(_)
                | RequirementKind::Judgement(_)
                | RequirementKind::Unresolved => return Some(next),
            }
        }
    })
}

/// The credentials that must be held in any case to meet these requirements, also as members of sets that leave nothing
/// out, each with the place where it (or the set) is named. Sorted by credential, each once.
#[must_use]
pub fn mandatory_credentials<'a>(
    project: &Project,
    requirements: impl IntoIterator<Item = &'a Requirement>,
) -> Vec<(CredentialId, Place)> {
    let mut found = Vec::new();
    let mut sets: Vec<(SetId, Place)> = Vec::new();
    for part in requirements.into_iter().flat_map(mandatory) {
        match part.kind {
            RequirementKind::Credential(id) => found.push((id, part.place)),
            RequirementKind::Set(id) => sets.push((id, part.place)),
            RequirementKind::Skill { .. }
            | RequirementKind::All(_)
            | RequirementKind::Any { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => {}
        }
    }
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some((set, place)) = sets.pop() {
        let set_of = &project.sets[set];
        if !seen.insert(set) || !set_of.except.is_empty() {
            continue;
        }
        for part in set_of.members.iter().flat_map(mandatory) {
            match part.kind {
                RequirementKind::Credential(id) => found.push((id, place)),
                RequirementKind::Set(id) => sets.push((id, place)),
                RequirementKind::Skill { .. }
                | RequirementKind::All(_)
                | RequirementKind::Any { .. }
                | RequirementKind::Sum(_)
                | RequirementKind::Judgement(_)
                | RequirementKind::Unresolved => {}
            }
        }
    }
    // The sort keeps a credential that is named itself before one that comes out of a set.
    found.sort_by_key(|&(id, _)| id);
    found.dedup_by_key(|&mut (id, _)| id);
    found
}

/// Whether a reference to nothing stands anywhere in it.
#[must_use]
pub fn has_unresolved(requirement: &Requirement) -> bool {
    walk(requirement).any(|part| match &part.kind {
        RequirementKind::Unresolved => true,
        RequirementKind::Sum(sum) => {
            walk_parts(&sum.parts).any(|part| matches!(part.kind, SumPartKind::Unresolved))
        }
        RequirementKind::Credential(_)
        | RequirementKind::Set(_)
        | RequirementKind::Skill { .. }
        | RequirementKind::All(_)
        | RequirementKind::Any { .. }
        | RequirementKind::Judgement(_) => false,
    })
}
