//! Small hand-written tables with every quirk, and the real ones.

use rust_xlsxwriter::Workbook;

use super::super::real_files::{bundle, file, kinds, one, shown};
use super::super::tests_support;
use super::*;
use crate::import::release::{Record, TextRole};

fn read_of(bundle: &Bundle) -> Release {
    assert!(is(bundle), "it is recognized");
    only(read(bundle).unwrap_or_else(|fault| panic!("{fault:?}")))
}

fn only<T: std::fmt::Debug>(mut all: Vec<T>) -> T {
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn guess(bundle: &Bundle) -> Result<Guess, ReadFault> {
    read_guessed(bundle, None).map(|all| only(all).1)
}

fn label(record: &Record) -> &str {
    let label = record
        .texts
        .iter()
        .find(|text| text.role == TextRole::Label);
    label.map_or("", |text| &text.text)
}

#[test]
fn the_template_is_guessed_rightly_and_read() {
    let bundle = one("template.csv", &template());
    let guess = guess(&bundle).unwrap_or_else(|fault| panic!("{fault:?}"));
    assert_eq!(
        guess.to_string(),
        "template.csv: the names of the columns stand in line 1, `,` divides the cells\n\
        \x20 code         code         by its name\n\
        \x20 label        label        by its name\n\
        \x20 label:fr     label:fr     by its name\n\
        \x20 alternative  alternative  by its name\n\
        \x20 statement    statement    by its name\n\
        \x20 description  description  by its name\n\
        \x20 kind         kind         by its name\n\
        \x20 parent       parent       by its name\n\
        \x20 iri          iri          by its name\n\
        \x20 status       status       by its name\n\
        \x20 replaced-by  replaced-by  by its name\n\
        \x20 --map 'code=code,label=label,label:fr=label:fr,alternative=alternative,statement=statement,description=description,\
        kind=kind,parent=parent,iri=iri,status=status,replaced-by=replaced-by'\n"
    );
    assert_eq!(
        Mapping::parse(&guess.mapping.to_string()),
        Ok(guess.mapping)
    );
    let release = read_of(&bundle);
    let keys: Vec<&str> = release
        .records
        .iter()
        .map(|record| record.key.as_str())
        .collect();
    assert_eq!(keys, ["1", "1.1", "https://crafts.example/id/1.2", "1.3"]);
    assert_eq!(release.records[1].parents, ["1"]);
    assert_eq!(release.records[1].texts.len(), 5);
    assert!(release.records[3].withdrawn);
    assert_eq!(
        release.records[3].successors,
        ["https://crafts.example/id/1.2"]
    );
}

#[test]
fn titles_above_names_in_other_languages_and_parents_by_name_are_understood() {
    let text = "Unser Rahmen;;;\nStand: heute;;;\nKürzel;Bezeichnung;Übergeordnet;Eigenes\nA;Holz;;x\nA1;Sägen;Holz;\n\
        A2;Hobeln;A;y;zuviel\nKürzel;Bezeichnung;Übergeordnet;Eigenes\n;;;\n;;;nur Eigenes\nB;Sägen;;\nB1;Feilen;Sägen;\nB2;Bohren;\"A; B\";\nB3;Kleben;Metall;\n";
    let release = read_of(&one("rahmen.csv", text));
    assert_eq!(release.head.title.as_deref(), Some("Unser Rahmen"));
    assert_eq!(release.head.id, "unser-rahmen");
    let parents: Vec<(&str, Vec<&str>)> = release
        .records
        .iter()
        .map(|record| {
            (
                record.code.as_str(),
                record.parents.iter().map(String::as_str).collect(),
            )
        })
        .collect();
    assert_eq!(
        parents,
        [
            ("A", vec![]),
            ("A1", vec!["A"]),
            ("A2", vec!["A"]),
            ("B", vec![]),
            ("B1", vec!["Sägen"]),
            ("B2", vec!["A", "B"]),
            ("B3", vec!["Metall"]),
        ]
    );
    assert_eq!(release.records[0].fields["Eigenes"], "x");
    assert_eq!(release.records[2].fields["column 5"], "zuviel");
    let count = |outcome, reason| release.tally.count(outcome, reason);
    assert_eq!(
        count(Outcome::Noted, "rows above the names of the columns"),
        2
    );
    assert_eq!(
        count(Outcome::Mended, "references by name, put as codes"),
        1
    );
    assert_eq!(
        count(
            Outcome::Noted,
            "references by a name that several rows have"
        ),
        1
    );
    assert_eq!(
        count(
            Outcome::Skipped,
            "rows that repeat the names of the columns"
        ),
        1
    );
    assert_eq!(
        count(Outcome::Skipped, "rows without a code, an IRI or a name"),
        1
    );
    assert_eq!(
        count(
            Outcome::Noted,
            "cells beyond the last column that has a name"
        ),
        1
    );
}

#[test]
fn columns_are_told_apart_by_what_they_hold() {
    let text = "Nr.X,Was,Wohin,Wo\nk-1,Sawing wood,,https://a.example/1\nk-2,Planing wood,k-1,https://a.example/2\nk-3,Gluing,k-1,https://a.example/3\n";
    let guess = guess(&one("a.csv", text)).unwrap_or_else(|fault| panic!("{fault:?}"));
    assert_eq!(
        guess.mapping.to_string(),
        "code=Nr.X,label=Was,parent=Wohin,iri=Wo"
    );
}

#[test]
fn a_code_that_two_things_have_loses_neither() {
    let text = "code,label,kind\n1,Wood,area\n1,Sawing,skill\n1,Wood,area\n2,Gluing,skill\n";
    let release = read_of(&one("a.csv", text));
    let keys: Vec<&str> = release
        .records
        .iter()
        .map(|record| record.key.as_str())
        .collect();
    assert_eq!(
        keys,
        ["1", "1 (3)", "1", "2"],
        "the assembly makes one of those with the same key"
    );
    let reason = "rows with the code of an earlier one and another name";
    assert_eq!(release.tally.count(Outcome::Noted, reason), 1);
}

#[test]
fn names_alone_are_enough() {
    let release = read_of(&one(
        "a.csv",
        "Skill,Category\nSawing wood,Wood\nGluing,Wood\nПилить,Wood\nSanding,Wood\n",
    ));
    let codes: Vec<&str> = release
        .records
        .iter()
        .map(|record| record.code.as_str())
        .collect();
    assert_eq!(codes, ["sawing-wood", "gluing", "", "sanding"]);
    assert_eq!(release.records[0].kind.as_deref(), Some("Wood"));
}

#[test]
fn a_mapping_by_hand_is_followed() {
    let text = "x\ty\tz\n1\tOne\t\n2\tTwo\t1\n";
    let bundle = one("a.tsv", text);
    let mapping = Mapping::parse("code=X,label:de=#2,parent=z").expect("a mapping");
    let release =
        only(read_mapped(&bundle, Some(&mapping)).unwrap_or_else(|fault| panic!("{fault:?}")));
    assert_eq!(release.records[1].parents, ["1"]);
    assert_eq!(release.records[1].texts[0].language, "de");
    assert_eq!(release.head.language.as_deref(), Some("de"));
    let mapping = Mapping::parse("code=q,label=y").expect("a mapping");
    let fault = read_mapped(&bundle, Some(&mapping)).expect_err("there is no `q`");
    assert_eq!(fault.message, "there is no column `q`");
    assert_eq!(fault.help.as_deref(), Some("choose among x, y, z"));
}

#[test]
fn excel_is_read_sheet_by_sheet() {
    let mut workbook = Workbook::new();
    for (name, rows) in [
        ("Read me", vec![vec!["About this file"]]),
        (
            "One",
            vec![
                vec!["Code", "Name", "Parent"],
                vec!["1", "Wood", ""],
                vec!["1.1", "Sawing", "Planing"],
            ],
        ),
        (
            "Two",
            vec![vec!["Code", "Name", "Parent"], vec!["1.2", "Planing", "1"]],
        ),
    ] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write(row, column, cell).expect("a cell");
            }
        }
    }
    let sheet = workbook.worksheet_from_index(2).expect("the last sheet");
    sheet.write(2, 0, 2.5).expect("a cell");
    sheet.write(2, 1, "Gluing").expect("a cell");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let bundle = Bundle {
        name: "a.xlsx".to_owned(),
        files: vec![file("a.xlsx", bytes)],
    };
    let release = read_of(&bundle);
    let codes: Vec<&str> = release
        .records
        .iter()
        .map(|record| record.code.as_str())
        .collect();
    assert_eq!(codes, ["1", "1.1", "1.2", "2.5"]);
    assert_eq!(
        release.records[1].parents,
        ["1.2"],
        "one sheet may refer to the next"
    );
    assert_eq!(release.records[2].parents, ["1"], "{}", shown(&release));
    let count = |outcome, reason| release.tally.count(outcome, reason);
    assert_eq!(
        count(
            Outcome::Skipped,
            "sheets in which no column of names is seen, which are not read"
        ),
        1
    );
    let numbers = "codes stored as numbers, whose zeros at the start and the end may be lost";
    assert_eq!(count(Outcome::Noted, numbers), 1);
}

