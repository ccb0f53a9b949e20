//! What the readers of JSON formats share: parsing with faults that people understand, and taking values out of objects so
//! that everything that nobody asked for stays behind and is kept.
//!
//! Goes in: a file of a bundle. Comes out: values of `serde_json`. Depth is limited by `serde_json`, size by the bundle.
//! Invariant: taking a text from an object leaves a value of another type where it is, so that it ends among the fields.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::import::bundle::BundleFile;
use crate::import::release::{Fields, Record, Relation, Release};
use crate::import::tally::{Spot, Tally};

use crate::import::fault::ReadFault;
use crate::import::file_text::text;

/// A JSON object.
pub(super) type Object = Map<String, Value>;

/// The kind under which a record without one is counted.
const NO_KIND: &str = "item";

/// Whether a file begins like JSON.
pub(super) fn looks_like_json(file: &BundleFile) -> bool {
    let bytes = file.bytes.as_slice();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'['))
}

/// Whether all these words stand somewhere in the file, as they are written in JSON.
pub(super) fn speaks_of(file: &BundleFile, words: &[&str]) -> bool {
    words
        .iter()
        .all(|word| memchr::memmem::find(&file.bytes, word.as_bytes()).is_some())
}

/// Reads a whole file as JSON.
pub(super) fn parse<'file, T>(number: u32, file: &'file BundleFile) -> Result<T, ReadFault>
where
    T: Deserialize<'file>,
{
    let text = text(number, file)?;
    serde_json::from_str(text).map_err(|error| fault(number, &error))
}

/// A fault of JSON in words for people.
fn fault(number: u32, error: &serde_json::Error) -> ReadFault {
    let spot = Spot {
        file: number,
        line: u32::try_from(error.line()).unwrap_or(u32::MAX),
    };
    let words = error.to_string();
    let message = if words.starts_with("recursion limit") {
        "lists and objects are nested too deep to be read".to_owned()
    } else if error.is_eof() {
        "the file ends in the middle of a value: the download may be cut off".to_owned()
    } else {
        let words = words.split(" at line ").next().unwrap_or("").to_owned();
        format!("this is not JSON: {words} (column {})", error.column())
    };
    ReadFault::at(spot, message)
}

/// Takes a text out of an object. Numbers and truth values are given in their own spelling; other types stay in the object.
pub(super) fn take_text(object: &mut Object, name: &str) -> Option<String> {
    let found = text_of(object.get(name)?)?;
    object.remove(name);
    Some(found)
}

/// Takes a list of texts out of an object, a single text being a list of one. A list with anything else in it stays.
pub(super) fn take_texts(object: &mut Object, name: &str) -> Vec<String> {
    let found = match object.get(name) {
        Some(Value::Array(values)) => {
            let texts: Vec<String> = values.iter().filter_map(text_of).collect();
            if texts.len() != values.len() {
                return Vec::new();
            }
            texts
        }
        Some(value) => text_of(value).into_iter().collect::<Vec<_>>(),
        None => return Vec::new(),
    };
    if !found.is_empty() {
        object.remove(name);
    }
    found
}

