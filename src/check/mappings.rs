//! All mappings of the project in one row, and how their targets stand to each other.
//!
//! Goes in: the project. Comes out: [`Pair`]s, first those that stand with an item, then those of crosswalks.

use crate::model::{CrosswalkTarget, ItemId, Mapping, MappingTarget, Project, RowKind};

/// A mapping of an item of the project.
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    pub item: ItemId,
    pub mapping: &'a Mapping,
}

/// Every mapping of an item of the project.
pub fn pairs(project: &Project) -> impl Iterator<Item = Pair<'_>> {
    let with_items = project.items.iter().flat_map(|(id, item)| {
        item.mappings
            .iter()
            .map(move |mapping| Pair { item: id, mapping })
    });
    let in_crosswalks = project.crosswalks.iter().flat_map(|(_, crosswalk)| {
        crosswalk
            .rows
            .iter()
            .filter_map(move |row| match &row.kind {
                RowKind::Match(mapping) => Some(Pair {
                    item: row.item,
                    mapping,
                }),
                RowKind::NoMatch { .. } => None,
            })
    });
    with_items.chain(in_crosswalks)
}

/// The framework that a target belongs to; `None` for an address alone.
pub fn framework_of(project: &Project, target: MappingTarget) -> Option<CrosswalkTarget> {
    match target {
        MappingTarget::External(id) => project.external_items[id]
            .framework
            .map(CrosswalkTarget::External),
        MappingTarget::Own(id) => Some(CrosswalkTarget::Own(project.items[id].framework)),
    }
}

/// Whether one target lies above another in their framework, and is not the same.
pub fn lies_above(project: &Project, above: MappingTarget, below: MappingTarget) -> bool {
    match (above, below) {
        (MappingTarget::Own(above), MappingTarget::Own(below)) => {
            above != below && super::attained::covers(project, above, below)
        }
        (MappingTarget::External(above), MappingTarget::External(below)) => {
            let (above, below) = (
                &project.external_items[above],
                &project.external_items[below],
            );
            let pack = above
                .framework
                .filter(|_| above.framework == below.framework)
                .and_then(|framework| project.external_frameworks[framework].pack.as_deref());
            match (pack, above.index, below.index) {
                (Some(pack), Some(above), Some(below)) => {
                    above != below && pack.is_within(below, above)
                }
                _ => false,
            }
        }
        (MappingTarget::Own(_), MappingTarget::External(_))
        | (MappingTarget::External(_), MappingTarget::Own(_)) => false,
    }
}

/// How the other side of a crosswalk is called in the text.
pub fn target_name(project: &Project, target: CrosswalkTarget) -> &str {
    match target {
        CrosswalkTarget::External(id) => project.name(project.external_frameworks[id].alias),
        CrosswalkTarget::Own(id) => project.id(&project.frameworks[id].declared),
    }
}
