//! A mapping table as Turtle: a SKOS mapping relation for each row that somebody stands by, and an `owl:Axiom` with everything that is
//! said about it (the form of SSSOM's RDF). A row that is denied, proposed or refused has its axiom alone: nothing states it.

use std::collections::BTreeMap;

use oxrdf::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term as RdfTerm, Triple};
use oxttl::TurtleSerializer;

use super::{WriteFault, plain_cells};
use crate::mapping::columns::{Cells, DERIVED_FROM, STATE};
use crate::mapping::slots::{self, split};
use crate::mapping::table::{NO_TERM_FOUND, Predicate, Table, address_of_code};

const SSSOM: &str = "https://w3id.org/sssom/";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const SEMAPV: &str = "https://w3id.org/semapv/vocab/";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

pub(super) fn write(table: &Table) -> Result<Vec<u8>, WriteFault> {
    let fault = |error: &dyn std::fmt::Display| {
        WriteFault(format!("the mappings cannot be written as Turtle: {error}"))
    };
    let mut prefixes: BTreeMap<&str, &str> = table
        .prefixes
        .iter()
        .filter(|(name, expansion)| is_prefix(name) && NamedNode::new(expansion.as_str()).is_ok())
        .map(|(name, expansion)| (name.as_str(), expansion.as_str()))
        .collect();
    prefixes.extend([
        ("owl", OWL),
        ("semapv", SEMAPV),
        ("skos", SKOS),
        ("sssom", SSSOM),
    ]);
    let mut serializer = TurtleSerializer::new();
    for (name, expansion) in prefixes {
        serializer = serializer
            .with_prefix(name, expansion)
            .map_err(|error| fault(&error))?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    let set = table.said("mapping_set_id").and_then(named);
    let mut triples: Vec<Triple> = Vec::new();
    if let Some(set) = set {
        let subject = NamedOrBlankNode::NamedNode(set);
        triples.push(triple(
            &subject,
            TYPE,
            RdfTerm::from(node(&format!("{SSSOM}MappingSet"))),
        ));
        for (name, value) in table
            .about
            .iter()
            .filter(|(name, _)| &***name != "mapping_set_id")
        {
            for object in objects(name, value) {
                triples.push(triple(&subject, &property(name), object));
            }
        }
    }
    let rows = plain_cells(table);
    // Statements one by one, each once, before what is said about them.
    let mut stated: Vec<Triple> = rows.iter().filter_map(statement).collect();
    stated.dedup();
    triples.extend(stated);
    for (number, row) in (1..).zip(&rows) {
        axiom(number, row, &mut triples);
    }
    for triple in &triples {
        writer
            .serialize_triple(triple.as_ref())
            .map_err(|error| fault(&error))?;
    }
    writer.finish().map_err(|error| fault(&error))
}

fn is_prefix(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn named(address: &str) -> Option<NamedNode> {
    NamedNode::new(address).ok()
}

fn node(address: &str) -> NamedNode {
    NamedNode::new_unchecked(address)
}

fn triple(subject: &NamedOrBlankNode, predicate: &str, object: RdfTerm) -> Triple {
    Triple::new(subject.clone(), node(predicate), object)
}

/// The mapping relation itself.
fn statement(row: &Cells) -> Option<Triple> {
    if row.contains_key("predicate_modifier") || row.contains_key(STATE) {
        return None;
    }
    let [subject, predicate, object] =
        ["subject_id", "predicate_id", "object_id"].map(|name| row.get(name));
    let (subject, predicate, object) = (subject?, predicate?, object?);
    if [subject, object].iter().any(|end| *end == NO_TERM_FOUND) {
        return None;
    }
    Some(Triple::new(
        named(subject)?,
        named(predicate)?,
        named(object)?,
    ))
    .filter(|_| !matches!(Predicate::of_address(predicate), Predicate::Other(_)))
}

fn axiom(number: u32, row: &Cells, triples: &mut Vec<Triple>) {
    let subject = NamedOrBlankNode::BlankNode(BlankNode::new_unchecked(format!("row{number}")));
    triples.push(triple(
        &subject,
        TYPE,
        RdfTerm::from(node(&format!("{OWL}Axiom"))),
    ));
    let parts = [
        ("subject_id", "annotatedSource"),
        ("predicate_id", "annotatedProperty"),
        ("object_id", "annotatedTarget"),
    ];
    for (name, property) in parts {
        if let Some(value) = row.get(name) {
            triples.push(triple(
                &subject,
                &format!("{OWL}{property}"),
                resource(value),
            ));
        }
    }
    for (name, value) in row {
        if parts.iter().any(|(part, _)| part == name) {
            continue;
        }
        for object in objects(name, value) {
            triples.push(triple(&subject, &property(name), object));
        }
    }
}

/// An address as a node; what is no address, as text.
fn resource(value: &str) -> RdfTerm {
    match named(value) {
        Some(node) => RdfTerm::from(node),
        None => RdfTerm::from(Literal::new_simple_literal(value)),
    }
}

fn objects(name: &str, value: &str) -> Vec<RdfTerm> {
    let slot = slots::of_mapping(name).or_else(|| slots::of_set(name));
    let reference = slot.is_some_and(|slot| slot.reference) || name == "license";
    let one = |value: &str| {
        if reference {
            resource(value)
        } else {
            RdfTerm::from(Literal::new_simple_literal(value))
        }
    };
    if slot.is_some_and(|slot| slot.many) || name == DERIVED_FROM {
        split(value).iter().map(|value| one(value)).collect()
    } else {
        vec![one(value)]
    }
}

fn property(name: &str) -> String {
    let known = slots::of_mapping(name).is_some()
        || slots::of_set(name).is_some()
        || name == DERIVED_FROM
        || name == STATE;
    if known {
        format!("{SSSOM}{name}")
    } else {
        let made = address_of_code("", name);
        format!(
            "urn:x-gradus:column:{}",
            made.rsplit(':').next().unwrap_or_default()
        )
    }
}
