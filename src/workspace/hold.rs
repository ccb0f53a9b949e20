//! One writer at a time: a file that is held while something beside it is read, changed and written, and gone afterwards.
//!
//! Goes in: the path of the file. Comes out: a [`Hold`], which ends when it is dropped, or the fact that somebody else has it. The hold
//! is the system's lock on the open file, so that a program that was stopped holds nothing; a file left behind does no harm.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Fault, pins};

/// Held until dropped; its file is then removed.
#[derive(Debug)]
pub struct Hold {
    // Held for its lock only.
    _file: File,
    path: PathBuf,
}

impl Drop for Hold {
    fn drop(&mut self) {
        // The lock ends with the file that is held.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Takes hold of a file; `None` where somebody else holds it.
///
/// # Errors
/// The file cannot be made.
pub(super) fn attempt(path: &Path) -> io::Result<Option<Hold>> {
    loop {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        match file.try_lock() {
            // Its owner removed it between our opening and our locking: what is there now is another file.
            Ok(()) if !is_at(&file, path) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            // A file system without locks: better to write without protection than not at all.
            Ok(()) | Err(TryLockError::Error(_)) => {
                return Ok(Some(Hold {
                    _file: file,
                    path: path.to_owned(),
                }));
            }
        }
    }
}

/// How long one command waits for another one that writes the lock of the same project.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes hold of the lock of a project, so that nobody else changes it between our reading and our writing. Waits for whoever has it.
///
/// # Errors
/// The folder cannot be written, or somebody else does not let go.
pub fn project(folder: &Path) -> Result<Hold, Fault> {
    let path = folder.join(format!(".{}.held", pins::FILE_NAME));
    let start = Instant::now();
    loop {
        let held = attempt(&path).map_err(|error| {
            Fault::unwritable(format!("`{}` cannot be written", pins::FILE_NAME), &error)
        })?;
        if let Some(held) = held {
            return Ok(held);
        }
        if start.elapsed() > PATIENCE {
            return Err(Fault::Unwritable {
                message: format!("another command is writing `{}`", pins::FILE_NAME),
                help: Some("wait until it has finished".to_owned()),
            });
        }
        std::thread::sleep(Duration::from_millis(10));
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

#[cfg(test)]
mod tests {
    use super::super::packs;
    use super::super::pins::Pin;
    use super::*;

    #[test]
    fn nobody_loses_a_line_of_the_lock() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        std::thread::scope(|scope| {
            for number in 0..16 {
                let folder = folder.path();
                scope.spawn(move || {
                    let _held = project(folder).expect("everybody has a turn");
                    let mut lock = pins::read(folder).expect("the lock can be read");
                    lock.pin(Pin {
                        id: format!("f{number}"),
                        version: "1".to_owned(),
                        file: format!("frameworks/f{number}-1.yaml"),
                        sha256: "0".to_owned(),
                        source: None,
                        edited: false,
                        set: std::collections::BTreeMap::new(),
                    });
                    packs::write(&folder.join(pins::FILE_NAME), lock.text().as_bytes())
                        .expect("the lock can be written");
                });
            }
        });
        let lock = pins::read(folder.path()).expect("the lock can be read");
        assert_eq!(lock.frameworks.len(), 16);
        let files = std::fs::read_dir(folder.path()).expect("the folder can be read");
        assert_eq!(files.count(), 1, "nothing is left behind");
    }
}
