//! Tar archives, as they are or packed by gzip.
//!
//! Goes in: the bytes of an archive as they come, and how many there are on disk. Comes out: its files. The library gives the entries
//! one by one and as they stand; names that are too long for a header are put together here, so that none is larger than a
//! name can be. The stream is counted as a whole, because what a packed archive becomes is not known for each of its files.

use std::io::{self, Chain, Cursor, Read};
use std::path::Path;

use ::tar::{Archive, EntryType, PaxExtensions};

use super::{Fault, Limits, Opening, is_of_system, refused, refused_at, safe};

/// The size of a header, which is also what files are padded to.
const BLOCK: u64 = 512;
/// The longest name of a file, with its folders, in bytes.
const LONGEST_NAME: u64 = 4096;
/// The most that is said about one file beside its header, in bytes.
const LONGEST_EXTENSION: u64 = 64 << 10;

/// A stream that was looked at and is whole again, and whether it is a tar archive.
pub(super) type Looked<R> = (Chain<Cursor<Vec<u8>>, R>, bool);

/// Looks whether a stream is a tar archive.
///
/// # Errors
/// It cannot be read.
pub(super) fn look<R: Read>(mut reader: R) -> io::Result<Looked<R>> {
    let mut start = Vec::new();
    reader.by_ref().take(BLOCK).read_to_end(&mut start)?;
    let is_tar = start.get(257..262) == Some(b"ustar");
    Ok((Cursor::new(start).chain(reader), is_tar))
}

/// Reads an archive of this many bytes on disk.
///
/// # Errors
/// It is too large, broken, or holds anything but files and folders that stay below it.
pub(super) fn read(opening: &mut Opening<'_>, packed: u64, reader: impl Read) -> Result<(), Fault> {
    let path = opening.path;
    let mut archive = Archive::new(Counted::new(reader, packed, opening.limits));
    let broken = |error: io::Error| match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(TooMuch(reason)) => refused(path, reason),
        None => refused(path, "it is not a whole tar archive"),
    };
    opening.at.clear();
    // What is said of a file stands before it.
    let mut told: Option<String> = None;
    for entry in archive.entries().map_err(broken)?.raw(true) {
        let mut entry = entry.map_err(broken)?;
        let size = entry.size();
        let kind = entry.header().entry_type();
        match kind {
            EntryType::GNULongName => {
                let name =
                    small(&mut entry, LONGEST_NAME, path).map_err(|fault| fault.of(broken))?;
                let name = name.strip_suffix(b"\0").unwrap_or(&name);
                told = Some(text(name, path)?);
                continue;
            }
            EntryType::XHeader => {
                let said =
                    small(&mut entry, LONGEST_EXTENSION, path).map_err(|fault| fault.of(broken))?;
                for extension in PaxExtensions::new(&said) {
                    let extension = extension.map_err(broken)?;
                    match extension.key_bytes() {
                        b"path" => told = Some(text(extension.value_bytes(), path)?),
                        // The size in the header then is another one.
                        b"size" => {
                            return Err(refused(path, "a file in it is too large to be read"));
                        }
                        _ => {}
                    }
                }
                continue;
            }
            // What is said of the archive as a whole, and of links, which are refused when they come.
            EntryType::XGlobalHeader | EntryType::GNULongLink => continue,
            _ => {}
        }
        let name = match told.take() {
            Some(name) => name,
            None => text(&entry.header().path_bytes(), path)?,
        };
        let Some(inner) = safe(&name) else {
            let reason = "its name leads out of the archive, and nothing of it is read";
            return Err(refused_at(path, &name, reason));
        };
        match kind {
            EntryType::Directory => {}
            EntryType::Regular | EntryType::Continuous => {
                if is_of_system(&inner) || inner.is_empty() {
                    continue;
                }
                let is_packed = inner.ends_with(".gz");
                opening.add_inner(inner, size, &mut entry)?;
                let read = opening.files.last().map_or(0, |file| file.bytes.len());
                opening.last_counts();
                if !is_packed && read as u64 != size {
                    return Err(refused(path, "it is not a whole tar archive"));
                }
            }
            EntryType::Symlink | EntryType::Link => {
                let reason = "it is a link, and nothing of the archive is read";
                return Err(refused_at(path, &name, reason));
            }
            _ => {
                let reason =
                    "it is neither a file nor a folder, and nothing of the archive is read";
                return Err(refused_at(path, &name, reason));
            }
        }
    }
    Ok(())
}

/// Why something small cannot be read.
enum Small {
    Refused(Fault),
    Broken(io::Error),
}

impl Small {
    fn of(self, broken: impl FnOnce(io::Error) -> Fault) -> Fault {
        match self {
            Self::Refused(fault) => fault,
            Self::Broken(error) => broken(error),
        }
    }
}

/// The bytes of an entry that says something of the next one.
fn small(entry: &mut impl Read, most: u64, path: &Path) -> Result<Vec<u8>, Small> {
    let mut bytes = Vec::new();
    entry
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(Small::Broken)?;
    if bytes.len() as u64 > most {
        let reason = "a file in it has a name that is too long";
        return Err(Small::Refused(refused(path, reason)));
    }
    Ok(bytes)
}

fn text(name: &[u8], path: &Path) -> Result<String, Fault> {
    std::str::from_utf8(name)
        .map(str::to_owned)
        .map_err(|_| refused(path, "an entry has a name that cannot be read"))
}

/// More came out of an archive than is read.
#[derive(Debug)]
struct TooMuch(String);

impl std::fmt::Display for TooMuch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for TooMuch {}

/// A stream that ends in a fault where it is too long.
struct Counted<R> {
    reader: R,
    left: u64,
    reason: String,
}

impl<R> Counted<R> {
    fn new(reader: R, packed: u64, limits: Limits) -> Self {
        // Headers and padding of all the files that there may be.
        let around = 4 * BLOCK * (limits.files as u64 + 8);
        let by_ratio = limits.by_ratio(packed);
        let (most, reason) = if by_ratio < limits.bytes {
            (by_ratio, limits.beyond_ratio())
        } else {
            let mebibytes = limits.bytes >> 20;
            (
                limits.bytes,
                format!("it is larger than {mebibytes} MiB when unpacked"),
            )
        };
        Self {
            reader,
            left: most.saturating_add(around),
            reason,
        }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(TooMuch(self.reason.clone()))),
        }
        Ok(read)
    }
}
