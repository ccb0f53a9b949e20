//! What the tests of readers share: downloads in memory, and the real ones where they are at hand.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use crate::import::bundle::{Bundle, BundleFile};
use crate::import::release::Release;

/// A download of these files.
pub fn bundle(files: &[(&str, &str)]) -> Bundle {
    Bundle {
        name: "download".to_owned(),
        files: files
            .iter()
            .map(|(path, text)| BundleFile {
                path: (*path).to_owned(),
                bytes: text.as_bytes().to_vec(),
            })
            .collect(),
    }
}

/// Every part stands in the text.
pub fn has_all(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

/// Files of the data outside the repository; `None`, said on the terminal, where they are not at hand.
pub fn shared(paths: &[&str]) -> Option<Bundle> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut files = Vec::new();
    for path in paths {
        let Ok(mut bytes) = std::fs::read(root.join(path)) else {
            eprintln!("SKIPPED: ../shared/data/{path} is not at hand");
            return None;
        };
        if path.ends_with(".gz") {
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(bytes.as_slice())
                .read_to_end(&mut unpacked)
                .expect("a gzip file");
            bytes = unpacked;
        }
        files.push(BundleFile {
            path: path.trim_end_matches(".gz").to_owned(),
            bytes,
        });
    }
    Some(Bundle {
        name: "download".to_owned(),
        files,
    })
}

/// How many records of each kind are handed over.
pub fn kept_kinds(release: &Release) -> Vec<(&str, usize)> {
    let mut kinds = BTreeMap::new();
    for record in &release.records {
        *kinds
            .entry(record.kind.as_deref().unwrap_or(""))
            .or_insert(0) += 1;
    }
    kinds.into_iter().collect()
}

/// The findings, one a line.
pub fn findings(release: &Release) -> Vec<String> {
    release
        .tally
        .findings()
        .map(|(outcome, reason, finding)| format!("{outcome:?} {} {reason}", finding.count))
        .collect()
}
