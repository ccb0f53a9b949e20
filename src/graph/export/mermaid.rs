//! Mermaid flowcharts, for Markdown pages that draw them.

use std::fmt::Write as _;

use super::{View, is_background, names};
use crate::graph::Node;

pub(super) fn write(view: &View<'_>) -> String {
    let mut out = String::from("flowchart LR\n");
    let (clusters, outside) = view.clusters();
    for cluster in &clusters {
        let owner = view.graph.id(cluster.owner).0;
        let label = quoted(&names::label(view.project, cluster.owner));
        let _ = writeln!(out, "  subgraph frame{owner}[{label}]");
        for &node in &cluster.members {
            node_line(view, node, "    ", &mut out);
        }
        out.push_str("  end\n");
    }
    for &node in &outside {
        node_line(view, node, "  ", &mut out);
    }
    for link in view.drawn() {
        let arrow = if is_background(link.edge.kind) {
            "-.->"
        } else {
            "-->"
        };
        let _ = writeln!(
            out,
            "  n{} {arrow}|{}| n{}",
            view.graph.id(link.from).0,
            quoted(&view.edge_label(link)),
            view.graph.id(link.to).0,
        );
    }
    out.push_str("  classDef credential fill:#fffbe6,stroke:#8a6d00,stroke-width:2px,color:#222\n");
    out.push_str("  classDef stage fill:#eef6ff,stroke:#2b5f9e,color:#222\n");
    out.push_str("  classDef external stroke-dasharray:4 3\n");
    for class in ["credential", "stage", "external"] {
        let members: Vec<String> = view
            .part
            .nodes
            .iter()
            .filter(|node| node.kind() == class)
            .map(|&node| format!("n{}", view.graph.id(node).0))
            .collect();
        if !members.is_empty() {
            let _ = writeln!(out, "  class {} {class}", members.join(","));
        }
    }
    if let Some(focus) = view.focus {
        let _ = writeln!(out, "  style n{} stroke-width:4px", view.graph.id(focus).0);
    }
    out
}

fn node_line(view: &View<'_>, node: Node, indent: &str, out: &mut String) {
    let label = names::label(view.project, node);
    let name = names::name(view.project, node);
    let (open, close) = shape(view, node);
    let _ = writeln!(
        out,
        "{indent}n{}{open}{}{close}",
        view.graph.id(node).0,
        quoted(&format!("{label}\n{} {name}", view.word(node))),
    );
}

fn shape(view: &View<'_>, node: Node) -> (&'static str, &'static str) {
    match node {
        Node::Issuer(_) => ("[/", "\\]"),
        Node::Framework(_) => ("[[", "]]"),
        Node::Item(_) if view.is_area(node) => ("[", "]"),
        Node::Item(_) => ("([", "])"),
        Node::Scale(_) => ("[\\", "/]"),
        Node::Level(_) => (">", "]"),
        Node::Rubric(_) => ("[/", "/]"),
        Node::Credential(_) => ("(", ")"),
        Node::Set(_) => ("{{", "}}"),
        Node::Recognition(_) => ("[\\", "\\]"),
        Node::Role(_) => ("((", "))"),
        Node::Pathway(_) => (">", "]"),
        Node::Stage(_) => ("[", "]"),
        Node::External(_) => ("[(", ")]"),
    }
}

/// A quoted text of Mermaid, where everything that means something there is written as a character code.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '#' | '&' | '<' | '>' | '`' | ';' | '\\' | '|' => {
                let _ = write!(out, "#{};", letter as u32);
            }
            '\n' => out.push_str("<br/>"),
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
    fn what_means_something_is_written_as_a_code() {
        assert_eq!(
            quoted("a \"b\" <c>\n#1"),
            "\"a #34;b#34; #60;c#62;<br/>#35;1\""
        );
    }
}
