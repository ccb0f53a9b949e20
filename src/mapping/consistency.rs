//! Contradictions in the graph that all mappings of a project make, not seen in any one table.
//!
//! Goes in: things (numbers), what framework each belongs to, what is a part of what inside frameworks, and the mappings
//! ([`Assertion`]s). Comes out: [`Contradiction`]s, each with the way that leads to it. Exact matches carry over, so
//! things are first put into classes of what is exactly the same; broader and part-of then run between classes.
//! Linear in the mappings but for what is reported, and for denials of broader matches, where the search has a limit. What only follows from a contradiction that is told already stays quiet:
//! a class with two items of one framework is told, and circles over it are not.

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::{FxHashMap, FxHashSet};

use self::classes::{Exact, trace};
use super::table::Predicate;

mod classes;

/// A mapping between two things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    pub from: u32,
    pub predicate: Predicate,
    pub to: u32,
    /// It says that this is not so.
    pub negated: bool,
}

/// The statement that a thing has no match in a framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoMatch {
    pub from: u32,
    pub framework: u32,
}

/// All that is known.
#[derive(Debug, Clone, Default)]
pub struct MappingGraph {
    /// The framework of each thing; `None` for something that belongs to none that is known.
    pub frameworks: Vec<Option<u32>>,
    /// Inside frameworks: what is a part of what.
    pub parts: Vec<(u32, u32)>,
    pub assertions: Vec<Assertion>,
    pub no_matches: Vec<NoMatch>,
}

/// What one step of a way rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The mapping at this position.
    Mapping(usize),
    /// The framework's own order.
    Part,
}

/// A way from one thing to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub start: u32,
    /// What each step rests on, and where it leads.
    pub steps: Vec<(Ground, u32)>,
}

impl Way {
    /// All things on the way.
    pub fn things(&self) -> impl Iterator<Item = u32> + '_ {
        std::iter::once(self.start).chain(self.steps.iter().map(|&(_, to)| to))
    }

    /// The positions of the mappings on the way.
    pub fn mappings(&self) -> impl Iterator<Item = usize> + '_ {
        self.steps.iter().filter_map(|&(ground, _)| match ground {
            Ground::Mapping(position) => Some(position),
            Ground::Part => None,
        })
    }

    /// The last thing.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.steps.last().map_or(self.start, |&(_, to)| to)
    }

    fn extend(&mut self, other: Self) {
        self.steps.extend(other.steps);
    }
}

/// Things that cannot all be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contradiction {
    /// Two items of one framework are exactly the same over this way.
    SameFramework { way: Way },
    /// Each is broader than the one before, all the way round to the first.
    Circle { way: Way },
    /// Two things are exactly the same over this way, and one is said to be broader.
    ExactAndBroader { way: Way, assertion: usize },
    /// A mapping is denied, and this way leads to it.
    Denied { way: Way, assertion: usize },
    /// A thing has no match in a framework, and this way leads to one.
    NoMatch { way: Way, statement: usize },
}

fn is_exact(predicate: &Predicate) -> bool {
    matches!(
        predicate,
        Predicate::Exact | Predicate::SameAs | Predicate::EquivalentClass
    )
}

/// The narrower and the broader end.
fn narrow_to_broad(assertion: &Assertion) -> Option<(u32, u32)> {
    match assertion.predicate {
        Predicate::Broad | Predicate::SubClassOf => Some((assertion.from, assertion.to)),
        Predicate::Narrow => Some((assertion.to, assertion.from)),
        Predicate::Exact
        | Predicate::Close
        | Predicate::Related
        | Predicate::SameAs
        | Predicate::EquivalentClass
        | Predicate::EquivalentProperty
        | Predicate::SubPropertyOf
        | Predicate::Other(_) => None,
    }
}

/// Finds all contradictions, in a steady order.
#[must_use]
pub fn contradictions(graph: &MappingGraph) -> Vec<Contradiction> {
    let exact = Exact::of(graph);
    let mut found = Vec::new();
    let doubled = same_framework(graph, &exact, &mut found);
    denied(graph, &exact, &mut found);
    no_matches(graph, &exact, &mut found);
    broader(graph, &exact, &doubled, &mut found);
    found
}

/// Two items of one framework in one class. Gives the classes where that is so.
fn same_framework(
    graph: &MappingGraph,
    exact: &Exact,
    found: &mut Vec<Contradiction>,
) -> FxHashSet<u32> {
    let mut doubled = FxHashSet::default();
    for (&class, members) in &exact.members {
        let mut of_framework: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &thing in members {
            if let Some(Some(framework)) = graph.frameworks.get(thing as usize) {
                of_framework.entry(*framework).or_default().push(thing);
            }
        }
        for things in of_framework.values() {
            if let [first, others @ ..] = things.as_slice()
                && !others.is_empty()
            {
                doubled.insert(class);
                let from = exact.reach(*first);
                found.extend(others.iter().map(|&other| Contradiction::SameFramework {
                    way: trace(*first, other, &from),
                }));
            }
        }
    }
    doubled
}

