//! The items of a CASE package.

use serde_json::Value;

use crate::import::release::{Record, Release, TextRole};
use crate::import::tally::{Outcome, Spot};

use super::super::json::{self, Object};
use super::Document;
use super::associations::Known;

/// The longest label that is made of a statement, in characters.
const LONGEST_LABEL: usize = 160;

/// Reads one item.
pub(super) fn read(
    item: Value,
    spot: Spot,
    document: &Document,
    known: &mut Known,
    release: &mut Release,
) {
    let mut item = match item {
        Value::Object(item) => item,
        other => {
            let words = json::type_name(&other);
            json::leave_out(release, "item", "items that are no objects", spot, words);
            return;
        }
    };
    let identifier = json::take_text(&mut item, "identifier").unwrap_or_default();
    let uri = json::take_text(&mut item, "uri").unwrap_or_default();
    let code = json::take_text(&mut item, "humanCodingScheme").unwrap_or_default();
    let mut key = match (uri.as_str(), identifier.as_str()) {
        ("", "") => {
            let reason = "items without an identifier";
            release.tally.note(Outcome::Mended, reason, spot, &code);
            format!("item/{}/{}", spot.file, spot.line)
        }
        ("", identifier) => identifier.to_owned(),
        (uri, _) => uri.to_owned(),
    };
    let mut iri = Some(uri.clone()).filter(|uri| !uri.is_empty());
    if let Some(other) = known.code_of(&key, release)
        && other != code
        && !code.is_empty()
    {
        // Two codes are two items, one of which was given the identifier of the other.
        let reason = "items with the identifier of an earlier one and another code";
        release.tally.note(Outcome::Mended, reason, spot, &code);
        key = format!("{key}#{code}");
        iri = None;
    }
    let mut record = Record {
        code,
        iri,
        kind: kind(&mut item),
        spot,
        ..Record::default()
    };
    texts(&mut record, &mut item, document, release);
    early_dialect(&mut item, document, spot, release);
    end(&mut record, &item, document, release);
    record.fields = json::rest(item);
    record.field("identifier", &identifier);
    known.item(&key, &identifier, &uri, release.records.len());
    record.key = key;
    json::add(release, record);
}

fn kind(item: &mut Object) -> Option<String> {
    let linked = item
        .get("CFItemTypeURI")
        .and_then(|link| link.get("title"))
        .and_then(json::text_of);
    json::take_text(item, "CFItemType")
        .or(linked)
        .filter(|kind| !kind.trim().is_empty())
}

fn texts(record: &mut Record, item: &mut Object, document: &Document, release: &mut Release) {
    let language = json::take_text(item, "language").unwrap_or_else(|| document.language.clone());
    let statement = json::take_text(item, "fullStatement").unwrap_or_default();
    let short = json::take_text(item, "abbreviatedStatement").unwrap_or_default();
    if short.trim().is_empty() && !statement.trim().is_empty() {
        let label = label_of(&statement);
        if label != statement.trim() {
            let reason = "items whose label is made of the beginning of their statement";
            let tally = &mut release.tally;
            tally.note(Outcome::Mended, reason, record.spot, &label);
        }
        record.text(TextRole::Label, &language, &label);
    } else {
        record.text(TextRole::Label, &language, &short);
    }
    record.text(TextRole::Statement, &language, &statement);
    if statement.contains('\n') {
        let reason = "statements with several lines";
        let tally = &mut release.tally;
        tally.note(Outcome::Noted, reason, record.spot, &label_of(&statement));
    }
    for (name, role) in [
        ("alternativeLabel", TextRole::Alternative),
        ("notes", TextRole::Note),
    ] {
        if let Some(text) = json::take_text(item, name) {
            record.text(role, &language, &text);
        }
    }
}

/// A label made of a statement: its first line without Markdown signs, cut between two words where it is long.
pub(super) fn label_of(statement: &str) -> String {
    let line = statement
        .lines()
        .map(|line| line.trim_matches(|sign: char| sign.is_whitespace() || "#*_>-`".contains(sign)))
        .find(|line| !line.is_empty())
        .unwrap_or(statement);
    let words: String = line
        .replace("**", "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    match words.char_indices().nth(LONGEST_LABEL) {
        None => words,
        Some((end, _)) => {
            let start = words.get(..end).unwrap_or(&words);
            let whole = start.rsplit_once(' ').map_or(start, |(whole, _)| whole);
            format!("{whole} …")
        }
    }
}

/// Puts right what only the early dialect does, and takes out what the package says of every item.
fn early_dialect(item: &mut Object, document: &Document, spot: Spot, release: &mut Release) {
    if let Some(levels) = item.remove("educationalLevel") {
        let levels = match levels {
            Value::Array(levels) => levels,
            one => vec![one],
        };
        let reason = "items with `educationalLevel`, read as `educationLevel`";
        let words = levels.first().and_then(json::text_of).unwrap_or_default();
        release.tally.note(Outcome::Mended, reason, spot, &words);
        item.entry("educationLevel".to_owned())
            .or_insert(Value::Array(levels));
    }
    let own = match item.get("CFDocumentURI") {
        Some(Value::String(uri)) => {
            let reason = "items with `CFDocumentURI` as a plain text";
            release.tally.note(Outcome::Noted, reason, spot, uri);
            *uri == document.uri
        }
        Some(link) => {
            let identifier = link.get("identifier").and_then(Value::as_str);
            identifier == Some(document.identifier.as_str())
        }
        None => false,
    };
    if own {
        item.remove("CFDocumentURI");
    }
}

/// An item whose time ended before the package was last changed is withdrawn.
fn end(record: &mut Record, item: &Object, document: &Document, release: &mut Release) {
    let Some(end) = item.get("statusEndDate").and_then(json::text_of) else {
        return;
    };
    let day: String = end.chars().take(10).collect();
    if day.is_empty() {
        return;
    }
    if document.changed.is_empty() {
        let reason = "items with an end, in a package that does not say when it was changed: taken as in force";
        release
            .tally
            .note(Outcome::Noted, reason, record.spot, &end);
    } else if day <= document.changed {
        record.withdrawn = true;
    } else {
        let reason = "items whose end lies after the last change of the package";
        release
            .tally
            .note(Outcome::Noted, reason, record.spot, &end);
    }
}
