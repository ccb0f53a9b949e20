//! Concepts of what the compiler knows: frameworks of the project, and packs with all that they say.

use rustc_hash::FxHashMap;

use super::concept::{Concept, Concepts, Known, Label, LabelRole, Statement, Verb};
use super::gold::LONGEST_CODE;
use crate::import::details::Details;
use crate::import::pack::{Pack, PackItem, PackItemIndex, StandsFor};
use crate::import::release::TextRole;
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

/// The concepts of a pack in its order, and the item of each. With a `class`, only what stands for that; what stands for something else and
/// lies right below one of them (the tasks of an occupation, the levels of a competence) is then read as what is said of it. Withdrawn items are left out.
#[must_use]
pub fn of_pack(
    pack: &Pack,
    details: &Details,
    class: Option<StandsFor>,
) -> (Concepts, Vec<PackItemIndex>) {
    let kept = |item: &PackItem| class.is_none_or(|class| item.stands_for == class);
    let active = || {
        (0u32..)
            .map(PackItemIndex)
            .zip(pack.items())
            .filter(|(_, item)| !item.is_withdrawn())
    };
    let items: Vec<PackItemIndex> = active()
        .filter(|(_, item)| kept(item))
        .map(|(index, _)| index)
        .collect();
    let positions: FxHashMap<PackItemIndex, u32> = items.iter().copied().zip(0u32..).collect();
    let mut concepts: Vec<Concept> = items
        .iter()
        .map(|index| {
            let mut concept = concept_of(pack, details, *index);
            let parents = pack.item(*index).parents();
            concept.parents = parents
                .filter_map(|parent| positions.get(&parent).copied())
                .collect();
            concept
        })
        .collect();
    for (index, item) in active().filter(|(_, item)| !kept(item)) {
        let above = item.parent.and_then(|parent| positions.get(&parent));
        let Some(concept) = above.and_then(|at| concepts.get_mut(*at as usize)) else {
            continue;
        };
        let before = concept.statements.len();
        for text in details.texts(index) {
            match text.role {
                TextRole::Statement => concept.statements.push(statement(text.language, text.text)),
                TextRole::Label
                | TextRole::Alternative
                | TextRole::Hidden
                | TextRole::Description
                | TextRole::Note => {}
            }
        }
        if concept.statements.len() == before {
            concept
                .statements
                .push(statement(&pack.language, &item.label));
        }
    }
    let concepts = Concepts {
        name: pack.id.clone(),
        items: concepts,
    };
    (concepts, items)
}

/// An item with all its names and all that is said of it; parents are the caller's to find.
fn concept_of(pack: &Pack, details: &Details, index: PackItemIndex) -> Concept {
    let item = pack.item(index);
    let mut labels = vec![label(&pack.language, &item.label, LabelRole::Preferred)];
    let others = item.labels.iter();
    labels.extend(others.map(|(language, text)| label(language, text, LabelRole::Preferred)));
    let mut statements = Vec::new();
    let mut notes = Vec::new();
    for text in details.texts(index) {
        let role = match text.role {
            TextRole::Label => LabelRole::Preferred,
            TextRole::Alternative => LabelRole::Alternative,
            TextRole::Hidden => LabelRole::Hidden,
            TextRole::Statement | TextRole::Description => {
                statements.push(statement(text.language, text.text));
                continue;
            }
            TextRole::Note => {
                notes.push(statement(text.language, text.text));
                continue;
            }
        };
        let known = |one: &Label| one.text == text.text && one.language == text.language;
        if !labels.iter().any(known) {
            labels.push(label(text.language, text.text, role));
        }
    }
    labels.sort_by_key(|label| label.role);
    // Of prose only the beginning is read, and a note says least.
    statements.extend(notes);
    // Codes that are the end of an address and made by a machine have no beginnings that mean anything.
    let made = item.code.len() > LONGEST_CODE && item.iri.ends_with(&item.code);
    Concept {
        key: item.iri.clone(),
        code: if made {
            String::new()
        } else {
            item.code.clone()
        },
        kind: item.kind.clone().unwrap_or_default(),
        labels,
        statements,
        parents: Vec::new(),
    }
}

fn label(language: &str, text: &str, role: LabelRole) -> Label {
    Label {
        language: language.to_owned(),
        text: text.to_owned(),
        role,
    }
}

fn statement(language: &str, text: &str) -> Statement {
    Statement {
        language: language.to_owned(),
        text: text.to_owned(),
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
