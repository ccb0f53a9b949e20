//! What has changed in issuers, sets, recognitions, rubrics and crosswalks.

use std::collections::BTreeMap;

use super::comparison::{Comparison, Subject};
use super::rules;
use super::values::{difference, listed, named};
use super::{Thing, Which};
use crate::model::{
    Crosswalk, CrosswalkId, Declared, IssuerId, Project, RecognitionId, RowKind, Rubric, RubricId,
    SetId, address,
};

/// Compares all of them.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let matched = comparison.matched;
    macro_rules! kind {
        ($thing:ident, $arena:ident, $pair:path) => {
            comparison.declared_comings_and_goings(
                Thing::$thing,
                &matched.$arena,
                |project, id| &project.$arena[id].declared,
            );
            for (old, new) in matched.$arena.both() {
                $pair(comparison, old, new);
            }
        };
    }
    kind!(Issuer, issuers, issuer);
    kind!(Set, sets, set);
    kind!(Recognition, recognitions, recognition);
    kind!(Rubric, rubrics, rubric);
    kind!(Crosswalk, crosswalks, crosswalk);
}

/// The subject of a pair, unless both are written letter by letter the same.
fn changed_pair(
    comparison: &Comparison<'_>,
    thing: Thing,
    old: &Declared,
    new: &Declared,
) -> Option<Subject> {
    (!comparison.same_text(old, new)).then(|| {
        let id = comparison.new.id(new).to_owned();
        comparison.pair(thing, id, (old, new))
    })
}

fn reworded(comparison: &mut Comparison<'_>, subject: &Subject, old: &Declared, new: &Declared) {
    let same = comparison.same_prose(Some(&old.name), Some(&new.name))
        && comparison.same_prose(old.about.as_ref(), new.about.as_ref());
    if !same {
        comparison.change(subject, &rules::REWORDED, "name or description reworded");
    }
}

fn issuer(comparison: &mut Comparison<'_>, old_id: IssuerId, new_id: IssuerId) {
    let old = &comparison.old.issuers[old_id];
    let new = &comparison.new.issuers[new_id];
    let id = comparison.new.id(&new.declared).to_owned();
    let subject = comparison.pair(Thing::Issuer, id, (&old.declared, &new.declared));
    let before = address::issuer_profile(comparison.old, old_id).address;
    let after = address::issuer_profile(comparison.new, new_id).address;
    if comparison.is_readdressed(&before, &after) {
        let message = format!("address changed from <{before}> to <{after}>");
        comparison.change(&subject, &rules::ADDRESS, message);
    }
    let mut details = Vec::new();
    if !comparison.same_text_value(old.url, new.url) {
        details.push("web address");
    }
    if !comparison.same_text_value(old.email, new.email) {
        details.push("email");
    }
    if !comparison.same_text_value(old.phone, new.phone) {
        details.push("phone");
    }
    let country = |project: &Project, country: Option<(crate::model::Name, _)>| {
        country.map(|(name, _): (_, crate::source::Place)| project.name(name).to_owned())
    };
    if country(comparison.old, old.country) != country(comparison.new, new.country) {
        details.push("country");
    }
    if !details.is_empty() {
        let message = format!("{} changed", listed(&details));
        comparison.change(&subject, &rules::DETAILS, message);
    }
    reworded(comparison, &subject, &old.declared, &new.declared);
}

fn set(comparison: &mut Comparison<'_>, old_id: SetId, new_id: SetId) {
    let old = &comparison.old.sets[old_id];
    let new = &comparison.new.sets[new_id];
    let id = comparison.new.id(&new.declared).to_owned();
    let subject = comparison.pair(Thing::Set, id, (&old.declared, &new.declared));
    let members = |comparison: &Comparison<'_>, which: Which, id: SetId| -> Vec<String> {
        let members = comparison.compiler.members(which, id);
        let members = members.into_iter();
        members
            .map(|id| comparison.credential(which, id).to_owned())
            .collect()
    };
    let before = members(comparison, Which::Old, old_id);
    let after = members(comparison, Which::New, new_id);
    let (gone, come) = difference(before, after);
    if !come.is_empty() {
        let message = format!("holds {} as well", named(&come));
        comparison.change(&subject, &rules::SET_CHANGED, message);
    }
    if !gone.is_empty() {
        let message = format!("no longer holds {}", named(&gone));
        comparison.change(&subject, &rules::SET_CHANGED, message);
    }
    reworded(comparison, &subject, &old.declared, &new.declared);
}

