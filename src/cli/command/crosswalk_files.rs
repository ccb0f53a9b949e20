//! The mapping tables that `gradus crosswalk` is given: files from disk, unpacked, read, and what was found while reading.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::super::render::counted;
use super::super::terminal::Terminal;
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::tally::{Outcome, Tally};
use crate::mapping::read::{self, Reading};
use crate::mapping::table::Table;
use crate::workspace::{Fault, reason, shown};

/// The largest table that is read, unpacked.
const LARGEST: u64 = 1 << 30;

/// Reads a table, and says in a line what was left out.
pub(super) fn table(path: &Path, terminal: &Terminal) -> Result<Table, Fault> {
    let (_, reading) = reading(path)?;
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
    Ok(reading.table)
}

pub(super) fn reading(path: &Path) -> Result<(Bundle, Reading), Fault> {
    let bundle = bundle(path)?;
    match read::read(&bundle) {
        Ok(reading) => Ok((bundle, reading)),
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

/// A file, unpacked where it is compressed, with the metadata file beside it.
fn bundle(path: &Path) -> Result<Bundle, Fault> {
    let mut files = vec![file(path)?];
    let name = path.to_string_lossy();
    if let Some(stem) = name.strip_suffix(".tsv") {
        let beside = PathBuf::from(format!("{stem}.yml"));
        if beside.is_file() {
            files.push(file(&beside)?);
        }
    }
    Ok(Bundle {
        name: shown(path),
        files,
    })
}

fn file(path: &Path) -> Result<BundleFile, Fault> {
    let unreadable = |error: std::io::Error| Fault::Unreadable {
        path: path.to_owned(),
        reason: reason(&error),
    };
    let source = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    source
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    let mut name = shown(path);
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice())
            .take(LARGEST + 1)
            .read_to_end(&mut unpacked)
            .map_err(unreadable)?;
        bytes = unpacked;
        name = name.trim_end_matches(".gz").to_owned();
    }
    if bytes.len() as u64 > LARGEST {
        return Err(Fault::Unreadable {
            path: path.to_owned(),
            reason: "it is larger than 1 GiB".to_owned(),
        });
    }
    Ok(BundleFile { path: name, bytes })
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
