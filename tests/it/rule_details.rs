//! What rules say beyond their pages: places, suggestions, mends, and where they keep quiet.

use std::sync::Arc;

use gradus::import::pack::Pack;

use crate::rules::findings_with;

pub const HEAD: &str = r#"issuer harbour "Harbour City University" {
  url   <https://harbour.example.edu>
  email "badges@harbour.example.edu"
}
defaults { by harbour }
"#;

const COFFEE: &str = r#"
id: coffee
version: "1"
title: Behind the coffee bar
publisher: Guild of Baristas
licence: CC0
attribution: Guild of Baristas
source: https://baristas.example/skills
language: en
kind-of: skills
items:
  - { code: "1",   label: Milk }
  - { code: "1.2", label: Steaming milk, parent: "1", labels: { fr: Mousser le lait } }
  - { code: "1.9", label: Frothing milk, parent: "1", status: withdrawn, replaced-by: "1.2" }
"#;

/// Findings as `rule | underlined text | message | help | fix`, but for the missing project file.
pub fn check(text: &str) -> Vec<String> {
    check_with(text, None)
}

/// The same, with a project file.
pub fn check_with(text: &str, project_file: Option<&str>) -> Vec<String> {
    let pack = Pack::parse(COFFEE).unwrap_or_else(|faults| panic!("{faults:?}"));
    let (sources, found) = findings_with(text, project_file, vec![Arc::new(pack)]);
    found
        .iter()
        .filter(|diagnostic| diagnostic.rule.name != "project/no-file")
        .map(|diagnostic| {
            let fix: Vec<&str> = diagnostic
                .fix
                .iter()
                .map(|edit| edit.text.as_str())
                .collect();
            format!(
                "{} | {} | {} | {} | {}",
                diagnostic.rule.name,
                sources.slice(diagnostic.place),
                diagnostic.message,
                diagnostic.help.as_deref().unwrap_or(""),
                fix.join("+"),
            )
        })
        .collect()
}

fn bar(mappings: &str) -> String {
    format!(
        "use coffee\nframework bar \"Bar\" {{ skill milk \"Milk\" {{ can \"steam milk to a fine foam\"\n{mappings} }} }}\n"
    )
}

#[test]
fn a_withdrawn_code_leads_to_its_successor() {
    assert_eq!(
        check(&bar("is within coffee:1.9")),
        [
            "crosswalk/withdrawn-code | coffee:1.9 | Guild of Baristas has withdrawn `coffee:1.9` | \
             use `coffee:1.2` \"Steaming milk\", which replaces it | "
        ]
    );
}

#[test]
fn an_unknown_code_is_suggested_by_its_label_first() {
    assert_eq!(
        check(&bar("is within coffee:7.7 \"Steaming milk\"")),
        [
            "crosswalk/unknown-code | coffee:7.7 | `coffee` has no item with the code `7.7` | \
             use `coffee:1.2`, which has the label `Steaming milk` | "
        ]
    );
    assert_eq!(
        check(&bar("is within coffee:7.7")),
        [
            "crosswalk/unknown-code | coffee:7.7 | `coffee` has no item with the code `7.7` | \
             use one of its codes: 1, 1.2, 1.9 | "
        ]
    );
}

#[test]
fn labels_in_any_language_of_the_framework_are_right() {
    assert!(check(&bar("is exactly coffee:1.2 \"Mousser le lait\"")).is_empty());
    assert!(check(&bar("is exactly coffee:1.2 \"steaming  MILK\"")).is_empty());
    assert_eq!(
        check(&bar("is exactly coffee:1.2 \"Steaming\"")),
        [
            "crosswalk/label-drift | Steaming | `coffee:1.2` is called `Steaming milk`, not `Steaming` | \
             write `Steaming milk`, or correct the code if the label is what you mean | Steaming milk"
        ]
    );
}

#[test]
fn exact_matches_of_whole_and_part_must_not_cross() {
    let text = r#"use coffee
framework bar "Bar" {
  area drinks "Drinks" {
    skill milk "Milk" { can "steam milk to a fine foam"  is exactly coffee:1 }
    is exactly coffee:1.2
  }
}
"#;
    let found = check(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("crosswalk/exact-across-parent-child | coffee:1 |"),
        "{found:#?}"
    );
}

