//! What has to happen so that a folder becomes the catalogue. Only looks, touches nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::Metadata;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::super::Fault;
use super::manifest::{Manifest, sum};
use super::{Difference, Report};
use crate::emit::{Catalogue, OutputFile};

/// What has to happen.
#[derive(Debug)]
pub(super) struct Plan {
    /// For each file of the catalogue, in order: what has to happen to it.
    pub steps: Vec<Step>,
    /// Files of the old manifest that are to be removed.
    pub stale: BTreeSet<String>,
    /// Files of the old manifest that are left, because somebody changed them.
    pub left: Vec<String>,
    /// What is in the way.
    pub conflicts: Vec<Conflict>,
    /// The manifest afterwards.
    pub manifest: Manifest,
    /// Whether the manifest changes.
    pub manifest_changes: bool,
}

/// What has to happen to one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It is right.
    Keep,
    /// It is not there.
    Create,
    /// An earlier build wrote something else there.
    Replace,
    /// Something that is not ours is there.
    Conflict,
}

/// Something that is in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conflict {
    pub path: String,
    pub why: &'static str,
}

impl Plan {
    /// Whether everything is as it should be.
    pub(super) fn is_nothing(&self) -> bool {
        !self.manifest_changes
            && self.stale.is_empty()
            && self.steps.iter().all(|step| *step == Step::Keep)
    }

    pub(super) fn report(&self) -> Report {
        let kept = self
            .steps
            .iter()
            .filter(|step| **step == Step::Keep)
            .count();
        Report {
            written: self.steps.len() - kept,
            removed: self.stale.len(),
            unchanged: kept,
            left: self.left.clone(),
        }
    }

    pub(super) fn differences(&self, files: &[OutputFile]) -> Vec<Difference> {
        let steps = files
            .iter()
            .zip(&self.steps)
            .filter_map(|(file, step)| match step {
                Step::Keep => None,
                Step::Create => Some(Difference::Missing(file.path.clone())),
                Step::Replace => Some(Difference::Changed(file.path.clone())),
                // Said below, with what is in the way of whole folders.
                Step::Conflict => None,
            });
        let stale = self.stale.iter().cloned().map(Difference::Stale);
        let conflicts = self
            .conflicts
            .iter()
            .map(|conflict| Difference::InTheWay(conflict.path.clone(), conflict.why));
        steps.chain(stale).chain(conflicts).collect()
    }
}

/// What one file of the catalogue looks like on disk.
enum Found {
    Nothing,
    Same,
    /// A file with another content, and its sum.
    Other(String),
    /// A folder.
    Folder,
    /// A link, or something else that is no file.
    Strange,
}

