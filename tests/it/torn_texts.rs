//! Texts whose quotes are lost or of another kind: `check --fix` never takes a statement into a text, and never tears one apart.

use std::fs;

use super::support::gradus;

/// What `check --fix` makes of a badge with this in it.
fn fixed(inside: &str) -> String {
    let home = tempfile::tempdir().expect("folder");
    let file = home.path().join("a.gradus");
    fs::write(&file, format!("badge a \"A\" {{ {inside} }}\n")).expect("written");
    gradus(home.path(), &["check", "--fix", "a.gradus"]);
    let text = fs::read_to_string(file).expect("text");
    let text = text.trim_end().strip_suffix(" }").expect("the badge");
    text.strip_prefix("badge a \"A\" { ")
        .expect("the badge")
        .to_owned()
}

#[test]
fn quotes_of_word_processors_become_straight_ones_around_the_whole_text() {
    for (written, wanted) in [
        (
            "criteria « Attends the course. » workload 8 hours",
            "criteria \"Attends the course.\" workload 8 hours",
        ),
        (
            "about “Sie sagte “hallo” und ging.” workload 8 hours",
            "about \"Sie sagte “hallo” und ging.\" workload 8 hours",
        ),
        (
            "about „Sie sagte \"hallo\" und ging.“",
            "about \"Sie sagte \\\"hallo\\\" und ging.\"",
        ),
        ("criteria “x” about ”y”", "criteria \"x\" about \"y\""),
    ] {
        assert_eq!(fixed(written), wanted);
    }
}

#[test]
fn a_text_without_quotes_gets_them_only_where_its_end_is_certain() {
    assert_eq!(
        fixed("about Delegates the work"),
        "about \"Delegates the work\""
    );
    for doubtful in [
        "about Delegates. workload 50 hours credit 2 ects",
        "about \"Delegates. workload 50 hours",
        "criteria Attends the course. about \"y\"",
    ] {
        assert_eq!(fixed(doubtful), doubtful);
    }
}
