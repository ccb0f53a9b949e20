//! Linking: names, kinds, units and values that cannot be right, each said once, in the author's words.
//!
//! A case is a file under `tests/cases/linking/`; its snapshot shows the text and the findings of the families name, type
//! and syntax together.

use crate::{rules, shown};

#[test]
fn faults_of_names_and_values() {
    for name in ["names", "values", "scope"] {
        let path = format!(
            "{}/tests/cases/linking/{name}.gradus",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(path).expect("a case");
        let (_, mut found) = rules::findings(&text, None);
        found.retain(|diagnostic| ["name", "type", "syntax"].contains(&diagnostic.rule.family()));
        let findings = shown::findings(&text, &found);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots/linking" }, {
            insta::assert_snapshot!(name, format!("{text}\n---- findings ----\n{findings}"));
        });
    }
}

#[test]
fn what_follows_from_a_fault_is_not_said_again() {
    let path = format!(
        "{}/tests/cases/linking/quiet.gradus",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).expect("a case");
    let (_, found) = rules::findings(&text, None);
    let said: Vec<(&str, &str)> = found
        .iter()
        .filter(|diagnostic| diagnostic.rule.name != "project/no-file")
        .map(|diagnostic| {
            let span = diagnostic.place.span;
            (
                diagnostic.rule.name,
                &text[span.start as usize..span.end as usize],
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("name/undefined", "data.chart"),
            ("name/undefined", "data.chart"),
            ("name/undefined", "writer")
        ]
    );
}

/// The rules that fire in a text, but for the missing project file.
fn fired(text: &str) -> Vec<&'static str> {
    let (_, found) = rules::findings(text, None);
    found
        .iter()
        .map(|diagnostic| diagnostic.rule.name)
        .filter(|&name| name != "project/no-file")
        .collect()
}

const HEAD: &str = r#"
issuer uni "University" { url <https://uni.example> email "a@uni.example" country BE }
defaults { by uni }
badge p "First" { criteria "Explains three charts to a tutor." }
pathway way "Way" { stage only "Only" { p }  leads to p }
"#;

#[test]
fn a_second_declaration_of_an_id_is_only_a_duplicate() {
    assert_eq!(fired(HEAD), Vec::<&str>::new());
    let badge = r#"badge p "Second" { criteria "Explains five charts to a tutor." }"#;
    assert_eq!(fired(&format!("{HEAD}{badge}")), ["name/duplicate"]);
    let pathway = r#"pathway p "Second" { stage other "Other" { p }  leads to p }"#;
    assert_eq!(fired(&format!("{HEAD}{pathway}")), ["name/duplicate"]);
}

#[test]
fn an_unknown_framework_leaves_no_item_unmapped() {
    let text = r#"
use nowhere
framework f "F" {
  licence <https://creativecommons.org/publicdomain/zero/1.0/>
  skill s "Charts" { can "draw a chart" }
}
crosswalk f to nowhere { licence <https://creativecommons.org/publicdomain/zero/1.0/> }
"#;
    let fired = fired(text);
    assert!(fired.contains(&"name/unknown-framework"), "{fired:?}");
    assert!(!fired.contains(&"crosswalk/unmapped-item"), "{fired:?}");
}

#[test]
fn the_order_of_files_and_declarations_does_not_matter() {
    let issuer = "issuer uni \"University\" { url <https://uni.example> email \"a@uni.example\" country BE }\ndefaults { by uni }\n";
    let a = "badge first \"First\" { about \"One.\" requires { second } }\n";
    let b = "badge second \"Second\" { about \"Two.\" }\n";
    let (_, forward) = rules::findings(&format!("{issuer}{a}{b}"), None);
    let (_, backward) = rules::findings(&format!("{b}{a}{issuer}"), None);
    let messages = |found: &[gradus::diag::Diagnostic]| {
        let mut messages: Vec<String> = found
            .iter()
            .map(|diagnostic| diagnostic.message.clone())
            .collect();
        messages.sort();
        messages
    };
    assert_eq!(messages(&forward), messages(&backward));
}

#[test]
fn what_is_declared_inside_a_thing_is_translated_from_outside_too() {
    let text = r#"
issuer uni "University" { url <https://uni.example>  email "a@uni.example"  country BE  in fr { name "Université" } }
defaults { by uni }
framework f "Frame" {
  area read "Reading" { skill t "Tables" { can "find values" } }
  in fr { name "Cadre"  area read "Lire" { skill t "Tableaux" { can "trouver des valeurs" } } }
}
micro-credential m "Micro" {
  about "Reads tables."
  teaches f.read.t
  workload 10 hours
  level eqf:4
  assessment a "Test" { kind test  assesses f.read.t  evidence artefact "The sheet"  pass 60% }
  awarded by machine
  in fr { name "Micro (fr)"  about "Lit des tableaux."  assessment a "Examen" { evidence "La feuille" } }
}
pathway p "Path" {
  stage s "Stage" { m }
  leads to m
  in fr { name "Parcours"  stage s "Étape" }
}
use eqf
"#;
    let settings = "name: x\nbase: https://uni.example/\nlanguages: [en, fr]\n";
    let (sources, found) = rules::findings(text, Some(settings));
    let said: Vec<String> = found
        .iter()
        .map(|diagnostic| {
            format!(
                "{} {} {}",
                diagnostic.rule.name,
                diagnostic.message,
                sources.slice(diagnostic.place)
            )
        })
        .collect();
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn a_translation_of_nothing_is_said() {
    let text = r#"
issuer uni "University" { url <https://uni.example>  email "a@uni.example"  country BE }
badge b "Badge" {
  by uni
  criteria "Comes to the meeting."
  assessment agenda "Agenda" { kind test }
  in en { assessment agnda "Agenda" { about "x" }  text "nix" as "nothing"  open to "everyone" }
}
"#;
    let (sources, found) = rules::findings(text, None);
    let said: Vec<(&str, Option<&str>)> = found
        .iter()
        .filter(|diagnostic| diagnostic.rule.name == "i18n/translates-nothing")
        .map(|diagnostic| (sources.slice(diagnostic.place), diagnostic.help.as_deref()))
        .collect();
    assert_eq!(
        said,
        [
            ("agnda", Some("did you mean `agenda`?")),
            (
                "nix",
                Some("repeat the text exactly as it is written there")
            ),
            ("open to", Some("remove it, or write the original first")),
        ]
    );
}
