//! Rich Skill Descriptors, in the formats of the Open Skills Management Tool: JSON of its API (versions 2 and 3: a list of
//! skills, one skill, or a collection) and the CSV of its batch import.
//!
//! A skill has a name, a statement, and what it is filed under: keywords, categories, standards, certifications, employers,
//! occupations, alignments. All of that is kept under the names of the API, whichever format it came in. Its code is its UUID; the
//! CSV has none, so the name is the key there, and the code is made of it.

mod sheet;

use rustc_hash::FxHashSet;
use serde_json::Value;

use crate::import::bundle::Bundle;
use crate::import::pack::StandsFor;
use crate::import::release::{Head, Record, Release, TextRole};
use crate::import::tally::{Outcome, Spot};

use super::json::{self, Object};
use super::reader::Reader;
use super::short;
use crate::import::fault::ReadFault;

const SKILL: &str = "skill";

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "rsd",
    title: "Rich Skill Descriptors",
    recognize: is,
    read: |bundle| read(bundle).map(|release| vec![release]),
};

/// Whether a download holds Rich Skill Descriptors.
#[must_use]
pub fn is(bundle: &Bundle) -> bool {
    bundle
        .files
        .iter()
        .any(|file| is_json(file) || sheet::is(file))
}

fn is_json(file: &crate::import::bundle::BundleFile) -> bool {
    json::looks_like_json(file) && json::speaks_of(file, &["\"skillName\"", "\"skillStatement\""])
}

/// Reads them.
///
/// # Errors
/// Damaged files, or none with a skill.
pub fn read(bundle: &Bundle) -> Result<Release, ReadFault> {
    let mut release = Release {
        head: Head {
            id: "skills".to_owned(),
            stands_for: Some(StandsFor::Skill),
            ..Head::default()
        },
        ..Release::default()
    };
    for (number, file) in bundle.indexed() {
        if is_json(file) {
            let value: Value = json::parse(number, file)?;
            top(number, value, &mut release);
        } else if sheet::is(file) {
            sheet::read(number, file, &mut release)?;
        } else {
            let reason =
                "files in another format, of which nothing is read: import them by their own path";
            let spot = Spot {
                file: number,
                line: 0,
            };
            release.tally.note(Outcome::Noted, reason, spot, &file.path);
        }
    }
    if release.records.is_empty() {
        return Err(ReadFault::new("there are no skills in it"));
    }
    let records = release.records.iter().enumerate();
    let made = records.filter(|(_, record)| {
        record.iri.is_none()
            && !record.code.is_empty()
            && record.code == json::id_of(&record.key, "")
    });
    let made: Vec<usize> = made.map(|(position, _)| position).collect();
    short::shorten(
        &mut release,
        &made,
        "skills without an id, whose code is made of their name",
    );
    Ok(release)
}

/// A list of skills, a collection or a single skill. Some interfaces wrap the list in an object.
fn top(number: u32, value: Value, release: &mut Release) {
    match value {
        Value::Array(skills) => list(number, skills, None, release),
        Value::Object(mut object) if object.contains_key("skillName") => {
            object.remove("@context");
            list(number, vec![Value::Object(object)], None, release);
        }
        Value::Object(mut object) => {
            let Some(Value::Array(skills)) = object.remove("skills") else {
                // A page of a list: the skills stand in the one list of objects that it has.
                let lists = object.into_iter().filter_map(|(_, value)| match value {
                    Value::Array(values) => Some(values),
                    _ => None,
                });
                for values in lists {
                    list(number, values, None, release);
                }
                return;
            };
            let name = collection(object, release);
            list(number, skills, name.as_deref(), release);
        }
        _ => {}
    }
}

/// Takes over what a collection says of itself; gives its name.
fn collection(mut object: Object, release: &mut Release) -> Option<String> {
    let name = json::take_text(&mut object, "name");
    let head = &mut release.head;
    if head.title.is_some() {
        // Several collections: each skill says which one it is of, and no one of them names the whole.
        head.title = None;
        head.iri = None;
        return name;
    }
    head.title.clone_from(&name);
    if let Some(name) = &name {
        head.id = json::id_of(name, "skills");
    }
    head.iri = json::take_text(&mut object, "id");
    head.publisher = json::take_text(&mut object, "author")
        .or_else(|| json::take_text(&mut object, "owner"))
        .filter(|publisher| !publisher.is_empty());
    object.remove("@context");
    object.remove("type");
    head.fields = json::rest(object);
    name
}

