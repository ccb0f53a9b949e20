//! The page of a framework: its items with their statements, each with an anchor; where they are introduced, reinforced, taught and assessed; levels;
//! what it is mapped to and how much of it is covered.

use super::context::Context;
use super::lines::{bullets, mappings, statement_line, tags, target_name};
use super::page::{Block, Fact, Page, Part, Section, Table};
use crate::emit::paths;
use crate::emit::wording::{capitalized, fill, join};
use crate::model::{
    BuildsOn, CredentialId, Framework, FrameworkId, ItemId, ItemKind, LevelRef, RowKind, ScaleId,
    Status,
};

/// Makes the page.
pub fn page(context: &Context<'_, '_>, id: FrameworkId) -> Page {
    let project = context.project;
    let framework = &project.frameworks[id];
    let words = context.words;
    let title = context.name(&framework.declared);
    let mut page = context.page(words.framework.to_owned(), title, |language| {
        paths::framework_page(project, id, language).path
    });
    if let Some(about) = &framework.declared.about {
        page.lead = context.block(about);
        page.description = context.description(about);
    }
    page.notices.extend(notice(context, framework));
    page.facts = facts(context, framework);
    let items = in_order(context, &framework.roots);
    page.sections.push(Section {
        id: "_items".to_owned(),
        title: words.items.to_owned(),
        parts: items
            .iter()
            .map(|&(item, depth)| item_part(context, item, depth))
            .collect(),
        ..Section::default()
    });
    if let Some(scale) = framework.scale {
        page.sections.push(levels(context, scale));
    }
    page.sections.push(coverage(context, id, &items));
    page.sources = context.sources();
    page
}

fn notice(context: &Context<'_, '_>, framework: &Framework) -> Option<String> {
    match framework.status {
        Status::Active => None,
        Status::Draft => Some(capitalized((context.phrases().status)(Status::Draft))),
        Status::Deprecated => {
            let mut text = context.words.deprecated_framework.to_owned();
            if let Some((new, _)) = framework.replaced_by {
                let new = context.framework(new);
                text.push(' ');
                text.push_str(&fill(
                    context.phrases().replaced_by,
                    &[("credential", &new)],
                ));
            }
            Some(text)
        }
    }
}

fn facts(context: &Context<'_, '_>, framework: &Framework) -> Vec<Fact> {
    let words = context.words;
    let mut facts = Vec::new();
    if let Some(issuer) = framework.issuer {
        let issuer = &context.project.issuers[issuer];
        let name = context.name(&issuer.declared);
        let url = issuer.url.map(|url| context.project.text(url));
        facts.push(Fact::new(words.publisher, Context::web(&name, url)));
    }
    if let Some(version) = context.text(framework.version) {
        facts.push(Fact::new(words.version, version));
    }
    if let Some(code) = context.text(framework.code) {
        facts.push(Fact::new(words.code, code));
    }
    if let Some(licence) = framework.licence {
        let address = context.project.text(licence.iri);
        let name = context
            .text(licence.name)
            .unwrap_or_else(|| crate::emit::wording::escape_markdown(address.clone()).into_owned());
        facts.push(Fact::new(words.licence, Context::web(&name, Some(address))));
    }
    facts.extend(tags(context, &framework.tags));
    facts
}

/// All items below some, each before what it holds, with their depth.
fn in_order(context: &Context<'_, '_>, roots: &[ItemId]) -> Vec<(ItemId, usize)> {
    let mut open: Vec<(ItemId, usize)> = roots.iter().rev().map(|&id| (id, 0)).collect();
    let mut items = Vec::new();
    while let Some((id, depth)) = open.pop() {
        items.push((id, depth));
        let children = context.project.items[id].children.iter().rev();
        open.extend(children.map(|&child| (child, depth + 1)));
    }
    items
}

fn item_part(context: &Context<'_, '_>, id: ItemId, depth: usize) -> Part {
    let (project, words) = (context.project, context.words);
    let item = &project.items[id];
    let mut blocks = Vec::new();
    match item.status {
        Status::Active => {}
        Status::Draft => blocks.push(Block::Note(capitalized((context.phrases().status)(
            Status::Draft,
        )))),
        Status::Deprecated => blocks.push(Block::Note(match item.replaced_by {
            Some((new, _)) => fill(words.replaced_item, &[("item", &context.item(new))]),
            None => words.deprecated_item.to_owned(),
        })),
    }
    if let Some(about) = &item.declared.about {
        blocks.push(Block::Text(context.block(about)));
    }
    let statements: Vec<String> = item
        .statements
        .iter()
        .map(|statement| statement_line(context, statement))
        .collect();
    if !statements.is_empty() {
        blocks.push(Block::Text(bullets(&statements)));
    }
    let facts = item_facts(context, id);
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    let kind = capitalized((context.phrases().item_kind)(item.kind));
    let code = context.text(item.code);
    Part {
        id: paths::item_anchor(project, id),
        style: match item.kind {
            ItemKind::Area => "area",
            ItemKind::Competency | ItemKind::Skill | ItemKind::Knowledge | ItemKind::Attitude => {
                "item"
            }
        },
        depth,
        kicker: code.map_or(kind.clone(), |code| format!("{kind} {code}")),
        title: context.name(&item.declared),
        blocks,
    }
}

