//! Which declarations are published side by side, so that their ids must differ there.
//!
//! Goes in: the project. Comes out: every declaration with an address, and the space its id lives in.

use crate::model::{Declared, FrameworkId, ItemId, Project};

/// Where an id must be unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Space {
    Issuers,
    Frameworks,
    Credentials,
    Pathways,
    /// Items with the same parent, or at the top of a framework.
    Items(FrameworkId, Option<ItemId>),
}

/// Every declaration that is published at an address made from its id.
pub fn all(project: &Project) -> impl Iterator<Item = (Space, &Declared)> {
    let issuers = project.issuers.as_slice().iter();
    let frameworks = project.frameworks.as_slice().iter();
    let credentials = project.credentials.as_slice().iter();
    let pathways = project.pathways.as_slice().iter();
    let items = project.items.as_slice().iter();
    issuers
        .map(|issuer| (Space::Issuers, &issuer.declared))
        .chain(frameworks.map(|framework| (Space::Frameworks, &framework.declared)))
        .chain(credentials.map(|credential| (Space::Credentials, &credential.declared)))
        .chain(pathways.map(|pathway| (Space::Pathways, &pathway.declared)))
        .chain(items.map(|item| (Space::Items(item.framework, item.parent), &item.declared)))
}
