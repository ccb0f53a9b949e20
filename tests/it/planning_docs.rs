//! The program as users of `docs/planning.md` see it: every example of the page is run, and what is shown is what is printed.

use std::path::Path;

use crate::support::{gradus, put, words};

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/planning.md");
    std::fs::read_to_string(path).expect("the page")
}

/// The blocks of one language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let fence = format!("```{language}\n");
    page.split(fence.as_str())
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

fn project() -> tempfile::TempDir {
    let page = page();
    let program = blocks(&page, "gradus");
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), &[("catalogue.gradus", program[0])]);
    folder
}

#[test]
fn every_example_of_the_page_prints_what_it_shows() {
    let page = page();
    let folder = project();
    let shown = blocks(&page, "console");
    assert!(shown.len() > 8);
    for block in shown {
        let (command, expected) = block
            .split_once('\n')
            .expect("a command and what it prints");
        let words = words(command.strip_prefix("$ gradus ").expect("a command"));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let ran = gradus(folder.path(), &words);
        assert_eq!(ran.out, expected, "{command}\n{}", ran.err);
        assert!(ran.code == 0 || ran.code == 1, "{command}\n{}", ran.err);
    }
}

#[test]
fn every_report_is_written_in_every_format_and_the_same_every_time() {
    let folder = project();
    for report in [
        &["pathway", "way"][..],
        &["coverage"],
        &["stacking"],
        &["role", "analyst"],
    ] {
        for format in ["text", "csv", "xlsx", "json", "html"] {
            let written: Vec<Vec<u8>> = ["one", "two"]
                .into_iter()
                .map(|file| {
                    let mut arguments = vec!["report"];
                    arguments.extend(report);
                    arguments.extend(["--format", format, "--out", file]);
                    let ran = gradus(folder.path(), &arguments);
                    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
                    std::fs::read(folder.path().join(file)).expect("the report")
                })
                .collect();
            assert_eq!(written[0], written[1], "{report:?} as {format}");
            let text = String::from_utf8_lossy(&written[0]);
            match format {
                "json" => {
                    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                    assert_eq!(value["version"], 1);
                    assert_eq!(value["report"], report[0]);
                }
                "html" => assert!(text.starts_with("<!DOCTYPE html>") && text.contains("<table>")),
                "xlsx" => assert!(written[0].starts_with(b"PK")),
                _ => assert!(!text.is_empty()),
            }
        }
    }
    let ran = gradus(folder.path(), &["report", "coverage", "--format", "xlsx"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--out"), "{}", ran.err);
}

#[test]
fn names_and_limits_that_make_no_sense_are_explained() {
    let folder = project();
    for (arguments, said) in [
        (&["plan", "storytelle"][..], "did you mean `storyteller`?"),
        (
            &["plan", "harbour"],
            "`harbour` is nothing that can be reached",
        ),
        (
            &["plan", "storyteller", "--minimise", "etcs"],
            "did you mean `ects`?",
        ),
        (
            &["plan", "storyteller", "--within", "ects 5"],
            "`ects 5` is not a limit",
        ),
        (
            &["plan", "storyteller", "--holding", "way"],
            "`way` is not a credential",
        ),
        (
            &["report", "pathway", "way", "--pace", "fast"],
            "`fast` is not a pace",
        ),
        // What readers call it leads to its id, and a part to the whole.
        (&["plan", "data storyteller"], "did you mean `storyteller`?"),
        (&["plan", "make"], "name the pathway of this stage: `way`"),
        (
            &["plan", "way.read"],
            "name the pathway of this stage: `way`",
        ),
        (
            &["plan", "data-literacy.charts"],
            "name a credential that assesses it: `chart-reader`",
        ),
        (
            &["plan", "storyteller", "--minimise", "hours"],
            "no credential of this project says how many `hours` it has",
        ),
        (
            &["plan", "storyteller", "--within", "5 hours"],
            "use `ects` or `count` (the number of credentials)",
        ),
        (&["report", "pathway", "analyst"], "name a pathway: `way`"),
        (
            &["report", "coverage", "--framework", "zzz"],
            "name a framework of the project: `data-literacy`",
        ),
        (
            &["plan", "storyteller", "--recognise", "way"],
            "name a recognition: `chart-course`",
        ),
    ] {
        let ran = gradus(folder.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn a_project_with_little_in_it_gets_sentences_and_no_empty_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "badge a \"A\" { criteria \"x\" }\n";
    put(folder.path(), &[("catalogue.gradus", text)]);
    for (report, said) in [
        (
            "coverage",
            "There is no item with a statement yet: nothing could be covered.",
        ),
        (
            "stacking",
            "No credential of this project is made of others",
        ),
    ] {
        let ran = gradus(folder.path(), &["report", report]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains(said), "{}", ran.out);
        assert_eq!(ran.out.trim_end().lines().count(), 3, "{}", ran.out);
        let ran = gradus(folder.path(), &["report", report, "--format", "html"]);
        assert!(!ran.out.contains("<h2"), "{}", ran.out);
    }
    for (report, help) in [
        (
            "pathway",
            "declare a pathway first; there is none in this project",
        ),
        ("role", "declare a role, as in"),
    ] {
        let ran = gradus(folder.path(), &["report", report, "x"]);
        assert!(ran.code == 2 && ran.err.contains(help), "{}", ran.err);
    }
}

#[test]
fn the_matrix_of_credentials_is_for_spreadsheets_and_a_table_of_its_own_on_pages() {
    let folder = project();
    let report =
        |format: &str| gradus(folder.path(), &["report", "coverage", "--format", format]).out;
    let text = report("text");
    assert!(
        text.contains("Assessed by") && !text.contains("TA"),
        "{text}"
    );
    assert!(report("csv").contains("TA"));
    let page = report("html");
    assert!(
        page.contains("Items and credentials, at a glance"),
        "{page}"
    );
    assert!(
        page.contains("I introduced, R reinforced, T taught, A assessed"),
        "{page}"
    );
    assert!(page.contains("prefers-color-scheme: dark"), "{page}");
    let plan = gradus(
        folder.path(),
        &["report", "pathway", "way", "--format", "html"],
    )
    .out;
    assert!(
        plan.contains("<code>chart-reader</code>") && !plan.contains('`'),
        "{plan}"
    );
}

#[test]
fn results_of_tests_are_written_for_build_servers() {
    let folder = project();
    let ran = gradus(folder.path(), &["test", "--format", "junit"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("<?xml version=\"1.0\""));
    assert!(ran.out.contains("tests=\"2\" failures=\"1\" errors=\"0\""));
    assert!(ran.out.contains("last year's rule still counts"));
    let ran = gradus(folder.path(), &["test", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(value["expectations"][0]["holds"], true);
    assert_eq!(value["expectations"][1]["claims"][1]["verdict"], "fails");
}

#[test]
fn the_promises_of_the_examples_and_of_the_language_page_are_kept() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for example in ["examples/harbour", "examples/cyber"] {
        let ran = gradus(root, &["test", example]);
        assert_eq!(ran.code, 0, "{example}\n{}", ran.all());
    }
    let page = std::fs::read_to_string(root.join("docs/language.md")).expect("the page");
    let promises = page.split("## Promises").nth(1).expect("the section");
    let program = blocks(promises, "gradus")[0];
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), &[("catalogue.gradus", program)]);
    let ran = gradus(folder.path(), &["test"]);
    let broken: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.contains("fails:"))
        .collect();
    assert!(broken.is_empty(), "{}", ran.all());
}

/// A project of one text.
fn small(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), &[("catalogue.gradus", text)]);
    folder
}

#[test]
fn a_claim_that_could_not_be_read_is_undecided() {
    let promises = |given: &str, claims: &str| {
        let folder = small(&format!(
            "badge a \"A\" {{ credit 2 ects }}\nexpect \"it\" {{ given {given}\n {claims} }}\n"
        ));
        let ran = gradus(folder.path(), &["test"]);
        (ran.code, ran.out)
    };
    let (code, out) = promises("nothing", "reach a within 3 etcs\n reach a within 3 ects");
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("undecided: reach a within 3 etcs\n"), "{out}");
    assert!(out.contains("holds: reach a within 3 ects\n"), "{out}");
    let (code, out) = promises("nothing", "reach nobody");
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("undecided: reach nobody\n"), "{out}");
    let (code, out) = promises("nobody", "reach a");
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("undecided: reach a\n"), "{out}");
}

