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

#[cfg(test)]
mod tests;

pub use places::quoted;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::diag::{Rule, Sink};
use crate::graph::Graph;
use crate::model::{Credential, Item, Project};

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The linked project.
    pub project: &'a Project,
    shared: &'a Shared,
    piece: Piece,
}

/// Some neighboring things of a project, few enough to stay at hand while one rule after the other looks at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    number: usize,
    of: usize,
}

impl Piece {
    /// All there is.
    const WHOLE: Self = Self { number: 0, of: 1 };

    /// Pieces of a project with at most so many items each, and fewer credentials.
    fn all(project: &Project, most: usize) -> impl IndexedParallelIterator<Item = Self> {
        let of = project.items.len().max(project.credentials.len() * 4);
        let of = of.div_ceil(most).max(1);
        (0..of)
            .into_par_iter()
            .map(move |number| Self { number, of })
    }

    fn of<T>(self, things: &[T]) -> &[T] {
        let end = |number: usize| things.len() * number / self.of;
        things
            .get(end(self.number)..end(self.number + 1))
            .unwrap_or_default()
    }
}

/// What several rules ask for, worked out when the first of them does.
#[derive(Debug, Default)]
pub struct Shared {
    contradictions: OnceLock<Vec<chains::Finding>>,
    graph: OnceLock<Graph>,
    placeholders: texts::Files,
    hidden: texts::Files,
}

impl<'a> Context<'a> {
    /// What the rules look at in a project.
    #[must_use]
    pub const fn new(project: &'a Project, shared: &'a Shared) -> Self {
        Self {
            project,
            shared,
            piece: Piece::WHOLE,
        }
    }

    /// The credentials that a rule is to look at: all of them, or for a piecewise rule those of a piece.
    fn credentials(&self) -> &'a [Credential] {
        self.share(self.project.credentials.as_slice())
    }

    /// The items that a rule is to look at, likewise.
    fn items(&self) -> &'a [Item] {
        self.share(self.project.items.as_slice())
    }

    /// Of things of any sort those that the rule is to look at, likewise.
    fn share<T>(&self, things: &'a [T]) -> &'a [T] {
        self.piece.of(things)
    }

    /// The graph of the project, for rules that are listed as reading it.
    #[must_use]
    pub fn graph(&self) -> &'a Graph {
        self.shared.graph.get_or_init(|| Graph::build(self.project))
    }

    /// All contradictions that only chains of mappings show, likewise.
    fn chains(&self) -> &'a [chains::Finding] {
        self.shared
            .contradictions
            .get_or_init(|| chains::all(self.project))
    }

    /// The contradictions of one kind that only chains of mappings show.
    fn contradictions(&self, kind: chains::Kind) -> impl Iterator<Item = &'a chains::Finding> {
        self.chains()
            .iter()
            .filter(move |finding| finding.kind == kind)
    }
}

/// What a rule reads, which says when it can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Anything of the project.
    Project,
    /// Each declaration for itself, so that it can be given some at a time.
    Piece,
    /// The graph, too, which has to be built first.
    Graph,
    /// What chains of mappings contradict, which has to be worked out first.
    Chains,
}

/// A rule as it stands in the list.
#[derive(Debug)]
pub struct Entry {
    /// Name, severity, summary.
    pub rule: &'static Rule,
    /// Its page, Markdown.
    pub page: &'static str,
    /// What the check reads, and the check; `None` where reading or linking finds it.
    pub check: Option<(Reads, Check)>,
}

/// Looks for what a rule is about.
pub type Check = fn(&Context<'_>, &mut Sink);

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
/// in an order that does not depend on chance.
pub fn run(project: &Project, sink: &mut Sink) -> Graph {
    /// Items in a piece: their texts fit into the nearer memory of a processor.
    const PIECE: usize = 500;
    run_in_pieces(project, PIECE, sink)
}

fn run_in_pieces(project: &Project, most: usize, sink: &mut Sink) -> Graph {
    let shared = Shared::default();
    let context = Context::new(project, &shared);
    // No rule waits for what another thread makes: what is shared is made first, while rules without it are at work.
    let (of_graph, (of_chains, others)) = rayon::join(
        || {
            let _ = context.graph();
            each(&context, Reads::Graph)
        },
        || {
            rayon::join(
                || {
                    let _ = context.chains();
                    each(&context, Reads::Chains)
                },
                || by_project_and_pieces(&context, most),
            )
        },
    );
    for found in [of_graph, of_chains, others].into_iter().flatten() {
        sink.append(found);
    }
    let Shared { graph, .. } = shared;
    graph.into_inner().unwrap_or_else(|| Graph::build(project))
}

/// Runs the rules that look at the project alone, and those that can be given it in pieces.
fn by_project_and_pieces(context: &Context<'_>, most: usize) -> Vec<Sink> {
    let piecewise = checks(Reads::Piece);
    // The rules that look at everything take longest, so they come first; pieces fill what time is left on either thread.
    let whole = checks(Reads::Project);
    let whole = whole.par_iter().map(|check| look(context, &[*check]));
    let pieces = Piece::all(context.project, most).map(|piece| {
        let context = Context { piece, ..*context };
        look(&context, &piecewise)
    });
    whole.chain(pieces).collect()
}

/// Runs the rules that read the same, side by side.
fn each(context: &Context<'_>, reads: Reads) -> Vec<Sink> {
    checks(reads)
        .par_iter()
        .map(|check| look(context, &[*check]))
        .collect()
}

/// The checks of all rules that read the same.
fn checks(reads: Reads) -> Vec<Check> {
    RULES
        .iter()
        .filter_map(|entry| entry.check)
        .filter(|&(its, _)| its == reads)
        .map(|(_, check)| check)
        .collect()
}

/// What some rules find, one after the other.
fn look(context: &Context<'_>, checks: &[Check]) -> Sink {
    let mut sink = Sink::new();
    for check in checks {
        check(context, &mut sink);
    }
    sink
}
