//! The page of a pathway: who it is for, the drawing, each stage in words, what it asks for in all, where it leads.

use super::context::Context;
use super::effort::{Measure, Sum, units};
use super::page::{Block, Entry, Fact, Page, Part, Section, Table};
use super::picture;
use crate::emit::paths;
use crate::emit::wording::{capitalized, escape_markdown, fill, join};
use crate::model::{Amount, CredentialId, Pathway, PathwayId, StageId, Unit};
use std::borrow::Cow;

/// Makes the page.
pub fn page(context: &Context<'_, '_>, id: PathwayId) -> Page {
    let project = context.project;
    let pathway = &project.pathways[id];
    let words = context.words;
    let title = context.name(&pathway.declared);
    let mut page = context.page(words.pathway.to_owned(), title, |language| {
        paths::pathway_page(project, id, language).path
    });
    if let Some(about) = &pathway.declared.about {
        page.lead = context.block(about);
        page.description = context.description(about);
    }
    page.facts = facts(context, pathway);
    page.sections = vec![Section {
        id: "diagram".to_owned(),
        title: words.at_a_view.to_owned(),
        blocks: vec![Block::Diagram(picture::diagram(context, id, &page.folder))],
        ..Section::default()
    }];
    if !pathway.stages.is_empty() {
        page.sections.push(Section {
            id: "stages".to_owned(),
            title: words.stages.to_owned(),
            parts: pathway
                .stages
                .iter()
                .enumerate()
                .map(|(index, &stage)| stage_part(context, stage, index + 1))
                .collect(),
            ..Section::default()
        });
    }
    page.sections.extend(effort(context, pathway));
    let goals: Vec<Entry> = pathway
        .leads_to
        .iter()
        .map(|&(id, _)| context.entry(id))
        .collect();
    if !goals.is_empty() {
        page.sections.push(Section {
            id: "leads-to".to_owned(),
            title: words.leads_to.to_owned(),
            blocks: vec![Block::Entries(goals)],
            ..Section::default()
        });
    }
    page.sources = context.sources();
    page
}

fn facts(context: &Context<'_, '_>, pathway: &Pathway) -> Vec<Fact> {
    let words = context.words;
    let mut facts = Vec::new();
    if !pathway.audience.is_empty() {
        let audience: Vec<String> = pathway
            .audience
            .iter()
            .map(|&(occupation, _)| context.occupation_name(occupation))
            .collect();
        facts.push(Fact::new(words.who_for, join(&audience, ", ")));
    }
    if !pathway.leads_to.is_empty() {
        let goals = context.list(&pathway.leads_to, |&(id, _)| context.credential(id));
        facts.push(Fact::new(words.leads_to, goals));
    }
    let off_ramps = off_ramps(context, pathway);
    if !off_ramps.is_empty() {
        let list = context.list(&off_ramps, |&id| context.credential(id));
        facts.push(Fact::new(words.off_ramp, list));
    }
    if let Some(issuer) = pathway.issuer {
        let issuer = &context.project.issuers[issuer];
        let name = context.name(&issuer.declared);
        let url = issuer.url.map(|url| context.project.text(url));
        facts.push(Fact::new(words.issuer, Context::web(&name, url)));
    }
    if let Some(version) = context.text(pathway.version) {
        facts.push(Fact::new(words.version, version));
    }
    facts.extend(super::lines::tags(context, &pathway.tags));
    facts
}

/// What may be taken away before the end.
fn off_ramps(context: &Context<'_, '_>, pathway: &Pathway) -> Vec<CredentialId> {
    let mut found: Vec<CredentialId> = Vec::new();
    for &stage in &pathway.stages {
        for &(award, _) in &context.project.stages[stage].awards {
            let is_goal = pathway.leads_to.iter().any(|&(goal, _)| goal == award);
            if !is_goal && !found.contains(&award) {
                found.push(award);
            }
        }
    }
    found
}

