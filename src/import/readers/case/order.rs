//! The order of the items of CASE packages, which only the sequence numbers of their associations tell.
//!
//! Goes in: which item is a child of what, and its number. Comes out: the records with every parent before its children, and
//! siblings in the order of their numbers; those without a number come last, in file order. What a circle holds keeps its order, at the end.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::import::release::{Record, Release};

/// The first place of each record, by position.
#[derive(Default)]
pub(super) struct Order {
    places: FxHashMap<usize, Place>,
    /// All parents of all records, so that one that is given twice counts once.
    parents: FxHashSet<(usize, String)>,
}

struct Place {
    /// The key of the parent; `None` at the top.
    parent: Option<String>,
    sequence: Option<u64>,
}

impl Order {
    /// Takes down that a record is a child; the first word counts, as with the main parent. Says whether it is a parent that was
    /// not known.
    pub(super) fn child(
        &mut self,
        position: usize,
        parent: Option<&str>,
        sequence: Option<u64>,
    ) -> bool {
        self.places.entry(position).or_insert_with(|| Place {
            parent: parent.map(str::to_owned),
            sequence,
        });
        parent.is_some_and(|parent| self.parents.insert((position, parent.to_owned())))
    }

    /// Puts the records in order.
    pub(super) fn apply(mut self, release: &mut Release) {
        if self.places.is_empty() {
            return;
        }
        let count = release.records.len();
        let is_known: FxHashSet<&str> = release
            .records
            .iter()
            .map(|record| record.key.as_str())
            .collect();
        let mut children: FxHashMap<String, Vec<(u64, usize)>> = FxHashMap::default();
        let mut tops: Vec<(u64, usize)> = Vec::new();
        for position in 0..count {
            let place = self.places.remove(&position);
            let sequence = place.as_ref().and_then(|place| place.sequence);
            let entry = (sequence.unwrap_or(u64::MAX), position);
            match place.and_then(|place| place.parent) {
                Some(parent) if is_known.contains(parent.as_str()) => {
                    children.entry(parent).or_default().push(entry);
                }
                Some(_) | None => tops.push(entry),
            }
        }
        drop(is_known);
        for siblings in children.values_mut() {
            siblings.sort_unstable_by(|one, other| other.cmp(one));
        }
        tops.sort_unstable_by(|one, other| other.cmp(one));
        let mut records: Vec<Option<Record>> = std::mem::take(&mut release.records)
            .into_iter()
            .map(Some)
            .collect();
        let mut ordered = Vec::with_capacity(count);
        let mut open = tops;
        while let Some((_, position)) = open.pop() {
            let Some(record) = records.get_mut(position).and_then(Option::take) else {
                continue;
            };
            // Each list of children is used once, so that a key that occurs twice repeats nothing.
            open.extend(children.remove(&record.key).unwrap_or_default());
            ordered.push(record);
        }
        ordered.extend(records.into_iter().flatten());
        release.records = ordered;
    }
}
