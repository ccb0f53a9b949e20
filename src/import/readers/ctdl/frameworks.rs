//! Several frameworks in the files of one registry, told apart.
//!
//! Goes in: a graph. Comes out: a graph for each framework. A competency goes to the frameworks that it says it is a part of, or that say
//! so of it, else to those of what it is a child of. What is no competency (levels, concepts, organizations) goes along with
//! whatever leads to it or has it as a member, so that two frameworks may both have it. What belongs to none goes to the first one; competencies
//! of that sort are counted.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::import::linked::vocabulary::SKOS;
use crate::import::linked::{Graph, Node};
use crate::import::tally::{Outcome, Tally};

use super::{is_of, names};

/// Properties that lead from a member to what it is a member of.
const MEMBERSHIP: [&str; 4] = [
    "isPartOf",
    "isTopChildOf",
    "inProgressionModel",
    "sourceNode",
];

/// The graph of each framework, in the order of the file; the graph as it is where there is one at most.
pub(super) fn tell_apart(graph: Graph, tally: &mut Tally) -> Vec<Graph> {
    let nodes = graph.nodes();
    let frameworks: Vec<usize> = (0..nodes.len())
        .filter(|&at| nodes.get(at).is_some_and(is_framework))
        .collect();
    if frameworks.len() < 2 {
        return vec![graph];
    }
    let mut apart = Apart::new(&graph, &frameworks);
    apart.competencies(tally);
    apart.others();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); frameworks.len()];
    for (at, owners) in apart.owners.iter().enumerate() {
        for &owner in owners {
            if let Some(members) = members.get_mut(owner) {
                members.push(at);
            }
        }
    }
    members.iter().map(|nodes| graph.part(nodes)).collect()
}

/// Whether a node is a whole framework.
pub(super) fn is_framework(node: &Node) -> bool {
    is_of(node, "CompetencyFramework") || is_of(node, "QualificationsFramework")
}

struct Apart<'g> {
    graph: &'g Graph,
    positions: FxHashMap<&'g str, usize>,
    /// The frameworks of each node, by their numbers.
    owners: Vec<BTreeSet<usize>>,
    /// Whether a node has a place of its own, and does not go along with others.
    is_placed: Vec<bool>,
}

impl<'g> Apart<'g> {
    fn new(graph: &'g Graph, frameworks: &[usize]) -> Self {
        let nodes = graph.nodes();
        let mut owners = vec![BTreeSet::new(); nodes.len()];
        for (number, &at) in frameworks.iter().enumerate() {
            if let Some(owners) = owners.get_mut(at) {
                owners.insert(number);
            }
        }
        let is_placed = |node: &Node| is_framework(node) || is_of(node, "Competency");
        Self {
            graph,
            positions: (0..nodes.len())
                .zip(nodes)
                .map(|(at, node)| (node.id.as_str(), at))
                .collect(),
            owners,
            is_placed: nodes.iter().map(is_placed).collect(),
        }
    }

    fn is_placed(&self, at: usize) -> bool {
        self.is_placed.get(at).copied().unwrap_or(false)
    }

    fn find(&self, names: Vec<&str>) -> impl Iterator<Item = usize> {
        names
            .into_iter()
            .filter_map(|name| self.positions.get(name).copied())
    }

    /// Gives the frameworks of nodes to those that they lead to, until nothing changes.
    fn spread(&mut self, leads: &[Vec<usize>], from: Vec<usize>) {
        let mut open = from;
        while let Some(at) = open.pop() {
            let own = self.owners.get(at).cloned().unwrap_or_default();
            for &to in leads.get(at).map_or(&[][..], Vec::as_slice) {
                let Some(owners) = self.owners.get_mut(to) else {
                    continue;
                };
                let before = owners.len();
                owners.extend(&own);
                if owners.len() > before {
                    open.push(to);
                }
            }
        }
    }

    fn competencies(&mut self, tally: &mut Tally) {
        let nodes = self.graph.nodes();
        let is_competency = |at: usize| {
            nodes
                .get(at)
                .is_some_and(|node| is_of(node, "Competency") && !is_framework(node))
        };
        // What leads down: from a framework to what is at its top, from a competency to its children.
        let mut down: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        let mut link = |above: usize, below: usize| {
            if let Some(down) = down.get_mut(above) {
                down.push(below);
            }
        };
        let mut said = vec![false; nodes.len()];
        for (at, node) in nodes.iter().enumerate() {
            for below in self.find([names(node, "hasTopChild"), names(node, "hasChild")].concat()) {
                if is_competency(below) {
                    link(at, below);
                }
            }
            if !is_competency(at) {
                continue;
            }
            let up = ["isPartOf", "isTopChildOf", "isChildOf"].map(|name| names(node, name));
            for above in self.find(up.concat()) {
                link(above, at);
            }
            let mut wholes = self.find(names(node, "isPartOf"));
            let is_said = wholes.any(|above| nodes.get(above).is_some_and(is_framework));
            if let Some(said) = said.get_mut(at) {
                *said = is_said;
            }
        }
        // What says itself what it is a part of does not follow its parents.
        let framework = |at: &usize| nodes.get(*at).is_some_and(is_framework);
        for (above, down) in down.iter_mut().enumerate() {
            down.retain(|below| framework(&above) || !said.get(*below).copied().unwrap_or(false));
        }
        let all = (0..nodes.len()).filter(framework).collect();
        self.spread(&down, all);
        for (at, node) in nodes.iter().enumerate() {
            if is_competency(at)
                && let Some(owners) = self.owners.get_mut(at)
                && owners.is_empty()
            {
                owners.insert(0);
                let reason =
                    "competencies that name no framework of the files, kept with the first one";
                tally.note(Outcome::Noted, reason, node.spot, &node.id);
            }
        }
    }

    fn others(&mut self) {
        let nodes = self.graph.nodes();
        let mut leads: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        let skos = ["inScheme", "topConceptOf"].map(|local| format!("{SKOS}{local}"));
        for (at, node) in nodes.iter().enumerate() {
            // Names stand as texts where nothing says that they are names.
            let named = node.statements.iter().map(|(_, value)| value.words());
            let to: Vec<usize> = self
                .find(named.collect())
                .filter(|&to| !self.is_placed(to))
                .collect();
            if let Some(leads) = leads.get_mut(at) {
                leads.extend(to);
            }
            if self.is_placed(at) {
                continue;
            }
            let own = MEMBERSHIP.iter().flat_map(|local| names(node, local));
            let of_skos = skos.iter().flat_map(|name| node.names(name));
            for whole in self.find(own.chain(of_skos).collect()) {
                if let Some(leads) = leads.get_mut(whole) {
                    leads.push(at);
                }
            }
        }
        let placed = (0..nodes.len()).filter(|&at| self.is_placed(at)).collect();
        self.spread(&leads, placed);
        for owners in &mut self.owners {
            if owners.is_empty() {
                owners.insert(0);
            }
        }
    }
}
