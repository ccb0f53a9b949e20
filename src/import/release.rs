//! One release of a framework as a reader found it: records, relations and texts, before anything is checked or put right.
//!
//! Every reader (`src/import/readers/`) turns the files of one format into a [`Release`] and does no more than that:
//! it keeps every record and every field, names things by the publisher's own keys, and counts what it could not keep in the
//! [`Tally`]. [`super::assemble`] then makes a pack of it, in one place for all formats: duplicate codes, references
//! that lead nowhere, circles, several parents, withdrawn items and their successors.

use std::collections::BTreeMap;

use super::pack::StandsFor;
use super::tally::{Spot, Tally};

/// A framework as its publisher's files have it.
#[derive(Debug, Clone, Default)]
pub struct Release {
    /// What the files say of the framework itself.
    pub head: Head,
    /// Its concepts, in the order of the files.
    pub records: Vec<Record>,
    /// What binds two records, other than being a part (which is [`Record::parents`]).
    pub relations: Vec<Relation>,
    /// What was read, kept, merged and left out.
    pub tally: Tally,
}

/// What the files say of the framework itself. What they leave unsaid is `None`: a person is asked for it, nothing is invented.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The id that the format suggests: `esco`, `onet`; made of the title where the format is nobody's own.
    pub id: String,
    pub version: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// The terms of reuse, in words.
    pub licence: Option<String>,
    pub licence_url: Option<String>,
    pub attribution: Option<String>,
    /// Where it is published, for people.
    pub source: Option<String>,
    /// The IRI of the framework.
    pub iri: Option<String>,
    /// The main language, a BCP 47 tag. Texts of other languages are translations.
    pub language: Option<String>,
    /// What its codes stand for, unless a record says otherwise.
    pub stands_for: Option<StandsFor>,
    /// Fields that the compiler has no use for; they come back on export.
    pub fields: Fields,
    /// The file that says all this, where it is told apart from those of other frameworks; else the one of the first record.
    pub spot: Option<Spot>,
}

/// One concept of the framework.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// What parents, relations and successors name it by: its IRI where it has one, else the publisher's identifier, with the
    /// kind before it where codes are unique within a kind only (`role/421`). Unique in a sound release.
    pub key: String,
    /// The publisher's code, letter by letter; empty where there is none (a code is then made from the key).
    pub code: String,
    /// The full IRI; `None` where the publisher gives none (it is then made from the code).
    pub iri: Option<String>,
    /// What the publisher calls such a thing: `work role`, `skill group`, `occupation`.
    pub kind: Option<String>,
    /// What the code stands for, where that differs from the head.
    pub stands_for: Option<StandsFor>,
    /// The order among levels, lowest first.
    pub rank: Option<u32>,
    /// Taken back by the publisher.
    pub withdrawn: bool,
    /// Keys of what takes its place.
    pub successors: Vec<String>,
    /// Keys of what it is a part of, the first one the main one.
    pub parents: Vec<String>,
    /// Names and prose, in file order. The first [`TextRole::Label`] in the main language is *the* label.
    pub texts: Vec<Text>,
    /// Fields that the compiler has no use for; they come back on export.
    pub fields: Fields,
    /// Where it stands.
    pub spot: Spot,
}

/// A text of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text {
    pub role: TextRole,
    /// A BCP 47 tag; empty where the file gives none (the main language is then meant).
    pub language: String,
    /// The words, as the file has them.
    pub text: String,
}

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextRole {
    /// The name.
    Label,
    /// Another name for the same thing.
    Alternative,
    /// A name to search by and not to show (misspellings, old names).
    Hidden,
    /// What someone who has it can do or knows; the full statement.
    Statement,
    /// What it is: definition or description.
    Description,
    /// What belongs to it and what does not, and other notes.
    Note,
}

/// Something that binds two records: `essential skill`, `related`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relation {
    /// The key of the record it starts at.
    pub from: String,
    /// The key of the record it leads to.
    pub to: String,
    /// In the publisher's words.
    pub kind: String,
    pub fields: Fields,
    pub spot: Spot,
}

/// Fields by name, as JSON values.
pub type Fields = BTreeMap<String, serde_json::Value>;

impl Record {
    /// Adds a text unless it is empty.
    pub fn text(&mut self, role: TextRole, language: &str, text: &str) {
        if !text.trim().is_empty() {
            self.texts.push(Text {
                role,
                language: language.to_owned(),
                text: text.to_owned(),
            });
        }
    }

    /// Keeps a field that the compiler has no use for, unless it is empty.
    pub fn field(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.fields
                .insert(name.to_owned(), serde_json::Value::from(value));
        }
    }
}
