//! From a mapping table to files that read back to the same rows.
//!
//! Same table, same bytes: rows are sorted, nothing asks for the time. What a format cannot hold is a [`WriteFault`], never
//! silently left out.

mod case;
mod json;
mod sheet;
mod skos;
mod sssom;

use std::fmt;

use super::columns::{Cells, apart};
use super::table::Table;

/// A format to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// SSSOM/TSV as its canonical writer would have it.
    Sssom,
    Json,
    Csv,
    Xlsx,
    /// Turtle: SKOS mapping relations, and what is said about each.
    Skos,
    /// A CASE 1.1 package of associations.
    Case,
}

impl Format {
    /// All formats with the name for people and the ending of files.
    pub const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Sssom, "sssom", ".sssom.tsv"),
        (Self::Json, "json", ".json"),
        (Self::Csv, "csv", ".csv"),
        (Self::Xlsx, "xlsx", ".xlsx"),
        (Self::Skos, "skos", ".ttl"),
        (Self::Case, "case", ".case.json"),
    ];

    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(one, ..)| *one == self)
            .map_or("", |(_, name, _)| name)
    }
}

/// Why a table cannot be written in a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteFault(pub String);

impl fmt::Display for WriteFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for WriteFault {}

/// Writes a table.
///
/// # Errors
/// Where the format cannot hold it.
pub fn write(table: &Table, format: Format) -> Result<Vec<u8>, WriteFault> {
    Laid::out(table).write(format)
}

/// A table whose rows have been laid out as named texts once, for several formats.
#[derive(Debug)]
pub struct Laid<'a> {
    table: &'a Table,
    /// The rows with full addresses, sorted by subject, predicate and object.
    rows: Vec<Cells>,
}

impl<'a> Laid<'a> {
    /// Lays the rows out.
    #[must_use]
    pub fn out(table: &'a Table) -> Self {
        let rows = table
            .rows
            .iter()
            .map(|row| apart(table, row, &mut |address| address.to_owned()));
        let mut rows: Vec<Cells> = rows.collect();
        rows.sort_by(|a, b| {
            let part = |name| a.get(name).cmp(&b.get(name));
            part("subject_id")
                .then_with(|| part("predicate_id"))
                .then_with(|| part("object_id"))
                .then_with(|| a.cmp(b))
        });
        Self { table, rows }
    }

    /// Writes the table.
    ///
    /// # Errors
    /// Where the format cannot hold it.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, WriteFault> {
        match format {
            Format::Sssom => Ok(sssom::write(self.table)),
            Format::Json => json::write(self),
            Format::Csv => Ok(sheet::csv(self)),
            Format::Xlsx => sheet::xlsx(self),
            Format::Skos => skos::write(self),
            Format::Case => case::write(self),
        }
    }
}

/// Rows as text, cells quoted where need be, `\n` line ends. Rows may differ in length.
#[must_use]
pub fn delimited<C: AsRef<[u8]>>(delimiter: u8, header: &[C], rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::Any(b'\n'))
        .flexible(true)
        .from_writer(Vec::new());
    let written = writer
        .write_record(header)
        .and_then(|()| rows.iter().try_for_each(|row| writer.write_record(row)));
    debug_assert!(written.is_ok(), "writing to memory cannot fail");
    writer.into_inner().unwrap_or_default()
}
