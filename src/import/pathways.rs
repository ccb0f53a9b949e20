//! Pathways of other programs, which are told from frameworks and not read.
//!
//! Goes in: a file that no reader takes. Comes out: what kind of pathway it is, if it is one. Their keys are those of CTDL
//! (`ceterms:Pathway` with its components and conditions), of the table in which the Credential Engine takes pathways in bulk, and of the
//! trees that Badgr exports.

use super::bundle::{Bundle, BundleFile};
use crate::import::file_text::beginning;

/// What a pathway is, in words that read well after "is".
#[must_use]
pub fn pathway(file: &BundleFile) -> Option<&'static str> {
    let start = beginning(file, 1 << 12).trim_start();
    let names = |word: &str| memchr::memmem::find(&file.bytes, word.as_bytes()).is_some();
    let any = |words: &[&str]| words.iter().any(|word| names(word));
    if start.starts_with(['{', '[']) {
        let parts = [
            "hasDestinationComponent",
            "ComponentCondition\"",
            "isDestinationComponentOf",
            "PathwayComponent\"",
        ];
        if any(&["ceterms:Pathway\"", "\"Pathway\""]) && any(&parts) {
            return Some("a pathway in CTDL");
        }
        return any(&[
            "\"childElementRequirements\"",
            "\"nonChildElementRequirements\"",
        ])
        .then_some("a pathway of a badge platform");
    }
    let header = start.lines().next().unwrap_or("");
    header
        .contains("Pathway Component Type")
        .then_some("a table of a pathway for CTDL")
}

/// What the first pathway of a download is.
#[must_use]
pub fn first_pathway(bundle: &Bundle) -> Option<&'static str> {
    bundle.files.iter().find_map(pathway)
}

/// What can be done with a pathway, starting with a verb.
pub const WHAT_TO_DO: &str = "write it as a `pathway` with a `stage` for each of its parts, and import the badges that it asks for from their own files";

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<&'static str> {
        pathway(&BundleFile {
            path: "a".to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
    }

    #[test]
    fn pathways_are_told_from_frameworks() {
        assert_eq!(
            told(
                r#"[{"@type": "ceterms:Pathway", "ceterms:hasDestinationComponent": ["_:a"]}, {"@type": "ceterms:ComponentCondition"}]"#
            ),
            Some("a pathway in CTDL")
        );
        assert_eq!(
            told(r#"{"name": "French", "children": [{"childElementRequirements": null}]}"#),
            Some("a pathway of a badge platform")
        );
        assert_eq!(
            told("External Identifier,Pathway Component Type,name\nP,Pathway,French\n"),
            Some("a table of a pathway for CTDL")
        );
        assert_eq!(told(r#"[{"@type": "ceasn:CompetencyFramework"}]"#), None);
        assert_eq!(told("code,label\n1,Pathway\n"), None);
        assert_eq!(told(""), None);
    }
}
