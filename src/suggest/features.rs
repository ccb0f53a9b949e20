//! What the ranker sees of a pair: one row of numbers for each candidate.
//!
//! Goes in: both sides, and the mappings that are known. Comes out: for each source concept its candidates with their numbers. The last
//! step looks at all sources together: a target that another concept claims more strongly is a weaker candidate here.

use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::analysis::{Analysis, Name, analyze};
use super::concept::{Concepts, Known};
use super::index::product;
use super::known::{Alike, Experience, LEVELS, OwnPairs, neighbors, spread};
use super::pair::{self, compare};
use super::views::{Candidate, Room, VIEW_NAMES, VIEWS, Views};

/// Views whose values are also given beside the best value of the source.
const RELATIVE: [usize; 8] = [0, 2, 3, 4, 6, 7, 8, 11];
/// Numbers from known mappings: direct, best, spread, spread beside the best, uses, exact uses, shares by level, base, lift, kinds, words both ways, extra words.
const KNOWN: usize = 6 + LEVELS + 6;
/// Sizes, and what holds for the source as a whole.
const SHAPE: usize = 13;
/// Competition: beside the best of the source, rank there; beside the best claim on the target, rank there.
const RIVALS: usize = 4;

/// Where the numbers from known mappings start.
const KNOWN_AT: usize = VIEWS + RELATIVE.len();
/// Where the comparison of the nearest two names starts.
pub(super) const NEAREST_AT: usize = KNOWN_AT + KNOWN + pair::VALUES;
/// Two names may stand for the same where the rarer half of the words of each is found in the other.
const MEET: f32 = 0.5;

/// The number of features.
pub const FEATURES: usize = VIEWS + RELATIVE.len() + KNOWN + 2 * pair::VALUES + SHAPE + RIVALS;

/// The names of the features, in order.
#[must_use]
pub fn feature_names() -> Vec<String> {
    let mut names: Vec<String> = VIEW_NAMES
        .iter()
        .map(|name| format!("view:{name}"))
        .collect();
    names.extend(
        RELATIVE
            .iter()
            .map(|view| format!("relative:{}", VIEW_NAMES[*view])),
    );
    names.extend(
        [
            "direct",
            "best",
            "spread",
            "spread-relative",
            "uses",
            "exact-uses",
        ]
        .map(|name| format!("known:{name}")),
    );
    names.extend((0..LEVELS).map(|level| format!("known:group-{level}")));
    names.extend(
        [
            "base",
            "lift",
            "kinds",
            "words",
            "words-back",
            "extra-words",
        ]
        .map(|name| format!("known:{name}")),
    );
    for which in ["main", "nearest"] {
        names.extend(
            pair::VALUE_NAMES
                .iter()
                .map(|name| format!("{which}:{name}")),
        );
    }
    names.extend(
        [
            "source-words",
            "target-words",
            "source-names",
            "target-names",
            "target-depth",
            "target-children",
            "has-prose",
            "same-name",
            "best-grams",
            "best-sum",
            "source-small-end",
            "target-small-end",
            "outside",
        ]
        .map(|name| format!("shape:{name}")),
    );
    names.extend(
        ["of-source", "rank-at-source", "of-target", "rank-at-target"]
            .map(|name| format!("rivals:{name}")),
    );
    names
}

/// Both sides, read and indexed.
pub struct Prepared {
    pub analysis: Analysis,
    pub targets: Views,
    /// What is like what is looked up once mappings are known, and not before.
    like_source: OnceLock<Alike>,
    like_target: OnceLock<Alike>,
    source_kinds: Vec<u32>,
    target_kinds: Vec<u32>,
    kinds: Vec<f32>,
}

/// The candidates of one source concept.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub source: u32,
    pub targets: Vec<u32>,
    /// [`FEATURES`] numbers for each target.
    pub features: Vec<f32>,
    /// The sum that competition is measured by, for each target.
    sums: Vec<f32>,
}

impl Row {
    /// The numbers of one candidate.
    #[must_use]
    pub fn of(&self, candidate: usize) -> &[f32] {
        self.features
            .get(candidate * FEATURES..(candidate + 1) * FEATURES)
            .unwrap_or(&[])
    }

