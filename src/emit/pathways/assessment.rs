//! An assessment on the page of its credential: what it assesses, by which rubric, with which evidence, what is enough.

use std::borrow::Cow;

use super::context::Context;
use super::page::{Block, Fact, Part, Table};
use crate::emit::wording::{capitalized, fill};
use crate::model::{Amount, Assessment, Attained, Pass, PassMark, Rubric, Unit};

/// Makes the part.
pub fn part(context: &Context<'_, '_>, assessment: &Assessment) -> Part {
    let phrases = context.phrases();
    let rubric = assessment
        .rubric
        .map(|(id, _)| &context.project.rubrics[id]);
    let mut blocks = Vec::new();
    if let Some(about) = &assessment.about {
        blocks.push(Block::Text(context.block(about)));
    }
    let mut facts = Vec::new();
    if !assessment.assesses.is_empty() {
        let items: Vec<String> = assessment
            .assesses
            .iter()
            .map(|one| attained(context, one))
            .collect();
        facts.push(Fact::new(phrases.assesses, items.join(", ")));
    }
    let evidence: Vec<String> = assessment
        .evidence
        .iter()
        .map(|one| {
            let kind = (phrases.evidence_kind)(one.kind);
            format!("{} ({kind})", context.line(&one.prose))
        })
        .collect();
    if !evidence.is_empty() {
        facts.push(Fact::new(
            phrases.evidence,
            evidence.join(context.phrases().semicolon),
        ));
    }
    if let Some(pass) = assessment.pass {
        facts.push(Fact::new(
            phrases.pass_mark,
            pass_mark(context, pass, rubric),
        ));
    }
    if let Some(weight) = assessment.weight {
        let unit = if weight.percent {
            context.wording.amount_of(weight.amount, Unit::Percent)
        } else {
            context.wording.number(weight.amount)
        };
        facts.push(Fact::new(capitalized(phrases.weight), unit));
    }
    if let Some(supervised) = assessment.supervision {
        let text = context.wording.supervised(supervised);
        facts.push(Fact::new(phrases.supervision_label, text));
    }
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    if let Some(rubric) = rubric {
        let name = context.name(&rubric.declared);
        let title = format!("**{}{}{name}**", phrases.rubric, phrases.colon);
        blocks.push(Block::Text(title));
        blocks.extend(rubric_table(context, rubric).map(Block::Table));
    }
    Part {
        style: "card",
        kicker: assessment.kind.map_or_else(String::new, |kind| {
            capitalized((phrases.assessment_kind)(kind))
        }),
        title: context.line(&assessment.name),
        blocks,
        ..Part::default()
    }
}

/// An item with a link, at a level.
pub fn attained(context: &Context<'_, '_>, attained: &Attained) -> String {
    let item = context.item(attained.item);
    match attained.level {
        Some(level) => format!("{item} ({})", context.level(level)),
        None => item,
    }
}

fn pass_mark(context: &Context<'_, '_>, pass: Pass, rubric: Option<&Rubric>) -> String {
    let (phrases, wording) = (context.phrases(), &context.wording);
    match pass.mark {
        PassMark::Percent(amount) => wording.amount_of(amount, Unit::Percent),
        PassMark::Points(amount) => {
            let points = wording.amount_of(amount, Unit::Points);
            rubric.map_or(points.clone(), |rubric| {
                let most = wording.number(rubric.most_points());
                fill(
                    phrases.pass_points_of,
                    &[("points", &points), ("most", &most)],
                )
            })
        }
        PassMark::Level(index) => {
            let level = rubric.and_then(|rubric| rubric.levels.get(index));
            let level = level.map_or_else(String::new, |level| context.line(&level.name));
            fill(phrases.pass_level, &[("level", &level)])
        }
        PassMark::All => phrases.pass_all.to_owned(),
    }
}

/// Criteria down, levels across, the lowest first.
fn rubric_table(context: &Context<'_, '_>, rubric: &Rubric) -> Option<Table> {
    if rubric.levels.is_empty() {
        return None;
    }
    let mut order: Vec<usize> = (0..rubric.levels.len()).collect();
    order.sort_by_key(|&index| rubric.levels.get(index).map(|level| level.points));
    let words = context.words;
    let mut table = Table {
        head: vec![words.criterion.to_owned()],
        ..Table::default()
    };
    for &index in &order {
        if let Some(level) = rubric.levels.get(index) {
            let points = context.wording.amount_of(level.points, Unit::Points);
            table
                .head
                .push(format!("{} ({points})", context.line(&level.name)));
        }
    }
    for criterion in &rubric.criteria {
        let mut name = context.line(&criterion.name);
        if criterion.weight != Amount::whole(1) {
            let weight = context.wording.number(criterion.weight);
            name = format!("{name} ({} {weight})", context.phrases().weight);
        }
        let mut row = vec![name];
        for &index in &order {
            let cell = criterion.cells.iter().find(|(level, _)| *level == index);
            let text = cell.map_or(Cow::Borrowed("–"), |(_, prose)| {
                Cow::Owned(context.line(prose))
            });
            row.push(text.into_owned());
        }
        table.rows.push(row);
    }
    Some(table)
}
