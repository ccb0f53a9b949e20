//! Classes of things that are exactly the same, and the ways inside them.
//!
//! Goes in: a graph of mappings. Comes out: the class of each thing, its members, and for two members a way over exact matches.

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashMap;

use super::{Ground, MappingGraph, Way, is_exact};

/// The place of a thing in the tree of its class.
#[derive(Clone, Copy)]
struct Branch {
    depth: u32,
    /// The thing above, and the mapping to it; `None` at the root.
    above: Option<(u32, usize)>,
}

/// In classes up to this size each way is the shortest one; in larger ones it leads through the tree of the class.
const SEARCHED: usize = 64;

/// Which things are exactly the same.
pub(super) struct Exact {
    /// The class of each thing.
    class: Vec<u32>,
    /// Where each thing of a class with more than one was reached from, in the tree of shortest ways from the first of them; how deep it is.
    tree: FxHashMap<u32, Branch>,
    /// The members of each class with more than one.
    pub(super) members: BTreeMap<u32, Vec<u32>>,
    /// For each thing with exact matches: the other end, and the mapping.
    beside: FxHashMap<u32, Vec<(u32, usize)>>,
}

impl Exact {
    pub(super) fn of(graph: &MappingGraph) -> Self {
        let mut parent: Vec<u32> =
            (0..u32::try_from(graph.frameworks.len()).unwrap_or(u32::MAX)).collect();
        let mut beside: FxHashMap<u32, Vec<(u32, usize)>> = FxHashMap::default();
        for (position, assertion) in graph.assertions.iter().enumerate() {
            if assertion.negated || !is_exact(&assertion.predicate) {
                continue;
            }
            let (from, to) = (assertion.from, assertion.to);
            beside.entry(from).or_default().push((to, position));
            beside.entry(to).or_default().push((from, position));
            let (one, other) = (root(&mut parent, from), root(&mut parent, to));
            let (low, high) = (one.min(other), one.max(other));
            if let Some(slot) = parent.get_mut(high as usize) {
                *slot = low;
            }
        }
        let count = u32::try_from(parent.len()).unwrap_or(u32::MAX);
        let class: Vec<u32> = (0..count).map(|thing| root(&mut parent, thing)).collect();
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (thing, &class) in (0..).zip(&class) {
            if beside.contains_key(&thing) {
                members.entry(class).or_default().push(thing);
            }
        }
        let mut tree: FxHashMap<u32, Branch> = FxHashMap::default();
        for members in members.values().filter(|all| all.len() > SEARCHED) {
            let Some(&first) = members.first() else {
                continue;
            };
            let top = Branch {
                depth: 0,
                above: None,
            };
            tree.insert(first, top);
            let mut queue = VecDeque::from([(first, 0_u32)]);
            while let Some((at, depth)) = queue.pop_front() {
                for &(next, mapping) in beside.get(&at).map_or(&[][..], Vec::as_slice) {
                    tree.entry(next).or_insert_with(|| {
                        queue.push_back((next, depth + 1));
                        Branch {
                            depth: depth + 1,
                            above: Some((at, mapping)),
                        }
                    });
                }
            }
        }
        Self {
            class,
            tree,
            members,
            beside,
        }
    }

    pub(super) fn class(&self, thing: u32) -> u32 {
        self.class.get(thing as usize).copied().unwrap_or(thing)
    }

    /// From where each thing of the same class is reached by the shortest way.
    pub(super) fn reach(&self, start: u32) -> FxHashMap<u32, (u32, usize)> {
        let mut from = FxHashMap::default();
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            for &(next, mapping) in self.beside.get(&at).map_or(&[][..], Vec::as_slice) {
                if next != start && !from.contains_key(&next) {
                    from.insert(next, (at, mapping));
                    queue.push_back(next);
                }
            }
        }
        from
    }

    /// A way over exact matches; the shortest one, unless the class is large.
    pub(super) fn way(&self, start: u32, end: u32) -> Way {
        if start == end {
            return Way {
                start,
                steps: Vec::new(),
            };
        }
        if !self.tree.contains_key(&start) {
            return trace(start, end, &self.reach(start));
        }
        let (mut up, mut down) = (Vec::new(), Vec::new());
        let (mut one, mut other) = (start, end);
        while one != other {
            let (Some(left), Some(right)) = (self.tree.get(&one), self.tree.get(&other)) else {
                break;
            };
            // The deeper one goes up; at the same depth first the one and then the other.
            if left.depth >= right.depth {
                let Some((above, mapping)) = left.above else {
                    break;
                };
                up.push((Ground::Mapping(mapping), above));
                one = above;
            } else {
                let Some((above, mapping)) = right.above else {
                    break;
                };
                down.push((Ground::Mapping(mapping), other));
                other = above;
            }
        }
        down.reverse();
        up.extend(down);
        Way { start, steps: up }
    }
}

pub(super) fn trace(start: u32, end: u32, from: &FxHashMap<u32, (u32, usize)>) -> Way {
    let mut steps = Vec::new();
    let mut at = end;
    while at != start {
        let Some(&(before, mapping)) = from.get(&at) else {
            break;
        };
        steps.push((Ground::Mapping(mapping), at));
        at = before;
    }
    steps.reverse();
    Way { start, steps }
}

fn root(parent: &mut [u32], thing: u32) -> u32 {
    let mut at = thing;
    while let Some(&above) = parent.get(at as usize) {
        if above == at {
            break;
        }
        // Each look halves the way for the next one.
        let further = parent.get(above as usize).copied().unwrap_or(above);
        if let Some(slot) = parent.get_mut(at as usize) {
            *slot = further;
        }
        at = further;
    }
    at
}
