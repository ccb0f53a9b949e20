//! What a route costs: credit, hours, or the number of credentials.
//!
//! Each newly earned credential counts once, the goal included; what is held or recognized costs nothing. The credit (and
//! the workload) of a credential that stacks others is the award's total: of it only what exceeds the parts that are held
//! is added. The parts are the credentials that its `stacks` names, itself or through sets.

use crate::graph::Graph;
use crate::graph::cone::Cone;
use crate::graph::requirements::{Mention, mentions};
use crate::graph::sums;
use crate::model::{Amount, CredentialId, Name, Project, Unit};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// A unit of credit.
    Credit(Name),
    /// The learner's time.
    Hours,
    /// Each credential as one.
    Count,
}

impl Measure {
    /// The measure of a unit, where it has one.
    #[must_use]
    pub const fn of_unit(unit: Unit) -> Option<Self> {
        match unit {
            Unit::Credit(name) => Some(Self::Credit(name)),
            Unit::Hours | Unit::Minutes => Some(Self::Hours),
            Unit::Days
            | Unit::Weeks
            | Unit::Months
            | Unit::Years
            | Unit::Percent
            | Unit::Points
            | Unit::Stages => None,
        }
    }

    /// What a credential declares in this measure.
    #[must_use]
    pub fn value(self, project: &Project, credential: CredentialId) -> Amount {
        match self {
            Self::Credit(unit) => sums::value(project, credential, Unit::Credit(unit)),
            Self::Hours => sums::value(project, credential, Unit::Hours),
            Self::Count => Amount::whole(1),
        }
    }

    /// An amount with the word for it: `6 ECTS`, `25 hours`, `3 credentials`.
    #[must_use]
    pub fn show(self, project: &Project, amount: Amount) -> String {
        let one = amount == Amount::whole(1);
        match self {
            Self::Credit(unit) => {
                let label = project
                    .credit_units
                    .get(&unit)
                    .map_or_else(|| project.name(unit), |unit| unit.label.as_str());
                format!("{amount} {label}")
            }
            Self::Hours if one => "1 hour".to_owned(),
            Self::Hours => format!("{amount} hours"),
            Self::Count if one => "1 credential".to_owned(),
            Self::Count => format!("{amount} credentials"),
        }
    }

    /// What readers call it: `ECTS`, `hours`, `credentials`.
    #[must_use]
    pub fn label(self, project: &Project) -> String {
        match self {
            Self::Credit(unit) => project
                .credit_units
                .get(&unit)
                .map_or_else(|| self.word(project), |unit| unit.label.clone()),
            Self::Hours | Self::Count => self.word(project),
        }
    }

    /// Whether any credential of the project says what it is worth in this measure.
    #[must_use]
    pub fn is_used(self, project: &Project) -> bool {
        let mut declared = project.credentials.iter().flat_map(|(_, credential)| {
            [credential.credit, credential.workload]
                .into_iter()
                .flatten()
        });
        self == Self::Count || declared.any(|one| Self::of_unit(one.unit) == Some(self))
    }

    /// The word for it alone.
    #[must_use]
    pub fn word(self, project: &Project) -> String {
        match self {
            Self::Credit(unit) => project.name(unit).to_owned(),
            Self::Hours => "hours".to_owned(),
            Self::Count => "credentials".to_owned(),
        }
    }
}

/// The measures that the credentials of a cone declare anything in: units of credit by how many use them, then hours, then
/// the count of credentials, which always has a meaning.
#[must_use]
pub fn measures(project: &Project, cone: &Cone) -> Vec<Measure> {
    let mut used: Vec<(usize, Measure)> = Vec::new();
    for member in cone.members() {
        let credential = &project.credentials[member.credential];
        let declared = [&credential.credit, &credential.workload];
        for quantity in declared.into_iter().flatten() {
            let Some(measure) = Measure::of_unit(quantity.unit) else {
                continue;
            };
            match used.iter_mut().find(|(_, known)| *known == measure) {
                Some((count, _)) => *count += 1,
                None => used.push((1, measure)),
            }
        }
    }
    let rank = |measure: Measure| match measure {
        Measure::Credit(_) => 0,
        Measure::Hours => 1,
        Measure::Count => 2,
    };
    used.sort_by_key(|&(count, measure)| (rank(measure), std::cmp::Reverse(count), measure));
    let mut measures: Vec<Measure> = used.into_iter().map(|(_, measure)| measure).collect();
    measures.push(Measure::Count);
    measures
}

/// The prices of the members of a cone in one measure, in thousandths.
#[derive(Debug, Clone)]
pub struct Price {
    pub measure: Measure,
    /// By position.
    pub weights: Vec<i64>,
    /// By position, where a credential stacks others that bring something.
    pub awards: Vec<Option<Award>>,
}

/// The parts that an award carries in its total.
#[derive(Debug, Clone, Default)]
pub struct Award {
    /// What the parts that are held already bring.
    pub carried: i64,
    /// Positions of the others, and what each brings.
    pub parts: Vec<(usize, i64)>,
}

impl Price {
    /// The prices of a cone.
    #[must_use]
    pub fn new(project: &Project, graph: &Graph, cone: &Cone, measure: Measure) -> Self {
        let weight = |id| measure.value(project, id).0;
        let weights = cone
            .members()
            .iter()
            .map(|member| weight(member.credential))
            .collect();
        let awards = cone
            .members()
            .iter()
            .map(|member| {
                if measure == Measure::Count || weight(member.credential) == 0 {
                    return None;
                }
                let mut award = Award::default();
                for part in parts(project, graph, member.credential) {
                    let value = weight(part);
                    if value == 0 {
                        continue;
                    }
                    match cone.position(part) {
                        Some(position) => award.parts.push((position, value)),
                        None if cone.given().binary_search(&part).is_ok() => {
                            award.carried = award.carried.saturating_add(value);
                        }
                        None => {}
                    }
                }
                (award.carried > 0 || !award.parts.is_empty()).then_some(award)
            })
            .collect();
        Self {
            measure,
            weights,
            awards,
        }
    }

    /// What one member adds when all of `chosen` are earned.
    #[must_use]
    pub fn added(&self, position: usize, chosen: &[bool]) -> Amount {
        let weight = self.weights.get(position).copied().unwrap_or(0);
        let Some(Some(award)) = self.awards.get(position) else {
            return Amount(weight);
        };
        let held = award
            .parts
            .iter()
            .filter(|(part, _)| chosen.get(*part).copied().unwrap_or(false))
            .fold(award.carried, |sum, (_, value)| sum.saturating_add(*value));
        Amount(weight.saturating_sub(held).max(0))
    }

    /// What all of `chosen` cost together.
    #[must_use]
    pub fn of(&self, chosen: &[bool]) -> Amount {
        (0..chosen.len())
            .filter(|&position| chosen[position])
            .fold(Amount::ZERO, |sum, position| {
                sum.plus(self.added(position, chosen))
            })
    }
}

/// The credentials that an award is made of, as its `stacks` names them; sorted, each once, without itself.
#[must_use]
pub fn parts(project: &Project, graph: &Graph, award: CredentialId) -> Vec<CredentialId> {
    let Some(stacks) = &project.credentials[award].stacks else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (mention, _) in mentions(stacks) {
        match mention {
            Mention::Credential(id) => found.push(id),
            Mention::Set(set) => found.extend(graph.sets().members(project, set)),
            Mention::Skill { .. } => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found.retain(|&id| id != award);
    found
}
