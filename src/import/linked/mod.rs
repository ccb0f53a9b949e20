//! Linked data as the readers of RDF formats see it: nodes, and what is said of each.
//!
//! Goes in: files in Turtle, N-Triples, RDF/XML, JSON-LD or RDF/JSON ([`parse`], through libraries that are named nowhere else but
//! in this folder). Comes out: a [`Graph`] in the order of the files. Nothing is fetched, and no entity of an XML file is unfolded
//! beyond the size of the file itself.
//!
//! Invariants: blank nodes are called `_:b1`, `_:b2`, … in the order in which they are met; names that were written with a well-known
//! prefix and without saying what it stands for are written out ([`vocabulary`]).

mod context;
pub mod evidence;
mod graph;
mod into;
mod json;
mod parse;
pub mod vocabulary;
mod xml;

pub use graph::{Graph, Literal, Node, Value, same_language};
pub use parse::{Syntax, read, sniff};
