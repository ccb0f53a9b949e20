//! What the badges and issuers say, put together: editions in several languages are one badge, issuers are named once.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::find::{Found, FoundBadge, Object, listed};
use crate::import::linked::vocabulary::language_tag;
use crate::import::source::{is_web_address, name};
use crate::import::tally::{Outcome, Spot, Tally};

/// A catalogue of badges.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub issuers: Vec<Issuer>,
    pub badges: Vec<Badge>,
}

/// Who issues.
#[derive(Debug, Clone, Default)]
pub struct Issuer {
    pub id: String,
    pub name: String,
    pub url: String,
    pub email: String,
    pub phone: String,
    pub description: String,
    pub country: String,
    pub image: Picture,
    /// Fields that the language does not have.
    pub rest: Vec<(String, String)>,
}

/// A picture by its address.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    pub address: String,
    pub caption: String,
}

/// A badge in all its languages.
#[derive(Debug, Clone, Default)]
pub struct Badge {
    pub id: String,
    /// The position of its issuer.
    pub issuer: Option<usize>,
    /// `Badge`, `Certificate` … or what else it is called; empty where it is not said.
    pub kind: String,
    pub language: String,
    pub words: Words,
    pub translations: Vec<(String, Words)>,
    pub image: Picture,
    pub criteria_page: String,
    pub tags: Vec<String>,
    pub version: String,
    pub code: String,
    pub credits: String,
    pub alignments: Vec<Alignment>,
    /// Other editions and versions that are not in the catalogue, in words.
    pub related: Vec<String>,
    pub rest: Vec<(String, String)>,
    pub spot: Spot,
}

/// Words of a badge in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub name: String,
    pub description: String,
    pub criteria: String,
    pub caption: String,
}

/// What a badge says that it has to do with something elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alignment {
    pub name: String,
    pub url: String,
    pub code: String,
    pub framework: String,
    pub description: String,
    pub kind: String,
}

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
];

/// Fields of an issuer that have a place of their own.
const ISSUER_FIELDS: &[&str] = &[
    "@context",
    "id",
    "@id",
    "type",
    "@type",
    "name",
    "url",
    "email",
    "telephone",
    "phone",
    "description",
    "image",
    "address",
];

/// Puts a catalogue together.
pub fn catalogue(found: Found, tally: &mut Tally) -> Catalogue {
    let mut issuers = Issuers::default();
    for (object, spot) in found.issuers {
        tally.read("issuer");
        issuers.add(&object, spot, tally, true);
    }
    let mut badges: Vec<(Badge, Vec<(String, String)>)> = Vec::new();
    let mut by_id: FxHashMap<String, usize> = FxHashMap::default();
    for found in found.badges {
        let (badge, related) = badge(found, &mut issuers, tally);
        let known = by_id
            .get(&badge.id)
            .copied()
            .filter(|_| !badge.id.is_empty());
        let Some(position) = known else {
            by_id.insert(badge.id.clone(), badges.len());
            badges.push((badge, related));
            continue;
        };
        let Some((first, _)) = badges.get_mut(position) else {
            continue;
        };
        if first.words == badge.words {
            let reason = "records of a badge that was read before";
            tally.merged("badge", reason, badge.spot, &badge.id);
            complete(first, badge);
        } else {
            let reason = "badges with the id of another one, which get one of their own";
            tally.note(Outcome::Mended, reason, badge.spot, &badge.id);
            let badge = Badge {
                id: String::new(),
                ..badge
            };
            badges.push((badge, related));
        }
    }
    let language = main_language(badges.iter().map(|(badge, _)| badge));
    let badges = editions(badges, &by_id, &language, tally);
    for _ in &badges {
        tally.kept("badge");
    }
    let issuers = issuers.finish(&badges, tally);
    Catalogue { issuers, badges }
}

/// Fills what the first record of a badge lacks from another one.
fn complete(first: &mut Badge, second: Badge) {
    let fill = |slot: &mut String, text: String| {
        if slot.is_empty() {
            *slot = text;
        }
    };
    first.issuer = first.issuer.or(second.issuer);
    fill(&mut first.kind, second.kind);
    fill(&mut first.image.address, second.image.address);
    fill(&mut first.version, second.version);
    fill(&mut first.code, second.code);
    fill(&mut first.credits, second.credits);
    if first.tags.is_empty() {
        first.tags = second.tags;
    }
    if first.alignments.is_empty() {
        first.alignments = second.alignments;
    }
}

