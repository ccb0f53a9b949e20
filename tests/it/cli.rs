//! The program as users run it: exit codes, streams, formats.

use std::fs;
use std::path::Path;

use super::support::{check_text, gradus, gradus_with, put};

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("folder")
}

pub const PROJECT: &str = "name: small\nbase: https://badges.example.org/\n";

/// A text in which one name is undefined.
pub const BROKEN: &str = "framework f \"F\" {\n  skill s \"S\" {\n    builds on nowhere\n  }\n}\n";

/// A project file that is silent about everything but syntax and undefined names, so that these tests stay as they are when rules are
/// added.
pub fn quiet() -> String {
    let off: String = gradus::workspace::analysis::rule_names()
        .into_iter()
        .filter(|rule| !gradus::diag::early::is_fixed(rule))
        .map(|rule| format!("  {rule}: off\n"))
        .collect();
    format!("{PROJECT}lint:\n{off}")
}

pub fn broken() -> tempfile::TempDir {
    let home = folder();
    put(
        home.path(),
        &[("gradus.yaml", &quiet()), ("sub/bad.gradus", BROKEN)],
    );
    home
}

#[test]
fn a_new_project_is_clean_and_builds_at_once() {
    let home = folder();
    let ran = gradus(home.path(), &["new", "my-catalogue"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    insta::assert_snapshot!(ran.err);
    let project = home.path().join("my-catalogue");
    let ran = gradus(&project, &["check", "--fail-on", "info"]);
    assert_eq!(
        ran.all(),
        "exit 0\n--- stdout\n--- stderr\nno findings in 2 files\n"
    );
    let ran = gradus(home.path(), &["build", "my-catalogue"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(project.join("dist/.gradus-manifest.json").exists());
    let ran = gradus(&project, &["build", "--check"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let ran = gradus(home.path(), &["new", "my-catalogue"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is not empty"), "{}", ran.err);
}

#[test]
fn names_of_projects_are_checked() {
    let home = folder();
    let ran = gradus(home.path(), &["new", "My Catalogue"]);
    assert_eq!(ran.code, 2);
    assert!(!home.path().join("My Catalogue").exists());
}

#[test]
fn findings_go_to_standard_output_and_give_exit_code_1() {
    let home = broken();
    let ran = gradus(home.path(), &["check"]);
    insta::assert_snapshot!(ran.all());
    assert_eq!(ran.code, 1);
}

#[test]
fn every_format_shows_the_same_finding() {
    let home = broken();
    for format in ["concise", "plain", "json", "github", "sarif"] {
        let ran = gradus(home.path(), &["check", "--format", format]);
        assert_eq!(ran.code, 1);
        let out = if format == "sarif" {
            let log: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
            let run = &log["runs"][0];
            let result = &run["results"][0];
            let rule = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
            let mut results = run["results"].clone();
            // The list of rules grows.
            results[0]["ruleIndex"] = serde_json::Value::Null;
            serde_json::to_string_pretty(&results).expect("JSON")
        } else {
            ran.out
        };
        insta::assert_snapshot!(format!("format_{format}"), out);
    }
}

#[test]
fn json_keeps_to_its_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text =
        fs::read_to_string(root.join("docs/diagnostics.schema.json")).expect("the schema is there");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let home = broken();
    put(
        home.path(),
        &[(
            "other.gradus",
            "framework f \"Again\" {\n}\nframework g \"G\" { skill s \"S\" { can \"x\" } }\n",
        )],
    );
    for arguments in [
        &["check", "--format", "json"][..],
        &["check", "--format", "json", "--max-diagnostics", "1"],
    ] {
        let ran = gradus(home.path(), arguments);
        let value: serde_json::Value = serde_json::from_str(&ran.out).expect("nothing but JSON");
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(value["version"], gradus::cli::render::json::VERSION);
    }
}

#[test]
fn standard_input_is_a_file_alone() {
    let home = folder();
    put(home.path(), &[("quiet.yaml", &quiet())]);
    let arguments = [
        "check",
        "-",
        "--format",
        "concise",
        "--config",
        "quiet.yaml",
    ];
    let ran = gradus_with(home.path(), &arguments, &[], BROKEN);
    insta::assert_snapshot!(ran.all());
}

#[test]
fn a_single_file_works_alone_and_says_so() {
    let home = folder();
    put(
        home.path(),
        &[("one.gradus", "# nothing yet\n"), ("two.gradus", BROKEN)],
    );
    let ran = gradus(home.path(), &["check", "one.gradus", "--format", "concise"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.all());
}

#[test]
fn the_project_is_found_from_below_and_names_lead_to_the_files() {
    let home = broken();
    let ran = gradus(&home.path().join("sub"), &["check", "--format", "concise"]);
    assert!(ran.out.starts_with("../sub/bad.gradus:3:"), "{}", ran.out);
    let ran = gradus(
        home.path(),
        &["check", "sub/bad.gradus", "--format", "concise"],
    );
    assert!(ran.out.starts_with("sub/bad.gradus:3:"), "{}", ran.out);
    // A folder far away: no absolute path is shown.
    let ran = gradus(
        Path::new("/"),
        &[
            "check",
            home.path().to_str().expect("text"),
            "--format",
            "concise",
        ],
    );
    assert!(
        !ran.out.starts_with('/') && ran.out.contains("sub/bad.gradus:3:"),
        "{}",
        ran.out
    );
}

#[test]
fn exit_code_2_for_commands_and_project_files() {
    let home = folder();
    put(
        home.path(),
        &[
            ("gradus.yaml", "base: nowhere\n"),
            ("a.gradus", BROKEN),
            ("note.txt", ""),
        ],
    );
    assert_eq!(gradus(home.path(), &["check"]).code, 2);
    assert_eq!(gradus(home.path(), &["build"]).code, 2);
    assert_eq!(gradus(home.path(), &["chekc"]).code, 2);
    assert_eq!(gradus(home.path(), &["check", "--format", "xml"]).code, 2);
    assert_eq!(gradus(home.path(), &["check", "note.txt"]).code, 2);
    assert_eq!(
        gradus(home.path(), &["check", "--config", "none.yaml"]).code,
        2
    );
    assert_eq!(
        gradus(home.path(), &["build", "--only", "open-bagdes-3"]).code,
        2
    );
    assert_eq!(gradus(home.path(), &["explain", "name/undefind"]).code, 2);
    assert_eq!(gradus(home.path(), &[]).code, 2);
}

#[test]
fn exit_code_3_for_what_cannot_be_read() {
    let home = folder();
    let ran = gradus(home.path(), &["check", "nowhere"]);
    assert_eq!(
        ran.all(),
        "exit 3\n--- stdout\n--- stderr\nerror: `nowhere` cannot be read: there is no such file or folder\n"
    );
}

#[test]
fn help_and_version_go_to_standard_output() {
    let home = folder();
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["new", "--help"],
        &["check", "--help"],
        &["build", "--help"],
        &["graph", "--help"],
        &["explain", "--help"],
        &["rules", "--help"],
        &["frameworks", "--help"],
    ] {
        let ran = gradus(home.path(), arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        assert!(
            arguments[0] == "--version" || ran.out.contains("Examples:"),
            "{arguments:?}"
        );
    }
    insta::assert_snapshot!("help", gradus(home.path(), &["--help"]).out);
    insta::assert_snapshot!("help_build", gradus(home.path(), &["build", "--help"]).out);
}

#[test]
fn the_fail_level_and_the_limit_can_be_chosen() {
    let home = folder();
    let many: String = (0..300)
        .map(|number| {
            format!(
                "badge b{number} \"B\" {{ requires {{ nowhere-{number} }} }}
"
            )
        })
        .collect();
    put(
        home.path(),
        &[("gradus.yaml", PROJECT), ("a.gradus", &many)],
    );
    let lines = |arguments: &[&str]| gradus(home.path(), arguments).out.lines().count();
    let all = lines(&["check", "--format", "concise", "--max-diagnostics", "none"]);
    assert!(all >= 300, "{all}");
    assert_eq!(lines(&["check", "--format", "concise"]), 201);
    let ran = gradus(
        home.path(),
        &["check", "--format", "concise", "--max-diagnostics", "2"],
    );
    let last = format!("and {} more, `--max-diagnostics none` shows all", all - 2);
    assert_eq!(ran.out.lines().last(), Some(last.as_str()));
    // Without a project file there is a note, which only fails where notes do.
    let alone = folder();
    put(alone.path(), &[("a.gradus", "\n")]);
    assert_eq!(gradus(alone.path(), &["check"]).code, 0);
    assert_eq!(
        gradus(alone.path(), &["check", "--fail-on", "warning"]).code,
        0
    );
    assert_eq!(
        gradus(alone.path(), &["check", "--fail-on", "info"]).code,
        1
    );
}

#[test]
fn colors_are_only_for_those_who_want_them() {
    let home = broken();
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        gradus_with(home.path(), arguments, variables, "")
            .out
            .contains('\u{1b}')
    };
    assert!(!colored(&["check"], &[]));
    assert!(colored(&["check"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(
        &["check"],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(colored(
        &["check", "--color", "always"],
        &[("NO_COLOR", "1")]
    ));
    assert!(!colored(
        &["check", "--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
    assert!(!colored(
        &["check", "--format", "plain"],
        &[("CLICOLOR_FORCE", "1")]
    ));
}

#[test]
fn rules_can_be_listed_and_explained() {
    let home = folder();
    let ran = gradus(home.path(), &["rules", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(
        value["rules"]
            .as_array()
            .is_some_and(|rules| rules.len() > 20)
    );
    let ran = gradus(home.path(), &["rules"]);
    assert!(ran.out.contains("name/undefined"), "{}", ran.out);
    assert_eq!(gradus(home.path(), &["explain"]).out, ran.out);
    let ran = gradus(home.path(), &["explain", "name/undefined"]);
    assert_eq!(ran.code, 0);
    let ran = gradus(home.path(), &["explain", "name/undefind"]);
    assert_eq!(
        ran.all(),
        "exit 2\n--- stdout\n--- stderr\nerror: there is no rule named `name/undefind`\nhelp: did you mean `name/undefined`?\n"
    );
}

#[test]
fn frameworks_can_be_looked_into() {
    let home = folder();
    let ran = gradus(home.path(), &["frameworks", "list"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("eqf@"), "{}", ran.out);
    assert_eq!(gradus(home.path(), &["frameworks", "show", "eqf"]).code, 0);
    insta::assert_snapshot!(
        "framework_code",
        gradus(home.path(), &["frameworks", "show", "digcomp@2.2", "1.2"]).all()
    );
    insta::assert_snapshot!(
        "framework_search",
        gradus(
            home.path(),
            &["frameworks", "search", "digcomp@2.2", "data"]
        )
        .all()
    );
    assert_eq!(
        gradus(home.path(), &["frameworks", "search", "digcomp", "zzzz"]).code,
        1
    );
    insta::assert_snapshot!(
        "framework_unknown",
        gradus(home.path(), &["frameworks", "show", "digcmop"]).all()
    );
}

#[test]
fn the_helper_of_the_tests_sees_what_the_program_sees() {
    assert!(check_text(BROKEN, None).contains(&"project/no-file"));
    assert!(!check_text("\n", Some(PROJECT)).contains(&"project/no-file"));
}

#[test]
fn what_is_certain_can_be_mended() {
    let home = folder();
    let text = "framework f \"F\" {\n  skil s \"S\" {\n    can \"read a chart\"\n  }\n}\n";
    put(
        home.path(),
        &[("gradus.yaml", &quiet()), ("sub/a.gradus", text)],
    );
    let file = home.path().join("sub/a.gradus");
    let read = || fs::read_to_string(&file).expect("read");
    let ran = gradus(home.path(), &["check", "--fix", "--diff"]);
    insta::assert_snapshot!(ran.all());
    assert_eq!(read(), text);
    let ran = gradus(&home.path().join("sub"), &["check", "--fix"]);
    assert_eq!(
        ran.all(),
        "exit 0\n--- stdout\n--- stderr\n1 finding mended in 1 file\nno findings in 1 file\n"
    );
    assert_eq!(read(), text.replace("skil ", "skill "));
    let ran = gradus_with(home.path(), &["check", "--fix", "-"], &[], text);
    assert_eq!(ran.code, 2);
}

#[test]
fn the_graph_can_be_written_whole_and_around_one_thing() {
    let home = folder();
    gradus(home.path(), &["new", "demo"]);
    let whole = gradus(home.path(), &["graph", "demo"]);
    assert_eq!((whole.code, whole.err.as_str()), (0, ""));
    assert!(whole.out.starts_with("digraph"), "{}", whole.out);
    let ran = gradus(home.path(), &["graph", "demo", "--format", "json"]);
    serde_json::from_str::<serde_json::Value>(&ran.out).expect("JSON");
    let arguments = [
        "graph",
        "demo",
        "--format",
        "mermaid",
        "--focus",
        "moderator",
    ];
    let near = gradus(home.path(), &arguments);
    assert!(
        near.code == 0 && near.out.contains("moderator"),
        "{}",
        near.all()
    );
    let ran = gradus(home.path(), &["graph", "demo", "--focus", "moderato"]);
    assert_eq!(
        ran.all(),
        "exit 2\n--- stdout\n--- stderr\nerror: nothing in this project is named `moderato`\nhelp: did you mean `moderator`?\n"
    );
}

#[test]
fn places_in_other_files_are_drawn_below() {
    let home = folder();
    let quiet = quiet().replace("name/duplicate: off", "name/duplicate: error");
    put(
        home.path(),
        &[
            ("gradus.yaml", &quiet),
            ("a.gradus", "set abc \"One\" { }\n"),
            ("b.gradus", "# far away\nset abc \"Again\" { }\n"),
        ],
    );
    let full = gradus(home.path(), &["check"]).out;
    let plain = gradus(home.path(), &["check", "--format", "plain"]).out;
    insta::assert_snapshot!(format!("{full}=====\n{plain}"));
}

#[test]
fn a_panic_is_our_fault_and_says_so() {
    let exit = gradus::cli::guarded(|| panic!("a test of the last resort"));
    // Other tests in this program keep the usual words.
    drop(std::panic::take_hook());
    assert_eq!(exit, gradus::cli::Exit::Internal);
    assert_eq!(exit.code(), 101);
}

#[test]
fn many_findings_in_a_large_file_are_drawn_in_time() {
    use gradus::cli::render::{Look, Shown, full};
    use gradus::diag::{Sink, early};
    use gradus::source::{Place, Sources, Span};
    let line = "    can \"tell a chart that shows from a chart that hides, and say why\"\n";
    let mut sources = Sources::new();
    let file = sources.add("large.gradus", line.repeat(2_700_000 / line.len()));
    let mut sink = Sink::new();
    for number in 0..1_000 {
        let start = (number * 38 * line.len() + 4) as u32;
        let place = Place::new(file, Span::new(start, start + 3));
        sink.report(&early::SYNTAX_UNEXPECTED, place)
            .message("unexpected")
            .label("here");
    }
    let found = sink.finish();
    let shown = Shown::new(&sources, 1, &found, usize::MAX);
    let look = Look {
        color: false,
        width: 100,
    };
    let start = std::time::Instant::now();
    let text = full::render(&shown, look);
    // The stock lookup of miette takes a minute here in a build for tests.
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    assert_eq!(text.matches("╰── here").count(), 1_000);
}

#[test]
fn a_code_is_shown_as_it_is_written_in_a_text() {
    let home = folder();
    let apart = gradus(home.path(), &["frameworks", "show", "eqf", "5"]);
    let together = gradus(home.path(), &["frameworks", "show", "eqf:5"]);
    assert_eq!(apart.code, 0, "{}", apart.all());
    assert_eq!(apart.all(), together.all());
}
