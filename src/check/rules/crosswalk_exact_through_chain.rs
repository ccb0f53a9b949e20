//! `is exactly` carries over from crosswalk to crosswalk. Where the chain ends in the framework where it began, at another item, two items of
//! one framework would be the same.

use crate::check::Context;
use crate::check::chains::Kind;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "crosswalk/exact-through-chain",
    severity: Severity::Warning,
    summary: "two items of one framework that are exactly the same over a chain",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for finding in context.contradictions(Kind::SameFramework) {
        let Some(place) = finding.places.first().copied() else {
            continue;
        };
        let diagnostic = sink.report(&RULE, place);
        diagnostic
            .message(format!("`{}` and `{}` are two items of one framework, and exactly the same: {}", finding.ends[0], finding.ends[1], finding.way))
            .label("an exact match on the way")
            .help("keep `is exactly` where it holds, and write `is close to` for the weakest match on the way");
        for &other in finding.places.iter().skip(1) {
            diagnostic.also(other, "on the way");
        }
    }
}
