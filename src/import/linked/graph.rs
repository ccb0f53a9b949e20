//! Nodes, and what is said of each: what every syntax of linked data comes to.
//!
//! Goes in: statements, one by one. Comes out: nodes in the order in which they were met, their texts by language, their lists.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use super::vocabulary;
use crate::import::release::Fields;
use crate::import::tally::Spot;

/// What several files say, by node.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    by_id: FxHashMap<String, usize>,
    predicates: FxHashMap<String, Arc<str>>,
    blank_nodes: usize,
}

/// One thing and what is said of it.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its IRI, or `_:b1` where it has none.
    pub id: String,
    /// Where it is first spoken of.
    pub spot: Spot,
    /// Predicates, written out, with their values, in the order of the file.
    pub statements: Vec<(Arc<str>, Value)>,
}

/// What a statement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Another node.
    Node(String),
    /// A text, a number, a day.
    Text(Literal),
}

/// A text with its language or its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    pub text: String,
    /// As the file has it; empty where there is none.
    pub language: String,
    /// Written out; empty for a plain text.
    pub datatype: String,
}

impl Value {
    /// The words of a text, or the IRI of a node.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Node(id) => id,
            Self::Text(literal) => &literal.text,
        }
    }
}

impl Node {
    /// What is said with a predicate.
    pub fn values<'n>(&'n self, predicate: &str) -> impl Iterator<Item = &'n Value> {
        self.statements
            .iter()
            .filter(move |(name, _)| name.as_ref() == predicate)
            .map(|(_, value)| value)
    }

    /// The texts that are said with a predicate, empty ones too.
    pub fn texts<'n>(&'n self, predicate: &str) -> impl Iterator<Item = &'n Literal> {
        self.values(predicate).filter_map(|value| match value {
            Value::Text(literal) => Some(literal),
            Value::Node(_) => None,
        })
    }

    /// The names of what is said with a predicate: of nodes, and of texts that stand where a node is meant.
    pub fn names<'n>(&'n self, predicate: &str) -> impl Iterator<Item = &'n str> {
        self.values(predicate)
            .map(Value::words)
            .filter(|name| !name.is_empty())
    }

    /// The first text of any of these predicates that is not empty, in the main language if it is there.
    #[must_use]
    pub fn text(&self, predicates: &[&str], language: &str) -> Option<&str> {
        predicates.iter().find_map(|predicate| {
            let mut texts: Vec<&Literal> = self
                .texts(predicate)
                .filter(|literal| !literal.text.trim().is_empty())
                .collect();
            // The sort keeps the order of the file among equals.
            texts.sort_by_key(|literal| !same_language(&literal.language, language));
            texts.first().map(|literal| literal.text.trim())
        })
    }

    /// Whether it is of a class.
    #[must_use]
    pub fn is_a(&self, class: &str) -> bool {
        self.names(vocabulary::TYPE).any(|name| name == class)
    }

    /// Whether anything is said with a predicate.
    #[must_use]
    pub fn has(&self, predicate: &str) -> bool {
        self.values(predicate).next().is_some()
    }

    /// Whether it has no IRI.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.id.starts_with("_:")
    }
}

/// Whether two tags name the same language, whatever the country: `en` and `en-US`.
#[must_use]
pub fn same_language(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or("").to_lowercase();
    primary(one) == primary(other)
}

