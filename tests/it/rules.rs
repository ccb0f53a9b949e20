//! Every rule has a page, and what the page shows is true: the example fires the rule and no other, the better one is clean.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use gradus::check::{self, Entry, RULES};
use gradus::diag::{Diagnostic, Sink};
use gradus::graph::Graph;
use gradus::model::Settings;
use gradus::resolve::{self, Inputs};
use gradus::source::Sources;
use gradus::syntax;

const HEADINGS: [&str; 5] = [
    "What it finds",
    "Why it matters",
    "Example",
    "Better",
    "Options",
];

/// Checks one text as a whole project.
pub(crate) fn findings(text: &str, settings: Settings) -> (Arc<Sources>, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let file = sources.add("example.gradus", text);
    let sources = Arc::new(sources);
    let mut parsed = syntax::parse(file, text);
    let mut sink = Sink::new();
    for diagnostic in parsed.diagnostics.drain(..) {
        sink.push(diagnostic);
    }
    let inputs = Inputs {
        sources: Arc::clone(&sources),
        settings,
        packs: Vec::new(),
    };
    let project = resolve::link(&[parsed], inputs, &mut sink);
    let graph = Graph::build(&project);
    check::run(&project, &graph, &mut sink);
    (sources, sink.finish())
}

/// Findings as lines: rule, place, message.
fn lines(sources: &Sources, found: &[Diagnostic]) -> String {
    found
        .iter()
        .map(|diagnostic| {
            let at = sources
                .file(diagnostic.place.file)
                .line_column(diagnostic.place.span.start);
            format!(
                "  {}:{} {}: {}\n",
                at.line, at.column, diagnostic.rule.name, diagnostic.message
            )
        })
        .collect()
}

/// The text under a heading of a page.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let start = format!("\n## {heading}\n");
    let Some(from) = page.find(&start) else {
        return "";
    };
    let rest = &page[from + start.len()..];
    rest.find("\n## ").map_or(rest, |to| &rest[..to])
}

/// The fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(tag)) => open = Some((tag == language, String::new())),
            (Some(_), Some(_)) => {
                if let Some((true, block)) = open.take() {
                    blocks.push(block);
                }
            }
            (Some((_, block)), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// What the `yaml` block of a section says, as far as rules depend on it.
fn settings(section: &str) -> Settings {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        base: Option<String>,
        #[serde(default)]
        languages: Option<Vec<String>>,
        #[serde(default)]
        coverage: Option<u32>,
    }
    let mut settings = Settings::default();
    for block in blocks(section, "yaml") {
        let file: File =
            serde_yaml::from_str(&block).expect("the yaml block of a page can be read");
        settings.from_file = true;
        settings.base_given = file.base.is_some();
        settings.base = file.base.unwrap_or(settings.base);
        settings.languages = file.languages.unwrap_or(settings.languages);
        settings.coverage = file
            .coverage
            .map(|percent| gradus::model::Amount::whole(i64::from(percent)));
    }
    settings
}

fn fired(
    section: &str,
    faults: &mut Vec<String>,
    entry: &Entry,
) -> (BTreeSet<&'static str>, String) {
    let blocks = blocks(section, "gradus");
    if blocks.len() != 1 {
        faults.push(format!(
            "{}: {} gradus blocks in a section",
            entry.rule.name,
            blocks.len()
        ));
    }
    let mut rules = BTreeSet::new();
    let mut text = String::new();
    for block in blocks {
        let (sources, found) = findings(&block, settings(section));
        rules.extend(found.iter().map(|diagnostic| diagnostic.rule.name));
        text.push_str(&lines(&sources, &found));
    }
    rules.remove("project/no-file");
    (rules, text)
}

#[test]
fn the_list_is_sorted_and_each_name_stands_once() {
    for pair in RULES.windows(2) {
        assert!(
            pair[0].rule.name < pair[1].rule.name,
            "{} and {} are in the wrong order",
            pair[0].rule.name,
            pair[1].rule.name
        );
    }
    for entry in RULES {
        let known = check::find(entry.rule.name).map(|found| found.rule.name);
        assert_eq!(known, Some(entry.rule.name));
    }
}

#[test]
fn names_and_summaries_are_in_form() {
    for entry in RULES {
        let rule = entry.rule;
        let (family, name) = rule.name.split_once('/').expect("a family and a name");
        for part in [family, name] {
            assert!(
                !part.is_empty()
                    && part.bytes().all(|byte| byte.is_ascii_lowercase()
                        || byte.is_ascii_digit()
                        || byte == b'-'),
                "{} is not kebab-case",
                rule.name
            );
        }
        assert!(
            !rule.summary.ends_with('.'),
            "{}: {}",
            rule.name,
            rule.summary
        );
        assert!(!rule.summary.is_empty(), "{}", rule.name);
    }
}

#[test]
fn every_page_has_its_headings_in_order() {
    for entry in RULES {
        let name = entry.rule.name;
        assert!(
            entry.page.starts_with(&format!("# {name}\n")),
            "{name}: title"
        );
        let headings: Vec<&str> = entry
            .page
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        assert_eq!(headings, HEADINGS, "{name}");
        for heading in HEADINGS {
            assert!(
                !section(entry.page, heading).trim().is_empty(),
                "{name}: {heading} is empty"
            );
        }
    }
}

#[test]
fn every_file_in_the_folder_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    let mut expected: BTreeSet<String> = BTreeSet::from(["mod.rs".to_owned()]);
    for entry in RULES {
        let stem = entry.rule.name.replace(['/', '-'], "_");
        expected.insert(format!("{stem}.md"));
        if entry.check.is_some() {
            expected.insert(format!("{stem}.rs"));
        }
    }
    let found: BTreeSet<String> = fs::read_dir(folder)
        .expect("the folder of rules")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn examples_fire_their_rule_alone_and_better_ones_are_clean() {
    let mut faults = Vec::new();
    for entry in RULES {
        let name = entry.rule.name;
        let (rules, text) = fired(section(entry.page, "Example"), &mut faults, entry);
        if rules != BTreeSet::from([name]) {
            faults.push(format!("{name}: the example gives\n{text}"));
        }
        let (rules, text) = fired(section(entry.page, "Better"), &mut faults, entry);
        if !rules.is_empty() {
            faults.push(format!("{name}: the better one gives\n{text}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
