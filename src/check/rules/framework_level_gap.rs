//! A skill that is assessed at a low and at a high level of its scale, and by no credential in between, is a ladder with a
//! rung missing: learners cannot climb it within the catalogue.
//!
//! Counted are levels at which some credential teaches or assesses the skill; levels of the project's own scales only.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::check::attained::{assessed, some_credential_incomplete};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Attained, ItemId, LevelRef, Project, ScaleId};

pub static RULE: Rule = Rule {
    name: "framework/level-gap",
    severity: Severity::Info,
    summary: "a skill assessed at a low and a high level and never in between",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    if some_credential_incomplete(project) {
        return;
    }
    // The lowest and highest rank of each item; only the few with a distance between them are looked at closely.
    let mut range: Vec<(u32, u32)> = vec![(u32::MAX, 0); project.items.len()];
    for_each_rung(project, &mut |attained, _, rank| {
        if let Some((low, high)) = range.get_mut(attained.item.0 as usize) {
            *low = (*low).min(rank);
            *high = (*high).max(rank);
        }
    });
    if range
        .iter()
        .all(|&(low, high)| high.saturating_sub(low) < 2)
    {
        return;
    }
    type Rungs<'a> = Vec<(u32, &'a Attained)>;
    let mut seen: FxHashMap<(ItemId, ScaleId), Rungs<'_>> = FxHashMap::default();
    for_each_rung(project, &mut |attained, scale, rank| {
        let wide = range
            .get(attained.item.0 as usize)
            .is_some_and(|&(low, high)| high.saturating_sub(low) > 1);
        if wide {
            seen.entry((attained.item, scale))
                .or_default()
                .push((rank, attained));
        }
    });
    let mut found: Vec<_> = seen.into_iter().collect();
    found.sort_unstable_by_key(|&(key, _)| key);
    for ((item, scale), mut rungs) in found {
        rungs.sort_by_key(|&(rank, _)| rank);
        let gap = rungs
            .windows(2)
            .find(|pair| pair[1].0.saturating_sub(pair[0].0) > 1);
        let Some(&[(low, below), (high, above)]) = gap else {
            continue;
        };
        let scale = &project.scales[scale];
        let between: Vec<String> = (low + 1..high)
            .filter_map(|rank| scale.levels.get(rank as usize))
            .map(|&level| format!("`{}`", project.id(&project.levels[level].declared)))
            .collect();
        let item = &project.items[item];
        let level_name = |attained: &Attained| {
            project
                .slice(attained.level_place.unwrap_or(attained.place))
                .to_owned()
        };
        sink.report(&RULE, item.declared.place)
            .message(format!(
                "`{}` is reached at `{}` and at `{}`, never at {}",
                project.name(item.full_path),
                level_name(below),
                level_name(above),
                between.join(", ")
            ))
            .label("a level is missing on the way up")
            .also(below.level_place.unwrap_or(below.place), "the level below")
            .also(above.level_place.unwrap_or(above.place), "the level above")
            .help(format!(
                "offer a credential that assesses it at {}",
                between.join(", ")
            ));
    }
}

/// Calls for everything that a credential teaches or assesses at a level of the project's own.
fn for_each_rung<'a>(project: &'a Project, each: &mut impl FnMut(&'a Attained, ScaleId, u32)) {
    for credential in project.credentials.as_slice() {
        for attained in credential.teaches.iter().chain(assessed(credential)) {
            if let Some(LevelRef::Own(level)) = attained.level {
                let level = &project.levels[level];
                each(attained, level.scale, level.rank);
            }
        }
    }
}
