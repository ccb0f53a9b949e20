//! What has changed in pathways, their stages, and roles.

use super::comparison::{Comparison, Decision, Subject};
use super::fulfilment::{self, HELD, Reported};
use super::rules;
use super::values::{difference, listed, named};
use super::{Thing, Which};
use crate::model::{CredentialId, Pathway, PathwayId, Requirement, RoleId, StageId, address};
use crate::source::Place;

/// Compares all pathways and roles.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let matched = comparison.matched;
    comparison.declared_comings_and_goings(Thing::Pathway, &matched.pathways, |project, id| {
        &project.pathways[id].declared
    });
    for (old, new) in matched.pathways.both() {
        pathway(comparison, old, new);
    }
    comparison.declared_comings_and_goings(Thing::Role, &matched.roles, |project, id| {
        &project.roles[id].declared
    });
    for (old, new) in matched.roles.both() {
        role(comparison, old, new);
    }
}

fn asked(comparison: &Comparison<'_>, which: Which, pathway: &Pathway) -> Vec<Requirement> {
    let project = comparison.project(which);
    let stages = pathway.stages.iter();
    stages
        .flat_map(|&stage| project.stages[stage].asks.iter().cloned())
        .collect()
}

fn pathway(comparison: &mut Comparison<'_>, old_id: PathwayId, new_id: PathwayId) {
    let old = &comparison.old.pathways[old_id];
    let new = &comparison.new.pathways[new_id];
    let id = comparison.new.id(&new.declared).to_owned();
    let subject = comparison.pair(Thing::Pathway, id, (&old.declared, &new.declared));
    let page = |project: &crate::model::Project, id| {
        address::pathway_page(project, id, project.main_language()).address
    };
    let (before, after) = (page(comparison.old, old_id), page(comparison.new, new_id));
    if comparison.is_readdressed(&before, &after) {
        let message = format!("address changed from <{before}> to <{after}>");
        comparison.change(&subject, &rules::ADDRESS, message);
    }
    let mut whole = |which: Which, pathway: &Pathway| {
        let asked = asked(comparison, which, pathway);
        let mut parts = vec![comparison.compiler.all(which, &asked)?];
        for &(goal, _) in &pathway.leads_to {
            parts.push(comparison.compiler.held(which, goal));
        }
        Some(comparison.compiler.formulas.all(parts))
    };
    let before = whole(Which::Old, old);
    let after = whole(Which::New, new);
    let decision = comparison.decide(before, after);
    let reported = Reported {
        what: "what must be held to finish it",
        ..HELD
    };
    fulfilment::report(comparison, &subject, decision, reported, false);
    if comparison.same_text(&old.declared, &new.declared) {
        return;
    }
    goals(comparison, &subject, old, new);
    stages(comparison, &subject, old, new);
    let same = comparison.same_prose(Some(&old.declared.name), Some(&new.declared.name))
        && comparison.same_prose(old.declared.about.as_ref(), new.declared.about.as_ref())
        && comparison.same_proses(&old.tags, &new.tags);
    if !same {
        comparison.change(
            &subject,
            &rules::REWORDED,
            "name, description or tags reworded",
        );
    }
    if !comparison.same_text_value(old.version, new.version) {
        comparison.change(&subject, &rules::DETAILS, "version changed");
    }
}

fn credentials(
    comparison: &Comparison<'_>,
    which: Which,
    list: &[(CredentialId, Place)],
) -> Vec<String> {
    list.iter()
        .map(|&(id, _)| comparison.credential(which, id).to_owned())
        .collect()
}

fn goals(comparison: &mut Comparison<'_>, subject: &Subject, old: &Pathway, new: &Pathway) {
    let (gone, come) = difference(
        credentials(comparison, Which::Old, &old.leads_to),
        credentials(comparison, Which::New, &new.leads_to),
    );
    if !gone.is_empty() {
        let message = format!("no longer leads to {}", named(&gone));
        comparison.change(subject, &rules::AWARD_REMOVED, message);
    }
    if !come.is_empty() {
        let message = format!("leads to {}", named(&come));
        comparison.change(subject, &rules::ADDED, message);
    }
    // What may be taken away on the way, wherever it is awarded.
    let awards = |which: Which, pathway: &Pathway| -> Vec<String> {
        let project = comparison.project(which);
        let stages = pathway.stages.iter();
        stages
            .flat_map(|&stage| credentials(comparison, which, &project.stages[stage].awards))
            .collect()
    };
    let (gone, come) = difference(awards(Which::Old, old), awards(Which::New, new));
    if !gone.is_empty() {
        let message = format!("no longer awards {} on the way", named(&gone));
        comparison.change(subject, &rules::AWARD_REMOVED, message);
    }
    if !come.is_empty() {
        let message = format!("awards {} on the way", named(&come));
        comparison.change(subject, &rules::ADDED, message);
    }
}

