//! The output `crosswalks`: snapshots of a small project, hostile cells, and what holds for every file.

use std::collections::BTreeMap;
use std::sync::Arc;

use gradus::diag::Sink;
use gradus::emit::{EMITTERS, Input, OutputFile};
use gradus::graph::Graph;
use gradus::import::pack::Pack;
use gradus::model::coverage::coverage;
use gradus::model::mapping_sets::mapping_sets;
use gradus::model::{Project, Settings};
use gradus::resolve::{self, Inputs};
use gradus::source::Sources;
use gradus::syntax;

const PACK: &str = r#"
id: guild
version: "2.0"
title: Guild Skills
publisher: Guild
licence: CC0
attribution: Guild Skills 2.0, the Guild
source: https://guild.example/skills
item-iri: "https://guild.example/id/{code}"
language: en
kind-of: skills
items:
  - { code: "1", label: Cutting, kind: area }
  - { code: "1.1", label: "Sawing, by hand", kind: skill, parent: "1" }
  - { code: "1.2", label: "Planing \"flat\"", kind: skill, parent: "1" }
  - { code: "1.9", label: Adzing, kind: skill, parent: "1", status: withdrawn }
  - { code: "L1", label: Apprentice, kind-of: levels, rank: 1 }
"#;

const SMALL: &str = r#"
use guild
issuer shop "The Workshop" { url <https://shop.example>  email "shop@shop.example" }
defaults { by shop }

framework wood "Working with wood" {
  by shop  version "3"
  area cut "Cutting" {
    skill saw   "Sawing"  { can "saw along a line"  knows "which saw fits" }
    skill plane "Planing" { can "plane a board flat"  is within guild:1 }
    skill adze  "Adzing"  { can "shape a log with an adze" }
    skill carve "Carving" { can "carve a spoon" }
  }
  attitude care "Care" { can "put tools back"  relates to skos.order }
}
framework skos "Keeping order" {
  skill order "Order" { can "keep a bench in order" }
}
crosswalk wood to guild {
  version "1.2"
  licence <https://creativecommons.org/publicdomain/zero/1.0/>
  about "For the guild's own records."
  cut.saw   is exactly  guild:1.1 "Sawing, by hand" confidence 0.85 by "J. Kerr" because "same strokes"
  cut.plane is close to guild:1.2
  cut.plane is within   guild:1
  cut.carve has no match "the guild does not carve"
}
"#;

fn project(text: &str) -> Project {
    project_of(&[("a.gradus", text)])
}

fn project_of(files: &[(&str, &str)]) -> Project {
    let mut sources = Sources::new();
    for (name, text) in files {
        sources.add(*name, *text);
    }
    let sources = Arc::new(sources);
    let parsed: Vec<_> = sources
        .iter()
        .map(|(id, file)| syntax::parse(id, file.text()))
        .collect();
    let pack = Pack::parse(PACK).unwrap_or_else(|faults| panic!("{faults:?}"));
    let settings = Settings {
        name: "workshop".to_owned(),
        version: Some("2026.1".to_owned()),
        base: "https://badges.shop.example/".to_owned(),
        ..Settings::default()
    };
    let inputs = Inputs {
        sources,
        settings,
        packs: vec![Arc::new(pack)],
        tables: Vec::new(),
    };
    let mut sink = Sink::new();
    let project = resolve::link(&parsed, inputs, &mut sink);
    let faults: Vec<_> = sink.finish();
    for parsed in &parsed {
        assert_eq!(parsed.diagnostics, []);
    }
    assert!(faults.is_empty(), "{faults:?}");
    project
}

fn emit(project: &Project) -> Vec<OutputFile> {
    let graph = Graph::build(project);
    let assets = BTreeMap::new();
    let input = Input {
        project,
        graph: &graph,
        assets: &assets,
    };
    let emitter = EMITTERS.iter().find(|emitter| emitter.name == "crosswalks");
    emitter.map_or_else(Vec::new, |emitter| (emitter.emit)(&input))
}

fn text<'a>(files: &'a [OutputFile], path: &str) -> &'a str {
    let file = files.iter().find(|file| file.path == path);
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let contents = &file
        .unwrap_or_else(|| panic!("no {path} among {paths:?}"))
        .contents;
    std::str::from_utf8(contents).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn each_pair_of_frameworks_has_its_files() {
    let files = emit(&project(SMALL));
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "crosswalks/coverage.csv",
            "crosswalks/wood-to-guild.case.json",
            "crosswalks/wood-to-guild.coverage.json",
            "crosswalks/wood-to-guild.csv",
            "crosswalks/wood-to-guild.json",
            "crosswalks/wood-to-guild.sssom.tsv",
            "crosswalks/wood-to-guild.ttl",
            "crosswalks/wood-to-guild.xlsx",
            "crosswalks/wood-to-skos.case.json",
            "crosswalks/wood-to-skos.coverage.json",
            "crosswalks/wood-to-skos.csv",
            "crosswalks/wood-to-skos.json",
            "crosswalks/wood-to-skos.sssom.tsv",
            "crosswalks/wood-to-skos.ttl",
            "crosswalks/wood-to-skos.xlsx",
        ]
    );
}

