//! From a project to its graph: one pass over every arena.
//!
//! Goes in: a linked project. Comes out: the graph. Edges stand in the order of their sources, those of one source in the
//! order of its statements as far as the model keeps it; references that could not be resolved make no edge.

use petgraph::graph::{DiGraph, NodeIndex};

use super::requirements::{self, Mention};
use super::sets::Sets;
use super::{Edge, EdgeKind, Graph, Node};
use crate::model::{
    Attained, BuildsOn, Credential, Item, LevelRef, Mapping, MappingTarget, Occupation, Project,
    Requirement, RowKind,
};
use crate::source::Place;

/// More edges for each node than projects mostly have: a skill is taught once and assessed a few times.
const EDGES_PER_NODE: usize = 8;

/// Builds the graph of a project.
pub(super) fn build(project: &Project) -> Graph {
    let counts = [
        project.issuers.len(),
        project.frameworks.len(),
        project.items.len(),
        project.scales.len(),
        project.levels.len(),
        project.rubrics.len(),
        project.credentials.len(),
        project.sets.len(),
        project.recognitions.len(),
        project.roles.len(),
        project.pathways.len(),
        project.stages.len(),
        project.external_items.len(),
    ];
    let mut starts = [0u32; Node::KINDS + 1];
    for (kind, count) in counts.into_iter().enumerate() {
        starts[kind + 1] = starts[kind] + count as u32;
    }
    let nodes = starts[Node::KINDS] as usize;
    // Room that stays unused costs nothing, growing does: all edges would be copied.
    let mut inner = DiGraph::with_capacity(nodes, nodes * EDGES_PER_NODE);
    for _ in 0..nodes {
        inner.add_node(());
    }
    let mut builder = Builder {
        graph: Graph {
            inner,
            starts,
            sets: Sets::new(project),
            locks: std::sync::OnceLock::new(),
        },
    };
    frameworks(project, &mut builder);
    for (id, credential) in project.credentials.iter() {
        builder.credential(Node::Credential(id), credential);
    }
    requirement_holders(project, &mut builder);
    crosswalks(project, &mut builder);
    builder.graph
}

struct Builder {
    graph: Graph,
}

fn frameworks(project: &Project, builder: &mut Builder) {
    for (id, framework) in project.frameworks.iter() {
        let node = Node::Framework(id);
        let place = framework.declared.place;
        if let Some(issuer) = framework.issuer {
            builder.add(node, Node::Issuer(issuer), EdgeKind::IssuedBy, place);
        }
        if let Some(scale) = framework.scale {
            builder.add(node, Node::Scale(scale), EdgeKind::UsesScale, place);
        }
        if let Some((other, place)) = framework.replaced_by {
            builder.add(node, Node::Framework(other), EdgeKind::ReplacedBy, place);
        }
        for &root in &framework.roots {
            let place = project.items[root].declared.place;
            builder.add(node, Node::Item(root), EdgeKind::Contains, place);
        }
    }
    for (id, item) in project.items.iter() {
        builder.item(project, Node::Item(id), item);
    }
    for (id, scale) in project.scales.iter() {
        for &level in &scale.levels {
            let place = project.levels[level].declared.place;
            builder.add(
                Node::Scale(id),
                Node::Level(level),
                EdgeKind::Contains,
                place,
            );
        }
    }
    for (id, level) in project.levels.iter() {
        for &(other, place) in &level.matches {
            builder.add(
                Node::Level(id),
                Node::External(other),
                EdgeKind::MatchesLevel,
                place,
            );
        }
    }
}

fn requirement_holders(project: &Project, builder: &mut Builder) {
    for (id, set) in project.sets.iter() {
        let node = Node::Set(id);
        for member in &set.members {
            builder.requirement(node, EdgeKind::Contains, member);
        }
        for &(member, place) in &set.except {
            builder.add(node, member.into(), EdgeKind::Excepts, place);
        }
    }
    for (id, recognition) in project.recognitions.iter() {
        for &(credential, place) in &recognition.grants {
            builder.add(
                Node::Recognition(id),
                Node::Credential(credential),
                EdgeKind::Grants,
                place,
            );
        }
    }
    for (id, role) in project.roles.iter() {
        for need in &role.needs {
            builder.requirement(Node::Role(id), EdgeKind::Needs, need);
        }
        builder.mappings(Node::Role(id), &role.mappings);
    }
    for (id, pathway) in project.pathways.iter() {
        let node = Node::Pathway(id);
        if let Some(issuer) = pathway.issuer {
            let place = pathway.declared.place;
            builder.add(node, Node::Issuer(issuer), EdgeKind::IssuedBy, place);
        }
        builder.occupations(node, &pathway.audience);
        for &stage in &pathway.stages {
            let place = project.stages[stage].declared.place;
            builder.add(node, Node::Stage(stage), EdgeKind::Contains, place);
        }
        for &(credential, place) in &pathway.leads_to {
            builder.add(node, Node::Credential(credential), EdgeKind::LeadsTo, place);
        }
    }
    for (id, stage) in project.stages.iter() {
        let node = Node::Stage(id);
        for &(before, place) in &stage.after {
            builder.add(node, Node::Stage(before), EdgeKind::After, place);
        }
        for asked in &stage.asks {
            builder.requirement(node, EdgeKind::Asks, asked);
        }
        for &(credential, place) in &stage.awards {
            builder.add(node, Node::Credential(credential), EdgeKind::Awards, place);
        }
    }
}

