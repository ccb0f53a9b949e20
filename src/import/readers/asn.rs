//! ASN: standards of the Achievement Standards Network in RDF/JSON.
//!
//! Goes in: a document with its statements, as subject → predicate → values. Comes out: a record for each statement, the document as the
//! head. The tree is said twice (`isChildOf` and `hasChild`) and read from both. `statementNotation` is the code; the short
//! one beside it, and the address that it matches exactly, are kept. One notation stands for two statements in a file that
//! is widely used: both records are kept, and it is counted.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::reader::Reader;
use super::skos::{graph_of, head_of};
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::beginning;
use crate::import::linked::vocabulary::{self, ASN};
use crate::import::linked::{Graph, Node};
use crate::import::pack::StandsFor;
use crate::import::release::{Fields, Record, Relation, Release, TextRole};
use crate::import::tally::{Outcome, Tally};

const DESCRIPTION: &str = "http://purl.org/dc/terms/description";
const LANGUAGE: &str = "http://purl.org/dc/terms/language";
const HAS_CHILD: &str = "http://purl.org/gem/qualifiers/hasChild";
const IS_CHILD_OF: &str = "http://purl.org/gem/qualifiers/isChildOf";
const IS_PART_OF: &str = "http://purl.org/dc/terms/isPartOf";
const NOTATION: &str = "http://purl.org/ASN/schema/core/statementNotation";
const LABEL: &str = "http://purl.org/ASN/schema/core/statementLabel";
const COMMENT: &str = "http://purl.org/ASN/schema/core/comment";
const EXACT_MATCH: &str = "http://www.w3.org/2004/02/skos/core#exactMatch";
const PRIMARY_TOPIC: &str = "http://xmlns.com/foaf/0.1/primaryTopic";
const ALIGNMENTS: [(&str, &str); 2] = [
    (EXACT_MATCH, "exactMatch"),
    ("http://purl.org/ASN/schema/core/alignTo", "alignTo"),
];

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "asn",
    title: "a standards document of the Achievement Standards Network",
    recognize: is,
    read: |bundle| read(bundle).map(|release| vec![release]),
};

/// Whether one of the files is a standards document of ASN.
#[must_use]
pub fn is(bundle: &Bundle) -> bool {
    bundle.files.iter().any(is_standards)
}

fn is_standards(file: &BundleFile) -> bool {
    let names = |word: &str| memchr::memmem::find(&file.bytes, word.as_bytes()).is_some();
    beginning(file, 64).trim_start().starts_with('{')
        && names("http://purl.org/ASN/schema/core/Statement")
        && names(IS_CHILD_OF)
}

/// Reads a standards document.
///
/// # Errors
/// A file that cannot be read, or none with a statement.
pub fn read(bundle: &Bundle) -> Result<Release, ReadFault> {
    let mut tally = Tally::default();
    let graph = graph_of(bundle, is_standards, &mut tally)?;
    let document = graph
        .nodes()
        .iter()
        .find(|node| node.is_a(&format!("{ASN}StandardDocument")));
    let language = document
        .and_then(|document| document.names(LANGUAGE).next())
        .and_then(vocabulary::language_tag)
        .unwrap_or_else(|| "en".to_owned());
    let mut release = Release {
        tally,
        ..Release::default()
    };
    if let Some(document) = document {
        release.tally.read("standard document");
        release.tally.kept("standard document");
        release.head = head_of(&graph, document, &language);
        add_description_of_file(&graph, document, &mut release);
    }
    release.head.language = Some(language.clone());
    release.head.stands_for = Some(StandsFor::Skill);
    let statements: Vec<&Node> = graph
        .nodes()
        .iter()
        .filter(|node| node.is_a(&format!("{ASN}Statement")))
        .collect();
    if statements.is_empty() {
        return Err(ReadFault::new("there is no statement in these files"));
    }
    let mut parents: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for node in &statements {
        for child in node.names(HAS_CHILD) {
            parents.entry(child).or_default().push(&node.id);
        }
    }
    let document = document.map_or("", |document| document.id.as_str());
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for node in statements {
        let told = parents.get(node.id.as_str()).map_or(&[][..], Vec::as_slice);
        let record = record(&graph, node, told, document);
        let kind = record
            .kind
            .as_deref()
            .filter(|kind| !kind.trim().is_empty());
        release.tally.read(kind.unwrap_or("item"));
        if !record.code.is_empty() {
            let times = codes.entry(record.code.clone()).or_default();
            *times += 1;
            if *times == 2 {
                let reason = "notations that stand for more than one statement";
                release
                    .tally
                    .note(Outcome::Noted, reason, node.spot, &record.code);
            }
        } else {
            let reason = "statements without a notation";
            release
                .tally
                .note(Outcome::Noted, reason, node.spot, &node.id);
        }
        for (predicate, kind) in ALIGNMENTS {
            for to in node.names(predicate) {
                release.relations.push(Relation {
                    from: node.id.clone(),
                    to: to.to_owned(),
                    kind: kind.to_owned(),
                    fields: Fields::new(),
                    spot: node.spot,
                });
            }
        }
        release.records.push(record);
    }
    Ok(release)
}

