//! `gradus crosswalk` and `through` as users meet them.

use std::fs;
use std::path::Path;

use gradus::import::bundle::{Bundle, BundleFile};
use gradus::mapping::read;

use super::support::{gradus, put};

const PROJECT: &str = "name: small\nbase: https://badges.example.org/\nlicence: https://creativecommons.org/licenses/by/4.0/\n";

const SOURCE: &str = r#"use digcomp 2.2

framework data "Data literacy" {
  area read "Reading" {
    skill charts "Reading charts" { can "interpret common chart types" }
    skill tables "Reading tables" { can "find values in a table" }
    skill maps   "Reading maps"   { can "find a place on a map" }
  }
  skill story "Telling a story" { can "choose the one chart that answers" }
}
framework media "Media literacy" {
  skill plots "Plots in the news" { can "judge a plot in a newspaper" }
  skill grids "Grids" { can "read a timetable" }
  skill atlas "Atlas" { can "use an atlas" }
}
crosswalk data to media {
  read.charts is exactly media.plots confidence 0.9
  read.tables is close to media.grids
}
# The other direction: it is walked back.
crosswalk media to data { atlas covers data.read.maps  grids is close to data.story }
crosswalk media to digcomp {
  plots is within digcomp:1.2 confidence 0.8
  grids is close to digcomp:1.3
  atlas is within digcomp:1.1
}
crosswalk data to digcomp through media {
  story has no match "not there"
}
"#;

fn project(source: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("folder");
    put(
        home.path(),
        &[("gradus.yaml", PROJECT), ("a.gradus", source)],
    );
    home
}

fn printed(home: &Path, arguments: &[&str]) -> String {
    let ran = gradus(home, arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.all());
    ran.out
}

