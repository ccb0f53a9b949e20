//! The three ways in which linked data is written as JSON, told apart and made ready.
//!
//! JSON-LD goes to its library after two repairs that real files need: texts by language (`{"en-us": "…"}`) become tagged texts also
//! where no context says that they are such, and a document without a context of its own gets the built-in one. RDF/JSON is read
//! in the order of the file. RDF/XML that a converter turned into JSON (`-rdf:about`, `#text`) is unfolded by what its marks say.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value as Json};

use super::context;
use super::graph::{Literal, Value};
use super::into::Into;
use super::vocabulary::{TYPE, XSD_STRING};
use crate::import::fault::ReadFault;
use crate::import::tally::Spot;

/// What a JSON file of linked data is.
pub enum Kind {
    JsonLd(Json),
    Rdf(Subjects),
    XmlAsJson(Json),
}

/// RDF/JSON: subjects, their predicates, and the values of each, in the order of the file.
pub type Subjects = Pairs<Pairs<Vec<RdfJsonValue>>>;

/// An object as pairs, in the order of the file.
pub struct Pairs<V>(pub Vec<(String, V)>);

/// A value of RDF/JSON.
#[derive(Debug, Deserialize)]
pub struct RdfJsonValue {
    value: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    datatype: Option<String>,
}

impl RdfJsonValue {
    pub fn into_value(self) -> Value {
        match self.kind.as_str() {
            "uri" | "bnode" => Value::Node(self.value),
            _ => Value::Text(Literal {
                text: self.value,
                language: self.lang.unwrap_or_default(),
                datatype: self
                    .datatype
                    .filter(|datatype| datatype != XSD_STRING)
                    .unwrap_or_default(),
            }),
        }
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for InOrder<V> {
            type Value = Pairs<V>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(InOrder(std::marker::PhantomData))
    }
}

/// Tells what a JSON text is.
///
/// # Errors
/// It is no JSON.
pub fn kind(file: u32, text: &str) -> Result<Kind, ReadFault> {
    let start = text.get(..text.len().min(64)).unwrap_or(text);
    // Every value of RDF/JSON has a `value` and a `type`: what does not fit in full is something else.
    if start.trim_start().starts_with('{')
        && let Ok(subjects) = serde_json::from_str::<Subjects>(text)
        && subjects
            .0
            .iter()
            .any(|(_, predicates)| !predicates.0.is_empty())
    {
        return Ok(Kind::Rdf(subjects));
    }
    let document: Json = serde_json::from_str(text).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        ReadFault::at(
            Spot { file, line },
            format!("this is not JSON: {}", told(&error)),
        )
    })?;
    Ok(match document.get("rdf:RDF") {
        Some(Json::Object(_)) => Kind::XmlAsJson(document),
        _ => Kind::JsonLd(document),
    })
}

/// What the library says, without the place that it repeats.
fn told(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(at) => message.get(..at).unwrap_or("").to_owned(),
        None => message,
    }
}

/// A JSON-LD document as the library gets it.
///
/// # Errors
/// It needs a context that is not built in.
pub fn prepared(file: u32, mut document: Json) -> Result<String, ReadFault> {
    let mut foreign = Vec::new();
    foreign_contexts(&document, &mut foreign);
    if let Some(url) = foreign.first() {
        return Err(ReadFault::at(
            Spot { file, line: 0 },
            format!("the terms of this file are explained at `{url}`, which is never fetched"),
        )
        .help("write the terms into its `@context`, or convert it to Turtle"));
    }
    let mut terms = BTreeSet::new();
    own_terms(&document, &mut terms);
    tag_texts(&mut document, &terms);
    let has_context = |value: &Json| value.get("@context").is_some();
    let stands_alone = match &document {
        Json::Array(nodes) => nodes.iter().any(has_context),
        other => has_context(other),
    };
    if !stands_alone {
        let mut outer = Map::new();
        if let Ok(Json::Object(mut own)) = serde_json::from_str::<Json>(context::CONTEXT) {
            outer.append(&mut own);
        }
        outer.insert("@graph".to_owned(), document);
        document = Json::Object(outer);
    }
    Ok(document.to_string())
}

