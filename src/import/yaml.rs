//! Writing a pack as YAML that a person can read and edit.
//!
//! Goes in: a pack with its details. Comes out: text that [`super::details::Details::open`] reads back to the same pack.
//! Texts are always in double quotes, so that no code turns into a number or a date.

use std::fmt::Write as _;

use super::details::{Details, RelationEnd};
use super::extra::ROLES;
use super::pack::{Pack, PackItemIndex, made_iri};
use super::release::TextRole;

/// The text of a pack file.
pub(super) fn write(pack: &Pack, details: &Details) -> String {
    let mut out = String::new();
    let mut key = |key: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{key}: {}", quoted(value));
    };
    key("id", &pack.id);
    key("version", &pack.version);
    key("title", &pack.title);
    if let Some(publisher) = &pack.publisher {
        key("publisher", publisher);
    }
    if let Some(licence) = &pack.licence {
        key("licence", licence);
    }
    if let Some(url) = &pack.licence_url {
        key("licence-url", url);
    }
    key("attribution", &pack.attribution);
    key("source", &pack.source);
    if let Some(iri) = &pack.iri {
        key("iri", iri);
    }
    key("language", &pack.language);
    let has_made_iris = pack.items().iter().any(|item| item.iri_is_made);
    if has_made_iris {
        out.push_str("made-iris: true\n");
    }
    let _ = writeln!(out, "kind-of: {}", pack.stands_for.word());
    if let Some(fields) = details.head_fields() {
        let _ = writeln!(out, "fields: {}", plain(fields));
    }
    out.push_str("\nitems:\n");
    let mut relations: Vec<Vec<String>> = vec![Vec::new(); pack.items().len()];
    for relation in details.relations() {
        let end = match relation.to {
            RelationEnd::Item(item) => format!("to: {}", quoted(&pack.item(item).code)),
            RelationEnd::Outside(name) => format!("outside: {}", quoted(name)),
        };
        let fields = relation
            .fields
            .map(|fields| format!(", fields: {}", plain(fields)))
            .unwrap_or_default();
        if let Some(own) = relations.get_mut(relation.from.0 as usize) {
            own.push(format!(
                "{{ kind: {}, {end}{fields} }}",
                quoted(relation.kind)
            ));
        }
    }
    for (index, relations) in pack.indexes().zip(relations) {
        item(pack, details, (index, has_made_iris), &relations, &mut out);
    }
    out
}

fn item(
    pack: &Pack,
    details: &Details,
    (index, has_made_iris): (PackItemIndex, bool),
    relations: &[String],
    out: &mut String,
) {
    let item = pack.item(index);
    let mut start = "  - ";
    let mut key = |key: &str, value: &str| {
        let blank = if value.starts_with('\n') { "" } else { " " };
        let _ = writeln!(out, "{start}{key}:{blank}{value}");
        start = "    ";
    };
    let code = |index: PackItemIndex| quoted(&pack.item(index).code);
    key("code", &quoted(&item.code));
    key("label", &quoted(&item.label));
    if !item.labels.is_empty() {
        let labels = item
            .labels
            .iter()
            .map(|(language, label)| format!("{}: {}", quoted(language), quoted(label)));
        key("labels", &flow_map(labels));
    }
    if let Some(parent) = item.parent {
        key("parent", &code(parent));
    }
    if !item.more_parents.is_empty() {
        key(
            "more-parents",
            &flow_list(item.more_parents.iter().map(|&index| code(index))),
        );
    }
    if let Some(kind) = &item.kind {
        key("kind", &quoted(kind));
    }
    if item.stands_for != pack.stands_for {
        key("kind-of", item.stands_for.word());
    }
    let is_template = item.iri == made_iri(&pack.source, &item.code);
    if !is_template || (has_made_iris && !item.iri_is_made) {
        key("iri", &quoted(&item.iri));
    }
    if let Some(rank) = item.rank {
        key("rank", &rank.to_string());
    }
    if item.is_withdrawn() {
        key("status", "withdrawn");
    }
    if let Some(successor) = item.replaced_by {
        key("replaced-by", &code(successor));
    }
    let sorted = Sorted::new(pack, details, index);
    for (name, texts) in [
        ("alternatives", &sorted.alternatives),
        ("hidden", &sorted.hidden),
    ] {
        if !texts.is_empty() {
            key(name, &flow_list(texts.iter().map(|text| quoted(text))));
        }
    }
    if let Some(statement) = sorted.statement {
        key("statement", &quoted(statement));
    }
    if let Some(description) = sorted.description {
        key("description", &quoted(description));
    }
    if !sorted.notes.is_empty() {
        key(
            "notes",
            &flow_list(sorted.notes.iter().map(|text| quoted(text))),
        );
    }
    if !sorted.others.is_empty() {
        key("texts", &block_list(&sorted.others));
    }
    if !relations.is_empty() {
        key("relations", &block_list(relations));
    }
    if let Some(fields) = details.fields(index) {
        key("fields", &plain(fields));
    }
}

/// The texts of an item by the key they are written under.
#[derive(Default)]
struct Sorted<'d> {
    alternatives: Vec<&'d str>,
    hidden: Vec<&'d str>,
    statement: Option<&'d str>,
    description: Option<&'d str>,
    notes: Vec<&'d str>,
    others: Vec<String>,
}

impl<'d> Sorted<'d> {
    fn new(pack: &Pack, details: &'d Details, index: PackItemIndex) -> Sorted<'d> {
        let mut sorted = Sorted::default();
        for text in details.texts(index) {
            let main = text.language == pack.language;
            match text.role {
                TextRole::Alternative if main => sorted.alternatives.push(text.text),
                TextRole::Hidden if main => sorted.hidden.push(text.text),
                TextRole::Note if main => sorted.notes.push(text.text),
                TextRole::Statement if main && sorted.statement.is_none() => {
                    sorted.statement = Some(text.text);
                }
                TextRole::Description if main && sorted.description.is_none() => {
                    sorted.description = Some(text.text);
                }
                role => {
                    let word = ROLES.iter().find(|(known, _)| *known == role);
                    sorted.others.push(format!(
                        "{{ as: {}, in: {}, text: {} }}",
                        word.map_or("note", |(_, word)| word),
                        quoted(text.language),
                        quoted(text.text)
                    ));
                }
            }
        }
        sorted
    }
}

fn flow_list(members: impl Iterator<Item = String>) -> String {
    format!("[{}]", members.collect::<Vec<_>>().join(", "))
}

fn flow_map(members: impl Iterator<Item = String>) -> String {
    format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
}

fn block_list(members: &[String]) -> String {
    members
        .iter()
        .map(|member| format!("\n      - {member}"))
        .collect()
}

/// A text in double quotes. The escapes of JSON are those of YAML.
fn quoted(text: &str) -> String {
    // A text can always be written.
    plain(&serde_json::to_string(text).unwrap_or_default())
}

/// JSON with what YAML does not accept as it is written as an escape; such characters stand within texts only.
fn plain(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            other => out.push(other),
        }
    }
    out
}
