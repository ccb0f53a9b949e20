//! Opening what a publisher offers for download: a folder, a `.zip`, a `.tar`, a `.gz` or a single file.
//!
//! Goes in: a path that the user named. Comes out: a [`Bundle`] in memory, or a refusal. What a download claims is never believed:
//! bytes are counted while they are unpacked, and reading ends as soon as there are too many; names that climb out of their
//! folder are refused, symbolic links are not followed. Nothing is written.

#[path = "download_tar.rs"]
mod tar;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Component, Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use walkdir::WalkDir;
use zip::ZipArchive;

use super::{Fault, shown};
use crate::import::bundle::{Bundle, BundleFile};

/// What a download may hold at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Files.
    pub files: usize,
    /// Bytes of all files, unpacked.
    pub bytes: u64,
    /// Bytes of one file, unpacked.
    pub file_bytes: u64,
    /// How many bytes one packed byte may become. Deflate can do a thousand; texts come to twenty.
    pub ratio: u64,
}

/// The limits of every import. The whole of O*NET is 100 MiB unpacked, ESCO in all its languages less than a GiB.
pub const LIMITS: Limits = Limits {
    files: 10_000,
    bytes: 1 << 30,
    file_bytes: 256 << 20,
    ratio: 200,
};

/// Up to here no ratio is asked for: a short file of blanks is no attack.
const RATIO_FROM: u64 = 1 << 20;

impl Limits {
    /// How much this many packed bytes may become, by the ratio alone.
    fn by_ratio(self, packed: u64) -> u64 {
        packed.saturating_mul(self.ratio).max(RATIO_FROM)
    }

    /// The words for what becomes more than that.
    fn beyond_ratio(self) -> String {
        format!(
            "it becomes more than {} times as large when unpacked, which no list of skills does",
            self.ratio
        )
    }
}

/// Reads a download.
///
/// # Errors
/// It cannot be read, or is refused.
pub fn open(path: &Path, limits: Limits) -> Result<Bundle, Fault> {
    Ok(open_all(path, limits)?.0)
}

/// Reads a download, and gives the paths that an archive holds more than once as well, once for each earlier file. The last
/// file of a path counts, as when the archive is unpacked.
///
/// # Errors
/// As with [`open`].
pub fn open_all(path: &Path, limits: Limits) -> Result<(Bundle, Vec<String>), Fault> {
    let metadata = fs::metadata(path).map_err(|error| Fault::unreadable(path, &error))?;
    let mut opening = Opening {
        limits,
        bytes: 0,
        files: Vec::new(),
        at: HashMap::new(),
        repeated: Vec::new(),
        path,
    };
    if metadata.is_dir() {
        opening.folder(path)?;
    } else if metadata.is_file() {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        opening.file(path, &name.unwrap_or_default())?;
    } else {
        return Err(refused(path, "it is neither a file nor a folder"));
    }
    let mut files = opening.files;
    if files.is_empty() {
        return Err(refused(path, "there is no file in it"));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let name = path
        .canonicalize()
        .ok()
        .and_then(|whole| {
            whole
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
        })
        .unwrap_or_else(|| shown(path));
    Ok((Bundle { name, files }, opening.repeated))
}

struct Opening<'p> {
    limits: Limits,
    /// Read so far.
    bytes: u64,
    files: Vec<BundleFile>,
    /// The positions of the files of this archive by their paths. Those of another one have nothing to do with them.
    at: HashMap<String, usize>,
    /// Paths of files that a later one took the place of.
    repeated: Vec<String>,
    path: &'p Path,
}

