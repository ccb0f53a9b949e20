//! Keeping a framework in the project: its file in `frameworks` and its line in `gradus.lock`.
//!
//! Goes in: a framework that was put in order. Comes out: the file and the lock, or a refusal. Nothing is overwritten that somebody
//! edited or that is another framework. A framework of one id and version has one file: the one in the other form goes.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::import::assemble::{Assembled, PackFile};
use crate::import::pack::Pack;
use crate::workspace::hold;
use crate::workspace::packs::{self, PackOnDisk};
use crate::workspace::pins::{self, Lock, Pin};
use crate::workspace::{Fault, Root};

/// What the project keeps already.
pub(in super::super) struct Kept {
    packs: Vec<PackOnDisk>,
    lock: Lock,
}

impl Kept {
    /// Reads it.
    ///
    /// # Errors
    /// The folder, a file in it or the lock cannot be read.
    pub fn read(root: &Root) -> Result<Self, Fault> {
        Ok(Self {
            packs: packs::files(&root.folder)?,
            lock: pins::read(&root.folder)?,
        })
    }
}

/// A framework that may be kept.
pub(in super::super) struct Keeping<'a> {
    root: &'a Root,
    assembled: &'a Assembled,
    /// Its file below the project's folder.
    pub file: String,
    /// Files of the same framework and version that it takes the place of.
    pub replaced: Vec<String>,
}

impl<'a> Keeping<'a> {
    /// Looks whether the framework, of a download of this name, may be written. `renamed` says that the user set its title or
    /// address.
    ///
    /// # Errors
    /// A file that somebody edited, or that is another framework, would be lost.
    pub fn new(
        root: &'a Root,
        kept: &Kept,
        assembled: &'a Assembled,
        source: &str,
        renamed: bool,
    ) -> Result<Self, Fault> {
        let file = file_of(&assembled.file);
        let mut replaced = Vec::new();
        let stem = packs::stem(&file);
        for on_disk in &kept.packs {
            if packs::stem(&on_disk.file) != stem {
                continue;
            }
            let pin = kept.lock.of(&on_disk.file);
            // What was renamed by the user is told by the name of the download.
            let known = pin.filter(|pin| pin.source.as_deref() == Some(source));
            let renamed = known.is_some_and(|pin| {
                renamed || pin.set.contains_key("iri") || pin.set.contains_key("title")
            });
            refuse_other_version(on_disk, &assembled.pack)?;
            if !renamed {
                refuse_other(on_disk, &assembled.pack)?;
            }
            refuse_edited(on_disk, &assembled.file, pin)?;
            if on_disk.file != file {
                replaced.push(on_disk.file.clone());
            }
        }
        Ok(Self {
            root,
            assembled,
            file,
            replaced,
        })
    }

    /// Writes it.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(self, source: &str, set: BTreeMap<String, String>) -> Result<(), Fault> {
        write_all(self.root, source, vec![(self, set)])
    }
}

/// Writes all frameworks of a download with their lines in the lock, each with what was set for it; or none of them.
///
/// # Errors
/// A file cannot be written; the others are then as they were.
pub(super) fn write_all(
    root: &Root,
    source: &str,
    all: Vec<(Keeping<'_>, BTreeMap<String, String>)>,
) -> Result<(), Fault> {
    refuse_same_file(all.iter().map(|(keeping, _)| keeping))?;
    let folder = &root.folder;
    // Another import may run at the same time: from here on, nobody else changes the lock.
    let _held = hold::project(folder)?;
    let mut before: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    for (keeping, _) in &all {
        let path = folder.join(&keeping.file);
        let old = match std::fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            // What cannot be read could not be put back.
            Err(error) => {
                restore(before);
                return Err(Fault::unreadable(&path, &error));
            }
        };
        if let Err(fault) = packs::write(&path, &keeping.assembled.file.bytes) {
            restore(before);
            return Err(fault);
        }
        before.push((path, old));
    }
    let mut lock = match pins::read(folder) {
        Ok(lock) => lock,
        Err(fault) => {
            restore(before);
            return Err(fault);
        }
    };
    let mut replaced = Vec::new();
    for (keeping, set) in all {
        lock.pin(Pin {
            id: keeping.assembled.pack.id.clone(),
            version: keeping.assembled.pack.version.clone(),
            file: keeping.file,
            sha256: packs::digest(&keeping.assembled.file.bytes),
            source: Some(source.to_owned()),
            edited: false,
            set,
        });
        lock.frameworks
            .retain(|pin| !keeping.replaced.contains(&pin.file));
        replaced.extend(keeping.replaced);
    }
    if let Err(fault) = packs::write(&folder.join(pins::FILE_NAME), lock.text().as_bytes()) {
        restore(before);
        return Err(fault);
    }
    for file in replaced {
        std::fs::remove_file(folder.join(&file))
            .map_err(|error| Fault::unwritable(format!("`{file}` cannot be removed"), &error))?;
    }
    Ok(())
}

