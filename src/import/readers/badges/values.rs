//! Values in the forms that they have in badges: texts, texts by language, pictures.

use serde_json::Value;

use super::find::{Object, listed};
use super::model::Picture;
use crate::import::linked::vocabulary::language_tag;
use crate::import::source::name;

/// A picture: an address, or an object with one.
pub fn picture(value: Option<&Value>) -> Picture {
    let value = value
        .cloned()
        .map(listed)
        .unwrap_or_default()
        .into_iter()
        .next();
    match value {
        Some(Value::String(address)) => Picture {
            address,
            caption: String::new(),
        },
        Some(Value::Object(object)) => Picture {
            address: first_text(&object, &["id", "@id", "url"]),
            caption: name(&first_text(&object, &["caption"])),
        },
        _ => Picture::default(),
    }
}

/// The fields of an object that have no place of their own.
pub fn rest(object: &Object, known: &[&str]) -> Vec<(String, String)> {
    object
        .iter()
        .filter(|(field, value)| !known.contains(&field.as_str()) && !value.is_null())
        .map(|(field, value)| {
            let words = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            (name(field), words)
        })
        .collect()
}

/// Further values of fields of which one is read: those of lists behind the first, and texts that say the same language again.
pub fn several(object: &Object, fields: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for field in fields {
        let Some(Value::Array(values)) = object.get(*field) else {
            continue;
        };
        let mut tags: Vec<String> = Vec::new();
        for (position, value) in values.iter().enumerate() {
            let told = match value {
                Value::Object(_) => by_language(Some(value)),
                _ => Vec::new(),
            };
            let is_new = told.iter().any(|(tag, _)| !tags.contains(tag));
            tags.extend(told.into_iter().map(|(tag, _)| tag));
            if position > 0 && !is_new {
                let words = match text_of(value) {
                    text if text.is_empty() => value.to_string(),
                    text => text,
                };
                found.push(((*field).to_owned(), words));
            }
        }
    }
    found
}

/// The text of the first of these fields that has one.
pub fn first_text(object: &Object, fields: &[&str]) -> String {
    fields
        .iter()
        .filter_map(|field| object.get(*field))
        .map(text_of)
        .find(|text| !text.trim().is_empty())
        .unwrap_or_default()
}

/// A value as a text: numbers and marks as they are written, of a list the first.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(is) => is.to_string(),
        Value::Array(values) => values.first().map(text_of).unwrap_or_default(),
        Value::Object(_) => by_language(Some(value))
            .into_iter()
            .next()
            .map(|(_, text)| text)
            .unwrap_or_default(),
        Value::Null => String::new(),
    }
}

/// A text in the forms that it may have in several languages.
pub fn by_language(value: Option<&Value>) -> Vec<(String, String)> {
    match value {
        Some(Value::Object(object)) => match object.get("@value") {
            Some(text) => {
                let tag = object
                    .get("@language")
                    .and_then(Value::as_str)
                    .unwrap_or("");
                vec![(language_tag(tag).unwrap_or_default(), text_of(text))]
            }
            None => object
                .iter()
                .filter_map(|(tag, text)| Some((language_tag(tag)?, text.as_str()?.to_owned())))
                .collect(),
        },
        Some(Value::Array(values)) if values.iter().any(Value::is_object) => values
            .iter()
            .flat_map(|value| by_language(Some(value)))
            .collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(other) => vec![(String::new(), text_of(other))],
    }
}

/// The text in a language, else without one, else English, else any.
pub fn pick(texts: &[(String, String)], language: &str) -> String {
    let of = |tag: &str| texts.iter().find(|(known, _)| known == tag);
    of(language)
        .or_else(|| of(""))
        .or_else(|| of("en"))
        .or_else(|| texts.first())
        .map_or_else(String::new, |(_, text)| text.trim().to_owned())
}
