//! An item cannot be narrower and broader than another at once. What is meant is often `is exactly` or `is close to`.

use rustc_hash::FxHashMap;

use super::crosswalk_duplicate_pair::opposite;
use crate::check::Context;
use crate::check::mappings::{Pair, pairs};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{ItemId, MappingTarget};

pub static RULE: Rule = Rule {
    name: "crosswalk/both-ways",
    severity: Severity::Error,
    summary: "an item said to be within another and to cover it",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut first: FxHashMap<(ItemId, MappingTarget), Pair<'_>> = FxHashMap::default();
    for pair in pairs(project) {
        let known = *first
            .entry((pair.item, pair.mapping.target))
            .or_insert(pair);
        if !opposite(known.mapping.verb, pair.mapping.verb) {
            continue;
        }
        sink.report(&RULE, pair.mapping.verb_place)
            .message(format!(
                "`{}` both `{}` and `{}` `{}`",
                project.name(project.items[pair.item].full_path),
                known.mapping.verb.word(),
                pair.mapping.verb.word(),
                project.slice(pair.mapping.place)
            ))
            .label("this contradicts")
            .also(known.mapping.verb_place, "this")
            .help("keep the one that holds; if both seem true, `is close to` may be meant");
    }
}
