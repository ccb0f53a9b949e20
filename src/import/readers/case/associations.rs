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

/// Under this field an item keeps those of its associations that became parents and successors, or that start outside.
const KEPT: &str = "CFAssociations";

/// What can be the end of an association.
#[derive(Default)]
pub(super) struct Known {
    /// Keys and positions of items, by identifier and by address.
    items: FxHashMap<String, (String, usize)>,
    /// The address of the document, by its identifier and by its address.
    documents: FxHashMap<String, String>,
}

impl Known {
    pub(super) fn document(&mut self, document: &Document) {
        for name in [&document.identifier, &document.uri] {
            if !name.is_empty() {
                let address = [&document.uri, &document.identifier]
                    .into_iter()
                    .find(|address| !address.is_empty());
                let address = address.cloned().unwrap_or_default();
                self.documents.insert(name.clone(), address);
            }
        }
    }

    /// The code of the item with this key, if it is known already.
    pub(super) fn code_of<'r>(&self, key: &str, release: &'r Release) -> Option<&'r str> {
        let (_, position) = self.items.get(key)?;
        let record = release.records.get(*position)?;
        Some(record.code.as_str()).filter(|code| !code.is_empty())
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
    /// The document: its address.
    Document(String),
    /// Something outside the download, by its address or identifier.
    Outside(String),
}

impl End {
    /// What a relation names it by.
    fn name(self) -> String {
        match self {
            End::Item(name, _) | End::Document(name) | End::Outside(name) => name,
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
        known.documents.get(*name).cloned().map(End::Document)
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
            json::leave_out(release, "association", reason, spot, words);
            return;
        }
    };
    let kind = kind(&mut association, spot, release);
    let origin = end(&mut association, "originNodeURI", known);
    let destination = end(&mut association, "destinationNodeURI", known);
    let (Some(origin), Some(destination)) = (origin, destination) else {
        let reason = "associations without two ends";
        json::leave_out(release, &kind, reason, spot, "");
        return;
    };
    for end in [&origin, &destination] {
        if let End::Outside(name) = end {
            let reason = "ends of associations outside the package";
            release.tally.note(Outcome::Noted, reason, spot, name);
        }
    }
    if association
        .get("CFDocumentURI")
        .is_some_and(|link| is_own(link, known))
    {
        association.remove("CFDocumentURI");
    }
    let (position, from) = match origin {
        End::Item(key, position) => (position, key),
        // Nothing here is its start, so it is kept with its end.
        End::Document(_) | End::Outside(_) => {
            let position = match destination {
                End::Item(_, position) => Some(position),
                End::Document(_) | End::Outside(_) => None,
            };
            association.insert("associationType".to_owned(), Value::from(kind.as_str()));
            keep(association, &kind, position, release);
            return;
        }
    };
    match kind.as_str() {
        "isChildOf" => {
            let parent = match destination {
                End::Document(_) => None,
                other => Some(other.name()),
            };
            let is_new = order.child(position, parent.as_deref(), sequence(&association));
            keep(association, &kind, Some(position), release);
            if let (Some(parent), Some(record)) = (parent, release.records.get_mut(position))
                && is_new
            {
                record.parents.push(parent);
            }
        }
        "replacedBy" => {
            keep(association, &kind, Some(position), release);
            if let Some(record) = release.records.get_mut(position) {
                record.withdrawn = true;
                record.successors.push(destination.name());
            }
        }
        _ => {
            let relation = Relation {
                from,
                to: destination.name(),
                kind,
                fields: json::rest(association),
                spot,
            };
            json::relate(release, relation);
        }
    }
}

/// Keeps what is left of an association with a record, or with the framework where there is none.
fn keep(association: Object, kind: &str, position: Option<usize>, release: &mut Release) {
    release.tally.read(kind);
    release.tally.kept(kind);
    let record = position.and_then(|position| release.records.get_mut(position));
    let fields = match record {
        Some(record) => &mut record.fields,
        None => &mut release.head.fields,
    };
    let kept = fields
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
    match KINDS
        .iter()
        .find(|known| known.eq_ignore_ascii_case(&letters))
    {
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
