//! The framework packs of a project: finding, reading and writing the files in its `frameworks` folder.
//!
//! Goes in: the project's folder. Comes out: the files with their bytes, sorted by name. A file is written whole or not at all.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::{Fault, find, shown};
use crate::import::details::Details;
use crate::import::pack::{Pack, PackFault};

/// The folder below that of the project.
pub const FOLDER: &str = "frameworks";

/// The endings of pack files: the readable form and the binary one.
const ENDINGS: [&str; 2] = ["yaml", BINARY];
const BINARY: &str = "gradus-pack";

/// The largest pack file that is read.
const LARGEST: u64 = 1 << 30;

/// A pack file as it lies on disk.
#[derive(Debug, Clone)]
pub struct PackOnDisk {
    /// Its path below the project's folder, with `/`.
    pub file: String,
    pub bytes: Vec<u8>,
}

/// The path of a pack file without its ending: both forms of one framework and version have the same.
#[must_use]
pub fn stem(file: &str) -> &str {
    ENDINGS
        .iter()
        .find_map(|ending| file.strip_suffix(ending)?.strip_suffix('.'))
        .unwrap_or(file)
}

impl PackOnDisk {
    /// Whether it is in the binary form.
    #[must_use]
    pub fn is_binary(&self) -> bool {
        self.file.ends_with(BINARY)
    }

    /// The framework and the SHA-256 of the file, in hexadecimal.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn pack(&self) -> Result<(Pack, String), Vec<PackFault>> {
        if self.is_binary() {
            return match Pack::decode(&self.bytes) {
                Ok((pack, digest)) => Ok((pack, hexadecimal(&digest))),
                Err(message) => Err(vec![PackFault {
                    line: 1,
                    column: 1,
                    message,
                }]),
            };
        }
        // The reader of the YAML form says itself what is no text.
        let pack = match std::str::from_utf8(&self.bytes) {
            Ok(text) => Pack::parse(text)?,
            Err(_) => Details::open(&self.bytes)?.0,
        };
        Ok((pack, digest(&self.bytes)))
    }
}

/// The files of some sort in a project's folder of frameworks, sorted. Links that lead out of the project are left out.
///
/// # Errors
/// The folder cannot be read.
pub(super) fn paths(project: &Path, keep: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Fault> {
    let folder = project.join(FOLDER);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect()
        })
        .map_err(|error| Fault::unreadable(&folder, &error))?;
    paths.retain(|path| keep(path) && find::is_file_inside(project, path));
    paths.sort_unstable();
    Ok(paths)
}

/// The pack files of a project, sorted by name.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub fn files(project: &Path) -> Result<Vec<PackOnDisk>, Fault> {
    let is_pack = |path: &Path| {
        path.extension()
            .is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known))
    };
    paths(project, is_pack)?
        .par_iter()
        .map(|path| {
            let unreadable = |error| Fault::unreadable(path, &error);
            let length = std::fs::metadata(path).map_err(unreadable)?.len();
            if length > LARGEST {
                return Err(Fault::Unreadable {
                    path: path.clone(),
                    reason: "it is longer than 1 GiB".to_owned(),
                });
            }
            let name = path.file_name().map(|name| name.to_string_lossy());
            Ok(PackOnDisk {
                file: format!("{FOLDER}/{}", name.as_deref().unwrap_or("")),
                bytes: std::fs::read(path).map_err(unreadable)?,
            })
        })
        .collect()
}

/// Writes a file whole: readers see the old one or the new one.
///
/// # Errors
/// It cannot be written; what was there before still stands.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let failed = |error: &std::io::Error| {
        Fault::unwritable(format!("`{}` cannot be written", shown(path)), error)
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gradus-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut new = builder
        .tempfile_in(folder)
        .map_err(|error| failed(&error))?;
    new.write_all(bytes).map_err(|error| failed(&error))?;
    new.persist(path).map_err(|error| failed(&error.error))?;
    Ok(())
}

/// The SHA-256 of bytes, in hexadecimal.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
