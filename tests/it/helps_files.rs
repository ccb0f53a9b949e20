//! Advice about files, followed with the program: project files, locks, framework files, what was published and what was released.
//!
//! These are the rules that `helps.rs` leaves out because their findings are no matter of one text.

use std::fs;
use std::path::Path;

use super::support::{Ran, gradus, put};

const BASE: &str = "base: https://badges.example.org/\n";

const BADGE: &str = r#"issuer harbour "Harbour City University" { url <https://harbour.example.edu>  email "badges@harbour.example.edu" }
defaults { by harbour }
badge chart-reader "Chart Reader" {
  version  "1"
  credit   2 ects
  criteria "Explains three published charts to a tutor."
}
"#;

const PACK: &str = r#"id: coffee
version: "1"
title: Behind the coffee bar
publisher: Guild of Baristas
licence: CC0
attribution: Guild of Baristas
source: https://baristas.example/skills
language: en
kind-of: skills
items:
  - { code: "1.2", label: Steaming milk }
"#;

const BAR: &str = "use coffee\nframework bar \"Bar\" { skill milk \"Milk\" { can \"steam milk\"  is within coffee:1.2 } }\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("folder");
    put(home.path(), files);
    home
}

fn check(home: &Path) -> Ran {
    gradus(home, &["check", "--format", "plain"])
}

/// That a rule fires and gives this help.
fn advises(home: &Path, rule: &str, help: &str) {
    let ran = check(home);
    assert!(ran.out.contains(&format!("[{rule}]")), "{}", ran.all());
    assert!(
        ran.out.contains(&format!("  help: {help}\n")),
        "{}",
        ran.all()
    );
}

/// That nothing is found any more.
fn clean(home: &Path) {
    let ran = check(home);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.all());
}

fn replace(home: &Path, file: &str, from: &str, to: &str) {
    let path = home.join(file);
    let text = fs::read_to_string(&path).expect("text");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).expect("written");
}

#[test]
fn a_project_file_is_written_as_the_help_says() {
    let home = folder(&[("a.gradus", BADGE)]);
    advises(
        home.path(),
        "project/no-file",
        "write a file `gradus.yaml` beside it with the address to publish at: `base: https://badges.example.org/`",
    );
    put(home.path(), &[("gradus.yaml", BASE)]);
    let ran = check(home.path());
    assert!(!ran.out.contains("project/"), "{}", ran.all());
}

#[test]
fn a_changed_framework_is_pinned_and_an_unfinished_merge_finished() {
    let home = folder(&[
        ("gradus.yaml", BASE),
        ("a.gradus", BAR),
        ("frameworks/coffee.yaml", PACK),
    ]);
    let home = home.path();
    assert_eq!(gradus(home, &["frameworks", "pin"]).code, 0);
    clean(home);
    replace(
        home,
        "frameworks/coffee.yaml",
        "Steaming milk",
        "Steamed milk",
    );
    advises(
        home,
        "project/pack-changed",
        "restore the file, or run `gradus frameworks pin` if the change was meant",
    );
    assert_eq!(gradus(home, &["frameworks", "pin"]).code, 0);
    clean(home);

    let lock = fs::read_to_string(home.join("gradus.lock")).expect("lock");
    let marked = lock.replace("frameworks:\n", "<<<<<<< ours\nframeworks:\n");
    fs::write(home.join("gradus.lock"), marked).expect("written");
    advises(
        home,
        "project/bad-lock",
        "mend it, or remove it and run `gradus frameworks pin`",
    );
    let ran = check(home);
    let said = "`gradus.lock` cannot be read: a merge of two versions was not finished";
    assert!(ran.out.contains(said), "{}", ran.all());
    assert!(ran.out.contains("line 3, column 1"), "{}", ran.all());
    fs::remove_file(home.join("gradus.lock")).expect("removed");
    assert_eq!(gradus(home, &["frameworks", "pin"]).code, 0);
    clean(home);
}

