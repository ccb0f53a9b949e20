//! A whole and its part cannot both be exactly the same thing, and a part cannot be exactly something that lies above what its
//! whole is exactly.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::check::attained::on_one_line;
use crate::check::mappings::{Pair, framework_of, lies_above, pairs};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{CrosswalkTarget, FrameworkId, ItemId, MappingTarget, MappingVerb, Project};

pub static RULE: Rule = Rule {
    name: "crosswalk/exact-across-parent-child",
    severity: Severity::Warning,
    summary: "exact matches that put a whole and its part on one level, or upside down",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut by_item: FxHashMap<(ItemId, CrosswalkTarget), Pair<'_>> = FxHashMap::default();
    let mut by_target: FxHashMap<(MappingTarget, FrameworkId), Pair<'_>> = FxHashMap::default();
    let exact = || pairs(project).filter(|pair| pair.mapping.verb == MappingVerb::IsExactly);
    for pair in exact() {
        let target = pair.mapping.target;
        if let Some(framework) = framework_of(project, target) {
            let known = *by_item.entry((pair.item, framework)).or_insert(pair);
            let other = known.mapping.target;
            if lies_above(project, other, target) || lies_above(project, target, other) {
                sink.report(&RULE, pair.mapping.place)
                    .message(format!(
                        "`{}` is exactly `{}` and exactly `{}`, and one is a part of the other",
                        project.name(project.items[pair.item].full_path),
                        project.slice(known.mapping.place),
                        project.slice(pair.mapping.place)
                    ))
                    .label("an exact match")
                    .also(known.mapping.place, "the other")
                    .help(
                        "write `is within` for the larger of the two, or `covers` for the smaller",
                    );
            }
        }
        let framework = project.items[pair.item].framework;
        let known = *by_target.entry((target, framework)).or_insert(pair);
        if known.item != pair.item && on_one_line(project, known.item, pair.item) {
            sink.report(&RULE, pair.mapping.place)
                .message(format!(
                    "`{}` and `{}` are both exactly `{}`, and one is a part of the other",
                    project.name(project.items[known.item].full_path),
                    project.name(project.items[pair.item].full_path),
                    project.slice(pair.mapping.place)
                ))
                .label("an exact match")
                .also(known.mapping.place, "the other")
                .help("write `is within` for the part");
        }
    }
    // Upside down: the whole matches below what the part matches.
    for pair in exact() {
        let Some(framework) = framework_of(project, pair.mapping.target) else {
            continue;
        };
        let Some(above) = nearest_above(project, &by_item, pair.item, framework) else {
            continue;
        };
        if lies_above(project, pair.mapping.target, above.mapping.target) {
            sink.report(&RULE, pair.mapping.place)
                .message(format!(
                    "`{}` is a part of `{}`, and `{}` lies above `{}`",
                    project.name(project.items[pair.item].full_path),
                    project.name(project.items[above.item].full_path),
                    project.slice(pair.mapping.place),
                    project.slice(above.mapping.place)
                ))
                .label("the match of the part lies higher")
                .also(above.mapping.place, "the match of the whole")
                .help("write `is within` for the part, or `covers` for the whole");
        }
    }
}

/// The nearest item above that has an exact match in the same framework.
fn nearest_above<'a>(
    project: &Project,
    by_item: &FxHashMap<(ItemId, CrosswalkTarget), Pair<'a>>,
    item: ItemId,
    framework: CrosswalkTarget,
) -> Option<Pair<'a>> {
    let mut next = project.items[item].parent;
    while let Some(above) = next {
        if let Some(&pair) = by_item.get(&(above, framework)) {
            return Some(pair);
        }
        next = project.items[above].parent;
    }
    None
}
