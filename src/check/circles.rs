//! Reporting a circle of references: the whole path in the message, every step of it marked in the text.

use super::Context;
use crate::diag::{Rule, Sink};
use crate::graph::{EdgeKind, Link, cycles, names};

/// How a circle is put into words.
pub(super) struct Words {
    /// What goes before the path.
    pub message: &'static str,
    pub help: &'static str,
}

/// Reports the shortest circle of each group of references of a kind.
pub(super) fn report(
    context: &Context<'_>,
    sink: &mut Sink,
    rule: &'static Rule,
    links: impl Iterator<Item = Link>,
    words: &Words,
) {
    let name = |node| names::name(context.project, node);
    for circle in cycles::circles_of(links.collect(), context.graph()) {
        let Some((first, others)) = circle.split_first() else {
            continue;
        };
        let mut path = String::new();
        for link in &circle {
            path.push_str(&name(link.from));
            path.push_str(" → ");
        }
        path.push_str(&name(first.from));
        let sentence = |link: &Link| {
            let verb = match link.edge.kind {
                EdgeKind::After => "comes after",
                EdgeKind::ReplacedBy => "is replaced by",
                EdgeKind::Contains => "holds",
                EdgeKind::Excepts => "leaves out",
                kind => kind.words(),
            };
            format!("`{}` {verb} `{}`", name(link.from), name(link.to))
        };
        let finding = sink
            .report(rule, first.edge.place)
            .message(format!("{}: `{path}`", words.message))
            .label(sentence(first));
        for link in others {
            finding.also(link.edge.place, sentence(link));
        }
        finding.help(words.help);
    }
}
