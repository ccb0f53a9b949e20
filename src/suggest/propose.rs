//! Proposals: for each concept that is not mapped yet the few targets worth a look, with verb, confidence and reasons.
//!
//! Goes in: both sides, what is mapped, what was refused. Comes out: proposals in the order of the sources, of each the surest first. Where enough is mapped already, the ranker learns
//! from it; else the shipped weights rank. Nothing is proposed twice, and nothing that was refused or mapped.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::analysis::{Analysis, Name};
use super::caution::{ceiling, of_one_word};
use super::concept::{Concepts, Known, Verb};
use super::evaluate;
use super::features::{Outside, Prepared, Row, prepare};
use super::index::product;
use super::pair::likeness;
use super::ranker::{Ranked, Ranker, likely};
use super::weights;

/// So many mapped concepts are enough to learn from.
const ENOUGH: usize = 80;
/// How much of it is set aside in turn to calibrate the confidence.
const FOLDS: u32 = 4;
/// Two words at least so much alike are named as a reason.
const SHARED: f32 = 0.6;
/// Descriptions that are at least so much alike are a reason (the product of two vectors of length 1).
const DESCRIBED: f32 = 0.08;

/// What an embedding model holds to be at least so much alike is a reason.
const LIKE: f32 = 0.5;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// At most so many proposals for a concept.
    pub limit: usize,
    /// None with less confidence.
    pub least: f32,
    /// The concepts to propose for; `None` for all that are not mapped.
    pub sources: Option<Vec<u32>>,
    /// Mappings that were refused or stand proposed already, and those to concepts that are no targets.
    pub never: FxHashSet<(u32, u32)>,
    /// Concepts that are said to have no match.
    pub settled: FxHashSet<u32>,
    /// Whether proposals are made that rest on nothing that could be named ([`Reason::is_none`]).
    pub groundless: bool,
}

/// One proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    pub source: u32,
    pub target: u32,
    pub verb: Verb,
    /// The probability that the two are related at all.
    pub confidence: f32,
    /// Words that both names share, as the target writes them, and where they were found.
    pub reason: Reason,
}

/// What led to a proposal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reason {
    /// Words of the source's name that the target's name has too.
    pub words: Vec<String>,
    /// The other name of the target in which they were found, if not its main one.
    pub name: Option<String>,
    /// Rare words that the descriptions share, where the names share none.
    pub described: Vec<String>,
    /// Whether mappings that were made of similar items lead there or near.
    pub similar: bool,
    /// How alike an embedding model holds their names to be, where it does.
    pub model: Option<f32>,
}

impl Reason {
    /// Whether there is nothing to name: no word, no description, no mapping of a similar item, no model.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.is_bare() && self.model.is_none()
    }

    /// Whether nothing but a model speaks for it, if that does.
    fn is_bare(&self) -> bool {
        self.words.is_empty() && self.described.is_empty() && !self.similar
    }

    /// One line for people.
    #[must_use]
    pub fn line(&self) -> String {
        if let (true, Some(like)) = (self.words.is_empty(), self.model) {
            return format!("no shared words, names alike to the model ({like:.2})");
        }
        match (self.words.is_empty(), &self.name) {
            (false, None) => format!("shared words: {}", self.words.join(", ")),
            (false, Some(name)) => format!(
                "shared words: {}, with its other name {name}",
                self.words.join(", ")
            ),
            (true, _) if !self.described.is_empty() => {
                format!("words of the descriptions: {}", self.described.join(", "))
            }
            (true, _) if self.similar => {
                "no shared words, only mappings of similar items".to_owned()
            }
            (true, _) => "a guess: no shared words, and no mapping of a similar item".to_owned(),
        }
    }
}

/// Proposes mappings.
#[must_use]
pub fn propose(
    source: &Concepts,
    target: &Concepts,
    known: &[Known],
    wish: &Wish,
    outside: Option<Outside<'_>>,
) -> Vec<Proposal> {
    let prepared = prepare(source, target);
    let mapped: FxHashSet<u32> = known.iter().map(|row| row.source).collect();
    let learns = mapped.len() >= ENOUGH;
    let ranker = if learns {
        evaluate::fit(source, &prepared, known, FOLDS, outside)
    } else {
        weights::shipped().unwrap_or_default()
    };
    let all: Vec<u32> = (0..u32::try_from(source.items.len()).unwrap_or(u32::MAX)).collect();
    let wanted: FxHashSet<u32> = match &wish.sources {
        Some(sources) => sources.iter().copied().collect(),
        None => all
            .iter()
            .filter(|concept| !mapped.contains(concept))
            .copied()
            .collect(),
    };
    // All concepts are looked at, wanted or not: they compete for targets.
    let rows = prepared.rows(&all, if learns { known } else { &[] }, outside);
    let taken: FxHashSet<(u32, u32)> = known.iter().map(|row| (row.source, row.target)).collect();
    rows.par_iter()
        .filter(|row| wanted.contains(&row.source) && !wish.settled.contains(&row.source))
        .flat_map_iter(|row| {
            // What was learnt here has learnt to read the likeness from elsewhere too; the shipped weights have not.
            let ranked = ranker.rank_beside(row, outside.filter(|_| !learns));
            let of_row = (row, ranked.as_slice());
            for_one(
                &prepared,
                (&ranker, learns),
                of_row,
                (wish, &taken),
                outside,
            )
        })
        .collect()
}

