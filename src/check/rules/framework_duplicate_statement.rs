//! Two items of a framework with the same statement cannot be told apart by those who assess them.
//!
//! Case, blanks and a full stop at the end make no difference.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{FrameworkId, ItemId, Prose, StatementVerb};

pub static RULE: Rule = Rule {
    name: "framework/duplicate-statement",
    severity: Severity::Warning,
    summary: "the same statement twice in one framework",
};

/// How many characters are compared first. Most statements differ before that; only those that begin alike are read whole.
const BEGINNING: usize = 32;

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut alike: FxHashMap<Key, u32> = FxHashMap::default();
    let mut statements = Vec::with_capacity(project.items.len());
    for (id, item) in project.items.iter() {
        for statement in &item.statements {
            let text = project.prose(&statement.prose);
            let Some(begins) = hash(&text, BEGINNING) else {
                continue;
            };
            let key = (item.framework, statement.verb, begins);
            *alike.entry(key).or_default() += 1;
            statements.push((key, id, &statement.prose));
        }
    }
    statements.retain(|(key, _, _)| alike.get(key).is_some_and(|&count| count > 1));
    let mut first: FxHashMap<Key, (ItemId, &Prose)> = FxHashMap::default();
    for ((framework, verb, _), id, prose) in statements {
        let text = project.prose(prose);
        let key = (framework, verb, hash(&text, usize::MAX).unwrap_or(0));
        match first.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert((id, prose));
            }
            Entry::Occupied(entry) => {
                let &(other, earlier) = entry.get();
                if characters(&text).eq(characters(&project.prose(earlier))) {
                    report(context, sink, (id, prose), (other, earlier));
                }
            }
        }
    }
}

/// What two statements must share to be compared.
type Key = (FrameworkId, StatementVerb, u64);

fn report(
    context: &Context<'_>,
    sink: &mut Sink,
    (id, prose): (ItemId, &Prose),
    (other, earlier): (ItemId, &Prose),
) {
    let project = context.project;
    let path = |item: ItemId| project.name(project.items[item].full_path);
    let message = if other == id {
        format!("`{}` says the same twice", path(id))
    } else {
        format!("`{}` says the same as `{}`", path(id), path(other))
    };
    sink.report(&RULE, prose.text.place)
        .message(message)
        .label("said again here")
        .also(earlier.text.place, "first said here")
        .help("say how they differ, or keep one of them");
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

/// A hash of the first characters that count; `None` for a text without any.
fn hash(text: &str, most: usize) -> Option<u64> {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    let mut any = false;
    for character in characters(text).take(most) {
        any = true;
        hasher.write_u32(u32::from(character));
    }
    any.then(|| hasher.finish())
}
