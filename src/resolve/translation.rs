//! `in LANG { … }`: which text translates which.
//!
//! Translations follow the order of the originals: the second `can` in `in fr { … }` translates the second `can`. Levels,
//! criteria and cells are matched by their id, and so is what is declared inside a thing (`in fr { skill charts "…" { … } }`);
//! free text inside requirements by repeating the text (`text "…" as "…"`).

use crate::diag::early;
use crate::model::{ItemId, Language, Name, Prose, Text};
use crate::syntax::tree::{Key, Statement, StatementId};

use super::View;
use super::outcome::Outcome;

/// What translates one declaration: its own `in` blocks, and what blocks around it say of it.
pub(super) struct Translations<'a> {
    view: View<'a>,
    /// The language, and the statement whose block holds the translations: an `in`, or a declaration named in one.
    blocks: Vec<(Language, StatementId)>,
}

impl<'a> View<'a> {
    /// The `in` blocks that stand directly in a declaration.
    pub(super) fn translations(self, id: StatementId, outcome: &mut Outcome) -> Translations<'a> {
        let mut blocks: Vec<(Language, StatementId)> = Vec::new();
        for (block, statement) in self.tree.children(id) {
            if statement.key != Key::In {
                continue;
            }
            let Some(span) = self.id_arg(statement) else {
                continue;
            };
            let Some(language) = self.language(span, outcome) else {
                continue;
            };
            if let Some(&(_, first)) = blocks.iter().find(|(known, _)| *known == language) {
                let first = self.place(self.tree.statement(first).keyword);
                outcome
                    .report(&early::SYNTAX_REPEATED, self.place(span))
                    .message(format!("`in {}` stands twice here", self.slice(span)))
                    .label("a second block for the same language")
                    .also(first, "the first")
                    .help("put both into one block");
                continue;
            }
            blocks.push((language, block));
        }
        Translations { view: self, blocks }
    }

    /// The translations of something declared inside another thing: its own, and those of `outer` that name it.
    pub(super) fn translations_inside(
        self,
        id: StatementId,
        outer: &Translations<'a>,
        outcome: &mut Outcome,
    ) -> Translations<'a> {
        let mut own = self.translations(id, outcome);
        let statement = self.tree.statement(id);
        let Some(name) = self.id_arg(statement).map(|span| self.name(span)) else {
            return own;
        };
        for &(language, block) in &outer.blocks {
            let said = self
                .tree
                .children(block)
                .find(|(_, child)| child.key == statement.key && outer.has_id(child, name));
            own.blocks.extend(said.map(|(found, _)| (language, found)));
        }
        own
    }

    /// The translations of an item: its own, and those of `in` blocks around it.
    pub(super) fn translations_of_item(
        self,
        id: StatementId,
        item: ItemId,
        outcome: &mut Outcome,
    ) -> Translations<'a> {
        let mut own = self.translations(id, outcome);
        let around = self.linker.tables.item_translations.get(&item);
        for &(block, said) in around.into_iter().flatten() {
            let language = self.id_arg(self.tree.statement(block));
            own.blocks
                .extend(language.map(|span| (self.name(span), said)));
        }
        own
    }
}

impl Translations<'_> {
    /// A text with the translations that stand `nth` among those of its key.
    pub(super) fn prose(&self, text: Text, key: Key, nth: usize) -> Prose {
        let mut prose = Prose::new(text);
        for &(language, block) in &self.blocks {
            if prose.translation(language).is_some() {
                continue;
            }
            // A declaration named in an `in` block says its name beside its id.
            let statement = self.view.tree.statement(block);
            let beside = (key == Key::Name && statement.key != Key::In)
                .then(|| self.view.text(statement))
                .flatten();
            let translated = self
                .view
                .tree
                .children(block)
                .filter(|(_, child)| child.key == key)
                .nth(nth);
            let inside = translated.and_then(|(_, child)| self.view.text(child));
            prose
                .translations
                .extend(beside.or(inside).map(|text| (language, text)));
        }
        prose
    }

    /// The `nth` text of a list property such as `tags`.
    pub(super) fn prose_in_list(&self, text: Text, key: Key, nth: usize) -> Prose {
        let mut prose = Prose::new(text);
        for &(language, block) in &self.blocks {
            let lists = self
                .view
                .tree
                .children(block)
                .filter(|(_, child)| child.key == key);
            let texts = lists
                .flat_map(|(_, child)| self.view.args(child))
                .filter_map(|&arg| self.view.as_text(arg));
            if let Some(text) = texts.into_iter().nth(nth) {
                prose.translations.push((language, text));
            }
        }
        prose
    }

    /// What an image shows: `image "…" alt "…"` is translated by `alt "…"`.
    pub(super) fn image_alt(&self, text: Text) -> Prose {
        self.prose(text, Key::Alt, 0)
    }

    /// A free text, translated by repeating it: `text "…" as "…"`.
    pub(super) fn judgement(&self, text: Text) -> Prose {
        let mut prose = Prose::new(text);
        let sources = self.view.linker.sources;
        for &(language, block) in &self.blocks {
            for (_, child) in self.view.tree.children(block) {
                if child.key != Key::TextAs {
                    continue;
                }
                let mut texts = self
                    .view
                    .args(child)
                    .iter()
                    .filter_map(|&arg| self.view.as_text(arg));
                let (Some(one), Some(other)) = (texts.next(), texts.next()) else {
                    continue;
                };
                if one.read(sources) == text.read(sources) {
                    prose.translations.push((language, other));
                }
            }
        }
        prose
    }

    /// A text of a nested thing that is translated by its id, as in `levels { full "Complet" }` and `criterion x "…" { full "…" }`.
    ///
    /// `path` names the way: keys and ids from the `in` block down; a step without id takes the only block of its key.
    pub(super) fn prose_at(&self, text: Text, path: &[(Key, Option<Name>)]) -> Prose {
        let mut prose = Prose::new(text);
        for &(language, block) in &self.blocks {
            let mut at = Some(block);
            for &(key, id) in path {
                at = at.and_then(|block| {
                    let mut children = self.view.tree.children(block);
                    children
                        .find(|(_, child)| {
                            child.key == key && id.is_none_or(|id| self.has_id(child, id))
                        })
                        .map(|(found, _)| found)
                });
            }
            if let Some(text) = at.and_then(|found| self.view.text(self.view.tree.statement(found)))
            {
                prose.translations.push((language, text));
            }
        }
        prose
    }

    fn has_id(&self, statement: &Statement, id: Name) -> bool {
        self.view
            .id_arg(statement)
            .is_some_and(|span| self.view.name(span) == id)
    }

    /// Adds the translations of the block around: `in fr { … }` of a rubric speaks of its criteria, too.
    pub(super) fn extend(&self, prose: &mut Prose, outer: Prose) {
        for (language, text) in outer.translations {
            if prose.translation(language).is_none() {
                prose.translations.push((language, text));
            }
        }
    }
}
