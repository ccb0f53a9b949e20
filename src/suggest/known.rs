//! What the mappings made so far say about one that is not made yet.
//!
//! Two ways: concepts like this one were mapped to targets like that one; and concepts of this group are mapped into that group. A concept's own
//! mappings are always left out, so that what is learnt from a mapped concept is what would be known of it were it not mapped yet.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::analysis::{Analysis, Side};
use super::concept::Known;
use super::index::{Sums, best};
use super::pair::likeness;
use super::views::Views;

/// How many concepts like this one are looked at.
const NEIGHBORS: usize = 80;
/// How many targets like a target are looked at.
const SPREAD: usize = 12;
/// How many targets are put forward.
const FORWARD: usize = 20;
/// The levels of target groups that are told apart.
pub const LEVELS: usize = 4;
/// How much the coarser group counts beside what is seen in the finer one, in concepts.
const TRUST: f32 = 1.5;

/// The concepts like each concept of a side, best first.
pub type Alike = Vec<Vec<(u32, f32)>>;

/// Mappings, ready to be asked.
#[derive(Debug)]
pub struct Experience<'a> {
    analysis: &'a Analysis,
    like_source: &'a [Vec<(u32, f32)>],
    like_target: &'a [Vec<(u32, f32)>],
    by_source: FxHashMap<u32, Vec<Known>>,
    uses: FxHashMap<u32, f32>,
    exact_uses: FxHashMap<u32, f32>,
    /// Weight of a target group among the concepts of a source group; the source group `None` holds all.
    pairs: FxHashMap<(Option<u32>, u32), f32>,
    /// The number of mapped concepts in a source group.
    members: FxHashMap<Option<u32>, f32>,
    /// How often a word of a source's name stands in mappings beside a word of the target's.
    together: FxHashMap<(u32, u32), f32>,
    /// How often a word of a source's name stands in mappings at all.
    words: FxHashMap<u32, f32>,
    /// For a word of targets' names: in how many mappings it stands, and in how many exact ones.
    target_words: FxHashMap<u32, (f32, f32)>,
    /// The share of exact mappings.
    exact_share: f32,
}

/// What experience says about a source and its targets.
#[derive(Debug, Default)]
pub struct Advice {
    /// Targets put forward, with how alike the mapped concepts are that lead there: direct, best, spread.
    pub targets: FxHashMap<u32, [f32; 3]>,
}

/// The concepts of a side that are like each of its concepts.
#[must_use]
pub fn alike(side: &Side, views: &Views, count: usize) -> Alike {
    let concepts = side.len();
    (0..u32::try_from(concepts).unwrap_or(u32::MAX))
        .into_par_iter()
        .map_init(
            || (Sums::default(), vec![0f32; concepts]),
            |(sums, total), concept| {
                let at = concept as usize;
                let mut touched = Vec::new();
                let main = side
                    .names_of(concept)
                    .first()
                    .map(|name| name.grams.as_slice());
                let query =
                    |list: &'_ [super::index::Vector]| list.get(at).cloned().unwrap_or_default();
                let (named, whole) = (query(&side.named), query(&side.whole));
                let mut add = |sums: &Sums, owner: &dyn Fn(u32) -> u32, weight: f32| {
                    for (document, value) in sums.iter() {
                        let other = owner(document);
                        if let Some(slot) = total.get_mut(other as usize) {
                            if *slot == 0.0 {
                                touched.push(other);
                            }
                            *slot += weight * value;
                        }
                    }
                };
                let owner = |name: u32| side.names.get(name as usize).map_or(0, |name| name.owner);
                views
                    .main_grams
                    .score(main.unwrap_or(&[]), side.names.len(), sums);
                add(sums, &owner, 0.35);
                views.named.score(&named, concepts, sums);
                add(sums, &|concept| concept, 0.4);
                views.whole.score(&whole, concepts, sums);
                add(sums, &|concept| concept, 0.25);
                let scored = touched
                    .iter()
                    .filter(|other| **other != concept)
                    .map(|other| (*other, total.get(*other as usize).copied().unwrap_or(0.0)))
                    .collect();
                for other in touched {
                    if let Some(slot) = total.get_mut(other as usize) {
                        *slot = 0.0;
                    }
                }
                best(scored, count)
            },
        )
        .collect()
}

