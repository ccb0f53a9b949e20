//! Tests of what both Open Badges outputs share, seen through what they write.

use crate::emit::sample::{files, json, project};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n rest";
const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
const BOTH: &[&str] = &["open-badges-2", "open-badges-3"];

const ISSUER: &str =
    r#"issuer uni "University" { url <https://uni.example> email "a@uni.example" }"#;

fn paths(text: &str, assets: &[(&str, &[u8])]) -> Vec<String> {
    let files = files(&project(&format!("{ISSUER} {text}")), assets, BOTH);
    files.into_iter().map(|file| file.path).collect()
}

#[test]
fn named_pictures_are_published_and_others_drawn() {
    let text = r#"
badge a "A" { by uni about "x" image "pictures/a.svg" alt "An A" }
badge b "B" { by uni about "x" }
badge c "C" { by uni about "x" image "https://elsewhere.example/c.png" alt "A C" }
badge photo "Photo" { by uni about "x" image "photo.jpg" alt "A photo" }
badge gone "Gone" { by uni about "x" image "not-there.png" alt "Nothing" }
"#;
    let assets: &[(&str, &[u8])] = &[("pictures/a.svg", SVG), ("photo.jpg", b"\xff\xd8 jpeg")];
    let project = project(&format!("{ISSUER} {text}"));
    let files = files(&project, assets, BOTH);
    let image = |path: &str| {
        let document = json(&files, path);
        document["image"]["id"].as_str().map(str::to_owned)
    };
    let base = "https://base.example/cat/images/";
    let is = |path: &str, expected: &str| assert_eq!(image(path).as_deref(), Some(expected));
    is("open-badges-3/a.json", &format!("{base}a.svg"));
    is("open-badges-3/b.json", &format!("{base}b.svg"));
    is("open-badges-3/c.json", "https://elsewhere.example/c.png");
    is("open-badges-3/photo.json", &format!("{base}photo.jpg"));
    // Open Badges 2.0 knows PNG and SVG only.
    is("open-badges-2/photo.json", &format!("{base}photo.svg"));
    is("open-badges-3/gone.json", &format!("{base}gone.svg"));
    let a = files.iter().find(|file| file.path == "images/a.svg");
    assert_eq!(a.map(|file| file.contents.as_slice()), Some(SVG));
}

#[test]
fn no_two_pictures_share_a_path() {
    let text = r#"
badge first "One" { by uni about "x" image "x/Same.png" alt "1" }
badge two "Two" { by uni about "x" image "y/same.png" alt "2" }
badge three "Three" { by uni about "x" image "four.svg" alt "3" }
badge four "Four" { by uni about "x" }
"#;
    let other = [PNG, b"!"].concat();
    let assets: &[(&str, &[u8])] = &[
        ("x/Same.png", PNG),
        ("y/same.png", &other),
        ("four.svg", SVG),
    ];
    let mut lower: Vec<String> = paths(text, assets)
        .iter()
        .map(|path| path.to_lowercase())
        .collect();
    let before = lower.len();
    lower.dedup();
    assert_eq!(lower.len(), before, "{lower:#?}");
    let pictures = lower.iter().filter(|path| path.starts_with("images/"));
    assert_eq!(pictures.count(), 4);
}

#[test]
fn drafts_are_not_published() {
    let found = paths(
        r#"
badge done "Done" { by uni about "x" recommends { sketch } }
badge sketch "Sketch" { by uni about "x" status draft }
"#,
        &[],
    );
    assert!(
        found.iter().all(|path| !path.contains("sketch")),
        "{found:#?}"
    );
    assert!(found.iter().any(|path| path == "open-badges-3/done.json"));
}

#[test]
fn an_issuer_without_email_has_no_badge_classes_of_the_old_standard() {
    let files = files(
        &project(
            r#"issuer bare "Bare" { url <https://bare.example> } badge a "A" { by bare about "x" }"#,
        ),
        &[],
        BOTH,
    );
    assert!(
        files
            .iter()
            .all(|file| !file.path.starts_with("open-badges-2/"))
    );
    assert_eq!(
        json(&files, "open-badges-3/a.json")["creator"]["name"],
        "Bare"
    );
}

