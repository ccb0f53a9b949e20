//! The judgements in words on which a met requirement relies, because no credential proves what they ask.

use rustc_hash::FxHashMap;

use crate::graph::{Graph, satisfied};
use crate::model::{CredentialId, Project, Prose, Requirement, RequirementKind, SetId};
use crate::source::Place;

/// Words that are taken as met, with where they stand.
type Words<'p> = Vec<(&'p Prose, Place)>;

/// Looks through requirements for somebody who holds certain credentials. What a set relies on is looked up once, however many
/// requirements name it.
pub(super) struct Relying<'p, 'h> {
    project: &'p Project,
    graph: &'p Graph,
    held: &'h dyn Fn(CredentialId) -> bool,
    /// What is known of a set: whether it is met without any words, and the words.
    sets: FxHashMap<SetId, (bool, Words<'p>)>,
}

impl<'p, 'h> Relying<'p, 'h> {
    pub(super) fn new(
        project: &'p Project,
        graph: &'p Graph,
        held: &'h dyn Fn(CredentialId) -> bool,
    ) -> Self {
        Self {
            project,
            graph,
            held,
            sets: FxHashMap::default(),
        }
    }

    /// Collects the judgements that a met requirement relies on; says whether it is met without any.
    pub(super) fn relied(&mut self, requirement: &'p Requirement, found: &mut Words<'p>) -> bool {
        match &requirement.kind {
            RequirementKind::Judgement(prose) => {
                found.push((prose, requirement.place));
                false
            }
            RequirementKind::All(of) => self.all(of, found),
            RequirementKind::Any { least, of } => {
                let mut sure = 0;
                let mut doubtful = Vec::new();
                for part in of {
                    let mut inner = Vec::new();
                    if self.relied(part, &mut inner) {
                        sure += 1;
                    } else if !inner.is_empty()
                        && satisfied(self.project, self.graph, part, self.held)
                    {
                        doubtful.push(inner);
                    }
                }
                let missing = (*least as usize).saturating_sub(sure);
                found.extend(doubtful.into_iter().take(missing).flatten());
                missing == 0
            }
            RequirementKind::Set(set) => {
                if !self.sets.contains_key(set) {
                    // In a circle of sets, which is reported, the inner one has nothing to add.
                    self.sets.insert(*set, (false, Vec::new()));
                    let mut words = Vec::new();
                    let sure = self.all(&self.project.sets[*set].members, &mut words);
                    self.sets.insert(*set, (sure, words));
                }
                let known = self.sets.get(set);
                found.extend(known.iter().flat_map(|(_, words)| words));
                known.is_some_and(|&(sure, _)| sure)
            }
            RequirementKind::Credential(id) => (self.held)(*id),
            RequirementKind::Skill { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Unresolved => {
                satisfied(self.project, self.graph, requirement, self.held)
            }
        }
    }

    /// The same of all of them; every one is looked at.
    fn all(&mut self, of: &'p [Requirement], found: &mut Words<'p>) -> bool {
        let mut all = true;
        for part in of {
            all &= self.relied(part, found);
        }
        all
    }
}
