//! Releases: what was published once stays, letter by letter, at its own address; and says what has replaced it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::support::{gradus, put};

pub const SETTINGS: &str = "name: demo\nversion: 1.0.0\nbase: https://badges.example.com/\nlanguages: [en, fr]\nlicence: https://creativecommons.org/publicdomain/zero/1.0/\n";

/// A project with a badge of some version in two languages, with a picture of its own, and one that needs it.
pub fn catalogue(version: &str, credit: u32) -> String {
    format!(
        r#"
issuer h "House" {{ url <https://h.example.com>  email "h@h.example.com"  in fr {{ name "Maison" }} }}
defaults {{ by h }}
framework data "Data" {{ skill chart "Charts" {{ can "read a chart" }} }}
badge a "Reading charts" {{
  version "{version}"
  about "Reads charts."
  criteria "Draws a chart."
  credit {credit} ects
  assessment task "A task" {{ assesses data.chart  pass 60% }}
  image "images/a.svg" alt "A chart"
  in fr {{ name "Lire des graphiques" }}
}}
badge b "Next" {{ criteria "More."  requires {{ a }} }}
"#
    )
}

pub fn picture(words: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><title>{words}</title></svg>\n"
    )
}

pub fn project(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(
        folder.path(),
        &[
            ("gradus.yaml", SETTINGS),
            ("all.gradus", text),
            ("images/a.svg", &picture("one")),
        ],
    );
    folder
}

pub fn run(folder: &Path, arguments: &[&str]) {
    let ran = gradus(folder, arguments);
    assert_eq!(ran.code, 0, "{arguments:?}\n{}", ran.all());
}

/// All files below a folder, without the manifest.
pub fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("inside");
            let name = name.to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if !name.starts_with('.') {
                found.insert(name, std::fs::read_to_string(&path).expect("text"));
            }
        }
    }
    found
}

pub fn built(folder: &Path) -> BTreeMap<String, String> {
    run(folder, &["build", "--locked"]);
    run(folder, &["build", "--check", "--locked"]);
    files(&folder.join("dist"))
}

pub fn json(files: &BTreeMap<String, String>, path: &str) -> Value {
    serde_json::from_str(&files[path]).expect("JSON")
}

/// `address version` of what a document names as related without a language.
pub fn versions(files: &BTreeMap<String, String>, path: &str) -> Vec<String> {
    let document = json(files, path);
    let related = document["related"].as_array().cloned().unwrap_or_default();
    related
        .iter()
        .filter(|one| one.get("inLanguage").is_none() && one.get("@language").is_none())
        .map(|one| {
            let id = one["id"].as_str().expect("an address");
            let id = id.strip_prefix("https://badges.example.com/").unwrap_or(id);
            format!("{id} {}", one["version"].as_str().unwrap_or("-"))
        })
        .collect()
}

/// The lines that one text has and the other has not.
pub fn added(old: &str, new: &str) -> (Vec<String>, usize) {
    let mut left: Vec<&str> = old.lines().collect();
    let mut more = Vec::new();
    for line in new.lines() {
        if left.first() == Some(&line) {
            left.remove(0);
        } else {
            more.push(line.to_owned());
        }
    }
    (more, left.len())
}

