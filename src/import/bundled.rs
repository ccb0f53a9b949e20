//! The frameworks that ship with the program.
//!
//! Each is a file under `frameworks/`, compiled in as text; who needs one parses it with [`super::pack::Pack::parse`].
//! A new file gets one line in the list here and one in `frameworks/README.md`.
//!
//! Invariant: sorted by id, and by version within an id, the latest last. Tests prove every pack.

use std::cmp::Ordering;

/// A framework that ships with the program, not parsed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BundledPack {
    /// The name after `use`.
    pub id: &'static str,
    /// The version as its publisher writes it.
    pub version: &'static str,
    /// The YAML text of the pack.
    pub text: &'static str,
}

static ALL: &[BundledPack] = &[
    BundledPack {
        id: "bloom",
        version: "2001",
        text: include_str!("../../frameworks/bloom-2001.yaml"),
    },
    BundledPack {
        id: "digcomp",
        version: "2.2",
        text: include_str!("../../frameworks/digcomp-2.2.yaml"),
    },
    BundledPack {
        id: "digcomp",
        version: "3.0",
        text: include_str!("../../frameworks/digcomp-3.0.yaml"),
    },
    BundledPack {
        id: "entrecomp",
        version: "2016",
        text: include_str!("../../frameworks/entrecomp-2016.yaml"),
    },
    BundledPack {
        id: "eqf",
        version: "2017",
        text: include_str!("../../frameworks/eqf-2017.yaml"),
    },
    BundledPack {
        id: "greencomp",
        version: "2022",
        text: include_str!("../../frameworks/greencomp-2022.yaml"),
    },
    BundledPack {
        id: "isced-f",
        version: "2013",
        text: include_str!("../../frameworks/isced-f-2013.yaml"),
    },
    BundledPack {
        id: "isco",
        version: "2008",
        text: include_str!("../../frameworks/isco-2008.yaml"),
    },
    BundledPack {
        id: "nice",
        version: "2.1",
        text: include_str!("../../frameworks/nice-2.1.yaml"),
    },
];

/// Every framework that ships, sorted by id and version.
pub fn all() -> &'static [BundledPack] {
    ALL
}

/// The framework of this id in this version, or in its latest if none is named.
pub fn find(id: &str, version: Option<&str>) -> Option<&'static BundledPack> {
    let mut of_id = ALL.iter().filter(|pack| pack.id == id);
    match version {
        Some(version) => of_id.find(|pack| pack.version == version),
        None => of_id.next_back(),
    }
}

/// The versions of a framework that ship, the latest last; none if the id is unknown.
pub fn versions(id: &str) -> impl Iterator<Item = &'static str> {
    ALL.iter()
        .filter(move |pack| pack.id == id)
        .map(|pack| pack.version)
}

/// Compares versions part by part, numbers by their value: `2.2` < `2.10` < `3.0`.
pub fn compare_versions(one: &str, other: &str) -> Ordering {
    let mut parts = (one.split('.'), other.split('.'));
    loop {
        let order = match (parts.0.next(), parts.1.next()) {
            (None, None) => return one.cmp(other),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(one), Some(other)) => compare_parts(one, other),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn compare_parts(one: &str, other: &str) -> Ordering {
    match (one.parse::<u64>(), other.parse::<u64>()) {
        (Ok(one), Ok(other)) => one.cmp(&other),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => one.cmp(other),
    }
}

#[cfg(test)]
#[path = "bundled_tests.rs"]
mod tests;
