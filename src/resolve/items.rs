//! The items of a framework, entered into the tables: their ids, their paths, and where an `in` block around them speaks of them.

use crate::model::{FrameworkId, Id, ItemId};
use crate::source::Place;
use crate::syntax::tree::{StatementId, Tree};

use super::declare::{Walk, id_span, push};
use super::outline::{ItemNames, Outline};
use super::tables::{Declaration, ItemFrame};

/// The items of one file on their way into the tables.
pub(super) struct FileItems<'o> {
    pub(super) outline: &'o Outline<'o>,
    /// Of each item.
    pub(super) names: Vec<ItemNames>,
    /// The id of the first of them.
    pub(super) first: u32,
    /// The position of the next to be entered.
    pub(super) next: usize,
}

impl Walk<'_, '_> {
    /// Enters all items of a framework, in source order, parents before what is in them.
    pub(super) fn items(
        &mut self,
        tree: &Tree,
        framework_statement: StatementId,
        framework: FrameworkId,
        items: &mut FileItems<'_>,
    ) {
        let (outline, first) = (items.outline, items.first);
        let left = outline.items.iter().zip(&items.names).skip(items.next);
        for (listed, names) in
            left.take_while(|(listed, _)| listed.framework == framework_statement)
        {
            items.next += 1;
            let place = self.place(listed.id);
            if listed.parent.is_none() {
                self.top_items.push((names.short, place));
            }
            let declaration = Declaration {
                file: self.file,
                statement: listed.statement,
                within: framework.0,
            };
            let item: ItemId = push(&mut self.tables.items, declaration);
            self.tables.item_frames.push(ItemFrame {
                framework,
                parent: listed.parent.map(|parent| ItemId(first + parent)),
                path: names.short,
                full_path: names.full,
                end: first + listed.end,
            });
            if let Some(first) = self.tables.items_by_path.get(names.full) {
                if let Some(first) = self.item_place(tree, first) {
                    self.duplicate(outline.path(listed), place, first);
                }
            } else {
                self.tables.items_by_path.insert(names.full, item);
            }
        }
        let nested = outline.nested.iter();
        for nested in nested.filter(|nested| nested.framework == framework_statement) {
            let name = self.tables.names.find(&nested.path);
            if let Some(item) = name.and_then(|name| self.tables.items_by_path.get(name)) {
                let list = self.tables.item_translations.entry(item).or_default();
                list.push((nested.block, nested.statement));
            }
        }
    }

    /// Where the id of an item of this file stands; `None` for an item of a framework of the same id in another file (the
    /// frameworks have been reported).
    fn item_place(&self, tree: &Tree, item: ItemId) -> Option<Place> {
        let declaration = self.tables.items.get(item.index())?;
        if declaration.file != self.file {
            return None;
        }
        Some(self.place(id_span(tree, tree.statement(declaration.statement))?))
    }
}
