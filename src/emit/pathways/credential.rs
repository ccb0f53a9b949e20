//! The page of a credential: what it is, what it teaches, how it is assessed, what it asks and where it leads.

use std::borrow::Cow;

use super::context::Context;
use super::page::{Block, Fact, Page, Part, Picture, Section, Table};
use super::{assessment, lines};
use crate::emit::badges::{self, Edition, web_address};
use crate::emit::paths;
use crate::emit::wording::{escape_markdown, fill, join, markdown_link, one_line};
use crate::model::{Attained, AwardedBy, Credential, CredentialId, Requirement, Validity};

/// Makes the page.
pub fn page(context: &Context<'_, '_>, id: CredentialId) -> Page {
    let project = context.project;
    let credential = &project.credentials[id];
    let edition = Edition::new(project, id, context.language);
    let title = context.name(&credential.declared);
    let mut page = context.page(edition.kind().to_owned(), title, |language| {
        paths::credential_page(project, id, language).path
    });
    if let Some(about) = &credential.declared.about {
        page.lead = context.block(about);
    }
    page.description = match &credential.declared.about {
        Some(about) if !context.description(about).is_empty() => context.description(about),
        Some(_) | None => one_line(edition.description()).into_owned(),
    };
    if let Some(mut notice) = lines::status_notice(context, credential.status) {
        if let Some((new, _)) = credential.replaced_by {
            let new = context.credential(new);
            notice.push(' ');
            notice.push_str(&fill(
                context.phrases().replaced_by,
                &[("credential", &new)],
            ));
        }
        page.notices.push(notice);
    }
    page.image = image(context, id, &edition);
    page.facts = facts(context, credential);
    page.sections = sections(context, id, credential);
    page.sources = context.sources();
    page
}

/// The picture, for credentials that are published.
fn image(context: &Context<'_, '_>, id: CredentialId, edition: &Edition<'_>) -> Option<Picture> {
    if !badges::is_published(edition.credential) {
        return None;
    }
    let picture = context.site.pictures.of_credential(id);
    let address = picture.address();
    let base = context.project.settings.base.as_str();
    Some(Picture {
        address: address.strip_prefix(base).unwrap_or(address).to_owned(),
        words: edition.picture_caption(picture.is_drawn()).into_owned(),
    })
}

fn facts(context: &Context<'_, '_>, credential: &Credential) -> Vec<Fact> {
    let (words, phrases, wording) = (context.words, context.phrases(), &context.wording);
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: String| {
        if !value.is_empty() {
            facts.push(Fact::new(label, value));
        }
    };
    let quantity = |quantity| escape_markdown(Cow::Owned(wording.quantity(quantity))).into_owned();
    if let Some(credit) = &credential.credit {
        fact(phrases.credit_label, quantity(credit));
    }
    if let Some(workload) = &credential.workload {
        fact(phrases.workload, quantity(workload));
    }
    let levels: Vec<String> = credential
        .levels
        .iter()
        .map(|&(level, _)| context.level(level))
        .collect();
    fact(phrases.level, join(&levels, ", "));
    if let Some(mode) = credential.mode {
        fact(phrases.form_of_learning, (phrases.mode)(mode).to_owned());
    }
    if let Some(participation) = &credential.participation {
        let text = escape_markdown(one_line(wording.participation(participation)));
        fact(phrases.participation, text.into_owned());
    }
    fact(phrases.validity, validity(context, credential));
    if let Some(issuer) = credential.issuer {
        let issuer = &context.project.issuers[issuer];
        let name = context.name(&issuer.declared);
        let url = issuer.url.map(|url| context.project.text(url));
        fact(words.issuer, Context::web(&name, url));
    }
    let fields: Vec<String> = credential
        .fields
        .iter()
        .map(|&(field, _)| context.external(field))
        .collect();
    fact(phrases.field_of_study, join(&fields, ", "));
    let occupations: Vec<String> = credential
        .occupations
        .iter()
        .map(|&(occupation, _)| context.occupation_name(occupation))
        .collect();
    fact(phrases.occupations, join(&occupations, ", "));
    fact(
        words.code,
        context.text(credential.code).unwrap_or_default(),
    );
    fact(
        words.version,
        context.text(credential.version).unwrap_or_default(),
    );
    facts.extend(lines::tags(context, &credential.tags));
    facts
}

