//! How much of a framework a set of mappings covers, seen from both sides. Pure counting: rules and outputs share it.
//!
//! On the side that is mapped, the items that carry a statement count; areas may be mapped and need not be. On the other
//! side, the items that are in force and do not stand for a level (unless the whole framework is one of levels).

use rustc_hash::{FxHashMap, FxHashSet};

use super::mapping_sets::{EntryKind, MappingSet, target_framework};
use super::{
    Amount, CrosswalkTarget, ExternalFrameworkId, FrameworkId, ItemId, ItemKind, MappingTarget,
    MappingVerb, Project,
};
use crate::import::pack::{Pack, PackItem, StandsFor};

/// Counts of one set of mappings.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// All items with a statement of the framework that is mapped.
    pub statements: StatementCounts,
    /// The same by area, in source order; the line of items that stand in no area comes last.
    pub areas: Vec<(Option<ItemId>, StatementCounts)>,
    /// How many mappings use each verb, in the order of [`MappingVerb::ALL`].
    pub verbs: Vec<(MappingVerb, usize)>,
    /// The other side, where its items are known.
    pub target: Option<TargetCoverage>,
}

/// Items with a statement, by what is said of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StatementCounts {
    /// All of them.
    pub total: usize,
    /// Mapped to something in the other framework, with any verb.
    pub mapped: usize,
    /// Not mapped, and marked as having no match there.
    pub no_match: usize,
}

impl StatementCounts {
    /// Those of which nothing is said.
    #[must_use]
    pub const fn unmapped(&self) -> usize {
        self.total
            .saturating_sub(self.mapped)
            .saturating_sub(self.no_match)
    }

    /// The share that is mapped, in percent; nothing to map is no share at all.
    #[must_use]
    pub fn mapped_percent(&self) -> Option<Amount> {
        percent(self.mapped, self.total)
    }

    /// The share that is mapped or marked as having no match, in percent.
    #[must_use]
    pub fn answered_percent(&self) -> Option<Amount> {
        percent(self.mapped + self.no_match, self.total)
    }
}

/// The other framework, by what leads to its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetCoverage {
    /// All kinds together.
    pub all: TargetCounts,
    /// By what its publisher calls the items, in order of first appearance.
    pub kinds: Vec<(String, TargetCounts)>,
}

/// Items of the other framework.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TargetCounts {
    /// All of them.
    pub total: usize,
    /// Reached by at least one mapping.
    pub reached: usize,
    /// Reached by `is exactly`.
    pub exactly: usize,
    /// Reached by `is close to`.
    pub close: usize,
    /// Reached by `is within`: something of ours is a part of it.
    pub partly: usize,
    /// Reached by `covers`: something of ours contains it.
    pub covered: usize,
    /// Reached by `relates to`.
    pub related: usize,
}

impl TargetCounts {
    /// The share that is reached, in percent.
    #[must_use]
    pub fn reached_percent(&self) -> Option<Amount> {
        percent(self.reached, self.total)
    }

    fn count(&mut self, verbs: &FxHashSet<MappingVerb>) {
        self.total += 1;
        self.reached += usize::from(!verbs.is_empty());
        for verb in MappingVerb::ALL {
            let count = match verb {
                MappingVerb::IsExactly => &mut self.exactly,
                MappingVerb::IsCloseTo => &mut self.close,
                MappingVerb::IsWithin => &mut self.partly,
                MappingVerb::Covers => &mut self.covered,
                MappingVerb::RelatesTo => &mut self.related,
            };
            *count += usize::from(verbs.contains(verb));
        }
    }
}

/// A share in percent with one digit after the point, rounded down, so that 100 means all of them.
fn percent(part: usize, whole: usize) -> Option<Amount> {
    let tenths = (part as u128 * 1000).checked_div(whole as u128)?;
    Some(Amount(i64::try_from(tenths).ok()?.saturating_mul(100)))
}

/// The area an item belongs to in reports: the outermost thing around it, or itself where it contains others.
#[must_use]
pub fn area_of(project: &Project, item: ItemId) -> Option<ItemId> {
    let mut outermost = item;
    while let Some(parent) = project.items[outermost].parent {
        outermost = parent;
    }
    let found = &project.items[outermost];
    (found.kind == ItemKind::Area || !found.children.is_empty()).then_some(outermost)
}

/// The items of a framework that carry a statement, in source order.
pub fn statement_items(
    project: &Project,
    framework: FrameworkId,
) -> impl Iterator<Item = ItemId> + '_ {
    items_in_order(project, framework).filter(|&item| !project.items[item].statements.is_empty())
}

/// All items of a framework in source order.
pub fn items_in_order(
    project: &Project,
    framework: FrameworkId,
) -> impl Iterator<Item = ItemId> + '_ {
    let roots = &project.frameworks[framework].roots;
    let mut stack: Vec<ItemId> = roots.iter().rev().copied().collect();
    std::iter::from_fn(move || {
        let next = stack.pop()?;
        stack.extend(project.items[next].children.iter().rev());
        Some(next)
    })
}