/// The addresses of contexts that are not built in.
fn foreign_contexts(value: &Json, found: &mut Vec<String>) {
    match value {
        Json::Array(values) => values
            .iter()
            .for_each(|value| foreign_contexts(value, found)),
        Json::Object(object) => {
            for (name, value) in object {
                if name != "@context" {
                    foreign_contexts(value, found);
                    continue;
                }
                let one = std::slice::from_ref(value);
                let contexts = value.as_array().map_or(one, Vec::as_slice);
                found.extend(
                    contexts
                        .iter()
                        .filter_map(Json::as_str)
                        .filter(|url| !context::is_known(url))
                        .map(str::to_owned),
                );
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// The names that the contexts in a document give a meaning.
fn own_terms(value: &Json, terms: &mut BTreeSet<String>) {
    match value {
        Json::Array(values) => values.iter().for_each(|value| own_terms(value, terms)),
        Json::Object(object) => {
            for (name, value) in object {
                if name != "@context" {
                    own_terms(value, terms);
                    continue;
                }
                let one = std::slice::from_ref(value);
                let contexts = value.as_array().map_or(one, Vec::as_slice);
                let contexts = contexts.iter().filter_map(Json::as_object);
                // `"id": "@id"` renames a word of JSON-LD, and leaves `id` the tag of a language elsewhere.
                let renames =
                    |value: &Json| value.as_str().is_some_and(|word| word.starts_with('@'));
                let explained = contexts.flatten().filter(|(_, value)| !renames(value));
                terms.extend(explained.map(|(name, _)| name.clone()));
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// Turns texts by language into tagged texts. A name that the document itself explains is no language, however short it is.
fn tag_texts(value: &mut Json, terms: &BTreeSet<String>) {
    match value {
        Json::Array(values) => values.iter_mut().for_each(|value| tag_texts(value, terms)),
        Json::Object(object) => {
            for (name, value) in object.iter_mut() {
                if name == "@context" {
                    continue;
                }
                match tagged(value, terms) {
                    Some(texts) => *value = Json::Array(texts),
                    None => tag_texts(value, terms),
                }
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// The texts of an object whose keys are languages.
fn tagged(value: &Json, terms: &BTreeSet<String>) -> Option<Vec<Json>> {
    let object = value.as_object().filter(|object| !object.is_empty())?;
    if object.keys().any(|name| terms.contains(name)) {
        return None;
    }
    let mut texts = Vec::new();
    for (tag, value) in object {
        let primary = tag.split('-').next().unwrap_or("");
        let is_tag = (2..=3).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
            && oxilangtag::LanguageTag::parse(tag.as_str()).is_ok();
        // `id` is Indonesian, and far more often the name of a thing.
        let is_name = tag == "id" && object.len() == 1;
        // These are tags of rare languages, and usual names of references.
        let is_reference = matches!(tag.as_str(), "iri" | "ref" | "uri" | "url");
        if !is_tag || is_name || is_reference {
            return None;
        }
        let one = std::slice::from_ref(value);
        for text in value.as_array().map_or(one, Vec::as_slice) {
            let mut tagged = Map::new();
            tagged.insert("@language".to_owned(), Json::from(tag.as_str()));
            tagged.insert("@value".to_owned(), Json::from(text.as_str()?));
            texts.push(Json::Object(tagged));
        }
    }
    Some(texts)
}

/// Statements of RDF/XML that was turned into JSON: attributes are keys with a hyphen before them, text is `#text`.
pub(super) fn xml_as_json(document: &Json, into: &mut Into<'_>) {
    let Some(Json::Object(elements)) = document.get("rdf:RDF") else {
        return;
    };
    let mut unnamed = 0_usize;
    for (class, values) in elements {
        if class.starts_with('-') {
            continue;
        }
        let one = std::slice::from_ref(values);
        for element in values.as_array().map_or(one, Vec::as_slice) {
            let Json::Object(element) = element else {
                continue;
            };
            let subject = match element.get("-rdf:about").and_then(Json::as_str) {
                Some(about) => about.to_owned(),
                None => {
                    unnamed += 1;
                    format!("_:unnamed{unnamed}")
                }
            };
            if class != "rdf:Description" {
                into.add(&subject, TYPE, Value::Node(class.clone()), None);
            }
            for (predicate, values) in element {
                if predicate.starts_with('-') || predicate.starts_with('#') {
                    continue;
                }
                let one = std::slice::from_ref(values);
                for value in values.as_array().map_or(one, Vec::as_slice) {
                    if let Some(value) = xml_value(value) {
                        into.add(&subject, predicate, value, None);
                    }
                }
            }
        }
    }
}

fn xml_value(value: &Json) -> Option<Value> {
    let attribute = |name: &str| value.get(name).and_then(Json::as_str);
    if let Some(resource) = attribute("-rdf:resource") {
        return Some(Value::Node(resource.to_owned()));
    }
    let text = value.as_str().or_else(|| attribute("#text"))?;
    Some(Value::Text(Literal {
        text: text.to_owned(),
        language: attribute("-xml:lang").unwrap_or("").to_owned(),
        datatype: attribute("-rdf:datatype").unwrap_or("").to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Json {
        let document = serde_json::from_str(text).expect("JSON");
        serde_json::from_str(&prepared(0, document).expect("prepared")).expect("JSON")
    }

    #[test]
    fn texts_by_language_are_tagged_and_explained_names_are_not() {
        let tagged = of(
            r#"{"@context": {"name": "http://x.example/name"}, "name": {"en": "Saw", "de": ["Säge"]}}"#,
        );
        let texts = tagged.get("name").and_then(Json::as_array).map(Vec::len);
        assert_eq!(texts, Some(2), "{tagged}");
        // Here `min` and `lat` are properties, though both could be tags of languages.
        let object = r#"{"min": "1", "lat": "52"}"#;
        let explained = of(&format!(
            r#"{{"@context": [{{"min": "http://x.example/min", "lat": "http://x.example/lat"}}], "place": {object}}}"#
        ));
        let place: Json = serde_json::from_str(object).expect("JSON");
        assert_eq!(explained.get("place"), Some(&place));
    }
}
