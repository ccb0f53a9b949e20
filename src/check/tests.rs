//! Pieces: what rules find in a project a piece at a time is what they find in it whole.

use std::sync::Arc;

use super::{Context, RULES, Reads, Shared, run_in_pieces};
use crate::diag::Sink;
use crate::model::{Project, Settings};
use crate::resolve::{self, Inputs};
use crate::source::Sources;
use crate::syntax;

fn linked(text: &str) -> Project {
    let mut sources = Sources::new();
    let file = sources.add("test.gradus", text);
    let inputs = Inputs {
        sources: Arc::new(sources),
        // What rules about languages look for needs two.
        settings: Settings {
            languages: vec!["en".to_owned(), "fr".to_owned()],
            from_file: true,
            ..Settings::default()
        },
        packs: Vec::new(),
        tables: Vec::new(),
    };
    resolve::link(&[syntax::parse(file, text)], inputs, &mut Sink::new())
}

/// What the rules say of a text, a line each, sorted, looking at so many items at once.
fn findings(text: &str, most: usize) -> Vec<String> {
    let project = linked(text);
    let mut sink = Sink::new();
    run_in_pieces(&project, most, &mut sink);
    let mut lines: Vec<String> = sink
        .as_slice()
        .iter()
        .map(|found| format!("{} {:?} {}", found.rule.name, found.place, found.message))
        .collect();
    lines.sort();
    lines
}

/// The examples of all pages.
fn examples() -> Vec<&'static str> {
    let pages = RULES.iter().map(|entry| entry.page);
    pages
        .flat_map(|page| page.split("```gradus\n").skip(1))
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

#[test]
fn rules_that_wait_for_something_are_listed_so() {
    let projects: Vec<Project> = examples().into_iter().map(linked).collect();
    for entry in RULES {
        let Some((reads, check)) = entry.check else {
            continue;
        };
        let (mut graph, mut chains) = (false, false);
        for project in &projects {
            let shared = Shared::default();
            check(&Context::new(project, &shared), &mut Sink::new());
            graph |= shared.graph.get().is_some();
            chains |= shared.contradictions.get().is_some();
        }
        // A rule that is listed may do without where there is nothing to ask about.
        let name = entry.rule.name;
        assert!(!graph || reads == Reads::Graph, "{name} reads the graph");
        assert!(!chains || reads == Reads::Chains, "{name} reads chains");
    }
}

#[test]
fn rules_find_the_same_in_pieces_as_in_the_whole() {
    // Every example of every page, one project: many credentials and items, and something for each rule to find.
    let examples = examples();
    let all = examples.join("\n");
    let whole = findings(&all, usize::MAX);
    assert_eq!(findings(&all, 1), whole);
    assert_eq!(findings(&all, 7), whole);
    let mut alone: Vec<String> = Vec::new();
    for example in examples {
        let whole = findings(example, usize::MAX);
        assert_eq!(findings(example, 1), whole, "{example}");
        alone.extend(whole);
    }
    let silent: Vec<&str> = RULES
        .iter()
        .filter(|entry| entry.check.is_some_and(|(reads, _)| reads == Reads::Piece))
        .map(|entry| entry.rule.name)
        .filter(|name| {
            !alone
                .iter()
                .any(|line| line.starts_with(&format!("{name} ")))
        })
        .collect();
    assert!(silent.is_empty(), "no example here finds {silent:?}");
}
