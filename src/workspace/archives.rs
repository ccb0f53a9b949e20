//! The documents of released credentials, one archive for each version: `released/NAME.zip` in the project's folder.
//!
//! Goes in: files of a build, or a record of `gradus.lock`. Comes out: the archive's bytes, or the files in it. An archive holds
//! each file below the name of the output that made it, is packed without compression and without times, and so has the
//! same bytes for the same files. Git leaves archives alone where it would change the line ends of texts.

use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::download::{self, Limits};
use super::pins::Released;
use super::{Fault, find, packs};
use crate::model::ReleasedFile;

/// The folder below that of the project.
pub const FOLDER: &str = "released";

/// What the documents of one credential may come to.
const LIMITS: Limits = Limits {
    files: 1_000,
    bytes: 64 << 20,
    file_bytes: 32 << 20,
    ratio: 200,
};

/// The path of an archive below the project's folder.
#[must_use]
pub fn file(name: &str) -> String {
    format!("{FOLDER}/{name}.zip")
}

fn path(project: &Path, name: &str) -> PathBuf {
    project.join(FOLDER).join(format!("{name}.zip"))
}

/// The bytes of an archive of some files, which are sorted by path.
///
/// # Errors
/// The files are more than an archive can hold.
pub fn pack(files: &[ReleasedFile]) -> Result<Vec<u8>, Fault> {
    let failed = |error: &dyn std::fmt::Display| Fault::Unwritable {
        message: format!("the documents of a release cannot be packed: {error}"),
        help: None,
    };
    // What is written here must be read again.
    let bytes: u64 = files.iter().map(|file| file.contents.len() as u64).sum();
    if files.len() > LIMITS.files || bytes > LIMITS.bytes {
        return Err(failed(&format!(
            "they come to {} files and {} MiB",
            files.len(),
            bytes >> 20
        )));
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .unix_permissions(0o644);
    for file in files {
        writer
            .start_file(format!("{}/{}", file.output, file.path), options)
            .map_err(|error| failed(&error))?;
        writer
            .write_all(&file.contents)
            .map_err(|error| failed(&error))?;
    }
    let done = writer.finish().map_err(|error| failed(&error))?;
    Ok(done.into_inner())
}

/// Writes an archive.
///
/// # Errors
/// It cannot be written.
pub fn write(project: &Path, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    packs::write(&path(project, name), bytes)
}

/// The bytes of an archive. Where its name leads elsewhere, or to more than an archive may hold, nothing is read.
fn read(project: &Path, path: &Path) -> io::Result<Vec<u8>> {
    let length = std::fs::symlink_metadata(path)?.len();
    if !find::is_file_inside(project, path) {
        return Err(io::Error::other("it is no file of this project"));
    }
    // Names and sums of the files come on top of what they hold.
    if length.max(std::fs::metadata(path)?.len()) > LIMITS.bytes + (1 << 20) {
        return Err(io::Error::other("it is larger than an archive may be"));
    }
    std::fs::read(path)
}

/// What is wrong with the archive of a record, in words.
fn fault(project: &Path, released: &Released) -> Option<String> {
    let shown = file(&released.documents);
    let path = path(project, &released.documents);
    match read(project, &path) {
        Ok(bytes) if packs::digest(&bytes).eq_ignore_ascii_case(&released.documents_sha256) => None,
        Ok(_) => Some(format!(
            "`{shown}` is not the archive that was released, as `gradus.lock` records it"
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(format!(
            "`{shown}` is recorded in `gradus.lock` and not there"
        )),
        Err(error) => Some(format!(
            "`{shown}` cannot be read: {}",
            super::reason(&error)
        )),
    }
}

/// What is wrong with the archives of some records.
#[must_use]
pub fn faults<'a>(
    project: &Path,
    records: impl Iterator<Item = &'a Released>,
) -> Vec<(&'a Released, String)> {
    let records: Vec<&Released> = records.collect();
    records
        .par_iter()
        .filter_map(|&released| Some((released, fault(project, released)?)))
        .collect()
}

/// The files of the archive of a record; their sum has been looked at.
///
/// # Errors
/// It cannot be read, or is not an archive.
pub fn open(project: &Path, name: &str) -> Result<Vec<ReleasedFile>, Fault> {
    let bundle = download::open(&path(project, name), LIMITS)?;
    let files = bundle.files.into_iter().map(|file| {
        let (output, path) = file.path.split_once('/')?;
        Some(ReleasedFile {
            output: output.to_owned(),
            path: path.to_owned(),
            contents: file.bytes.into(),
        })
    });
    // A file that is no archive is opened as one file without a folder.
    let files: Option<Vec<ReleasedFile>> = files.collect();
    files
        .filter(|files| !files.is_empty())
        .ok_or_else(|| Fault::Usage {
            message: format!("`{}` is not an archive of a release", file(name)),
            help: Some("restore it from version control".to_owned()),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_opened_and_the_bytes_are_always_the_same() {
        let files = vec![
            ReleasedFile {
                output: "open-badges-3".to_owned(),
                path: "open-badges-3/a.json".to_owned(),
                contents: b"{}\n".as_slice().into(),
            },
            ReleasedFile {
                output: "pathways".to_owned(),
                path: "credentials/a/index.md".to_owned(),
                contents: "é\n".as_bytes().into(),
            },
        ];
        let bytes = pack(&files).expect("small");
        assert_eq!(bytes, pack(&files).expect("small"));
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a.v2", &bytes).expect("written");
        assert_eq!(open(folder.path(), "a.v2").expect("whole"), files);
    }
}
