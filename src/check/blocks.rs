//! Requirements as rules look at them: whose they are, what stands side by side, which skills nobody assesses.

use super::Context;
use crate::graph::compile::{Forgive, Options};
use crate::graph::requirements::{self, Mention};
use crate::graph::{EdgeKind, Graph, Node, logic, names};
use crate::model::{
    CredentialId, Id as _, ItemId, LevelRef, Project, Quantity, Requirement, RequirementKind,
    Stage, Sum, Unit,
};
use crate::source::Place;

/// Requirements that stand side by side and are asked together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    pub owner: Node,
    pub role: EdgeKind,
    pub of: &'a [Requirement],
    pub incomplete: bool,
}

/// The outermost blocks of the project: of credentials, sets, roles and stages.
pub(super) fn blocks(project: &Project) -> impl Iterator<Item = Block<'_>> {
    let credentials = project.credentials.iter().flat_map(|(id, credential)| {
        requirements::of_credential(credential).map(move |(role, requirement)| Block {
            owner: Node::Credential(id),
            role,
            of: match &requirement.kind {
                RequirementKind::All(of) => of,
                RequirementKind::Credential(_)
                | RequirementKind::Set(_)
                | RequirementKind::Skill { .. }
                | RequirementKind::Any { .. }
                | RequirementKind::Sum(_)
                | RequirementKind::Judgement(_)
                | RequirementKind::Unresolved => std::slice::from_ref(requirement),
            },
            incomplete: credential.declared.incomplete,
        })
    });
    let sets = project.sets.iter().map(|(id, set)| Block {
        owner: Node::Set(id),
        role: EdgeKind::Contains,
        of: &set.members,
        incomplete: set.declared.incomplete,
    });
    let roles = project.roles.iter().map(|(id, role)| Block {
        owner: Node::Role(id),
        role: EdgeKind::Needs,
        of: &role.needs,
        incomplete: role.declared.incomplete,
    });
    let stages = project.stages.iter().map(|(id, stage)| Block {
        owner: Node::Stage(id),
        role: EdgeKind::Asks,
        of: &stage.asks,
        incomplete: stage.declared.incomplete,
    });
    credentials.chain(sets).chain(roles).chain(stages)
}

impl<'a> Block<'a> {
    /// Everything in it, at any depth, in source order.
    pub fn walk(&self) -> impl Iterator<Item = &'a Requirement> + use<'a> {
        self.of.iter().flat_map(requirements::walk)
    }

    /// The sums in it.
    pub fn sums(&self) -> impl Iterator<Item = (&'a Requirement, &'a Sum)> + use<'a> {
        self.walk().filter_map(|part| match &part.kind {
            RequirementKind::Sum(sum) => Some((part, sum)),
            RequirementKind::Credential(_)
            | RequirementKind::Set(_)
            | RequirementKind::Skill { .. }
            | RequirementKind::All(_)
            | RequirementKind::Any { .. }
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => None,
        })
    }

    /// The credentials that cannot count here: the owner itself, or what a set leaves out.
    pub fn excluded(&self, context: &Context<'_>) -> Vec<CredentialId> {
        match (self.owner, self.role) {
            (Node::Credential(id), EdgeKind::Requires | EdgeKind::Stacks) => vec![id],
            (Node::Set(id), _) => context.graph().sets().excepted(context.project, id),
            _ => Vec::new(),
        }
    }
}

/// Whether anything about these credentials could not be read, so that what they declare is not certain.
pub(super) fn uncertain(
    project: &Project,
    credentials: impl IntoIterator<Item = CredentialId>,
) -> bool {
    credentials
        .into_iter()
        .any(|id| project.credentials[id].declared.incomplete)
}

/// An amount in the unit of another quantity, for readers.
pub(super) fn amount(
    project: &Project,
    amount: crate::model::Amount,
    unit: Unit,
    place: Place,
) -> String {
    project.quantity(&Quantity {
        amount,
        unit,
        place,
    })
}

/// Ids in back-ticks, the first few of them.
pub(super) fn list(project: &Project, credentials: &[CredentialId]) -> String {
    const SHOWN: usize = 4;
    let mut shown: Vec<String> = credentials
        .iter()
        .take(SHOWN)
        .map(|&id| format!("`{}`", names::name(project, Node::Credential(id))))
        .collect();
    if credentials.len() > SHOWN {
        shown.push(format!("{} more", credentials.len() - SHOWN));
    }
    shown.join(", ")
}

/// A skill that is asked for and that no credential assesses at the level.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unassessed {
    pub item: ItemId,
    pub level: Option<LevelRef>,
    pub place: Place,
}

/// Finds requirements that cannot be met because nobody assesses a skill.
pub(super) struct Skills<'a> {
    project: &'a Project,
    graph: &'a Graph,
    /// Sets that name such a skill, or hold sets that do.
    sets: Vec<bool>,
    /// Whether there is any such skill.
    any: bool,
}

