//! What commands ask of the crosswalks of a project: the list, the numbers in several shapes, and what is left to do.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use rustc_hash::{FxHashMap, FxHashSet};

use super::cells::{harmless, one_line, spreadsheet};
use super::{Published, numbers, published, tables, target_framework};
use crate::emit::paths;
use crate::import::pack::PackItemIndex;
use crate::mapping::table::Table;
use crate::model::coverage::{StatementCounts, area_of, statement_items};
use crate::model::mapping_sets::{EntryKind, MappingSet, target_framework as framework_of};
use crate::model::{CrosswalkTarget, ItemId, MappingTarget, Project, Standing};

/// One set of mappings in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The name of its files.
    pub name: String,
    /// Our framework and the other one, as people call them.
    pub from: String,
    pub to: String,
    /// Whether a crosswalk declares it, or only mappings of items imply it.
    pub declared: bool,
    /// Mappings that somebody wrote.
    pub mappings: usize,
    /// Mappings that were concluded.
    pub derived: usize,
    pub counts: StatementCounts,
    /// Items of the other framework that are reached, of how many; `None` where it is not at hand.
    pub reached: Option<(usize, usize)>,
}

/// All sets of a project, by name.
#[must_use]
pub fn list(project: &Project) -> Vec<Summary> {
    let mut all: Vec<Summary> = published(project)
        .iter()
        .map(|one| summary(project, one))
        .collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// The crosswalks that state nothing yet, by name, and how many proposals wait in each; nothing is published of them.
#[must_use]
pub fn not_begun(project: &Project) -> Vec<(String, usize)> {
    let begun: FxHashSet<String> = list(project).into_iter().map(|one| one.name).collect();
    let waiting = project.crosswalks.iter();
    let mut all: Vec<(String, usize)> = waiting
        .filter(|(_, one)| one.states_nothing_yet())
        .map(|(id, one)| {
            let stem = paths::crosswalk_stem(project, id).path;
            let name = stem.rsplit('/').next().unwrap_or(&stem).to_owned();
            let proposed = one.pending.iter();
            let proposed = proposed.filter(|row| row.standing == Standing::Proposed);
            (name, proposed.count())
        })
        // Mappings of the items themselves may have begun it.
        .filter(|(name, _)| !begun.contains(name))
        .collect();
    all.sort();
    all
}

pub(super) fn summary(project: &Project, one: &Published<'_>) -> Summary {
    let from = &project.frameworks[one.set.from];
    let matches = |derived: bool| {
        let entries = one.set.entries.iter();
        entries
            .filter(|entry| {
                matches!(entry.kind, EntryKind::Match(_)) && entry.derived.is_some() == derived
            })
            .count()
    };
    Summary {
        name: one.name().to_owned(),
        from: one_line(&project.prose(&from.declared.name)),
        to: one_line(&target_framework(project, one.set.to).title),
        declared: one.set.declared.is_some(),
        mappings: matches(false),
        derived: matches(true),
        counts: one.coverage.statements,
        reached: one
            .coverage
            .target
            .as_ref()
            .map(|target| (target.all.reached, target.all.total)),
    }
}

/// The mapping table of a set by its name.
#[must_use]
pub fn table_of(project: &Project, name: &str) -> Option<Table> {
    let all = published(project);
    let one = all.iter().find(|one| one.name() == name)?;
    Some(tables::table(project, one))
}

/// A set in the canonical SSSOM that a build publishes.
#[must_use]
pub fn sssom_of(project: &Project, name: &str) -> Option<Vec<u8>> {
    let all = published(project);
    let one = all.iter().find(|one| one.name() == name)?;
    Some(super::sssom::write(
        project,
        one,
        &super::target_spaces(project),
    ))
}

/// The numbers of all sets for spreadsheets, as CSV.
#[must_use]
pub fn coverage_csv(project: &Project) -> Vec<u8> {
    numbers::table(project, &published(project))
}

/// The numbers of all sets as JSON: a list of the documents that a build publishes.
#[must_use]
pub fn coverage_json(project: &Project) -> Vec<u8> {
    let mut all = published(project);
    all.sort_by(|a, b| a.name().cmp(b.name()));
    let documents: Vec<String> = all
        .iter()
        .map(|one| {
            let text = String::from_utf8(numbers::json(project, one)).unwrap_or_default();
            text.trim_end().replace('\n', "\n  ")
        })
        .collect();
    if documents.is_empty() {
        return b"[]\n".to_vec();
    }
    format!("[\n  {}\n]\n", documents.join(",\n  ")).into_bytes()
}

/// The numbers of all sets as a workbook with filters and a frozen header.
///
/// # Errors
/// Where the workbook cannot be made.
pub fn coverage_xlsx(project: &Project) -> Result<Vec<u8>, String> {
    let rows = numbers::lines(project, &published(project), one_line);
    workbook(&numbers::HEADER, &rows, "coverage").map_err(|error| error.to_string())
}

/// A workbook of one sheet; what reads as a number is one, but for the first three columns.
fn workbook(header: &[&str], rows: &[Vec<String>], name: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same numbers give the same bytes, so the date is always this one.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&date));
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    for (column, title) in (0..).zip(header) {
        sheet.write_string_with_format(0, column, *title, &bold)?;
        sheet.set_column_width(
            column,
            if column == 0 || column == 2 {
                36.0
            } else {
                13.0
            },
        )?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell.parse::<f64>() {
                Ok(number) if column > 2 => {
                    sheet.write_number(line, column, number)?;
                }
                _ if cell.is_empty() => {}
                _ => {
                    sheet.write_string(line, column, cell)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = u16::try_from(header.len().saturating_sub(1)).unwrap_or(0);
    sheet.autofilter(0, 0, u32::try_from(rows.len()).unwrap_or(u32::MAX), last)?;
    book.save_to_buffer()
}

/// An item that still has to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub crosswalk: String,
    pub area: String,
    /// As the crosswalk writes it.
    pub item: String,
    pub name: String,
    /// All statements, each with its verb.
    pub statement: String,
    pub address: String,
}

/// The heading of a table of gaps.
const GAPS: [&str; 10] = [
    "crosswalk",
    "area",
    "item",
    "name",
    "statement",
    "address",
    "verb",
    "target code",
    "because",
    "note on no match",
];

/// Items with a statement of which a set says nothing, in source order; of one set, or of all in [`list`].
#[must_use]
pub fn gaps(project: &Project, name: Option<&str>) -> Vec<Gap> {
    let mut all = published(project);
    all.retain(|one| name.is_none_or(|name| one.name() == name));
    all.sort_by(|a, b| a.name().cmp(b.name()));
    all.iter().flat_map(|one| gaps_of(project, one)).collect()
}

fn gaps_of(project: &Project, one: &Published<'_>) -> Vec<Gap> {
    let answered = answered(project, &one.set);
    statement_items(project, one.set.from)
        .filter(|item| !answered.contains_key(item))
        .map(|id| {
            let item = &project.items[id];
            let statements: Vec<String> = item
                .statements
                .iter()
                .map(|statement| {
                    let words = project.prose(&statement.prose);
                    format!("{} {}", statement.verb.word(), one_line(&words))
                })
                .collect();
            let area = area_of(project, id).filter(|&area| area != id);
            let name = |id: ItemId| one_line(&project.prose(&project.items[id].declared.name));
            Gap {
                crosswalk: one.name().to_owned(),
                area: area.map(name).unwrap_or_default(),
                item: project.name(item.path).to_owned(),
                name: name(id),
                statement: statements.join("; "),
                address: paths::item_address(project, id),
            }
        })
        .collect()
}

/// Whether an item is mapped (`true`) or has no match (`false`); items of which nothing is said are missing.
pub(super) fn answered(project: &Project, set: &MappingSet<'_>) -> FxHashMap<ItemId, bool> {
    let mut answered = FxHashMap::default();
    for entry in &set.entries {
        match entry.kind {
            EntryKind::Match(mapping) if framework_of(project, mapping.target) == set.to => {
                answered.insert(entry.item, true);
            }
            EntryKind::Match(_) => {}
            EntryKind::NoMatch(_) => {
                answered.entry(entry.item).or_insert(false);
            }
        }
    }
    answered
}

/// Gaps for spreadsheets, with empty columns to fill in.
#[must_use]
pub fn gaps_csv(gaps: &[Gap]) -> Vec<u8> {
    let rows: Vec<Vec<String>> = gaps
        .iter()
        .map(|gap| {
            let said = [
                &gap.crosswalk,
                &gap.area,
                &gap.item,
                &gap.name,
                &gap.statement,
                &gap.address,
            ];
            let mut row: Vec<String> = said.into_iter().map(|text| harmless(text)).collect();
            row.resize(GAPS.len(), String::new());
            row
        })
        .collect();
    spreadsheet(&GAPS, &rows)
}

/// The statement items of our side by the level at which a credential assesses them; an item may have several.
pub(super) fn by_level(project: &Project, set: &MappingSet<'_>) -> Vec<(String, StatementCounts)> {
    let language = project.main_language();
    let mut levels_of: FxHashMap<ItemId, Vec<(u32, String)>> = FxHashMap::default();
    let mut seen: FxHashSet<(ItemId, String)> = FxHashSet::default();
    for credential in project.credentials.as_slice() {
        let assessed = credential.assessments.iter().flat_map(|one| &one.assesses);
        for attained in assessed {
            let Some(level) = attained.level else {
                continue;
            };
            let name = project.level_name(level, language).into_owned();
            if seen.insert((attained.item, name.clone())) {
                let rank = project.rank(level).map_or(u32::MAX, |(_, rank)| rank);
                levels_of
                    .entry(attained.item)
                    .or_default()
                    .push((rank, name));
            }
        }
    }
    let answered = answered(project, set);
    let mut counts: std::collections::BTreeMap<(u32, String), StatementCounts> =
        std::collections::BTreeMap::new();
    for item in statement_items(project, set.from) {
        let none = vec![(u32::MAX, "(not assessed at a level)".to_owned())];
        for level in levels_of.get(&item).unwrap_or(&none) {
            let count = counts.entry(level.clone()).or_default();
            count.total += 1;
            match answered.get(&item) {
                Some(true) => count.mapped += 1,
                Some(false) => count.no_match += 1,
                None => {}
            }
        }
    }
    let levels: Vec<_> = counts
        .into_iter()
        .map(|((_, name), count)| (name, count))
        .collect();
    // Without any level, this would be the whole once more.
    if levels.len() > 1 { levels } else { Vec::new() }
}

/// The other framework by its outermost parts: name, items in force, items reached.
pub(super) fn by_part(project: &Project, set: &MappingSet<'_>) -> Vec<(String, usize, usize)> {
    let mut reached: FxHashSet<MappingTarget> = FxHashSet::default();
    for entry in &set.entries {
        if let EntryKind::Match(mapping) = entry.kind {
            reached.insert(mapping.target);
        }
    }
    match set.to {
        Some(CrosswalkTarget::External(framework)) => {
            let Some(pack) = project.external_frameworks[framework].pack.as_deref() else {
                return Vec::new();
            };
            let positions: FxHashSet<PackItemIndex> = reached
                .iter()
                .filter_map(|target| match target {
                    MappingTarget::External(item) => {
                        let item = &project.external_items[*item];
                        item.index.filter(|_| item.framework == Some(framework))
                    }
                    MappingTarget::Own(_) => None,
                })
                .collect();
            let parts = pack
                .roots()
                .iter()
                .filter(|&&root| !pack.children(root).is_empty());
            parts
                .map(|&root| {
                    let (mut total, mut hit) = (0, 0);
                    let mut open = vec![root];
                    // An item below several others counts once.
                    let mut seen: FxHashSet<PackItemIndex> = FxHashSet::default();
                    while let Some(at) = open.pop() {
                        if !seen.insert(at) {
                            continue;
                        }
                        if !pack.item(at).is_withdrawn() {
                            total += 1;
                            hit += usize::from(positions.contains(&at));
                        }
                        open.extend(pack.children(at));
                    }
                    (one_line(&pack.item(root).label), total, hit)
                })
                .collect()
        }
        Some(CrosswalkTarget::Own(framework)) => {
            let roots = project.frameworks[framework].roots.iter();
            roots
                .filter(|&&root| !project.items[root].children.is_empty())
                .map(|&root| {
                    let (mut total, mut hit) = (0, 0);
                    let mut open = vec![root];
                    let mut seen: FxHashSet<ItemId> = FxHashSet::default();
                    while let Some(at) = open.pop() {
                        if !seen.insert(at) {
                            continue;
                        }
                        total += 1;
                        hit += usize::from(reached.contains(&MappingTarget::Own(at)));
                        open.extend(&project.items[at].children);
                    }
                    (
                        one_line(&project.prose(&project.items[root].declared.name)),
                        total,
                        hit,
                    )
                })
                .collect()
        }
        None => Vec::new(),
    }
}
