//! Floor 2: text to tree. The only place that knows the parser generator.
//!
//! Goes in: one file's text. Comes out: [`Parsed`]: the tree, the comments beside it, and what is wrong; always something.

pub mod text;
pub mod tree;

use crate::diag::{Allow, Diagnostic};
use crate::source::Span;

/// What reading one file gives.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Its statements.
    pub tree: tree::Tree,
    /// Every comment from its `#` to the end of the line, in order; blank lines are seen in the text between.
    pub comments: Vec<Span>,
    /// The `# gradus: allow …` comments among them.
    pub allows: Vec<Allow>,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
}
