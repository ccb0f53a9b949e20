//! Floor 7: from a project to files in memory. Knows nothing of disk and nothing of syntax.
//!
//! An emitter is a function from [`Input`] to [`OutputFile`]s; one place writes to disk, `build --check` compares instead.
//! Same input, same bytes: nothing here iterates over an unordered collection, asks the clock or names a path of a machine.

mod crosswalks;
pub mod paths;

use std::collections::BTreeMap;

use crate::graph::Graph;
use crate::model::Project;

/// What emitters read.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The project, without errors.
    pub project: &'a Project,
    /// Its graph.
    pub graph: &'a Graph,
    /// Files of the project that the text refers to (images), by the path written there.
    pub assets: &'a BTreeMap<String, Vec<u8>>,
}

/// One file of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Below the output folder, with `/`; never absolute, never climbing.
    pub path: String,
    /// The bytes.
    pub contents: Vec<u8>,
}

/// One kind of output.
#[derive(Debug)]
pub struct Emitter {
    /// The name in `publish:` and `--only`.
    pub name: &'static str,
    /// One line for lists.
    pub summary: &'static str,
    /// Raised when the shape of the output changes.
    pub version: u32,
    /// Makes the files.
    pub emit: fn(&Input<'_>) -> Vec<OutputFile>,
}

/// All outputs, sorted by name.
pub static EMITTERS: &[Emitter] = &[crosswalks::EMITTER];
