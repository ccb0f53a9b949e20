//! The pages of whole examples: every link leads somewhere, texts of authors stay text, the same every time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use gradus::config::Known;
use gradus::emit::{EMITTERS, Input, OutputFile, collect};
use gradus::workspace::{self, Analysis, assets, find, read};

use super::support::analyze_files;

fn built(
    analysis: &Analysis,
    images: &BTreeMap<String, Vec<u8>>,
    outputs: &[&str],
) -> Vec<OutputFile> {
    let input = Input {
        project: &analysis.project,
        graph: &analysis.graph,
        assets: images,
    };
    collect(&input, outputs)
        .expect("no two files share a path")
        .files
}

fn example(name: &str) -> Vec<OutputFile> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(name);
    let target = find::Target {
        path: Some(path),
        config: None,
    };
    let root = find::root(&target).expect("the example is there");
    let rules = workspace::analysis::rule_names();
    let outputs: Vec<&str> = EMITTERS.iter().map(|emitter| emitter.name).collect();
    let known = Known {
        rules: &rules,
        outputs: &outputs,
    };
    let loaded = read::load(&root, known, read::Parsing::Now).expect("the example can be read");
    let analysis = workspace::analyze(loaded, &|_| None);
    let images = assets::read(&analysis.project, &root.folder).expect("its pictures too");
    built(&analysis, &images, &outputs)
}

fn pages_of(texts: &[(&str, &str)], project_file: Option<&str>) -> BTreeMap<String, String> {
    let analysis = analyze_files(texts, project_file);
    let outputs: Vec<&str> = EMITTERS.iter().map(|emitter| emitter.name).collect();
    texts_of(&built(&analysis, &BTreeMap::new(), &outputs))
}

fn texts_of(files: &[OutputFile]) -> BTreeMap<String, String> {
    files
        .iter()
        .map(|file| {
            let text = String::from_utf8_lossy(&file.contents).into_owned();
            (file.path.clone(), text)
        })
        .collect()
}

/// The values of an attribute.
fn attributes<'t>(html: &'t str, name: &str) -> Vec<&'t str> {
    let start = format!(" {name}=\"");
    html.match_indices(&start)
        .filter_map(|(index, found)| html.get(index + found.len()..)?.split('"').next())
        .collect()
}

/// The targets of Markdown links.
fn markdown_targets(text: &str) -> Vec<&str> {
    text.match_indices("](")
        .filter(|&(index, _)| {
            !text
                .get(..index)
                .is_some_and(|before| before.ends_with('\\'))
        })
        .filter_map(|(index, found)| {
            let rest = text.get(index + found.len()..)?;
            match rest.strip_prefix('<') {
                Some(rest) => rest.split('>').next(),
                None => rest.split(')').next(),
            }
        })
        .collect()
}

/// A relative target as a path below the base and an anchor.
fn resolved(from: &str, target: &str) -> (String, Option<String>) {
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (target, None),
    };
    if path.is_empty() {
        return (from.to_owned(), anchor);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => assert!(
                parts.pop().is_some(),
                "{from} leads out of the catalogue: {target}"
            ),
            "." => {}
            part => parts.push(part),
        }
    }
    (parts.join("/"), anchor)
}

fn is_elsewhere(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:")
}

/// Walks all pages: links lead to files that are there and to anchors in them; anchors are unique.
fn links_hold(files: &BTreeMap<String, String>) {
    let mut count = 0;
    for (path, text) in files {
        let targets = if path.ends_with(".html") {
            let ids = attributes(text, "id");
            let unique: BTreeSet<&&str> = ids.iter().collect();
            assert_eq!(
                ids.len(),
                unique.len(),
                "{path} has an anchor twice: {ids:?}"
            );
            assert!(!text.contains("<script"), "{path}");
            let mut targets = attributes(text, "href");
            targets.extend(attributes(text, "src"));
            targets
        } else if path.ends_with(".md") {
            markdown_targets(text)
        } else {
            continue;
        };
        for target in targets {
            if is_elsewhere(target) {
                continue;
            }
            assert!(!target.contains(':'), "{path}: {target}");
            let (file, anchor) = resolved(path, target);
            let found = files.get(&file);
            assert!(
                found.is_some(),
                "{path}: `{target}` leads to {file}, which is not there"
            );
            if let (Some(anchor), Some(found)) = (anchor, found) {
                let id = format!("id=\"{anchor}\"");
                assert!(found.contains(&id), "{path}: no `{anchor}` in {file}");
            }
            count += 1;
        }
    }
    assert!(count > 10, "only {count} links");
}

#[test]
fn every_link_of_the_examples_leads_somewhere() {
    for name in ["harbour", "cyber", "single-file.gradus"] {
        links_hold(&texts_of(&example(name)));
    }
}

