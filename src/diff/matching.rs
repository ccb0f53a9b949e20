//! Which thing of the new project is which thing of the old one: by id, else by a former id.
//!
//! An id that both projects have means the same thing in both. What is left over is matched by `formerly`, the newest former
//! id first. Both sides of a pair share one number, so that they can be spoken of together.

use rustc_hash::FxHashMap;

use super::Side;
use crate::model::{Arena, Declared, Id, ItemId, Name, Project};

/// The things of one kind in both projects.
#[derive(Debug, Clone)]
pub struct Pairs<I> {
    /// For each new thing the old one.
    old_of: Vec<Option<I>>,
    /// For each old thing the new one.
    new_of: Vec<Option<I>>,
}

impl<I: Id> Pairs<I> {
    fn new(old: usize, new: usize) -> Self {
        Self {
            old_of: vec![None; new],
            new_of: vec![None; old],
        }
    }

    /// Pairs of things with declarations of their own.
    #[must_use]
    pub fn declared<T>(
        side: (&Side<'_>, &Side<'_>),
        old: &Arena<I, T>,
        new: &Arena<I, T>,
        declared: impl Fn(&T) -> &Declared,
    ) -> Self {
        let (before, after) = (side.0.project, side.1.project);
        let by_id: FxHashMap<&str, I> = old
            .iter()
            .map(|(id, thing)| (before.id(declared(thing)), id))
            .collect();
        Self::by_names(
            old.len(),
            new.iter()
                .map(|(id, thing)| (id, after.id(declared(thing)).to_owned())),
            new.iter().map(|(id, thing)| {
                let former = &declared(thing).formerly;
                let former = former.iter().rev().map(|&(name, _)| after.name(name));
                (id, former.map(str::to_owned).collect())
            }),
            |name| by_id.get(name).copied(),
        )
    }

    /// Pairs by any names: `current` has the name of every new thing, `former` the names to try where that one is new.
    pub fn by_names(
        old: usize,
        current: impl ExactSizeIterator<Item = (I, String)>,
        former: impl Iterator<Item = (I, Vec<String>)>,
        find: impl Fn(&str) -> Option<I>,
    ) -> Self {
        let mut pairs = Self::new(old, current.len());
        for (id, name) in current {
            if let Some(before) = find(&name) {
                pairs.join(before, id);
            }
        }
        for (id, names) in former {
            for name in names {
                if let Some(before) = find(&name) {
                    pairs.join(before, id);
                }
            }
        }
        pairs
    }

    /// Joins two things that are both free.
    fn join(&mut self, old: I, new: I) {
        if let (Some(of_new @ None), Some(of_old @ None)) = (
            self.old_of.get_mut(new.index()),
            self.new_of.get_mut(old.index()),
        ) {
            *of_new = Some(old);
            *of_old = Some(new);
        }
    }

    /// The old thing of a new one.
    #[must_use]
    pub fn old(&self, new: I) -> Option<I> {
        self.old_of.get(new.index()).copied().flatten()
    }

    /// The new thing of an old one.
    #[must_use]
    pub fn new_one(&self, old: I) -> Option<I> {
        self.new_of.get(old.index()).copied().flatten()
    }

