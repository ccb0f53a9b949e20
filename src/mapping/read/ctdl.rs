//! Alignments of CTDL as mappings: what an `AlignmentMap` says of the items of two frameworks.
//!
//! Each `AlignmentObject` leads from a `sourceNode` to a `targetNode`, with an `alignmentType`: a mapping property of SKOS, or a word
//! of CTDL that means the same. One without a target, or of the type `NoMatch`, says that the source has no counterpart. Addresses stay as they
//! are: published maps use prefixes (`scqf:level3`) that nobody explains, and those are counted.

use super::{KIND, spot};
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::beginning;
use crate::import::linked::vocabulary::{self, CEASN, CETERMS};
use crate::import::linked::{self, Graph, Node, Value};
use crate::import::tally::{Outcome, Tally};
use crate::mapping::table::{NO_TERM_FOUND, Predicate, Row, Table, Term, justification};

/// Kinds of alignment in CTDL's own words.
const WORDS: [(&str, Predicate); 5] = [
    ("exactAlignment", Predicate::Exact),
    ("broadAlignment", Predicate::Broad),
    ("narrowAlignment", Predicate::Narrow),
    ("majorAlignment", Predicate::Close),
    ("minorAlignment", Predicate::Related),
];

pub(super) fn is(bundle: &Bundle) -> bool {
    bundle.files.iter().any(is_map)
}

/// Whether a file is made for mapping: it has alignments that lead from a node to another.
fn is_map(file: &BundleFile) -> bool {
    let names = |word: &str| memchr::memmem::find(&file.bytes, word.as_bytes()).is_some();
    beginning(file, 1 << 12)
        .trim_start()
        .starts_with(['{', '['])
        && names("AlignmentObject\"")
        && names("sourceNode\"")
}

pub(super) fn read(bundle: &Bundle, tally: &mut Tally) -> Result<Table, ReadFault> {
    let mut table = Table::default();
    for (number, file) in bundle.indexed().filter(|(_, file)| is_map(file)) {
        let Some(syntax) = linked::sniff(file) else {
            continue;
        };
        let mut graph = Graph::default();
        linked::read(number, file, syntax, &mut graph, tally)?;
        for node in graph.nodes() {
            if is_of(node, "AlignmentMap") {
                about(node, &mut table, tally);
            }
        }
        for node in graph.nodes() {
            if is_of(node, "AlignmentObject") {
                one(node, &mut table, tally);
            }
        }
    }
    Ok(table)
}

/// The names of a property or a class in the vocabularies that have it.
fn spellings(local: &str) -> [String; 2] {
    [CETERMS, CEASN].map(|namespace| format!("{namespace}{local}"))
}

fn is_of(node: &Node, class: &str) -> bool {
    spellings(class).iter().any(|class| node.is_a(class))
}

/// What is said with a property, in English where there is a choice.
fn said<'n>(node: &'n Node, local: &str) -> Option<&'n str> {
    let [one, other] = spellings(local);
    node.text(&[&one, &other], "en")
        .or_else(|| node.names(&one).chain(node.names(&other)).next())
}

/// What the map says of itself.
fn about(map: &Node, table: &mut Table, tally: &mut Tally) {
    const SLOTS: [(&str, &str); 6] = [
        ("name", "mapping_set_title"),
        ("description", "mapping_set_description"),
        ("source", "mapping_set_source"),
        ("license", "license"),
        ("versionIdentifier", "mapping_set_version"),
        ("dateModified", "mapping_date"),
    ];
    for (local, slot) in SLOTS {
        if let Some(value) = said(map, local) {
            table.say(slot, value);
        }
    }
    for (predicate, value) in &map.statements {
        let local = vocabulary::last_part(predicate);
        let known = predicate.as_ref() == vocabulary::TYPE
            || local == "hasPart"
            || SLOTS.iter().any(|(name, _)| *name == local);
        if !known {
            let reason = "facts about the map that a mapping table has no place for";
            let words = format!("{} {}", vocabulary::short(predicate), value.words());
            tally.note(Outcome::Noted, reason, map.spot, &words);
        }
    }
}

/// Everything that is said with a property.
fn all<'n>(node: &'n Node, local: &str) -> Vec<&'n str> {
    let [one, other] = spellings(local);
    let found: Vec<&str> = node.names(&one).chain(node.names(&other)).collect();
    if found.is_empty() {
        said(node, local).into_iter().collect()
    } else {
        found
    }
}

fn one(node: &Node, table: &mut Table, tally: &mut Tally) {
    let here = spot(node.spot.file, node.spot.line);
    tally.read(KIND);
    let sources = all(node, "sourceNode");
    let Some(&source) = sources.first() else {
        tally.skipped(KIND, "alignments without a source", here, &node.id);
        return;
    };
    let mut targets = all(node, "targetNode");
    let kind = said(node, "alignmentType").unwrap_or("");
    let local = vocabulary::last_part(kind);
    let word = WORDS.iter().find(|(word, _)| *word == local);
    let known = word.map(|(_, predicate)| predicate.clone());
    let known = known.or_else(|| Predicate::of_word(local));
    let (predicate, negated) = match (known, targets.is_empty()) {
        _ if local == "NoMatch" => (Predicate::Exact, !targets.is_empty()),
        (_, true) => {
            tally.skipped(KIND, "alignments without a target", here, source);
            return;
        }
        (Some(predicate), false) => (predicate, false),
        (None, false) if kind.is_empty() => {
            let reason = "alignments that do not say of what kind";
            tally.skipped(KIND, reason, here, source);
            return;
        }
        (None, false) => (Predicate::of_address(&vocabulary::written_out(kind)), false),
    };
    if targets.is_empty() {
        let reason = "alignments `NoMatch`, kept as things without a counterpart";
        tally.note(Outcome::Noted, reason, here, source);
        targets.push(NO_TERM_FOUND);
    } else if negated {
        let reason = "alignments `NoMatch` of two things, kept as rows that deny the match";
        tally.note(Outcome::Noted, reason, here, source);
    }
    if sources.len() * targets.len() > 1 {
        let reason = "alignments of several things, kept as a row for each pair";
        tally.note(Outcome::Noted, reason, here, source);
    }
    let ends = sources.iter().chain(&targets);
    for &end in ends.filter(|end| **end != NO_TERM_FOUND) {
        if !end.contains("://") && !end.starts_with("urn:") {
            let reason = "references whose prefix is not declared, kept as they are";
            tally.note(Outcome::Noted, reason, here, end);
        }
    }
    let comment = said(node, "description").or_else(|| said(node, "comment"));
    for source in &sources {
        for target in &targets {
            let subject = table.intern(Term::address(source));
            let object = table.intern(Term::address(target));
            let mut row = Row::new(subject, predicate.clone(), object);
            row.negated = negated;
            row.justification = justification("UnspecifiedMatching");
            if let Some(words) = comment {
                row.set("comment", words);
            }
            table.rows.push(row);
        }
    }
    count_other(node, tally);
    tally.kept(KIND);
}

