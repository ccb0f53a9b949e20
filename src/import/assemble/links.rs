//! What leads from one record to another: parents, successors, relations.
//!
//! Goes in: records whose keys are unique, and relations by key. Comes out: positions. References that lead nowhere are counted and
//! left out, save relations to something outside, which are kept by name. No item is, through its parents, a part of
//! itself: of the links that close a circle, the one met last on the way up is taken out.

use rustc_hash::FxHashMap;

use super::super::details::{DetailRelation, DetailsBuilder, RelationEnd};
use super::super::pack::PackItemIndex;
use super::super::release::{Record, Relation};
use super::super::tally::{Outcome, Spot, Tally};
use super::{BROADER_LINK, kind};

/// The positions of records by key.
pub(super) struct Known<'r> {
    positions: FxHashMap<&'r str, PackItemIndex>,
}

impl<'r> Known<'r> {
    pub fn new(records: &'r [Record]) -> Self {
        let positions = (0..)
            .map(PackItemIndex)
            .zip(records)
            .filter(|(_, record)| !record.key.is_empty())
            .map(|(index, record)| (record.key.as_str(), index))
            .collect();
        Self { positions }
    }

    fn find(&self, key: &str) -> Option<PackItemIndex> {
        self.positions.get(key).copied()
    }
}

/// What one item leads to.
#[derive(Debug, Clone, Default)]
pub(super) struct ItemLinks {
    pub parent: Option<PackItemIndex>,
    pub more_parents: Vec<PackItemIndex>,
    pub replaced_by: Option<PackItemIndex>,
}

/// What all items lead to.
pub(super) struct Links {
    pub items: Vec<ItemLinks>,
    /// Successors that cannot stand as the one that takes an item's place; they become relations.
    pub replacements: Vec<Relation>,
}

pub(super) fn settle(records: &[Record], known: &Known<'_>, tally: &mut Tally) -> Links {
    let mut parents: Vec<Vec<PackItemIndex>> = (0..)
        .map(PackItemIndex)
        .zip(records)
        .map(|(index, record)| parents_of(index, record, known, tally))
        .collect();
    open_circles(&mut parents, records, tally);
    let mut links = Links {
        items: Vec::with_capacity(records.len()),
        replacements: Vec::new(),
    };
    for (record, parents) in records.iter().zip(parents) {
        for _ in &parents {
            tally.kept(BROADER_LINK);
        }
        if parents.len() > 1 {
            let reason = "items with several broader items: the first one is the main one";
            tally.note(Outcome::Noted, reason, record.spot, shown(record));
        }
        let mut parents = parents.into_iter();
        let parent = parents.next();
        links.items.push(ItemLinks {
            parent,
            more_parents: parents.collect(),
            replaced_by: successor(record, known, &mut links.replacements, tally),
        });
    }
    links
}

fn parents_of(
    index: PackItemIndex,
    record: &Record,
    known: &Known<'_>,
    tally: &mut Tally,
) -> Vec<PackItemIndex> {
    let mut parents: Vec<PackItemIndex> = Vec::new();
    for key in &record.parents {
        tally.read(BROADER_LINK);
        match known.find(key) {
            None => {
                let reason = "links to a broader item that is not in the files";
                tally.skipped(BROADER_LINK, reason, record.spot, key);
            }
            Some(parent) if parent == index => {
                let reason = "links of an item to itself as the broader one";
                tally.skipped(BROADER_LINK, reason, record.spot, key);
            }
            Some(parent) if parents.contains(&parent) => {
                let reason = "links to a broader item that are given twice";
                tally.merged(BROADER_LINK, reason, record.spot, key);
            }
            Some(parent) => parents.push(parent),
        }
    }
    parents
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Walk {
    New,
    Open,
    Done,
}

/// Takes out the links that close circles. Walks up from each item, never recursively.
fn open_circles(parents: &mut [Vec<PackItemIndex>], records: &[Record], tally: &mut Tally) {
    let mut state = vec![Walk::New; parents.len()];
    for start in 0..parents.len() {
        if state[start] != Walk::New {
            continue;
        }
        state[start] = Walk::Open;
        // The way up, and how many parents of each item on it were looked at.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, looked_at)) = way.last_mut() {
            let at = *at;
            let Some(&above) = parents[at].get(*looked_at) else {
                state[at] = Walk::Done;
                way.pop();
                continue;
            };
            let above = above.0 as usize;
            match state[above] {
                Walk::Open => {
                    parents[at].remove(*looked_at);
                    let words = format!("{} → {}", shown(&records[at]), shown(&records[above]));
                    let reason = "links that close a circle of broader items";
                    tally.skipped(BROADER_LINK, reason, records[at].spot, &words);
                }
                Walk::New => {
                    *looked_at += 1;
                    state[above] = Walk::Open;
                    way.push((above, 0));
                }
                Walk::Done => *looked_at += 1,
            }
        }
    }
}

