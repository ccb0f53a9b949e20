//! Other people's frameworks and badges as source text of the language: the way in for those who already have something.
//!
//! Goes in: a [`Release`](super::release::Release) of any reader, or what `readers/badges` found. Comes out: files of text, with what has
//! no place in the language as comments, and a tally of what was left out. Pure text: nothing here knows how the language is read.
//!
//! Invariants: ids are unique over all files of one import, and are no words of the language; every text is escaped so
//! that reading it gives the words that went in, but for control characters, which the language has no place for.

mod framework;
mod ids;
mod place;
mod relations;
mod remarks;
mod tree;
mod words;
mod writer;

pub use framework::{framework_source, framework_source_in};
pub use ids::{Ids, id_from};
pub use place::Place;
pub use writer::{Writer, iri, is_web_address, name, quoted};

use super::tally::Tally;

/// Text files to be written into a project.
#[derive(Debug, Clone, Default)]
pub struct SourceFiles {
    /// What the files are best called after: the id of a framework, or of the one issuer of all badges; else empty.
    pub name: String,
    /// Names and texts, sorted by name.
    pub files: Vec<(String, String)>,
    /// What became of what was read.
    pub tally: Tally,
}
