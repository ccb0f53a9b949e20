//! What has changed in what a credential teaches and assesses, and how.

use super::Which;
use super::comparison::{Comparison, Subject};
use super::rules::{self, ChangeRule};
use super::values::{difference, listed, named};
use crate::model::{Assessment, Attained, Credential, PassMark};

pub(super) fn outcomes(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    let lists: [(&str, &[Attained], &[Attained]); 3] = [
        ("introduces", &old.introduces, &new.introduces),
        ("reinforces", &old.reinforces, &new.reinforces),
        ("teaches", &old.teaches, &new.teaches),
    ];
    for (verb, old, new) in lists {
        let before = comparison.attained(Which::Old, old);
        let after = comparison.attained(Which::New, new);
        if before == after {
            continue;
        }
        let (gone, come) = difference(before.keys().cloned(), after.keys().cloned());
        let message = match (gone.is_empty(), come.is_empty()) {
            (true, true) => format!("{verb} something at another level"),
            (true, false) => format!("{verb} {} as well", named(&come)),
            (false, true) => format!("{verb} {} no longer", named(&gone)),
            (false, false) => format!("{verb} {} instead of {}", named(&come), named(&gone)),
        };
        comparison.change(subject, &rules::OUTCOMES, message);
    }
    let assessed = |credential: &Credential| -> Vec<Attained> {
        let assessments = credential.assessments.iter();
        assessments
            .flat_map(|assessment| assessment.assesses.iter().copied())
            .collect()
    };
    let before = comparison.attained(Which::Old, &assessed(old));
    let after = comparison.attained(Which::New, &assessed(new));
    let (gone, come) = difference(before.keys().cloned(), after.keys().cloned());
    if !come.is_empty() {
        let message = format!("also assesses {}", named(&come));
        comparison.change(subject, &rules::ASSESSED_ADDED, message);
    }
    if !gone.is_empty() {
        let message = format!("no longer assesses {}", named(&gone));
        comparison.change(subject, &rules::ASSESSED_REMOVED, message);
    }
    for (item, levels) in &before {
        let Some(now) = after.get(item) else { continue };
        if levels == now {
            continue;
        }
        let shown = |levels: &std::collections::BTreeSet<String>| {
            let levels: Vec<&str> = levels
                .iter()
                .map(|level| if level.is_empty() { "no level" } else { level })
                .collect();
            listed(&levels)
        };
        let message = format!(
            "assesses `{item}` at {} instead of {}",
            shown(now),
            shown(levels)
        );
        comparison.change(subject, &rules::ASSESSED_LEVEL, message);
    }
}

pub(super) fn assessments(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    let (before, after) = (comparison.old, comparison.new);
    for assessment in &new.assessments {
        let id = after.name(assessment.id);
        let known = old
            .assessments
            .iter()
            .find(|known| before.name(known.id) == id);
        match known {
            None => {
                let message = format!("assessment `{id}` added");
                comparison.change(subject, &rules::ASSESSMENT_ADDED, message);
            }
            Some(known) => one_assessment(comparison, subject, id, known, assessment),
        }
    }
    for assessment in &old.assessments {
        let id = before.name(assessment.id);
        if !new
            .assessments
            .iter()
            .any(|known| after.name(known.id) == id)
        {
            let message = format!("assessment `{id}` removed");
            comparison.change(subject, &rules::ASSESSMENT_REMOVED, message);
        }
    }
}

fn one_assessment(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    id: &str,
    old: &Assessment,
    new: &Assessment,
) {
    let mut changed = Vec::new();
    if old.kind != new.kind {
        changed.push("kind");
    }
    let rubric = |assessment: &Assessment| assessment.rubric.map(|(rubric, _)| rubric);
    let moved = rubric(old).and_then(|old| comparison.matched.rubrics.new_one(old));
    if moved != rubric(new) || rubric(old).is_some() != rubric(new).is_some() {
        changed.push("rubric");
    }
    let evidence_differs = old.evidence.len() != new.evidence.len()
        || old
            .evidence
            .iter()
            .zip(&new.evidence)
            .any(|(old, new)| old.kind != new.kind);
    if evidence_differs {
        changed.push("evidence");
    }
    let weight = |assessment: &Assessment| {
        let weight = assessment.weight?;
        Some((weight.amount, weight.percent))
    };
    if weight(old) != weight(new) {
        changed.push("weight");
    }
    let supervised = |assessment: &Assessment| {
        let supervised = assessment.supervision?;
        Some((supervised.how, supervised.identity_checked))
    };
    if supervised(old) != supervised(new) {
        changed.push("supervision");
    }
    if !changed.is_empty() {
        let message = format!("assessment `{id}`: {} changed", listed(&changed));
        comparison.change(subject, &rules::ASSESSMENT_CHANGED, message);
    }
    pass_mark(comparison, subject, id, old, new);
    let words = comparison.same_prose(Some(&old.name), Some(&new.name))
        && comparison.same_prose(old.about.as_ref(), new.about.as_ref())
        && (evidence_differs
            || old
                .evidence
                .iter()
                .zip(&new.evidence)
                .all(|(old, new)| comparison.same_prose(Some(&old.prose), Some(&new.prose))));
    if !words {
        let message = format!("assessment `{id}` reworded");
        comparison.change(subject, &rules::REWORDED, message);
    }
}

/// A pass mark as something that can be compared: what it counts, and how much.
fn mark(
    project: &crate::model::Project,
    assessment: &Assessment,
) -> Option<(&'static str, i64, String)> {
    Some(match assessment.pass?.mark {
        PassMark::Percent(amount) => ("percent", amount.0, format!("{amount}%")),
        PassMark::All => ("percent", 100_000, "everything".to_owned()),
        PassMark::Points(amount) => ("points", amount.0, format!("{amount} points")),
        PassMark::Level(position) => {
            let level = assessment
                .rubric
                .and_then(|(rubric, _)| project.rubrics[rubric].levels.get(position))?;
            let name = project.name(level.id);
            ("level", level.points.0, format!("level `{name}`"))
        }
    })
}

fn pass_mark(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    id: &str,
    old: &Assessment,
    new: &Assessment,
) {
    let before = mark(comparison.old, old);
    let after = mark(comparison.new, new);
    if before == after {
        return;
    }
    let shown = |mark: &Option<(&'static str, i64, String)>| {
        mark.as_ref()
            .map_or_else(|| "none".to_owned(), |(_, _, words)| words.clone())
    };
    let (rule, word): (&'static ChangeRule, _) = match (&before, &after) {
        (Some((one, old, _)), Some((other, new, _))) if one == other && new > old => {
            (&rules::PASS_RAISED, "raised")
        }
        (Some((one, old, _)), Some((other, new, _))) if one == other && new < old => {
            (&rules::PASS_LOWERED, "lowered")
        }
        (Some((one, _, _)), Some((other, _, _))) if one == other => return,
        (Some(_), None) => (&rules::PASS_LOWERED, "dropped"),
        _ => (&rules::PASS, "changed"),
    };
    let message = format!(
        "assessment `{id}`: pass mark {word} from {} to {}",
        shown(&before),
        shown(&after)
    );
    comparison.change(subject, rule, message);
}
