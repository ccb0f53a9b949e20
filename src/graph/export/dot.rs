//! DOT, the language of Graphviz: a shape per kind of node, a frame per framework, scale and pathway.

use std::fmt::Write as _;

use super::{View, is_background, names};
use crate::graph::Node;

pub(super) fn write(view: &View<'_>) -> String {
    let mut out = String::from(
        "digraph gradus {\n  rankdir=LR;\n  graph [fontname=\"sans-serif\", style=\"rounded\", color=\"gray60\"];\n  \
         node [fontname=\"sans-serif\", fontsize=11];\n  edge [fontname=\"sans-serif\", fontsize=9, color=\"gray30\"];\n",
    );
    let (clusters, outside) = view.clusters();
    for cluster in &clusters {
        let owner = view.graph.id(cluster.owner).0;
        let label = quoted(&names::label(view.project, cluster.owner));
        let _ = writeln!(out, "  subgraph cluster_{owner} {{\n    label={label};");
        for &node in &cluster.members {
            node_line(view, node, "    ", &mut out);
        }
        out.push_str("  }\n");
    }
    for &node in &outside {
        node_line(view, node, "  ", &mut out);
    }
    for link in view.drawn() {
        let style = if is_background(link.edge.kind) {
            ", style=dashed, color=\"gray60\", fontcolor=\"gray40\""
        } else {
            ""
        };
        let _ = writeln!(
            out,
            "  n{} -> n{} [label={}{style}];",
            view.graph.id(link.from).0,
            view.graph.id(link.to).0,
            quoted(&view.edge_label(link)),
        );
    }
    out.push_str("}\n");
    out
}

fn node_line(view: &View<'_>, node: Node, indent: &str, out: &mut String) {
    let label = names::label(view.project, node);
    let name = names::name(view.project, node);
    let lines = format!("{label}\n{} {name}", view.word(node));
    let thick = if view.focus == Some(node) {
        ", penwidth=3"
    } else {
        ""
    };
    let _ = writeln!(
        out,
        "{indent}n{} [label={}, {}{thick}];",
        view.graph.id(node).0,
        quoted(&lines),
        shape(view, node),
    );
}

fn shape(view: &View<'_>, node: Node) -> &'static str {
    match node {
        Node::Issuer(_) => "shape=house",
        Node::Framework(_) => "shape=folder",
        Node::Item(_) if view.is_area(node) => "shape=tab",
        Node::Item(_) => "shape=ellipse",
        Node::Scale(_) => "shape=trapezium",
        Node::Level(_) => "shape=underline",
        Node::Rubric(_) => "shape=note",
        Node::Credential(_) => {
            "shape=box, style=\"rounded,filled,bold\", fillcolor=\"lightyellow\""
        }
        Node::Set(_) => "shape=hexagon",
        Node::Recognition(_) => "shape=cds",
        Node::Role(_) => "shape=octagon",
        Node::Pathway(_) => "shape=rarrow, margin=\"0.3,0.1\"",
        Node::Stage(_) => "shape=box, style=filled, fillcolor=\"aliceblue\"",
        Node::External(_) => "shape=box, style=dashed",
    }
}

/// A quoted string of DOT. Line breaks become `\n`; other control characters have no place in a label.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_and_escapes_are_escaped() {
        assert_eq!(quoted("a \"b\" \\N\nc\t"), "\"a \\\"b\\\" \\\\N\\nc \"");
    }
}
