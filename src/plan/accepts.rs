//! Whether one rule accepts everyone whom another accepts: decided over all sets of held credentials, earnable or not.

use super::price::Measure;
use super::solve::{Answer, Ask, Left, Planner};
use crate::graph::Graph;
use crate::graph::cone::{Cone, Goal};
use crate::graph::requirements::walk;
use crate::model::{CredentialId, Project, Requirement, RequirementKind};

/// The decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepts {
    /// Whoever meets the old rule meets the new one.
    Everyone,
    /// These are enough for the old rule and not for the new one; no fewer are. (Smallest, unless time ran out.)
    NotAll(Vec<CredentialId>),
    /// Time ran out.
    Unknown,
}

/// Decides whether `new` is met by all who meet `old`.
#[must_use]
pub fn accepts(
    project: &Project,
    graph: &Graph,
    new: &Goal<'_>,
    old: &Goal<'_>,
    left: Left<'_>,
) -> Accepts {
    let cone = Cone::of_holders(project, graph, (old, new));
    let mut planner = Planner::of_cone(project, graph, cone);
    match planner.solve(&fewest(), left) {
        Answer::Route(found) => {
            let mut held: Vec<CredentialId> = found
                .positions()
                .map(|position| planner.cone.members()[position].credential)
                .collect();
            held.sort_unstable();
            Accepts::NotAll(held)
        }
        Answer::None => Accepts::Everyone,
        Answer::Unknown => Accepts::Unknown,
    }
}

/// The words that a goal leaves to a human judgement, those of its sets included, each once. Any answer about it assumes that
/// they are met.
#[must_use]
pub fn judgements(project: &Project, goal: &Goal<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut sets = Vec::new();
    let mut left: Vec<&Requirement> = goal.requirements.iter().rev().copied().collect();
    while let Some(next) = left.pop() {
        for part in walk(next) {
            match &part.kind {
                RequirementKind::Judgement(prose) => {
                    let words = project.prose(prose).into_owned();
                    if !found.contains(&words) {
                        found.push(words);
                    }
                }
                RequirementKind::Set(set) if !sets.contains(set) => {
                    sets.push(*set);
                    left.extend(project.sets[*set].members.iter().rev());
                }
                RequirementKind::Credential(_)
                | RequirementKind::Set(_)
                | RequirementKind::Skill { .. }
                | RequirementKind::All(_)
                | RequirementKind::Any { .. }
                | RequirementKind::Sum(_)
                | RequirementKind::Unresolved => {}
            }
        }
    }
    found
}

fn fewest() -> Ask {
    Ask {
        minimise: Some(Measure::Count),
        ..Ask::default()
    }
}

/// A smallest route to one goal that does not reach another, for somebody who holds `given`.
#[must_use]
pub fn route_around(
    project: &Project,
    graph: &Graph,
    (to, around): (&Goal<'_>, &Goal<'_>),
    given: &[CredentialId],
    left: Left<'_>,
) -> Accepts {
    let cone = Cone::beside(project, graph, (to, around), given.iter().copied());
    let mut planner = Planner::of_cone(project, graph, cone);
    match planner.solve(&fewest(), left) {
        Answer::Route(found) => {
            let mut held: Vec<(Option<u32>, CredentialId)> = {
                let earned = planner.cone.earn(&found.chosen, None);
                found
                    .positions()
                    .map(|at| (earned.rounds[at], planner.cone.members()[at].credential))
                    .collect()
            };
            held.sort_unstable();
            Accepts::NotAll(held.into_iter().map(|(_, id)| id).collect())
        }
        Answer::None => Accepts::Everyone,
        Answer::Unknown => Accepts::Unknown,
    }
}
