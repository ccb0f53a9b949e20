//! What newcomers stumble over: each gets one message, with the mend.

use std::fs;

use crate::support::{analyze_files, analyze_text, check_text, gradus, put, render_plain};

pub const HEAD: &str = r#"issuer harbour "Harbour City University" {
  url   <https://harbour.example.edu>
  email "badges@harbour.example.edu"
}
defaults { by harbour }
"#;

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The findings of the family of reading and linking, in words.
fn messages(text: &str) -> Vec<String> {
    analyze_text(text, None)
        .diagnostics
        .iter()
        .filter(|found| found.rule.name != "project/no-file")
        .map(|found| match &found.help {
            Some(help) => format!("{}: {} ({help})", found.rule.name, found.message),
            None => format!("{}: {}", found.rule.name, found.message),
        })
        .collect()
}

#[test]
fn an_id_in_another_spelling_is_said_once_and_mended_everywhere() {
    let text = format!(
        "{HEAD}framework Data_Literacy \"Data\" {{\n  skill read charts \"Reading charts\" {{ can \"interpret charts\" }}\n  skill café \"Coffee\" {{ can \"brew coffee\" }}\n}}\nbadge 1st-badge \"First\" {{\n  criteria \"Explains three charts.\"\n  introduces Data_Literacy.café, data-literacy.café, Data_Literacy.read-charts\n}}\nbadge next \"Next\" {{ criteria \"Explains four charts.\"  requires {{ 1st-badge }} }}\n"
    );
    let found: Vec<String> = messages(&text)
        .into_iter()
        .filter(|message| !message.starts_with("framework/"))
        .collect();
    assert_eq!(
        found,
        [
            "name/malformed: `Data_Literacy` is not written as an id (write `data-literacy`)",
            "name/malformed: `read charts` is not written as an id (write `read-charts`)",
            "name/malformed: `café` is not written as an id (write `cafe`)",
            "name/malformed: `1st-badge` is not written as an id (write `first-badge`)",
        ]
    );
    let home = folder();
    put(home.path(), &[("a.gradus", &text)]);
    gradus(home.path(), &["check", "--fix"]);
    let mended = fs::read_to_string(home.path().join("a.gradus")).expect("read");
    assert!(
        messages(&mended)
            .iter()
            .all(|message| !message.contains("malformed")),
        "{mended}"
    );
    assert!(
        mended.contains(
            "introduces data-literacy.cafe, data-literacy.cafe, data-literacy.read-charts"
        ),
        "{mended}"
    );
    assert!(mended.contains("requires { first-badge }"), "{mended}");
}

#[test]
fn references_in_other_files_follow_the_id() {
    let first =
        format!("{HEAD}badge Chart_Reader \"Chart Reader\" {{ criteria \"Explains charts.\" }}\n");
    let second = "badge next \"Next\" { criteria \"Explains four charts.\"  requires { Chart_Reader } }\nset s { Chart_Reader }\npathway p \"P\" { stage one \"One\" { Chart_Reader next s }  leads to Chart_Reader }\n";
    let analysis = analyze_files(&[("a.gradus", &first), ("b.gradus", second)], None);
    let malformed: Vec<_> = analysis
        .diagnostics
        .iter()
        .filter(|found| ["name", "syntax", "type"].contains(&found.rule.family()))
        .collect();
    assert_eq!(malformed.len(), 1, "{}", render_plain(&analysis));
    assert_eq!(malformed[0].fix.len(), 5, "{:?}", malformed[0].fix);
    // Where only the reference is misspelt, it finds what it means.
    let right = first.replace("Chart_Reader", "chart-reader");
    let second =
        "badge next \"Next\" { criteria \"Explains four charts.\"  requires { Chart_Reader } }\n";
    let analysis = analyze_files(&[("a.gradus", &right), ("b.gradus", second)], None);
    let text = render_plain(&analysis);
    assert_eq!(text.matches("error[").count(), 1, "{text}");
    assert!(text.contains("help: write `chart-reader`"), "{text}");
}

