//! Concepts and collections as records.

use oxiri::Iri;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::import::linked::vocabulary::{self, SKOS};
use crate::import::linked::{Graph, Node};
use crate::import::release::{Fields, Record, Relation, Release};
use crate::import::tally::{Outcome, Tally};

use super::texts::{SUBSTITUTES, TEXTS, add_texts};

pub const IN_SCHEME: &str = "http://www.w3.org/2004/02/skos/core#inScheme";
pub const TOP_CONCEPT_OF: &str = "http://www.w3.org/2004/02/skos/core#topConceptOf";
const BROADER: &str = "http://www.w3.org/2004/02/skos/core#broader";
const NARROWER: &str = "http://www.w3.org/2004/02/skos/core#narrower";
const NOTATION: &str = "http://www.w3.org/2004/02/skos/core#notation";
const MEMBER: &str = "http://www.w3.org/2004/02/skos/core#member";
const MEMBER_LIST: &str = "http://www.w3.org/2004/02/skos/core#memberList";
const PREF_LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";
const DEPRECATED: &str = "http://www.w3.org/2002/07/owl#deprecated";
const REPLACED_BY: &str = "http://purl.org/dc/terms/isReplacedBy";
const REPLACES: &str = "http://purl.org/dc/terms/replaces";
const IDENTIFIERS: [&str; 2] = [
    "http://purl.org/dc/terms/identifier",
    "http://purl.org/dc/elements/1.1/identifier",
];

/// Properties whose value says whether the concept is still in force.
const STATUSES: [&str; 3] = [
    "http://www.w3.org/ns/adms#status",
    "http://publications.europa.eu/ontology/euvoc#status",
    "http://purl.org/iso25964/skos-thes#status",
];

/// Properties that bind two concepts without making one a part of the other.
const RELATIONS: &[&str] = &[
    "related",
    "exactMatch",
    "closeMatch",
    "broadMatch",
    "narrowMatch",
    "relatedMatch",
];

/// The nodes of a graph by what they are.
#[derive(Debug)]
pub struct Prepared<'g> {
    pub graph: &'g Graph,
    pub concepts: Vec<&'g Node>,
    pub collections: Vec<&'g Node>,
    pub schemes: Vec<&'g Node>,
    /// Narrower concepts by the one that names them, turned round.
    broader: FxHashMap<&'g str, Vec<&'g str>>,
    /// What replaces a concept, told by the one that replaces it.
    replaced_by: FxHashMap<&'g str, Vec<&'g str>>,
}

impl<'g> Prepared<'g> {
    /// Sorts the nodes out.
    #[must_use]
    pub fn new(graph: &'g Graph, tally: &mut Tally) -> Self {
        let mut prepared = Self {
            graph,
            concepts: Vec::new(),
            collections: Vec::new(),
            schemes: Vec::new(),
            broader: FxHashMap::default(),
            replaced_by: FxHashMap::default(),
        };
        let class = |name: &str| format!("{SKOS}{name}");
        let scheme = class("ConceptScheme");
        let concept = class("Concept");
        let collections = [class("Collection"), class("OrderedCollection")];
        let mut named_as_scheme: FxHashSet<&str> = FxHashSet::default();
        for node in graph.nodes() {
            named_as_scheme.extend(node.names(IN_SCHEME));
            named_as_scheme.extend(node.names(TOP_CONCEPT_OF));
        }
        for node in graph.nodes() {
            if node.is_a(&scheme) {
                prepared.schemes.push(node);
            } else if collections.iter().any(|class| node.is_a(class)) {
                prepared.collections.push(node);
            } else if node.is_a(&concept) {
                prepared.concepts.push(node);
            } else if node.has(IN_SCHEME)
                || node.has(TOP_CONCEPT_OF)
                || node.has(BROADER)
                || (node.has(PREF_LABEL)
                    && !node.has(vocabulary::TYPE)
                    && !named_as_scheme.contains(node.id.as_str()))
            {
                tally.note(
                    Outcome::Noted,
                    "concepts that do not say that they are one",
                    node.spot,
                    &node.id,
                );
                prepared.concepts.push(node);
            } else if named_as_scheme.contains(node.id.as_str()) {
                prepared.schemes.push(node);
            }
        }
        for &node in &prepared.concepts {
            for narrower in node.names(NARROWER) {
                prepared.broader.entry(narrower).or_default().push(&node.id);
            }
            for replaced in node.names(REPLACES) {
                let by = prepared.replaced_by.entry(replaced).or_default();
                by.push(&node.id);
            }
        }
        prepared
    }
}

