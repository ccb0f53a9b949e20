//! Concepts of what the compiler knows: frameworks of the project, packs, releases as readers found them.

use rustc_hash::FxHashMap;

use super::concept::{Concept, Concepts, Known, Label, LabelRole, Statement, Verb};
use crate::import::pack::{Pack, PackItemStatus};
use crate::import::release::{Release, TextRole};
use crate::model::{FrameworkId, ItemId, MappingVerb, Project, Prose};

/// The concepts of a framework of the project, and the item of each. `language` is that of the project's texts.
#[must_use]
pub fn of_framework(
    project: &Project,
    framework: FrameworkId,
    language: &str,
) -> (Concepts, Vec<ItemId>) {
    let mut side = Concepts {
        name: project
            .name(project.frameworks[framework].declared.id)
            .to_owned(),
        items: Vec::new(),
    };
    let mut items: Vec<ItemId> = Vec::new();
    let mut positions: FxHashMap<ItemId, u32> = FxHashMap::default();
    for (id, item) in project
        .items
        .iter()
        .filter(|(_, item)| item.framework == framework)
    {
        let texts = |prose: &Prose| -> Vec<(String, String)> {
            let mut all = vec![(language.to_owned(), project.prose(prose).into_owned())];
            all.extend(prose.translations.iter().map(|(language, text)| {
                (
                    project.name(*language).to_owned(),
                    project.text(*text).into_owned(),
                )
            }));
            all
        };
        let labels = texts(&item.declared.name)
            .into_iter()
            .map(|(language, text)| Label {
                language,
                text,
                role: LabelRole::Preferred,
            })
            .collect();
        let statements = item
            .statements
            .iter()
            .map(|statement| &statement.prose)
            .chain(&item.declared.about)
            .flat_map(texts)
            .map(|(language, text)| Statement { language, text })
            .collect();
        positions.insert(id, u32::try_from(items.len()).unwrap_or(u32::MAX));
        items.push(id);
        side.items.push(Concept {
            key: project.name(item.path).to_owned(),
            code: item
                .code
                .map(|code| project.text(code).into_owned())
                .unwrap_or_default(),
            kind: item.kind.word().to_owned(),
            labels,
            statements,
            parents: Vec::new(),
        });
    }
    for (concept, id) in side.items.iter_mut().zip(&items) {
        concept.parents.extend(
            project.items[*id]
                .parent
                .and_then(|parent| positions.get(&parent).copied()),
        );
    }
    (side, items)
}

/// The concepts of a pack, in its order: the position of a concept is that of its item. Withdrawn items have no names, so that they are not
/// found.
#[must_use]
pub fn of_pack(pack: &Pack) -> Concepts {
    let items = pack
        .items()
        .iter()
        .map(|item| {
            let mut labels = vec![(pack.language.as_str(), item.label.as_str())];
            labels.extend(
                item.labels
                    .iter()
                    .map(|(language, text)| (language.as_str(), text.as_str())),
            );
            match item.status {
                PackItemStatus::Active => {}
                PackItemStatus::Withdrawn => labels.clear(),
            }
            Concept {
                key: item.iri.clone(),
                code: item.code.clone(),
                kind: item.kind.clone().unwrap_or_default(),
                labels: labels
                    .into_iter()
                    .map(|(language, text)| Label {
                        language: language.to_owned(),
                        text: text.to_owned(),
                        role: LabelRole::Preferred,
                    })
                    .collect(),
                statements: Vec::new(),
                parents: item.parent.iter().map(|parent| parent.0).collect(),
            }
        })
        .collect();
    Concepts {
        name: pack.id.clone(),
        items,
    }
}

/// The concepts of a release as its reader found it. Withdrawn records have no names, so that they are not found.
#[must_use]
pub fn of_release(release: &Release) -> Concepts {
    let positions: FxHashMap<&str, u32> = (0u32..)
        .zip(&release.records)
        .map(|(position, record)| (record.key.as_str(), position))
        .collect();
    let main = release.head.language.as_deref().unwrap_or("");
    let items = release
        .records
        .iter()
        .map(|record| {
            let mut concept = Concept {
                key: record.iri.clone().unwrap_or_else(|| record.key.clone()),
                code: record.code.clone(),
                kind: record.kind.clone().unwrap_or_default(),
                parents: record
                    .parents
                    .iter()
                    .filter_map(|parent| positions.get(parent.as_str()).copied())
                    .collect(),
                ..Concept::default()
            };
            for text in record.texts.iter().filter(|_| !record.withdrawn) {
                let language = if text.language.is_empty() {
                    main
                } else {
                    &text.language
                };
                let (language, words) = (language.to_owned(), text.text.clone());
                let role = match text.role {
                    TextRole::Label => Some(LabelRole::Preferred),
                    TextRole::Alternative => Some(LabelRole::Alternative),
                    TextRole::Hidden => Some(LabelRole::Hidden),
                    TextRole::Statement | TextRole::Description | TextRole::Note => None,
                };
                match role {
                    Some(role) => concept.labels.push(Label {
                        language,
                        text: words,
                        role,
                    }),
                    None => concept.statements.push(Statement {
                        language,
                        text: words,
                    }),
                }
            }
            concept.labels.sort_by_key(|label| label.role);
            concept
        })
        .collect();
    Concepts {
        name: release.head.id.clone(),
        items,
    }
}

/// The verb of a mapping; `relates to` says least and counts as close.
#[must_use]
pub fn verb(verb: MappingVerb) -> Verb {
    match verb {
        MappingVerb::IsExactly => Verb::Exact,
        MappingVerb::IsCloseTo | MappingVerb::RelatesTo => Verb::Close,
        MappingVerb::IsWithin => Verb::Broad,
        MappingVerb::Covers => Verb::Narrow,
    }
}

/// A mapping of the project as the engine wants it.
#[must_use]
pub fn known(source: u32, target: u32, verb: MappingVerb) -> Known {
    Known {
        source,
        target,
        verb: self::verb(verb),
    }
}