/// What the file says of itself: who has to be named, and under which licence.
fn add_description_of_file(graph: &Graph, document: &Node, release: &mut Release) {
    let head = &mut release.head;
    for node in graph.nodes() {
        if !node.names(PRIMARY_TOPIC).any(|topic| topic == document.id) {
            continue;
        }
        let of_file = head_of(graph, node, "en");
        head.licence_url = head.licence_url.take().or(of_file.licence_url);
        let words = head
            .licence_url
            .as_deref()
            .and_then(vocabulary::licence_words);
        head.licence = words.or(head.licence.take()).or(of_file.licence);
        head.attribution = head.attribution.take().or(of_file.attribution);
        for (name, value) in of_file.fields {
            head.fields.entry(name).or_insert(value);
        }
    }
}

fn record(graph: &Graph, node: &Node, told: &[&str], document: &str) -> Record {
    let mut record = Record {
        key: node.id.clone(),
        code: node.text(&[NOTATION], "").unwrap_or("").to_owned(),
        iri: (!node.is_blank()).then(|| node.id.clone()),
        kind: Some(
            node.text(&[LABEL], "en")
                .map_or_else(|| "statement".to_owned(), |label| label.to_lowercase()),
        ),
        spot: node.spot,
        ..Record::default()
    };
    for parent in node.names(IS_CHILD_OF).chain(told.iter().copied()) {
        let is_new = !record.parents.iter().any(|known| known == parent);
        if parent != document && is_new {
            record.parents.push(parent.to_owned());
        }
    }
    for literal in node.texts(DESCRIPTION) {
        record.text(TextRole::Label, &literal.language, &literal.text);
        record.text(TextRole::Statement, &literal.language, &literal.text);
    }
    for literal in node.texts(COMMENT) {
        record.text(TextRole::Note, &literal.language, &literal.text);
    }
    let mut used = vec![
        vocabulary::TYPE,
        NOTATION,
        DESCRIPTION,
        COMMENT,
        HAS_CHILD,
        IS_CHILD_OF,
    ];
    if node.names(IS_PART_OF).all(|whole| whole == document) {
        used.push(IS_PART_OF);
    }
    used.extend(ALIGNMENTS.iter().map(|(predicate, _)| *predicate));
    record.fields = graph.fields(node, &used);
    record
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{bundle, kept_kinds, shared};
    use super::*;

    const SMALL: &str = r#"{
      "http://a.example/doc": {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"value": "http://purl.org/ASN/schema/core/StandardDocument", "type": "uri"}],
        "http://purl.org/dc/elements/1.1/title": [{"value": "Knots", "type": "literal", "lang": "en-US"}],
        "http://purl.org/dc/terms/language": [{"value": "http://id.loc.gov/vocabulary/iso639-2/eng", "type": "uri"}],
        "http://purl.org/gem/qualifiers/hasChild": [{"value": "http://a.example/s2", "type": "uri"}]
      },
      "http://a.example/s2": {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"value": "http://purl.org/ASN/schema/core/Statement", "type": "uri"}],
        "http://purl.org/dc/terms/description": [{"value": "Bends", "type": "literal", "lang": "en-US"}],
        "http://purl.org/ASN/schema/core/statementNotation": [{"value": "K.1", "type": "literal"}],
        "http://purl.org/gem/qualifiers/hasChild": [{"value": "http://a.example/s1", "type": "uri"}],
        "http://purl.org/gem/qualifiers/isChildOf": [{"value": "http://a.example/doc", "type": "uri"}]
      },
      "http://a.example/s1": {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"value": "http://purl.org/ASN/schema/core/Statement", "type": "uri"}],
        "http://purl.org/dc/terms/description": [{"value": "Tie a sheet bend.", "type": "literal"}],
        "http://purl.org/ASN/schema/core/statementNotation": [{"value": "K.1", "type": "literal"}],
        "http://purl.org/ASN/schema/core/listID": [{"value": "a.", "type": "literal"}],
        "http://www.w3.org/2004/02/skos/core#exactMatch": [{"value": "urn:guid:29E2", "type": "uri"}]
      }
    }"#;

    #[test]
    fn a_small_document_is_read_in_the_order_of_the_file() {
        let bundle = bundle(&[("knots.json", SMALL)]);
        assert!(is(&bundle));
        let release = read(&bundle).expect("read");
        assert_eq!(release.head.title.as_deref(), Some("Knots"));
        assert_eq!(release.head.language.as_deref(), Some("en"));
        let keys: Vec<&str> = release
            .records
            .iter()
            .map(|record| record.key.as_str())
            .collect();
        assert_eq!(keys, ["http://a.example/s2", "http://a.example/s1"]);
        let child = release.records.get(1).expect("a child");
        assert_eq!(child.parents, ["http://a.example/s2"]);
        assert_eq!(child.fields.get("asn:listID"), Some(&"a.".into()));
        assert_eq!(release.relations.len(), 1);
        let reason = "notations that stand for more than one statement";
        assert_eq!(release.tally.count(Outcome::Noted, reason), 1);
    }

    #[test]
    fn the_common_core_is_read_in_full() {
        let Some(bundle) = shared(&["asn-common-core-math/D10003FB.rdf.json.gz"]) else {
            return;
        };
        assert!(is(&bundle));
        let release = read(&bundle).expect("read");
        assert_eq!(release.records.len(), 703);
        assert_eq!(
            kept_kinds(&release)
                .iter()
                .map(|(_, count)| count)
                .sum::<usize>(),
            703
        );
        let with_code = release
            .records
            .iter()
            .filter(|record| !record.code.is_empty());
        assert_eq!(with_code.count(), 664);
        let count = |reason| release.tally.count(Outcome::Noted, reason);
        assert_eq!(count("notations that stand for more than one statement"), 1);
        assert_eq!(count("statements without a notation"), 39);
        // A GUID and an address each.
        assert_eq!(release.relations.len(), 1326);
        let mut matched: Vec<&str> = release
            .relations
            .iter()
            .map(|one| one.from.as_str())
            .collect();
        matched.dedup();
        assert_eq!(matched.len(), 663);
        let roots = release
            .records
            .iter()
            .filter(|record| record.parents.is_empty())
            .count();
        assert!((1..60).contains(&roots), "{roots}");
        assert!(
            release
                .records
                .iter()
                .all(|record| record.parents.len() <= 1)
        );
        assert_eq!(
            release.head.title.as_deref(),
            Some("Common Core State Standards for Mathematics")
        );
        assert_eq!(release.head.licence.as_deref(), Some("CC BY 3.0 US"));
        assert_eq!(
            release.head.attribution.as_deref(),
            Some("Desire2Learn Incorporated")
        );
        assert_eq!(release.head.language.as_deref(), Some("en"));
        // Untagged and `en-US` texts, as they are.
        let tags: std::collections::BTreeSet<&str> = release
            .records
            .iter()
            .flat_map(|record| &record.texts)
            .map(|text| text.language.as_str())
            .collect();
        assert_eq!(tags.into_iter().collect::<Vec<_>>(), ["en-US"]);
    }
}
