//! Wrong command lines: each is answered with what is wrong, with the name that was meant, and with the exit code that says whose
//! fault it is: 2 for a wrong use, 3 for what cannot be read.

use super::support::{gradus, gradus_with, put};

const TEXT: &str = r#"use digcomp 2.2
issuer harbour "Harbour City University" { url <https://harbour.example.edu>  email "badges@harbour.example.edu" }
defaults { by harbour }
framework data "Data literacy" { skill charts "Reading charts" { can "interpret common chart types" } }
badge chart-reader "Chart Reader" {
  assessment talk "A short talk" { assesses data.charts  evidence artefact "The slides" }
}
pathway storyteller "Storyteller" { stage read "Read" { chart-reader }  leads to chart-reader }
role analyst "Analyst" { needs chart-reader }
crosswalk data to digcomp { licence <https://creativecommons.org/licenses/by/4.0/>  charts is within digcomp:1.2 }
"#;

/// Command lines with their exit code and what they say.
const WRONG: &[(&str, i32, &[&str])] = &[
    ("chek", 2, &["unrecognized subcommand 'chek'", "'check'"]),
    ("check --formt json", 2, &["'--formt'", "'--format'"]),
    ("check --format jsn", 2, &["'jsn'", "'json'"]),
    ("check --fail-on warn", 2, &["'warn'", "'warning'"]),
    (
        "check --max-diagnostics x",
        2,
        &["expected a number or `none`"],
    ),
    (
        "check --config nope.yaml",
        2,
        &["there is no project file `nope.yaml`"],
    ),
    ("check a b", 2, &["unexpected argument 'b'"]),
    ("check --diff", 2, &["--fix"]),
    (
        "check nowhere",
        3,
        &["`nowhere` cannot be read: there is no such file or folder"],
    ),
    (
        "build nowhere",
        3,
        &["`nowhere` cannot be read: there is no such file or folder"],
    ),
    (
        "build --only open-badge-3",
        2,
        &[
            "there is no output `open-badge-3`",
            "help: did you mean `open-badges-3`?",
        ],
    ),
    (
        "build --out .",
        2,
        &[
            "it holds the project itself",
            "help: choose a folder of its own with `--out`",
        ],
    ),
    (
        "explain name/undefind",
        2,
        &[
            "there is no rule named `name/undefind`",
            "help: did you mean `name/undefined`?",
        ],
    ),
    (
        "explain undefined",
        2,
        &["help: did you mean `name/undefined`?"],
    ),
    (
        "explain NAME/UNDEFINED",
        2,
        &["help: did you mean `name/undefined`?"],
    ),
    (
        "explain nonsense",
        2,
        &["help: run `gradus rules` for the list"],
    ),
    (
        "graph --focus chart-reder",
        2,
        &[
            "nothing in this project is named `chart-reder`",
            "help: did you mean `chart-reader`?",
        ],
    ),
    (
        "graph --focus data.chart",
        2,
        &["help: did you mean `data.charts`?"],
    ),
    (
        "graph --focus chart-reader --depth x",
        2,
        &["expected a whole number of steps, such as 2"],
    ),
    ("graph --depth 2", 2, &["--focus <ID>"]),
    ("graph --format dott", 2, &["'dott'", "'dot'"]),
    (
        "plan chart-reder",
        2,
        &["help: did you mean `chart-reader`?"],
    ),
    (
        "plan storyteller.raed",
        2,
        &["help: did you mean `storyteller.read`?"],
    ),
    (
        "report pathway storyteler",
        2,
        &["help: did you mean `storyteller`?"],
    ),
    (
        "report pathway chart-reader",
        2,
        &[
            "`chart-reader` is not a pathway",
            "help: name a pathway: `storyteller`",
        ],
    ),
    (
        "report role nobody",
        2,
        &["nothing in this project is named `nobody`", "`analyst`"],
    ),
    (
        "suggest data --to digicomp",
        2,
        &[
            "there is no framework `digicomp`",
            "help: did you mean `digcomp`?",
        ],
    ),
    (
        "suggest chart-reader --to digcomp",
        2,
        &["there is no framework `chart-reader`"],
    ),
    (
        "crosswalk export nope",
        2,
        &["there is no crosswalk `nope` in this project"],
    ),
    (
        "crosswalk export data-to-digcom",
        2,
        &["help: did you mean `data-to-digcomp`?"],
    ),
    (
        "crosswalk inverse nowhere.tsv",
        3,
        &["`nowhere.tsv` cannot be read"],
    ),
    ("crosswalk nope", 2, &["unrecognized subcommand 'nope'"]),
    (
        "frameworks show digicomp",
        2,
        &["help: did you mean `digcomp`?"],
    ),
    (
        "frameworks show digcomp 9.9",
        2,
        &["`digcomp` has no code `9.9`"],
    ),
    ("frameworks lst", 2, &["'list'"]),
    ("diff . nowhere", 3, &["`nowhere` cannot be read"]),
    ("import nowhere.csv", 3, &["`nowhere.csv` cannot be read"]),
    (
        "new \"A B\"",
        2,
        &[
            "`A B` cannot be the name of a project",
            "help: use small letters, digits and hyphens, starting with a letter",
        ],
    ),
    ("test nowhere", 3, &["`nowhere` cannot be read"]),
];

#[test]
fn wrong_command_lines_are_answered_with_what_was_meant() {
    let home = tempfile::tempdir().expect("folder");
    put(
        home.path(),
        &[
            ("gradus.yaml", "base: https://badges.example.org/\n"),
            ("a.gradus", TEXT),
        ],
    );
    let clean = gradus(home.path(), &["check", "--fail-on", "info"]);
    assert_eq!(clean.code, 0, "{}", clean.all());
    let mut faults = Vec::new();
    for (line, code, said) in WRONG {
        let words = super::support::words(line);
        let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
        let ran = gradus(home.path(), &arguments);
        if ran.code != *code {
            faults.push(format!("gradus {line}: {}", ran.all()));
        }
        for part in *said {
            if !ran.err.contains(part) {
                faults.push(format!("gradus {line}: not {part:?} in {}", ran.err));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn standard_input_has_the_same_exit_codes() {
    let home = tempfile::tempdir().expect("folder");
    for (text, code) in [(TEXT, 0), ("badge a \"A\" {", 1), ("", 0)] {
        let ran = gradus_with(home.path(), &["check", "-"], &[], text);
        assert_eq!(ran.code, code, "{}", ran.all());
    }
}
