//! Floor 5: the dependency graph of a project, and questions to it.
//!
//! One graph with typed nodes and edges ([`Node`], [`EdgeKind`]), each edge with the place it was written at. Node numbers
//! are dense and computed, so that a table per node is a vector and nothing is hashed. Each question has a module of its
//! own; none of them recurses on chains that a project can make as long as it likes. The meaning of requirements is
//! evaluated here too ([`requirements`], [`logic`]), since what can be reached depends on it.
//!
//! The library behind the graph is named in this folder only.

pub mod ancestors;
pub mod around;
mod build;
pub mod circuit;
pub mod compile;
pub mod cone;
pub mod cycles;
pub mod export;
pub mod locks;
pub mod logic;
pub mod names;
mod node;
pub mod requirements;
pub mod sets;
pub mod sums;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

pub use locks::{Locks, Need};
pub use logic::{earnable, satisfied};
pub use node::{Edge, EdgeKind, Node, NodeId};

use self::sets::Sets;
use crate::model::{CredentialId, ItemId, LevelRef, Project};
use crate::source::Place;

/// The dependency graph of a project.
#[derive(Debug, Default)]
pub struct Graph {
    inner: DiGraph<(), Edge>,
    /// For each kind of node the number of its first node; at the end the number of nodes.
    starts: [u32; Node::KINDS + 1],
    sets: Sets,
    locks: OnceLock<Locks>,
}

/// An edge with its two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub from: Node,
    pub to: Node,
    pub edge: Edge,
}

/// A credential whose assessments assess an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessor {
    pub credential: CredentialId,
    /// At which level; `None` where the assessment names none.
    pub level: Option<LevelRef>,
    /// The path in the assessment.
    pub place: Place,
}

impl Graph {
    /// Builds the graph; linear in the size of the project.
    #[must_use]
    pub fn build(project: &Project) -> Self {
        build::build(project)
    }

    /// What the sets of the project hold.
    #[must_use]
    pub fn sets(&self) -> &Sets {
        &self.sets
    }

    /// Prerequisites that lock each other; found on first use. The project must be the one the graph was built from.
    #[must_use]
    pub fn locks(&self, project: &Project) -> &Locks {
        self.locks.get_or_init(|| locks::locks(project, self))
    }

    /// How many nodes there are.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.inner.node_count()
    }

    /// How many edges there are.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.inner.edge_count()
    }

    /// The number of a node.
    #[must_use]
    pub fn id(&self, node: Node) -> NodeId {
        let (kind, index) = node.parts();
        NodeId(self.starts[kind] + index as u32)
    }

    /// The node of a number that [`Graph::id`] gave.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node {
        let kind = self.starts[1..Node::KINDS].partition_point(|&start| start <= id.0);
        Node::from_parts(kind, (id.0 - self.starts[kind]) as usize)
    }

    /// All nodes, kind after kind, each kind in the order of declaration.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        (0..self.inner.node_count() as u32).map(|index| self.node(NodeId(index)))
    }

    /// All edges, by the node in whose declaration they stand.
    pub fn links(&self) -> impl Iterator<Item = Link> + '_ {
        self.inner
            .edge_references()
            .map(|edge| self.link(edge.source(), edge.target(), *edge.weight()))
    }

    /// All edges of some kinds, by the node in whose declaration they stand.
    pub fn links_of_kind(&self, keep: impl Fn(EdgeKind) -> bool) -> impl Iterator<Item = Link> {
        self.inner
            .edge_references()
            .filter(move |edge| keep(edge.weight().kind))
            .map(|edge| self.link(edge.source(), edge.target(), *edge.weight()))
    }

    /// The edges that leave a node, the last written first.
    pub fn links_from(&self, node: Node) -> impl Iterator<Item = Link> + '_ {
        self.links_of(node, Direction::Outgoing)
    }

    /// The edges that arrive at a node, the last written first.
    pub fn links_to(&self, node: Node) -> impl Iterator<Item = Link> + '_ {
        self.links_of(node, Direction::Incoming)
    }

    /// Whether a credential assesses exactly this item, at the level or above. Levels that cannot be compared are taken to
    /// suffice.
    #[must_use]
    pub fn is_assessed(&self, project: &Project, item: ItemId, level: Option<LevelRef>) -> bool {
        self.assessors(item).iter().any(|assessor| {
            project
                .level_suffices(assessor.level, level)
                .unwrap_or(true)
        })
    }

    /// Who assesses exactly this item, in the order of declaration.
    #[must_use]
    pub fn assessors(&self, item: ItemId) -> Vec<Assessor> {
        let mut found: Vec<Assessor> = self
            .links_to(Node::Item(item))
            .filter_map(|link| match (link.edge.kind, link.from) {
                (EdgeKind::Assesses, Node::Credential(credential)) => Some(Assessor {
                    credential,
                    level: link.edge.level,
                    place: link.edge.place,
                }),
                _ => None,
            })
            .collect();
        found.reverse();
        found
    }

    fn links_of(&self, node: Node, direction: Direction) -> impl Iterator<Item = Link> + '_ {
        self.inner
            .edges_directed(self.index(node), direction)
            .map(|edge| self.link(edge.source(), edge.target(), *edge.weight()))
    }

    fn link(&self, from: NodeIndex, to: NodeIndex, edge: Edge) -> Link {
        Link {
            from: self.node(NodeId(from.index() as u32)),
            to: self.node(NodeId(to.index() as u32)),
            edge,
        }
    }

    fn index(&self, node: Node) -> NodeIndex {
        NodeIndex::new(self.id(node).index())
    }
}
