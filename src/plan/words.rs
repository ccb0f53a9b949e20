//! Requirements and places as their author wrote them, in one line.

use crate::model::{
    CredentialId, ItemId, LevelRef, Project, Requirement, RequirementKind, SumPart, SumPartKind,
};
use crate::source::Place;

/// Members of a block that are named before the rest is only counted.
const NAMED: usize = 6;

/// The id of a credential.
#[must_use]
pub fn id(project: &Project, credential: CredentialId) -> &str {
    project.id(&project.credentials[credential].declared)
}

/// A requirement in the words of the language: `any 2 of { dashboards  infographics }`.
#[must_use]
pub fn requirement(project: &Project, requirement: &Requirement) -> String {
    match &requirement.kind {
        RequirementKind::Credential(credential) => id(project, *credential).to_owned(),
        RequirementKind::Set(set) => project.id(&project.sets[*set].declared).to_owned(),
        RequirementKind::Skill { item, level } => skill(project, *item, *level),
        RequirementKind::All(of) => block("all ", of, project),
        RequirementKind::Any { least: 1, of } => block("any ", of, project),
        RequirementKind::Any { least, of } => block(&format!("any {least} of "), of, project),
        RequirementKind::Sum(sum) => {
            let once = if sum.counted_once {
                " counted once"
            } else {
                ""
            };
            format!(
                "at least {} from {}{once}",
                project.slice(sum.least.place),
                parts(project, &sum.parts)
            )
        }
        RequirementKind::Judgement(prose) => format!("\"{}\"", project.prose(prose)),
        RequirementKind::Unresolved => project.slice(requirement.place).to_owned(),
    }
}

/// `skill data.read.charts at expert`.
#[must_use]
pub fn skill(project: &Project, item: ItemId, level: Option<LevelRef>) -> String {
    let path = project.name(project.items[item].full_path);
    match level {
        Some(level) => format!(
            "skill {path} at {}",
            project.level_name(level, project.main_language())
        ),
        None => format!("skill {path}"),
    }
}

fn block(before: &str, of: &[Requirement], project: &Project) -> String {
    let mut named: Vec<String> = of
        .iter()
        .take(NAMED)
        .map(|part| requirement(project, part))
        .collect();
    if of.len() > NAMED {
        named.push(format!("… {} more", of.len() - NAMED));
    }
    format!("{before}{{ {} }}", named.join("  "))
}

fn parts(project: &Project, of: &[SumPart]) -> String {
    let mut named: Vec<String> = of
        .iter()
        .take(NAMED)
        .map(|part| match &part.kind {
            SumPartKind::Credential(credential) => id(project, *credential).to_owned(),
            SumPartKind::Set(set) => project.id(&project.sets[*set].declared).to_owned(),
            SumPartKind::AtMost { most, parts: inner } => format!(
                "counting at most {} from {}",
                project.slice(most.place),
                parts(project, inner)
            ),
            SumPartKind::Unresolved => project.slice(part.place).to_owned(),
        })
        .collect();
    if of.len() > NAMED {
        named.push(format!("… {} more", of.len() - NAMED));
    }
    format!("{{ {} }}", named.join("  "))
}

/// `pathways/data.gradus:12:5`.
#[must_use]
pub fn place(project: &Project, place: Place) -> String {
    let file = project.sources.file(place.file);
    let at = file.line_column(place.span.start);
    format!("{}:{}:{}", file.name(), at.line, at.column)
}

/// Ids in back-ticks with commas between them and `and` before the last.
#[must_use]
pub fn list(ids: &[&str]) -> String {
    let quoted: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `1 thing`, `2 things`.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {many}")
    }
}
