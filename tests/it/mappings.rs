//! Mapping tables: what is written reads back to the same rows, the real tables are read whole, and composition keeps its bounds.

use gradus::import::bundle::{Bundle, BundleFile};
use gradus::mapping::chain::{self};
use gradus::mapping::path::{Path, Step};
use gradus::mapping::read::{self, KIND, Reading};
use gradus::mapping::table::{Predicate, Row, State, Table, Term, address_of_code, justification};
use gradus::mapping::union::union;
use gradus::mapping::write::{self, Format};
use proptest::prelude::*;

pub(super) fn bundle(path: &str, bytes: impl Into<Vec<u8>>) -> Bundle {
    Bundle {
        name: path.to_owned(),
        files: vec![BundleFile {
            path: path.to_owned(),
            bytes: bytes.into(),
        }],
    }
}

pub(super) fn read(path: &str, bytes: impl Into<Vec<u8>>) -> Reading {
    read::read(&bundle(path, bytes)).unwrap_or_else(|fault| panic!("{path}: {fault:?}"))
}

/// `[read, kept, merged, skipped]`.
pub(super) fn counts(reading: &Reading) -> [usize; 4] {
    reading
        .tally
        .kinds()
        .find(|(kind, _)| *kind == KIND)
        .map_or([0; 4], |(_, counts)| {
            [counts.read, counts.kept, counts.merged, counts.skipped]
        })
}

/// Writes a table in every format, reads it back and compares the rows.
pub(super) fn comes_back(table: &Table, what: &str) {
    for (format, name, ending) in Format::ALL {
        let bytes =
            write::write(table, format).unwrap_or_else(|fault| panic!("{what} as {name}: {fault}"));
        // Same table, same bytes; the large ones are slow enough once.
        if table.rows.len() < 1_000 {
            let again = write::write(table, format);
            assert!(
                again.as_ref() == Ok(&bytes),
                "{what} as {name}: other bytes"
            );
        }
        if table.rows.is_empty() && matches!(format, Format::Skos) {
            continue;
        }
        let back = read(&format!("a{ending}"), bytes);
        let (before, after) = (table.all_shown(), back.table.all_shown());
        assert_eq!(before.len(), after.len(), "{what} as {name}");
        for (one, other) in before.iter().zip(&after) {
            assert_eq!(one, other, "{what} as {name}");
        }
    }
}

// ---- random tables ---------------------------------------------------------------------------------------------------

fn words() -> impl Strategy<Value = String> {
    // Control characters other than tab and line feed are no part of XML, so no workbook has them.
    proptest::string::string_regex("[ -~äß日é\u{a0}|\\\\\"'\t\n=+@-]{1,12}").expect("a pattern")
}

fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..20_u32).prop_map(|n| format!("https://a.example/codes/{n}")),
        (0..20_u32).prop_map(|n| format!("https://b.example/x#K-{n}.{n}")),
        (0..20_u32).prop_map(|n| address_of_code("Some classification", &format!("K {n} ü"))),
        Just("urn:uuid:3f2b1c00-0000-4000-8000-000000000000".to_owned()),
        Just("https://c.example/?q=1&r=é".to_owned()),
        Just("https://c.example/".to_owned()),
    ]
}

fn predicate() -> impl Strategy<Value = Predicate> {
    prop_oneof![
        Just(Predicate::Exact),
        Just(Predicate::Broad),
        Just(Predicate::Narrow),
        Just(Predicate::Close),
        Just(Predicate::Related),
        Just(Predicate::SubClassOf),
        Just(Predicate::Other("https://p.example/like".into())),
    ]
}

