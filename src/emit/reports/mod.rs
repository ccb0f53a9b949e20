//! Reports written out: as text, Markdown, CSV, XLSX, JSON, HTML, and results of tests as JUnit.
//!
//! Goes in: what [`crate::plan`] found. Comes out: text or bytes; the same on every run.

mod html;
mod json;
pub mod junit;
mod sheets;
mod text;

pub use html::html;
pub use json::json;
pub use sheets::{csv, xlsx};
pub use text::{markdown, text};

use crate::plan::report::{Cell, Section};

/// Whether a section's column holds nothing at all.
fn is_empty_column(section: &Section, column: usize) -> bool {
    section
        .rows
        .iter()
        .all(|row| row.get(column).is_none_or(|cell| cell.text().is_empty()))
}

/// The columns that hold something, without those of a matrix.
fn read_columns(section: &Section) -> Vec<usize> {
    (0..section.columns.len())
        .filter(|&column| !section.columns[column].is_of_matrix)
        .filter(|&column| !is_empty_column(section, column))
        .collect()
}

/// The columns of a matrix that hold something.
fn matrix_columns(section: &Section) -> Vec<usize> {
    (0..section.columns.len())
        .filter(|&column| section.columns[column].is_of_matrix)
        .filter(|&column| !is_empty_column(section, column))
        .collect()
}

/// Whether there is anything in a section to be read.
fn is_shown(section: &Section) -> bool {
    !section.rows.is_empty() || !section.notes.is_empty()
}

fn is_number(section: &Section, column: usize) -> bool {
    section
        .rows
        .iter()
        .all(|row| matches!(row.get(column), None | Some(Cell::Empty | Cell::Number(_))))
}
