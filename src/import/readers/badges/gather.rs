//! What the badges and issuers say, put together: editions in several languages are one badge, issuers are named once.
//!
//! Goes in: objects as they stand in the files. Comes out: a [`Catalogue`], with everything counted that was merged or differs.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::badge::badge;
use super::editions::{complete, editions};
use super::find::Found;
use super::issuers::Issuers;
use super::model::{Badge, Catalogue, Related, Words};
use crate::import::tally::{Outcome, Tally};

/// Puts a catalogue together.
pub fn catalogue(found: Found, tally: &mut Tally) -> Catalogue {
    let mut issuers = Issuers::default();
    for (object, spot) in found.issuers {
        tally.read("issuer");
        issuers.add(&object, ("", spot), tally, true);
    }
    let mut badges: Vec<(Badge, Related)> = Vec::new();
    let mut by_id: FxHashMap<String, usize> = FxHashMap::default();
    for found in found.badges {
        let (badge, related) = badge(found, &mut issuers, tally);
        let known = by_id
            .get(&badge.id)
            .copied()
            .filter(|_| !badge.id.is_empty());
        let Some(position) = known else {
            by_id.insert(badge.id.clone(), badges.len());
            badges.push((badge, related));
            continue;
        };
        let Some((first, known)) = badges.get_mut(position) else {
            continue;
        };
        if agree(&first.words, &badge.words) {
            let reason = "records of a badge that was read before";
            tally.merged("badge", reason, badge.spot, &badge.id);
            complete(first, badge, tally);
            known.extend(related);
        } else {
            let reason = "badges with the id of another one, which get one of their own";
            tally.note(Outcome::Mended, reason, badge.spot, &badge.id);
            let badge = Badge {
                id: String::new(),
                ..badge
            };
            badges.push((badge, related));
        }
    }
    let language = main_language(badges.iter().map(|(badge, _)| badge));
    let badges = editions(badges, &by_id, &language, tally);
    for badge in &badges {
        tally.kept("badge");
        if badge.words.criteria.is_empty() && badge.criteria_page.is_empty() {
            let reason = "badges without criteria";
            tally.note(Outcome::Mended, reason, badge.spot, &badge.words.name);
        }
    }
    let issuers = issuers.finish(&badges, &language, tally);
    Catalogue { issuers, badges }
}

/// Whether two records can be of one badge: what both say is the same. Lists often tell less than a document of its own.
fn agree(one: &Words, other: &Words) -> bool {
    let fit = |one: &str, other: &str| one.is_empty() || other.is_empty() || one == other;
    one.name == other.name
        && fit(&one.description, &other.description)
        && fit(&one.criteria, &other.criteria)
}

/// The language that most badges are in; English wins a draw, else the first in the alphabet.
fn main_language<'b>(badges: impl Iterator<Item = &'b Badge>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for badge in badges.filter(|badge| !badge.language.is_empty()) {
        *counts.entry(&badge.language).or_default() += 1;
    }
    let most = counts
        .iter()
        .max_by_key(|(tag, count)| (**count, **tag == "en", std::cmp::Reverse(**tag)));
    most.map_or_else(|| "en".to_owned(), |(tag, _)| (*tag).to_owned())
}
