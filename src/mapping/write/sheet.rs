//! A mapping table for spreadsheets: CSV, and XLSX with a frozen header and filters. Columns are those of SSSOM, references are full
//! addresses. No cell can become a formula: an apostrophe stands before what looks like one in CSV, and in XLSX texts are texts.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Laid, WriteFault, delimited};
use crate::mapping::columns::{Cells, columns};
use crate::mapping::table::Table;

/// The longest text that a cell of XLSX holds, in UTF-16 units.
const LONGEST_CELL: usize = 32_767;
/// The number of rows of an XLSX sheet.
const MOST_ROWS: usize = 1_048_576;

pub(super) fn csv(laid: &Laid<'_>) -> Vec<u8> {
    let (header, rows) = grid(laid);
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| row.into_iter().map(harmless).collect())
        .collect();
    let header: Vec<String> = header.iter().map(|name| harmless(name)).collect();
    let mut contents = "\u{feff}".as_bytes().to_vec();
    contents.extend(delimited(b',', &header, &rows));
    contents
}

/// The header, and the cells of each row below it.
fn grid<'a>(laid: &'a Laid<'_>) -> (Vec<String>, Vec<Vec<&'a str>>) {
    let header = columns(&laid.rows);
    let line = |row: &'a Cells| {
        let cells = header.iter().map(|name| row.get(name));
        cells.map(|cell| cell.map_or("", String::as_str)).collect()
    };
    let lines = laid.rows.iter().map(line).collect();
    (header, lines)
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\'', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

pub(super) fn xlsx(laid: &Laid<'_>) -> Result<Vec<u8>, WriteFault> {
    let (header, rows) = grid(laid);
    if rows.len() >= MOST_ROWS {
        return Err(WriteFault(format!(
            "an XLSX sheet holds {MOST_ROWS} rows, and there are {}; write CSV instead",
            rows.len()
        )));
    }
    let long = rows.iter().find_map(|row| {
        row.iter().zip(&header).find(|(cell, _)| {
            cell.len() > LONGEST_CELL && cell.encode_utf16().count() > LONGEST_CELL
        })
    });
    if let Some((_, name)) = long {
        return Err(WriteFault(format!(
            "a cell of XLSX holds {LONGEST_CELL} characters, and one in `{name}` is longer; write CSV instead"
        )));
    }
    fill(laid.table, &header, &rows)
        .map_err(|error| WriteFault(format!("the workbook cannot be written: {error}")))
}

fn fill(table: &Table, header: &[String], rows: &[Vec<&str>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same table gives the same bytes, so the date is always this one.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&date));
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("mappings")?;
    for (column, name) in (0..).zip(header) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, width(name))?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, (name, cell)) in (0..).zip(header.iter().zip(row)) {
            write_cell(sheet, (line, column), name, cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = u16::try_from(header.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, u32::try_from(rows.len()).unwrap_or(u32::MAX), last)?;
    let about = book.add_worksheet();
    about.set_name("about")?;
    about.set_column_width(0, 28)?;
    about.set_column_width(1, 80)?;
    let short = |text: &str| text.chars().take(LONGEST_CELL / 2).collect::<String>();
    for (line, (name, value)) in (0..).zip(&table.about) {
        about.write_string(line, 0, short(name))?;
        about.write_string(line, 1, short(value))?;
    }
    book.save_to_buffer()
}

fn write_cell(
    sheet: &mut Worksheet,
    (line, column): (u32, u16),
    name: &str,
    cell: &str,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    if name == "confidence"
        && let Ok(number) = cell.parse::<f64>()
        && number.to_string() == cell
    {
        sheet.write_number(line, column, number)?;
    } else {
        sheet.write_string(line, column, cell)?;
    }
    Ok(())
}

fn width(name: &str) -> f64 {
    match name {
        "subject_id" | "object_id" => 48.0,
        "subject_label" | "object_label" | "comment" => 40.0,
        "predicate_id" | "mapping_justification" => 42.0,
        _ => 18.0,
    }
}
