//! Names of nodes: how each is written in a reference, and which node a reference means.

use std::fmt;

use super::{Graph, Node};
use crate::diag;
use crate::model::{Entity, Project};

/// A node as it is named in questions and exports: `chart-reader`, `data-literacy.read.charts`, `storyteller.read` for a
/// stage, `mastery.expert` for a level, `esco:S1.2` for an item from elsewhere.
#[must_use]
pub fn name(project: &Project, node: Node) -> String {
    let id = |declared| project.id(declared).to_owned();
    match node {
        Node::Issuer(issuer) => id(&project.issuers[issuer].declared),
        Node::Framework(framework) => id(&project.frameworks[framework].declared),
        Node::Item(item) => project.name(project.items[item].full_path).to_owned(),
        Node::Scale(scale) => id(&project.scales[scale].declared),
        Node::Level(level) => {
            let level = &project.levels[level];
            let scale = project.id(&project.scales[level.scale].declared);
            format!("{scale}.{}", project.id(&level.declared))
        }
        Node::Rubric(rubric) => id(&project.rubrics[rubric].declared),
        Node::Credential(credential) => id(&project.credentials[credential].declared),
        Node::Set(set) => id(&project.sets[set].declared),
        Node::Recognition(recognition) => id(&project.recognitions[recognition].declared),
        Node::Role(role) => id(&project.roles[role].declared),
        Node::Pathway(pathway) => id(&project.pathways[pathway].declared),
        Node::Stage(stage) => {
            let stage = &project.stages[stage];
            let pathway = project.id(&project.pathways[stage.pathway].declared);
            format!("{pathway}.{}", project.id(&stage.declared))
        }
        Node::External(item) => {
            let code = &project.external_items[item].code;
            match project.external_framework(item) {
                Some(framework) => format!("{}:{code}", project.name(framework.alias)),
                None => code.clone(),
            }
        }
    }
}

/// What readers call a node: its name in the main language, the label of an item from elsewhere.
#[must_use]
pub fn label(project: &Project, node: Node) -> String {
    let prose = |declared: &crate::model::Declared| project.prose(&declared.name).into_owned();
    match node {
        Node::Issuer(id) => prose(&project.issuers[id].declared),
        Node::Framework(id) => prose(&project.frameworks[id].declared),
        Node::Item(id) => prose(&project.items[id].declared),
        Node::Scale(id) => prose(&project.scales[id].declared),
        Node::Level(id) => prose(&project.levels[id].declared),
        Node::Rubric(id) => prose(&project.rubrics[id].declared),
        Node::Credential(id) => prose(&project.credentials[id].declared),
        Node::Set(id) => prose(&project.sets[id].declared),
        Node::Recognition(id) => prose(&project.recognitions[id].declared),
        Node::Role(id) => prose(&project.roles[id].declared),
        Node::Pathway(id) => prose(&project.pathways[id].declared),
        Node::Stage(id) => prose(&project.stages[id].declared),
        Node::External(id) => project.external_label(id),
    }
}

/// A name that no node has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownNode {
    /// As it was asked for.
    pub name: String,
    /// The one name that is near, if exactly one is.
    pub suggestion: Option<String>,
}

impl fmt::Display for UnknownNode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "nothing in this project is named `{}`",
            self.name
        )?;
        match &self.suggestion {
            Some(near) => write!(formatter, "; did you mean `{near}`?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownNode {}

/// The node that a name means.
///
/// # Errors
/// Where no node has the name: [`UnknownNode`] with the one that is near.
pub fn find(project: &Project, graph: &Graph, wanted: &str) -> Result<Node, UnknownNode> {
    if let Some(entity) = project.find(wanted) {
        return Ok(match entity {
            Entity::Issuer(id) => Node::Issuer(id),
            Entity::Scale(id) => Node::Scale(id),
            Entity::Framework(id) => Node::Framework(id),
            Entity::Rubric(id) => Node::Rubric(id),
            Entity::Credential(id) => Node::Credential(id),
            Entity::Set(id) => Node::Set(id),
            Entity::Recognition(id) => Node::Recognition(id),
            Entity::Role(id) => Node::Role(id),
            Entity::Pathway(id) => Node::Pathway(id),
        });
    }
    if let Some(item) = project.find_item(wanted) {
        return Ok(Node::Item(item));
    }
    // A code may be written with the quotes that the language asks for, and an address with its angle brackets.
    let bare = wanted.replace(['"', '<', '>'], "");
    let known: Vec<String> = graph.nodes().map(|node| name(project, node)).collect();
    if let Some(position) = known
        .iter()
        .position(|known| known == wanted || *known == bare)
    {
        return Ok(graph.node(super::NodeId(position as u32)));
    }
    Err(UnknownNode {
        name: wanted.to_owned(),
        suggestion: diag::closest(wanted, known.iter().map(String::as_str)).map(str::to_owned),
    })
}
