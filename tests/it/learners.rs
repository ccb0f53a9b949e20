//! All learners of a small program at once, a bit for each, and who of them meets a requirement: the plain reading that decisions are
//! compared with. For sums, every way to place credentials is tried.

use std::collections::{BTreeMap, BTreeSet};

use gradus::diff::Holding;
use gradus::model::{
    CredentialId, Requirement, RequirementKind, SetId, SetMember, SumPart, SumPartKind,
};

use crate::decisions::State;

/// A credential, and for each place where it can count the sum and the way to it.
type Place = (CredentialId, Vec<(usize, Vec<usize>)>);

pub const CREDENTIALS: usize = 6;

/// Every learner of a program: which of the credentials are held, and which of two skills is shown at which of three levels, or not.
pub const HELD: usize = 1 << CREDENTIALS;
pub const SHOWN: usize = 16;

/// The learners whom something accepts: for each way to show skills, a bit for each way to hold credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Learners(pub [u64; SHOWN]);

impl Learners {
    const NONE: Self = Self([0; SHOWN]);
    const ALL: Self = Self([u64::MAX; SHOWN]);

    pub fn where_(accepts: impl Fn(usize, usize) -> bool) -> Self {
        let mut found = Self::NONE;
        for (shown, bits) in found.0.iter_mut().enumerate() {
            for held in 0..HELD {
                *bits |= u64::from(accepts(held, shown)) << held;
            }
        }
        found
    }

    pub fn has(&self, held: usize, shown: usize) -> bool {
        self.0[shown] >> held & 1 == 1
    }

    pub fn and(mut self, other: &Self) -> Self {
        for (mine, other) in self.0.iter_mut().zip(other.0) {
            *mine &= other;
        }
        self
    }

    pub fn or(mut self, other: &Self) -> Self {
        for (mine, other) in self.0.iter_mut().zip(other.0) {
            *mine |= other;
        }
        self
    }
}

/// The level at which a skill is shown: no proof is 0, `l0` is 1 and so on.
fn shown_level(shown: usize, skill: usize) -> u32 {
    (shown >> (2 * skill) & 3) as u32
}

/// Judges the learners of one program.
pub struct Judge<'a> {
    state: &'a State,
    program: u64,
    /// Its credentials, by number.
    credentials: BTreeMap<CredentialId, usize>,
}

impl<'a> Judge<'a> {
    pub fn new(state: &'a State, program: u64) -> Self {
        let project = &state.project;
        let numbered = project.credentials.iter().filter_map(|(id, credential)| {
            let (name, number) = project.id(&credential.declared).split_once('-')?;
            let digit = name.strip_prefix('c')?.parse::<usize>().ok()?;
            (number == program.to_string()).then_some((id, digit))
        });
        Self {
            state,
            program,
            credentials: numbered.collect(),
        }
    }

    /// Whom the goal of the program accepts.
    pub fn accepted(&self) -> Learners {
        let project = &self.state.project;
        let name = format!("goal-{}", self.program);
        let goal = project
            .credentials
            .iter()
            .find(|(_, credential)| project.id(&credential.declared) == name)
            .expect("the goal")
            .1;
        goal.stacks
            .as_ref()
            .map_or(Learners::ALL, |stacks| self.meets(stacks, &BTreeSet::new()))
    }

    pub fn holders(&self, id: CredentialId) -> Learners {
        let Some(&number) = self.credentials.get(&id) else {
            return Learners::NONE;
        };
        let holds = (0..HELD).fold(0, |bits, held| bits | ((held >> number & 1) as u64) << held);
        Learners([holds; SHOWN])
    }

