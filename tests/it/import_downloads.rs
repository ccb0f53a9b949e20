//! What a download may be: several frameworks, archives, encodings, tables with little in them.

use crate::support::{gradus, put};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

const PACKAGE: &str = r#"{"CFDocument": {"identifier": "d1", "title": "Knots", "version": "1"},
  "CFItems": [{"identifier": "i1", "humanCodingScheme": "K.1", "fullStatement": "Tie a bowline"}], "CFAssociations": []}"#;

#[test]
fn several_frameworks_of_one_download_become_a_pack_each() {
    let home = home();
    let other = PACKAGE.replace("d1", "d2").replace("Knots", "Splices");
    let table = "code,label\n1,Reef\n2,Hoist\n";
    put(
        home.path(),
        &[
            ("all/a.json", PACKAGE),
            ("all/b.json", &other),
            ("all/sails.csv", table),
            ("all/readme.md", "# Read me\n"),
        ],
    );
    let arguments = ["import", "all", "--version", "1"];
    let plan = gradus(home.path(), &[&arguments[..], &["--plan"]].concat());
    assert_eq!(plan.code, 0, "{}", plan.all());
    for line in [
        "Knots\nknots 1",
        "Splices\nsplices 1",
        "Sails\nsails 1",
        "would write frameworks/sails-1.yaml",
        "1  files in no format that is known\n           readme.md",
    ] {
        assert!(plan.out.contains(line), "{line}: {}", plan.out);
    }
    assert!(!home.path().join("frameworks").exists());
    let ran = gradus(
        home.path(),
        &[&arguments[..], &["--report", "json"]].concat(),
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    let report: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(report["schema"], "gradus-imports-1");
    let frameworks = report["frameworks"].as_array().expect("a list");
    let ids: Vec<&str> = frameworks
        .iter()
        .filter_map(|one| one["framework"].as_str())
        .collect();
    assert_eq!(ids, ["knots", "splices", "sails"]);
    let lock = std::fs::read_to_string(home.path().join("gradus.lock")).expect("a lock");
    for id in ids {
        let file = format!("frameworks/{id}-1.yaml");
        assert!(home.path().join(&file).exists(), "{file}");
        assert!(lock.contains(&file), "{lock}");
    }
    // Once more is the same.
    let again = gradus(home.path(), &arguments);
    assert_eq!(again.code, 0, "{}", again.all());
}

#[test]
fn one_of_several_frameworks_can_be_chosen_and_an_id_is_for_one() {
    let home = home();
    let other = PACKAGE.replace("d1", "d2").replace("Knots", "Splices");
    let both = format!("[{PACKAGE}, {other}]");
    put(home.path(), &[("both.json", &both)]);
    let ran = gradus(home.path(), &["import", "both.json", "--as", "mine"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    let list = "`--as` is for one framework, and there are 2 frameworks: `knots` (`Knots` in `both.json`); \
                `splices` (`Splices` in `both.json`)";
    assert!(ran.all().contains(list), "{}", ran.all());
    assert!(ran.all().contains("`--only ID`"), "{}", ran.all());
    let ran = gradus(home.path(), &["import", "both.json", "--set", "title=X"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    let ran = gradus(home.path(), &["import", "both.json", "--only", "sails"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.all().contains("there is no framework `sails`"),
        "{}",
        ran.all()
    );
    assert!(!home.path().join("frameworks").exists());
    let chosen = ["import", "both.json", "--only", "splices", "--as", "mine"];
    let ran = gradus(home.path(), &chosen);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(home.path().join("frameworks/mine-1.yaml").exists());
    assert!(!home.path().join("frameworks/knots-1.yaml").exists());
    let source = gradus(home.path(), &["import", "both.json", "--source"]);
    assert_eq!(source.code, 2, "{}", source.all());
    assert!(source.all().contains("`--only ID`"), "{}", source.all());
}

#[test]
fn nothing_is_written_where_one_of_several_frameworks_is_refused() {
    let home = home();
    let table = "code,label\n1,Reef\n2,Hoist\n";
    put(
        home.path(),
        &[("all/a.json", PACKAGE), ("all/sails.csv", table)],
    );
    let ran = gradus(home.path(), &["import", "all"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    let why = "sails.csv: nothing in the files says which version this is";
    assert!(ran.all().contains(why), "{}", ran.all());
    put(
        home.path(),
        &[("frameworks/sails-1.yaml", "somebody edited this\n")],
    );
    let ran = gradus(home.path(), &["import", "all", "--version", "1"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(!home.path().join("frameworks/knots-1.yaml").exists());
    assert!(!home.path().join("gradus.lock").exists());
    // Two frameworks of one name are told apart by a number.
    let other = PACKAGE.replace("d1", "d2");
    let both = format!("[{PACKAGE}, {other}]");
    put(home.path(), &[("both.json", &both)]);
    let ran = gradus(home.path(), &["import", "both.json"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(home.path().join("frameworks/knots-2-1.yaml").exists());
}

#[test]
fn a_map_between_frameworks_is_a_crosswalk() {
    let home = home();
    let map = r#"{"@context": "http://credreg.net/ctdl/schema/context/json", "@graph": [{
      "@id": "http://x.example/map", "@type": "ceterms:AlignmentMap", "ceterms:name": {"en": "A to B"},
      "ceterms:hasPart": [{"@type": "ceterms:AlignmentObject", "ceterms:sourceNode": "http://x.example/a/2",
        "ceterms:targetNode": "http://x.example/b/1", "ceterms:alignmentType": "skos:broadMatch"}]}]}"#;
    put(home.path(), &[("map.json", map), ("a.gradus", "")]);
    let ran = gradus(home.path(), &["import", "map.json"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.all().contains("`gradus crosswalk import`"),
        "{}",
        ran.all()
    );
    let ran = gradus(home.path(), &["crosswalk", "import", "map.json"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let table = home.path().join("frameworks/map.sssom.tsv");
    let table = std::fs::read_to_string(table).expect("a table");
    assert!(table.contains("x:2\tskos:broadMatch\tx_2:1\t"), "{table}");
}

#[test]
fn a_table_in_windows_1252_is_read_and_the_report_says_so() {
    let home = home();
    std::fs::write(
        home.path().join("staedte.csv"),
        b"code;label\n1;Stadt Z\xfcrich\n2;Bern\n3;Gen\xe8ve\n",
    )
    .expect("written");
    let ran = gradus(home.path(), &["import", "staedte.csv", "--version", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    for line in [
        "1  files that are not UTF-8 and are read as Windows-1252",
        "2  lines with letters that were read as Windows-1252",
        "staedte.csv:2  `1;Stadt Zürich`",
    ] {
        assert!(ran.out.contains(line), "{line}: {}", ran.out);
    }
    let pack = std::fs::read_to_string(home.path().join("frameworks/staedte-1.yaml"));
    assert!(pack.expect("a pack").contains("Genève"));
    // What is no table stays as it is.
    std::fs::write(
        home.path().join("latin.json"),
        PACKAGE
            .replace("Knots", "Kn\u{fc}ts")
            .chars()
            .map(|letter| letter as u8)
            .collect::<Vec<u8>>(),
    )
    .expect("written");
    let ran = gradus(home.path(), &["import", "latin.json"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(ran.all().contains("is not UTF-8"), "{}", ran.all());
}

#[test]
fn a_table_with_nothing_in_it_is_refused_with_the_reason() {
    let home = home();
    put(
        home.path(),
        &[("names.csv", "code,label,parent\n"), ("none.csv", "\n\n")],
    );
    let ran = gradus(home.path(), &["import", "names.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    let why = "it has one line, and no records below it";
    assert!(ran.all().contains(why), "{}", ran.all());
    let mapped = ["import", "names.csv", "--map", "code=code,label=label"];
    let ran = gradus(home.path(), &mapped);
    assert_eq!(ran.code, 2, "{}", ran.all());
    let why = "there is nothing below the names of the columns";
    assert!(ran.all().contains(why), "{}", ran.all());
    let ran = gradus(home.path(), &["import", "none.csv"]);
    assert!(
        ran.all().contains("there is nothing in it"),
        "{}",
        ran.all()
    );
}

#[test]
fn what_nobody_states_is_not_said() {
    let home = home();
    put(
        home.path(),
        &[("our_skills.csv", "code,label\n1,Sawing\n2,Planing\n")],
    );
    let plan = gradus(home.path(), &["import", "our_skills.csv", "--plan"]);
    assert_eq!(plan.code, 2, "{}", plan.all());
    assert!(
        plan.out.starts_with("Our skills\nour-skills\n\n"),
        "{}",
        plan.out
    );
    assert!(
        !plan.out.contains("not stated") && !plan.out.contains("not-stated"),
        "{}",
        plan.out
    );
    let ran = gradus(home.path(), &["import", "our_skills.csv", "--version", "1"]);
    assert!(
        ran.out.starts_with("Our skills\nour-skills 1\n\n"),
        "{}",
        ran.out
    );
    put(home.path(), &[("a.gradus", "use our-skills 1\n")]);
    for arguments in [
        &["frameworks", "show", "our-skills"][..],
        &["frameworks", "list"][..],
    ] {
        let shown = gradus(home.path(), arguments);
        assert!(shown.out.contains("Our skills"), "{}", shown.all());
        assert!(!shown.out.contains("not stated"), "{}", shown.out);
    }
}

#[test]
fn what_is_set_for_several_frameworks_holds_for_each_and_none_is_lost() {
    let home = home();
    let knots = PACKAGE.replace("\"version\": \"1\"", "\"version\": \"2\"");
    let splices = PACKAGE.replace("Knots", "Splices");
    put(
        home.path(),
        &[
            ("both/a.json", PACKAGE),
            ("both/b.json", &knots.replace("d1", "d2")),
            ("sets/a.json", PACKAGE),
            ("sets/b.json", &splices.replace("d1", "d2")),
        ],
    );
    let run = |line: &str| gradus(home.path(), &line.split(' ').collect::<Vec<_>>());
    for plan in ["", " --plan"] {
        let ran = run(&format!("import both --version 3{plan}"));
        assert_eq!(ran.code, 2, "{}", ran.all());
        let words = "`Knots` and `Knots` would both be `frameworks/knots-3.yaml`";
        assert!(ran.err.contains(words), "{}", ran.all());
        assert!(!home.path().join("frameworks").exists());
    }
    // Each with the version that it states.
    let ran = run("import both");
    assert_eq!(ran.code, 0, "{}", ran.all());
    for file in ["frameworks/knots-1.yaml", "frameworks/knots-2.yaml"] {
        assert!(home.path().join(file).exists(), "{file}: {}", ran.all());
    }
    let ran = run("import sets --version 4 --set licence=CC0");
    assert_eq!(ran.code, 0, "{}", ran.all());
    let read = |file: &str| std::fs::read_to_string(home.path().join(file)).expect("a file");
    for file in ["frameworks/knots-4.yaml", "frameworks/splices-4.yaml"] {
        assert!(read(file).contains("licence: \"CC0\""), "{file}");
    }
    // And the next time too, for each.
    let again = run("import sets --version 4");
    assert_eq!(again.code, 0, "{}", again.all());
    assert!(read("frameworks/splices-4.yaml").contains("licence: \"CC0\""));
    let ran = run("import sets --version 4 --set iri=https://a.example/");
    assert_eq!(ran.code, 2, "{}", ran.all());
}

#[test]
fn packs_beside_frameworks_are_counted_and_packs_alone_are_told() {
    let home = home();
    put(
        home.path(),
        &[("sails.csv", "code,label\n1,Reef\n2,Hoist\n")],
    );
    let run = |line: &str| gradus(home.path(), &line.split(' ').collect::<Vec<_>>());
    assert_eq!(run("import sails.csv --version 1").code, 0);
    let pack =
        std::fs::read_to_string(home.path().join("frameworks/sails-1.yaml")).expect("a pack");
    let other = pack.replace("id: \"sails\"", "id: \"spars\"");
    put(
        home.path(),
        &[
            ("all/a.json", PACKAGE),
            ("all/sails-1.yaml", &pack),
            ("packs/sails-1.yaml", &pack),
            ("packs/spars-1.yaml", &other),
        ],
    );
    let ran = run("import all --plan");
    let line = "1  framework packs, which are imported by their own path\n           sails-1.yaml";
    assert!(ran.out.contains(line), "{}", ran.all());
    let ran = run("import packs");
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err.contains("`packs` holds framework packs"),
        "{}",
        ran.err
    );
}

#[test]
fn an_upgrade_takes_its_framework_of_several_and_says_where_it_is_not_there() {
    let home = home();
    let other = PACKAGE.replace("d1", "d2").replace("Knots", "Splices");
    let newer = |text: &str| text.replace("\"version\": \"1\"", "\"version\": \"2\"");
    put(
        home.path(),
        &[
            ("one.json", PACKAGE),
            ("new/a.json", &newer(&other)),
            ("new/b.json", &newer(PACKAGE)),
            ("new/c.csv", "code,label\n1,Reef\n2,Hoist\n"),
            ("else/a.json", &newer(&other)),
            ("else/b.csv", "code,label\n1,Reef\n2,Hoist\n"),
            (
                "home.gradus",
                "use knots \"1\"\n\nframework home \"Home\" {\n  skill tie \"Tie\" { can \"Ties knots\" }\n}\n\ncrosswalk home to knots {\n  tie is exactly knots:K.1 \"Tie a bowline\"\n}\n",
            ),
        ],
    );
    let run = |line: &str| gradus(home.path(), &line.split(' ').collect::<Vec<_>>());
    assert_eq!(run("import one.json").code, 0);
    let ran = run("upgrade knots else");
    assert_eq!(ran.code, 2, "{}", ran.all());
    let words = "there is no framework `knots` in `else`: there are 2 frameworks: `splices`";
    assert!(ran.err.contains(words), "{}", ran.err);
    assert!(!ran.err.contains("--only"), "{}", ran.err);
    let ran = run("upgrade knots new --fix");
    assert_eq!(ran.code, 0, "{}", ran.all());
    let text = std::fs::read_to_string(home.path().join("home.gradus")).expect("a file");
    assert!(text.contains("use knots \"2\""), "{text}");
    assert!(!home.path().join("frameworks/splices-2.yaml").exists());
}
