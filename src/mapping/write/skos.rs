//! A mapping table as Turtle: a SKOS mapping relation for each row that somebody stands by, and an `owl:Axiom` with everything that is
//! said about it (the form of SSSOM's RDF). A row that is denied, proposed or refused has its axiom alone: nothing states it.

use std::collections::BTreeMap;
use std::io;

use oxrdf::{
    BlankNodeRef, LiteralRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef, TripleRef,
};
use oxttl::TurtleSerializer;
use oxttl::turtle::WriterTurtleSerializer;

use super::{Laid, WriteFault};
use crate::mapping::columns::{Cells, DERIVED_FROM, STATE};
use crate::mapping::slots::{self, split};
use crate::mapping::table::{NO_TERM_FOUND, Predicate, Table, address_of_code};

const SSSOM: &str = "https://w3id.org/sssom/";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const SEMAPV: &str = "https://w3id.org/semapv/vocab/";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const SSSOM_SET: &str = "https://w3id.org/sssom/MappingSet";
const OWL_AXIOM: &str = "http://www.w3.org/2002/07/owl#Axiom";
/// The parts of a mapping, and how an axiom points at them.
const PARTS: [(&str, &str); 3] = [
    (
        "subject_id",
        "http://www.w3.org/2002/07/owl#annotatedSource",
    ),
    (
        "predicate_id",
        "http://www.w3.org/2002/07/owl#annotatedProperty",
    ),
    ("object_id", "http://www.w3.org/2002/07/owl#annotatedTarget"),
];

pub(super) fn write(laid: &Laid<'_>) -> Result<Vec<u8>, WriteFault> {
    let Laid { table, rows } = laid;
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
    let mut turtle = Turtle {
        writer: serializer.for_writer(Vec::new()),
        properties: BTreeMap::new(),
    };
    write_all(table, rows, &mut turtle).map_err(|error| fault(&error))?;
    turtle.writer.finish().map_err(|error| fault(&error))
}

/// The file as it grows.
struct Turtle {
    writer: WriterTurtleSerializer<Vec<u8>>,
    /// The predicate of each name that was asked for.
    properties: BTreeMap<String, NamedNode>,
}

fn write_all(table: &Table, rows: &[Cells], turtle: &mut Turtle) -> io::Result<()> {
    if let Some(set) = table.said("mapping_set_id").and_then(named) {
        let subject = NamedOrBlankNodeRef::NamedNode(set);
        turtle.triple(subject, node(TYPE), node(SSSOM_SET).into())?;
        for (name, value) in &table.about {
            if &**name != "mapping_set_id" {
                turtle.said(subject, name, value)?;
            }
        }
    }
    // Statements one by one, each once, before what is said about them.
    let mut last = None;
    for stated in rows.iter().filter_map(statement) {
        if last != Some(stated) {
            turtle.writer.serialize_triple(stated)?;
        }
        last = Some(stated);
    }
    (1..)
        .zip(rows)
        .try_for_each(|(number, row)| turtle.axiom(number, row))
}

impl Turtle {
    fn triple(
        &mut self,
        subject: NamedOrBlankNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
        object: TermRef<'_>,
    ) -> io::Result<()> {
        self.writer
            .serialize_triple(TripleRef::new(subject, predicate, object))
    }

    /// Everything that is said of a row.
    fn axiom(&mut self, number: u32, row: &Cells) -> io::Result<()> {
        let id = format!("row{number}");
        let subject = NamedOrBlankNodeRef::BlankNode(BlankNodeRef::new_unchecked(&id));
        self.triple(subject, node(TYPE), node(OWL_AXIOM).into())?;
        for (name, property) in PARTS {
            if let Some(value) = row.get(name) {
                self.triple(subject, node(property), resource(value))?;
            }
        }
        row.iter()
            .filter(|(name, _)| PARTS.iter().all(|(part, _)| part != name))
            .try_for_each(|(name, value)| self.said(subject, name, value))
    }

    /// One slot, with all of its values.
    fn said(
        &mut self,
        subject: NamedOrBlankNodeRef<'_>,
        name: &str,
        value: &str,
    ) -> io::Result<()> {
        if !self.properties.contains_key(name) {
            let property = NamedNode::new_unchecked(property(name));
            self.properties.insert(name.to_owned(), property);
        }
        let Some(predicate) = self.properties.get(name).map(NamedNode::as_ref) else {
            return Ok(());
        };
        let slot = slots::of_mapping(name).or_else(|| slots::of_set(name));
        let reference = slot.is_some_and(|slot| slot.reference) || name == "license";
        let mut say = |value: &str| {
            let object = if reference {
                resource(value)
            } else {
                LiteralRef::new_simple_literal(value).into()
            };
            self.writer
                .serialize_triple(TripleRef::new(subject, predicate, object))
        };
        if slot.is_some_and(|slot| slot.many) || name == DERIVED_FROM {
            split(value).iter().try_for_each(|value| say(value))
        } else {
            say(value)
        }
    }
}

fn is_prefix(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn named(address: &str) -> Option<NamedNodeRef<'_>> {
    NamedNodeRef::new(address).ok()
}

const fn node(address: &str) -> NamedNodeRef<'_> {
    NamedNodeRef::new_unchecked(address)
}

/// The mapping relation itself.
fn statement(row: &Cells) -> Option<TripleRef<'_>> {
    if row.contains_key("predicate_modifier") || row.contains_key(STATE) {
        return None;
    }
    let [subject, predicate, object] =
        ["subject_id", "predicate_id", "object_id"].map(|name| row.get(name));
    let (subject, predicate, object) = (subject?, predicate?, object?);
    if [subject, object].iter().any(|end| *end == NO_TERM_FOUND)
        || matches!(Predicate::of_address(predicate), Predicate::Other(_))
    {
        return None;
    }
    Some(TripleRef::new(
        named(subject)?,
        named(predicate)?,
        named(object)?,
    ))
}

/// An address as a node; what is no address, as text.
fn resource(value: &str) -> TermRef<'_> {
    match named(value) {
        Some(node) => node.into(),
        None => LiteralRef::new_simple_literal(value).into(),
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
