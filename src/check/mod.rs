//! Floor 6: rules over the project and its graph.
//!
//! A rule is three things: a function in `rules/NAME.rs`, a page in `rules/NAME.md`, one line in [`RULES`]. Rules that are
//! found while reading and linking have a page and a line, and no function. Knows nothing of syntax and of terminals.

mod addresses;
mod alike;
mod attained;
mod blocks;
mod chains;
mod circles;
mod coverage;
mod mappings;
mod needs;
mod outcomes;
mod parts;
mod places;
mod quality;
mod rules;
mod texts;

pub use places::quoted;
use rayon::prelude::*;

use crate::diag::{Rule, Sink};
use crate::graph::Graph;
use crate::model::Project;

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The linked project.
    pub project: &'a Project,
    /// Its graph.
    pub graph: &'a Graph,
}

/// A rule as it stands in the list.
#[derive(Debug)]
pub struct Entry {
    /// Name, severity, summary.
    pub rule: &'static Rule,
    /// Its page, Markdown.
    pub page: &'static str,
    /// The check; `None` where reading or linking finds it.
    pub check: Option<fn(&Context<'_>, &mut Sink)>,
}

pub use rules::RULES;

/// The entry of a rule by its name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    RULES
        .binary_search_by(|entry| entry.rule.name.cmp(name))
        .ok()
        .map(|index| &RULES[index])
}

/// Runs every rule. Rules are independent, so they run side by side; findings come in the order of the list.
pub fn run(project: &Project, graph: &Graph, sink: &mut Sink) {
    let context = Context { project, graph };
    let sinks: Vec<Sink> = RULES
        .par_iter()
        .filter_map(|entry| entry.check)
        .map(|check| {
            let mut sink = Sink::new();
            check(&context, &mut sink);
            sink
        })
        .collect();
    for found in sinks {
        sink.append(found);
    }
}
