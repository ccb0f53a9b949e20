//! The sheets of an Excel file (`.xlsx`), cell by cell, so that a file that names a far-away cell costs no memory.
//!
//! Goes in: the bytes. Comes out: rows of texts; numbers are written without a needless `.0`, dates as in ISO 8601. The archive
//! is unpacked once into nothing before it is opened, so that one that grows without end is refused.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use csv::StringRecord;

use crate::import::bundle::BundleFile;
use crate::import::tally::Spot;

use super::super::rows::{Row as NamedRow, too_large};
use super::sheet::{MOST_CELLS, MOST_COLUMNS, Row, Sheet, too_many_cells};
use crate::import::fault::ReadFault;
use crate::import::file_text::LARGEST_CELL;

/// How large the unpacked parts of an Excel file may be, in bytes.
const LARGEST_UNPACKED: u64 = 256 << 20;

/// Whether a file is an Excel file: an archive with a workbook in it.
pub(in super::super) fn is(file: &BundleFile) -> bool {
    file.bytes.starts_with(b"PK\x03\x04")
        && memchr::memmem::find(&file.bytes, b"xl/workbook.xml").is_some()
}

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

fn open(spot: Spot, file: &BundleFile) -> Result<Workbook<'_>, ReadFault> {
    check_size(spot, &file.bytes, LARGEST_UNPACKED)?;
    Xlsx::new(Cursor::new(file.bytes.as_slice())).map_err(|error| fault(spot, &error))
}

/// The cells of the first row of the first sheet, for recognition: what stands below is not read. Nothing if the file cannot be read.
pub(in super::super) fn first_row(file: &BundleFile) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(mut workbook) = open(Spot::default(), file) else {
        return names;
    };
    let Some(name) = workbook.sheet_names().into_iter().next() else {
        return names;
    };
    let Ok(mut reader) = workbook.worksheet_cells_reader(&name) else {
        return names;
    };
    while let Ok(Some(cell)) = reader.next_cell() {
        let (row, column) = cell.get_position();
        let at = usize::try_from(column).unwrap_or(usize::MAX);
        if row > 0 || at >= MOST_COLUMNS {
            break;
        }
        if let Some((text, _)) = words(cell.get_value()) {
            if names.len() <= at {
                names.resize(at + 1, String::new());
            }
            if let Some(place) = names.get_mut(at) {
                *place = text;
            }
        }
    }
    names
}

/// Calls a function with each row of the first sheet below its first row, which has the names of the columns.
pub(in super::super) fn each_row(
    number: u32,
    file: &BundleFile,
    with: &mut dyn FnMut(NamedRow<'_>) -> Result<(), ReadFault>,
) -> Result<(), ReadFault> {
    let spot = Spot {
        file: number,
        line: 0,
    };
    let mut workbook = open(spot, file)?;
    let Some(name) = workbook.sheet_names().into_iter().next() else {
        return Ok(());
    };
    let mut rows = rows(spot, &mut workbook, &name, &mut 0)?.into_iter();
    let Some(header) = rows.next() else {
        return Ok(());
    };
    for row in rows {
        let spot = Spot {
            line: row.line,
            ..spot
        };
        if let Some(large) = row.cells.iter().find(|cell| cell.len() > LARGEST_CELL) {
            return Err(too_large(spot, large.len()));
        }
        with(NamedRow::new(
            &header.cells,
            &StringRecord::from(row.cells),
            spot,
        ))?;
    }
    Ok(())
}

/// All sheets with something in them.
pub(super) fn sheets(number: u32, file: &BundleFile) -> Result<Vec<Sheet>, ReadFault> {
    let spot = Spot {
        file: number,
        line: 0,
    };
    let mut workbook = open(spot, file)?;
    let mut cells = 0;
    let mut found = Vec::new();
    for name in workbook.sheet_names() {
        let sheet = Sheet {
            file: number,
            rows: rows(spot, &mut workbook, &name, &mut cells)?,
            name,
            delimiter: None,
        };
        if !sheet.rows.is_empty() {
            found.push(sheet);
        }
    }
    Ok(found)
}

/// Unpacks everything into nothing, up to a size.
fn check_size(spot: Spot, bytes: &[u8], largest: u64) -> Result<(), ReadFault> {
    let broken = |_| {
        ReadFault::at(
            spot,
            "the Excel file is damaged: its archive cannot be opened",
        )
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = largest;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| {
            ReadFault::at(
                spot,
                "the Excel file is damaged: a part of it cannot be unpacked",
            )
        })?;
        left = left.checked_sub(read).ok_or_else(|| {
            let size = largest >> 20;
            ReadFault::at(spot, format!("the Excel file holds more than {size} MiB"))
        })?;
    }
    Ok(())
}

fn rows(
    spot: Spot,
    workbook: &mut Workbook<'_>,
    name: &str,
    cells: &mut usize,
) -> Result<Vec<Row>, ReadFault> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A chart on a sheet of its own has no cells.
        Err(XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_)) => return Ok(Vec::new()),
        Err(error) => return Err(fault(spot, &error)),
    };
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    while let Some(cell) = reader.next_cell().map_err(|error| fault(spot, &error))? {
        let (row, column) = cell.get_position();
        let Some((text, is_number)) = words(cell.get_value()) else {
            continue;
        };
        let line = row.saturating_add(1);
        let spot = Spot { line, ..spot };
        let at = usize::try_from(column).unwrap_or(usize::MAX);
        if at >= MOST_COLUMNS {
            let message = format!("a row has more than {MOST_COLUMNS} cells");
            return Err(ReadFault::at(spot, message));
        }
        let row = rows.entry(row).or_default();
        row.line = line;
        if row.cells.len() <= at {
            *cells += at + 1 - row.cells.len();
            if *cells > MOST_CELLS {
                return Err(too_many_cells(spot));
            }
            row.cells.resize(at + 1, String::new());
        }
        if let Some(place) = row.cells.get_mut(at) {
            *place = text;
        }
        if is_number {
            row.numbers.extend(u16::try_from(column));
        }
    }
    Ok(rows.into_values().filter_map(Row::trimmed).collect())
}

