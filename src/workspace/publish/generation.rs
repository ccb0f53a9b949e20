//! The new catalogue beside the old one, and the step in which they change places.
//!
//! Beside `dist` these may exist for a while, and after a crash until the next build:
//!
//! - `.dist.gradus-new`: the next generation while it is made; after the switch, the old one until it is removed. Its manifest
//!   is the first file written, so that whatever else lies in it is known to be ours or to be a second name of a file in `dist`.
//! - `.dist.gradus-old`: the old generation, where the system cannot exchange two folders in one step.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::super::{Fault, reason};
use super::Progress;
use super::manifest::{self, Manifest};
use super::plan::{Plan, Step};
use crate::emit::OutputFile;

/// A path beside the output folder that belongs to it.
pub(super) fn beside(out: &Path, what: &str) -> Result<PathBuf, Fault> {
    let name = out
        .file_name()
        .ok_or_else(|| Fault::usage("the catalogue cannot be written to the whole disk"))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(".gradus-");
    beside.push(what);
    Ok(out.with_file_name(beside))
}

/// Whether an earlier build was interrupted.
pub(super) fn has_leftovers(out: &Path) -> bool {
    ["new", "old"]
        .into_iter()
        .filter_map(|what| beside(out, what).ok())
        .any(|path| path.symlink_metadata().is_ok())
}

/// Tidies up after an interrupted build; says whether there was anything to do.
pub(super) fn recover(out: &Path) -> Result<bool, Fault> {
    let (new, old) = (beside(out, "new")?, beside(out, "old")?);
    let failed = |error: io::Error| {
        Fault::unwritable("the rest of an interrupted build cannot be removed", &error)
    };
    let mut found = false;
    if old.is_dir() && out.symlink_metadata().is_err() {
        // Interrupted between the two renames.
        fs::rename(&old, out).map_err(failed)?;
        found = true;
    }
    for rest in [new, old] {
        if rest.symlink_metadata().is_err() {
            continue;
        }
        found = true;
        let ours = Manifest::read(&rest)
            .unwrap_or_else(|_| Manifest::new(Default::default(), Default::default()));
        let known = |path: &Path| {
            path == Path::new(manifest::FILE_NAME)
                || path
                    .to_str()
                    .is_some_and(|path| ours.files.contains_key(path))
                || out.join(path).symlink_metadata().is_ok()
        };
        discard(&rest, out, &known).map_err(failed)?;
    }
    Ok(found)
}

/// What of the old generation goes over into the new one.
#[derive(Default)]
struct Carried {
    /// Folders to make, parents first.
    folders: BTreeSet<PathBuf>,
    /// Everything else: files, links.
    entries: Vec<PathBuf>,
    /// Every path of the old generation that has been seen, for the removal afterwards.
    seen: HashSet<PathBuf>,
}

/// Makes the new generation and puts it in the place of the old one.
pub(super) fn switch(
    out: &Path,
    files: &[OutputFile],
    plan: &Plan,
    old: &Manifest,
    progress: Progress<'_>,
) -> Result<(), Fault> {
    let new = beside(out, "new")?;
    let exists = out.is_dir();
    let made = make(out, &new, files, plan, old, progress);
    let carried = match made {
        Ok(carried) => carried,
        Err(error) => {
            // Removing what was made is a kindness; the next build would do it as well.
            let _ = fs::remove_dir_all(&new);
            let state = if exists {
                "the catalogue that was there is unchanged"
            } else {
                "nothing was published"
            };
            return Err(Fault::Unwritable {
                message: format!(
                    "the catalogue cannot be written: {}; {state}",
                    reason(&error)
                ),
                help: None,
            });
        }
    };
    let switched = if exists {
        exchange(&new, out, &beside(out, "old")?)
    } else {
        fs::rename(&new, out).map(|()| None)
    };
    let rest = switched.map_err(|error| {
        let _ = fs::remove_dir_all(&new);
        Fault::unwritable("the new catalogue cannot be put in its place", &error)
    })?;
    if let Some(parent) = out.parent() {
        let _ = sync(parent);
    }
    if let Some(rest) = rest {
        // The new catalogue is published. What cannot be removed now is removed by the next build.
        let _ = discard(&rest, out, &|path| carried.seen.contains(path));
    }
    Ok(())
}

