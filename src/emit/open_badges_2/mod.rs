//! Open Badges 2.0: a hosted `BadgeClass` for each credential and language, and an `Issuer` for each issuer.
//!
//! Goes in: a project. Comes out: JSON documents that the reference validator accepts, each at the path of its own `id`; and
//! the pictures they name. An issuer of this standard has an address and an email: without them there is no issuer document,
//! and credentials it awards have no badge class (`publish/issuer-incomplete` reports it).

use std::borrow::Cow;

use rayon::prelude::*;
use serde::Serialize;

use super::badges::{self, Alignments, Edition, Pictures, Target};
use super::wording::Wording;
use super::{Emitter, Input, OutputFile, kept, paths};
use crate::model::{CredentialId, IssuerId, Language, Project};

/// The output.
pub const EMITTER: Emitter = Emitter {
    name: "open-badges-2",
    summary: "Open Badges 2.0: hosted badge classes in every language, issuers, badge images",
    version: 1,
    emit,
};

/// The context of every document.
const CONTEXT: &str = "https://w3id.org/openbadges/v2";

#[derive(Debug, Serialize)]
struct BadgeClass<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "@language", skip_serializing_if = "Option::is_none")]
    language: Option<Cow<'a, str>>,
    name: Cow<'a, str>,
    description: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Cow<'a, str>>,
    image: Image<'a>,
    criteria: Criteria,
    issuer: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alignment: Vec<Alignment<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
}

#[derive(Debug, Serialize)]
struct Image<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<Cow<'a, str>>,
}

#[derive(Debug, Serialize)]
struct Criteria {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    narrative: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Alignment<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    target_name: Cow<'a, str>,
    target_url: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_framework: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_code: Option<Cow<'a, str>>,
}

#[derive(Debug, Serialize)]
struct Related<'a> {
    id: String,
    #[serde(rename = "@language", skip_serializing_if = "Option::is_none")]
    language: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Cow<'a, str>>,
}

#[derive(Debug, Serialize)]
struct Issuer<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    name: Cow<'a, str>,
    url: Cow<'a, str>,
    email: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Image<'a>>,
}

/// What every document needs, made once.
struct Shared<'a> {
    project: &'a Project,
    alignments: Alignments<'a>,
    pictures: Pictures<'a>,
}

fn emit(input: &Input<'_>) -> Vec<OutputFile> {
    let project = input.project;
    let shared = Shared {
        project,
        alignments: Alignments::new(project),
        pictures: Pictures::new(project, input.assets),
    };
    let issuers: Vec<Option<OutputFile>> = project
        .issuers
        .ids()
        .map(|id| {
            let path = paths::issuer_2(project, id).path;
            issuer(&shared, id).map(|document| badges::json_file(path, &document))
        })
        .collect();
    let has_document = |id: IssuerId| matches!(issuers.get(id.0 as usize), Some(Some(_)));
    let mut files: Vec<OutputFile> = badges::published(project)
        .par_iter()
        .flat_map_iter(|&id| {
            let issuer = project.credentials[id].issuer;
            let mut files = Vec::with_capacity(3);
            let Some(issuer) = issuer.filter(|&issuer| has_document(issuer)) else {
                return files;
            };
            for language in badges::languages(project, id) {
                let path = paths::badge_class(project, id, language).path;
                let document = badge_class(&shared, id, issuer, language);
                files.push(badges::json_file(path, &document));
            }
            if shared.pictures.png_or_svg_of_credential(id).is_drawn() {
                files.push(shared.pictures.draw(id));
            }
            files
        })
        .collect();
    files.extend(issuers.into_iter().flatten());
    files.extend(shared.pictures.files(true));
    files.extend(kept::files(project, EMITTER.name, &files));
    files
}

fn badge_class<'s>(
    shared: &'s Shared<'s>,
    id: CredentialId,
    issuer: IssuerId,
    language: Language,
) -> BadgeClass<'s> {
    let project = shared.project;
    let edition = Edition::new(project, id, language);
    let picture = shared.pictures.png_or_svg_of_credential(id);
    let narrative = badges::narrative(&edition);
    let targets = shared.alignments.of_credential(&edition);
    let related = badges::languages(project, id)
        .into_iter()
        .filter(|&other| other != language)
        .map(|other| Related {
            id: paths::badge_class(project, id, other).address,
            language: badges::language_tag(project.name(other)),
            version: None,
        });
    let earlier = project.releases.earlier(id).filter_map(|release| {
        let document = release.document("open-badges-2", project.name(language))?;
        Some(Related {
            id: paths::address(project, &document.path),
            language: None,
            version: badges::not_blank(Cow::Borrowed(&release.version)),
        })
    });
    BadgeClass {
        context: CONTEXT,
        id: paths::badge_class(project, id, language).address,
        kind: "BadgeClass",
        language: badges::language_tag(project.name(language)),
        name: edition.name(),
        description: edition.description(),
        version: badges::text(project, edition.credential.version),
        image: Image {
            caption: Some(edition.picture_caption(picture.is_drawn())),
            id: picture.address().to_owned(),
            kind: "Image",
        },
        criteria: Criteria {
            id: edition.page(),
            kind: "Criteria",
            narrative: (!narrative.is_empty()).then_some(narrative),
        },
        issuer: paths::issuer_2(project, issuer).address,
        tags: edition.tags(),
        alignment: targets.into_iter().map(alignment).collect(),
        related: related.chain(earlier).collect(),
    }
}

fn alignment(target: Target<'_>) -> Alignment<'_> {
    Alignment {
        kind: "AlignmentObject",
        target_name: target.name,
        target_url: target.url,
        target_description: target.description,
        target_framework: target.framework,
        target_code: target.code,
    }
}

/// A number of the international form (E.164) that the reference validator asks for, without what people write between the
/// digits.
fn telephone(written: &str) -> Option<String> {
    let number: String = written
        .chars()
        .filter(|character| !matches!(character, ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '/'))
        .collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let fits = (2..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(number)
}

/// The document of an issuer, in the main language; `None` without an address and an email.
fn issuer<'a>(shared: &Shared<'a>, id: IssuerId) -> Option<Issuer<'a>> {
    let project = shared.project;
    let wording = Wording::new(project, project.main_language());
    let issuer = &project.issuers[id];
    let alt = issuer.image.as_ref().and_then(|image| image.alt.as_ref());
    Some(Issuer {
        context: CONTEXT,
        id: paths::issuer_2(project, id).address,
        kind: "Issuer",
        name: badges::issuer_name(&wording, id),
        url: badges::text(project, issuer.url).and_then(badges::web_address)?,
        email: badges::text(project, issuer.email)?,
        telephone: badges::text(project, issuer.phone).and_then(|phone| telephone(&phone)),
        description: badges::prose(&wording, issuer.declared.about.as_ref()),
        image: shared
            .pictures
            .png_or_svg_of_issuer(id)
            .map(|address| Image {
                id: address,
                kind: "Image",
                caption: badges::prose(&wording, alt),
            }),
    })
}
