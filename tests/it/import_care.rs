//! Imports, one beside the other and once more: nothing is lost, nothing is silent, and faults are said where they are.

use std::path::Path;

use crate::support::{gradus, put};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn read(home: &Path, file: &str) -> String {
    std::fs::read_to_string(home.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn run(home: &Path, line: &str) -> crate::support::Ran {
    gradus(home, &line.split(' ').collect::<Vec<_>>())
}

#[test]
fn imports_at_the_same_time_all_stand_in_the_lock() {
    const AT_ONCE: usize = 8;
    let home = home();
    put(home.path(), &[("house.csv", "code,label\n1,Sawing\n")]);
    let table = "subject_id\tpredicate_id\tobject_id\tmapping_justification\nx:1\tskos:exactMatch\ty:1\tsemapv:ManualMappingCuration\n";
    put(home.path(), &[("strange.tsv", table), ("a.gradus", TRADE)]);
    std::thread::scope(|scope| {
        for number in 0..AT_ONCE {
            let home = home.path();
            scope.spawn(move || {
                let line = match number % 2 {
                    0 => format!("import house.csv --version 1 --as house{number}"),
                    _ => format!("crosswalk import strange.tsv --as strange-{number}"),
                };
                let ran = run(home, &line);
                assert_eq!(ran.code, 0, "{}", ran.all());
            });
        }
    });
    let lock = read(home.path(), "gradus.lock");
    assert_eq!(lock.matches("sha256:").count(), AT_ONCE, "{lock}");
    let ran = run(home.path(), "check --locked");
    assert!(!ran.all().contains("pinned"), "{}", ran.all());
    let left = std::fs::read_dir(home.path()).expect("a folder");
    let left = left.filter(|entry| {
        let name = entry.as_ref().expect("an entry").file_name();
        name.to_string_lossy().starts_with('.')
    });
    assert_eq!(left.count(), 0, "nothing is left behind");
}

/// The names of targets in all documents of a folder, by file.
fn target_names(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    for path in files {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).expect("a document");
        let names = text.lines().filter(|line| line.contains("\"targetName\""));
        found.extend(names.map(|line| format!("{name}: {}", line.trim().trim_end_matches(','))));
    }
    found
}

#[test]
fn names_of_targets_elsewhere_come_back_with_their_badges() {
    let home = home();
    let catalogue = r#"issuer school "School" { url <https://school.example/>  email "office@school.example" }
framework sea "Sea" {
  skill rope "Rope" {
    can "tie knots"
    is within <https://elsewhere.example/ropework> "Ropework"
  }
}
badge knots "Knots" {
  by school
  about "Ties knots."
  teaches sea.rope
  assessment test "Test" { assesses sea.rope  pass 50% }
  relates to <https://elsewhere.example/sailing> "Sailing"
}
"#;
    let settings = "name: sea\nbase: https://school.example/badges/\npublish: [open-badges-3]\n";
    put(
        home.path(),
        &[
            ("old/gradus.yaml", settings),
            ("old/sea.gradus", catalogue),
            ("new/gradus.yaml", settings),
        ],
    );
    let (old, new) = (home.path().join("old"), home.path().join("new"));
    let ran = run(&old, "build");
    assert_eq!(ran.code, 0, "{}", ran.all());
    let before = target_names(&old.join("dist/open-badges-3"));
    for name in ["\"Ropework\"", "\"Sailing\""] {
        let named = before.iter().any(|line| line.ends_with(name));
        assert!(named, "{name} {before:#?}");
    }
    let ran = run(&new, "import ../old/dist/open-badges-3 --source");
    assert_eq!(ran.code, 0, "{}", ran.all());
    let ran = run(&new, "build");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert_eq!(target_names(&new.join("dist/open-badges-3")), before);
}

const STRANGE: &str = "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\n";

#[test]
fn the_plan_of_a_large_table_is_short_and_json_has_all_of_it() {
    let home = home();
    let mut table = STRANGE.to_owned();
    for number in 0..500 {
        let predicate = if number < 7 {
            "skos:broadMatch"
        } else {
            "skos:exactMatch"
        };
        table += &format!(
            "x:{number}\tThing {number}\t{predicate}\ty:{number}\tsemapv:ManualMappingCuration\n"
        );
    }
    put(home.path(), &[("strange.tsv", &table), ("a.gradus", TRADE)]);
    let ran = run(home.path(), "crosswalk import strange.tsv --plan");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(ran.out.lines().count() < 20, "{}", ran.out);
    for part in [
        "493  skos:exactMatch",
        "7  skos:broadMatch",
        "`Thing 0`",
        "would write `frameworks/strange.sssom.tsv`",
        "--report json",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    assert!(!home.path().join("frameworks").exists());
    let ran = run(
        home.path(),
        "crosswalk import strange.tsv --plan --report json",
    );
    let told: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(told["written"], false);
    let contents = told["tables"][0]["contents"].as_str().unwrap_or_default();
    assert!(contents.contains("Thing 499"), "{}", ran.out);
    assert_eq!(told["tables"][0]["records"][0]["read"], 500);
}

#[test]
fn a_pathway_is_told_from_a_framework() {
    let home = home();
    let pathway = r#"[{"@type": "ceterms:Pathway", "@id": "https://a.example/p", "ceterms:hasDestinationComponent": ["https://a.example/c"]},
      {"@type": "ceterms:ComponentCondition", "@id": "_:b"}]"#;
    put(
        home.path(),
        &[
            ("pathway.json", pathway),
            ("all/pathway.json", pathway),
            ("all/house.csv", "code,label\n1,Sawing\n2,Planing\n"),
        ],
    );
    let ran = run(home.path(), "import pathway.json");
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err
            .contains("`pathway.json` is a pathway in CTDL, not a framework"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("help: write it as a `pathway`"),
        "{}",
        ran.err
    );
    let ran = run(home.path(), "import all --version 1");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.out.contains("1  pathways, which are no frameworks"),
        "{}",
        ran.out
    );
}