#[test]
fn what_is_no_table_is_refused() {
    for text in [
        "",
        "{}",
        "<a/>",
        "just a line\n",
        "1,2,3\n4,5,6\n",
        "@prefix a: <b> .\n",
        "\0\0\0",
    ] {
        assert!(!is(&one("a.csv", text)), "{text:?}");
        assert!(read(&one("a.csv", text)).is_err(), "{text:?}");
    }
}

#[test]
fn prose_and_mappings_are_not_taken_for_tables_of_items() {
    for text in [
        "subject_id\tsubject_label\tpredicate_id\tobject_id\na:1\tWood\tskos:exactMatch\tb:1\n",
        "# Title\n\nOne day, when it rained, we went out.\nThen, as ever, it stopped.\n",
        "Dear all,\nthanks, and see you.\n",
    ] {
        assert!(!is(&one("a.txt", text)), "{text:?}");
    }
}

#[test]
fn digcomp_2_as_csv_is_read_in_full() {
    let Some(bundle) = bundle("digcomp-2", &["DigComp.csv"]) else {
        return;
    };
    let guess = guess(&bundle).unwrap_or_else(|fault| panic!("{fault:?}"));
    eprintln!("{guess}");
    assert_eq!(
        guess.mapping.to_string(),
        "code=ShortCode,label=Name,description=Description,parent=BroaderConcept"
    );
    let release = read_of(&bundle);
    eprintln!("{}", shown(&release));
    assert_eq!(release.records.len(), 26);
    let below = release
        .records
        .iter()
        .filter(|record| !record.parents.is_empty());
    assert_eq!(below.count(), 21);
    assert_eq!(
        release
            .tally
            .count(Outcome::Mended, "references by name, put as codes"),
        21
    );
    let literacy = &release.records[1];
    assert_eq!(
        (literacy.code.as_str(), literacy.parents.as_slice()),
        ("1.1", &["1.0".to_owned()][..])
    );
    assert!(label(literacy).starts_with("BROWSING"));
}

