//! Releases that publishers would not be proud of.

use super::super::pack::PackItemStatus;
use super::super::release::{Head, Relation, TextRole};
use super::super::tally::{Outcome, Spot};
use super::*;

fn record(key: &str, code: &str, kind: &str, label: &str, parents: &[&str]) -> Record {
    let mut record = Record {
        key: key.to_owned(),
        code: code.to_owned(),
        kind: Some(kind.to_owned()),
        parents: parents.iter().map(|&parent| parent.to_owned()).collect(),
        ..Record::default()
    };
    record.text(TextRole::Label, "", label);
    record
}

fn release(records: Vec<Record>) -> Release {
    let mut release = Release {
        head: Head {
            id: "crafts".to_owned(),
            version: Some("1".to_owned()),
            title: Some("Crafts".to_owned()),
            source: Some("https://guild.example/crafts".to_owned()),
            language: Some("en".to_owned()),
            ..Head::default()
        },
        ..Release::default()
    };
    for record in records {
        let kind = record.kind.clone().unwrap_or_default();
        release.tally.read(&kind);
        release.records.push(record);
    }
    release
}

fn assembled(release: Release) -> Assembled {
    let assembled =
        assemble(release, &Wanted::default(), "crafts").unwrap_or_else(|fault| panic!("{fault:?}"));
    for (kind, counts) in assembled.tally.kinds() {
        assert_eq!(
            counts.read,
            counts.kept + counts.merged + counts.skipped,
            "{kind} {counts:?}"
        );
    }
    assembled
}

fn codes(assembled: &Assembled) -> Vec<&str> {
    assembled
        .pack
        .items()
        .iter()
        .map(|item| item.code.as_str())
        .collect()
}

#[test]
fn circles_are_opened_and_dangling_links_are_counted() {
    let found = assembled(release(vec![
        record("a", "a", "skill", "A", &["c"]),
        record("b", "b", "skill", "B", &["a", "nowhere", "b", "a"]),
        record("c", "c", "skill", "C", &["b"]),
        record("d", "d", "skill", "D", &["a", "b"]),
    ]));
    let (kinds, tally) = (found.tally.kinds().collect::<Vec<_>>(), &found.tally);
    let links = kinds.iter().find(|(kind, _)| *kind == BROADER_LINK);
    let counts = links.map(|(_, counts)| *counts).expect("links");
    assert_eq!(
        (counts.read, counts.kept, counts.merged, counts.skipped),
        (8, 4, 1, 3)
    );
    let count = |reason: &str| tally.count(Outcome::Skipped, reason);
    assert_eq!(count("links that close a circle of broader items"), 1);
    assert_eq!(count("links to a broader item that is not in the files"), 1);
    let several = "items with several broader items: the first one is the main one";
    assert_eq!(tally.count(Outcome::Noted, several), 1);
    let d = found.pack.find("d").expect("d");
    assert_eq!(found.pack.parents(d).count(), 2);
    assert_eq!(found.pack.roots().len(), 1);
}

