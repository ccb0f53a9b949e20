//! `gradus diff` says which `formerly` was forgotten: where something is gone and something new looks like it.

use crate::support::{gradus, put};

const OLD: &str = r#"framework f "F" {
  area one "One" {
    skill draw "Drawing charts" { can "draw" }
    skill read "Reading charts" { can "read" }
  }
  area two "Two" { skill count "Counting" { can "count" } }
}
badge chart-reader "Chart Reader" { criteria "Reads ten charts." }
badge tables "Tables" { criteria "Finds three numbers in a table of a hundred rows, and says what each of them means." }
badge other "Other" { criteria "Something." }
badge twin "Twin" { criteria "A." }
pathway way "The way" { stage s "S" { other } }
"#;

/// The ids differ, and nothing else; but for what is called alike twice, or stands elsewhere, nothing is said.
const NEW: &str = r#"framework f "F" {
  area one "One" {
    skill drawing "Drawing charts" { can "draw" }
    skill write "Writing reports" { can "write" }
  }
  area two "Two" { skill sum "Counting up" { can "count" }  skill reading "Reading charts" { can "read" } }
}
badge charts "Chart  reader" { criteria "Quite another thing." }
badge table-reader "Reading tables" { criteria "Finds three numbers in a table of a hundred rows, and says what each of them means." }
badge new "New" { criteria "Something." }
badge twin-a "Twin" { criteria "A." }
badge twin-b "Twin" { criteria "A." }
pathway road "The way" { stage s "S" { new } }
"#;

#[test]
fn what_formerly_would_join_is_hinted_at() {
    let folder = tempfile::tempdir().expect("a folder");
    put(
        folder.path(),
        &[("old/a.gradus", OLD), ("new/a.gradus", NEW)],
    );
    let ran = gradus(folder.path(), &["diff", "old", "new", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let hints: Vec<(&str, &str)> = document["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .filter_map(|change| Some((change["id"].as_str()?, change["hint"].as_str()?)))
        .collect();
    assert_eq!(
        hints,
        [
            (
                "chart-reader",
                "write `formerly chart-reader` in `charts` if that is the same credential under another id"
            ),
            (
                "tables",
                "write `formerly tables` in `table-reader` if that is the same credential under another id"
            ),
            (
                "way",
                "write `formerly way` in `road` if that is the same pathway under another id"
            ),
            (
                "f.one.draw",
                "write `formerly draw` in `f.one.drawing` if that is the same item under another id"
            ),
        ]
    );
    for (format, words) in [
        (
            "text",
            "             write `formerly way` in `road` if that is",
        ),
        (
            "md",
            "  Write `formerly way` in `road` if that is the same pathway under another id.\n",
        ),
        ("sarif", "write `formerly way` in `road`"),
        ("github", "write `formerly way` in `road`"),
    ] {
        let ran = gradus(folder.path(), &["diff", "old", "new", "--format", format]);
        assert!(ran.out.contains(words), "{format}\n{}", ran.out);
    }
    // Whoever does as the hints say has renamed the things, and nothing of them is gone.
    let mended = NEW
        .replace(
            "badge charts \"Chart  reader\" {",
            "badge charts \"Chart  reader\" { formerly chart-reader ",
        )
        .replace(
            "\"Reading tables\" {",
            "\"Reading tables\" { formerly tables ",
        )
        .replace("\"The way\" {", "\"The way\" { formerly way ")
        .replace(
            "skill drawing \"Drawing charts\" {",
            "skill drawing \"Drawing charts\" { formerly draw ",
        );
    put(folder.path(), &[("new/a.gradus", &mended)]);
    let ran = gradus(folder.path(), &["diff", "old", "new", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let rules = |rule: &str| -> Vec<String> {
        let changes = document["changes"].as_array().expect("changes").iter();
        changes
            .filter(|change| change["rule"] == rule)
            .map(|change| change["id"].as_str().unwrap_or("").to_owned())
            .collect()
    };
    assert_eq!(
        rules("change/renamed"),
        ["charts", "table-reader", "road", "f.one.drawing"]
    );
    assert!(
        document["changes"]
            .as_array()
            .expect("changes")
            .iter()
            .all(|change| change["hint"].is_null())
    );
}
