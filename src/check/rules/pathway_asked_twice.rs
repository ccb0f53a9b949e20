//! What an earlier stage asks for in any case need not be asked for again.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::check::blocks::Order;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::requirements;
use crate::model::CredentialId;
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "pathway/asked-twice",
    severity: Severity::Warning,
    summary: "a stage that asks for what an earlier stage asks for already",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for pathway in project.pathways.as_slice() {
        let Some(order) = Order::new(project, pathway) else {
            continue;
        };
        let mut asked: FxHashMap<CredentialId, Vec<(usize, Place)>> = FxHashMap::default();
        for (position, stage) in order.stages.iter().enumerate() {
            for (id, place) in requirements::mandatory_credentials(project, &stage.asks) {
                asked.entry(id).or_default().push((position, place));
            }
        }
        let mut found: Vec<(Place, Place, usize, CredentialId)> = Vec::new();
        for (&id, stages) in &asked {
            for &(later, place) in stages {
                let earlier = stages.iter().find(|&&(earlier, _)| {
                    order.is_before(earlier, later) && !order.is_before(later, earlier)
                });
                if let Some(&(earlier, first)) = earlier {
                    found.push((place, first, earlier, id));
                }
            }
        }
        found.sort_unstable();
        for (place, first, earlier, id) in found {
            sink.report(&RULE, place)
                .message(format!(
                    "`{}` is asked for already, in the stage `{}`",
                    context.credential_id(id),
                    project.id(&order.stages[earlier].declared)
                ))
                .label("asked for again")
                .also(first, "asked for here")
                .help("leave it out of the later stage");
        }
    }
}