/// Makes the new generation beside the old one.
fn make(
    out: &Path,
    new: &Path,
    files: &[OutputFile],
    plan: &Plan,
    old: &Manifest,
    progress: Progress<'_>,
) -> io::Result<Carried> {
    fs::create_dir(new)?;
    fs::write(new.join(manifest::FILE_NAME), plan.manifest.to_bytes())?;
    let mut carried = survey(out, files, plan, old)?;
    let written: Vec<&OutputFile> = files
        .iter()
        .zip(&plan.steps)
        .filter(|(_, step)| **step != Step::Keep)
        .map(|(file, _)| file)
        .collect();
    for file in &written {
        add_parents(&mut carried.folders, Path::new(&file.path));
    }
    for folder in &carried.folders {
        fs::create_dir(new.join(folder))?;
    }
    carried
        .entries
        .par_iter()
        .try_for_each(|path| carry(&out.join(path), &new.join(path)))?;
    written.par_iter().try_for_each(|file| {
        fs::write(new.join(&file.path), &file.contents)?;
        progress(1);
        io::Result::Ok(())
    })?;
    // Last, so that a folder that nobody may write to can still be filled.
    for folder in carried.folders.iter().rev() {
        match fs::symlink_metadata(out.join(folder)) {
            Ok(metadata) if metadata.is_dir() => {
                fs::set_permissions(new.join(folder), metadata.permissions())?;
            }
            Ok(_) | Err(_) => {}
        }
    }
    if let Ok(metadata) = fs::metadata(out) {
        fs::set_permissions(new, metadata.permissions())?;
    }
    sync_all(new, &written, &carried.folders)?;
    Ok(carried)
}

/// Looks through the old generation.
fn survey(out: &Path, files: &[OutputFile], plan: &Plan, old: &Manifest) -> io::Result<Carried> {
    let mut carried = Carried::default();
    if !out.is_dir() {
        return Ok(carried);
    }
    let replaced: HashSet<&str> = files
        .iter()
        .zip(&plan.steps)
        .filter(|(_, step)| **step != Step::Keep)
        .map(|(file, _)| file.path.as_str())
        .collect();
    let leaves = |path: &Path| {
        path.to_str().is_some_and(|path| {
            path == manifest::FILE_NAME
                || replaced.contains(path)
                || (plan.stale.contains(path) && old.files.contains_key(path))
        })
    };
    let mut folders: Vec<PathBuf> = Vec::new();
    let mut filled: HashSet<PathBuf> = HashSet::new();
    for entry in WalkDir::new(out).min_depth(1) {
        let entry = entry?;
        let Ok(path) = entry.path().strip_prefix(out) else {
            continue;
        };
        if let Some(parent) = path.parent() {
            filled.insert(parent.to_owned());
        }
        carried.seen.insert(path.to_owned());
        if entry.file_type().is_dir() {
            folders.push(path.to_owned());
        } else if !leaves(path) {
            add_parents(&mut carried.folders, path);
            carried.entries.push(path.to_owned());
        }
    }
    // A folder that was empty is somebody's; one that only our stale files filled goes with them.
    for folder in folders {
        let becomes_file = folder.to_str().is_some_and(|path| replaced.contains(path));
        if !filled.contains(&folder) && !becomes_file {
            add_parents(&mut carried.folders, &folder);
            carried.folders.insert(folder);
        }
    }
    Ok(carried)
}

fn add_parents(folders: &mut BTreeSet<PathBuf>, path: &Path) {
    let mut next = path.parent();
    while let Some(folder) = next {
        if folder.as_os_str().is_empty() || !folders.insert(folder.to_owned()) {
            break;
        }
        next = folder.parent();
    }
}

