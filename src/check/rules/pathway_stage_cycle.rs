//! A stage that needs itself, or stages that need each other, have no order.

use crate::check::circles::{self, Words};
use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::EdgeKind;

pub static RULE: Rule = Rule {
    name: "pathway/stage-cycle",
    severity: Severity::Error,
    summary: "stages that come after each other in a circle, or after themselves",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let links = context
        .graph()
        .links_of_kind(|kind| kind == EdgeKind::After);
    let words = Words {
        message: "these stages wait for each other",
        help: "take one `after` out, so that one stage comes first",
    };
    circles::report(context, sink, &RULE, links, &words);
}