/// The concepts like each one, as [`Experience`] wants them.
#[must_use]
pub fn neighbors(side: &Side, views: &Views) -> Alike {
    alike(side, views, NEIGHBORS)
}

/// The targets like each one, as [`Experience`] wants them.
#[must_use]
pub fn spread(side: &Side, views: &Views) -> Alike {
    alike(side, views, SPREAD)
}

impl<'a> Experience<'a> {
    /// Gathers mappings.
    #[must_use]
    pub fn new(
        analysis: &'a Analysis,
        like_source: &'a [Vec<(u32, f32)>],
        like_target: &'a [Vec<(u32, f32)>],
        known: &[Known],
    ) -> Experience<'a> {
        let mut experience = Experience {
            analysis,
            like_source,
            like_target,
            by_source: FxHashMap::default(),
            uses: FxHashMap::default(),
            exact_uses: FxHashMap::default(),
            pairs: FxHashMap::default(),
            members: FxHashMap::default(),
            together: FxHashMap::default(),
            words: FxHashMap::default(),
            target_words: FxHashMap::default(),
            exact_share: 0.0,
        };
        let exact = known
            .iter()
            .filter(|row| row.verb == super::concept::Verb::Exact);
        experience.exact_share = exact.count() as f32 / known.len().max(1) as f32;
        for row in known {
            let exact = f32::from(u8::from(row.verb == super::concept::Verb::Exact));
            for word in main_words(&analysis.target, row.target) {
                let counts = experience.target_words.entry(word).or_default();
                counts.0 += 1.0;
                counts.1 += exact;
            }
        }
        for row in known {
            experience
                .by_source
                .entry(row.source)
                .or_default()
                .push(*row);
            *experience.uses.entry(row.target).or_default() += 1.0;
            if row.verb == super::concept::Verb::Exact {
                *experience.exact_uses.entry(row.target).or_default() += 1.0;
            }
        }
        let mut sources: Vec<u32> = experience.by_source.keys().copied().collect();
        sources.sort_unstable();
        for source in sources {
            for (pair, weight) in experience.own_pairs(source) {
                *experience.pairs.entry(pair).or_default() += weight;
            }
            for group in groups(&analysis.source, source) {
                *experience.members.entry(group).or_default() += 1.0;
            }
            for word in main_words(&analysis.source, source) {
                let rows = experience
                    .by_source
                    .get(&source)
                    .map_or(&[][..], Vec::as_slice);
                *experience.words.entry(word).or_default() += rows.len() as f32;
                for other in rows
                    .iter()
                    .flat_map(|row| main_words(&analysis.target, row.target))
                {
                    *experience.together.entry((word, other)).or_default() += 1.0;
                }
            }
        }
        experience
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_source.is_empty()
    }

    fn rows(&self, source: u32) -> &[Known] {
        self.by_source.get(&source).map_or(&[], Vec::as_slice)
    }

    /// What one mapped concept adds to [`Experience::pairs`].
    fn own_pairs(&self, source: u32) -> Vec<((Option<u32>, u32), f32)> {
        let rows = self.rows(source);
        let share = 1.0 / (rows.len().max(1) as f32);
        let mut found = Vec::new();
        for group in groups(&self.analysis.source, source) {
            for row in rows {
                for target_group in path(&self.analysis.target, row.target) {
                    found.push(((group, *target_group), share));
                }
            }
        }
        found
    }

    /// What mapped concepts like this one lead to.
    #[must_use]
    pub fn advice(&self, source: u32) -> Advice {
        let mut advice = Advice::default();
        if self.is_empty() {
            return advice;
        }
        let near = self
            .like_source
            .get(source as usize)
            .map_or(&[][..], Vec::as_slice);
        let mapped = || {
            near.iter()
                .filter(|(other, _)| *other != source && !self.rows(*other).is_empty())
                .take(25)
        };
        let total: f32 = mapped()
            .map(|(_, alike)| alike * alike)
            .sum::<f32>()
            .max(1e-6);
        for (other, alike) in mapped() {
            let rows = self.rows(*other);
            let share = 1.0 / (rows.len().max(1) as f32).sqrt();
            for row in rows {
                let entry = advice.targets.entry(row.target).or_default();
                entry[0] += alike * alike * share / total;
                entry[1] = entry[1].max(*alike);
                entry[2] += alike * alike * share / total;
                for (like, much) in self
                    .like_target
                    .get(row.target as usize)
                    .into_iter()
                    .flatten()
                {
                    let entry = advice.targets.entry(*like).or_default();
                    entry[2] += alike * alike * share * much / total;
                }
            }
        }
        advice
    }

    /// How often a target is used by other concepts, and how often as exactly the same.
    #[must_use]
    pub fn uses(&self, source: u32, target: u32) -> (f32, f32) {
        let own = self.rows(source).iter().filter(|row| row.target == target);
        let (mut all, mut exact) = (
            self.uses.get(&target).copied().unwrap_or(0.0),
            self.exact_uses.get(&target).copied().unwrap_or(0.0),
        );
        for row in own {
            all -= 1.0;
            if row.verb == super::concept::Verb::Exact {
                exact -= 1.0;
            }
        }
        (all, exact)
    }

    /// How likely a concept of the source's groups maps into each of the target's groups, coarse to fine (the last one repeated), and how
    /// likely any concept does so into the finest.
    #[must_use]
    pub fn group_shares(&self, source: u32, own: &OwnPairs, target: u32) -> ([f32; LEVELS], f32) {
        if self.is_empty() {
            return ([0.0; LEVELS], 0.0);
        }
        let path = path(&self.analysis.target, target);
        let mut shares = [0.0; LEVELS];
        let mut base = 0.0;
        let Some(last) = path.len().checked_sub(1) else {
            return (shares, base);
        };
        for (level, share) in shares.iter_mut().enumerate() {
            let Some(group) = path.get(level.min(last)) else {
                continue;
            };
            let mut likely = 0.0f32;
            for from in groups(&self.analysis.source, source) {
                let (own_weight, own_member) = own.of(from, *group);
                let seen = self.pairs.get(&(from, *group)).copied().unwrap_or(0.0) - own_weight;
                let members = self.members.get(&from).copied().unwrap_or(0.0) - own_member;
                likely = (seen.max(0.0) + TRUST * likely) / (members.max(0.0) + TRUST);
                if from.is_none() {
                    base = likely;
                }
            }
            *share = likely;
        }
        (shares, base)
    }

    /// How far the words of the target's name are those that mappings put beside the words of the source's, and the other way round.
    #[must_use]
    pub fn words(&self, source: u32, own: &OwnPairs, target: u32) -> [f32; 2] {
        if self.is_empty() {
            return [0.0; 2];
        }
        let ours = main_words(&self.analysis.source, source);
        let theirs = main_words(&self.analysis.target, target);
        let rows = self.rows(source).len() as f32;
        let likely = |one: u32, other: u32| {
            let own = own.together.get(&(one, other)).copied().unwrap_or(0.0);
            let seen = self.together.get(&(one, other)).copied().unwrap_or(0.0) - own;
            let all = self.words.get(&one).copied().unwrap_or(0.0) - rows;
            seen.max(0.0) / (all.max(0.0) + 2.0)
        };
        let rarity = |word: u32| {
            self.analysis
                .rarity
                .get(word as usize)
                .copied()
                .unwrap_or(1.0)
        };
        let share = |list: &[u32], best: &dyn Fn(u32) -> f32| {
            let total: f32 = list.iter().map(|word| rarity(*word)).sum();
            let found: f32 = list.iter().map(|word| rarity(*word) * best(*word)).sum();
            if total > 0.0 { found / total } else { 0.0 }
        };
        [
            share(&theirs, &|other| {
                ours.iter()
                    .map(|one| likely(*one, other))
                    .fold(0.0, f32::max)
            }),
            share(&ours, &|one| {
                theirs
                    .iter()
                    .map(|other| likely(one, *other))
                    .fold(0.0, f32::max)
            }),
        ]
    }

    /// How often the words that only the target's name has stand in exact mappings, beside the usual share: the least such number. Words like `use` or
    /// `carry out` add nothing to a name; others make it a different thing.
    #[must_use]
    pub fn extra_words(&self, source: u32, target: u32) -> f32 {
        const TRUSTED: f32 = 6.0;
        let usual = self.exact_share;
        if usual <= 0.0 {
            return 1.0;
        }
        let ours = main_words(&self.analysis.source, source);
        let mut least = 3.0f32;
        for word in main_words(&self.analysis.target, target) {
            let covered = ours
                .iter()
                .any(|own| likeness(self.analysis, *own, word) >= 0.6);
            if covered {
                continue;
            }
            let (mut all, mut exact) = self.target_words.get(&word).copied().unwrap_or((0.0, 0.0));
            for row in self.rows(source) {
                if main_words(&self.analysis.target, row.target).contains(&word) {
                    all -= 1.0;
                    exact -= f32::from(u8::from(row.verb == super::concept::Verb::Exact));
                }
            }
            let share = (exact.max(0.0) + TRUSTED * usual) / (all.max(0.0) + TRUSTED);
            least = least.min(share / usual);
        }
        least
    }

    /// What must be taken off so that a concept's own mappings say nothing.
    #[must_use]
    pub fn own(&self, source: u32) -> OwnPairs {
        let mut pairs: FxHashMap<(Option<u32>, u32), f32> = FxHashMap::default();
        for (pair, weight) in self.own_pairs(source) {
            *pairs.entry(pair).or_default() += weight;
        }
        let mut together: FxHashMap<(u32, u32), f32> = FxHashMap::default();
        for word in main_words(&self.analysis.source, source) {
            for other in self
                .rows(source)
                .iter()
                .flat_map(|row| main_words(&self.analysis.target, row.target))
            {
                *together.entry((word, other)).or_default() += 1.0;
            }
        }
        OwnPairs {
            together,
            mapped: !self.rows(source).is_empty(),
            pairs,
        }
    }
}

