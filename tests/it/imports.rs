//! Frameworks from their publishers' downloads: importing, pinning, searching, upgrading, by the program itself.
//!
//! The small releases are written here. The real ones lie outside the repository; where they are absent the tests say so and pass.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{gradus, put};

const SKILLS: &str = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description\r
KnowledgeSkillCompetence,http://esco.example/skill/aa-1,skill/competence,cross-sector,prune trees,\"cut branches\nprune trees\",,released,2020-01-01,,,\"http://esco.example/s1,\nhttp://esco.example/s2\",Cut what is dead.\r
KnowledgeSkillCompetence,http://esco.example/skill/bb-2,knowledge,cross-sector, soil\u{a0}science ,,,released,2020-01-01,,,,What soil is.\r
KnowledgeSkillCompetence,http://esco.example/skill/cc-3,,cross-sector,graft trees,,,released,2020-01-01,,,,\r
";
const GERMAN: &str = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description\r
KnowledgeSkillCompetence,http://esco.example/skill/aa-1,skill/competence,cross-sector,Bäume schneiden,Äste schneiden,,released,2020-01-01,,,,Totes abschneiden.\r
";
const GROUPS: &str = "conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,inScheme,description,code\r
SkillGroup,http://esco.example/skill/g-1,work with trees,,,released,,,,,S1\r
SkillGroup,http://esco.example/skill/g-2,garden work,,,released,,,,,S2\r
";
const BROADER: &str = "conceptType,conceptUri,broaderType,broaderUri\r
KnowledgeSkillCompetence,http://esco.example/skill/aa-1,SkillGroup,http://esco.example/skill/g-1\r
KnowledgeSkillCompetence,http://esco.example/skill/aa-1,SkillGroup,http://esco.example/skill/g-2\r
KnowledgeSkillCompetence,http://esco.example/skill/bb-2,SkillGroup,http://esco.example/skill/gone\r
KnowledgeSkillCompetence,http://esco.example/skill/nobody,SkillGroup,http://esco.example/skill/g-1\r
";

const SOURCE: &str = r#"use esco "1.0.0"

framework garden "Garden work" {
  skill prune "Prune" { can "Prunes trees without harm" }
  skill soil "Soil" { can "Describes what a soil is made of" }
  skill graft "Graft" { can "Grafts a branch onto a tree" }
}

crosswalk garden to esco {
  prune is exactly esco:aa-1 "prune trees"
  soil is exactly esco:bb-2 "soil science"
  graft is exactly esco:cc-3 "graft trees"
}
"#;

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn small(folder: &Path, name: &str) {
    put(
        folder,
        &[
            (&format!("{name}/skills_en.csv"), SKILLS),
            (&format!("{name}/skills_de.csv"), GERMAN),
            (&format!("{name}/skillGroups_en.csv"), GROUPS),
            (&format!("{name}/broaderRelationsSkillPillar.csv"), BROADER),
        ],
    );
}

fn report(folder: &Path, arguments: &[&str]) -> Value {
    let ran = gradus(folder, arguments);
    assert_eq!(ran.code, 0, "{}", ran.all());
    serde_json::from_str(&ran.out).expect("JSON")
}

fn counts(report: &Value, kind: &str) -> [u64; 4] {
    let row = report["records"]
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["kind"] == kind))
        .unwrap_or_else(|| panic!("no `{kind}` in {report}"));
    ["read", "kept", "merged", "skipped"].map(|key| row[key].as_u64().expect("a number"))
}

fn reason(report: &Value, reason: &str) -> u64 {
    let found = report["reasons"]
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["reason"] == reason));
    found.and_then(|row| row["count"].as_u64()).unwrap_or(0)
}

