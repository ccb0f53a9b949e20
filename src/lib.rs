//! Gradus: a compiler for skills frameworks, micro-credentials and stacking pathways.
//!
//! The modules are floors; a floor uses only the floors below it (see ARCHITECTURE.md).

pub mod check;
pub mod diag;
pub mod emit;
pub mod graph;
pub mod import;
pub mod model;
pub mod source;
pub mod syntax;
