//! Pictures that the text refers to: are they there, and what is in them.
//!
//! Goes in: a project and its folder. Comes out: findings (`publish/missing-image`) and, for a build, the bytes. A path
//! never leads out of the project's folder, also not through a link.

use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::{Fault, reason, svg};
use crate::diag::{Sink, early};
use crate::model::{Image, Project};

/// The largest picture that is published, in bytes.
pub const LARGEST: u64 = 10 * 1024 * 1024;

/// Why a picture cannot be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageFault {
    /// There is no such file.
    Missing,
    /// It leads out of the project's folder.
    Outside,
    /// It is a folder or something else that is no file.
    NotAFile,
    /// It is larger than [`LARGEST`].
    TooLarge(u64),
    /// It is an SVG picture with something in it that could run, named in words.
    Active(&'static str),
    /// It is no path but the picture itself, as a `data:` address.
    Embedded,
    /// The operating system says no.
    Unreadable(String),
}

/// The pictures of the project's own folder, in the order of the text, each with its path.
fn images(project: &Project) -> impl Iterator<Item = (&Image, String)> {
    let issuers = project
        .issuers
        .iter()
        .filter_map(|(_, issuer)| issuer.image.as_ref());
    let credentials = project
        .credentials
        .iter()
        .filter_map(|(_, credential)| credential.image.as_ref());
    issuers
        .chain(credentials)
        .map(|image| (image, project.text(image.path).into_owned()))
        .filter(|(_, path)| !is_address(path))
}

fn is_address(path: &str) -> bool {
    path.starts_with("https:") || path.starts_with("http:")
}

/// Reports every picture that cannot be published.
pub fn check(
    project: &Project,
    fault: &(dyn Fn(&str) -> Option<ImageFault> + Sync),
    sink: &mut Sink,
) {
    let mut known: HashMap<String, Option<ImageFault>> = HashMap::new();
    for (image, path) in images(project) {
        let found = known.entry(path.clone()).or_insert_with(|| {
            let scheme = path.trim_start().get(..5);
            if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
                return Some(ImageFault::Embedded);
            }
            fault(&path)
        });
        let Some(found) = found else {
            continue;
        };
        let (message, label, help) = match found {
            ImageFault::Missing => (
                format!("there is no picture `{path}`"),
                "not in the project's folder".to_owned(),
                Some(
                    "put the file there, or remove `image` with its `alt`: a picture is then drawn",
                ),
            ),
            ImageFault::Outside => (
                format!("the picture `{path}` lies outside the project's folder"),
                "leads out of the project".to_owned(),
                Some("copy the file into the project's folder"),
            ),
            ImageFault::NotAFile => (
                format!("`{path}` is not a file"),
                "a folder, or something else".to_owned(),
                None,
            ),
            ImageFault::TooLarge(size) => (
                format!(
                    "the picture `{path}` is too large: {} MB",
                    size.div_ceil(1_000_000)
                ),
                format!("at most {} MB are published", LARGEST / 1_000_000),
                Some("save it smaller"),
            ),
            ImageFault::Active(part) => (
                format!("the picture `{path}` holds {part}"),
                "could run in the reader's browser".to_owned(),
                Some("save it without scripts and links, as a plain SVG"),
            ),
            ImageFault::Embedded => (
                "a picture written into the text cannot be published".to_owned(),
                "not the path of a file".to_owned(),
                Some("save it as a file in the project's folder and name its path"),
            ),
            ImageFault::Unreadable(reason) => (
                format!("the picture `{path}` cannot be read: {reason}"),
                "cannot be read".to_owned(),
                None,
            ),
        };
        sink.report(&early::PUBLISH_MISSING_IMAGE, image.path.place)
            .message(message)
            .label(label)
            .help_opt(help.map(str::to_owned));
    }
}

/// What is wrong with a picture on disk; the real implementation for [`analyze`](super::analyze).
#[must_use]
pub fn fault_on_disk(folder: &Path, path: &str) -> Option<ImageFault> {
    let file = match locate(folder, path) {
        Ok(file) => file,
        Err(fault) => return Some(fault),
    };
    // Other kinds of pictures are not looked into.
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    if matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp") {
        return None;
    }
    match std::fs::read(&file) {
        Ok(bytes) => svg::active_part(path, &bytes).map(ImageFault::Active),
        Err(error) => Some(ImageFault::Unreadable(reason(&error))),
    }
}

/// The file of a picture, if it can be published.
fn locate(folder: &Path, path: &str) -> Result<PathBuf, ImageFault> {
    let relative = Path::new(path);
    let inside = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside || path.contains('\\') || path.contains('\0') {
        return Err(ImageFault::Outside);
    }
    let missing = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => ImageFault::Missing,
        _ => ImageFault::Unreadable(reason(&error)),
    };
    let folder = folder.canonicalize().map_err(missing)?;
    let file = folder.join(relative).canonicalize().map_err(missing)?;
    if !file.starts_with(&folder) {
        return Err(ImageFault::Outside);
    }
    let metadata = std::fs::metadata(&file).map_err(missing)?;
    if !metadata.is_file() {
        return Err(ImageFault::NotAFile);
    }
    if metadata.len() > LARGEST {
        return Err(ImageFault::TooLarge(metadata.len()));
    }
    Ok(file)
}

/// The bytes of every picture, by the path in the text.
///
/// # Errors
/// A picture that was there while checking cannot be read any more.
pub fn read(project: &Project, folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let mut paths: Vec<String> = images(project).map(|(_, path)| path).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
        .into_par_iter()
        .filter_map(|path| {
            // What cannot be published has been reported as an error.
            let file = locate(folder, &path).ok()?;
            let bytes = std::fs::read(&file).map_err(|error| Fault::Unreadable {
                path: PathBuf::from(&path),
                reason: reason(&error),
            });
            Some(bytes.map(|bytes| (path, bytes)))
        })
        .collect()
}