    /// Whether mappings of similar concepts lead to a candidate or near it.
    #[must_use]
    pub fn is_advised(&self, candidate: usize) -> bool {
        let known = self.of(candidate).get(KNOWN_AT..KNOWN_AT + 3);
        known.is_some_and(|advised| advised.iter().any(|value| *value > 0.0))
    }
}

/// Whether the nearest two names of a pair say so much of the same that they may stand for one thing, by its row of numbers.
#[must_use]
pub fn names_meet(numbers: &[f32]) -> bool {
    let covered = numbers.get(NEAREST_AT + pair::COVERED);
    let covers = numbers.get(NEAREST_AT + pair::COVERS);
    let enough = |value: Option<&f32>| value.is_some_and(|value| *value >= MEET);
    enough(covered) && enough(covers)
}

/// A similarity that comes from elsewhere, from an embedding model for example.
pub trait Elsewhere: Sync {
    /// How alike a source and a target are, from 0 to 1, by their positions.
    fn like(&self, source: u32, target: u32) -> f32;

    /// The targets that are most like a source, best first: they become candidates.
    fn nearest(&self, source: u32) -> &[u32];
}

/// Where a similarity comes from, if there is one.
pub type Outside<'a> = &'a dyn Elsewhere;

/// Reads and indexes both sides.
#[must_use]
pub fn prepare(source: &Concepts, target: &Concepts) -> Prepared {
    let analysis = analyze(source, target);
    let targets = Views::new(&analysis, &analysis.target);
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut number = |name| {
        let next = u32::try_from(numbers.len()).unwrap_or(0);
        *numbers.entry(name).or_insert(next)
    };
    let source_kinds: Vec<u32> = source
        .items
        .iter()
        .map(|item| number(item.kind.as_str()))
        .collect();
    let target_kinds: Vec<u32> = target
        .items
        .iter()
        .map(|item| number(item.kind.as_str()))
        .collect();
    let mut kinds = vec![0.0f32; numbers.len()];
    for kind in &target_kinds {
        if let Some(count) = kinds.get_mut(*kind as usize) {
            *count += 1.0;
        }
    }
    Prepared {
        analysis,
        targets,
        like_source: OnceLock::new(),
        like_target: OnceLock::new(),
        source_kinds,
        target_kinds,
        kinds,
    }
}