    pub fn meets(&self, requirement: &Requirement, out: &BTreeSet<CredentialId>) -> Learners {
        let project = &self.state.project;
        match &requirement.kind {
            RequirementKind::Credential(id) if out.contains(id) => Learners::ALL,
            RequirementKind::Credential(id) => self.holders(*id),
            RequirementKind::Set(set) => self.meets_set(*set, out),
            RequirementKind::Skill { item, level } => {
                let rank = level
                    .and_then(|level| project.rank(level))
                    .map(|(_, rank)| rank);
                let number = usize::from(project.name(project.items[*item].path) == "s1");
                let mut met =
                    Learners::where_(|_, shown| shown_level(shown, number) > rank.unwrap_or(0));
                for &id in self.credentials.keys() {
                    let assessments = &project.credentials[id].assessments;
                    let mut assessed = assessments.iter().flat_map(|one| &one.assesses);
                    let attests = assessed.any(|assessed| {
                        let shown = assessed.level.and_then(|level| project.rank(level));
                        assessed.item == *item && shown.map(|(_, rank)| rank) >= rank
                    });
                    if attests {
                        met = met.or(&self.holders(id));
                    }
                }
                met
            }
            RequirementKind::All(of) => self.meets_all(of, out),
            RequirementKind::Any { least, of } => {
                let met: Vec<Learners> = of
                    .iter()
                    .filter(|part| match &part.kind {
                        RequirementKind::Credential(id) => !out.contains(id),
                        _ => true,
                    })
                    .map(|part| self.meets(part, out))
                    .collect();
                Learners::where_(|held, shown| {
                    let count = met.iter().filter(|part| part.has(held, shown)).count();
                    count >= *least as usize
                })
            }
            RequirementKind::Sum(_) => self.meets_sums(&[requirement], out),
            RequirementKind::Judgement(_) => Learners::ALL,
            RequirementKind::Unresolved => Learners::NONE,
        }
    }

    pub fn meets_all(&self, of: &[Requirement], out: &BTreeSet<CredentialId>) -> Learners {
        let once: Vec<&Requirement> = of
            .iter()
            .filter(|part| matches!(&part.kind, RequirementKind::Sum(sum) if sum.counted_once))
            .collect();
        let each = of
            .iter()
            .fold(Learners::ALL, |met, part| met.and(&self.meets(part, out)));
        if once.len() < 2 {
            return each;
        }
        each.and(&self.meets_sums(&once, out))
    }

    pub fn meets_set(&self, set: SetId, out: &BTreeSet<CredentialId>) -> Learners {
        let project = &self.state.project;
        let declared = &project.sets[set];
        let mut out = out.clone();
        let mut sets = BTreeSet::new();
        for (member, _) in &declared.except {
            match member {
                SetMember::Credential(id) => {
                    out.insert(*id);
                }
                SetMember::Set(id) => {
                    out.extend(self.state.graph.sets().members(project, *id));
                    sets.insert(*id);
                }
            }
        }
        declared
            .members
            .iter()
            .fold(Learners::ALL, |met, part| match &part.kind {
                RequirementKind::Credential(id) if out.contains(id) => met,
                RequirementKind::Set(id) if sets.contains(id) => met,
                _ => met.and(&self.meets(part, &out)),
            })
    }

    /// Tries every way to give each held credential to one place of one of the sums.
    pub fn meets_sums(&self, sums: &[&Requirement], out: &BTreeSet<CredentialId>) -> Learners {
        let mut places: Vec<Place> = Vec::new();
        for (number, requirement) in sums.iter().enumerate() {
            if let RequirementKind::Sum(sum) = &requirement.kind {
                self.places(&sum.parts, &mut vec![number], &mut places);
            }
        }
        places.retain(|(id, _)| !out.contains(id) && self.credentials.contains_key(id));
        // What can count nowhere makes no difference: each choice of what can is tried once.
        let mut known: BTreeMap<Vec<CredentialId>, bool> = BTreeMap::new();
        let mut enough = [false; HELD];
        for (held, enough) in enough.iter_mut().enumerate() {
            let holds = |id: &CredentialId| held >> self.credentials[id] & 1 == 1;
            let here: Vec<Place> = places.iter().filter(|(id, _)| holds(id)).cloned().collect();
            let key = here.iter().map(|(id, _)| *id).collect();
            *enough = *known
                .entry(key)
                .or_insert_with(|| self.tries(sums, &here, &mut Vec::new()));
        }
        Learners::where_(|held, _| enough[held])
    }

