//! What one can plan for: a credential, a pathway, a role or a set; and who plans.

use crate::graph::Node;
use crate::graph::cone::Goal;
use crate::model::{
    CredentialId, Declared, PathwayId, Project, RecognitionId, Requirement, RoleId, SetId, Stage,
    StageId, Target,
};

/// A goal by its declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    Credential(CredentialId),
    Pathway(PathwayId),
    Role(RoleId),
    Set(SetId),
}

impl From<Target> for Aim {
    fn from(target: Target) -> Self {
        match target {
            Target::Credential(id) => Self::Credential(id),
            Target::Pathway(id) => Self::Pathway(id),
        }
    }
}

impl Aim {
    /// The goal that a node can be; issuers, items and the like are none.
    #[must_use]
    pub const fn of_node(node: Node) -> Option<Self> {
        match node {
            Node::Credential(id) => Some(Self::Credential(id)),
            Node::Pathway(id) => Some(Self::Pathway(id)),
            Node::Role(id) => Some(Self::Role(id)),
            Node::Set(id) => Some(Self::Set(id)),
            Node::Issuer(_)
            | Node::Framework(_)
            | Node::Item(_)
            | Node::Scale(_)
            | Node::Level(_)
            | Node::Rubric(_)
            | Node::Recognition(_)
            | Node::Stage(_)
            | Node::External(_) => None,
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(self, project: &Project) -> &str {
        project.id(self.declared(project))
    }

    /// Its declaration.
    #[must_use]
    pub fn declared(self, project: &Project) -> &Declared {
        match self {
            Self::Credential(id) => &project.credentials[id].declared,
            Self::Pathway(id) => &project.pathways[id].declared,
            Self::Role(id) => &project.roles[id].declared,
            Self::Set(id) => &project.sets[id].declared,
        }
    }

    /// What readers call it.
    #[must_use]
    pub fn name(self, project: &Project) -> String {
        project.prose(&self.declared(project).name).into_owned()
    }

    /// What must be held and met to be there.
    #[must_use]
    pub fn goal(self, project: &Project) -> Goal<'_> {
        match self {
            Self::Credential(id) => Goal {
                credentials: vec![id],
                requirements: Vec::new(),
            },
            Self::Pathway(id) => {
                let pathway = &project.pathways[id];
                Goal {
                    credentials: pathway.leads_to.iter().map(|&(id, _)| id).collect(),
                    requirements: pathway
                        .stages
                        .iter()
                        .flat_map(|&stage| &project.stages[stage].asks)
                        .collect(),
                }
            }
            Self::Role(id) => Goal {
                credentials: Vec::new(),
                requirements: project.roles[id].needs.iter().collect(),
            },
            Self::Set(id) => Goal {
                credentials: Vec::new(),
                requirements: project.sets[id].members.iter().collect(),
            },
        }
    }

    /// What is asked of somebody who comes to it: the requirements that gate it, and what it leads to.
    #[must_use]
    pub fn gates(self, project: &Project) -> Goal<'_> {
        match self {
            Self::Credential(id) => Goal {
                credentials: Vec::new(),
                requirements: gates_of(project, id).collect(),
            },
            Self::Pathway(_) | Self::Role(_) | Self::Set(_) => self.goal(project),
        }
    }
}

/// What gates a credential: `requires`, `stacks`, `alongside`.
pub fn gates_of(project: &Project, id: CredentialId) -> impl Iterator<Item = &Requirement> {
    let credential = &project.credentials[id];
    [
        &credential.requires,
        &credential.stacks,
        &credential.alongside,
    ]
    .into_iter()
    .flatten()
}

/// All goals at once.
#[must_use]
pub fn together<'a>(project: &'a Project, aims: &[Aim]) -> Goal<'a> {
    let mut goal = Goal::default();
    for aim in aims {
        let one = aim.goal(project);
        goal.credentials.extend(one.credentials);
        goal.requirements.extend(one.requirements);
    }
    goal
}

/// What somebody brings along.
#[derive(Debug, Clone, Default)]
pub struct Start {
    pub holding: Vec<CredentialId>,
    pub recognised: Vec<RecognitionId>,
}

impl Start {
    /// Everything that is held at the start: what was earned, and what is granted for learning from elsewhere.
    #[must_use]
    pub fn held(&self, project: &Project) -> Vec<CredentialId> {
        let granted = self
            .recognised
            .iter()
            .flat_map(|&id| &project.recognitions[id].grants)
            .map(|&(id, _)| id);
        let mut held: Vec<CredentialId> = self.holding.iter().copied().chain(granted).collect();
        held.sort_unstable();
        held.dedup();
        held
    }
}

/// The stages of a pathway, those that come before first; of equals the one that is written first.
#[must_use]
pub fn stages_in_order(project: &Project, pathway: PathwayId) -> Vec<(StageId, &Stage)> {
    let stages = &project.pathways[pathway].stages;
    let mut done: Vec<StageId> = Vec::with_capacity(stages.len());
    while done.len() < stages.len() {
        let open = stages.iter().copied().filter(|stage| !done.contains(stage));
        let ready = open.clone().find(|&stage| {
            let mut after = project.stages[stage].after.iter();
            after.all(|(before, _)| done.contains(before) || !stages.contains(before))
        });
        // In a circle of stages, which is reported, the order of the text stands.
        let Some(next) = ready.or_else(|| open.clone().next()) else {
            break;
        };
        done.push(next);
    }
    done.into_iter()
        .map(|id| (id, &project.stages[id]))
        .collect()
}
