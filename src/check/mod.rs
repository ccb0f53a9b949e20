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
    shared: &'a Shared,
}

/// What several rules ask for, worked out when the first of them does.
#[derive(Debug, Default)]
pub struct Shared {
    /// Made without the thread pool: a thread that waits for it may not take up a rule that waits for it, too.
    contradictions: OnceLock<Vec<chains::Finding>>,
    /// Made without the thread pool as well, while rules that need no graph are at work.
    graph: OnceLock<Graph>,
}

impl Shared {
    fn graph(&self, project: &Project) -> &Graph {
        self.graph.get_or_init(|| Graph::build(project))
    }
}

impl<'a> Context<'a> {
    /// What the rules look at in a project.
    #[must_use]
    pub const fn new(project: &'a Project, shared: &'a Shared) -> Self {
        Self { project, shared }
    }

    /// The graph of the project.
    #[must_use]
    pub fn graph(&self) -> &'a Graph {
        self.shared.graph(self.project)
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

/// Builds the graph of a project and runs every rule over both. Rules are independent, so they run side by side; findings come
/// in the order of the list.
pub fn run(project: &Project, sink: &mut Sink) -> Graph {
    let shared = Shared::default();
    let context = Context::new(project, &shared);
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
    let Shared { graph, .. } = shared;
    graph.into_inner().unwrap_or_else(|| Graph::build(project))
}
