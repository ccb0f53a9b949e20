//! The learnt part: how likely a candidate is a mapping, with which verb, and how sure that is.
//!
//! Goes in: rows of numbers and the mappings that are known. Comes out: a [`Ranker`], which orders candidates. Four small sets of trees answer *is it
//! mapped at all*, *exactly*, *to something broader*, *to something narrower*; the order is by the first two together.

use rustc_hash::FxHashMap;

use super::concept::{Known, Verb};
use super::features::{FEATURES, Row, names_meet};
use super::trees::{Lessons, Table, Trees, learn};

/// What being exactly the same counts beside being related at all, in the order of candidates.
const EXACT_COUNTS: f32 = 2.0;

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
    pub verb: Verb,
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
                    verb: Verb::Close,
                }
            })
            .collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.target.cmp(&b.target)));
        for one in ranked.iter_mut().take(20) {
            one.verb = self.verb(row.of(one.candidate));
        }
        ranked
    }

    /// The likeliest verb. Two things are called the same only where their names say so.
    fn verb(&self, numbers: &[f32]) -> Verb {
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
