//! Sheets of rows, whatever they were read from.
//!
//! Goes in: rows of cells with their lines. Comes out: cells by column, and rows by the names of their columns.

use std::collections::BTreeMap;

use crate::import::fault::ReadFault;
use crate::import::tally::Spot;

/// How many cells of one download are read.
pub(super) const MOST_CELLS: usize = 16_000_000;
/// How many columns a table may have.
pub(super) const MOST_COLUMNS: usize = 1_000;

/// One table of a download.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Sheet {
    /// The file's position in the bundle.
    pub file: u32,
    /// The name of the sheet; empty for CSV.
    pub name: String,
    /// What divides the cells; `None` for Excel.
    pub delimiter: Option<u8>,
    pub rows: Vec<Row>,
}

/// One row that is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Row {
    /// The line, or the number of the row in Excel, from 1.
    pub line: u32,
    pub cells: Vec<String>,
    /// The columns that hold numbers rather than text (Excel), so that a code may have lost its zeros.
    pub numbers: Vec<u16>,
}

/// A row by the names of its columns.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Named {
    pub spot: Spot,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// The cell of a column; empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Without the empty cells at the end, or nothing if all are empty.
    pub(super) fn trimmed(mut self) -> Option<Self> {
        let used = self
            .cells
            .iter()
            .rposition(|cell| !cell.trim().is_empty())?;
        self.cells.truncate(used + 1);
        Some(self)
    }
}

impl Named {
    /// Takes the cell of a column, letter case aside; nothing if it is empty or not there.
    pub fn take(&mut self, column: &str) -> Option<String> {
        let name = self
            .cells
            .keys()
            .find(|name| name.eq_ignore_ascii_case(column))?
            .clone();
        self.cells
            .remove(&name)
            .filter(|cell| !cell.trim().is_empty())
    }

    /// The cells that nobody took.
    pub fn rest(self) -> impl Iterator<Item = (String, String)> {
        self.cells.into_iter().filter(|(_, cell)| !cell.is_empty())
    }
}

impl Sheet {
    /// The names of the columns, where the first row holds them.
    pub fn header(&self) -> Vec<&str> {
        self.rows
            .first()
            .map(|row| row.cells.iter().map(|cell| cell.trim()).collect())
            .unwrap_or_default()
    }

    /// Whether the first row names all of these columns, letter case aside.
    pub fn has_columns(&self, columns: &[&str]) -> bool {
        let header = self.header();
        columns
            .iter()
            .all(|column| header.iter().any(|name| name.eq_ignore_ascii_case(column)))
    }

    /// The rows below the first by the names in the first. A cell beyond them is named by its number.
    pub fn named(&self) -> impl Iterator<Item = Named> {
        let header = self.header();
        let names: Vec<String> = (0..header.len())
            .map(|column| column_name(&header, column))
            .collect();
        self.rows.iter().skip(1).map(move |row| Named {
            spot: Spot {
                file: self.file,
                line: row.line,
            },
            cells: row
                .cells
                .iter()
                .enumerate()
                .map(|(column, cell)| {
                    let name = names.get(column).cloned();
                    let name = name.unwrap_or_else(|| format!("column {}", column + 1));
                    (name, cell.clone())
                })
                .collect(),
        })
    }
}

/// The name of a column; one without a name, or with the name of an earlier one, is named by its number.
pub(super) fn column_name(header: &[&str], column: usize) -> String {
    match header.get(column) {
        Some(name)
            if !name.is_empty()
                && header.iter().position(|other| other == name) == Some(column) =>
        {
            (*name).to_owned()
        }
        Some(_) | None => format!("column {}", column + 1),
    }
}

pub(super) fn too_many_cells(spot: Spot) -> ReadFault {
    ReadFault::at(spot, format!("the table has more than {MOST_CELLS} cells"))
}
