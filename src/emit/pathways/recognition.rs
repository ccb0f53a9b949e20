//! The page of a recognition: what is brought from outside, how it is shown, and what it stands for here.

use super::context::Context;
use super::page::{Block, Entry, Fact, Page, Section};
use crate::emit::paths;
use crate::emit::wording::{escape_markdown, fill};
use crate::model::{RecognitionId, RecognitionSource};
use std::borrow::Cow;

/// Makes the page.
pub fn page(context: &Context<'_, '_>, id: RecognitionId) -> Page {
    let project = context.project;
    let recognition = &project.recognitions[id];
    let (words, phrases) = (context.words, context.phrases());
    let title = context.name(&recognition.declared);
    let mut page = context.page(words.recognition.to_owned(), title, |language| {
        paths::recognition_page(project, id, language).path
    });
    if let Some(about) = &recognition.declared.about {
        page.lead = context.block(about);
        page.description = context.description(about);
    }
    match &recognition.from {
        Some(RecognitionSource::Iri(iri)) => {
            let address = project.text(*iri);
            let text = escape_markdown(Cow::Borrowed(address.as_ref())).into_owned();
            let link = Context::web(&text, Some(Cow::Borrowed(address.as_ref())));
            page.facts.push(Fact::new(words.recognized_from, link));
        }
        Some(RecognitionSource::Words(prose)) => {
            page.facts
                .push(Fact::new(words.recognized_from, context.line(prose)));
        }
        None => {}
    }
    for evidence in &recognition.evidence {
        let kind = (phrases.evidence_kind)(evidence.kind);
        let value = format!("{} ({kind})", context.line(&evidence.prose));
        page.facts.push(Fact::new(phrases.evidence, value));
    }
    if let Some(date) = recognition.valid_until {
        let until = fill(phrases.valid_until, &[("date", &date.to_string())]);
        page.facts.push(Fact::new(phrases.validity, until));
    }
    let grants: Vec<Entry> = recognition
        .grants
        .iter()
        .map(|&(id, _)| context.entry(id))
        .collect();
    if !grants.is_empty() {
        page.sections.push(Section {
            id: "grants".to_owned(),
            title: words.grants.to_owned(),
            blocks: vec![Block::Entries(grants)],
            ..Section::default()
        });
    }
    page.sources = context.sources();
    page
}
