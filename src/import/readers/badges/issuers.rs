//! Who issues: told in full in a document of its own, shortly inside a badge, by an address, or by hand by a name alone.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::find::Object;
use super::model::{Badge, Issuer};
use super::values::{first_text, picture, rest};
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
    pub fn add(&mut self, object: &Object, spot: Spot, tally: &mut Tally, counted: bool) -> usize {
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
    pub fn of(&mut self, value: &Value, spot: Spot, tally: &mut Tally) -> Option<usize> {
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
    pub fn finish(mut self, badges: &[Badge], tally: &mut Tally) -> Vec<Issuer> {
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