/// Adds a record for each concept and collection, and the relations between them.
pub fn read(prepared: &Prepared<'_>, release: &mut Release) {
    let used: Vec<String> = used_predicates();
    let used: Vec<&str> = used.iter().map(String::as_str).collect();
    let language = release.head.language.clone().unwrap_or_default();
    let several_schemes = prepared.schemes.len() > 1;
    for &node in &prepared.concepts {
        release.tally.read("concept");
        let mut record = record(prepared, node, "concept", &language, &mut release.tally);
        record.fields = prepared.graph.fields(node, &used);
        keep_notations(node, &mut record.fields);
        if several_schemes {
            keep_schemes(node, &mut record.fields);
        }
        relations(node, release);
        release.records.push(record);
    }
    for &node in &prepared.collections {
        release.tally.read("collection");
        let mut record = record(prepared, node, "collection", &language, &mut release.tally);
        let mut used = used.clone();
        used.extend([MEMBER, MEMBER_LIST]);
        record.fields = prepared.graph.fields(node, &used);
        let listed = node
            .names(MEMBER_LIST)
            .flat_map(|head| prepared.graph.list(head));
        let members: Vec<String> = node
            .names(MEMBER)
            .map(str::to_owned)
            .chain(listed)
            .collect();
        let mut seen = FxHashSet::default();
        for member in members {
            if seen.insert(member.clone()) {
                release.relations.push(Relation {
                    from: node.id.clone(),
                    to: member,
                    kind: "member".to_owned(),
                    fields: Fields::new(),
                    spot: node.spot,
                });
            }
        }
        release.records.push(record);
    }
    count_missing_narrower(prepared, release);
}

/// Predicates that have a place of their own in a record.
fn used_predicates() -> Vec<String> {
    let texts = TEXTS.iter().chain(SUBSTITUTES).map(|(name, _)| *name);
    texts
        .chain([
            vocabulary::TYPE,
            BROADER,
            NARROWER,
            NOTATION,
            REPLACED_BY,
            IN_SCHEME,
        ])
        .map(str::to_owned)
        .chain(RELATIONS.iter().map(|name| format!("{SKOS}{name}")))
        .collect()
}

/// All notations, where there are more than the one that became the code.
fn keep_notations(node: &Node, fields: &mut Fields) {
    let notations: Vec<serde_json::Value> = node
        .texts(NOTATION)
        .map(|literal| serde_json::Value::from(literal.text.as_str()))
        .collect();
    if notations.len() > 1 {
        fields.insert(
            "skos:notation".to_owned(),
            serde_json::Value::Array(notations),
        );
    }
}

fn keep_schemes(node: &Node, fields: &mut Fields) {
    let schemes: Vec<serde_json::Value> =
        node.names(IN_SCHEME).map(serde_json::Value::from).collect();
    if !schemes.is_empty() {
        fields.insert(
            "skos:inScheme".to_owned(),
            serde_json::Value::Array(schemes),
        );
    }
}

