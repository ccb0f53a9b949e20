//! The graph as text: DOT for Graphviz, Mermaid for Markdown pages, JSON for programs. Whole, or around one node.
//!
//! Same project, same bytes. The shapes of the three are versioned by [`VERSION`].

mod dot;
mod json;
mod mermaid;

use super::around::{self, Part};
pub use super::names::UnknownNode;
use super::{EdgeKind, Graph, Link, Node, names};
use crate::model::{ItemKind, LevelRef, Project};

/// Raised when the shape of an export changes.
pub const VERSION: u32 = 1;

/// The forms of export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Dot,
    Mermaid,
    Json,
}

/// One node to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus<'a> {
    /// Its name, as [`names::find`] reads it.
    pub id: &'a str,
    /// How many steps around it are shown.
    pub depth: usize,
}

/// Writes the graph, or what lies around the focus.
///
/// # Errors
/// Where nothing has the name of the focus.
pub fn export(
    project: &Project,
    graph: &Graph,
    format: Format,
    focus: Option<Focus<'_>>,
) -> Result<String, UnknownNode> {
    let (part, center) = match focus {
        None => (around::everything(graph), None),
        Some(Focus { id, depth }) => {
            let center = names::find(project, graph, id)?;
            (around::around(graph, center, depth), Some(center))
        }
    };
    let view = View {
        project,
        graph,
        part: &part,
        focus: center,
    };
    Ok(match format {
        Format::Dot => dot::write(&view),
        Format::Mermaid => mermaid::write(&view),
        Format::Json => json::write(&view),
    })
}

/// What the three writers see.
struct View<'a> {
    project: &'a Project,
    graph: &'a Graph,
    part: &'a Part,
    focus: Option<Node>,
}

/// A group of nodes drawn inside a frame.
struct Cluster {
    /// The framework, scale or pathway that the frame stands for.
    owner: Node,
    members: Vec<Node>,
}

impl View<'_> {
    /// The word of the language that declares a node: `badge`, `skill`, `stage`.
    fn word(&self, node: Node) -> &'static str {
        match node {
            Node::Credential(id) => self.project.credentials[id].kind.word(),
            Node::Item(id) => self.project.items[id].kind.word(),
            Node::Issuer(_)
            | Node::Framework(_)
            | Node::Scale(_)
            | Node::Level(_)
            | Node::Rubric(_)
            | Node::Set(_)
            | Node::Recognition(_)
            | Node::Role(_)
            | Node::Pathway(_)
            | Node::Stage(_)
            | Node::External(_) => node.kind(),
        }
    }

    /// What an edge says, with its level: `teaches at Practitioner`.
    fn edge_label(&self, link: &Link) -> String {
        match link.edge.level {
            None => link.edge.kind.words().to_owned(),
            Some(level) => format!("{} at {}", link.edge.kind.words(), self.level(level)),
        }
    }

    fn level(&self, level: LevelRef) -> String {
        self.project
            .level_name(level, self.project.main_language())
            .into_owned()
    }

    /// The frame around a node, if it is drawn in one.
    fn owner(&self, node: Node) -> Option<Node> {
        match node {
            Node::Framework(_) | Node::Scale(_) | Node::Pathway(_) => Some(node),
            Node::Item(id) => Some(Node::Framework(self.project.items[id].framework)),
            Node::Level(id) => Some(Node::Scale(self.project.levels[id].scale)),
            Node::Stage(id) => Some(Node::Pathway(self.project.stages[id].pathway)),
            Node::Issuer(_)
            | Node::Rubric(_)
            | Node::Credential(_)
            | Node::Set(_)
            | Node::Recognition(_)
            | Node::Role(_)
            | Node::External(_) => None,
        }
    }

    /// The frames, in the order of their owners, and the nodes outside of any.
    fn clusters(&self) -> (Vec<Cluster>, Vec<Node>) {
        let mut framed: Vec<(Node, Node)> = Vec::new();
        let mut outside = Vec::new();
        for &node in &self.part.nodes {
            match self.owner(node) {
                Some(owner) => framed.push((owner, node)),
                None => outside.push(node),
            }
        }
        framed.sort_by_key(|&(owner, node)| (self.graph.id(owner), self.graph.id(node)));
        let clusters = framed
            .chunk_by(|one, other| one.0 == other.0)
            .filter_map(|members| {
                let &(owner, _) = members.first()?;
                let members = members.iter().map(|&(_, node)| node).collect();
                Some(Cluster { owner, members })
            })
            .collect();
        (clusters, outside)
    }

    /// The edges as they are drawn: each sentence once, however often it is written.
    fn drawn(&self) -> Vec<&Link> {
        let mut seen = rustc_hash::FxHashSet::default();
        self.part
            .links
            .iter()
            .filter(|link| seen.insert((link.from, link.to, link.edge.kind, link.edge.level)))
            .collect()
    }

    /// Whether a node groups others rather than being something of its own.
    fn is_area(&self, node: Node) -> bool {
        matches!(node, Node::Item(id) if self.project.items[id].kind == ItemKind::Area)
    }
}

/// Whether an edge belongs to the background of a drawing: how things are put together, not what leads where.
fn is_background(kind: EdgeKind) -> bool {
    match kind {
        EdgeKind::Contains
        | EdgeKind::Excepts
        | EdgeKind::IssuedBy
        | EdgeKind::UsesScale
        | EdgeKind::UsesRubric
        | EdgeKind::AtLevel
        | EdgeKind::MatchesLevel
        | EdgeKind::InField
        | EdgeKind::MapsTo(_)
        | EdgeKind::For => true,
        EdgeKind::Introduces
        | EdgeKind::Reinforces
        | EdgeKind::Teaches
        | EdgeKind::Assesses
        | EdgeKind::Requires
        | EdgeKind::Recommends
        | EdgeKind::Alongside
        | EdgeKind::Stacks
        | EdgeKind::Renews
        | EdgeKind::CountsToward
        | EdgeKind::BuildsOn
        | EdgeKind::Needs
        | EdgeKind::Grants
        | EdgeKind::Asks
        | EdgeKind::Awards
        | EdgeKind::LeadsTo
        | EdgeKind::After
        | EdgeKind::ReplacedBy => false,
    }
}