impl Prepared {
    /// What the known mappings say.
    #[must_use]
    pub fn experience(&self, known: &[Known]) -> Experience<'_> {
        if known.is_empty() {
            return Experience::new(&self.analysis, &[], &[], known);
        }
        let (source, target) = (&self.analysis.source, &self.analysis.target);
        let (like_source, like_target) = rayon::join(
            || {
                self.like_source
                    .get_or_init(|| neighbors(source, &Views::new(&self.analysis, source)))
            },
            || {
                self.like_target
                    .get_or_init(|| spread(target, &self.targets))
            },
        );
        Experience::new(&self.analysis, like_source, like_target, known)
    }

    /// The candidates of the given source concepts.
    #[must_use]
    pub fn rows(&self, sources: &[u32], known: &[Known], outside: Option<Outside<'_>>) -> Vec<Row> {
        let experience = self.experience(known);
        let mut kind_pairs: FxHashMap<(u32, u32), f32> = FxHashMap::default();
        for row in known {
            *kind_pairs
                .entry((self.source_kind(row.source), self.target_kind(row.target)))
                .or_default() += 1.0;
        }
        let mut rows: Vec<Row> = sources
            .par_iter()
            .map_init(Room::default, |room, source| {
                let advice = experience.advice(*source);
                let mut forward = advice.forward();
                forward.extend(outside.map_or(&[][..], |outside| outside.nearest(*source)));
                let found = self
                    .targets
                    .search(&self.analysis.source, *source, &forward, room);
                let own = experience.own(*source);
                let mut row = Row {
                    source: *source,
                    targets: Vec::with_capacity(found.len()),
                    features: Vec::with_capacity(found.len() * FEATURES),
                    sums: Vec::with_capacity(found.len()),
                };
                let mut best = [0.0f32; VIEWS];
                let mut best_spread = 0.0f32;
                for candidate in &found {
                    for (best, value) in best.iter_mut().zip(&candidate.values) {
                        *best = best.max(*value);
                    }
                    best_spread = best_spread.max(
                        advice
                            .targets
                            .get(&candidate.target)
                            .map_or(0.0, |values| values[2]),
                    );
                }
                for candidate in &found {
                    let numbers = &mut row.features;
                    numbers.extend(candidate.values);
                    numbers.extend(RELATIVE.iter().map(|view| {
                        let (value, best) = (candidate.values[*view], best[*view]);
                        if best > 0.0 { value / best } else { 0.0 }
                    }));
                    let advised = advice
                        .targets
                        .get(&candidate.target)
                        .copied()
                        .unwrap_or([0.0; 3]);
                    numbers.extend(advised);
                    numbers.push(if best_spread > 0.0 {
                        advised[2] / best_spread
                    } else {
                        0.0
                    });
                    self.known_numbers(
                        &experience,
                        &own,
                        *source,
                        candidate.target,
                        &kind_pairs,
                        known.len(),
                        numbers,
                    );
                    self.pair_numbers(*source, candidate, &best, outside, numbers);
                    let v = &candidate.values;
                    let sum =
                        v[0] + v[2] + 0.5 * v[3] + v[4] + 0.5 * v[6] + v[7] + v[11] + advised[2];
                    row.targets.push(candidate.target);
                    row.sums.push(sum);
                    row.features.resize(row.targets.len() * FEATURES, 0.0);
                }
                row
            })
            .collect();
        compete(&mut rows);
        rows
    }

    fn source_kind(&self, concept: u32) -> u32 {
        self.source_kinds
            .get(concept as usize)
            .copied()
            .unwrap_or(0)
    }

    fn target_kind(&self, concept: u32) -> u32 {
        self.target_kinds
            .get(concept as usize)
            .copied()
            .unwrap_or(0)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one row of numbers has many sources"
    )]
    fn known_numbers(
        &self,
        experience: &Experience<'_>,
        own: &OwnPairs,
        source: u32,
        target: u32,
        kind_pairs: &FxHashMap<(u32, u32), f32>,
        known: usize,
        numbers: &mut Vec<f32>,
    ) {
        let (uses, exact) = experience.uses(source, target);
        numbers.push(uses.max(0.0).ln_1p());
        numbers.push(exact.max(0.0));
        let (shares, base) = experience.group_shares(source, own, target);
        numbers.extend(shares);
        numbers.push(base);
        let last = shares.last().copied().unwrap_or(0.0);
        numbers.push(((last + 1e-4) / (base + 1e-4)).ln());
        let kind = self.target_kind(target);
        let of_kind = self
            .kinds
            .get(kind as usize)
            .copied()
            .unwrap_or(1.0)
            .max(1.0);
        let seen = kind_pairs
            .get(&(self.source_kind(source), kind))
            .copied()
            .unwrap_or(0.0);
        let expected = known as f32 * of_kind / self.target_kinds.len().max(1) as f32;
        numbers.push(if known == 0 {
            0.0
        } else {
            ((seen + 1.0) / (expected + 1.0)).ln()
        });
        numbers.extend(experience.words(source, own, target));
        numbers.push(experience.extra_words(source, target));
    }

    fn pair_numbers(
        &self,
        source: u32,
        candidate: &Candidate,
        best: &[f32; VIEWS],
        outside: Option<Outside<'_>>,
        numbers: &mut Vec<f32>,
    ) {
        let (from, to) = (&self.analysis.source, &self.analysis.target);
        let ours = from.names_of(source);
        let theirs = to.names_of(candidate.target);
        let at = candidate.target as usize;
        match (ours.first(), theirs.first()) {
            (Some(one), Some(other)) => {
                let main = compare(&self.analysis, one, other);
                numbers.extend(main);
                let (near, far) = nearest(ours, theirs).unwrap_or((one, other));
                let same = std::ptr::eq(near, one) && std::ptr::eq(far, other);
                numbers.extend(match same {
                    true => main,
                    false => compare(&self.analysis, near, far),
                });
                numbers.push(one.tokens.len() as f32);
                numbers.push(other.tokens.len() as f32);
            }
            _ => numbers.extend([0.0; 2 * pair::VALUES + 2]),
        }
        numbers.push((ours.len() as f32).ln_1p());
        numbers.push((theirs.len() as f32).ln_1p());
        numbers.push(to.depth.get(at).copied().unwrap_or(0) as f32);
        numbers.push((to.children.get(at).copied().unwrap_or(0) as f32).ln_1p());
        numbers.push(if to.prose.get(at).is_some_and(|prose| !prose.is_empty()) {
            1.0
        } else {
            0.0
        });
        let digests = to.digests_of(candidate.target);
        let same = from
            .digests_of(source)
            .iter()
            .filter(|digest| digests.contains(digest))
            .count();
        numbers.push((same as f32).ln_1p());
        numbers.push(best[4]);
        numbers.push(best[0] + best[2] + best[4] + best[7] + best[11]);
        for names in [ours, theirs] {
            let small = names.first().is_some_and(|name| name.small_end);
            numbers.push(f32::from(u8::from(small)));
        }
        numbers.push(outside.map_or(0.0, |outside| outside.like(source, candidate.target)));
    }
}

