//! Reports for spreadsheets. CSV has the first table; a workbook has a sheet for each, and one with the summary.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::emit::crosswalks::cells::{harmless, spreadsheet};
use crate::plan::report::{Cell, Report, Section};

/// The first table of a report as CSV.
#[must_use]
pub fn csv(report: &Report) -> Vec<u8> {
    let Some(section) = report.sections.first() else {
        return spreadsheet(&["summary"], &summary(report));
    };
    let header: Vec<String> = section
        .columns
        .iter()
        .map(|column| harmless(&column.key))
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows: Vec<Vec<String>> = section
        .rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| match cell {
                    Cell::Number(amount) => amount.to_string(),
                    Cell::Empty | Cell::Text(_) | Cell::Truth(_) | Cell::List(_) => {
                        harmless(&cell.text())
                    }
                })
                .collect()
        })
        .collect();
    spreadsheet(&header, &rows)
}

fn summary(report: &Report) -> Vec<Vec<String>> {
    report
        .summary
        .iter()
        .map(|line| vec![harmless(line)])
        .collect()
}

/// A report as a workbook.
///
/// # Errors
/// Where the library refuses, as for a table longer than a sheet can be.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, String> {
    written(report).map_err(|error| error.to_string())
}

fn written(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same report is the same bytes, whenever it is written.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&report.title)
            .set_creation_datetime(&made),
    );
    let bold = Format::new().set_bold();
    let turned = Format::new().set_bold().set_rotation(90);
    let sheet = book.add_worksheet();
    sheet.set_name("summary")?;
    sheet.write_string_with_format(0, 0, &report.title, &bold)?;
    for (row, line) in (1u32..).zip(&report.summary) {
        sheet.write_string(row, 0, line)?;
    }
    let start = u32::try_from(report.summary.len()).unwrap_or(0) + 2;
    for (row, section) in (start..).zip(&report.sections) {
        let letters = if section.columns.iter().any(|column| column.is_of_matrix) {
            " (I introduced, R reinforced, T taught, A assessed)"
        } else {
            ""
        };
        let about = format!("Sheet {}: {}{letters}", section.key, section.title);
        sheet.write_string(row, 0, about)?;
    }
    for section in &report.sections {
        let sheet = book.add_worksheet();
        sheet.set_name(section.key)?;
        fill(sheet, section, &bold, &turned)?;
    }
    book.save_to_buffer()
}

/// The columns of a matrix are narrow under turned headings, so that it is seen as a whole.
fn fill(
    sheet: &mut Worksheet,
    section: &Section,
    bold: &Format,
    turned: &Format,
) -> Result<(), XlsxError> {
    for (column, title) in (0u16..).zip(&section.columns) {
        let format = if title.is_of_matrix { turned } else { bold };
        sheet.write_string_with_format(0, column, &title.title, format)?;
    }
    let last_column = u16::try_from(section.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let last_row = u32::try_from(section.rows.len()).unwrap_or(u32::MAX);
    if last_row > 0 {
        sheet.autofilter(0, 0, last_row, last_column)?;
    }
    for (row, cells) in (1u32..).zip(&section.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Number(amount) => {
                    sheet.write_number(row, column, amount.as_f64())?;
                }
                Cell::Truth(truth) => {
                    sheet.write_boolean(row, column, *truth)?;
                }
                Cell::Text(_) | Cell::List(_) => {
                    sheet.write_string(row, column, cell.text())?;
                }
            }
        }
    }
    sheet.autofit();
    let mut frozen = 0;
    for (column, title) in (0u16..).zip(&section.columns) {
        if title.is_of_matrix {
            sheet.set_column_width(column, 4)?;
        } else if title.key == "name" && section.columns.iter().any(|one| one.is_of_matrix) {
            frozen = column + 1;
        }
    }
    sheet.set_freeze_panes(1, frozen)?;
    Ok(())
}
