//! Real downloads for the tests of readers. They lie outside the repository; where they are absent a test says so and passes.

use std::io::Read as _;
use std::path::Path;

use crate::import::bundle::{Bundle, BundleFile};
use crate::import::release::Release;

/// The files of a folder of the reference data, unpacked, or nothing where they are not at hand.
pub(super) fn bundle(folder: &str, names: &[&str]) -> Option<Bundle> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(folder);
    let mut files = Vec::new();
    for name in names {
        let Ok(bytes) = std::fs::read(root.join(name)) else {
            eprintln!("SKIPPED: {name} is not at hand (../shared/data/{folder})");
            return None;
        };
        files.push(match name.strip_suffix(".gz") {
            Some(path) => {
                let mut unpacked = Vec::new();
                flate2::read::GzDecoder::new(bytes.as_slice())
                    .read_to_end(&mut unpacked)
                    .expect("a gzip file");
                file(path, unpacked)
            }
            None => file(name, bytes),
        });
    }
    Some(Bundle {
        name: folder.to_owned(),
        files,
    })
}

/// A bundle of one hand-written file.
pub(super) fn one(path: &str, text: &str) -> Bundle {
    Bundle {
        name: path.to_owned(),
        files: vec![file(path, text.as_bytes().to_vec())],
    }
}

pub(super) fn file(path: &str, bytes: Vec<u8>) -> BundleFile {
    BundleFile {
        path: path.to_owned(),
        bytes,
    }
}

/// How many records of each kind there are.
pub(super) fn kinds(release: &Release) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for record in &release.records {
        *counts
            .entry(record.kind.clone().unwrap_or_default())
            .or_default() += 1;
    }
    counts.into_iter().collect()
}

/// The tally in lines, as a person would read it.
pub(super) fn shown(release: &Release) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for (kind, counts) in release.tally.kinds() {
        writeln!(text, "{kind}: {counts:?}").expect("a text takes it");
    }
    for (outcome, reason, finding) in release.tally.findings() {
        let words: Vec<&str> = finding
            .places
            .iter()
            .map(|(_, words)| words.as_str())
            .collect();
        writeln!(text, "{outcome:?} {} {reason} {words:?}", finding.count)
            .expect("a text takes it");
    }
    text
}
