//! Finds badges and issuers in documents, however they are wrapped.
//!
//! Goes in: JSON documents. Comes out: the objects that are badges and issuers, each with the issuer of its wrapper where it names none.

use serde_json::{Map, Value};

use crate::import::tally::{Outcome, Spot, Tally};

/// An object as the file has it.
pub type Object = Map<String, Value>;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    pub badges: Vec<FoundBadge>,
    pub issuers: Vec<(Object, Spot)>,
}

/// A badge, and who issued the credential that it was taken from.
#[derive(Debug)]
pub struct FoundBadge {
    pub object: Object,
    pub issuer: Option<Value>,
    pub spot: Spot,
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    Badge,
    Issuer,
    /// An award of a badge to somebody.
    Credential,
    /// Something else of the standards: an endorsement, a key, a list of revocations.
    Other,
    /// Nothing that is known; there may be badges inside.
    Wrapper,
}

/// Looks for badges and issuers in a document.
pub fn collect(document: Value, file: u32, found: &mut Found, tally: &mut Tally) {
    let mut search = Search {
        file,
        line: 0,
        found,
        tally,
    };
    search.value(document);
}

struct Search<'s> {
    file: u32,
    /// How many objects were found in the file.
    line: u32,
    found: &'s mut Found,
    tally: &'s mut Tally,
}

impl Search<'_> {
    fn spot(&mut self) -> Spot {
        self.line = self.line.saturating_add(1);
        Spot {
            file: self.file,
            line: self.line,
        }
    }

    fn value(&mut self, value: Value) {
        match value {
            Value::Array(values) => values.into_iter().for_each(|value| self.value(value)),
            Value::Object(object) => self.object(object),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn object(&mut self, object: Object) {
        let (is, typed) = classify(&object);
        match is {
            Is::Badge => {
                let spot = self.spot();
                self.tally.read("badge");
                if !typed {
                    let reason = "badges that do not say that they are one";
                    self.tally
                        .note(Outcome::Mended, reason, spot, &named(&object));
                }
                self.found.badges.push(FoundBadge {
                    object,
                    issuer: None,
                    spot,
                });
            }
            Is::Issuer => {
                let spot = self.spot();
                if !typed {
                    let reason = "issuers that do not say that they are one";
                    self.tally
                        .note(Outcome::Mended, reason, spot, &named(&object));
                }
                self.found.issuers.push((object, spot));
            }
            Is::Credential => self.credential(object),
            Is::Other => {
                let spot = self.spot();
                let kind = types(&object).join(" ");
                self.tally.read(&kind);
                let reason = "objects of the standards that are no badge";
                self.tally.skipped(&kind, reason, spot, &named(&object));
            }
            Is::Wrapper => object.into_iter().for_each(|(name, value)| {
                if name != "@context" {
                    self.value(value);
                }
            }),
        }
    }

    /// Takes the badge out of an award; who has earned it is nobody's business here.
    fn credential(&mut self, mut object: Object) {
        let spot = self.spot();
        self.tally.read("award");
        let issuer = object.remove("issuer");
        let mut inner: Vec<Value> = Vec::new();
        for name in ["badge", "verifiableCredential", "achievement"] {
            inner.extend(object.remove(name).into_iter().flat_map(listed));
        }
        for subject in object
            .remove("credentialSubject")
            .into_iter()
            .flat_map(listed)
        {
            if let Value::Object(mut subject) = subject {
                for name in ["achievement", "verifiableCredential"] {
                    inner.extend(subject.remove(name).into_iter().flat_map(listed));
                }
            }
        }
        let before = self.found.badges.len();
        let mut addresses = 0;
        for value in inner {
            match value {
                // Without a type of its own it is a badge by where it stands.
                Value::Object(object)
                    if matches!(classify(&object), (Is::Wrapper | Is::Issuer, false)) =>
                {
                    let spot = self.spot();
                    self.tally.read("badge");
                    let reason = "badges that do not say that they are one";
                    self.tally
                        .note(Outcome::Mended, reason, spot, &named(&object));
                    self.found.badges.push(FoundBadge {
                        object,
                        issuer: None,
                        spot,
                    });
                }
                Value::String(_) => addresses += 1,
                other => self.value(other),
            }
        }
        let badges = self.found.badges.get_mut(before..).unwrap_or_default();
        for badge in badges.iter_mut() {
            badge.issuer = badge.issuer.take().or_else(|| issuer.clone());
        }
        let reason = match (before < self.found.badges.len(), addresses > 0) {
            (true, _) => "awards, of which only the badge is taken",
            (false, true) => "awards of a badge that is named by its address only",
            (false, false) => "awards without a badge",
        };
        self.tally.skipped("award", reason, spot, &named(&object));
    }
}

/// One value or a list of them.
pub fn listed(value: Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values,
        Value::Null => Vec::new(),
        other => vec![other],
    }
}

/// The name or the id of an object, for messages.
fn named(object: &Object) -> String {
    ["name", "id", "@id"]
        .iter()
        .find_map(|name| object.get(*name).and_then(Value::as_str))
        .unwrap_or("")
        .to_owned()
}

/// The types of an object, without prefixes and addresses.
fn types(object: &Object) -> Vec<String> {
    let values = ["type", "@type"]
        .iter()
        .filter_map(|name| object.get(*name));
    values
        .flat_map(|value| listed(value.clone()))
        .filter_map(|value| value.as_str().map(str::to_owned))
        .map(|name| {
            let local = name.rsplit(['#', '/', ':']).next();
            local.unwrap_or(&name).to_owned()
        })
        .collect()
}

/// What an object is, and whether it says so itself.
fn classify(object: &Object) -> (Is, bool) {
    let types = types(object);
    let is = |names: &[&str]| {
        let mut known = types.iter();
        known.any(|known| names.iter().any(|name| known.eq_ignore_ascii_case(name)))
    };
    let has = |name: &str| object.get(name).is_some_and(|value| !value.is_null());
    if is(&[
        "EndorsementCredential",
        "Endorsement",
        "RevocationList",
        "CryptographicKey",
        "Key",
    ]) {
        return (Is::Other, true);
    }
    if is(&[
        "OpenBadgeCredential",
        "AchievementCredential",
        "ClrCredential",
        "VerifiableCredential",
        "Assertion",
    ]) {
        return (Is::Credential, true);
    }
    if is(&["BadgeClass", "Achievement"]) {
        return (Is::Badge, true);
    }
    if is(&["Issuer", "Profile", "IssuerOrg"]) {
        return (Is::Issuer, true);
    }
    // Without a type, or with a wrong one, what an object has tells what it is.
    if has("credentialSubject") || (has("badge") && has("recipient")) {
        return (Is::Credential, false);
    }
    let has_name = has("name");
    let of_badge = ["criteria", "achievementType", "alignment", "alignments"];
    if has_name && (of_badge.iter().any(|name| has(name)) || (has("issuer") && has("description")))
    {
        return (Is::Badge, false);
    }
    if has_name && has("url") && (has("email") || has("description") || has("image")) {
        return (Is::Issuer, false);
    }
    (Is::Wrapper, false)
}