/// Counts what an alignment says that no row has a place for.
fn count_other(node: &Node, tally: &mut Tally) {
    const USED: [&str; 5] = [
        "sourceNode",
        "targetNode",
        "alignmentType",
        "description",
        "comment",
    ];
    for (predicate, value) in &node.statements {
        let local = vocabulary::last_part(predicate);
        if predicate.as_ref() == vocabulary::TYPE || USED.contains(&local) {
            continue;
        }
        let words = match value {
            Value::Node(id) => id.as_str(),
            Value::Text(literal) => literal.text.as_str(),
        };
        let reason = format!("properties `{local}` of alignments, which are left out");
        tally.note(Outcome::Noted, &reason, node.spot, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = r#"{"@context": "http://credreg.net/ctdl/schema/context/json", "@graph": [{
      "@id": "http://x.example/map", "@type": "ceterms:AlignmentMap",
      "ceterms:name": {"en": "A to B"}, "ceterms:compares": ["http://x.example/a"],
      "ceterms:hasPart": [
        {"@type": "ceterms:AlignmentObject", "ceterms:sourceNode": "a:1", "ceterms:alignmentType": "align:NoMatch"},
        {"@type": "ceterms:AlignmentObject", "ceterms:sourceNode": "http://x.example/a/2", "ceterms:targetNode": "http://x.example/b/1", "ceterms:alignmentType": "skos:broadMatch", "ceterms:weight": "0.5"},
        {"@type": "ceterms:AlignmentObject", "ceterms:sourceNode": "a:3", "ceterms:targetNode": "http://x.example/b/2", "ceterms:alignmentType": "ceasn:majorAlignment"},
        {"@type": "ceterms:AlignmentObject", "ceterms:sourceNode": "a:3", "ceterms:targetNode": "http://x.example/b/2"},
        {"@type": "ceterms:AlignmentObject", "ceterms:targetNode": "http://x.example/b/2"},
        {"@type": "ceterms:AlignmentObject", "ceterms:sourceNode": "http://x.example/a/4", "ceterms:targetNode": ["http://x.example/b/3", "http://x.example/b/4"], "ceterms:alignmentType": "skos:exactMatch"},
        {"@type": "ceterms:AlignmentObject", "ceterms:sourceNode": "http://x.example/a/5", "ceterms:targetNode": "http://x.example/b/5", "ceterms:alignmentType": "align:NoMatch"},
        {"@type": "ceterms:AlignmentObject", "ceterms:sourceNode": "http://x.example/a/6", "ceterms:alignmentType": "skos:exactMatch"}
      ]}]}"#;

    #[test]
    fn a_map_becomes_rows_and_all_of_it_is_counted() {
        let bundle = Bundle {
            name: "map".to_owned(),
            files: vec![BundleFile {
                path: "map.json".to_owned(),
                bytes: MAP.as_bytes().to_vec(),
            }],
        };
        assert!(super::super::is_mappings(&bundle));
        let mut tally = Tally::default();
        let table = read(&bundle, &mut tally).expect("readable");
        let rows: Vec<String> = table
            .rows
            .iter()
            .map(|row| {
                let [from, to] = [row.subject, row.object].map(|id| table.term(id).text());
                let not = if row.negated { "not " } else { "" };
                format!("{from} {not}{} {to}", row.predicate.shown())
            })
            .collect();
        assert_eq!(
            rows,
            [
                "a:1 skos:exactMatch https://w3id.org/sssom/NoTermFound",
                "http://x.example/a/2 skos:broadMatch http://x.example/b/1",
                "a:3 skos:closeMatch http://x.example/b/2",
                "http://x.example/a/4 skos:exactMatch http://x.example/b/3",
                "http://x.example/a/4 skos:exactMatch http://x.example/b/4",
                "http://x.example/a/5 not skos:exactMatch http://x.example/b/5",
            ]
        );
        assert_eq!(table.said("mapping_set_title"), Some("A to B"));
        let counts = tally.kinds().next().map(|(_, counts)| counts);
        let counts = counts.map(|counts| [counts.read, counts.kept, counts.skipped]);
        assert_eq!(counts, Some([8, 5, 3]));
        let noted = |reason: &str| tally.count(Outcome::Noted, reason);
        assert_eq!(
            noted("facts about the map that a mapping table has no place for"),
            1
        );
        assert_eq!(
            noted("properties `weight` of alignments, which are left out"),
            1
        );
        assert_eq!(
            noted("references whose prefix is not declared, kept as they are"),
            2
        );
    }
}
