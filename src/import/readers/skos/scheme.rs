//! What is said of the scheme itself: title, publisher, licence, language.

use std::collections::BTreeMap;

use super::concepts::{IN_SCHEME, Prepared, TOP_CONCEPT_OF};
use crate::import::linked::vocabulary::{self, CEASN, SKOS};
use crate::import::linked::{Graph, Node, Value};
use crate::import::release::{Fields, Head};
use crate::import::source::id_from;
use crate::import::tally::{Spot, Tally};

/// The head made of the scheme with the most concepts; what is said of the others is kept in its fields.
pub fn head(prepared: &Prepared<'_>, tally: &mut Tally) -> Head {
    let graph = prepared.graph;
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for concept in &prepared.concepts {
        for scheme in concept
            .names(IN_SCHEME)
            .chain(concept.names(TOP_CONCEPT_OF))
        {
            *sizes.entry(scheme).or_default() += 1;
        }
    }
    let declared = prepared.schemes.iter().map(|scheme| scheme.id.as_str());
    // The first one of the largest, in the order of the file.
    let main = declared
        .clone()
        .rev()
        .max_by_key(|id| sizes.get(id).copied().unwrap_or(0))
        .or_else(|| {
            let largest = sizes.iter().max_by_key(|(_, size)| **size);
            largest.map(|(id, _)| *id)
        });
    let language = main_language(prepared, main.and_then(|id| graph.node(id)));
    let mut head = match main.and_then(|id| graph.node(id)) {
        Some(scheme) => head_of(graph, scheme, &language),
        None => Head {
            iri: main.map(str::to_owned),
            id: main.map_or_else(String::new, id_of),
            ..Head::default()
        },
    };
    head.language = Some(language);
    let mut others: Vec<serde_json::Value> = Vec::new();
    for scheme in &prepared.schemes {
        tally.read("concept scheme");
        if Some(scheme.id.as_str()) == main {
            tally.kept("concept scheme");
            continue;
        }
        tally.merged(
            "concept scheme",
            "further concept schemes, kept as fields of the framework",
            scheme.spot,
            &scheme.id,
        );
        let mut fields = graph.fields(scheme, &[&format!("{SKOS}hasTopConcept")]);
        fields.insert("@id".to_owned(), scheme.id.as_str().into());
        others.push(serde_json::Value::Object(fields.into_iter().collect()));
    }
    if !others.is_empty() {
        head.fields
            .insert("schemes".to_owned(), serde_json::Value::Array(others));
    }
    head
}

/// The head that a node describes: a concept scheme or a framework of another vocabulary.
pub fn head_of(graph: &Graph, node: &Node, language: &str) -> Head {
    let mut used: Vec<&str> = vec![vocabulary::TYPE];
    let mut take = |predicates: &[&'static str]| {
        let found = node.text(predicates, language).map(str::to_owned);
        let by_name = || {
            predicates.iter().find_map(|predicate| {
                let name = node.names(predicate).next()?;
                Some(named(graph, name, language))
            })
        };
        let found = found.or_else(by_name);
        if found.is_some() {
            used.extend(predicates.iter().take(1).copied());
        }
        found
    };
    let title = take(vocabulary::TITLES);
    let publisher = take(vocabulary::PUBLISHERS);
    let version = take(vocabulary::VERSIONS);
    let licence_url = vocabulary::LICENCES
        .iter()
        .flat_map(|predicate| node.names(predicate))
        .find(|name| name.contains("://"))
        .map(str::to_owned);
    let licence = licence_url
        .as_deref()
        .and_then(vocabulary::licence_words)
        .or_else(|| {
            let words = vocabulary::LICENCES.iter().chain(vocabulary::RIGHTS);
            words
                .flat_map(|predicate| node.texts(predicate))
                .map(|literal| literal.text.trim().to_owned())
                .find(|text| !text.is_empty() && !text.contains("://"))
        });
    let source = [
        "http://purl.org/dc/terms/source",
        "https://purl.org/ctdlasn/terms/source",
        "https://purl.org/ctdl/terms/subjectWebpage",
        "https://purl.org/ctdl/terms/source",
        "http://xmlns.com/foaf/0.1/homepage",
    ]
    .iter()
    .flat_map(|predicate| node.names(predicate))
    .find(|name| name.starts_with("http"))
    .map(str::to_owned);
    let attribution = node
        .text(&["http://creativecommons.org/ns#attributionName"], language)
        .map(str::to_owned);
    Head {
        id: title
            .as_deref()
            .map(id_of)
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| id_of(&node.id)),
        version,
        title,
        publisher,
        licence,
        licence_url,
        attribution,
        source,
        iri: (!node.is_blank()).then(|| node.id.clone()),
        language: Some(language.to_owned()),
        stands_for: None,
        fields: fields_of_head(graph, node),
        spot: Some(Spot {
            file: node.spot.file,
            line: 0,
        }),
    }
}

/// Everything that is said of the scheme but the lists of its concepts, which say the same again.
fn fields_of_head(graph: &Graph, node: &Node) -> Fields {
    graph.fields(
        node,
        &[
            vocabulary::TYPE,
            &format!("{SKOS}hasTopConcept"),
            &format!("{CEASN}hasTopChild"),
            "http://purl.org/gem/qualifiers/hasChild",
        ],
    )
}

/// What a node that is only referred to is called: its name where the graph tells it, else its address.
fn named(graph: &Graph, id: &str, language: &str) -> String {
    graph
        .node(id)
        .and_then(|node| node.text(vocabulary::TITLES, language))
        .unwrap_or(id)
        .to_owned()
}

/// The language that the scheme declares, else the one that most names are tagged with.
fn main_language(prepared: &Prepared<'_>, scheme: Option<&Node>) -> String {
    let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
    for concept in &prepared.concepts {
        for (predicate, value) in &concept.statements {
            if let Value::Text(literal) = value
                && predicate.ends_with("refLabel")
                && !literal.language.is_empty()
            {
                *tags.entry(&literal.language).or_default() += 1;
            }
        }
    }
    let declared = scheme.and_then(|scheme| {
        let mut names = vocabulary::LANGUAGES
            .iter()
            .flat_map(|predicate| scheme.names(predicate));
        let first = names.next()?;
        // Several languages are no main language.
        names
            .next()
            .is_none()
            .then(|| vocabulary::language_tag(first))?
    });
    let most = || {
        // English wins a draw, as the language that is most widely read; else the first in the alphabet.
        let best = tags
            .iter()
            .max_by_key(|(tag, count)| (**count, **tag == "en", std::cmp::Reverse(**tag)));
        best.map(|(tag, _)| (*tag).to_owned())
    };
    declared.or_else(most).unwrap_or_else(|| "en".to_owned())
}

/// An id made of a title or of the last part of an address.
fn id_of(text: &str) -> String {
    let text = if text.contains("://") {
        vocabulary::last_part(text)
    } else {
        text
    };
    let id = id_from(text);
    match id.starts_with(|first: char| first.is_ascii_digit()) {
        true => format!("f-{id}"),
        false => id,
    }
}
