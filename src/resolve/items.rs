//! The items of a framework as they are declared: their ids, their paths, and where an `in` block around them speaks of them.

use crate::model::{FrameworkId, Id, ItemId};
use crate::source::{Place, Span};
use crate::syntax::tree::{Key, StatementId, Tree};

use super::declare::{Walk, id_span, push};
use super::tables::{Declaration, ItemFrame};

/// An item named inside an `in` block of something around it.
struct Nested {
    /// Its whole path.
    path: String,
    /// The `in` block.
    block: StatementId,
    /// What is said of the item there.
    statement: StatementId,
}

/// Collects the items that an `in` block speaks of, with their whole paths; `around` is the path of what the block stands in.
fn nested<'t>(
    tree: &Tree,
    block: StatementId,
    around: &str,
    slice: impl Fn(Span) -> &'t str,
    found: &mut Vec<Nested>,
) {
    let mut waiting: Vec<(StatementId, String)> = vec![(block, around.to_owned())];
    while let Some((outer, path)) = waiting.pop() {
        for (id, statement) in tree.children(outer) {
            let (Key::Item, Some(span)) = (statement.key, id_span(tree, statement)) else {
                continue;
            };
            let path = format!("{path}.{}", slice(span));
            found.push(Nested {
                path: path.clone(),
                block,
                statement: id,
            });
            waiting.push((id, path));
        }
    }
}

impl Walk<'_, '_> {
    /// Enters all items of a framework, in source order, parents before what is in them.
    pub(super) fn items(
        &mut self,
        tree: &Tree,
        framework_statement: StatementId,
        framework: FrameworkId,
        framework_id: &str,
    ) {
        /// An item that is open around the next statement.
        struct Open {
            statement_end: u32,
            item: ItemId,
            /// Length of the path before this item.
            path_before: usize,
        }
        let end = tree.statement(framework_statement).end;
        let mut path = framework_id.to_owned();
        let mut open: Vec<Open> = Vec::new();
        let mut translated: Vec<Nested> = Vec::new();
        let mut next = framework_statement.0 + 1;
        while next < end {
            let id = StatementId(next);
            let statement = tree.statement(id);
            while open.last().is_some_and(|last| last.statement_end <= next) {
                self.close_item(
                    &mut path,
                    open.pop().map(|last| (last.item, last.path_before)),
                );
            }
            if statement.key == Key::In {
                nested(tree, id, &path, |span| self.slice(span), &mut translated);
            }
            if statement.key != Key::Item {
                next = statement.end;
                continue;
            }
            next += 1;
            let Some(span) = id_span(tree, statement) else {
                continue;
            };
            let path_before = path.len();
            path.push('.');
            path.push_str(self.slice(span));
            let full_path = self.tables.names.intern(&path);
            let short_path = self
                .tables
                .names
                .intern(path.get(framework_id.len() + 1..).unwrap_or(&path));
            let own = self.slice(span).to_owned();
            self.tables.names.intern(&own);
            let place = self.place(span);
            let parent = open.last().map(|last| last.item);
            if parent.is_none() {
                let name = self.tables.names.intern(&own);
                self.top_items.push((name, place));
            }
            let declaration = Declaration {
                file: self.file,
                statement: id,
                within: framework.0,
            };
            let item: ItemId = push(&mut self.tables.items, declaration);
            self.tables.item_frames.push(ItemFrame {
                framework,
                parent,
                path: short_path,
                full_path,
                end: item.0 + 1,
            });
            if let Some(&first) = self.tables.items_by_path.get(&full_path) {
                let first = self.item_place(tree, first);
                if let Some(first) = first {
                    self.duplicate(&path, place, first);
                }
            } else {
                self.tables.items_by_path.insert(full_path, item);
            }
            open.push(Open {
                statement_end: statement.end,
                item,
                path_before,
            });
        }
        while let Some(last) = open.pop() {
            self.close_item(&mut path, Some((last.item, last.path_before)));
        }
        for nested in translated {
            let name = self.tables.names.find(&nested.path);
            if let Some(&item) = name.and_then(|name| self.tables.items_by_path.get(&name)) {
                let list = self.tables.item_translations.entry(item).or_default();
                list.push((nested.block, nested.statement));
            }
        }
    }

    fn close_item(&mut self, path: &mut String, closed: Option<(ItemId, usize)>) {
        if let Some((item, path_before)) = closed {
            path.truncate(path_before);
            let end = self.tables.items.len() as u32;
            if let Some(frame) = self.tables.item_frames.get_mut(item.index()) {
                frame.end = end;
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