#[test]
fn pages_exist_in_every_language_and_know_each_other() {
    let files = texts_of(&example("harbour"));
    for (path, other) in [
        ("index.html", "fr/index.html"),
        (
            "pathways/storyteller/index.html",
            "fr/pathways/storyteller/index.html",
        ),
        (
            "credentials/chart-reader/index.html",
            "fr/credentials/chart-reader/index.html",
        ),
        (
            "frameworks/data-literacy/index.html",
            "fr/frameworks/data-literacy/index.html",
        ),
    ] {
        let one = files.get(path).expect(path);
        let two = files.get(other).expect(other);
        assert!(one.contains("<html lang=\"en\""), "{path}");
        assert!(two.contains("<html lang=\"fr\""), "{other}");
        for (from, text) in [(path, one), (other, two)] {
            let targets: BTreeSet<String> = attributes(text, "href")
                .into_iter()
                .filter(|target| !is_elsewhere(target))
                .map(|target| resolved(from, target).0)
                .collect();
            assert!(targets.contains(path) && targets.contains(other), "{from}");
        }
    }
}

#[test]
fn pages_need_nothing_from_elsewhere() {
    for (path, text) in texts_of(&example("harbour")) {
        if path.ends_with(".html") {
            for source in attributes(&text, "src") {
                assert!(!is_elsewhere(source), "{path} loads {source}");
            }
            assert!(
                !text.contains("@import") && !text.contains("url("),
                "{path}"
            );
            assert!(!text.contains("<link rel=\"stylesheet\""), "{path}");
            let (_, page) = text.split_once("</style>").unwrap_or_default();
            assert!(
                !page.contains('{'),
                "{path} has a phrase that is not filled"
            );
        }
    }
}

#[test]
fn the_same_project_gives_the_same_pages() {
    assert!(example("harbour") == example("harbour"));
}