/// The language that most badges are in; English wins a draw, else the first in the alphabet.
fn main_language<'b>(badges: impl Iterator<Item = &'b Badge>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for badge in badges.filter(|badge| !badge.language.is_empty()) {
        *counts.entry(&badge.language).or_default() += 1;
    }
    let most = counts
        .iter()
        .max_by_key(|(tag, count)| (**count, **tag == "en", std::cmp::Reverse(**tag)));
    most.map_or_else(|| "en".to_owned(), |(tag, _)| (*tag).to_owned())
}

/// Puts the editions of a badge in several languages together. They name each other as related, with their languages.
fn editions(
    badges: Vec<(Badge, Vec<(String, String)>)>,
    by_id: &FxHashMap<String, usize>,
    language: &str,
    tally: &mut Tally,
) -> Vec<Badge> {
    // Each badge leads to the first edition of its group.
    let mut leaders: Vec<usize> = (0..badges.len()).collect();
    let leader = |leaders: &[usize], mut at: usize| {
        while let Some(&next) = leaders.get(at)
            && next != at
        {
            at = next;
        }
        at
    };
    for (position, (badge, related)) in badges.iter().enumerate() {
        for (id, tag) in related {
            let Some(&other) = by_id.get(id) else {
                continue;
            };
            let same = badges
                .get(other)
                .is_some_and(|(other, _)| other.language == badge.language);
            if other == position || tag.is_empty() || *tag == badge.language || same {
                continue;
            }
            let (one, two) = (leader(&leaders, position), leader(&leaders, other));
            let (first, second) = (one.min(two), one.max(two));
            if let Some(slot) = leaders.get_mut(second) {
                *slot = first;
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for position in 0..badges.len() {
        groups
            .entry(leader(&leaders, position))
            .or_default()
            .push(position);
    }
    let ids: FxHashMap<String, usize> = by_id
        .iter()
        .map(|(id, &position)| (id.clone(), leader(&leaders, position)))
        .collect();
    let mut slots: Vec<Option<(Badge, Vec<(String, String)>)>> =
        badges.into_iter().map(Some).collect();
    let mut whole = Vec::with_capacity(groups.len());
    for (group, members) in groups {
        let mut members: Vec<(Badge, Vec<(String, String)>)> = members
            .into_iter()
            .filter_map(|position| slots.get_mut(position).and_then(Option::take))
            .collect();
        // The edition in the main language stands for all.
        members.sort_by_key(|(badge, _)| badge.language != language);
        let mut members = members.into_iter();
        let Some((mut main, related)) = members.next() else {
            continue;
        };
        note_related(&mut main, related, &ids, group);
        for (mut edition, _) in members {
            let taken = edition.language == main.language
                || main
                    .translations
                    .iter()
                    .any(|(tag, _)| *tag == edition.language);
            if taken {
                let reason = "second editions of a badge in one language, kept apart";
                tally.note(Outcome::Noted, reason, edition.spot, &edition.id);
                whole.push(edition);
                continue;
            }
            let reason = "editions of a badge in another language";
            tally.merged("badge", reason, edition.spot, &edition.id);
            edition.words.caption = edition.image.caption;
            main.translations.push((edition.language, edition.words));
        }
        main.translations.sort_by(|one, other| one.0.cmp(&other.0));
        whole.push(main);
    }
    whole
}

/// Keeps what is said of editions and versions elsewhere.
fn note_related(
    badge: &mut Badge,
    related: Vec<(String, String)>,
    ids: &FxHashMap<String, usize>,
    group: usize,
) {
    for (id, tag) in related {
        if ids.get(&id) == Some(&group) {
            continue;
        }
        badge.related.push(match tag.is_empty() {
            true => id,
            false => format!("{id} ({tag})"),
        });
    }
}

fn badge(
    found: FoundBadge,
    issuers: &mut Issuers,
    tally: &mut Tally,
) -> (Badge, Vec<(String, String)>) {
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
    criteria(&object, &mut badge, spot, tally);
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
    badge.rest = rest(&object, BADGE_FIELDS);
    if !badge.rest.is_empty() {
        for (field, _) in &badge.rest {
            let reason =
                format!("fields `{field}`, which the language does not have, kept as comments");
            tally.note(Outcome::Noted, &reason, spot, &badge.words.name);
        }
    }
    translations(&names, &descriptions, &mut badge);
    let own = object
        .get("issuer")
        .or_else(|| object.get("creator"))
        .filter(|value| !value.is_null());
    if own.is_none() && issuer.is_none() {
        let reason = "badges that name no issuer";
        tally.note(Outcome::Mended, reason, spot, &badge.words.name);
    }
    badge.issuer = own
        .or(issuer.as_ref())
        .and_then(|value| issuers.of(value, spot, tally));
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

/// Names and descriptions in other languages inside one object.
fn translations(names: &[(String, String)], descriptions: &[(String, String)], badge: &mut Badge) {
    let tags: std::collections::BTreeSet<&str> = names
        .iter()
        .chain(descriptions)
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
            ..Words::default()
        };
        badge.translations.push((tag.to_owned(), words));
    }
}

/// Criteria are words, a page, or both; by hand also a list of words, or under names of older versions.
fn criteria(object: &Object, badge: &mut Badge, spot: Spot, tally: &mut Tally) {
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
                let own = first_text(&entry, &["id", "@id", "url"]);
                if !own.is_empty() {
                    page = own;
                }
            }
            _ => {}
        }
    }
    paragraphs.push(first_text(object, &["criteriaNarrative"]));
    paragraphs.retain(|paragraph| !paragraph.trim().is_empty());
    badge.words.criteria = paragraphs.join("\n\n").trim().to_owned();
    badge.criteria_page = page;
    if badge.words.criteria.is_empty() && badge.criteria_page.is_empty() {
        let reason = "badges without criteria";
        tally.note(Outcome::Mended, reason, spot, &badge.words.name);
    }
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

