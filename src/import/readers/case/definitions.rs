//! What a CASE package holds beside items and associations: definitions (subjects, item types, licences, groupings, concepts),
//! rubrics and extensions. They are kept with the framework, and counted.

use rustc_hash::FxHashSet;
use serde_json::Value;

use crate::import::release::Release;
use crate::import::tally::{Outcome, Spot};

use super::super::json::Object;

/// Keeps everything; several packages are put together list by list, without repeating what is the same.
pub(super) fn keep(file: u32, rest: Object, release: &mut Release) {
    for (name, value) in rest {
        match (name.as_str(), &value) {
            ("CFDefinitions", Value::Object(lists)) => {
                for list in lists.values() {
                    count("definition", list, release);
                }
            }
            ("CFRubrics", list) => count("rubric", list, release),
            _ => {}
        }
        match release.head.fields.get_mut(&name) {
            Some(known) => put_together(known, value),
            None if says_something(&value) => {
                release.head.fields.insert(name, value);
            }
            None => {}
        }
    }
    apply_licence(file, release);
}

fn count(kind: &str, list: &Value, release: &mut Release) {
    for _ in list.as_array().into_iter().flatten() {
        release.tally.read(kind);
        release.tally.kept(kind);
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(values) => !values.is_empty(),
        Value::Object(members) => members.values().any(says_something),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

fn put_together(known: &mut Value, more: Value) {
    match (known, more) {
        (Value::Array(known), Value::Array(more)) => {
            let seen: FxHashSet<String> = known.iter().map(Value::to_string).collect();
            known.extend(
                more.into_iter()
                    .filter(|value| !seen.contains(&value.to_string())),
            );
        }
        (Value::Object(known), Value::Object(more)) => {
            for (name, value) in more {
                match known.get_mut(&name) {
                    Some(Value::Array(list)) => {
                        let mut list_value = Value::Array(std::mem::take(list));
                        put_together(&mut list_value, value);
                        known.insert(name, list_value);
                    }
                    Some(_) => {}
                    None => {
                        known.insert(name, value);
                    }
                }
            }
        }
        (_, _) => {}
    }
}

/// A package with one licence and a document that names none is under that one.
fn apply_licence(file: u32, release: &mut Release) {
    if release.head.licence.is_some() {
        return;
    }
    let lists = release.head.fields.get("CFDefinitions");
    let licences = lists.and_then(|lists| lists.get("CFLicenses"));
    let Some([licence]) = licences.and_then(Value::as_array).map(Vec::as_slice) else {
        return;
    };
    let title = licence.get("title").and_then(Value::as_str);
    let Some(title) = title.map(str::to_owned) else {
        return;
    };
    let spot = Spot { file, line: 0 };
    let reason = "licences taken from the definitions, where the document names none";
    release.tally.note(Outcome::Noted, reason, spot, &title);
    release.head.licence = Some(title);
}
