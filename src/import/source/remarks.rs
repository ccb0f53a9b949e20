//! What stands beside the words of a framework in source text: comments on what the language has no place for, and translations.

use super::framework::Source;
use super::words::{shortened, verb};
use super::writer::{Writer, name, quoted};
use crate::import::release::{Head, Record, TextRole};
use crate::import::tally::{Outcome, Spot, Tally};

/// How many fields of a record are told in comments.
const MOST_COMMENTS: usize = 12;

/// Fields of a publisher's own bookkeeping, which say nothing to those who read or write the source.
const BOOKKEEPING: &[&str] = &[
    "CFAssociations",
    "CFDocumentURI",
    "CFItemTypeURI",
    "identifier",
    "lastChangeDateTime",
    "sequenceNumber",
];

impl Source<'_> {
    /// Notes, other names and fields, which the language has no place for.
    pub(super) fn write_comments(&mut self, record: &Record, writer: &mut Writer) {
        let others: Vec<&str> = record
            .texts
            .iter()
            .filter(|text| matches!(text.role, TextRole::Alternative | TextRole::Hidden))
            .filter(|text| self.is_main(&text.language))
            .map(|text| text.text.as_str())
            .collect();
        if !others.is_empty() {
            writer.comment("also called", &others.join("; "));
        }
        let note = self.joined(record, TextRole::Note, None);
        if !note.is_empty() {
            writer.comment("note", &note);
        }
        let (kept, left): (Vec<_>, Vec<_>) = record
            .fields
            .iter()
            .partition(|(field, _)| !BOOKKEEPING.contains(&field.as_str()));
        for &(field, value) in kept.iter().take(MOST_COMMENTS) {
            let words = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            writer.comment(&name(field), &words);
        }
        if !left.is_empty() {
            let reason = "records with fields of their publisher's bookkeeping, left out";
            self.tally
                .note(Outcome::Noted, reason, record.spot, &record.key);
        }
        if !kept.is_empty() {
            let reason = "records with fields that the language does not have, kept as comments";
            self.tally
                .note(Outcome::Noted, reason, record.spot, &record.key);
        }
    }

    pub(super) fn write_translations(
        &mut self,
        record: &Record,
        label: &str,
        kind: &'static str,
        statements: usize,
        writer: &mut Writer,
    ) {
        let mut languages: Vec<&str> = record
            .texts
            .iter()
            .map(|text| text.language.as_str())
            .filter(|language| !self.is_main(language))
            .collect();
        languages.sort_unstable();
        languages.dedup();
        for language in languages {
            let Ok(tag) = oxilangtag::LanguageTag::parse_and_normalize(language) else {
                let reason = "texts in what is no language tag, left out";
                self.tally
                    .note(Outcome::Skipped, reason, record.spot, language);
                continue;
            };
            let mut block = Writer::default();
            let named = record
                .texts
                .iter()
                .find(|text| text.role == TextRole::Label && text.language == language);
            let translated = self.statements(record, label, kind, Some(language));
            if let Some(text) = named {
                let full = name(&text.text);
                let short = shortened(&full);
                block.line(&format!("name {}", quoted(&short)));
                if short != full && !translated.iter().any(|known| *known == text.text.trim()) {
                    block.comment("in full", &full);
                }
            }
            for statement in translated.iter().take(statements) {
                block.line(&format!("{} {}", verb(kind), quoted(statement)));
            }
            let about = self.joined(record, TextRole::Description, Some(language));
            let has_about = !self.joined(record, TextRole::Description, None).is_empty();
            if !about.is_empty() && has_about {
                block.line(&format!("about {}", quoted(&about)));
            }
            if translated.len() > statements || (!about.is_empty() && !has_about) {
                let reason = "translations of texts that the main language lacks, left out";
                self.tally
                    .note(Outcome::Skipped, reason, record.spot, language);
            }
            if block.is_empty() {
                continue;
            }
            writer.open(&format!("in {}", tag.as_str()));
            for line in block.finish().lines() {
                writer.line(line);
            }
            writer.close();
        }
    }
}

/// What the head says that the language has no word for.
pub(super) fn comments_of_head(head: &Head, writer: &mut Writer, tally: &mut Tally) {
    for (about, words) in [
        ("published by", &head.publisher),
        ("to be named as", &head.attribution),
        ("taken from", &head.source),
    ] {
        if let Some(words) = words {
            writer.comment(about, words);
            let reason =
                "facts about the framework that the language has no place for, kept as comments";
            tally.note(Outcome::Noted, reason, Spot::default(), words);
        }
    }
}