#[test]
fn codes_are_made_disambiguated_and_kept_beside() {
    let mut records = vec![
        record("statement/1", "421", "statement", "S", &[]),
        record("role/421", "421", "work role", "R", &[]),
        record("role/9", "9", "work role", "R9", &[]),
        record("statement/2", "7", "statement", "S7", &[]),
        record(
            "https://x.example/id/abc",
            "7",
            "statement",
            "S7 again",
            &[],
        ),
        record("https://x.example/id/def", "", "statement", "No code", &[]),
        record("statement/2", "7", "statement", "S7", &[]),
    ];
    records[4].iri = Some("not an address".to_owned());
    let found = assembled(release(records));
    assert_eq!(
        codes(&found),
        ["421", "work-role-421", "work-role-9", "7", "abc", "def"]
    );
    let abc = found.pack.find("abc").expect("abc");
    let fields = found.details.fields(abc).expect("fields");
    assert!(fields.contains(r#""code as published":"7""#), "{fields}");
    assert!(fields.contains("iri as published"), "{fields}");
    assert_eq!(found.pack.iri(abc), "https://guild.example/crafts#abc");
    let merged = "records that the files have more than once";
    assert_eq!(found.tally.count(Outcome::Merged, merged), 1);
}

#[test]
fn names_are_mended_and_the_published_one_is_kept() {
    let mut odd = record("a", "a", "skill", " use\u{a0}a saw\u{200b} ", &[]);
    odd.text(TextRole::Alternative, "", "use a saw");
    odd.text(TextRole::Alternative, "", "saw");
    odd.text(TextRole::Label, "de_de", "sägen");
    odd.text(TextRole::Label, "fr", "scier");
    odd.text(TextRole::Label, "fr", "manier la scie");
    let mut unnamed = record("b", "b", "skill", "", &[]);
    unnamed.text(TextRole::Statement, "", "planes a board");
    let nothing = record("c", "c", "skill", "", &[]);
    let found = assembled(release(vec![odd, unnamed, nothing]));
    let items = found.pack.items();
    assert_eq!(items[0].label, "use a saw");
    assert_eq!(
        items[0].labels,
        [
            ("de-DE".to_owned(), "sägen".to_owned()),
            ("fr".to_owned(), "scier".to_owned())
        ]
    );
    assert_eq!(items[1].label, "planes a board");
    assert_eq!(items[2].label, "c");
    let index = found.pack.find("a").expect("a");
    let others: Vec<_> = found.details.texts(index).map(|text| text.text).collect();
    assert_eq!(others, ["saw", "manier la scie"]);
    assert!(
        found
            .details
            .fields(index)
            .is_some_and(|fields| fields.contains("label as published"))
    );
    for reason in [
        "names with blanks around them",
        "names with no-break spaces",
        "names with invisible characters",
        "other names that repeat the name itself, left out",
        "language tags that were written in another way than the standard's",
        "items without a name, which get their code for one",
    ] {
        assert_eq!(found.tally.count(Outcome::Mended, reason), 1, "{reason}");
    }
}

#[test]
fn one_successor_takes_the_place_and_several_become_relations() {
    let mut one = record("a", "a", "skill", "A", &[]);
    one.withdrawn = true;
    one.successors = vec!["c".to_owned()];
    let mut two = record("b", "b", "skill", "B", &[]);
    two.withdrawn = true;
    two.successors = vec!["c".to_owned(), "a".to_owned(), "gone".to_owned()];
    let mut made = release(vec![one, two, record("c", "c", "skill", "C", &[])]);
    made.relations.push(Relation {
        from: "c".to_owned(),
        to: "https://x.example/outside".to_owned(),
        kind: "like".to_owned(),
        fields: Default::default(),
        spot: Spot::default(),
    });
    made.relations.push(Relation {
        from: "nobody".to_owned(),
        to: "c".to_owned(),
        kind: "like".to_owned(),
        fields: Default::default(),
        spot: Spot::default(),
    });
    made.tally.read("like");
    made.tally.read("like");
    let found = assembled(made);
    let items = found.pack.items();
    assert_eq!(items[0].replaced_by, found.pack.find("c"));
    assert_eq!(
        (items[1].status, items[1].replaced_by),
        (PackItemStatus::Withdrawn, None)
    );
    // Three successors and what is like something outside; what starts nowhere is left out.
    assert_eq!(found.details.relations().len(), 4);
}

/// One successor in the files and one elsewhere are two, and an item is not its own.
#[test]
fn a_successor_is_certain_only_where_it_is_the_only_one() {
    let mut split = record("a", "a", "skill", "A", &[]);
    split.withdrawn = true;
    split.successors = vec!["c".to_owned(), "https://elsewhere.example/x".to_owned()];
    let mut again = record("b", "b", "skill", "B", &[]);
    again.withdrawn = true;
    again.successors = ["b", "c", "c"].map(str::to_owned).to_vec();
    let found = assembled(release(vec![
        split,
        again,
        record("c", "c", "skill", "C", &[]),
    ]));
    let items = found.pack.items();
    assert_eq!(items[0].replaced_by, None);
    assert_eq!(items[1].replaced_by, found.pack.find("c"));
    assert_eq!(found.details.relations().len(), 2);
    let reason = "items that name themselves as their successor";
    assert_eq!(found.tally.count(Outcome::Noted, reason), 1);
}

#[test]
fn what_differs_between_records_of_one_thing_is_said() {
    let first = record("a", "a", "skill", "A", &[]);
    let second = record("a", "b", "skill", "A", &[]);
    let found = assembled(release(vec![first, second]));
    assert_eq!(found.pack.items()[0].code, "a");
    let reason = "records of one thing whose code differs: the first one stands";
    assert_eq!(found.tally.count(Outcome::Noted, reason), 1);
    let fields = found.details.fields(found.pack.find("a").expect("an item"));
    assert!(fields.is_some_and(|fields| fields.contains("other code")));
}

#[test]
fn what_nobody_stated_is_not_invented() {
    let mut bare = release(vec![record("a", "a", "skill", "A", &[])]);
    bare.head.version = None;
    let fault = assemble(bare.clone(), &Wanted::default(), "crafts").expect_err("no version");
    assert!(fault.message.contains("which version"));
    assert!(assemble(release(Vec::new()), &Wanted::default(), "x").is_err());
    let found =
        assemble(bare, &Wanted::default(), "crafts-2.1.zip").expect("a version in the name");
    assert_eq!(
        (found.pack.version.as_str(), found.pack.licence.as_deref()),
        ("2.1", None)
    );
    assert_eq!(found.file.name, "crafts-2.1.yaml");
    let text = String::from_utf8(found.file.bytes.clone()).expect("a text");
    assert!(
        !text.contains("not stated") && !text.contains("licence:"),
        "{text}"
    );
    // Packs of earlier versions have the words in the file.
    let old = text.replacen("title:", "licence: \"not stated\"\ntitle:", 1);
    let old = crate::import::pack::Pack::parse(&old).expect("an old pack");
    assert_eq!(old.licence, None);
    // Nothing is made up, and what is left out leaves no gap.
    assert_eq!(found.pack.attribution, "Crafts 2.1");
    let wanted = Wanted {
        id: Some("guild".to_owned()),
        version: Some("3".to_owned()),
        unversioned: false,
        set: vec![("licence".to_owned(), "CC0".to_owned())],
    };
    let set = assemble(
        release(vec![record("a", "a", "skill", "A", &[])]),
        &wanted,
        "x",
    )
    .expect("set");
    assert_eq!(
        (set.pack.id.as_str(), set.pack.licence.as_deref()),
        ("guild", Some("CC0"))
    );
}

#[test]
fn a_large_framework_is_binary_and_the_same_each_time() {
    let records = || {
        (0..600)
            .map(|number| {
                record(
                    &format!("k{number}"),
                    &format!("c{number}"),
                    "skill",
                    &format!("Skill {number}"),
                    &[],
                )
            })
            .collect::<Vec<_>>()
    };
    let (one, two) = (assembled(release(records())), assembled(release(records())));
    assert_eq!(one.file, two.file);
    assert_eq!(one.file.name, "crafts-1.gradus-pack");
}

#[test]
fn the_name_of_the_download_is_the_title_where_there_is_none() {
    let mut bare = release(vec![record("a", "a", "skill", "A", &[])]);
    bare.head.title = None;
    bare.head.id = "framework".to_owned();
    let found = assemble(bare.clone(), &Wanted::default(), "our_skills.csv").expect("assembled");
    assert_eq!(
        (found.pack.title.as_str(), found.pack.id.as_str()),
        ("Our skills", "our-skills")
    );
    let reason = "titles that the files do not state: the name of the download stands for it";
    assert_eq!(found.tally.count(Outcome::Mended, reason), 1);
    // An id that is the format's own stays.
    bare.head.id = "onet".to_owned();
    let found = assemble(bare, &Wanted::default(), "db_29_2_text.zip").expect("assembled");
    assert_eq!(found.pack.id, "onet");
}

/// Minutes, if each name were compared with all that came before it.
#[test]
fn tens_of_thousands_of_names_of_one_item_are_put_in_order() {
    const NAMES: usize = 50_000;
    let mut one = record("a", "a", "skill", "A", &[]);
    let mut again = record("a", "a", "skill", "A", &[]);
    for number in 0..NAMES {
        let name = format!("the other name number {number}");
        one.text(TextRole::Alternative, "en", &name);
        again.text(TextRole::Alternative, "en", &name);
    }
    let found = assembled(release(vec![one, again]));
    let item = found.pack.find("a").expect("an item");
    assert_eq!(found.details.texts(item).count(), NAMES);
}

#[test]
fn names_in_the_form_of_a_region_are_in_the_language() {
    let named = |tag: &str, number: u32| {
        let mut record = record(&format!("k{number}"), &number.to_string(), "skill", "", &[]);
        record.texts.clear();
        record.text(TextRole::Label, tag, "Color");
        record
    };
    let lacking = "items without a name in the language of the framework, which get one of another";
    let region = "languages of which all names are in the form of one region, which counts";
    let all = assembled(release(vec![named("en-US", 1), named("en-US", 2)]));
    assert_eq!(all.pack.language, "en-US");
    assert_eq!(all.tally.count(Outcome::Mended, lacking), 0);
    assert_eq!(all.tally.count(Outcome::Noted, region), 1);
    // Of a region and without one: each item has a name.
    let some = assembled(release(vec![named("en", 1), named("en-GB", 2)]));
    assert_eq!(some.pack.language, "en");
    assert_eq!(some.tally.count(Outcome::Mended, lacking), 0);
    assert_eq!(
        some.pack.items()[1].labels,
        [("en-GB".to_owned(), "Color".to_owned())]
    );
    // What the user says counts.
    let wanted = Wanted {
        set: vec![("language".to_owned(), "en".to_owned())],
        ..Wanted::default()
    };
    let set = assemble(release(vec![named("en-US", 1)]), &wanted, "x").expect("one item");
    assert_eq!(set.pack.language, "en");
    assert_eq!(set.tally.count(Outcome::Mended, lacking), 0);
    // Another language is another one.
    let other = assembled(release(vec![named("fr", 1)]));
    assert_eq!(other.tally.count(Outcome::Mended, lacking), 1);
}