    pub fn places(&self, parts: &[SumPart], way: &mut Vec<usize>, places: &mut Vec<Place>) {
        for (number, part) in parts.iter().enumerate() {
            match &part.kind {
                SumPartKind::Credential(id) => note(places, *id, way),
                SumPartKind::Set(set) => {
                    let project = &self.state.project;
                    for id in self.state.graph.sets().members(project, *set) {
                        note(places, id, way);
                    }
                }
                SumPartKind::AtMost { .. } | SumPartKind::Unresolved => {}
            }
            if let SumPartKind::AtMost { parts, .. } = &part.kind {
                way.push(number);
                self.places(parts, way, places);
                way.pop();
            }
        }
    }

    pub fn tries(
        &self,
        sums: &[&Requirement],
        places: &[Place],
        chosen: &mut Vec<(CredentialId, Vec<usize>)>,
    ) -> bool {
        let Some(((id, ways), rest)) = places.split_first() else {
            return sums.iter().enumerate().all(|(number, requirement)| {
                let RequirementKind::Sum(sum) = &requirement.kind else {
                    return false;
                };
                self.brought(&sum.parts, &[number], chosen) >= sum.least.amount.0
            });
        };
        ways.iter().any(|(_, way)| {
            chosen.push((*id, way.clone()));
            let found = self.tries(sums, rest, chosen);
            chosen.pop();
            found
        })
    }

    pub fn brought(
        &self,
        parts: &[SumPart],
        way: &[usize],
        chosen: &[(CredentialId, Vec<usize>)],
    ) -> i64 {
        let project = &self.state.project;
        let here: i64 = chosen
            .iter()
            .filter(|(_, at)| at == way)
            .map(|(id, _)| {
                project.credentials[*id]
                    .credit
                    .map_or(0, |credit| credit.amount.0)
            })
            .sum();
        let inside: i64 = parts
            .iter()
            .enumerate()
            .map(|(number, part)| match &part.kind {
                SumPartKind::AtMost { most, parts } => {
                    let mut way = way.to_vec();
                    way.push(number);
                    self.brought(parts, &way, chosen).min(most.amount.0)
                }
                _ => 0,
            })
            .sum();
        here + inside
    }
}

/// Adds a place where a credential can count.
fn note(places: &mut Vec<Place>, id: CredentialId, way: &[usize]) {
    let place = (way[0], way.to_vec());
    match places.iter_mut().find(|(known, _)| *known == id) {
        Some((_, known)) => known.push(place),
        None => places.push((id, vec![place])),
    }
}

/// The size of the smallest learner whom the one accepts and the other does not.
pub fn smallest(one: &Learners, other: &Learners) -> Option<usize> {
    let mut best: Option<usize> = None;
    for shown in 0..SHOWN {
        let skills = (0..2)
            .filter(|&skill| shown_level(shown, skill) > 0)
            .count();
        for held in 0..HELD {
            let size = held.count_ones() as usize + skills;
            if one.has(held, shown)
                && !other.has(held, shown)
                && best.is_none_or(|best| size < best)
            {
                best = Some(size);
            }
        }
    }
    best
}

/// Which credentials and which skills an example shows.
pub fn learner(holds: &[Holding]) -> (usize, usize) {
    let (mut held, mut shown) = (0, 0);
    for holding in holds {
        match holding {
            Holding::Credential(id) => {
                let digit = id[1..2].parse::<usize>().expect("a number");
                held |= 1 << digit;
            }
            Holding::Skill { path, level } => {
                let level = level
                    .as_deref()
                    .and_then(|level| level[1..].parse::<usize>().ok());
                let skill = usize::from(path.ends_with(".s1"));
                let level = level.map_or(0, |level| level + 1);
                assert_eq!(shown >> (2 * skill) & 3, 0, "{path} twice");
                shown |= level << (2 * skill);
            }
            Holding::Judgement(text) => panic!("no judgement was asked for: {text}"),
        }
    }
    (held, shown)
}