fn for_one(
    prepared: &Prepared,
    (ranker, learnt_here): (&Ranker, bool),
    (row, ranked): (&Row, &[Ranked]),
    (wish, taken): (&Wish, &FxHashSet<(u32, u32)>),
    outside: Option<Outside<'_>>,
) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    for ranked in ranked {
        let pair = (row.source, ranked.target);
        if found.len() >= wish.limit {
            break;
        }
        let like = outside.map(|outside| outside.like(row.source, ranked.target));
        let confidence = match learnt_here {
            true => ranker.confidence(ranked.related),
            false => sure(&prepared.analysis, ranker, row, ranked, like),
        };
        if confidence < wish.least || wish.never.contains(&pair) || taken.contains(&pair) {
            continue;
        }
        let mut reason = reason(&prepared.analysis, row.source, ranked.target);
        reason.similar = row.is_advised(ranked.candidate);
        reason.model = like.filter(|like| *like >= LIKE);
        let groundless = reason.is_none();
        if groundless && !wish.groundless {
            continue;
        }
        // One target at most can be the same; a guess, and what a model alone says, claims as little as it can.
        let again = found.iter().any(|other| other.verb == Verb::Exact);
        let verb = match reason.is_bare() {
            true => Verb::Close,
            false => match ranker.verb(row, ranked.candidate) {
                Verb::Exact if again => Verb::Close,
                verb => match nearest(&prepared.analysis, row.source, ranked.target) {
                    Some((one, other)) => verb_by_names(verb, one, other),
                    None => verb,
                },
            },
        };
        found.push(Proposal {
            source: row.source,
            target: ranked.target,
            verb,
            confidence,
            reason,
        });
    }
    // What stands first is what the reader may be surest of; among equals the order of the ranker stays.
    found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    found
}

/// Turns a learnt verb round where the names say the opposite: *nursing law* is within *law* and does not cover it.
fn verb_by_names(verb: Verb, source: &Name, target: &Name) -> Verb {
    let holds = |whole: &Name, part: &Name| {
        whole.tokens.len() > part.tokens.len()
            && !part.tokens.is_empty()
            && part.tokens.iter().all(|word| whole.tokens.contains(word))
    };
    match verb {
        Verb::Narrow if holds(source, target) => Verb::Broad,
        Verb::Broad if holds(target, source) => Verb::Narrow,
        verb => verb,
    }
}

/// The confidence that the shipped weights allow: held back where names say little ([`ceiling`]), unless a model holds them to be alike.
pub(super) fn sure(
    analysis: &Analysis,
    ranker: &Ranker,
    row: &Row,
    ranked: &Ranked,
    like: Option<f32>,
) -> f32 {
    let said = ranker.confidence(ranked.related);
    let most = ceiling(row.of(ranked.candidate));
    let names = nearest(analysis, row.source, ranked.target);
    let most = match names {
        Some((one, other)) => most.min(of_one_word(analysis, one, other)),
        None => most,
    };
    said.min(most.max(like.map_or(0.0, likely)))
}

/// The two names of a source and a target that are most alike.
fn nearest(analysis: &Analysis, source: u32, target: u32) -> Option<(&Name, &Name)> {
    let ours = analysis.source.names_of(source);
    let theirs = analysis.target.names_of(target);
    let mut best: Option<(f32, &Name, &Name)> = None;
    for one in ours.iter().take(40) {
        for other in theirs {
            let words = product(&one.words, &other.words);
            // Letters add a half at most.
            if best.is_some_and(|(most, _, _)| words + 0.5 <= most) {
                continue;
            }
            let alike = words + 0.5 * product(&one.grams, &other.grams);
            if best.is_none_or(|(most, _, _)| alike > most + 1e-6) {
                best = Some((alike, one, other));
            }
        }
    }
    best.map(|(_, one, other)| (one, other))
}

/// Looks for the words that two concepts share.
fn reason(analysis: &Analysis, source: u32, target: u32) -> Reason {
    let mut reason = Reason::default();
    if let Some((one, other)) = nearest(analysis, source, target) {
        reason.words = shared(analysis, one, other);
        if !other.preferred && !reason.words.is_empty() {
            reason.name = Some(other.folded.clone());
        }
    }
    if reason.words.is_empty() {
        reason.described = described(analysis, source, target);
    }
    reason
}

/// The words of the target's name that stand for a word of the source's name.
fn shared(analysis: &Analysis, one: &Name, other: &Name) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for token in &other.tokens {
        let alike = one
            .tokens
            .iter()
            .any(|word| likeness(analysis, *word, *token) >= SHARED);
        let Some(stem) = analysis.terms.get(*token as usize).filter(|_| alike) else {
            continue;
        };
        // The word as it is written; a stem may end in another letter (`early`, `earli`).
        let shorter = stem
            .char_indices()
            .last()
            .map_or("", |(last, _)| stem.get(..last).unwrap_or(""));
        let beginning = |start: &str| {
            other
                .folded
                .split(' ')
                .find(|word| !start.is_empty() && word.starts_with(start))
        };
        let word = beginning(stem).or_else(|| beginning(shorter));
        let word = word.unwrap_or(stem).to_owned();
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// The three rarest words that both descriptions hold, if these are alike at all.
fn described(analysis: &Analysis, source: u32, target: u32) -> Vec<String> {
    let (Some(ours), Some(theirs)) = (
        analysis.source.whole.get(source as usize),
        analysis.target.whole.get(target as usize),
    ) else {
        return Vec::new();
    };
    if product(ours, theirs) < DESCRIBED {
        return Vec::new();
    }
    let mut both: Vec<(f32, u32)> = ours
        .iter()
        .filter_map(|(term, weight)| {
            let at = theirs
                .binary_search_by_key(term, |(other, _)| *other)
                .ok()?;
            theirs.get(at).map(|(_, other)| (weight * other, *term))
        })
        .collect();
    both.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    both.into_iter()
        .take(3)
        .filter_map(|(_, term)| analysis.terms.get(term as usize).cloned())
        .collect()
}
