//! The components of the NICE Framework as tables: categories, work roles, competency areas, statements, and which role has
//! which statement. Each is known by its columns and the shape of its codes, whatever the file is called.

use crate::import::bundle::BundleFile;
use crate::import::release::Relation;

use super::super::json;
use super::super::table::rows;
use super::super::table::sheet::{Named, Sheet};
use super::{CATEGORY, COMPETENCY_AREA, Reading, WORK_ROLE};
use crate::import::fault::ReadFault;

/// What a table holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Categories,
    WorkRoles,
    CompetencyAreas,
    Statements,
    Links,
}

/// Whether a file is one of these tables.
pub(super) fn is(file: &BundleFile) -> bool {
    rows::beginning(file).is_some_and(|sheet| holds(&sheet).is_some())
}

fn holds(sheet: &Sheet) -> Option<Holds> {
    let first = sheet.rows.get(1)?;
    let header = sheet.header();
    let cell = |name: &str| {
        let column = header
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))?;
        Some(first.cell(column).trim())
    };
    if let (Some(role), Some(_)) = (cell("work_role"), cell("statement_id")) {
        return is_role(role).then_some(Holds::Links);
    }
    if let (Some(id), Some(_), Some(_)) = (cell("id"), cell("kind"), cell("text")) {
        return is_statement(id).then_some(Holds::Statements);
    }
    let (code, _, _) = (cell("code")?, cell("name")?, cell("description")?);
    if is_role(code) {
        Some(Holds::WorkRoles)
    } else if code.starts_with("NF-COM-") {
        Some(Holds::CompetencyAreas)
    } else if ["OG", "DD", "IO", "PD", "IN", "CE", "CI"].contains(&code) {
        Some(Holds::Categories)
    } else {
        None
    }
}

/// `OG-WRL-001`.
fn is_role(code: &str) -> bool {
    code.split_once("-WRL-").is_some_and(|(category, number)| {
        category.len() == 2
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// `K0018`.
fn is_statement(code: &str) -> bool {
    code.strip_prefix(['T', 'K', 'S', 'A'])
        .is_some_and(|number| number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads one table.
pub(super) fn read(number: u32, file: &BundleFile, reading: &mut Reading) -> Result<(), ReadFault> {
    for sheet in rows::sheets(number, file, &mut reading.release.tally)? {
        let Some(holds) = holds(&sheet) else { continue };
        for row in sheet.named() {
            if holds == Holds::Links {
                link(row, reading);
            } else {
                record(holds, row, reading);
            }
        }
    }
    Ok(())
}

fn record(holds: Holds, mut row: Named, reading: &mut Reading) {
    let spot = row.spot;
    let kind = match holds {
        Holds::Categories => CATEGORY.to_owned(),
        Holds::WorkRoles => WORK_ROLE.to_owned(),
        Holds::CompetencyAreas => COMPETENCY_AREA.to_owned(),
        Holds::Statements | Holds::Links => row.take("kind").unwrap_or_default(),
    };
    let code = row.take("code").or_else(|| row.take("id"));
    let Some(code) = code else {
        let words = row.take("name").or_else(|| row.take("text"));
        let words = words.unwrap_or_default();
        json::leave_out(
            &mut reading.release,
            &kind,
            "rows without a code",
            spot,
            &words,
        );
        return;
    };
    let name = row.take("name");
    let text = row.take("text").or_else(|| row.take("description"));
    super::check_letter(reading, &kind, &code, spot);
    let mut record = super::record(&kind, &code, name.as_deref(), text.as_deref(), spot);
    if holds == Holds::WorkRoles {
        record.parents.extend(row.take("category"));
    }
    for (name, cell) in row.rest() {
        record.field(&name, &cell);
    }
    json::add(&mut reading.release, record);
}

fn link(mut row: Named, reading: &mut Reading) {
    let spot = row.spot;
    let (Some(from), Some(to)) = (row.take("work_role"), row.take("statement_id")) else {
        let reason = "links without a role or a statement";
        json::leave_out(&mut reading.release, "relation", reason, spot, "");
        return;
    };
    let kind = row.take("kind").unwrap_or_else(|| "statement".to_owned());
    let fields = row.rest().map(|(name, cell)| (name, cell.into())).collect();
    reading.link(Relation {
        from,
        to,
        kind: super::link_kind(&kind),
        fields,
        spot,
    });
}
