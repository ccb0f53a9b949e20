//! What both Open Badges outputs are made from: which credentials appear in which languages, their criteria in words, what
//! they are aligned with, their pictures.
//!
//! Goes in: a project. Comes out: parts in the words of neither format. Invariants: drafts do not appear; texts are never
//! blank; addresses are http or https; an edition names the same things in the same order in every language.

mod alignment;
mod language;
mod narrative;
mod pictures;

pub use super::paths::languages;
pub use alignment::{Alignments, Target};
pub use language::language_tag;
pub use narrative::narrative;
pub use pictures::Pictures;
pub(in crate::emit) use pictures::fnv;

use std::borrow::Cow;

use super::wording::{Wording, fill};
use super::{OutputFile, paths};
use crate::model::{Credential, CredentialId, IssuerId, Language, Project, Prose, Status, Text};

/// Whether a credential appears in the badge documents: a draft does not, it is on its page only.
#[must_use]
pub fn is_published(credential: &Credential) -> bool {
    match credential.status {
        Status::Draft => false,
        Status::Active | Status::Deprecated => true,
    }
}

/// The credentials that appear, in the order of declaration.
#[must_use]
pub fn published(project: &Project) -> Vec<CredentialId> {
    project
        .credentials
        .iter()
        .filter(|(_, credential)| is_published(credential))
        .map(|(id, _)| id)
        .collect()
}

/// The published credentials that another one replaces, as `(new, old)`, sorted.
#[must_use]
pub fn replacements(project: &Project) -> Vec<(CredentialId, CredentialId)> {
    let mut pairs: Vec<_> = project
        .credentials
        .iter()
        .filter(|(_, credential)| is_published(credential))
        .filter_map(|(old, credential)| {
            credential
                .replaced_by
                .filter(|&(new, _)| new != old && is_published(&project.credentials[new]))
                .map(|(new, _)| (new, old))
        })
        .collect();
    pairs.sort_unstable();
    pairs
}

/// A credential in a language.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The project.
    pub project: &'a Project,
    /// Which credential.
    pub id: CredentialId,
    /// The credential.
    pub credential: &'a Credential,
    /// The words of its language.
    pub wording: Wording<'a>,
}

impl<'a> Edition<'a> {
    /// The edition of a credential in a language.
    #[must_use]
    pub fn new(project: &'a Project, id: CredentialId, language: Language) -> Self {
        Self {
            project,
            id,
            credential: &project.credentials[id],
            wording: Wording::new(project, language),
        }
    }

    /// Its name; the id where the name is blank.
    #[must_use]
    pub fn name(&self) -> Cow<'a, str> {
        let declared = &self.credential.declared;
        not_blank(self.wording.prose(&declared.name))
            .unwrap_or_else(|| Cow::Borrowed(self.project.id(declared)))
    }

    /// Its kind in words.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        (self.wording.phrases.credential_kind)(self.credential.kind)
    }

    /// What it is about; where nobody wrote that, its kind and who awards it.
    #[must_use]
    pub fn description(&self) -> Cow<'a, str> {
        let about = self.credential.declared.about.as_ref();
        if let Some(about) = about.and_then(|about| not_blank(self.wording.prose(about))) {
            return about;
        }
        let phrases = self.wording.phrases;
        Cow::Owned(match self.issuer_name() {
            Some(issuer) => fill(
                phrases.kind_awarded_by,
                &[("kind", self.kind()), ("issuer", &issuer)],
            ),
            None => fill(phrases.kind_alone, &[("kind", self.kind())]),
        })
    }

    /// The name of its issuer.
    #[must_use]
    pub fn issuer_name(&self) -> Option<Cow<'a, str>> {
        let issuer = self.credential.issuer?;
        Some(issuer_name(&self.wording, issuer))
    }

    /// The address of its page, in its language where the project has that.
    #[must_use]
    pub fn page(&self) -> String {
        page_address(self.project, self.id, self.wording.language)
    }

    /// Its tags, each once.
    #[must_use]
    pub fn tags(&self) -> Vec<Cow<'a, str>> {
        let mut tags: Vec<Cow<'a, str>> = Vec::with_capacity(self.credential.tags.len());
        for tag in &self.credential.tags {
            if let Some(tag) = not_blank(self.wording.prose(tag))
                && !tags.contains(&tag)
            {
                tags.push(tag);
            }
        }
        tags
    }

    /// What its picture shows, in words.
    #[must_use]
    pub fn picture_caption(&self, drawn: bool) -> Cow<'a, str> {
        let alt = self.credential.image.as_ref();
        let alt = alt.and_then(|image| image.alt.as_ref());
        if !drawn && let Some(alt) = alt.and_then(|alt| not_blank(self.wording.prose(alt))) {
            return alt;
        }
        let phrases = self.wording.phrases;
        let (name, kind) = (self.name(), self.kind());
        Cow::Owned(match self.issuer_name() {
            Some(issuer) => fill(
                phrases.badge_alt_issuer,
                &[("name", &name), ("kind", kind), ("issuer", &issuer)],
            ),
            None => fill(phrases.badge_alt, &[("name", &name), ("kind", kind)]),
        })
    }
}

/// The name of an issuer in a language; the id where it is blank.
#[must_use]
pub fn issuer_name<'a>(wording: &Wording<'a>, id: IssuerId) -> Cow<'a, str> {
    let declared = &wording.project.issuers[id].declared;
    not_blank(wording.prose(&declared.name))
        .unwrap_or_else(|| Cow::Borrowed(wording.project.id(declared)))
}

/// The page of a credential, in a language where the project has pages in it.
#[must_use]
pub fn page_address(project: &Project, id: CredentialId, language: Language) -> String {
    let language = if project.languages.contains(&language) {
        language
    } else {
        project.main_language()
    };
    paths::credential_page(project, id, language).address
}

/// A text, if it says anything.
#[must_use]
pub fn not_blank(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    (!text.trim().is_empty()).then_some(text)
}

/// A written text, if it says anything.
#[must_use]
pub fn text(project: &Project, text: Option<Text>) -> Option<Cow<'_, str>> {
    text.and_then(|text| not_blank(project.text(text)))
}

/// A written text in a language, if it says anything.
#[must_use]
pub fn prose<'a>(wording: &Wording<'a>, prose: Option<&Prose>) -> Option<Cow<'a, str>> {
    prose.and_then(|prose| not_blank(wording.prose(prose)))
}

/// An address of the web, if it is one.
#[must_use]
pub fn web_address(address: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let plain = !rest.starts_with('/')
        && !rest.is_empty()
        && !rest.contains(|character: char| character.is_whitespace() || character.is_control());
    plain.then_some(address)
}

/// The address of a part of a document.
#[must_use]
pub fn fragment(document: &str, part: &str) -> String {
    let sign = if document.contains('#') { '.' } else { '#' };
    format!("{document}{sign}{part}")
}

/// A JSON document as a file: two spaces of indentation, a line end at its end.
pub fn json_file(path: String, document: &impl serde::Serialize) -> OutputFile {
    let mut contents = Vec::with_capacity(4096);
    // Writing plain structs with text keys into memory has no way to fail.
    if serde_json::to_writer_pretty(&mut contents, document).is_err() {
        contents.clear();
    }
    contents.push(b'\n');
    OutputFile { path, contents }
}

#[cfg(test)]
mod tests;