#[test]
fn a_release_becomes_a_pack_that_check_uses() {
    let home = home();
    small(home.path(), "esco-1.0.0");
    put(home.path(), &[("garden.gradus", SOURCE)]);
    let plan = gradus(home.path(), &["import", "esco-1.0.0", "--plan"]);
    assert_eq!(plan.code, 0, "{}", plan.all());
    assert!(
        plan.out.contains("would write frameworks/esco-1.0.0.yaml"),
        "{}",
        plan.out
    );
    assert!(!home.path().join("frameworks").exists() && !home.path().join("gradus.lock").exists());
    let told = report(home.path(), &["import", "esco-1.0.0", "--report", "json"]);
    assert_eq!(counts(&told, "skill"), [4, 3, 1, 0]);
    assert_eq!(counts(&told, "broader link"), [4, 2, 0, 2]);
    assert_eq!(reason(&told, "names with no-break spaces"), 1);
    assert_eq!(reason(&told, "skills without a `skillType`"), 1);
    let checked = gradus(home.path(), &["check", "--locked", "--format", "concise"]);
    assert_eq!(checked.code, 0, "{}", checked.all());
    assert!(!checked.out.contains("crosswalk/"), "{}", checked.out);
    // The same import gives the same bytes.
    let pack = home.path().join("frameworks/esco-1.0.0.yaml");
    let before = std::fs::read(&pack).expect("a pack");
    assert_eq!(gradus(home.path(), &["import", "esco-1.0.0"]).code, 0);
    assert_eq!(std::fs::read(&pack).expect("a pack"), before);
    let found = gradus(
        home.path(),
        &["frameworks", "search", "esco", "cutting branch"],
    );
    assert!(
        found
            .out
            .contains("aa-1  prune trees  [skill]  also: cut branches"),
        "{}",
        found.all()
    );
    let shown = gradus(home.path(), &["frameworks", "show", "esco", "aa-1"]);
    for part in [
        "in de       Bäume schneiden",
        "also in     S2 garden work",
        "garden.gradus:10",
    ] {
        assert!(shown.out.contains(part), "{part}: {}", shown.all());
    }
}

#[test]
fn a_pack_that_was_changed_is_noticed_and_can_be_pinned() {
    let home = home();
    small(home.path(), "esco-1.0.0");
    put(home.path(), &[("garden.gradus", SOURCE)]);
    assert_eq!(gradus(home.path(), &["import", "esco-1.0.0"]).code, 0);
    let pack = home.path().join("frameworks/esco-1.0.0.yaml");
    let text = std::fs::read_to_string(&pack).expect("a pack");
    std::fs::write(&pack, text.replace("Cut what is dead.", "Cut what is ill.")).expect("written");
    let checked = gradus(home.path(), &["check", "--format", "concise"]);
    assert_eq!(checked.code, 0, "{}", checked.all());
    assert!(
        checked.out.contains("project/pack-changed"),
        "{}",
        checked.out
    );
    let locked = gradus(home.path(), &["check", "--locked"]);
    assert_eq!(locked.code, 2, "{}", locked.all());
    assert!(
        locked
            .err
            .contains("`frameworks/esco-1.0.0.yaml` is not the file that is pinned")
    );
    assert_eq!(gradus(home.path(), &["build", "--locked"]).code, 2);
    // What somebody edited is not overwritten.
    assert_eq!(gradus(home.path(), &["import", "esco-1.0.0"]).code, 2);
    assert_eq!(gradus(home.path(), &["frameworks", "pin"]).code, 0);
    assert_eq!(gradus(home.path(), &["check", "--locked"]).code, 0);
    put(home.path(), &[("gradus.lock", "frameworks: [\n")]);
    let broken = gradus(home.path(), &["check", "--format", "concise"]);
    assert!(broken.out.contains("project/bad-lock"), "{}", broken.all());
    assert_eq!(gradus(home.path(), &["check", "--locked"]).code, 2);
}

