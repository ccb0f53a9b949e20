//! Credit that is asked for and that what is named cannot bring in, whatever is held.

use crate::check::Context;
use crate::check::blocks;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::requirements;
use crate::graph::sums::SumPlan;
use crate::model::{Amount, CredentialId, Unit};

pub static RULE: Rule = Rule {
    name: "pathway/threshold-out-of-reach",
    severity: Severity::Error,
    summary: "a sum of credit or hours that what it counts cannot reach",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for block in blocks::blocks(project).filter(|block| !block.incomplete) {
        for (part, sum) in block.sums() {
            if requirements::has_unresolved(part) {
                continue;
            }
            let excluded = block.excluded(context);
            let plan = SumPlan::new(project, context.graph().sets(), sum, &excluded);
            let most = plan.most_of_all();
            let counted = || plan.entries.iter().map(|entry| entry.credential);
            if most >= sum.least.amount || blocks::uncertain(project, counted()) {
                continue;
            }
            let unit = sum.least.unit;
            let reached = blocks::amount(project, most, unit, part.place);
            let finding = sink
                .report(&RULE, sum.least.place)
                .message(format!(
                    "{} can never add up: what is counted here brings in {reached} at most",
                    project.quantity(&sum.least)
                ))
                .label(format!("at most {reached}"));
            let silent: Vec<CredentialId> = plan
                .entries
                .iter()
                .filter(|entry| entry.value == Amount::ZERO)
                .map(|entry| entry.credential)
                .collect();
            if silent.is_empty() {
                finding.help("ask for less, or count more credentials");
            } else {
                let word = if matches!(unit, Unit::Credit(_)) {
                    "credit"
                } else {
                    "workload"
                };
                finding.help(format!(
                    "say the `{word}` in {} of {}, which count as nothing now",
                    project.unit_word(unit),
                    blocks::list(project, &silent)
                ));
            }
        }
    }
}
