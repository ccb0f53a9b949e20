//! For tests of outputs: a project from one text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Input, OutputFile, collect};
use crate::diag::{Severity, Sink};
use crate::graph::Graph;
use crate::model::{CredentialId, Entity, Language, Project, Settings};
use crate::resolve::{Inputs, link};
use crate::source::Sources;
use crate::syntax::parse;

/// Links a text that must be without errors; languages are English and French.
pub fn project(text: &str) -> Project {
    let mut sources = Sources::new();
    let file = sources.add("sample.gradus", text);
    let parsed = parse(file, text);
    let sources = Arc::new(sources);
    let mut sink = Sink::new();
    for diagnostic in &parsed.diagnostics {
        sink.push(diagnostic.clone());
    }
    let inputs = Inputs {
        sources: Arc::clone(&sources),
        settings: Settings {
            base: "https://base.example/cat/".to_owned(),
            languages: vec!["en".to_owned(), "fr".to_owned()],
            ..Settings::default()
        },
        packs: Vec::new(),
        tables: Vec::new(),
    };
    let project = link(&[parsed], inputs, &mut sink);
    let errors: Vec<String> = sink
        .finish()
        .into_iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| format!("{}: {}", diagnostic.rule.name, diagnostic.message))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    project
}

/// The credential of an id.
pub fn credential(project: &Project, id: &str) -> CredentialId {
    let found = match project.find(id) {
        Some(Entity::Credential(id)) => Some(id),
        _ => None,
    };
    found.expect("a credential of the sample")
}

/// A language of the project.
pub fn language(project: &Project, tag: &str) -> Language {
    let known = project.names.find(tag);
    known.expect("a language of the sample")
}

/// The files of some outputs.
pub fn files(project: &Project, assets: &[(&str, &[u8])], names: &[&str]) -> Vec<OutputFile> {
    let graph = Graph::build(project);
    let assets: BTreeMap<String, Vec<u8>> = assets
        .iter()
        .map(|&(path, contents)| (path.to_owned(), contents.to_vec()))
        .collect();
    let input = Input {
        project,
        graph: &graph,
        assets: &assets,
    };
    collect(&input, names)
        .expect("no two files share a path")
        .files
}

/// One JSON file of those.
pub fn json(files: &[OutputFile], path: &str) -> serde_json::Value {
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert!(paths.contains(&path), "{path} is not among {paths:#?}");
    let file = files.iter().find(|file| file.path == path);
    let contents = file.map(|file| file.contents.as_slice());
    serde_json::from_slice(contents.unwrap_or_default()).expect("JSON")
}
