//! How many rows of a mapping set share a subject or an object.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::mapping_sets::{EntryKind, MappingEntry};
use crate::model::{ItemId, MappingTarget};

/// How many objects each subject has, and the other way round, over the whole set.
pub(super) struct Cardinalities {
    objects: FxHashMap<ItemId, usize>,
    subjects: FxHashMap<MappingTarget, usize>,
}

impl Cardinalities {
    pub(super) fn of(entries: &[MappingEntry<'_>]) -> Self {
        let mut counts = Self {
            objects: FxHashMap::default(),
            subjects: FxHashMap::default(),
        };
        let mut pairs = FxHashSet::default();
        for entry in entries {
            if let EntryKind::Match(mapping) = entry.kind
                && pairs.insert((entry.item, mapping.target))
            {
                *counts.objects.entry(entry.item).or_default() += 1;
                *counts.subjects.entry(mapping.target).or_default() += 1;
            }
        }
        counts
    }

    /// The cardinality of one row; rows without a match count for nothing.
    pub(super) fn word(&self, entry: &MappingEntry<'_>) -> &'static str {
        let EntryKind::Match(mapping) = entry.kind else {
            return "1:0";
        };
        let several = |count: Option<&usize>| count.is_some_and(|&count| count > 1);
        let subjects = several(self.subjects.get(&mapping.target));
        match (subjects, several(self.objects.get(&entry.item))) {
            (false, false) => "1:1",
            (false, true) => "1:n",
            (true, false) => "n:1",
            (true, true) => "n:n",
        }
    }
}