impl Graph {
    /// All nodes of which something is said, in the order of the files.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node of a name.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.by_id
            .get(id)
            .and_then(|&position| self.nodes.get(position))
    }

    /// The nodes at these positions, as a graph of their own.
    #[must_use]
    pub fn part(&self, positions: &[usize]) -> Graph {
        let nodes = positions.iter().filter_map(|&at| self.nodes.get(at));
        let nodes: Vec<Node> = nodes.cloned().collect();
        let by_id = nodes.iter().enumerate();
        Graph {
            by_id: by_id
                .map(|(position, node)| (node.id.clone(), position))
                .collect(),
            nodes,
            predicates: self.predicates.clone(),
            blank_nodes: self.blank_nodes,
        }
    }

    /// Adds a statement.
    pub(super) fn add(&mut self, subject: &str, predicate: &str, value: Value, spot: Spot) {
        let predicate = match self.predicates.get(predicate) {
            Some(known) => Arc::clone(known),
            None => {
                let full: Arc<str> = vocabulary::written_out(predicate).into();
                self.predicates
                    .insert(predicate.to_owned(), Arc::clone(&full));
                full
            }
        };
        let value = match value {
            Value::Node(id) if predicate.as_ref() == vocabulary::TYPE => {
                Value::Node(vocabulary::written_out(&id))
            }
            other => other,
        };
        let position = match self.by_id.get(subject) {
            Some(&position) => position,
            None => {
                self.by_id.insert(subject.to_owned(), self.nodes.len());
                self.nodes.push(Node {
                    id: subject.to_owned(),
                    spot,
                    statements: Vec::new(),
                });
                self.nodes.len() - 1
            }
        };
        if let Some(node) = self.nodes.get_mut(position) {
            node.statements.push((predicate, value));
        }
    }

    /// A name for a blank node that was not met before.
    pub(super) fn new_blank_node(&mut self) -> String {
        self.blank_nodes += 1;
        format!("_:b{}", self.blank_nodes)
    }

    /// The members of an RDF list, as far as it is sound.
    #[must_use]
    pub fn list(&self, head: &str) -> Vec<String> {
        let mut members = Vec::new();
        let mut at = head;
        // A list cannot have more cells than there are nodes; what is longer runs in a circle.
        for _ in 0..self.nodes.len() {
            let Some(cell) = self.node(at) else { break };
            members.extend(cell.names(vocabulary::FIRST).map(str::to_owned));
            match cell.names(vocabulary::REST).next() {
                Some(rest) if rest != vocabulary::NIL => at = rest,
                _ => break,
            }
        }
        members
    }

    /// What is said of a node, but for these predicates, as fields by short names.
    #[must_use]
    pub fn fields(&self, node: &Node, but: &[&str]) -> Fields {
        self.fields_at(node, but, 0)
    }

    fn fields_at(&self, node: &Node, but: &[&str], depth: usize) -> Fields {
        let mut fields = Fields::new();
        for (predicate, value) in &node.statements {
            if but.contains(&predicate.as_ref()) {
                continue;
            }
            let value = self.json(value, depth);
            let name = vocabulary::short(predicate);
            match fields.get_mut(&name) {
                None => {
                    fields.insert(name, value);
                }
                Some(Json::Array(values)) => values.push(value),
                Some(one) => *one = Json::Array(vec![one.take(), value]),
            }
        }
        fields
    }

    /// A value in the form that JSON-LD gives it.
    fn json(&self, value: &Value, depth: usize) -> Json {
        match value {
            Value::Node(id) => match self.node(id) {
                // What has no name of its own is told in full; the depth guards against circles.
                Some(node) if node.is_blank() && depth < DEEPEST => {
                    Json::Object(self.fields_at(node, &[], depth + 1).into_iter().collect())
                }
                _ => object([("@id", id)]),
            },
            Value::Text(literal) if !literal.language.is_empty() => {
                object([("@language", &literal.language), ("@value", &literal.text)])
            }
            Value::Text(literal) if !literal.datatype.is_empty() => object([
                ("@type", &vocabulary::short(&literal.datatype)),
                ("@value", &literal.text),
            ]),
            Value::Text(literal) => Json::from(literal.text.as_str()),
        }
    }
}

/// How deep nodes without a name are told inside a field.
const DEEPEST: usize = 8;

fn object<const N: usize>(pairs: [(&str, &String); N]) -> Json {
    Json::Object(
        pairs
            .into_iter()
            .map(|(name, text)| (name.to_owned(), Json::from(text.as_str())))
            .collect(),
    )
}
