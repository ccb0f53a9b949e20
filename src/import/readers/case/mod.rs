//! CASE (Competencies and Academic Standards Exchange) 1.0 and 1.1: packages in JSON, and frameworks in CSV.
//!
//! A package has one document, its items, the associations among them, definitions and rubrics. Packages are found under
//! whatever wraps them; each document is a framework of its own, in whatever files it stands ([`documents`]). The early
//! dialect (`CFDocumentURI` as a plain text, `educationalLevel`, numbers as texts) is understood. Statements keep their line breaks
//! and Markdown; where an item has no short statement, the first line of the full one is its label.
//!
//! `isChildOf` makes parents, `sequenceNumber` the order; `replacedBy` makes successors; all others are relations. Ends that
//! lie outside the download are counted, and kept with the relation as they stand in the file.

mod associations;
mod definitions;
mod documents;
mod items;
mod order;
mod sheet;

use serde_json::Value;

use crate::import::bundle::{Bundle, BundleFile};
use crate::import::pack::StandsFor;
use crate::import::release::{Head, Release};
use crate::import::tally::Spot;

use super::json::{self, Object};
use super::reader::Reader;
use crate::import::fault::ReadFault;
use documents::{Part, Set};

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "case",
    title: "a CASE framework",
    recognize: is,
    read,
};

/// Whether a download is of this format.
#[must_use]
pub fn is(bundle: &Bundle) -> bool {
    bundle
        .files
        .iter()
        .any(|file| is_package(file) || sheet::is(file))
}

fn is_package(file: &BundleFile) -> bool {
    json::looks_like_json(file) && json::speaks_of(file, &["\"CFDocument\"", "\"CFItems\""])
}

/// Reads all packages and tables: a framework for each document and for each table.
///
/// # Errors
/// Damaged files, or none with an item.
pub fn read(bundle: &Bundle) -> Result<Vec<Release>, ReadFault> {
    let mut packages = Vec::new();
    let mut tables = Vec::new();
    for (number, file) in bundle.indexed() {
        if is_package(file) {
            let value: Value = json::parse(number, file)?;
            find(number, value, &mut packages);
        } else if sheet::is(file) {
            let mut release = empty();
            sheet::read(number, file, &mut release)?;
            tables.push(release);
        }
    }
    let sets = documents::tell_apart(packages);
    let mut releases: Vec<Release> = sets.into_iter().map(read_set).chain(tables).collect();
    let bare: Vec<Release> = releases
        .extract_if(.., |release| release.records.is_empty())
        .collect();
    let Some(first) = releases.first_mut() else {
        return Err(ReadFault::new("there are no items in it"));
    };
    for release in bare {
        let title = release.head.title.as_deref().unwrap_or_default();
        let (kind, reason) = ("document", "documents without items");
        let spot = release.head.spot.unwrap_or_default();
        json::leave_out(first, kind, reason, spot, title);
        first.tally.take_in(&release.tally);
    }
    Ok(releases)
}

/// A release in which nothing is yet.
fn empty() -> Release {
    Release {
        head: Head {
            id: "framework".to_owned(),
            stands_for: Some(StandsFor::Skill),
            ..Head::default()
        },
        ..Release::default()
    }
}

/// One package, taken apart.
struct Package {
    file: u32,
    document: Document,
    items: Vec<Value>,
    associations: Vec<Value>,
    /// What else the package holds.
    rest: Object,
}

/// What is known of a document beside its record.
#[derive(Default)]
struct Document {
    file: u32,
    object: Object,
    identifier: String,
    uri: String,
    /// The day of its last change, which tells whether an end lies in the past.
    changed: String,
    language: String,
}

/// Finds packages in whatever wraps them.
fn find(file: u32, value: Value, packages: &mut Vec<Package>) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.into_iter().rev()),
            Value::Object(object) if object.get("CFItems").is_some_and(Value::is_array) => {
                packages.push(take_apart(file, object));
            }
            Value::Object(object) => {
                let inner = object.into_iter().map(|(_, value)| value);
                open.extend(inner.filter(|value| value.is_object() || value.is_array()));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

fn take_apart(file: u32, mut object: Object) -> Package {
    let list = |object: &mut Object, name: &str| match object.remove(name) {
        Some(Value::Array(values)) => values,
        Some(other) => {
            object.insert(name.to_owned(), other);
            Vec::new()
        }
        None => Vec::new(),
    };
    let items = list(&mut object, "CFItems");
    let associations = list(&mut object, "CFAssociations");
    let document = match object.remove("CFDocument") {
        Some(Value::Object(mut document)) => Document {
            file,
            identifier: json::take_text(&mut document, "identifier").unwrap_or_default(),
            uri: json::take_text(&mut document, "uri").unwrap_or_default(),
            changed: document
                .get("lastChangeDateTime")
                .and_then(json::text_of)
                .map(|changed| changed.chars().take(10).collect())
                .unwrap_or_default(),
            language: json::take_text(&mut document, "language").unwrap_or_default(),
            object: document,
        },
        Some(_) | None => Document::default(),
    };
    Package {
        file,
        document,
        items,
        associations,
        rest: object,
    }
}

/// Reads what belongs to one document.
fn read_set(mut set: Set) -> Release {
    let mut release = empty();
    head(&mut set.document, &mut release);
    release.tally.take_in(&set.tally);
    let mut known = associations::Known::default();
    known.document(&set.document);
    for Part { spot, value } in set.items {
        items::read(value, spot, &set.document, &mut known, &mut release);
    }
    for (file, rest) in set.rest {
        definitions::keep(file, rest, &mut release);
    }
    let mut order = order::Order::default();
    for Part { spot, value } in set.associations {
        associations::read(value, spot, &known, &mut order, &mut release);
    }
    order.apply(&mut release);
    release
}

/// What the one document says of the framework.
fn head(document: &mut Document, release: &mut Release) {
    let head = &mut release.head;
    let object = &mut document.object;
    // A package without a document says nothing of the framework.
    head.spot = (!object.is_empty()).then_some(Spot {
        file: document.file,
        line: 0,
    });
    head.title = json::take_text(object, "title").filter(|title| !title.trim().is_empty());
    if let Some(title) = &head.title {
        head.id = json::id_of(title, "framework");
    }
    head.version = json::take_text(object, "version").filter(|version| !version.is_empty());
    let creator = object.get("creator").and_then(json::text_of);
    head.publisher = json::take_text(object, "publisher")
        .or(creator)
        .filter(|publisher| !publisher.is_empty());
    head.source = json::take_text(object, "officialSourceURL").filter(|url| !url.is_empty());
    if let Some(licence) = object.get("licenseURI") {
        let text = |name: &str| licence.get(name).and_then(json::text_of);
        head.licence = text("title");
        head.licence_url = text("uri").or_else(|| json::text_of(licence));
    }
    head.iri = Some(document.uri.clone()).filter(|uri| !uri.is_empty());
    head.language = Some(document.language.clone()).filter(|language| !language.is_empty());
    head.fields = json::rest(std::mem::take(object));
    if !document.identifier.is_empty() {
        let identifier = Value::from(document.identifier.as_str());
        head.fields.insert("identifier".to_owned(), identifier);
    }
}

#[cfg(test)]
mod tests;
