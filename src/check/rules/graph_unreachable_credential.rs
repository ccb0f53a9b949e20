//! What asks for a skill that nobody assesses cannot be earned. Only this cause is reported here: circles, choices among too
//! few and credit that does not suffice have rules of their own, and what follows from any of them is not said again.

use crate::check::Context;
use crate::check::blocks::Skills;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::{EdgeKind, Node};

pub static RULE: Rule = Rule {
    name: "graph/unreachable-credential",
    severity: Severity::Error,
    summary: "a credential that asks for a skill which no credential assesses",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let skills = Skills::new(context);
    for (id, credential) in context.project.credentials.iter() {
        let asked = [
            &credential.requires,
            &credential.stacks,
            &credential.alongside,
        ];
        let Some(missing) = skills.missing(asked.into_iter().flatten()) else {
            continue;
        };
        let granted = context
            .graph()
            .links_to(Node::Credential(id))
            .any(|link| link.edge.kind == EdgeKind::Grants);
        if granted {
            continue;
        }
        sink.report(&RULE, missing.place)
            .message(format!(
                "`{}` can never be earned: no credential assesses {}",
                context.credential_id(id),
                skills.name(&missing)
            ))
            .label("no one can show this")
            .help("assess this skill in a credential at that level, or ask for something else here");
    }
}