#[test]
fn the_hierarchy_of_occupations_is_read_in_full() {
    let Some(bundle) = bundle("rsd", &["BLS-Import.csv.gz"]) else {
        return;
    };
    let guess = guess(&bundle).unwrap_or_else(|fault| panic!("{fault:?}"));
    eprintln!("{guess}");
    let release = read_of(&bundle);
    eprintln!("{}", shown(&release));
    assert_eq!(release.records.len(), 1_447);
    let kinds: Vec<String> = kinds(&release).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["Broad", "Detailed", "Major", "Minor"]);
}

#[test]
fn the_broken_quotes_of_a_published_table_are_noticed() {
    let Some(bundle) = bundle("crosswalks", &["de-esco-skills.csv.gz"]) else {
        return;
    };
    let mut tally = Tally::default();
    let sheets = sheets(&bundle, &mut tally).unwrap_or_else(|fault| panic!("{fault:?}"));
    assert_eq!(
        tally.count(Outcome::Mended, "records with a broken quote"),
        2
    );
    // The rows of data, their names, and the rows of metadata that are not empty.
    let data = sheets[0]
        .rows
        .iter()
        .filter(|row| row.cells.len() >= 4)
        .count();
    eprintln!("{} rows, {data} of them wide", sheets[0].rows.len());
}