#[derive(Debug, Clone)]
struct Made {
    ends: [Result<String, String>; 2],
    predicate: Predicate,
    negated: bool,
    confidence: Option<f64>,
    state: State,
    labels: [Option<String>; 2],
    slots: Vec<(&'static str, String)>,
    path: Option<(String, bool)>,
}

fn end() -> impl Strategy<Value = Result<String, String>> {
    prop_oneof![
        9 => address().prop_map(Ok),
        1 => words().prop_map(Err),
    ]
}

fn made() -> impl Strategy<Value = Made> {
    let labels = (proptest::option::of(words()), proptest::option::of(words()));
    let slots = proptest::collection::vec(
        (
            proptest::sample::select(vec![
                "author_label",
                "comment",
                "mapping_cardinality",
                "subject_source_version",
                "mapping_tool",
                "own_column",
                "other",
                "match_string",
            ]),
            words(),
        ),
        0..4,
    );
    let state = prop_oneof![
        4 => Just(State::Settled),
        1 => Just(State::Proposed),
        1 => Just(State::Refused),
    ];
    (
        (end(), end(), predicate()),
        any::<bool>(),
        proptest::option::of((0..=1000_u32).prop_map(|n| f64::from(n) / 1000.0)),
        state,
        labels,
        slots,
        proptest::option::of((address(), any::<bool>())),
    )
        .prop_map(
            |((one, other, predicate), negated, confidence, state, labels, slots, path)| Made {
                ends: [one, other],
                predicate,
                negated,
                confidence,
                state,
                labels: [labels.0, labels.1],
                slots,
                path,
            },
        )
}

fn table(rows: &[Made]) -> Table {
    let mut table = Table::default();
    table.say("mapping_set_id", "https://sets.example/one");
    table.say("mapping_set_title", "A set: with \"quotes\"");
    table.say("creator_label", "A. Person|B. Person");
    table.say("own_key", "kept");
    table
        .prefixes
        .insert("a".to_owned(), "https://a.example/codes/".to_owned());
    for made in rows {
        let [subject, object] = made.ends.clone().map(|end| match end {
            Ok(address) => table.address(&address),
            Err(words) => table.intern(Term::Literal(words.as_str().into())),
        });
        let mut row = Row::new(subject, made.predicate.clone(), object);
        row.negated = made.negated;
        row.confidence = made.confidence;
        row.state = made.state;
        let label = |end: &Result<String, String>, label: &Option<String>| {
            // The words of a literal are its label.
            label.as_deref().filter(|_| end.is_ok()).map(Into::into)
        };
        row.subject_label = label(&made.ends[0], &made.labels[0]);
        row.object_label = label(&made.ends[1], &made.labels[1]);
        for (name, value) in &made.slots {
            let many = matches!(*name, "author_label" | "match_string");
            let value = if many {
                gradus::mapping::slots::join(&[value.as_str(), "second"])
            } else {
                value.clone()
            };
            row.set(name, &value);
        }
        if let Some((middle, inverse)) = &made.path {
            let middle = table.address(middle);
            if made.ends.iter().all(Result::is_ok) {
                row.justification = justification("MappingChaining");
                row.paths = vec![Path {
                    start: subject,
                    steps: vec![
                        Step {
                            predicate: made.predicate.clone(),
                            inverse: *inverse,
                            to: middle,
                        },
                        Step {
                            predicate: Predicate::Exact,
                            inverse: false,
                            to: object,
                        },
                    ],
                }];
            }
        }
        table.rows.push(row);
    }
    table
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_tables_come_back_in_every_format(rows in proptest::collection::vec(made(), 0..12)) {
        comes_back(&table(&rows), "a random table");
    }

    #[test]
    fn the_inverse_of_the_inverse_says_the_same(rows in proptest::collection::vec(made(), 0..12)) {
        let table = table(&rows);
        let there = chain::inverse(&table);
        let lost: usize = there.notes.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(there.table.rows.len() + lost, table.rows.len());
        let back = chain::inverse(&there.table).table;
        // Rows that differ in their paths alone may change places: the paths are turned round, too.
        let triples = |table: &Table| -> Vec<String> {
            let mut said: Vec<String> = table.all_shown().into_iter().map(|row| {
                format!("{:?}", (row.triple, row.negated, row.confidence, row.labels, row.slots, row.paths))
            }).collect();
            said.sort();
            said
        };
        let mut kept = table.clone();
        kept.rows.retain(|row| chain::inverse_of(&row.predicate).is_some());
        for row in &mut kept.rows {
            for name in ["record_id", "predicate_label", "case_association", "case_type"] {
                row.slots.remove(name);
            }
        }
        prop_assert_eq!(triples(&back), triples(&kept));
    }

    #[test]
    fn a_union_with_itself_adds_nothing(rows in proptest::collection::vec(made(), 0..12)) {
        let once = union(&table(&rows), &Table::default()).table;
        let twice = union(&once, &once).table;
        let things = |table: &Table| table.rows.iter().filter(|row| {
            [row.subject, row.object].iter().all(|&id| matches!(table.term(id), Term::Address(_)))
        }).count();
        prop_assert_eq!(things(&once), things(&twice));
    }
}
