//! How much of a framework a crosswalk maps. Counted are the items that carry a statement.
//!
//! Goes in: a crosswalk. Comes out: which of those items are mapped, marked as having no match, or neither. A mapping that
//! stands with the item counts where it leads to the same framework.

use crate::model::{Crosswalk, CrosswalkTarget, FrameworkId, ItemId, Project, RowKind};

use super::mappings::framework_of;

/// What a crosswalk says about the items of its framework.
#[derive(Debug, Default)]
pub struct Coverage {
    /// Items with a mapping.
    pub mapped: usize,
    /// Items said to have no match.
    pub without_match: usize,
    /// Items with neither, in source order.
    pub open: Vec<ItemId>,
}

impl Coverage {
    /// How many items carry a statement.
    pub fn total(&self) -> usize {
        self.mapped + self.without_match + self.open.len()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    WithoutMatch,
    Mapped,
}

/// Counts the coverage of every crosswalk; linear in items and rows.
pub fn of_all(project: &Project) -> Vec<Coverage> {
    let mut items_of: Vec<Vec<ItemId>> = vec![Vec::new(); project.frameworks.len()];
    if project.crosswalks.is_empty() {
        return Vec::new();
    }
    for (id, item) in project.items.iter() {
        if !item.statements.is_empty()
            && let Some(list) = items_of.get_mut(index_of(item.framework))
        {
            list.push(id);
        }
    }
    let mut states = vec![State::Open; project.items.len()];
    project
        .crosswalks
        .as_slice()
        .iter()
        .map(|crosswalk| one(project, crosswalk, &items_of, &mut states))
        .collect()
}

fn index_of(framework: FrameworkId) -> usize {
    framework.0 as usize
}

fn one(
    project: &Project,
    crosswalk: &Crosswalk,
    items_of: &[Vec<ItemId>],
    states: &mut [State],
) -> Coverage {
    let items = items_of
        .get(index_of(crosswalk.from))
        .map_or(&[][..], Vec::as_slice);
    for &id in items {
        states[id.0 as usize] = State::Open;
        let here = |target: CrosswalkTarget| target == crosswalk.to;
        if project.items[id]
            .mappings
            .iter()
            .any(|mapping| framework_of(project, mapping.target).is_some_and(here))
        {
            states[id.0 as usize] = State::Mapped;
        }
    }
    for row in &crosswalk.rows {
        let Some(state) = states.get_mut(row.item.0 as usize) else {
            continue;
        };
        match &row.kind {
            RowKind::Match(_) => *state = State::Mapped,
            RowKind::NoMatch { .. } if *state == State::Open => *state = State::WithoutMatch,
            RowKind::NoMatch { .. } => {}
        }
    }
    for row in &crosswalk.derived {
        if let Some(state) = states.get_mut(row.item.0 as usize) {
            *state = State::Mapped;
        }
    }
    let mut coverage = Coverage::default();
    for &id in items {
        match states[id.0 as usize] {
            State::Open => coverage.open.push(id),
            State::WithoutMatch => coverage.without_match += 1,
            State::Mapped => coverage.mapped += 1,
        }
    }
    coverage
}