/// Counts one set of mappings. Mappings that a crosswalk has to some third framework count on neither side.
#[must_use]
pub fn coverage(project: &Project, set: &MappingSet<'_>) -> Coverage {
    let mut mapped = FxHashSet::default();
    let mut no_match = FxHashSet::default();
    let mut verbs: Vec<(MappingVerb, usize)> =
        MappingVerb::ALL.iter().map(|&verb| (verb, 0)).collect();
    let mut reached: FxHashMap<MappingTarget, FxHashSet<MappingVerb>> = FxHashMap::default();
    for entry in &set.entries {
        let mapping = match entry.kind {
            EntryKind::Match(mapping) => mapping,
            EntryKind::NoMatch(_) => {
                no_match.insert(entry.item);
                continue;
            }
        };
        if target_framework(project, mapping.target) != set.to {
            continue;
        }
        mapped.insert(entry.item);
        let verbs_of_target = reached.entry(mapping.target).or_default();
        verbs_of_target.insert(mapping.verb);
        for (verb, count) in &mut verbs {
            *count += usize::from(*verb == mapping.verb);
        }
    }
    let mut statements = StatementCounts::default();
    let mut areas: Vec<(Option<ItemId>, StatementCounts)> = Vec::new();
    let mut outside = StatementCounts::default();
    for item in statement_items(project, set.from) {
        let area = area_of(project, item);
        let line = match area {
            None => &mut outside,
            Some(_) => {
                // Items come area by area, so the area is the last line or a new one.
                if areas.last().is_none_or(|&(last, _)| last != area) {
                    areas.push((area, StatementCounts::default()));
                }
                let last = areas.len() - 1;
                &mut areas[last].1
            }
        };
        for counts in [&mut statements, line] {
            counts.total += 1;
            if mapped.contains(&item) {
                counts.mapped += 1;
            } else if no_match.contains(&item) {
                counts.no_match += 1;
            }
        }
    }
    if outside.total > 0 {
        areas.push((None, outside));
    }
    Coverage {
        statements,
        areas,
        verbs,
        target: set.to.and_then(|to| target_coverage(project, to, &reached)),
    }
}

fn target_coverage(
    project: &Project,
    to: CrosswalkTarget,
    reached: &FxHashMap<MappingTarget, FxHashSet<MappingVerb>>,
) -> Option<TargetCoverage> {
    match to {
        CrosswalkTarget::External(framework) => pack_coverage(project, framework, reached),
        CrosswalkTarget::Own(framework) => {
            let none = FxHashSet::default();
            let items = items_in_order(project, framework).map(|item| {
                let verbs = reached.get(&MappingTarget::Own(item)).unwrap_or(&none);
                (project.items[item].kind.word(), verbs)
            });
            Some(count_by_kind(items))
        }
    }
}

fn pack_coverage(
    project: &Project,
    framework: ExternalFrameworkId,
    reached: &FxHashMap<MappingTarget, FxHashSet<MappingVerb>>,
) -> Option<TargetCoverage> {
    let pack: &Pack = project.external_frameworks[framework].pack.as_ref()?;
    let mut verbs_at: Vec<FxHashSet<MappingVerb>> = vec![FxHashSet::default(); pack.items().len()];
    for (&target, verbs) in reached {
        let MappingTarget::External(item) = target else {
            continue;
        };
        let position = project.external_items[item].index;
        if let Some(known) = position.and_then(|index| verbs_at.get_mut(index.0 as usize)) {
            known.extend(verbs);
        }
    }
    let items = pack.items().iter().zip(&verbs_at);
    Some(count_by_kind(
        items
            .filter(|(item, _)| counts_as_target(pack, item))
            .map(|(item, verbs)| (kind_word(item), verbs)),
    ))
}

fn counts_as_target(pack: &Pack, item: &PackItem) -> bool {
    let is_level = item.stands_for == StandsFor::Level && pack.stands_for != StandsFor::Level;
    !item.is_withdrawn() && !is_level
}

/// What the publisher calls an item, or what its code stands for.
#[must_use]
pub fn kind_word(item: &PackItem) -> &str {
    item.kind.as_deref().unwrap_or(match item.stands_for {
        StandsFor::Skill => "skill",
        StandsFor::Level => "level",
        StandsFor::Field => "field",
        StandsFor::Occupation => "occupation",
    })
}

fn count_by_kind<'a>(
    items: impl Iterator<Item = (&'a str, &'a FxHashSet<MappingVerb>)>,
) -> TargetCoverage {
    let mut all = TargetCounts::default();
    let mut kinds: Vec<(String, TargetCounts)> = Vec::new();
    for (kind, verbs) in items {
        all.count(verbs);
        // Frameworks have a handful of kinds.
        match kinds.iter_mut().find(|(known, _)| known == kind) {
            Some((_, counts)) => counts.count(verbs),
            None => {
                let mut counts = TargetCounts::default();
                counts.count(verbs);
                kinds.push((kind.to_owned(), counts));
            }
        }
    }
    TargetCoverage { all, kinds }
}
