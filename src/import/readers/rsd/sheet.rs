//! The CSV from which the Open Skills Management Tool imports skills in batches.
//!
//! Its columns had other names before; both are known. Cells with several values divide them by `;`. What is filed under them is
//! kept in the shape of the API: lists of texts, and lists of objects for alignments.

use rustc_hash::FxHashSet;
use serde_json::Value;

use crate::import::bundle::BundleFile;
use crate::import::release::{Record, Release};
use crate::import::tally::Outcome;

use super::super::json;
use super::super::table::rows;
use super::super::table::sheet::{Named, Sheet};
use super::SKILL;
use crate::import::fault::ReadFault;

const NAME: [&str; 2] = ["RSD Name", "Skill Name"];
const STATEMENT: [&str; 2] = ["Skill Statement", "Contextualized Skill Statement"];

/// Columns with several values, and the name that the API has for them.
const LISTS: [(&str, &str); 20] = [
    ("Authors", "authors"),
    ("Author", "authors"),
    ("Categories", "categories"),
    ("Skill Category", "categories"),
    ("Category", "categories"),
    ("Collection", "collections"),
    ("Collections", "collections"),
    ("Keywords", "keywords"),
    ("Standards", "standards"),
    ("Professional Standards", "standards"),
    ("Certifications", "certifications"),
    ("Employers", "employers"),
    ("Occupation Major Groups", "occupationMajorGroups"),
    ("BLS Major Group", "occupationMajorGroups"),
    ("Occupation Minor Groups", "occupationMinorGroups"),
    ("BLS Minor Group", "occupationMinorGroups"),
    ("Broad Occupations", "broadOccupations"),
    ("BLS Broad Occupation", "broadOccupations"),
    ("Detailed Occupations", "detailedOccupations"),
    ("BLS Detailed Occupation", "detailedOccupations"),
];

/// Whether a file is in this layout.
pub(super) fn is(file: &BundleFile) -> bool {
    rows::beginning(file).is_some_and(|sheet| fits(&sheet))
}

fn fits(sheet: &Sheet) -> bool {
    let any = |names: &[&str]| names.iter().any(|name| sheet.has_columns(&[name]));
    any(&NAME) && any(&STATEMENT)
}

/// Reads the rows.
pub(super) fn read(number: u32, file: &BundleFile, release: &mut Release) -> Result<(), ReadFault> {
    let mut seen: FxHashSet<String> = release
        .records
        .iter()
        .map(|record| record.key.clone())
        .collect();
    for sheet in rows::sheets(number, file, &mut release.tally)? {
        if !fits(&sheet) {
            continue;
        }
        for row in sheet.named() {
            skill(row, &mut seen, release);
        }
    }
    Ok(())
}

fn skill(mut row: Named, seen: &mut FxHashSet<String>, release: &mut Release) {
    let spot = row.spot;
    let name = take_any(&mut row, &NAME);
    let statement = take_any(&mut row, &STATEMENT);
    if name.is_empty() && statement.is_empty() {
        let reason = "skills without an id, a name or a statement";
        json::leave_out(release, SKILL, reason, spot, "");
        return;
    }
    let mut record = super::named(&name, &statement, spot, seen, release);
    for (column, field) in LISTS {
        if let Some(cell) = row.take(column) {
            insert(&mut record, field, values(&cell).map(Value::from).collect());
        }
    }
    if let Some(cell) = row
        .take("O*Net Job Codes")
        .or_else(|| row.take("O*NET Job Role"))
    {
        insert(
            &mut record,
            "jobRoles",
            values(&cell).map(Value::from).collect(),
        );
    }
    alignments(&mut row, &mut record, release);
    for (name, cell) in row.rest() {
        record.field(&name, &cell);
    }
    json::add(release, record);
}

fn alignments(row: &mut Named, record: &mut Record, release: &mut Release) {
    let names = take_any(row, &["Alignment Name", "Alignment Title"]);
    let addresses = take_any(row, &["Alignment URL", "Alignment"]);
    let names: Vec<&str> = values(&names).collect();
    let addresses: Vec<&str> = values(&addresses).collect();
    let found: Vec<Value> = (0..names.len().max(addresses.len()))
        .map(|position| {
            let mut alignment = json::Object::new();
            for (key, values) in [("id", &addresses), ("skillName", &names)] {
                if let Some(value) = values.get(position) {
                    alignment.insert(key.to_owned(), Value::from(*value));
                }
            }
            Value::Object(alignment)
        })
        .collect();
    for address in &addresses {
        let reason = "alignments to skills of other libraries, which are kept as fields";
        release
            .tally
            .note(Outcome::Noted, reason, record.spot, address);
    }
    if !found.is_empty() {
        insert(record, "alignments", found);
    }
}

fn insert(record: &mut Record, field: &str, values: Vec<Value>) {
    record.fields.insert(field.to_owned(), Value::Array(values));
}

fn take_any(row: &mut Named, columns: &[&str]) -> String {
    columns
        .iter()
        .find_map(|column| row.take(column))
        .unwrap_or_default()
}

fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';')
        .map(str::trim)
        .filter(|value| !value.is_empty())
}
