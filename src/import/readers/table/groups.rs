//! Which tables of a download are one framework, and which are others.
//!
//! Goes in: its sheets. Comes out: groups of them, each with the mapping of its columns. Sheets with the same columns are parts of one
//! table. A table whose items are a part of those of another one, by their codes, belongs to it. Other tables are frameworks of
//! their own; sheets in which nothing seems to be a name are in no group.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::import::bundle::Bundle;
use crate::import::search::fold;

use super::guess::{self, Guess};
use super::mapping::{Mapping, Role};
use super::read;
use super::sheet::{Row, Sheet};

/// Sheets that are one framework.
pub(super) struct Group {
    /// The sheet that looks most like a table of items.
    pub lead: usize,
    /// What its columns are.
    pub guess: Guess,
    pub sheets: Vec<Part>,
}

/// A sheet with the row of its names.
pub(super) struct Part {
    pub position: usize,
    pub header: usize,
    pub mapping: Mapping,
}

/// How many tables are compared with each other.
const MOST_JOINED: usize = 32;

/// The groups in the order of their first sheets. With a mapping there is one, of all sheets that have its columns.
pub(super) fn of(bundle: &Bundle, sheets: &[Sheet], mapping: Option<&Mapping>) -> Vec<Group> {
    if let Some(mapping) = mapping {
        return mapped(bundle, sheets, mapping).into_iter().collect();
    }
    let mut guessed: Vec<(usize, Guess)> = sheets
        .iter()
        .enumerate()
        .filter_map(|(position, sheet)| {
            let guess = guess::guess(sheet, path(bundle, sheet))?;
            super::is_enough(&guess.mapping).then_some((position, guess))
        })
        .collect();
    // Most columns first, most rows among those; the sort keeps the order of the files among equals.
    let score = |(position, guess): &(usize, Guess)| {
        let rows = sheets.get(*position).map_or(0, |sheet| sheet.rows.len());
        (guess.mapping.columns.len(), rows)
    };
    guessed.sort_by_key(|one| std::cmp::Reverse(score(one)));
    // What only may be a table is read where nothing else is there.
    if guessed.iter().any(|(_, guess)| guess.is_likely()) {
        guessed.retain(|(_, guess)| guess.is_likely());
    } else {
        guessed.truncate(1);
    }
    let first_rows = FirstRows::of(sheets);
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    let mut groups = Vec::new();
    for (lead, guess) in guessed {
        if taken.contains(&lead) {
            continue;
        }
        let Some(sheet) = sheets.get(lead) else {
            continue;
        };
        let mut parts = Vec::new();
        for &(position, header) in first_rows.like(sheet, guess.header) {
            if taken.insert(position) {
                parts.push(Part {
                    position,
                    header: if position == lead {
                        guess.header
                    } else {
                        header
                    },
                    mapping: guess.mapping.clone(),
                });
            }
        }
        let sheets = parts;
        groups.push(Group {
            lead,
            guess,
            sheets,
        });
    }
    if groups.len() <= MOST_JOINED {
        join(sheets, &mut groups);
    }
    groups.sort_by_key(|group| group.sheets.first().map(|part| part.position));
    groups
}

fn path<'b>(bundle: &'b Bundle, sheet: &Sheet) -> &'b str {
    usize::try_from(sheet.file)
        .ok()
        .and_then(|file| bundle.files.get(file))
        .map_or("", |file| &file.path)
}

/// The first rows of all sheets by their cells: sheets with the same names of columns are found by them.
struct FirstRows<'s>(FxHashMap<&'s [String], Vec<(usize, usize)>>);

/// How many rows of a sheet are looked at for the names of columns of another one.
const NAMES_WITHIN: usize = 200;

impl<'s> FirstRows<'s> {
    fn of(sheets: &'s [Sheet]) -> Self {
        let mut rows: FxHashMap<&[String], Vec<(usize, usize)>> = FxHashMap::default();
        for (position, sheet) in sheets.iter().enumerate() {
            for (header, row) in sheet.rows.iter().take(NAMES_WITHIN).enumerate() {
                let found = rows.entry(&row.cells).or_default();
                if found.last().is_none_or(|(last, _)| *last != position) {
                    found.push((position, header));
                }
            }
        }
        Self(rows)
    }