    /// Pairs of old and new, in the order of the new project.
    pub fn both(&self) -> impl Iterator<Item = (I, I)> + '_ {
        self.old_of
            .iter()
            .enumerate()
            .filter_map(|(new, old)| Some(((*old)?, I::from_index(new))))
    }

    /// New things without an old one.
    pub fn added(&self) -> impl Iterator<Item = I> + '_ {
        self.old_of
            .iter()
            .enumerate()
            .filter(|(_, old)| old.is_none())
            .map(|(new, _)| I::from_index(new))
    }

    /// Old things without a new one.
    pub fn removed(&self) -> impl Iterator<Item = I> + '_ {
        self.new_of
            .iter()
            .enumerate()
            .filter(|(_, new)| new.is_none())
            .map(|(old, _)| I::from_index(old))
    }

    /// The number that both sides of a pair share, of a new thing.
    #[must_use]
    pub fn number_of_new(&self, new: I) -> u32 {
        new.index() as u32
    }

    /// The number that both sides of a pair share, of an old thing.
    #[must_use]
    pub fn number_of_old(&self, old: I) -> u32 {
        match self.new_one(old) {
            Some(new) => new.index() as u32,
            None => (self.old_of.len() + old.index()) as u32,
        }
    }

    /// What a shared number stands for: the thing of the new project, else of the old one.
    ///
    /// # Errors
    /// It is gone in the new project: the old thing.
    pub fn of_number(&self, number: u32) -> Result<I, I> {
        let number = number as usize;
        match number.checked_sub(self.old_of.len()) {
            None => Ok(I::from_index(number)),
            Some(old) => Err(I::from_index(old)),
        }
    }
}

/// Pairs of items: by their whole paths, also under former ids of anything along the path.
#[must_use]
pub fn items(old: &Side<'_>, new: &Side<'_>) -> Pairs<ItemId> {
    let (before, after) = (old.project, new.project);
    let find = |path: &str| before.find_item(path);
    let mut pairs = Pairs::by_names(
        before.items.len(),
        after
            .items
            .iter()
            .map(|(id, item)| (id, after.name(item.full_path).to_owned())),
        std::iter::empty(),
        find,
    );
    // An item under a parent that was renamed, or renamed itself: it stands below the old parent under one of its ids.
    let free: Vec<ItemId> = pairs.added().collect();
    for id in free {
        for path in former_paths(after, id) {
            if let Some(before) = find(&path) {
                pairs.join(before, id);
            }
        }
    }
    moved(before, after, &mut pairs);
    pairs
}

/// Paths under which an item may have stood: every id it had, below every path its parent may have had. Few, except for
/// deep chains of renamed things, where the nearest are tried.
fn former_paths(project: &Project, id: ItemId) -> Vec<String> {
    const MOST: usize = 64;
    let names = |declared: &Declared| -> Vec<Name> {
        let former = declared.formerly.iter().rev().map(|&(name, _)| name);
        std::iter::once(declared.id).chain(former).collect()
    };
    let mut chain = Vec::new();
    let mut next = Some(id);
    while let Some(item) = next {
        chain.push(names(&project.items[item].declared));
        next = project.items[item].parent;
    }
    let framework = project.items[id].framework;
    chain.push(names(&project.frameworks[framework].declared));
    let mut paths = vec![String::new()];
    for level in chain.iter().rev() {
        let mut longer = Vec::new();
        for path in &paths {
            for &name in level {
                let dot = if path.is_empty() { "" } else { "." };
                longer.push(format!("{path}{dot}{}", project.name(name)));
            }
        }
        longer.truncate(MOST);
        paths = longer;
    }
    paths
}

/// Items that stand elsewhere now: the same own id, free on both sides, once in the same framework.
fn moved(before: &Project, after: &Project, pairs: &mut Pairs<ItemId>) {
    let mut places: FxHashMap<(String, String), (Vec<ItemId>, Vec<ItemId>)> = FxHashMap::default();
    let key = |project: &Project, id: ItemId| {
        let item = &project.items[id];
        (
            project
                .id(&project.frameworks[item.framework].declared)
                .to_owned(),
            project.id(&item.declared).to_owned(),
        )
    };
    for id in pairs.removed() {
        places.entry(key(before, id)).or_default().0.push(id);
    }
    for id in pairs.added() {
        places.entry(key(after, id)).or_default().1.push(id);
    }
    let mut joined: Vec<(ItemId, ItemId)> = places
        .into_values()
        .filter_map(|(old, new)| match (old.as_slice(), new.as_slice()) {
            ([old], [new]) => Some((*old, *new)),
            _ => None,
        })
        .collect();
    joined.sort_unstable();
    for (old, new) in joined {
        pairs.join(old, new);
    }
}
