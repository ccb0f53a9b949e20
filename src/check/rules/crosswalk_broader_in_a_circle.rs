//! Of two things one is the broader one. Where crosswalks lead from narrower to broader and arrive where they started, one of them is
//! the wrong way round.

use crate::check::Context;
use crate::check::chains::Kind;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "crosswalk/broader-in-a-circle",
    severity: Severity::Error,
    summary: "mappings from narrower to broader that lead back to where they start",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for finding in context.contradictions(Kind::Circle) {
        let Some(place) = finding.places.first().copied() else {
            continue;
        };
        let diagnostic = sink.report(&RULE, place);
        diagnostic
            .message(format!("each is within the next, and the last is the first: {}", finding.way))
            .label("a mapping on the way round")
            .help("turn one of them round: `is within` says that ours is the narrower one");
        for &other in finding.places.iter().skip(1) {
            diagnostic.also(other, "on the way");
        }
    }
}
