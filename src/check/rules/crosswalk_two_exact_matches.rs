//! `is exactly` carries over: two items that are exactly a third are exactly each other. Within one framework they are not, or
//! there would be one of them.
//!
//! Both directions are looked at. Where the two lie above each other, another rule speaks.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::check::attained::on_one_line;
use crate::check::mappings::{Pair, framework_of, lies_above, pairs};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{CrosswalkTarget, FrameworkId, ItemId, MappingTarget, MappingVerb};

pub static RULE: Rule = Rule {
    name: "crosswalk/two-exact-matches",
    severity: Severity::Warning,
    summary: "an item that is exactly two items of one framework",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut by_item: FxHashMap<(ItemId, CrosswalkTarget), Pair<'_>> = FxHashMap::default();
    let mut by_target: FxHashMap<(MappingTarget, FrameworkId), Pair<'_>> = FxHashMap::default();
    for pair in pairs(project).filter(|pair| pair.mapping.verb == MappingVerb::IsExactly) {
        let target = pair.mapping.target;
        if let Some(framework) = framework_of(project, target) {
            let known = *by_item.entry((pair.item, framework)).or_insert(pair);
            let other = known.mapping.target;
            if other != target
                && !lies_above(project, other, target)
                && !lies_above(project, target, other)
            {
                sink.report(&RULE, pair.mapping.place)
                    .message(format!(
                        "`{}` is exactly `{}` and exactly `{}`, which are two things",
                        project.name(project.items[pair.item].full_path),
                        project.slice(known.mapping.place),
                        project.slice(pair.mapping.place)
                    ))
                    .label("a second exact match")
                    .also(known.mapping.place, "the first")
                    .help("keep `is exactly` for one, and write `is close to` or `covers` for the other");
            }
        }
        let framework = project.items[pair.item].framework;
        let known = *by_target.entry((target, framework)).or_insert(pair);
        if known.item != pair.item && !on_one_line(project, known.item, pair.item) {
            sink.report(&RULE, pair.mapping.place)
                .message(format!(
                    "`{}` and `{}` are both exactly `{}`, so they would be the same",
                    project.name(project.items[known.item].full_path),
                    project.name(project.items[pair.item].full_path),
                    project.slice(pair.mapping.place)
                ))
                .label("a second item with this exact match")
                .also(known.mapping.place, "the first")
                .help("keep `is exactly` for one, and write `is close to` or `is within` for the other");
        }
    }
}
