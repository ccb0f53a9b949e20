//! Tests of words, quantities and requirements.

use std::borrow::Cow;

use super::{Wording, escape_markdown, join, markdown_link, one_line};
use crate::emit::sample::{credential, language, project};

const TEXT: &str = r#"
issuer uni "University" { url <https://uni.example> email "a@uni.example" }
defaults { by uni }
scale mastery "Mastery" { low "Beginner" high "Master" in fr { low "Débutant" high "Maître" } }
framework f "Skills" { scale mastery skill charts "Reading charts" { can "read charts" in fr { name "Lire des graphiques" } } }
badge a "A*" { about "x" in fr { name "A en français" } }
badge b "B" { about "x" }
badge c "C" { about "x" }
badge d "D" { about "x" }
set electives "Electives" { b c d in fr { name "Options" } }
set methods "Methods" { electives except d }
certificate whole "Whole" {
  about "x"
  stacks {
    a
    any 2 of { b c d }
    any { all { a b } c }
    skill f.charts at high
    at least 6.5 ects from { electives counting at most 3 ects from { a } } counted once
    "An interview in *person*"
  }
  requires { methods }
  in fr { text "An interview in *person*" as "Un entretien" }
}
"#;

#[test]
fn a_requirement_becomes_a_nested_list() {
    let project = project(TEXT);
    let whole = &project.credentials[credential(&project, "whole")];
    let stacks = whole.stacks.as_ref().expect("it stacks");
    let link = |id| {
        let declared = &project.credentials[id].declared;
        (project.id(declared) == "a").then(|| "https://a.example/(x)".to_owned())
    };
    let english = Wording::new(&project, language(&project, "en"));
    insta::assert_snapshot!(english.requirement_list(stacks, &link));
    let french = Wording::new(&project, language(&project, "fr"));
    insta::assert_snapshot!(french.requirement_list(stacks, &link));
}

#[test]
fn a_requirement_fits_on_one_line() {
    let project = project(TEXT);
    let whole = &project.credentials[credential(&project, "whole")];
    let english = Wording::new(&project, language(&project, "en"));
    let stacks = whole.stacks.as_ref().expect("it stacks");
    assert_eq!(
        english.requirement_line(stacks),
        "A*, any 2 of these (B, C, D), ((A* and B) or C), the assessed skill “Reading charts” (Master or above), \
         at least 6.5 ECTS, counted only here, from (Electives, of which at most 3 ECTS from (A*)) and \
         An interview in *person*"
    );
    let requires = whole.requires.as_ref().expect("it requires");
    assert_eq!(
        english.requirement_line(requires),
        "all of Methods (except D)"
    );
}

#[test]
fn a_set_leaves_out_what_it_excepts_at_any_depth() {
    let project = project(TEXT);
    let whole = &project.credentials[credential(&project, "whole")];
    let english = Wording::new(&project, language(&project, "en"));
    let requires = whole.requires.as_ref().expect("it requires");
    assert_eq!(
        english.requirement_list(requires, &|_| None),
        "- All of Methods:\n  - All of Electives:\n    - B\n    - C\n"
    );
}

#[test]
fn quantities_follow_the_language() {
    let project = project(
        r#"
badge first "One" { about "x" credit 1 ects workload 1 hour }
badge more "More" { about "x" credit 1.5 ects workload 1.5 hours valid for 36 months in fr { name "Plus" } }
"#,
    );
    let say = |id: &str, tag: &str| {
        let credential = &project.credentials[credential(&project, id)];
        let wording = Wording::new(&project, language(&project, tag));
        [credential.credit, credential.workload]
            .iter()
            .flatten()
            .map(|quantity| wording.quantity(quantity))
            .collect::<Vec<_>>()
    };
    assert_eq!(say("first", "en"), ["1 ECTS", "1 hour"]);
    assert_eq!(say("more", "en"), ["1.5 ECTS", "1.5 hours"]);
    assert_eq!(say("first", "fr"), ["1 crédit ECTS", "1 heure"]);
    assert_eq!(say("more", "fr"), ["1,5 crédit ECTS", "1,5 heure"]);
}

#[test]
fn author_text_stays_text_in_markdown() {
    let escaped = |text: &'static str| escape_markdown(Cow::Borrowed(text)).into_owned();
    assert_eq!(escaped("Chart Reader"), "Chart Reader");
    assert_eq!(escaped("# no heading"), "\\# no heading");
    assert_eq!(escaped("1. Reading"), "1\\. Reading");
    assert_eq!(escaped("2026 review"), "2026 review");
    assert_eq!(escaped("[x](y) *b* <i>"), "\\[x\\](y) \\*b\\* \\<i\\>");
    assert_eq!(escaped("a\nb"), "a b");
}

#[test]
fn lists_are_joined_as_people_do() {
    assert_eq!(join(&["a"], " and "), "a");
    assert_eq!(join(&["a", "b"], " and "), "a and b");
    assert_eq!(join(&["a", "b", "c"], " et "), "a, b et c");
    assert_eq!(join(&[""; 0], " and "), "");
}

#[test]
fn one_line_keeps_no_break_spaces() {
    assert_eq!(one_line(Cow::Borrowed(" a\n b\u{a0}c ")), "a b\u{a0}c");
    assert_eq!(one_line(Cow::Borrowed("a b")), "a b");
}

#[test]
fn links_cannot_be_closed_early() {
    assert_eq!(
        markdown_link("a", "https://x/(y) z"),
        "[a](https://x/%28y%29%20z)"
    );
}
