//! Broken text: what is kept of it, and what is said.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use gradus::source::FileId;
use gradus::syntax::tree::{Arg, Key, StatementId};
use gradus::syntax::{Parsed, parse};
use proptest::prelude::*;
use rayon::prelude::*;

use crate::shown;

const SAMPLE: &str = include_str!("../cases/sample.gradus");

type Declarations = BTreeMap<(String, String), usize>;

/// The named declarations of a text, nested ones too, each with how often it occurs. What a translation says again under
/// the same id is not counted.
fn declarations(text: &str, parsed: &Parsed) -> Declarations {
    let mut found = Declarations::new();
    let mut translated_until = 0;
    for (index, statement) in parsed.tree.statements.iter().enumerate() {
        if statement.key == Key::In {
            translated_until = translated_until.max(statement.end);
        }
        let named = matches!(
            statement.key,
            Key::Issuer
                | Key::Scale
                | Key::Framework
                | Key::Rubric
                | Key::Credential
                | Key::Set
                | Key::Recognition
                | Key::Role
                | Key::Pathway
                | Key::ScaleLevel
                | Key::Item
                | Key::Criterion
                | Key::Assessment
                | Key::Stage
        );
        if !named || (index as u32) < translated_until {
            continue;
        }
        if let Some(Arg::Id(span)) = parsed.tree.args(statement).first() {
            let id = text[span.start as usize..span.end as usize].to_owned();
            *found
                .entry((format!("{:?}", statement.key), id))
                .or_default() += 1;
        }
    }
    found
}

fn lost(before: &Declarations, after: &Declarations) -> Vec<String> {
    before
        .iter()
        .flat_map(|(name, &count)| {
            let kept = after.get(name).copied().unwrap_or(0);
            vec![format!("{} {}", name.0, name.1); count.saturating_sub(kept)]
        })
        .collect()
}

/// What holds of everything that is read: spans lie in the text and on its characters, children inside their parents.
fn assert_sound(text: &str, parsed: &Parsed) {
    let tree = &parsed.tree;
    for (index, statement) in tree.statements.iter().enumerate() {
        for span in [statement.span, statement.keyword, statement.body] {
            assert!(
                text.get(span.start as usize..span.end as usize).is_some(),
                "{statement:?}"
            );
        }
        assert!(statement.end as usize > index && statement.end as usize <= tree.statements.len());
        for argument in tree.args(statement) {
            let span = argument.span();
            assert!(
                text.get(span.start as usize..span.end as usize).is_some(),
                "{argument:?}"
            );
        }
        for (_, child) in tree.children(StatementId(index as u32)) {
            assert!(child.end <= statement.end);
        }
    }
    for diagnostic in &parsed.diagnostics {
        let places = diagnostic.also.iter().map(|label| label.place);
        let edits = diagnostic.fix.iter().map(|edit| edit.place);
        for place in std::iter::once(diagnostic.place).chain(places).chain(edits) {
            let span = place.span;
            assert!(
                text.get(span.start as usize..span.end as usize).is_some(),
                "{diagnostic:?}"
            );
        }
        assert!(
            !diagnostic.message.is_empty() && !diagnostic.message.contains('\n'),
            "{diagnostic:?}"
        );
    }
    for comment in &parsed.comments {
        assert!(text[comment.start as usize..comment.end as usize].starts_with('#'));
    }
}

/// The starts of the paragraphs of the sample that begin with a declaration.
fn paragraphs() -> Vec<usize> {
    let mut starts = vec![0];
    starts.extend(
        SAMPLE
            .match_indices("\n\n")
            .map(|(at, _)| at + 2)
            .filter(|&at| SAMPLE[at..].starts_with(|first: char| first.is_ascii_lowercase())),
    );
    starts.push(SAMPLE.len());
    starts
}

