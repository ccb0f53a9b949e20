//! A stage that cannot be finished before a later one has begun: something in it requires what only a later stage asks for.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::Context;
use crate::check::blocks::Order;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::requirements::{self, Mention};
use crate::model::{CredentialId, Pathway};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "pathway/stage-out-of-order",
    severity: Severity::Warning,
    summary: "a stage with a credential whose prerequisite comes in a later stage only",
};

/// How many credentials the search for prerequisites goes through.
const SEARCHED: usize = 1000;

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for pathway in context.project.pathways.as_slice() {
        if pathway.stages.len() > 1
            && let Some(order) = Order::new(context.project, pathway)
        {
            one(context, pathway, &order, sink);
        }
    }
}

fn one(context: &Context<'_>, pathway: &Pathway, order: &Order<'_>, sink: &mut Sink) {
    let project = context.project;
    // Where each credential is named, in any stage, whether it must be held or may be.
    let mut named: FxHashMap<CredentialId, Vec<(usize, Place)>> = FxHashMap::default();
    for (position, stage) in order.stages.iter().enumerate() {
        for (mention, place) in stage.asks.iter().flat_map(requirements::mentions) {
            let credentials = match mention {
                Mention::Credential(id) => vec![id],
                Mention::Set(set) => context.graph().sets().members(project, set),
                Mention::Skill { .. } => Vec::new(),
            };
            for id in credentials {
                named.entry(id).or_default().push((position, place));
            }
        }
    }
    for (position, stage) in order.stages.iter().enumerate() {
        if stage.declared.incomplete || pathway.declared.incomplete {
            continue;
        }
        for (id, place) in requirements::mandatory_credentials(project, &stage.asks) {
            let late = prerequisites(context, id).into_iter().find_map(|needed| {
                let places = named.get(&needed)?;
                let all_later = places
                    .iter()
                    .all(|&(other, _)| order.is_before(position, other) && !order.is_before(other, position));
                let &(later, place) = places.first()?;
                all_later.then_some((needed, later, place))
            });
            let Some((needed, later, later_place)) = late else {
                continue;
            };
            sink.report(&RULE, place)
                .message(format!(
                    "`{}` requires `{}`, which comes later, in the stage `{}`",
                    context.credential_id(id),
                    context.credential_id(needed),
                    project.id(&order.stages[later].declared)
                ))
                .label("cannot be earned yet")
                .also(later_place, "comes only here")
                .help("move one of the two to another stage, or change the order of the stages");
        }
    }
}

/// What a credential requires in any case, directly and through what it requires.
fn prerequisites(context: &Context<'_>, id: CredentialId) -> Vec<CredentialId> {
    let mut seen = FxHashSet::from_iter([id]);
    let mut found = Vec::new();
    let mut stack = vec![id];
    while let Some(next) = stack.pop() {
        if found.len() > SEARCHED {
            break;
        }
        let credential = &context.project.credentials[next];
        for (needed, _) in requirements::mandatory_credentials(context.project, &credential.requires) {
            if seen.insert(needed) {
                found.push(needed);
                stack.push(needed);
            }
        }
    }
    found
}