fn list(number: u32, skills: Vec<Value>, collection: Option<&str>, release: &mut Release) {
    let mut seen: FxHashSet<String> = release
        .records
        .iter()
        .map(|record| record.key.clone())
        .collect();
    for (position, skill) in skills.into_iter().enumerate() {
        let spot = json::spot(number, position);
        match skill {
            Value::Object(object) => skill_of(object, collection, spot, &mut seen, release),
            Value::String(address) => {
                let reason = "skills of which there is only the address";
                json::leave_out(release, SKILL, reason, spot, &address);
            }
            other => {
                let reason = "skills that are no objects";
                let words = json::type_name(&other);
                json::leave_out(release, SKILL, reason, spot, words);
            }
        }
    }
}

fn skill_of(
    mut object: Object,
    collection: Option<&str>,
    spot: Spot,
    seen: &mut FxHashSet<String>,
    release: &mut Release,
) {
    let iri = json::take_text(&mut object, "id");
    let uuid = json::take_text(&mut object, "uuid");
    let name = json::take_text(&mut object, "skillName").unwrap_or_default();
    let statement = json::take_text(&mut object, "skillStatement").unwrap_or_default();
    let Some(key) = iri.clone().or_else(|| uuid.clone()) else {
        if name.is_empty() && statement.is_empty() {
            let reason = "skills without an id, a name or a statement";
            json::leave_out(release, SKILL, reason, spot, "");
            return;
        }
        let record = named(&name, &statement, spot, seen, release);
        finish(record, object, collection, release);
        return;
    };
    if iri.as_deref().is_some_and(is_local) {
        let reason = "skills whose address is on the exporter's own machine";
        release.tally.note(Outcome::Noted, reason, spot, &key);
    }
    seen.insert(key.clone());
    let mut record = Record {
        key,
        code: uuid.unwrap_or_default(),
        iri,
        kind: Some(SKILL.to_owned()),
        spot,
        ..Record::default()
    };
    texts(&mut record, &name, &statement, release);
    finish(record, object, collection, release);
}

/// A skill that has neither address nor UUID: its name is its key, with the row where several have the same.
fn named(
    name: &str,
    statement: &str,
    spot: Spot,
    seen: &mut FxHashSet<String>,
    release: &mut Release,
) -> Record {
    let words = if name.is_empty() { statement } else { name };
    let mut key = words.trim().to_owned();
    if !seen.insert(key.clone()) {
        let reason = "skills with the name of an earlier one and no id";
        release.tally.note(Outcome::Noted, reason, spot, &key);
        key = format!("{key} ({})", spot.line);
        seen.insert(key.clone());
    }
    let mut record = Record {
        code: json::id_of(&key, ""),
        key,
        kind: Some(SKILL.to_owned()),
        spot,
        ..Record::default()
    };
    texts(&mut record, name, statement, release);
    record
}

fn texts(record: &mut Record, name: &str, statement: &str, release: &mut Release) {
    if name.trim().is_empty() && !statement.trim().is_empty() {
        let reason = "skills without a name, which their statement stands for";
        let tally = &mut release.tally;
        tally.note(Outcome::Mended, reason, record.spot, statement);
        record.text(TextRole::Label, "", statement);
    }
    record.text(TextRole::Label, "", name);
    record.text(TextRole::Statement, "", statement);
}

fn finish(mut record: Record, object: Object, collection: Option<&str>, release: &mut Release) {
    let spot = record.spot;
    let status = object.get("status").and_then(Value::as_str).unwrap_or("");
    record.withdrawn = ["archived", "deleted"]
        .iter()
        .any(|gone| gone.eq_ignore_ascii_case(status));
    let tally = &mut release.tally;
    let entries = |name: &str| object.get(name).and_then(Value::as_array);
    for occupation in entries("occupations").into_iter().flatten() {
        let named = ["name", "targetNodeName"]
            .iter()
            .any(|name| occupation.get(name).is_some_and(Value::is_string));
        if !named {
            let code = occupation.get("code").and_then(json::text_of);
            let code = code.unwrap_or_default();
            tally.note(Outcome::Noted, "occupations without a name", spot, &code);
        }
    }
    for alignment in entries("alignments").into_iter().flatten() {
        let id = alignment.get("id").and_then(json::text_of);
        let reason = "alignments to skills of other libraries, which are kept as fields";
        tally.note(Outcome::Noted, reason, spot, &id.unwrap_or_default());
    }
    record.fields = json::rest(object);
    if let Some(collection) = collection {
        record
            .fields
            .entry("collections".to_owned())
            .or_insert_with(|| Value::from(vec![collection]));
    }
    json::add(release, record);
}

/// Whether an address names the machine on which it was made.
fn is_local(address: &str) -> bool {
    let host = address.split("://").nth(1).unwrap_or("");
    let host = host.split(['/', ':']).next().unwrap_or("");
    host == "localhost" || host == "127.0.0.1"
}

#[cfg(test)]
mod tests;
