//! Prerequisites that wait for each other: nobody can ever earn the first of them.
//!
//! Only real deadlocks are reported: a circle with another way in is fine (see [`crate::graph::locks`]).

use crate::check::Context;
use crate::check::needs;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "graph/prerequisite-cycle",
    severity: Severity::Error,
    summary: "credentials that each need the other first, so that none can be earned",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for circle in &context.graph().locks(context.project).circles {
        let Some((first, others)) = circle.split_first() else {
            continue;
        };
        let mut path = String::new();
        for need in circle {
            path.push_str(context.credential_id(need.from));
            path.push_str(" → ");
        }
        path.push_str(context.credential_id(first.from));
        let finding = sink
            .report(&RULE, first.place)
            .message(format!("these prerequisites wait for each other: `{path}`"))
            .label(needs::sentence(context, first));
        for need in others {
            finding.also(need.place, needs::sentence(context, need));
        }
        finding.help("take one of these out, or give it another way in with `any { … }`");
    }
}