#[test]
fn what_is_not_stated_is_said_of_the_right_file() {
    let home = home();
    let package = |title: &str, code: &str| {
        format!(
            r#"{{"CFDocument": {{"identifier": "{title}", "title": "{title}", "version": "1"}},
            "CFItems": [{{"identifier": "{code}", "humanCodingScheme": "{code}", "fullStatement": "Tie {code}"}}], "CFAssociations": []}}"#
        )
    };
    put(
        home.path(),
        &[
            ("all/a.json", &package("Knots", "k")),
            ("all/b.json", &package("Splices", "s")),
        ],
    );
    let ran = run(home.path(), "import all --plan");
    let (_, splices) = ran.out.split_once("\nSplices\n").expect("two frameworks");
    assert!(splices.contains("b.json  `licence`"), "{splices}");
    assert!(!splices.contains("a.json"), "{splices}");
}

#[test]
fn a_plan_without_a_version_ends_as_the_import_would() {
    let home = home();
    put(home.path(), &[("house.csv", "code,label\n1,Sawing\n")]);
    let plan = run(home.path(), "import house.csv --plan");
    let ran = run(home.path(), "import house.csv");
    assert!(plan.out.contains("would write"), "{}", plan.all());
    assert_eq!((plan.code, ran.code), (2, 2));
    assert_eq!(plan.err, ran.err);
}

#[test]
fn version_and_facts_are_taken_for_frameworks_that_become_source() {
    let home = home();
    put(
        home.path(),
        &[("house.csv", "code,label\n1,Sawing\n2,Planing\n")],
    );
    let ran = run(
        home.path(),
        "import house.csv --source --version 2024.1 --set licence-url=https://a.example/terms",
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    let source = read(home.path(), "house.gradus");
    for part in ["version \"2024.1\"", "https://a.example/terms"] {
        assert!(source.contains(part), "{part}\n{source}");
    }
    // Badges say it themselves.
    let badge = r#"{"type": "Achievement", "id": "https://a.example/1", "name": "Knots", "criteria": {"narrative": "x"}, "creator": "https://a.example/i"}"#;
    put(home.path(), &[("badge.json", badge)]);
    let ran = run(home.path(), "import badge.json --source --version 1");
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err
            .contains("`--version` is for frameworks, and these are badges"),
        "{}",
        ran.err
    );
}

const TRADE: &str = r#"use trade 1

framework home "Home" {
  skill tidy "Tidying" { can "tidies a room"  is close to trade:7 "Tidy kitchens and bathrooms" }
  skill saw  "Sawing"  { can "saws boards" }
}

crosswalk home to trade {
  saw is exactly trade:2 "Saw boards"
}
"#;

