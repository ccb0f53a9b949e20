//! The mapping tables that commands are given: a file, an archive or a folder, unpacked, read, and what was found while reading.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::super::render::counted;
use super::super::terminal::{Terminal, paint};
use crate::diag::Severity;
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::encoding;
use crate::import::readers::apart;
use crate::import::tally::{Outcome, Spot, Tally};
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

/// Reads the one table of a download.
pub(super) fn reading(path: &Path) -> Result<(Bundle, Reading), Fault> {
    let mut all = readings(path)?;
    match (all.pop(), all.as_slice()) {
        (Some(only), []) => Ok(only),
        (last, before) => {
            let names: Vec<String> = before
                .iter()
                .chain(&last)
                .map(|(bundle, _)| format!("`{}`", bundle.name))
                .collect();
            Err(Fault::Usage {
                message: format!(
                    "`{}` holds several tables of mappings: {}",
                    shown(path),
                    names.join(", ")
                ),
                help: Some("give one of them".to_owned()),
            })
        }
    }
}

/// Reads every table of a download. Files that hold none are counted with the first.
pub(super) fn readings(path: &Path) -> Result<Vec<(Bundle, Reading)>, Fault> {
    let mut bundle = bundle(path)?;
    let decoded = encoding::settle(&mut bundle);
    let (tables, left) = read::apart(&bundle);
    if tables.is_empty() {
        let whole: Vec<usize> = (0..bundle.files.len()).collect();
        return one(&bundle, &whole, &decoded).map(|reading| vec![reading]);
    }
    let mut all = tables
        .iter()
        .map(|files| one(&bundle, files, &decoded))
        .collect::<Result<Vec<_>, Fault>>()?;
    if let Some((part, reading)) = all.first_mut() {
        for file in left.iter().filter_map(|&at| bundle.files.get(at)) {
            let number = u32::try_from(part.files.len()).unwrap_or(u32::MAX);
            let spot = Spot {
                file: number,
                line: 0,
            };
            part.files.push(BundleFile {
                path: file.path.clone(),
                bytes: Vec::new(),
            });
            reading.tally.read("file");
            let reason = "files that hold no mappings in a format that is known";
            reading.tally.skipped("file", reason, spot, "");
        }
    }
    Ok(all)
}

/// Reads the table in some files of a download.
fn one(bundle: &Bundle, files: &[usize], decoded: &[Tally]) -> Result<(Bundle, Reading), Fault> {
    let mut part = apart::only(bundle, files);
    if let ([first, ..], true) = (part.files.as_slice(), files.len() < bundle.files.len()) {
        part.name = format!("{}/{}", bundle.name.trim_end_matches('/'), first.path);
    }
    match read::read(&part) {
        Ok(mut reading) => {
            for (number, &at) in (0..).zip(files) {
                if let Some(decoded) = decoded.get(at) {
                    reading.tally.take_in(&decoded.clone().at_file(number));
                }
            }
            Ok((part, reading))
        }
        Err(fault) => {
            let place = fault
                .spot
                .map_or_else(|| part.name.clone(), |spot| part.shown(spot));
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