#[test]
fn what_is_not_understood_is_refused_and_nothing_is_written() {
    let home = home();
    put(
        home.path(),
        &[
            ("notes.txt", "nothing of the kind"),
            ("esco/skills_en.csv", SKILLS),
        ],
    );
    let unknown = gradus(home.path(), &["import", "notes.txt"]);
    assert_eq!(unknown.code, 2, "{}", unknown.all());
    assert!(unknown.err.contains("no format that is known"));
    let unversioned = gradus(home.path(), &["import", "esco"]);
    assert_eq!(unversioned.code, 2);
    assert!(unversioned.err.contains("--version"), "{}", unversioned.err);
    // A byte that is no letter in UTF-8, and none in Windows-1252.
    let latin: Vec<u8> = SKILLS
        .replace('\u{a0}', " ")
        .replace("graft", "gr\u{81}ft")
        .chars()
        .map(|letter| letter as u8)
        .collect();
    std::fs::write(home.path().join("esco/skills_en.csv"), latin).expect("written");
    let encoding = gradus(home.path(), &["import", "esco", "--version", "1"]);
    assert_eq!(encoding.code, 2, "{}", encoding.all());
    assert!(
        encoding.err.contains("(0x81) is not UTF-8"),
        "{}",
        encoding.err
    );
    assert!(!home.path().join("frameworks").exists());
}

#[test]
fn a_quote_that_is_never_closed_is_refused() {
    let home = home();
    let large = format!(
        "{SKILLS}KnowledgeSkillCompetence,x,,,\"{}",
        "never closed, \n".repeat(1_300_000)
    );
    put(home.path(), &[("skills_en.csv", &large)]);
    let ran = gradus(home.path(), &["import", "skills_en.csv", "--version", "1"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err.contains("a cell has") && ran.err.contains("skills_en.csv:"),
        "{}",
        ran.err
    );
}

#[test]
fn an_upgrade_keeps_what_is_certain_and_says_the_rest() {
    let home = home();
    small(home.path(), "esco-1.0.0");
    small(home.path(), "esco-2.0.0");
    // `aa-1` is called otherwise; `bb-2` is withdrawn; `cc-3` is gone.
    let skills = SKILLS
        .replace(",prune trees,", ",prune woody plants,")
        .replace("science ,,,released", "science ,,,obsolete");
    let skills: String = skills
        .lines()
        .filter(|line| !line.contains("cc-3"))
        .map(|line| format!("{line}\n"))
        .collect();
    put(
        home.path(),
        &[
            ("garden.gradus", SOURCE),
            ("esco-2.0.0/skills_en.csv", &skills),
        ],
    );
    assert_eq!(gradus(home.path(), &["import", "esco-1.0.0"]).code, 0);
    let ran = gradus(home.path(), &["upgrade", "esco", "esco-2.0.0"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    for part in [
        "relabelled: 1\n  aa-1 prune trees → aa-1 prune woody plants",
        "withdrawn, without one successor: 1\n  bb-2 soil science",
        "gone: 1\n  cc-3 graft trees",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.all());
    }
    let source = || std::fs::read_to_string(home.path().join("garden.gradus")).expect("the source");
    assert_eq!(source(), SOURCE);
    assert_eq!(
        gradus(home.path(), &["upgrade", "esco", "esco-2.0.0", "--fix"]).code,
        1
    );
    let expected = SOURCE
        .replace("use esco \"1.0.0\"", "use esco \"2.0.0\"")
        .replace("\"prune trees\"", "\"prune woody plants\"");
    assert_eq!(source(), expected);
    assert!(home.path().join("frameworks/esco-2.0.0.yaml").exists());
    assert_eq!(gradus(home.path(), &["check", "--locked"]).code, 1);
}

const OCCUPATIONS: &str = "O*NET-SOC Code\tTitle\tDescription\r
15-9901.00\tGardeners \"by trade\"\tKeep gardens.\r
15-9902.00\tTree Doctors\tHeal trees.\r
";
const TASKS: &str =
    "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source\r
15-9901.00\t71\tWater the plants.\tCore\t95\t08/2023\tIncumbent\r
15-9902.00\t72\tMend a broken branch.\tn/a\tn/a\t08/2023\tAnalyst\r
";
const GARDENERS: &str = r#"use onet

framework garden "Garden work" {
  skill water "Water" { can "Waters plants by their needs" }
}

role gardener "Gardener" {
  is exactly onet:"15-9901.00" "Gardeners \"by trade\""
}

crosswalk garden to onet {
  water is exactly onet:71 "Water the plants."
}
"#;

#[test]
fn onet_is_read_as_text_and_as_workbooks_and_upgraded() {
    let home = home();
    put(
        home.path(),
        &[
            ("db_30_0_text/Occupation Data.txt", OCCUPATIONS),
            ("db_30_0_text/Task Statements.txt", TASKS),
            ("garden.gradus", GARDENERS),
        ],
    );
    let told = report(home.path(), &["import", "db_30_0_text", "--report", "json"]);
    assert_eq!(counts(&told, "task"), [2, 2, 0, 0]);
    assert_eq!(told["version"], "30.0");
    // The workbooks of O*NET repeat names beside codes.
    let tasks = TASKS.replace("Water the plants.", "Water plants by hand.");
    let titled = |line: &str| match line.split_once('\t') {
        Some(("O*NET-SOC Code", rest)) => format!("O*NET-SOC Code\tTitle\t{rest}\n"),
        Some((code, rest)) => format!("{code}\tGardeners\t{rest}\n"),
        None => String::new(),
    };
    let tasks: String = tasks.lines().map(titled).collect();
    let occupations = OCCUPATIONS.replace("15-9901.00", "15-9909.00");
    let folder = home.path().join("db_30_1_excel");
    std::fs::create_dir(&folder).expect("made");
    for (name, text) in [
        ("Occupation Data", &occupations),
        ("Task Statements", &tasks),
    ] {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, line) in (0..).zip(text.lines()) {
            for (column, cell) in (0..).zip(line.split('\t')) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number),
                    Err(_) => sheet.write_string(row, column, cell),
                }
                .expect("a cell");
            }
        }
        workbook
            .save(folder.join(format!("{name}.xlsx")))
            .expect("saved");
    }
    let ran = gradus(home.path(), &["upgrade", "onet", "db_30_1_excel", "--fix"]);
    for part in [
        "onet 30.1",
        "relabelled: 1\n  71 Water the plants. → 71 Water plants by hand.",
        "gone: 1\n  15-9901.00 Gardeners \"by trade\"; a guess: 15-9909.00 Gardeners \"by trade\" has its name",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.all());
    }
    assert_eq!(ran.code, 1, "{}", ran.all());
    let now = std::fs::read_to_string(home.path().join("garden.gradus")).expect("the source");
    assert!(now.contains("onet:71 \"Water plants by hand.\""), "{now}");
}

