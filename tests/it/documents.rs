//! What the documents say is true: paths that they name exist, examples that they show compile, numbers that they give are the
//! ones in use.

use std::path::{Path, PathBuf};

use crate::rules;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The guides, with the folder that relative links start from.
fn guides() -> Vec<(String, PathBuf)> {
    let mut found: Vec<String> = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    ]
    .map(str::to_owned)
    .to_vec();
    found.extend(
        [
            "examples/README.md",
            "frameworks/README.md",
            "benches/README.md",
            "tests/conformance/README.md",
        ]
        .map(str::to_owned),
    );
    for entry in std::fs::read_dir(root().join("docs")).expect("the docs") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".md") {
            found.push(format!("docs/{name}"));
        }
    }
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let folder = Path::new(&path)
                .parent()
                .map(Path::to_path_buf)
                .unwrap_or_default();
            (path, folder)
        })
        .collect()
}

#[test]
fn every_link_of_the_guides_leads_somewhere() {
    let mut wrong = Vec::new();
    for (guide, folder) in guides() {
        let text = read(&guide);
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', ' ']).next().unwrap_or("");
            let target = target.split('#').next().unwrap_or("");
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            if !root().join(&folder).join(target).exists() {
                wrong.push(format!("{guide}: {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_path_of_the_guides_exists() {
    let mut wrong = Vec::new();
    for guide in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        for word in read(guide).split('`').skip(1).step_by(2) {
            let is_path = [
                "src/",
                "tests/",
                "grammar/",
                "docs/",
                "benches/",
                "frameworks/",
                ".ci/",
            ]
            .iter()
            .any(|start| word.starts_with(start));
            // Capital letters stand for a name of the reader's choice, a star for many files.
            let placeholder = word.contains("NAME") || word.contains('*') || word.contains(' ');
            if is_path && !placeholder && !root().join(word).exists() {
                wrong.push(format!("{guide}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_example_of_the_readme_checks_clean() {
    let readme = read("README.md");
    let start = readme.find("```gradus\n").expect("an example") + "```gradus\n".len();
    let end = readme[start..].find("```").expect("its end") + start;
    let (_, found) = rules::findings(&readme[start..end], None);
    let said: Vec<&str> = found
        .iter()
        .filter(|diagnostic| diagnostic.rule.name != "project/no-file")
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn the_readme_asks_for_the_rust_that_is_needed() {
    let manifest = read("Cargo.toml");
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = \""))
        .and_then(|rest| rest.strip_suffix('"'))
        .expect("a rust-version");
    assert!(read("README.md").contains(&format!("Rust {version} or newer")));
}

#[test]
fn the_project_file_of_the_docs_is_read_without_a_fault() {
    let page = read("docs/project-file.md");
    let start = page.find("```yaml\n").expect("an example") + "```yaml\n".len();
    let end = page[start..].find("```").expect("its end") + start;
    let (_, found) = rules::findings("", Some(&page[start..end]));
    let said: Vec<&str> = found
        .iter()
        .filter(|diagnostic| diagnostic.rule.family() == "project")
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn every_snapshot_belongs_to_a_test() {
    let mut names = String::new();
    let mut cases = Vec::new();
    let mut folders = vec![
        root().join("tests/it"),
        root().join("tests/cases"),
        root().join("src"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                names.push_str(&std::fs::read_to_string(&path).expect("a source"));
            } else if let Some(stem) = path.file_stem() {
                cases.push(stem.to_string_lossy().into_owned());
            }
        }
    }
    let mut wrong = Vec::new();
    let mut folders = vec![root().join("tests"), root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "node_modules") {
                    folders.push(path);
                }
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "snap") {
                continue;
            }
            let stem = path
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default();
            let name = stem.rsplit("__").next().unwrap_or(&stem).to_owned();
            let numberless =
                name.trim_end_matches(|last: char| last.is_ascii_digit() || last == '-');
            let spoken = names.contains(&format!("\"{name}\""))
                || names.contains(&format!("fn {name}"))
                || names.contains(&format!("fn {numberless}"));
            // Names made in a loop: `format!("format_{name}")`.
            let made = name
                .rsplit_once('_')
                .is_some_and(|(start, _)| names.contains(&format!("\"{start}_{{")));
            let from_example = names.contains(&format!("\"{name}.gradus\""));
            if !(spoken || made || from_example || cases.contains(&name)) {
                wrong.push(
                    path.strip_prefix(root())
                        .unwrap_or(&path)
                        .display()
                        .to_string(),
                );
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "snapshots that no test speaks of: {wrong:#?}"
    );
}
