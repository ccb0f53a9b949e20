//! The published mapping tables that a project keeps: `frameworks/*.sssom.tsv`, as `gradus crosswalk import` writes them.

use std::path::Path;
use std::sync::Arc;

use super::packs::{self, PackOnDisk};
use super::{Fault, Root};
use crate::diag::{Severity, Sink, early};
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::tally::Outcome;
use crate::mapping::read::{self, Reading};
use crate::mapping::table::Table;
use crate::source::{Place, Sources, Span};

/// A table in a list.
pub struct Listed {
    /// Below the project's folder, with `/`.
    pub file: String,
    /// How many rows it has; `None` where it cannot be read.
    pub rows: Option<usize>,
    /// What it calls itself.
    pub title: Option<String>,
}

/// The tables of a project, by name.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub fn listed(root: &Root) -> Result<Vec<Listed>, Fault> {
    let bundles = bundles(root, "")?;
    Ok(bundles
        .into_iter()
        .map(|bundle| {
            let table = read::read(&bundle).ok().map(|reading| reading.table);
            Listed {
                rows: table.as_ref().map(|table| table.rows.len()),
                title: table
                    .as_ref()
                    .and_then(|table| table.said("mapping_set_title"))
                    .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")),
                file: bundle.name,
            }
        })
        .collect())
}

/// Reads them, in the order of their names. One that cannot be read is reported and left out.
pub(super) fn load(
    root: &Root,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Vec<Arc<Table>>, Fault> {
    let bundles = bundles(root, &root.prefix)?;
    let mut tables = Vec::with_capacity(bundles.len());
    for bundle in bundles {
        match read::read(&bundle) {
            Ok(reading) => {
                warn_of_skipped(&bundle, &reading, sources, sink);
                tables.push(Arc::new(reading.table));
            }
            Err(fault) => {
                let text = text_of(&bundle);
                let span = span_of_line(&text, fault.spot.map_or(0, |spot| spot.line));
                let file = sources.add(bundle.name, text);
                sink.report(&early::PROJECT_BAD_PACK, Place::new(file, span))
                    .message(fault.message)
                    .label("here")
                    .help_opt(fault.help);
            }
        }
    }
    Ok(tables)
}

/// The files as they are, in the order of their names; `prefix` stands before these.
fn bundles(root: &Root, prefix: &str) -> Result<Vec<Bundle>, Fault> {
    let files = files(&root.folder)?.into_iter();
    let bundles = files.map(|on_disk| {
        let name = format!("{prefix}{}", on_disk.file);
        Bundle {
            name: name.clone(),
            files: vec![BundleFile {
                path: name,
                bytes: on_disk.bytes,
            }],
        }
    });
    Ok(bundles.collect())
}

/// The files of a project's tables, in the order of their names.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub fn files(project: &Path) -> Result<Vec<PackOnDisk>, Fault> {
    let paths = packs::paths(project, |path| {
        path.to_string_lossy().ends_with(".sssom.tsv")
    })?;
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let about = std::fs::metadata(&path).map_err(|error| Fault::unreadable(&path, &error))?;
        if about.len() > LARGEST {
            return Err(Fault::Unreadable {
                path,
                reason: "it is longer than 256 MiB".to_owned(),
            });
        }
        let bytes = std::fs::read(&path).map_err(|error| Fault::unreadable(&path, &error))?;
        let name = path.file_name().map(|name| name.to_string_lossy());
        let file = format!("{}/{}", packs::FOLDER, name.unwrap_or_default());
        files.push(PackOnDisk { file, bytes });
    }
    Ok(files)
}

/// The longest table that is read.
const LARGEST: u64 = 256 << 20;

/// Says which rows of a table were left out, reason by reason, at the first row of each. The table counts all the same, so
/// this is a warning.
fn warn_of_skipped(bundle: &Bundle, reading: &Reading, sources: &mut Sources, sink: &mut Sink) {
    let mut file = None;
    for (outcome, why, finding) in reading.tally.findings() {
        match outcome {
            Outcome::Skipped => {}
            Outcome::Merged | Outcome::Mended | Outcome::Noted => continue,
        }
        let text = text_of(bundle);
        let line = finding.places.first().map_or(0, |(spot, _)| spot.line);
        let span = span_of_line(&text, line);
        let file = *file.get_or_insert_with(|| sources.add(bundle.name.clone(), text));
        let rows = if finding.count == 1 { "row" } else { "rows" };
        sink.report(&early::PROJECT_BAD_PACK, Place::new(file, span))
            .message(format!("{} {rows} left out: {why}", finding.count))
            .label("the first one")
            .severity = Severity::Warning;
    }
}

fn text_of(bundle: &Bundle) -> String {
    bundle
        .files
        .first()
        .map(|file| String::from_utf8_lossy(&file.bytes).into_owned())
        .unwrap_or_default()
}

/// A line of a text without its end; the first one where there is no such line.
fn span_of_line(text: &str, line: u32) -> Span {
    let wanted = usize::try_from(line.saturating_sub(1)).unwrap_or(0);
    let mut start = 0;
    for (number, one) in text.split_inclusive('\n').enumerate() {
        if number == wanted {
            let end = start + one.trim_end_matches(['\n', '\r']).len();
            let at = |position: usize| u32::try_from(position).unwrap_or(0);
            return Span::new(at(start), at(end));
        }
        start += one.len();
    }
    Span::at(0)
}
