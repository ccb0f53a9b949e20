//! The way of statements into a graph, whatever syntax they are written in.
//!
//! Goes in: subject, predicate and value as a file has them. Comes out: statements of the graph with the graph's own names for blank nodes.

use rustc_hash::FxHashMap;

use super::graph::{Graph, Value};
use crate::import::tally::Spot;

/// What relative names are completed with while a file is read; taken off again afterwards.
pub(super) const BASE: &str = "http://relative.invalid/";

/// Where the statements of one file go.
#[derive(Debug)]
pub(super) struct Into<'g> {
    graph: &'g mut Graph,
    /// The file's position in the download.
    pub(super) number: u32,
    /// Blank nodes of the file by their names there.
    blank_nodes: FxHashMap<String, String>,
    /// The nodes of the file by the order in which they are first spoken of.
    numbers: FxHashMap<String, u32>,
}

impl<'g> Into<'g> {
    /// Into a graph, from the file of this number.
    pub(super) fn new(graph: &'g mut Graph, number: u32) -> Self {
        Self {
            graph,
            number,
            blank_nodes: FxHashMap::default(),
            numbers: FxHashMap::default(),
        }
    }

    /// Adds a statement; without a line, the number of its subject in the file tells the place.
    pub(super) fn add(&mut self, subject: &str, predicate: &str, value: Value, line: Option<u32>) {
        let subject = self.name(subject);
        let line = line.unwrap_or_else(|| {
            let next = u32::try_from(self.numbers.len() + 1).unwrap_or(u32::MAX);
            *self.numbers.entry(subject.clone()).or_insert(next)
        });
        let value = match value {
            Value::Node(id) => Value::Node(self.name(&id)),
            Value::Text(literal) => Value::Text(literal),
        };
        let spot = Spot {
            file: self.number,
            line,
        };
        self.graph
            .add(&subject, without_base(predicate), value, spot);
    }

    /// The name of a node in the graph.
    fn name(&mut self, id: &str) -> String {
        if !id.starts_with("_:") {
            return without_base(id).to_owned();
        }
        if let Some(known) = self.blank_nodes.get(id) {
            return known.clone();
        }
        let name = self.graph.new_blank_node();
        self.blank_nodes.insert(id.to_owned(), name.clone());
        name
    }
}

fn without_base(id: &str) -> &str {
    id.strip_prefix(BASE).unwrap_or(id)
}
