//! Interned names: ids, dotted paths, language tags and units are compared as numbers.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// An interned string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub u32);

/// The table behind [`Name`], in parts that can be filled side by side: the hash of a text says which part is its own.
#[derive(Debug, Clone, Default)]
pub struct Names {
    parts: [Part; PARTS],
}

/// How many parts there are; fixed, so that names do not depend on the machine.
const PARTS: usize = 8;

/// A text and its hash, ready to be interned.
#[derive(Debug, Clone, Copy)]
pub struct Hashed<'a> {
    hash: u64,
    text: &'a str,
}

impl<'a> Hashed<'a> {
    /// Hashes a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            hash: hash(text),
            text,
        }
    }

    fn part(self) -> usize {
        // The low bits choose the place in a table, so the part is chosen by others.
        (self.hash >> 40) as usize % PARTS
    }
}

impl Names {
    /// The name of a text, made if need be.
    pub fn intern(&mut self, text: &str) -> Name {
        let text = Hashed::new(text);
        let part = text.part();
        outer(self.parts[part].intern(text), part)
    }

    /// Makes the names of many texts, side by side. Which name a text gets depends on the order of the texts alone.
    pub fn intern_all<'a>(&mut self, texts: &[Vec<Hashed<'a>>]) {
        self.parts
            .par_iter_mut()
            .enumerate()
            .for_each(|(number, part)| {
                for &text in texts.iter().flatten() {
                    if text.part() == number {
                        part.intern(text);
                    }
                }
            });
    }

    /// The name of a text, if it has been seen.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Name> {
        self.find_hashed(Hashed::new(text))
    }

    /// The same for a text whose hash is known.
    #[must_use]
    pub fn find_hashed(&self, text: Hashed<'_>) -> Option<Name> {
        let part = text.part();
        Some(outer(self.parts[part].lookup(text)?, part))
    }

    /// The text of a name.
    #[must_use]
    pub fn text(&self, name: Name) -> &str {
        let (inner, part) = (name.0 / PARTS as u32, name.0 as usize % PARTS);
        self.parts[part].text(inner)
    }
}

/// The name of a text from its number in its part.
fn outer(inner: u32, part: usize) -> Name {
    Name(inner * PARTS as u32 + part as u32)
}

/// Something for each of some names: a list by the number of the name, for what most names have.
#[derive(Debug, Clone)]
pub struct ByName<T>(Vec<Option<T>>);

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy> ByName<T> {
    /// What a name stands for.
    #[must_use]
    pub fn get(&self, name: Name) -> Option<T> {
        self.0.get(name.0 as usize).copied().flatten()
    }

    /// Says what a name stands for.
    pub fn insert(&mut self, name: Name, value: T) {
        let position = name.0 as usize;
        if self.0.len() <= position {
            self.0.resize(position + 1, None);
        }
        if let Some(slot) = self.0.get_mut(position) {
            *slot = Some(value);
        }
    }
}

/// A name and where its text lies, beside each other: the one is hardly ever looked up without the other.
#[derive(Debug, Clone, Copy)]
struct Entry {
    name: u32,
    start: u32,
    end: u32,
}

/// Some of the names. All texts lie in one buffer.
#[derive(Debug, Clone, Default)]
struct Part {
    buffer: String,
    ranges: Vec<(u32, u32)>,
    /// The newest name of each hash.
    table: FxHashMap<u64, Entry>,
    /// For each name, the one before it with the same hash (hashes of 64 bits: hardly ever one).
    same_hash: Vec<Option<u32>>,
}

impl Part {
    fn intern(&mut self, text: Hashed<'_>) -> u32 {
        if let Some(name) = self.lookup(text) {
            return name;
        }
        let start = self.buffer.len() as u32;
        self.buffer.push_str(text.text);
        let end = self.buffer.len() as u32;
        let name = self.ranges.len() as u32;
        self.ranges.push((start, end));
        let before = self.table.insert(text.hash, Entry { name, start, end });
        self.same_hash.push(before.map(|entry| entry.name));
        name
    }

    fn text(&self, name: u32) -> &str {
        self.ranges
            .get(name as usize)
            .and_then(|&(start, end)| self.buffer.get(start as usize..end as usize))
            .unwrap_or("")
    }

    fn lookup(&self, text: Hashed<'_>) -> Option<u32> {
        let newest = self.table.get(&text.hash)?;
        let range = newest.start as usize..newest.end as usize;
        if self.buffer.as_bytes().get(range) == Some(text.text.as_bytes()) {
            return Some(newest.name);
        }
        let before = |name: u32| self.same_hash.get(name as usize).copied().flatten();
        std::iter::successors(before(newest.name), |&name| before(name))
            .find(|&name| self.text(name) == text.text)
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

    #[test]
    fn names_made_side_by_side_are_those_made_one_by_one() {
        let texts: Vec<String> = (0..500)
            .map(|number| format!("skill-{}", number % 300))
            .collect();
        let files: Vec<Vec<Hashed<'_>>> = texts
            .chunks(7)
            .map(|file| file.iter().map(|text| Hashed::new(text)).collect())
            .collect();
        let (mut together, mut alone) = (Names::default(), Names::default());
        together.intern_all(&files);
        for text in &texts {
            let name = alone.intern(text);
            assert_eq!(together.find(text), Some(name));
            assert_eq!(together.text(name), text);
        }
    }
}