/// The one item that takes the place of a withdrawn one. Several are no certain successor, and one of an item in force is none at
/// all: these become relations.
fn successor(
    record: &Record,
    known: &Known<'_>,
    replacements: &mut Vec<Relation>,
    tally: &mut Tally,
) -> Option<PackItemIndex> {
    let mut named: Vec<&str> = Vec::new();
    for key in &record.successors {
        if *key == record.key {
            let reason = "items that name themselves as their successor";
            tally.note(Outcome::Noted, reason, record.spot, key);
        } else if !named.contains(&key.as_str()) {
            named.push(key);
        }
    }
    for key in named.iter().filter(|key| known.find(key).is_none()) {
        let reason = "successors that are not in the files";
        tally.note(Outcome::Noted, reason, record.spot, key);
    }
    if record.withdrawn
        && let [only] = named.as_slice()
        && let Some(only) = known.find(only)
    {
        return Some(only);
    }
    if named.is_empty() {
        return None;
    }
    let reason = match (record.withdrawn, named.len()) {
        (true, 1) => "withdrawn items whose successor is kept as a relation by name",
        (true, _) => "withdrawn items with several successors, which are kept as relations",
        (false, _) => "items in force with successors, which are kept as relations",
    };
    tally.note(Outcome::Noted, reason, record.spot, shown(record));
    replacements.extend(named.iter().map(|key| Relation {
        from: record.key.clone(),
        to: (*key).to_owned(),
        kind: REPLACED_BY.to_owned(),
        fields: Default::default(),
        spot: record.spot,
    }));
    None
}

/// The relation to successors that are not one certain one.
const REPLACED_BY: &str = "replaced by";

/// Enters the relations, and counts those that cannot be.
pub(super) fn relations(
    relations: Vec<Relation>,
    replacements: Vec<Relation>,
    known: &Known<'_>,
    details: &mut DetailsBuilder,
    tally: &mut Tally,
) {
    for replacement in &replacements {
        tally.read(&replacement.kind);
    }
    for relation in relations.iter().chain(&replacements) {
        let Some(from) = known.find(&relation.from) else {
            let reason = "relations that start at something that is not in the files";
            tally.skipped(&relation.kind, reason, relation.spot, &relation.from);
            continue;
        };
        let to = match known.find(&relation.to) {
            Some(to) => {
                if to == from {
                    note(relation, "relations of an item with itself", tally);
                }
                RelationEnd::Item(to)
            }
            None if relation.to.trim().is_empty() => {
                let reason = "relations that lead nowhere";
                tally.skipped(&relation.kind, reason, relation.spot, &relation.from);
                continue;
            }
            None => {
                note(
                    relation,
                    "relations that lead to something that is not in the files",
                    tally,
                );
                RelationEnd::Outside(&relation.to)
            }
        };
        let fields = if relation.fields.is_empty() {
            None
        } else {
            // A map with texts as keys can always be written.
            serde_json::to_string(&relation.fields).ok()
        };
        details.relation(DetailRelation {
            from,
            to,
            kind: &relation.kind,
            fields: fields.as_deref(),
        });
        tally.kept(&relation.kind);
    }
}

fn note(relation: &Relation, reason: &str, tally: &mut Tally) {
    let spot: Spot = relation.spot;
    tally.note(Outcome::Noted, reason, spot, &relation.to);
}

/// What a record is called in reports.
fn shown(record: &Record) -> &str {
    [record.code.as_str(), record.key.as_str()]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| kind(record))
}
