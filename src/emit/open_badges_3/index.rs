//! The index of the catalogue: `open-badges-3/index.json`.
//!
//! A format of our own (`docs/outputs.md`), made so that software which knows Open Badges can read it too: every entry is a
//! short but valid `Achievement` or `Profile`, and its context of its own gives each term its IRI.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::Shared;
use super::document::{Criteria, Image};
use crate::emit::badges::{self, Edition};
use crate::emit::{OutputFile, kept, paths};
use crate::model::CredentialId;

/// Raised when the shape of the index changes.
const FORMAT: u32 = 1;

/// Where the index is written.
const PATH: &str = paths::INDEX_3;

/// Terms come from the vocabulary of Open Badges; ids and types are what they are in JSON-LD.
#[derive(Debug, Serialize)]
struct Context {
    #[serde(rename = "@vocab")]
    vocabulary: &'static str,
    id: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct Index<'a> {
    #[serde(rename = "@context")]
    context: Context,
    id: String,
    /// The version of this format.
    format: u32,
    base: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    languages: Vec<&'a str>,
    achievements: Vec<Entry<'a>>,
    issuers: Vec<IssuerEntry<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: [&'static str; 1],
    achievement_type: Cow<'a, str>,
    name: Cow<'a, str>,
    description: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    human_code: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tag: Vec<Cow<'a, str>>,
    image: Image<'a>,
    criteria: Criteria,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Creator>,
}

/// The issuer by its id.
#[derive(Debug, Serialize)]
struct Creator {
    id: String,
    #[serde(rename = "type")]
    kind: [&'static str; 1],
}

#[derive(Debug, Serialize)]
struct IssuerEntry<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: [&'static str; 1],
    name: Cow<'a, str>,
}

/// The index of what is published, sorted by id.
pub fn index(shared: &Shared<'_>, published: &[CredentialId]) -> OutputFile {
    let project = shared.project;
    let wording = crate::emit::wording::Wording::new(project, project.main_language());
    let mut issuers: Vec<IssuerEntry<'_>> = Vec::with_capacity(project.issuers.len());
    issuers.extend(project.issuers.ids().map(|id| IssuerEntry {
        id: paths::issuer_profile(project, id).address,
        kind: ["Profile"],
        name: badges::issuer_name(&wording, id),
    }));
    issuers.sort_by(|one, other| one.id.cmp(&other.id));
    let mut achievements = Vec::with_capacity(published.len());
    for &id in published {
        for language in badges::languages(project, id) {
            achievements.push(entry(shared, &Edition::new(project, id, language)));
        }
    }
    let made: BTreeSet<String> = achievements
        .iter()
        .map(|entry: &Entry<'_>| entry.id.clone())
        .collect();
    let earlier = kept::achievements(project, |path| {
        made.contains(&paths::address(project, path))
    });
    achievements.extend(earlier.into_iter().map(earlier_entry));
    achievements.sort_by(|one, other| one.id.cmp(&other.id));
    let index = Index {
        context: Context {
            vocabulary: "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
            id: "@id",
            kind: "@type",
        },
        id: paths::address(project, PATH),
        format: FORMAT,
        base: &project.settings.base,
        name: &project.settings.name,
        version: project.settings.version.as_deref(),
        languages: project
            .languages
            .iter()
            .map(|&language| project.name(language))
            .collect(),
        achievements,
        issuers,
    };
    badges::json_file(PATH.to_owned(), &index)
}

/// The entry of a document that was released earlier, in its own words.
fn earlier_entry<'a>(document: kept::Summary) -> Entry<'a> {
    Entry {
        id: document.id,
        kind: ["Achievement"],
        achievement_type: document.achievement_type.into(),
        name: document.name.into(),
        description: document.description.into(),
        in_language: document.in_language.map(Cow::Owned),
        version: document.version.map(Cow::Owned),
        human_code: document.human_code.map(Cow::Owned),
        tag: document.tag.into_iter().map(Cow::Owned).collect(),
        image: Image {
            id: document.image.id,
            kind: "Image",
            caption: None,
        },
        criteria: Criteria {
            id: document.criteria.id,
            narrative: None,
        },
        creator: document.creator.map(|creator| Creator {
            id: creator.id,
            kind: ["Profile"],
        }),
    }
}

fn entry<'a>(shared: &Shared<'a>, edition: &Edition<'a>) -> Entry<'a> {
    let (project, credential) = (edition.project, edition.credential);
    let language = edition.wording.language;
    Entry {
        id: paths::achievement(project, edition.id, language).address,
        kind: ["Achievement"],
        achievement_type: credential.kind.achievement_type().into(),
        name: edition.name(),
        description: edition.description(),
        in_language: badges::language_tag(project.name(language)),
        version: badges::text(project, credential.version),
        human_code: badges::text(project, credential.code),
        tag: edition.tags(),
        image: Image {
            id: shared
                .pictures
                .of_credential(edition.id)
                .address()
                .to_owned(),
            kind: "Image",
            caption: None,
        },
        criteria: Criteria {
            id: edition.page(),
            narrative: None,
        },
        creator: credential.issuer.map(|issuer| Creator {
            id: paths::issuer_profile(project, issuer).address,
            kind: ["Profile"],
        }),
    }
}
