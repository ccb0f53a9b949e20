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
    match format {
        Format::Sssom => Ok(sssom::write(table)),
        Format::Json => json::write(table),
        Format::Csv => Ok(sheet::csv(table)),
        Format::Xlsx => sheet::xlsx(table),
        Format::Skos => skos::write(table),
        Format::Case => case::write(table),
    }
}

/// The rows as named texts with full addresses, sorted.
fn plain_cells(table: &Table) -> Vec<super::columns::Cells> {
    let mut rows: Vec<super::columns::Cells> = table
        .rows
        .iter()
        .map(|row| super::columns::apart(table, row, &mut |address| address.to_owned()))
        .collect();
    let parts = ["subject_id", "predicate_id", "object_id"];
    rows.sort_by(|a, b| {
        let by_parts = parts.iter().map(|part| a.get(*part).cmp(&b.get(*part)));
        by_parts
            .fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
            .then_with(|| a.cmp(b))
    });
    rows
}

/// Delimited text, cells quoted where need be.
fn delimited(delimiter: u8, header: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    let written = writer
        .write_record(header)
        .and_then(|()| rows.iter().try_for_each(|row| writer.write_record(row)));
    debug_assert!(written.is_ok(), "writing to memory cannot fail");
    writer.into_inner().unwrap_or_default()
}