const HOSTILE: &str = r##"
issuer x "X <script>alert(1)</script>" { url <https://x.example> email "x@x.example" }
defaults { by x }
framework f "F \"quoted\" & <b>" {
  about """
    # Not the title
    <script>alert(2)</script> and [a link](javascript:alert(3)) and [another](https://ok.example)

    <img src=x onerror=alert(4)>

    ```
    never closed </pre><script>alert(5)</script>
    """
  area a "*A* [x](y)" { skill s "| # <i>S</i>" { can "break `out` of </li></ul><script>" } }
}
badge one "<script>alert(6)</script>" {
  about "See [here](javascript:alert(7)) | \n# heading"
  teaches f.a.s
  criteria """
    <details open ontoggle=alert(8)>

    1. one
    2. [two](data:text/html,x)
    """
  assessment t "T</h3><script>" { kind test assesses f.a.s evidence artefact "<svg onload=alert(9)>" pass 60% }
}
badge two "Two 'single' \"double\"" {
  about "x"
  requires { one  "</text><script>alert(10)</script>" }
  criteria "attend"
}
pathway p "</title><script>alert(11)</script>" {
  stage s1 "</text></svg><script>" { any { one  "<b>free</b>" } awards one }
  stage s2 "Two" { after s1 two }
  leads to two
}
"##;

#[test]
fn texts_of_authors_stay_text() {
    let files = pages_of(&[("x.gradus", HOSTILE)], None);
    links_hold(&files);
    let mut seen = 0;
    for (path, text) in &files {
        if path.ends_with(".html") {
            seen += 1;
            for tag in [
                "<script",
                "<img src=x",
                "<details",
                "<b>",
                "<i>S",
                "<svg onload",
            ] {
                assert!(!text.contains(tag), "{path} has {tag}");
            }
            for target in attributes(text, "href") {
                assert!(
                    !target.starts_with("javascript:") && !target.starts_with("data:"),
                    "{path}"
                );
            }
        }
        if path.ends_with(".md") {
            for tag in ["<script", "<img", "<details", "<b>", "<svg"] {
                for (index, _) in text.match_indices(tag) {
                    let before = text.get(..index).unwrap_or("");
                    let in_code = before.matches("```").count() % 2 == 1;
                    assert!(
                        before.ends_with('\\') || in_code,
                        "{path} has {tag}:\n{text}"
                    );
                }
            }
            let titles = text.lines().filter(|line| line.starts_with("# ")).count();
            assert_eq!(titles, 1, "{path}:\n{text}");
            assert_eq!(text.matches("```").count() % 2, 0, "{path}:\n{text}");
            for target in markdown_targets(text) {
                assert!(!target.starts_with("javascript:"), "{path}: {target}");
            }
        }
    }
    assert!(seen > 4, "{seen}");
}

#[test]
fn drafts_and_retired_credentials_say_so() {
    let text = r#"
issuer x "X" { url <https://x.example> email "x@x.example" }
defaults { by x }
badge young "Young" { status draft about "a" criteria "attend" }
badge old "Old" { status deprecated replaced by new formerly older about "a" criteria "attend" }
badge new "New" { about "a" criteria "attend" }
"#;
    let files = pages_of(&[("x.gradus", text)], None);
    let page = |path: &str| files.get(path).unwrap_or_else(|| panic!("{path}")).as_str();
    let young = page("credentials/young/index.html");
    assert!(
        young.contains("class=\"notice\"") && young.contains("draft"),
        "{young}"
    );
    assert!(!young.contains(".json"), "a draft has no badge document");
    let old = page("credentials/older/index.html");
    assert!(old.contains("../new/index.html"), "{old}");
    let old = page("credentials/older/index.md");
    assert!(
        old.contains("[New](../new/index.md)") && old.contains("`older`"),
        "{old}"
    );
    assert!(page("credentials/new/index.md").contains("[Old](../older/index.md)"));
}

#[test]
fn a_pathway_without_stages_has_a_page() {
    let text = "pathway p \"P\" { }\n";
    let files = pages_of(&[("x.gradus", text)], None);
    assert!(files.contains_key("pathways/p/index.html"));
}

#[test]
fn a_pathway_as_markdown() {
    let files = texts_of(&example("harbour"));
    let page = files
        .get("pathways/storyteller/index.md")
        .map(String::as_str);
    insta::assert_snapshot!(page.unwrap_or("not there"));
}

#[test]
fn a_credential_as_markdown() {
    let files = texts_of(&example("harbour"));
    let page = files
        .get("fr/credentials/chart-reader/index.md")
        .map(String::as_str);
    insta::assert_snapshot!(page.unwrap_or("not there"));
}

#[test]
fn a_pathway_costs_what_stands_behind_its_goal_as_well() {
    let text = r#"
        badge a "A" { credit 1 ects }
        badge b "B" { credit 1 ects }
        badge earlier "Earlier" { credit 4 ects }
        badge hidden "Hidden" { credit 9 ects  requires { earlier } }
        badge known "Known elsewhere" { credit 20 ects }
        recognition elsewhere "Learned elsewhere" { grants known }
        certificate goal "Goal" { stacks { a b hidden known } }
        pathway p "P" { stage one "One" { a b } stage two "Two" { after one goal } leads to goal }
    "#;
    let pages = pages_of(&[("p.gradus", text)], None);
    let page = &pages["pathways/p/index.md"];
    // 1 + 1 + 9 + 4; what a recognition may bring along is not certain to be earned.
    assert!(
        page.contains("| **Whole pathway** | **15 ECTS** |"),
        "{page}"
    );
}

/// An item says where it is met at all, from the first mention to the proof.
#[test]
fn items_say_where_they_are_introduced_and_reinforced() {
    let text = r#"
        issuer h "H" { url <https://h.example> }
        defaults { by h }
        framework f "F" { skill s "Sums" { can "add" } }
        badge first "First" { introduces f.s  criteria "A." }
        badge second "Second" { reinforces f.s  criteria "B." }
        badge third "Third" { teaches f.s  assessment t "T" { assesses f.s } }
    "#;
    let pages = pages_of(&[("a.gradus", text)], Some("base: https://h.example/\n"));
    let page = &pages["frameworks/f/index.html"];
    let at = |words: &str| {
        page.find(words)
            .unwrap_or_else(|| panic!("{words}\n{page}"))
    };
    assert!(at("Introduced in") < at("Reinforced in"));
    assert!(at("Reinforced in") < at("Taught in"));
    assert!(at("Taught in") < at("Assessed in"));
    let between = &page[at("Introduced in")..at("Reinforced in")];
    assert!(
        between.contains("First") && !between.contains("Second"),
        "{between}"
    );
}

/// What may be taken away on the way is drawn as that; where the way on needs it all the same, its box says so, and what asks for it
/// as a prerequisite has an arrow from it.
#[test]
fn an_award_on_the_way_that_is_needed_further_on_is_drawn_as_needed() {
    let text = r#"
        issuer h "H" { url <https://h.example> }
        defaults { by h }
        badge alpha "Alpha" { criteria "A." }
        certificate part "Part certificate" { stacks { alpha }  criteria "A." }
        badge gamma "Gamma" { requires { part }  criteria "A." }
        certificate side "Side certificate" { stacks { alpha }  criteria "A." }
        certificate diploma "Diploma" { stacks { part  gamma }  criteria "A." }
        pathway way "Way" {
          stage one "One" { alpha  awards part, side }
          stage two "Two" { after one  gamma }
          leads to diploma
        }
    "#;
    let pages = pages_of(&[("a.gradus", text)], Some("base: https://h.example/\n"));
    let page = &pages["pathways/way/index.html"];
    let drawing = |class: &str| -> &str {
        let start = page.find(class).expect("a drawing");
        let rest = &page[start..];
        &rest[..rest.find("</svg>").expect("its end")]
    };
    for wide in [drawing("id=\"wide"), drawing("id=\"narrow")] {
        // Lines may break between words.
        assert_eq!(wide.matches("is needed for").count(), 1, "{wide}");
    }
    let wide = drawing("id=\"wide");
    assert_eq!(wide.matches("class=\"d-need\"").count(), 1, "{wide}");
}
