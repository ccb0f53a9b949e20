//! A set of mappings as a table for people with spreadsheets: names and statements beside codes, the verb in words.
//!
//! A declared crosswalk lists every item with a statement, also those of which nothing is said yet, so that the sheet shows
//! what is left to do; where only items imply the set, it lists the mappings alone. Items in the order of the framework.

use rustc_hash::FxHashMap;

use super::cells::{harmless, spreadsheet};
use super::{Published, tables, target_item};
use crate::emit::paths;
use crate::model::coverage::{area_of, items_in_order};
use crate::model::mapping_sets::{EntryKind, MappingEntry};
use crate::model::{ItemId, Project};

const HEADER: [&str; 15] = [
    "area",
    "item",
    "name",
    "kind",
    "statement",
    "address",
    "verb",
    "target code",
    "target label",
    "target address",
    "confidence",
    "by",
    "because",
    "note on no match",
    // Only where something was derived.
    "derived from",
];

/// Writes one set.
pub(super) fn write(project: &Project, published: &Published<'_>) -> Vec<u8> {
    let set = &published.set;
    let mut said: FxHashMap<ItemId, Vec<&MappingEntry<'_>>> = FxHashMap::default();
    for entry in &set.entries {
        said.entry(entry.item).or_default().push(entry);
    }
    let has_derived = set.entries.iter().any(|entry| entry.derived.is_some());
    let width = HEADER.len() - usize::from(!has_derived);
    let mut rows = Vec::new();
    for item in items_in_order(project, set.from) {
        match said.get(&item) {
            Some(entries) => rows.extend(entries.iter().map(|entry| {
                let mut row = our_side(project, item);
                row.extend(their_side(project, entry.kind));
                row.push(tables::shown(project, entry).unwrap_or_default());
                row.truncate(width);
                row
            })),
            None if set.declared.is_some() && !project.items[item].statements.is_empty() => {
                let mut row = our_side(project, item);
                row.resize(width, String::new());
                rows.push(row);
            }
            None => {}
        }
    }
    spreadsheet(HEADER.get(..width).unwrap_or(&HEADER), &rows)
}

fn our_side(project: &Project, id: ItemId) -> Vec<String> {
    let item = &project.items[id];
    let area = area_of(project, id)
        .map(|area| harmless(&project.prose(&project.items[area].declared.name)));
    let statements: Vec<String> = item
        .statements
        .iter()
        .map(|statement| {
            format!(
                "{} {}",
                statement.verb.word(),
                project.prose(&statement.prose)
            )
        })
        .collect();
    vec![
        area.unwrap_or_default(),
        project.name(item.path).to_owned(),
        harmless(&project.prose(&item.declared.name)),
        item.kind.word().to_owned(),
        harmless(&statements.join("; ")),
        harmless(&paths::item_address(project, id)),
    ]
}

fn their_side(project: &Project, kind: EntryKind<'_>) -> [String; 8] {
    match kind {
        EntryKind::NoMatch(note) => {
            let note = note.map(|note| harmless(&project.prose(note)));
            let mut cells: [String; 8] = Default::default();
            "has no match".clone_into(&mut cells[0]);
            cells[7] = note.unwrap_or_default();
            cells
        }
        EntryKind::Match(mapping) => {
            let target = target_item(project, mapping.target, mapping.label);
            let read = |text| harmless(&project.text(text));
            [
                mapping.verb.word().to_owned(),
                harmless(&target.code),
                harmless(&target.label.unwrap_or_default()),
                harmless(&target.address.unwrap_or_default()),
                mapping
                    .confidence
                    .map(|confidence| confidence.to_string())
                    .unwrap_or_default(),
                mapping.by.map(read).unwrap_or_default(),
                mapping
                    .because
                    .as_ref()
                    .map(|because| harmless(&project.prose(because)))
                    .unwrap_or_default(),
                String::new(),
            ]
        }
    }
}
