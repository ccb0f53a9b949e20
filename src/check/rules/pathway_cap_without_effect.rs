//! A cap that nothing can ever come up to, or that is no lower than the whole sum, caps nothing.

use crate::check::Context;
use crate::check::blocks;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::requirements;
use crate::graph::sums::SumPlan;
use crate::model::{Quantity, Sum, SumPartKind};

pub static RULE: Rule = Rule {
    name: "pathway/cap-without-effect",
    severity: Severity::Warning,
    summary: "a cap in a sum that can never apply",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for block in blocks::blocks(project).filter(|block| !block.incomplete) {
        for (part, sum) in block.sums() {
            if requirements::has_unresolved(part) {
                continue;
            }
            for source in requirements::walk_parts(&sum.parts) {
                let SumPartKind::AtMost { most, parts } = &source.kind else {
                    continue;
                };
                if most.unit != sum.least.unit {
                    continue;
                }
                if most.amount >= sum.least.amount {
                    sink.report(&RULE, most.place)
                        .message(format!(
                            "a cap of {} has no effect on a sum of {}",
                            project.quantity(most),
                            project.quantity(&sum.least)
                        ))
                        .label("no lower than the whole sum")
                        .also(sum.least.place, "the sum")
                        .help("lower the cap, or take it away");
                    continue;
                }
                let capped = Sum {
                    least: Quantity { ..*most },
                    parts: parts.clone(),
                    counted_once: false,
                };
                let excluded = block.excluded(context);
                let plan = SumPlan::new(project, context.graph().sets(), &capped, &excluded);
                let counted = plan.entries.iter().map(|entry| entry.credential);
                let all = plan.most_of_all();
                if all >= most.amount || blocks::uncertain(project, counted) {
                    continue;
                }
                sink.report(&RULE, most.place)
                    .message(format!(
                        "a cap of {} has no effect: what it caps brings in {} at most",
                        project.quantity(most),
                        blocks::amount(project, all, most.unit, most.place)
                    ))
                    .label("never reached")
                    .help("lower the cap, or take it away");
            }
        }
    }
}