#[test]
fn deleting_any_one_character_loses_one_declaration_at_most() {
    // Quotes and braces reach far: they are deleted from the whole. Letters reach no further than their paragraph, other
    // signs are deleted from three paragraphs around them.
    let starts = paragraphs();
    let window = |paragraph: usize, around: usize| {
        let from = starts[paragraph.saturating_sub(around)];
        let to = starts[(paragraph + 1 + around).min(starts.len() - 1)];
        (
            from,
            to,
            declarations(&SAMPLE[from..to], &parse(FileId(0), &SAMPLE[from..to])),
        )
    };
    let near: Vec<_> = (0..starts.len() - 1)
        .map(|paragraph| window(paragraph, 0))
        .collect();
    let around: Vec<_> = (0..starts.len() - 1)
        .map(|paragraph| window(paragraph, 1))
        .collect();
    let whole = (
        0,
        SAMPLE.len(),
        declarations(SAMPLE, &parse(FileId(0), SAMPLE)),
    );
    assert!(whole.2.len() > 30, "{}", whole.2.len());
    let characters: Vec<(usize, char)> = SAMPLE
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .collect();
    let bad: Vec<String> = characters
        .par_iter()
        .filter_map(|&(at, character)| {
            let paragraph = starts.partition_point(|&start| start <= at) - 1;
            let (from, to, before) = match character {
                '{' | '}' | '"' => &whole,
                _ if character.is_alphanumeric() => &near[paragraph],
                _ => &around[paragraph],
            };
            let mut text = SAMPLE[*from..*to].to_owned();
            text.remove(at - from);
            let parsed = parse(FileId(0), &text);
            assert_sound(&text, &parsed);
            let lost = lost(before, &declarations(&text, &parsed));
            let line = SAMPLE[..at].matches('\n').count() + 1;
            (lost.len() > 1).then(|| format!("{character:?} of line {line}: {}", lost.join(", ")))
        })
        .collect();
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// A small generator of numbers, so that a run can be repeated on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}

/// The words, texts, signs and blanks of a text.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| {
            if first.is_whitespace() {
                c.is_whitespace()
            } else {
                first.is_alphanumeric() && (c.is_alphanumeric() || c == '-')
            }
        };
        let end = rest
            .char_indices()
            .skip(1)
            .find(|&(_, c)| !same(c))
            .map_or(rest.len(), |(at, _)| at);
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

#[test]
fn random_edits_keep_nearly_every_declaration() {
    let tokens = tokens(SAMPLE);
    let whole = declarations(SAMPLE, &parse(FileId(0), SAMPLE));
    let all: usize = whole.values().sum();
    let results: Vec<(usize, String)> = (0..2_400u64)
        .into_par_iter()
        .map(|seed| {
            let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 7);
            dice.below(2);
            let at = dice.below(tokens.len());
            let other = tokens[dice.below(tokens.len())];
            let mut edited = tokens.clone();
            let what = match dice.below(4) {
                0 => {
                    edited.remove(at);
                    "delete"
                }
                1 => {
                    edited.insert(at, other);
                    "insert"
                }
                2 => {
                    edited[at] = other;
                    "replace"
                }
                _ => {
                    edited.insert(at, tokens[at]);
                    "duplicate"
                }
            };
            let text = edited.concat();
            let parsed = parse(FileId(0), &text);
            assert_sound(&text, &parsed);
            let lost = lost(&whole, &declarations(&text, &parsed));
            let line = tokens[..at].concat().matches('\n').count() + 1;
            (
                lost.len(),
                format!(
                    "{what} {:?} ({other:?}) line {line}: {}",
                    tokens[at],
                    lost.join(", ")
                ),
            )
        })
        .collect();
    let lost: usize = results.iter().map(|(lost, _)| lost).sum();
    let kept = 1.0 - lost as f64 / (all * results.len()) as f64;
    let mut worst: Vec<&(usize, String)> = results.iter().filter(|(lost, _)| *lost > 1).collect();
    worst.sort_by_key(|(lost, _)| std::cmp::Reverse(*lost));
    for (lost, edit) in worst.iter().take(30) {
        println!("{lost}: {edit}");
    }
    println!(
        "{:.3} % of {all} declarations kept, {} edits lost more than one",
        kept * 100.0,
        worst.len()
    );
    assert!(kept >= 0.99, "{kept}");
}

/// Reads a hostile text within a time that only linear work keeps.
fn read_quickly(name: &str, text: &str) -> Parsed {
    let start = Instant::now();
    let parsed = parse(FileId(0), text);
    let took = start.elapsed();
    println!("{name}: {took:?}, {} findings", parsed.diagnostics.len());
    assert!(took < Duration::from_secs(20), "{name}: {took:?}");
    assert_sound(text, &parsed);
    parsed
}