#[test]
fn what_is_only_written_otherwise_is_read_as_it_was_meant() {
    let cases = [
        (
            "workload 5h",
            "`5h` is not written as a quantity (write `5 hours`)",
        ),
        (
            "workload 5hours",
            "`5hours` is not written as a quantity (write `5 hours`)",
        ),
        (
            "credit 1,5 ects",
            "`1,5 ects` is not written as a quantity (write `1.5 ects`)",
        ),
        (
            "credit 1 ECTS",
            "`1 ECTS` is not written as a quantity (write `1 ects`)",
        ),
        (
            "valid for 2y",
            "`2y` is not written as a quantity (write `2 years`)",
        ),
        (
            "level EQF:3",
            "`EQF:3` is not written as a reference (write `eqf:3`)",
        ),
        (
            "status Draft",
            "`Draft` is not a word that can stand after `status` (write `draft`)",
        ),
        (
            "workload 30",
            "expected a number with its unit after `workload` (write `workload 30 hours`)",
        ),
    ];
    for (statement, expected) in cases {
        let text = format!(
            "use eqf\n{HEAD}badge reader \"Reader\" {{\n  criteria \"Explains charts.\"\n  {statement}\n}}\n"
        );
        let found: Vec<String> = messages(&text)
            .into_iter()
            .filter(|message| {
                message.starts_with("syntax/")
                    || message.starts_with("type/")
                    || message.starts_with("name/")
            })
            .collect();
        let unused = |message: &String| !message.starts_with("name/unused");
        let found: Vec<String> = found.into_iter().filter(unused).collect();
        assert_eq!(found.len(), 1, "{statement}: {found:?}");
        assert!(found[0].ends_with(expected), "{statement}: {found:?}");
    }
    let text = HEAD.replace(
        "<https://harbour.example.edu>",
        "<\"https://harbour.example.edu\">",
    );
    assert_eq!(
        messages(&text),
        [
            "type/iri: `\"https://harbour.example.edu\"` is not an absolute address (write `<https://harbour.example.edu>`)"
        ]
    );
    let text = HEAD.replace(
        "<https://harbour.example.edu>",
        "\"https://harbour.example.edu\"",
    );
    let found = messages(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].ends_with("(write `<https://harbour.example.edu>`)"),
        "{found:?}"
    );
}

#[test]
fn a_stray_comma_is_blamed_itself() {
    let text = format!(
        "{HEAD}framework data \"Data\" {{ skill charts \"Charts\" {{ can \"interpret charts\" }} }}\nbadge reader \"Reader\" {{\n  criteria \"Explains charts.\"\n  introduces data.charts,\n  credit 1 ects\n}}\n"
    );
    let analysis = analyze_text(&text, None);
    let errors: Vec<_> = analysis
        .diagnostics
        .iter()
        .filter(|found| found.rule.family() == "syntax" || found.rule.family() == "name")
        .collect();
    assert_eq!(errors.len(), 1, "{}", render_plain(&analysis));
    assert_eq!(analysis.project.slice(errors[0].place), ",");
    assert_eq!(
        errors[0].place.span.start as usize,
        text.find(",\n").expect("there")
    );
}

#[test]
fn levels_in_a_translation_may_stand_on_one_line_with_their_blocks() {
    let text = "scale s \"S\" { lo \"Low\" hi \"High\" { about \"Up\" } in fr { lo \"Bas\" hi \"Haut\" { about \"En haut\" } } }\n";
    let found = analyze_text(text, None);
    assert!(
        found
            .diagnostics
            .iter()
            .all(|found| found.rule.family() != "syntax"),
        "{}",
        render_plain(&found)
    );
    let broken = "badge b \"B\" { in fr { lo \"Bas\" hi \"Haut\" { about \"x\" } } }\n";
    assert!(!render_plain(&analyze_text(broken, None)).contains("``"));
}

