//! An item cannot be narrower and broader than another at once. What is meant is often `is exactly` or `is close to`.

use rustc_hash::FxHashMap;

use super::crosswalk_duplicate_pair::opposite;
use crate::check::Context;
use crate::check::mappings::{Pair, pairs};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{ItemId, MappingTarget, MappingVerb};

pub static RULE: Rule = Rule {
    name: "crosswalk/both-ways",
    severity: Severity::Error,
    summary: "an item said to be within another and to cover it",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut first: FxHashMap<(ItemId, MappingTarget), (Pair<'_>, MappingVerb)> =
        FxHashMap::default();
    for pair in pairs(project) {
        let (item, target, verb) = match (pair.mapping.target, pair.mapping.verb) {
            // Between frameworks of the project either side may speak: the pair is kept in one direction.
            (MappingTarget::Own(other), MappingVerb::IsWithin) if other < pair.item => {
                (other, MappingTarget::Own(pair.item), MappingVerb::Covers)
            }
            (MappingTarget::Own(other), MappingVerb::Covers) if other < pair.item => {
                (other, MappingTarget::Own(pair.item), MappingVerb::IsWithin)
            }
            (target, verb @ (MappingVerb::IsWithin | MappingVerb::Covers)) => {
                (pair.item, target, verb)
            }
            (_, MappingVerb::IsExactly | MappingVerb::IsCloseTo | MappingVerb::RelatesTo) => {
                continue;
            }
        };
        let (known, known_verb) = *first.entry((item, target)).or_insert((pair, verb));
        if !opposite(known_verb, verb) {
            continue;
        }
        let path = |pair: Pair<'_>| project.name(project.items[pair.item].full_path);
        let message = if known.item == pair.item {
            format!(
                "`{}` both `{}` and `{}` `{}`",
                path(pair),
                known.mapping.verb.word(),
                pair.mapping.verb.word(),
                project.slice(pair.mapping.place)
            )
        } else {
            format!(
                "`{}` `{}` `{}`, and the other way round too",
                path(pair),
                pair.mapping.verb.word(),
                path(known)
            )
        };
        sink.report(&RULE, pair.mapping.verb_place)
            .message(message)
            .label("this contradicts")
            .also(known.mapping.verb_place, "this")
            .help("keep the one that holds; if both seem true, `is close to` may be meant");
    }
}