#[test]
fn hostile_texts_get_a_finding_in_linear_time() {
    let cases = [
        ("open braces", "{".repeat(20_000)),
        ("open blocks", "framework a \"A\" {\n".repeat(20_000)),
        (
            "nested areas",
            format!(
                "framework a \"A\" {{ {} {} }}",
                "area a \"A\" {".repeat(5_000),
                "}".repeat(5_000)
            ),
        ),
        (
            "nested choices",
            format!(
                "badge a \"A\" {{ requires {{ {} x {} }} }}",
                "any {".repeat(20_000),
                "}".repeat(20_000)
            ),
        ),
        ("closing braces", "}".repeat(20_000)),
        ("brackets", "[".repeat(100_000)),
        ("parentheses and brackets", "([<".repeat(50_000)),
        ("angle brackets", "<".repeat(100_000)),
        ("quotes", "\"".repeat(20_001)),
        ("quotes on lines", "\"\n".repeat(5_000)),
        ("open texts", "about \"x\n".repeat(5_000)),
        ("open long texts", "about \"\"\"x\n".repeat(4_001)),
        (
            "open everything",
            "badge a \"A { about \"\"\" requires { any 2 of { x <y \"z\n".repeat(5_000),
        ),
        (
            "misspelt keywords",
            "bagde a \"A\" { abuot \"x\" }\n".repeat(500),
        ),
        ("words", "word ".repeat(20_000)),
        ("backslashes", format!("about \"{}", "\\".repeat(100_000))),
        ("hashes", "#".repeat(100_000)),
        ("commas", ",".repeat(100_000)),
        ("NUL bytes", "\0".repeat(100_000)),
        ("only a BOM", "\u{feff}{".to_owned()),
    ];
    for (name, text) in &cases {
        let parsed = read_quickly(name, text);
        assert_eq!(parsed.diagnostics.is_empty(), *name == "hashes", "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic(text in ".{0,400}") {
        assert_sound(&text, &parse(FileId(0), &text));
    }

    #[test]
    fn any_soup_of_tokens_is_read_without_panic(picks in prop::collection::vec(0usize..SOUP.len(), 0..120)) {
        let text: String = picks.iter().map(|&pick| SOUP[pick]).collect();
        assert_sound(&text, &parse(FileId(0), &text));
    }
}

const SOUP: &[&str] = &[
    " ",
    "\n",
    "\n  ",
    "\r\n",
    "\t",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "\\",
    "#",
    ",",
    ".",
    ":",
    "<",
    ">",
    "%",
    "é",
    "“",
    "”",
    "\u{feff}",
    "\0",
    "badge",
    "framework",
    "skill",
    "area",
    "set",
    "scale",
    "rubric",
    "levels",
    "criterion",
    "stage",
    "pathway",
    "in",
    "fr",
    "requires",
    "any",
    "of",
    "all",
    "at",
    "least",
    "from",
    "counting",
    "most",
    "counted",
    "once",
    "about",
    "teaches",
    "is",
    "within",
    "exactly",
    "has",
    "no",
    "match",
    "valid",
    "for",
    "until",
    "2028-12-31",
    "12",
    "2.5",
    "60%",
    "hours",
    "a",
    "b-c",
    "a.b",
    "eqf:5",
    "onet:\"1\"",
    "<https://x.example/#a>",
    "\"text\"",
    "\"\\q\"",
    "given",
    "reach",
    "accepts",
    "everyone",
    "whom",
    "text",
    "as",
    "use",
    "crosswalk",
    "to",
    "expect",
    "assessment",
    "evidence",
    "pass",
    "level",
    "by",
    "skil",
    "abuot",
];

#[test]
fn broken_snippets_are_explained() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/syntax");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of cases can be read")
        .map(|entry| entry.expect("a case can be listed").path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 25);
    for path in paths {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).expect("a case can be read");
        let parsed = parse(FileId(0), &text);
        assert_sound(&text, &parsed);
        let findings = shown::findings(&text, &parsed.diagnostics);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots/syntax" }, {
            insta::assert_snapshot!(name, format!("{text}\n---- findings ----\n{findings}"));
        });
    }
}
