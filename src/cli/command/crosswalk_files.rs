//! The mapping tables that commands are given: a file, an archive or a folder, unpacked, read, and what was found while reading.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::super::render::counted;
use super::super::terminal::{Terminal, paint};
use crate::diag::Severity;
use crate::import::bundle::Bundle;
use crate::import::encoding;
use crate::import::tally::{Outcome, Tally};
use crate::mapping::read::{self, Reading};
use crate::mapping::table::Table;
use crate::workspace::{Fault, download, shown};

/// Reads a table, and says in a line what was left out.
pub(super) fn table(path: &Path, terminal: &Terminal) -> Result<Table, Fault> {
    let (bundle, reading) = reading(path)?;
    let skipped: usize = reading
        .tally
        .kinds()
        .map(|(_, counts)| counts.skipped)
        .sum();
    if skipped > 0 {
        terminal.note(&format!(
            "`{}`: {} left out; `gradus crosswalk import --plan` says why",
            shown(path),
            counted(skipped, "record", "records")
        ));
    }
    // What cannot be reckoned with would otherwise pass for a row without a confidence.
    let noted = reading.tally.findings();
    for (_, why, finding) in noted.filter(|(_, why, _)| *why == read::MEANINGLESS) {
        let first = finding
            .places
            .first()
            .map_or_else(String::new, |(spot, words)| {
                format!(" (first in {}: `{words}`)", bundle.shown(*spot))
            });
        let word = paint("warning", Severity::Warning, terminal.color_notes);
        terminal.note(&format!("{word}: {} {why}{first}", finding.count));
    }
    Ok(reading.table)
}

pub(super) fn reading(path: &Path) -> Result<(Bundle, Reading), Fault> {
    let mut bundle = bundle(path)?;
    let decoded = encoding::settle(&mut bundle);
    match read::read(&bundle) {
        Ok(mut reading) => {
            for decoded in &decoded {
                reading.tally.take_in(decoded);
            }
            Ok((bundle, reading))
        }
        Err(fault) => {
            let place = fault
                .spot
                .map_or_else(|| bundle.name.clone(), |spot| bundle.shown(spot));
            Err(Fault::Usage {
                message: format!("{place}: {}", fault.message),
                help: fault.help,
            })
        }
    }
}

/// The files of a download; of a single table also the metadata file beside it.
fn bundle(path: &Path) -> Result<Bundle, Fault> {
    let mut bundle = download::open(path, download::LIMITS)?;
    let name = path.to_string_lossy();
    if let Some(stem) = name.strip_suffix(".tsv") {
        let beside = PathBuf::from(format!("{stem}.yml"));
        if beside.is_file() {
            bundle
                .files
                .extend(download::open(&beside, download::LIMITS)?.files);
        }
    }
    Ok(bundle)
}

/// What the import of a table ends with.
pub(super) fn tally_text(tally: &Tally, bundle: &Bundle) -> String {
    let mut text = String::new();
    for (kind, counts) in tally.kinds() {
        let _ = writeln!(
            text,
            "{kind}: {} read, {} kept, {} merged, {} skipped",
            counts.read, counts.kept, counts.merged, counts.skipped
        );
    }
    for (outcome, why, finding) in tally.findings() {
        let word = match outcome {
            Outcome::Skipped => "skipped",
            Outcome::Merged => "merged",
            Outcome::Mended => "mended",
            Outcome::Noted => "noted",
        };
        let places: Vec<String> = finding
            .places
            .iter()
            .map(|(spot, words)| {
                format!("{} {words}", bundle.shown(*spot))
                    .trim_end()
                    .to_owned()
            })
            .collect();
        let _ = writeln!(
            text,
            "  {word}: {} {why} ({})",
            finding.count,
            places.join(", ")
        );
    }
    text
}
