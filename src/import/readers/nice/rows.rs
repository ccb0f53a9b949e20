//! Flat rows of JSON, one for each work role and statement: `WRL-ID`, `OPM-ID`, `KSAT`, `ID`, `Description`.
//!
//! Beside the tables they are a second source of the links; alone, the roles and statements are made of them, the roles then
//! being known by their codes only.

use rustc_hash::FxHashSet;
use serde_json::Value;

use crate::import::bundle::BundleFile;
use crate::import::release::{Relation, TextRole};
use crate::import::tally::{Outcome, Spot};

use super::super::json::{self, Object};
use super::super::notes;
use super::{Reading, WORK_ROLE};
use crate::import::fault::ReadFault;

/// Whether a file holds such rows.
pub(super) fn is(file: &BundleFile) -> bool {
    json::looks_like_json(file) && json::speaks_of(file, &["\"WRL-ID\"", "\"KSAT\"", "\"ID\""])
}

/// Reads the rows.
pub(super) fn read(number: u32, file: &BundleFile, reading: &mut Reading) -> Result<(), ReadFault> {
    let rows: Vec<Value> = json::parse(number, file)?;
    let mut positions = reading.positions();
    let mut differing = FxHashSet::default();
    for (position, row) in rows.into_iter().enumerate() {
        let spot = json::spot(number, position);
        let Value::Object(mut row) = row else {
            let reason = "rows that are no objects";
            json::leave_out(&mut reading.release, "relation", reason, spot, "");
            continue;
        };
        let role = json::take_text(&mut row, "WRL-ID");
        let statement = json::take_text(&mut row, "ID");
        let (Some(role), Some(statement)) = (role, statement) else {
            let reason = "links without a role or a statement";
            json::leave_out(&mut reading.release, "relation", reason, spot, "");
            continue;
        };
        let kind = kind(&mut row);
        let text = json::take_text(&mut row, "Description");
        let known = positions.get(&statement).copied();
        match known.and_then(|position| reading.release.records.get(position)) {
            Some(record) => {
                let differs = text.is_some() && notes::statement(record) != text.as_deref();
                if differs && differing.insert(statement.clone()) {
                    let reason = "statements that another file words differently";
                    let tally = &mut reading.release.tally;
                    tally.note(Outcome::Noted, reason, spot, &statement);
                    if let Some(text) = text {
                        row.insert("Description".to_owned(), Value::from(text));
                    }
                }
            }
            None => {
                positions.insert(statement.clone(), reading.release.records.len());
                let record = super::record(&kind, &statement, None, text.as_deref(), spot);
                json::add(&mut reading.release, record);
            }
        }
        let known = positions.get(&role).copied();
        match known.and_then(|position| reading.release.records.get(position)) {
            // The number of the role is not repeated with each of its links.
            Some(record) if record.fields.get("opm_code") == row.get("OPM-ID") => {
                row.remove("OPM-ID");
            }
            Some(_) => {}
            None => {
                positions.insert(role.clone(), reading.release.records.len());
                add_role(&role, &mut row, spot, reading);
            }
        }
        reading.link(Relation {
            from: role,
            to: statement,
            kind: super::link_kind(&kind),
            fields: json::rest(row),
            spot,
        });
    }
    Ok(())
}

fn kind(row: &mut Object) -> String {
    match json::take_text(row, "KSAT") {
        Some(letter) => match letter.as_str() {
            "T" => "task".to_owned(),
            "K" => "knowledge".to_owned(),
            "S" => "skill".to_owned(),
            "A" => "ability".to_owned(),
            _ => letter,
        },
        None => "statement".to_owned(),
    }
}

fn add_role(code: &str, row: &mut Object, spot: Spot, reading: &mut Reading) {
    let mut record = super::record(WORK_ROLE, code, None, None, spot);
    record.text(TextRole::Label, "en", code);
    if let Some(number) = json::take_text(row, "OPM-ID") {
        record.field("opm_code", &number);
    }
    let reason = "work roles that are known by their code only";
    reading
        .release
        .tally
        .note(Outcome::Mended, reason, spot, code);
    json::add(&mut reading.release, record);
}
