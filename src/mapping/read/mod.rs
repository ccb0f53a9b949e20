//! From the files of a download to a mapping table, whatever format they are in.
//!
//! Recognized by content: SSSOM/TSV (and the same columns as CSV or XLSX), ESCO's mapping tables, CASE packages and sets of
//! associations, alignment maps of CTDL, SKOS as Turtle, and the JSON of this program. Every record is counted in the [`Tally`]: read = kept + skipped.

mod case;
mod ctdl;
mod esco;
mod json;
mod records;
mod sheet;
mod skos;
mod sssom;

pub use skos::of_triples;

use super::table::Table;
use crate::import::bundle::Bundle;
use crate::import::fault::ReadFault;
use crate::import::readers;
use crate::import::tally::{Spot, Tally};

/// What is counted.
pub const KIND: &str = "mapping";

/// A table, how it was read, and what was not.
#[derive(Debug, Default)]
pub struct Reading {
    pub table: Table,
    pub tally: Tally,
    /// The format, in words that read well after "read as".
    pub format: &'static str,
}

/// One format of mapping tables.
struct Format {
    title: &'static str,
    recognize: fn(&Bundle) -> bool,
    read: fn(&Bundle, &mut Tally) -> Result<Table, ReadFault>,
}

/// All formats, the most peculiar first.
static FORMATS: &[Format] = &[
    Format {
        title: "a mapping table of ESCO",
        recognize: esco::is,
        read: esco::read,
    },
    Format {
        title: "SSSOM",
        recognize: sssom::is,
        read: sssom::read,
    },
    Format {
        title: "a table of mappings",
        recognize: sheet::is,
        read: sheet::read,
    },
    Format {
        title: "mappings in JSON",
        recognize: json::is,
        read: json::read,
    },
    Format {
        title: "CASE associations",
        recognize: case::is,
        read: case::read,
    },
    Format {
        title: "alignments of CTDL",
        recognize: ctdl::is,
        read: ctdl::read,
    },
    Format {
        title: "SKOS mappings",
        recognize: skos::is,
        read: skos::read,
    },
];

/// Whether the files hold mappings in a format that is known here.
#[must_use]
pub fn is_mappings(bundle: &Bundle) -> bool {
    FORMATS.iter().any(|format| (format.recognize)(bundle))
}

/// The files of a download that hold a table each, with those that say more about it behind, and all other files; by position.
#[must_use]
pub fn apart(bundle: &Bundle) -> (Vec<Vec<usize>>, Vec<usize>) {
    let alone = |at: usize| readers::apart::only(bundle, &[at]);
    let holds = |at: &usize| is_mappings(&alone(*at));
    let (holding, mut left): (Vec<usize>, Vec<usize>) = (0..bundle.files.len()).partition(holds);
    // The maps of CTDL speak of each other.
    let (maps, others): (Vec<usize>, Vec<usize>) =
        holding.into_iter().partition(|&at| ctdl::is(&alone(at)));
    let mut tables: Vec<Vec<usize>> = others
        .into_iter()
        .map(|at| match sssom::metadata_of(bundle, at) {
            Some(beside) if left.contains(&beside) => vec![at, beside],
            Some(_) | None => vec![at],
        })
        .collect();
    tables.extend((!maps.is_empty()).then_some(maps));
    left.retain(|at| !tables.iter().any(|files| files.contains(at)));
    (tables, left)
}

/// Why a row is noted whose confidence is no number from 0 to 1, or whose modifier is not known.
pub const MEANINGLESS: &str =
    "rows with a confidence or a modifier that means nothing, kept as text";

/// Reads the mappings in a download.
///
/// # Errors
/// Where no format is recognized, or the files are not what they look like.
pub fn read(bundle: &Bundle) -> Result<Reading, ReadFault> {
    let Some(format) = FORMATS.iter().find(|format| (format.recognize)(bundle)) else {
        return Err(
            ReadFault::new("this holds no mappings in a format that is known here").help(
                "use SSSOM/TSV, a mapping table of ESCO, CASE associations, an alignment map of CTDL, SKOS in Turtle, or a table with the columns of SSSOM",
            ),
        );
    };
    let mut tally = Tally::default();
    let mut table = (format.read)(bundle, &mut tally)?;
    table.spread();
    Ok(Reading {
        table,
        tally,
        format: format.title,
    })
}

/// A place in a file.
const fn spot(file: u32, line: u32) -> Spot {
    Spot { file, line }
}
