//! What stands in `in LANG { … }` and translates nothing: a text more than the original has, an id that is not there, a free
//! text that nobody wrote.

use crate::diag::{did_you_mean, early};
use crate::syntax::tree::{Key, Statement, StatementId};

use super::View;
use super::outcome::Outcome;

/// Looks at every `in` block of one file.
pub(super) fn check(view: View<'_>, outcome: &mut Outcome) {
    // The declarations that are open around the next statement.
    let mut open: Vec<(StatementId, u32)> = Vec::new();
    for (index, statement) in view.tree.statements.iter().enumerate() {
        let index = index as u32;
        while open.last().is_some_and(|&(_, end)| end <= index) {
            open.pop();
        }
        let id = StatementId(index);
        if let (Key::In, Some(&(around, _))) = (statement.key, open.last()) {
            block(view, around, id, outcome);
        }
        if statement.end > index + 1 {
            open.push((id, statement.end));
        }
    }
}

/// Compares one block with what it translates. Recursion is bounded by the depth limit of the parser.
fn block(view: View<'_>, original: StatementId, translation: StatementId, outcome: &mut Outcome) {
    let mut seen: Vec<Key> = Vec::new();
    for (id, statement) in view.tree.children(translation) {
        if statement.broken {
            continue;
        }
        match statement.key {
            Key::Name | Key::Bad | Key::In | Key::Alt => {}
            Key::RubricLevels => {
                let levels = view
                    .tree
                    .children(original)
                    .find(|(_, child)| child.key == Key::RubricLevels);
                if let Some((levels, _)) = levels {
                    block(view, levels, id, outcome);
                }
            }
            Key::TextAs => free_text(view, original, statement, outcome),
            Key::Item
            | Key::Assessment
            | Key::Stage
            | Key::Criterion
            | Key::ScaleLevel
            | Key::RubricLevel
            | Key::Cell => declared(view, original, id, statement, outcome),
            key => {
                let nth = seen.iter().filter(|&&known| known == key).count();
                seen.push(key);
                let there = view
                    .tree
                    .children(original)
                    .filter(|(_, child)| child.key == key)
                    .count();
                if nth >= there {
                    let keyword = view.slice(statement.keyword);
                    let place = view.place(statement.keyword);
                    let original = view.place(view.tree.statement(original).keyword);
                    let message = match there {
                        0 => format!("this `{keyword}` translates nothing: the original has none"),
                        1 => format!(
                            "this `{keyword}` translates nothing: the original has only one"
                        ),
                        _ => format!(
                            "this `{keyword}` translates nothing: the original has only {there}"
                        ),
                    };
                    outcome
                        .report(&early::I18N_TRANSLATES_NOTHING, place)
                        .message(message)
                        .label("nothing to translate")
                        .also(original, "the original")
                        .help("remove it, or write the original first");
                }
            }
        }
    }
}

/// Something named by its id must be declared in the original.
fn declared(
    view: View<'_>,
    original: StatementId,
    id: StatementId,
    statement: &Statement,
    outcome: &mut Outcome,
) {
    let Some(span) = view.id_arg(statement) else {
        return;
    };
    let name = view.slice(span);
    let ids = || {
        let same = view
            .tree
            .children(original)
            .filter(|(_, child)| child.key == statement.key);
        same.filter_map(|(id, child)| Some((id, view.slice(view.id_arg(child)?))))
    };
    match ids().find(|&(_, known)| known == name) {
        Some((found, _)) => block(view, found, id, outcome),
        None => {
            outcome
                .report(&early::I18N_TRANSLATES_NOTHING, view.place(span))
                .message(format!(
                    "`{name}` translates nothing: the original has nothing of that id"
                ))
                .label("not in the original")
                .also(
                    view.place(view.tree.statement(original).keyword),
                    "the original",
                )
                .help_opt(did_you_mean(name, ids().map(|(_, known)| known)));
        }
    }
}

/// `text "…" as "…"` must repeat a text of the original, outside its translations.
fn free_text(view: View<'_>, original: StatementId, statement: &Statement, outcome: &mut Outcome) {
    let Some(text) = view.text(statement) else {
        return;
    };
    let sources = view.linker.sources;
    let wanted = text.read(sources);
    let end = view.tree.statement(original).end;
    let mut next = original.0;
    while next < end {
        let other = view.tree.statement(StatementId(next));
        if other.key == Key::In {
            next = other.end;
            continue;
        }
        let mut texts = view.args(other).iter().filter_map(|&arg| view.as_text(arg));
        if texts.any(|text| text.read(sources) == wanted) {
            return;
        }
        next += 1;
    }
    outcome
        .report(&early::I18N_TRANSLATES_NOTHING, text.place)
        .message("this text is not in the original, so its translation is not used")
        .label("not found in the original")
        .also(
            view.place(view.tree.statement(original).keyword),
            "the original",
        )
        .help("repeat the text exactly as it is written there");
}