fn crosswalks(project: &Project, builder: &mut Builder) {
    for crosswalk in project.crosswalks.as_slice() {
        for row in &crosswalk.rows {
            match &row.kind {
                RowKind::Match(mapping) => builder.mapping(Node::Item(row.item), mapping),
                RowKind::NoMatch { .. } => {}
            }
        }
    }
}

impl Builder {
    fn add(&mut self, from: Node, to: Node, kind: EdgeKind, place: Place) {
        self.add_at(from, to, kind, None, place);
    }

    fn add_at(
        &mut self,
        from: Node,
        to: Node,
        kind: EdgeKind,
        level: Option<LevelRef>,
        place: Place,
    ) {
        let (from, to) = (self.graph.id(from), self.graph.id(to));
        self.graph.inner.add_edge(
            NodeIndex::new(from.index()),
            NodeIndex::new(to.index()),
            Edge { kind, level, place },
        );
    }

    fn item(&mut self, project: &Project, node: Node, item: &Item) {
        for &child in &item.children {
            let place = project.items[child].declared.place;
            self.add(node, Node::Item(child), EdgeKind::Contains, place);
        }
        for (base, place) in &item.builds_on {
            match base {
                BuildsOn::Item(base) => {
                    self.add(node, Node::Item(*base), EdgeKind::BuildsOn, *place);
                }
                BuildsOn::Outside(_) => {}
            }
        }
        if let Some((other, place)) = item.replaced_by {
            self.add(node, Node::Item(other), EdgeKind::ReplacedBy, place);
        }
        self.mappings(node, &item.mappings);
    }

    fn credential(&mut self, node: Node, credential: &Credential) {
        if let Some(issuer) = credential.issuer {
            let place = credential.declared.place;
            self.add(node, Node::Issuer(issuer), EdgeKind::IssuedBy, place);
        }
        for &(level, place) in &credential.levels {
            self.add(node, level.into(), EdgeKind::AtLevel, place);
        }
        for &(field, place) in &credential.fields {
            self.add(node, Node::External(field), EdgeKind::InField, place);
        }
        self.attained(node, EdgeKind::Introduces, &credential.introduces);
        self.attained(node, EdgeKind::Reinforces, &credential.reinforces);
        self.attained(node, EdgeKind::Teaches, &credential.teaches);
        for assessment in &credential.assessments {
            self.attained(node, EdgeKind::Assesses, &assessment.assesses);
            if let Some((rubric, place)) = assessment.rubric {
                self.add(node, Node::Rubric(rubric), EdgeKind::UsesRubric, place);
            }
        }
        for (kind, requirement) in requirements::of_credential(credential) {
            self.requirement(node, kind, requirement);
        }
        for carried in &credential.counts_toward {
            for &(target, place) in &carried.targets {
                self.add(
                    node,
                    Node::Credential(target),
                    EdgeKind::CountsToward,
                    place,
                );
            }
        }
        if let Some((other, place)) = credential.replaced_by {
            self.add(node, Node::Credential(other), EdgeKind::ReplacedBy, place);
        }
        self.occupations(node, &credential.occupations);
        self.mappings(node, &credential.mappings);
    }

    fn attained(&mut self, node: Node, kind: EdgeKind, attained: &[Attained]) {
        for attained in attained {
            self.add_at(
                node,
                Node::Item(attained.item),
                kind,
                attained.level,
                attained.place,
            );
        }
    }

    fn requirement(&mut self, node: Node, kind: EdgeKind, requirement: &Requirement) {
        for (mention, place) in requirements::mentions(requirement) {
            match mention {
                Mention::Credential(id) => self.add(node, Node::Credential(id), kind, place),
                Mention::Set(id) => self.add(node, Node::Set(id), kind, place),
                Mention::Skill { item, level } => {
                    self.add_at(node, Node::Item(item), kind, level, place);
                }
            }
        }
    }

    fn occupations(&mut self, node: Node, occupations: &[(Occupation, Place)]) {
        for &(occupation, place) in occupations {
            let target = match occupation {
                Occupation::Role(role) => Node::Role(role),
                Occupation::External(item) => Node::External(item),
            };
            self.add(node, target, EdgeKind::For, place);
        }
    }

    fn mappings(&mut self, node: Node, mappings: &[Mapping]) {
        for mapping in mappings {
            self.mapping(node, mapping);
        }
    }

    fn mapping(&mut self, node: Node, mapping: &Mapping) {
        let target = match mapping.target {
            MappingTarget::External(item) => Node::External(item),
            MappingTarget::Own(item) => Node::Item(item),
        };
        self.add(node, target, EdgeKind::MapsTo(mapping.verb), mapping.place);
    }
}
