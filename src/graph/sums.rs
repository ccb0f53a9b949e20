//! Credit that adds up: what a sum can reach from the credentials that are held.
//!
//! Each credential counts once, with what it declares in the sum's unit (an undeclared quantity counts 0, ECTS and hours
//! never turn into each other); a cap takes `min(cap, sum)`. A credential that stands in several places of one sum counts
//! where it brings most: outside of caps before inside, else all ways are tried. Past [`TRIED`] ways it counts where the
//! caps around its places meet, which can only be too much, never too little.

use rustc_hash::FxHashMap;

use super::sets::Sets;
use crate::model::{Amount, CredentialId, Project, Sum, SumPart, SumPartKind, Unit};

/// How many ways to place credentials are tried before an upper bound is taken.
const TRIED: usize = 4096;

/// A sum, ready to be evaluated.
#[derive(Debug, Clone)]
pub struct SumPlan {
    /// How much must add up.
    pub least: Amount,
    /// Its credentials stay out of the other sums of the block that say so too.
    pub counted_once: bool,
    /// What it counts in.
    pub unit: Unit,
    /// The credentials that can count, in order of their ids, each once.
    pub entries: Vec<Entry>,
    /// The first stands for the whole sum; a group comes after the one around it.
    groups: Vec<Group>,
    /// Positions of entries with several homes, while their combinations are few.
    placed: Vec<usize>,
}

/// A credential in a sum.
#[derive(Debug, Clone)]
pub struct Entry {
    pub credential: CredentialId,
    /// What it brings, in the sum's unit.
    pub value: Amount,
    /// The group it counts in, and others that it could count in instead.
    home: usize,
    others: Vec<usize>,
}

impl Entry {
    /// The groups in one of which it counts.
    pub fn homes(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.home).chain(self.others.iter().copied())
    }
}

#[derive(Debug, Clone, Copy)]
struct Group {
    around: Option<usize>,
    most: Option<Amount>,
}

impl Entry {
    /// The groups in one of which it counts.
    pub fn places(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.home).chain(self.others.iter().copied())
    }
}

/// What a credential brings into a sum of a unit: its `credit`, or for times its `workload`.
#[must_use]
pub fn value(project: &Project, credential: CredentialId, unit: Unit) -> Amount {
    let credential = &project.credentials[credential];
    let declared = [&credential.credit, &credential.workload];
    let declared = declared.into_iter().flatten();
    match unit {
        Unit::Hours => declared.filter_map(crate::model::Quantity::hours).max(),
        Unit::Minutes => declared
            .filter_map(|quantity| match quantity.unit {
                Unit::Minutes => Some(quantity.amount),
                Unit::Hours => Some(Amount(quantity.amount.0.saturating_mul(60))),
                Unit::Days
                | Unit::Weeks
                | Unit::Months
                | Unit::Years
                | Unit::Credit(_)
                | Unit::Percent
                | Unit::Points
                | Unit::Stages => None,
            })
            .max(),
        Unit::Days
        | Unit::Weeks
        | Unit::Months
        | Unit::Years
        | Unit::Credit(_)
        | Unit::Percent
        | Unit::Points
        | Unit::Stages => declared
            .filter(|quantity| quantity.unit == unit)
            .map(|quantity| quantity.amount)
            .max(),
    }
    .unwrap_or_default()
}

