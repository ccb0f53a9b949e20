//! One badge as an object says it, with the repairs that hand-made ones need.

use serde_json::Value;

use super::find::{FoundBadge, Object, listed};
use super::issuers::Issuers;
use super::model::{Alignment, Badge, Related, Words};
use super::narrative::once;
use super::results::results;
use super::values::{by_language, first_text, pick, picture, rest, several, text_of};
use crate::import::linked::vocabulary::language_tag;
use crate::import::source::{is_web_address, name};
use crate::import::tally::{Outcome, Spot, Tally};

/// Fields of a badge that have a place of their own.
const BADGE_FIELDS: &[&str] = &[
    "@context",
    "id",
    "@id",
    "type",
    "@type",
    "name",
    "description",
    "criteria",
    "image",
    "issuer",
    "creator",
    "tag",
    "tags",
    "version",
    "inLanguage",
    "@language",
    "language",
    "humanCode",
    "creditsAvailable",
    "creditValue",
    "credits",
    "alignment",
    "alignments",
    "related",
    "achievementType",
    "criteria_url",
    "criteriaUrl",
    "criteriaNarrative",
    "resultDescription",
];

/// Fields of which one value is read, or one in each language.
const ONE_VALUE: &[&str] = &[
    "name",
    "description",
    "image",
    "version",
    "humanCode",
    "achievementType",
    "creditsAvailable",
    "creditValue",
    "credits",
    "inLanguage",
    "@language",
    "language",
];

/// Fields of an alignment that are read.
const ALIGNMENT_FIELDS: &[&str] = &[
    "type",
    "@type",
    "targetName",
    "name",
    "targetUrl",
    "url",
    "targetURL",
    "id",
    "targetCode",
    "code",
    "targetFramework",
    "framework",
    "targetDescription",
    "description",
    "targetType",
];

/// Reads a badge. With it come the editions and versions that it names: their ids, and their languages where they are told.
pub fn badge(found: FoundBadge, issuers: &mut Issuers, tally: &mut Tally) -> (Badge, Related) {
    let FoundBadge {
        object,
        issuer,
        spot,
    } = found;
    let mut badge = Badge {
        id: first_text(&object, &["id", "@id"]),
        spot,
        ..Badge::default()
    };
    let tag = first_text(&object, &["inLanguage", "@language", "language"]);
    badge.language = language_tag(&tag).unwrap_or_default();
    let names = by_language(object.get("name"));
    let descriptions = by_language(object.get("description"));
    badge.words.name = pick(&names, &badge.language);
    if badge.words.name.is_empty() {
        let reason = "badges without a name";
        tally.note(Outcome::Mended, reason, spot, &badge.id);
        let last = badge
            .id
            .trim_end_matches('/')
            .rsplit(['/', ':', '#'])
            .next()
            .unwrap_or("");
        let last = last.trim_end_matches(".json").replace(['-', '_'], " ");
        badge.words.name = if last.trim().is_empty() {
            "Unnamed badge".to_owned()
        } else {
            last
        };
    }
    badge.words.description = pick(&descriptions, &badge.language);
    let narratives = criteria(&object, &mut badge, spot, tally);
    badge.image = picture(object.get("image"));
    if badge.id.is_empty() {
        let reason = "badges without an id";
        tally.note(Outcome::Mended, reason, spot, &badge.words.name);
    }
    let kinds = object
        .get("achievementType")
        .cloned()
        .map(listed)
        .unwrap_or_default();
    let mut kinds = kinds.iter().filter_map(Value::as_str);
    badge.kind = kinds.next().unwrap_or("").trim().to_owned();
    badge.version = first_text(&object, &["version"]);
    badge.code = first_text(&object, &["humanCode"]);
    badge.credits = first_text(&object, &["creditsAvailable", "creditValue", "credits"]);
    badge.tags = tags(&object, spot, tally);
    for field in ["alignment", "alignments"] {
        for value in object.get(field).cloned().map(listed).unwrap_or_default() {
            alignment(&value, &mut badge, spot, tally);
        }
    }
    badge.words.results = results(&object, spot, tally);
    let of_criteria = std::mem::take(&mut badge.rest);
    badge.rest = rest(&object, BADGE_FIELDS);
    // Fields of study are often told twice: in words, and by their codes.
    let aligned: Vec<&str> = badge
        .alignments
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    badge
        .rest
        .retain(|(field, words)| field != "fieldOfStudy" || !names_all(words, &aligned));
    if !badge.rest.is_empty() {
        for (field, _) in &badge.rest {
            let reason = format!("fields `{field}`, which are not read here, kept as comments");
            tally.note(Outcome::Noted, &reason, spot, &badge.words.name);
        }
    }
    for (field, words) in several(&object, ONE_VALUE) {
        let reason = format!("further values of `{field}`, of which one is read, kept as comments");
        tally.note(Outcome::Noted, &reason, spot, &words);
        badge.rest.push((field, words));
    }
    badge.rest.extend(of_criteria);
    translations(&names, &descriptions, &narratives, &mut badge);
    let own = object
        .get("issuer")
        .or_else(|| object.get("creator"))
        .filter(|value| !value.is_null());
    badge.issuer = own
        .or(issuer.as_ref())
        .and_then(|value| issuers.of(value, (&badge.language, spot), tally));
    let related = object
        .get("related")
        .cloned()
        .map(listed)
        .unwrap_or_default();
    let related = related
        .iter()
        .filter_map(|value| match value {
            Value::String(id) => Some((id.clone(), String::new())),
            Value::Object(entry) => {
                let tag = first_text(entry, &["inLanguage", "@language"]);
                Some((
                    first_text(entry, &["id", "@id"]),
                    language_tag(&tag).unwrap_or_default(),
                ))
            }
            _ => None,
        })
        .filter(|(id, _)| !id.is_empty())
        .collect();
    (badge, related)
}

