//! Prerequisites that lock each other: circles with no way in, and credentials that need themselves.
//!
//! A circle is a *deadlock* only if it stays locked when everything outside it is held; one with another way in is fine, and
//! a recognition that grants one of its credentials is such a way.
//! So each strongly connected component of what needs what is asked: what of you can be earned when all others are held?
//! What cannot, and is blocked by nothing but itself, is reported with a shortest circle in it; then it is taken as held,
//! so that what only follows from it is not reported again. Faults with messages of their own (a choice among too few, a
//! reference to nothing, a skill that nobody assesses) count as met here.

use rustc_hash::FxHashSet;

use super::compile::{Forgive, Options};
use super::cycles::Relation;
use super::logic::{self, Logic};
use super::requirements::{self, Mention};
use super::{EdgeKind, Graph, Node, NodeId};
use crate::model::{CredentialId, Project};
use crate::source::Place;

/// How many deadlocks are reported of credentials that all hang together; each asks everything anew.
const REPORTED: usize = 100;

/// That one credential needs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    pub from: CredentialId,
    pub to: CredentialId,
    /// `requires`, `stacks` or `alongside`.
    pub role: EdgeKind,
    /// Where `from` says so.
    pub place: Place,
    /// The set that holds `to`, or the item that `to` assesses, where that is what `from` names.
    pub through: Option<Node>,
}

/// What prerequisites make impossible.
#[derive(Debug, Default)]
pub struct Locks {
    /// Credentials that cannot be earned without themselves.
    pub selfish: Vec<Need>,
    /// One shortest circle for each deadlock; each need starts where the one before it ends.
    pub circles: Vec<Vec<Need>>,
}

/// Finds deadlocks.
#[must_use]
pub fn locks(project: &Project, graph: &Graph) -> Locks {
    let mut found = Locks::default();
    for component in components(graph) {
        let mut members = component;
        // What is granted to those who learned elsewhere has another way in, whatever it asks for.
        members.retain(|&id| !is_granted(graph, id));
        members.retain(|&id| {
            let selfish = self_need(project, graph, id);
            found.selfish.extend(selfish);
            selfish.is_none()
        });
        if members.len() > 1 {
            deadlocks(project, graph, &members, &mut found.circles);
        }
    }
    found.selfish.sort_unstable_by_key(|need| need.from);
    found
        .circles
        .sort_unstable_by_key(|circle| circle.first().map(|need| need.from));
    found
}

/// Whether a recognition of learning from elsewhere grants a credential.
fn is_granted(graph: &Graph, id: CredentialId) -> bool {
    graph
        .links_to(Node::Credential(id))
        .any(|link| link.edge.kind == EdgeKind::Grants)
}

/// The credentials that need each other in circles, any way, component by component, each sorted.
fn components(graph: &Graph) -> Vec<Vec<CredentialId>> {
    let mut relation = Relation::new(graph.node_count());
    let mut asked: FxHashSet<NodeId> = FxHashSet::default();
    let needs = |kind| {
        matches!(
            kind,
            EdgeKind::Requires | EdgeKind::Stacks | EdgeKind::Alongside | EdgeKind::Contains
        )
    };
    for link in graph.links_of_kind(needs) {
        if !matches!(link.from, Node::Credential(_) | Node::Set(_)) {
            continue;
        }
        let to = graph.id(link.to);
        relation.add(graph.id(link.from).index(), to.index());
        if let Node::Item(item) = link.to
            && asked.insert(to)
        {
            for assessor in graph.assessors(item) {
                let credential = graph.id(Node::Credential(assessor.credential));
                relation.add(to.index(), credential.index());
            }
        }
    }
    relation
        .circular_components()
        .into_iter()
        .map(|nodes| {
            nodes
                .into_iter()
                .filter_map(|index| match graph.node(NodeId(index as u32)) {
                    Node::Credential(id) => Some(id),
                    Node::Issuer(_)
                    | Node::Framework(_)
                    | Node::Item(_)
                    | Node::Scale(_)
                    | Node::Level(_)
                    | Node::Rubric(_)
                    | Node::Set(_)
                    | Node::Recognition(_)
                    | Node::Role(_)
                    | Node::Pathway(_)
                    | Node::Stage(_)
                    | Node::External(_) => None,
                })
                .collect()
        })
        .collect()
}