fn item_facts(context: &Context<'_, '_>, id: ItemId) -> Vec<Fact> {
    let (project, words) = (context.project, context.words);
    let item = &project.items[id];
    let mut facts = Vec::new();
    if !item.builds_on.is_empty() {
        let list = context.list(&item.builds_on, |(basis, _)| match basis {
            BuildsOn::Item(id) => context.item(*id),
            BuildsOn::Outside(prose) => context.line(prose),
        });
        facts.push(Fact::new(words.builds_on, list));
    }
    if let Some(relations) = context.site.item(id) {
        if !relations.basis_of.is_empty() {
            let list = context.list(&relations.basis_of, |&id| context.item(id));
            facts.push(Fact::new(words.basis_of, list));
        }
        let at = |&(id, level): &(CredentialId, Option<LevelRef>)| {
            let credential = context.credential(id);
            level.map_or(credential.clone(), |level| {
                format!("{credential} ({})", context.level(level))
            })
        };
        for (label, list) in [
            (words.introduced_in, &relations.introduced),
            (words.reinforced_in, &relations.reinforced),
            (words.taught_in, &relations.taught),
            (words.assessed_in, &relations.assessed),
        ] {
            if !list.is_empty() {
                facts.push(Fact::new(label, context.list(list, at)));
            }
        }
    }
    let elsewhere = mappings(context, id);
    if !elsewhere.is_empty() {
        facts.push(Fact::new(
            words.elsewhere,
            elsewhere.join(context.phrases().semicolon),
        ));
    }
    facts
}

fn levels(context: &Context<'_, '_>, scale: ScaleId) -> Section {
    let project = context.project;
    let scale = &project.scales[scale];
    let mut blocks = Vec::new();
    if let Some(about) = &scale.declared.about {
        blocks.push(Block::Text(context.block(about)));
    }
    let facts = scale
        .levels
        .iter()
        .map(|&id| {
            let level = &project.levels[id];
            let mut parts: Vec<String> = Vec::new();
            if let Some(about) = &level.declared.about {
                parts.push(context.line(about));
            }
            if !level.matches.is_empty() {
                let names: Vec<String> = level
                    .matches
                    .iter()
                    .map(|&(id, _)| context.level(LevelRef::External(id)))
                    .collect();
                let names = join(&names, ", ");
                parts.push(fill(context.words.matches, &[("level", &names)]));
            }
            let value = if parts.is_empty() {
                "–".to_owned()
            } else {
                parts.join(" · ")
            };
            Fact::new(context.name(&level.declared), value)
        })
        .collect();
    blocks.push(Block::Facts(facts));
    Section {
        id: "_levels".to_owned(),
        title: format!(
            "{}{}{}",
            context.words.about_levels,
            context.phrases().colon,
            context.name(&scale.declared)
        ),
        blocks,
        ..Section::default()
    }
}

/// How many items are assessed and mapped: those that carry a statement.
fn coverage(context: &Context<'_, '_>, id: FrameworkId, items: &[(ItemId, usize)]) -> Section {
    let (project, words) = (context.project, context.words);
    let stated: Vec<ItemId> = items
        .iter()
        .map(|&(item, _)| item)
        .filter(|&item| !project.items[item].statements.is_empty())
        .collect();
    let assessed = |item: &ItemId| {
        context
            .site
            .item(*item)
            .is_some_and(|relations| !relations.assessed.is_empty())
    };
    let count = stated.len().to_string();
    let done = stated.iter().filter(|item| assessed(item)).count();
    let done = done.to_string();
    let mut blocks = vec![Block::Text(fill(
        words.coverage_text,
        &[("assessed", &done), ("count", &count)],
    ))];
    let open: Vec<ItemId> = stated
        .iter()
        .copied()
        .filter(|item| !assessed(item))
        .collect();
    if !open.is_empty() {
        let list = context.list(&open, |&item| context.item(item));
        blocks.push(Block::Facts(vec![Fact::new(words.nowhere_assessed, list)]));
    }
    let mut table = Table {
        head: vec![
            words.crosswalk.to_owned(),
            words.mapped.to_owned(),
            words.without_match.to_owned(),
            words.items.to_owned(),
        ],
        numbers_from: 1,
        ..Table::default()
    };
    for (crosswalk_id, crosswalk) in project.crosswalks.iter() {
        if crosswalk.from != id {
            continue;
        }
        let rows = |item: &ItemId, wanted: fn(&RowKind) -> bool| {
            context.site.item(*item).is_some_and(|relations| {
                relations.rows.iter().any(|&(one, row)| {
                    one == crosswalk_id
                        && crosswalk.rows.get(row).is_some_and(|row| wanted(&row.kind))
                })
            })
        };
        let is_match = |kind: &RowKind| matches!(kind, RowKind::Match(_));
        let mapped = stated.iter().filter(|item| rows(item, is_match)).count();
        let none = stated
            .iter()
            .filter(|item| {
                !rows(item, is_match) && rows(item, |kind| !matches!(kind, RowKind::Match(_)))
            })
            .count();
        table.rows.push(vec![
            target_name(context, crosswalk.to),
            mapped.to_string(),
            none.to_string(),
            count.clone(),
        ]);
    }
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    Section {
        id: "_coverage".to_owned(),
        title: words.coverage.to_owned(),
        blocks,
        ..Section::default()
    }
}
