//! Small hand-written packages with every quirk, and the real ones.

use super::super::real_files::{bundle, file, one, shown};
use super::*;
use crate::import::tally::Outcome;

fn read_of(bundle: &Bundle) -> Release {
    assert!(is(bundle), "it is recognized");
    let mut releases = read(bundle).unwrap_or_else(|fault| panic!("{fault:?}"));
    assert_eq!(releases.len(), 1, "one framework");
    releases.remove(0)
}

const SMALL: &str = r##"{"CFDocument": {"identifier": "d", "uri": "https://case.example/d", "title": "Knots and Ropes", "creator": "Guild",
    "language": "en", "lastChangeDateTime": "2024-05-01T00:00:00Z", "caseVersion": "1.1",
    "licenseURI": {"title": "CC BY", "identifier": "l", "uri": "https://licence.example"}},
  "CFItems": [
    {"identifier": "b", "uri": "https://case.example/b", "humanCodingScheme": "K.2", "fullStatement": "Ties **knots**.\n\nMore of it.",
     "CFItemType": "Skill", "CFDocumentURI": {"identifier": "d", "uri": "https://case.example/d", "title": "x"}, "educationLevel": ["01"], "extensions": {"x": 1}},
    {"identifier": "a", "uri": "https://case.example/a", "humanCodingScheme": "K.1", "fullStatement": "Chooses a rope.", "abbreviatedStatement": "Rope", "statusEndDate": "2024-01-01"},
    {"identifier": "c", "uri": "https://case.example/c", "humanCodingScheme": "K.1", "fullStatement": "Child.", "statusEndDate": "2031-01-01", "language": "fr"},
    {"humanCodingScheme": "K.9", "fullStatement": ["wrong"]},
    "no object"
  ],
  "CFAssociations": [
    {"identifier": "1", "associationType": "isChildOf", "originNodeURI": {"identifier": "b"}, "destinationNodeURI": {"identifier": "d"}, "sequenceNumber": 2},
    {"identifier": "2", "associationType": "isChildOf", "originNodeURI": {"identifier": "a"}, "destinationNodeURI": {"identifier": "d"}, "sequenceNumber": "1"},
    {"identifier": "3", "associationType": "isChildOf", "originNodeURI": {"identifier": "c"}, "destinationNodeURI": {"uri": "https://case.example/a"}},
    {"identifier": "4", "associationType": "replacedBy", "originNodeURI": {"identifier": "a"}, "destinationNodeURI": {"identifier": "b"}},
    {"identifier": "5", "associationType": "exactMatchOf", "originNodeURI": {"identifier": "b"}, "destinationNodeURI": {"identifier": "z", "uri": "https://other.example/z", "title": "Z"}},
    {"identifier": "6", "associationType": "Is Related To", "originNodeURI": "https://case.example/b", "destinationNodeURI": "c"},
    {"identifier": "7", "associationType": "ext:mine", "originNodeURI": {"identifier": "y"}, "destinationNodeURI": {"identifier": "c"}},
    {"identifier": "8", "associationType": "isChildOf", "originNodeURI": {"identifier": "b"}},
    [1]
  ],
  "CFDefinitions": {"CFSubjects": [{"identifier": "s", "title": "Ropes"}], "CFConcepts": []},
  "CFRubrics": [{"identifier": "r", "CFRubricCriteria": []}], "extensions": {"by": "hand"}}"##;

