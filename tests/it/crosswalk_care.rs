//! What a person has said goes before what is derived; and kept mapping tables stay the ones that were taken in.

use std::fs;
use std::path::Path;

use crate::support::{gradus, put};

const PROJECT: &str = "name: small\nbase: https://badges.example.org/\nlicence: https://creativecommons.org/licenses/by/4.0/\n";

/// Three frameworks of the project: `alpha` to `gamma` follows over `beta`, for both pairs.
const SOURCE: &str = r#"framework alpha "One" {
  skill a "A" { can "do a" }
  skill b "B" { can "do b" }
}
framework beta "Two" {
  skill a "A" { can "do the same" }
  skill b "B" { can "do it too" }
}
framework gamma "Three" {
  skill a "A" { can "do a well" }
  skill b "B" { can "do b well" }
}
crosswalk alpha to beta { a is exactly beta.a  b is exactly beta.b }
crosswalk beta to gamma { a is exactly gamma.a  b is within gamma.b }
crosswalk alpha to gamma through beta { version "1" }
"#;

fn project(source: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    put(
        home.path(),
        &[("gradus.yaml", PROJECT), ("a.gradus", source)],
    );
    home
}

/// The derived rows of `alpha-to-gamma`, as `alpha:a → gamma:a`.
fn derived(home: &Path) -> Vec<String> {
    let ran = gradus(home, &["crosswalk", "export", "alpha-to-gamma"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let rows = ran
        .out
        .lines()
        .filter(|line| line.contains("MappingChaining"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let object = cells.iter().find(|cell| cell.starts_with("gamma:"));
        format!("{} → {}", cells[0], object.expect("an object"))
    })
    .collect()
}

#[test]
fn what_a_person_has_said_in_either_direction_keeps_derived_rows_away() {
    let (first, second) = ("alpha:a → gamma:a", "alpha:b → gamma:b");
    assert_eq!(derived(project(SOURCE).path()), [first, second]);
    for (what, rows, left) in [
        (
            "refused",
            "version \"1\"  a is exactly gamma.a refused",
            &[second][..],
        ),
        (
            "refused otherwise",
            "version \"1\"  a is close to gamma.a refused",
            &[second],
        ),
        (
            "another pair is refused",
            "version \"1\"  a is exactly gamma.b refused",
            &[first, second],
        ),
        (
            "only proposed",
            "version \"1\"  a is close to gamma.a proposed",
            &[first, second],
        ),
        ("no match", "version \"1\"  b has no match", &[first]),
        ("by hand", "version \"1\"  b relates to gamma.b", &[first]),
    ] {
        let source = SOURCE.replace("version \"1\"", rows);
        assert_eq!(derived(project(&source).path()), left, "{what}");
    }
    for (what, crosswalk, left) in [
        (
            "by hand, back",
            "crosswalk gamma to alpha { a relates to alpha.a }",
            &[second][..],
        ),
        (
            "refused, back",
            "crosswalk gamma to alpha { a is exactly alpha.a refused }",
            &[second],
        ),
        (
            "proposed, back",
            "crosswalk gamma to alpha { a is exactly alpha.a proposed }",
            &[first, second],
        ),
        (
            "no match, back",
            "crosswalk gamma to alpha { b has no match }",
            &[first],
        ),
        (
            "another pair, back",
            "crosswalk gamma to alpha { b is close to alpha.a }",
            &[first, second],
        ),
    ] {
        let source = format!("{SOURCE}{crosswalk}\n");
        assert_eq!(derived(project(&source).path()), left, "{what}");
    }
}

const HEADER: &str =
    "subject_id\tpredicate_id\tobject_id\tmapping_justification\tpredicate_modifier\n";

#[test]
fn what_a_kept_table_says_of_a_pair_by_hand_goes_before_a_derived_row() {
    let source = "use digcomp 2.2\n\
         framework alpha \"One\" { iri <https://alpha.example/>  skill a \"A\" { can \"do a\"  iri <https://alpha.example/a> } }\n\
         framework beta \"Two\" { skill a \"A\" { can \"do the same\" } }\n\
         crosswalk alpha to beta { a is exactly beta.a }\n\
         crosswalk beta to digcomp { a is exactly digcomp:1.2 }\n\
         crosswalk alpha to digcomp through beta { version \"1\" }\n";
    let home = project(source);
    let digcomp = "https://publications.jrc.ec.europa.eu/repository/handle/JRC128415#1.2";
    let exported = |home: &Path| {
        let ran = gradus(home, &["crosswalk", "export", "alpha-to-digcomp"]);
        assert_eq!(ran.code, 0, "{}", ran.all());
        ran.out.contains("MappingChaining")
    };
    assert!(exported(home.path()));
    for (rows, stays) in [
        (
            format!(
                "https://alpha.example/a\tskos:exactMatch\t{digcomp}\tsemapv:ManualMappingCuration\tNot\n"
            ),
            false,
        ),
        (
            format!(
                "{digcomp}\tskos:relatedMatch\thttps://alpha.example/a\tsemapv:ManualMappingCuration\t\n"
            ),
            false,
        ),
        (
            format!(
                "{digcomp}\tskos:relatedMatch\thttps://alpha.example/b\tsemapv:ManualMappingCuration\t\n"
            ),
            true,
        ),
    ] {
        put(
            home.path(),
            &[("frameworks/mine.sssom.tsv", &format!("{HEADER}{rows}"))],
        );
        assert_eq!(exported(home.path()), stays, "{rows}");
    }
}

#[test]
fn a_table_that_is_taken_in_is_pinned_and_its_changes_are_told() {
    let home = project(SOURCE);
    let row = "https://a.example/1\tskos:exactMatch\thttps://b.example/1\tsemapv:ManualMappingCuration\t\n";
    put(home.path(), &[("published.tsv", &format!("{HEADER}{row}"))]);
    let run = |arguments: &[&str]| gradus(home.path(), arguments);
    let ran = run(&["crosswalk", "import", "published.tsv", "--as", "a-to-b"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(ran.err.contains("and pinned"), "{}", ran.err);
    let lock = fs::read_to_string(home.path().join("gradus.lock")).expect("a lock");
    assert!(
        lock.contains("tables:\n- file: \"frameworks/a-to-b.sssom.tsv\"\n  sha256: \"")
            && lock.contains("  source: \"published.tsv\"\n"),
        "{lock}"
    );
    assert_eq!(run(&["check", "--locked", "--format", "concise"]).code, 0);
    // Nothing is left beside what was written: files are put there whole.
    let names: Vec<_> = fs::read_dir(home.path().join("frameworks"))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names, ["a-to-b.sssom.tsv"]);

    let path = home.path().join("frameworks/a-to-b.sssom.tsv");
    let table = fs::read_to_string(&path).expect("the table");
    fs::write(&path, table.replace("exactMatch", "closeMatch")).expect("written");
    let ran = run(&["check", "--format", "concise"]);
    assert!(
        ran.out.contains("project/pack-changed")
            && ran
                .out
                .contains("`frameworks/a-to-b.sssom.tsv` is not the file that is pinned"),
        "{}",
        ran.all()
    );
    for command in [&["check", "--locked"][..], &["build", "--locked"]] {
        let ran = run(command);
        assert_eq!(ran.code, 2, "{}", ran.all());
        assert!(
            ran.err
                .contains("a-to-b.sssom.tsv` is not the file that is pinned"),
            "{}",
            ran.err
        );
    }
    // Pinned as it is now, all is well; taken away, it is missed; and a table that was never pinned is not let through.
    let ran = run(&["frameworks", "pin"]);
    assert!(
        ran.err
            .contains("1 pinned, 1 of them new or changed; 0 taken out"),
        "{}",
        ran.err
    );
    assert_eq!(run(&["check", "--locked", "--format", "concise"]).code, 0);
    fs::rename(&path, home.path().join("frameworks/other.sssom.tsv")).expect("moved");
    let ran = run(&["check", "--locked"]);
    assert!(
        ran.err
            .contains("a-to-b.sssom.tsv` is pinned and not there"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("other.sssom.tsv` is not pinned"),
        "{}",
        ran.err
    );
    let ran = run(&["frameworks", "pin"]);
    assert!(
        ran.err
            .contains("1 pinned, 1 of them new or changed; 1 taken out"),
        "{}",
        ran.err
    );
    assert_eq!(run(&["check", "--locked", "--format", "concise"]).code, 0);
}

#[test]
fn two_tables_that_end_alike_are_told_how_to_meet() {
    let home = tempfile::tempdir().expect("folder");
    let table = |from: &str| {
        format!(
            "subject_id\tpredicate_id\tobject_id\tmapping_justification\n{from}:1\tskos:exactMatch\tz:1\tsemapv:ManualMappingCuration\n"
        )
    };
    put(
        home.path(),
        &[("l.tsv", &table("a")), ("r.tsv", &table("b"))],
    );
    let ran = gradus(home.path(), &["crosswalk", "compose", "l.tsv", "r.tsv"]);
    assert!(
        ran.err.contains("`gradus crosswalk inverse`"),
        "{}",
        ran.all()
    );
}
