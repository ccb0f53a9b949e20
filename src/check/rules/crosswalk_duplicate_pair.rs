//! The same two items mapped twice: one row is a leftover, and where the verbs differ readers do not know which one holds.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::check::mappings::{Pair, pairs};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{CrosswalkId, ItemId, MappingTarget, MappingVerb, RowKind};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "crosswalk/duplicate-pair",
    severity: Severity::Warning,
    summary: "the same two items mapped twice",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut first: FxHashMap<(ItemId, MappingTarget), Pair<'_>> = FxHashMap::default();
    for pair in pairs(project) {
        let key = (pair.item, pair.mapping.target);
        let Some(known) = first.get(&key) else {
            first.insert(key, pair);
            continue;
        };
        let (one, other) = (known.mapping.verb, pair.mapping.verb);
        if opposite(one, other) {
            continue;
        }
        let path = project.name(project.items[pair.item].full_path);
        let target = project.slice(pair.mapping.place);
        let message = if one == other {
            format!(
                "`{path}` is mapped to `{target}` twice, by `{}`",
                one.word()
            )
        } else {
            format!(
                "`{path}` is mapped to `{target}` twice, by `{}` and by `{}`",
                one.word(),
                other.word()
            )
        };
        sink.report(&RULE, pair.mapping.place)
            .message(message)
            .label("mapped again here")
            .also(known.mapping.place, "first mapped here")
            .help("keep one of the two");
    }
    let mut gaps: FxHashMap<(CrosswalkId, ItemId), Place> = FxHashMap::default();
    for (id, crosswalk) in project.crosswalks.iter() {
        for row in &crosswalk.rows {
            match row.kind {
                RowKind::NoMatch { .. } => {}
                RowKind::Match(_) => continue,
            }
            if let Some(&known) = gaps.get(&(id, row.item)) {
                sink.report(&RULE, row.place)
                    .message(format!(
                        "`{}` is said twice to have no match",
                        project.name(project.items[row.item].full_path)
                    ))
                    .label("said again here")
                    .also(known, "first said here")
                    .help("keep one of the two");
            } else {
                gaps.insert((id, row.item), row.place);
            }
        }
    }
}

/// One verb says narrower, the other broader; another rule speaks of that.
pub(super) const fn opposite(one: MappingVerb, other: MappingVerb) -> bool {
    matches!(
        (one, other),
        (MappingVerb::IsWithin, MappingVerb::Covers) | (MappingVerb::Covers, MappingVerb::IsWithin)
    )
}