/// The text of a text, a number or a truth value.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What is left of an object, to be kept; what says nothing is left out.
pub(super) fn rest(object: Object) -> Fields {
    object
        .into_iter()
        .filter(|(_, value)| !says_nothing(value))
        .collect()
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The name of a value's type, for reasons.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Adds a record and counts it as read.
pub(super) fn add(release: &mut Release, record: Record) {
    release
        .tally
        .read(record.kind.as_deref().unwrap_or(NO_KIND));
    release.records.push(record);
}

/// Adds a relation and counts it as read, under its kind.
pub(super) fn relate(release: &mut Release, relation: Relation) {
    release.tally.read(&relation.kind);
    release.relations.push(relation);
}

/// Counts a record that cannot be one: it is read and left out.
pub(super) fn leave_out(release: &mut Release, kind: &str, reason: &str, spot: Spot, words: &str) {
    leave_out_of(&mut release.tally, kind, reason, spot, words);
}

/// The same where there is no release yet.
pub(super) fn leave_out_of(tally: &mut Tally, kind: &str, reason: &str, spot: Spot, words: &str) {
    tally.read(kind);
    tally.skipped(kind, reason, spot, words);
}

/// A name as the id of a framework: small letters, digits and hyphens, a letter first; the other where there is nothing of that.
pub(super) fn id_of(name: &str, otherwise: &str) -> String {
    let words: String = name
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    let id = words.split_whitespace().collect::<Vec<_>>().join("-");
    if id.starts_with(|first: char| first.is_ascii_lowercase()) {
        id
    } else {
        otherwise.to_owned()
    }
}

/// A place in a list of a file.
pub(super) fn spot(file: u32, position: usize) -> Spot {
    Spot {
        file,
        line: u32::try_from(position + 1).unwrap_or(u32::MAX),
    }
}

/// The members of an object in the order of the file, or the values of a list with their positions as names.
#[derive(Debug)]
pub(super) enum Section {
    Members(Vec<(String, Value)>),
    /// Neither an object nor a list.
    Plain(Value),
}

impl<'de> Deserialize<'de> for Section {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SectionVisitor)
    }
}

struct SectionVisitor;

impl<'de> Visitor<'de> for SectionVisitor {
    type Value = Section;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Section, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            members.push(member);
        }
        Ok(Section::Members(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Section, A::Error> {
        let mut members = Vec::new();
        while let Some(value) = access.next_element()? {
            members.push((members.len().to_string(), value));
        }
        Ok(Section::Members(members))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Section, E> {
        Ok(Section::Plain(Value::Bool(truth)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Section, E> {
        Ok(Section::Plain(Value::from(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Section, E> {
        Ok(Section::Plain(Value::from(number)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Section, E> {
        Ok(Section::Plain(Value::from(number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Section, E> {
        Ok(Section::Plain(Value::from(text)))
    }

    fn visit_unit<E>(self) -> Result<Section, E> {
        Ok(Section::Plain(Value::Null))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> BundleFile {
        BundleFile {
            path: "a.json".to_owned(),
            bytes: text.as_bytes().to_vec(),
        }
    }

    fn refused(text: &str) -> ReadFault {
        parse::<Value>(0, &file(text)).expect_err("this is refused")
    }

    #[test]
    fn faults_are_told_in_plain_words() {
        assert!(refused("{\"a\": [1,").message.contains("cut off"));
        assert!(refused(&"[".repeat(100_000)).message.contains("too deep"));
        let wrong = refused("{\n\"a\": tru }");
        assert_eq!(wrong.spot, Some(Spot { file: 0, line: 2 }));
        assert!(refused("[1e999]").message.contains("number out of range"));
    }

    #[test]
    fn texts_are_taken_and_other_types_stay() {
        let mut object: Object =
            serde_json::from_str(r#"{"a": "x", "b": 7, "c": {"d": 1}, "e": null, "f": ["g", 1]}"#)
                .expect("an object");
        assert_eq!(take_text(&mut object, "a").as_deref(), Some("x"));
        assert_eq!(take_text(&mut object, "b").as_deref(), Some("7"));
        assert_eq!(take_text(&mut object, "c"), None);
        assert_eq!(take_text(&mut object, "e"), None);
        assert_eq!(take_texts(&mut object, "f"), ["g", "1"]);
        assert_eq!(rest(object).keys().collect::<Vec<_>>(), ["c"]);
    }

    #[test]
    fn sections_keep_the_order_of_the_file() {
        let section: Section = parse(0, &file(r#"{"b": 1, "a": 2, "b": 3}"#)).expect("JSON");
        let Section::Members(members) = section else {
            panic!("an object has members");
        };
        let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["b", "a", "b"]);
    }
}
