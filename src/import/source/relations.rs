//! What binds the records of a release: the order of learning and mappings, as far as the language can say them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::iri;
use super::tree::{Tree, by_key};
use crate::import::release::{Relation, Release};
use crate::import::tally::Tally;

/// Relations that say that one thing comes before another, and whether they start at the earlier one.
const EARLIER: &[(&str, bool)] = &[
    ("precedes", true),
    ("isPrerequisiteOf", true),
    ("prerequisiteAlignment", false),
    ("precededBy", false),
    ("requires", false),
    ("hasPrerequisite", false),
];

/// Relations that are mappings, and how the language says them.
const MAPPINGS: &[(&str, &str)] = &[
    ("exactMatch", "is exactly"),
    ("exactMatchOf", "is exactly"),
    ("exactAlignment", "is exactly"),
    ("closeMatch", "is close to"),
    ("majorAlignment", "is close to"),
    ("broadMatch", "is within"),
    ("broadAlignment", "is within"),
    ("narrowMatch", "covers"),
    ("narrowAlignment", "covers"),
    ("relatedMatch", "relates to"),
    ("minorAlignment", "relates to"),
    ("alignTo", "relates to"),
];

/// What binds records, by the position of the record.
#[derive(Debug)]
pub struct Bonds<'r> {
    keys: FxHashMap<&'r str, usize>,
    /// What each record builds on; without circles, also over the tree.
    pub builds_on: Vec<Vec<usize>>,
    /// Mappings of each record: verb, address.
    pub mappings: Vec<Vec<(&'static str, &'r str)>>,
}

impl<'r> Bonds<'r> {
    /// Sorts the relations out, and counts those that the language cannot say.
    pub fn sort_out(release: &'r Release, tree: &Tree, tally: &mut Tally) -> Self {
        let count = release.records.len();
        let mut bonds = Self {
            keys: by_key(release),
            builds_on: vec![Vec::new(); count],
            mappings: vec![Vec::new(); count],
        };
        bonds.bind_all(release, tree, tally);
        bonds
    }

    /// The position of a record.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.keys.get(key).copied()
    }

    fn bind_all(&mut self, release: &'r Release, tree: &Tree, tally: &mut Tally) {
        for relation in &release.relations {
            let from = self.keys.get(relation.from.as_str()).copied();
            let to = self.keys.get(relation.to.as_str()).copied();
            let earlier = EARLIER.iter().find(|(kind, _)| *kind == relation.kind);
            let verb = MAPPINGS.iter().find(|(kind, _)| *kind == relation.kind);
            match (from, to, earlier, verb) {
                (Some(from), Some(to), Some((_, starts_earlier)), _) => {
                    let (before, after) = if *starts_earlier {
                        (from, to)
                    } else {
                        (to, from)
                    };
                    if before == after
                        || self.builds_up_to(before, after)
                        || lies_under(tree, before, after)
                    {
                        let reason = "orders of learning that run in a circle, left out";
                        tally.skipped(&relation.kind, reason, relation.spot, &relation.from);
                    } else if let Some(list) = self.builds_on.get_mut(after) {
                        if list.contains(&before) {
                            repeated(relation, tally);
                        } else {
                            list.push(before);
                            tally.kept(&relation.kind);
                        }
                    }
                }
                (Some(from), None, _, Some((_, verb))) if iri(&relation.to).is_some() => {
                    if let Some(list) = self.mappings.get_mut(from) {
                        if list.iter().any(|(_, known)| *known == relation.to) {
                            repeated(relation, tally);
                        } else {
                            list.push((verb, &relation.to));
                            tally.kept(&relation.kind);
                        }
                    }
                }
                _ => {
                    let reason = format!(
                        "relations `{}`, which the language does not have",
                        relation.kind
                    );
                    tally.skipped(&relation.kind, &reason, relation.spot, &relation.to);
                }
            }
        }
    }

    /// Whether one record builds on another, over any number of steps.
    fn builds_up_to(&self, from: usize, to: usize) -> bool {
        let mut seen = FxHashSet::default();
        let mut open = vec![from];
        while let Some(position) = open.pop() {
            if position == to {
                return true;
            }
            if seen.insert(position) {
                open.extend(self.builds_on.get(position).into_iter().flatten());
            }
        }
        false
    }
}

fn repeated(relation: &Relation, tally: &mut Tally) {
    let reason = "relations between two things that are related already";
    tally.merged(&relation.kind, reason, relation.spot, &relation.to);
}

/// Whether one of two records lies under the other.
fn lies_under(tree: &Tree, one: usize, other: usize) -> bool {
    let up = |from: usize, to: usize| {
        let mut at = Some(from);
        while let Some(position) = at {
            if position == to {
                return true;
            }
            at = tree.parents.get(position).copied().flatten();
        }
        false
    };
    up(one, other) || up(other, one)
}
