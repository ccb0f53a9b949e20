//! The words that no credential proves, and on which an answer about acceptance rests.

use super::accepts::{Accepts, accepts, judgements};
use super::expectations::Case;
use super::relied::Relying;
use crate::graph::cone::Goal;
use crate::model::{CredentialId, Requirement, RequirementKind};

impl Case<'_> {
    /// The words in rules that somebody who holds these meets only because the words are taken as met.
    pub(super) fn assuming_for(&self, goal: &Goal<'_>, held: &[CredentialId]) -> Option<String> {
        let is_held = |id: CredentialId| held.contains(&id);
        let mut found = Vec::new();
        let mut relying = Relying::new(self.project, self.graph, &is_held);
        for requirement in &goal.requirements {
            relying.relied(requirement, &mut found);
        }
        let mut words: Vec<String> = Vec::new();
        for (prose, _) in found {
            let text = self.project.prose(prose).into_owned();
            if !words.contains(&text) {
                words.push(text);
            }
        }
        assuming(&words)
    }

    /// The words in the rules of `met` without which it would not accept everyone of `asked`: a smallest choice of them, the
    /// first ones where several would do. Words inside sets are taken as needed.
    pub(super) fn assuming(&self, met: &Goal<'_>, asked: &Goal<'_>) -> Option<String> {
        let mut needed = judgements(self.project, met);
        for at in (0..needed.len()).rev() {
            let mut without = needed.clone();
            without.remove(at);
            let kept: Vec<Requirement> = met
                .requirements
                .iter()
                .map(|requirement| self.with_words(requirement, &without))
                .collect();
            let in_sets = judgements(
                self.project,
                &Goal {
                    credentials: Vec::new(),
                    requirements: kept.iter().collect(),
                },
            );
            if needed.get(at).is_some_and(|words| in_sets.contains(words)) {
                continue;
            }
            let goal = Goal {
                credentials: met.credentials.clone(),
                requirements: kept.iter().collect(),
            };
            if accepts(self.project, self.graph, &goal, asked, self.left) == Accepts::Everyone {
                needed = without;
            }
        }
        assuming(&needed)
    }

    /// A requirement in which only these words are taken as met.
    fn with_words(&self, requirement: &Requirement, words: &[String]) -> Requirement {
        let all = |of: &[Requirement]| -> Vec<Requirement> {
            of.iter().map(|part| self.with_words(part, words)).collect()
        };
        let kind = match &requirement.kind {
            RequirementKind::Judgement(prose)
                if !words
                    .iter()
                    .any(|known| *known == self.project.prose(prose)) =>
            {
                RequirementKind::Unresolved
            }
            RequirementKind::All(of) => RequirementKind::All(all(of)),
            RequirementKind::Any { least, of } => RequirementKind::Any {
                least: *least,
                of: all(of),
            },
            RequirementKind::Credential(_)
            | RequirementKind::Set(_)
            | RequirementKind::Skill { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => requirement.kind.clone(),
        };
        Requirement {
            place: requirement.place,
            kind,
        }
    }
}

fn assuming(words: &[String]) -> Option<String> {
    let words: Vec<String> = words.iter().map(|words| format!("\"{words}\"")).collect();
    (!words.is_empty()).then(|| format!("assuming {}", words.join(", ")))
}