/// Gives a file (or link) of the old generation a second name in the new one; a copy where that cannot be done.
fn carry(from: &Path, to: &Path) -> io::Result<()> {
    let Err(error) = fs::hard_link(from, to) else {
        return Ok(());
    };
    if matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::StorageFull
    ) {
        return Err(error);
    }
    let metadata = fs::symlink_metadata(from)?;
    if metadata.is_symlink() {
        return copy_link(from, to);
    }
    if !metadata.is_file() {
        return Err(error);
    }
    fs::copy(from, to)?;
    let times = fs::FileTimes::new();
    let times = match metadata.modified() {
        Ok(modified) => times.set_modified(modified),
        Err(_) => times,
    };
    // Times are a courtesy to web servers; a file system without them is no reason to stop.
    let _ = fs::File::options()
        .append(true)
        .open(to)
        .and_then(|file| file.set_times(times));
    Ok(())
}

#[cfg(unix)]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn copy_link(from: &Path, _to: &Path) -> io::Result<()> {
    Err(io::Error::new(
        io::ErrorKind::Unsupported,
        format!("the link {} cannot be kept", from.display()),
    ))
}

/// Puts `new` in the place of `out`; gives where the old generation is now.
fn exchange(new: &Path, out: &Path, old: &Path) -> io::Result<Option<PathBuf>> {
    if exchange_at_once(new, out)? {
        return Ok(Some(new.to_owned()));
    }
    fs::rename(out, old)?;
    if let Err(error) = fs::rename(new, out) {
        fs::rename(old, out)?;
        return Err(error);
    }
    Ok(Some(old.to_owned()))
}

/// Whether the two folders could change places in one step; `false` where the system or the disk cannot do that.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_at_once(new: &Path, out: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, out, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_at_once(_new: &Path, _out: &Path) -> io::Result<bool> {
    Ok(false)
}

/// From here on the whole disk is synchronized at once instead of file by file.
const MANY: usize = 64;

/// Brings the new generation to the disk before it takes the place of the old one.
fn sync_all(new: &Path, written: &[&OutputFile], folders: &BTreeSet<PathBuf>) -> io::Result<()> {
    if written.len() + folders.len() >= MANY && sync_disk(new)? {
        return Ok(());
    }
    written
        .par_iter()
        .map(|file| new.join(&file.path))
        .chain([new.join(manifest::FILE_NAME)])
        .try_for_each(|path| fs::File::open(path)?.sync_all())?;
    for folder in folders {
        let _ = sync(&new.join(folder));
    }
    let _ = sync(new);
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync_disk(folder: &Path) -> io::Result<bool> {
    rustix::fs::syncfs(fs::File::open(folder)?)?;
    Ok(true)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn sync_disk(_folder: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Brings a folder's entries to the disk, where the system can.
fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Removes a generation that is no longer needed. What is not known to be ours, because somebody put it there in the
/// meantime, moves into the catalogue instead.
fn discard(rest: &Path, out: &Path, known: &(dyn Fn(&Path) -> bool + Sync)) -> io::Result<()> {
    if !fs::symlink_metadata(rest)?.is_dir() {
        return fs::remove_file(rest);
    }
    let mut files = Vec::new();
    let mut folders = vec![rest.to_owned()];
    for entry in WalkDir::new(rest).min_depth(1) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            folders.push(entry.into_path());
        } else {
            files.push(entry.into_path());
        }
    }
    files.par_iter().try_for_each(|file| {
        let path = file.strip_prefix(rest).unwrap_or(file);
        if known(path) {
            return fs::remove_file(file);
        }
        let target = out.join(path);
        if target.symlink_metadata().is_ok() {
            return fs::remove_file(file);
        }
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::rename(file, target)
    })?;
    for folder in folders.iter().rev() {
        fs::remove_dir(folder)?;
    }
    Ok(())
}
