//! What the badges and issuers say, put together: editions in several languages are one badge, issuers are named once.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::badge::badge;
use super::editions::{complete, editions};
use super::find::Found;
use super::issuers::Issuers;
use super::results::Told;
use crate::import::tally::{Outcome, Spot, Tally};

/// A catalogue of badges.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub issuers: Vec<Issuer>,
    pub badges: Vec<Badge>,
}

/// Editions and versions that a badge names: their ids, and their languages where they are told.
pub type Related = Vec<(String, String)>;

/// Who issues.
#[derive(Debug, Clone, Default)]
pub struct Issuer {
    pub id: String,
    pub name: String,
    pub url: String,
    pub email: String,
    pub phone: String,
    pub description: String,
    pub country: String,
    pub image: Picture,
    /// Fields that the language does not have.
    pub rest: Vec<(String, String)>,
    /// What it is called, and what is said of it, by badges in a language.
    pub told: Vec<(String, String, String)>,
    /// The same in languages that are not the main one.
    pub translations: Vec<(String, String, String)>,
    pub spot: Spot,
}

/// A picture by its address.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    pub address: String,
    pub caption: String,
}

/// A badge in all its languages.
#[derive(Debug, Clone, Default)]
pub struct Badge {
    pub id: String,
    /// The position of its issuer.
    pub issuer: Option<usize>,
    /// `Badge`, `Certificate` … or what else it is called; empty where it is not said.
    pub kind: String,
    pub language: String,
    pub words: Words,
    pub translations: Vec<(String, Words)>,
    pub image: Picture,
    pub criteria_page: String,
    pub tags: Vec<String>,
    pub version: String,
    pub code: String,
    pub credits: String,
    pub alignments: Vec<Alignment>,
    /// Other editions and versions that are not in the catalogue, in words.
    pub related: Vec<String>,
    pub rest: Vec<(String, String)>,
    pub spot: Spot,
}

/// Words of a badge in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub name: String,
    pub description: String,
    pub criteria: String,
    pub caption: String,
    pub tags: Vec<String>,
    /// The page of the criteria in this language.
    pub criteria_page: String,
    /// What earners can reach, in this language.
    pub results: Vec<Told>,
    /// What the badge is aligned with, in this language.
    pub alignments: Vec<Alignment>,
}

/// What a badge says that it has to do with something elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alignment {
    pub name: String,
    pub url: String,
    pub code: String,
    pub framework: String,
    pub description: String,
    pub kind: String,
    /// Fields that are not read here.
    pub rest: Vec<(String, String)>,
}

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
