//! Who follows `replaced by` must arrive somewhere.

use crate::check::circles::{self, Words};
use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::EdgeKind;

pub static RULE: Rule = Rule {
    name: "graph/replacement-cycle",
    severity: Severity::Error,
    summary: "things that replace each other in a circle",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let links = context
        .graph()
        .links_of_kind(|kind| kind == EdgeKind::ReplacedBy);
    let words = Words {
        message: "these replace each other",
        help: "let the one that is still awarded stand, without `replaced by` and `status deprecated`",
    };
    circles::report(context, sink, &RULE, links, &words);
}