#[test]
fn rows_follow_over_a_framework_in_the_middle() {
    let home = project(SOURCE);
    let text = printed(home.path(), &["crosswalk", "export", "data-to-digcomp"]);
    let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    insta::assert_snapshot!(rows.join("\n"), @r##"subject_id	subject_label	subject_category	predicate_id	object_id	object_label	object_category	mapping_justification	mapping_cardinality	confidence	comment	derived_from
data:read.charts	Reading charts	skill	skos:broadMatch	digcomp:1.2	Evaluating data, information and digital content	competence	semapv:MappingChaining	1:1	0.72		data:read.charts skos:exactMatch media:plots skos:broadMatch digcomp:1.2
data:read.maps	Reading maps	skill	skos:broadMatch	digcomp:1.1	Browsing, searching and filtering data, information and digital content	competence	semapv:MappingChaining	1:1			data:read.maps ^skos:narrowMatch media:atlas skos:broadMatch digcomp:1.1
data:story	Telling a story	skill	skos:exactMatch	sssom:NoTermFound			semapv:ManualMappingCuration	1:0		not there"##);
    let list = printed(home.path(), &["crosswalk", "list"]);
    insta::assert_snapshot!(list, @r##"data-to-digcomp   2 of 4 mapped, 1 without a match, 1 open; 0 mappings, 2 derived
data-to-media     2 of 4 mapped, 0 without a match, 2 open; 2 mappings
media-to-data     2 of 3 mapped, 0 without a match, 1 open; 2 mappings
media-to-digcomp  3 of 3 mapped, 0 without a match, 0 open; 3 mappings"##);
    let gaps = gradus(
        home.path(),
        &["crosswalk", "gaps", "--only", "data-to-digcomp"],
    );
    insta::assert_snapshot!(gaps.all(), @r##"exit 0
--- stdout
data-to-digcomp
  read.tables  Reading tables (Reading)
    can find values in a table
--- stderr
1 item is open"##);
}

#[test]
fn a_hand_made_row_goes_before_a_derived_one() {
    let source = SOURCE.replace(
        "story has no match \"not there\"",
        "story has no match \"not there\"\n  read.charts relates to digcomp:1.2\n  read.maps has no match",
    );
    let home = project(&source);
    let text = printed(
        home.path(),
        &["crosswalk", "export", "data-to-digcomp", "--format", "csv"],
    );
    assert!(!text.contains("MappingChaining"), "{text}");
    assert!(text.contains("relatedMatch"), "{text}");
}

#[test]
fn a_side_of_the_crosswalk_is_not_in_the_middle() {
    let home = project(&SOURCE.replace("to digcomp through media", "to digcomp through digcomp"));
    let ran = gradus(home.path(), &["check", "--format", "concise"]);
    assert!(
        ran.out
            .contains("is one of the two sides of this crosswalk"),
        "{}",
        ran.all()
    );
}

#[test]
fn exports_of_a_project_read_back_to_the_same_rows() {
    let home = project(SOURCE);
    let mut all = Vec::new();
    for (format, file) in [
        ("json", "x.json"),
        ("csv", "x.csv"),
        ("xlsx", "x.xlsx"),
        ("skos", "x.ttl"),
        ("case", "x.case.json"),
    ] {
        printed(
            home.path(),
            &[
                "crosswalk",
                "export",
                "data-to-digcomp",
                "--format",
                format,
                "--out",
                file,
            ],
        );
        let bytes = fs::read(home.path().join(file)).expect("the export");
        let bundle = Bundle {
            name: file.to_owned(),
            files: vec![BundleFile {
                path: file.to_owned(),
                bytes,
            }],
        };
        let reading = read::read(&bundle).unwrap_or_else(|fault| panic!("{file}: {fault:?}"));
        assert_eq!(reading.table.rows.len(), 3, "{file}");
        all.push((file, reading.table.all_shown()));
    }
    for (file, rows) in &all[1..] {
        assert_eq!(rows, &all[0].1, "{file}");
    }
}

#[test]
fn coverage_comes_in_every_shape() {
    let home = project(SOURCE);
    let text = printed(home.path(), &["crosswalk", "coverage"]);
    assert!(text.contains("data-to-digcomp"), "{text}");
    let page = printed(home.path(), &["crosswalk", "coverage", "--format", "html"]);
    assert!(page.starts_with("<!doctype html>") && page.contains("Data literacy, by area"));
    assert!(
        !page.contains("<script") && !page.contains("http"),
        "it stands alone"
    );
    let csv = printed(home.path(), &["crosswalk", "coverage", "--format", "csv"]);
    assert!(csv.starts_with("\u{feff}crosswalk,side,part"), "{csv}");
    let json = printed(home.path(), &["crosswalk", "coverage", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(4));
    printed(
        home.path(),
        &[
            "crosswalk",
            "coverage",
            "--format",
            "xlsx",
            "--out",
            "c.xlsx",
        ],
    );
    let book = fs::read(home.path().join("c.xlsx")).expect("the workbook");
    printed(
        home.path(),
        &[
            "crosswalk",
            "coverage",
            "--format",
            "xlsx",
            "--out",
            "d.xlsx",
        ],
    );
    assert!(book == fs::read(home.path().join("d.xlsx")).expect("the workbook"));
}

#[test]
fn tables_in_files_are_reckoned_with() {
    let home = project(SOURCE);
    for (name, file) in [
        ("data-to-media", "a.sssom.tsv"),
        ("media-to-digcomp", "b.sssom.tsv"),
    ] {
        printed(home.path(), &["crosswalk", "export", name, "--out", file]);
    }
    let composed = printed(
        home.path(),
        &["crosswalk", "compose", "a.sssom.tsv", "b.sssom.tsv"],
    );
    assert!(
        composed.contains("semapv:MappingChaining\t0.72"),
        "{composed}"
    );
    let inverse = printed(
        home.path(),
        &["crosswalk", "inverse", "b.sssom.tsv", "--format", "csv"],
    );
    assert!(inverse.contains("narrowMatch"), "{inverse}");
    let union = gradus(
        home.path(),
        &["crosswalk", "union", "a.sssom.tsv", "a.sssom.tsv"],
    );
    assert!(union.err.contains("2 rows"), "{}", union.all());
    let ran = gradus(
        home.path(),
        &["crosswalk", "check", "a.sssom.tsv", "b.sssom.tsv"],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
}

#[test]
fn a_table_becomes_source_or_stays_a_table() {
    let home = project(SOURCE);
    printed(
        home.path(),
        &[
            "crosswalk",
            "export",
            "media-to-digcomp",
            "--format",
            "json",
            "--out",
            "m.json",
        ],
    );
    let other = project(&SOURCE[..SOURCE.find("crosswalk data").expect("the crosswalks")]);
    fs::copy(home.path().join("m.json"), other.path().join("m.json")).expect("copied");
    let ran = gradus(other.path(), &["crosswalk", "import", "m.json"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let source =
        fs::read_to_string(other.path().join("media-to-digcomp.gradus")).expect("the source");
    insta::assert_snapshot!(source, @r##"crosswalk media to digcomp {
  licence <https://creativecommons.org/licenses/by/4.0/>
  plots is within digcomp:1.2 "Evaluating data, information and digital content" confidence 0.8
  grids is close to digcomp:1.3 "Managing data, information and digital content"
  atlas is within digcomp:1.1 "Browsing, searching and filtering data, information and digital content"
}"##);
    let ran = gradus(other.path(), &["check", "--format", "concise"]);
    assert!(!ran.out.contains("error"), "{}", ran.all());
    // The same table again: nothing is new, and nothing is written.
    let ran = gradus(other.path(), &["crosswalk", "import", "m.json"]);
    assert!(
        ran.err.contains("3 rows that the crosswalk has already"),
        "{}",
        ran.all()
    );
    assert!(ran.err.contains("0 new rows"), "{}", ran.all());
    let again =
        fs::read_to_string(other.path().join("media-to-digcomp.gradus")).expect("the source");
    assert_eq!(again, source);
    // Of strangers: kept as a table.
    put(
        other.path(),
        &[(
            "strange.tsv",
            "subject_id\tpredicate_id\tobject_id\tmapping_justification\nx:1\tskos:exactMatch\ty:1\tsemapv:ManualMappingCuration\n",
        )],
    );
    let ran = gradus(other.path(), &["crosswalk", "import", "strange.tsv"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(other.path().join("frameworks/strange.sssom.tsv").is_file());
}

#[test]
fn a_table_adds_to_a_crosswalk_what_is_new() {
    let by_hand = r#"use digcomp 2.2

framework data "Data literacy" {
  skill charts "Reading charts" { can "interpret common chart types" }
  skill tables "Reading tables" { can "find values in a table" }
  skill sums   "Adding up"      { can "add up columns" }
  skill maps   "Reading maps"   { can "find places on a map" }
}

crosswalk data to digcomp {
  charts is within digcomp:1.2 because "judged by hand"
  sums has no match "arithmetic"
  tables is close to digcomp:1.1 refused
  # more to come
}
"#;
    let home = project(by_hand);
    let listed = printed(home.path(), &["crosswalk", "export", "data-to-digcomp"]);
    let start = listed
        .lines()
        .find_map(|line| line.trim_start_matches('#').trim().strip_prefix("data: "))
        .unwrap_or_else(|| panic!("no prefix of ours in {listed}"))
        .trim_matches('"');
    let digcomp = "https://publications.jrc.ec.europa.eu/repository/handle/JRC128415#";
    let row = |item: &str, predicate: &str, code: &str, state: &str| {
        format!("o:{item}\tskos:{predicate}\td:{code}\tsemapv:ManualMappingCuration\t{state}\n")
    };
    let table = [
        format!("#curie_map:\n#  o: {start}\n#  d: {digcomp}\n"),
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\tgradus_state\n".to_owned(),
        row("charts", "broadMatch", "1.2", ""),
        row("charts", "exactMatch", "1.2", ""),
        row("tables", "closeMatch", "1.1", "proposed"),
        row("tables", "broadMatch", "1.3", "proposed"),
        row("tables", "broadMatch", "1.3", "proposed"),
        row("sums", "closeMatch", "1.3", ""),
        row("maps", "exactMatch", "1.1", ""),
    ]
    .concat();
    put(home.path(), &[("more.tsv", &table)]);
    let ran = gradus(home.path(), &["crosswalk", "import", "more.tsv", "--plan"]);
    assert!(ran.err.contains("2 new rows"), "{}", ran.all());
    let ran = gradus(home.path(), &["crosswalk", "import", "more.tsv"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    for note in [
        "1 row that the crosswalk has already",
        "1 row left out: the crosswalk says something else of the same two items",
        "1 row left out: the crosswalk has them as `refused`",
        "1 row left out: the crosswalk says `has no match` of their items",
        "1 row that the table has more than once",
        "2 new rows added to the crosswalk `data-to-digcomp`",
    ] {
        assert!(ran.err.contains(note), "{note}: {}", ran.all());
    }
    let now = fs::read_to_string(home.path().join("a.gradus")).expect("the source");
    let expected = by_hand.replace(
        "  # more to come\n",
        "  # more to come\n  tables is within digcomp:1.3 \"Managing data, information and digital content\" proposed\n  \
         maps is exactly digcomp:1.1 \"Browsing, searching and filtering data, information and digital content\"\n",
    );
    assert_eq!(now, expected);
    let ran = gradus(home.path(), &["check", "--format", "concise"]);
    assert!(!ran.out.contains("error"), "{}", ran.all());
    assert!(ran.out.contains("crosswalk/proposed"), "{}", ran.all());
}

#[test]
fn a_published_table_leads_on_from_a_framework_in_the_middle() {
    let source = r#"use digcomp 2.2
use entrecomp

framework data "Data literacy" {
  skill charts "Reading charts" { can "interpret common chart types"  is exactly digcomp:1.2 confidence 0.9 }
  skill tables "Reading tables" { can "find values in a table"        is within  digcomp:1.3 }
}
crosswalk data to entrecomp through digcomp { version "1" }
"#;
    let home = project(source);
    // One row forward, one back, one that leads nowhere.
    let digcomp = "https://publications.jrc.ec.europa.eu/repository/handle/JRC128415#";
    let entrecomp = "https://publications.jrc.ec.europa.eu/repository/handle/JRC101581#";
    let table = format!(
        "#curie_map:\n#  d: {digcomp}\n#  e: {entrecomp}\n#mapping_set_id: https://sets.example/de\n#license: https://creativecommons.org/licenses/by/4.0/\n\
         subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\n\
         d:1.2\tskos:broadMatch\te:1.1\tsemapv:ManualMappingCuration\t0.5\n\
         e:3.1\tskos:narrowMatch\td:1.3\tsemapv:ManualMappingCuration\t\n\
         d:5.4\tskos:exactMatch\te:2.1\tsemapv:ManualMappingCuration\t\n"
    );
    put(home.path(), &[("published.tsv", &table)]);
    let ran = gradus(
        home.path(),
        &[
            "crosswalk",
            "import",
            "published.tsv",
            "--as",
            "digcomp-to-entrecomp",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    let csv = printed(home.path(), &["crosswalk", "export", "data-to-entrecomp"]);
    let rows: Vec<&str> = csv.lines().filter(|line| !line.starts_with('#')).collect();
    insta::assert_snapshot!(rows.join("\n"), @r##"subject_id	subject_label	subject_category	predicate_id	object_id	object_label	object_category	mapping_justification	mapping_cardinality	confidence	derived_from
data:charts	Reading charts	skill	skos:broadMatch	entrecomp:1.1	Spotting opportunities	competence	semapv:MappingChaining	1:1	0.45	data:charts skos:exactMatch digcomp:1.2 skos:broadMatch entrecomp:1.1
data:tables	Reading tables	skill	skos:broadMatch	entrecomp:3.1	Taking the initiative	competence	semapv:MappingChaining	1:1		data:tables skos:broadMatch digcomp:1.3 ^skos:narrowMatch entrecomp:3.1"##);
}

#[test]
fn gaps_of_mappings_that_stand_with_items_are_listed_too() {
    let home = project(
        r#"use digcomp 2.2

framework data "Data literacy" {
  skill charts "Reading charts" { can "interpret common chart types"  is close to digcomp:1.2 }
  skill tables "Reading tables" { can "find values in a table" }
}
"#,
    );
    let list = printed(home.path(), &["crosswalk", "list"]);
    assert!(list.contains("1 open"), "{list}");
    let gaps = gradus(home.path(), &["crosswalk", "gaps"]);
    assert!(gaps.err.contains("1 item is open"), "{}", gaps.all());
    assert!(gaps.out.contains("Reading tables"), "{}", gaps.all());
}

#[test]
fn what_is_wrong_with_a_kept_table_is_said_with_its_line() {
    let home = project(
        r#"use digcomp 2.2
use entrecomp

framework data "Data literacy" { skill charts "Reading charts" { can "interpret common chart types" } }
crosswalk data to entrecomp through digcomp { charts has no match }
"#,
    );
    put(
        home.path(),
        &[(
            "frameworks/kept.sssom.tsv",
            "subject_id\tpredicate_id\tobject_id\tmapping_justification\n\
             https://a.example/1\tskos:exactMatch\thttps://b.example/1\tsemapv:ManualMappingCuration\n\
             https://a.example/2\t\thttps://b.example/2\tsemapv:ManualMappingCuration\n",
        )],
    );
    let ran = gradus(home.path(), &["check", "--format", "concise"]);
    assert!(
        ran.out.contains("frameworks/kept.sssom.tsv:3:1") && ran.out.contains("1 row left out"),
        "{}",
        ran.all()
    );
    assert!(ran.out.contains("warning"), "{}", ran.all());
}

#[test]
fn kept_tables_are_listed_and_empty_ones_refused() {
    let home = project(&SOURCE[..SOURCE.find("crosswalk data").expect("the crosswalks")]);
    let header = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n";
    let row = "x:1\tskos:exactMatch\ty:1\tsemapv:ManualMappingCuration\n";
    put(
        home.path(),
        &[
            ("frameworks/strange.sssom.tsv", &format!("{header}{row}")),
            ("empty.tsv", header),
        ],
    );
    let list = printed(home.path(), &["crosswalk", "list"]);
    assert!(
        list.contains("frameworks/strange.sssom.tsv  1 row"),
        "{list}"
    );
    let ran = gradus(home.path(), &["crosswalk", "import", "empty.tsv"]);
    assert_ne!(ran.code, 0, "{}", ran.all());
    assert!(!home.path().join("frameworks/empty.sssom.tsv").exists());
}

#[test]
fn a_confidence_that_means_nothing_is_warned_of() {
    let home = project(SOURCE);
    let table = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\n\
        https://a.example/1\tskos:exactMatch\thttps://b.example/1\tsemapv:ManualMappingCuration\t0.5\n\
        https://a.example/2\tskos:exactMatch\thttps://b.example/2\tsemapv:ManualMappingCuration\t7\n\
        https://a.example/3\tskos:exactMatch\thttps://b.example/3\tsemapv:ManualMappingCuration\thigh\n";
    put(home.path(), &[("t.sssom.tsv", table)]);
    for arguments in [
        &["crosswalk", "inverse", "t.sssom.tsv"][..],
        &["crosswalk", "union", "t.sssom.tsv", "t.sssom.tsv"],
        &["crosswalk", "compose", "t.sssom.tsv", "t.sssom.tsv"],
    ] {
        let ran = gradus(home.path(), arguments);
        assert!(
            ran.err.contains("warning: 2 rows with a confidence"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("t.sssom.tsv:3: `7`"), "{}", ran.err);
    }
}

#[test]
fn nothing_is_imported_into_what_cannot_be_read() {
    let home = project(SOURCE);
    let table = printed(home.path(), &["crosswalk", "export", "data-to-media"]);
    let broken = format!("{SOURCE}crosswalk {{{{\n");
    put(
        home.path(),
        &[
            ("a.gradus", broken.as_str()),
            ("t.sssom.tsv", table.as_str()),
        ],
    );
    let ran = gradus(home.path(), &["crosswalk", "import", "t.sssom.tsv"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(ran.err.contains("syntax error"), "{}", ran.err);
    assert!(ran.err.contains("gradus check"), "{}", ran.err);
    let now = fs::read_to_string(home.path().join("a.gradus")).expect("the source");
    assert_eq!(now, broken);
}

#[test]
fn a_crosswalk_of_proposals_is_listed_as_not_begun() {
    let home = project(
        "use digcomp 2.2\nframework data \"Data\" {\n  skill charts \"Charts\" { can \"read charts\" }\n}\ncrosswalk data to digcomp {\n  charts is close to digcomp:1.2 proposed\n}\n",
    );
    let ran = gradus(home.path(), &["crosswalk", "list"]);
    assert!(ran.out.contains("not begun: 1 proposal\n"), "{}", ran.all());
    assert!(!ran.err.contains("no crosswalks"), "{}", ran.all());
    for what in ["gaps", "coverage"] {
        let ran = gradus(home.path(), &["crosswalk", what]);
        assert!(
            ran.err.contains("is not begun: 1 proposal"),
            "{}",
            ran.all()
        );
    }
}

#[test]
fn a_check_of_tables_without_sources_says_what_it_cannot_see() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let table = |source: &str| {
        format!(
            "#curie_map:\n#  a: https://a.example/\n#  b: https://b.example/\n#license: https://l.example/\n{source}\
             subject_id\tpredicate_id\tobject_id\tmapping_justification\n\
             a:1\tskos:exactMatch\tb:1\tsemapv:ManualMappingCuration\n\
             a:2\tskos:exactMatch\tb:1\tsemapv:ManualMappingCuration\n"
        )
    };
    put(
        home.path(),
        &[
            ("without.sssom.tsv", &table("")),
            (
                "with.sssom.tsv",
                &table("#object_source: b:all\n#subject_source: a:all\n"),
            ),
        ],
    );
    let ran = gradus(home.path(), &["crosswalk", "check", "without.sssom.tsv"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let words = "warning: 3 of 3 things have no source";
    assert!(ran.err.contains(words), "{}", ran.all());
    let ran = gradus(home.path(), &["crosswalk", "check", "with.sssom.tsv"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(!ran.err.contains("no source"), "{}", ran.all());
}

/// A table of one row between strangers.
fn strange(subject: &str) -> String {
    format!(
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\n{subject}\tskos:exactMatch\ty:1\tsemapv:ManualMappingCuration\n"
    )
}

/// A project with a download of two tables, and a file that is none.
fn with_two_tables() -> tempfile::TempDir {
    let home = project(SOURCE);
    let (one, two) = (strange("x:1"), strange("x:2"));
    put(
        home.path(),
        &[
            ("download/one.tsv", one.as_str()),
            ("download/two.tsv", two.as_str()),
            ("download/read-me.md", "Two tables."),
        ],
    );
    home
}

#[test]
fn every_table_of_a_folder_is_imported() {
    let home = with_two_tables();
    let ran = gradus(home.path(), &["crosswalk", "import", "download"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let lock = fs::read_to_string(home.path().join("gradus.lock")).expect("the lock");
    for name in ["one", "two"] {
        let file = format!("frameworks/{name}.sssom.tsv");
        let table = fs::read_to_string(home.path().join(&file)).expect("the table");
        let subject = if name == "one" { "ns:1\t" } else { "ns:2\t" };
        assert!(table.contains(subject), "{table}");
        let id = format!("mapping_set_id: urn:x-gradus:set:{name}\n");
        assert!(table.contains(&id), "{table}");
        assert!(lock.contains(&file), "{lock}");
    }
    // What is no table is counted.
    assert!(
        ran.err
            .contains("file: 1 read, 0 kept, 0 merged, 1 skipped"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("read-me.md"), "{}", ran.err);
    // One name is not enough for two, and commands that take one table say which there are.
    let ran = gradus(
        home.path(),
        &["crosswalk", "import", "download", "--as", "both"],
    );
    assert_eq!(ran.code, 2, "{}", ran.all());
    let ran = gradus(home.path(), &["crosswalk", "inverse", "download"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err.contains("`download/one.tsv`, `download/two.tsv`"),
        "{}",
        ran.err
    );
}

#[test]
fn nothing_of_a_folder_is_imported_where_one_table_is_there_already() {
    let home = with_two_tables();
    let two = strange("x:2");
    put(home.path(), &[("frameworks/two.sssom.tsv", two.as_str())]);
    let ran = gradus(home.path(), &["crosswalk", "import", "download"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(!home.path().join("frameworks/one.sssom.tsv").exists());
    assert!(!home.path().join("gradus.lock").exists());
}