/// Denied exact and close matches between things of one class.
fn denied(graph: &MappingGraph, exact: &Exact, found: &mut Vec<Contradiction>) {
    for (position, assertion) in graph.assertions.iter().enumerate() {
        let speaks_of_sameness =
            is_exact(&assertion.predicate) || assertion.predicate == Predicate::Close;
        if assertion.negated
            && speaks_of_sameness
            && assertion.from != assertion.to
            && exact.class(assertion.from) == exact.class(assertion.to)
        {
            found.push(Contradiction::Denied {
                way: exact.way(assertion.from, assertion.to),
                assertion: position,
            });
        }
    }
    denied_broader(graph, exact, found);
}

/// Denied broader and narrower matches that are asserted as well, or follow over a chain.
fn denied_broader(graph: &MappingGraph, exact: &Exact, found: &mut Vec<Contradiction>) {
    // One search for all denials about the things of one class.
    let mut wanted: BTreeMap<u32, Vec<(usize, u32, u32)>> = BTreeMap::new();
    for (position, assertion) in graph.assertions.iter().enumerate() {
        if let Some((narrow, broad)) = narrow_to_broad(assertion).filter(|_| assertion.negated) {
            let of_class = wanted.entry(exact.class(narrow)).or_default();
            of_class.push((position, narrow, broad));
        }
    }
    if wanted.is_empty() {
        return;
    }
    let up = upward(graph, exact);
    let mut left = DENIAL_STEPS;
    let mut told = Vec::new();
    for (start, denials) in wanted {
        let mut from: FxHashMap<u32, Up> = FxHashMap::default();
        let mut queue = VecDeque::from([start]);
        let open: FxHashSet<u32> = denials
            .iter()
            .map(|&(_, _, broad)| exact.class(broad))
            .collect();
        let mut open = open.len();
        while let Some(at) = queue.pop_front() {
            for edge in up.get(&at).map_or(&[][..], Vec::as_slice) {
                left = left.saturating_sub(1);
                let next = exact.class(edge.broad);
                if next != start && !from.contains_key(&next) {
                    from.insert(next, *edge);
                    queue.push_back(next);
                    if denials
                        .iter()
                        .any(|&(_, _, broad)| exact.class(broad) == next)
                    {
                        open = open.saturating_sub(1);
                    }
                }
            }
            if open == 0 || left == 0 {
                break;
            }
        }
        for (position, narrow, broad) in denials {
            let mut edges = Vec::new();
            let mut at = exact.class(broad);
            while at != start {
                let Some(edge) = from.get(&at) else {
                    break;
                };
                edges.push(*edge);
                at = exact.class(edge.narrow);
            }
            if at != start || edges.is_empty() {
                continue;
            }
            let mut way = Way {
                start: narrow,
                steps: Vec::new(),
            };
            for edge in edges.iter().rev() {
                way.extend(exact.way(way.end(), edge.narrow));
                way.steps.push((edge.ground, edge.broad));
            }
            way.extend(exact.way(way.end(), broad));
            told.push((position, way));
        }
        if left == 0 {
            break;
        }
    }
    told.sort_by_key(|&(position, _)| position);
    found.extend(
        told.into_iter()
            .map(|(assertion, way)| Contradiction::Denied { way, assertion }),
    );
}

/// How many steps the search for denied broader matches may take in all.
const DENIAL_STEPS: usize = 20_000_000;

/// From each class to the broader ones: by mappings, and by the order inside frameworks.
fn upward(graph: &MappingGraph, exact: &Exact) -> BTreeMap<u32, Vec<Up>> {
    let mut up: BTreeMap<u32, Vec<Up>> = BTreeMap::new();
    let mut add = |narrow: u32, broad: u32, ground: Ground| {
        if exact.class(narrow) != exact.class(broad) {
            up.entry(exact.class(narrow)).or_default().push(Up {
                narrow,
                broad,
                ground,
            });
        }
    };
    for (position, assertion) in graph.assertions.iter().enumerate() {
        if let Some((narrow, broad)) = narrow_to_broad(assertion).filter(|_| !assertion.negated) {
            add(narrow, broad, Ground::Mapping(position));
        }
    }
    for &(part, whole) in &graph.parts {
        add(part, whole, Ground::Part);
    }
    up
}

/// Things without a match that have one over a chain.
fn no_matches(graph: &MappingGraph, exact: &Exact, found: &mut Vec<Contradiction>) {
    // The first two things of each framework in each class: one of them is another one.
    let mut there: FxHashMap<(u32, u32), Vec<u32>> = FxHashMap::default();
    if !graph.no_matches.is_empty() {
        for (&class, members) in &exact.members {
            for &thing in members {
                if let Some(Some(framework)) = graph.frameworks.get(thing as usize) {
                    let things = there.entry((class, *framework)).or_default();
                    if things.len() < 2 {
                        things.push(thing);
                    }
                }
            }
        }
    }
    for (position, statement) in graph.no_matches.iter().enumerate() {
        let things = there.get(&(exact.class(statement.from), statement.framework));
        let other = things.and_then(|things| {
            let mut things = things.iter().copied();
            things.find(|&thing| thing != statement.from)
        });
        if let Some(other) = other {
            found.push(Contradiction::NoMatch {
                way: exact.way(statement.from, other),
                statement: position,
            });
        }
    }
}

