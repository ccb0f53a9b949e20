//! Learning has a beginning: items that build on each other in a circle have none.

use crate::check::circles::{self, Words};
use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::EdgeKind;

pub static RULE: Rule = Rule {
    name: "graph/skill-cycle",
    severity: Severity::Error,
    summary: "items that build on each other in a circle",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let links = context
        .graph()
        .links_of_kind(|kind| kind == EdgeKind::BuildsOn);
    let words = Words {
        message: "these build on each other",
        help: "take one of these out: what comes first cannot build on what comes later",
    };
    circles::report(context, sink, &RULE, links, &words);
}