fn validity(context: &Context<'_, '_>, credential: &Credential) -> String {
    let phrases = context.phrases();
    match credential.validity {
        Some(Validity::For(quantity)) => {
            let quantity = context.wording.quantity(&quantity);
            fill(phrases.valid_for, &[("quantity", &quantity)])
        }
        Some(Validity::Until(date)) => fill(phrases.valid_until, &[("date", &date.to_string())]),
        None => String::new(),
    }
}

/// A section of one list or text, if it says anything.
fn section(id: &str, title: &str, blocks: Vec<Block>) -> Option<Section> {
    (!blocks.is_empty()).then(|| Section {
        id: id.to_owned(),
        title: title.to_owned(),
        blocks,
        ..Section::default()
    })
}

fn sections(context: &Context<'_, '_>, id: CredentialId, credential: &Credential) -> Vec<Section> {
    let (words, phrases) = (context.words, context.phrases());
    let mut sections = Vec::new();
    sections.extend(teaches(context, credential));
    if let Some(criteria) = &credential.criteria {
        let text = vec![Block::Text(context.block(criteria))];
        sections.extend(section("criteria", words.criteria, text));
    }
    if !credential.assessments.is_empty() {
        sections.push(Section {
            id: "assessment".to_owned(),
            title: phrases.how_assessed.to_owned(),
            parts: credential
                .assessments
                .iter()
                .map(|one| assessment::part(context, one))
                .collect(),
            ..Section::default()
        });
    }
    sections.extend(award(context, credential));
    sections.extend(start(context, credential));
    if let Some(stacks) = &credential.stacks {
        let list = vec![Block::Text(context.requirement(stacks))];
        sections.extend(section("made-of", phrases.made_of, list));
    }
    if !credential.prior_learning.is_empty() || recognitions(context, id).is_some() {
        let mut blocks: Vec<Block> = credential
            .prior_learning
            .iter()
            .map(|one| Block::Text(context.block(one)))
            .collect();
        blocks.extend(recognitions(context, id));
        sections.extend(section("prior-learning", phrases.prior_learning, blocks));
    }
    sections.extend(leads(context, id, credential));
    if !credential.mappings.is_empty() {
        let lines: Vec<String> = credential
            .mappings
            .iter()
            .map(|mapping| context.mapping(mapping))
            .collect();
        let list = vec![Block::Text(lines::bullets(&lines))];
        sections.extend(section("elsewhere", words.aligned, list));
    }
    sections.extend(documents(context, id, credential));
    sections
}

/// What is taught, each item with its statements; what is introduced and reinforced, by name.
fn teaches(context: &Context<'_, '_>, credential: &Credential) -> Option<Section> {
    let words = context.words;
    let mut parts: Vec<Part> = credential
        .teaches
        .iter()
        .map(|attained| taught(context, attained))
        .collect();
    let mut facts = Vec::new();
    for (label, list) in [
        (words.introduces, &credential.introduces),
        (words.reinforces, &credential.reinforces),
    ] {
        if !list.is_empty() {
            let names = context.list(list, |attained| assessment::attained(context, attained));
            facts.push(Fact::new(label, names));
        }
    }
    if !facts.is_empty() {
        parts.push(Part {
            style: "plain",
            blocks: vec![Block::Facts(facts)],
            ..Part::default()
        });
    }
    (!parts.is_empty()).then(|| Section {
        id: "teaches".to_owned(),
        title: words.teaches.to_owned(),
        parts,
        ..Section::default()
    })
}

