//! What `suggest` says and writes, as its reader sees it: verbs that the names bear out, skills that have only a name, where rows went.

use crate::support::{gradus, put};

const CLINICAL: &str = "framework clinical \"Clinical\" {\n  skill law \"Nursing law\" { can \"apply nursing law\" }\n  skill accounts \"Accounting and taxation\"\n}\n";

fn home(text: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("folder");
    let project = "name: small\nbase: https://badges.example.org/\n";
    put(home.path(), &[("gradus.yaml", project), ("a.gradus", text)]);
    home
}

#[test]
fn a_thing_of_more_words_is_within_the_one_of_fewer() {
    let home = home(CLINICAL);
    let ran = gradus(home.path(), &["suggest", "clinical", "--to", "isced-f"]);
    assert!(
        ran.out.contains("law is within isced-f:0421 \"Law\""),
        "{}",
        ran.all()
    );
    assert!(!ran.out.contains("law covers"), "{}", ran.all());
}

#[test]
fn a_skill_that_has_only_a_name_gets_proposals_and_the_file_is_named() {
    let home = home(&format!("use isced-f\n{CLINICAL}"));
    let ran = gradus(home.path(), &["suggest", "clinical", "--to", "isced-f"]);
    assert!(
        ran.out.contains("accounts is exactly isced-f:0411"),
        "{}",
        ran.all()
    );
    assert!(
        ran.err.contains("for 2 items without a mapping"),
        "{}",
        ran.all()
    );
    let ran = gradus(
        home.path(),
        &["suggest", "clinical", "--to", "isced-f", "--write"],
    );
    assert!(
        ran.err.contains("written into `a.gradus`, marked"),
        "{}",
        ran.all()
    );
}

#[test]
fn a_framework_that_nobody_imported_is_not_taken_for_another() {
    let home = home(CLINICAL);
    let ran = gradus(home.path(), &["suggest", "clinical", "--to", "esco"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("`esco` is not imported into this project"),
        "{}",
        ran.all()
    );
    assert!(!ran.err.contains("isco`"), "{}", ran.all());
}
