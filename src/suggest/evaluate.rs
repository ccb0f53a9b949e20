//! How good the proposals are, measured on mappings that people made.
//!
//! The unit is the *subject*, a concept that the gold table maps: it is a hit at 10 for a relation if any of its gold targets of that relation is among the
//! first ten proposals. There is one list of proposals for all relations. Subjects are dealt into folds by a hash of their key; what ranks a fold has been
//! learnt from the other folds alone, and no mapping of a subject is known when its proposals are made. Its confidence is calibrated on the
//! other folds' proposals as well.

use rustc_hash::{FxHashMap, FxHashSet};

use super::calibration::{Reliability, curve, honest, reliability};
use super::concept::{Concepts, Known};
use super::features::{Outside, Prepared, Row, prepare};
use super::propose::sure;
use super::ranker::{LESSONS, Ranked, Ranker};

/// How many proposals of a subject are looked at.
const LOOKED_AT: usize = 10;

/// What was measured.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// The number of folds; 0 where nothing was learnt from the gold.
    pub folds: u32,
    pub sources: usize,
    pub targets: usize,
    pub rows: usize,
    /// One for each set of rows that was asked for.
    pub scores: Vec<Score>,
    /// Of first proposals that are in the gold, the share with the gold's verb.
    pub verb: f32,
    /// Confidence beside what came true, over the first ten proposals of each subject.
    pub reliability: Vec<Reliability>,
    /// The expected calibration error.
    pub error: f32,
}

/// Hits for the rows of one relation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Score {
    pub relation: &'static str,
    pub subjects: usize,
    pub hit_1: f32,
    pub hit_5: f32,
    pub hit_10: f32,
    /// The mean of one over the rank of the first hit, within ten.
    pub mrr_10: f32,
}

/// A set of gold rows to count hits for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `exact`, `any`.
    pub name: &'static str,
    pub rows: Vec<Known>,
}

/// What the evaluation ranks with.
#[derive(Debug, Clone, Copy)]
pub enum Method<'a> {
    /// Learn from the other folds, of so many.
    CrossValidated(u32),
    /// Use these weights; the gold serves to count hits and for nothing else.
    Fixed(&'a Ranker),
}

/// Proposals of one subject with what is true of them.
struct Subject {
    fold: u32,
    concept: u32,
    /// The first ten targets.
    first: Vec<u32>,
    /// Of the first ten: raw probability (with fixed weights: what is said), and whether it is in the gold.
    seen: Vec<(f32, bool)>,
    /// Whether the first proposal, being in the gold, has its verb.
    verb: Option<bool>,
}

/// Measures.
#[must_use]
pub fn evaluate(
    source: &Concepts,
    target: &Concepts,
    gold: &[Known],
    asked: &[Asked],
    method: Method<'_>,
    outside: Option<Outside<'_>>,
) -> Evaluation {
    let prepared = prepare(source, target);
    let mut of: FxHashMap<u32, Vec<Known>> = FxHashMap::default();
    for row in gold {
        of.entry(row.source).or_default().push(*row);
    }
    let all: Vec<u32> = (0..u32::try_from(source.items.len()).unwrap_or(u32::MAX)).collect();
    let folds = match method {
        Method::CrossValidated(folds) => folds.max(2),
        Method::Fixed(_) => 1,
    };
    let fold_of = |concept: u32| {
        source
            .items
            .get(concept as usize)
            .map_or(0, |item| fold(&item.key, folds))
    };
    let mut subjects: Vec<Subject> = Vec::new();
    for fold in 0..folds {
        let (rows, fitted) = match method {
            Method::CrossValidated(_) => {
                let (rows, ranker) = learn_without(
                    &prepared,
                    &all,
                    gold,
                    &|concept| fold_of(concept) != fold,
                    outside,
                );
                (rows, Some(ranker))
            }
            Method::Fixed(_) => (prepared.rows(&all, &[], outside), None),
        };
        let ranker = match (&fitted, method) {
            (Some(ranker), _) => ranker,
            (None, Method::Fixed(ranker)) => ranker,
            (None, Method::CrossValidated(_)) => continue,
        };
        // What was learnt here has learnt to read the likeness from elsewhere too; fixed weights have not.
        let beside = match method {
            Method::CrossValidated(_) => None,
            Method::Fixed(_) => outside,
        };
        for row in rows.iter().filter(|row| fold_of(row.source) == fold) {
            if let Some(gold) = of.get(&row.source) {
                let ranked = ranker.rank_beside(row, beside);
                let mut subject = judge(fold, row, gold, (ranker, &ranked));
                if let Method::Fixed(_) = method {
                    for ((said, _), one) in subject.seen.iter_mut().zip(&ranked) {
                        let like = beside.map(|beside| beside.like(row.source, one.target));
                        *said = sure(&prepared.analysis, ranker, row, one, like);
                    }
                }
                subjects.push(subject);
            }
        }
    }
    let said: Vec<(f32, bool)> = match method {
        Method::CrossValidated(_) => (0..folds)
            .flat_map(|fold| {
                let others = subjects.iter().filter(|subject| subject.fold != fold);
                let curve = curve(
                    others
                        .flat_map(|subject| subject.seen.iter().copied())
                        .collect(),
                );
                let own = subjects.iter().filter(|subject| subject.fold == fold);
                own.flat_map(|subject| subject.seen.iter())
                    .map(|(raw, right)| (honest(&curve, *raw), *right))
                    .collect::<Vec<_>>()
            })
            .collect(),
        // What is said of these is final.
        Method::Fixed(_) => subjects
            .iter()
            .flat_map(|subject| subject.seen.iter())
            .copied()
            .collect(),
    };
    let (reliability, error) = reliability(&said);
    let verbs: Vec<bool> = subjects.iter().filter_map(|subject| subject.verb).collect();
    let scores = asked.iter().map(|asked| scored(asked, &subjects)).collect();
    Evaluation {
        folds: match method {
            Method::CrossValidated(_) => folds,
            Method::Fixed(_) => 0,
        },
        sources: source.items.len(),
        targets: target.items.len(),
        rows: gold.len(),
        scores,
        verb: verbs.iter().filter(|right| **right).count() as f32 / verbs.len().max(1) as f32,
        reliability,
        error,
    }
}

