//! Small graphs with one contradiction each.

use super::*;

fn graph(things: usize, mappings: &[(u32, Predicate, u32)]) -> MappingGraph {
    MappingGraph {
        frameworks: (0..things)
            .map(|thing| u32::try_from(thing / 10).ok())
            .collect(),
        assertions: mappings
            .iter()
            .map(|(from, predicate, to)| Assertion {
                from: *from,
                predicate: predicate.clone(),
                to: *to,
                negated: false,
            })
            .collect(),
        ..MappingGraph::default()
    }
}

fn things(way: &Way) -> Vec<u32> {
    way.things().collect()
}

#[test]
fn two_items_of_one_framework_over_a_chain() {
    let graph = graph(
        30,
        &[
            (0, Predicate::Exact, 10),
            (20, Predicate::Exact, 10),
            (20, Predicate::Exact, 11),
        ],
    );
    let found = contradictions(&graph);
    let [Contradiction::SameFramework { way }] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(things(way), [10, 20, 11]);
}

#[test]
fn a_circle_over_exact_matches_and_parts() {
    let mut graph = graph(
        30,
        &[
            (0, Predicate::Broad, 10),
            (20, Predicate::Exact, 10),
            (20, Predicate::Broad, 1),
        ],
    );
    graph.parts.push((1, 0));
    let found = contradictions(&graph);
    let [Contradiction::Circle { way }] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(things(way), [0, 10, 20, 1, 0]);
    graph.parts.clear();
    assert_eq!(contradictions(&graph), []);
}

#[test]
fn exact_and_broader_denied_and_no_match() {
    let mut graph = graph(
        30,
        &[
            (0, Predicate::Exact, 10),
            (10, Predicate::Exact, 20),
            (0, Predicate::Narrow, 20),
            (0, Predicate::Exact, 20),
        ],
    );
    graph.assertions[3].negated = true;
    graph.no_matches.push(NoMatch {
        from: 0,
        framework: 2,
    });
    let found = contradictions(&graph);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        matches!(&found[0], Contradiction::Denied { way, assertion: 3 } if things(way) == [0, 10, 20])
    );
    assert!(matches!(&found[1], Contradiction::NoMatch { way, .. } if things(way) == [0, 10, 20]));
    assert!(
        matches!(&found[2], Contradiction::ExactAndBroader { way, assertion: 2 } if things(way) == [20, 10, 0])
    );
}

#[test]
fn long_chains_do_not_overflow_the_stack() {
    let mappings: Vec<(u32, Predicate, u32)> = (0..100_000)
        .map(|at| (at, Predicate::Broad, (at + 1) % 100_000))
        .collect();
    let mut graph = graph(100_000, &mappings);
    graph.frameworks = vec![None; 100_000];
    assert_eq!(contradictions(&graph).len(), 1);
}

#[test]
fn a_denied_broader_match_over_a_chain() {
    let mut graph = graph(
        40,
        &[
            (0, Predicate::Broad, 10),
            (11, Predicate::Exact, 10),
            (20, Predicate::Narrow, 11),
            (0, Predicate::Broad, 20),
            (20, Predicate::Broad, 0),
        ],
    );
    graph.frameworks[11] = None;
    graph.assertions[3].negated = true;
    graph.assertions[4].negated = true;
    let found = contradictions(&graph);
    let [Contradiction::Denied { way, assertion: 3 }] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(things(way), [0, 10, 11, 20]);
}

#[test]
fn many_denials_in_one_large_class_are_found_in_time() {
    // A star of things, and each of them denied to be the same as its neighbour.
    let count = 20_000;
    let mut mappings: Vec<(u32, Predicate, u32)> = (1..count)
        .map(|thing| (0, Predicate::Exact, thing))
        .collect();
    mappings.extend((1..count - 1).map(|thing| (thing, Predicate::Exact, thing + 1)));
    let mut graph = graph(count as usize, &mappings);
    graph.frameworks.fill(None);
    for assertion in &mut graph.assertions[count as usize - 1..] {
        assertion.negated = true;
    }
    let found = contradictions(&graph);
    assert_eq!(found.len(), count as usize - 2);
    assert!(
        matches!(&found[4], Contradiction::Denied { way, .. } if things(way) == [5, 0, 6]),
        "{:?}",
        found[4]
    );
}
