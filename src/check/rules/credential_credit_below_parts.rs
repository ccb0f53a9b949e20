//! The credit of a credential that stacks others is the total of the award; less than its parts bring cannot be right.
//!
//! Counted are the parts that are needed in any case; from choices nothing is counted, so that no sum is too high.

use crate::check::{Context, parts};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, CredentialId, Requirement, RequirementKind};

pub static RULE: Rule = Rule {
    name: "credential/credit-below-parts",
    severity: Severity::Warning,
    summary: "a stack with less credit than its parts bring",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for (own, credential) in project.credentials.iter() {
        let (Some(stacks), Some(credit)) = (&credential.stacks, &credential.credit) else {
            continue;
        };
        let mut counted: Vec<CredentialId> = Vec::new();
        parts::mandatory(project, stacks, &mut |id, _| counted.push(id));
        counted.sort_unstable();
        counted.dedup();
        let mut sum = Amount::ZERO;
        let mut shown = Vec::new();
        for id in counted.into_iter().filter(|&id| id != own) {
            let part = project.credentials[id].credit;
            if let Some(part) = part.filter(|part| part.unit == credit.unit) {
                sum = sum.plus(part.amount);
                shown.push((part.place, project.quantity(&part)));
            }
        }
        // A threshold may be met by the same parts, so the greater of the two is certain, not their sum.
        if let Some((amount, place)) = greatest_threshold(stacks, credit.unit)
            && amount > sum
        {
            sum = amount;
            shown = vec![(place, "asked for here".to_owned())];
        }
        if sum <= credit.amount {
            continue;
        }
        let total = crate::model::Quantity {
            amount: sum,
            ..*credit
        };
        let diagnostic = sink.report(&RULE, credit.place);
        diagnostic
            .message(format!(
                "`{}` gives {} and its parts bring {} already",
                project.id(&credential.declared),
                project.quantity(credit),
                project.quantity(&total)
            ))
            .label("the total of the award")
            .help(format!(
                "raise the credit to {} or more; credit on a stack is the total of the award",
                project.quantity(&total)
            ));
        for (place, text) in shown {
            diagnostic.also(place, text);
        }
    }
}

/// The largest `at least … from` in this unit that must be met in any case.
fn greatest_threshold(
    requirement: &Requirement,
    unit: crate::model::Unit,
) -> Option<(Amount, crate::source::Place)> {
    match &requirement.kind {
        RequirementKind::Sum(sum) => {
            (sum.least.unit == unit).then_some((sum.least.amount, sum.least.place))
        }
        RequirementKind::All(members) => members
            .iter()
            .filter_map(|member| greatest_threshold(member, unit))
            .max(),
        RequirementKind::Credential(_)
        | RequirementKind::Set(_)
        | RequirementKind::Skill { .. }
        | RequirementKind::Any { .. }
        | RequirementKind::Judgement(_)
        | RequirementKind::Unresolved => None,
    }
}
