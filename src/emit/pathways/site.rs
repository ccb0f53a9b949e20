//! What pages say of a thing that stands elsewhere in the project: who asks for it, what it is part of, where it is taught.
//!
//! Goes in: a project. Comes out: tables from each credential and item to what names it, made in one walk, in the order of
//! declaration and without doubles.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::emit::Input;
use crate::emit::badges::Pictures;
use crate::model::{
    Arena, BuildsOn, CredentialId, CrosswalkId, Id, ItemId, LevelRef, MappingTarget, PathwayId,
    Project, RecognitionId, Requirement, RequirementKind, RowKind, SetId, SetMember, SumPart,
    SumPartKind,
};

/// The project and what its things have to do with each other.
#[derive(Debug)]
pub struct Site<'a> {
    pub project: &'a Project,
    pub pictures: Pictures<'a>,
    /// What each set holds when everything is spelled out, each once.
    members: Vec<Vec<CredentialId>>,
    of_credential: Vec<CredentialRelations>,
    of_item: Vec<ItemRelations>,
}

/// Who names a credential.
#[derive(Debug, Default)]
pub struct CredentialRelations {
    /// Pathways that ask for it, award it or lead to it.
    pub pathways: Vec<PathwayId>,
    /// Credentials that are made of it.
    pub awards: Vec<CredentialId>,
    /// Credentials that ask for it before they start.
    pub opens: Vec<CredentialId>,
    /// Credentials whose credit counts toward it.
    pub credit_from: Vec<CredentialId>,
    pub recognitions: Vec<RecognitionId>,
    pub replaces: Vec<CredentialId>,
}

/// Who names an item.
#[derive(Debug, Default)]
pub struct ItemRelations {
    pub introduced: Vec<(CredentialId, Option<LevelRef>)>,
    pub reinforced: Vec<(CredentialId, Option<LevelRef>)>,
    pub taught: Vec<(CredentialId, Option<LevelRef>)>,
    pub assessed: Vec<(CredentialId, Option<LevelRef>)>,
    /// Items that build on it.
    pub basis_of: Vec<ItemId>,
    /// Rows of crosswalks from it: which crosswalk, which row.
    pub rows: Vec<(CrosswalkId, usize)>,
    /// Items of other frameworks that are mapped to it.
    pub mapped_from: Vec<ItemId>,
}

fn push<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if list.last() != Some(&one) {
        list.push(one);
    }
}

fn table<I: Id, T, R: Default>(arena: &Arena<I, T>) -> Vec<R> {
    (0..arena.len()).map(|_| R::default()).collect()
}

impl<'a> Site<'a> {
    /// Walks the project.
    #[must_use]
    pub fn new(input: &Input<'a>) -> Self {
        let project = input.project;
        let mut site = Self {
            project,
            pictures: Pictures::new(project, input.assets),
            members: set_members(project),
            of_credential: table(&project.credentials),
            of_item: table(&project.items),
        };
        site.credentials();
        site.pathways();
        site.items();
        site
    }

    /// Who names a credential.
    #[must_use]
    pub fn credential(&self, id: CredentialId) -> Option<&CredentialRelations> {
        self.of_credential.get(id.index())
    }

    /// Who names an item.
    #[must_use]
    pub fn item(&self, id: ItemId) -> Option<&ItemRelations> {
        self.of_item.get(id.index())
    }

    /// What a set holds.
    #[must_use]
    pub fn members(&self, id: SetId) -> &[CredentialId] {
        self.members.get(id.index()).map_or(&[], Vec::as_slice)
    }

