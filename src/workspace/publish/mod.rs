//! Writing a catalogue, or comparing with one.
//!
//! Goes in: a folder and the files that should be in it. What holds afterwards:
//!
//! - Only files that changed are written; the others keep their inode and their times. Nothing changed: nothing is touched.
//! - What is removed was written by an earlier build and is still as that build wrote it; `.gradus-manifest.json` knows.
//!   A build of some outputs removes only what these wrote.
//!   What somebody else put there stays, and is never overwritten: a file in the way is a fault that names it.
//! - Readers see the old catalogue or the new one, never a mixture: the new one is made beside the old one (files that did
//!   not change are hard links) and the two folders change places in one step. A crash or a full disk leaves the old one whole.
//! - Nothing is written outside the folder, and links in it are not followed.

mod addresses;
mod generation;
mod lock;
mod manifest;
mod plan;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::{Fault, shown};
use crate::emit::{Catalogue, OutputFile};
pub use addresses::vanished;
pub use manifest::FILE_NAME as MANIFEST;
use manifest::Manifest;
use plan::Plan;

/// What a build did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or changed.
    pub written: usize,
    /// Files of earlier builds that were removed.
    pub removed: usize,
    /// Files that were right already.
    pub unchanged: usize,
    /// Files of earlier builds that are no longer part of the catalogue but were changed by hand, and so were left there.
    pub left: Vec<String>,
}

/// What `--check` found in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// It should be there.
    Missing(String),
    /// Its content is another one.
    Changed(String),
    /// An earlier build wrote it, and it is no longer part of the catalogue.
    Stale(String),
    /// A build would refuse to write over what is there: the path, and what it is.
    InTheWay(String, &'static str),
}

/// Says how many files have been dealt with since the last call.
pub type Progress<'a> = &'a (dyn Fn(usize) + Sync);

/// Writes the catalogue. `only` names the outputs in it where it is not all that is published: files that earlier builds wrote
/// for other outputs then stay. An empty list is everything.
///
/// # Errors
/// The folder cannot be written, somebody else's file is in the way, or a path is not one that can be written. The folder
/// is then as it was.
pub fn write(
    out: &Path,
    catalogue: &Catalogue,
    only: &[String],
    progress: Progress<'_>,
) -> Result<Report, Fault> {
    let files = catalogue.files.as_slice();
    refuse_bad_paths(files)?;
    let out = resolve(out)?;
    let mut old = Manifest::read(&out)?;
    let mut plan = plan::plan(&out, catalogue, only, &old)?;
    if plan.is_nothing() && !generation::has_leftovers(&out) {
        return Ok(plan.report());
    }
    let _lock = lock::take(&out)?;
    let recovered = generation::recover(&out)?;
    let now = Manifest::read(&out)?;
    if recovered || now != old {
        plan = plan::plan(&out, catalogue, only, &now)?;
        old = now;
    }
    refuse_conflicts(&plan)?;
    if !plan.is_nothing() {
        generation::switch(&out, files, &plan, &old, progress)?;
    }
    Ok(plan.report())
}

/// Compares the catalogue with what is in the folder; sorted by path. `only` as for [`write`].
///
/// # Errors
/// The folder cannot be read, or a path is not one that can be written.
pub fn compare(
    out: &Path,
    catalogue: &Catalogue,
    only: &[String],
) -> Result<Vec<Difference>, Fault> {
    let files = catalogue.files.as_slice();
    refuse_bad_paths(files)?;
    let out = resolve(out)?;
    let old = Manifest::read(&out)?;
    let plan = plan::plan(&out, catalogue, only, &old)?;
    let mut differences = plan.differences(files);
    differences.sort_by(|one, other| one.path().cmp(other.path()));
    Ok(differences)
}

impl Difference {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Missing(path)
            | Self::Changed(path)
            | Self::Stale(path)
            | Self::InTheWay(path, _) => path,
        }
    }

    /// What is the matter, in one word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::Changed(_) => "changed",
            Self::Stale(_) => "stale",
            Self::InTheWay(..) => "in the way",
        }
    }

    /// Why a build would refuse, if it would.
    #[must_use]
    pub fn refusal(&self) -> Option<&'static str> {
        match self {
            Self::Missing(_) | Self::Changed(_) | Self::Stale(_) => None,
            Self::InTheWay(_, why) => Some(why),
        }
    }
}

