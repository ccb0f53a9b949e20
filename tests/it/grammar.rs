//! The strict grammar reads the whole language.

use std::collections::BTreeSet;

use gradus::source::FileId;
use gradus::syntax::parse;
use gradus::syntax::tree::Key;

const SAMPLE: &str = include_str!("../cases/sample.gradus");

#[test]
fn the_sample_is_read_without_findings_and_uses_every_construct() {
    let parsed = parse(FileId(0), SAMPLE);
    assert_eq!(parsed.diagnostics, []);
    let used: BTreeSet<String> = parsed
        .tree
        .statements
        .iter()
        .map(|statement| format!("{:?}", statement.key))
        .collect();
    let unused: Vec<String> = Key::ALL
        .iter()
        .map(|key| format!("{key:?}"))
        .filter(|key| !used.contains(key) && key != "Bad")
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

/// The fenced blocks of a page that are in the language, with the lines they begin on.
fn blocks(page: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut block: Option<(usize, String)> = None;
    for (index, line) in page.lines().enumerate() {
        match (&mut block, line) {
            (None, "```gradus") => block = Some((index + 2, String::new())),
            (Some(_), "```") => blocks.extend(block.take()),
            (Some((_, text)), line) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, _) => {}
        }
    }
    blocks
}

#[test]
fn every_example_of_the_reference_is_read_without_findings() {
    let blocks = blocks(include_str!("../../docs/language.md"));
    assert!(blocks.len() >= 20, "{}", blocks.len());
    let mut faults = Vec::new();
    for (line, text) in &blocks {
        let parsed = parse(FileId(0), text);
        let findings = crate::shown::findings(text, &parsed.diagnostics);
        assert!(findings.is_empty(), "the block at line {line}:\n{findings}");
        // Each block stands alone: what it names, it declares. Not everything that is declared is used.
        let (_, mut found) = crate::rules::findings(text, None);
        found.retain(|diagnostic| {
            ["name", "type", "syntax"].contains(&diagnostic.rule.family())
                && diagnostic.rule.name != "name/unused"
        });
        let findings = crate::shown::findings(text, &found);
        if !findings.is_empty() {
            faults.push(format!("the block at line {line}:\n{findings}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_construct_is_shown_in_the_reference() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (_, text) in blocks(include_str!("../../docs/language.md")) {
        let parsed = parse(FileId(0), &text);
        used.extend(
            parsed
                .tree
                .statements
                .iter()
                .map(|statement| format!("{:?}", statement.key)),
        );
    }
    let unshown: Vec<String> = Key::ALL
        .iter()
        .map(|key| format!("{key:?}"))
        .filter(|key| !used.contains(key) && key != "Bad")
        .collect();
    assert_eq!(unshown, Vec::<String>::new());
}
