//! A set that holds itself has no certain members.

use crate::check::circles::{self, Words};
use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::{EdgeKind, Node};

pub static RULE: Rule = Rule {
    name: "graph/set-cycle",
    severity: Severity::Error,
    summary: "sets that hold each other in a circle",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let links = context
        .graph()
        .links_of_kind(|kind| matches!(kind, EdgeKind::Contains | EdgeKind::Excepts))
        .filter(|link| matches!((link.from, link.to), (Node::Set(_), Node::Set(_))));
    let words = Words {
        message: "these sets hold each other",
        help: "name the credentials themselves in one of these",
    };
    circles::report(context, sink, &RULE, links, &words);
}