impl SumPlan {
    /// The plan of a sum, without the credentials that `excluded` names (sorted).
    #[must_use]
    pub fn new(project: &Project, sets: &Sets, sum: &Sum, excluded: &[CredentialId]) -> Self {
        let mut groups = vec![Group {
            around: None,
            most: None,
        }];
        let mut homes: Vec<(CredentialId, usize)> = Vec::new();
        let mut stack: Vec<(&[SumPart], usize)> = vec![(&sum.parts, 0)];
        while let Some((parts, group)) = stack.pop() {
            for part in parts {
                match &part.kind {
                    SumPartKind::Credential(id) => homes.push((*id, group)),
                    SumPartKind::Set(set) => {
                        let members = sets.members(project, *set);
                        homes.extend(members.into_iter().map(|member| (member, group)));
                    }
                    SumPartKind::AtMost { most, parts } => {
                        groups.push(Group {
                            around: Some(group),
                            // A cap in another unit has been reported; here it caps nothing.
                            most: (most.unit == sum.least.unit).then_some(most.amount),
                        });
                        stack.push((parts, groups.len() - 1));
                    }
                    SumPartKind::Unresolved => {}
                }
            }
        }
        homes.retain(|(id, _)| excluded.binary_search(id).is_err());
        homes.sort_unstable();
        homes.dedup();
        let mut plan = Self {
            least: sum.least.amount,
            counted_once: sum.counted_once,
            unit: sum.least.unit,
            entries: Vec::with_capacity(homes.len()),
            groups,
            placed: Vec::new(),
        };
        for homes in homes.chunk_by(|one, other| one.0 == other.0) {
            plan.enter(project, homes, sum.least.unit);
        }
        plan.settle();
        plan
    }

    fn enter(&mut self, project: &Project, homes: &[(CredentialId, usize)], unit: Unit) {
        let places: Vec<usize> = homes.iter().map(|&(_, group)| group).collect();
        // A place inside another place of the same credential can never bring more.
        let outermost: Vec<usize> = places
            .iter()
            .copied()
            .filter(|&group| {
                !self
                    .around(group)
                    .skip(1)
                    .any(|outer| places.contains(&outer))
            })
            .collect();
        let (Some(&home), Some(&(credential, _))) = (outermost.first(), homes.first()) else {
            return;
        };
        self.entries.push(Entry {
            credential,
            value: value(project, credential, unit),
            home,
            others: outermost.get(1..).unwrap_or_default().to_vec(),
        });
    }

    /// Decides which credentials are tried in all their places, and gives the others the group where those meet.
    fn settle(&mut self) {
        let ways = self
            .entries
            .iter()
            .try_fold(1usize, |ways, entry| {
                ways.checked_mul(entry.others.len() + 1)
            })
            .unwrap_or(usize::MAX);
        for position in 0..self.entries.len() {
            if self.entries[position].others.is_empty() {
                continue;
            }
            if ways <= TRIED {
                self.placed.push(position);
                continue;
            }
            let entry = &self.entries[position];
            let meeting = self
                .around(entry.home)
                .find(|&group| {
                    entry
                        .others
                        .iter()
                        .all(|&other| self.around(other).any(|outer| outer == group))
                })
                .unwrap_or(0);
            let entry = &mut self.entries[position];
            entry.home = meeting;
            entry.others.clear();
        }
    }