fn picture(value: Option<&Value>) -> Picture {
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
fn rest(object: &Object, known: &[&str]) -> Vec<(String, String)> {
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

/// The text of the first of these fields that has one.
fn first_text(object: &Object, fields: &[&str]) -> String {
    fields
        .iter()
        .filter_map(|field| object.get(*field))
        .map(text_of)
        .find(|text| !text.trim().is_empty())
        .unwrap_or_default()
}

/// A value as a text: numbers and marks as they are written, of a list the first.
fn text_of(value: &Value) -> String {
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
fn by_language(value: Option<&Value>) -> Vec<(String, String)> {
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
fn pick(texts: &[(String, String)], language: &str) -> String {
    let of = |tag: &str| texts.iter().find(|(known, _)| known == tag);
    of(language)
        .or_else(|| of(""))
        .or_else(|| of("en"))
        .or_else(|| texts.first())
        .map_or_else(String::new, |(_, text)| text.trim().to_owned())
}

/// The issuers of a catalogue, each once.
#[derive(Debug, Default)]
struct Issuers {
    all: Vec<Issuer>,
    by_id: FxHashMap<String, usize>,
    by_name: FxHashMap<String, usize>,
}

impl Issuers {
    /// Enters an issuer, or fills what is not known of it yet.
    fn add(&mut self, object: &Object, spot: Spot, tally: &mut Tally, counted: bool) -> usize {
        let country = match object.get("address") {
            Some(Value::Object(address)) => {
                first_text(address, &["addressCountryCode", "addressCountry"])
            }
            _ => String::new(),
        };
        let issuer = Issuer {
            id: first_text(object, &["id", "@id"]),
            name: name(&first_text(object, &["name"])),
            url: first_text(object, &["url"]).trim().to_owned(),
            email: first_text(object, &["email"])
                .trim()
                .trim_start_matches("mailto:")
                .to_owned(),
            phone: name(&first_text(object, &["telephone", "phone"])),
            description: first_text(object, &["description"]),
            country,
            image: picture(object.get("image")),
            rest: rest(object, ISSUER_FIELDS),
        };
        let of_name = self.by_name.get(&issuer.name).copied();
        let known = self
            .by_id
            .get(&issuer.id)
            .copied()
            .or(of_name.filter(|&position| {
                // Badges often carry a short form of their issuer under another id.
                let is_short = |issuer: &Issuer| issuer.url.is_empty() && issuer.email.is_empty();
                let first = self.all.get(position);
                issuer.id.is_empty() || is_short(&issuer) || first.is_some_and(is_short)
            }));
        let Some(position) = known else {
            if counted {
                tally.kept("issuer");
            }
            return self.enter(issuer);
        };
        if counted {
            tally.merged(
                "issuer",
                "records of an issuer that was read before",
                spot,
                &issuer.name,
            );
        }
        if !issuer.id.is_empty() && self.by_id.insert(issuer.id.clone(), position).is_none() {
            let reason = "issuers that go by several ids";
            tally.note(Outcome::Noted, reason, spot, &issuer.id);
        }
        if let Some(first) = self.all.get_mut(position) {
            let fill = |slot: &mut String, text: String| {
                if slot.is_empty() {
                    *slot = text;
                }
            };
            fill(&mut first.name, issuer.name);
            fill(&mut first.url, issuer.url);
            fill(&mut first.email, issuer.email);
            fill(&mut first.phone, issuer.phone);
            fill(&mut first.description, issuer.description);
            fill(&mut first.country, issuer.country);
            fill(&mut first.image.address, issuer.image.address);
            fill(&mut first.image.caption, issuer.image.caption);
            if first.rest.is_empty() {
                first.rest = issuer.rest;
            }
        }
        position
    }

    fn enter(&mut self, issuer: Issuer) -> usize {
        let position = self.all.len();
        if !issuer.id.is_empty() {
            self.by_id.insert(issuer.id.clone(), position);
        }
        if !issuer.name.is_empty() {
            self.by_name.entry(issuer.name.clone()).or_insert(position);
        }
        self.all.push(issuer);
        position
    }

    /// The issuer that a badge names: an object, an address, or by hand a name.
    fn of(&mut self, value: &Value, spot: Spot, tally: &mut Tally) -> Option<usize> {
        match value {
            Value::Object(object) => Some(self.add(object, spot, tally, false)),
            Value::Array(values) => values.first().and_then(|value| self.of(value, spot, tally)),
            Value::String(text)
                if text.contains("://") || text.starts_with("did:") || text.starts_with("urn:") =>
            {
                let id = text.trim().to_owned();
                Some(match self.by_id.get(&id) {
                    Some(&known) => known,
                    None => self.enter(Issuer {
                        id,
                        ..Issuer::default()
                    }),
                })
            }
            Value::String(text) if !text.trim().is_empty() => {
                let reason = "issuers that are named by a plain text";
                tally.note(Outcome::Mended, reason, spot, text);
                let name = name(text);
                Some(match self.by_name.get(&name) {
                    Some(&known) => known,
                    None => self.enter(Issuer {
                        name,
                        ..Issuer::default()
                    }),
                })
            }
            _ => None,
        }
    }

    /// Names those that are known by their address only, and counts them.
    fn finish(mut self, badges: &[Badge], tally: &mut Tally) -> Vec<Issuer> {
        for (position, issuer) in self.all.iter_mut().enumerate() {
            if !issuer.name.is_empty() {
                continue;
            }
            let first = badges.iter().find(|badge| badge.issuer == Some(position));
            let spot = first.map(|badge| badge.spot).unwrap_or_default();
            let reason = "issuers that are known by their address only";
            tally.note(Outcome::Noted, reason, spot, &issuer.id);
            let host = host_of(&issuer.id).or_else(|| host_of(&issuer.url));
            issuer.name = host.unwrap_or("Unnamed issuer").to_owned();
        }
        self.all
    }
}

/// The host of a web address, or of a `did:web`.
pub fn host_of(address: &str) -> Option<&str> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .or_else(|| address.strip_prefix("did:web:"))?;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    (!host.is_empty()).then_some(host)
}
