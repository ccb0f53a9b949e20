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