#[test]
fn tables_with_other_columns_are_other_frameworks() {
    let files = [
        ("knots.csv", "code,label\nK1,Bowline\nK2,Hitch\n"),
        ("more.csv", "code,label\nK3,Splice\n"),
        (
            "sails.csv",
            "id;name;description\nS1;Reef;Shorten\nS2;Hoist;Up\n",
        ),
    ];
    let bundle = tests_support::bundle(&files);
    let releases = read(&bundle).unwrap_or_else(|fault| panic!("{fault:?}"));
    let codes: Vec<Vec<&str>> = releases
        .iter()
        .map(|release| {
            let codes = release.records.iter().map(|record| record.code.as_str());
            codes.collect()
        })
        .collect();
    assert_eq!(codes, [vec!["K1", "K2", "K3"], vec!["S1", "S2"]]);
    let ids: Vec<&str> = releases.iter().map(|one| one.head.id.as_str()).collect();
    assert_eq!(ids, ["knots", "sails"]);
    // A table of which nothing is kept takes no guess away from the one after it.
    let empty = file("more.csv", b"code,label,note,level\n,,x,\n,,y,\n".to_vec());
    let mut files = bundle.files;
    files.insert(1, empty);
    let bundle = Bundle {
        name: "all".to_owned(),
        files,
    };
    let read = read_guessed(&bundle, None).unwrap_or_else(|fault| panic!("{fault:?}"));
    let has_name = |guess: &Guess| guess.mapping.columns.iter().any(|one| one.name == "name");
    let shown: Vec<(&str, bool)> = read
        .iter()
        .map(|(release, guess)| (release.head.id.as_str(), has_name(guess)))
        .collect();
    assert_eq!(shown, [("knots", false), ("sails", true)]);
}

#[test]
fn a_table_whose_column_has_the_codes_of_another_one_belongs_to_it() {
    let files = [
        ("areas.csv", "code,title\nA,Ropes\nB,Sails\n"),
        (
            "skills.csv",
            "code,title,group,note\nA1,Bowline,A,\nA2,Hitch,A,x\nB1,Reef,B,\n",
        ),
    ];
    let bundle = tests_support::bundle(&files);
    let release = read_of(&bundle);
    let parents: Vec<(&str, &[String])> = release
        .records
        .iter()
        .map(|record| (record.code.as_str(), record.parents.as_slice()))
        .collect();
    let (a, b) = (["A".to_owned()], ["B".to_owned()]);
    assert_eq!(
        parents,
        [
            ("A", &[][..]),
            ("B", &[]),
            ("A1", &a),
            ("A2", &a),
            ("B1", &b)
        ]
    );
}

#[test]
fn tables_that_would_be_parts_of_each_other_in_a_ring_lose_nothing() {
    let files = [
        (
            "one.csv",
            "code,title,group,note\nA1,Bowline,B1,x\nA2,Hitch,B2,\n",
        ),
        (
            "two.csv",
            "code,title,group,color\nB1,Reef,C1,x\nB2,Hoist,C2,\n",
        ),
        (
            "six.csv",
            "code,title,group,size\nC1,Steer,A1,x\nC2,Tack,A2,\n",
        ),
    ];
    let bundle = tests_support::bundle(&files);
    let release = read_of(&bundle);
    assert_eq!(release.records.len(), 6);
}

#[test]
fn a_column_with_codes_of_other_rows_is_the_parent_whatever_it_is_called() {
    for name in ["Group", "Category", "Domain", "Belongs", "Area"] {
        let text =
            format!("Code,Name,{name}\nA,Ropes,\nA1,Bowline,A\nA2,Hitch,A\nB,Sails,\nB1,Reef,B\n");
        let guess = guess(&one("a.csv", &text)).unwrap_or_else(|fault| panic!("{fault:?}"));
        let expected = format!("code=Code,label=Name,parent={name}");
        assert_eq!(guess.mapping.to_string(), expected);
    }
    // Nine in ten are enough; plain numbers need a name that says so.
    let mut text = "code,name,group\n1,All,\n".to_owned();
    for row in 2..=11 {
        text.push_str(&format!(
            "{row},Item {row},{}\n",
            if row == 5 { 99 } else { 1 }
        ));
    }
    let guessed = |text: &str| {
        let guess = guess(&one("a.csv", text)).unwrap_or_else(|fault| panic!("{fault:?}"));
        guess.mapping.to_string()
    };
    assert_eq!(guessed(&text), "code=code,label=name,parent=group");
    let weight = text.replace("group", "weight");
    assert_eq!(guessed(&weight), "code=code,label=name");
    // Words for the kind stay what they are.
    let kinds = "code,name,group\nA,Ropes,area\nA1,Bowline,skill\nA2,Hitch,skill\nA3,Bend,skill\n";
    assert_eq!(guessed(kinds), "code=code,label=name,kind=group");
}
