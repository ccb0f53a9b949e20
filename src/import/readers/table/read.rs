//! Records from the rows of a table, by a mapping.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use crate::import::release::{Record, Release, TextRole};
use crate::import::search::fold;
use crate::import::tally::{Outcome, Spot};

use super::super::{json, short};
use super::mapping::{Mapping, Role};
use super::sheet::{Row, Sheet, column_name};
use crate::import::fault::ReadFault;

/// Words of a status that say that something is no longer in force, folded.
const WITHDRAWN: [&str; 24] = [
    "withdrawn",
    "deprecated",
    "obsolete",
    "inactive",
    "retired",
    "archived",
    "deleted",
    "superseded",
    "replaced",
    "expired",
    "veraltet",
    "zuruckgezogen",
    "ungultig",
    "ersetzt",
    "retire",
    "retiree",
    "obsolet",
    "archive",
    "supprime",
    "obsoleto",
    "retirado",
    "derogado",
    "ritirato",
    "vervallen",
];

/// A mapping with the positions of its columns.
struct Columns {
    /// Role, language and position.
    parts: Vec<(Role, String, usize)>,
    /// The names of all columns, and whether each has a role.
    names: Vec<(String, bool)>,
}

impl Columns {
    /// The columns of a role.
    fn of(&self, role: Role) -> impl Iterator<Item = (&str, usize)> {
        self.parts
            .iter()
            .filter(move |(other, _, _)| *other == role)
            .map(|(_, language, position)| (language.as_str(), *position))
    }

    /// The first cell of a role that is not empty, without blanks around it.
    fn cell<'row>(&self, role: Role, row: &'row Row) -> &'row str {
        self.of(role)
            .map(|(_, position)| row.cell(position).trim())
            .find(|cell| !cell.is_empty())
            .unwrap_or("")
    }
}

/// Whether the row of names has every column of a mapping.
pub(super) fn has_columns(row: &Row, mapping: &Mapping) -> bool {
    missing(row, mapping).is_none()
}

/// The first column of a mapping that is not there.
pub(super) fn missing<'a>(row: &Row, mapping: &'a Mapping) -> Option<&'a str> {
    let names = names(row);
    mapping
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .find(|name| position(&names, name).is_none())
}

/// The first column of a role.
pub(super) fn column_of(
    sheet: &Sheet,
    header: usize,
    mapping: &Mapping,
    role: Role,
) -> Option<usize> {
    let names = names(sheet.rows.get(header)?);
    let column = mapping.columns.iter().find(|column| column.role == role)?;
    position(&names, &column.name)
}

fn names(row: &Row) -> Vec<String> {
    let cells: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).collect();
    (0..cells.len())
        .map(|column| column_name(&cells, column))
        .collect()
}

fn position(names: &[String], name: &str) -> Option<usize> {
    let by_number = || {
        let number: usize = name.strip_prefix('#')?.parse().ok()?;
        number.checked_sub(1).filter(|column| *column < names.len())
    };
    names
        .iter()
        .position(|other| other == name)
        .or_else(|| names.iter().position(|other| fold(other) == fold(name)))
        .or_else(by_number)
}

/// What is known of the rows so far, in all sheets.
#[derive(Default)]
pub(super) struct Rows {
    /// Labels by key.
    seen: FxHashMap<String, String>,
    open: Vec<Open>,
    /// Positions of records whose code is made of their name.
    made: Vec<usize>,
}

/// References of records that are found once all are known.
struct Open {
    position: usize,
    parent: String,
    successor: String,
}

/// Reads the rows below the names.
pub(super) fn read(
    sheet: &Sheet,
    header: usize,
    mapping: &Mapping,
    rows: &mut Rows,
    release: &mut Release,
) -> Result<(), ReadFault> {
    let Some(names_row) = sheet.rows.get(header) else {
        return Ok(());
    };
    if let Some(name) = missing(names_row, mapping) {
        let spot = Spot {
            file: sheet.file,
            line: names_row.line,
        };
        let fault = ReadFault::at(spot, format!("there is no column `{name}`"));
        return Err(fault.help(format!("choose among {}", names(names_row).join(", "))));
    }
    let names = names(names_row);
    let parts: Vec<(Role, String, usize)> = mapping
        .columns
        .iter()
        .filter_map(|column| {
            let position = position(&names, &column.name)?;
            Some((column.role, column.language.clone(), position))
        })
        .collect();
    let has_role = |position| parts.iter().any(|(_, _, taken)| *taken == position);
    let names = (0..).zip(names);
    let columns = Columns {
        names: names
            .map(|(position, name)| (name, has_role(position)))
            .collect(),
        parts,
    };
    above(sheet, header, release);
    for row in sheet.rows.iter().skip(header + 1) {
        let spot = Spot {
            file: sheet.file,
            line: row.line,
        };
        if row.cells == names_row.cells {
            let reason = "rows that repeat the names of the columns";
            json::leave_out(release, "item", reason, spot, row.cell(0));
            continue;
        }
        let open = record(row, spot, &columns, rows, release);
        rows.open.extend(open);
    }
    Ok(())
}