/// A value as text, and whether it is a number; nothing for an empty cell.
fn words(value: &DataRef<'_>) -> Option<(String, bool)> {
    match value {
        DataRef::Int(number) => Some((number.to_string(), true)),
        // Rust writes a whole number without a point, and never in powers of ten.
        DataRef::Float(number) => Some((number.to_string(), true)),
        DataRef::String(text) => Some((text.clone(), false)),
        DataRef::SharedString(text) => Some(((*text).to_owned(), false)),
        DataRef::Bool(truth) => Some((truth.to_string(), false)),
        DataRef::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            let text = if (hour, minute, second) == (0, 0, 0) {
                day
            } else {
                format!("{day}T{hour:02}:{minute:02}:{second:02}")
            };
            Some((text, false))
        }
        DataRef::DateTime(duration) => Some((duration.as_f64().to_string(), true)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some((text.clone(), false)),
        DataRef::Error(error) => Some((error.to_string(), false)),
        DataRef::Empty => None,
    }
}

fn fault(spot: Spot, error: &XlsxError) -> ReadFault {
    match error {
        XlsxError::Password => ReadFault::at(spot, "the Excel file is protected by a password")
            .help("save it without the password and import it again"),
        _ => ReadFault::at(
            spot,
            "the Excel file is damaged or of a kind that is not known",
        )
        .help("open it in a spreadsheet program, save it as .xlsx or CSV and import that"),
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;

    fn file(bytes: Vec<u8>) -> BundleFile {
        BundleFile {
            path: "a.xlsx".to_owned(),
            bytes,
        }
    }

    #[test]
    fn sheets_are_read_cell_by_cell() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "Code").expect("a cell");
        sheet.write(0, 1, "Name").expect("a cell");
        sheet.write(2, 0, 1.5).expect("a cell");
        sheet.write(2, 1, "Søk").expect("a cell");
        sheet.write(3, 0, 12).expect("a cell");
        workbook.add_worksheet();
        let file = file(workbook.save_to_buffer().expect("a workbook"));
        assert!(is(&file));
        let sheets = sheets(0, &file).expect("sheets");
        assert_eq!(sheets.len(), 1, "an empty sheet has no rows");
        let rows: Vec<(u32, &[String])> = sheets[0]
            .rows
            .iter()
            .map(|row| (row.line, row.cells.as_slice()))
            .collect();
        assert_eq!(
            rows,
            [
                (1, ["Code".to_owned(), "Name".to_owned()].as_slice()),
                (3, ["1.5".to_owned(), "Søk".to_owned()].as_slice()),
                (4, ["12".to_owned()].as_slice()),
            ]
        );
        assert_eq!(sheets[0].rows[1].numbers, [0]);
    }

    #[test]
    fn a_cell_far_away_costs_nothing_and_one_too_far_right_is_refused() {
        let mut workbook = Workbook::new();
        workbook
            .add_worksheet()
            .write(1_048_575, 3, "far")
            .expect("a cell");
        let below = file(workbook.save_to_buffer().expect("a workbook"));
        assert_eq!(sheets(0, &below).expect("sheets")[0].rows.len(), 1);
        let mut workbook = Workbook::new();
        workbook
            .add_worksheet()
            .write(0, 16_383, "far")
            .expect("a cell");
        let right = file(workbook.save_to_buffer().expect("a workbook"));
        assert!(sheets(0, &right).is_err());
        assert!(each_row(0, &right, &mut |_| Ok(())).is_err());
    }

    /// A reader that fills the space between these cells needs a hundred gigabytes.
    #[test]
    fn corners_of_a_sheet_cost_nothing_when_it_is_recognized() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "O*NET-SOC Code").expect("a cell");
        sheet.write(0, 1, "Title").expect("a cell");
        sheet.write(1_048_575, 16_383, "far").expect("a cell");
        let file = file(workbook.save_to_buffer().expect("a workbook"));
        assert_eq!(first_row(&file), ["O*NET-SOC Code", "Title"]);
        assert!(each_row(0, &file, &mut |_| Ok(())).is_err());
        let bundle = crate::import::bundle::Bundle {
            name: "a".to_owned(),
            files: vec![file],
        };
        assert!(super::super::super::recognize(&bundle).is_some());
    }

    #[test]
    fn a_file_that_grows_too_large_is_refused() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "a").expect("a cell");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let spot = Spot::default();
        assert!(check_size(spot, &bytes, 1 << 20).is_ok());
        let fault = check_size(spot, &bytes, 1_000).expect_err("it is larger");
        assert!(fault.message.contains("holds more than"), "{fault:?}");
    }

    #[test]
    fn damaged_files_are_refused() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "a").expect("a cell");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        for end in [4, bytes.len() / 2, bytes.len() - 10] {
            let cut = file(bytes[..end].to_vec());
            assert!(sheets(0, &cut).is_err(), "{end}");
        }
    }
}
