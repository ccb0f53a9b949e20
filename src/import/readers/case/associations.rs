//! The associations of CASE packages: what they make of records, and the relations that are left.

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::import::release::{Relation, Release};
use crate::import::tally::{Outcome, Spot};

use super::super::json::{self, Object};
use super::Document;
use super::order::Order;

/// The kinds of association of both versions.
const KINDS: [&str; 10] = [
    "isChildOf",
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
    "isTranslationOf",
];

/// Under this field an item keeps those of its associations that became parents and successors.
const KEPT: &str = "CFAssociations";

/// What can be the end of an association.
#[derive(Default)]
pub(super) struct Known {
    /// Keys and positions of items, by identifier and by address.
    items: FxHashMap<String, (String, usize)>,
    /// Documents by identifier and by address, with the key of their record where they have one.
    documents: FxHashMap<String, Option<String>>,
}

impl Known {
    pub(super) fn document(&mut self, document: &Document, key: Option<&str>) {
        for name in [&document.identifier, &document.uri] {
            if !name.is_empty() {
                self.documents
                    .insert(name.clone(), key.map(str::to_owned));
            }
        }
    }

    pub(super) fn item(&mut self, key: &str, identifier: &str, uri: &str, position: usize) {
        for name in [identifier, uri] {
            if !name.is_empty() {
                self.items
                    .entry(name.to_owned())
                    .or_insert_with(|| (key.to_owned(), position));
            }
        }
    }
}

/// One end of an association.
#[derive(Clone, PartialEq, Eq)]
enum End {
    /// An item: its key and position.
    Item(String, usize),
    /// A document, with the key of its record where it has one.
    Document(Option<String>),
    /// Something outside the download, by its address or identifier.
    Outside(String),
}

impl End {
    /// What a relation names it by.
    fn key(&self) -> &str {
        match self {
            End::Item(key, _) => key,
            End::Document(key) => key.as_deref().unwrap_or("document"),
            End::Outside(name) => name,
        }
    }
}

/// Takes an end out of an association; one that lies outside stays in it.
fn end(association: &mut Object, name: &str, known: &Known) -> Option<End> {
    let link = association.get(name)?;
    let names: Vec<String> = match link {
        Value::Object(link) => ["identifier", "uri"]
            .iter()
            .filter_map(|name| link.get(*name).and_then(json::text_of))
            .collect(),
        other => json::text_of(other).into_iter().collect(),
    };
    let names: Vec<&String> = names.iter().filter(|name| !name.is_empty()).collect();
    let found = names.iter().find_map(|name| {
        if let Some((key, position)) = known.items.get(*name) {
            return Some(End::Item(key.clone(), *position));
        }
        let document = known.documents.get(*name)?;
        Some(End::Document(document.clone()))
    });
    if let Some(found) = found {
        association.remove(name);
        return Some(found);
    }
    // The address tells more than the identifier.
    names.last().map(|name| End::Outside((*name).clone()))
}

/// Reads one association.
pub(super) fn read(
    association: Value,
    spot: Spot,
    known: &Known,
    order: &mut Order,
    release: &mut Release,
) {
    let mut association = match association {
        Value::Object(association) => association,
        other => {
            let reason = "associations that are no objects";
            let words = json::type_name(&other);
            json::leave_out(release, "relation", reason, spot, words);
            return;
        }
    };
    let kind = kind(&mut association, spot, release);
    let origin = end(&mut association, "originNodeURI", known);
    let destination = end(&mut association, "destinationNodeURI", known);
    let (Some(origin), Some(destination)) = (origin, destination) else {
        let reason = "associations without two ends";
        json::leave_out(release, "relation", reason, spot, &kind);
        return;
    };
    for end in [&origin, &destination] {
        if let End::Outside(name) = end {
            let reason = "ends of associations outside the package";
            release.tally.note(Outcome::Noted, reason, spot, name);
        }
    }
    if association.get("CFDocumentURI").is_some_and(|link| is_own(link, known)) {
        association.remove("CFDocumentURI");
    }
    match (kind.as_str(), origin, destination) {
        ("isChildOf", End::Item(_, position), destination) => {
            let sequence = sequence(&association);
            let parent = match &destination {
                End::Document(None) => None,
                End::Item(..) | End::Document(Some(_)) | End::Outside(_) => {
                    Some(destination.key().to_owned())
                }
            };
            order.child(position, parent.as_deref(), sequence);
            let reason = "associations that say what an item is a part of";
            merge(association, position, reason, spot, release);
            let Some(record) = release.records.get_mut(position) else {
                return;
            };
            if let Some(parent) = parent
                && !record.parents.contains(&parent)
            {
                record.parents.push(parent);
            }
        }
        ("replacedBy", End::Item(_, position), destination) => {
            let reason = "associations that say what replaces an item";
            merge(association, position, reason, spot, release);
            if let Some(record) = release.records.get_mut(position) {
                record.withdrawn = true;
                record.successors.push(destination.key().to_owned());
            }
        }
        (_, origin, destination) => {
            let relation = Relation {
                from: origin.key().to_owned(),
                to: destination.key().to_owned(),
                kind,
                fields: json::rest(association),
                spot,
            };
            json::relate(release, relation);
        }
    }
}

/// Keeps what is left of an association with the item that it starts at.
fn merge(
    association: Object,
    position: usize,
    reason: &str,
    spot: Spot,
    release: &mut Release,
) {
    let Some(record) = release.records.get_mut(position) else {
        return;
    };
    release.tally.read("relation");
    release
        .tally
        .merged("relation", reason, spot, &record.key);
    let kept = record
        .fields
        .entry(KEPT.to_owned())
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(kept) = kept {
        kept.push(Value::Object(association));
    }
}

fn is_own(link: &Value, known: &Known) -> bool {
    let name = match link {
        Value::String(uri) => Some(uri.as_str()),
        other => other.get("identifier").and_then(Value::as_str),
    };
    name.is_some_and(|name| known.documents.contains_key(name))
}

/// The kind as the standard spells it; others (and the extensions of 1.1) as they are.
fn kind(association: &mut Object, spot: Spot, release: &mut Release) -> String {
    let kind = json::take_text(association, "associationType").unwrap_or_default();
    let letters = kind.replace(' ', "");
    match KINDS.iter().find(|known| known.eq_ignore_ascii_case(&letters)) {
        Some(known) => (*known).to_owned(),
        None => {
            if !kind.starts_with("ext:") {
                let reason = "associations of a kind that the standard does not have";
                release.tally.note(Outcome::Noted, reason, spot, &kind);
            }
            kind
        }
    }
}

/// The place among siblings, whether it is a number or a text.
fn sequence(association: &Object) -> Option<u64> {
    let number = association.get("sequenceNumber")?;
    number
        .as_u64()
        .or_else(|| number.as_str()?.trim().parse().ok())
}
