//! What has changed in frameworks, their items, scales and levels.

use super::comparison::{Comparison, Subject};
use super::rules;
use super::values::{difference, external, listed, named};
use super::{Thing, Which};
use crate::model::{
    BuildsOn, FrameworkId, Item, ItemId, LevelId, Mapping, Project, ScaleId, Status, address,
};

/// Compares all frameworks and scales.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let matched = comparison.matched;
    comparison.declared_comings_and_goings(Thing::Framework, &matched.frameworks, |project, id| {
        &project.frameworks[id].declared
    });
    for (old, new) in matched.frameworks.both() {
        framework(comparison, old, new);
    }
    items(comparison);
    scales(comparison);
}

fn framework(comparison: &mut Comparison<'_>, old_id: FrameworkId, new_id: FrameworkId) {
    let old = &comparison.old.frameworks[old_id];
    let new = &comparison.new.frameworks[new_id];
    let id = comparison.new.id(&new.declared).to_owned();
    let subject = comparison.pair(Thing::Framework, id, (&old.declared, &new.declared));
    let page = |project: &Project, id| {
        address::framework_page(project, id, project.main_language()).address
    };
    let (before, after) = (page(comparison.old, old_id), page(comparison.new, new_id));
    if comparison.is_readdressed(&before, &after) {
        let message = format!("address changed from <{before}> to <{after}>");
        comparison.change(&subject, &rules::ADDRESS, message);
    }
    let scale = old
        .scale
        .and_then(|scale| comparison.matched.scales.new_one(scale));
    if scale != new.scale || old.scale.is_some() != new.scale.is_some() {
        let message = "its levels are those of another scale";
        comparison.change(&subject, &rules::LEVELS_REORDERED, message);
    }
    let mut details = Vec::new();
    if !comparison.same_text_value(old.version, new.version) {
        details.push("version");
    }
    if !comparison.same_text_value(old.code, new.code) {
        details.push("code");
    }
    let licence = |licence: &Option<crate::model::Licence>| licence.map(|licence| licence.iri);
    if !comparison.same_text_value(licence(&old.licence), licence(&new.licence)) {
        details.push("licence");
    }
    let issuer = old
        .issuer
        .and_then(|issuer| comparison.matched.issuers.new_one(issuer));
    if issuer != new.issuer {
        details.push("publisher");
    }
    if !details.is_empty() {
        let message = format!("{} changed", listed(&details));
        comparison.change(&subject, &rules::DETAILS, message);
    }
    if old.status != new.status || old.replaced_by.is_some() != new.replaced_by.is_some() {
        let message = format!("{} instead of {}", new.status.word(), old.status.word());
        comparison.change(&subject, &rules::REPLACED, message);
    }
    let same = comparison.same_prose(Some(&old.declared.name), Some(&new.declared.name))
        && comparison.same_prose(old.declared.about.as_ref(), new.declared.about.as_ref())
        && comparison.same_proses(&old.tags, &new.tags);
    if !same {
        comparison.change(
            &subject,
            &rules::REWORDED,
            "name, description or tags reworded",
        );
    }
}

fn items(comparison: &mut Comparison<'_>) {
    let matched = comparison.matched;
    // Items of frameworks that come or go as a whole are not said one by one.
    for id in matched.items.added() {
        let item = &comparison.new.items[id];
        if matched.frameworks.old(item.framework).is_none() {
            continue;
        }
        let path = comparison.item(Which::New, id).to_owned();
        let subject = comparison.subject(Which::New, Thing::Item, path, &item.declared);
        comparison.unmatched(Which::New, &subject, item.kind.word());
    }
    for id in matched.items.removed() {
        let item = &comparison.old.items[id];
        if matched.frameworks.new_one(item.framework).is_none() {
            continue;
        }
        let path = comparison.item(Which::Old, id).to_owned();
        let subject = comparison.subject(Which::Old, Thing::Item, path, &item.declared);
        comparison.unmatched(Which::Old, &subject, item.kind.word());
    }
    for (old, new) in matched.items.both() {
        item(comparison, old, new);
    }
}

fn item(comparison: &mut Comparison<'_>, old_id: ItemId, new_id: ItemId) {
    let old = &comparison.old.items[old_id];
    let new = &comparison.new.items[new_id];
    let before = comparison.old.name(old.full_path);
    let after = comparison.new.name(new.full_path);
    if before == after
        && comparison.same_text(&old.declared, &new.declared)
        && comparison.old.settings.base == comparison.new.settings.base
        && !has_former(comparison, old_id, new_id)
    {
        return;
    }
    let path = after.to_owned();
    let subject = comparison.pair(Thing::Item, path, (&old.declared, &new.declared));
    place(comparison, &subject, old_id, new_id);
    let same_head = old.children.is_empty()
        && new.children.is_empty()
        && comparison.same_text(&old.declared, &new.declared);
    if !same_head {
        contents(comparison, &subject, old, new);
    }
}

