//! What a role needs, and how far the credentials of the project cover it.

use super::ids;
use crate::graph::Graph;
use crate::model::{CredentialId, ItemId, LevelRef, Project, Requirement, RequirementKind, RoleId};
use crate::plan::imported::Covered;
use crate::plan::report::{Report, Section};
use crate::plan::words;

/// The report on one role, for somebody who holds nothing.
#[must_use]
pub fn report(project: &Project, graph: &Graph, role: RoleId) -> Report {
    let declared = &project.roles[role].declared;
    let title = project.prose(&declared.name).into_owned();
    let mut report = Report::new("role", project.id(declared), title);
    let mut needs = Section::new(
        "needs",
        "Needs",
        &[
            ("need", "Need"),
            ("covered", "Covered"),
            ("by", "By"),
            ("why", "What is missing"),
            ("place", "Where"),
        ],
    );
    let earnable = crate::graph::earnable(project, graph, &[]);
    let mut counts = [0usize; 3];
    let mut parts: Vec<&Requirement> = Vec::new();
    for need in &project.roles[role].needs {
        match &need.kind {
            RequirementKind::All(of) => parts.extend(of),
            RequirementKind::Credential(_)
            | RequirementKind::Set(_)
            | RequirementKind::Skill { .. }
            | RequirementKind::Any { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => parts.push(need),
        }
    }
    for need in parts {
        let (covered, by, why) = match &need.kind {
            RequirementKind::Skill { item, level } => {
                skill(project, graph, *item, *level, &earnable)
            }
            RequirementKind::Credential(_)
            | RequirementKind::Set(_)
            | RequirementKind::All(_)
            | RequirementKind::Any { .. }
            | RequirementKind::Sum(_)
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => other(project, graph, need, &earnable),
        };
        counts[covered as usize] += 1;
        needs.rows.push(vec![
            words::requirement(project, need).into(),
            covered.word().into(),
            ids(project, &by).into(),
            why.into(),
            words::place(project, need.place).into(),
        ]);
    }
    let [fully, partly, missing] = counts;
    report.fact("covered", fully);
    report.fact("partly", partly);
    report.fact("missing", missing);
    report.summary.push(format!(
        "Of {}: {fully} covered, {partly} partly, {missing} missing.",
        words::counted(fully + partly + missing, "need", "needs")
    ));
    report.sections.push(needs);
    report
}

fn skill(
    project: &Project,
    graph: &Graph,
    item: ItemId,
    level: Option<LevelRef>,
    earnable: &[bool],
) -> (Covered, Vec<CredentialId>, Option<String>) {
    let assessors = graph.assessors(item);
    let can = |id: CredentialId| earnable.get(id.0 as usize).copied().unwrap_or(false);
    let collect = |keep: &dyn Fn(Option<LevelRef>) -> bool| -> Vec<CredentialId> {
        let mut found: Vec<CredentialId> = assessors
            .iter()
            .filter(|one| keep(one.level))
            .map(|one| one.credential)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let enough = collect(&|reached| project.level_suffices(reached, level) == Some(true));
    if enough.iter().any(|&id| can(id)) {
        return (Covered::Fully, enough, None);
    }
    if !enough.is_empty() {
        let why = "no one can earn what assesses it".to_owned();
        return (Covered::Partly, enough, Some(why));
    }
    let some = collect(&|_| true);
    if !some.is_empty() {
        let why = "assessed, but not at the level that is needed".to_owned();
        return (Covered::Partly, some, Some(why));
    }
    let taught: Vec<CredentialId> = project
        .credentials
        .iter()
        .filter(|(_, credential)| {
            [
                &credential.introduces,
                &credential.reinforces,
                &credential.teaches,
            ]
            .into_iter()
            .flatten()
            .any(|attained| attained.item == item)
        })
        .map(|(id, _)| id)
        .collect();
    if taught.is_empty() {
        let why = "no credential touches it".to_owned();
        (Covered::Missing, taught, Some(why))
    } else {
        (Covered::Partly, taught, Some("not assessed".to_owned()))
    }
}

fn other(
    project: &Project,
    graph: &Graph,
    need: &Requirement,
    earnable: &[bool],
) -> (Covered, Vec<CredentialId>, Option<String>) {
    let held = |id: CredentialId| earnable.get(id.0 as usize).copied().unwrap_or(false);
    let mut by: Vec<CredentialId> = Vec::new();
    for (mention, _) in crate::graph::requirements::mentions(need) {
        match mention {
            crate::graph::requirements::Mention::Credential(id) => by.push(id),
            crate::graph::requirements::Mention::Set(set) => {
                by.extend(graph.sets().members(project, set));
            }
            crate::graph::requirements::Mention::Skill { item, .. } => {
                by.extend(graph.assessors(item).iter().map(|one| one.credential));
            }
        }
    }
    by.sort_unstable();
    by.dedup();
    by.retain(|&id| held(id));
    if crate::graph::satisfied(project, graph, need, &held) {
        (Covered::Fully, by, None)
    } else if by.is_empty() {
        let why = "nothing that anybody can earn meets it".to_owned();
        (Covered::Missing, by, Some(why))
    } else {
        let why = "what can be earned is not enough".to_owned();
        (Covered::Partly, by, Some(why))
    }
}
