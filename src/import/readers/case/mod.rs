//! CASE (Competencies and Academic Standards Exchange) 1.0 and 1.1: packages in JSON, and frameworks in CSV.
//!
//! A package has one document, its items, the associations among them, definitions and rubrics. Packages are found under
//! whatever wraps them; several in one download are read together, the documents then being records above their items. The early
//! dialect (`CFDocumentURI` as a plain text, `educationalLevel`, numbers as texts) is understood. Statements keep their line breaks
//! and Markdown; where an item has no short statement, the first line of the full one is its label.
//!
//! `isChildOf` makes parents, `sequenceNumber` the order; `replacedBy` makes successors; all others are relations. Ends that
//! lie outside the download are counted, and kept with the relation as they stand in the file.

mod associations;
mod definitions;
mod items;
mod order;
mod sheet;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::import::bundle::{Bundle, BundleFile};
use crate::import::pack::StandsFor;
use crate::import::release::{Head, Record, Release, TextRole};
use crate::import::tally::Spot;

use super::apart::Found;
use super::json::{self, Object};
use super::{ReadFault, Reader};

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

/// Reads all packages and tables.
///
/// # Errors
/// Damaged files, or none with an item.
pub fn read(bundle: &Bundle) -> Result<Release, ReadFault> {
    let mut release = Release {
        head: Head {
            id: "framework".to_owned(),
            stands_for: Some(StandsFor::Skill),
            ..Head::default()
        },
        ..Release::default()
    };
    let mut packages = Vec::new();
    for (number, file) in bundle.indexed() {
        if is_package(file) {
            let value: Value = json::parse(number, file)?;
            find(number, value, &mut packages);
        } else if sheet::is(file) {
            sheet::read(number, file, &mut release)?;
        }
    }
    read_packages(packages, &mut release);
    if release.records.is_empty() {
        return Err(ReadFault::new("there are no items in it"));
    }
    Ok(release)
}

/// The frameworks in these files of a download: packages by the identifiers of their documents, tables each on its own. Files that
/// share a document are one.
///
/// # Errors
/// Damaged files.
pub(super) fn documents(bundle: &Bundle, files: &[usize]) -> Result<Vec<Found>, ReadFault> {
    let mut found: Vec<(BTreeSet<String>, Found)> = Vec::new();
    for &position in files {
        let (Some(file), Ok(number)) = (bundle.files.get(position), u32::try_from(position)) else {
            continue;
        };
        let mut packages = Vec::new();
        if is_package(file) {
            find(number, json::parse(number, file)?, &mut packages);
            // What only speaks of packages, such as their schema, holds none.
            if packages.is_empty() {
                continue;
            }
        }
        let titles = packages.iter().map(|package| &package.document.object);
        let title = titles
            .filter_map(|document| document.get("title").and_then(json::text_of))
            .find(|title| !title.trim().is_empty());
        let names = packages.into_iter().map(|package| {
            let Document {
                identifier, uri, ..
            } = package.document;
            if identifier.is_empty() {
                uri
            } else {
                identifier
            }
        });
        let names: BTreeSet<String> = names.filter(|name| !name.is_empty()).collect();
        match found
            .iter_mut()
            .find(|(known, _)| !known.is_disjoint(&names))
        {
            Some((known, same)) => {
                known.extend(names);
                same.files.push(position);
            }
            None => {
                let title = title.unwrap_or_else(|| READER.title.to_owned());
                let files = vec![position];
                found.push((names, Found { title, files }));
            }
        }
    }
    Ok(found.into_iter().map(|(_, found)| found).collect())
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

fn read_packages(mut packages: Vec<Package>, release: &mut Release) {
    let several = packages.len() > 1;
    let mut known = associations::Known::default();
    let mut all = Vec::new();
    for package in &mut packages {
        let file = package.file;
        let key = if several {
            document_record(file, &mut package.document, release)
        } else {
            head(&mut package.document, release);
            None
        };
        known.document(&package.document, key.as_deref());
        for (position, item) in std::mem::take(&mut package.items).into_iter().enumerate() {
            let spot = json::spot(file, position);
            items::read(item, spot, &package.document, &mut known, release);
        }
        definitions::keep(file, std::mem::take(&mut package.rest), release);
        all.push((file, std::mem::take(&mut package.associations)));
    }
    let mut order = order::Order::default();
    for (file, associations) in all {
        for (position, association) in associations.into_iter().enumerate() {
            let spot = json::spot(file, position);
            associations::read(association, spot, &known, &mut order, release);
        }
    }
    order.apply(release);
}

/// What the one document says of the framework.
fn head(document: &mut Document, release: &mut Release) {
    let head = &mut release.head;
    let object = &mut document.object;
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

/// One of several documents, as a record above its items; gives its key.
fn document_record(file: u32, document: &mut Document, release: &mut Release) -> Option<String> {
    let object = &mut document.object;
    let key = [&document.uri, &document.identifier]
        .into_iter()
        .find(|key| !key.is_empty())?
        .clone();
    let mut record = Record {
        key: key.clone(),
        iri: Some(document.uri.clone()).filter(|uri| !uri.is_empty()),
        kind: Some("document".to_owned()),
        spot: Spot { file, line: 0 },
        ..Record::default()
    };
    if let Some(title) = json::take_text(object, "title") {
        record.text(TextRole::Label, &document.language, &title);
    }
    if let Some(description) = json::take_text(object, "description") {
        record.text(TextRole::Description, &document.language, &description);
    }
    record.fields = json::rest(std::mem::take(object));
    record.field("identifier", &document.identifier);
    json::add(release, record);
    Some(key)
}

#[cfg(test)]
mod tests;