#[test]
fn the_files_of_a_small_project() {
    let files = emit(&project(SMALL));
    let mut shown = format!("{}\n", SMALL.trim());
    for file in &files {
        // A workbook is no text; that it reads back is tested elsewhere.
        if file.path.ends_with(".xlsx") {
            assert!(file.contents.starts_with(b"PK"));
            continue;
        }
        shown.push_str(&format!(
            "\n==== {}\n{}",
            file.path,
            String::from_utf8_lossy(&file.contents).replace('\u{feff}', "<BOM>")
        ));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn no_mappings_no_files() {
    assert_eq!(emit(&project("framework a \"A\" { skill b \"B\" }")), []);
}

#[test]
fn a_new_slot_value_asks_for_version_1_1_and_only_then() {
    let files = emit(&project(SMALL));
    assert!(
        text(&files, "crosswalks/wood-to-guild.sssom.tsv").starts_with("#sssom_version: '1.1'\n")
    );
    assert!(!text(&files, "crosswalks/wood-to-skos.sssom.tsv").contains("sssom_version"));
}

#[test]
fn coverage_counts_statements_here_and_items_there() {
    let project = project(SMALL);
    let sets = mapping_sets(&project);
    let counts = coverage(&project, &sets[0]);
    assert_eq!(counts.statements.total, 5);
    assert_eq!(counts.statements.mapped, 2);
    assert_eq!(counts.statements.no_match, 1);
    assert_eq!(counts.statements.unmapped(), 2);
    assert_eq!(
        counts
            .statements
            .mapped_percent()
            .map(|share| share.to_string()),
        Some("40".to_owned())
    );
    // The attitude stands in no area.
    assert_eq!(counts.areas.len(), 2);
    assert_eq!(counts.areas[1].0, None);
    // Neither the withdrawn item nor the level counts.
    let target = counts
        .target
        .unwrap_or_else(|| panic!("the pack is at hand"));
    assert_eq!((target.all.total, target.all.reached), (3, 3));
    assert_eq!(
        (target.all.exactly, target.all.close, target.all.partly),
        (1, 1, 1)
    );
    let kinds: Vec<&str> = target.kinds.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["area", "skill"]);
}

#[test]
fn what_item_and_crosswalk_both_say_stands_once() {
    let files = emit(&project(SMALL));
    let table = text(&files, "crosswalks/wood-to-guild.sssom.tsv");
    let rows = table
        .lines()
        .filter(|line| line.contains("skos:broadMatch"));
    assert_eq!(rows.count(), 1);
}

#[test]
fn hostile_words_stay_in_their_cells() {
    let text_of = r##"
use guild
framework wood "=cmd|' /C calc'!A0" {
  area cut "-2+3" {
    skill saw "#Saw\u{9}\u{A}with \"quotes\"" { can "+1, \"really\"\nand more"  is exactly guild:1.1 by "A|B\\" because "@now\u{2028}#not metadata" }
    skill odd "   " { can "x"  relates to guild:1.2 because "" }
  }
}
"##;
    let files = emit(&project(text_of));
    for path in [
        "crosswalks/wood-to-guild.sssom.tsv",
        "crosswalks/wood-to-guild.csv",
        "crosswalks/coverage.csv",
    ] {
        let delimiter = if path.ends_with(".tsv") { b'\t' } else { b',' };
        let body = text(&files, path).trim_start_matches('\u{feff}');
        let body: String = body
            .lines()
            .skip_while(|line| line.starts_with('#'))
            .map(|line| format!("{line}\n"))
            .collect();
        assert!(!body.contains('\r') && !body.contains('\u{0}'));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(false)
            .from_reader(body.as_bytes());
        let header = reader.headers().cloned().unwrap_or_default();
        let rows: Vec<_> = reader
            .records()
            .collect::<Result<_, _>>()
            .unwrap_or_default();
        assert!(!rows.is_empty(), "{path}");
        assert_eq!(
            body.lines().count(),
            rows.len() + 1,
            "a row is a line: {path}"
        );
        for cell in rows.iter().flatten() {
            if delimiter == b',' {
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            }
        }
        if path.ends_with(".tsv") {
            let author = header.iter().position(|name| name == "author_label");
            let authors: Vec<&str> = author
                .map(|at| rows.iter().filter_map(|row| row.get(at)).collect())
                .unwrap_or_default();
            assert!(authors.contains(&r"A\|B\\"), "{authors:?}");
        }
    }
}

#[test]
fn every_curie_expands_to_an_address() {
    let files = emit(&project(SMALL));
    let table = text(&files, "crosswalks/wood-to-guild.sssom.tsv");
    let prefixes: BTreeMap<&str, &str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("#  ")?.split_once(": "))
        .collect();
    let expand = |curie: &str| {
        let (prefix, local) = curie.split_once(':').unwrap_or_default();
        prefixes.get(prefix).map(|space| format!("{space}{local}"))
    };
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("wood:"))
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(
        expand(rows[0][0]).as_deref(),
        Some("https://badges.shop.example/frameworks/wood/#cut.carve")
    );
    assert!(table.contains("guild:1.1"));
    assert_eq!(
        expand("guild:1.1").as_deref(),
        Some("https://guild.example/id/1.1")
    );
    // Each declared prefix is used somewhere.
    for prefix in prefixes.keys() {
        assert!(table.contains(&format!("{prefix}:")), "{prefix}");
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    let cut = SMALL.find("crosswalk wood").unwrap_or_default();
    let (first, second) = SMALL.split_at(cut);
    let one = emit(&project_of(&[("a.gradus", first), ("b.gradus", second)]));
    let other = emit(&project_of(&[("a.gradus", second), ("b.gradus", first)]));
    assert_eq!(one, other);
    assert_eq!(one, emit(&project(SMALL)));
}

#[test]
fn items_given_by_address_alone_have_a_set_of_their_own() {
    let files = emit(&project(
        r#"framework wood "Wood" {
             skill saw "Sawing" {
               can "saw"
               is exactly <https://one.example/skills/saw>
               relates to <https://two.example/id#saw>
             }
           }"#,
    ));
    let table = text(&files, "crosswalks/wood-to-elsewhere.sssom.tsv");
    assert!(table.contains("#  elsewhere: https://one.example/skills/\n"));
    assert!(table.contains("#  elsewhere_2: https://two.example/id#\n"));
    assert!(table.contains("\telsewhere:saw\t") && table.contains("\telsewhere_2:saw\t"));
    assert!(!table.contains("object_source"));
    assert!(!text(&files, "crosswalks/wood-to-elsewhere.coverage.json").contains("\"target\""));
}
