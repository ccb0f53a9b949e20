//! The graph of several tables, for [`super::consistency`].
//!
//! Things are the addresses of all tables. What framework a thing belongs to is told by `subject_source` and `object_source` of its rows;
//! a thing without one belongs to none, and nothing is said about two of those.

use rustc_hash::FxHashMap;

use super::consistency::{Assertion, MappingGraph};
use super::table::{State, Table, Term};

/// Puts tables into one graph; the second part are the names of the things.
#[must_use]
pub fn of_tables(tables: &[Table]) -> (MappingGraph, Vec<String>) {
    let mut graph = MappingGraph::default();
    let mut names: Vec<String> = Vec::new();
    let mut things: FxHashMap<&str, u32> = FxHashMap::default();
    let mut sources: FxHashMap<&str, u32> = FxHashMap::default();
    for table in tables {
        for row in table.rows.iter().filter(|row| row.state == State::Settled) {
            let mut ends = Vec::with_capacity(2);
            for (id, slot) in [
                (row.subject, "subject_source"),
                (row.object, "object_source"),
            ] {
                let term = table.term(id);
                let Term::Address(address) = term else {
                    continue;
                };
                if term.is_nothing() {
                    continue;
                }
                let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
                let thing = *things.entry(address).or_insert_with(|| {
                    names.push(address.to_string());
                    graph.frameworks.push(None);
                    next
                });
                let said = row.slot(slot).or_else(|| table.said(slot));
                if let Some(source) = said {
                    let next = u32::try_from(sources.len()).unwrap_or(u32::MAX);
                    let source = *sources.entry(source).or_insert(next);
                    if let Some(framework) = graph.frameworks.get_mut(thing as usize) {
                        *framework = framework.or(Some(source));
                    }
                }
                ends.push(thing);
            }
            if let [from, to] = ends[..]
                && from != to
            {
                graph.assertions.push(Assertion {
                    from,
                    predicate: row.predicate.clone(),
                    to,
                    negated: row.negated,
                });
            }
        }
    }
    (graph, names)
}
