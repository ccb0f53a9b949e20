//! Parts of a badge as source text: criteria, translations, ids.

use rustc_hash::FxHashMap;

use super::model::{Alignment, Badge, Catalogue, Words};
use crate::import::source::{Ids, Writer, iri, is_web_address, name, quoted};

/// Criteria in words; a page with them is told where there are no words.
pub fn criteria(badge: &Badge, writer: &mut Writer) {
    let page = badge.criteria_page.trim();
    match (badge.words.criteria.is_empty(), iri(page)) {
        (false, address) => {
            writer.text("criteria", &badge.words.criteria);
            if address.is_some() && page != badge.id {
                writer.comment("criteria page", page);
            }
        }
        (true, Some(address)) => writer.line(&format!("criteria {}", quoted(&address))),
        (true, None) => writer.line("criteria \"The published badge names no criteria.\""),
    }
}

/// The same in another language, as far as the main one has it.
pub fn translation(
    badge: &Badge,
    (tag, words): (&str, &Words),
    has_alt: bool,
    assessments: &[&str],
    writer: &mut Writer,
) {
    if *words == Words::default() {
        return;
    }
    writer.open(&format!("in {tag}"));
    if !words.name.is_empty() {
        writer.line(&format!("name {}", quoted(&name(&words.name))));
    }
    if !words.description.is_empty() && !badge.words.description.is_empty() {
        writer.text("about", &words.description);
    }
    if !words.caption.is_empty() && has_alt {
        writer.line(&format!("alt {}", quoted(&words.caption)));
    }
    if !words.criteria.is_empty() && !badge.words.criteria.is_empty() {
        writer.text("criteria", &words.criteria);
    }
    for line in assessments {
        writer.line(line);
    }
    writer.close();
}

/// An alignment in words.
pub fn told(alignment: &Alignment) -> String {
    let parts = [
        &alignment.name,
        &alignment.code,
        &alignment.framework,
        &alignment.kind,
        &alignment.description,
        &alignment.url,
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" | ")
}

/// Ids of badges: as the address under which one is published ends, if that is an id of its own; else from its name.
pub fn badge_ids(catalogue: &Catalogue, ids: &mut Ids) -> Vec<String> {
    let mut ends: FxHashMap<&str, usize> = FxHashMap::default();
    for badge in &catalogue.badges {
        *ends.entry(end_of(&badge.id)).or_default() += 1;
    }
    let of = |badge: &Badge, ids: &mut Ids| {
        let end = end_of(&badge.id);
        let end = if ends.get(end) == Some(&1) { end } else { "" };
        ids.make(&[end, &badge.words.name], "badge")
    };
    catalogue
        .badges
        .iter()
        .map(|badge| of(badge, ids))
        .collect()
}

/// The last part of an address, if somebody has written it as an id is written; no number and no key of a machine.
fn end_of(address: &str) -> &str {
    let end = address.rsplit('/').next().unwrap_or("");
    let end = end.strip_suffix(".json").unwrap_or(end);
    let written = is_web_address(address)
        && (2..=40).contains(&end.len())
        && end.starts_with(|first: char| first.is_ascii_lowercase())
        && end.ends_with(|last: char| last.is_ascii_alphanumeric())
        && end
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let digits = end.bytes().filter(u8::is_ascii_digit).count();
    if written && digits * 4 <= end.len() {
        end
    } else {
        ""
    }
}