fn taught(context: &Context<'_, '_>, attained: &Attained) -> Part {
    let item = &context.project.items[attained.item];
    let lines: Vec<String> = item
        .statements
        .iter()
        .map(|statement| lines::statement_line(context, statement))
        .collect();
    Part {
        style: "outcome",
        title: context.item(attained.item),
        kicker: attained.level.map_or_else(String::new, |level| {
            let level = context.level(level);
            fill(context.words.at_level, &[("level", &level)])
        }),
        blocks: [
            (!lines.is_empty()).then(|| Block::Text(lines::bullets(&lines))),
            elsewhere(context, attained).map(Block::Aside),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..Part::default()
    }
}

/// What a taught item is mapped to, in the item itself and in crosswalks.
fn elsewhere(context: &Context<'_, '_>, attained: &Attained) -> Option<String> {
    let lines = lines::mappings(context, attained.item);
    (!lines.is_empty()).then(|| {
        format!(
            "{}{}{}",
            context.words.elsewhere,
            context.phrases().colon,
            lines.join(context.phrases().semicolon)
        )
    })
}

fn award(context: &Context<'_, '_>, credential: &Credential) -> Option<Section> {
    let (phrases, project) = (context.phrases(), context.project);
    let mut facts = Vec::new();
    if let Some(awarded) = &credential.awarded_by {
        let mut by = (phrases.awarder)(awarded.by).to_owned();
        match awarded.by {
            AwardedBy::Accredited => {
                if let Some(body) = context.text(awarded.body) {
                    by.push_str(phrases.colon);
                    by.push_str(&body);
                }
            }
            AwardedBy::Machine | AwardedBy::Assessor => {}
        }
        facts.push(Fact::new(phrases.awarded_by, by));
    }
    if let Some(supervised) = credential.supervision {
        let text = context.wording.supervised(supervised);
        facts.push(Fact::new(phrases.supervision_label, text));
    }
    for quality in &credential.quality {
        let agency = quality.agency.as_ref().map(|agency| context.line(agency));
        let address = badges::text(project, quality.iri).and_then(web_address);
        let value = match (agency, address) {
            (Some(agency), address) => Context::web(&agency, address),
            (None, Some(address)) => markdown_link(&escape_markdown(address.clone()), &address),
            (None, None) => continue,
        };
        facts.push(Fact::new(phrases.quality_assurance, value));
    }
    if let Some(renew) = &credential.renew {
        facts.push(Fact::new(phrases.renewal, context.requirement_line(renew)));
    }
    (!facts.is_empty())
        .then(|| section("award", phrases.award, vec![Block::Facts(facts)]))
        .flatten()
}

/// What is asked before and beside.
fn start(context: &Context<'_, '_>, credential: &Credential) -> Option<Section> {
    let phrases = context.phrases();
    let mut blocks = Vec::new();
    if let Some(requires) = &credential.requires {
        blocks.push(Block::Text(context.requirement(requires)));
    }
    let mut facts = Vec::new();
    let mut part = |label: &str, requirement: &Option<Requirement>| {
        if let Some(requirement) = requirement {
            facts.push(Fact::new(label, context.requirement_line(requirement)));
        }
    };
    part(phrases.alongside, &credential.alongside);
    part(phrases.recommended, &credential.recommends);
    if !credential.open_to.is_empty() {
        let lines: Vec<String> = credential
            .open_to
            .iter()
            .map(|one| context.line(one))
            .collect();
        facts.push(Fact::new(
            phrases.open_to,
            lines.join(context.phrases().semicolon),
        ));
    }
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    section("requirements", context.words.before, blocks)
}

fn recognitions(context: &Context<'_, '_>, id: CredentialId) -> Option<Block> {
    let relations = context.site.credential(id)?;
    if relations.recognitions.is_empty() {
        return None;
    }
    let (phrases, words) = (context.phrases(), context.words);
    let facts = relations
        .recognitions
        .iter()
        .map(|&id| {
            let recognition = &context.project.recognitions[id];
            let mut value = context.recognition(id);
            if let Some(crate::model::RecognitionSource::Words(prose)) = &recognition.from {
                value.push_str(phrases.colon);
                value.push_str(&context.line(prose));
            }
            let evidence: Vec<String> = recognition
                .evidence
                .iter()
                .map(|evidence| context.line(&evidence.prose))
                .collect();
            if !evidence.is_empty() {
                value.push_str(". ");
                value.push_str(phrases.evidence);
                value.push_str(phrases.colon);
                value.push_str(&evidence.join(context.phrases().semicolon));
            }
            if let Some(date) = recognition.valid_until {
                let until = fill(phrases.valid_until, &[("date", &date.to_string())]);
                value.push_str(" (");
                value.push_str(&until);
                value.push(')');
            }
            Fact::new(words.recognized, value)
        })
        .collect();
    Some(Block::Facts(facts))
}

/// Where it leads: pathways, awards, credit.
fn leads(context: &Context<'_, '_>, id: CredentialId, credential: &Credential) -> Option<Section> {
    let (words, phrases) = (context.words, context.phrases());
    let mut facts = Vec::new();
    for counts in &credential.counts_toward {
        let names: Vec<String> = counts
            .targets
            .iter()
            .map(|&(id, _)| context.credential(id))
            .collect();
        let mut text = match names.as_slice() {
            [] => continue,
            [only] => only.clone(),
            several => fill(
                phrases.one_of_only,
                &[("targets", &join(several, phrases.or))],
            ),
        };
        if let Some(credit) = &counts.credit {
            let quantity = context.wording.quantity(credit);
            text = fill(
                phrases.counts_for,
                &[("target", &text), ("quantity", &quantity)],
            );
        }
        facts.push(Fact::new(phrases.counts_toward, text));
    }
    if let Some(relations) = context.site.credential(id) {
        if !relations.pathways.is_empty() {
            let list = context.list(&relations.pathways, |&id| context.pathway(id));
            facts.push(Fact::new(words.in_pathways, list));
        }
        for (label, list) in [
            (words.in_awards, &relations.awards),
            (words.needed_for, &relations.opens),
            (words.takes_credit_from, &relations.credit_from),
            (words.replaces, &relations.replaces),
        ] {
            if !list.is_empty() {
                let list = context.list(list, |&id| context.credential(id));
                facts.push(Fact::new(label, list));
            }
        }
    }
    (!facts.is_empty())
        .then(|| section("leads-to", words.part_of, vec![Block::Facts(facts)]))
        .flatten()
}

/// The badge documents in this language and the others, and ids it had before.
fn documents(
    context: &Context<'_, '_>,
    id: CredentialId,
    credential: &Credential,
) -> Option<Section> {
    let (words, project) = (context.words, context.project);
    let mut blocks = Vec::new();
    if badges::is_published(credential) {
        let mut table = Table {
            head: vec![
                context.phrases().language_label.to_owned(),
                "Open Badges 3.0".to_owned(),
                "Open Badges 2.0".to_owned(),
            ],
            ..Table::default()
        };
        for language in badges::languages(project, id) {
            table.rows.push(vec![
                project.name(language).to_owned(),
                Context::file("JSON", &paths::achievement(project, id, language).path),
                Context::file("JSON", &paths::badge_class(project, id, language).path),
            ]);
        }
        blocks.push(Block::Table(table));
    }
    if !credential.declared.formerly.is_empty() {
        let ids: Vec<String> = credential
            .declared
            .formerly
            .iter()
            .map(|&(name, _)| format!("`{}`", project.name(name)))
            .collect();
        blocks.push(Block::Facts(vec![Fact::new(
            words.earlier_ids,
            ids.join(", "),
        )]));
    }
    let earlier: Vec<String> = project
        .releases
        .earlier(id)
        .map(|release| super::replaced::link(context, release))
        .collect();
    if !earlier.is_empty() {
        let fact = Fact::new(words.earlier_versions, earlier.join(", "));
        blocks.push(Block::Facts(vec![fact]));
    }
    section("documents", words.documents, blocks)
}
