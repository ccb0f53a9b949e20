//! The mapping tables that ESCO publishes: some sixteen rows of metadata, then a header, then the rows.
//!
//! The tables differ in their columns; what counts is told by their names: the columns that end in `URI` or `Id` are the two things, the next
//! ones with a title their labels. All of them are written towards ESCO, on whichever side it stands: a `broadMatch` says that the
//! ESCO concept is the broader one (`Musikinstrumente`, `Posaune`). So the subject is the thing in the first column, unless that is ESCO's.
//! Rows that say `no relation` stand for a thing that has no counterpart. Codes without an address get one that says whose they are.

use super::records::{Record, records};
use super::{KIND, spot};
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::{beginning, text};
use crate::import::tally::{Outcome, Tally};
use crate::mapping::table::{
    NO_TERM_FOUND, Predicate, Row, Table, Term, TermId, address_of_code, justification,
};

/// How many rows the metadata may take.
const METADATA: usize = 40;

/// What ESCO calls itself in these tables.
const ESCO: &str = "ESCO";

/// Publishers whose codes have addresses that the tables leave out: the name of the classification, and what the codes follow.
const ADDRESSES: [(&str, &str); 1] = [("O*NET", "https://www.onetonline.org/link/summary/")];

pub(super) fn is(bundle: &Bundle) -> bool {
    file(bundle).is_some()
}

fn file(bundle: &Bundle) -> Option<(u32, &BundleFile)> {
    bundle.indexed().find(|(_, file)| {
        let start = beginning(file, 1 << 14);
        start.contains("Classification 1 Name,") && start.contains("Classification 2 Name,")
    })
}

/// Where a column stands.
#[derive(Default)]
struct Columns {
    ids: Vec<usize>,
    labels: Vec<usize>,
    descriptions: Vec<usize>,
    relation: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    fn turned(mut self) -> Self {
        for list in [&mut self.ids, &mut self.labels, &mut self.descriptions] {
            list.reverse();
        }
        self
    }
}

pub(super) fn read(bundle: &Bundle, tally: &mut Tally) -> Result<Table, ReadFault> {
    let Some((number, file)) = file(bundle) else {
        return Err(ReadFault::new("there is no mapping table of ESCO in this"));
    };
    let all = records(text(number, file)?, b',');
    let header = all
        .iter()
        .take(METADATA)
        .position(|record| columns(record).is_some());
    let Some((header, columns)) = header.and_then(|at| Some((at, all.get(at).and_then(columns)?)))
    else {
        return Err(ReadFault::at(
            spot(number, 0),
            "no row of this table names the columns of a mapping",
        ));
    };
    let mut table = Table::default();
    let before = all.get(..header).unwrap_or_default();
    let turned = is_turned(before);
    let names = metadata(before, turned, &mut table);
    let columns = if turned { columns.turned() } else { columns };
    let mut reader = Rows {
        number,
        columns,
        names,
        table,
        tally,
    };
    for record in all.get(header + 1..).unwrap_or_default() {
        if record.cells.iter().any(|cell| !cell.trim().is_empty()) {
            reader.row(record);
        }
    }
    Ok(reader.table)
}

fn columns(header: &Record) -> Option<Columns> {
    let mut found = Columns::default();
    for (position, name) in header.cells.iter().enumerate() {
        let name = name.trim().to_lowercase();
        if name.ends_with("uri") || name.ends_with(" id") {
            found.ids.push(position);
        } else if name.ends_with("preflabel")
            || name.ends_with("title")
            || name.ends_with("preferred label")
        {
            found.labels.push(position);
        } else if name.ends_with("description") {
            found.descriptions.push(position);
        } else if name == "mapping relation" || name == "type of match" {
            found.relation = Some(position);
        } else if name.contains("note") {
            found.note = Some(position);
        }
    }
    (found.ids.len() == 2 && found.labels.len() == 2 && found.relation.is_some()).then_some(found)
}

/// Whether ESCO, to which the relations lead, stands on the left.
fn is_turned(rows: &[Record]) -> bool {
    let name = |key: &str| {
        let row = rows
            .iter()
            .find(|row| row.cells.first().is_some_and(|cell| cell.trim() == key));
        row.and_then(|row| row.cells.get(1))
            .map_or("", |cell| cell.trim())
    };
    name("Classification 1 Name") == ESCO && name("Classification 2 Name") != ESCO
}

