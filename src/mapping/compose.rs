//! Composition: rows from A to B and rows from B to C give rows from A to C.
//!
//! The join itself ([`join`]) works on numbers alone, so that tables and the crosswalks of a project share it. It is a hash join:
//! the right side is indexed by subject once, then each left row looks up its object. Bounded: where one thing in the middle
//! has so many rows on both sides that the result would grow beyond the limit, that thing is left out and named ([`Hub`]).
//! For each pair of ends the strongest conclusion counts (by predicate, then confidence, then order) and the other
//! ways to the same predicate are listed behind it. Where conclusions contradict each other, the pair has no row.

use rustc_hash::{FxHashMap, FxHashSet};

use super::chain::{self, CloseChains, Outcome};
use super::path::Path;
use super::table::{Predicate, Row, Slots, Table, Term, TermId, justification};

/// The largest number of conclusions, before those about the same pair are put together.
pub const LARGEST: usize = 2_000_000;

/// How many pairs with contradictory conclusions are told one by one.
const CLASHES_SHOWN: usize = 20;

/// One row as the join sees it.
#[derive(Debug, Clone)]
pub struct Edge<'a> {
    pub subject: u32,
    pub predicate: &'a Predicate,
    pub object: u32,
    pub confidence: Option<f64>,
}

/// One conclusion: the positions of the two rows, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Conclusion {
    pub left: u32,
    pub right: u32,
    pub predicate: Predicate,
    pub confidence: Option<f64>,
}

/// All that follows for a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    pub subject: u32,
    pub object: u32,
    /// The conclusions, the one that counts first; never empty, and all with the same predicate but for [`Join::clashes`].
    pub conclusions: Vec<Conclusion>,
}

/// Something in the middle that was left out, because too much follows over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hub {
    /// How many conclusions would go over it.
    pub conclusions: usize,
    pub middle: u32,
}

/// What a join gives.
#[derive(Debug, Clone, Default)]
pub struct Join {
    /// By subject in order of first appearance on the left, then by object in order of appearance.
    pub pairs: Vec<Joined>,
    /// Pairs whose conclusions contradict each other ([`clash`]): nothing follows for them. In the same order.
    pub clashes: Vec<Joined>,
    pub hubs: Vec<Hub>,
}

/// Two certainties, one after the other. A row without a number is taken at its word.
#[must_use]
pub fn product(first: Option<f64>, second: Option<f64>) -> Option<f64> {
    match (first, second) {
        (None, None) => None,
        (first, second) => {
            let product = first.unwrap_or(1.0) * second.unwrap_or(1.0);
            Some((product * 1e6).round() / 1e6)
        }
    }
}

/// Joins rows whose object is another row's subject. `limit` bounds the number of conclusions.
#[must_use]
pub fn join(left: &[Edge<'_>], right: &[Edge<'_>], close: CloseChains, limit: usize) -> Join {
    let mut by_subject: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (position, edge) in (0..).zip(right) {
        by_subject.entry(edge.subject).or_default().push(position);
    }
    let hubs = hubs(left, right, close, limit);
    let left_out: FxHashSet<u32> = hubs.iter().map(|hub| hub.middle).collect();
    let mut found: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    let mut pairs: Vec<Joined> = Vec::new();
    for (position, edge) in (0..).zip(left) {
        if left_out.contains(&edge.object) {
            continue;
        }
        let Some(onward) = by_subject.get(&edge.object) else {
            continue;
        };
        for &next in onward {
            let Some(other) = right.get(next as usize) else {
                continue;
            };
            // Something that leads back to itself says nothing new.
            if other.object == edge.subject {
                continue;
            }
            let Some(rule) = chain::rule(edge.predicate, other.predicate, close) else {
                continue;
            };
            let conclusion = Conclusion {
                left: position,
                right: next,
                predicate: rule.gives.clone(),
                confidence: product(edge.confidence, other.confidence),
            };
            let at = *found
                .entry((edge.subject, other.object))
                .or_insert(pairs.len());
            match pairs.get_mut(at) {
                Some(pair) => pair.conclusions.push(conclusion),
                None => pairs.push(Joined {
                    subject: edge.subject,
                    object: other.object,
                    conclusions: vec![conclusion],
                }),
            }
        }
    }
    for pair in &mut pairs {
        // Stable: among equals the first one read counts.
        pair.conclusions.sort_by(|a, b| {
            let certainty = |one: &Conclusion| one.confidence.unwrap_or(1.0);
            a.predicate
                .rank()
                .cmp(&b.predicate.rank())
                .then_with(|| certainty(b).total_cmp(&certainty(a)))
        });
    }
    let (clashes, mut pairs): (Vec<Joined>, Vec<Joined>) = pairs.into_iter().partition(clash);
    for pair in &mut pairs {
        if let Some(counts) = pair.conclusions.first().map(|one| one.predicate.clone()) {
            pair.conclusions.retain(|one| one.predicate == counts);
        }
    }
    Join {
        pairs,
        clashes,
        hubs,
    }
}