fn record(
    prepared: &Prepared<'_>,
    node: &Node,
    kind: &str,
    language: &str,
    tally: &mut Tally,
) -> Record {
    let mut record = Record {
        key: node.id.clone(),
        code: code(node, tally),
        iri: iri(node, tally),
        kind: Some(kind.to_owned()),
        withdrawn: is_withdrawn(node),
        spot: node.spot,
        ..Record::default()
    };
    add_texts(prepared.graph, node, language, &mut record, tally);
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let own = node.names(BROADER);
    let turned = prepared.broader.get(node.id.as_str());
    for parent in own.chain(turned.into_iter().flatten().copied()) {
        if seen.insert(parent) {
            record.parents.push(parent.to_owned());
        }
    }
    seen.clear();
    let turned = prepared.replaced_by.get(node.id.as_str());
    let own = node.names(REPLACED_BY);
    for successor in own.chain(turned.into_iter().flatten().copied()) {
        if seen.insert(successor) {
            record.successors.push(successor.to_owned());
        }
    }
    record
}

/// The first notation, else the identifier. Where there are several notations, all of them are kept as a field too ([`keep_notations`]).
fn code(node: &Node, tally: &mut Tally) -> String {
    let mut notations: Vec<&str> = node
        .texts(NOTATION)
        .map(|literal| literal.text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    notations.dedup();
    if notations.len() > 1 {
        tally.note(
            Outcome::Noted,
            "concepts with several notations, of which the first is the code",
            node.spot,
            &notations.join(", "),
        );
    }
    let identifier = || {
        let literals = IDENTIFIERS.iter().flat_map(|name| node.texts(name));
        literals
            .map(|literal| literal.text.trim())
            .find(|text| !text.is_empty() && !text.contains("://"))
    };
    let first = notations.first().copied();
    first.or_else(identifier).unwrap_or("").to_owned()
}

fn iri(node: &Node, tally: &mut Tally) -> Option<String> {
    if node.is_blank() {
        tally.note(
            Outcome::Noted,
            "concepts without an address of their own",
            node.spot,
            node.text(&[PREF_LABEL], "").unwrap_or(""),
        );
        return None;
    }
    if Iri::parse(node.id.as_str()).is_ok() {
        return Some(node.id.clone());
    }
    tally.note(
        Outcome::Noted,
        "addresses that are not absolute, and are used as keys only",
        node.spot,
        &node.id,
    );
    None
}

fn is_withdrawn(node: &Node) -> bool {
    let said = node
        .texts(DEPRECATED)
        .any(|literal| matches!(literal.text.trim(), "true" | "1"));
    let status = STATUSES
        .iter()
        .flat_map(|name| node.names(name))
        .any(|status| {
            let word = vocabulary::last_part(status).to_lowercase();
            matches!(
                word.as_str(),
                "deprecated" | "obsolete" | "retired" | "withdrawn"
            )
        });
    said || status || node.has(REPLACED_BY)
}

fn relations(node: &Node, release: &mut Release) {
    for name in RELATIONS {
        let mut seen = FxHashSet::default();
        for to in node.names(&format!("{SKOS}{name}")) {
            if !seen.insert(to) {
                continue;
            }
            release.relations.push(Relation {
                from: node.id.clone(),
                to: to.to_owned(),
                kind: (*name).to_owned(),
                fields: Fields::new(),
                spot: node.spot,
            });
        }
    }
}

/// Narrower concepts that are not in the files: nobody else would notice that they are missing.
fn count_missing_narrower(prepared: &Prepared<'_>, release: &mut Release) {
    let known: FxHashSet<&str> = prepared
        .concepts
        .iter()
        .chain(&prepared.collections)
        .map(|node| node.id.as_str())
        .collect();
    for &node in &prepared.concepts {
        for narrower in node.names(NARROWER) {
            if !known.contains(narrower) {
                release.relations.push(Relation {
                    from: node.id.clone(),
                    to: narrower.to_owned(),
                    kind: "narrower".to_owned(),
                    fields: Fields::new(),
                    spot: node.spot,
                });
            }
        }
    }
}
