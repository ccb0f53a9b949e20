//! Where everything is published: paths below the base, and the addresses made from them.
//!
//! A plain static host with the output folder at the project's base serves every address: documents carry their file
//! ending, pages are folders with an `index.html`, items of a framework are anchors on its page. Addresses are made from
//! [`Declared::address_id`](crate::model::Declared::address_id), so that a renamed thing keeps its address.

use std::borrow::Cow;

use super::{
    CredentialId, CrosswalkId, Declared, FrameworkId, IssuerId, ItemId, Language, PathwayId,
    Project, RecognitionId, RoleId,
};

/// A path below the base as a full address.
#[must_use]
pub fn address(project: &Project, path: &str) -> String {
    format!("{}{path}", project.settings.base)
}

/// `.fr` for any language but the one the thing is written in; empty for that one.
fn suffix(project: &Project, language: Language, own: Language) -> String {
    if language == own {
        String::new()
    } else {
        format!(".{}", project.name(language))
    }
}

/// The index of all Open Badges 3.0 documents.
pub const INDEX_3: &str = "open-badges-3/index.json";

/// The numbers of all crosswalks.
pub const COVERAGE: &str = "crosswalks/coverage.csv";

/// The endings of the files of a crosswalk.
pub const CROSSWALK_ENDINGS: [&str; 7] = [
    ".sssom.tsv",
    ".csv",
    ".coverage.json",
    ".json",
    ".xlsx",
    ".ttl",
    ".case.json",
];

/// `fr/` for any language but the main one.
#[must_use]
pub fn language_folder(project: &Project, language: Language) -> String {
    if language == project.main_language() {
        String::new()
    } else {
        format!("{}/", project.name(language))
    }
}

/// The languages a credential has a document in: its own, and every language of the project that its name is in.
#[must_use]
pub fn languages(project: &Project, id: CredentialId) -> Vec<Language> {
    let credential = &project.credentials[id];
    let own = project.language_of(credential);
    let mut languages = vec![own];
    for &language in &project.languages {
        let translated = credential.declared.name.translation(language);
        if language != own && translated.is_some() {
            languages.push(language);
        }
    }
    languages
}

/// The path of an address that lies under the base, if it can be a file there that any plain host serves.
#[must_use]
pub fn path_under_base(project: &Project, iri: &str) -> Option<String> {
    let path = iri.strip_prefix(&project.settings.base)?;
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    path.split('/').all(plain).then(|| path.to_owned())
}

/// The file and the address of a badge document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Below the output folder.
    pub path: String,
    /// The document's `id`.
    pub address: String,
}

impl Location {
    fn at(project: &Project, path: String) -> Self {
        Self {
            address: address(project, &path),
            path,
        }
    }
}

/// What the paths of a credential are made from: its address id; where another version of it was released before, and keeps
/// its documents there, the id with the version.
#[must_use]
pub fn credential_name(project: &Project, id: CredentialId) -> &str {
    let own = || project.address_id(&project.credentials[id].declared);
    project.releases.name(id).unwrap_or_else(own)
}

/// The declared `iri` of a credential, unless it is that of another version that was released.
fn credential_iri(project: &Project, id: CredentialId) -> Option<Cow<'_, str>> {
    let iri = project.text(project.credentials[id].declared.iri?);
    let mut earlier = project.releases.earlier(id);
    (!earlier.any(|release| release.address == iri)).then_some(iri)
}

/// The Open Badges 3.0 document of a credential in a language. A declared `iri` is the id of the edition in the credential's own
/// language; where it lies under the base, the document is written there.
#[must_use]
pub fn achievement(project: &Project, id: CredentialId, language: Language) -> Location {
    let credential = &project.credentials[id];
    let own = project.language_of(credential);
    let path = format!(
        "open-badges-3/{}{}.json",
        credential_name(project, id),
        suffix(project, language, own)
    );
    if let (Some(iri), true) = (credential_iri(project, id), language == own) {
        let iri = iri.into_owned();
        return Location {
            path: path_under_base(project, &iri).unwrap_or(path),
            address: iri,
        };
    }
    Location::at(project, path)
}

/// The Open Badges 2.0 document of a credential in a language.
#[must_use]
pub fn badge_class(project: &Project, id: CredentialId, language: Language) -> Location {
    let credential = &project.credentials[id];
    let suffix = suffix(project, language, project.language_of(credential));
    Location::at(
        project,
        format!(
            "open-badges-2/{}{suffix}.json",
            credential_name(project, id)
        ),
    )
}

