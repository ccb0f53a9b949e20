//! A part of the graph: everything, or what lies around one node.

use rustc_hash::FxHashSet;

use super::{Graph, Link, Node, NodeId};

/// Some nodes, in the order of their numbers, and every edge between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
}

/// The whole graph.
#[must_use]
pub fn everything(graph: &Graph) -> Part {
    Part {
        nodes: graph.nodes().collect(),
        links: graph.links().collect(),
    }
}

/// What can be reached from a node in so many steps, along edges in either direction. Steps end at nodes that half the
/// project points to (issuers, scales, levels, items from elsewhere): these are shown, and not passed through.
#[must_use]
pub fn around(graph: &Graph, center: Node, depth: usize) -> Part {
    let mut seen: FxHashSet<NodeId> = FxHashSet::default();
    seen.insert(graph.id(center));
    let mut edge_of_known = vec![center];
    for _ in 0..depth {
        let mut next = Vec::new();
        for &node in &edge_of_known {
            if node != center && ends_here(node) {
                continue;
            }
            let outgoing = graph.links_from(node).map(|link| link.to);
            let incoming = graph.links_to(node).map(|link| link.from);
            for neighbor in outgoing.chain(incoming) {
                if seen.insert(graph.id(neighbor)) {
                    next.push(neighbor);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        edge_of_known = next;
    }
    let mut ids: Vec<NodeId> = seen.iter().copied().collect();
    ids.sort_unstable();
    let nodes: Vec<Node> = ids.into_iter().map(|id| graph.node(id)).collect();
    let links = nodes
        .iter()
        .flat_map(|&node| {
            let mut links: Vec<Link> = graph
                .links_from(node)
                .filter(|link| seen.contains(&graph.id(link.to)))
                .collect();
            links.reverse();
            links
        })
        .collect();
    Part { nodes, links }
}

fn ends_here(node: Node) -> bool {
    match node {
        Node::Issuer(_) | Node::Scale(_) | Node::Level(_) | Node::External(_) => true,
        Node::Framework(_)
        | Node::Item(_)
        | Node::Rubric(_)
        | Node::Credential(_)
        | Node::Set(_)
        | Node::Recognition(_)
        | Node::Role(_)
        | Node::Pathway(_)
        | Node::Stage(_) => false,
    }
}