/// A folder of the real data, or nothing and a line that says so.
fn real(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(name);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: {name} is not at hand (../shared/data)");
    None
}

#[test]
fn the_whole_of_esco_is_kept_and_counted() {
    let Some(esco) = real("esco-1.1.1") else {
        return;
    };
    let home = home();
    let source = esco.to_str().expect("a path in UTF-8");
    let told = report(home.path(), &["import", source, "--report", "json"]);
    assert_eq!(told["version"], "1.1.1");
    assert_eq!(counts(&told, "skill"), [13_896, 13_896, 0, 0]);
    assert_eq!(counts(&told, "occupation"), [3007, 3007, 0, 0]);
    assert_eq!(counts(&told, "ISCO group"), [619, 619, 0, 0]);
    // Of the 427 groups seven stand in the hierarchy only.
    assert_eq!(counts(&told, "skill group"), [427, 427, 0, 0]);
    assert_eq!(counts(&told, "field of education"), [220, 220, 0, 0]);
    assert_eq!(counts(&told, "concept scheme"), [19, 19, 0, 0]);
    let several = "items with several broader items: the first one is the main one";
    assert_eq!(reason(&told, several), 4646);
    assert_eq!(
        reason(&told, "links from a narrower item that is not in the files"),
        1
    );
    assert_eq!(reason(&told, "skills without a `skillType`"), 6);
    assert_eq!(reason(&told, "skills without a `reuseLevel`"), 5);
    assert_eq!(reason(&told, "relations of an item with itself"), 1);
    let [essential, optional] =
        ["essential skill", "optional skill"].map(|kind| counts(&told, kind));
    assert_eq!(essential[0] + optional[0], 123_855 + 5899);
    let source = SOURCE
        .replace("use esco \"1.0.0\"", "use esco \"1.1.1\"")
        .replace(
            "aa-1 \"prune trees\"",
            "0005c151-5b5a-4a66-8aac-60e734beb1ab \"manage musical staff\"",
        )
        .replace("bb-2 \"soil science\"", "2654.1.7 \"technical director\"")
        .replace(
            "cc-3 \"graft trees\"",
            "\"http://data.europa.eu/esco/skill/000f1d3d-220f-4789-9c0a-cc742521fb02\" \"Haskell\"",
        );
    put(home.path(), &[("garden.gradus", &source)]);
    let checked = gradus(home.path(), &["check", "--locked", "--format", "concise"]);
    let unknown = checked.out.matches("crosswalk/unknown-code").count();
    assert!(
        unknown <= 1 && !checked.out.contains("label-drift"),
        "{}",
        checked.all()
    );
    let found = gradus(
        home.path(),
        &["frameworks", "search", "esco", "music staff coordinating"],
    );
    assert!(found.out.starts_with("0005c151"), "{}", found.all());
}

