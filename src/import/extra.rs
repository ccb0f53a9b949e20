//! Texts, relations and fields in the YAML of a pack.
//!
//! Goes in: a pack as it was written. Comes out: its [`Details`]; what is wrong is added to the faults.

use oxilangtag::LanguageTag;
use rustc_hash::FxHashMap;

use super::details::{DetailRelation, Details, DetailsBuilder, RelationEnd};
use super::meaning::not_a_language;
use super::pack::PackItemIndex;
use super::reader::{Faults, RawItem, RawPack, Text};
use super::release::TextRole;

/// What a text is for, and the word for it in `as`.
pub(super) const ROLES: [(TextRole, &str); 6] = [
    (TextRole::Label, "label"),
    (TextRole::Alternative, "alternative"),
    (TextRole::Hidden, "hidden"),
    (TextRole::Statement, "statement"),
    (TextRole::Description, "description"),
    (TextRole::Note, "note"),
];

pub(super) fn read_details(raw: &RawPack, faults: &mut Faults) -> Details {
    let mut builder = DetailsBuilder::default();
    let items = raw.items.as_deref().unwrap_or_default();
    let language = raw.language.as_ref().map_or("", |text| text.value.as_str());
    let mut codes: FxHashMap<&str, PackItemIndex> = FxHashMap::default();
    for (index, item) in (0..).map(PackItemIndex).zip(items) {
        if let Some(code) = &item.value.code {
            codes.entry(code.value.as_str()).or_insert(index);
        }
    }
    if let Some(fields) = &raw.fields {
        builder.head_fields(&json(fields));
    }
    for (index, item) in (0..).map(PackItemIndex).zip(items) {
        builder.item();
        texts(&item.value, language, &mut builder, faults);
        if let Some(fields) = &item.value.fields {
            builder.fields(&json(fields));
        }
        for relation in item.value.relations.iter().flatten() {
            let place = relation;
            let relation = &relation.value;
            let fields = relation.fields.as_ref().map(json);
            let to = match (&relation.to, &relation.outside) {
                (Some(to), None) => match codes.get(to.value.as_str()) {
                    Some(&found) => RelationEnd::Item(found),
                    None => {
                        faults.at(to, || {
                            format!(
                                "`{}` is not the code of an item; what is not in the pack is named with `outside`",
                                to.value
                            )
                        });
                        continue;
                    }
                },
                (None, Some(outside)) => RelationEnd::Outside(&outside.value),
                (Some(_), Some(_)) | (None, None) => {
                    faults.at(place, || {
                        "a relation leads either `to` a code or `outside`".to_owned()
                    });
                    continue;
                }
            };
            builder.relation(DetailRelation {
                from: index,
                to,
                kind: &relation.kind.value,
                fields: fields.as_deref(),
            });
        }
    }
    // The text of a pack is far smaller than 4 GiB.
    builder.finish().unwrap_or_default()
}

fn texts(raw: &RawItem, language: &str, builder: &mut DetailsBuilder, faults: &mut Faults) {
    let mut add = |role: TextRole, text: &Text| {
        if text.value.trim().is_empty() {
            faults.at(text, || "this text is empty".to_owned());
        } else {
            builder.text(role, language, &text.value);
        }
    };
    for text in raw.alternatives.iter().flatten() {
        add(TextRole::Alternative, text);
    }
    for text in raw.hidden.iter().flatten() {
        add(TextRole::Hidden, text);
    }
    for text in raw.statement.iter() {
        add(TextRole::Statement, text);
    }
    for text in raw.description.iter() {
        add(TextRole::Description, text);
    }
    for text in raw.notes.iter().flatten() {
        add(TextRole::Note, text);
    }
    for text in raw.texts.iter().flatten() {
        let role = ROLES.iter().find(|(_, word)| *word == text.role.value);
        if LanguageTag::parse(text.language.value.as_str()).is_err() {
            faults.at(&text.language, || not_a_language(&text.language.value));
        }
        match role {
            Some((role, _)) => builder.text(*role, &text.language.value, &text.text.value),
            None => faults.at(&text.role, || {
                let words: Vec<&str> = ROLES.iter().map(|(_, word)| *word).collect();
                format!("`{}` is not one of: {}", text.role.value, words.join(", "))
            }),
        }
    }
}

fn json(fields: &serde_json::Map<String, serde_json::Value>) -> String {
    // A map with texts as keys can always be written.
    serde_json::to_string(fields).unwrap_or_default()
}