/// Refuses a folder that cannot be given over to a build: one that holds the project, its texts, or the place where the
/// command runs.
///
/// # Errors
/// The folder is such a one.
pub fn refuse_bad_folder(out: &Path, project: &Path, texts: &[PathBuf]) -> Result<(), Fault> {
    let out = resolve(out)?;
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let holds = |path: &Path| whole(path).starts_with(&out);
    let refuse = |why: &str| {
        Err(Fault::Usage {
            message: format!(
                "the catalogue cannot be written to `{}`: {why}",
                shown(&out_name(&out))
            ),
            help: Some("choose a folder of its own with `--out`".to_owned()),
        })
    };
    if out.parent().is_none() {
        return refuse("it is the whole disk");
    }
    if holds(project) {
        return refuse("it holds the project itself");
    }
    if texts.iter().any(|text| holds(text)) {
        return refuse("it holds files that the catalogue is made from");
    }
    if std::env::current_dir().is_ok_and(|here| here.starts_with(&out)) {
        return refuse("it holds the folder in which the command runs");
    }
    Ok(())
}

/// A folder's own name, for messages.
fn out_name(out: &Path) -> PathBuf {
    out.file_name()
        .map_or_else(|| out.to_owned(), PathBuf::from)
}

/// The whole path of the folder, links on the way resolved; it need not exist yet.
fn resolve(out: &Path) -> Result<PathBuf, Fault> {
    let whole = std::path::absolute(out).map_err(|error| Fault::unreadable(out, &error))?;
    // What does not exist yet cannot be resolved: the nearest folder that exists is.
    let mut missing = Vec::new();
    let mut existing = whole.as_path();
    let resolved = loop {
        match existing.canonicalize() {
            Ok(resolved) => break resolved,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let (Some(name), Some(parent)) = (existing.file_name(), existing.parent()) else {
                    return Err(Fault::usage(format!("`{}` is not a folder", shown(out))));
                };
                missing.push(name.to_owned());
                existing = parent;
            }
            Err(error) => return Err(Fault::unreadable(out, &error)),
        }
    };
    if !resolved.is_dir() {
        return Err(Fault::usage(format!("`{}` is not a folder", shown(out))));
    }
    Ok(missing
        .iter()
        .rev()
        .fold(resolved, |path, name| path.join(name)))
}

/// Whether a path is relative, climbs nowhere, and is not the manifest's.
fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && path != MANIFEST
        && !path.contains(['\\', '\0', ':'])
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Every path must be relative, climb nowhere, and be a different one, also where upper and lower case are the same.
fn refuse_bad_paths(files: &[OutputFile]) -> Result<(), Fault> {
    let mut seen: HashMap<String, &str> = HashMap::with_capacity(files.len());
    let refuse = |message: String| {
        Err(Fault::Unwritable {
            message,
            help: None,
        })
    };
    for file in files {
        let path = file.path.as_str();
        if !is_plain(path) {
            return refuse(format!(
                "`{}` cannot be the path of a file of the catalogue",
                path.escape_default()
            ));
        }
        if let Some(other) = seen.insert(path.to_lowercase(), path) {
            return refuse(if other == path {
                format!("two parts of the catalogue would be written to `{path}`")
            } else {
                format!(
                    "`{other}` and `{path}` are the same file where upper and lower case are not told apart"
                )
            });
        }
    }
    let mut folders: HashSet<&str> = HashSet::new();
    for file in files {
        let mut path = file.path.as_str();
        while let Some((folder, _)) = path.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            path = folder;
        }
    }
    for folder in folders {
        if let Some(file) = seen.get(&folder.to_lowercase()) {
            return refuse(format!("`{file}` would have to be a file and a folder"));
        }
    }
    Ok(())
}

/// How many paths a message names before it only counts.
const MOST_NAMED: usize = 20;

fn refuse_conflicts(plan: &Plan) -> Result<(), Fault> {
    if plan.conflicts.is_empty() {
        return Ok(());
    }
    let mut message = "these files are in the way and were not written by a build:".to_owned();
    for conflict in plan.conflicts.iter().take(MOST_NAMED) {
        message.push_str(&format!("\n  {} ({})", conflict.path, conflict.why));
    }
    if let Some(more @ 1..) = plan.conflicts.len().checked_sub(MOST_NAMED) {
        message.push_str(&format!("\n  and {more} more"));
    }
    Err(Fault::Unwritable {
        message,
        help: Some("move or delete them, or choose another folder with `--out`".to_owned()),
    })
}