#[test]
fn a_framework_file_gets_what_it_lacks() {
    let home = folder(&[
        ("gradus.yaml", BASE),
        ("a.gradus", BAR),
        (
            "frameworks/coffee.yaml",
            &PACK.replace("title: Behind the coffee bar\n", ""),
        ),
    ]);
    let ran = check(home.path());
    assert!(
        ran.out.contains("[project/bad-pack]: `title` is missing"),
        "{}",
        ran.all()
    );
    put(home.path(), &[("frameworks/coffee.yaml", PACK)]);
    clean(home.path());
}

#[test]
fn a_withdrawn_id_and_a_changed_release_are_said_and_mended() {
    let home = folder(&[
        (
            "gradus.yaml",
            &format!(
                "{BASE}lint: {{ pathway/not-in-pathway: off, credential/no-evidence: off }}\n"
            ),
        ),
        ("a.gradus", BADGE),
    ]);
    let home = home.path();
    assert_eq!(gradus(home, &["build"]).code, 0);
    replace(home, "a.gradus", "badge chart-reader", "badge graph-reader");
    let ran = gradus(home, &["build", "--check"]);
    let help = "write `formerly chart-reader` in `graph-reader` if this is the same credential";
    assert!(ran.all().contains(help), "{}", ran.all());
    replace(
        home,
        "a.gradus",
        "{\n  version",
        "{\n  formerly chart-reader\n  version",
    );
    let ran = gradus(home, &["build"]);
    assert!(
        ran.code == 0 && !ran.all().contains("publish/id-changed"),
        "{}",
        ran.all()
    );

    assert_eq!(gradus(home, &["release"]).code, 0);
    replace(home, "a.gradus", "2 ects", "1 ects");
    advises(
        home,
        "publish/changed-without-version",
        "take the change back, or give it another `version` and run `gradus release`",
    );
    replace(home, "a.gradus", "\"1\"", "\"2\"");
    assert_eq!(gradus(home, &["release"]).code, 0);
    clean(home);

    let archive = fs::read_dir(home.join("released"))
        .expect("archives")
        .map(|file| file.expect("a file").path())
        .next()
        .expect("an archive");
    let whole = fs::read(&archive).expect("bytes");
    fs::write(&archive, b"cut").expect("written");
    advises(
        home,
        "publish/released-damaged",
        "restore it from version control: people hold badges whose documents are in it",
    );
    fs::write(&archive, whole).expect("written");
    clean(home);
}

#[test]
fn bytes_that_are_no_text_are_saved_anew_or_taken_out() {
    let home = folder(&[(
        "gradus.yaml",
        &format!("{BASE}lint: {{ pathway/not-in-pathway: off, credential/no-evidence: off }}\n"),
    )]);
    let home = home.path();
    let latin: Vec<u8> = BADGE
        .replace("Chart Reader", "Café")
        .chars()
        .map(|sign| sign as u8)
        .collect();
    fs::write(home.join("a.gradus"), latin).expect("written");
    advises(home, "syntax/bad-encoding", "save the file as UTF-8");
    put(
        home,
        &[("a.gradus", &BADGE.replace("Chart Reader", "Café"))],
    );
    clean(home);
    put(
        home,
        &[(
            "a.gradus",
            &BADGE.replace("Chart Reader", "Chart\u{1} Reader"),
        )],
    );
    advises(home, "syntax/control-character", "remove it");
    assert_eq!(gradus(home, &["check", "--fix"]).code, 0);
    clean(home);
}

#[test]
fn an_accepted_break_is_mended_as_it_is_said() {
    const ACCEPTED: &str = "- { rule: change/removd, item: dashboards, reason: merged, who: J. Kerr, until: 2027-06-31 }\n";
    let home = folder(&[
        ("gradus.yaml", BASE),
        ("a.gradus", BADGE),
        ("accepted-breaks.yaml", ACCEPTED),
    ]);
    let ran = check(home.path());
    for said in [
        "[project/bad-accepted-break]: there is no rule `change/removd`; did you mean `change/removed`?",
        "[project/bad-accepted-break]: `2027-06-31` is not a day, such as 2027-06-30",
    ] {
        assert!(ran.out.contains(said), "{}", ran.all());
    }
    replace(home.path(), "accepted-breaks.yaml", "removd", "removed");
    replace(
        home.path(),
        "accepted-breaks.yaml",
        "2027-06-31",
        "2027-06-30",
    );
    clean(home.path());
}
