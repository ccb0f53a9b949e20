//! What is exactly the same over a chain of exact matches cannot be broader or narrower as well.

use crate::check::Context;
use crate::check::chains::Kind;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "crosswalk/exact-and-broader",
    severity: Severity::Error,
    summary: "two items that are the same over a chain, and one of them is said to be broader",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for finding in context.contradictions(Kind::ExactAndBroader) {
        let Some(place) = finding.against else {
            continue;
        };
        let diagnostic = sink.report(&RULE, place);
        diagnostic
            .message(format!("`{}` and `{}` are exactly the same ({}), and one is said to be broader", finding.ends[0], finding.ends[1], finding.way))
            .label("said to be broader or narrower here")
            .help("write `is exactly` here, or weaken one of the matches on the way");
        for &other in finding.places.iter() {
            diagnostic.also(other, "on the way");
        }
    }
}
