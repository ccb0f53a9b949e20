//! Gradus: a compiler for skills frameworks, micro-credentials and stacking pathways.
//!
//! The modules are floors; a floor uses only the floors below it (see ARCHITECTURE.md).

// The parser generator writes `::alloc` into the code that it makes.
extern crate alloc;

pub mod check;
pub mod cli;
pub mod config;
pub mod diag;
pub mod diff;
pub mod emit;
pub mod graph;
pub mod import;
pub mod mapping;
pub mod model;
pub mod plan;
pub mod resolve;
pub mod source;
pub mod suggest;
pub mod syntax;
pub mod workspace;