/// How a credential needs itself, if everything else being held does not help.
fn self_need(project: &Project, graph: &Graph, id: CredentialId) -> Option<Need> {
    let need = need(project, graph, id, id)?;
    let credential = &project.credentials[id];
    let requirements = [&credential.requires, &credential.stacks];
    let met = logic::all_satisfied(
        project,
        graph,
        Some(id),
        requirements.into_iter().flatten(),
        Options {
            forgive: Forgive::Everything,
            given: &|other| other != id,
        },
    );
    (!met).then_some(need)
}

fn deadlocks(
    project: &Project,
    graph: &Graph,
    members: &[CredentialId],
    circles: &mut Vec<Vec<Need>>,
) {
    let options = Options {
        forgive: Forgive::Everything,
        given: &|id| members.binary_search(&id).is_err(),
    };
    let logic = Logic::compile(project, graph, members.iter().copied(), options);
    let mut truth = logic.closure();
    for _ in 0..REPORTED {
        let locked: Vec<_> = logic
            .owners()
            .iter()
            .filter(|owner| !logic.is_held(owner, &truth))
            .collect();
        let mut blocked = Relation::new(locked.len());
        for (position, owner) in locked.iter().enumerate() {
            let gate = if truth.is_true(owner.before) {
                owner.alongside
            } else {
                Some(owner.before)
            };
            let blockers = gate.map_or_else(Vec::new, |gate| logic.blockers(gate, &truth));
            for blocker in blockers {
                let other = locked.binary_search_by_key(&blocker, |owner| owner.credential);
                // What needs itself has been sorted out before; here it names itself in one branch of several.
                if let Ok(other) = other
                    && other != position
                {
                    blocked.add(position, other);
                }
            }
        }
        let closed = blocked.closed_components();
        if closed.is_empty() {
            return;
        }
        for component in &closed {
            let circle = blocked.shortest_circle(component);
            let ids: Vec<CredentialId> = circle.iter().map(|&at| locked[at].credential).collect();
            let next = ids.iter().cycle().skip(1);
            let needs: Option<Vec<Need>> = ids
                .iter()
                .zip(next)
                .map(|(&from, &to)| need(project, graph, from, to))
                .collect();
            circles.extend(needs.filter(|needs| !needs.is_empty()));
        }
        let solved: Vec<CredentialId> = closed
            .iter()
            .flatten()
            .map(|&position| locked[position].credential)
            .collect();
        truth = logic.extend(truth, solved);
    }
}

/// How one credential needs another, if it names it: itself, in a set, or by a skill that the other assesses.
fn need(project: &Project, graph: &Graph, from: CredentialId, to: CredentialId) -> Option<Need> {
    let credential = &project.credentials[from];
    let mut indirect = None;
    for (role, requirement) in requirements::of_credential(credential) {
        if !matches!(
            role,
            EdgeKind::Requires | EdgeKind::Stacks | EdgeKind::Alongside
        ) {
            continue;
        }
        for (mention, place) in requirements::mentions(requirement) {
            let need = |through| Need {
                from,
                to,
                role,
                place,
                through,
            };
            match mention {
                Mention::Credential(id) if id == to => return Some(need(None)),
                Mention::Credential(_) => {}
                Mention::Set(set) if indirect.is_none() => {
                    let members = graph.sets().reach(project, graph, set);
                    if members.binary_search(&to).is_ok() {
                        indirect = Some(need(Some(Node::Set(set))));
                    }
                }
                Mention::Skill { item, level } if indirect.is_none() => {
                    let assessed = graph.assessors(item).iter().any(|assessor| {
                        assessor.credential == to
                            && project
                                .level_suffices(assessor.level, level)
                                .unwrap_or(true)
                    });
                    if assessed {
                        indirect = Some(need(Some(Node::Item(item))));
                    }
                }
                Mention::Set(_) | Mention::Skill { .. } => {}
            }
        }
    }
    indirect
}
