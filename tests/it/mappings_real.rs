//! Real mapping tables of others, read whole, written and read again. Skipped with a line where the reference data is not at hand.

use std::io::Read as _;

use gradus::import::tally::Outcome;
use gradus::mapping::chain::{self, CloseChains};
use gradus::mapping::compose::compose;
use gradus::mapping::table::{Predicate, Row, Term, address_of_code};

use super::mappings::{comes_back, counts, read};

/// A file of the reference data, unpacked; `None` where the data is not at hand.
fn reference(path: &str) -> Option<Vec<u8>> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared/data").join(path))
        .find(|file| file.is_file());
    let Some(file) = file else {
        eprintln!("skipped: there is no shared/data/{path}");
        return None;
    };
    let bytes = std::fs::read(&file).expect("the file can be read");
    if !path.ends_with(".gz") {
        return Some(bytes);
    }
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice())
        .read_to_end(&mut unpacked)
        .expect("the file can be unpacked");
    Some(unpacked)
}

#[test]
fn biomappings_are_read_whole_and_come_back() {
    for (name, rows) in [("positive", 12_441), ("negative", 1_887), ("unsure", 110)] {
        let file = format!("biomappings-{name}.sssom.tsv");
        let Some(bytes) = reference(&format!("sssom/{file}.gz")) else {
            return;
        };
        let reading = read(&file, bytes);
        assert_eq!(counts(&reading), [rows, rows, 0, 0], "{name}");
        let negated = reading.table.rows.iter().filter(|row| row.negated).count();
        assert_eq!(negated, if name == "negative" { rows } else { 0 });
        if name == "positive" {
            let other = |row: &&Row| row.predicate.shown().ends_with("/debio/0000003");
            let other = reading.table.rows.iter().filter(other).count();
            assert_eq!(other, 616);
        }
        if name == "unsure" {
            let rows = &reading.table.rows;
            assert!(rows.iter().any(|row| row.confidence.is_some()));
            assert!(rows.iter().all(|row| row.slot("confidence").is_none()));
        }
        comes_back(&reading.table, name);
    }
}

#[test]
fn the_table_of_onet_is_read_whole_and_comes_back() {
    let Some(bytes) = reference("crosswalks/onet-esco-occupations.csv.gz") else {
        return;
    };
    let reading = read("onet-esco-occupations.csv", bytes);
    assert_eq!(counts(&reading), [2_176, 2_176, 0, 0]);
    let count = |predicate| {
        let rows = reading.table.rows.iter();
        rows.filter(|row| row.predicate == predicate).count()
    };
    assert_eq!(
        [
            count(Predicate::Exact),
            count(Predicate::Close),
            count(Predicate::Broad),
            count(Predicate::Narrow),
        ],
        [273 + 22, 755, 974, 152]
    );
    let first = &reading.table.rows[0];
    assert_eq!(
        reading.table.term(first.subject).text(),
        "https://www.onetonline.org/link/summary/11-1011.00"
    );
    assert_eq!(first.object_label.as_deref(), Some("secretary general"));
    comes_back(&reading.table, "O*NET to ESCO");
}

#[test]
fn the_table_of_german_skills_is_read_whole_and_comes_back() {
    let Some(bytes) = reference("crosswalks/de-esco-skills.csv.gz") else {
        return;
    };
    let reading = read("de-esco-skills.csv", bytes);
    assert_eq!(counts(&reading), [12_949, 12_949, 0, 0]);
    let mended = "rows with a quote that is not closed";
    assert_eq!(reading.tally.count(Outcome::Mended, mended), 2);
    let none = "rows `no relation`, kept as things without a counterpart";
    assert_eq!(reading.tally.count(Outcome::Noted, none), 570);
    let table = &reading.table;
    let nothing = table
        .rows
        .iter()
        .filter(|row| table.term(row.object).is_nothing());
    assert_eq!(nothing.count(), 570);
    // ESCO stands on the left, and the relations still lead to it: musical instruments are broader than trombones.
    let trombone = table
        .rows
        .iter()
        .find(|row| row.subject_label.as_deref() == Some("Posaune"));
    let trombone = trombone.expect("a row");
    assert_eq!(trombone.object_label.as_deref(), Some("Musikinstrumente"));
    assert_eq!(trombone.predicate, Predicate::Broad);
    // The rows behind the broken quotes are there.
    for code in ["K 070100-125", "K 070101-017"] {
        let address = Term::address(&address_of_code("Kompetenzsystematik", code));
        assert!(table.find(&address).is_some(), "{code}");
    }
    comes_back(table, "German skills");
}

#[test]
fn case_associations_are_mappings_where_they_say_so() {
    let Some(bytes) = reference("case/smarter-ELAPackage-002.json.gz") else {
        return;
    };
    let reading = read("smarter.json", bytes);
    assert_eq!(counts(&reading), [518, 213, 0, 305]);
    comes_back(&reading.table, "a CASE package");
}

#[test]
fn real_tables_compose_over_what_they_share() {
    let (Some(onet), Some(german)) = (
        reference("crosswalks/onet-esco-occupations.csv.gz"),
        reference("crosswalks/de-esco-skills.csv.gz"),
    ) else {
        return;
    };
    let (onet, german) = (read("o.csv", onet).table, read("g.csv", german).table);
    // Occupations and skills share nothing; a table and its inverse share everything.
    assert_eq!(
        compose(&onet, &german, CloseChains::Never).table.rows.len(),
        0
    );
    let outcome = compose(&onet, &chain::inverse(&onet).table, CloseChains::Never);
    assert!(!outcome.table.rows.is_empty());
    for row in &outcome.table.rows {
        assert!(row.is_derived() && row.paths.iter().all(|path| path.steps.len() == 2));
    }
    comes_back(&outcome.table, "a composed table");
}
