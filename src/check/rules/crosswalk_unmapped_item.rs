//! A crosswalk that passes over an item does not say whether there is no match or nobody looked. `has no match` says it.
//!
//! One finding for each crosswalk, with the first items named.

use crate::check::{Context, coverage};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{CrosswalkTarget, Project};

pub static RULE: Rule = Rule {
    name: "crosswalk/unmapped-item",
    severity: Severity::Warning,
    summary: "items that a crosswalk neither maps nor marks `has no match`",
};

/// How many items are named and pointed at.
const SHOWN: usize = 5;

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let all = coverage::of_all(project);
    for ((_, crosswalk), coverage) in project.crosswalks.iter().zip(all) {
        if coverage.open.is_empty()
            || crosswalk.declared.incomplete
            || crosswalk.states_nothing_yet()
            || !is_at_hand(project, crosswalk.to)
        {
            continue;
        }
        let target = project.slice(crosswalk.to_place);
        let paths: Vec<&str> = coverage
            .open
            .iter()
            .take(SHOWN)
            .map(|&id| project.name(project.items[id].path))
            .collect();
        let more = coverage.open.len() - paths.len();
        let mut list = paths
            .iter()
            .map(|path| format!("`{path}`"))
            .collect::<Vec<_>>()
            .join(", ");
        if more > 0 {
            list.push_str(&format!(" and {more} more"));
        }
        let (is, marked) = if coverage.open.len() == 1 {
            ("is", "item is")
        } else {
            ("are", "items are")
        };
        let diagnostic = sink.report(&RULE, crosswalk.from_place);
        diagnostic
            .message(format!(
                "{} {marked} neither mapped to `{target}` nor marked: {list}",
                coverage.open.len()
            ))
            .label(format!(
                "{} of {} {is} open",
                coverage.open.len(),
                coverage.total()
            ))
            .help("map each of them, or write `has no match` where there is none");
        for &id in coverage.open.iter().take(SHOWN) {
            diagnostic.also(project.items[id].declared.place, "not in the crosswalk");
        }
    }
}

/// Whether the other framework could be read; where not, that has been reported, and nothing could be mapped to it.
fn is_at_hand(project: &Project, target: CrosswalkTarget) -> bool {
    match target {
        CrosswalkTarget::External(id) => project.external_frameworks[id].pack.is_some(),
        CrosswalkTarget::Own(_) => true,
    }
}