/// Two frameworks that would have one file: the second would be written over the first.
///
/// # Errors
/// There are two.
pub(super) fn refuse_same_file<'k>(
    all: impl Iterator<Item = &'k Keeping<'k>>,
) -> Result<(), Fault> {
    let mut titles: BTreeMap<&str, &str> = BTreeMap::new();
    for keeping in all {
        let title = &keeping.assembled.pack.title;
        if let Some(first) = titles.insert(packs::stem(&keeping.file), title) {
            return Err(Fault::Usage {
                message: format!(
                    "`{first}` and `{title}` would both be `{}`",
                    keeping.file
                ),
                help: Some(
                    "import them one by one, by their own paths, and give one another id with `--as`"
                        .to_owned(),
                ),
            });
        }
    }
    Ok(())
}

/// Puts files back as they were. What cannot be put back is seen by the user, as is the fault that led here.
fn restore(before: Vec<(PathBuf, Option<Vec<u8>>)>) {
    for (path, old) in before {
        let _ = match old {
            Some(bytes) => packs::write(&path, &bytes).is_ok(),
            None => std::fs::remove_file(&path).is_ok(),
        };
    }
}

/// Where a framework is kept, below the project's folder.
pub(super) fn file_of(file: &PackFile) -> String {
    format!("{}/{}", packs::FOLDER, file.name)
}

/// The frameworks that were imported from a download of this name before.
pub(super) fn pins_of(project: &Path, source: &str) -> Result<Vec<Pin>, Fault> {
    let mut pins = pins::read(project)?.frameworks;
    pins.retain(|pin| pin.source.as_deref() == Some(source));
    Ok(pins)
}

/// Another framework that has the same id and version is not overwritten.
fn refuse_other(there: &PackOnDisk, new: &Pack) -> Result<(), Fault> {
    // What cannot be read was edited, and is refused for that.
    let Ok((old, _)) = there.pack() else {
        return Ok(());
    };
    let same = match (&old.iri, &new.iri) {
        (Some(old), Some(new)) => old == new,
        _ => old.title == new.title,
    };
    if same {
        return Ok(());
    }
    let called = |pack: &Pack| match &pack.iri {
        Some(iri) => format!("`{}` ({iri})", pack.title),
        None => format!("`{}`", pack.title),
    };
    Err(Fault::Usage {
        message: format!(
            "`{}` is another framework of the same id and version: it is {}, and this is {}",
            there.file,
            called(&old),
            called(new)
        ),
        help: Some("give this one another id with `--as`".to_owned()),
    })
}

/// Two versions of a framework can be spelled alike in the names of files: `1/2` and `1-2`.
fn refuse_other_version(there: &PackOnDisk, new: &Pack) -> Result<(), Fault> {
    match there.pack() {
        Ok((old, _)) if (&old.id, &old.version) != (&new.id, &new.version) => Err(Fault::Usage {
            message: format!(
                "`{}` is version `{}` of `{}`, and version `{}` of `{}` would be written over it",
                there.file, old.version, old.id, new.version, new.id
            ),
            help: Some("write the version otherwise with `--version`".to_owned()),
        }),
        // What cannot be read was edited, and is refused for that.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// A file that somebody edited is not overwritten, also where the edit was pinned.
fn refuse_edited(there: &PackOnDisk, new: &PackFile, pin: Option<&Pin>) -> Result<(), Fault> {
    let as_imported =
        pin.is_some_and(|pin| !pin.edited && pin.sha256 == packs::digest(&there.bytes));
    if there.bytes == new.bytes || as_imported {
        return Ok(());
    }
    Err(Fault::Usage {
        message: format!(
            "`{}` is there already, and is not what an import has written",
            there.file
        ),
        help: Some("move it away, or give the new one another id with `--as`".to_owned()),
    })
}
