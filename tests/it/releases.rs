//! Releases: what was published once stays, letter by letter, at its own address; and says what has replaced it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use gradus::workspace::{archives, packs};

use crate::support::{gradus, put};

const SETTINGS: &str = "name: demo\nversion: 1.0.0\nbase: https://badges.example.com/\nlanguages: [en, fr]\nlicence: https://creativecommons.org/publicdomain/zero/1.0/\n";

/// A project with a badge of some version in two languages, with a picture of its own, and one that needs it.
fn catalogue(version: &str, credit: u32) -> String {
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

fn picture(words: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><title>{words}</title></svg>\n"
    )
}

fn project(text: &str) -> tempfile::TempDir {
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

fn run(folder: &Path, arguments: &[&str]) {
    let ran = gradus(folder, arguments);
    assert_eq!(ran.code, 0, "{arguments:?}\n{}", ran.all());
}

/// All files below a folder, without the manifest.
fn files(folder: &Path) -> BTreeMap<String, String> {
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

fn built(folder: &Path) -> BTreeMap<String, String> {
    run(folder, &["build", "--locked"]);
    run(folder, &["build", "--check", "--locked"]);
    files(&folder.join("dist"))
}

fn json(files: &BTreeMap<String, String>, path: &str) -> Value {
    serde_json::from_str(&files[path]).expect("JSON")
}

/// `address version` of what a document names as related without a language.
fn versions(files: &BTreeMap<String, String>, path: &str) -> Vec<String> {
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
fn added(old: &str, new: &str) -> (Vec<String>, usize) {
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
fn everything_is_served(files: &BTreeMap<String, String>) {
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

const DOCUMENTS: [&str; 4] = [
    "open-badges-3/a.json",
    "open-badges-3/a.fr.json",
    "open-badges-2/a.json",
    "open-badges-2/a.fr.json",
];
const PAGES: [&str; 4] = [
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

#[test]
fn what_was_released_cannot_be_changed_by_hand() {
    let folder = project(&catalogue("1", 2));
    let path = folder.path();
    run(path, &["release"]);
    put(path, &[("all.gradus", &catalogue("2", 3))]);
    run(path, &["release"]);
    run(path, &["check"]);
    let archive = path.join("released/a.zip");
    let whole = std::fs::read(&archive).expect("an archive");
    let mut bent = whole.clone();
    let at = bent.len() / 2;
    bent[at] ^= 1;
    for (contents, words) in [
        (
            Some(&bent),
            "`released/a.zip` is not the archive that was released, as `gradus.lock` records it",
        ),
        (
            None,
            "`released/a.zip` is recorded in `gradus.lock` and not there",
        ),
    ] {
        match contents {
            Some(contents) => std::fs::write(&archive, contents).expect("written"),
            None => std::fs::remove_file(&archive).expect("removed"),
        }
        for command in ["check", "build", "release"] {
            let ran = gradus(path, &[command, "--format", "concise"]);
            assert_eq!(ran.code, 1, "{command}\n{}", ran.all());
            let expected = format!("all.gradus:5:7: error[publish/released-damaged]: {words}");
            assert!(ran.out.contains(&expected), "{command}\n{}", ran.all());
        }
        for command in ["check", "build"] {
            let ran = gradus(path, &[command, "--locked"]);
            assert_eq!(ran.code, 2, "{command}\n{}", ran.all());
            assert!(ran.err.contains(words), "{}", ran.all());
        }
    }
    std::fs::write(&archive, whole).expect("written");
    run(path, &["check", "--locked"]);
    // A name in the lock leads to no other folder.
    let lock = std::fs::read_to_string(path.join("gradus.lock")).expect("a lock");
    let bad = lock.replace("documents: \"a\"", "documents: \"../a\"");
    assert_ne!(lock, bad);
    put(path, &[("gradus.lock", &bad)]);
    let ran = gradus(path, &["check", "--format", "concise"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains("project/bad-lock"), "{}", ran.all());
}

#[test]
fn a_released_document_that_is_none_is_told_and_not_lost_silently() {
    let folder = project(&catalogue("1", 2));
    let path = folder.path();
    run(path, &["release"]);
    put(path, &[("all.gradus", &catalogue("2", 3))]);
    run(path, &["release"]);
    let whole = std::fs::read(path.join("released/a.zip")).expect("an archive");
    let mut files = archives::open(path, "a").expect("files");
    for file in &mut files {
        if file.output == "open-badges-3" {
            file.contents = b"[]\n".as_slice().into();
        }
    }
    let bytes = archives::pack(&files).expect("small");
    archives::write(path, "a", &bytes).expect("written");
    let lock = std::fs::read_to_string(path.join("gradus.lock")).expect("a lock");
    let lock = lock.replace(&packs::digest(&whole), &packs::digest(&bytes));
    put(path, &[("gradus.lock", &lock)]);
    let ran = gradus(path, &["check", "--format", "concise"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    let words = "error[publish/released-damaged]: `open-badges-3/a.json` in `released/a.zip` is no document of a badge, and is left out of the list of achievements: it has no `id`";
    assert!(ran.out.contains(words), "{}", ran.all());
    // The rule cannot be turned off, so that no build leaves the document out.
    let ran = gradus(path, &["build"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(!path.join("dist").exists());
    let settings = std::fs::read_to_string(path.join("gradus.yaml")).unwrap_or_default();
    let off = format!("{settings}lint:\n  publish/released-damaged: off\n");
    put(path, &[("gradus.yaml", &off)]);
    let ran = gradus(path, &["build"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(ran.all().contains("cannot be lowered"), "{}", ran.all());
    assert!(!path.join("dist").exists());
}

#[test]
fn a_release_writes_the_same_bytes_everywhere() {
    let make = || {
        let folder = project(&catalogue("1", 2));
        run(folder.path(), &["release"]);
        put(folder.path(), &[("all.gradus", &catalogue("2", 3))]);
        run(folder.path(), &["release"]);
        folder
    };
    let (one, other) = (make(), make());
    for name in [
        "gradus.lock",
        "released/a.zip",
        "released/a.v2.zip",
        "released/b.zip",
    ] {
        let read = |folder: &tempfile::TempDir| std::fs::read(folder.path().join(name));
        assert_eq!(
            read(&one).expect("written"),
            read(&other).expect("written"),
            "{name}"
        );
    }
    assert_eq!(built(one.path()), built(other.path()));
}

/// A second release of the same version may add to its archive, and takes nothing out of it.
#[test]
fn what_was_released_stays_in_the_archive_when_less_is_published() {
    let folder = project(&catalogue("1", 2));
    let folder = folder.path();
    run(folder, &["release"]);
    let settings = SETTINGS.replace("[en, fr]", "[en]") + "publish: [open-badges-3]\n";
    let text = catalogue("1", 2)
        .replace("in fr { name \"Maison\" }", "")
        .replace("  in fr { name \"Lire des graphiques\" }\n", "");
    put(folder, &[("gradus.yaml", &settings), ("all.gradus", &text)]);
    let names = |archive: &str| -> Vec<String> {
        let file = std::fs::File::open(folder.join(archive)).expect("an archive");
        let zip = zip::ZipArchive::new(file).expect("a whole archive");
        zip.file_names()
            .map(|name| name.expect("a name").into_owned())
            .collect()
    };
    let before = names("released/a.zip");
    assert!(before.iter().any(|name| name.contains("fr")), "{before:?}");
    assert!(
        before.iter().any(|name| name.contains("open-badges-2")),
        "{before:?}"
    );
    run(folder, &["release"]);
    assert_eq!(names("released/a.zip"), before);
}

/// What was promised at an address stays there when an output or a language is given up: of earlier versions and of today's.
#[test]
fn what_was_released_stays_in_the_build_when_less_is_published() {
    let folder = project(&catalogue("1", 2));
    let folder = folder.path();
    run(folder, &["release"]);
    let first = built(folder);
    let less = |version: &str, credit| {
        let text = catalogue(version, credit);
        text.replace("in fr { name \"Maison\" }", "")
            .replace("  in fr { name \"Lire des graphiques\" }\n", "")
    };
    let settings = SETTINGS.replace("[en, fr]", "[en]") + "publish: [open-badges-3]\n";
    put(
        folder,
        &[("gradus.yaml", &settings), ("all.gradus", &less("1", 2))],
    );
    let today = built(folder);
    for name in DOCUMENTS.iter().chain(&PAGES).skip(1) {
        assert_eq!(first.get(*name), today.get(*name), "{name}");
    }
    // Whoever verifies a badge of the output that was given up needs its issuer.
    let issuer = "open-badges-2/issuers/h.json";
    assert_eq!(first.get(issuer), today.get(issuer));
    // Building one output leaves the rest in place.
    run(folder, &["build", "--only", "open-badges-3"]);
    assert_eq!(files(&folder.join("dist")), today);
    run(folder, &["release"]);
    assert_eq!(built(folder), today);

    // An earlier version of the same: without links to documents that nobody publishes.
    put(folder, &[("all.gradus", &less("2", 3))]);
    run(folder, &["release"]);
    let later = built(folder);
    for name in DOCUMENTS.iter().chain(&PAGES) {
        if name.starts_with("open-badges-3") {
            assert_eq!(versions(&later, name), ["open-badges-3/a.v2.json 2"]);
        } else {
            assert_eq!(first.get(*name), later.get(*name), "{name}");
        }
    }
    // A page in a language that was given up says in its own language what has replaced it.
    let settings = SETTINGS.replace("[en, fr]", "[en]");
    put(folder, &[("gradus.yaml", &settings)]);
    let pages = built(folder);
    let page = &pages["fr/credentials/a/index.md"];
    let (more, lost) = added(&first["fr/credentials/a/index.md"], page);
    assert_eq!(lost, 0, "{more:?}");
    let more = more.join("\n");
    assert!(
        more.contains("(../../../credentials/a.v2/index.md)"),
        "{more}"
    );
    assert!(more.contains("version antérieure"), "{more}");
}

/// Documents name the profile of their issuer: it is served as long as they are, with its picture, also where the issuer is no more.
#[test]
fn the_profile_of_an_issuer_stays_as_long_as_documents_name_it() {
    let before = |version: &str| {
        catalogue(version, 2).replace(
            "issuer h \"House\" {",
            "issuer h \"House\" { image \"images/h.svg\" alt \"A house\" ",
        )
    };
    let folder = project(&before("1"));
    let folder = folder.path();
    put(folder, &[("images/h.svg", &picture("house"))]);
    run(folder, &["release"]);
    let first = built(folder);
    let of_issuer = [
        "open-badges-3/issuers/h.json",
        "open-badges-2/issuers/h.json",
        "images/h.svg",
    ];
    // While the issuer is there, its profile and its picture are those of today.
    let moved = before("1").replace("h@h.example.com", "new@h.example.com");
    put(
        folder,
        &[
            ("all.gradus", &moved),
            ("images/h.svg", &picture("new house")),
        ],
    );
    let today = built(folder);
    for path in of_issuer {
        assert_ne!(first.get(path), today.get(path), "{path}");
    }
    run(folder, &["release"]);

    // The house is closed; another one goes on.
    let closed = catalogue("2", 2)
        .replace("issuer h ", "issuer k ")
        .replace("by h", "by k")
        .replace("badge b \"Next\" {", "badge b \"Next\" { version \"2\" ");
    put(folder, &[("all.gradus", &closed)]);
    std::fs::remove_file(folder.join("images/h.svg")).expect("removed");
    run(folder, &["release"]);
    let later = built(folder);
    for path in of_issuer {
        assert_eq!(today.get(path), later.get(path), "{path}");
    }
    assert!(later["open-badges-3/a.json"].contains("open-badges-3/issuers/h.json"));
    assert!(later["open-badges-3/a.v2.json"].contains("open-badges-3/issuers/k.json"));
    everything_is_served(&later);
    run(folder, &["build", "--only", "open-badges-3"]);
    assert_eq!(files(&folder.join("dist")), later);

    // Nothing of the output is published any more.
    let settings = SETTINGS.to_owned() + "publish: [pathways]\n";
    put(folder, &[("gradus.yaml", &settings)]);
    let pages = built(folder);
    for path in of_issuer {
        assert_eq!(today.get(path), pages.get(path), "{path}");
    }
    // The profile of an issuer that is there is of today, though no output that is published makes it.
    let moved = closed.replace("h@h.example.com", "new@k.example.com");
    put(folder, &[("all.gradus", &moved)]);
    let profile = &built(folder)["open-badges-3/issuers/k.json"];
    assert!(profile.contains("new@k.example.com"), "{profile}");
}

/// A release does not go on over archives that are gone or are not those that were released.
#[test]
fn a_release_refuses_archives_that_were_changed() {
    let folder = project(&catalogue("1", 2));
    let folder = folder.path();
    run(folder, &["release"]);
    let archive = folder.join("released/a.zip");
    let sound = std::fs::read(&archive).expect("an archive");
    for spoilt in [Some("garbage"), None] {
        match spoilt {
            Some(text) => std::fs::write(&archive, text).expect("written"),
            None => std::fs::remove_file(&archive).expect("removed"),
        }
        for arguments in [&["release"][..], &["release", "--check"]] {
            let ran = gradus(folder, arguments);
            assert_eq!(ran.code, 1, "{}", ran.all());
            assert!(ran.all().contains("released/a.zip"), "{}", ran.all());
            assert!(ran.all().contains("version control"), "{}", ran.all());
        }
    }
    std::fs::write(&archive, sound).expect("written");
    run(folder, &["release", "--check"]);
}

/// Where a lock that cannot be read records releases, nobody is told to remove it.
#[test]
fn a_bad_lock_with_releases_is_to_be_restored() {
    let folder = project(&catalogue("1", 2));
    let folder = folder.path();
    run(folder, &["release"]);
    let lock = std::fs::read_to_string(folder.join("gradus.lock")).expect("a lock");
    put(folder, &[("gradus.lock", &format!("{lock}<<<<<<< ours\n"))]);
    let ran = gradus(folder, &["check"]);
    assert!(ran.all().contains("version control"), "{}", ran.all());
    assert!(!ran.all().contains("remove it"), "{}", ran.all());
}

/// A version comes after those that were released, or is one of them as it was.
#[test]
fn a_version_that_comes_before_the_released_one_is_refused() {
    let folder = project(&catalogue("2.10", 2));
    let folder = folder.path();
    run(folder, &["release"]);
    let lock = std::fs::read_to_string(folder.join("gradus.lock")).expect("a lock");
    put(folder, &[("all.gradus", &catalogue("2.9", 3))]);
    for arguments in [&["release"][..], &["release", "--check"]] {
        let ran = gradus(folder, arguments);
        assert_eq!(ran.code, 2, "{}", ran.all());
        let words = "nothing was released: `a` has version 2.9, and 2.10 is released already";
        assert!(ran.err.contains(words), "{}", ran.all());
        assert!(!ran.out.contains("moved on"), "{}", ran.all());
    }
    let after = std::fs::read_to_string(folder.join("gradus.lock")).expect("a lock");
    assert_eq!(lock, after);
    // A later one is released; and the earlier one again, where it is as it was.
    put(folder, &[("all.gradus", &catalogue("3", 3))]);
    run(folder, &["release"]);
    put(folder, &[("all.gradus", &catalogue("2.10", 2))]);
    run(folder, &["release"]);
}
