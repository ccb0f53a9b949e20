//! Two items of a framework with the same statement cannot be told apart by those who assess them.
//!
//! Case, blanks and a full stop at the end make no difference.

use rustc_hash::FxHashMap;

use crate::check::{Context, alike};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Item, Project, Prose, Statement, StatementVerb};

pub static RULE: Rule = Rule {
    name: "framework/duplicate-statement",
    severity: Severity::Warning,
    summary: "the same statement twice in one framework",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    // A framework at a time, so that what is compared is still at hand.
    let frameworks = project
        .items
        .as_slice()
        .chunk_by(|one, other| one.framework == other.framework);
    for items in frameworks {
        look(project, items, sink);
    }
}

/// Looks at the statements of one framework.
fn look(project: &Project, items: &[Item], sink: &mut Sink) {
    let statements: Vec<(&Item, &Statement)> = items
        .iter()
        .flat_map(|item| item.statements.iter().map(move |said| (item, said)))
        .collect();
    // A glance tells nearly all statements apart; only those that look alike are read as a whole.
    let mut glances: Vec<(u64, usize)> = statements
        .iter()
        .map(|(_, said)| alike::glance(&project.prose(&said.prose)))
        .zip(0..)
        .collect();
    glances.sort_unstable();
    let mut doubtful: Vec<usize> = glances
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|group| group.len() > 1)
        .flatten()
        .map(|&(_, position)| position)
        .collect();
    doubtful.sort_unstable();
    let mut first: FxHashMap<(StatementVerb, u64), (&Item, &Prose)> = FxHashMap::default();
    for (item, said) in doubtful.into_iter().filter_map(|at| statements.get(at)) {
        let text = project.prose(&said.prose);
        if text.trim().is_empty() {
            continue;
        }
        let key = (said.verb, alike::hash(alike::without_stop(&text)));
        let Some(&(other, prose)) = first.get(&key) else {
            first.insert(key, (item, &said.prose));
            continue;
        };
        let known = project.prose(prose);
        if !alike::same(alike::without_stop(&text), alike::without_stop(&known)) {
            continue;
        }
        let path = project.name(item.full_path);
        let message = if std::ptr::eq(other, *item) {
            format!("`{path}` says the same twice")
        } else {
            let other = project.name(other.full_path);
            format!("`{path}` says the same as `{other}`")
        };
        sink.report(&RULE, said.prose.text.place)
            .message(message)
            .label("said again here")
            .also(prose.text.place, "first said here")
            .help("say how they differ, or keep one of them");
    }
}
