//! NIST's own JSON, as its reference tool (CPRT) exports it: `documents`, `elements`, `relationship_types` and
//! `relationships`, at the top or under `response.elements`.
//!
//! An element has `element_type`, `element_identifier`, `title` and `text`; a relationship names its two ends and its kind. In the
//! NICE Framework a category leads to its work roles, and a work role or competency area to its statements. Codes of the
//! civil service (`opm_code`) have no name and become a field of the roles that refer to them; elements of type `sort` only give
//! an order; those of type `withdraw_reason` say that what leads to them is withdrawn. Relationships name the documents of
//! their ends too (`source_doc_identifier`, `dest_doc_identifier`): `external_reference` leads to elements of publications that are not in
//! the file, whose identifiers may be the same as those of elements that are.

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::import::bundle::BundleFile;
use crate::import::release::{Record, Relation};
use crate::import::tally::{Outcome, Spot};

use super::super::json::{self, Object};
use super::{CATEGORY, COMPETENCY_AREA, Reading, WORK_ROLE};
use crate::import::fault::ReadFault;

const OPM_CODE: &str = "opm_code";
const SORT: &str = "sort";
const WITHDRAW_REASON: &str = "withdraw_reason";
/// Kinds of relationship that lead from a withdrawn element to what takes its place.
const SUCCESSIONS: [&str; 4] = [
    "incorporated_into",
    "moved_to",
    "replaced_by",
    "superseded_by",
];

/// Whether a file is such an export.
pub(super) fn is(file: &BundleFile) -> bool {
    json::looks_like_json(file)
        && json::speaks_of(
            file,
            &["\"element_identifier\"", "\"element_type\"", "\"elements\""],
        )
}

/// Reads an export.
pub(super) fn read(number: u32, file: &BundleFile, reading: &mut Reading) -> Result<(), ReadFault> {
    let mut root: Object = json::parse(number, file)?;
    // The elements are in a list; one step or two above it stand the objects that the tool's service wraps around it.
    let mut body = loop {
        if root.get("elements").is_some_and(Value::is_array) {
            break root;
        }
        let inner = root.remove("response").or_else(|| root.remove("elements"));
        let Some(Value::Object(inner)) = inner else {
            let spot = Spot {
                file: number,
                line: 0,
            };
            return Err(ReadFault::at(spot, "there is no list of `elements` in it"));
        };
        root = inner;
    };
    documents(&mut body, reading);
    let aside = elements(number, &mut body, reading);
    relationships(number, &mut body, &aside, reading);
    let head = &mut reading.release.head;
    for (name, value) in json::rest(body) {
        head.fields.insert(name, value);
    }
    Ok(())
}

fn documents(body: &mut Object, reading: &mut Reading) {
    let head = &mut reading.release.head;
    let Some(documents) = body.get("documents").and_then(Value::as_array) else {
        return;
    };
    let own = |document: &&Value| {
        let identifier = document.get("doc_identifier").and_then(Value::as_str);
        identifier.is_some_and(|identifier| identifier.contains("800_181"))
    };
    let Some(document) = documents.iter().find(own).or_else(|| documents.first()) else {
        return;
    };
    let text = |name: &str| document.get(name).and_then(json::text_of);
    head.version = text("version");
    if !own(&document) {
        // Another publication of NIST in the same layout.
        head.id = text("doc_identifier")
            .unwrap_or_default()
            .to_lowercase()
            .replace('_', "-");
        head.attribution = None;
        head.title = text("name");
        head.source = text("website");
    }
}

/// What is not a record of its own, by identifier: its type and its object.
type Aside = FxHashMap<String, (String, Object)>;

fn elements(number: u32, body: &mut Object, reading: &mut Reading) -> Aside {
    let mut aside = Aside::default();
    let Some(Value::Array(elements)) = body.remove("elements") else {
        return aside;
    };
    for (position, element) in elements.into_iter().enumerate() {
        let spot = json::spot(number, position);
        let Value::Object(mut element) = element else {
            let reason = "elements that are no objects";
            let words = json::type_name(&element);
            json::leave_out(&mut reading.release, "item", reason, spot, words);
            continue;
        };
        let kind = json::take_text(&mut element, "element_type").unwrap_or_default();
        let kind = match kind.as_str() {
            "category" => CATEGORY,
            "work_role" => WORK_ROLE,
            "competency_area" => COMPETENCY_AREA,
            other => other,
        };
        let Some(code) = json::take_text(&mut element, "element_identifier") else {
            let reason = "elements without an identifier";
            json::leave_out(&mut reading.release, kind, reason, spot, "");
            continue;
        };
        let tally = &mut reading.release.tally;
        match kind {
            SORT => {
                tally.read(kind);
                tally.skipped(kind, "elements that only give an order", spot, &code);
                aside.insert(code, (kind.to_owned(), element));
                continue;
            }
            OPM_CODE | WITHDRAW_REASON => {
                tally.read(kind);
                let reason = "elements that became fields of what refers to them";
                tally.merged(kind, reason, spot, &code);
                aside.insert(code, (kind.to_owned(), element));
                continue;
            }
            _ => {}
        }
        let title = json::take_text(&mut element, "title");
        let text = json::take_text(&mut element, "text");
        super::check_letter(reading, kind, &code, spot);
        let mut record = super::record(kind, &code, title.as_deref(), text.as_deref(), spot);
        record.fields = json::rest(element);
        json::add(&mut reading.release, record);
    }
    aside
}

