//! A skill that is assessed at a low and at a high level of its scale, and by no credential in between, is a ladder with a
//! rung missing: learners cannot climb it within the catalogue.
//!
//! Counted are levels at which some credential teaches or assesses the skill; levels of the project's own scales only.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::check::attained::{assessed, some_credential_incomplete};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Attained, ItemId, LevelRef, ScaleId};

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
    type Rungs<'a> = Vec<(u32, &'a Attained)>;
    let mut seen: FxHashMap<(ItemId, ScaleId), Rungs<'_>> = FxHashMap::default();
    for credential in project.credentials.as_slice() {
        for attained in credential.teaches.iter().chain(assessed(credential)) {
            if let Some(LevelRef::Own(level)) = attained.level {
                let level = &project.levels[level];
                seen.entry((attained.item, level.scale))
                    .or_default()
                    .push((level.rank, attained));
            }
        }
    }
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
