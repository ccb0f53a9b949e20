//! What sets hold: members of members, minus what is excepted.
//!
//! A set as a *source of credit* brings in every credential that its block names, at any depth of choices, sets and sums,
//! minus the credentials (and the members of the sets) behind its `except`. Sets may hold sets in chains of any length and,
//! wrongly, in circles: in a circle `except` is not applied, so that the answer is never too small. Answers come in the
//! order of credential ids.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::Graph;
use super::requirements::{self, Mention};
use crate::model::{CredentialId, Id, Project, SetId, SetMember};

/// Past so many kept members `except` is no longer applied: a chain of ten thousands of sets that each leave something out
/// would take quadratic space. What is then said of a set errs on the side of more members.
const KEPT: usize = 8_000_000;

/// The sets of a project.
#[derive(Debug, Default)]
pub struct Sets {
    /// The members of sets that leave something out; the others are gathered when asked for.
    reduced: Vec<Option<Box<[CredentialId]>>>,
    /// Whether a set holds itself, directly or through others.
    circular: Vec<bool>,
}

impl Sets {
    /// Reads the sets of a project.
    #[must_use]
    pub fn new(project: &Project) -> Self {
        let count = project.sets.len();
        let mut sets = Self {
            reduced: vec![None; count],
            circular: vec![false; count],
        };
        let mut holds = DiGraph::<(), ()>::with_capacity(count, count);
        for _ in 0..count {
            holds.add_node(());
        }
        for id in project.sets.ids() {
            for inner in inner_sets(project, id) {
                holds.add_edge(
                    NodeIndex::new(id.index()),
                    NodeIndex::new(inner.index()),
                    (),
                );
            }
        }
        let mut kept = 0;
        // The components come with the inner sets first.
        for component in kosaraju_scc(&holds) {
            let circular = match component.as_slice() {
                [one] => holds.contains_edge(*one, *one),
                _ => true,
            };
            for node in component {
                let id = SetId::from_index(node.index());
                sets.circular[node.index()] = circular;
                let except = &project.sets[id].except;
                if circular || except.is_empty() || kept > KEPT {
                    continue;
                }
                let out = sets.excepted(project, id);
                let mut members = sets.members(project, id);
                members.retain(|member| out.binary_search(member).is_err());
                kept += members.len();
                sets.reduced[node.index()] = Some(members.into());
            }
        }
        sets
    }

    /// Whether a set holds itself, directly or through others.
    #[must_use]
    pub fn is_circular(&self, set: SetId) -> bool {
        self.circular[set.index()]
    }

    /// The credentials of a set, sorted, each once.
    #[must_use]
    pub fn members(&self, project: &Project, set: SetId) -> Vec<CredentialId> {
        let mut members = Vec::new();
        let mut stack = vec![set];
        let mut seen = rustc_hash::FxHashSet::default();
        seen.insert(set);
        while let Some(next) = stack.pop() {
            if let Some(reduced) = &self.reduced[next.index()] {
                members.extend_from_slice(reduced);
                continue;
            }
            for requirement in &project.sets[next].members {
                for (mention, _) in requirements::mentions(requirement) {
                    match mention {
                        Mention::Credential(id) => members.push(id),
                        Mention::Set(inner) => {
                            if seen.insert(inner) {
                                stack.push(inner);
                            }
                        }
                        Mention::Skill { .. } => {}
                    }
                }
            }
        }
        members.sort_unstable();
        members.dedup();
        members
    }

    /// The credentials that could play a part in meeting what a set asks: its members, and those who assess the skills
    /// that it names. Sorted, each once.
    #[must_use]
    pub fn reach(&self, project: &Project, graph: &Graph, set: SetId) -> Vec<CredentialId> {
        let mut found = self.members(project, set);
        let mut stack = vec![set];
        let mut seen = rustc_hash::FxHashSet::default();
        seen.insert(set);
        while let Some(next) = stack.pop() {
            for requirement in &project.sets[next].members {
                for (mention, _) in requirements::mentions(requirement) {
                    match mention {
                        Mention::Credential(_) => {}
                        Mention::Set(inner) => {
                            if seen.insert(inner) {
                                stack.push(inner);
                            }
                        }
                        Mention::Skill { item, .. } => {
                            let assessors = graph.assessors(item);
                            found.extend(assessors.iter().map(|assessor| assessor.credential));
                        }
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The credentials that a set leaves out, sorted, each once.
    #[must_use]
    pub fn excepted(&self, project: &Project, set: SetId) -> Vec<CredentialId> {
        let mut out = Vec::new();
        for &(member, _) in &project.sets[set].except {
            match member {
                SetMember::Credential(id) => out.push(id),
                SetMember::Set(inner) => out.extend(self.members(project, inner)),
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The sets that a set names, in its block and behind `except`.
pub(super) fn inner_sets(project: &Project, set: SetId) -> Vec<SetId> {
    let set = &project.sets[set];
    let named = set
        .members
        .iter()
        .flat_map(requirements::mentions)
        .filter_map(|(mention, _)| match mention {
            Mention::Set(id) => Some(id),
            Mention::Credential(_) | Mention::Skill { .. } => None,
        });
    let excepted = set.except.iter().filter_map(|&(member, _)| match member {
        SetMember::Set(id) => Some(id),
        SetMember::Credential(_) => None,
    });
    named.chain(excepted).collect()
}
