//! What earners can reach in a badge (`resultDescription`), read and put together to assessments with their rubrics.
//!
//! Open Badges have a result for an assessment as a whole and one for each criterion of its rubric, side by side. They belong together
//! where their ids say so (`#critique`, `#critique.accuracy`) and their levels are the same; a result whose id says nothing is an
//! assessment of its own. Nothing is guessed beyond that: what a result says that no assessment has a word for stays as words.

use serde_json::Value;

use super::find::{Object, listed};
use super::forms::amount;
use super::values::{first_text, rest, text_of};
use crate::import::source::name;
use crate::import::tally::{Spot, Tally};

/// One result as a badge describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The part of its id behind `#`; empty where there is none.
    pub fragment: String,
    pub name: String,
    /// `Percent`, `RubricCriterionLevel` …
    pub kind: String,
    pub least: String,
    pub most: String,
    pub required: String,
    /// The position of the level that is asked for.
    pub required_level: Option<usize>,
    /// The values that there are, where they are words.
    pub allowed: Vec<String>,
    pub levels: Vec<Level>,
    /// Addresses of what is assessed.
    pub assessed: Vec<String>,
    /// Fields that are not read here, and parts of others that cannot be.
    pub rest: Vec<(String, String)>,
}

/// A level that can be reached in a criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Level {
    /// The last part of its id.
    pub hint: String,
    pub name: String,
    pub description: String,
    /// As the language writes a number; empty where there is none.
    pub points: String,
}

/// Results that are one assessment, by their positions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// What its id is made of, if its results have ids that say so.
    pub hint: String,
    pub overall: Option<usize>,
    pub criteria: Vec<usize>,
}

/// Fields of a result that are read, and of a level.
const RESULT_FIELDS: &[&str] = &[
    "@context",
    "id",
    "@id",
    "type",
    "@type",
    "name",
    "resultType",
    "valueMin",
    "valueMax",
    "requiredValue",
    "requiredLevel",
    "allowedValue",
    "rubricCriterionLevel",
    "alignment",
];
const LEVEL_FIELDS: &[&str] = &[
    "id",
    "@id",
    "type",
    "@type",
    "name",
    "description",
    "points",
    "level",
];

/// Reads the results of a badge.
pub fn results(object: &Object, spot: Spot, tally: &mut Tally) -> Vec<Told> {
    let values = object.get("resultDescription").cloned().map(listed);
    let mut read = Vec::new();
    for value in values.unwrap_or_default() {
        match value.as_object() {
            Some(object) => read.push(result(object)),
            None => {
                tally.read("result");
                let reason = "results that are only named, with nothing said of them";
                tally.skipped("result", reason, spot, &text_of(&value));
            }
        }
    }
    read
}

fn result(object: &Object) -> Told {
    let list = |field: &str| object.get(field).cloned().map(listed).unwrap_or_default();
    let values = list("rubricCriterionLevel");
    let mut more = rest(object, RESULT_FIELDS);
    for field in ["rubricCriterionLevel", "alignment"] {
        let odd = list(field).into_iter().filter(|value| !value.is_object());
        more.extend(odd.map(|value| (field.to_owned(), text_of(&value))));
    }
    let levels = values.iter().filter_map(Value::as_object);
    let mut ids = Vec::new();
    let mut read = Vec::new();
    for (position, level) in levels.enumerate() {
        let id = first_text(level, &["id", "@id"]);
        let hint = fragment(&id).rsplit('.').next().unwrap_or("").to_owned();
        let points = first_text(level, &["points"]);
        if !points.is_empty() && number(&points).is_none() {
            more.push(("points".to_owned(), points.clone()));
        }
        // Levels stand in their order, which is mostly also their number.
        let rank = first_text(level, &["level"]);
        if !rank.is_empty() && rank != (position + 1).to_string() {
            more.push(("level".to_owned(), rank));
        }
        more.extend(rest(level, LEVEL_FIELDS));
        read.push(Level {
            hint,
            name: name(&first_text(level, &["name"])),
            description: first_text(level, &["description"]).trim().to_owned(),
            points: number(&points).unwrap_or_default(),
        });
        ids.push(id);
    }
    let required_level = first_text(object, &["requiredLevel"]);
    let level = ids
        .iter()
        .position(|id| !id.is_empty() && *id == required_level);
    if level.is_none() && !required_level.is_empty() {
        more.push(("requiredLevel".to_owned(), required_level));
    }
    let assessed = list("alignment");
    let assessed = assessed.iter().filter_map(Value::as_object);
    Told {
        fragment: fragment(&first_text(object, &["id", "@id"])).to_owned(),
        name: name(&first_text(object, &["name"])),
        kind: first_text(object, &["resultType"]),
        least: first_text(object, &["valueMin"]),
        most: first_text(object, &["valueMax"]),
        required: first_text(object, &["requiredValue"]),
        required_level: level,
        allowed: list("allowedValue").iter().map(text_of).collect(),
        levels: read,
        assessed: assessed
            .map(|alignment| first_text(alignment, &["targetUrl", "url", "id"]))
            .filter(|address| !address.is_empty())
            .collect(),
        rest: more,
    }
}

