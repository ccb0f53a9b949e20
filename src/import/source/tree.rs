//! The records of a release as a tree of items: each once, under its first parent, without circles.

use rustc_hash::FxHashMap;

use crate::import::assemble::BROADER_LINK;
use crate::import::pack::StandsFor;
use crate::import::release::{Record, Release};
use crate::import::tally::Tally;

/// Items may nest up to 256 deep in the language; a tree that is deeper is laid flat from here on.
const DEEPEST: usize = 64;

/// Which record lies under which.
#[derive(Debug)]
pub struct Tree {
    /// Positions of records without a parent.
    pub roots: Vec<usize>,
    /// Positions of the children of each record.
    pub children: Vec<Vec<usize>>,
    /// The parent of each record.
    pub parents: Vec<Option<usize>>,
    pub depths: Vec<usize>,
}

/// What a record stands for, its own word before that of the head.
pub fn stands_for(release: &Release, record: &Record) -> StandsFor {
    record
        .stands_for
        .or(release.head.stands_for)
        .unwrap_or(StandsFor::Skill)
}

/// Positions of records by key; the first one where a key stands twice.
pub fn by_key(release: &Release) -> FxHashMap<&str, usize> {
    let mut keys = FxHashMap::default();
    for (position, record) in release.records.iter().enumerate() {
        keys.entry(record.key.as_str()).or_insert(position);
    }
    keys
}

impl Tree {
    /// Grows the tree. Further parents, and parents that do not exist or would close a circle, are counted.
    pub fn grow(release: &Release, tally: &mut Tally) -> Self {
        let keys = by_key(release);
        let count = release.records.len();
        let mut parents: Vec<Option<usize>> = vec![None; count];
        for (position, record) in release.records.iter().enumerate() {
            let mut first = None;
            for parent in &record.parents {
                tally.read(BROADER_LINK);
                match (keys.get(parent.as_str()), first) {
                    (Some(&parent), None) => first = Some(parent),
                    (Some(_), Some(_)) => {
                        let reason = "further parents, which a tree has no place for";
                        tally.skipped(BROADER_LINK, reason, record.spot, parent);
                    }
                    (None, _) => {
                        let reason = "parents that the files do not hold";
                        tally.skipped(BROADER_LINK, reason, record.spot, parent);
                    }
                }
            }
            let Some(parent) = first else { continue };
            if leads_to(&parents, parent, position) {
                let reason = "parents that would close a circle";
                tally.skipped(BROADER_LINK, reason, record.spot, &record.key);
                continue;
            }
            if let Some(slot) = parents.get_mut(position) {
                *slot = Some(parent);
            }
        }
        let mut tree = Self {
            roots: Vec::new(),
            children: vec![Vec::new(); count],
            depths: vec![0; count],
            parents,
        };
        let linked: Vec<usize> = (0..count)
            .filter(|&position| tree.parents.get(position).copied().flatten().is_some())
            .collect();
        tree.measure();
        tree.hang();
        for position in linked {
            if tree.parents.get(position).copied().flatten().is_some() {
                tally.kept(BROADER_LINK);
            } else if let Some(record) = release.records.get(position) {
                let reason = "parents that lie too deep, whose parts are laid flat";
                tally.skipped(BROADER_LINK, reason, record.spot, &record.key);
            }
        }
        tree
    }

    /// Works out how deep each record lies, and takes those that lie too deep from their parents.
    fn measure(&mut self) {
        for position in 0..self.parents.len() {
            let mut way = vec![position];
            let mut at = position;
            while let Some(parent) = self.parents.get(at).copied().flatten() {
                way.push(parent);
                at = parent;
            }
            let depth = way.len() - 1;
            // Those above were or will be measured in their turn.
            if depth > DEEPEST && depth.is_multiple_of(DEEPEST) {
                if let Some(parent) = self.parents.get_mut(position) {
                    *parent = None;
                }
            } else if let Some(slot) = self.depths.get_mut(position) {
                *slot = depth;
            }
        }
    }

    fn hang(&mut self) {
        for (position, parent) in self.parents.iter().enumerate() {
            match parent.and_then(|parent| self.children.get_mut(parent)) {
                Some(children) => children.push(position),
                None => self.roots.push(position),
            }
        }
    }
}

/// Whether the way up from one record comes by another.
fn leads_to(parents: &[Option<usize>], from: usize, to: usize) -> bool {
    let mut at = Some(from);
    while let Some(position) = at {
        if position == to {
            return true;
        }
        at = parents.get(position).copied().flatten();
    }
    false
}
