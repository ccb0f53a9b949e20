//! Floor 3: mapping tables, whatever they were read from, and what can be concluded from them.
//!
//! Independent of the language: a [`table::Table`] knows addresses, predicates and what people said beside them, and nothing
//! of projects. [`read`] makes tables of files (SSSOM/TSV, ESCO's mapping tables, CASE packages, SKOS, own exports),
//! [`write`](mod@write) turns them into files that read back to the same rows, [`chain`] inverts, [`mod@union`] unites and [`compose`] chains them,
//! [`consistency`] looks for contradictions in the graph that all mappings of a project make.
//!
//! The readers stand here and not among the readers of frameworks, because `import` lies below this floor and cannot know
//! of tables.

pub mod chain;
pub mod columns;
pub mod compose;
pub mod consistency;
pub mod curies;
pub mod graph;
pub mod path;
pub mod read;
pub mod slots;
pub mod table;
pub mod union;
pub mod write;