/// Learns from the mappings of some subjects; the rows of all concepts come with it, made with those mappings known.
fn learn_without(
    prepared: &Prepared,
    all: &[u32],
    gold: &[Known],
    learns_from: &dyn Fn(u32) -> bool,
    outside: Option<Outside<'_>>,
) -> (Vec<Row>, Ranker) {
    let known: Vec<Known> = gold
        .iter()
        .filter(|row| learns_from(row.source))
        .copied()
        .collect();
    let rows = prepared.rows(all, &known, outside);
    let mapped: FxHashSet<u32> = known.iter().map(|row| row.source).collect();
    let lessons: Vec<&Row> = rows
        .iter()
        .filter(|row| mapped.contains(&row.source))
        .collect();
    let ranker = Ranker::fit(&lessons, &known, LESSONS);
    (rows, ranker)
}

/// A ranker for a project: learnt from its own mappings, calibrated by cross-validation over them.
#[must_use]
pub fn fit(
    source: &Concepts,
    prepared: &Prepared,
    known: &[Known],
    folds: u32,
    outside: Option<Outside<'_>>,
) -> Ranker {
    let all: Vec<u32> = (0..u32::try_from(source.items.len()).unwrap_or(u32::MAX)).collect();
    let mut of: FxHashMap<u32, Vec<Known>> = FxHashMap::default();
    for row in known {
        of.entry(row.source).or_default().push(*row);
    }
    let fold_of = |concept: u32| {
        source
            .items
            .get(concept as usize)
            .map_or(0, |item| fold(&item.key, folds))
    };
    let mut seen = Vec::new();
    for fold in 0..folds {
        let (rows, ranker) = learn_without(
            prepared,
            &all,
            known,
            &|concept| fold_of(concept) != fold,
            outside,
        );
        for row in rows.iter().filter(|row| fold_of(row.source) == fold) {
            if let Some(gold) = of.get(&row.source) {
                let ranked = ranker.rank(row);
                seen.extend(judge(fold, row, gold, (&ranker, &ranked)).seen);
            }
        }
    }
    let (_, mut ranker) = learn_without(prepared, &all, known, &|_| true, outside);
    ranker.honest = curve(seen);
    ranker
}

/// The ranks of the first row of each subject that has any.
fn scored(asked: &Asked, subjects: &[Subject]) -> Score {
    let mut of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for row in &asked.rows {
        of.entry(row.source).or_default().push(row.target);
    }
    let ranks: Vec<usize> = subjects
        .iter()
        .filter_map(|subject| {
            let gold = of.get(&subject.concept)?;
            let rank = subject
                .first
                .iter()
                .position(|target| gold.contains(target));
            Some(rank.unwrap_or(usize::MAX))
        })
        .collect();
    score(asked.name, &ranks)
}

fn judge(fold: u32, row: &Row, gold: &[Known], (ranker, ranked): (&Ranker, &[Ranked])) -> Subject {
    let first = ranked
        .iter()
        .take(LOOKED_AT)
        .map(|one| one.target)
        .collect();
    let seen = ranked
        .iter()
        .take(LOOKED_AT)
        .map(|one| (one.related, gold.iter().any(|row| row.target == one.target)))
        .collect();
    let verb = ranked.first().and_then(|first| {
        let known = gold.iter().find(|row| row.target == first.target)?;
        Some(known.verb == ranker.verb(row, first.candidate))
    });
    Subject {
        fold,
        concept: row.source,
        first,
        seen,
        verb,
    }
}

fn score(relation: &'static str, ranks: &[usize]) -> Score {
    let count = ranks.len().max(1) as f32;
    let within = |limit: usize| ranks.iter().filter(|rank| **rank < limit).count() as f32 / count;
    let reciprocal = |rank: &usize| {
        if *rank < LOOKED_AT {
            1.0 / (*rank as f32 + 1.0)
        } else {
            0.0
        }
    };
    Score {
        relation,
        subjects: ranks.len(),
        hit_1: within(1),
        hit_5: within(5),
        hit_10: within(10),
        mrr_10: ranks.iter().map(reciprocal).sum::<f32>() / count,
    }
}

/// The fold of a subject: a hash of its key (FNV-1a), so that it does not depend on the order of the table.
fn fold(key: &str, folds: u32) -> u32 {
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    u32::try_from((hash >> 20) % u64::from(folds.max(1))).unwrap_or(0)
}
