//! One build at a time: a lock beside the output folder, gone when the build is.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::super::Fault;
use super::generation::beside;

/// Held while a folder is written; released, and its file removed, when dropped.
#[derive(Debug)]
pub(super) struct Lock {
    // Held for its lock only.
    _file: File,
    path: PathBuf,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock ends with the file that is held; a file left behind does no harm.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Takes the lock of an output folder.
///
/// # Errors
/// Another build holds it, or the place beside the folder cannot be written.
pub(super) fn take(out: &Path) -> Result<Lock, Fault> {
    let path = beside(out, "lock")?;
    if let Some(parent) = out.parent() {
        std::fs::create_dir_all(parent)
            .map_err(|error| Fault::unwritable("the output folder cannot be made", &error))?;
    }
    loop {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| {
                Fault::unwritable(
                    "the folder that holds the output folder cannot be written",
                    &error,
                )
            })?;
        match file.try_lock() {
            Ok(()) if is_at(&file, &path) => return Ok(Lock { _file: file, path }),
            // Its owner removed it between our opening and our locking.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Fault::Unwritable {
                    message: "another build is writing to the same folder".to_owned(),
                    help: Some("wait until it has finished".to_owned()),
                });
            }
            // A file system without locks: better a build without protection than none.
            Err(TryLockError::Error(_)) => return Ok(Lock { _file: file, path }),
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(held), Ok(there)) => held.ino() == there.ino() && held.dev() == there.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}
