//! What is known of a catalogue of badges once it is put together: its issuers and its badges, in all their languages.

use super::results::Told;
use crate::import::tally::Spot;

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