#[test]
fn a_package_is_read_with_everything_in_it() {
    let release = read_of(&one("package.json", SMALL));
    assert_eq!(release.head.id, "knots-and-ropes");
    assert_eq!(release.head.licence.as_deref(), Some("CC BY"));
    assert_eq!(release.head.fields["caseVersion"], "1.1");
    assert_eq!(
        release.head.fields["CFDefinitions"]["CFSubjects"][0]["title"],
        "Ropes"
    );
    assert!(release.head.fields.contains_key("CFRubrics"));
    assert_eq!(release.head.fields["extensions"]["by"], "hand");
    let codes: Vec<&str> = release
        .records
        .iter()
        .map(|record| record.key.as_str())
        .collect();
    assert_eq!(
        codes,
        [
            "https://case.example/a",
            "https://case.example/c",
            "https://case.example/b",
            "item/0/4"
        ],
        "in the order of the sequence numbers, children below their parents"
    );
    let [a, c, b, nameless] = release.records.as_slice() else {
        panic!("four records")
    };
    assert!(a.withdrawn && a.parents.is_empty());
    assert_eq!(a.successors, ["https://case.example/b"]);
    assert_eq!(a.fields["CFAssociations"][0]["sequenceNumber"], "1");
    assert!(!c.withdrawn);
    assert_eq!(c.parents, ["https://case.example/a"]);
    assert_eq!(c.texts[0].language, "fr");
    assert_eq!(b.kind.as_deref(), Some("Skill"));
    assert_eq!(b.texts[0].text, "Ties knots.");
    assert_eq!(b.texts[1].text, "Ties **knots**.\n\nMore of it.");
    assert_eq!(b.fields["extensions"]["x"], 1);
    assert!(!b.fields.contains_key("CFDocumentURI"));
    assert_eq!(nameless.fields["fullStatement"][0], "wrong");
    let relations: Vec<(&str, &str, &str)> = release
        .relations
        .iter()
        .map(|link| (link.from.as_str(), link.kind.as_str(), link.to.as_str()))
        .collect();
    assert_eq!(
        relations,
        [
            (
                "https://case.example/b",
                "exactMatchOf",
                "https://other.example/z"
            ),
            (
                "https://case.example/b",
                "isRelatedTo",
                "https://case.example/c"
            ),
        ]
    );
    assert_eq!(c.fields["CFAssociations"][1]["associationType"], "ext:mine");
    assert_eq!(
        release.relations[0].fields["destinationNodeURI"]["title"],
        "Z"
    );
    let count = |outcome, reason| release.tally.count(outcome, reason);
    assert_eq!(
        count(Outcome::Noted, "ends of associations outside the package"),
        2
    );
    assert_eq!(count(Outcome::Mended, "items without an identifier"), 1);
    assert_eq!(count(Outcome::Skipped, "items that are no objects"), 1);
    assert_eq!(count(Outcome::Skipped, "associations without two ends"), 1);
    assert_eq!(
        count(Outcome::Skipped, "associations that are no objects"),
        1
    );
    assert_eq!(
        count(
            Outcome::Noted,
            "items whose end lies after the last change of the package"
        ),
        1
    );
    assert_eq!(count(Outcome::Noted, "statements with several lines"), 1);
}

#[test]
fn wrapped_packages_and_several_in_one_download_are_read() {
    let wrapped = format!(r#"{{"data": [{{"CFPackage": {SMALL}}}]}}"#);
    assert_eq!(read_of(&one("a.json", &wrapped)).records.len(), 4);
    let other = SMALL
        .replace("\"identifier\": \"d\"", "\"identifier\": \"e\"")
        .replace("example/d", "example/e");
    let two = Bundle {
        name: "two".to_owned(),
        files: vec![
            file("a.json", SMALL.as_bytes().to_vec()),
            file("b.json", other.into_bytes()),
        ],
    };
    let releases = read(&two).unwrap_or_else(|fault| panic!("{fault:?}"));
    let items: Vec<usize> = releases.iter().map(|one| one.records.len()).collect();
    assert_eq!(items, [4, 4], "a framework for each document");
    let iris: Vec<&str> = releases
        .iter()
        .filter_map(|release| release.head.iri.as_deref())
        .collect();
    assert_eq!(iris, ["https://case.example/d", "https://case.example/e"]);
}

/// A package of one item in the document with this name.
fn package(document: &str, item: &str, rest: &str) -> String {
    format!(
        r#"{{"CFDocument": {{"identifier": "{document}", "title": "{document}"}}, "CFItems": [{{"identifier": "{item}", "fullStatement": "{item}"}}], "CFAssociations": [{rest}]}}"#
    )
}

#[test]
fn packages_go_to_their_documents_in_whatever_files_they_stand() {
    let link = r#"{"associationType": "isRelatedTo", "originNodeURI": {"identifier": "b1"}, "destinationNodeURI": {"identifier": "a1"}}"#;
    let bridge = format!(
        r#"{{"documents": [{}, {}, {{"CFItems": [{{"identifier": "b3", "fullStatement": "b3", "CFDocumentURI": {{"identifier": "b"}}}},
        {{"identifier": "lost", "fullStatement": "lost"}}],
        "CFAssociations": [{{"associationType": "isRelatedTo", "originNodeURI": {{"identifier": "x"}}, "destinationNodeURI": {{"identifier": "y"}}}}]}}]}}"#,
        package("a", "a2", link),
        package("b", "b2", "")
    );
    let files = [
        ("1.json", package("a", "a1", "")),
        ("2.json", package("b", "b1", "")),
        ("3.json", bridge),
    ];
    let bundle = Bundle {
        name: "all".to_owned(),
        files: files
            .map(|(name, text)| file(name, text.into_bytes()))
            .into(),
    };
    let releases = read(&bundle).unwrap_or_else(|fault| panic!("{fault:?}"));
    let said: Vec<(&str, Vec<&str>, usize)> = releases
        .iter()
        .map(|release| {
            let keys = release.records.iter().map(|record| record.key.as_str());
            let title = release.head.title.as_deref().unwrap_or("");
            (title, keys.collect(), release.relations.len())
        })
        .collect();
    assert_eq!(
        said,
        [
            ("a", vec!["a1", "a2", "lost"], 0),
            ("b", vec!["b1", "b2", "b3"], 1),
        ]
    );
    for what in ["items", "associations"] {
        let reason = format!("{what} that name no document, kept with the first one");
        assert_eq!(
            releases[0].tally.count(Outcome::Noted, &reason),
            1,
            "{what}"
        );
    }
}

