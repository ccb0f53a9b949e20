//! Which declarations are published side by side, so that their ids must differ there, and which files they become.
//!
//! Goes in: the project. Comes out: every declaration with an address, and the space its id lives in; every file that the
//! outputs write. Pictures are left out: their names make way for each other.

use crate::model::{Declared, FrameworkId, ItemId, Language, Project, Text, address};

/// Where an id must be unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Space {
    Issuers,
    Frameworks,
    Credentials,
    Pathways,
    Roles,
    Recognitions,
    /// Items with the same parent, or at the top of a framework.
    Items(FrameworkId, Option<ItemId>),
}

/// Every declaration that is published at an address made from its id.
pub fn all(project: &Project) -> impl Iterator<Item = (Space, &Declared)> {
    let issuers = project.issuers.as_slice().iter();
    let frameworks = project.frameworks.as_slice().iter();
    let credentials = project.credentials.as_slice().iter();
    let pathways = project.pathways.as_slice().iter();
    let roles = project.roles.as_slice().iter();
    let recognitions = project.recognitions.as_slice().iter();
    let items = project.items.as_slice().iter();
    issuers
        .map(|issuer| (Space::Issuers, &issuer.declared))
        .chain(frameworks.map(|framework| (Space::Frameworks, &framework.declared)))
        .chain(credentials.map(|credential| (Space::Credentials, &credential.declared)))
        .chain(pathways.map(|pathway| (Space::Pathways, &pathway.declared)))
        .chain(roles.map(|role| (Space::Roles, &role.declared)))
        .chain(recognitions.map(|recognition| (Space::Recognitions, &recognition.declared)))
        .chain(items.map(|item| (Space::Items(item.framework, item.parent), &item.declared)))
}

/// Every declaration with an `iri` that is the address of a document.
pub fn with_document(project: &Project) -> impl Iterator<Item = (&Declared, Text)> {
    let issuers = project.issuers.as_slice().iter();
    let credentials = project.credentials.as_slice().iter();
    issuers
        .map(|issuer| &issuer.declared)
        .chain(credentials.map(|credential| &credential.declared))
        .filter_map(|declared| Some((declared, declared.iri?)))
}

/// Calls for every file whose path is made from an id, and for those that are always there, which belong to nobody.
pub fn made_paths<'a>(project: &'a Project, each: &mut impl FnMut(Option<&'a Declared>, &str)) {
    each(None, address::INDEX_3);
    each(None, address::COVERAGE);
    for &language in &project.languages {
        page(None, &address::language_folder(project, language), each);
    }
    for (id, issuer) in project.issuers.iter() {
        let declared = &issuer.declared;
        if declared.iri.is_none() {
            each(Some(declared), &address::issuer_profile(project, id).path);
        }
        each(Some(declared), &address::issuer_2(project, id).path);
    }
    for (id, credential) in project.credentials.iter() {
        let declared = &credential.declared;
        let own = project.language_of(credential);
        for language in address::languages(project, id) {
            if declared.iri.is_none() || language != own {
                let path = address::achievement(project, id, language).path;
                each(Some(declared), &path);
            }
            let path = address::badge_class(project, id, language).path;
            each(Some(declared), &path);
        }
        pages(project, declared, each, |language| {
            address::credential_page(project, id, language)
        });
    }
    for (id, framework) in project.frameworks.iter() {
        pages(project, &framework.declared, each, |language| {
            address::framework_page(project, id, language)
        });
    }
    for (id, pathway) in project.pathways.iter() {
        pages(project, &pathway.declared, each, |language| {
            address::pathway_page(project, id, language)
        });
    }
    for (id, role) in project.roles.iter() {
        pages(project, &role.declared, each, |language| {
            address::role_page(project, id, language)
        });
    }
    for (id, recognition) in project.recognitions.iter() {
        pages(project, &recognition.declared, each, |language| {
            address::recognition_page(project, id, language)
        });
    }
    for (id, crosswalk) in project.crosswalks.iter() {
        let stem = address::crosswalk_stem(project, id).path;
        for ending in address::CROSSWALK_ENDINGS {
            each(Some(&crosswalk.declared), &format!("{stem}{ending}"));
        }
    }
}

fn pages<'a>(
    project: &Project,
    declared: &'a Declared,
    each: &mut impl FnMut(Option<&'a Declared>, &str),
    at: impl Fn(Language) -> address::Location,
) {
    for &language in &project.languages {
        page(Some(declared), &at(language).path, each);
    }
}

fn page<'a>(
    declared: Option<&'a Declared>,
    folder: &str,
    each: &mut impl FnMut(Option<&'a Declared>, &str),
) {
    for file in ["index.html", "index.md"] {
        each(declared, &format!("{folder}{file}"));
    }
}
