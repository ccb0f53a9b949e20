//! The page of a role: what it needs, where each needed skill is assessed, and which pathways and credentials are for it.

use super::context::Context;
use super::lines::bullets;
use super::page::{Block, Entry, Fact, Page, Section};
use crate::emit::paths;
use crate::model::{
    CredentialId, ItemId, LevelRef, Occupation, PathwayId, Requirement, RequirementKind, RoleId,
};

/// Makes the page.
pub fn page(context: &Context<'_, '_>, id: RoleId) -> Page {
    let project = context.project;
    let role = &project.roles[id];
    let words = context.words;
    let title = context.name(&role.declared);
    let mut page = context.page(words.role.to_owned(), title, |language| {
        paths::role_page(project, id, language).path
    });
    if let Some(about) = &role.declared.about {
        page.lead = context.block(about);
        page.description = context.description(about);
    }
    if let Some(code) = context.text(role.code) {
        page.facts.push(Fact::new(words.code, code));
    }
    if !role.needs.is_empty() {
        let list = Block::Text(context.requirements(&role.needs));
        page.sections.push(section("needs", words.needs, list));
    }
    page.sections.extend(assessed(context, &role.needs));
    page.sections.extend(pathways(context, id));
    page.sections.extend(credentials(context, id));
    if !role.mappings.is_empty() {
        let lines: Vec<String> = role
            .mappings
            .iter()
            .map(|mapping| context.mapping(mapping))
            .collect();
        let list = Block::Text(bullets(&lines));
        page.sections
            .push(section("elsewhere", words.aligned, list));
    }
    page.sources = context.sources();
    page
}

fn section(id: &str, title: &str, block: Block) -> Section {
    Section {
        id: id.to_owned(),
        title: title.to_owned(),
        blocks: vec![block],
        ..Section::default()
    }
}

/// Each skill that is needed, with the credentials that assess it at the level.
fn assessed(context: &Context<'_, '_>, needs: &[Requirement]) -> Option<Section> {
    let project = context.project;
    let mut skills = Vec::new();
    for need in needs {
        skills_of(need, &mut skills);
    }
    let facts: Vec<Fact> = skills
        .into_iter()
        .filter_map(|(item, level)| {
            let mut assessors: Vec<CredentialId> = Vec::new();
            for &(credential, reached) in &context.site.item(item)?.assessed {
                let suffices = project.level_suffices(reached, level).unwrap_or(true);
                if suffices && !assessors.contains(&credential) {
                    assessors.push(credential);
                }
            }
            let list = context.list(&assessors, |&id| context.credential(id));
            (!list.is_empty()).then(|| Fact::new(context.item(item), list))
        })
        .collect();
    (!facts.is_empty()).then(|| section("assessed", context.words.assessed_in, Block::Facts(facts)))
}

/// The skills that a requirement names, each once, in the order of writing.
fn skills_of(requirement: &Requirement, found: &mut Vec<(ItemId, Option<LevelRef>)>) {
    match &requirement.kind {
        RequirementKind::Skill { item, level } => {
            if !found.contains(&(*item, *level)) {
                found.push((*item, *level));
            }
        }
        RequirementKind::All(of) | RequirementKind::Any { of, .. } => {
            of.iter().for_each(|one| skills_of(one, found));
        }
        RequirementKind::Credential(_)
        | RequirementKind::Set(_)
        | RequirementKind::Sum(_)
        | RequirementKind::Judgement(_)
        | RequirementKind::Unresolved => {}
    }
}

fn pathways(context: &Context<'_, '_>, role: RoleId) -> Option<Section> {
    let project = context.project;
    let entries: Vec<Entry> = project
        .pathways
        .iter()
        .filter(|(_, pathway)| is_for(&pathway.audience, role))
        .map(|(id, pathway): (PathwayId, _)| Entry {
            link: context.pathway(id),
            detail: String::new(),
            text: pathway
                .declared
                .about
                .as_ref()
                .map_or_else(String::new, |about| context.line(about)),
        })
        .collect();
    (!entries.is_empty())
        .then(|| section("pathways", context.words.pathways, Block::Entries(entries)))
}

fn credentials(context: &Context<'_, '_>, role: RoleId) -> Option<Section> {
    let entries: Vec<Entry> = context
        .project
        .credentials
        .iter()
        .filter(|(_, credential)| is_for(&credential.occupations, role))
        .map(|(id, _)| context.entry(id))
        .collect();
    (!entries.is_empty()).then(|| {
        section(
            "credentials",
            context.words.credentials,
            Block::Entries(entries),
        )
    })
}

fn is_for(occupations: &[(Occupation, crate::source::Place)], role: RoleId) -> bool {
    occupations
        .iter()
        .any(|&(occupation, _)| occupation == Occupation::Role(role))
}
