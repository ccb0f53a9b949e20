//! What the program says to those who run it for the first time: empty folders, mends, files changed by hand.

use std::fs;

use crate::newcomers::{HEAD, folder};
use crate::support::{check_text, gradus, put};

#[test]
fn a_folder_without_texts_is_a_wrong_use() {
    let home = folder();
    for command in ["check", "build", "graph"] {
        let ran = gradus(home.path(), &[command]);
        assert_eq!(
            ran.all(),
            "exit 2\n--- stdout\n--- stderr\nerror: there is no `.gradus` file here\nhelp: name the folder of a project, or start one with `gradus new my-catalogue`\n"
        );
    }
    put(home.path(), &[("sub/note.txt", "")]);
    let ran = gradus(home.path(), &["check", "sub"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("there is no `.gradus` file in `sub`"),
        "{}",
        ran.err
    );
    put(
        home.path(),
        &[(
            "gradus.yaml",
            "base: https://b.example/\nsources: [\"texts/*.gradus\"]\n",
        )],
    );
    let ran = gradus(home.path(), &["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`texts/*.gradus`"), "{}", ran.err);
    // A fault of the project file is shown with its place.
    put(home.path(), &[("gradus.yaml", "base: nowhere\n")]);
    let ran = gradus(home.path(), &["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("project/bad-setting"), "{}", ran.all());
}

#[test]
fn build_and_its_check_say_the_same_of_a_file_changed_by_hand() {
    let home = folder();
    gradus(home.path(), &["new", "demo"]);
    gradus(home.path(), &["build", "demo"]);
    let page = home.path().join("demo/dist/index.html");
    fs::write(&page, "mine").expect("written");
    let check = gradus(home.path(), &["build", "demo", "--check"]);
    assert_eq!(check.code, 1);
    assert!(
        check
            .err
            .contains("in the way: index.html (changed by hand since the last build)"),
        "{}",
        check.err
    );
    assert!(
        check
            .err
            .contains("`gradus build` will not write over 1 file"),
        "{}",
        check.err
    );
    let build = gradus(home.path(), &["build", "demo"]);
    assert_eq!(build.code, 3);
    assert!(
        build
            .err
            .contains("index.html (changed by hand since the last build)"),
        "{}",
        build.err
    );
}

#[test]
fn mends_that_are_only_shown_end_with_1() {
    let home = folder();
    let text = format!(
        "{HEAD}badge reader \"Reader\" {{ criteria \"can explain charts.\" tags \"a\", \"b\" }}\n"
    );
    put(home.path(), &[("a.gradus", &text)]);
    let ran = gradus(home.path(), &["check", "--fix", "--diff"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let spoiled = text.replace("Reader\"", "Rea\u{200b}der\"");
    put(home.path(), &[("a.gradus", &spoiled)]);
    // Only a warning, and yet there is something to change.
    assert_eq!(gradus(home.path(), &["check"]).code, 0);
    let ran = gradus(home.path(), &["check", "--fix", "--diff"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains("+badge reader \"Reader\""), "{}", ran.out);
    assert_eq!(gradus(home.path(), &["check", "--fix"]).code, 0);
    assert_eq!(
        fs::read_to_string(home.path().join("a.gradus")).expect("read"),
        text
    );
}

#[test]
fn a_finding_about_nothing_shows_no_empty_box() {
    let home = folder();
    put(home.path(), &[("a.gradus", "")]);
    let ran = gradus(home.path(), &["check", "a.gradus"]);
    assert_eq!(ran.code, 0);
    assert!(!ran.out.contains('╭'), "{}", ran.out);
    assert!(ran.out.contains("a.gradus"), "{}", ran.out);
}

#[test]
fn a_fault_of_the_project_file_is_all_that_is_said() {
    let text = format!(
        "{HEAD}framework data \"Data\" {{ skill charts \"Charts\" {{ can \"interpret charts\" in fr {{ name \"Graphiques\" }} }} }}\nbadge reader \"Reader\" {{ criteria \"Explains charts.\"  introduces data.charts  credit 3 hp  iri <https://b.example/x/y> }}\n"
    );
    for file in [
        "base: nowhere\nlanguages: [en, french]\nunits: { hp: { hours: many } }\n",
        "base: nowhere\nlangauges: [en, fr]\nunit: { hp: }\n",
        "base: [\n",
        "- base\n",
    ] {
        let found = check_text(&text, Some(file));
        assert!(
            found
                .iter()
                .all(|rule| ["project/bad-setting", "framework/unassessed-skill"].contains(rule)),
            "{file}: {found:?}"
        );
    }
}

#[test]
fn what_can_be_mended_is_mentioned_and_shown_even_if_it_cannot_be_seen() {
    let home = folder();
    let text = format!(
        "{HEAD}badge reader \"Reader\" {{\n  criteria\u{a0}\"Explains charts.\"\n  workload 5h\n}}\n"
    );
    put(home.path(), &[("a.gradus", &text)]);
    let ran = gradus(home.path(), &["check"]);
    assert!(
        ran.err.contains("can be mended: run the same with `--fix`"),
        "{}",
        ran.all()
    );
    let ran = gradus(home.path(), &["check", "--fix", "--diff"]);
    assert!(
        ran.out.contains("without no-break space (U+00A0)"),
        "{}",
        ran.all()
    );
    assert_eq!(gradus(home.path(), &["check", "--fix"]).code, 0);
    let ran = gradus(home.path(), &["check"]);
    assert!(!ran.err.contains("--fix"), "{}", ran.all());
}
