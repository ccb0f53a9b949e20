//! The classes of Open Badges 3.0 that are written, with their properties in output order.
//!
//! `@context`, `id`, `type` come first; what may be absent is an `Option` or a list that is left out when empty.

use std::borrow::Cow;

use serde::Serialize;

/// The contexts of a document, in the order the standard asks for.
pub const CONTEXT: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

/// A badge class.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Achievement<'a> {
    #[serde(rename = "@context")]
    pub context: [&'static str; 2],
    pub id: String,
    #[serde(rename = "type")]
    pub kind: [&'static str; 1],
    pub achievement_type: &'static str,
    pub name: Cow<'a, str>,
    pub description: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub human_code: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_of_study: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits_available: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tag: Vec<Cow<'a, str>>,
    pub image: Image<'a>,
    pub criteria: Criteria,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<Profile<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alignment: Vec<Alignment<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub result_description: Vec<ResultDescription<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related<'a>>,
}

/// How it is earned. The class has no `type`.
#[derive(Debug, Serialize)]
pub struct Criteria {
    /// A page for people.
    pub id: String,
    /// Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
}

/// A picture.
#[derive(Debug, Serialize)]
pub struct Image<'a> {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<Cow<'a, str>>,
}

/// An issuer.
#[derive(Debug, Serialize)]
pub struct Profile<'a> {
    /// Only where the profile is a document of its own.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<[&'static str; 2]>,
    pub id: String,
    #[serde(rename = "type")]
    pub kind: [&'static str; 1],
    pub name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address<'a>>,
}

/// Where an issuer is.
#[derive(Debug, Serialize)]
pub struct Address<'a> {
    #[serde(rename = "type")]
    pub kind: [&'static str; 1],
    /// ISO 3166-1 alpha-2.
    #[serde(rename = "addressCountryCode")]
    pub country_code: &'a str,
}

/// Something the achievement is aligned with.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Alignment<'a> {
    #[serde(rename = "type")]
    pub kind: [&'static str; 1],
    pub target_name: Cow<'a, str>,
    pub target_url: Cow<'a, str>,
    pub target_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_code: Option<Cow<'a, str>>,
}

/// A result that may be asserted, and what must be reached.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultDescription<'a> {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: [&'static str; 1],
    pub name: String,
    pub result_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_min: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_max: Option<String>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub allowed_value: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_level: Option<String>,
    /// The lowest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rubric_criterion_level: Vec<RubricCriterionLevel<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alignment: Vec<Alignment<'a>>,
}

/// One level of performance in one criterion.
#[derive(Debug, Serialize)]
pub struct RubricCriterionLevel<'a> {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: [&'static str; 1],
    pub name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Cow<'a, str>>,
    /// Its place from the lowest, counted from 1.
    pub level: String,
    pub points: String,
}

/// Another edition, or a previous or next version.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Related<'a> {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Cow<'a, str>>,
}
