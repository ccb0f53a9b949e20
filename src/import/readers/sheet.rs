//! Rows of the first sheet of a workbook, as texts.
//!
//! Goes in: the bytes of an `.xlsx`, `.xlsb` or `.ods` file. Comes out: each row below the header with its number. Whole numbers are written
//! without a decimal point, as they are shown.

use std::io::Cursor;

use calamine::{Data, Range, Reader as _, open_workbook_auto_from_rs};
use csv::StringRecord;

use super::super::bundle::BundleFile;
use super::super::tally::Spot;
use super::rows::{Row, too_large};
use super::{LARGEST_CELL, ReadFault};

/// Whether a file is a workbook, by its ending and its first bytes.
#[must_use]
pub fn is_workbook(file: &BundleFile) -> bool {
    let name = file.name().to_lowercase();
    file.bytes.starts_with(b"PK\x03\x04")
        && [".xlsx", ".xlsm", ".xlsb", ".ods"]
            .iter()
            .any(|ending| name.ends_with(ending))
}

/// The names of the columns; none if the workbook cannot be read.
#[must_use]
pub fn header(file: &BundleFile) -> Vec<String> {
    open(file)
        .ok()
        .and_then(|sheet| {
            sheet
                .rows()
                .next()
                .map(|cells| cells.iter().map(text).collect())
        })
        .unwrap_or_default()
}

/// Calls a function with each row after the header.
///
/// # Errors
/// The workbook cannot be read, a cell is too large, or the function says so.
pub fn each_row(
    number: u32,
    file: &BundleFile,
    with: &mut dyn FnMut(Row<'_>) -> Result<(), ReadFault>,
) -> Result<(), ReadFault> {
    let whole = Spot {
        file: number,
        line: 0,
    };
    let sheet = open(file)
        .map_err(|error| ReadFault::at(whole, format!("the workbook cannot be read: {error}")))?;
    let mut rows = sheet.rows();
    let names: Vec<String> = rows
        .next()
        .map(|cells| cells.iter().map(text).collect())
        .unwrap_or_default();
    for (line, cells) in (2..).zip(rows) {
        let spot = Spot { file: number, line };
        let cells: StringRecord = cells.iter().map(text).collect();
        if let Some(large) = cells.iter().find(|cell| cell.len() > LARGEST_CELL) {
            return Err(too_large(spot, large.len()));
        }
        with(Row::new(&names, &cells, spot))?;
    }
    Ok(())
}

/// A workbook unpacked may be this many times larger than its file.
const MOST_TIMES: u64 = 200;

fn open(file: &BundleFile) -> Result<Range<Data>, String> {
    refuse_bombs(&file.bytes)?;
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(file.bytes.as_slice()))
        .map_err(|error| error.to_string())?;
    match workbook.worksheet_range_at(0) {
        Some(Ok(sheet)) => Ok(sheet),
        Some(Err(error)) => Err(error.to_string()),
        None => Err("there is no sheet in it".to_owned()),
    }
}

/// A workbook is an archive, and so can be a bomb. Its entries are unpacked once to be counted, with nothing kept.
fn refuse_bombs(bytes: &[u8]) -> Result<(), String> {
    let most = (bytes.len() as u64)
        .saturating_mul(MOST_TIMES)
        .max(64 << 20);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| "it is not a whole archive".to_owned())?;
    let mut left = most;
    for number in 0..archive.len() {
        let entry = archive
            .by_index(number)
            .map_err(|_| "it is not a whole archive".to_owned())?;
        let mut counted = std::io::Read::take(entry, left.saturating_add(1));
        let read = std::io::copy(&mut counted, &mut std::io::sink())
            .map_err(|_| "an entry cannot be unpacked".to_owned())?;
        left = left
            .checked_sub(read)
            .ok_or_else(|| "it becomes far too large when it is unpacked".to_owned())?;
    }
    Ok(())
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        // Whole numbers, such as codes, have no decimals.
        Data::Float(number) => format!("{number}"),
        other => other.to_string(),
    }
}
