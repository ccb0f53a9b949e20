//! Rubrics: levels of performance, criteria, and what each level looks like.

use crate::diag::early;
use crate::model::{Amount, Criterion, Rubric, RubricId, RubricLevel};
use crate::syntax::tree::{Arg, Key, StatementId, Word};

use super::View;
use super::outcome::Outcome;
use super::tables::Declaration;
use super::translation::Translations;

pub(super) fn rubric(
    view: View<'_>,
    declaration: &Declaration,
    id: RubricId,
    outcome: &mut Outcome,
) -> Rubric {
    let before = outcome.faults;
    let translations = view.translations(declaration.statement, outcome);
    let declared = view.declared(declaration.statement, &translations, outcome);
    let mut rubric = Rubric {
        declared,
        levels: Vec::new(),
        criteria: Vec::new(),
    };
    for (child, statement) in view.tree.children(declaration.statement) {
        if statement.key == Key::RubricLevels {
            levels(view, child, &translations, &mut rubric, outcome);
        }
    }
    for (child, statement) in view.tree.children(declaration.statement) {
        if statement.key == Key::Criterion {
            criterion(view, child, id, &translations, &mut rubric, outcome);
        }
    }
    rubric.declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    rubric
}

fn levels(
    view: View<'_>,
    list: StatementId,
    translations: &Translations<'_>,
    rubric: &mut Rubric,
    outcome: &mut Outcome,
) {
    for (_, statement) in view.tree.children(list) {
        let (Key::RubricLevel, Some(span)) = (statement.key, view.id_arg(statement)) else {
            continue;
        };
        let name = view.name(span);
        let place = view.place(span);
        if let Some(first) = rubric
            .levels
            .iter()
            .find(|level| level.id == name)
            .map(|level| level.place)
        {
            view.nested_duplicate(view.slice(span), place, first, outcome);
        }
        let points = view.args(statement).iter().find_map(|&arg| {
            if let Arg::Number(span) = arg {
                Some(span)
            } else {
                None
            }
        });
        let points = points.and_then(|span| {
            view.number(
                span,
                "points of",
                Amount::ZERO,
                Amount::whole(1000),
                outcome,
            )
        });
        let text = view.text(statement).unwrap_or(crate::model::Text {
            place,
            form: crate::syntax::tree::TextForm::Plain,
        });
        let name_prose = translations.prose_at(
            text,
            &[(Key::RubricLevels, None), (Key::RubricLevel, Some(name))],
        );
        rubric.levels.push(RubricLevel {
            id: name,
            place,
            points: points.unwrap_or_default(),
            name: name_prose,
        });
    }
}

fn criterion(
    view: View<'_>,
    id: StatementId,
    rubric_id: RubricId,
    outer: &Translations<'_>,
    rubric: &mut Rubric,
    outcome: &mut Outcome,
) {
    let statement = view.tree.statement(id);
    let translations = view.translations(id, outcome);
    let declared = view.declared(id, &translations, outcome);
    if let Some(first) = rubric
        .criteria
        .iter()
        .find(|criterion| criterion.id == declared.id)
        .map(|criterion| criterion.place)
    {
        view.nested_duplicate(
            view.slice(declared.place.span),
            declared.place,
            first,
            outcome,
        );
    }
    let way = (Key::Criterion, Some(declared.id));
    let mut name = declared.name;
    let around = outer.prose_at(name.text, &[way]);
    outer.extend(&mut name, around);
    let mut weight = Amount::whole(1);
    for pair in view.args(statement).windows(2) {
        if let [Arg::Word(Word::Weight, _), Arg::Number(span)] = *pair {
            weight = view
                .number(span, "a weight of", Amount(1), Amount::whole(1000), outcome)
                .unwrap_or(weight);
        }
    }
    let mut cells = Vec::new();
    for (_, cell) in view.tree.children(id) {
        let (Key::Cell, Some(span), Some(text)) = (cell.key, view.id_arg(cell), view.text(cell))
        else {
            continue;
        };
        let level = view.name(span);
        let Some(&position) = view.linker.tables.rubric_levels.get(&(rubric_id, level)) else {
            let known: Vec<&str> = rubric
                .levels
                .iter()
                .map(|level| view.slice(level.place.span))
                .collect();
            outcome
                .report(&early::NAME_UNDEFINED, view.place(span))
                .message(format!(
                    "`{}` is not a level of this rubric",
                    view.slice(span)
                ))
                .label("not a level of it")
                .help(
                    crate::diag::did_you_mean(view.slice(span), known.iter().copied())
                        .unwrap_or_else(|| format!("choose one of: {}", known.join(", "))),
                );
            continue;
        };
        let mut prose = translations.prose_at(text, &[(Key::Cell, Some(level))]);
        let around = outer.prose_at(text, &[way, (Key::Cell, Some(level))]);
        outer.extend(&mut prose, around);
        cells.push((position, prose));
    }
    rubric.criteria.push(Criterion {
        id: declared.id,
        place: declared.place,
        name,
        about: declared.about,
        weight,
        cells,
    });
}