#[test]
fn an_upgrade_says_where_codes_are_used_and_guesses_at_what_is_gone() {
    let home = home();
    let head = "id: trade\ntitle: Trade\nattribution: A\nsource: https://trade.example/\nlanguage: en\nkind-of: skills\n";
    let pack = |version: &str, items: &[(&str, &str)]| {
        let items: String = items
            .iter()
            .map(|(code, label)| {
                format!("  - {{ code: \"{code}\", label: \"{label}\", iri: \"https://trade.example/{code}\" }}\n")
            })
            .collect();
        format!("{head}version: \"{version}\"\nitems:\n{items}")
    };
    let old = [
        ("2", "Saw boards"),
        ("7", "Tidy kitchens and bathrooms"),
        ("8", "Mop floors"),
    ];
    let new = [
        ("2", "Saw boards"),
        ("9", "Tidy bathrooms and kitchens"),
        ("8", "Mop floors"),
    ];
    put(
        home.path(),
        &[
            ("home.gradus", TRADE),
            ("frameworks/trade-1.yaml", &pack("1", &old)),
            ("trade-2.yaml", &pack("2", &new)),
        ],
    );
    let ran = run(home.path(), "upgrade trade trade-2.yaml");
    assert_eq!(ran.code, 1, "{}", ran.all());
    for part in [
        "kept: 1\n  2 Saw boards\n      home.gradus:9\n",
        "gone: 1\n  7 Tidy kitchens and bathrooms; a guess: 9 Tidy bathrooms and kitchens (confidence ",
        "      home.gradus:4\n",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.all());
    }
    run(home.path(), "upgrade trade trade-2.yaml --fix");
    let source = read(home.path(), "home.gradus");
    assert!(
        source.contains("is close to trade:7"),
        "a guess is never applied: {source}"
    );
}

#[test]
fn a_code_shows_who_maps_to_it_and_what_is_below_it() {
    let home = home();
    let source = r#"use digcomp 2.2

framework data "Data" {
  skill find "Finding" { can "finds data"  is within digcomp:1 }
  skill judge "Judging" { can "judges data" }
}

crosswalk data to digcomp {
  judge is close to digcomp:1 proposed
}
"#;
    put(home.path(), &[("data.gradus", source)]);
    let ran = run(home.path(), "frameworks show digcomp 1");
    for part in [
        "in this project: 2\n  data.find is within  (data.gradus:4)\n  data.judge is close to, proposed  (data.gradus:9)\n",
        "\nbelow it: 3\n1.1  ",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.all());
    }
}

#[test]
fn proposals_stand_in_the_order_of_confidence_and_little_in_common_is_said_with_little() {
    let home = home();
    let pack = "id: works\nversion: \"1\"\ntitle: Works\nattribution: A\nsource: https://works.example/\nlanguage: en\nkind-of: skills\nitems:\n\
        \x20 - { code: \"1\", label: \"operate washer extractor\" }\n\
        \x20 - { code: \"2\", label: \"wash hands\" }\n\
        \x20 - { code: \"3\", label: \"operate cash register\" }\n\
        \x20 - { code: \"4\", label: \"maintain garden tools\" }\n\
        \x20 - { code: \"5\", label: \"hand over keys\" }\n";
    let source = r#"use works

framework care "Care" {
  skill hands "Washing hands" { can "washes hands before meals" }
  skill wash "Laundry day" { can "washes laundry" }
}
"#;
    put(
        home.path(),
        &[("frameworks/works-1.yaml", pack), ("care.gradus", source)],
    );
    let ran = run(home.path(), "suggest care --to works --format json --all");
    let told: Vec<serde_json::Value> = serde_json::from_str(&ran.out).expect("JSON");
    let mut last = (String::new(), 1.0);
    let mut order = Vec::new();
    for line in &told {
        let item = line["item"].as_str().expect("an item").to_owned();
        let confidence = line["confidence"].as_f64().expect("a number");
        if item == last.0 {
            assert!(confidence <= last.1, "{}", ran.out);
        } else {
            order.push(item.clone());
        }
        if line["target"] == "works:1" {
            assert!(confidence < 0.6, "{}", ran.out);
        }
        last = (item, confidence);
    }
    assert_eq!(
        order,
        ["hands", "wash"],
        "items as they stand in the source"
    );
    assert_eq!(told[0]["target"], "works:2", "{}", ran.out);
}

#[test]
fn what_is_said_on_the_command_line_instead_of_the_files_is_told() {
    let home = home();
    put(
        home.path(),
        &[("eigene-v1.2.csv", "Code;Bezeichnung\nA1;Wunden verbinden\n")],
    );
    let import = |more: &[&str]| {
        let mut line = vec!["import", "eigene-v1.2.csv", "--plan"];
        line.extend(more);
        gradus(home.path(), &line)
    };
    let ran = import(&["--version", "2024"]);
    assert!(
        ran.out
            .contains("versions that the files state, replaced by what `--version` says\n"),
        "{}",
        ran.all()
    );
    let ran = import(&["--version", "1.2"]);
    assert!(!ran.out.contains("replaced by"), "{}", ran.all());
    let ran = import(&["--source"]);
    assert!(
        ran.out
            .contains("taken to be `en`: give them with `--set language=…`"),
        "{}",
        ran.all()
    );
    let ran = import(&["--source", "--set", "language=de"]);
    assert!(!ran.out.contains("taken to be"), "{}", ran.all());
    let ran = import(&["--as", "Pflege_Kurs"]);
    assert!(
        ran.err.contains("write it as `--as pflege-kurs`"),
        "{}",
        ran.all()
    );
}