#[test]
fn what_replaces_what_is_related_both_ways() {
    let text = format!(
        r#"{ISSUER}
badge old "Old" {{ by uni about "x" version "1" status deprecated replaced by new }}
badge new "New" {{ by uni about "x" version "2" in fr {{ name "Nouveau" }} }}
"#
    );
    let files = files(&project(&text), &[], BOTH);
    let related = |path: &str| -> Vec<String> {
        let document = json(&files, path);
        let related = document["related"].as_array().cloned().unwrap_or_default();
        related
            .iter()
            .filter_map(|entry| Some(entry["id"].as_str()?.rsplit('/').next()?.to_owned()))
            .collect()
    };
    assert_eq!(related("open-badges-3/old.json"), ["new.json"]);
    assert_eq!(
        related("open-badges-3/new.json"),
        ["new.fr.json", "old.json"]
    );
    assert_eq!(
        related("open-badges-3/new.fr.json"),
        ["new.json", "old.json"]
    );
    let narrative = json(&files, "open-badges-3/old.json")["criteria"]["narrative"].clone();
    let narrative = narrative.as_str().unwrap_or_default().to_owned();
    assert!(narrative.contains("no longer awarded"), "{narrative}");
    assert!(narrative.contains("credentials/new/"), "{narrative}");
}

#[test]
fn pass_marks_and_rubrics_are_results() {
    let text = format!(
        r#"{ISSUER}
framework f "Skills" {{ skill s "Speaking" {{ can "speak" }} }}
rubric r "Speech" {{
  levels {{ good 2 "Good" bad 0 "Bad" fair 1 "Fair" }}
  criterion voice "Voice" {{ good "Heard by all" }}
  criterion pace "Pace" weight 2 {{ bad "Too fast" }}
}}
badge b "B" {{
  by uni about "x"
  assessment talk "Talk" {{ kind presentation assesses f.s rubric r pass level fair }}
  assessment quiz "Quiz" {{ kind test assesses f.s pass 60% }}
  assessment score "Score" {{ kind test assesses f.s rubric r pass 4 points }}
  assessment shown "Shown" {{ kind practical assesses f.s pass all }}
}}
"#
    );
    let files = files(&project(&text), &[], &["open-badges-3"]);
    let document = json(&files, "open-badges-3/b.json");
    let results = document["resultDescription"].as_array().cloned();
    let results = results.unwrap_or_default();
    let by = |part: &str| {
        let id = format!("https://base.example/cat/open-badges-3/b.json#{part}");
        let found = results.iter().find(|result| result["id"] == id.as_str());
        found.cloned().unwrap_or_else(|| panic!("no result {part}"))
    };
    let voice = by("talk.voice");
    let level_id = "https://base.example/cat/open-badges-3/b.json#talk.voice.fair";
    assert_eq!(voice["requiredLevel"], level_id);
    let names: Vec<_> = voice["rubricCriterionLevel"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|level| level["name"].clone())
        .collect();
    assert_eq!(names, ["Bad", "Fair", "Good"], "from low to high");
    assert_eq!(by("quiz")["requiredValue"], "60");
    assert_eq!(by("score")["valueMax"], "6");
    assert_eq!(by("score")["resultType"], "RawScore");
    assert_eq!(by("shown")["requiredValue"], "Completed");
    assert_eq!(by("quiz")["alignment"][0]["targetName"], "Speaking");
}

#[test]
fn crosswalks_become_alignments() {
    let text = format!(
        r#"{ISSUER}
use digcomp 2.2
framework f "Skills" {{ skill s "Searching" {{ can "search" }} skill t "Talking" {{ can "talk" }} }}
framework g "General" {{ skill u "Using" {{ can "use" }} }}
crosswalk f to digcomp {{ s is exactly digcomp:1.1  t is within digcomp:2.1 }}
crosswalk g to f {{ u is exactly f.s }}
badge b "B" {{ by uni about "x" assessment a "A" {{ kind test assesses f.s, f.t pass 60% }} }}
"#
    );
    let files = files(&project(&text), &[], &["open-badges-3"]);
    let document = json(&files, "open-badges-3/b.json");
    let said: Vec<(String, String)> = document["alignment"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| {
            let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
            (text("targetCode"), text("targetDescription"))
        })
        .collect();
    let pair = |code: &str, description: &str| (code.to_owned(), description.to_owned());
    assert_eq!(
        said,
        [
            pair("s", "Can search"),
            pair("t", "Can talk"),
            pair("1.1", "The same as “Searching”"),
            pair("u", "The same as “Searching”"),
            pair("2.1", "Wider than “Talking”, and includes it"),
        ]
    );
}