/// A release made of 1.1.1 in which some groups have another address while name and code stay, as it happens between releases.
#[test]
fn groups_of_esco_with_another_address_are_recognized() {
    let Some(esco) = real("esco-1.1.1") else {
        return;
    };
    let home = home();
    for (folder, changed) in [("esco-1.1.1", false), ("esco-1.2.0", true)] {
        for file in [
            "skills_en.csv",
            "skillGroups_en.csv",
            "broaderRelationsSkillPillar.csv",
        ] {
            let packed = std::fs::File::open(esco.join(format!("{file}.gz"))).expect("a file");
            let mut text = String::new();
            flate2::read::GzDecoder::new(packed)
                .read_to_string(&mut text)
                .expect("text");
            if changed {
                text = text
                    .replace(
                        "http://data.europa.eu/esco/isced-f/",
                        "http://data.europa.eu/esco/isced-f-2013/",
                    )
                    .replace(",manage musical staff,", ",lead musical staff,");
            }
            put(home.path(), &[(&format!("{folder}/{file}"), &text)]);
        }
    }
    let source = SOURCE
        .replace("use esco \"1.0.0\"", "use esco \"1.1.1\"")
        .replace(
            "aa-1 \"prune trees\"",
            "0005c151-5b5a-4a66-8aac-60e734beb1ab \"manage musical staff\"",
        )
        .replace(
            "bb-2 \"soil science\"",
            "isced-f-0000 \"generic programmes and qualifications not further defined\"",
        )
        .replace(
            "cc-3 \"graft trees\"",
            "\"http://data.europa.eu/esco/isced-f/00\" \"generic programmes and qualifications\"",
        );
    put(home.path(), &[("garden.gradus", &source)]);
    assert_eq!(gradus(home.path(), &["import", "esco-1.1.1"]).code, 0);
    let ran = gradus(home.path(), &["upgrade", "esco", "esco-1.2.0", "--fix"]);
    assert!(ran.out.contains("relabelled: 1"), "{}", ran.all());
    let now = std::fs::read_to_string(home.path().join("garden.gradus")).expect("the source");
    assert!(
        now.contains("use esco \"1.2.0\"") && now.contains("\"lead musical staff\""),
        "{now}\n{}",
        ran.all()
    );
}

