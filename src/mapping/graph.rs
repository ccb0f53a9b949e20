//! The graph of several tables, for [`super::consistency`].
//!
//! Things are the addresses of all tables. What framework a thing belongs to is told by `subject_source` and `object_source` of its rows;
//! a thing without one belongs to none, and nothing is said about two of those. An exact match to nothing says that the thing has no match
//! in the framework that the row names for that side; without one it says nothing that could be contradicted.

use rustc_hash::FxHashMap;

use super::consistency::{Assertion, MappingGraph, NoMatch};
use super::table::{Predicate, State, Table, Term};

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
            let mut searched = None;
            for (id, slot) in [
                (row.subject, "subject_source"),
                (row.object, "object_source"),
            ] {
                let term = table.term(id);
                let Term::Address(address) = term else {
                    continue;
                };
                let said = row.slot(slot).or_else(|| table.said(slot));
                let source = said.map(|source| {
                    let next = u32::try_from(sources.len()).unwrap_or(u32::MAX);
                    *sources.entry(source).or_insert(next)
                });
                if term.is_nothing() {
                    searched = source;
                    continue;
                }
                let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
                let thing = *things.entry(address).or_insert_with(|| {
                    names.push(address.to_string());
                    graph.frameworks.push(None);
                    next
                });
                if let Some(framework) = graph.frameworks.get_mut(thing as usize) {
                    *framework = framework.or(source);
                }
                ends.push(thing);
            }
            if let ([from], Some(framework), Predicate::Exact, false) =
                (&ends[..], searched, &row.predicate, row.negated)
            {
                graph.no_matches.push(NoMatch {
                    from: *from,
                    framework,
                });
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

#[cfg(test)]
mod tests {
    use super::super::consistency::{Contradiction, contradictions};
    use super::super::table::{NO_TERM_FOUND, Row};
    use super::*;

    fn table(from: (&str, &str), to: (&str, &str)) -> Table {
        let mut table = Table::default();
        table.say("subject_source", from.1);
        table.say("object_source", to.1);
        let subject = table.intern(Term::Address(from.0.into()));
        let object = table.intern(Term::Address(to.0.into()));
        table.rows.push(Row::new(subject, Predicate::Exact, object));
        table
    }

    #[test]
    fn nothing_found_is_contradicted_by_a_chain_to_that_framework() {
        let a = ("https://a.example/1", "https://a.example");
        let b = ("https://b.example/1", "https://b.example");
        let c = ("https://c.example/1", "https://c.example");
        let none = table(a, (NO_TERM_FOUND, c.1));
        let (graph, _) = of_tables(&[none, table(a, b), table(b, c)]);
        let found = contradictions(&graph);
        assert!(
            matches!(&found[..], [Contradiction::NoMatch { way, .. }] if way.steps.len() == 2),
            "{found:?}"
        );
        let elsewhere = table(a, (NO_TERM_FOUND, "https://d.example"));
        let (graph, _) = of_tables(&[elsewhere, table(a, b), table(b, c)]);
        assert_eq!(contradictions(&graph), []);
    }
}