/// A number as the language writes it, nothing included.
pub fn number(text: &str) -> Option<String> {
    let zero = text.parse::<f64>().is_ok_and(|value| value == 0.0);
    if zero {
        Some("0".to_owned())
    } else {
        amount(text)
    }
}

fn fragment(id: &str) -> &str {
    id.split_once('#').map_or("", |(_, fragment)| fragment)
}

/// Puts results together to assessments, in the order of the badge.
pub fn groups(results: &[Told]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (position, told) in results.iter().enumerate() {
        let is_criterion = !told.levels.is_empty();
        let hint = match told.fragment.rsplit_once('.') {
            Some((base, _)) if is_criterion => base,
            _ => told.fragment.as_str(),
        };
        let same = groups.iter_mut().find(|group| {
            let levels = |&at: &usize| results.get(at).map(|told| told.levels.as_slice());
            let first = group.criteria.first().and_then(levels);
            let fits = match (is_criterion, first) {
                (true, Some(first)) => same_levels(first, &told.levels),
                (true, None) => true,
                (false, _) => group.overall.is_none(),
            };
            !hint.is_empty() && group.hint == hint && fits
        });
        let group = match same {
            Some(group) => group,
            None => {
                groups.push(Group {
                    hint: hint.to_owned(),
                    ..Group::default()
                });
                let Some(last) = groups.last_mut() else {
                    continue;
                };
                last
            }
        };
        if is_criterion {
            group.criteria.push(position);
        } else {
            group.overall = Some(position);
        }
    }
    groups
}

fn same_levels(one: &[Level], other: &[Level]) -> bool {
    let told = |levels: &[Level]| -> Vec<(String, String)> {
        let told = levels
            .iter()
            .map(|level| (level.name.clone(), level.points.clone()));
        told.collect()
    };
    told(one) == told(other)
}

impl Group {
    /// The names of the assessment and of its criteria: a criterion has the name of the assessment before its own, with a
    /// colon. A single result without a colon names both.
    pub fn names(&self, results: &[Told]) -> (String, Vec<String>) {
        let of = |at: usize| results.get(at).map_or("", |told| told.name.as_str());
        let parts: Vec<(&str, &str)> = self
            .criteria
            .iter()
            .map(|&at| apart(of(at)).unwrap_or((of(at), "")))
            .collect();
        let overall = self.overall.map(of);
        let first = parts.first().map_or("", |(before, _)| *before);
        let shared = overall.unwrap_or(first);
        let is_before = parts.iter().all(|(before, _)| *before == shared);
        let criteria = self.criteria.iter().zip(&parts).map(|(&at, (_, own))| {
            match is_before && !own.is_empty() {
                true => (*own).to_owned(),
                false => of(at).to_owned(),
            }
        });
        let criteria: Vec<String> = criteria.collect();
        let whole = match (overall, is_before) {
            (Some(overall), _) => overall,
            (None, true) => first,
            (None, false) => self.criteria.first().map_or("", |&at| of(at)),
        };
        (whole.to_owned(), criteria)
    }
}

/// A name in two parts at its first colon; some languages have a blank before it.
fn apart(text: &str) -> Option<(&str, &str)> {
    let (before, own) = text
        .split_once(": ")
        .or_else(|| text.split_once(":\u{a0}"))?;
    Some((before.trim_end(), own.trim()))
}