/// Whether something along the path has former ids, so that the address has to be looked at.
fn has_former(comparison: &Comparison<'_>, old: ItemId, new: ItemId) -> bool {
    let any = |project: &Project, id: ItemId| {
        let framework = &project.frameworks[project.items[id].framework];
        let mut next = Some(id);
        while let Some(id) = next {
            let item = &project.items[id];
            if !item.declared.formerly.is_empty() {
                return true;
            }
            next = item.parent;
        }
        !framework.declared.formerly.is_empty() || framework.declared.iri.is_some()
    };
    any(comparison.old, old) || any(comparison.new, new)
}

fn place(comparison: &mut Comparison<'_>, subject: &Subject, old_id: ItemId, new_id: ItemId) {
    let old = &comparison.old.items[old_id];
    let new = &comparison.new.items[new_id];
    let (before, after) = (
        comparison.old.id(&old.declared),
        comparison.new.id(&new.declared),
    );
    if before != after {
        let message = format!("renamed from `{before}` to `{after}`; its address stays");
        comparison.change(subject, &rules::RENAMED, message);
    }
    let parent = old
        .parent
        .map(|parent| comparison.matched.items.new_one(parent));
    let moved = match (parent, new.parent) {
        (None, None) => false,
        (Some(Some(one)), Some(other)) => one != other,
        (Some(None), _) | (Some(Some(_)), None) | (None, Some(_)) => true,
    };
    if moved {
        let message = format!(
            "moved from `{}` to `{}`",
            comparison.old.name(old.full_path),
            comparison.new.name(new.full_path)
        );
        comparison.change(subject, &rules::MOVED, message);
    }
    let old_address = address::item_address(comparison.old, old_id);
    let new_address = address::item_address(comparison.new, new_id);
    // Said once for the framework where its page moved as a whole.
    let page = |project: &Project, item: &Item| {
        address::framework_page(project, item.framework, project.main_language()).address
    };
    let (old_page, new_page) = (page(comparison.old, old), page(comparison.new, new));
    if comparison.is_readdressed(&old_address, &new_address)
        && (!comparison.is_readdressed(&old_page, &new_page)
            || old.declared.iri.is_some()
            || new.declared.iri.is_some())
    {
        let message = format!("address changed from <{old_address}> to <{new_address}>");
        comparison.change(subject, &rules::ADDRESS, message);
    }
}

fn contents(comparison: &mut Comparison<'_>, subject: &Subject, old: &Item, new: &Item) {
    if old.kind != new.kind {
        let message = format!("a {} instead of a {}", new.kind.word(), old.kind.word());
        comparison.change(subject, &rules::KIND, message);
    }
    let mut reworded = Vec::new();
    if !comparison.same_prose(Some(&old.declared.name), Some(&new.declared.name)) {
        reworded.push("name");
    }
    if !comparison.same_prose(old.declared.about.as_ref(), new.declared.about.as_ref()) {
        reworded.push("description");
    }
    if !comparison.same_proses(&old.tags, &new.tags) {
        reworded.push("tags");
    }
    if !reworded.is_empty() {
        let message = format!("{} reworded", listed(&reworded));
        comparison.change(subject, &rules::REWORDED, message);
    }
    let same_statements = old.statements.len() == new.statements.len()
        && old
            .statements
            .iter()
            .zip(&new.statements)
            .all(|(old, new)| {
                old.verb == new.verb && comparison.same_prose(Some(&old.prose), Some(&new.prose))
            });
    if !same_statements {
        let message = "what it says that someone can do has changed";
        comparison.change(subject, &rules::STATEMENT, message);
    }
    let mut details = Vec::new();
    if !comparison.same_text_value(old.code, new.code) {
        details.push("code");
    }
    let builds_on = |which: Which, item: &Item| -> Vec<String> {
        let project = comparison.project(which);
        let builds_on = item.builds_on.iter();
        builds_on
            .map(|(on, _)| match on {
                BuildsOn::Item(id) => comparison.item(which, *id).to_owned(),
                BuildsOn::Outside(prose) => project.prose(prose).into_owned(),
            })
            .collect()
    };
    let (gone, come) = difference(builds_on(Which::Old, old), builds_on(Which::New, new));
    if !(gone.is_empty() && come.is_empty()) {
        details.push("what it builds on");
    }
    if !details.is_empty() {
        let message = format!("{} changed", listed(&details));
        comparison.change(subject, &rules::DETAILS, message);
    }
    let next = |which: Which, item: &Item| {
        let (next, _) = item.replaced_by?;
        Some(comparison.item(which, next).to_owned())
    };
    if old.status != new.status || next(Which::Old, old) != next(Which::New, new) {
        let message = match (new.status, next(Which::New, new)) {
            (Status::Active | Status::Draft | Status::Deprecated, Some(next)) => {
                format!("replaced by `{next}`")
            }
            (status, None) => format!("{} instead of {}", status.word(), old.status.word()),
        };
        comparison.change(subject, &rules::REPLACED, message);
    }
    mappings(comparison, subject, &old.mappings, &new.mappings);
}

