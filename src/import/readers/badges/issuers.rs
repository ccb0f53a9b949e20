//! Who issues: told in full in a document of its own, shortly inside a badge, by an address, or by hand by a name alone.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::editions::fill;
use super::find::Object;
use super::model::{Badge, Issuer};
use super::values::{first_text, picture, rest, several, text_of};
use crate::import::linked::vocabulary::language_tag;
use crate::import::source::name;
use crate::import::tally::{Outcome, Spot, Tally};

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
    "inLanguage",
    "@language",
    "language",
];

/// The issuers of a catalogue, each once.
#[derive(Debug, Default)]
pub struct Issuers {
    all: Vec<Issuer>,
    by_id: FxHashMap<String, usize>,
    by_name: FxHashMap<String, usize>,
}

impl Issuers {
    /// Enters an issuer, or fills what is not known of it yet.
    pub fn add(
        &mut self,
        object: &Object,
        (language, spot): (&str, Spot),
        tally: &mut Tally,
        counted: bool,
    ) -> usize {
        let mut more = rest(object, ISSUER_FIELDS);
        let country = match object.get("address") {
            Some(Value::Object(address)) => {
                let fields = ["type", "@type", "addressCountryCode", "addressCountry"];
                more.extend(rest(address, &fields));
                first_text(address, &["addressCountryCode", "addressCountry"])
            }
            Some(Value::Null) | None => String::new(),
            Some(other) => {
                more.push(("address".to_owned(), text_of(other)));
                String::new()
            }
        };
        more.extend(several(
            object,
            &[
                "name",
                "url",
                "email",
                "telephone",
                "phone",
                "description",
                "image",
            ],
        ));
        let own = first_text(object, &["inLanguage", "@language", "language"]);
        let language = language_tag(&own).unwrap_or_else(|| language.to_owned());
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
            rest: more,
            spot,
            ..Issuer::default()
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
            let told = (language, issuer.name.clone(), issuer.description.clone());
            let issuer = Issuer {
                told: vec![told],
                ..issuer
            };
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
            let mut fill = |field: &str, slot: &mut String, text: String| {
                fill(("records of an issuer", field), slot, text, spot, tally);
            };
            fill("url", &mut first.url, issuer.url);
            fill("email", &mut first.email, issuer.email);
            fill("phone", &mut first.phone, issuer.phone);
            fill("country", &mut first.country, issuer.country);
            fill("picture", &mut first.image.address, issuer.image.address);
            fill(
                "text of the picture",
                &mut first.image.caption,
                issuer.image.caption,
            );
            for field in issuer.rest {
                if !first.rest.contains(&field) {
                    first.rest.push(field);
                }
            }
            first.tell((language, issuer.name, issuer.description), spot, tally);
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
    pub fn of(
        &mut self,
        value: &Value,
        (language, spot): (&str, Spot),
        tally: &mut Tally,
    ) -> Option<usize> {
        match value {
            Value::Object(object) => Some(self.add(object, (language, spot), tally, false)),
            Value::Array(values) => {
                for other in values.iter().skip(1) {
                    let reason =
                        "further issuers of a badge, which has one in the language, left out";
                    tally.note(Outcome::Noted, reason, spot, &words_of(other));
                }
                let first = values.first()?;
                self.of(first, (language, spot), tally)
            }
            Value::String(text)
                if text.contains("://") || text.starts_with("did:") || text.starts_with("urn:") =>
            {
                let id = text.trim().to_owned();
                Some(match self.by_id.get(&id) {
                    Some(&known) => known,
                    None => self.enter(Issuer {
                        id,
                        spot,
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
                        told: vec![(String::new(), name.clone(), String::new())],
                        name,
                        spot,
                        ..Issuer::default()
                    }),
                })
            }
            _ => None,
        }
    }

    /// Names those that are known by their address only, and counts them.
    pub fn finish(mut self, badges: &[Badge], language: &str, tally: &mut Tally) -> Vec<Issuer> {
        for (position, issuer) in self.all.iter_mut().enumerate() {
            issuer.settle(language, tally);
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

/// What an issuer is called, or its address.
fn words_of(value: &Value) -> String {
    match value {
        Value::Object(object) => first_text(object, &["name", "id", "@id"]),
        other => text_of(other),
    }
}

impl Issuer {
    /// Takes what a record says of it in a language.
    fn tell(&mut self, told: (String, String, String), spot: Spot, tally: &mut Tally) {
        let (language, name, description) = told;
        let known = self.told.iter_mut().find(|(known, ..)| *known == language);
        let Some((_, known_name, known_description)) = known else {
            self.told.push((language, name, description));
            return;
        };
        let mut fill = |field: &str, slot: &mut String, text: String| {
            fill(("records of an issuer", field), slot, text, spot, tally);
        };
        fill("name", known_name, name);
        fill("description", known_description, description);
    }

    /// Calls it as in the main language; what else it is called is a translation. Without a language, a record of its own counts.
    fn settle(&mut self, language: &str, tally: &mut Tally) {
        let mut told = std::mem::take(&mut self.told);
        told.sort_by_key(|(tag, ..)| match tag.as_str() {
            "" => 0,
            tag if tag == language => 1,
            _ => 2,
        });
        self.name = String::new();
        self.description = String::new();
        for (tag, name, description) in told {
            let is_main = tag.is_empty() || tag == language;
            if is_main || self.name.is_empty() {
                let spot = self.spot;
                let mut fill = |field: &str, slot: &mut String, text: String| {
                    fill(("records of an issuer", field), slot, text, spot, tally);
                };
                fill("name", &mut self.name, name);
                fill("description", &mut self.description, description);
                continue;
            }
            let same =
                name == self.name && (description.is_empty() || description == self.description);
            if !same && !name.is_empty() {
                self.translations.push((tag, name, description));
            }
        }
        self.translations.sort();
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
