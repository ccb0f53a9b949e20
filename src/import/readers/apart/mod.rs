//! Several frameworks in one download, told apart, so that they are never stirred into one.
//!
//! Goes in: a [`Bundle`]. Comes out: which files are read together by which reader, and those that are nobody's. Most publishers split
//! one framework over many files (ESCO by kind and language, O\*NET by table); formats in which a file is a framework of its own are
//! split here, linked data by what its files say of each other ([`linked`]). Files of different formats are different frameworks.
//! What several frameworks in the same files are is told by the readers themselves (CASE by the documents, CTDL by the
//! frameworks that the competencies name, tables by their columns).

mod linked;

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::reader::Reader;
use super::{READERS, esco, table};
use crate::import::bundle::Bundle;

/// Files of a download that are read together.
#[derive(Debug, Clone)]
pub struct Part {
    pub reader: &'static Reader,
    /// Their positions in the bundle, sorted.
    pub files: Vec<usize>,
}

/// A download, taken apart.
#[derive(Debug, Clone, Default)]
pub struct Apart {
    /// In the order of their first files.
    pub parts: Vec<Part>,
    /// Files that no reader knows, or in which there is no framework.
    pub left: Vec<usize>,
}

/// How the files of a format belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Split {
    /// They are read together; where there are several frameworks in them, the reader tells them apart.
    Never,
    /// Each is one.
    ByFile,
    /// As the statements in them say; formats of linked data are looked at together.
    ByStatement,
}

fn split(reader: &Reader) -> Split {
    match reader.name {
        "dcwf" | "digcomp" => Split::ByFile,
        "asn" | "ctdl" | "skos" => Split::ByStatement,
        // Rich Skill Descriptors too: a library has many collections, and they share their skills.
        _ => Split::Never,
    }
}

/// The files of a bundle at these positions, as a bundle of their own.
#[must_use]
pub fn only(bundle: &Bundle, files: &[usize]) -> Bundle {
    let files = files.iter().filter_map(|&at| bundle.files.get(at));
    Bundle {
        name: bundle.name.clone(),
        files: files.cloned().collect(),
    }
}

/// Takes a download apart.
#[must_use]
pub fn apart(bundle: &Bundle) -> Apart {
    let mut by_reader: BTreeMap<&str, (&'static Reader, Vec<usize>)> = BTreeMap::new();
    let mut left = Vec::new();
    for position in 0..bundle.files.len() {
        let alone = only(bundle, &[position]);
        let mut special = READERS.iter().filter(|reader| reader.name != table::NAME);
        match special.find(|reader| (reader.recognize)(&alone)) {
            Some(reader) => {
                let entry = by_reader.entry(reader.name);
                let (_, files) = entry.or_insert_with(|| (reader, Vec::new()));
                files.push(position);
            }
            None => left.push(position),
        }
    }
    gather(bundle, &mut by_reader, &mut left);
    tables(bundle, &mut by_reader, &mut left);
    let mut parts = Vec::new();
    let mut statements = Vec::new();
    for (reader, files) in by_reader.into_values() {
        match split(reader) {
            Split::Never => parts.push(Part { reader, files }),
            Split::ByFile => parts.extend(files.into_iter().map(|file| Part {
                reader,
                files: vec![file],
            })),
            Split::ByStatement => statements.extend(files),
        }
    }
    statements.sort_unstable();
    parts.extend(by_statement(bundle, statements, &mut left));
    for part in &mut parts {
        part.files.sort_unstable();
    }
    parts.sort_by(|one, other| one.files.cmp(&other.files));
    left.sort_unstable();
    Apart { parts, left }
}

/// Files that are not known by themselves, and that a reader knows beside its own.
fn gather(
    bundle: &Bundle,
    by_reader: &mut BTreeMap<&str, (&'static Reader, Vec<usize>)>,
    left: &mut Vec<usize>,
) {
    // O*NET keeps whatever tables lie beside those that it knows.
    let of_onet = |at: usize| bundle.files.get(at).is_some_and(table::is_table);
    let of_esco = |at: usize| bundle.files.get(at).is_some_and(esco::is_part);
    let known: [(&str, &dyn Fn(usize) -> bool); 2] = [("esco", &of_esco), ("onet", &of_onet)];
    for (name, is_of) in known {
        if let Some((_, files)) = by_reader.get_mut(name) {
            files.extend(left.extract_if(.., |at| is_of(*at)));
        }
    }
}

/// Tables of one's own: beside other frameworks those that are likely to be lists of items, else all there are.
fn tables(
    bundle: &Bundle,
    by_reader: &mut BTreeMap<&str, (&'static Reader, Vec<usize>)>,
    left: &mut Vec<usize>,
) {
    let others = only(bundle, left);
    if !table::is(&others) {
        return;
    }
    let is_alone = by_reader.is_empty();
    let is_table = |at: &mut usize| {
        let Some(file) = bundle.files.get(*at) else {
            return false;
        };
        if is_alone {
            table::is_table(file)
        } else {
            table::is(&only(bundle, &[*at]))
        }
    };
    let files: Vec<usize> = left.extract_if(.., is_table).collect();
    by_reader.insert(table::NAME, (&table::READER, files));
}

/// The frameworks in files of linked data. Where there is one, all of them are read with it: what they say of it is in any of them.
fn by_statement(bundle: &Bundle, statements: Vec<usize>, left: &mut Vec<usize>) -> Vec<Part> {
    let mut sets = match statements.as_slice() {
        [] => return Vec::new(),
        // One file is read by its reader alone; nothing in it has to be looked at twice.
        [_] => Vec::new(),
        _ => linked::apart(bundle, &statements),
    };
    if sets.len() < 2 {
        sets = vec![statements];
    } else {
        let known: FxHashSet<usize> = sets.iter().flatten().copied().collect();
        let is_nobodys = |at: &usize| !known.contains(at);
        left.extend(statements.into_iter().filter(is_nobodys));
    }
    sets.into_iter()
        .filter_map(|files| {
            let reader = super::recognize(&only(bundle, &files))?;
            Some(Part { reader, files })
        })
        .collect()
}

/// Which of these sets, told by one of their members, belong together.
struct Together(Vec<usize>);

impl Together {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The member that stands for the set of this one.
    fn of(&mut self, mut at: usize) -> usize {
        while let Some(&above) = self.0.get(at)
            && above != at
        {
            let top = self.0.get(above).copied().unwrap_or(above);
            if let Some(own) = self.0.get_mut(at) {
                *own = top;
            }
            at = top;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        if let Some(own) = self.0.get_mut(one.max(other)) {
            *own = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests;