impl<'a> Skills<'a> {
    /// Looks at every skill that is asked for. Where a credential could not be read in full nothing is certain, and nothing
    /// is found.
    pub fn new(context: &Context<'a>) -> Self {
        let (project, graph) = (context.project, context.graph());
        let mut skills = Self {
            project,
            graph,
            sets: vec![false; project.sets.len()],
            any: false,
        };
        if uncertain(project, project.credentials.ids()) {
            return skills;
        }
        skills.any =
            requirements::holders(project).any(|holder| skills.named(holder.requirement).is_some());
        if !skills.any {
            return skills;
        }
        for (id, set) in project.sets.iter() {
            skills.sets[id.index()] = set
                .members
                .iter()
                .any(|member| skills.named(member).is_some());
        }
        // Marks the sets around marked ones.
        let mut waiting: Vec<Node> = project
            .sets
            .ids()
            .filter(|id| skills.sets[id.index()])
            .map(Node::Set)
            .collect();
        while let Some(node) = waiting.pop() {
            for link in graph.links_to(node) {
                if let Node::Set(outer) = link.from
                    && !skills.sets[outer.index()]
                {
                    skills.sets[outer.index()] = true;
                    waiting.push(link.from);
                }
            }
        }
        skills
    }

    /// The first such skill that a requirement names itself.
    fn named(&self, requirement: &Requirement) -> Option<Unassessed> {
        requirements::mentions(requirement)
            .into_iter()
            .find_map(|(mention, place)| match mention {
                Mention::Skill { item, level } => {
                    (!self.graph.is_assessed(self.project, item, level)).then_some(Unassessed {
                        item,
                        level,
                        place,
                    })
                }
                Mention::Credential(_) | Mention::Set(_) => None,
            })
    }

    /// The skill because of which these requirements, taken together, cannot be met whatever is held.
    pub fn missing<'b>(
        &self,
        requirements: impl IntoIterator<Item = &'b Requirement> + Clone,
    ) -> Option<Unassessed> {
        if !self.any {
            return None;
        }
        let found = requirements
            .clone()
            .into_iter()
            .find_map(|requirement| self.below(requirement))?;
        let met = logic::all_satisfied(
            self.project,
            self.graph,
            None,
            requirements,
            Options {
                forgive: Forgive::Reported,
                given: &|_| true,
            },
        );
        (!met).then_some(found)
    }

    /// The first such skill in a requirement or in the sets that it names.
    fn below(&self, requirement: &Requirement) -> Option<Unassessed> {
        self.named(requirement).or_else(|| {
            let mentions = requirements::mentions(requirement);
            let (set, place) = mentions
                .into_iter()
                .find_map(|(mention, place)| match mention {
                    Mention::Set(set) => self.sets[set.index()].then_some((set, place)),
                    Mention::Credential(_) | Mention::Skill { .. } => None,
                })?;
            let mut stack = vec![set];
            let mut seen = vec![set];
            while let Some(next) = stack.pop() {
                for member in &self.project.sets[next].members {
                    if let Some(found) = self.named(member) {
                        return Some(Unassessed { place, ..found });
                    }
                    for (mention, _) in requirements::mentions(member) {
                        if let Mention::Set(inner) = mention
                            && self.sets[inner.index()]
                            && !seen.contains(&inner)
                        {
                            seen.push(inner);
                            stack.push(inner);
                        }
                    }
                }
            }
            None
        })
    }

    /// `` `data.charts` at `expert` or above ``, as an author writes it.
    pub fn name(&self, missing: &Unassessed) -> String {
        let path = names::name(self.project, Node::Item(missing.item));
        match missing.level {
            Some(level) => {
                let level = match level {
                    LevelRef::Own(level) => self
                        .project
                        .id(&self.project.levels[level].declared)
                        .to_owned(),
                    LevelRef::External(item) => names::name(self.project, Node::External(item)),
                };
                format!("`{path}` at `{level}` or above")
            }
            None => format!("`{path}`"),
        }
    }
}

/// The stages that come before each stage of a pathway, any number of steps, as positions in the pathway.
pub(super) struct Order<'a> {
    pub stages: Vec<&'a Stage>,
    before: Vec<Vec<bool>>,
}

/// Pathways with more stages are not looked at: the table is quadratic.
const STAGES: usize = 400;

impl<'a> Order<'a> {
    pub fn new(project: &'a Project, pathway: &crate::model::Pathway) -> Option<Self> {
        let count = pathway.stages.len();
        if count > STAGES {
            return None;
        }
        let stages: Vec<&Stage> = pathway
            .stages
            .iter()
            .map(|&id| &project.stages[id])
            .collect();
        let position = |id| pathway.stages.iter().position(|&stage| stage == id);
        let mut before = vec![vec![false; count]; count];
        for (start, row) in before.iter_mut().enumerate() {
            let mut stack = vec![start];
            while let Some(stage) = stack.pop() {
                for earlier in stages[stage]
                    .after
                    .iter()
                    .filter_map(|&(id, _)| position(id))
                {
                    if !row[earlier] {
                        row[earlier] = true;
                        stack.push(earlier);
                    }
                }
            }
        }
        Some(Self { stages, before })
    }

    /// Whether one stage comes before another.
    pub fn is_before(&self, one: usize, other: usize) -> bool {
        self.before[other][one]
    }
}
