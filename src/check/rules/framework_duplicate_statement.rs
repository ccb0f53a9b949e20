//! Two items of a framework with the same statement cannot be told apart by those who assess them.
//!
//! Case, blanks and a full stop at the end make no difference.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{FrameworkId, ItemId, Prose, StatementVerb};

pub static RULE: Rule = Rule {
    name: "framework/duplicate-statement",
    severity: Severity::Warning,
    summary: "the same statement twice in one framework",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    type Key = (FrameworkId, StatementVerb, u64);
    let mut first: FxHashMap<Key, (ItemId, &Prose)> = FxHashMap::default();
    for (id, item) in project.items.iter() {
        for statement in &item.statements {
            let text = project.prose(&statement.prose);
            if text.trim().is_empty() {
                continue;
            }
            let key = (item.framework, statement.verb, hash(&text));
            let Some(&(other, prose)) = first.get(&key) else {
                first.insert(key, (id, &statement.prose));
                continue;
            };
            if !characters(&text).eq(characters(&project.prose(prose))) {
                continue;
            }
            let message = if other == id {
                format!("`{}` says the same twice", project.name(item.full_path))
            } else {
                format!(
                    "`{}` says the same as `{}`",
                    project.name(item.full_path),
                    project.name(project.items[other].full_path)
                )
            };
            sink.report(&RULE, statement.prose.text.place)
                .message(message)
                .label("said again here")
                .also(prose.text.place, "first said here")
                .help("say how they differ, or keep one of them");
        }
    }
}

/// The characters that count: lower case, one blank for many, no full stop at the end.
fn characters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.trim()
        .trim_end_matches(['.', ';', ' '])
        .split_whitespace()
        .enumerate()
        .flat_map(|(index, word)| {
            let blank = (index > 0).then_some(' ');
            blank
                .into_iter()
                .chain(word.chars().flat_map(char::to_lowercase))
        })
}

fn hash(text: &str) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    for character in characters(text) {
        hasher.write_u32(u32::from(character));
    }
    hasher.finish()
}
