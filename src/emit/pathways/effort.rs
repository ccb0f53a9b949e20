//! How much credit and work a stage and a pathway ask for at least.
//!
//! Goes in: requirements. Comes out: the least amount in each unit, a lower bound in every case: choices count with their
//! cheapest options, what could serve two requirements counts once, awards made of other credentials are not added to those.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use crate::graph::requirements::mandatory_credentials;
use crate::model::{
    Amount, Credential, CredentialId, Pathway, Quantity, Requirement, RequirementKind, Status, Unit,
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Credit,
    Workload,
}

/// The units in which the credentials of a pathway state a measure, sorted.
pub fn units(context: &Context<'_, '_>, named: &[CredentialId], measure: Measure) -> Vec<Unit> {
    let mut units: Vec<Unit> = named
        .iter()
        .filter_map(|&id| quantity(&context.project.credentials[id], measure))
        .map(|quantity| quantity.unit)
        .collect();
    units.sort_unstable();
    units.dedup();
    units
}

fn quantity(credential: &Credential, measure: Measure) -> Option<Quantity> {
    match measure {
        Measure::Credit => credential.credit,
        Measure::Workload => credential.workload,
    }
}

/// Adds up one measure in one unit.
pub struct Sum<'c, 's, 'a> {
    context: &'c Context<'s, 'a>,
    measure: Measure,
    unit: Unit,
    /// How often each credential is named in the whole pathway.
    named: BTreeMap<CredentialId, usize>,
}

impl<'c, 's, 'a> Sum<'c, 's, 'a> {
    /// For a pathway.
    pub fn new(
        context: &'c Context<'s, 'a>,
        pathway: &Pathway,
        measure: Measure,
        unit: Unit,
    ) -> Self {
        let mut named = BTreeMap::new();
        for &stage in &pathway.stages {
            for one in &context.project.stages[stage].asks {
                for id in context.site.named([one]) {
                    *named.entry(id).or_insert(0) += 1;
                }
            }
        }
        Self {
            context,
            measure,
            unit,
            named,
        }
    }

    /// What a credential states.
    fn stated(&self, id: CredentialId) -> Amount {
        quantity(&self.context.project.credentials[id], self.measure)
            .filter(|quantity| quantity.unit == self.unit)
            .map_or(Amount::ZERO, |quantity| quantity.amount)
    }

    /// The least that a stage asks for, seen alone.
    pub fn stage(&self, asks: &[Requirement]) -> Amount {
        asks.iter().fold(Amount::ZERO, |sum, one| {
            sum.plus(self.least(one, &|id| self.stated(id)))
        })
    }

    /// The least that the whole pathway asks for.
    pub fn pathway(&self, pathway: &Pathway) -> Amount {
        let project = self.context.project;
        let mut sum = Amount::ZERO;
        let mut largest = Amount::ZERO;
        let mut counted: Vec<CredentialId> = Vec::new();
        let stacked = |id: CredentialId| project.credentials[id].stacks.is_some();
        let once = |id: CredentialId| {
            if stacked(id) || self.named.get(&id).copied().unwrap_or(0) > 1 {
                Amount::ZERO
            } else {
                self.stated(id)
            }
        };
        let fixed = |id: CredentialId, counted: &mut Vec<CredentialId>, sum: &mut Amount| {
            if !counted.contains(&id) {
                counted.push(id);
                if !stacked(id) {
                    *sum = sum.plus(self.stated(id));
                }
            }
        };
        for &stage in &pathway.stages {
            let asks = &project.stages[stage].asks;
            for one in asks {
                largest = largest.max(self.least(one, &|id| {
                    if stacked(id) {
                        self.stated(id)
                    } else {
                        Amount::ZERO
                    }
                }));
                match one.kind {
                    RequirementKind::Credential(id) => fixed(id, &mut counted, &mut sum),
                    _ => sum = sum.plus(self.least(one, &once)),
                }
            }
        }
        for &(goal, _) in &pathway.leads_to {
            largest = largest.max(if stacked(goal) {
                self.stated(goal)
            } else {
                Amount::ZERO
            });
            if self.named.get(&goal).copied().unwrap_or(0) == 0 {
                fixed(goal, &mut counted, &mut sum);
            }
        }
        for id in self.behind(pathway) {
            fixed(id, &mut counted, &mut sum);
        }
        sum.max(largest)
    }

    /// What no stage names and the pathway cannot be finished without: parts and prerequisites of what it asks for in any case,
    /// however far back, but for what a recognition may bring along and what is no longer awarded.
    fn behind(&self, pathway: &Pathway) -> Vec<CredentialId> {
        let project = self.context.project;
        let brought: BTreeSet<CredentialId> = project
            .recognitions
            .as_slice()
            .iter()
            .flat_map(|recognition| recognition.grants.iter().map(|&(id, _)| id))
            .collect();
        let asks = pathway
            .stages
            .iter()
            .flat_map(|&stage| &project.stages[stage].asks);
        let mut open: Vec<CredentialId> = mandatory_credentials(project, asks)
            .into_iter()
            .chain(pathway.leads_to.iter().copied())
            .map(|(id, _)| id)
            .collect();
        let mut known: BTreeSet<CredentialId> = BTreeSet::new();
        while let Some(id) = open.pop() {
            let credential = &project.credentials[id];
            if brought.contains(&id) || credential.status == Status::Deprecated || !known.insert(id)
            {
                continue;
            }
            let needs = credential.requires.iter().chain(&credential.stacks);
            open.extend(
                mandatory_credentials(project, needs)
                    .into_iter()
                    .map(|(id, _)| id),
            );
        }
        known.retain(|id| !self.named.contains_key(id));
        known.into_iter().collect()
    }

    fn least(&self, requirement: &Requirement, price: &dyn Fn(CredentialId) -> Amount) -> Amount {
        match &requirement.kind {
            RequirementKind::Credential(id) => price(*id),
            RequirementKind::Set(_) => self
                .context
                .site
                .named([requirement])
                .into_iter()
                .fold(Amount::ZERO, |sum, id| sum.plus(price(id))),
            RequirementKind::All(of) => of
                .iter()
                .fold(Amount::ZERO, |sum, one| sum.plus(self.least(one, price))),
            RequirementKind::Any { least, of } => {
                let mut prices: Vec<Amount> = of.iter().map(|one| self.least(one, price)).collect();
                prices.sort_unstable();
                let least = usize::try_from(*least).unwrap_or(usize::MAX);
                prices
                    .into_iter()
                    .take(least)
                    .fold(Amount::ZERO, Amount::plus)
            }
            RequirementKind::Sum(sum) => {
                // Something of it must be paid for, unless what is named costs nothing here.
                let costs = self.context.site.named([requirement]);
                let free = costs.iter().any(|&id| price(id) == Amount::ZERO);
                if sum.least.unit == self.unit && !free {
                    sum.least.amount
                } else {
                    Amount::ZERO
                }
            }
            RequirementKind::Skill { .. }
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => Amount::ZERO,
        }
    }
}