/// Keeps what stands above the names; the first text is the title.
fn above(sheet: &Sheet, header: usize, release: &mut Release) {
    let rows = sheet.rows.get(..header).unwrap_or_default();
    let mut kept = Vec::new();
    for row in rows {
        let filled: Vec<&str> = row
            .cells
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let words = filled.join(" ");
        let spot = Spot {
            file: sheet.file,
            line: row.line,
        };
        let reason = "rows above the names of the columns";
        release.tally.note(Outcome::Noted, reason, spot, &words);
        if let ([title], None) = (filled.as_slice(), &release.head.title) {
            release.head.title = Some((*title).to_owned());
        }
        kept.push(Value::from(words));
    }
    if !kept.is_empty() {
        release.head.fields.insert(
            "rows above the names of the columns".to_owned(),
            Value::Array(kept),
        );
    }
}

fn record(
    row: &Row,
    spot: Spot,
    columns: &Columns,
    rows: &mut Rows,
    release: &mut Release,
) -> Option<Open> {
    let code = columns.cell(Role::Code, row);
    let iri = columns.cell(Role::Iri, row);
    let label = columns.cell(Role::Label, row);
    let statement = columns.cell(Role::Statement, row);
    let is_iri = iri.contains(':') && !iri.contains(char::is_whitespace);
    let key = [if is_iri { iri } else { "" }, code, label, statement]
        .into_iter()
        .find(|key| !key.is_empty());
    let Some(key) = key else {
        let words = row.cells.iter().find(|cell| !cell.trim().is_empty());
        let reason = "rows without a code, an IRI or a name";
        let words = words.map_or("", String::as_str);
        json::leave_out(release, "item", reason, spot, words);
        return None;
    };
    let key = unique(key, label, spot, rows, release);
    let code = if code.is_empty() && !is_iri {
        rows.made.push(release.records.len());
        json::id_of(&key, "")
    } else {
        code.to_owned()
    };
    let mut record = Record {
        key: key.clone(),
        code: code.clone(),
        iri: is_iri.then(|| iri.to_owned()),
        kind: Some(columns.cell(Role::Kind, row).to_owned()).filter(|kind| !kind.is_empty()),
        spot,
        ..Record::default()
    };
    texts(row, columns, &mut record);
    if label.is_empty() {
        let stands_in = [statement, &code].into_iter().find(|text| !text.is_empty());
        let reason = "rows without a name, for which their statement or code stands";
        release.tally.note(Outcome::Mended, reason, spot, &key);
        record.text(TextRole::Label, "", stands_in.unwrap_or(&key));
    }
    if !is_iri && !iri.is_empty() {
        let reason = "addresses that are no IRI, which are kept as fields";
        release.tally.note(Outcome::Noted, reason, spot, iri);
        record.field("iri", iri);
    }
    others(row, columns, &mut record, release);
    let open = Open {
        position: release.records.len(),
        parent: columns.cell(Role::Parent, row).to_owned(),
        successor: columns.cell(Role::ReplacedBy, row).to_owned(),
    };
    json::add(release, record);
    Some(open)
}

/// The key of a row. One with the key of an earlier row and another name is another thing, and gets a key of its own.
fn unique(key: &str, label: &str, spot: Spot, rows: &mut Rows, release: &mut Release) -> String {
    match rows.seen.get(key) {
        Some(known) if known != label => {
            let reason = "rows with the code of an earlier one and another name";
            release.tally.note(Outcome::Noted, reason, spot, key);
            format!("{key} ({})", spot.line)
        }
        Some(_) => key.to_owned(),
        None => {
            rows.seen.insert(key.to_owned(), label.to_owned());
            key.to_owned()
        }
    }
}

fn texts(row: &Row, columns: &Columns, record: &mut Record) {
    for (role, text_role) in [
        (Role::Label, TextRole::Label),
        (Role::Statement, TextRole::Statement),
        (Role::Description, TextRole::Description),
        (Role::Note, TextRole::Note),
    ] {
        for (language, position) in columns.of(role) {
            record.text(text_role, language, row.cell(position));
        }
    }
    for (role, text_role) in [
        (Role::Alternative, TextRole::Alternative),
        (Role::Hidden, TextRole::Hidden),
    ] {
        for (language, position) in columns.of(role) {
            for name in values(row.cell(position)) {
                record.text(text_role, language, name);
            }
        }
    }
}

