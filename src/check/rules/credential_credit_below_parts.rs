//! The credit of a credential that stacks others is the total of the award; less than its parts bring cannot be right.
//!
//! Counted are the parts that are needed in any case, and of each choice the branches that bring least. What stands in several
//! branches is left out of choices, so that no sum is too high.

use rustc_hash::FxHashMap;

use crate::check::{Context, parts};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, CredentialId, Project, Requirement, RequirementKind, Unit};
use crate::source::Place;

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
        // A branch that could not be read might be the smallest.
        if !credential.declared.incomplete {
        let choices = Choices::new(project, stacks, credit.unit, own);
        choices.each(stacks, &mut |amount, place| {
            sum = sum.plus(amount);
            let brought = crate::model::Quantity { amount, ..*credit };
            shown.push((place, format!("{} at least", project.quantity(&brought))));
        });
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

/// What the choices of a requirement bring in at the least.
struct Choices<'a> {
    project: &'a Project,
    unit: Unit,
    /// How often each credential is mentioned; needed ones are counted elsewhere and stand as mentioned often.
    mentioned: FxHashMap<CredentialId, u32>,
}

impl<'a> Choices<'a> {
    fn new(project: &'a Project, stacks: &Requirement, unit: Unit, own: CredentialId) -> Self {
        let mut choices = Self {
            project,
            unit,
            mentioned: FxHashMap::default(),
        };
        choices.count(stacks);
        parts::mandatory(project, stacks, &mut |id, _| {
            choices.mentioned.insert(id, u32::MAX);
        });
        choices.mentioned.insert(own, u32::MAX);
        choices
    }

    fn count(&mut self, requirement: &Requirement) {
        match &requirement.kind {
            RequirementKind::All(members) | RequirementKind::Any { of: members, .. } => {
                for member in members {
                    self.count(member);
                }
            }
            RequirementKind::Credential(_)
            | RequirementKind::Set(_)
            | RequirementKind::Skill { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => {
                let mentioned = &mut self.mentioned;
                parts::mentioned(self.project, requirement, &mut |id, _| {
                    let times = mentioned.entry(id).or_default();
                    *times = times.saturating_add(1);
                });
            }
        }
    }

    /// Calls for every choice that must be made in any case and brings something.
    fn each(&self, requirement: &Requirement, found: &mut impl FnMut(Amount, Place)) {
        match &requirement.kind {
            RequirementKind::All(members) => {
                for member in members {
                    self.each(member, found);
                }
            }
            RequirementKind::Any { least, of } if (*least as usize) < of.len() => {
                let amount = self.least(requirement);
                if amount > Amount::ZERO {
                    found(amount, requirement.place);
                }
            }
            RequirementKind::Any { of, .. } => {
                for member in of {
                    self.each(member, found);
                }
            }
            RequirementKind::Credential(_)
            | RequirementKind::Set(_)
            | RequirementKind::Skill { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => {}
        }
    }

    /// What meeting a requirement brings at the least.
    fn least(&self, requirement: &Requirement) -> Amount {
        let add = |sum: Amount, amount: Amount| sum.plus(amount);
        match &requirement.kind {
            RequirementKind::All(members) => members
                .iter()
                .map(|member| self.least(member))
                .fold(Amount::ZERO, add),
            RequirementKind::Any { least, of } => {
                let mut amounts: Vec<Amount> = of.iter().map(|member| self.least(member)).collect();
                amounts.sort_unstable();
                amounts
                    .into_iter()
                    .take(*least as usize)
                    .fold(Amount::ZERO, add)
            }
            RequirementKind::Credential(_) | RequirementKind::Set(_) => {
                let mut sum = Amount::ZERO;
                parts::mandatory(self.project, requirement, &mut |id, _| {
                    let credit = self.project.credentials[id].credit;
                    if let Some(credit) = credit.filter(|credit| credit.unit == self.unit)
                        && self.mentioned.get(&id) == Some(&1)
                    {
                        sum = sum.plus(credit.amount);
                    }
                });
                sum
            }
            RequirementKind::Skill { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => Amount::ZERO,
        }
    }
}

/// The largest `at least … from` in this unit that must be met in any case.
fn greatest_threshold(
    requirement: &Requirement,
    unit: Unit,
) -> Option<(Amount, Place)> {
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
