//! The mappings of a project, gathered into one set for each pair of frameworks.
//!
//! Goes in: declared crosswalks and the mappings that items carry themselves. Comes out: [`MappingSet`]s, declared ones first in
//! their order, then those that only items imply, by framework and target. Invariants: a mapping that an item and its
//! crosswalk both state stands in the set once (as the crosswalk has it); entries keep source order, the crosswalk's first, derived ones last;
//! a set that is not declared is never empty.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    CrosswalkId, CrosswalkTarget, DerivedRow, FrameworkId, ItemId, Mapping, MappingTarget,
    MappingVerb, Project, Prose, RowKind,
};

/// Mappings from a framework of the project to one other framework.
#[derive(Debug, Clone)]
pub struct MappingSet<'a> {
    /// The framework that is mapped.
    pub from: FrameworkId,
    /// What it is mapped to; `None` gathers items from elsewhere that are given by their address alone.
    pub to: Option<CrosswalkTarget>,
    /// The crosswalk that declares the set; `None` where only items imply it.
    pub declared: Option<CrosswalkId>,
    /// What is said of each item.
    pub entries: Vec<MappingEntry<'a>>,
}

/// What is said of one item: a mapping, or that there is none.
#[derive(Debug, Clone, Copy)]
pub struct MappingEntry<'a> {
    /// The item of the framework that is mapped.
    pub item: ItemId,
    /// What is said.
    pub kind: EntryKind<'a>,
    /// How it was concluded, where nobody wrote it.
    pub derived: Option<&'a DerivedRow>,
}

/// A mapping, or the statement that there is none.
#[derive(Debug, Clone, Copy)]
pub enum EntryKind<'a> {
    /// It maps to something.
    Match(&'a Mapping),
    /// Looked for, not there; with the note beside it.
    NoMatch(Option<&'a Prose>),
}

/// What makes two entries the same statement.
type Key = (ItemId, Option<(MappingVerb, MappingTarget)>);

impl MappingEntry<'_> {
    fn key(&self) -> Key {
        let said = match self.kind {
            EntryKind::Match(mapping) => Some((mapping.verb, mapping.target)),
            EntryKind::NoMatch(_) => None,
        };
        (self.item, said)
    }
}

/// The framework that a mapping leads to; `None` for an item given by its address alone.
#[must_use]
pub fn target_framework(project: &Project, target: MappingTarget) -> Option<CrosswalkTarget> {
    match target {
        MappingTarget::External(item) => project.external_items[item]
            .framework
            .map(CrosswalkTarget::External),
        MappingTarget::Own(item) => Some(CrosswalkTarget::Own(project.items[item].framework)),
    }
}

/// Gathers every set of a project.
#[must_use]
pub fn mapping_sets(project: &Project) -> Vec<MappingSet<'_>> {
    let mut sets = Vec::new();
    let mut of_pair: FxHashMap<(FrameworkId, Option<CrosswalkTarget>), usize> =
        FxHashMap::default();
    for (id, crosswalk) in project.crosswalks.iter() {
        let entries = crosswalk.rows.iter().map(|row| MappingEntry {
            item: row.item,
            kind: match &row.kind {
                RowKind::Match(mapping) => EntryKind::Match(mapping),
                RowKind::NoMatch { note } => EntryKind::NoMatch(note.as_ref()),
            },
            derived: None,
        });
        of_pair
            .entry((crosswalk.from, Some(crosswalk.to)))
            .or_insert(sets.len());
        sets.push(MappingSet {
            from: crosswalk.from,
            to: Some(crosswalk.to),
            declared: Some(id),
            entries: entries.collect(),
        });
    }
    let declared = sets.len();
    for (item, mapping) in project.items.iter().flat_map(|(id, item)| {
        let mappings = item.mappings.iter();
        mappings.map(move |mapping| (id, mapping))
    }) {
        let pair = (
            project.items[item].framework,
            target_framework(project, mapping.target),
        );
        let position = *of_pair.entry(pair).or_insert(sets.len());
        if position == sets.len() {
            sets.push(MappingSet {
                from: pair.0,
                to: pair.1,
                declared: None,
                entries: Vec::new(),
            });
        }
        sets[position].entries.push(MappingEntry {
            item,
            kind: EntryKind::Match(mapping),
            derived: None,
        });
    }
    for set in &mut sets[..declared] {
        let derived = set
            .declared
            .map_or(&[][..], |id| &project.crosswalks[id].derived);
        set.entries.extend(derived.iter().map(|row| MappingEntry {
            item: row.item,
            kind: EntryKind::Match(&row.mapping),
            derived: Some(row),
        }));
    }
    for set in &mut sets {
        let mut seen = FxHashSet::default();
        set.entries.retain(|entry| seen.insert(entry.key()));
    }
    sets[declared..].sort_by_key(|set| (set.from, order(set.to)));
    sets
}

/// Frameworks from elsewhere first, then the project's own, then bare addresses; each in order of declaration.
fn order(target: Option<CrosswalkTarget>) -> (u8, u32) {
    match target {
        Some(CrosswalkTarget::External(id)) => (0, id.0),
        Some(CrosswalkTarget::Own(id)) => (1, id.0),
        None => (2, 0),
    }
}
