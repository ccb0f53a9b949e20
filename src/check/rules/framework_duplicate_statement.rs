//! Two items of a framework with the same statement cannot be told apart by those who assess them.
//!
//! Case, blanks and a full stop at the end make no difference.

use rustc_hash::FxHashMap;

use crate::check::{Context, alike};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{FrameworkId, ItemId, Prose, StatementVerb};

pub static RULE: Rule = Rule {
    name: "framework/duplicate-statement",
    severity: Severity::Warning,
    summary: "the same statement twice in one framework",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    // A glance tells nearly all statements apart; only those that look alike are read as a whole.
    let mut statements = Vec::with_capacity(project.items.len());
    let mut glances: Vec<(u64, u32)> = Vec::with_capacity(project.items.len());
    for (id, item) in project.items.iter() {
        for statement in &item.statements {
            let text = project.prose(&statement.prose);
            glances.push((alike::glance(&text), statements.len() as u32));
            statements.push((id, statement));
        }
    }
    glances.sort_unstable();
    let mut doubtful: Vec<u32> = glances
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|group| group.len() > 1)
        .flatten()
        .map(|&(_, position)| position)
        .collect();
    doubtful.sort_unstable();
    type Key = (FrameworkId, StatementVerb, u64);
    let mut first: FxHashMap<Key, (ItemId, &Prose)> = FxHashMap::default();
    for position in doubtful {
        if let Some(&(id, statement)) = statements.get(position as usize) {
            let item = &project.items[id];
            let text = project.prose(&statement.prose);
            if text.trim().is_empty() {
                continue;
            }
            let key = (
                item.framework,
                statement.verb,
                alike::hash(alike::without_stop(&text)),
            );
            let Some(&(other, prose)) = first.get(&key) else {
                first.insert(key, (id, &statement.prose));
                continue;
            };
            let known = project.prose(prose);
            if !alike::same(alike::without_stop(&text), alike::without_stop(&known)) {
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
