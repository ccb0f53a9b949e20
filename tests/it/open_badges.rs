//! Open Badges of a whole example: valid, at the places their ids say, the same every time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gradus::config::Known;
use gradus::diag::Sink;
use gradus::emit::{Input, OutputFile, collect};
use gradus::graph::Graph;
use gradus::model::Settings;
use gradus::resolve::{Inputs, link};
use gradus::source::Sources;
use gradus::syntax::parse;
use gradus::workspace::{self, assets, find, read};
use serde_json::Value;

const OUTPUTS: &[&str] = &["open-badges-2", "open-badges-3"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn example(name: &str) -> Vec<OutputFile> {
    let target = find::Target {
        path: Some(root().join("examples").join(name)),
        config: None,
    };
    let root = find::root(&target).expect("the example is there");
    let rules = workspace::analysis::rule_names();
    let known = Known {
        rules: &rules,
        outputs: &["crosswalks", "open-badges-2", "open-badges-3", "pathways"],
    };
    let loaded = read::load(&root, known, read::Parsing::Now).expect("the example can be read");
    let analysis = workspace::analyze(loaded, &|_| None);
    let images = assets::read(&analysis.project, &root.folder).expect("its pictures too");
    let input = Input {
        project: &analysis.project,
        graph: &analysis.graph,
        assets: &images,
    };
    collect(&input, OUTPUTS)
        .expect("no two files share a path")
        .files
}

/// A project of several texts, in the order given.
fn built(texts: &[(&str, &str)]) -> Vec<OutputFile> {
    let mut sources = Sources::new();
    let parsed: Vec<_> = texts
        .iter()
        .map(|(name, text)| parse(sources.add(*name, *text), text))
        .collect();
    let settings = Settings {
        base: "https://badges.example/cat/".to_owned(),
        languages: vec!["en".to_owned(), "fr".to_owned()],
        ..Settings::default()
    };
    let inputs = Inputs {
        sources: Arc::new(sources),
        settings,
        packs: Vec::new(),
        tables: Vec::new(),
    };
    let project = link(&parsed, inputs, &mut Sink::new());
    let input = Input {
        project: &project,
        graph: &Graph::build(&project),
        assets: &BTreeMap::new(),
    };
    collect(&input, OUTPUTS)
        .expect("no two files share a path")
        .files
}

fn documents(files: &[OutputFile]) -> BTreeMap<&str, Value> {
    let json = files.iter().filter(|file| file.path.ends_with(".json"));
    json.map(|file| {
        let value = serde_json::from_slice(&file.contents).expect("JSON");
        (file.path.as_str(), value)
    })
    .collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Whether `type` is or holds a class.
fn is_a(value: &Value, class: &str) -> bool {
    text(value, "type") == class || list(value, "type").iter().any(|kind| kind == class)
}

/// Every document of one class against its definition in the schema of the conformance kit.
fn assert_valid(documents: &BTreeMap<&str, Value>) {
    let path = root().join("tests/conformance/schema/open-badges-3.schema.json");
    let schema = std::fs::read(path).expect("the schema is there");
    let schema: Value = serde_json::from_slice(&schema).expect("JSON");
    for class in ["Achievement", "Profile"] {
        let mut schema = schema.clone();
        schema["$ref"] = Value::String(format!("#/$defs/{class}"));
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let mut checked = 0;
        for (path, document) in documents {
            let index_entries = list(document, "achievements").iter();
            let own = std::iter::once(document).chain(index_entries);
            for document in own.filter(|document| is_a(document, class)) {
                let faults: Vec<String> = validator
                    .iter_errors(document)
                    .map(|fault| format!("{}: {fault}", fault.instance_path()))
                    .collect();
                assert!(faults.is_empty(), "{path}: {faults:#?}");
                checked += 1;
            }
        }
        assert!(checked > 0, "no {class} was found");
    }
}

fn assert_placed(files: &[OutputFile], base: &str) {
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let documents = documents(files);
    let by_id: BTreeMap<&str, &Value> = documents
        .values()
        .map(|document| (text(document, "id"), document))
        .collect();
    assert_eq!(by_id.len(), documents.len(), "an id is given twice");
    for (path, document) in &documents {
        let id = text(document, "id");
        // What was published elsewhere before keeps that address, and its file has a path of ours.
        if let Some(place) = id.strip_prefix(base) {
            assert_eq!(place, *path, "{path} is not at its id");
        }
        for image in [&document["image"]["id"], &document["image"]] {
            if let Some(image) = image.as_str().and_then(|image| image.strip_prefix(base)) {
                assert!(paths.contains(image), "{path}: no image {image}");
            }
        }
        for issuer in [text(document, "issuer"), text(&document["creator"], "id")] {
            if let Some(issuer) = issuer.strip_prefix(base) {
                assert!(paths.contains(issuer), "{path}: no issuer {issuer}");
            }
        }
        for related in list(document, "related") {
            let other = text(related, "id");
            let back = list(by_id[other], "related");
            assert!(
                back.iter().any(|back| text(back, "id") == id),
                "{other} does not name {path} in return"
            );
        }
    }
    let index = &documents["open-badges-3/index.json"];
    let listed: BTreeSet<&str> = list(index, "achievements")
        .iter()
        .map(|entry| text(entry, "id"))
        .collect();
    let there = documents.values();
    let there: BTreeSet<&str> = there
        .filter(|document| is_a(document, "Achievement"))
        .map(|document| text(document, "id"))
        .collect();
    assert_eq!(
        listed, there,
        "the index lists what is there, and all of it"
    );
}

#[test]
fn the_university_example_is_valid_and_in_place() {
    let files = example("harbour");
    let documents = documents(&files);
    assert_valid(&documents);
    assert_placed(&files, "https://badges.harbour.example/");
    let editions = documents
        .keys()
        .filter(|path| path.starts_with("open-badges-3/") && path.ends_with(".fr.json"));
    assert!(editions.count() >= 20, "editions in French");
    assert_eq!(files, example("harbour"), "the same files every time");
}

fn gradus_files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gradus_files(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "gradus")
        {
            let text = std::fs::read_to_string(&path).expect("a text");
            found.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn the_order_of_files_makes_no_difference() {
    let mut texts = Vec::new();
    gradus_files(&root().join("examples/harbour"), &mut texts);
    texts.sort();
    let mut texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let forward = built(&texts);
    texts.reverse();
    let backward = built(&texts);
    assert!(forward.len() > 100);
    for (one, other) in forward.iter().zip(&backward) {
        assert_eq!(one.path, other.path);
        assert!(one.contents == other.contents, "{} differs", one.path);
    }
    assert_eq!(forward.len(), backward.len());
}

#[test]
fn hostile_texts_stay_texts() {
    let nasty = r#"</script><svg onload=alert(1)> \"quoted\" \\ \u{202e}desrever ]]> &amp; `*_[x](javascript:y)"#;
    let source = format!(
        r#"
issuer uni "{nasty}" {{ url <https://uni.example> email "a@uni.example" about "{nasty}" }}
framework f "{nasty}" {{ skill s "{nasty}" {{ can "{nasty}" }} }}
badge b "{nasty}" {{
  by uni about "{nasty}" tags "{nasty}"
  criteria "{nasty}"
  prior learning "{nasty}"
  assessment a "{nasty}" {{ kind test assesses f.s evidence artefact "{nasty}" pass 60% }}
  requires {{ "{nasty}" }}
  in fr {{ name "{nasty}" }}
}}
"#
    );
    let files = built(&[("a.gradus", &source)]);
    let documents = documents(&files);
    assert_valid(&documents);
    assert_placed(&files, "https://badges.example/cat/");
    let name = text(&documents["open-badges-3/b.json"], "name");
    assert!(name.starts_with("</script><svg onload=alert(1)> \"quoted\" \\ \u{202e}"));
    let narrative = text(&documents["open-badges-3/b.json"]["criteria"], "narrative");
    assert!(narrative.contains(r"\</script\>\<svg"), "{narrative}");
    assert!(!narrative.contains("[x](javascript"), "{narrative}");
    let drawing = files.iter().find(|file| file.path == "images/b.svg");
    let drawing = drawing.map(|file| String::from_utf8_lossy(&file.contents).into_owned());
    let drawing = drawing.expect("a drawing");
    assert!(!drawing.contains("<script") && !drawing.contains("<svg onload"));
    assert!(
        drawing
            .chars()
            .all(|character| character == '\n' || !character.is_control())
    );
}