/// Takes the metadata in, and gives the names of the two classifications, that of the subjects first.
fn metadata(rows: &[Record], turned: bool, table: &mut Table) -> [String; 2] {
    let (first, second) = if turned {
        ("Classification 2 ", "Classification 1 ")
    } else {
        ("Classification 1 ", "Classification 2 ")
    };
    let mut names = [String::new(), String::new()];
    for record in rows {
        let [name, value, ..] = record.cells.as_slice() else {
            continue;
        };
        let (name, value) = (name.trim(), value.trim());
        let sides = [(first, "subject"), (second, "object")];
        let side = (0..)
            .zip(sides)
            .find_map(|(at, (start, side))| Some((at as usize, side, name.strip_prefix(start)?)));
        match (name, side) {
            ("Mapping project name", _) => table.say("mapping_set_title", value),
            ("Mapping project author", _) => {
                table.say("creator_label", &crate::mapping::slots::join(&[value]));
            }
            ("Mapping project version", _) => table.say("mapping_set_version", value),
            ("Mapping project version date", _) if is_date(value) => {
                table.say("publication_date", value);
            }
            (_, Some((at, side, "Name"))) => {
                if let Some(slot) = names.get_mut(at) {
                    value.clone_into(slot);
                }
                table.say(&format!("{side}_classification"), value);
            }
            (_, Some((_, side, "Version"))) => {
                table.say(&format!("{side}_source_version"), value);
            }
            (_, Some((_, side, "Landing page"))) => table.say(&format!("{side}_source"), value),
            (_, Some((_, side, other))) => {
                table.say(&format!("{side}_{}", key(other)), value);
            }
            _ => table.say(&key(name), value),
        }
    }
    names
}

fn key(name: &str) -> String {
    name.to_lowercase()
        .replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}

/// Whether a text is a date as SSSOM writes it.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.char_indices().all(|(at, c)| match at {
            4 | 7 => c == '-',
            _ => c.is_ascii_digit(),
        })
}

struct Rows<'a> {
    number: u32,
    columns: Columns,
    names: [String; 2],
    table: Table,
    tally: &'a mut Tally,
}

impl Rows<'_> {
    fn row(&mut self, record: &Record) {
        self.tally.read(KIND);
        let here = spot(self.number, record.line);
        let cell = |at: Option<usize>| {
            at.and_then(|at| record.cells.get(at))
                .map_or("", |cell| cell.trim())
                .to_owned()
        };
        let nth = |list: &[usize], side: usize| cell(list.get(side).copied());
        let ids: [String; 2] = [0, 1].map(|side| nth(&self.columns.ids, side));
        let labels: [String; 2] = [0, 1].map(|side| nth(&self.columns.labels, side));
        let words = if ids[0].is_empty() { &ids[1] } else { &ids[0] };
        if record.mended {
            self.tally.note(
                Outcome::Mended,
                "rows with a quote that is not closed",
                here,
                words,
            );
        }
        let (relation, note) = (cell(self.columns.relation), cell(self.columns.note));
        let says_none = [&relation, &note]
            .iter()
            .any(|text| text.trim().eq_ignore_ascii_case("no relation"));
        let predicate = if says_none {
            Some(Predicate::Exact)
        } else if relation.eq_ignore_ascii_case("exactISCO") {
            self.tally.note(
                Outcome::Noted,
                "rows `exactISCO`, read as an exact match to an ISCO group",
                here,
                words,
            );
            Some(Predicate::Exact)
        } else {
            Predicate::of_word(&relation)
        };
        let Some(predicate) = predicate else {
            let reason = if relation.is_empty() {
                "rows without a relation"
            } else {
                "rows with a relation that is not known"
            };
            self.tally.skipped(KIND, reason, here, words);
            return;
        };
        if ids.iter().all(String::is_empty) || !says_none && ids.iter().any(String::is_empty) {
            self.tally.skipped(
                KIND,
                "rows without a code on one side",
                here,
                &labels.concat(),
            );
            return;
        }
        if says_none {
            self.tally.note(
                Outcome::Noted,
                "rows `no relation`, kept as things without a counterpart",
                here,
                words,
            );
        }
        let [subject, object] = [0, 1].map(|side| self.end(side, &ids));
        let mut row = Row::new(subject, predicate, object);
        // The tables do not say how their rows were found.
        row.justification = justification("UnspecifiedMatching");
        let [subject_label, object_label] =
            labels.map(|label| (!label.is_empty()).then(|| label.as_str().into()));
        row.subject_label = subject_label;
        row.object_label = object_label;
        row.set("comment", &note);
        if relation.eq_ignore_ascii_case("exactISCO") {
            row.set("match_type", &relation);
            row.set("object_category", "ISCO group");
        }
        for (side, name) in [(0, "subject_description"), (1, "object_description")] {
            let description = nth(&self.columns.descriptions, side);
            row.set(name, &description);
        }
        self.table.rows.push(row);
        self.tally.kept(KIND);
    }

    fn end(&mut self, side: usize, ids: &[String; 2]) -> TermId {
        let id = ids.get(side).map_or("", String::as_str);
        let name = self.names.get(side).map_or("", String::as_str);
        if id.is_empty() {
            return self.table.intern(Term::address(NO_TERM_FOUND));
        }
        if id.contains("://") {
            return self.table.address(id);
        }
        let known = ADDRESSES.iter().find(|(publisher, _)| *publisher == name);
        let address = match known {
            Some((_, start)) => format!("{start}{id}"),
            None => address_of_code(name, id),
        };
        self.table.address(&address)
    }
}
