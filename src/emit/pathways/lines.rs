//! Lines that stand on pages of several kinds: topics, statements, mappings, the notice of a status.

use super::context::{Context, short_title};
use super::page::Fact;
use crate::emit::wording::{fill, join};
use crate::model::{CrosswalkTarget, ItemId, Prose, RowKind, Statement, Status};

/// Topics, if any.
pub fn tags(context: &Context<'_, '_>, tags: &[Prose]) -> Option<Fact> {
    let tags: Vec<String> = tags.iter().map(|tag| context.line(tag)).collect();
    (!tags.is_empty()).then(|| Fact::new(context.words.tags, join(&tags, ", ")))
}

/// Whether a thing is shown as usual.
pub fn status_notice(context: &Context<'_, '_>, status: Status) -> Option<String> {
    match status {
        Status::Active => None,
        Status::Draft => Some(context.words.draft.to_owned()),
        Status::Deprecated => Some(context.phrases().no_longer_awarded.to_owned()),
    }
}

/// Lines as a list.
pub fn bullets(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines {
        out.push_str("- ");
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// A statement as a line.
pub fn statement_line(context: &Context<'_, '_>, statement: &Statement) -> String {
    let phrase = (context.phrases().statement)(statement.verb);
    fill(phrase, &[("item", &context.line(&statement.prose))])
}

/// What an item is mapped to, in itself and in crosswalks, as lines.
pub fn mappings(context: &Context<'_, '_>, id: ItemId) -> Vec<String> {
    let project = context.project;
    let mut lines: Vec<String> = Vec::new();
    let mut add = |line: String| {
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    for mapping in &project.items[id].mappings {
        add(context.mapping(mapping));
    }
    let rows = context.site.item(id).map_or(&[][..], |item| &item.rows);
    for &(crosswalk, row) in rows {
        let crosswalk = &project.crosswalks[crosswalk];
        match crosswalk.rows.get(row).map(|row| &row.kind) {
            Some(RowKind::Match(mapping)) => add(context.mapping(mapping)),
            Some(RowKind::NoMatch { .. }) => {
                let target = target_name(context, crosswalk.to);
                add(fill(context.words.no_match, &[("target", &target)]));
            }
            None => {}
        }
    }
    let from = context
        .site
        .item(id)
        .map_or(&[][..], |item| &item.mapped_from);
    for &other in from {
        add(context.item(other));
    }
    lines
}

/// The name of what a crosswalk leads to.
pub fn target_name(context: &Context<'_, '_>, target: CrosswalkTarget) -> String {
    match target {
        CrosswalkTarget::Own(id) => context.framework(id),
        CrosswalkTarget::External(id) => {
            let framework = &context.project.external_frameworks[id];
            let name = framework.pack.as_ref().map_or_else(
                || context.project.name(framework.alias).to_owned(),
                |pack| short_title(&pack.title).to_owned(),
            );
            crate::emit::wording::escape_markdown(name.into()).into_owned()
        }
    }
}