/// The Open Badges 3.0 profile of an issuer.
#[must_use]
pub fn issuer_profile(project: &Project, id: IssuerId) -> Location {
    let declared = &project.issuers[id].declared;
    let path = format!(
        "open-badges-3/issuers/{}.json",
        project.address_id(declared)
    );
    if let Some(iri) = declared.iri {
        let iri = project.text(iri).into_owned();
        return Location {
            path: path_under_base(project, &iri).unwrap_or(path),
            address: iri,
        };
    }
    Location::at(project, path)
}

/// The Open Badges 2.0 profile of an issuer.
#[must_use]
pub fn issuer_2(project: &Project, id: IssuerId) -> Location {
    Location::at(
        project,
        format!(
            "open-badges-2/issuers/{}.json",
            project.address_id(&project.issuers[id].declared)
        ),
    )
}

/// The drawn image of a credential that names none.
#[must_use]
pub fn drawn_image(project: &Project, id: CredentialId) -> Location {
    Location::at(
        project,
        format!("images/{}.svg", credential_name(project, id)),
    )
}

/// The page of a credential, as a folder with a slash at its end; `index.html` and `index.md` stand in it.
#[must_use]
pub fn credential_page(project: &Project, id: CredentialId, language: Language) -> Location {
    let folder = language_folder(project, language);
    let name = credential_name(project, id);
    Location::at(project, format!("{folder}credentials/{name}/"))
}

/// The page of a framework.
#[must_use]
pub fn framework_page(project: &Project, id: FrameworkId, language: Language) -> Location {
    page(
        project,
        "frameworks",
        &project.frameworks[id].declared,
        language,
    )
}

/// The page of a pathway.
#[must_use]
pub fn pathway_page(project: &Project, id: PathwayId, language: Language) -> Location {
    page(
        project,
        "pathways",
        &project.pathways[id].declared,
        language,
    )
}

/// The page of a role.
#[must_use]
pub fn role_page(project: &Project, id: RoleId, language: Language) -> Location {
    page(project, "roles", &project.roles[id].declared, language)
}

/// The page of a recognition.
#[must_use]
pub fn recognition_page(project: &Project, id: RecognitionId, language: Language) -> Location {
    page(
        project,
        "recognitions",
        &project.recognitions[id].declared,
        language,
    )
}

/// The page of something declared, in the folder of its kind.
fn page(project: &Project, kind: &str, declared: &Declared, language: Language) -> Location {
    let folder = language_folder(project, language);
    Location::at(
        project,
        format!("{folder}{kind}/{}/", project.address_id(declared)),
    )
}

/// The anchor of an item on its framework's page: its path made from address ids (`read.charts`).
#[must_use]
pub fn item_anchor(project: &Project, id: ItemId) -> String {
    let mut parts = Vec::new();
    let mut next = Some(id);
    while let Some(item) = next {
        let item = &project.items[item];
        parts.push(project.address_id(&item.declared));
        next = item.parent;
    }
    parts.reverse();
    parts.join(".")
}

/// The address of an item: its own `iri`, or the anchor on its framework's page in the main language.
#[must_use]
pub fn item_address(project: &Project, id: ItemId) -> String {
    let item = &project.items[id];
    if let Some(iri) = item.declared.iri {
        return project.text(iri).into_owned();
    }
    let page = framework_page(project, item.framework, project.main_language());
    format!("{}#{}", page.address, item_anchor(project, id))
}

/// The files of a crosswalk, without their endings (`.sssom.tsv`, `.csv`, `.coverage.json`).
#[must_use]
pub fn crosswalk_stem(project: &Project, id: CrosswalkId) -> Location {
    Location::at(
        project,
        format!(
            "crosswalks/{}",
            project.address_id(&project.crosswalks[id].declared)
        ),
    )
}

/// The files of the mappings that items of a framework carry themselves, where no crosswalk is declared; without their endings.
#[must_use]
pub fn implied_crosswalk_stem(project: &Project, from: FrameworkId, target: &str) -> Location {
    Location::at(
        project,
        format!(
            "crosswalks/{}-to-{target}",
            project.address_id(&project.frameworks[from].declared)
        ),
    )
}
