//! SKOS mapping relations in RDF: plain statements `a skos:exactMatch b`, and the same with what is said about them as an `owl:Axiom`.
//!
//! [`of_triples`] works on triples, whatever syntax they came in; here Turtle is read. A statement that an axiom speaks of is one
//! row with it; axioms alone are rows too (that is how a mapping is denied, or proposed, without being stated).

use std::collections::BTreeMap;

use oxrdf::{NamedOrBlankNode, Term as RdfTerm, Triple};
use oxttl::TurtleParser;

use super::{KIND, spot};
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::text;
use crate::import::tally::{Spot, Tally};
use crate::mapping::columns::Cells;
use crate::mapping::slots::{self, join};
use crate::mapping::table::{Predicate, Row, Table, Term, justification};

/// The start of the addresses of SSSOM's slots.
pub(in crate::mapping) const SSSOM: &str = "https://w3id.org/sssom/";
/// The start of addresses of columns that the standard does not know.
pub(in crate::mapping) const COLUMN: &str = "urn:x-gradus:column:";
/// The start of the words of OWL.
pub(in crate::mapping) const OWL: &str = "http://www.w3.org/2002/07/owl#";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

pub(super) fn is(bundle: &Bundle) -> bool {
    file(bundle).is_some()
}

fn file(bundle: &Bundle) -> Option<(u32, &BundleFile)> {
    bundle.indexed().find(|(_, file)| {
        let turtle = file.path.ends_with(".ttl")
            || file.bytes.starts_with(b"@prefix")
            || file.bytes.starts_with(b"PREFIX");
        turtle
            && [
                "exactMatch",
                "closeMatch",
                "broadMatch",
                "narrowMatch",
                "relatedMatch",
                "annotatedTarget",
                "subClassOf",
                "equivalentClass",
                "sameAs",
                "seeAlso",
                SSSOM,
            ]
            .iter()
            .any(|word| memchr::memmem::find(&file.bytes, word.as_bytes()).is_some())
    })
}

pub(super) fn read(bundle: &Bundle, tally: &mut Tally) -> Result<Table, ReadFault> {
    let Some((number, file)) = file(bundle) else {
        return Err(ReadFault::new("there are no SKOS mappings in this"));
    };
    let mut triples = Vec::new();
    let mut parser = TurtleParser::new().for_slice(text(number, file)?.as_bytes());
    for triple in parser.by_ref() {
        match triple {
            Ok(triple) => triples.push(triple),
            Err(error) => {
                let line = u32::try_from(error.location().start.line + 1).unwrap_or(0);
                return Err(ReadFault::at(
                    spot(number, line),
                    "this is no Turtle that can be read",
                ));
            }
        }
    }
    let mut table = of_triples(&triples, number, tally);
    for (prefix, expansion) in parser.prefixes() {
        let built_in = slots::BUILT_IN.iter().any(|(name, _)| *name == prefix);
        if !prefix.is_empty() && !built_in {
            table
                .prefixes
                .insert(prefix.to_owned(), expansion.to_owned());
        }
    }
    Ok(table)
}

