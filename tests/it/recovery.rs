//! Broken text: what is kept of it, and what is said.

use std::collections::BTreeMap;

use gradus::source::FileId;
use gradus::syntax::tree::{Arg, Key};
use gradus::syntax::{Parsed, parse};

const SAMPLE: &str = include_str!("../cases/sample.gradus");

/// The named declarations of a text, nested ones too, each with how often it occurs.
fn declarations(text: &str, parsed: &Parsed) -> BTreeMap<(String, String), usize> {
    let mut found = BTreeMap::new();
    for statement in &parsed.tree.statements {
        let named = match statement.key {
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
            | Key::Stage => true,
            _ => false,
        };
        if !named {
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

fn lost(
    before: &BTreeMap<(String, String), usize>,
    after: &BTreeMap<(String, String), usize>,
) -> Vec<String> {
    before
        .iter()
        .flat_map(|(name, &count)| {
            let kept = after.get(name).copied().unwrap_or(0);
            vec![format!("{} {}", name.0, name.1); count.saturating_sub(kept)]
        })
        .collect()
}

#[test]
fn deleting_any_one_character_loses_one_declaration_at_most() {
    let whole = declarations(SAMPLE, &parse(FileId(0), SAMPLE));
    assert!(whole.len() > 30, "{}", whole.len());
    let mut bad = String::new();
    let mut silent = 0;
    for (at, character) in SAMPLE.char_indices() {
        if character.is_whitespace() {
            continue;
        }
        let mut text = SAMPLE.to_owned();
        text.remove(at);
        let parsed = parse(FileId(0), &text);
        let lost = lost(&whole, &declarations(&text, &parsed));
        silent += usize::from(parsed.diagnostics.is_empty());
        if lost.len() > 1 {
            let line = SAMPLE[..at].matches('\n').count() + 1;
            bad.push_str(&format!(
                "{character:?} of line {line}: {}\n",
                lost.join(", ")
            ));
        }
    }
    println!("{silent} deletions are still the language");
    assert!(bad.is_empty(), "{bad}");
}
