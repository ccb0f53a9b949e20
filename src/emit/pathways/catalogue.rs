//! The start page of a language: pathways, credentials by kind, frameworks, roles, recognitions.

use super::context::Context;
use super::lines::target_name;
use super::page::{Block, Entry, Page, Part, Section};
use crate::emit::wording::{escape_markdown, join};
use crate::emit::{crosswalks, paths};
use crate::model::{CredentialId, CredentialKind, Status};
use std::borrow::Cow;

/// Makes the page.
pub fn page(context: &Context<'_, '_>) -> Page {
    let (project, words) = (context.project, context.words);
    let issuers: Vec<String> = project
        .issuers
        .iter()
        .map(|(_, issuer)| context.name(&issuer.declared))
        .collect();
    let title = match issuers.first() {
        Some(first) => format!("{first}{}{}", context.phrases().colon, words.catalogue),
        None => words.catalogue.to_owned(),
    };
    let mut page = context.page(String::new(), title, |language| {
        paths::language_folder(project, language)
    });
    page.site.clear();
    let first = project.issuers.iter().next().map(|(_, issuer)| issuer);
    if let Some(about) = first.and_then(|issuer| issuer.declared.about.as_ref()) {
        page.lead = context.block(about);
        page.description = context.description(about);
    }
    let pathways: Vec<Entry> = project
        .pathways
        .iter()
        .map(|(id, pathway)| Entry {
            link: context.pathway(id),
            detail: leads_to(context, &pathway.leads_to),
            text: about(context, pathway.declared.about.as_ref()),
        })
        .collect();
    page.sections
        .extend(section("pathways", words.pathways, pathways));
    page.sections.extend(credentials(context));
    let frameworks: Vec<Entry> = project
        .frameworks
        .iter()
        .map(|(id, framework)| Entry {
            link: context.framework(id),
            detail: context.text(framework.version).unwrap_or_default(),
            text: about(context, framework.declared.about.as_ref()),
        })
        .collect();
    page.sections
        .extend(section("frameworks", words.frameworks, frameworks));
    page.sections
        .extend(section("crosswalks", words.crosswalks, crosswalks(context)));
    let roles: Vec<Entry> = project
        .roles
        .iter()
        .map(|(id, role)| Entry {
            link: context.role(id),
            detail: context.text(role.code).unwrap_or_default(),
            text: about(context, role.declared.about.as_ref()),
        })
        .collect();
    page.sections.extend(section("roles", words.roles, roles));
    let recognitions: Vec<Entry> = project
        .recognitions
        .iter()
        .map(|(id, recognition)| Entry {
            link: context.recognition(id),
            detail: context.list(&recognition.grants, |&(id, _)| {
                context.name(&project.credentials[id].declared)
            }),
            text: about(context, recognition.declared.about.as_ref()),
        })
        .collect();
    page.sections
        .extend(section("recognitions", words.recognitions, recognitions));
    page.sources = context.sources();
    page
}

/// The tables of mappings, where they are published.
fn crosswalks(context: &Context<'_, '_>) -> Vec<Entry> {
    let project = context.project;
    let outputs = &project.settings.outputs;
    if !outputs.is_empty()
        && !outputs
            .iter()
            .any(|output| output == crosswalks::EMITTER.name)
    {
        return Vec::new();
    }
    let files = |stem: &str| {
        [
            ("CSV", ".csv"),
            ("XLSX", ".xlsx"),
            ("SSSOM", ".sssom.tsv"),
            ("SKOS", ".ttl"),
            ("CASE", ".case.json"),
            ("JSON", ".json"),
        ]
        .map(|(text, ending)| Context::file(text, &format!("{stem}{ending}")))
        .join(" · ")
    };
    crosswalks::sets_with_files(project)
        .into_iter()
        .map(|(set, stem)| {
            let to = set.to.map_or_else(
                || context.words.elsewhere.to_owned(),
                |target| target_name(context, target),
            );
            Entry {
                link: format!("{} → {to}", context.framework(set.from)),
                detail: files(&stem.path),
                text: String::new(),
            }
        })
        .collect()
}

fn about(context: &Context<'_, '_>, about: Option<&crate::model::Prose>) -> String {
    about.map_or_else(String::new, |about| context.line(about))
}

fn leads_to(context: &Context<'_, '_>, goals: &[(CredentialId, crate::source::Place)]) -> String {
    if goals.is_empty() {
        return String::new();
    }
    let names: Vec<String> = goals
        .iter()
        .map(|&(id, _)| context.name(&context.project.credentials[id].declared))
        .collect();
    format!(
        "{}{}{}",
        context.words.leads_to,
        context.phrases().colon,
        join(&names, context.phrases().and)
    )
}

fn section(id: &str, title: &str, entries: Vec<Entry>) -> Option<Section> {
    (!entries.is_empty()).then(|| Section {
        id: id.to_owned(),
        title: title.to_owned(),
        blocks: vec![Block::Entries(entries)],
        ..Section::default()
    })
}

/// Credentials by kind, the kinds in the order of the language.
fn credentials(context: &Context<'_, '_>) -> Option<Section> {
    let project = context.project;
    let mut parts = Vec::new();
    for &kind in CredentialKind::ALL {
        let entries: Vec<Entry> = project
            .credentials
            .iter()
            .filter(|(_, credential)| credential.kind == kind)
            .map(|(id, _)| entry(context, id))
            .collect();
        if !entries.is_empty() {
            parts.push(Part {
                id: format!("kind-{}", kind.word()),
                style: "kind",
                title: (context.phrases().credential_kind)(kind).to_owned(),
                blocks: vec![Block::Entries(entries)],
                ..Part::default()
            });
        }
    }
    (!parts.is_empty()).then(|| Section {
        id: "credentials".to_owned(),
        title: context.words.credentials.to_owned(),
        parts,
        ..Section::default()
    })
}

/// A credential with its credit, level and state.
fn entry(context: &Context<'_, '_>, id: CredentialId) -> Entry {
    let credential = &context.project.credentials[id];
    let mut details: Vec<String> = Vec::new();
    match credential.status {
        Status::Active => {}
        Status::Draft | Status::Deprecated => {
            let status = (context.phrases().status)(credential.status);
            details.push(format!("**{status}**"));
        }
    }
    if let Some(quantity) = credential.credit.as_ref().or(credential.workload.as_ref()) {
        let quantity = context.wording.quantity(quantity);
        details.push(escape_markdown(Cow::Owned(quantity)).into_owned());
    }
    if let Some(&(level, _)) = credential.levels.first() {
        details.push(context.level(level));
    }
    Entry {
        detail: details.join(" · "),
        ..context.entry(id)
    }
}