impl Opening<'_> {
    fn folder(&mut self, folder: &Path) -> Result<(), Fault> {
        // Links are not followed: what they lead to may lie anywhere.
        let walk = WalkDir::new(folder).follow_links(false).sort_by_file_name();
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
        let walk = walk
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
        for entry in walk {
            let entry = entry.map_err(|error| {
                let at = error.path().unwrap_or(folder).to_owned();
                let error = io::Error::from(error);
                Fault::unreadable(&at, &error)
            })?;
            if entry.file_type().is_symlink() {
                let reason = "it holds a symbolic link, which is not followed";
                return Err(refused_at(self.path, &shown(entry.path()), reason));
            }
            if !entry.file_type().is_file() {
                continue;
            }
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            self.file(entry.path(), &shown(below))?;
        }
        Ok(())
    }

    /// A file on disk, by what it is: its first bytes say more than its name.
    fn file(&mut self, path: &Path, name: &str) -> Result<(), Fault> {
        let unreadable = |error: io::Error| Fault::unreadable(path, &error);
        let mut file = File::open(path).map_err(unreadable)?;
        let mut start = [0; 4];
        let read = file.read(&mut start).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        let start = start.get(..read).unwrap_or_default();
        if start.starts_with(b"PK\x03\x04") && !is_workbook(name) {
            return self.archive(file, path);
        }
        let length = file.metadata().map_err(unreadable)?.len();
        if start.starts_with(&[0x1f, 0x8b]) {
            let unpacked = MultiGzDecoder::new(BufReader::new(file));
            let (reader, is_tar) =
                tar::look(unpacked).map_err(|error| self.broken(name, &error))?;
            if is_tar {
                return tar::read(self, length, reader);
            }
            let inner = name.strip_suffix(".gz").unwrap_or(name).to_owned();
            return self.add(inner, length, reader);
        }
        let (reader, is_tar) = tar::look(file).map_err(unreadable)?;
        if is_tar {
            return tar::read(self, length, reader);
        }
        self.add(name.to_owned(), length, reader)
    }

    fn archive(&mut self, file: File, path: &Path) -> Result<(), Fault> {
        let whole = || refused(path, "it is not a whole ZIP archive");
        let directory = file
            .try_clone()
            .map_err(|error| Fault::unreadable(path, &error))?;
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| whole())?;
        self.at.clear();
        for number in 0..archive.len() {
            let entry = archive.by_index(number).map_err(|error| match error {
                zip::result::ZipError::UnsupportedArchive(_) => refused(
                    path,
                    "an entry is encrypted or packed in a way that is not read; unpack it first",
                ),
                _ => refused(path, "it is not a whole ZIP archive"),
            })?;
            let name = match entry.name() {
                Ok(name) => name.into_owned(),
                Err(_) => return Err(refused(path, "an entry has a name that cannot be read")),
            };
            let Some(inner) = safe(&name) else {
                let reason = "its name leads out of the archive, and nothing of it is read";
                return Err(refused_at(self.path, &name, reason));
            };
            if entry.is_symlink() {
                let reason = "it is a symbolic link, and nothing of the archive is read";
                return Err(refused_at(self.path, &name, reason));
            }
            if entry.is_dir() || is_of_system(&inner) {
                continue;
            }
            let packed = entry.compressed_size();
            self.add_inner(inner, packed, entry)?;
            self.last_counts();
        }
        if archive.has_duplicate_names() {
            let more = self.limits.files;
            let hidden = hidden(directory, &archive, more).map_err(|_| whole())?;
            let names = hidden.iter().filter_map(|name| safe(name));
            let names = names.map(|name| match name.strip_suffix(".gz") {
                Some(inner) => inner.to_owned(),
                None => name,
            });
            self.repeated
                .extend(names.filter(|name| !is_of_system(name)));
        }
        Ok(())
    }

    /// Puts the file that was read last in the place of an earlier one with the same path.
    fn last_counts(&mut self) {
        let Some(file) = self.files.pop() else {
            return;
        };
        let known = self.at.get(&file.path).copied();
        match known.and_then(|at| self.files.get_mut(at)) {
            Some(earlier) => {
                self.repeated.push(file.path.clone());
                *earlier = file;
            }
            None => {
                self.at.insert(file.path.clone(), self.files.len());
                self.files.push(file);
            }
        }
    }

    /// Reads a file of an archive, which may be packed once more.
    fn add_inner(&mut self, name: String, packed: u64, reader: impl Read) -> Result<(), Fault> {
        match name.strip_suffix(".gz") {
            Some(inner) => {
                let inner = inner.to_owned();
                self.add(inner, packed, MultiGzDecoder::new(BufReader::new(reader)))
            }
            None => self.add(name, packed, reader),
        }
    }

    /// The refusal of a file of this name that cannot be unpacked.
    fn broken(&self, name: &str, error: &io::Error) -> Fault {
        let reason = format!("it cannot be unpacked: {}", super::reason(error));
        refused_at(self.path, name, &reason)
    }

    /// Reads a file to its end, or to where it is too much.
    fn add(&mut self, name: String, packed: u64, reader: impl Read) -> Result<(), Fault> {
        let limits = self.limits;
        if self.files.len() >= limits.files {
            let reason = format!("it holds more than {} files", limits.files);
            return Err(refused(self.path, &reason));
        }
        let left = limits.bytes.saturating_sub(self.bytes);
        let by_ratio = limits.by_ratio(packed);
        let most = left.min(limits.file_bytes).min(by_ratio);
        let mut bytes = Vec::new();
        reader
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| self.broken(&name, &error))?;
        let length = bytes.len() as u64;
        if length > most {
            let mebibytes = |bytes: u64| bytes >> 20;
            let reason = if most == by_ratio {
                limits.beyond_ratio()
            } else if most == limits.file_bytes {
                format!("it is larger than {} MiB", mebibytes(limits.file_bytes))
            } else {
                format!(
                    "with it, the download is larger than {} MiB",
                    mebibytes(limits.bytes)
                )
            };
            return Err(refused_at(self.path, &name, &reason));
        }
        self.bytes += length;
        bytes.shrink_to_fit();
        self.files.push(BundleFile { path: name, bytes });
        Ok(())
    }
}