/// Status, rank, and the cells that play no part.
fn others(row: &Row, columns: &Columns, record: &mut Record, release: &mut Release) {
    let spot = record.spot;
    let status = columns.cell(Role::Status, row);
    record.withdrawn = WITHDRAWN.contains(&fold(status).as_str());
    record.field("status", status);
    let rank = columns.cell(Role::Rank, row);
    match rank.parse() {
        Ok(rank) => record.rank = Some(rank),
        Err(_) if rank.is_empty() => {}
        Err(_) => {
            let reason = "ranks that are no whole number";
            release.tally.note(Outcome::Noted, reason, spot, rank);
            record.field("rank", rank);
        }
    }
    let is_number = |role| {
        columns.of(role).any(|(_, position)| {
            row.numbers
                .iter()
                .any(|number| usize::from(*number) == position)
        })
    };
    if is_number(Role::Code) {
        let reason = "codes stored as numbers, whose zeros at the start and the end may be lost";
        release
            .tally
            .note(Outcome::Noted, reason, spot, &record.code);
    }
    for (position, cell) in row.cells.iter().enumerate() {
        match columns.names.get(position) {
            Some((_, true)) => {}
            Some((name, false)) => record.field(name, cell),
            None if cell.is_empty() => {}
            None => {
                let reason = "cells beyond the last column that has a name";
                release.tally.note(Outcome::Noted, reason, spot, cell);
                record.field(&format!("column {}", position + 1), cell);
            }
        }
    }
}

/// The values of a cell that has several.
fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['\n', ';', '|'])
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

/// What a reference can name a record by.
struct Names {
    exact: FxHashMap<String, String>,
    /// Keys by folded label: three of them, which is enough to know whether one is the only other one.
    labels: FxHashMap<String, Vec<String>>,
}

/// What came of looking up a reference.
enum Found {
    Key(String),
    /// By its name.
    Named(String),
    Ambiguous,
    Nothing,
}

impl Names {
    fn of(release: &Release) -> Self {
        let mut names = Self {
            exact: FxHashMap::default(),
            labels: FxHashMap::default(),
        };
        for record in &release.records {
            for name in [
                record.key.as_str(),
                &record.code,
                record.iri.as_deref().unwrap_or(""),
            ] {
                if !name.is_empty() {
                    let key = || record.key.clone();
                    names.exact.entry(name.to_owned()).or_insert_with(key);
                }
            }
            for text in &record.texts {
                if text.role == TextRole::Label {
                    let keys = names.labels.entry(fold(text.text.trim())).or_default();
                    if keys.len() < 3 && !keys.contains(&record.key) {
                        keys.push(record.key.clone());
                    }
                }
            }
        }
        names
    }

    fn find(&self, name: &str, own: &str) -> Found {
        if let Some(key) = self.exact.get(name)
            && key != own
        {
            return Found::Key(key.clone());
        }
        let keys = self.labels.get(&fold(name)).map_or(&[][..], Vec::as_slice);
        let mut others = keys.iter().filter(|key| *key != own);
        match (others.next(), others.next()) {
            (Some(key), None) => Found::Named(key.clone()),
            (Some(_), Some(_)) => Found::Ambiguous,
            // Its own code or name is a circle, and said to be one later.
            (None, _) if self.exact.contains_key(name) => Found::Key(own.to_owned()),
            (None, _) => Found::Nothing,
        }
    }
}

/// Finds what the rows refer to, once all are known.
pub(super) fn bind(rows: Rows, release: &mut Release) {
    let names = Names::of(release);
    let reason = "rows without a code, which is made of their name";
    short::shorten(release, &rows.made, reason);
    for open in rows.open {
        let Some(own) = release.records.get(open.position) else {
            continue;
        };
        let (own, spot) = (own.key.clone(), own.spot);
        let parents = references(&open.parent, &own, spot, &names, release);
        let successors = references(&open.successor, &own, spot, &names, release);
        let Some(record) = release.records.get_mut(open.position) else {
            continue;
        };
        record.parents = parents;
        // What has a successor is no longer in force.
        record.withdrawn |= !successors.is_empty();
        record.successors = successors;
    }
}

/// The keys that a cell refers to. One that leads nowhere is handed on as it is.
fn references(
    cell: &str,
    own: &str,
    spot: Spot,
    names: &Names,
    release: &mut Release,
) -> Vec<String> {
    if cell.is_empty() {
        return Vec::new();
    }
    let whole = !matches!(names.find(cell, own), Found::Nothing);
    let parts: Vec<&str> = if whole {
        vec![cell]
    } else {
        values(cell).collect()
    };
    let by_comma = || -> Option<Vec<&str>> {
        let parts: Vec<&str> = cell.split(',').map(str::trim).collect();
        let known = |part: &&str| !matches!(names.find(part, own), Found::Nothing);
        (parts.len() > 1 && parts.iter().all(known)).then_some(parts)
    };
    let parts = match (whole, parts.len()) {
        (false, 1) => by_comma().unwrap_or(parts),
        _ => parts,
    };
    let mut keys: Vec<String> = Vec::new();
    let mut known: FxHashSet<String> = FxHashSet::default();
    for part in parts {
        let key = match names.find(part, own) {
            Found::Key(key) => key,
            Found::Named(key) => {
                let reason = "references by name, put as codes";
                release.tally.note(Outcome::Mended, reason, spot, part);
                key
            }
            Found::Ambiguous => {
                let reason = "references by a name that several rows have";
                release.tally.note(Outcome::Noted, reason, spot, part);
                part.to_owned()
            }
            Found::Nothing => part.to_owned(),
        };
        if known.insert(key.clone()) {
            keys.push(key);
        }
    }
    keys
}
