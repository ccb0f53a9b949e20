//! Floor 7: from a project to files in memory. Knows nothing of disk and nothing of syntax.
//!
//! An emitter is a function from [`Input`] to [`OutputFile`]s; one place writes to disk, `build --check` compares instead.
//! Same input, same bytes: nothing here iterates over an unordered collection, asks the clock or names a path of a machine.

mod badge_image;
mod badges;
pub mod crosswalks;
pub mod kept;
mod open_badges_2;
mod open_badges_3;
pub mod paths;
mod pathways;
pub mod reports;
#[cfg(test)]
mod sample;
pub mod wording;

pub use badges::published;
use std::collections::BTreeMap;
use std::fmt;

use rayon::prelude::*;

use crate::graph::Graph;
use crate::model::Project;

/// What emitters read.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The project, without errors.
    pub project: &'a Project,
    /// Its graph.
    pub graph: &'a Graph,
    /// Files of the project that the text refers to (images), by the path written there.
    pub assets: &'a BTreeMap<String, Vec<u8>>,
}

/// One file of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Below the output folder, with `/`; never absolute, never climbing.
    pub path: String,
    /// The bytes.
    pub contents: Vec<u8>,
}

/// One kind of output.
#[derive(Debug)]
pub struct Emitter {
    /// The name in `publish:` and `--only`.
    pub name: &'static str,
    /// One line for lists.
    pub summary: &'static str,
    /// Raised when the shape of the output changes.
    pub version: u32,
    /// Makes the files.
    pub emit: fn(&Input<'_>) -> Vec<OutputFile>,
}

/// All outputs, sorted by name.
pub static EMITTERS: &[Emitter] = &[
    crosswalks::EMITTER,
    open_badges_2::EMITTER,
    open_badges_3::EMITTER,
    pathways::EMITTER,
];

/// The output of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Emitter> {
    EMITTERS.iter().find(|emitter| emitter.name == name)
}

/// Why outputs cannot be put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CollectError {
    /// There is no output of this name.
    Unknown(String),
    /// Two different files want the same path.
    Conflict {
        /// The path.
        path: String,
        /// The outputs that made the two files.
        outputs: (&'static str, &'static str),
    },
}

impl fmt::Display for CollectError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name) => write!(formatter, "there is no output `{name}`"),
            Self::Conflict {
                path,
                outputs: (one, other),
            } if one == other => {
                write!(formatter, "`{one}` makes two different files `{path}`")
            }
            Self::Conflict {
                path,
                outputs: (one, other),
            } => write!(
                formatter,
                "`{one}` and `{other}` make different files `{path}`"
            ),
        }
    }
}

impl std::error::Error for CollectError {}

/// The files of several outputs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Sorted by path, each path once.
    pub files: Vec<OutputFile>,
    /// For each file, in the same order: the outputs that make it, sorted.
    pub outputs: Vec<Vec<&'static str>>,
}

/// Makes the files of several outputs, side by side.
///
/// # Errors
/// Where a name is unknown, or two files of different contents have the same path.
pub fn collect(input: &Input<'_>, names: &[impl AsRef<str>]) -> Result<Catalogue, CollectError> {
    let mut wanted = Vec::with_capacity(names.len());
    for name in names {
        let name = name.as_ref();
        wanted.push(find(name).ok_or_else(|| CollectError::Unknown(name.to_owned()))?);
    }
    let mut files: Vec<(&'static str, OutputFile)> = wanted
        .par_iter()
        .flat_map_iter(|emitter| {
            (emitter.emit)(input)
                .into_iter()
                .map(|file| (emitter.name, file))
        })
        .collect();
    files.par_sort_by(|(one, a), (other, b)| a.path.cmp(&b.path).then_with(|| one.cmp(other)));
    let conflict = files.windows(2).find_map(|pair| match pair {
        [(one, a), (other, b)] if a.path == b.path && a.contents != b.contents => {
            Some(CollectError::Conflict {
                path: a.path.clone(),
                outputs: (one, other),
            })
        }
        _ => None,
    });
    if let Some(conflict) = conflict {
        return Err(conflict);
    }
    let mut catalogue = Catalogue::default();
    for (name, file) in files {
        match (catalogue.files.last(), catalogue.outputs.last_mut()) {
            (Some(last), Some(outputs)) if last.path == file.path => {
                if outputs.last() != Some(&name) {
                    outputs.push(name);
                }
            }
            _ => {
                catalogue.files.push(file);
                catalogue.outputs.push(vec![name]);
            }
        }
    }
    Ok(catalogue)
}
