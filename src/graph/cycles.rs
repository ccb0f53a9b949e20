//! Circles in small typed relations: which there are, and the shortest way round each.
//!
//! Goes in: how many nodes and the edges between them. Comes out: for each strongly connected component one shortest
//! circle, found from its lowest node on, so that the answer is the same on every run. Linear, but for the search of the
//! shortest circle, which is bounded; nothing recurses.

use std::collections::VecDeque;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::{Graph, Link, NodeId};

/// From how many nodes of one component a shortest circle is searched. In larger components a short one is found, not
/// always the shortest.
const STARTS: usize = 64;

/// A relation on the numbers `0..nodes`.
#[derive(Debug, Default)]
pub struct Relation {
    inner: DiGraph<(), ()>,
}

impl Relation {
    /// A relation on so many nodes, without edges.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        let mut inner = DiGraph::with_capacity(nodes, nodes * 2);
        for _ in 0..nodes {
            inner.add_node(());
        }
        Self { inner }
    }

    /// Adds an edge between two nodes below the number given to [`Relation::new`].
    pub fn add(&mut self, from: usize, to: usize) {
        self.inner
            .add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
    }

    /// The components with a circle in them (two nodes or more, or one that points to itself), each sorted, in the order
    /// of their lowest nodes.
    #[must_use]
    pub fn circular_components(&self) -> Vec<Vec<usize>> {
        let mut components: Vec<Vec<usize>> = kosaraju_scc(&self.inner)
            .into_iter()
            .filter(|component| match component.as_slice() {
                [one] => self.inner.contains_edge(*one, *one),
                _ => true,
            })
            .map(|component| {
                let mut nodes: Vec<usize> = component.into_iter().map(NodeIndex::index).collect();
                nodes.sort_unstable();
                nodes
            })
            .collect();
        components.sort_unstable();
        components
    }

    /// Those of [`Relation::circular_components`] that no edge leaves.
    #[must_use]
    pub fn closed_components(&self) -> Vec<Vec<usize>> {
        let mut components = self.circular_components();
        components.retain(|component| {
            component.iter().all(|&node| {
                self.inner
                    .neighbors(NodeIndex::new(node))
                    .all(|next| component.binary_search(&next.index()).is_ok())
            })
        });
        components
    }

    /// One shortest circle of a component, from its lowest node on and without repeating it at the end.
    #[must_use]
    pub fn shortest_circle(&self, component: &[usize]) -> Vec<usize> {
        self.search_circle(component, &mut Search::new(self.inner.node_count()))
            .unwrap_or_default()
    }

    /// One shortest circle per component, each from its lowest node on and without repeating it at the end.
    #[must_use]
    pub fn circles(&self) -> Vec<Vec<usize>> {
        let mut search = Search::new(self.inner.node_count());
        self.circular_components()
            .iter()
            .filter_map(|component| self.search_circle(component, &mut search))
            .collect()
    }

    fn search_circle(&self, component: &[usize], search: &mut Search) -> Option<Vec<usize>> {
        for &node in component {
            search.inside[node] = true;
        }
        let mut best: Option<Vec<usize>> = None;
        for &start in component.iter().take(STARTS) {
            let longest = best.as_ref().map_or(usize::MAX, Vec::len);
            if let Some(circle) = self.circle_through(start, longest, search) {
                let short = circle.len() <= 1;
                best = Some(circle);
                if short {
                    break;
                }
            }
        }
        for &node in component {
            search.inside[node] = false;
        }
        best.map(|mut circle| {
            let lowest = circle
                .iter()
                .enumerate()
                .min_by_key(|(_, node)| **node)
                .map_or(0, |(position, _)| position);
            circle.rotate_left(lowest);
            circle
        })
    }

    /// The shortest circle through a node that has fewer nodes than `limit`.
    fn circle_through(
        &self,
        start: usize,
        limit: usize,
        search: &mut Search,
    ) -> Option<Vec<usize>> {
        search.round += 1;
        let mut queue = VecDeque::from([(start, 1usize)]);
        while let Some((node, length)) = queue.pop_front() {
            if length >= limit {
                return None;
            }
            let mut next: Vec<usize> = self
                .inner
                .neighbors(NodeIndex::new(node))
                .map(NodeIndex::index)
                .collect();
            next.sort_unstable();
            for neighbor in next {
                if neighbor == start {
                    return Some(search.way_back(start, node));
                }
                if search.inside[neighbor] && search.seen[neighbor] != search.round {
                    search.seen[neighbor] = search.round;
                    search.before[neighbor] = node;
                    queue.push_back((neighbor, length + 1));
                }
            }
        }
        None
    }
}

/// The circles that some edges of the graph make, one shortest for each component; each edge starts where the one before it
/// ends. Where two edges join the same nodes, the first written is shown.
#[must_use]
pub fn circles_of(links: Vec<Link>, graph: &Graph) -> Vec<Vec<Link>> {
    let mut nodes: Vec<NodeId> = links
        .iter()
        .flat_map(|link| [graph.id(link.from), graph.id(link.to)])
        .collect();
    nodes.sort_unstable();
    nodes.dedup();
    let position = |node| nodes.binary_search(&graph.id(node)).unwrap_or_default();
    let mut relation = Relation::new(nodes.len());
    let mut between: FxHashMap<(usize, usize), Link> = FxHashMap::default();
    for link in links {
        let ends = (position(link.from), position(link.to));
        relation.add(ends.0, ends.1);
        between.entry(ends).or_insert(link);
    }
    relation
        .circles()
        .into_iter()
        .map(|circle| {
            let next = circle.iter().cycle().skip(1);
            circle
                .iter()
                .zip(next)
                .filter_map(|(&from, &to)| between.get(&(from, to)).copied())
                .collect()
        })
        .collect()
}

/// Tables of the breadth-first search, made once.
struct Search {
    inside: Vec<bool>,
    seen: Vec<u32>,
    before: Vec<usize>,
    round: u32,
}

impl Search {
    fn new(nodes: usize) -> Self {
        Self {
            inside: vec![false; nodes],
            seen: vec![0; nodes],
            before: vec![0; nodes],
            round: 0,
        }
    }

    fn way_back(&self, start: usize, mut node: usize) -> Vec<usize> {
        let mut way = vec![node];
        while node != start {
            node = self.before[node];
            way.push(node);
        }
        way.reverse();
        way
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let mut relation = Relation::new(nodes);
        for &(from, to) in edges {
            relation.add(from, to);
        }
        relation.circles()
    }

    #[test]
    fn the_shortest_circle_of_each_component_is_found() {
        let edges = [(0, 1), (1, 2), (2, 3), (3, 0), (2, 0), (4, 4), (5, 0)];
        assert_eq!(circles(6, &edges), [vec![0, 1, 2], vec![4]]);
        assert!(circles(3, &[(0, 1), (1, 2), (0, 2)]).is_empty());
    }

    #[test]
    fn a_circle_that_starts_late_is_written_from_its_lowest_node() {
        assert_eq!(circles(4, &[(3, 2), (2, 1), (1, 3)]), [vec![1, 3, 2]]);
    }

    #[test]
    fn a_long_chain_does_not_overflow() {
        let nodes = 200_000;
        let mut edges: Vec<(usize, usize)> = (1..nodes).map(|node| (node - 1, node)).collect();
        assert!(circles(nodes, &edges).is_empty());
        edges.push((nodes - 1, 0));
        assert_eq!(circles(nodes, &edges)[0].len(), nodes);
    }
}
