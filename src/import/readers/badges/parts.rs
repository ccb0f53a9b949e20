//! Parts of a badge as source text: criteria, translations, ids.

use rustc_hash::FxHashMap;

use super::model::{Alignment, Badge, Catalogue, Words};
use crate::import::source::{Ids, Writer, iri, is_web_address, name, quoted};
use crate::import::tally::{Outcome, Tally};

const PAGES: &str = "pages of criteria beside their words, kept as comments";

/// Criteria in words; a page with them is told where there are no words.
pub fn criteria(badge: &Badge, writer: &mut Writer, tally: &mut Tally) {
    let page = badge.criteria_page.trim();
    match (badge.words.criteria.is_empty(), iri(page)) {
        (false, address) => {
            writer.text("criteria", &badge.words.criteria);
            if address.is_some() && page != badge.id {
                writer.comment("criteria page", page);
                tally.note(Outcome::Noted, PAGES, badge.spot, page);
            }
        }
        (true, Some(address)) => writer.line(&format!("criteria {}", quoted(&address))),
        (true, None) => writer.line("criteria \"The published badge names no criteria.\""),
    }
}

/// The same in another language. What the main one has not cannot be translated: it stays as a comment.
pub fn translation(
    badge: &Badge,
    (tag, words): (&str, &Words),
    has_alt: bool,
    assessments: &[&str],
    writer: &mut Writer,
    tally: &mut Tally,
) {
    let mut block = Writer::default();
    if !words.name.is_empty() {
        block.line(&format!("name {}", quoted(&name(&words.name))));
    }
    let main = &badge.words;
    for (keyword, text, has_main) in [
        ("about", &words.description, !main.description.is_empty()),
        ("alt", &words.caption, has_alt),
        ("criteria", &words.criteria, !main.criteria.is_empty()),
    ] {
        if text.is_empty() {
            continue;
        }
        match (has_main, keyword) {
            (true, "alt") => block.line(&format!("alt {}", quoted(text))),
            (true, _) => block.text(keyword, text),
            (false, _) => lacking(badge, keyword, text, &mut block, tally),
        }
    }
    if !words.tags.is_empty() {
        let tags: Vec<String> = words.tags.iter().map(|tag| quoted(tag)).collect();
        match (badge.tags == words.tags, badge.tags.is_empty()) {
            (true, _) => {}
            (false, false) => block.line(&format!("tags {}", tags.join(", "))),
            (false, true) => lacking(badge, "tags", &tags.join(", "), &mut block, tally),
        }
    }
    let page = words.criteria_page.trim();
    if !page.is_empty() && page != badge.criteria_page {
        block.comment("criteria page", page);
        tally.note(Outcome::Noted, PAGES, badge.spot, page);
    }
    for line in assessments {
        block.line(line);
    }
    if !block.is_empty() {
        writer.open(&format!("in {tag}"));
        writer.lines(&block.finish());
        writer.close();
    }
}

fn lacking(badge: &Badge, keyword: &str, text: &str, block: &mut Writer, tally: &mut Tally) {
    block.comment(keyword, text);
    let reason = "texts in another language that the main one lacks, kept as comments";
    tally.note(Outcome::Noted, reason, badge.spot, text);
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
    let mut parts: Vec<String> = parts
        .into_iter()
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let more = alignment.rest.iter();
    parts.extend(more.map(|(field, words)| format!("{field}: {words}")));
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

/// The id of an issuer in the address of its document among those of other issuers.
pub fn issuer_end(address: &str) -> &str {
    let folder = address.rsplit('/').nth(1);
    let is_document = folder == Some("issuers") && address.ends_with(".json");
    if is_document { end_of(address) } else { "" }
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
