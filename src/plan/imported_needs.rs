//! What the relations of a pack say of the needs of an occupation: how grave each is and how it is rated, what kind of thing it is,
//! and in which order needs are told.

use core::cmp::Ordering;

use serde_json::Value;

use super::imported::Weight;
use crate::import::details::{DetailRelation, Details};
use crate::import::pack::{Pack, PackItemIndex};

/// The field in which ESCO says whether what it lists as a skill is one, or knowledge.
const SKILL_TYPE: &str = "skillType";

/// What kind of thing an item is: what its publisher says of it, where that is finer than the kind of its pack.
pub(super) fn kind_of(pack: &Pack, details: &Details, index: PackItemIndex) -> String {
    let kind = pack.item(index).kind.clone().unwrap_or_default();
    let fields = details.fields(index).filter(|_| kind == "skill");
    let finer = fields.and_then(|fields| {
        let fields: Value = serde_json::from_str(fields).ok()?;
        let said = fields.get(SKILL_TYPE)?.as_str()?.trim();
        (said == "knowledge").then(|| said.to_owned())
    });
    finer.unwrap_or(kind)
}

/// Names as a dictionary has them, capitals beside small letters.
pub(super) fn by_name(one: &str, other: &str) -> Ordering {
    let folded = |name: &str| name.to_lowercase();
    folded(one).cmp(&folded(other)).then_with(|| one.cmp(other))
}

/// O*NET calls an element important from here on, on its scale from 1 to 5.
const IMPORTANT: f64 = 3.0;

/// What one relation says of a need.
pub(super) struct Said {
    pub(super) weight: Weight,
    pub(super) importance: f64,
    pub(super) rating: Option<String>,
}

/// `None` for relations that name no need: related occupations, job zones.
pub(super) fn said(relation: &DetailRelation<'_>) -> Option<Said> {
    let kind = relation.kind;
    let plain = |weight| {
        Some(Said {
            weight,
            importance: 0.0,
            rating: None,
        })
    };
    let of_task = kind.contains("task");
    if let Some(table) = kind.strip_suffix(" rating") {
        return rating(relation.fields, table.starts_with("task"));
    }
    match kind {
        _ if kind.starts_with("essential") => plain(Weight::Essential),
        _ if kind.starts_with("optional") => plain(Weight::Optional),
        "core" | "needs" => plain(Weight::Essential),
        "additional" | "technology skill" => plain(Weight::Optional),
        _ if kind.starts_with("has ") && of_task => plain(Weight::Task),
        _ if kind.starts_with("has ") => plain(Weight::Essential),
        _ => None,
    }
}

/// A rating of O*NET: importance decides what is essential; other scales are told beside it.
fn rating(fields: Option<&str>, of_task: bool) -> Option<Said> {
    let fields: Value = serde_json::from_str(fields?).ok()?;
    let field = |name: &str| fields.get(name).and_then(Value::as_str).map(str::trim);
    let value: f64 = field("Data Value")?.parse().ok()?;
    // What O*NET calls not relevant is rated nevertheless.
    if field("Not Relevant") == Some("Y") {
        return Some(Said {
            weight: if of_task {
                Weight::Task
            } else {
                Weight::Optional
            },
            importance: 0.0,
            rating: None,
        });
    }
    let doubtful = if field("Recommend Suppress") == Some("Y") {
        " (imprecise)"
    } else {
        ""
    };
    let (name, importance) = match field("Scale ID") {
        Some("IM") => ("importance", value),
        Some("LV") => ("level", 0.0),
        _ => return None,
    };
    let weight = if of_task {
        Weight::Task
    } else if importance >= IMPORTANT {
        Weight::Essential
    } else {
        Weight::Optional
    };
    Some(Said {
        weight,
        importance,
        rating: Some(format!("{name} {value}{doubtful}")),
    })
}

#[cfg(test)]
mod tests {
    use super::by_name;

    #[test]
    fn capitals_stand_beside_small_letters() {
        let mut names = ["XQuery", "create models", "LDAP", "database", "Database"];
        names.sort_by(|one, other| by_name(one, other));
        assert_eq!(
            names,
            ["create models", "Database", "database", "LDAP", "XQuery"]
        );
    }
}