fn relationships(number: u32, body: &mut Object, aside: &Aside, reading: &mut Reading) {
    let Some(Value::Array(relationships)) = body.remove("relationships") else {
        return;
    };
    let positions = reading.positions();
    let kinds: Vec<String> = reading
        .release
        .records
        .iter()
        .map(|record| record.kind.clone().unwrap_or_default())
        .collect();
    let kind_of = |code: &str| {
        let position = positions.get(code)?;
        kinds.get(*position).map(String::as_str)
    };
    let documents = documents_of(reading);
    for (position, relationship) in relationships.into_iter().enumerate() {
        let spot = json::spot(number, position);
        let mut relationship = match relationship {
            Value::Object(relationship) => relationship,
            other => {
                let reason = "relationships that are no objects";
                let words = json::type_name(&other);
                json::leave_out(&mut reading.release, "relation", reason, spot, words);
                continue;
            }
        };
        let from = json::take_text(&mut relationship, "source_element_identifier");
        let to = json::take_text(&mut relationship, "dest_element_identifier");
        let (Some(from), Some(to)) = (from, to) else {
            let reason = "relationships without two ends";
            json::leave_out(&mut reading.release, "relation", reason, spot, "");
            continue;
        };
        // An identifier counts within its document: another publication may have the same one for something else.
        let of_document = |end: String, side: &str| {
            let told = relationship.get(side).and_then(Value::as_str);
            let own = documents.get(&end).map(String::as_str);
            match (told, own) {
                (Some(told), Some(own)) if told != own => format!("{told}:{end}"),
                _ => end,
            }
        };
        let from = of_document(from, "source_doc_identifier");
        let to = of_document(to, "dest_doc_identifier");
        let kind = json::take_text(&mut relationship, "relationship_identifier");
        let kind = kind.unwrap_or_default();
        let source = positions
            .get(&from)
            .and_then(|position| reading.release.records.get_mut(*position));
        if let Some((aside_kind, element)) = aside.get(&to) {
            let tally = &mut reading.release.tally;
            tally.read(&kind);
            let reason = "relationships to elements that are no records";
            tally.merged(&kind, reason, spot, &format!("{from} {to}"));
            let Some(source) = source else { continue };
            if aside_kind == WITHDRAW_REASON {
                source.withdrawn = true;
            }
            let words = element.get("text").and_then(json::text_of);
            let words = words.filter(|words| !words.is_empty()).unwrap_or(to);
            append(source, aside_kind, &words);
            continue;
        }
        if kind_of(&from) == Some(CATEGORY) && kind_of(&to) == Some(WORK_ROLE) {
            let role = positions
                .get(&to)
                .and_then(|position| reading.release.records.get_mut(*position));
            if let Some(role) = role {
                role.parents.push(from);
            }
            continue;
        }
        if SUCCESSIONS.contains(&kind.as_str())
            && let Some(source) = source
        {
            source.withdrawn = true;
            source.successors.push(to.clone());
        }
        // A role leads to its statements by the statements' kind, as in the tables.
        let kind = match kind_of(&to) {
            Some(statement) if super::STATEMENTS.contains(&statement) => {
                relationship.insert("relationship_identifier".to_owned(), Value::from(kind));
                super::link_kind(statement)
            }
            Some(_) | None => kind,
        };
        if kind_of(&from).is_none() || kind_of(&to).is_none() {
            let reason = "relationships to elements that are not in the file";
            let tally = &mut reading.release.tally;
            tally.note(Outcome::Noted, reason, spot, &format!("{from} {to}"));
        }
        reading.link(Relation {
            from,
            to,
            kind,
            fields: json::rest(relationship),
            spot,
        });
    }
}

/// The documents that elements say they are of, by the elements' identifiers.
fn documents_of(reading: &Reading) -> FxHashMap<String, String> {
    let records = reading.release.records.iter();
    let pairs = records.filter_map(|record| {
        let document = record.fields.get("doc_identifier")?.as_str()?;
        Some((record.key.clone(), document.to_owned()))
    });
    pairs.collect()
}

/// Adds words to a field that may have several.
fn append(record: &mut Record, name: &str, words: &str) {
    let words = Value::from(words);
    match record.fields.get_mut(name) {
        Some(Value::Array(list)) => list.push(words),
        Some(first) => *first = Value::Array(vec![first.take(), words]),
        None => {
            record.fields.insert(name.to_owned(), words);
        }
    }
}