/// The mappings among triples; `file` is the position of their file for the tally, places in it are numbers of statements.
#[must_use]
pub fn of_triples(triples: &[Triple], file: u32, tally: &mut Tally) -> Table {
    let mut table = Table::default();
    let mut axioms: BTreeMap<String, (u32, Cells)> = BTreeMap::new();
    let mut plain: BTreeMap<[String; 3], u32> = BTreeMap::new();
    for (number, triple) in (1..).zip(triples) {
        let predicate = triple.predicate.as_str();
        match (&triple.subject, &triple.object) {
            (NamedOrBlankNode::NamedNode(subject), RdfTerm::NamedNode(object)) => {
                let (subject, object) = (subject.as_str(), object.as_str());
                if !matches!(Predicate::of_address(predicate), Predicate::Other(_)) {
                    let key = [subject, predicate, object].map(str::to_owned);
                    plain.entry(key).or_insert(number);
                } else if let Some(name) = predicate
                    .strip_prefix(SSSOM)
                    .filter(|_| !subject.is_empty())
                {
                    table_slot(&mut table, name, object);
                }
            }
            (NamedOrBlankNode::NamedNode(_), RdfTerm::Literal(value)) => {
                if let Some(name) = slot_name(predicate) {
                    table_slot(&mut table, &name, value.value());
                }
            }
            (NamedOrBlankNode::BlankNode(node), object) => {
                let (_, cells) = axioms
                    .entry(node.as_str().to_owned())
                    .or_insert_with(|| (number, Cells::new()));
                annotation(cells, predicate, object);
            }
            _ => {}
        }
    }
    let mut made: Vec<(u32, Cells)> = axioms
        .into_values()
        .filter(|(_, cells)| cells.contains_key("predicate_id"))
        .collect();
    made.sort_by_key(|(number, _)| *number);
    for (number, cells) in made {
        let key = ["subject_id", "predicate_id", "object_id"]
            .map(|name| cells.get(name).cloned().unwrap_or_default());
        plain.remove(&key);
        let words = key[0].clone();
        super::sssom::row(&mut table, tally, cells, spot(file, number), &words);
    }
    let mut bare: Vec<([String; 3], u32)> = plain.into_iter().collect();
    bare.sort_by_key(|(_, number)| *number);
    for ([subject, predicate, object], number) in bare {
        bare_row(
            &mut table,
            tally,
            [&subject, &predicate, &object],
            spot(file, number),
        );
    }
    table
}

fn bare_row(
    table: &mut Table,
    tally: &mut Tally,
    [subject, predicate, object]: [&str; 3],
    _here: Spot,
) {
    tally.read(KIND);
    let subject = table.intern(Term::address(subject));
    let object = table.intern(Term::address(object));
    let mut row = Row::new(subject, Predicate::of_address(predicate), object);
    row.justification = justification("UnspecifiedMatching");
    table.rows.push(row);
    tally.kept(KIND);
}

fn table_slot(table: &mut Table, name: &str, value: &str) {
    if slots::of_set(name).is_none_or(|slot| !slot.many) {
        table.say(name, value);
        return;
    }
    let so_far = table.said(name).map(str::to_owned);
    let value = join(&[value]);
    table.say(
        name,
        &so_far.map_or(value.clone(), |so_far| format!("{so_far}|{value}")),
    );
}

/// The column that a property of an axiom stands for.
fn slot_name(predicate: &str) -> Option<String> {
    if let Some(name) = predicate.strip_prefix(SSSOM) {
        return Some(name.to_owned());
    }
    let made = predicate.strip_prefix(COLUMN)?;
    // The same spelling as that of codes.
    crate::mapping::table::code_of(&format!("urn:x-gradus:code::{made}"))
}

fn annotation(cells: &mut Cells, predicate: &str, object: &RdfTerm) {
    let value = match object {
        RdfTerm::NamedNode(node) => node.as_str().to_owned(),
        RdfTerm::Literal(literal) => literal.value().to_owned(),
        RdfTerm::BlankNode(_) => return,
        #[expect(
            unreachable_patterns,
            reason = "the library has further terms under a feature"
        )]
        _ => return,
    };
    let name = match predicate.strip_prefix(OWL) {
        Some("annotatedSource") => "subject_id".to_owned(),
        Some("annotatedProperty") => "predicate_id".to_owned(),
        Some("annotatedTarget") => "object_id".to_owned(),
        _ if predicate == TYPE => return,
        _ => match slot_name(predicate) {
            Some(name) => name,
            None => return,
        },
    };
    let many = slots::of_mapping(&name).is_some_and(|slot| slot.many)
        || name == crate::mapping::columns::DERIVED_FROM;
    if !many {
        cells.insert(name, value);
        return;
    }
    let value = join(&[value]);
    match cells.get_mut(&name) {
        Some(so_far) => {
            so_far.push('|');
            so_far.push_str(&value);
        }
        None => {
            cells.insert(name, value);
        }
    }
}