/// Whether one way says broader and another one narrower, or one says exactly the same and another one either.
fn clash(pair: &Joined) -> bool {
    let says = |wanted: fn(&Predicate) -> bool| {
        let mut conclusions = pair.conclusions.iter();
        conclusions.any(|one| wanted(&one.predicate))
    };
    let same = says(|one| {
        matches!(
            one,
            Predicate::Exact | Predicate::SameAs | Predicate::EquivalentClass
        )
    });
    let broad = says(|one| *one == Predicate::Broad);
    let narrow = says(|one| *one == Predicate::Narrow);
    usize::from(same) + usize::from(broad) + usize::from(narrow) > 1
}

/// What has to be left out so that the conclusions stay within the limit: the largest first.
fn hubs(left: &[Edge<'_>], right: &[Edge<'_>], close: CloseChains, limit: usize) -> Vec<Hub> {
    // Rows of each thing in the middle, counted by predicate: only what a rule speaks of becomes a conclusion.
    type Counts<'a> = Vec<(&'a Predicate, usize)>;
    let mut middles: FxHashMap<u32, (Counts<'_>, Counts<'_>)> = FxHashMap::default();
    fn count<'a>(counts: &mut Counts<'a>, predicate: &'a Predicate) {
        match counts.iter_mut().find(|(one, _)| *one == predicate) {
            Some((_, number)) => *number += 1,
            None => counts.push((predicate, 1)),
        }
    }
    for edge in left {
        let (into, _) = middles.entry(edge.object).or_default();
        count(into, edge.predicate);
    }
    for edge in right {
        if let Some((_, onward)) = middles.get_mut(&edge.subject) {
            count(onward, edge.predicate);
        }
    }
    let mut all: Vec<Hub> = middles
        .iter()
        .filter_map(|(&middle, (into, onward))| {
            let mut conclusions = 0_usize;
            for (first, here) in into {
                for (second, there) in onward {
                    if chain::rule(first, second, close).is_some() {
                        conclusions = conclusions.saturating_add(here.saturating_mul(*there));
                    }
                }
            }
            (conclusions > 0).then_some(Hub {
                conclusions,
                middle,
            })
        })
        .collect();
    let mut total = all
        .iter()
        .fold(0_usize, |sum, hub| sum.saturating_add(hub.conclusions));
    if total <= limit {
        return Vec::new();
    }
    all.sort_unstable_by(|a, b| b.cmp(a));
    let mut left_out = Vec::new();
    for hub in all {
        if total <= limit {
            break;
        }
        total = total.saturating_sub(hub.conclusions);
        left_out.push(hub);
    }
    left_out
}

/// Composes two tables: rows of the left one whose object is a subject of the right one.
#[must_use]
pub fn compose(left: &Table, right: &Table, close: CloseChains) -> Outcome {
    compose_within(left, right, close, LARGEST)
}

