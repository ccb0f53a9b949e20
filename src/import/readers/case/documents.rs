//! Which document each item, association and definition of the packages of a download belongs to.
//!
//! Goes in: packages as they stand in the files. Comes out: one set for each document. A document may stand in several files, and a
//! file may hold several. An item goes to the document that it names, else to that of its package; an association goes
//! to where it starts. What names no document at all goes to the first one, and is counted.

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::import::tally::{Outcome, Spot, Tally};

use super::super::json::{self, Object};
use super::{Document, Package};

/// What belongs to one document.
#[derive(Default)]
pub(super) struct Set {
    pub document: Document,
    pub items: Vec<Part>,
    pub associations: Vec<Part>,
    /// What else its packages hold, with their files.
    pub rest: Vec<(u32, Object)>,
    pub tally: Tally,
}

/// An item or an association with its place.
pub(super) struct Part {
    pub spot: Spot,
    pub value: Value,
}

/// The sets by what names their documents and items.
#[derive(Default)]
struct Owners {
    documents: FxHashMap<String, usize>,
    items: FxHashMap<String, Vec<usize>>,
}

/// Puts packages together by their documents, in the order in which those are met.
pub(super) fn tell_apart(packages: Vec<Package>) -> Vec<Set> {
    let mut sets: Vec<Set> = Vec::new();
    let mut owners = Owners::default();
    let mut packages: Vec<(Package, Option<usize>)> = packages
        .into_iter()
        .map(|mut package| {
            let document = std::mem::take(&mut package.document);
            let set = own(package.file, document, &mut sets, &mut owners);
            (package, set)
        })
        .collect();
    // A package without a document is a framework of its own where no other one has a document either.
    let is_named = !sets.is_empty();
    let mut associations = Vec::new();
    for (package, set) in &mut packages {
        if set.is_none() && !is_named {
            *set = Some(sets.len());
            sets.push(Set::default());
        }
        for (position, value) in std::mem::take(&mut package.items).into_iter().enumerate() {
            let spot = json::spot(package.file, position);
            item(Part { spot, value }, *set, &mut sets, &mut owners);
        }
        let all = std::mem::take(&mut package.associations);
        associations.extend(all.into_iter().enumerate().map(|(position, value)| {
            let spot = json::spot(package.file, position);
            (Part { spot, value }, *set)
        }));
        if let Some(set) = sets.get_mut(set.unwrap_or(0)) {
            set.rest
                .push((package.file, std::mem::take(&mut package.rest)));
        }
    }
    // All items have to be known first.
    for (association, set) in associations {
        let at = ["originNodeURI", "destinationNodeURI"]
            .iter()
            .filter_map(|end| association.value.get(end))
            .flat_map(names)
            .filter_map(|name| owners.items.get(&name))
            .find_map(|sets| match set {
                Some(set) if sets.contains(&set) => Some(set),
                Some(_) | None => sets.first().copied(),
            });
        let several = sets.len() > 1;
        let at = at.or(set);
        if let Some(set) = sets.get_mut(at.unwrap_or(0)) {
            if at.is_none() && several {
                let reason = "associations that name no document, kept with the first one";
                set.tally.note(Outcome::Noted, reason, association.spot, "");
            }
            set.associations.push(association);
        }
    }
    sets
}

/// The set of a document; none where a package has no document.
fn own(file: u32, document: Document, sets: &mut Vec<Set>, owners: &mut Owners) -> Option<usize> {
    let names: Vec<String> = [&document.identifier, &document.uri]
        .into_iter()
        .filter(|name| !name.is_empty())
        .cloned()
        .collect();
    if names.is_empty() && document.object.is_empty() {
        return None;
    }
    let known = names
        .iter()
        .find_map(|name| owners.documents.get(name))
        .copied();
    let at = known.unwrap_or(sets.len());
    for name in names {
        owners.documents.entry(name).or_insert(at);
    }
    match sets.get_mut(at) {
        Some(set) => again(file, document, set),
        None => sets.push(Set {
            document,
            ..Set::default()
        }),
    }
    Some(at)
}

/// A document that is given once more: what it says otherwise is kept beside the first one.
fn again(file: u32, document: Document, set: &mut Set) {
    const FURTHER: &str = "CFDocument in further files";
    let spot = Spot { file, line: 0 };
    let words = &set.document.identifier;
    let reason = "documents that an earlier package holds";
    set.tally.read("document");
    set.tally.merged("document", reason, spot, words);
    if document.object == set.document.object {
        return;
    }
    let further = set.document.object.entry(FURTHER.to_owned());
    let further = further.or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(further) = further {
        further.push(Value::Object(document.object));
    }
}

/// An item goes to the document that it names, else to that of its package.
fn item(item: Part, package: Option<usize>, sets: &mut [Set], owners: &mut Owners) {
    let named = item.value.get("CFDocumentURI").map(names);
    let named = named.into_iter().flatten();
    let named: Vec<usize> = named
        .filter_map(|name| owners.documents.get(&name).copied())
        .collect();
    let at = match (named.first(), package) {
        (Some(&named), _) => named,
        (None, Some(package)) => package,
        (None, None) => {
            if let Some(first) = sets.first_mut() {
                let words = item.value.get("fullStatement").and_then(json::text_of);
                let reason = "items that name no document, kept with the first one";
                let words = words.unwrap_or_default();
                first.tally.note(Outcome::Noted, reason, item.spot, &words);
            }
            0
        }
    };
    for name in names(&item.value) {
        let known = owners.items.entry(name).or_default();
        if !known.contains(&at) {
            known.push(at);
        }
    }
    if let Some(set) = sets.get_mut(at) {
        set.items.push(item);
    }
}

/// What a link names something by, or an item itself: its identifier and its address.
fn names(value: &Value) -> Vec<String> {
    let names: Vec<String> = match value {
        Value::Object(link) => ["identifier", "uri"]
            .iter()
            .filter_map(|name| link.get(*name).and_then(json::text_of))
            .collect(),
        other => json::text_of(other).into_iter().collect(),
    };
    names.into_iter().filter(|name| !name.is_empty()).collect()
}
