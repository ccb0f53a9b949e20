//! Rows of a table by the names of its columns.
//!
//! Goes in: a file of a download and how it is separated. Comes out: each row with its line. Rows may be shorter or longer than the header;
//! a cell larger than [`LARGEST_CELL`] ends the reading with a refusal.

use csv::{ReaderBuilder, StringRecord};

use super::super::bundle::BundleFile;
use super::super::tally::Spot;
use crate::import::fault::ReadFault;
use crate::import::file_text::{LARGEST_CELL, beginning, text};

/// How a table is separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Commas, with double quotes around cells that need them.
    Comma,
    /// Tabs, and a double quote is an ordinary character.
    Tab,
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    header: &'r [String],
    cells: &'r StringRecord,
    /// Where it starts.
    pub spot: Spot,
}

impl<'r> Row<'r> {
    /// A row with its header, from wherever it came.
    #[must_use]
    pub fn new(header: &'r [String], cells: &'r StringRecord, spot: Spot) -> Self {
        Self {
            header,
            cells,
            spot,
        }
    }

    /// The cell of a column; empty if there is none.
    #[must_use]
    pub fn get(&self, column: &str) -> &'r str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or("")
    }

    /// The columns with their cells.
    pub fn cells(&self) -> impl Iterator<Item = (&'r str, &'r str)> {
        self.header
            .iter()
            .map(String::as_str)
            .zip(self.cells.iter())
    }
}

/// The names of the columns, if the file begins with a header.
#[must_use]
pub fn header(file: &BundleFile, dialect: Dialect) -> Vec<String> {
    let start = beginning(file, 16 << 10);
    let mut reader = builder(dialect).from_reader(start.as_bytes());
    names(&mut reader)
}

/// Calls a function with each row after the header.
///
/// # Errors
/// The file is no text, a cell is too large, or the function says so.
pub fn each_row(
    number: u32,
    file: &BundleFile,
    dialect: Dialect,
    mut with: impl FnMut(Row<'_>) -> Result<(), ReadFault>,
) -> Result<(), ReadFault> {
    let text = text(number, file)?;
    let mut reader = builder(dialect).from_reader(text.as_bytes());
    let header = names(&mut reader);
    let mut cells = StringRecord::new();
    // The reader counts a line break of two characters a row too late, so lines are counted here.
    let (mut line, mut counted) = (1, 0);
    loop {
        let mut start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        start += rest
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let passed = text.as_bytes().get(counted..start).unwrap_or_default();
        line += memchr::memchr_iter(b'\n', passed).count();
        counted = start;
        let spot = Spot {
            file: number,
            line: u32::try_from(line).unwrap_or(u32::MAX),
        };
        let more = reader
            .read_record(&mut cells)
            .map_err(|error| ReadFault::at(spot, format!("a row cannot be read: {error}")))?;
        if !more {
            return Ok(());
        }
        if cells.as_slice().len() > LARGEST_CELL
            && let Some(large) = cells.iter().find(|cell| cell.len() > LARGEST_CELL)
        {
            return Err(too_large(spot, large.len()));
        }
        with(Row::new(&header, &cells, spot))?;
    }
}

/// The refusal of a cell that no framework has.
#[must_use]
pub fn too_large(spot: Spot, bytes: usize) -> ReadFault {
    ReadFault::at(
        spot,
        format!(
            "a cell has {bytes} bytes, and at most {} MiB are read; a quote that is never closed makes such cells",
            LARGEST_CELL >> 20
        ),
    )
}

fn builder(dialect: Dialect) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true);
    match dialect {
        Dialect::Comma => {}
        Dialect::Tab => {
            builder.delimiter(b'\t').quoting(false);
        }
    }
    builder
}

fn names(reader: &mut csv::Reader<&[u8]>) -> Vec<String> {
    let mut cells = StringRecord::new();
    match reader.read_record(&mut cells) {
        Ok(true) => cells.iter().map(|name| name.trim().to_owned()).collect(),
        Ok(false) | Err(_) => Vec::new(),
    }
}
