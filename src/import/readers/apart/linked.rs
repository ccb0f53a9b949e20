//! Files of linked data that are one framework, and those that are not.
//!
//! Files belong together where they speak of the same concept, competency or scheme, other than by a mapping: one scheme in several
//! languages, concepts apart from their scheme, the schemes of one thesaurus that lead to each other. A framework has
//! an item and a scheme or framework that it is a part of; files without these (an ontology, a list of organizations)
//! are nobody's.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Together;
use crate::import::bundle::Bundle;
use crate::import::linked::{self, Graph, Node, Value, vocabulary};
use crate::import::tally::Tally;

/// Classes whose members are whole frameworks.
const WHOLES: [&str; 4] = [
    "ConceptScheme",
    "CompetencyFramework",
    "QualificationsFramework",
    "StandardDocument",
];

/// Classes whose members are items of frameworks, or lists of them.
const ITEMS: [&str; 8] = [
    "Concept",
    "Collection",
    "OrderedCollection",
    "Competency",
    "ProgressionModel",
    "ProgressionLevel",
    "Statement",
    "Level",
];

/// Properties that lead from an item to its framework.
const MEMBERSHIP: [&str; 3] = ["inScheme", "topConceptOf", "isPartOf"];

/// Properties that lead to things of other frameworks, beside all whose name ends in `Match` or `Alignment`.
const ACROSS: [&str; 7] = [
    "alignTo",
    "alignFrom",
    "sourceNode",
    "targetNode",
    "compares",
    "sameAs",
    "seeAlso",
];

/// What one file says.
struct Said {
    position: usize,
    graph: Graph,
    has_items: bool,
    names_whole: bool,
}

/// The frameworks in these files of a download. What cannot be read is left to its reader, which says why.
pub(super) fn apart(bundle: &Bundle, files: &[usize]) -> Vec<Vec<usize>> {
    let said: Vec<Said> = files
        .iter()
        .filter_map(|&position| said(bundle, position))
        .collect();
    let mut together = Together::new(said.len());
    let mut owners: FxHashMap<&str, usize> = FxHashMap::default();
    for (number, file) in said.iter().enumerate() {
        for name in own(&file.graph) {
            match owners.get(name) {
                Some(&owner) => together.join(owner, number),
                None => {
                    owners.insert(name, number);
                }
            }
        }
    }
    for (number, file) in said.iter().enumerate() {
        for name in inward(&file.graph) {
            if let Some(&owner) = owners.get(name) {
                together.join(owner, number);
            }
        }
    }
    let mut sets: BTreeMap<usize, Vec<&Said>> = BTreeMap::new();
    for (number, file) in said.iter().enumerate() {
        sets.entry(together.of(number)).or_default().push(file);
    }
    sets.into_values()
        .filter(|files| {
            files.iter().any(|file| file.has_items) && files.iter().any(|file| file.names_whole)
        })
        .map(|files| files.iter().map(|file| file.position).collect())
        .collect()
}

fn said(bundle: &Bundle, position: usize) -> Option<Said> {
    let file = bundle.files.get(position)?;
    let mut graph = Graph::default();
    let number = u32::try_from(position).ok()?;
    let syntax = linked::sniff(file)?;
    linked::read(number, file, syntax, &mut graph, &mut Tally::default()).ok()?;
    Some(Said {
        position,
        has_items: graph.nodes().iter().any(|node| is_one_of(node, &ITEMS)),
        names_whole: graph.nodes().iter().any(|node| is_one_of(node, &WHOLES))
            || memberships(&graph).next().is_some(),
        graph,
    })
}

fn is_one_of(node: &Node, classes: &[&str]) -> bool {
    node.names(vocabulary::TYPE)
        .any(|class| classes.contains(&vocabulary::last_part(class)))
}

/// The frameworks that items say they are a part of.
fn memberships(graph: &Graph) -> impl Iterator<Item = &str> {
    let of_item = |node: &&Node| is_one_of(node, &ITEMS);
    let statements = graph.nodes().iter().filter(of_item).flat_map(pairs);
    statements
        .filter(|(predicate, _)| MEMBERSHIP.contains(&vocabulary::last_part(predicate)))
        .map(|(_, id)| id)
}

/// What a file speaks of: its own things, and the frameworks that they are a part of.
fn own(graph: &Graph) -> impl Iterator<Item = &str> {
    let things = graph
        .nodes()
        .iter()
        .filter(|node| !node.is_blank() && (is_one_of(node, &WHOLES) || is_one_of(node, &ITEMS)));
    things
        .map(|node| node.id.as_str())
        .chain(memberships(graph))
}

/// What a file leads to, other than by a mapping.
fn inward(graph: &Graph) -> impl Iterator<Item = &str> {
    let statements = graph.nodes().iter().flat_map(pairs);
    statements
        .filter(|(predicate, _)| {
            let local = vocabulary::last_part(predicate);
            let mapping = local.ends_with("Match") || local.ends_with("Alignment");
            !mapping && !ACROSS.contains(&local)
        })
        .map(|(_, id)| id)
}

/// Predicates of a node with the nodes that they lead to.
fn pairs(node: &Node) -> impl Iterator<Item = (&str, &str)> {
    let named = |value: &'_ Value| match value {
        Value::Node(id) if !id.starts_with("_:") => true,
        Value::Node(_) | Value::Text(_) => false,
    };
    node.statements
        .iter()
        .filter(move |(_, value)| named(value))
        .map(|(predicate, value)| (predicate.as_ref(), value.words()))
}