#[test]
fn the_whole_of_onet_is_kept_and_counted() {
    let Some(onet) = real("onet-29.2") else {
        return;
    };
    let home = home();
    let source = onet.to_str().expect("a path in UTF-8");
    let told = report(home.path(), &["import", source, "--report", "json"]);
    assert_eq!(told["version"], "29.2");
    assert_eq!(counts(&told, "occupation"), [1016, 1016, 0, 0]);
    assert_eq!(counts(&told, "task"), [18_796, 18_796, 0, 0]);
    assert_eq!(counts(&told, "detailed work activity"), [2087, 2087, 0, 0]);
    assert_eq!(counts(&told, "skills rating"), [61_530, 61_530, 0, 0]);
    let kept = |words: &str| reason(&told, words);
    assert_eq!(
        kept("ratings that O*NET recommends to suppress, kept with that mark"),
        124
    );
    assert_eq!(
        kept("ratings marked as not relevant, kept with that mark"),
        3302
    );
    assert_eq!(kept("occupations without tasks"), 93);
    assert_eq!(
        kept("task texts that stand under more than one task id"),
        399
    );
}

#[test]
fn an_edit_that_was_pinned_is_not_overwritten() {
    let home = home();
    small(home.path(), "esco-1.0.0");
    put(home.path(), &[("garden.gradus", SOURCE)]);
    assert_eq!(gradus(home.path(), &["import", "esco-1.0.0"]).code, 0);
    let pack = home.path().join("frameworks/esco-1.0.0.yaml");
    let text = std::fs::read_to_string(&pack).expect("a pack");
    let edited = text.replace("Cut what is dead.", "Cut what is ill.");
    std::fs::write(&pack, &edited).expect("written");
    // Neither before it is pinned nor afterwards, neither by an import nor by an upgrade.
    for _ in 0..2 {
        for arguments in [
            &["import", "esco-1.0.0"][..],
            &["upgrade", "esco", "esco-1.0.0", "--fix"],
        ] {
            let ran = gradus(home.path(), arguments);
            assert_eq!(ran.code, 2, "{}", ran.all());
            assert!(
                ran.err.contains("not what an import has written"),
                "{}",
                ran.err
            );
            assert_eq!(std::fs::read_to_string(&pack).expect("a pack"), edited);
        }
        assert_eq!(gradus(home.path(), &["frameworks", "pin"]).code, 0);
    }
}

#[test]
fn another_framework_of_the_same_id_is_refused_and_what_was_set_stays() {
    let home = home();
    put(
        home.path(),
        &[
            ("a/skills.csv", "code,label\n1,Sawing\n"),
            ("b/skills.csv", "code,label\n1,Baking\n"),
        ],
    );
    let import = |name: &str, set: &[&str]| {
        let first = ["import", name, "--as", "mine", "--version", "1"];
        let arguments: Vec<&str> = first.into_iter().chain(set.iter().copied()).collect();
        gradus(home.path(), &arguments)
    };
    let first = ["--set", "licence=CC0", "--set", "iri=https://a.example/1"];
    assert_eq!(import("a", &first).code, 0);
    let pack = home.path().join("frameworks/mine-1.yaml");
    let before = std::fs::read_to_string(&pack).expect("a pack");
    assert_eq!(import("a", &[]).code, 0);
    assert_eq!(std::fs::read_to_string(&pack).expect("a pack"), before);
    let other = import("b", &["--set", "title=Baking"]);
    assert_eq!(other.code, 2, "{}", other.all());
    assert!(other.err.contains("another framework"), "{}", other.err);
    assert!(other.err.contains("--as"), "{}", other.err);
    assert_eq!(std::fs::read_to_string(&pack).expect("a pack"), before);
}

#[test]
fn a_framework_of_one_version_has_one_file() {
    let home = home();
    let rows: String = (0..600)
        .map(|number| format!("{number},Skill {number}\n"))
        .collect();
    put(
        home.path(),
        &[
            ("wood/skills.csv", "code,label\n1,Sawing\n"),
            ("few.gradus", ""),
        ],
    );
    let import = || {
        gradus(
            home.path(),
            &["import", "wood", "--as", "wood", "--version", "1"],
        )
    };
    assert_eq!(import().code, 0);
    put(
        home.path(),
        &[("wood/skills.csv", &format!("code,label\n{rows}"))],
    );
    let ran = import();
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(home.path().join("frameworks/wood-1.gradus-pack").exists());
    assert!(!home.path().join("frameworks/wood-1.yaml").exists());
    let lock = std::fs::read_to_string(home.path().join("gradus.lock")).expect("a lock");
    assert!(!lock.contains("wood-1.yaml"), "{lock}");
}