/// Whether a text is some of these names, one after the other.
fn names_all(text: &str, names: &[&str]) -> bool {
    let mut rest = text.trim();
    while !rest.is_empty() {
        // A name may have a comma in it, so the longest one counts.
        let fits = names.iter().filter(|name| !name.is_empty());
        let longest = fits
            .filter_map(|name| rest.strip_prefix(name))
            .filter(|after| after.is_empty() || after.starts_with(','))
            .min_by_key(|after| after.len());
        let Some(after) = longest else {
            return false;
        };
        rest = after.trim_start_matches([',', ' ']);
    }
    true
}

/// Names and descriptions in other languages inside one object.
fn translations(
    names: &[(String, String)],
    descriptions: &[(String, String)],
    narratives: &[(String, String)],
    badge: &mut Badge,
) {
    let tags: std::collections::BTreeSet<&str> = names
        .iter()
        .chain(descriptions)
        .chain(narratives)
        .map(|(tag, _)| tag.as_str())
        .filter(|tag| !tag.is_empty())
        .collect();
    if badge.language.is_empty()
        && let Some((tag, _)) = names.iter().find(|(_, name)| *name == badge.words.name)
    {
        badge.language.clone_from(tag);
    }
    for tag in tags.into_iter().filter(|tag| *tag != badge.language) {
        let of = |texts: &[(String, String)]| {
            let found = texts.iter().find(|(known, _)| known == tag);
            found.map_or_else(String::new, |(_, text)| text.clone())
        };
        let words = Words {
            name: of(names),
            description: of(descriptions),
            criteria: of(narratives),
            ..Words::default()
        };
        badge.translations.push((tag.to_owned(), words));
    }
}

