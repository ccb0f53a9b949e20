//! The learnt part: how likely a candidate is a mapping, with which verb, and how sure that is.
//!
//! Goes in: rows of numbers and the mappings that are known. Comes out: a [`Ranker`], which orders candidates. Four small sets of trees answer *is it
//! mapped at all*, *exactly*, *to something broader*, *to something narrower*; the order is by the first two together.

use rustc_hash::FxHashMap;

use super::concept::{Known, Verb};
use super::features::{FEATURES, Outside, Row, names_meet};
use super::trees::{Lessons, Table, Trees, learn};

/// What being exactly the same counts beside being related at all, in the order of candidates.
const EXACT_COUNTS: f32 = 2.0;

/// How little the first places stand out where two orders are blended.
const CALM: f32 = 5.0;

/// How probable a likeness alone makes a mapping: nothing below 0.3, a half at 0.8.
#[must_use]
pub fn likely(like: f32) -> f32 {
    let above = ((like - 0.3) / 0.7).clamp(0.0, 1.0);
    above * above * 0.95
}

/// How relatedness is learnt.
pub const LESSONS: Lessons = Lessons {
    trees: 240,
    leaves: 15,
    rate: 0.06,
    least: 20,
    calm: 5.0,
    turns: 2,
};
/// How verbs are learnt: from far fewer rows.
const VERB_LESSONS: Lessons = Lessons {
    trees: 80,
    leaves: 6,
    rate: 0.08,
    least: 15,
    calm: 5.0,
    turns: 2,
};

/// What has been learnt.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranker {
    pub related: Trees,
    pub exact: Trees,
    /// Among related pairs, for each of [`Verb::ALL`].
    pub verbs: [Trees; 4],
    /// From raw to honest probabilities.
    pub honest: Vec<(f32, f32)>,
}

/// A candidate in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    pub target: u32,
    /// The position among the candidates of the row.
    pub candidate: usize,
    /// What the order goes by.
    pub score: f32,
    /// The raw probability of being a mapping.
    pub related: f32,
}

impl Ranker {
    /// Learns from the rows of mapped concepts.
    #[must_use]
    pub fn fit(rows: &[&Row], known: &[Known], lessons: Lessons) -> Ranker {
        let mut verbs: FxHashMap<(u32, u32), Verb> = FxHashMap::default();
        for row in known {
            verbs.entry((row.source, row.target)).or_insert(row.verb);
        }
        let mut numbers: Vec<f32> = Vec::new();
        let mut answers: Vec<Option<Verb>> = Vec::new();
        for row in rows {
            numbers.extend_from_slice(&row.features);
            answers.extend(
                row.targets
                    .iter()
                    .map(|target| verbs.get(&(row.source, *target)).copied()),
            );
        }
        let table = Table {
            numbers: &numbers,
            width: FEATURES,
        };
        let asked = |question: &dyn Fn(Option<Verb>) -> bool| -> Vec<bool> {
            answers.iter().map(|answer| question(*answer)).collect()
        };
        let related = learn(table, &asked(&|answer| answer.is_some()), lessons);
        let exact = learn(
            table,
            &asked(&|answer| answer == Some(Verb::Exact)),
            lessons,
        );
        let mut few: Vec<f32> = Vec::new();
        let mut said: Vec<Verb> = Vec::new();
        for (row, answer) in numbers.chunks_exact(FEATURES).zip(&answers) {
            if let Some(verb) = answer {
                few.extend_from_slice(row);
                said.push(*verb);
            }
        }
        let few = Table {
            numbers: &few,
            width: FEATURES,
        };
        let verbs = Verb::ALL.map(|verb| {
            let answers: Vec<bool> = said.iter().map(|said| *said == verb).collect();
            learn(few, &answers, VERB_LESSONS)
        });
        Ranker {
            related,
            exact,
            verbs,
            honest: Vec::new(),
        }
    }

    /// The candidates of a row, best first.
    #[must_use]
    pub fn rank(&self, row: &Row) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = row
            .targets
            .iter()
            .enumerate()
            .map(|(candidate, target)| {
                let numbers = row.of(candidate);
                let related = self.related.probability(numbers);
                let score = related + EXACT_COUNTS * self.exact.probability(numbers);
                Ranked {
                    target: *target,
                    candidate,
                    score,
                    related,
                }
            })
            .collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.target.cmp(&b.target)));
        ranked
    }

    /// The same, blended with a likeness that the trees have not learnt to read, if there is one.
    ///
    /// A candidate is worth the sum of 1 / ([`CALM`] + its place) over both orders, that of the trees and that of the likeness. It is as
    /// probable as the surer of the two says; what a likeness says is a rule of thumb ([`likely`]), not learnt.
    #[must_use]
    pub fn rank_beside(&self, row: &Row, outside: Option<Outside<'_>>) -> Vec<Ranked> {
        let mut ranked = self.rank(row);
        let Some(outside) = outside else {
            return ranked;
        };
        let mut like: Vec<(u32, f32)> = ranked
            .iter()
            .map(|one| (one.target, outside.like(row.source, one.target)))
            .collect();
        like.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let places: FxHashMap<u32, (usize, f32)> = like
            .into_iter()
            .enumerate()
            .map(|(place, (target, like))| (target, (place, like)))
            .collect();
        let worth = |place: usize| 1.0 / (CALM + place as f32);
        for (place, one) in ranked.iter_mut().enumerate() {
            let (other, like) = places.get(&one.target).copied().unwrap_or((place, 0.0));
            one.score = worth(place) + worth(other);
            one.related = one.related.max(likely(like));
        }
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.target.cmp(&b.target)));
        ranked
    }

    /// The likeliest verb of a candidate. Two things are called the same only where their names say so.
    #[must_use]
    pub fn verb(&self, row: &Row, candidate: usize) -> Verb {
        let numbers = row.of(candidate);
        let may_be_same = names_meet(numbers);
        let mut best = (f32::MIN, Verb::Close);
        for (verb, trees) in Verb::ALL.into_iter().zip(&self.verbs) {
            if verb == Verb::Exact && !may_be_same {
                continue;
            }
            let likely = trees.probability(numbers);
            if likely > best.0 {
                best = (likely, verb);
            }
        }
        best.1
    }

    /// The honest probability that a pair is a mapping.
    #[must_use]
    pub fn confidence(&self, raw: f32) -> f32 {
        super::calibration::honest(&self.honest, raw)
    }
}