    /// Sheets with the names that stand in a row of this one, each with its own row of them.
    fn like(&self, sheet: &Sheet, header: usize) -> &[(usize, usize)] {
        let names = sheet.rows.get(header);
        let found = names.and_then(|row| self.0.get(row.cells.as_slice()));
        found.map_or(&[][..], Vec::as_slice)
    }
}

/// The sheets that have the columns of a mapping; else the one that looks most like a table, so that the missing column is said.
fn mapped(bundle: &Bundle, sheets: &[Sheet], mapping: &Mapping) -> Option<Group> {
    let fits = |row: &Row| read::has_columns(row, mapping);
    let mut lead: Option<((bool, usize), usize, Guess)> = None;
    let mut parts = Vec::new();
    for (position, sheet) in sheets.iter().enumerate() {
        let header = sheet.rows.iter().take(200).position(fits);
        parts.extend(header.map(|header| Part {
            position,
            header,
            mapping: mapping.clone(),
        }));
        let Some(mut guess) = guess::guess(sheet, path(bundle, sheet)) else {
            continue;
        };
        guess.header = header.unwrap_or(guess.header);
        let score = (header.is_some(), sheet.rows.len());
        if lead.as_ref().is_none_or(|(other, _, _)| score > *other) {
            lead = Some((score, position, guess));
        }
    }
    let (_, lead, mut guess) = lead?;
    if parts.is_empty() {
        parts.push(Part {
            position: lead,
            header: guess.header,
            mapping: mapping.clone(),
        });
    }
    guess.mapping = mapping.clone();
    Some(Group {
        lead,
        guess,
        sheets: parts,
    })
}

/// Puts a group under the one that its items are a part of.
fn join(sheets: &[Sheet], groups: &mut Vec<Group>) {
    let codes: Vec<FxHashSet<String>> = groups.iter().map(|group| codes(sheets, group)).collect();
    let mut above: Vec<Option<usize>> = vec![None; groups.len()];
    for (position, group) in groups.iter_mut().enumerate() {
        let Some(own) = codes.get(position) else {
            continue;
        };
        let Some(sheet) = sheets.get(group.lead) else {
            continue;
        };
        for (other, others) in codes.iter().enumerate() {
            // Where tables would be parts of each other, also round three of them, the last one is a framework of its own.
            let mut up = std::iter::successors(Some(other), |&at| above.get(at).copied().flatten());
            let leads_back = up.any(|at| at == position);
            // Codes that both have say nothing.
            if other == position || leads_back || !own.is_disjoint(others) {
                continue;
            }
            if group.guess.take_parent(sheet, others) {
                if let Some(above) = above.get_mut(position) {
                    *above = Some(other);
                }
                for part in &mut group.sheets {
                    part.mapping = group.guess.mapping.clone();
                }
                break;
            }
        }
    }
    // From the bottom up: a group that is put under another one has all of its own by then.
    let mut open: Vec<(Option<Group>, Option<usize>)> =
        groups.drain(..).map(Some).zip(above).collect();
    for _ in 0..open.len() {
        for position in 0..open.len() {
            let is_above = |(group, above): &(Option<Group>, Option<usize>)| {
                group.is_some() && *above == Some(position)
            };
            let Some((Some(_), Some(to))) = open.get(position) else {
                continue;
            };
            let to = *to;
            if open.iter().any(is_above) {
                continue;
            }
            let Some(below) = open.get_mut(position).and_then(|(group, _)| group.take()) else {
                continue;
            };
            if let Some((Some(whole), _)) = open.get_mut(to) {
                whole.sheets.extend(below.sheets);
                // The larger table is the one that people speak of.
                whole.lead = below.lead;
                whole.guess = below.guess;
            }
        }
    }
    groups.extend(open.into_iter().filter_map(|(group, _)| group));
}

/// The codes of a group, as they are compared.
fn codes(sheets: &[Sheet], group: &Group) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    for part in &group.sheets {
        let Some(sheet) = sheets.get(part.position) else {
            continue;
        };
        let Some(column) = read::column_of(sheet, part.header, &part.mapping, Role::Code) else {
            continue;
        };
        for row in sheet.rows.iter().skip(part.header + 1) {
            let code = row.cell(column).trim();
            if !code.is_empty() {
                found.insert(fold(code));
            }
        }
    }
    found
}
