//! Results, pass marks and rubrics: what assessments cannot have is told, and counted.

use super::super::tests_support::{bundle, has_all};
use super::*;

fn read(text: &str) -> SourceFiles {
    read_badges(&bundle(&[("a.json", text)])).unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn file<'s>(source: &'s SourceFiles, name: &str) -> &'s str {
    let mut files = source.files.iter();
    let found = files.find(|(known, _)| known == name);
    found.map_or("", |(_, text)| text.as_str())
}

/// One badge with these results.
fn with(results: &str) -> SourceFiles {
    read(&format!(
        r#"{{"type": "Achievement", "id": "https://a.example/1", "name": "One", "description": "First.", "criteria": {{"narrative": "Do."}},
        "creator": {{"id": "https://a.example/", "type": "Profile", "name": "School"}}, "resultDescription": [{results}]}}"#
    ))
}

#[test]
fn translations_of_a_shared_rubric_come_from_every_badge() {
    let edition = |number: u32, tag: &str, other: &str, level: &str, cell: &str| {
        format!(
            r##"{{"type": "Achievement", "id": "https://a.example/{number}{tag}", "name": "Badge {number} {tag}", "description": "x", "inLanguage": "{tag}",
            "criteria": {{"narrative": "Do."}}, "creator": {{"id": "https://a.example/", "type": "Profile", "name": "School"}},
            "related": [{{"id": "https://a.example/{number}{other}", "type": "Related", "inLanguage": "{other}"}}],
            "resultDescription": [{{"id": "#talk.style", "type": "ResultDescription", "name": "Talk: Style", "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": [{{"id": "#talk.style.good", "name": "{level}", "description": "{cell}", "points": "1"}}]}}]}}"##
        )
    };
    let badges = [
        edition(1, "en", "de", "Good", "Reads well"),
        edition(1, "de", "en", "Gut", "Liest sich gut"),
        edition(2, "en", "fr", "Good", "Reads well"),
        edition(2, "fr", "en", "Bon", "Se lit bien"),
        edition(3, "en", "fr", "Good", "Reads well"),
        edition(3, "fr", "en", "Bien", "Se lit bien"),
    ];
    let source = read(&format!("[{}]", badges.join(",")));
    let rubrics = file(&source, "rubrics.gradus");
    assert_eq!(rubrics.matches("rubric ").count(), 1, "{rubrics}");
    has_all(
        rubrics,
        &[
            "in de",
            "\"Gut\"",
            "\"Liest sich gut\"",
            "in fr",
            "\"Bon\"",
            "\"Se lit bien\"",
        ],
    );
    let reason = "rubrics shared by badges that word them otherwise in another language; the first words count";
    assert_eq!(source.tally.count(Outcome::Merged, reason), 1);
}

#[test]
fn what_a_result_says_besides_its_pass_mark_is_kept_as_a_comment() {
    let source = with(
        r##""https://a.example/results/1",
        {"id": "#t", "type": "ResultDescription", "name": "Test", "resultType": "Percent", "valueMin": "20", "valueMax": "80", "uncertainty": "5"},
        {"id": "#t.a", "type": "ResultDescription", "name": "Test: A", "resultType": "RubricCriterionLevel", "requiredLevel": "#t.a.y", "requiredValue": "y",
         "rubricCriterionLevel": [{"id": "#t.a.x", "name": "X", "points": "1"}, {"id": "#t.a.y", "name": "Y", "points": "two", "grade": "B"}]},
        {"id": "#u", "type": "ResultDescription", "name": "Share", "resultType": "Percent", "valueMin": "0", "valueMax": "1", "requiredValue": "0.6"},
        {"id": "#v", "type": "ResultDescription", "name": "Points", "resultType": "Percent", "requiredValue": "60"},
        {"id": "#v.b", "type": "ResultDescription", "name": "Points: B", "resultType": "RubricCriterionLevel", "requiredLevel": "#v.b.y",
         "rubricCriterionLevel": [{"id": "#v.b.x", "name": "Fair", "points": "1"}, {"id": "#v.b.y", "name": "Fine", "points": "2"}]},
        {"id": "#w", "type": "ResultDescription", "name": "Done", "resultType": "Status", "requiredValue": "Completed", "allowedValue": ["Failed", "Completed", "Late"]},
        {"id": "#z", "type": "ResultDescription", "name": "Gone", "resultType": "RubricCriterionLevel", "requiredLevel": "#nowhere"}"##,
    );
    let text = file(&source, "badges.gradus");
    has_all(
        text,
        &[
            "# Test, valueMin: 20",
            "# Test, valueMax: 80",
            "# Test, uncertainty: 5",
            "# Test: A, points: two",
            "# Test: A, grade: B",
            "# Test: A, requiredValue: y",
            "pass 60%",
            "# Points: B, level that is asked for: Fine",
            "# Done, allowedValue: Failed, Completed, Late",
            "# Gone, requiredLevel: #nowhere",
        ],
    );
    assert!(!text.contains("0.6"), "{text}");
    let counts: Vec<_> = source
        .tally
        .kinds()
        .filter(|(kind, _)| *kind == "result")
        .collect();
    let (_, counts) = counts.first().expect("results");
    assert_eq!((counts.read, counts.kept, counts.skipped), (8, 7, 1));
    let noted = |field: &str| {
        let reason =
            format!("`{field}` of results, which assessments have no place for, kept as comments");
        source.tally.count(Outcome::Noted, &reason)
    };
    for field in [
        "valueMin",
        "valueMax",
        "uncertainty",
        "points",
        "grade",
        "requiredValue",
        "allowedValue",
        "requiredLevel",
    ] {
        assert_eq!(noted(field), 1, "{field}");
    }
    let beside =
        "levels that are asked for beside a pass mark or in some criteria only, kept as comments";
    assert_eq!(source.tally.count(Outcome::Noted, beside), 1);
}
