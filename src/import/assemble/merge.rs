//! Records of the same key become one.
//!
//! Goes in: records in file order. Comes out: records with a key each, in the order in which each key came first. What a
//! later record adds is added; where the two differ, the first one stands, and that is counted.

use std::collections::BTreeSet;
use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::release::Record;
use super::super::tally::{Outcome, Tally};
use super::kind;

pub(super) fn merge(records: Vec<Record>, tally: &mut Tally) -> Vec<Record> {
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut kept: Vec<Record> = Vec::with_capacity(records.len());
    // What records were added to, so that repeats are taken out once, however often that was.
    let mut added: BTreeSet<usize> = BTreeSet::new();
    for record in records {
        let key = record.key.clone();
        // Without a key, nothing can mean it, and it is like no other.
        let first = if record.key.is_empty() {
            None
        } else {
            known.get(&record.key).copied()
        };
        match first.and_then(|first| kept.get_mut(first)) {
            Some(first) => {
                tally.merged(
                    kind(&record),
                    "records that the files have more than once",
                    record.spot,
                    &record.key,
                );
                add(first, record, tally);
                added.extend(known.get(&key).copied());
            }
            None => {
                known.insert(record.key.clone(), kept.len());
                kept.push(record);
            }
        }
    }
    for at in added {
        if let Some(record) = kept.get_mut(at) {
            take_out_repeats(&mut record.texts);
            take_out_repeats(&mut record.parents);
            take_out_repeats(&mut record.successors);
        }
    }
    kept
}

/// Keeps the first one of each.
fn take_out_repeats<T: Clone + Eq + Hash>(all: &mut Vec<T>) {
    let mut seen: FxHashSet<T> = FxHashSet::default();
    all.retain(|one| seen.insert(one.clone()));
}

fn add(first: &mut Record, second: Record, tally: &mut Tally) {
    first.texts.extend(second.texts);
    first.parents.extend(second.parents);
    first.successors.extend(second.successors);
    let mut also = |what: &str, one: Option<String>, other: Option<String>| {
        let (Some(one), Some(other)) = (one, other) else {
            return;
        };
        if one != other && !one.is_empty() && !other.is_empty() {
            let reason = format!("records of one thing whose {what} differs: the first one stands");
            tally.note(Outcome::Noted, &reason, second.spot, &other);
            first
                .fields
                .entry(format!("other {what}"))
                .or_insert_with(|| other.into());
        }
    };
    let some = |text: &String| Some(text.clone());
    also("code", some(&first.code), some(&second.code));
    also("address", first.iri.clone(), second.iri.clone());
    also("kind", first.kind.clone(), second.kind.clone());
    let number = |rank: Option<u32>| rank.map(|rank| rank.to_string());
    also("rank", number(first.rank), number(second.rank));
    if let (Some(one), Some(other)) = (first.stands_for, second.stands_for)
        && one != other
    {
        let reason = "records of one thing that stand for different things: the first one counts";
        tally.note(Outcome::Noted, reason, second.spot, &first.key);
    }
    for (name, value) in second.fields {
        match first.fields.get(&name) {
            None => {
                first.fields.insert(name, value);
            }
            Some(known) if *known == value => {}
            Some(_) => tally.note(
                Outcome::Noted,
                "fields in which two records of one thing differ: the first one stands",
                second.spot,
                &name,
            ),
        }
    }
    if first.code.is_empty() {
        first.code = second.code;
    }
    first.iri = first.iri.take().or(second.iri);
    first.kind = first.kind.take().or(second.kind);
    first.stands_for = first.stands_for.or(second.stands_for);
    first.rank = first.rank.or(second.rank);
    first.withdrawn |= second.withdrawn;
}
