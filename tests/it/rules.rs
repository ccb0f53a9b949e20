//! Every rule has a page, and what the page shows is true: the example fires the rule and no other, the better one is clean.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use gradus::check::{self, Entry, RULES};
use gradus::config::{self, Known, ProjectFile};
use gradus::diag::{Diagnostic, Sink};
use gradus::import::pack::Pack;
use gradus::source::Sources;
use gradus::workspace::assets::ImageFault;
use gradus::workspace::{Loaded, analysis::rule_names, analyze};

const HEADINGS: [&str; 5] = [
    "What it finds",
    "Why it matters",
    "Example",
    "Better",
    "Options",
];

/// Checks one text as a whole project, with a project file if one is given. Pictures are there unless their name says `missing`.
pub fn findings(text: &str, project_file: Option<&str>) -> (Arc<Sources>, Vec<Diagnostic>) {
    findings_with(text, project_file, Vec::new())
}

/// The same, with framework packs of the project.
pub fn findings_with(
    text: &str,
    project_file: Option<&str>,
    packs: Vec<Arc<Pack>>,
) -> (Arc<Sources>, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    sources.add("example.gradus", text);
    let mut sink = Sink::new();
    let mut project = ProjectFile::default();
    let mut file = None;
    if let Some(text) = project_file {
        let id = sources.add(config::FILE_NAME, text);
        let outputs: Vec<&str> = gradus::emit::EMITTERS
            .iter()
            .map(|emitter| emitter.name)
            .collect();
        let known = Known {
            rules: &rule_names(),
            outputs: &outputs,
        };
        project = config::read(&sources, id, known, &mut sink);
        file = Some(id);
    }
    let sources = Arc::new(sources);
    let loaded = Loaded {
        sources: Arc::clone(&sources),
        gradus_files: 1,
        project_file: file,
        project,
        packs,
        tables: Vec::new(),
        parsed: None,
        sink,
    };
    let image = |path: &str| path.contains("missing").then_some(ImageFault::Missing);
    (sources, analyze(loaded, &image).diagnostics)
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
pub fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let start = format!("\n## {heading}\n");
    let Some(from) = page.find(&start) else {
        return "";
    };
    let rest = &page[from + start.len()..];
    rest.find("\n## ").map_or(rest, |to| &rest[..to])
}

/// The fenced blocks of a language.
pub fn blocks(text: &str, language: &str) -> Vec<String> {
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

/// What stands beside the text: the project file, and frameworks of the project, which have items.
pub fn yaml(section: &str) -> (Option<String>, Vec<Arc<Pack>>) {
    let (packs, mut files): (Vec<String>, Vec<String>) = blocks(section, "yaml")
        .into_iter()
        .partition(|block| block.contains("\nitems:\n"));
    let packs = packs
        .iter()
        .map(|block| Arc::new(Pack::parse(block).unwrap_or_else(|faults| panic!("{faults:?}"))))
        .collect();
    (files.pop(), packs)
}

/// The rules that fire on the `gradus` block of a section, and what they say. `None` where the section shows something that is no
/// text of the language (a broken encoding, a framework file): such rules are tested where they are found.
fn fired(
    section: &str,
    faults: &mut Vec<String>,
    entry: &Entry,
) -> Option<(BTreeSet<&'static str>, String)> {
    let shown = blocks(section, "gradus");
    let [block] = shown.as_slice() else {
        if shown.is_empty() && !blocks(section, "text").is_empty() {
            return None;
        }
        faults.push(format!(
            "{}: {} gradus blocks in a section",
            entry.rule.name,
            shown.len()
        ));
        return None;
    };
    let (project_file, packs) = yaml(section);
    let (sources, found) = findings_with(block, project_file.as_deref(), packs);
    let mut rules: BTreeSet<&str> = found
        .iter()
        .map(|diagnostic| diagnostic.rule.name)
        .collect();
    // Most pages do without a project file.
    if entry.rule.name != "project/no-file" {
        rules.remove("project/no-file");
    }
    Some((rules, lines(&sources, &found)))
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
fn every_rule_of_reading_and_linking_is_listed() {
    for rule in gradus::diag::early::ALL {
        assert!(
            check::find(rule.name).is_some(),
            "{} has no page",
            rule.name
        );
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
        if let Some((rules, text)) = fired(section(entry.page, "Example"), &mut faults, entry)
            && rules != BTreeSet::from([name])
        {
            faults.push(format!("{name}: the example gives\n{text}"));
        }
        if let Some((rules, text)) = fired(section(entry.page, "Better"), &mut faults, entry)
            && !rules.is_empty()
        {
            faults.push(format!("{name}: the better one gives\n{text}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