/// Criteria are words, a page, or both; by hand also a list of words, or under names of older versions.
/// Gives the narratives by language.
fn criteria(
    object: &Object,
    badge: &mut Badge,
    spot: Spot,
    tally: &mut Tally,
) -> Vec<(String, String)> {
    let mut narratives = Vec::new();
    let mut paragraphs: Vec<String> = Vec::new();
    let mut page = first_text(object, &["criteria_url", "criteriaUrl"]);
    let values = object
        .get("criteria")
        .cloned()
        .map(listed)
        .unwrap_or_default();
    if values.len() > 1 {
        let reason = "criteria in several parts, put together";
        tally.note(Outcome::Mended, reason, spot, &badge.words.name);
    }
    for value in values {
        match value {
            Value::String(text) if is_web_address(text.trim()) => page = text.trim().to_owned(),
            Value::String(text) => paragraphs.push(text),
            Value::Object(entry) => {
                let narrative = by_language(entry.get("narrative"));
                paragraphs.push(pick(&narrative, &badge.language));
                narratives.extend(narrative);
                let own = first_text(&entry, &["id", "@id", "url"]);
                if !own.is_empty() {
                    if !page.is_empty() && page != own {
                        let reason = "further pages of criteria, of which the last is kept";
                        tally.note(Outcome::Noted, reason, spot, &page);
                    }
                    page = own;
                }
                let fields = ["type", "@type", "id", "@id", "url", "narrative"];
                let mut more = rest(&entry, &fields);
                more.extend(several(&entry, &["narrative"]));
                for (field, words) in more {
                    let reason =
                        format!("`{field}` of criteria, which is not read here, kept as a comment");
                    tally.note(Outcome::Noted, &reason, spot, &words);
                    badge.rest.push((format!("criteria, {field}"), words));
                }
            }
            _ => {}
        }
    }
    paragraphs.push(first_text(object, &["criteriaNarrative"]));
    paragraphs.retain(|paragraph| !paragraph.trim().is_empty());
    let words = paragraphs.join("\n\n");
    let (words, had_twice) = once(words.trim());
    badge.words.criteria = words;
    if had_twice {
        let reason =
            "criteria with sections that a build has added to the same ones, which are taken once";
        tally.note(Outcome::Mended, reason, spot, &badge.words.name);
    }
    badge.criteria_page = page;
    narratives
}

/// Tags are a list; by hand also one text with commas.
fn tags(object: &Object, spot: Spot, tally: &mut Tally) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for field in ["tag", "tags"] {
        let Some(value) = object.get(field) else {
            continue;
        };
        let single = value.as_str().is_some_and(|text| text.contains(','));
        if single {
            let reason = "tags in one text, taken apart at the commas";
            tally.note(Outcome::Mended, reason, spot, value.as_str().unwrap_or(""));
        }
        for tag in listed(value.clone()) {
            let text = text_of(&tag);
            let parts: Vec<&str> = match single {
                true => text.split(',').collect(),
                false => vec![text.as_str()],
            };
            for part in parts {
                let tag = name(part);
                if !tag.is_empty() && !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
        }
    }
    tags
}

/// Alignments are objects; by hand also addresses, and under the names of version 1.
fn alignment(value: &Value, badge: &mut Badge, spot: Spot, tally: &mut Tally) {
    let mut alignment = match value {
        Value::String(url) => Alignment {
            url: url.trim().to_owned(),
            ..Alignment::default()
        },
        Value::Object(entry) => Alignment {
            name: name(&first_text(entry, &["targetName", "name"])),
            url: first_text(entry, &["targetUrl", "url", "targetURL", "id"])
                .trim()
                .to_owned(),
            code: name(&first_text(entry, &["targetCode", "code"])),
            framework: name(&first_text(entry, &["targetFramework", "framework"])),
            description: first_text(entry, &["targetDescription", "description"]),
            kind: first_text(entry, &["targetType"]),
            rest: {
                let mut more = rest(entry, ALIGNMENT_FIELDS);
                more.extend(several(entry, ALIGNMENT_FIELDS));
                more.retain(|(field, _)| field != "type" && field != "@type");
                more
            },
        },
        _ => return,
    };
    if alignment.name.is_empty() && alignment.url.is_empty() && alignment.code.is_empty() {
        let reason = "alignments that name nothing, left out";
        tally.note(Outcome::Skipped, reason, spot, &badge.words.name);
        return;
    }
    if alignment.name.is_empty() {
        let reason = "alignments without the name of their target";
        tally.note(Outcome::Mended, reason, spot, &alignment.url);
        let last = alignment
            .url
            .trim_end_matches('/')
            .rsplit(['/', '#'])
            .next()
            .unwrap_or("");
        alignment.name = match (alignment.code.is_empty(), last.is_empty()) {
            (false, _) => alignment.code.clone(),
            (true, false) => last.to_owned(),
            (true, true) => alignment.url.clone(),
        };
    }
    if !badge.alignments.contains(&alignment) {
        badge.alignments.push(alignment);
    }
}