#[test]
fn the_doubtful_words_are_underlined() {
    let skill = |text: &str| {
        check(&format!(
            "framework bar \"Bar\" {{ skill milk \"Milk\" {{ {text} }} }}"
        ))
    };
    let first = |text: &str| {
        let found = skill(text);
        assert_eq!(found.len(), 1, "{found:#?}");
        found[0]
            .split(" | ")
            .take(2)
            .collect::<Vec<_>>()
            .join(" | ")
    };
    assert_eq!(
        first(r#"can "better understand milk""#),
        "prose/unmeasurable-verb | understand"
    );
    assert_eq!(
        first(r#"can "the steaming of milk""#),
        "framework/statement-without-verb | the"
    );
    assert_eq!(
        first(r#"can "be able to steam""#),
        "prose/repeated-verb | be able to "
    );
    assert_eq!(
        first(r#"can "steam TODO milk""#),
        "prose/placeholder-text | TODO"
    );
    assert!(skill(r#"knows "the chemistry of milk"  understands "why foam collapses""#).is_empty());
}

#[test]
fn other_languages_are_not_judged_by_english_words() {
    let text =
        r#"framework bar "Bar" { language de  skill milch "Milch" { can "the Milch schäumen" } }"#;
    let found = check_with(
        text,
        Some("base: https://badges.harbour.example/\nlanguages: [de]\n"),
    );
    assert!(found.is_empty(), "{found:#?}");
    let text = r#"framework bar "Bar" { skill lait "Lait" { can "savoir mousser le lait" } }"#;
    let found = check_with(
        text,
        Some("base: https://badges.harbour.example/\nlanguages: [fr]\n"),
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("prose/unmeasurable-verb | savoir |"),
        "{found:#?}"
    );
}

#[test]
fn what_follows_from_a_reference_to_nothing_is_not_said_again() {
    let text = format!(
        "{HEAD}framework bar \"Bar\" {{ skill milk \"Milk\" {{ can \"steam milk\" }} }}\n\
         rubric foam \"Foam\" {{ levels {{ flat 0 \"Flat\"  fine 1 \"Fine\" }} }}\n\
         badge barista \"Barista\" {{ teaches bar.milk\n\
           assessment cup \"Ten cups\" {{ assesses bar.mlik  rubric faom  evidence artefact \"Ten cups\" }} }}\n"
    );
    let rules: Vec<String> = check(&text)
        .iter()
        .map(|line| line.split(" | ").next().unwrap_or("").to_owned())
        .collect();
    assert_eq!(rules, ["name/undefined", "name/undefined"]);
}

#[test]
fn a_part_may_teach_or_assess_for_the_whole() {
    let text = format!(
        "{HEAD}framework bar \"Bar\" {{ area drinks \"Drinks\" {{\n\
           skill milk \"Milk\" {{ can \"steam milk\" }}  skill shot \"Shot\" {{ can \"pull a shot\" }} }} }}\n\
         badge milk-hand \"Milk Hand\" {{ teaches bar.drinks.milk\n\
           assessment cup \"Ten cups\" {{ assesses bar.drinks.milk  evidence artefact \"Ten cups\" }} }}\n\
         certificate barista \"Barista\" {{ teaches bar.drinks  stacks {{ milk-hand }}\n\
           assessment bar \"An hour at the bar\" {{ assesses bar.drinks.shot }} }}\n"
    );
    let found = check(&text);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn credit_of_a_stack_is_compared_with_what_is_certain() {
    let text = |stacks: &str| {
        format!(
            "{HEAD}badge first \"One\" {{ credit 2 ects  criteria \"Pour ten cups.\" }}\n\
             badge second \"Two\" {{ credit 2 ects  criteria \"Pour twenty cups.\" }}\n\
             certificate both \"Both\" {{ credit 3 ects  stacks {{ {stacks} }} }}\n"
        )
    };
    // That a choice leaves no choice is another rule's matter.
    let check = |stacks: &str| {
        let mut found = check(&text(stacks));
        found.retain(|line| line.starts_with("credential/"));
        found
    };
    assert!(check("first  any { first  second }").is_empty());
    let found = check("first  any 2 of { first  second }");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].contains("`both` gives 3 ECTS and its parts bring 4 ECTS already"),
        "{found:#?}"
    );
    let found = check("at least 4 ects from { first  second }");
    assert!(
        found[0].starts_with("credential/credit-below-parts | 3 ects |"),
        "{found:#?}"
    );
}

#[test]
fn an_iri_may_not_be_where_another_is_published() {
    let text = format!(
        "{HEAD}badge first \"One\" {{ criteria \"Pour ten cups.\" }}\n\
         badge second \"Two\" {{ iri <https://example.org/open-badges-3/first.json>  criteria \"Pour twenty cups.\" }}\n"
    );
    let found = check(&text);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("publish/address-collision |"),
        "{found:#?}"
    );
}

#[test]
fn one_finding_says_all_that_a_language_misses() {
    let text = format!(
        "{HEAD}badge first \"One\" {{ about \"Pours.\"  criteria \"Pour ten cups.\"\n in fr {{ name \"Un\" }} }}\n"
    );
    let found = check_with(
        &text,
        Some("base: https://badges.harbour.example/\nlanguages: [en, fr]\n"),
    );
    assert_eq!(
        found,
        [
            "i18n/missing-translation | harbour | `harbour` is not fully in `fr`: name missing | \
             write what is missing into `in fr { … }`; where that block stands already, add to it | ",
            "i18n/missing-translation | first | `first` is not fully in `fr`: about, criteria missing | \
             write what is missing into `in fr { … }`; where that block stands already, add to it | ",
        ]
    );
}

#[test]
fn sets_that_contain_each_other_end() {
    let text = format!(
        "{HEAD}set a {{ b }}\nset b {{ a  first }}\n\
         badge first \"One\" {{ criteria \"Pour ten cups.\" }}\n\
         badge second \"Two\" {{ credit 1 ects  level eqf:5  criteria \"Pour.\"  requires {{ a }}  stacks {{ b }} }}\n"
    );
    // What is said about the circle is another rule's matter; here it only matters that every rule ends.
    let _ = check(&text);
}

#[test]
fn one_fault_is_said_once() {
    let text = format!(
        "{HEAD}badge first \"One\" {{ status deprecated  replaced by first  criteria \"Pour ten cups.\" }}\n"
    );
    let found = check(&text);
    assert_eq!(found.len(), 1, "{found:#?}");
    let text = format!(
        "{HEAD}badge first \"One\" {{ teaches bar.milk }}\nframework bar \"Bar\" {{ skill milk \"Milk\" {{ can \"steam milk\" }} }}\n"
    );
    let rules: Vec<String> = check(&text)
        .iter()
        .map(|line| line.split(" | ").next().unwrap_or("").to_owned())
        .collect();
    assert_eq!(
        rules,
        ["credential/no-criteria", "framework/unassessed-skill"]
    );
}

#[test]
fn codes_that_are_not_there_come_with_a_way_to_the_right_one() {
    let text = format!(
        "use eqf\nuse digcomp 2.2\n{HEAD}\
         badge a \"A\" {{ level eqf5  criteria \"Pour ten cups.\" }}\n\
         badge b \"B\" {{ level eqf:9  criteria \"Pour ten cups.\" }}\n\
         framework f \"F\" {{ skill s \"S\" {{ can \"draw\"  is close to digcomp:6.1 }} }}\n"
    );
    let found = check(&text).join("\n");
    for help in [
        "write a colon before the code: `eqf:5`",
        "use one of its codes: 1, 2, 3, 4, 5, 6, 7, 8",
        "look for the code by words of its name: `gradus frameworks search digcomp \"…\"`",
    ] {
        assert!(found.contains(help), "{help}: {found}");
    }
}

#[test]
fn american_english_is_english_unless_both_are_wanted() {
    let text = format!(
        "{HEAD}framework bar \"Bar\" {{ language en-US  skill milk \"Milk\" {{ can \"steam milk\" }} }}\n"
    );
    let told = |languages: &str| {
        let project = format!("base: https://badges.harbour.example/\nlanguages: [{languages}]\n");
        let found = check_with(&text, Some(&project));
        found
            .iter()
            .any(|line| line.contains("missing-translation") && line.contains("`milk`"))
    };
    assert!(!told("en"));
    assert!(told("en, en-US"));
    assert!(told("fr"));
}