#[test]
fn the_hierarchy_of_skills_is_enough_for_what_is_part_of_what() {
    let home = home();
    let hierarchy = "Level 0 URI,Level 0 preferred term,Level 0 code,Level 1 URI,Level 1 preferred term,Level 1 code,Description\r\n\
        http://esco.example/skill/top,all skills,S,http://esco.example/skill/g-1,work with trees,S1,\r\n\
        http://esco.example/skill/top,all skills,S,http://esco.example/skill/g-2,garden work,S2,\r\n";
    put(
        home.path(),
        &[
            ("esco-1.0.0/esco_skills.csv", SKILLS),
            ("esco-1.0.0/skillGroups_en.csv", GROUPS),
            ("esco-1.0.0/skillsHierarchy_en.csv", hierarchy),
        ],
    );
    let told = report(home.path(), &["import", "esco-1.0.0", "--report", "json"]);
    assert_eq!(counts(&told, "broader link"), [2, 2, 0, 0]);
    assert_eq!(counts(&told, "hierarchy row"), [2, 2, 0, 0]);
    let shown = gradus(home.path(), &["frameworks", "show", "esco", "S1"]);
    assert!(
        shown.out.contains("part of     S all skills"),
        "{}",
        shown.all()
    );
}

#[test]
fn an_upgrade_takes_no_other_framework() {
    let home = home();
    small(home.path(), "esco-1.0.0");
    put(
        home.path(),
        &[
            ("garden.gradus", SOURCE),
            ("crafts-2.0/crafts.csv", "code,label\n1,Sawing\n"),
        ],
    );
    assert_eq!(gradus(home.path(), &["import", "esco-1.0.0"]).code, 0);
    let ran = gradus(home.path(), &["upgrade", "esco", "crafts-2.0", "--fix"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err.contains("nothing in it is of `esco`"),
        "{}",
        ran.err
    );
}

#[test]
fn an_upgrade_follows_names_where_a_table_is_numbered_anew() {
    let home = home();
    put(
        home.path(),
        &[
            (
                "one/house.csv",
                "code,label\n0,Housework\n1,Wash dishes\n2,Mop floor\n3,Iron shirts\n",
            ),
            (
                "two/house.csv",
                "code,label\n0,Housework\n1,Sort laundry\n2,Wash dishes\n3,Mop floor\n",
            ),
            (
                "home.gradus",
                "use house \"1\"\n\nframework home \"Home\" {\n  skill dishes \"Dishes\" { can \"Washes dishes\" }\n  skill iron \"Iron\" { can \"Irons shirts\" }\n}\n\ncrosswalk home to house {\n  dishes is exactly house:1 \"Wash dishes\"\n  iron is exactly house:3 \"Iron shirts\"\n}\n",
            ),
        ],
    );
    let ran = gradus(
        home.path(),
        &["import", "one", "--as", "house", "--version", "1"],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    let ran = gradus(
        home.path(),
        &["upgrade", "house", "two", "--version", "2", "--fix"],
    );
    assert_eq!(ran.code, 1, "{}", ran.all());
    for part in [
        "1 Wash dishes → 2 Wash dishes",
        "to be judged by a person (left as it is): 1\n  3 Iron shirts → 3 Mop floor",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.all());
    }
    let now = std::fs::read_to_string(home.path().join("home.gradus")).expect("the source");
    assert!(now.contains("house:2 \"Wash dishes\""), "{now}");
    assert!(now.contains("house:3 \"Iron shirts\""), "{now}");
}
