//! Several frameworks in one download, told apart, so that they are never stirred into one.
//!
//! Goes in: a [`Bundle`]. Comes out: the frameworks that lie in it, each with its files. Most publishers split one framework over
//! many files (ESCO by kind and language, O\*NET by table); formats in which a file is a framework of its own are split here: CASE by
//! the identifier of the document, linked data by what its files say of each other ([`linked`]), others by file. Files of different
//! formats are different frameworks. Tables are not looked at: what is in a table beside a framework is nobody's guess.

mod linked;

use std::collections::BTreeMap;

use super::{READERS, ReadFault, Reader, case, table};
use crate::import::bundle::Bundle;

/// A framework of a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What its files call it, where they do; else the format, in words.
    pub title: String,
    /// Its files, by their positions in the bundle.
    pub files: Vec<usize>,
}

/// How the files of a format belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Split {
    /// They are one framework.
    Never,
    /// Each is one.
    ByFile,
    /// As the documents in them say.
    ByDocument,
    /// As the statements in them say; formats of linked data are looked at together.
    ByStatement,
}

fn split(reader: &Reader) -> Split {
    match reader.name {
        "dcwf" | "digcomp" => Split::ByFile,
        "case" => Split::ByDocument,
        "asn" | "ctdl" | "skos" => Split::ByStatement,
        // Rich Skill Descriptors too: a library has many collections, and they share their skills.
        _ => Split::Never,
    }
}

/// The frameworks in a download, in the order of their first files. One file is never taken apart: what a publisher put into
/// one file is meant to stay together.
///
/// # Errors
/// A file that its reader could not read either.
pub fn frameworks(bundle: &Bundle) -> Result<Vec<Found>, ReadFault> {
    if bundle.files.len() < 2 {
        return Ok(Vec::new());
    }
    let mut by_reader: BTreeMap<&str, (&Reader, Vec<usize>)> = BTreeMap::new();
    for (position, file) in bundle.files.iter().enumerate() {
        let alone = Bundle {
            name: bundle.name.clone(),
            files: vec![file.clone()],
        };
        let mut special = READERS.iter().filter(|reader| reader.name != table::NAME);
        if let Some(reader) = special.find(|reader| (reader.recognize)(&alone)) {
            let entry = by_reader.entry(reader.name);
            entry
                .or_insert_with(|| (reader, Vec::new()))
                .1
                .push(position);
        }
    }
    if by_reader
        .values()
        .map(|(_, files)| files.len())
        .sum::<usize>()
        < 2
    {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let mut statements = Vec::new();
    for (reader, files) in by_reader.into_values() {
        let called = |files: Vec<usize>| Found {
            title: reader.title.to_owned(),
            files,
        };
        match split(reader) {
            Split::Never => found.push(called(files)),
            Split::ByFile => found.extend(files.into_iter().map(|file| called(vec![file]))),
            Split::ByDocument => found.extend(case::documents(bundle, &files)?),
            Split::ByStatement => statements.extend(files),
        }
    }
    statements.sort_unstable();
    found.extend(linked::apart(bundle, &statements));
    found.sort_by(|one, other| one.files.cmp(&other.files));
    Ok(found)
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