#[test]
fn names_of_languages_are_answered_with_their_tag() {
    let text = format!(
        "{HEAD}badge reader \"Reader\" {{\n  language english\n  criteria \"Explains charts.\"\n  in french {{ name \"Lecteur\" }}\n}}\n"
    );
    assert_eq!(
        messages(&text),
        [
            "type/language: `english` is not a language tag (write `en`)",
            "type/language: `french` is not a language tag (write `fr`)",
        ]
    );
    let file = "base: https://b.example/\nlanguages: [English, french]\n";
    let found = analyze_text(HEAD, Some(file));
    let help: Vec<_> = found
        .diagnostics
        .iter()
        .filter_map(|found| found.help.as_deref())
        .collect();
    assert_eq!(help, ["write `en`", "write `fr`"]);
}

#[test]
fn what_follows_from_an_unknown_level_or_two_validities_is_not_said_again() {
    let text = format!(
        "use eqf\n{HEAD}badge low \"Low\" {{ criteria \"Explains charts.\" level eqf:15 }}\nbadge high \"High\" {{ criteria \"Draws charts.\" level eqf:5 requires {{ low }} }}\n"
    );
    assert_eq!(
        check_text(&text, None),
        ["project/no-file", "crosswalk/unknown-code"]
    );
    let text = format!(
        "{HEAD}badge b \"B\" {{ criteria \"Explains charts.\" valid for 36 months valid until 2030-12-31 renew {{ b }} }}\n"
    );
    let found = messages(&text);
    assert!(
        found[0].contains("`valid for` and `valid until` stand side by side"),
        "{found:?}"
    );
}

#[test]
fn a_choice_or_a_recognition_keeps_a_pathway_whole() {
    let pathway = |requires: &str, more: &str| {
        format!(
            "{HEAD}badge a \"A\" {{ criteria \"Explains charts.\" }}\nbadge b \"B\" {{ criteria \"Explains tables.\" }}\nbadge c \"C\" {{ criteria \"Draws charts.\" requires {{ {requires} }} }}\n{more}\npathway p \"P\" {{ stage one \"One\" {{ b }}  stage two \"Two\" {{ after one  c }}  leads to c }}\n"
        )
    };
    let fires = |text: String| check_text(&text, None).contains(&"pathway/needs-from-outside");
    assert!(fires(pathway("a", "")));
    assert!(fires(pathway("a b", "")));
    assert!(!fires(pathway("any { a b }", "")));
    assert!(!fires(pathway("b", "")));
    assert!(!fires(pathway(
        "a",
        "recognition r \"R\" { from \"Elsewhere\" grants a }"
    )));
    assert!(!fires(pathway("d", "certificate d \"D\" { stacks { b } }")));
}

#[test]
fn signs_between_a_keyword_and_its_value_are_left_out() {
    let text = format!(
        "{HEAD}badge a \"A\" {{\n  criteria \"Explains charts.\"\n  workload = 12 hours\n}}\nbadge b \"B\" {{\n  criteria \"Draws charts.\"\n  workload: 5 hours;\n}}\n"
    );
    assert_eq!(
        messages(&text),
        [
            "syntax/unexpected: unexpected `=` (leave out `=`)",
            "syntax/unexpected: unexpected `:` (leave out `:`)",
            "syntax/unexpected: unexpected `;` (leave out `;`)",
        ]
    );
}

