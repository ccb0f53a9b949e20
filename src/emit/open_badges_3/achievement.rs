//! One credential in one language as an `Achievement`.

use std::borrow::Cow;

use super::document::{Achievement, Alignment, CONTEXT, Criteria, Image, Profile, Related};
use super::{Shared, replaced_by, results};
use crate::emit::badges::{self, Edition, Target};
use crate::emit::paths;
use crate::model::{CredentialId, Language};

/// The document of a credential in a language.
pub fn achievement<'s>(
    shared: &'s Shared<'s>,
    id: CredentialId,
    language: Language,
) -> Achievement<'s> {
    let project = shared.project;
    let edition = Edition::new(project, id, language);
    let credential = edition.credential;
    let address = paths::achievement(project, id, language).address;
    let picture = shared.pictures.of_credential(id);
    let narrative = badges::narrative(&edition);
    let fields: Vec<_> = credential
        .fields
        .iter()
        .map(|&(field, _)| edition.wording.external_label(field))
        .collect();
    let alignment = shared.alignments.of_credential(&edition);
    Achievement {
        context: CONTEXT,
        kind: ["Achievement"],
        achievement_type: credential.kind.achievement_type(),
        name: edition.name(),
        description: edition.description(),
        in_language: badges::language_tag(project.name(language)),
        version: badges::text(project, credential.version),
        human_code: badges::text(project, credential.code),
        field_of_study: (!fields.is_empty()).then(|| fields.join(", ")),
        credits_available: credential.credit.map(|credit| credit.amount.as_f64()),
        tag: edition.tags(),
        image: Image {
            caption: Some(edition.picture_caption(picture.is_drawn())),
            id: picture.address().to_owned(),
            kind: "Image",
        },
        criteria: Criteria {
            id: edition.page(),
            narrative: (!narrative.is_empty()).then_some(narrative),
        },
        creator: creator(&edition),
        alignment: alignment.into_iter().map(in_full).collect(),
        result_description: results::results(shared, &edition, &address),
        related: related(shared, &edition),
        id: address,
    }
}

/// The issuer, shortly; the whole profile is a document of its own.
fn creator<'a>(edition: &Edition<'a>) -> Option<Profile<'a>> {
    let id = edition.credential.issuer?;
    let project = edition.project;
    let issuer = &project.issuers[id];
    Some(Profile {
        context: None,
        id: paths::issuer_profile(project, id).address,
        kind: ["Profile"],
        name: badges::issuer_name(&edition.wording, id),
        url: badges::text(project, issuer.url).and_then(badges::web_address),
        email: badges::text(project, issuer.email),
        phone: None,
        description: None,
        image: None,
        address: None,
    })
}

/// An alignment with all that is known of its target.
fn in_full(target: Target<'_>) -> Alignment<'_> {
    Alignment {
        kind: ["Alignment"],
        target_name: target.name,
        target_url: target.url,
        target_type: target.kind.target_type(),
        target_description: target.description,
        target_framework: target.framework,
        target_code: target.code,
    }
}

/// The other languages; then, in this language where they have it, what it replaces and what replaces it.
fn related<'a>(shared: &Shared<'a>, edition: &Edition<'a>) -> Vec<Related<'a>> {
    let project = edition.project;
    let version = |id: CredentialId| badges::text(project, project.credentials[id].version);
    let language = edition.wording.language;
    let mut related: Vec<Related<'a>> = badges::languages(project, edition.id)
        .into_iter()
        .filter(|&other| other != language)
        .map(|other| Related {
            id: paths::achievement(project, edition.id, other).address,
            kind: ["Related"],
            in_language: badges::language_tag(project.name(other)),
            version: version(edition.id),
        })
        .collect();
    let next = edition.credential.replaced_by.map(|(next, _)| next);
    let next = next.filter(|next| {
        shared
            .replacements
            .binary_search(&(*next, edition.id))
            .is_ok()
    });
    let mut versions: Vec<Related<'a>> = replaced_by(&shared.replacements, edition.id)
        .chain(next)
        .map(|other| {
            let languages = badges::languages(project, other);
            let in_language = if languages.contains(&language) {
                language
            } else {
                project.language_of(&project.credentials[other])
            };
            Related {
                id: paths::achievement(project, other, in_language).address,
                kind: ["Related"],
                in_language: None,
                version: version(other),
            }
        })
        .collect();
    let tag = project.name(language);
    versions.extend(project.releases.earlier(edition.id).map(|release| Related {
        // The document in the credential's own language has the address of the record, whatever its path.
        id: match release.document("open-badges-3", tag) {
            Some(document) if document.path.ends_with(&format!(".{tag}.json")) => {
                paths::address(project, &document.path)
            }
            Some(_) | None => release.address.clone(),
        },
        kind: ["Related"],
        in_language: None,
        version: badges::not_blank(Cow::Borrowed(&release.version)),
    }));
    versions.sort_by(|one, other| one.id.cmp(&other.id));
    versions.dedup_by(|one, other| one.id == other.id);
    related.extend(versions);
    related
}