/// The names of files of an archive that a later one of the same name hides, up to so many. The library gives only the last file of
/// a name, so that the directory is walked once more for the names.
fn hidden(
    directory: File,
    archive: &ZipArchive<BufReader<File>>,
    most: usize,
) -> io::Result<Vec<String>> {
    const SIGNATURE: [u8; 4] = *b"PK\x01\x02";
    /// The part of an entry between signature and name; the lengths of name, extra field and comment stand in it.
    const BEFORE: usize = 42;
    const LENGTHS: std::ops::Range<usize> = 24..30;
    let mut directory = BufReader::new(directory);
    directory.seek(io::SeekFrom::Start(archive.central_directory_start()))?;
    let mut seen = vec![false; archive.len()];
    let mut hidden = Vec::new();
    let mut signature = [0; 4];
    let mut entry = [0; BEFORE];
    while hidden.len() < most {
        directory.read_exact(&mut signature)?;
        if signature != SIGNATURE {
            break;
        }
        directory.read_exact(&mut entry)?;
        let mut lengths = entry.get(LENGTHS).unwrap_or_default().chunks_exact(2);
        let mut next = || match lengths.next() {
            Some(&[low, high]) => usize::from(u16::from_le_bytes([low, high])),
            _ => 0,
        };
        let (name_length, rest) = (next(), next() + next());
        let mut name = vec![0; name_length];
        directory.read_exact(&mut name)?;
        directory.seek_relative(rest as i64)?;
        let Some(at) = archive.index_for_name_raw(&name) else {
            continue;
        };
        match seen.get_mut(at) {
            Some(seen) if !*seen => *seen = true,
            Some(_) | None => match archive.name_for_index(at) {
                Some(Ok(name)) if !name.ends_with('/') => hidden.push(name.into_owned()),
                Some(_) | None => {}
            },
        }
    }
    Ok(hidden)
}

/// A name with `/` that stays where it is put; nothing for one that is absolute or climbs.
fn safe(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    if name.contains(':') && name.as_bytes().get(1) == Some(&b':') || name.contains('\0') {
        return None;
    }
    let mut parts = Vec::new();
    for part in Path::new(&name).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

/// Whether a file is one that systems put beside those of users.
fn is_of_system(name: &str) -> bool {
    name.split('/')
        .any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// A workbook is a ZIP archive too, and is read as a whole.
fn is_workbook(name: &str) -> bool {
    let ending = PathBuf::from(name.to_lowercase());
    ending
        .extension()
        .is_some_and(|ending| matches!(ending.to_str(), Some("xlsx" | "xlsm" | "xlsb" | "ods")))
}

fn refused(path: &Path, reason: &str) -> Fault {
    Fault::Unreadable {
        path: path.to_owned(),
        reason: reason.to_owned(),
    }
}

fn refused_at(path: &Path, name: &str, reason: &str) -> Fault {
    // Names in archives are not ours to trust on a terminal.
    let name: String = name
        .chars()
        .map(|letter| if letter.is_control() { '?' } else { letter })
        .take(200)
        .collect();
    refused(path, &format!("`{name}`: {reason}"))
}

#[cfg(test)]
#[path = "download_tests.rs"]
mod tests;
