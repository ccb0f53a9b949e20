//! What lapses on the way through a pathway at a stated pace: cases worked out by hand.

use serde_json::Value;

use crate::support::{gradus, put};

/// The report on the pathway `p` at a pace, as JSON.
fn report(text: &str, pace: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("issuer h \"H\" {{ url <https://h.example> }}\ndefaults {{ by h }}\n{text}");
    put(folder.path(), &[("all.gradus", &text)]);
    let arguments = ["report", "pathway", "p", "--pace", pace, "--format", "json"];
    let ran = gradus(folder.path(), &arguments);
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.all()))
}

/// Each credential with the month in which it is earned, and the one in which it lapses.
fn months(report: &Value) -> Vec<String> {
    let sections = report["sections"].as_array().expect("sections");
    let section = sections.iter().find(|section| section["key"] == "expiry");
    let rows = section.expect("the section")["rows"]
        .as_array()
        .expect("rows");
    rows.iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row["credential"].as_str().expect("an id"),
                row["earned"],
                row["ends"]
            )
        })
        .collect()
}

/// Six months in all. `soon` and `long` can be earned in any order: whoever earns `soon` last still holds it at the end.
const TWO_STAGES: &str = r#"
badge soon "Soon" { credit 6 ects  valid for 3 months }
badge long "Long" { credit 6 ects  valid for 1 years }
badge last "Last" { credit 6 ects }
certificate whole "Whole" { credit 18 ects  stacks { soon  long  last } }
pathway p "P" { stage one "One" { soon  long }  stage two "Two" { after one  last }  leads to whole }
"#;

#[test]
fn what_is_valid_for_the_shortest_time_comes_last_in_its_step() {
    let told = report(TWO_STAGES, "3 ects per month");
    assert_eq!(
        months(&told),
        ["long 2 14", "soon 4 7", "last 6 null", "whole 6 null"]
    );
    assert_eq!(told["facts"]["months"], 6);
    assert_eq!(told["facts"]["lapsing"], serde_json::json!([]));
    // At a third of the pace, it lapses in month 15 of 18; and so does what was earned first, in month 18, which is in time.
    let told = report(TWO_STAGES, "1 ects per month");
    assert_eq!(
        months(&told),
        ["long 6 18", "soon 12 15", "last 18 null", "whole 18 null"]
    );
    assert_eq!(told["facts"]["lapsing"], serde_json::json!(["soon"]));
}

/// Nothing has to come before `fresh`, and yet its stage is the last one.
#[test]
fn a_late_stage_is_late_whatever_could_be_earned_before() {
    let text = r#"
badge fresh "Fresh" { credit 3 ects  valid for 1 months }
badge base "Base" { credit 6 ects }
pathway p "P" { stage one "One" { base }  stage two "Two" { after one  fresh } }
"#;
    let told = report(text, "3 ects per month");
    assert_eq!(months(&told), ["base 2 null", "fresh 3 4"]);
    assert_eq!(told["facts"]["lapsing"], serde_json::json!([]));
}

/// Of several that lapse, the first to lapse is told first; what declares nothing in the measure of the pace takes no time, and that is said.
#[test]
fn what_lapses_is_told_by_its_date() {
    let text = r#"
badge first "First" { credit 2 ects  valid for 8 months }
badge second "Second" { credit 2 ects  requires { first }  valid for 2 months }
badge third "Third" { credit 8 ects  requires { second } }
badge talk "Talk" { workload 3 hours  requires { third } }
pathway p "P" { stage one "One" { first  second  third  talk } }
"#;
    let told = report(text, "1 ects per month");
    assert_eq!(
        months(&told),
        ["first 2 10", "second 4 6", "third 12 null", "talk 12 null"]
    );
    assert_eq!(
        told["facts"]["lapsing"],
        serde_json::json!(["second", "first"])
    );
    let summary = told["summary"].to_string();
    assert!(
        summary.contains("it takes 12 months; `second` and `first` would lapse before the end."),
        "{summary}"
    );
    let whole = told.to_string();
    assert!(
        whole.contains("Declared without ECTS, and so taken to need no time: `talk`."),
        "{whole}"
    );
}