fn recognition(comparison: &mut Comparison<'_>, old_id: RecognitionId, new_id: RecognitionId) {
    let old = &comparison.old.recognitions[old_id];
    let new = &comparison.new.recognitions[new_id];
    let Some(subject) = changed_pair(comparison, Thing::Recognition, &old.declared, &new.declared)
    else {
        return;
    };
    let grants = |which, recognition: &crate::model::Recognition| -> Vec<String> {
        let grants = recognition.grants.iter();
        grants
            .map(|&(id, _)| comparison.credential(which, id).to_owned())
            .collect()
    };
    let (gone, come) = difference(grants(Which::Old, old), grants(Which::New, new));
    if !gone.is_empty() {
        let message = format!("no longer grants {}", named(&gone));
        comparison.change(&subject, &rules::GRANT_REMOVED, message);
    }
    if !come.is_empty() {
        let message = format!("grants {}", named(&come));
        comparison.change(&subject, &rules::GRANT_ADDED, message);
    }
    match (old.valid_until, new.valid_until) {
        (Some(before), Some(after)) if before < after => {
            let message = format!("accepted until {after} instead of {before}");
            comparison.change(&subject, &rules::VALIDITY_LONGER, message);
        }
        (Some(before), Some(after)) if before > after => {
            let message = format!("accepted until {after} instead of {before}");
            comparison.change(&subject, &rules::VALIDITY_SHORTER, message);
        }
        (Some(_), None) => {
            comparison.change(&subject, &rules::VALIDITY_LONGER, "accepted without limit");
        }
        (None, Some(after)) => {
            let message = format!("accepted until {after} only");
            comparison.change(&subject, &rules::VALIDITY_SHORTER, message);
        }
        (Some(_), Some(_)) | (None, None) => {}
    }
    let same_evidence = old.evidence.len() == new.evidence.len()
        && old.evidence.iter().zip(&new.evidence).all(|(old, new)| {
            old.kind == new.kind && comparison.same_prose(Some(&old.prose), Some(&new.prose))
        });
    if !same_evidence {
        comparison.change(
            &subject,
            &rules::JUDGEMENT,
            "the evidence it asks for changed",
        );
    }
    reworded(comparison, &subject, &old.declared, &new.declared);
}

fn rubric(comparison: &mut Comparison<'_>, old_id: RubricId, new_id: RubricId) {
    let old = &comparison.old.rubrics[old_id];
    let new = &comparison.new.rubrics[new_id];
    let Some(subject) = changed_pair(comparison, Thing::Rubric, &old.declared, &new.declared)
    else {
        return;
    };
    let levels = |project: &Project, rubric: &Rubric| -> BTreeMap<String, i64> {
        let levels = rubric.levels.iter();
        levels
            .map(|level| (project.name(level.id).to_owned(), level.points.0))
            .collect()
    };
    let criteria = |project: &Project, rubric: &Rubric| -> BTreeMap<String, i64> {
        let criteria = rubric.criteria.iter();
        criteria
            .map(|criterion| (project.name(criterion.id).to_owned(), criterion.weight.0))
            .collect()
    };
    let mut changed = Vec::new();
    if levels(comparison.old, old) != levels(comparison.new, new) {
        changed.push("levels or their points");
    }
    if criteria(comparison.old, old) != criteria(comparison.new, new) {
        changed.push("criteria or their weights");
    }
    if changed.is_empty() {
        // What is left are words: of the cells, which say what is enough, or of names.
        let cells = |project: &Project, rubric: &Rubric| -> BTreeMap<(String, String), String> {
            let mut cells = BTreeMap::new();
            for criterion in &rubric.criteria {
                for (level, prose) in &criterion.cells {
                    let level = rubric
                        .levels
                        .get(*level)
                        .map_or("", |it| project.name(it.id));
                    let key = (project.name(criterion.id).to_owned(), level.to_owned());
                    cells.insert(key, project.prose(prose).into_owned());
                }
            }
            cells
        };
        if cells(comparison.old, old) == cells(comparison.new, new) {
            comparison.change(&subject, &rules::REWORDED, "names or translations reworded");
        } else {
            let message = "what the levels of a criterion look like has changed";
            comparison.change(&subject, &rules::RUBRIC, message);
        }
    } else {
        let message = format!("{} changed", listed(&changed));
        comparison.change(&subject, &rules::RUBRIC, message);
    }
}

fn crosswalk(comparison: &mut Comparison<'_>, old_id: CrosswalkId, new_id: CrosswalkId) {
    let old = &comparison.old.crosswalks[old_id];
    let new = &comparison.new.crosswalks[new_id];
    let Some(subject) = changed_pair(comparison, Thing::Crosswalk, &old.declared, &new.declared)
    else {
        return;
    };
    let rows = |which: Which, crosswalk: &Crosswalk| {
        let mut rows: BTreeMap<(String, String), &'static str> = BTreeMap::new();
        for row in &crosswalk.rows {
            let item = comparison.item(which, row.item).to_owned();
            match &row.kind {
                RowKind::Match(mapping) => {
                    let target = comparison.mapping_target(which, mapping.target);
                    rows.insert((item, target), mapping.verb.word());
                }
                RowKind::NoMatch { .. } => {
                    rows.insert((item, String::new()), "has no match");
                }
            }
        }
        rows
    };
    let (before, after) = (rows(Which::Old, old), rows(Which::New, new));
    for ((item, target), verb) in &after {
        let shown = if target.is_empty() {
            format!("`{item}` {verb}")
        } else {
            format!("`{item}` {verb} `{target}`")
        };
        match before.get(&(item.clone(), target.clone())) {
            Some(was) if was == verb => {}
            Some(was) => {
                let message = format!("{shown} (was: {was})");
                comparison.change(&subject, &rules::MAPPING_CHANGED, message);
            }
            None => comparison.change(&subject, &rules::MAPPING_ADDED, shown),
        }
    }
    for ((item, target), verb) in before.iter().filter(|(row, _)| !after.contains_key(*row)) {
        if target.is_empty() {
            // That nothing was found is no promise.
            let message = format!("no longer says that `{item}` has no match");
            comparison.change(&subject, &rules::DETAILS, message);
        } else {
            let message = format!("no longer: `{item}` {verb} `{target}`");
            comparison.change(&subject, &rules::MAPPING_REMOVED, message);
        }
    }
    if !comparison.same_text_value(old.version, new.version) {
        comparison.change(&subject, &rules::DETAILS, "version changed");
    }
}
