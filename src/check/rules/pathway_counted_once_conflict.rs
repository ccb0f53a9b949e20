//! Sums of one block that may not share credentials, and that can only be reached by sharing them.

use crate::check::Context;
use crate::check::blocks::{self, Block};
use crate::diag::{Rule, Severity, Sink};
use crate::graph::requirements;
use crate::graph::sums::{self, SumPlan};
use crate::model::{Requirement, RequirementKind, Sum};

pub static RULE: Rule = Rule {
    name: "pathway/counted-once-conflict",
    severity: Severity::Error,
    summary: "sums that are counted once and can only be reached by counting a credential twice",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for block in blocks::blocks(context.project).filter(|block| !block.incomplete) {
        side_by_side(context, &block, block.of, sink);
        for part in block.walk() {
            if let RequirementKind::All(of) = &part.kind {
                side_by_side(context, &block, of, sink);
            }
        }
    }
}

fn side_by_side(context: &Context<'_>, block: &Block<'_>, of: &[Requirement], sink: &mut Sink) {
    let project = context.project;
    let once: Vec<(&Requirement, &Sum)> = of
        .iter()
        .filter_map(|part| match &part.kind {
            RequirementKind::Sum(sum) if sum.counted_once => Some((part, sum)),
            _ => None,
        })
        .collect();
    let Some(((_, first), others)) = once.split_first() else {
        return;
    };
    let comparable = others.iter().all(|(_, sum)| sum.least.unit == first.least.unit);
    let unresolved = once.iter().any(|(part, _)| requirements::has_unresolved(part));
    if others.is_empty() || !comparable || unresolved {
        return;
    }
    let excluded = block.excluded(context);
    let plans: Vec<SumPlan> = once
        .iter()
        .map(|(_, sum)| SumPlan::new(project, context.graph().sets(), sum, &excluded))
        .collect();
    let counted = plans.iter().flat_map(|plan| plan.entries.iter().map(|entry| entry.credential));
    // A sum that is out of reach by itself has been reported.
    let alone = plans.iter().all(|plan| plan.most_of_all() >= plan.least);
    let plans: Vec<&SumPlan> = plans.iter().collect();
    if !alone || blocks::uncertain(project, counted) || sums::together(&plans, &|_| true) {
        return;
    }
    let finding = sink
        .report(&RULE, first.least.place)
        .message("these sums can only be reached together by counting a credential in more than one of them")
        .label("counted once");
    for (_, sum) in others {
        finding.also(sum.least.place, "counted once, too");
    }
    finding.help("ask for less, count more credentials, or take `counted once` away");
}