#[test]
fn limits_that_clash_are_told_from_limits_that_are_too_low() {
    // Cheap is slow: 3 ECTS in three steps, or 6 ECTS in two.
    let folder = small(
        "badge a \"A\" { credit 1 ects }\nbadge b \"B\" { credit 1 ects  requires { a } }\n\
         badge quick \"Q\" { credit 5 ects }\n\
         badge goal \"G\" { credit 1 ects  requires { any { b quick } } }\n",
    );
    let plan = |steps: &str, credit: &str| {
        let command = ["plan", "goal", "--within", credit, "--within", steps];
        let ran = gradus(folder.path(), &command);
        assert_eq!(ran.code, 1, "{}", ran.all());
        ran.out
    };
    let out = plan("2 steps", "5 ects");
    assert!(
        out.contains("Each limit can be kept, but not all of them by one route."),
        "{out}"
    );
    assert!(!out.contains("The cheapest route takes"), "{out}");
    let out = plan("1 step", "5 ects");
    assert!(
        out.contains(
            "Even the shortest way takes 2 steps, one after the other; the limit is 1 step."
        ),
        "{out}"
    );
    let out = plan("2 steps", "2 ects");
    assert!(
        out.contains("The cheapest route takes 3 ECTS; the limit is 2 ECTS."),
        "{out}"
    );
}

#[test]
fn what_a_promise_assumes_is_said_with_it() {
    let folder = small(
        "set entry \"Entry\" { \"a school certificate\" }\nbadge a \"A\" { credit 1 ects }\n\
         badge old \"Old\" { requires { a } }\nbadge new \"New\" { requires { a  entry } }\n\
         expect \"it\" { new accepts everyone whom old accepts\n old accepts everyone whom new accepts\n\
         reach new\n reach old }\n",
    );
    let ran = gradus(folder.path(), &["test"]);
    let lines: Vec<&str> = ran.out.lines().map(str::trim).collect();
    let after = |claim: &str| {
        let at = lines.iter().position(|line| *line == claim);
        let at = at.unwrap_or_else(|| panic!("no {claim} in {}", ran.all()));
        lines.get(at + 2).copied().unwrap_or_default()
    };
    let assumed = "assuming \"a school certificate\"";
    assert_eq!(
        after("holds: new accepts everyone whom old accepts"),
        assumed
    );
    assert!(!after("holds: old accepts everyone whom new accepts").contains("assuming"));
    assert_eq!(after("holds: reach new"), format!("{assumed} for `new`"));
    assert!(!after("holds: reach old").contains("assuming"));
}

#[test]
fn help_shows_quotes_as_they_are_typed() {
    let folder = small("badge a \"A\" { credit 2 ects }\n");
    for command in [&["plan", "--help"][..], &["report", "pathway", "--help"]] {
        let ran = gradus(folder.path(), command);
        assert_eq!(ran.code, 0, "{}", ran.all());
        assert!(!ran.out.contains('\\'), "{}", ran.out);
    }
}
