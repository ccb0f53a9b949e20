//! JSON for programs; `docs/graph.md` describes it field by field.

use serde::Serialize;

use super::{VERSION, View, names};
use crate::graph::{EdgeKind, Link, Node};
use crate::model::{Declared, Project};
use crate::source::Place;

/// The document.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    project: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    focus: Option<String>,
    nodes: Vec<NodeEntry>,
    edges: Vec<EdgeEntry>,
}

#[derive(Serialize)]
struct NodeEntry {
    id: String,
    kind: &'static str,
    /// The word that declares it, where that says more than the kind.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    word: Option<&'static str>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<PlaceEntry>,
}

#[derive(Serialize)]
struct EdgeEntry {
    from: String,
    to: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    verb: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    place: PlaceEntry,
}

#[derive(Serialize)]
struct PlaceEntry {
    file: String,
    line: u32,
    column: u32,
}

pub(super) fn write(view: &View<'_>) -> String {
    let project = view.project;
    let document = Document {
        version: VERSION,
        project: &project.settings.name,
        focus: view.focus.map(|node| names::name(project, node)),
        nodes: view
            .part
            .nodes
            .iter()
            .map(|&node| entry(view, node))
            .collect(),
        edges: view
            .part
            .links
            .iter()
            .map(|link| edge(view, link))
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn entry(view: &View<'_>, node: Node) -> NodeEntry {
    let word = view.word(node);
    NodeEntry {
        id: names::name(view.project, node),
        kind: node.kind(),
        word: (word != node.kind()).then_some(word),
        name: names::label(view.project, node),
        place: declared(view.project, node).map(|declared| place(view.project, declared.place)),
    }
}

fn edge(view: &View<'_>, link: &Link) -> EdgeEntry {
    let (kind, verb) = match link.edge.kind {
        EdgeKind::MapsTo(verb) => ("maps to", Some(verb.word())),
        kind => (kind.words(), None),
    };
    EdgeEntry {
        from: names::name(view.project, link.from),
        to: names::name(view.project, link.to),
        kind,
        verb,
        level: link
            .edge
            .level
            .map(|level| names::name(view.project, level.into())),
        place: place(view.project, link.edge.place),
    }
}

fn place(project: &Project, place: Place) -> PlaceEntry {
    let file = project.sources.file(place.file);
    let at = file.line_column(place.span.start);
    PlaceEntry {
        file: file.name().to_owned(),
        line: at.line,
        column: at.column,
    }
}

fn declared(project: &Project, node: Node) -> Option<&Declared> {
    match node {
        Node::Issuer(id) => Some(&project.issuers[id].declared),
        Node::Framework(id) => Some(&project.frameworks[id].declared),
        Node::Item(id) => Some(&project.items[id].declared),
        Node::Scale(id) => Some(&project.scales[id].declared),
        Node::Level(id) => Some(&project.levels[id].declared),
        Node::Rubric(id) => Some(&project.rubrics[id].declared),
        Node::Credential(id) => Some(&project.credentials[id].declared),
        Node::Set(id) => Some(&project.sets[id].declared),
        Node::Recognition(id) => Some(&project.recognitions[id].declared),
        Node::Role(id) => Some(&project.roles[id].declared),
        Node::Pathway(id) => Some(&project.pathways[id].declared),
        Node::Stage(id) => Some(&project.stages[id].declared),
        Node::External(_) => None,
    }
}
