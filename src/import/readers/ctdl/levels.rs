//! The levels of a qualifications framework, in their order.

use crate::import::linked::vocabulary::{self, SKOS};
use crate::import::linked::{Graph, Node};
use crate::import::pack::StandsFor;
use crate::import::release::{Record, Release, TextRole};
use crate::import::tally::Outcome;

use super::{is_of, keep, names, spellings};

/// What has a place of its own in the record of a level. What a level precedes says its order again and is kept all the same.
const USED: &[&str] = &["facetedDescription", "name", "description"];

/// Adds a record for each level of each progression model.
pub fn read(graph: &Graph, release: &mut Release) {
    let nodes = || graph.nodes().iter();
    for model in nodes().filter(|node| is_of(node, "ProgressionModel")) {
        release.tally.read("progression model");
        let reason = "lists of levels, kept as fields of the framework";
        release
            .tally
            .merged("progression model", reason, model.spot, &model.id);
        keep(graph, model, "progressionModels", release);
    }
    let levels: Vec<&Node> = nodes()
        .filter(|node| is_of(node, "ProgressionLevel"))
        .collect();
    let ordered = in_order(graph, &levels);
    for node in levels {
        release.tally.read("level");
        let rank = ordered.iter().position(|id| *id == node.id);
        let number = rank.map_or(0, |position| position + 1);
        let label = node.text(vocabulary::TITLES, "en").unwrap_or("").to_owned();
        // The number in the name is what people call it by; the place in a list with gaps may be another one.
        let in_name = number_in(&label);
        if in_name.is_some_and(|named| named as usize != number) {
            let reason = "levels whose number is not their place in the list";
            release
                .tally
                .note(Outcome::Noted, reason, node.spot, &label);
        }
        let rank = in_name.or_else(|| u32::try_from(number).ok().filter(|&rank| rank > 0));
        let mut record = Record {
            key: node.id.clone(),
            iri: Some(node.id.clone()),
            code: code(node, rank),
            kind: Some("level".to_owned()),
            stands_for: Some(StandsFor::Level),
            rank,
            spot: node.spot,
            ..Record::default()
        };
        let pref_label = format!("{SKOS}prefLabel");
        let definition = format!("{SKOS}definition");
        let titles = spellings("name");
        let labels = titles.iter().chain([&pref_label]);
        for literal in labels.flat_map(|name| node.texts(name)) {
            record.text(TextRole::Label, &literal.language, &literal.text);
        }
        let descriptions = spellings("description");
        let descriptions = descriptions.iter().chain([&definition]);
        for literal in descriptions.flat_map(|name| node.texts(name)) {
            record.text(TextRole::Description, &literal.language, &literal.text);
        }
        let used: Vec<String> = USED
            .iter()
            .flat_map(|local| spellings(local))
            .chain([vocabulary::TYPE.to_owned(), pref_label, definition])
            .collect();
        let used: Vec<&str> = used.iter().map(String::as_str).collect();
        record.fields = graph.fields(node, &used);
        release.records.push(record);
    }
}

/// The notation, else the number, else the last part of the name.
fn code(node: &Node, rank: Option<u32>) -> String {
    let notation = format!("{SKOS}notation");
    let written = names(node, "codedNotation");
    let written = written
        .first()
        .copied()
        .or_else(|| node.names(&notation).next());
    match (written, rank) {
        (Some(code), _) => code.trim().to_owned(),
        (None, Some(rank)) => rank.to_string(),
        (None, None) => vocabulary::last_part(&node.id).to_owned(),
    }
}

/// The levels in the order of the models that list them; then those that no model lists.
fn in_order(graph: &Graph, levels: &[&Node]) -> Vec<String> {
    let mut ordered: Vec<String> = Vec::new();
    let mut add = |id: &str| {
        let is_level = levels.iter().any(|level| level.id == id);
        if is_level && !ordered.iter().any(|known| known == id) {
            ordered.push(id.to_owned());
        }
    };
    for model in graph
        .nodes()
        .iter()
        .filter(|node| is_of(node, "ProgressionModel"))
    {
        names(model, "hasProgressionLevel")
            .into_iter()
            .for_each(&mut add);
    }
    levels.iter().for_each(|level| add(&level.id));
    ordered
}

/// The number at the end of a name: `Level 4`.
fn number_in(label: &str) -> Option<u32> {
    label.rsplit(' ').next()?.parse().ok()
}
