//! Interned names: ids, dotted paths, language tags and units are compared as numbers.

use rustc_hash::FxHashMap;

/// An interned string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub u32);

/// The table behind [`Name`]. All texts lie in one buffer.
#[derive(Debug, Clone, Default)]
pub struct Names {
    buffer: String,
    ranges: Vec<(u32, u32)>,
    /// The newest name of each hash.
    table: FxHashMap<u64, Name>,
    /// For each name, the one before it with the same hash (hashes of 64 bits: hardly ever one).
    same_hash: Vec<Option<Name>>,
}

impl Names {
    /// The name of a text, made if need be.
    pub fn intern(&mut self, text: &str) -> Name {
        let hash = hash(text);
        if let Some(name) = self.lookup(hash, text) {
            return name;
        }
        let start = self.buffer.len() as u32;
        self.buffer.push_str(text);
        let name = Name(self.ranges.len() as u32);
        self.ranges.push((start, self.buffer.len() as u32));
        self.same_hash.push(self.table.insert(hash, name));
        name
    }

    /// The name of a text, if it has been seen.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Name> {
        self.lookup(hash(text), text)
    }

    /// The text of a name.
    #[must_use]
    pub fn text(&self, name: Name) -> &str {
        self.ranges
            .get(name.0 as usize)
            .and_then(|&(start, end)| self.buffer.get(start as usize..end as usize))
            .unwrap_or("")
    }

    fn lookup(&self, hash: u64, text: &str) -> Option<Name> {
        let mut next = self.table.get(&hash).copied();
        while let Some(name) = next {
            if self.text(name) == text {
                return Some(name);
            }
            next = self.same_hash.get(name.0 as usize).copied().flatten();
        }
        None
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_name() {
        let mut names = Names::default();
        let first = names.intern("read.charts");
        assert_eq!(first, names.intern("read.charts"));
        assert_ne!(first, names.intern("read.tables"));
        assert_eq!(names.text(first), "read.charts");
        assert_eq!(names.find("nothing"), None);
    }
}