fn stage_part(context: &Context<'_, '_>, id: StageId, number: usize) -> Part {
    let project = context.project;
    let stage = &project.stages[id];
    let words = context.words;
    let pathway = &project.pathways[stage.pathway];
    let mut blocks = Vec::new();
    if let Some(about) = &stage.declared.about {
        blocks.push(Block::Text(context.block(about)));
    }
    let mut kicker = fill(words.stage, &[("number", &number.to_string())]);
    if !stage.after.is_empty() {
        let before: Vec<String> = stage
            .after
            .iter()
            .map(|&(id, _)| {
                context
                    .wording
                    .quoted(&context.name(&project.stages[id].declared))
            })
            .collect();
        let before = join(&before, context.phrases().and);
        kicker.push_str(" · ");
        kicker.push_str(&fill(words.after, &[("stages", &before)]));
    }
    if !stage.asks.is_empty() {
        blocks.push(Block::Text(context.requirements(&stage.asks)));
    }
    for &(award, _) in &stage.awards {
        let is_goal = pathway.leads_to.iter().any(|&(goal, _)| goal == award);
        if !is_goal {
            let award = context.credential(award);
            blocks.push(Block::Note(fill(words.off_ramp_text, &[("award", &award)])));
        }
    }
    Part {
        id: format!("stage-{number}"),
        style: "stage",
        kicker,
        title: context.name(&stage.declared),
        blocks,
        ..Part::default()
    }
}

/// The table of credit and workload; none where no credential states any.
fn effort(context: &Context<'_, '_>, pathway: &Pathway) -> Option<Section> {
    let project = context.project;
    let words = context.words;
    let asks = pathway
        .stages
        .iter()
        .flat_map(|&stage| &project.stages[stage].asks);
    let mut named = context.site.named(asks);
    named.extend(pathway.leads_to.iter().map(|&(id, _)| id));
    let columns: Vec<(Measure, Unit)> = [Measure::Credit, Measure::Workload]
        .into_iter()
        .flat_map(|measure| {
            units(context, &named, measure)
                .into_iter()
                .map(move |unit| (measure, unit))
        })
        .collect();
    if columns.is_empty() {
        return None;
    }
    let sums: Vec<Sum<'_, '_, '_>> = columns
        .iter()
        .map(|&(measure, unit)| Sum::new(context, pathway, measure, unit))
        .collect();
    let cell = |amount: Amount, unit: Unit| {
        if amount == Amount::ZERO {
            "–".to_owned()
        } else {
            escape_markdown(Cow::Owned(context.wording.amount_of(amount, unit))).into_owned()
        }
    };
    let head = columns.iter().map(|&(measure, _)| match measure {
        Measure::Credit => context.phrases().credit_label.to_owned(),
        Measure::Workload => context.phrases().workload.to_owned(),
    });
    let mut table = Table {
        head: std::iter::once(capitalized(words.at_least))
            .chain(head)
            .collect(),
        numbers_from: 1,
        ..Table::default()
    };
    for &stage in &pathway.stages {
        let stage = &project.stages[stage];
        let mut row = vec![context.name(&stage.declared)];
        for (sum, &(_, unit)) in sums.iter().zip(&columns) {
            row.push(cell(sum.stage(&stage.asks), unit));
        }
        table.rows.push(row);
    }
    table.foot.push(words.total.to_owned());
    for (sum, &(_, unit)) in sums.iter().zip(&columns) {
        table.foot.push(cell(sum.pathway(pathway), unit));
    }
    // The heading promises no more than the table holds.
    let has = |wanted: Measure| columns.iter().any(|&(measure, _)| measure == wanted);
    let title = match (has(Measure::Credit), has(Measure::Workload)) {
        (true, false) => context.phrases().credit_label.to_owned(),
        (false, _) => context.phrases().workload.to_owned(),
        (true, true) => words.effort.to_owned(),
    };
    Some(Section {
        id: "effort".to_owned(),
        title,
        blocks: vec![
            Block::Table(table),
            Block::Text(words.total_note.to_owned()),
        ],
        ..Section::default()
    })
}
