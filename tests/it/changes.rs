//! What a new state changes, change by change, and the grades.

use gradus::diff::{self, Change, Grade, Side};
use gradus::workspace::Analysis;

use crate::support::{self, gradus, put};

pub fn compare(old: &Analysis, new: &Analysis) -> Vec<Change> {
    diff::compare(
        &Side {
            project: &old.project,
            graph: &old.graph,
        },
        &Side {
            project: &new.project,
            graph: &new.graph,
        },
    )
    .changes
}

fn changes(old: &str, new: &str) -> Vec<Change> {
    compare(
        &support::analyze_text(old, None),
        &support::analyze_text(new, None),
    )
}

/// `rule item: message`, one a line.
fn said(old: &str, new: &str) -> Vec<String> {
    changes(old, new)
        .iter()
        .map(|change| format!("{} {}: {}", change.rule.name, change.id, change.message))
        .collect()
}

// ---------------------------------------------------------------------------------------------------------------------
// Single changes.
// ---------------------------------------------------------------------------------------------------------------------

/// A small catalogue to change.
pub const SMALL: &str = r#"
scale m "M" { low "Low"  high "High" }
framework f "F" { scale m  area x "X" { skill s "S" { can "do" } } }
badge a "A" { about "One."  credit 2 ects  workload 20 hours  valid for 12 months }
badge b "B" { assessment t "T" { assesses f.x.s at low  pass 50% } }
badge c "C" { requires { any { a b } } }
"#;

fn changed(from: &str, to: &str) -> Vec<String> {
    assert!(SMALL.contains(from), "{from}");
    said(SMALL, &SMALL.replace(from, to))
}

