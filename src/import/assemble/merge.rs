//! Records of the same key become one.
//!
//! Goes in: records in file order. Comes out: records with a key each, in the order in which each key came first. What a
//! later record adds is added; where the two differ, the first one stands, and that is counted.

use rustc_hash::FxHashMap;

use super::super::release::Record;
use super::super::tally::{Outcome, Tally};
use super::kind;

pub(super) fn merge(records: Vec<Record>, tally: &mut Tally) -> Vec<Record> {
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut kept: Vec<Record> = Vec::with_capacity(records.len());
    for record in records {
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
            }
            None => {
                known.insert(record.key.clone(), kept.len());
                kept.push(record);
            }
        }
    }
    kept
}

fn add(first: &mut Record, second: Record, tally: &mut Tally) {
    for text in second.texts {
        if !first.texts.contains(&text) {
            first.texts.push(text);
        }
    }
    for parent in second.parents {
        if !first.parents.contains(&parent) {
            first.parents.push(parent);
        }
    }
    for successor in second.successors {
        if !first.successors.contains(&successor) {
            first.successors.push(successor);
        }
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