/// The same with a limit of one's own.
#[must_use]
pub fn compose_within(left: &Table, right: &Table, close: CloseChains, limit: usize) -> Outcome {
    let mut table = heading(left, right);
    let of_left: Vec<TermId> = intern_all(&mut table, left);
    let of_right: Vec<TermId> = intern_all(&mut table, right);
    let left_rows: Vec<&Row> = premises(left);
    let right_rows: Vec<&Row> = premises(right);
    let joined = {
        let left_edges = edges(&left_rows, &of_left);
        let right_edges = edges(&right_rows, &of_right);
        join(&left_edges, &right_edges, close, limit)
    };
    let lookup = |ids: &[TermId], old: TermId| ids.get(old.0 as usize).copied().unwrap_or(old);
    let way = |row: &Row, ids: &[TermId]| match row.paths.first() {
        Some(path) => path.with_ids(&|old| lookup(ids, old)),
        None => Path::single(
            lookup(ids, row.subject),
            row.predicate.clone(),
            lookup(ids, row.object),
        ),
    };
    table.rows.reserve(joined.pairs.len());
    for pair in &joined.pairs {
        let mut row = Row::new(TermId(pair.subject), Predicate::Exact, TermId(pair.object));
        row.justification = justification("MappingChaining");
        for conclusion in &pair.conclusions {
            let (Some(first), Some(second)) = (
                left_rows.get(conclusion.left as usize),
                right_rows.get(conclusion.right as usize),
            ) else {
                continue;
            };
            if row.paths.is_empty() {
                row.predicate = conclusion.predicate.clone();
                row.confidence = conclusion.confidence;
                row.subject_label = first.subject_label.clone();
                row.object_label = second.object_label.clone();
                row.slots = sides(first, second);
            }
            row.paths
                .push(way(first, &of_left).then(&way(second, &of_right)));
        }
        table.rows.push(row);
    }
    table.spread();
    let mut notes = Vec::new();
    for pair in joined.clashes.iter().take(CLASHES_SHOWN) {
        let name = |id: TermId| table.term(id).text().to_owned();
        let mut ways = Vec::new();
        let mut said: Vec<&Predicate> = Vec::new();
        for conclusion in &pair.conclusions {
            if said.contains(&&conclusion.predicate) {
                continue;
            }
            said.push(&conclusion.predicate);
            if let (Some(first), Some(second)) = (
                left_rows.get(conclusion.left as usize),
                right_rows.get(conclusion.right as usize),
            ) {
                let way = way(first, &of_left).then(&way(second, &of_right));
                ways.push(format!(
                    "{} ({})",
                    conclusion.predicate.shown(),
                    way.shown(&name)
                ));
            }
        }
        notes.push((
            format!(
                "conclusions for one pair left out, because they contradict each other: {}",
                ways.join(", ")
            ),
            pair.conclusions.len(),
        ));
    }
    let unsaid = joined.clashes.len().saturating_sub(CLASHES_SHOWN);
    if unsaid > 0 {
        notes.push((
            "more pairs left out, because their conclusions contradict each other".to_owned(),
            unsaid,
        ));
    }
    for hub in &joined.hubs {
        notes.push((
            format!(
                "conclusions over `{}` left out, because there are too many",
                table.term(TermId(hub.middle)).text()
            ),
            hub.conclusions,
        ));
    }
    Outcome { table, notes }
}

fn intern_all(table: &mut Table, from: &Table) -> Vec<TermId> {
    from.terms()
        .iter()
        .map(|term: &Term| table.intern(term.clone()))
        .collect()
}

fn premises(table: &Table) -> Vec<&Row> {
    let rows = table.rows.iter();
    rows.filter(|row| chain::is_premise(table, row)).collect()
}

fn edges<'a>(rows: &[&'a Row], ids: &[TermId]) -> Vec<Edge<'a>> {
    let id = |old: TermId| ids.get(old.0 as usize).map_or(old.0, |new| new.0);
    rows.iter()
        .map(|row| Edge {
            subject: id(row.subject),
            predicate: &row.predicate,
            object: id(row.object),
            confidence: row.confidence,
        })
        .collect()
}

/// What the two rows say of the ends.
fn sides(first: &Row, second: &Row) -> Slots {
    let of = |row: &Row, side: &str| -> Vec<_> {
        row.slots
            .iter()
            .filter(|(name, _)| {
                name.starts_with(side)
                    && !name.contains("match_field")
                    && !name.contains("preprocessing")
            })
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    of(first, "subject_")
        .into_iter()
        .chain(of(second, "object_"))
        .collect()
}

/// What is said of the composed set.
fn heading(left: &Table, right: &Table) -> Table {
    let mut table = Table::default();
    for (name, from) in [("subject_", left), ("object_", right)] {
        for (slot, value) in &from.about {
            let about_side = slot.starts_with(name)
                && !slot.contains("match_field")
                && !slot.contains("preprocessing");
            if about_side {
                table.about.insert(slot.clone(), value.clone());
            }
        }
        for (prefix, expansion) in &from.prefixes {
            table
                .prefixes
                .entry(prefix.clone())
                .or_insert_with(|| expansion.clone());
        }
    }
    let ids = |table: &Table| table.said("mapping_set_id").map(str::to_owned);
    if let (Some(first), Some(second)) = (ids(left), ids(right)) {
        table.say(
            "mapping_set_id",
            &super::chain::derived_id(&first, "through"),
        );
        table.say("mapping_set_source", &super::slots::join(&[first, second]));
    }
    if let (Some(first), Some(second)) = (
        left.said("mapping_set_title"),
        right.said("mapping_set_title"),
    ) {
        let title = format!("{first}, then {second}");
        table.say("mapping_set_title", &title);
    }
    if left.said("license") == right.said("license")
        && let Some(licence) = left.said("license")
    {
        table.say("license", licence);
    }
    table
}