    /// The credentials that a requirement names, those of its sets too, each once.
    #[must_use]
    pub fn named<'r>(
        &self,
        requirements: impl IntoIterator<Item = &'r Requirement>,
    ) -> Vec<CredentialId> {
        let mut found = Found::default();
        for requirement in requirements {
            walk(requirement, &mut |one| match one {
                SetMember::Credential(id) => found.add(id),
                SetMember::Set(id) => self.members(id).iter().for_each(|&id| found.add(id)),
            });
        }
        found.list
    }

    fn relations(&mut self, id: CredentialId) -> Option<&mut CredentialRelations> {
        self.of_credential.get_mut(id.index())
    }

    fn credentials(&mut self) {
        let project = self.project;
        for (id, credential) in project.credentials.iter() {
            for part in self.named(&credential.stacks) {
                if let Some(relations) = self.relations(part).filter(|_| part != id) {
                    push(&mut relations.awards, id);
                }
            }
            for needed in self.named(&credential.requires) {
                if let Some(relations) = self.relations(needed).filter(|_| needed != id) {
                    push(&mut relations.opens, id);
                }
            }
            for counts in &credential.counts_toward {
                for &(target, _) in &counts.targets {
                    if let Some(relations) = self.relations(target) {
                        push(&mut relations.credit_from, id);
                    }
                }
            }
            if let Some((new, _)) = credential.replaced_by
                && let Some(relations) = self.relations(new)
            {
                push(&mut relations.replaces, id);
            }
            for attained in &credential.introduces {
                if let Some(item) = self.of_item.get_mut(attained.item.index()) {
                    push(&mut item.introduced, (id, attained.level));
                }
            }
            for attained in &credential.reinforces {
                if let Some(item) = self.of_item.get_mut(attained.item.index()) {
                    push(&mut item.reinforced, (id, attained.level));
                }
            }
            for attained in &credential.teaches {
                if let Some(item) = self.of_item.get_mut(attained.item.index()) {
                    push(&mut item.taught, (id, attained.level));
                }
            }
            for assessment in &credential.assessments {
                for attained in &assessment.assesses {
                    if let Some(item) = self.of_item.get_mut(attained.item.index()) {
                        push(&mut item.assessed, (id, attained.level));
                    }
                }
            }
        }
        for (id, recognition) in project.recognitions.iter() {
            for &(granted, _) in &recognition.grants {
                if let Some(relations) = self.relations(granted) {
                    push(&mut relations.recognitions, id);
                }
            }
        }
    }

    fn pathways(&mut self) {
        let project = self.project;
        for (id, pathway) in project.pathways.iter() {
            let mut found = Found::default();
            for &stage in &pathway.stages {
                let stage = &project.stages[stage];
                self.named(&stage.asks)
                    .into_iter()
                    .for_each(|id| found.add(id));
                stage.awards.iter().for_each(|&(id, _)| found.add(id));
            }
            pathway.leads_to.iter().for_each(|&(id, _)| found.add(id));
            for credential in found.list {
                if let Some(relations) = self.relations(credential) {
                    relations.pathways.push(id);
                }
            }
        }
    }

    fn items(&mut self) {
        let project = self.project;
        for (id, item) in project.items.iter() {
            for (basis, _) in &item.builds_on {
                match basis {
                    BuildsOn::Item(basis) => {
                        if let Some(relations) = self.of_item.get_mut(basis.index()) {
                            push(&mut relations.basis_of, id);
                        }
                    }
                    BuildsOn::Outside(_) => {}
                }
            }
        }
        for (id, crosswalk) in project.crosswalks.iter() {
            for (index, row) in crosswalk.rows.iter().enumerate() {
                if let Some(relations) = self.of_item.get_mut(row.item.index()) {
                    relations.rows.push((id, index));
                }
                if let RowKind::Match(mapping) = &row.kind
                    && let MappingTarget::Own(target) = mapping.target
                    && let Some(relations) = self.of_item.get_mut(target.index())
                {
                    push(&mut relations.mapped_from, row.item);
                }
            }
        }
    }
}

/// A list without doubles, in the order of finding.
#[derive(Debug, Default)]
struct Found {
    list: Vec<CredentialId>,
    seen: FxHashSet<CredentialId>,
}

impl Found {
    fn add(&mut self, id: CredentialId) {
        if self.seen.insert(id) {
            self.list.push(id);
        }
    }
}

/// Meets every credential and set that a requirement names, in the order of writing.
fn walk(requirement: &Requirement, meet: &mut dyn FnMut(SetMember)) {
    match &requirement.kind {
        RequirementKind::Credential(id) => meet(SetMember::Credential(*id)),
        RequirementKind::Set(id) => meet(SetMember::Set(*id)),
        RequirementKind::All(of) | RequirementKind::Any { of, .. } => {
            of.iter().for_each(|one| walk(one, meet));
        }
        RequirementKind::Sum(sum) => sum.parts.iter().for_each(|part| walk_part(part, meet)),
        RequirementKind::Skill { .. }
        | RequirementKind::Judgement(_)
        | RequirementKind::Unresolved => {}
    }
}

fn walk_part(part: &SumPart, meet: &mut dyn FnMut(SetMember)) {
    match &part.kind {
        SumPartKind::Credential(id) => meet(SetMember::Credential(*id)),
        SumPartKind::Set(id) => meet(SetMember::Set(*id)),
        SumPartKind::AtMost { parts, .. } => parts.iter().for_each(|part| walk_part(part, meet)),
        SumPartKind::Unresolved => {}
    }
}

/// What each set holds. Sets inside sets come first; a circle of sets adds nothing.
fn set_members(project: &Project) -> Vec<Vec<CredentialId>> {
    let mut done: BTreeMap<SetId, Vec<CredentialId>> = BTreeMap::new();
    for start in project.sets.ids() {
        let mut open = vec![(start, false)];
        let mut within: FxHashSet<SetId> = FxHashSet::default();
        while let Some((id, inner_done)) = open.pop() {
            if done.contains_key(&id) {
                continue;
            }
            let set = &project.sets[id];
            if !inner_done && within.insert(id) {
                open.push((id, true));
                let mut inner = |one| {
                    if let SetMember::Set(inner) = one
                        && !within.contains(&inner)
                    {
                        open.push((inner, false));
                    }
                };
                for member in &set.members {
                    walk(member, &mut inner);
                }
                for &(member, _) in &set.except {
                    inner(member);
                }
                continue;
            }
            if !inner_done {
                continue;
            }
            let mut left_out: FxHashSet<CredentialId> = FxHashSet::default();
            for &(member, _) in &set.except {
                match member {
                    SetMember::Credential(id) => {
                        left_out.insert(id);
                    }
                    SetMember::Set(id) => left_out.extend(done.get(&id).into_iter().flatten()),
                }
            }
            let mut found = Found::default();
            for member in &set.members {
                walk(member, &mut |one| match one {
                    SetMember::Credential(id) => found.add(id),
                    SetMember::Set(id) => {
                        done.get(&id)
                            .into_iter()
                            .flatten()
                            .for_each(|&id| found.add(id));
                    }
                });
            }
            found.list.retain(|id| !left_out.contains(id));
            done.insert(id, found.list);
        }
    }
    project
        .sets
        .ids()
        .map(|id| done.remove(&id).unwrap_or_default())
        .collect()
}