/// Looks at the folder and says what has to happen. Where only some outputs are built, files of the others stay.
pub(super) fn plan(
    out: &Path,
    catalogue: &Catalogue,
    only: &[String],
    old: &Manifest,
) -> Result<Plan, Fault> {
    let files = catalogue.files.as_slice();
    let seen: Vec<(Found, String)> = files
        .par_iter()
        .map(|file| {
            let found = look(out, &file.path, Some(&file.contents))?;
            Ok((found, sum(&file.contents)))
        })
        .collect::<Result<_, Fault>>()?;
    let mut wanted: BTreeMap<String, String> = files
        .iter()
        .zip(&seen)
        .map(|(file, (_, sum))| (file.path.clone(), sum.clone()))
        .collect();
    let mut outputs: BTreeMap<String, Vec<String>> = files
        .iter()
        .zip(&catalogue.outputs)
        .map(|(file, outputs)| {
            let outputs = outputs.iter().map(|&output| output.to_owned()).collect();
            (file.path.clone(), outputs)
        })
        .collect();
    let mut stale = BTreeSet::new();
    let mut left = Vec::new();
    let mut stays = Vec::new();
    for (path, sum) in &old.files {
        let others = if only.is_empty() {
            Vec::new()
        } else {
            old.other_outputs(path, only)
        };
        if wanted.contains_key(path) {
            let outputs = outputs.entry(path.clone()).or_default();
            outputs.extend(others);
            outputs.sort_unstable();
            outputs.dedup();
            continue;
        }
        // A file of which nobody knows the output is left to a build of everything.
        let unknown = !old.outputs.contains_key(path);
        if !only.is_empty() && (unknown || !others.is_empty()) {
            stays.push((path, sum));
            if !unknown {
                outputs.insert(path.clone(), others);
            }
            continue;
        }
        match look(out, path, None)? {
            Found::Other(found) if found == *sum => {
                stale.insert(path.clone());
            }
            Found::Other(_) | Found::Same | Found::Folder | Found::Strange => {
                left.push(path.clone())
            }
            Found::Nothing => {}
        }
    }
    let mut conflicts = folders_in_the_way(out, files, &stale)?;
    let mut steps = Vec::with_capacity(files.len());
    for (file, (found, _)) in files.iter().zip(&seen) {
        let path = &file.path;
        let why = match found {
            Found::Nothing => {
                steps.push(Step::Create);
                continue;
            }
            Found::Same => {
                steps.push(Step::Keep);
                continue;
            }
            Found::Other(found) => match old.files.get(path) {
                Some(sum) if sum == found => {
                    steps.push(Step::Replace);
                    continue;
                }
                Some(_) => "changed by hand since the last build",
                None => "another file of that name",
            },
            Found::Folder if only_stale(out, path, &stale) => {
                steps.push(Step::Create);
                continue;
            }
            Found::Folder => "a folder of that name",
            Found::Strange => "a link or something else that is not a file",
        };
        steps.push(Step::Conflict);
        conflicts.push(Conflict {
            path: path.clone(),
            why,
        });
    }
    conflicts.sort_by(|one, other| one.path.cmp(&other.path));
    for (path, sum) in stays {
        wanted.insert(path.clone(), sum.clone());
    }
    let manifest = Manifest::new(wanted, outputs);
    // An empty catalogue where there is nothing yet is nothing to write.
    let manifest_changes = manifest != *old;
    Ok(Plan {
        steps,
        stale,
        left,
        conflicts,
        manifest,
        manifest_changes,
    })
}

/// Looks at one path. A content to compare with saves the sum of a file that is the same.
fn look(out: &Path, path: &str, contents: Option<&[u8]>) -> Result<Found, Fault> {
    let path = out.join(path);
    let Some(metadata) = metadata(&path)? else {
        return Ok(Found::Nothing);
    };
    if metadata.is_dir() {
        return Ok(Found::Folder);
    }
    if !metadata.is_file() {
        return Ok(Found::Strange);
    }
    let found = std::fs::read(&path).map_err(|error| Fault::unreadable(&path, &error))?;
    if contents.is_some_and(|contents| contents == found) {
        return Ok(Found::Same);
    }
    Ok(Found::Other(sum(&found)))
}

/// What is at a path, without following a link; `None` where nothing is.
fn metadata(path: &Path) -> Result<Option<Metadata>, Fault> {
    match std::fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(Fault::unreadable(path, &error)),
    }
}

/// Folders of the catalogue where on disk there is a link or a file that is not ours to remove.
fn folders_in_the_way(
    out: &Path,
    files: &[OutputFile],
    stale: &BTreeSet<String>,
) -> Result<Vec<Conflict>, Fault> {
    let mut known: HashMap<&str, ()> = HashMap::new();
    let mut conflicts = Vec::new();
    for file in files {
        let mut path = file.path.as_str();
        while let Some((folder, _)) = path.rsplit_once('/') {
            path = folder;
            if known.insert(folder, ()).is_some() {
                break;
            }
            let Some(metadata) = metadata(&out.join(folder))? else {
                continue;
            };
            if !metadata.is_dir() && !stale.contains(folder) {
                conflicts.push(Conflict {
                    path: folder.to_owned(),
                    why: "not a folder",
                });
            }
        }
    }
    Ok(conflicts)
}

/// Whether a folder holds nothing but files that are to be removed.
fn only_stale(out: &Path, folder: &str, stale: &BTreeSet<String>) -> bool {
    WalkDir::new(out.join(folder)).into_iter().all(|entry| {
        let Ok(entry) = entry else {
            return false;
        };
        entry.file_type().is_dir()
            || entry
                .path()
                .strip_prefix(out)
                .ok()
                .and_then(Path::to_str)
                .is_some_and(|path| stale.contains(path))
    })
}