fn stages(comparison: &mut Comparison<'_>, subject: &Subject, old: &Pathway, new: &Pathway) {
    let matched = comparison.matched;
    let name = |project: &crate::model::Project, stage: StageId| {
        project.id(&project.stages[stage].declared).to_owned()
    };
    let come: Vec<String> = new
        .stages
        .iter()
        .filter(|&&stage| matched.stages.old(stage).is_none())
        .map(|&stage| name(comparison.new, stage))
        .collect();
    let gone: Vec<String> = old
        .stages
        .iter()
        .filter(|&&stage| matched.stages.new_one(stage).is_none())
        .map(|&stage| name(comparison.old, stage))
        .collect();
    if !come.is_empty() {
        let message = format!("new stage {}", named(&come));
        comparison.change(subject, &rules::STAGE, message);
    }
    if !gone.is_empty() {
        let message = format!("stage {} removed", named(&gone));
        comparison.change(subject, &rules::STAGE, message);
    }
    for &after in &new.stages {
        let Some(before) = matched.stages.old(after) else {
            continue;
        };
        stage(comparison, before, after);
    }
}

fn stage(comparison: &mut Comparison<'_>, old_id: StageId, new_id: StageId) {
    let old = &comparison.old.stages[old_id];
    let new = &comparison.new.stages[new_id];
    if comparison.same_text(&old.declared, &new.declared) {
        return;
    }
    let pathway = &comparison.new.pathways[new.pathway].declared;
    let id = format!(
        "{}.{}",
        comparison.new.id(pathway),
        comparison.new.id(&new.declared)
    );
    let subject = comparison.pair(Thing::Stage, id, (&old.declared, &new.declared));
    let before = comparison.compiler.all(Which::Old, &old.asks);
    let after = comparison.compiler.all(Which::New, &new.asks);
    let decision = comparison.decide(before, after);
    if decision == Decision::Same {
        let rewritten = fulfilment::rewritten(comparison, &old.asks, &new.asks);
        fulfilment::report(comparison, &subject, decision, HELD, rewritten);
    } else {
        let reported = Reported {
            what: "what must be held for this stage",
            narrowed: &rules::STAGE,
            widened: &rules::STAGE,
            both: &rules::STAGE,
        };
        fulfilment::report(comparison, &subject, decision, reported, false);
    }
    let after_names = |which: Which, stage: &crate::model::Stage| -> Vec<String> {
        let project = comparison.project(which);
        let after = stage.after.iter();
        after
            .map(|&(stage, _)| match which {
                Which::New => project.id(&project.stages[stage].declared).to_owned(),
                Which::Old => match comparison.matched.stages.new_one(stage) {
                    Some(stage) => {
                        let declared = &comparison.new.stages[stage].declared;
                        comparison.new.id(declared).to_owned()
                    }
                    None => project.id(&project.stages[stage].declared).to_owned(),
                },
            })
            .collect()
    };
    let (gone, come) = difference(after_names(Which::Old, old), after_names(Which::New, new));
    if !(gone.is_empty() && come.is_empty()) {
        comparison.change(&subject, &rules::STAGE, "comes after other stages");
    }
    let mut reworded = Vec::new();
    if !comparison.same_prose(Some(&old.declared.name), Some(&new.declared.name)) {
        reworded.push("name");
    }
    if !comparison.same_prose(old.declared.about.as_ref(), new.declared.about.as_ref()) {
        reworded.push("description");
    }
    if !reworded.is_empty() {
        let message = format!("{} reworded", listed(&reworded));
        comparison.change(&subject, &rules::REWORDED, message);
    }
}

fn role(comparison: &mut Comparison<'_>, old_id: RoleId, new_id: RoleId) {
    let old = &comparison.old.roles[old_id];
    let new = &comparison.new.roles[new_id];
    let id = comparison.new.id(&new.declared).to_owned();
    let subject = comparison.pair(Thing::Role, id, (&old.declared, &new.declared));
    let before = comparison.compiler.all(Which::Old, &old.needs);
    let after = comparison.compiler.all(Which::New, &new.needs);
    let decision = comparison.decide(before, after);
    let rewritten = fulfilment::rewritten(comparison, &old.needs, &new.needs);
    let reported = Reported {
        what: "what the role needs",
        ..HELD
    };
    fulfilment::report(comparison, &subject, decision, reported, rewritten);
    if comparison.same_text(&old.declared, &new.declared) {
        return;
    }
    super::frameworks::mappings(comparison, &subject, &old.mappings, &new.mappings);
    let same = comparison.same_prose(Some(&old.declared.name), Some(&new.declared.name))
        && comparison.same_prose(old.declared.about.as_ref(), new.declared.about.as_ref());
    if !same {
        comparison.change(&subject, &rules::REWORDED, "name or description reworded");
    }
}