/// A concept's own part in the counts.
#[derive(Debug)]
pub struct OwnPairs {
    mapped: bool,
    together: FxHashMap<(u32, u32), f32>,
    pairs: FxHashMap<(Option<u32>, u32), f32>,
}

impl OwnPairs {
    fn of(&self, from: Option<u32>, group: u32) -> (f32, f32) {
        if !self.mapped {
            return (0.0, 0.0);
        }
        (self.pairs.get(&(from, group)).copied().unwrap_or(0.0), 1.0)
    }
}

impl Advice {
    /// The targets that are candidates for their mapped neighbors' sake.
    #[must_use]
    pub fn forward(&self) -> Vec<u32> {
        let scored = self
            .targets
            .iter()
            .map(|(target, values)| (*target, values[2]))
            .collect();
        best(scored, FORWARD)
            .into_iter()
            .map(|(target, _)| target)
            .collect()
    }
}

/// The groups of a source concept, all concepts first, then coarse to fine.
fn groups(side: &Side, concept: u32) -> impl Iterator<Item = Option<u32>> + '_ {
    std::iter::once(None).chain(path(side, concept).iter().map(|group| Some(*group)))
}

/// The words of a concept's main name, each once.
fn main_words(side: &Side, concept: u32) -> Vec<u32> {
    let mut words = side
        .names_of(concept)
        .first()
        .map(|name| name.tokens.clone())
        .unwrap_or_default();
    words.sort_unstable();
    words.dedup();
    words
}

fn path(side: &Side, concept: u32) -> &[u32] {
    side.paths.get(concept as usize).map_or(&[], Vec::as_slice)
}
