//! `has no match` beside a mapping of the same item into the same framework: one of the two is out of date.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::check::mappings::framework_of;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{CrosswalkTarget, ItemId, RowKind};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "crosswalk/no-match-but-mapped",
    severity: Severity::Error,
    summary: "an item said to have no match that is mapped",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut gaps: FxHashMap<(ItemId, CrosswalkTarget), Place> = FxHashMap::default();
    for crosswalk in project.crosswalks.as_slice() {
        for row in &crosswalk.rows {
            match row.kind {
                RowKind::NoMatch { .. } => {
                    gaps.entry((row.item, crosswalk.to)).or_insert(row.place);
                }
                RowKind::Match(_) => {}
            }
        }
    }
    if gaps.is_empty() {
        return;
    }
    for pair in crate::check::mappings::pairs(project) {
        let framework = framework_of(project, pair.mapping.target);
        // A gap is filled once; the first mapping is pointed at.
        let gap = framework.and_then(|framework| gaps.remove(&(pair.item, framework)));
        let Some(gap) = gap else {
            continue;
        };
        sink.report(&RULE, gap)
            .message(format!(
                "`{}` is said to have no match and is mapped to `{}`",
                project.name(project.items[pair.item].full_path),
                project.slice(pair.mapping.place)
            ))
            .label("no match, it says here")
            .also(pair.mapping.place, "mapped here")
            .help("remove the one that no longer holds");
    }
}