/// An edge from a narrower class to a broader one.
#[derive(Clone, Copy)]
struct Up {
    narrow: u32,
    broad: u32,
    ground: Ground,
}

/// Exact and broader at once, and circles.
fn broader(
    graph: &MappingGraph,
    exact: &Exact,
    doubled: &FxHashSet<u32>,
    found: &mut Vec<Contradiction>,
) {
    for (position, assertion) in graph.assertions.iter().enumerate() {
        if let Some((narrow, broad)) = narrow_to_broad(assertion).filter(|_| !assertion.negated)
            && exact.class(narrow) == exact.class(broad)
        {
            found.push(Contradiction::ExactAndBroader {
                way: exact.way(narrow, broad),
                assertion: position,
            });
        }
    }
    let up = upward(graph, exact);
    for component in components(&up, exact) {
        if component.iter().any(|class| doubled.contains(class)) {
            continue;
        }
        if let Some(way) = circle(&component, &up, exact) {
            found.push(Contradiction::Circle { way });
        }
    }
}

/// Strongly connected classes, only those with more than one; without recursion (Tarjan).
fn components(up: &BTreeMap<u32, Vec<Up>>, exact: &Exact) -> Vec<FxHashSet<u32>> {
    #[derive(Clone, Copy)]
    struct Seen {
        low: u32,
        open: bool,
    }
    let mut seen: FxHashMap<u32, Seen> = FxHashMap::default();
    let mut order: FxHashMap<u32, u32> = FxHashMap::default();
    let mut stack: Vec<u32> = Vec::new();
    let mut found = Vec::new();
    for &start in up.keys() {
        if order.contains_key(&start) {
            continue;
        }
        let mut walk: Vec<(u32, usize)> = vec![(start, 0)];
        while let Some((at, next)) = walk.pop() {
            if next == 0 {
                let number = u32::try_from(order.len()).unwrap_or(u32::MAX);
                order.insert(at, number);
                seen.insert(
                    at,
                    Seen {
                        low: number,
                        open: true,
                    },
                );
                stack.push(at);
            }
            let edges = up.get(&at).map_or(&[][..], Vec::as_slice);
            if let Some(edge) = edges.get(next) {
                walk.push((at, next + 1));
                let target = exact.class(edge.broad);
                match (order.get(&target).copied(), seen.get(&target).copied()) {
                    (None, _) => walk.push((target, 0)),
                    (Some(number), Some(Seen { open: true, .. })) => {
                        if let Some(own) = seen.get_mut(&at) {
                            own.low = own.low.min(number);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            let low = seen.get(&at).map_or(0, |own| own.low);
            if let Some(&(above, _)) = walk.last()
                && let Some(own) = seen.get_mut(&above)
            {
                own.low = own.low.min(low);
            }
            if order.get(&at) == Some(&low) {
                let mut component = FxHashSet::default();
                while let Some(member) = stack.pop() {
                    if let Some(own) = seen.get_mut(&member) {
                        own.open = false;
                    }
                    component.insert(member);
                    if member == at {
                        break;
                    }
                }
                if component.len() > 1 {
                    found.push(component);
                }
            }
        }
    }
    found
}

/// The shortest circle through the first mapping of a component.
fn circle(component: &FxHashSet<u32>, up: &BTreeMap<u32, Vec<Up>>, exact: &Exact) -> Option<Way> {
    let inside = |edge: &&Up| component.contains(&exact.class(edge.broad));
    let first = up
        .iter()
        .filter(|(class, _)| component.contains(class))
        .flat_map(|(_, edges)| edges)
        .filter(inside)
        .filter_map(|edge| match edge.ground {
            Ground::Mapping(position) => Some((position, *edge)),
            Ground::Part => None,
        })
        .min_by_key(|&(position, _)| position)?
        .1;
    let (start, goal) = (exact.class(first.broad), exact.class(first.narrow));
    let mut from: FxHashMap<u32, (u32, Up)> = FxHashMap::default();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        if at == goal {
            break;
        }
        for edge in up
            .get(&at)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter(inside)
        {
            let next = exact.class(edge.broad);
            if next != start && !from.contains_key(&next) {
                from.insert(next, (at, *edge));
                queue.push_back(next);
            }
        }
    }
    let mut edges = Vec::new();
    let mut at = goal;
    while at != start {
        let &(before, edge) = from.get(&at)?;
        edges.push(edge);
        at = before;
    }
    edges.push(first);
    edges.reverse();
    // From the narrow end of the first mapping round to it again, over exact matches between the steps.
    let mut way = Way {
        start: first.narrow,
        steps: Vec::new(),
    };
    for edge in edges {
        way.extend(exact.way(way.end(), edge.narrow));
        way.steps.push((edge.ground, edge.broad));
    }
    way.extend(exact.way(way.end(), first.narrow));
    Some(way)
}

#[cfg(test)]
#[path = "consistency_tests.rs"]
mod tests;
