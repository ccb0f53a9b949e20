//! Gradus: a compiler for skills frameworks, micro-credentials and stacking pathways.
//!
//! The modules are floors; a floor uses only the floors below it (see ARCHITECTURE.md).

pub mod import;
