//! What is gone and what is new, and seems to be one thing under another id: then `formerly` is what was forgotten.
//!
//! Goes in: the comings and goings of a comparison. Comes out: a hint in what has gone. Two things seem to be one where they are called
//! the same, or else where nearly all their words are the same, and no third thing is as much like one of them.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::Comparison;
use super::{Thing, Which};
use crate::source::Place;

/// Something that is on one side only.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unmatched {
    /// The position of the change that says so.
    pub change: usize,
    pub which: Which,
    /// The whole declaration.
    pub whole: Place,
}

/// The least words of a declaration that is told by them.
const WORDS: usize = 12;

/// How many pairs of one kind of thing are compared word by word.
const PAIRS: usize = 40_000;

/// Adds the hints.
pub(super) fn hint(comparison: &mut Comparison<'_>) {
    let mut kinds: BTreeMap<(Thing, String), [Vec<Unmatched>; 2]> = BTreeMap::new();
    for &one in &comparison.unmatched {
        let Some(change) = comparison.changes.get(one.change) else {
            continue;
        };
        if takes_formerly(change.thing) {
            let around = around(change.thing, &change.id).0.to_owned();
            let sides = kinds.entry((change.thing, around)).or_default();
            sides[one.which.index()].push(one);
        }
    }
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for [old, new] in kinds.into_values() {
        joined.extend(alike(comparison, old, new));
    }
    for (gone, came) in joined {
        let Some(came) = comparison.changes.get(came) else {
            continue;
        };
        let new = came.id.clone();
        let Some(gone) = comparison.changes.get_mut(gone) else {
            continue;
        };
        let own = around(gone.thing, &gone.id).1;
        gone.hint = Some(format!(
            "write `formerly {own}` in `{new}` if that is the same {} under another id",
            gone.thing.word()
        ));
    }
}

/// The path around an item, and its own id; other things stand in nothing.
fn around(thing: Thing, id: &str) -> (&str, &str) {
    match id.rsplit_once('.') {
        Some((around, own)) if thing == Thing::Item => (around, own),
        Some(_) | None => ("", id),
    }
}

const fn takes_formerly(thing: Thing) -> bool {
    match thing {
        Thing::Credential
        | Thing::Pathway
        | Thing::Recognition
        | Thing::Framework
        | Thing::Item
        | Thing::Scale
        | Thing::Rubric
        | Thing::Role
        | Thing::Issuer => true,
        Thing::Project | Thing::Stage | Thing::Set | Thing::Level | Thing::Crosswalk => false,
    }
}

/// Pairs of changes, what has gone first.
fn alike(
    comparison: &Comparison<'_>,
    mut old: Vec<Unmatched>,
    mut new: Vec<Unmatched>,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut names: BTreeMap<String, [Vec<usize>; 2]> = BTreeMap::new();
    for one in old.iter().chain(&new) {
        if let Some(change) = comparison.changes.get(one.change) {
            let words: Vec<String> = change
                .name
                .split_whitespace()
                .map(str::to_lowercase)
                .collect();
            names.entry(words.join(" ")).or_default()[one.which.index()].push(one.change);
        }
    }
    for [gone, came] in names.values() {
        if let ([gone], [came]) = (gone.as_slice(), came.as_slice()) {
            pairs.push((*gone, *came));
        }
    }
    let joined: BTreeSet<usize> = pairs
        .iter()
        .flat_map(|&(gone, came)| [gone, came])
        .collect();
    old.retain(|one| !joined.contains(&one.change));
    new.retain(|one| !joined.contains(&one.change));
    if old.len().saturating_mul(new.len()) > PAIRS {
        return pairs;
    }
    let words = |all: &[Unmatched]| -> Vec<Vec<String>> {
        all.iter().map(|one| words_of(comparison, one)).collect()
    };
    let (old_words, new_words) = (words(&old), words(&new));
    let mut near: Vec<(usize, usize)> = Vec::new();
    for (at, gone) in old_words.iter().enumerate() {
        for (position, came) in new_words.iter().enumerate() {
            if nearly_same(gone, came) {
                near.push((at, position));
            }
        }
    }
    let is_only = |pair: &&(usize, usize)| {
        let others = near.iter().filter(|other| other != pair);
        let mut others = others.filter(|other| other.0 == pair.0 || other.1 == pair.1);
        others.next().is_none()
    };
    let only = near.iter().filter(is_only);
    pairs.extend(
        only.filter_map(|&(at, position)| Some((old.get(at)?.change, new.get(position)?.change))),
    );
    pairs
}

/// The words of a declaration without its id, sorted.
fn words_of(comparison: &Comparison<'_>, one: &Unmatched) -> Vec<String> {
    let text = comparison.project(one.which).slice(one.whole);
    let id = comparison.changes.get(one.change).map(|change| &change.id);
    let mut words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
        .filter(|word| !word.is_empty() && id.is_none_or(|id| id != word))
        .map(str::to_lowercase)
        .collect();
    words.sort_unstable();
    words
}

/// Nine of ten words are in both.
fn nearly_same(one: &[String], other: &[String]) -> bool {
    if one.len().min(other.len()) < WORDS {
        return false;
    }
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let mut both = 0usize;
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => {
                left.next();
            }
            std::cmp::Ordering::Greater => {
                right.next();
            }
            std::cmp::Ordering::Equal => {
                both += 1;
                left.next();
                right.next();
            }
        }
    }
    both * 20 >= (one.len() + other.len()) * 9
}
