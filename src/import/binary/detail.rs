//! The sections `TEXT`, `RELS` and `FLDS`: what a pack holds beside codes, names and tree.
//!
//! Goes in: details, or the bytes of the sections. Comes out: bytes, or details whose items and names are all there.

use super::super::details::{DetailRelation, Details, DetailsBuilder, RelationEnd};
use super::super::pack::{Pack, PackItemIndex};
use super::super::release::TextRole;
use super::bytes::{Reader, Table, count, number, text};

/// The three sections, not packed yet.
pub(super) fn encode(pack: &Pack, details: &Details) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    (
        encode_texts(pack, details),
        encode_relations(details),
        encode_fields(pack, details),
    )
}

fn encode_texts(pack: &Pack, details: &Details) -> Vec<u8> {
    let mut languages = Table::default();
    let mut items = Vec::new();
    for item in pack.indexes() {
        count(&mut items, details.texts(item).count());
        for words in details.texts(item) {
            items.push(number_of(words.role));
            number(&mut items, languages.number(words.language));
            text(&mut items, words.text);
        }
    }
    let mut out = Vec::new();
    languages.write(&mut out);
    out.extend(items);
    out
}

fn encode_relations(details: &Details) -> Vec<u8> {
    let mut names = Table::default();
    let mut relations = Vec::new();
    for relation in details.relations() {
        number(&mut relations, relation.from.0);
        match relation.to {
            RelationEnd::Item(item) => {
                relations.push(0);
                number(&mut relations, item.0);
            }
            RelationEnd::Outside(name) => {
                relations.push(1);
                text(&mut relations, name);
            }
        }
        number(&mut relations, names.number(relation.kind));
        text(&mut relations, relation.fields.unwrap_or(""));
    }
    let mut out = Vec::new();
    names.write(&mut out);
    count(&mut out, details.relations().len());
    out.extend(relations);
    out
}

fn encode_fields(pack: &Pack, details: &Details) -> Vec<u8> {
    let mut out = Vec::new();
    text(&mut out, details.head_fields().unwrap_or(""));
    for item in pack.indexes() {
        text(&mut out, details.fields(item).unwrap_or(""));
    }
    out
}

pub(super) fn decode(
    items: usize,
    texts: &[u8],
    relations: &[u8],
    fields: &[u8],
) -> Result<Details, String> {
    let mut builder = DetailsBuilder::default();
    let mut fields = Reader::new(fields);
    let head = fields.text()?;
    if !head.is_empty() {
        builder.head_fields(head);
    }
    enter_texts(items, texts, &mut builder, |builder| {
        let own = fields.text()?;
        if !own.is_empty() {
            builder.fields(own);
        }
        Ok(())
    })?;
    fields.end()?;
    let mut relations = Reader::new(relations);
    let names = relations.texts()?;
    for _ in 0..relations.count(5)? {
        let from = PackItemIndex(relations.below(items)?);
        let to = match relations.u8()? {
            0 => RelationEnd::Item(PackItemIndex(relations.below(items)?)),
            1 => RelationEnd::Outside(relations.text()?),
            other => {
                return Err(format!(
                    "a relation leads to an end of kind {other}, which is unknown"
                ));
            }
        };
        let kind = relations.below(names.len())?;
        let kind = names.get(kind as usize).copied().unwrap_or("");
        let fields = Some(relations.text()?).filter(|fields| !fields.is_empty());
        builder.relation(DetailRelation {
            from,
            to,
            kind,
            fields,
        });
    }
    relations.end()?;
    builder
        .finish()
        .ok_or_else(|| "the texts are more than 4 GiB".to_owned())
}

/// The texts alone.
pub(super) fn decode_texts(items: usize, texts: &[u8]) -> Result<Details, String> {
    let mut builder = DetailsBuilder::default();
    enter_texts(items, texts, &mut builder, |_| Ok(()))?;
    builder
        .finish()
        .ok_or_else(|| "the texts are more than 4 GiB".to_owned())
}

/// Enters the texts item by item; `also` adds to each item what else it has.
fn enter_texts(
    items: usize,
    texts: &[u8],
    builder: &mut DetailsBuilder,
    mut also: impl FnMut(&mut DetailsBuilder) -> Result<(), String>,
) -> Result<(), String> {
    let mut texts = Reader::new(texts);
    let languages = texts.texts()?;
    for _ in 0..items {
        builder.item();
        for _ in 0..texts.count(3)? {
            let role = role(texts.u8()?)?;
            let language = texts.below(languages.len())?;
            let language = languages.get(language as usize).copied().unwrap_or("");
            builder.text(role, language, texts.text()?);
        }
        also(builder)?;
    }
    texts.end()
}

fn number_of(role: TextRole) -> u8 {
    match role {
        TextRole::Label => 0,
        TextRole::Alternative => 1,
        TextRole::Hidden => 2,
        TextRole::Statement => 3,
        TextRole::Description => 4,
        TextRole::Note => 5,
    }
}

fn role(number: u8) -> Result<TextRole, String> {
    match number {
        0 => Ok(TextRole::Label),
        1 => Ok(TextRole::Alternative),
        2 => Ok(TextRole::Hidden),
        3 => Ok(TextRole::Statement),
        4 => Ok(TextRole::Description),
        5 => Ok(TextRole::Note),
        other => Err(format!("a text is for purpose {other}, which is unknown")),
    }
}