/// Compares what a thing is mapped to.
pub(super) fn mappings(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &[Mapping],
    new: &[Mapping],
) {
    let table = |which: Which, mappings: &[Mapping]| {
        let mut table: std::collections::BTreeMap<String, &'static str> =
            std::collections::BTreeMap::new();
        for mapping in mappings {
            let target = comparison.mapping_target(which, mapping.target);
            table.insert(target, mapping.verb.word());
        }
        table
    };
    let (before, after) = (table(Which::Old, old), table(Which::New, new));
    for (target, verb) in &after {
        match before.get(target) {
            Some(was) if was == verb => {}
            Some(was) => {
                let message = format!("{verb} `{target}` (was: {was})");
                comparison.change(subject, &rules::MAPPING_CHANGED, message);
            }
            None => {
                let message = format!("{verb} `{target}`");
                comparison.change(subject, &rules::MAPPING_ADDED, message);
            }
        }
    }
    for (target, verb) in before
        .iter()
        .filter(|(target, _)| !after.contains_key(*target))
    {
        let message = format!("no longer {verb} `{target}`");
        comparison.change(subject, &rules::MAPPING_REMOVED, message);
    }
}

fn scales(comparison: &mut Comparison<'_>) {
    let matched = comparison.matched;
    comparison.declared_comings_and_goings(Thing::Scale, &matched.scales, |project, id| {
        &project.scales[id].declared
    });
    for (old, new) in matched.scales.both() {
        scale(comparison, old, new);
    }
}

fn scale(comparison: &mut Comparison<'_>, old_id: ScaleId, new_id: ScaleId) {
    let old = &comparison.old.scales[old_id];
    let new = &comparison.new.scales[new_id];
    if comparison.same_text(&old.declared, &new.declared) {
        return;
    }
    let id = comparison.new.id(&new.declared).to_owned();
    let subject = comparison.pair(Thing::Scale, id, (&old.declared, &new.declared));
    let matched = comparison.matched;
    // The levels that both have must stand in the same order.
    let kept: Vec<LevelId> = old
        .levels
        .iter()
        .filter_map(|&level| matched.levels.new_one(level))
        .collect();
    if !kept.is_sorted_by_key(|&level| comparison.new.levels[level].rank) {
        let message = "its levels stand in another order";
        comparison.change(&subject, &rules::LEVELS_REORDERED, message);
    }
    for &level in &new.levels {
        let declared = &comparison.new.levels[level];
        let name = comparison.new.id(&declared.declared).to_owned();
        match matched.levels.old(level) {
            None => {
                let message = format!("new level `{name}`");
                comparison.change(&subject, &rules::ADDED, message);
            }
            Some(before) => {
                let before = &comparison.old.levels[before];
                let was = comparison.old.id(&before.declared);
                if was != name {
                    let message = format!("level `{was}` is `{name}` now");
                    comparison.change(&subject, &rules::RENAMED, message);
                }
                let public = |project: &Project, level: &crate::model::Level| -> Vec<String> {
                    let matches = level.matches.iter();
                    matches.map(|&(id, _)| external(project, id)).collect()
                };
                let (gone, come) = difference(
                    public(comparison.old, before),
                    public(comparison.new, declared),
                );
                if !gone.is_empty() {
                    let instead = if come.is_empty() {
                        String::new()
                    } else {
                        format!(", but {}", named(&come))
                    };
                    let message =
                        format!("level `{name}` no longer matches {}{instead}", named(&gone));
                    comparison.change(&subject, &rules::LEVELS_REORDERED, message);
                } else if !come.is_empty() {
                    let message = format!("level `{name}` matches {}", named(&come));
                    comparison.change(&subject, &rules::MAPPING_ADDED, message);
                }
                let same = comparison
                    .same_prose(Some(&before.declared.name), Some(&declared.declared.name))
                    && comparison.same_prose(
                        before.declared.about.as_ref(),
                        declared.declared.about.as_ref(),
                    );
                if !same {
                    let message = format!("level `{name}` reworded");
                    comparison.change(&subject, &rules::REWORDED, message);
                }
            }
        }
    }
    for &level in old
        .levels
        .iter()
        .filter(|&&level| matched.levels.new_one(level).is_none())
    {
        let name = comparison.old.id(&comparison.old.levels[level].declared);
        let message = format!("level `{name}` removed");
        comparison.change(&subject, &rules::REMOVED, message);
    }
    let same = comparison.same_prose(Some(&old.declared.name), Some(&new.declared.name))
        && comparison.same_prose(old.declared.about.as_ref(), new.declared.about.as_ref());
    if !same {
        comparison.change(&subject, &rules::REWORDED, "name or description reworded");
    }
}
