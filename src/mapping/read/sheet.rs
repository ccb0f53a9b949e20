//! Tables with the columns of SSSOM as CSV or XLSX: what this program exports, and what people make of it in spreadsheets.
//!
//! References are full addresses here (CURIEs of built-in prefixes are read too). In an XLSX file the sheet `mappings`
//! counts, or the first one that has the columns; the sheet `about` says what holds for the whole set.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::spot;
use super::sssom::{header_names, is_header, row, rows};
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::{beginning, text};
use crate::import::tally::Tally;
use crate::mapping::columns::Cells;
use crate::mapping::table::Table;

/// The sheet with the rows.
pub(in crate::mapping) const MAPPINGS: &str = "mappings";
/// The sheet with what is said of the set.
pub(in crate::mapping) const ABOUT: &str = "about";

pub(super) fn is(bundle: &Bundle) -> bool {
    csv_file(bundle).is_some() || workbook_file(bundle).is_some()
}

fn csv_file(bundle: &Bundle) -> Option<(u32, &BundleFile)> {
    bundle.indexed().find(|(_, file)| {
        let header = beginning(file, 1 << 14).lines().next().unwrap_or("");
        is_header(header, ',') || is_header(header, ';')
    })
}

fn workbook_file(bundle: &Bundle) -> Option<(u32, &BundleFile)> {
    bundle
        .indexed()
        .find(|(_, file)| file.bytes.starts_with(b"PK\x03\x04") && header_sheet(file).is_some())
}

fn open(file: &BundleFile) -> Option<Xlsx<Cursor<&[u8]>>> {
    Xlsx::new(Cursor::new(file.bytes.as_slice())).ok()
}

/// The name of the sheet with the rows.
fn header_sheet(file: &BundleFile) -> Option<String> {
    let mut book = open(file)?;
    let mut names = book.sheet_names();
    names.sort_by_key(|name| name != MAPPINGS);
    names.into_iter().find(|name| {
        let Ok(range) = book.worksheet_range(name) else {
            return false;
        };
        let header: Vec<String> = range
            .rows()
            .next()
            .map(|row| row.iter().map(shown).collect())
            .unwrap_or_default();
        is_header(&header.join("\t"), '\t')
    })
}

pub(super) fn read(bundle: &Bundle, tally: &mut Tally) -> Result<Table, ReadFault> {
    let mut table = Table::default();
    if let Some((number, file)) = csv_file(bundle) {
        let text = text(number, file)?;
        let header = text.lines().next().unwrap_or("");
        let delimiter = if is_header(header, ',') { b',' } else { b';' };
        rows(text, delimiter, (number, 0), &mut table, tally);
        return Ok(table);
    }
    let found =
        workbook_file(bundle).and_then(|(number, file)| Some((number, file, header_sheet(file)?)));
    let Some((number, file, sheet)) = found else {
        return Err(ReadFault::new("there is no table of mappings in this"));
    };
    let unreadable = || ReadFault::at(spot(number, 0), "the workbook cannot be read");
    let mut book = open(file).ok_or_else(unreadable)?;
    if let Ok(about) = book.worksheet_range(ABOUT) {
        for line in about.rows() {
            if let [name, value, ..] = line {
                table.say(&shown(name), &shown(value));
            }
        }
    }
    let range = book.worksheet_range(&sheet).map_err(|_| unreadable())?;
    let mut lines = range.rows();
    let header: Vec<String> = lines
        .next()
        .map(|line| line.iter().map(shown).collect())
        .unwrap_or_default();
    let names = header_names(&header);
    for (line, record) in (2..).zip(lines) {
        let cells: Cells = names
            .iter()
            .cloned()
            .zip(record.iter().map(shown))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        if !cells.is_empty() {
            let words = cells.get("subject_id").cloned().unwrap_or_default();
            row(&mut table, tally, cells, spot(number, line), &words);
        }
    }
    Ok(table)
}

/// A cell as text.
fn shown(cell: &Data) -> String {
    match cell {
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::DateTime(date) => date.as_f64().to_string(),
        _ => String::new(),
    }
}

/// A cell without the apostrophe that keeps spreadsheets from taking it for a formula.
pub(super) fn without_apostrophe(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\'', '\t', '\r']) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}
