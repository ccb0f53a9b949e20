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
mod promises;
mod quality;
mod rules;
mod texts;

pub use places::quoted;
use std::sync::OnceLock;

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
    shared: &'a Shared,
}

/// What several rules ask for, worked out when the first of them does.
#[derive(Debug, Default)]
pub struct Shared {
    /// Made without the thread pool: a thread that waits for it may not take up a rule that waits for it, too.
    contradictions: OnceLock<Vec<chains::Finding>>,
}

impl<'a> Context<'a> {
    /// What the rules look at in a project.
    #[must_use]
    pub const fn new(project: &'a Project, graph: &'a Graph, shared: &'a Shared) -> Self {
        Self {
            project,
            graph,
            shared,
        }
    }

    /// The contradictions of one kind that only chains of mappings show.
    fn contradictions(&self, kind: chains::Kind) -> impl Iterator<Item = &'a chains::Finding> {
        let all = self
            .shared
            .contradictions
            .get_or_init(|| chains::all(self.project));
        all.iter().filter(move |finding| finding.kind == kind)
    }
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
    let shared = Shared::default();
    let context = Context::new(project, graph, &shared);
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
