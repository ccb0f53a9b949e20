//! The exports of the graph: whole, around one node, and what they say of a name that nothing has.

use std::collections::BTreeSet;

use gradus::graph::export::{self, Focus, Format};
use serde_json::Value;

use crate::support::analyze_text;

const PROGRAM: &str = r#"
issuer harbour "Harbour \"City\" University" { url <https://harbour.example.edu> }
defaults { by harbour }
scale mastery "Mastery" { foundation "Foundation" matches eqf:4  expert "Expert" matches eqf:6 }
use eqf
framework data "Data <literacy> & more" {
  scale mastery
  area read "Reading" {
    skill charts "Charts" { can "interpret charts" }
    skill tables "Tables" { can "filter tables"  builds on read.charts }
  }
}
badge chart-reader "Chart Reader" {
  teaches data.read.charts at expert
  assessment a "A" { kind portfolio  assesses data.read.charts at expert  pass all }
  assessment b "B" { kind test  assesses data.read.charts at expert  pass all }
}
badge table-reader "Table Reader" { criteria "Answers questions."  requires { chart-reader } }
certificate reader "Reader" { criteria "Presents both." stacks { both } }
set both { chart-reader  table-reader }
pathway way "The way" {
  stage one "One" { chart-reader }
  stage two "Two" { after one  table-reader  awards reader }
  leads to reader
}
"#;

fn written(format: Format, focus: Option<Focus<'_>>) -> String {
    let analysis = analyze_text(PROGRAM, None);
    let write = || export::export(&analysis.project, &analysis.graph, format, focus);
    let text = write().unwrap_or_else(|unknown| panic!("{unknown}"));
    assert_eq!(write().as_ref(), Ok(&text), "the same on every run");
    text
}

fn names(document: &Value) -> BTreeSet<String> {
    let nodes = document["nodes"].as_array().expect("a list of nodes");
    nodes
        .iter()
        .map(|node| node["id"].as_str().expect("an id").to_owned())
        .collect()
}

fn around(id: &str, depth: usize) -> BTreeSet<String> {
    let text = written(Format::Json, Some(Focus { id, depth }));
    names(&serde_json::from_str(&text).expect("JSON"))
}

#[test]
fn every_edge_of_the_json_joins_two_of_its_nodes() {
    let document: Value =
        serde_json::from_str(&written(Format::Json, None)).expect("the export is JSON");
    assert_eq!(document["version"], 1);
    let names = names(&document);
    let edges = document["edges"].as_array().expect("a list of edges");
    assert!(edges.len() > 20);
    for edge in edges {
        for end in ["from", "to"] {
            assert!(
                names.contains(edge[end].as_str().expect("a name")),
                "{edge}"
            );
        }
        assert!(edge["place"]["line"].as_u64().expect("a line") > 0);
    }
    let said = |from: &str, kind: &str, to: &str| {
        edges
            .iter()
            .filter(|edge| edge["from"] == from && edge["kind"] == kind && edge["to"] == to)
            .count()
    };
    assert_eq!(said("table-reader", "requires", "chart-reader"), 1);
    assert_eq!(said("chart-reader", "assesses", "data.read.charts"), 2);
    assert_eq!(said("reader", "stacks", "both"), 1);
    assert_eq!(said("both", "contains", "table-reader"), 1);
    assert_eq!(said("way.two", "after", "way.one"), 1);
    assert_eq!(said("way.two", "awards", "reader"), 1);
    assert_eq!(said("data.read.tables", "builds on", "data.read.charts"), 1);
    assert_eq!(said("mastery.expert", "matches", "eqf:6"), 1);
    assert_eq!(said("chart-reader", "by", "harbour"), 1);
}

#[test]
fn a_focus_shows_its_neighbors_and_does_not_walk_through_an_issuer() {
    let near: Vec<String> = around("table-reader", 1).into_iter().collect();
    assert_eq!(
        near,
        ["both", "chart-reader", "harbour", "table-reader", "way.two"]
    );
    assert!(around("harbour", 1).contains("reader"));
    assert!(!around("data", 2).contains("harbour.reader"));
    assert_eq!(around("way.one", 0).len(), 1);
    assert!(around("eqf:6", 1).contains("mastery.expert"));
    assert!(around("data.read.charts", 1).contains("chart-reader"));
}

#[test]
fn a_name_that_nothing_has_gets_a_suggestion() {
    let analysis = analyze_text(PROGRAM, None);
    let focus = Focus {
        id: "chart-raeder",
        depth: 1,
    };
    let unknown = export::export(&analysis.project, &analysis.graph, Format::Dot, Some(focus));
    assert_eq!(
        unknown.map_err(|unknown| unknown.to_string()),
        Err(
            "nothing in this project is named `chart-raeder`; did you mean `chart-reader`?"
                .to_owned()
        )
    );
}

#[test]
fn drawings_around_one_node() {
    let focus = Some(Focus {
        id: "chart-reader",
        depth: 1,
    });
    insta::assert_snapshot!("graph_dot", written(Format::Dot, focus));
    insta::assert_snapshot!("graph_mermaid", written(Format::Mermaid, focus));
    insta::assert_snapshot!(
        "graph_json",
        written(
            Format::Json,
            Some(Focus {
                id: "way.two",
                depth: 1
            })
        )
    );
}

#[test]
fn a_sentence_is_drawn_once() {
    let dot = written(Format::Dot, None);
    let lines: Vec<&str> = dot.lines().filter(|line| line.contains(" -> ")).collect();
    let distinct: BTreeSet<&str> = lines.iter().copied().collect();
    assert_eq!(lines.len(), distinct.len());
    assert!(dot.contains("Harbour \\\"City\\\" University"));
    let mermaid = written(Format::Mermaid, None);
    assert!(mermaid.contains("Data #60;literacy#62; #38; more"));
}