/// Every address below the base that a document names leads to a file.
pub fn everything_is_served(files: &BTreeMap<String, String>) {
    let mut seen = 0;
    for (path, text) in files {
        for rest in text.split("https://badges.example.com/").skip(1) {
            let end = rest
                .find(|letter: char| !(letter.is_ascii_alphanumeric() || "-._/".contains(letter)))
                .unwrap_or(rest.len());
            let target = &rest[..end];
            let target = if target.is_empty() || target.ends_with('/') {
                format!("{target}index.html")
            } else {
                target.to_owned()
            };
            assert!(files.contains_key(&target), "{path} names {target}");
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen}");
}

pub const DOCUMENTS: [&str; 4] = [
    "open-badges-3/a.json",
    "open-badges-3/a.fr.json",
    "open-badges-2/a.json",
    "open-badges-2/a.fr.json",
];
pub const PAGES: [&str; 4] = [
    "credentials/a/index.html",
    "credentials/a/index.md",
    "fr/credentials/a/index.html",
    "fr/credentials/a/index.md",
];

#[test]
fn an_earlier_version_stays_at_its_address_and_both_name_each_other() {
    let folder = project(&catalogue("1", 2));
    let path = folder.path();
    run(path, &["release"]);
    let first = built(path);

    put(
        path,
        &[
            ("all.gradus", &catalogue("2", 3)),
            ("images/a.svg", &picture("two")),
        ],
    );
    // Before it is released, and after.
    let before = built(path);
    run(path, &["release"]);
    let second = built(path);
    assert_eq!(before, second);

    for name in DOCUMENTS {
        let newer = name.replacen("/a.", "/a.v2.", 1);
        let (more, lost) = added(&first[name], &second[name]);
        assert_eq!(lost, 0, "{name}: {more:?}");
        assert_eq!(versions(&second, name), [format!("{newer} 2")], "{name}");
        assert_eq!(versions(&second, &newer), [format!("{name} 1")]);
        let mut without = json(&second, name);
        without["related"].as_array_mut().expect("a list").pop();
        assert_eq!(without, json(&first, name), "{name}");
    }
    for name in PAGES {
        let (more, lost) = added(&first[name], &second[name]);
        assert_eq!(lost, 0, "{name}: {more:?}");
        let target = if name.ends_with(".md") {
            "(../a.v2/index.md)"
        } else {
            "href=\"../a.v2/index.html\""
        };
        assert!(more.join("\n").contains(target), "{name}: {more:?}");
        let newer = name.replacen("credentials/a/", "credentials/a.v2/", 1);
        let back = target.replace("a.v2", "a");
        assert!(second[&newer].contains(&back), "{newer}");
    }
    // The pictures are two files; the old one is as it was.
    assert_eq!(first["images/a.svg"], second["images/a.svg"]);
    let image = json(&second, "open-badges-3/a.v2.json")["image"]["id"].clone();
    let image = image.as_str().expect("an address");
    let image = image.strip_prefix("https://badges.example.com/");
    assert_eq!(
        second.get(image.expect("below the base")),
        Some(&picture("two"))
    );
    // What needs the badge leads to the version of today; the index lists every document.
    assert!(second["credentials/b/index.md"].contains("../a.v2/index.md"));
    let index = json(&second, "open-badges-3/index.json");
    let listed: BTreeSet<&str> = index["achievements"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    assert_eq!(listed.len(), 5, "{listed:?}");
    everything_is_served(&second);

    // A third version: both earlier ones name it, and it names both.
    put(path, &[("all.gradus", &catalogue("3.0", 4))]);
    run(path, &["release"]);
    let third = built(path);
    let newest = "open-badges-3/a.v3.0.json";
    let earlier = ["open-badges-3/a.json 1", "open-badges-3/a.v2.json 2"];
    assert_eq!(versions(&third, newest), earlier);
    let newest = format!("{newest} 3.0");
    assert_eq!(versions(&third, "open-badges-3/a.json"), [newest.as_str()]);
    assert_eq!(
        versions(&third, "open-badges-3/a.v2.json"),
        ["open-badges-3/a.json 1", newest.as_str()]
    );
    everything_is_served(&third);

    // Taken back to the second: it has its address again, and no document is there twice.
    put(
        path,
        &[
            ("all.gradus", &catalogue("2", 3)),
            ("images/a.svg", &picture("two")),
        ],
    );
    let back = built(path);
    assert_eq!(
        versions(&back, "open-badges-3/a.v2.json"),
        ["open-badges-3/a.json 1", "open-badges-3/a.v3.0.json 3.0"]
    );
    // The third had named the second already, and names it once.
    assert_eq!(
        versions(&back, "open-badges-3/a.v3.0.json"),
        ["open-badges-3/a.json 1", "open-badges-3/a.v2.json 2"]
    );
    run(path, &["release"]);
    let lock = std::fs::read_to_string(path.join("gradus.lock")).expect("a lock");
    assert_eq!(lock.matches("documents: \"a.v2\"").count(), 1, "{lock}");
    assert_eq!(built(path), back);
}

#[test]
fn documents_outlive_the_credential() {
    let folder = project(&catalogue("1", 2));
    let path = folder.path();
    run(path, &["release"]);
    let first = built(path);
    let text = catalogue("1", 2);
    let (without, _) = text.split_once("badge a").expect("the badge");
    put(
        path,
        &[(
            "all.gradus",
            &format!("{without}badge b \"Next\" {{ criteria \"More.\" version \"2\" }}\n"),
        )],
    );
    run(path, &["release"]);
    let later = built(path);
    for name in DOCUMENTS.iter().chain(&PAGES) {
        assert_eq!(first[*name], later[*name], "{name}");
    }
    assert_eq!(first["images/a.svg"], later["images/a.svg"]);
    // What is a draft again keeps what people hold; its page is that of the draft.
    let draft = catalogue("1", 2).replace("version \"1\"", "version \"1\"  status draft");
    put(path, &[("all.gradus", &draft)]);
    run(path, &["build"]);
    let draft = files(&path.join("dist"));
    for name in DOCUMENTS {
        assert_eq!(first[name], draft[name], "{name}");
    }
    assert_ne!(
        first["credentials/a/index.md"],
        draft["credentials/a/index.md"]
    );
}

#[test]
fn an_iri_that_was_released_stays_with_its_version() {
    let with_iri = |version: &str, credit| {
        catalogue(version, credit).replace(
            "  about \"Reads",
            "  iri <https://badges.example.com/old/chart.json>\n  about \"Reads",
        )
    };
    let folder = project(&with_iri("1", 2));
    let path = folder.path();
    run(path, &["release"]);
    let first = built(path);
    put(path, &[("all.gradus", &with_iri("2", 3))]);
    run(path, &["release"]);
    let second = built(path);
    assert_eq!(
        added(&first["old/chart.json"], &second["old/chart.json"]).1,
        0
    );
    assert_eq!(
        versions(&second, "open-badges-3/a.v2.json"),
        ["old/chart.json 1"]
    );
    assert_eq!(
        versions(&second, "old/chart.json"),
        ["open-badges-3/a.v2.json 2"]
    );
    everything_is_served(&second);
}