#[test]
fn frameworks_from_elsewhere_are_understood_as_they_are_spoken_of() {
    let text = format!(
        "use DigComp\nuse eqf\n{HEAD}framework office \"Office\" {{ skill search \"Search\" {{ status draft can \"search\" is close to digcomp 1.1 }} }}\nbadge a \"A\" {{ criteria \"Explains charts.\" level EQF 3 workload 1 ECTS-Punkte }}\n"
    );
    let found = messages(&text);
    assert_eq!(
        found.get(..4),
        Some(
            [
                "name/malformed: `DigComp` is not written as an id (write `digcomp`)".to_owned(),
                "syntax/unexpected: `digcomp 1.1` is not written as a reference (write `digcomp:1.1`)"
                    .to_owned(),
                "syntax/unexpected: `EQF 3` is not written as a reference (write `eqf:3`)".to_owned(),
                "syntax/unexpected: `1 ECTS-Punkte` is not written as a quantity (write `1 ects`)"
                    .to_owned(),
            ]
            .as_slice()
        ),
        "{found:?}"
    );
    assert!(
        !found.iter().any(|found| found.starts_with("name/un")),
        "{found:?}"
    );
}

#[test]
fn a_path_with_a_gap_and_an_id_without_its_hyphen_are_recognized() {
    let text = format!(
        "{HEAD}framework office \"Office\" {{ area meetings \"Meetings\" {{ skill prepare \"Prepare\" {{ status draft can \"prepare\" skill agenda \"Agenda\" {{ status draft can \"write one\" }} }} }} }}\nbadge agenda-writer \"Agenda writer\" {{ criteria \"Explains charts.\" introduces office.meetings.agenda }}\nbadge top \"Top\" {{ criteria \"Draws charts.\" requires {{ agenda writer }} }}\n"
    );
    let found: Vec<_> = messages(&text)
        .into_iter()
        .filter(|found| found.starts_with("name/undefined"))
        .collect();
    assert_eq!(
        found,
        [
            "name/undefined: `office` has no item `meetings.agenda` (did you mean `office.meetings.prepare.agenda`?)",
            "name/undefined: there is no credential or set named `agenda writer` (did you mean `agenda-writer`?)",
        ]
    );
}

#[test]
fn an_id_in_quotes_is_no_judgement() {
    let text = format!(
        "{HEAD}badge low \"Low\" {{ criteria \"Explains charts.\" }}\nbadge top \"Top\" {{ criteria \"Draws charts.\" requires {{ \"low\" }} }}\n"
    );
    assert_eq!(
        messages(&text),
        [
            "type/wrong-kind: `low` is a credential, and stands here as a text (write `low` without quotes)"
        ]
    );
}

#[test]
fn a_label_in_place_of_a_code_leads_to_the_code() {
    let text = format!(
        "use digcomp 2.2\n{HEAD}framework office \"Office\" {{ skill a \"A\" {{ status draft can \"do it\" is exactly digcomp:\"Netiquette\" is exactly digcomp:\"2.5\" }} }}\n"
    );
    let found = messages(&text);
    assert!(
        found
            .iter()
            .any(|found| found.contains("use `digcomp:2.5`, which has the label `Netiquette`")),
        "{found:?}"
    );
    // A quoted code is shown whole.
    assert!(
        !found.iter().any(|found| found.contains("`digcomp:\"2.5`")),
        "{found:?}"
    );
    let home = folder();
    let text = text.replace("digcomp:\"Netiquette\"", "digcomp:\"2.1\"");
    put(home.path(), &[("a.gradus", &text)]);
    let ran = gradus(home.path(), &["check", "--format", "concise"]);
    assert!(
        ran.out
            .contains("is exactly `digcomp:\"2.1\"` and exactly `digcomp:\"2.5\"`"),
        "{}",
        ran.all()
    );
}

#[test]
fn a_faulty_pack_is_not_called_missing_as_well() {
    let home = folder();
    put(
        home.path(),
        &[
            ("a.gradus", &format!("use barista\n{HEAD}")),
            ("gradus.yaml", "base: https://b.example/\n"),
            ("frameworks/barista-1.0.yaml", "pack: 1\nid: [\n"),
        ],
    );
    let ran = gradus(home.path(), &["check", "--format", "concise"]);
    assert!(ran.out.contains("project/bad-pack"), "{}", ran.all());
    assert!(!ran.out.contains("name/unknown-framework"), "{}", ran.all());
}
