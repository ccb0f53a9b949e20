//! `has no match`, and yet other crosswalks lead from the item to one in that framework over exact matches.

use crate::check::Context;
use crate::check::chains::Kind;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "crosswalk/no-match-but-chained",
    severity: Severity::Warning,
    summary: "an item said to have no match that has one over a chain",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for finding in context.contradictions(Kind::NoMatch) {
        let Some(place) = finding.against else {
            continue;
        };
        let diagnostic = sink.report(&RULE, place);
        diagnostic
            .message(format!("`{}` is said to have no match, and other crosswalks lead to `{}`: {}", finding.ends[0], finding.ends[1], finding.way))
            .label("said to have no match here")
            .help("map it there, or weaken one of the matches on the way");
        for &other in finding.places.iter() {
            diagnostic.also(other, "on the way");
        }
    }
}
