//! A mapping table as a CASE 1.1 package: one document, no items, an association for each row.
//!
//! CASE knows `exactMatchOf`, `isPartOf` (a `narrowMatch` is one from the other end) and `isRelatedTo`; what it cannot say stands in
//! full under `extensions.gradus` of each association, where this program reads it again. A row that denies, that nobody has
//! settled, or that says that there is nothing, is no relation at all: it has a type of its own (`ext:Denied`, `ext:Proposed`,
//! `ext:Refused`, `ext:NoMatch`). Identifiers are UUIDs of version 8 made of the row's parts, so that they last;
//! the date of change is the set's own date, or a fixed one: nothing here asks for the time.

use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::json::object;
use super::{Laid, WriteFault};
use crate::mapping::columns::{Cells, STATE};
use crate::mapping::table::{NO_TERM_FOUND, Predicate, code_of};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Package {
    #[serde(rename = "CFDocument")]
    document: Document,
    #[serde(rename = "CFItems")]
    items: [(); 0],
    #[serde(rename = "CFAssociations")]
    associations: Vec<Association>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    identifier: String,
    uri: String,
    creator: String,
    title: String,
    last_change_date_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    case_version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Association {
    identifier: String,
    uri: String,
    association_type: &'static str,
    #[serde(rename = "originNodeURI")]
    origin: Node,
    #[serde(rename = "destinationNodeURI")]
    destination: Node,
    last_change_date_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    extensions: Extensions,
}

#[derive(Serialize)]
struct Node {
    title: String,
    identifier: String,
    uri: String,
}

#[derive(Serialize)]
struct Extensions {
    gradus: Map<String, Value>,
}

pub(super) fn write(laid: &Laid<'_>) -> Result<Vec<u8>, WriteFault> {
    let Laid { table, rows } = laid;
    let set = table
        .said("mapping_set_id")
        .unwrap_or("urn:x-gradus:set:unnamed");
    let date = ["publication_date", "mapping_date"]
        .into_iter()
        .find_map(|name| table.said(name))
        .unwrap_or("2000-01-01");
    let date = format!("{date}T00:00:00+00:00");
    let creator = table
        .said("creator_label")
        .map(|labels| crate::mapping::slots::split(labels).join(", "));
    let mut counted: rustc_hash::FxHashMap<String, u32> = rustc_hash::FxHashMap::default();
    let associations = rows
        .iter()
        .map(|row| {
            let parts = [
                "subject_id",
                "subject_label",
                "predicate_id",
                "object_id",
                "object_label",
            ]
            .map(|name| row.get(name).map_or("", String::as_str))
            .join("\n");
            let number = counted.entry(parts.clone()).or_default();
            *number += 1;
            let identifier = uuid(&format!("{set}\n{parts}\n{number}"));
            association(row, identifier, &date)
        })
        .collect();
    let identifier = uuid(set);
    let package = Package {
        document: Document {
            uri: if set.contains(':') {
                set.to_owned()
            } else {
                format!("urn:uuid:{identifier}")
            },
            identifier,
            creator: creator.unwrap_or_else(|| "unknown".to_owned()),
            title: table
                .said("mapping_set_title")
                .unwrap_or("Mappings")
                .to_owned(),
            last_change_date_time: date,
            version: table.said("mapping_set_version").map(str::to_owned),
            case_version: "1.1",
        },
        items: [],
        associations,
    };
    let mut contents = serde_json::to_vec_pretty(&package)
        .map_err(|error| WriteFault(format!("the mappings cannot be written as CASE: {error}")))?;
    contents.push(b'\n');
    Ok(contents)
}

fn association(row: &Cells, identifier: String, date: &str) -> Association {
    let predicate = row
        .get("predicate_id")
        .map_or(Predicate::Related, |address| Predicate::of_address(address));
    let nothing = ["subject_id", "object_id"]
        .iter()
        .any(|name| row.get(*name).map(String::as_str) == Some(NO_TERM_FOUND));
    let state = row.get(STATE).map(String::as_str);
    let kind = match (&predicate, state) {
        _ if nothing => "ext:NoMatch",
        _ if row.contains_key("predicate_modifier") => "ext:Denied",
        (_, Some("proposed")) => "ext:Proposed",
        (_, Some(_)) => "ext:Refused",
        (Predicate::Exact | Predicate::SameAs | Predicate::EquivalentClass, None) => "exactMatchOf",
        (Predicate::Broad | Predicate::SubClassOf | Predicate::Narrow, None) => "isPartOf",
        (
            Predicate::Close
            | Predicate::Related
            | Predicate::EquivalentProperty
            | Predicate::SubPropertyOf
            | Predicate::Other(_),
            None,
        ) => "isRelatedTo",
    };
    // The origin is the part.
    let ends = if kind == "isPartOf" && predicate == Predicate::Narrow {
        ["object", "subject"]
    } else {
        ["subject", "object"]
    };
    let node = |side: &str| {
        let label = row.get(&format!("{side}_label")).map_or("", String::as_str);
        let address = row.get(&format!("{side}_id")).map_or("", String::as_str);
        let identifier = if address.is_empty() {
            uuid(label)
        } else {
            code_of(address).unwrap_or_else(|| {
                let last = address.rsplit(['/', '#']).next().unwrap_or(address);
                if last.is_empty() { address } else { last }.to_owned()
            })
        };
        Node {
            title: if label.is_empty() {
                identifier.clone()
            } else {
                label.to_owned()
            },
            uri: if address.is_empty() {
                format!("urn:uuid:{identifier}")
            } else {
                address.to_owned()
            },
            identifier,
        }
    };
    Association {
        uri: format!("urn:uuid:{identifier}"),
        identifier,
        association_type: kind,
        origin: node(ends[0]),
        destination: node(ends[1]),
        last_change_date_time: date.to_owned(),
        notes: row.get("comment").cloned(),
        extensions: Extensions {
            gradus: object(row),
        },
    }
}

/// A UUID of version 8 (RFC 9562): the start of the SHA-256 of a text.
fn uuid(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut hex = String::with_capacity(36);
    for (position, &byte) in digest.iter().take(16).enumerate() {
        let byte = match position {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => byte,
        };
        if matches!(position, 4 | 6 | 8 | 10) {
            hex.push('-');
        }
        for half in [byte >> 4, byte & 0x0f] {
            hex.extend(char::from_digit(u32::from(half), 16));
        }
    }
    hex
}