/// What `gradus.yaml` says is compared, once for all things; what `defaults` say in every credential.
#[test]
fn settings_and_defaults_are_compared() {
    const SETTINGS: &str = "name: demo\nversion: 1.0.0\nbase: https://a.example/\nlanguages: [en, fr]\npublish: [open-badges-3, open-badges-2]\nunits:\n  hp: { label: hp, hours: [25, 30] }\n";
    let text = "issuer h \"H\" { url <https://h.example> }\ndefaults { by h  valid for 3 years }\nbadge a \"A\" { credit 3 hp }\nbadge b \"B\" { }\n";
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let diff = |settings: &str, text: &str| -> Vec<String> {
        put(
            folder,
            &[("new/gradus.yaml", settings), ("new/all.gradus", text)],
        );
        let ran = gradus(folder, &["diff", "old", "new", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        let changes = json["changes"].as_array().expect("a list").iter();
        changes
            .map(|change| {
                let word = |key: &str| change[key].as_str().expect("text").to_owned();
                format!(
                    "{} {} {}: {} @{}",
                    word("rule"),
                    word("thing"),
                    word("id"),
                    word("message"),
                    change["location"]["line"]
                )
            })
            .collect()
    };
    put(
        folder,
        &[("old/gradus.yaml", SETTINGS), ("old/all.gradus", text)],
    );
    for (from, to, expected) in [
        (
            "a.example",
            "b.example",
            "change/base-changed project demo: everything is published below <https://b.example/> instead of <https://a.example/> @3",
        ),
        (
            "[en, fr]",
            "[en]",
            "change/language-removed project demo: no longer published in `fr` @4",
        ),
        (
            "[en, fr]",
            "[en, fr, de]",
            "change/language-added project demo: published in `de` as well @4",
        ),
        (
            "[en, fr]",
            "[fr, en]",
            "change/main-language-changed project demo: the main language is `fr` instead of `en` @4",
        ),
        (
            ", open-badges-2]",
            "]",
            "change/output-removed project demo: no longer publishes `open-badges-2` @5",
        ),
        (
            ", open-badges-2]",
            ", open-badges-2, pathways]",
            "change/output-added project demo: publishes `pathways` as well @5",
        ),
        (
            "[25, 30]",
            "[20, 25]",
            "change/unit-changed project demo: one `hp` stands for 20 to 25 hours instead of 25 to 30 hours @6",
        ),
        (
            "base:",
            "licence: https://creativecommons.org/licenses/by/4.0/\nbase:",
            "change/details-changed project demo: `licence` of the project changed @3",
        ),
    ] {
        let found = diff(&SETTINGS.replace(from, to), text);
        let of_project: Vec<&String> = found
            .iter()
            .filter(|change| change.contains(" project "))
            .collect();
        assert_eq!(of_project, [expected], "{found:#?}");
        let addresses = found
            .iter()
            .any(|change| change.contains("address-changed"));
        assert!(!addresses, "{found:#?}");
    }
    assert_eq!(diff(&SETTINGS.replace("1.0.0", "1.1.0"), text), [""; 0]);
    let everywhere = |rule: &str, message: &str| -> Vec<String> {
        let one = |id: &str, line: u8| format!("{rule} credential {id}: {message} @{line}");
        vec![one("a", 3), one("b", 4)]
    };
    assert_eq!(
        diff(SETTINGS, &text.replace("3 years", "2 years")),
        everywhere(
            "change/validity-shorter",
            "validity lowered from 3 years to 2 years"
        )
    );
    assert_eq!(
        diff(SETTINGS, &text.replace("3 years", "3 years  status draft")),
        everywhere("change/unavailable", "draft instead of active")
    );
}

#[test]
fn what_stays_the_same_is_no_change() {
    assert_eq!(said(SMALL, SMALL), Vec::<String>::new());
    let layout = SMALL.replace("  ", "\n    ");
    assert_eq!(said(SMALL, &layout), Vec::<String>::new());
    let mut lines: Vec<&str> = SMALL.lines().collect();
    lines.reverse();
    assert_eq!(said(SMALL, &lines.join("\n")), Vec::<String>::new());
}

#[test]
fn each_change_is_told_once() {
    for (from, to, expected) in [
        (
            "\"One.\"",
            "\"1.\"",
            "change/reworded a: description reworded",
        ),
        (
            "2 ects",
            "1 ects",
            "change/credit-lowered a: credit lowered from 2 ECTS to 1 ECTS",
        ),
        (
            "20 hours",
            "1500 minutes",
            "change/workload-raised a: workload raised from 20 hours to 1500 minutes",
        ),
        (
            "12 months",
            "2 years",
            "change/validity-longer a: validity raised from 12 months to 2 years",
        ),
        (
            "pass 50%",
            "pass 60%",
            "change/pass-mark-raised b: assessment `t`: pass mark raised from 50% to 60%",
        ),
        (
            "at low",
            "at high",
            "change/assessed-level-changed b: assesses `f.x.s` at high instead of low",
        ),
        (
            "can \"do\"",
            "can \"act\"",
            "change/statement-changed f.x.s: what it says that someone can do has changed",
        ),
        (
            "any { a b }",
            "any { b a }",
            "change/requirement-rewritten c: what must be held is said in other words, and is exactly the same",
        ),
        (
            "any { a b }",
            "a",
            "change/requirement-narrowed c: what must be held is more than before",
        ),
        (
            "any { a b }",
            "a \"an interview\"",
            "change/requirement-narrowed c: what must be held is more than before",
        ),
        (
            "badge c \"C\" {",
            "badge d \"C\" { formerly c ",
            "change/renamed d: renamed from `c` to `d`; addresses stay",
        ),
        (
            "badge c",
            "course c",
            "change/kind-changed c: a course instead of a badge",
        ),
        (
            "low \"Low\"  high \"High\"",
            "high \"High\"  low \"Low\"",
            "change/levels-reordered m: its levels stand in another order",
        ),
    ] {
        assert_eq!(changed(from, to), [expected], "{from} -> {to}");
    }
}

#[test]
fn a_requirement_that_is_met_later_but_at_all_is_told_by_who_may_begin() {
    let old = "badge a \"A\" {}\nbadge b \"B\" {}\nbadge c \"C\" { requires { a } stacks { b } }";
    let new = "badge a \"A\" {}\nbadge b \"B\" {}\nbadge c \"C\" { requires { a b } }";
    let found = said(old, new);
    assert!(
        found.contains(
            &"change/begin-narrowed c: what must be held to begin is more than before".to_owned()
        ),
        "{found:#?}"
    );
    assert!(
        !found
            .iter()
            .any(|line| line.contains("requirement-narrowed")),
        "{found:#?}"
    );
}

#[test]
fn words_of_a_judgement_are_told_from_what_must_be_held() {
    let old = "badge a \"A\" {}\nbadge c \"C\" { requires { a \"an interview\" } }";
    let new = "badge a \"A\" {}\nbadge c \"C\" { requires { a \"a talk\" } }";
    let found = changes(old, new);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule.name, "change/judgement-changed");
    assert_eq!(found[0].rule.grade(), Grade::Breaking);
}

#[test]
fn what_another_credential_attests_changes_the_requirement_too() {
    let text = |level: &str| {
        format!(
            "scale m \"M\" {{ low \"L\" high \"H\" }}\nframework f \"F\" {{ scale m skill s \"S\" {{ can \"do\" }} }}\nbadge a \"A\" {{ assessment t \"T\" {{ assesses f.s at {level} }} }}\nbadge c \"C\" {{ requires {{ skill f.s at high }} }}"
        )
    };
    let found = changes(&text("high"), &text("low"));
    let narrowed = found
        .iter()
        .find(|change| change.rule.name == "change/requirement-narrowed")
        .expect("narrowed");
    assert_eq!(narrowed.id, "c");
    assert_eq!(
        narrowed.examples[0].sentence(),
        "holding `a` was enough, now it is not"
    );
}

#[test]
fn items_that_move_are_followed() {
    let old = "framework f \"F\" { area x \"X\" { skill s \"S\" { can \"do\" } } area y \"Y\" {} }";
    let new = "framework f \"F\" { area x \"X\" {} area y \"Y\" { skill s \"S\" { can \"do\" } } }";
    let found = said(old, new);
    assert!(
        found.contains(&"change/moved f.y.s: moved from `f.x.s` to `f.y.s`".to_owned()),
        "{found:#?}"
    );
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("change/address-changed f.y.s")),
        "{found:#?}"
    );
}

#[test]
fn an_award_that_goes_is_not_the_pathway_that_goes() {
    let old = "badge a \"A\" { about \"A.\" }\nbadge b \"B\" { about \"B.\" }\n\
        pathway p \"P\" { stage s \"S\" { a  awards a }  leads to b }\n";
    let without = old.replace("  awards a", "");
    assert_eq!(
        said(old, &without),
        ["change/award-removed p: no longer awards `a` on the way"]
    );
    let (badges, _) = old.split_once("pathway").expect("a pathway");
    let gone = said(old, badges);
    assert!(
        gone.iter().any(|one| one.starts_with("change/removed p: ")),
        "{gone:?}"
    );
}

#[test]
fn the_documented_grades_are_those_in_use() {
    let page = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/changes.md"),
    )
    .expect("the page");
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| `change/"))
        .collect();
    let expected: Vec<String> = diff::rules::ALL
        .iter()
        .map(|rule| {
            format!(
                "| `{}` | {} | {} | {} |",
                rule.name,
                rule.learner.word(),
                rule.holder.word(),
                rule.why
            )
        })
        .collect();
    assert_eq!(rows, expected);
}