#[test]
fn circles_and_hostile_input_come_out_again() {
    let circle = r#"{"CFDocument": 7, "CFItems": [
        {"identifier": "a", "fullStatement": "A"}, {"identifier": "b", "fullStatement": "B"}, {"identifier": "a", "fullStatement": "Again"}],
        "CFAssociations": [
        {"associationType": "isChildOf", "originNodeURI": {"identifier": "a"}, "destinationNodeURI": {"identifier": "b"}},
        {"associationType": "isChildOf", "originNodeURI": {"identifier": "b"}, "destinationNodeURI": {"identifier": "a"}}]}"#;
    let release = read_of(&one("a.json", circle));
    assert_eq!(release.records.len(), 3);
    let deep = format!(r#"{{"CFDocument": 1, "CFItems": {}"#, "[".repeat(10_000));
    let fault = read(&one("a.json", &deep)).expect_err("too deep");
    assert!(fault.message.contains("too deep"), "{fault:?}");
    assert!(read(&one("a.json", r#"{"CFDocument": {}, "CFItems": []}"#)).is_err());
}

#[test]
fn labels_are_made_of_the_first_line() {
    assert_eq!(items::label_of("**Note**\r\n\r\nmore"), "Note");
    assert_eq!(items::label_of("- # one  two \n"), "one two");
    let long = items::label_of(&"word ".repeat(100));
    assert!(
        long.ends_with("word …") && long.chars().count() <= 162,
        "{long}"
    );
}

/// File, items, relations, associations that make the tree, ends outside.
const REAL: [(&str, usize, usize, usize, usize); 8] = [
    ("opensalt-framework-20c5134f.json", 16, 23, 16, 21),
    ("smarter-DOK.json.gz", 15, 0, 15, 0),
    ("smarter-ELA.json.gz", 5, 0, 1, 1),
    ("smarter-ELAPackage-000.json.gz", 38, 19, 37, 16),
    ("smarter-ELAPackage-001.json.gz", 65, 35, 65, 24),
    ("smarter-ELAPackage-002.json.gz", 305, 213, 305, 189),
    ("smarter-ELAPackage-004.json.gz", 32, 17, 32, 13),
    ("smarter-IT.json.gz", 19, 0, 19, 0),
];

#[test]
fn published_packages_are_read_in_full() {
    for (name, items, relations, parts, outside) in REAL {
        let Some(bundle) = bundle("case", &[name]) else {
            return;
        };
        let release = read_of(&bundle);
        eprintln!("{name}\n{}", shown(&release));
        assert_eq!(release.records.len(), items, "{name}");
        assert_eq!(release.relations.len(), relations, "{name}");
        let count = |outcome, reason| release.tally.count(outcome, reason);
        let found = release.tally.kinds().find(|(kind, _)| *kind == "isChildOf");
        assert_eq!(found.map_or(0, |(_, counts)| counts.kept), parts, "{name}");
        assert_eq!(
            count(Outcome::Noted, "ends of associations outside the package"),
            outside,
            "{name}"
        );
        assert!(
            release
                .records
                .iter()
                .all(|record| !record.texts.is_empty()),
            "{name}"
        );
        let (plain, early) = (
            count(Outcome::Noted, "items with `CFDocumentURI` as a plain text"),
            count(
                Outcome::Mended,
                "items with `educationalLevel`, read as `educationLevel`",
            ),
        );
        let expected = if name.starts_with("opensalt") { 16 } else { 0 };
        assert_eq!((plain, early), (expected, expected), "{name}");
        let nameless = usize::from(name == "smarter-ELA.json.gz");
        assert_eq!(
            count(Outcome::Mended, "items without an identifier"),
            nameless,
            "{name}"
        );
    }
}

#[test]
fn the_repeated_code_of_a_published_package_is_handed_on() {
    let Some(bundle) = bundle("case", &["smarter-ELA.json.gz"]) else {
        return;
    };
    let release = read_of(&bundle);
    let repeated = release
        .records
        .iter()
        .filter(|record| record.code == "E.G3.C1RL");
    assert_eq!(repeated.count(), 2);
    let keys: std::collections::BTreeSet<&str> = release
        .records
        .iter()
        .map(|record| record.key.as_str())
        .collect();
    assert_eq!(
        keys.len(),
        4,
        "two are one item, and one has the identifier of another"
    );
    let reason = "items with the identifier of an earlier one and another code";
    assert_eq!(release.tally.count(Outcome::Mended, reason), 1);
    assert!(release.head.fields.contains_key("CFAssociations"));
}

#[test]
fn the_sample_in_csv_is_read() {
    let Some(bundle) = bundle("case", &["sample_case.csv"]) else {
        return;
    };
    let release = read_of(&bundle);
    eprintln!("{}", shown(&release));
    assert_eq!(release.records.len(), 10);
    let fractions = &release.records[1];
    assert_eq!(fractions.code, "M.F");
    assert_eq!(fractions.parents, ["Math"]);
    assert_eq!(release.relations.len(), 4);
}