/// The two names that are most alike, among the first few of the source and of the target: by their words, and by their letters among those
/// that come first by words.
fn nearest<'a>(ours: &'a [Name], theirs: &'a [Name]) -> Option<(&'a Name, &'a Name)> {
    let mut best = 0.0f32;
    let mut pairs: Vec<(f32, &Name, &Name)> = Vec::with_capacity(64);
    for one in ours.iter().take(4) {
        for other in theirs.iter().take(32) {
            let alike = product(&one.words, &other.words);
            if alike > 0.0 && alike >= best - 0.1 {
                best = best.max(alike);
                pairs.push((alike, one, other));
            }
        }
    }
    if pairs.is_empty() {
        let one = ours.first()?;
        pairs.extend(theirs.iter().take(8).map(|other| (0.0, one, other)));
    }
    let mut found: Option<(f32, &Name, &Name)> = None;
    for (alike, one, other) in pairs
        .into_iter()
        .filter(|(alike, _, _)| *alike >= best - 0.1)
    {
        let alike = alike + product(&one.grams, &other.grams);
        if found.is_none_or(|(most, _, _)| alike > most) {
            found = Some((alike, one, other));
        }
    }
    found.map(|(_, one, other)| (one, other))
}

/// Fills in how each pair stands beside its rivals at the source and at the target.
fn compete(rows: &mut [Row]) {
    let mut claims: FxHashMap<u32, Vec<f32>> = FxHashMap::default();
    for row in rows.iter() {
        for (target, sum) in row.targets.iter().zip(&row.sums) {
            claims.entry(*target).or_default().push(*sum);
        }
    }
    claims
        .par_iter_mut()
        .for_each(|(_, sums)| sums.sort_unstable_by(|a, b| b.total_cmp(a)));
    rows.par_iter_mut().for_each(|row| {
        let mut own = row.sums.clone();
        own.sort_unstable_by(|a, b| b.total_cmp(a));
        let rank = |sums: &[f32], value: f32| sums.partition_point(|other| *other > value) as f32;
        let best = |sums: &[f32]| sums.first().copied().unwrap_or(0.0).max(1e-6);
        for (candidate, (target, sum)) in row.targets.iter().zip(&row.sums).enumerate() {
            let claims = claims.get(target).map_or(&[][..], Vec::as_slice);
            let values = [
                sum / best(&own),
                rank(&own, *sum).ln_1p(),
                sum / best(claims),
                rank(claims, *sum).ln_1p(),
            ];
            let end = (candidate + 1) * FEATURES;
            if let Some(slots) = row.features.get_mut(end - RIVALS..end) {
                slots.copy_from_slice(&values);
            }
        }
    });
}
