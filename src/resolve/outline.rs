//! What one file declares, found side by side with all other files: the words that become names, and the items of its
//! frameworks with their paths.
//!
//! Goes in: a tree. Comes out: an [`Outline`], which [`super::declare`] enters into the tables in the order of files, so that
//! ids do not depend on chance. Items stand in source order, parents before what is in them; their positions count from
//! the first item of the file.

use rustc_hash::FxHashSet;

use super::declare::id_span;
use super::external;
use crate::model::{Hashed, Name, Names};
use crate::source::{FileId, Span};
use crate::syntax::tree::{Arg, Key, StatementId, Tree};

/// What one file declares.
pub(super) struct Outline<'a> {
    /// Ids and units, each once.
    words: Vec<Hashed<'a>>,
    pub(super) externals: Vec<external::Mention<'a>>,
    /// The whole paths of all items, one after the other.
    paths: String,
    pub(super) items: Vec<ListedItem>,
    pub(super) nested: Vec<Nested>,
}

/// An item of a framework of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListedItem {
    /// The framework's statement.
    pub(super) framework: StatementId,
    pub(super) statement: StatementId,
    /// The id as it stands in the text.
    pub(super) id: Span,
    /// The position of the item around it.
    pub(super) parent: Option<u32>,
    /// The position after the last item inside it.
    pub(super) end: u32,
    /// Where its whole path lies.
    path: (u32, u32),
    /// Where in its path the framework's id and the dot end.
    short: u32,
}

/// The names of a listed item.
#[derive(Debug, Clone, Copy)]
pub(super) struct ItemNames {
    /// Of the whole path.
    pub(super) full: Name,
    /// Of the path inside the framework.
    pub(super) short: Name,
}

/// An item named inside an `in` block of something around it.
pub(super) struct Nested {
    /// The framework's statement.
    pub(super) framework: StatementId,
    /// Its whole path.
    pub(super) path: String,
    /// The `in` block.
    pub(super) block: StatementId,
    /// What is said of the item there.
    pub(super) statement: StatementId,
}

impl<'a> Outline<'a> {
    /// Reads the outline of a file.
    pub(super) fn of(tree: &'a Tree, file: FileId, text: &'a str) -> Self {
        let mut outline = Self {
            words: words(tree, text),
            externals: external::mentions(tree, file, text),
            paths: String::new(),
            items: Vec::new(),
            nested: Vec::new(),
        };
        for (id, statement) in tree.roots() {
            if statement.key == Key::Framework {
                let name = id_span(tree, statement).map_or("", |span| tree.word(text, span));
                outline.framework(tree, text, id, name);
            }
        }
        outline
    }

    /// Lists the items of a framework.
    fn framework(&mut self, tree: &Tree, text: &str, framework: StatementId, name: &str) {
        let end = tree.statement(framework).end;
        let mut path = name.to_owned();
        // The items that are open around the next statement: where each ends, its position, and how long the path was before.
        let mut open: Vec<(u32, u32, usize)> = Vec::new();
        let mut next = framework.0 + 1;
        while next < end {
            let id = StatementId(next);
            let statement = tree.statement(id);
            while let Some((_, item, before)) = open.pop_if(|(end, ..)| *end <= next) {
                self.close(item);
                path.truncate(before);
            }
            if statement.key == Key::In {
                self.translated(tree, text, framework, id, &path);
            }
            if statement.key != Key::Item {
                next = statement.end;
                continue;
            }
            next += 1;
            let Some(span) = id_span(tree, statement) else {
                continue;
            };
            let before = path.len();
            path.push('.');
            path.push_str(tree.word(text, span));
            let start = self.paths.len() as u32;
            self.paths.push_str(&path);
            let position = self.items.len() as u32;
            self.items.push(ListedItem {
                framework,
                statement: id,
                id: span,
                parent: open.last().map(|&(_, item, _)| item),
                end: position + 1,
                path: (start, self.paths.len() as u32),
                short: name.len() as u32 + 1,
            });
            open.push((statement.end, position, before));
        }
        for (_, item, _) in open {
            self.close(item);
        }
    }

    fn close(&mut self, item: u32) {
        let end = self.items.len() as u32;
        if let Some(item) = self.items.get_mut(item as usize) {
            item.end = end;
        }
    }

    /// Collects the items that an `in` block speaks of; `around` is the path of what the block stands in.
    fn translated(
        &mut self,
        tree: &Tree,
        text: &str,
        framework: StatementId,
        block: StatementId,
        around: &str,
    ) {
        let mut waiting: Vec<(StatementId, String)> = vec![(block, around.to_owned())];
        while let Some((outer, path)) = waiting.pop() {
            for (id, statement) in tree.children(outer) {
                let (Key::Item, Some(span)) = (statement.key, id_span(tree, statement)) else {
                    continue;
                };
                let path = format!("{path}.{}", tree.word(text, span));
                self.nested.push(Nested {
                    framework,
                    path: path.clone(),
                    block,
                    statement: id,
                });
                waiting.push((id, path));
            }
        }
    }

    /// The whole path of an item.
    pub(super) fn path(&self, item: &ListedItem) -> &str {
        let (start, end) = item.path;
        self.paths.get(start as usize..end as usize).unwrap_or("")
    }

    /// All texts that become names: the words, then of each item the whole path and the short one.
    pub(super) fn texts<'o>(&'o self) -> Vec<Hashed<'o>>
    where
        'a: 'o,
    {
        let paths = self.items.iter().flat_map(|item| {
            let path = self.path(item);
            let short = path.get(item.short as usize..).unwrap_or(path);
            [Hashed::new(path), Hashed::new(short)]
        });
        self.words.iter().copied().chain(paths).collect()
    }

    /// The names of the items, once [`Outline::texts`] have names.
    pub(super) fn names(&self, texts: &[Hashed<'_>], names: &Names) -> Vec<ItemNames> {
        let name = |text: &Hashed<'_>| names.find_hashed(*text).unwrap_or(Name(0));
        let paths = texts.get(self.words.len()..).unwrap_or(&[]);
        let pairs = paths.chunks_exact(2).map(|pair| ItemNames {
            full: name(&pair[0]),
            short: name(&pair[1]),
        });
        pairs.collect()
    }
}

fn words<'a>(tree: &'a Tree, text: &'a str) -> Vec<Hashed<'a>> {
    let mut seen = FxHashSet::default();
    let mut words = Vec::new();
    for arg in &tree.args {
        let (Arg::Id(span) | Arg::Quantity { unit: span, .. }) = *arg else {
            continue;
        };
        let word = tree.word(text, span);
        if seen.insert(word) {
            words.push(Hashed::new(word));
        }
    }
    words
}