    /// The groups: which is around each, and how much it may bring in. The first stands for the whole sum; the others come
    /// after the one around them.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = (Option<usize>, Option<Amount>)> + '_ {
        self.groups.iter().map(|group| (group.around, group.most))
    }

    /// A group and those around it, the innermost first.
    fn around(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(group), |&group| self.groups[group].around)
    }

    /// Whether every credential has one place, so that totals can be kept up to date one by one.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        self.placed.is_empty()
    }

    /// How many totals [`SumPlan::add`] keeps.
    #[must_use]
    pub fn totals(&self) -> usize {
        self.groups.len()
    }

    /// Counts one entry of a simple plan into its totals, of which the first is the whole.
    pub fn add(&self, entry: usize, totals: &mut [Amount]) {
        let (mut group, mut more) = (self.entries[entry].home, self.entries[entry].value);
        loop {
            let Group { around, most } = self.groups[group];
            let counted = |total: Amount| most.map_or(total, |most| total.min(most));
            let old = totals[group];
            let new = old.plus(more);
            totals[group] = new;
            more = Amount(counted(new).0.saturating_sub(counted(old).0));
            match around {
                Some(outer) if more > Amount::ZERO => group = outer,
                Some(_) | None => return,
            }
        }
    }

    /// The most that can add up from the entries for which `held` says yes.
    #[must_use]
    pub fn most(&self, held: impl Fn(usize) -> bool) -> Amount {
        let mut fixed = vec![Amount::ZERO; self.groups.len()];
        let mut free = Vec::new();
        for (position, entry) in self.entries.iter().enumerate() {
            if !held(position) {
                continue;
            }
            if entry.others.is_empty() {
                fixed[entry.home] = fixed[entry.home].plus(entry.value);
            } else {
                free.push(entry);
            }
        }
        // Counts through all ways like a number with one digit per credential.
        let mut digits = vec![0usize; free.len()];
        let mut best = Amount::ZERO;
        loop {
            let mut totals = fixed.clone();
            for (entry, &digit) in free.iter().zip(&digits) {
                let group = match digit {
                    0 => entry.home,
                    digit => entry.others[digit - 1],
                };
                totals[group] = totals[group].plus(entry.value);
            }
            best = best.max(self.close(&mut totals));
            let next = digits
                .iter()
                .zip(&free)
                .position(|(&digit, entry)| digit < entry.others.len());
            let Some(next) = next else { return best };
            digits[next] += 1;
            digits[..next].fill(0);
        }
    }

    /// Applies the caps from the inside out.
    fn close(&self, totals: &mut [Amount]) -> Amount {
        for group in (0..self.groups.len()).rev() {
            let Group { around, most } = self.groups[group];
            let counted = most.map_or(totals[group], |most| totals[group].min(most));
            match around {
                Some(outer) => totals[outer] = totals[outer].plus(counted),
                None => return counted,
            }
        }
        Amount::ZERO
    }

    /// The most that can add up at all.
    #[must_use]
    pub fn most_of_all(&self) -> Amount {
        self.most(|_| true)
    }
}

/// Whether sums that are `counted once` in one block can all be met together from what is held: no credential counts in two
/// of them. Exact while the ways to share out credentials are few ([`TRIED`]); else a necessary condition, so that *no* is
/// always right.
#[must_use]
pub fn together(plans: &[&SumPlan], held: &dyn Fn(CredentialId) -> bool) -> bool {
    let mut users: FxHashMap<CredentialId, Vec<usize>> = FxHashMap::default();
    let mut all = Amount::ZERO;
    for (index, plan) in plans.iter().enumerate() {
        for entry in &plan.entries {
            let users = users.entry(entry.credential).or_default();
            if users.is_empty() && held(entry.credential) {
                all = all.plus(entry.value);
            }
            users.push(index);
        }
    }
    let one_unit = plans.windows(2).all(|pair| pair[0].unit == pair[1].unit);
    let asked = plans
        .iter()
        .fold(Amount::ZERO, |sum, plan| sum.plus(plan.least));
    if one_unit && all < asked {
        return false;
    }
    let mut shared: Vec<(CredentialId, Vec<usize>)> = users
        .into_iter()
        .filter(|(credential, users)| users.len() > 1 && held(*credential))
        .collect();
    shared.sort_unstable();
    let ways = shared
        .iter()
        .try_fold(1usize, |ways, (_, users)| ways.checked_mul(users.len()))
        .filter(|&ways| ways <= TRIED);
    let Some(ways) = ways else { return true };
    (0..ways).any(|way| {
        let mut rest = way;
        let owners: Vec<usize> = shared
            .iter()
            .map(|(_, users)| {
                let owner = users[rest % users.len()];
                rest /= users.len();
                owner
            })
            .collect();
        plans.iter().enumerate().all(|(index, plan)| {
            plan.most(|position| {
                let credential = plan.entries[position].credential;
                let mine = shared
                    .binary_search_by_key(&credential, |(credential, _)| *credential)
                    .map_or(true, |found| owners[found] == index);
                mine && held(credential)
            }) >= plan.least
        })
    })
}
