//! Which folder is the project, and which files belong to it.
//!
//! Goes in: what the user named. Comes out: a [`Root`], and paths below it, sorted. Names in messages are relative to
//! where the command runs, never absolute.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use super::publish::MANIFEST;
use super::{Fault, shown};
use crate::config;

/// What the user named on the command line.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// A folder, a file, or `-` for standard input; nothing means the folder where the command runs.
    pub path: Option<PathBuf>,
    /// A project file to use instead of the one that is found.
    pub config: Option<PathBuf>,
}

/// A project on disk.
#[derive(Debug, Clone)]
pub struct Root {
    /// The project's folder.
    pub folder: PathBuf,
    /// The project file, if there is one.
    pub project_file: Option<PathBuf>,
    /// What is read.
    pub scope: Scope,
    /// A file of the project that the user named: it is read also where the globs do not name it.
    pub named: Option<PathBuf>,
    /// What stands before relative paths in messages: empty, or ends with `/`.
    pub prefix: String,
}

/// Which files of a folder are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All that the globs of the project name.
    Project,
    /// One file alone.
    File(PathBuf),
    /// Standard input alone.
    Stdin,
}

/// Finds the project that a target belongs to.
///
/// A folder belongs to the project whose `gradus.yaml` lies in it or in the nearest folder above; so does a file. Where
/// there is none, the folder with all its `.gradus` files, or the file alone, is the project.
///
/// # Errors
/// The target does not exist or is of the wrong kind.
pub fn root(target: &Target) -> Result<Root, Fault> {
    let here =
        std::env::current_dir().map_err(|error| Fault::unreadable(Path::new("."), &error))?;
    let config = match &target.config {
        Some(path) if path.is_file() => Some(path.clone()),
        Some(path) => {
            return Err(Fault::usage(format!(
                "there is no project file `{}`",
                shown(path)
            )));
        }
        None => None,
    };
    let path = match (&target.path, &config) {
        (Some(path), _) => path.clone(),
        (None, Some(config)) => parent(config),
        (None, None) => PathBuf::from("."),
    };
    if path.as_os_str() == "-" {
        return Ok(Root {
            folder: here,
            project_file: config,
            scope: Scope::Stdin,
            named: None,
            prefix: String::new(),
        });
    }
    let metadata = std::fs::metadata(&path).map_err(|error| Fault::unreadable(&path, &error))?;
    let (folder, file) = if metadata.is_dir() {
        (path, None)
    } else if path
        .file_name()
        .is_some_and(|name| name == config::FILE_NAME)
    {
        (parent(&path), None)
    } else if path.extension().is_some_and(|ending| ending == "gradus") {
        (parent(&path), Some(path))
    } else {
        return Err(Fault::Usage {
            message: format!("`{}` is not a `.gradus` file", shown(&path)),
            help: Some("name a folder, a file whose name ends in `.gradus`, or `-`".to_owned()),
        });
    };
    let (folder, project_file) = match config {
        Some(config) => (folder, Some(config)),
        None => match find_above(&folder, &here) {
            Some(found) => (parent(&found), Some(found)),
            None => (folder, None),
        },
    };
    let prefix = prefix(&folder, &here);
    let (scope, named) = match file {
        Some(file) if project_file.is_none() => (Scope::File(file), None),
        Some(file) => (Scope::Project, Some(file)),
        None => (Scope::Project, None),
    };
    Ok(Root {
        folder,
        project_file,
        scope,
        named,
        prefix,
    })
}

/// The folder of a file; `.` where the path is a bare name.
fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        Some(_) | None => PathBuf::from("."),
    }
}

/// The project file in a folder or the nearest above it, as a path relative to where the command runs if the folder is.
fn find_above(folder: &Path, here: &Path) -> Option<PathBuf> {
    let given = folder.join(config::FILE_NAME);
    if given.is_file() {
        return Some(given);
    }
    let whole = std::path::absolute(here.join(folder)).ok()?;
    let whole = normal(&whole);
    let found = whole
        .ancestors()
        .skip(1)
        .map(|folder| folder.join(config::FILE_NAME))
        .find(|file| file.is_file())?;
    Some(relative(&found, here).unwrap_or(found))
}

/// A path without `.` and `..`, by its words alone.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => out.push(part),
        }
    }
    out
}

/// The way from one folder to a path; `None` where they share nothing but the root.
fn relative(path: &Path, from: &Path) -> Option<PathBuf> {
    let shared = path
        .components()
        .zip(from.components())
        .take_while(|(one, other)| one == other)
        .count();
    if shared < 2 {
        return None;
    }
    let mut out = PathBuf::new();
    for _ in from.components().skip(shared) {
        out.push("..");
    }
    out.extend(path.components().skip(shared));
    Some(out)
}

/// What stands before the names of a folder's files. A folder far away has no prefix: names are never absolute.
fn prefix(folder: &Path, here: &Path) -> String {
    let path = if folder.is_absolute() {
        match relative(&normal(folder), here) {
            Some(path)
                if path
                    .components()
                    .filter(|part| *part == Component::ParentDir)
                    .count()
                    <= 2 =>
            {
                path
            }
            Some(_) | None => return String::new(),
        }
    } else {
        folder
            .components()
            .filter(|part| *part != Component::CurDir)
            .collect()
    };
    let text = shown(&path);
    if text.is_empty() {
        text
    } else {
        format!("{text}/")
    }
}

/// The path of a file below a folder, by its words alone, with `/`; `None` where it does not lie below.
#[must_use]
pub fn below(folder: &Path, file: &Path) -> Option<String> {
    let whole = |path: &Path| std::path::absolute(path).map(|path| normal(&path)).ok();
    let path = whole(file)?.strip_prefix(whole(folder)?).ok()?.to_owned();
    let name = path.to_str()?;
    Some(name.replace(std::path::MAIN_SEPARATOR, "/"))
}

/// Whether a path leads to a file that lies in a folder, all links followed.
#[must_use]
pub fn is_file_inside(folder: &Path, path: &Path) -> bool {
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => path.starts_with(folder) && path.is_file(),
        (Ok(_) | Err(_), Ok(_) | Err(_)) => false,
    }
}

/// The files below a folder that the globs name, as relative paths with `/`, sorted. Hidden folders, `node_modules`,
/// `target` and folders that a build wrote are left out. Links to folders are not followed; a link to a file is read as
/// that file where it leads to one in the folder, and left out where it leads elsewhere.
///
/// # Errors
/// A folder cannot be read.
pub fn sources(folder: &Path, globs: &[String]) -> Result<Vec<String>, Fault> {
    let globs = glob_set(globs)?;
    let mut found = Vec::new();
    let walk = WalkDir::new(folder)
        .follow_root_links(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || wanted(entry));
    for entry in walk {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            match error.io_error() {
                Some(error) => Fault::unreadable(&path, error),
                None => Fault::Unreadable {
                    path,
                    reason: "the folder contains itself".to_owned(),
                },
            }
        })?;
        if !is_file(folder, &entry) {
            continue;
        }
        let Ok(path) = entry.path().strip_prefix(folder) else {
            continue;
        };
        let Some(name) = path.to_str() else {
            let matches = path.extension().is_some_and(|ending| ending == "gradus");
            if matches {
                return Err(Fault::Unreadable {
                    path: path.to_owned(),
                    reason: "its name is not UTF-8 text".to_owned(),
                });
            }
            continue;
        };
        if globs.is_match(path) {
            found.push(name.replace(std::path::MAIN_SEPARATOR, "/"));
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    if !entry.file_type().is_dir() {
        return true;
    }
    !name.starts_with('.')
        && name != "node_modules"
        && name != "target"
        && !entry.path().join(MANIFEST).exists()
}

/// A file, or a link to a file in the folder.
fn is_file(folder: &Path, entry: &DirEntry) -> bool {
    entry.file_type().is_file()
        || (entry.file_type().is_symlink() && is_file_inside(folder, entry.path()))
}

fn glob_set(globs: &[String]) -> Result<GlobSet, Fault> {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        let glob = GlobBuilder::new(glob.trim_start_matches("./"))
            .literal_separator(true)
            .build()
            .map_err(|error| {
                Fault::usage(format!("`{glob}` is not a pattern of paths: {error}"))
            })?;
        set.add(glob);
    }
    set.build()
        .map_err(|error| Fault::usage(format!("the patterns of `sources` are too large: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_where_the_command_runs() {
        let here = Path::new("/home/kim/catalogue");
        let of = |folder: &str| prefix(Path::new(folder), here);
        assert_eq!(of("."), "");
        assert_eq!(of("./examples/harbour"), "examples/harbour/");
        assert_eq!(of("../other"), "../other/");
        assert_eq!(of("/home/kim/catalogue/sub"), "sub/");
        assert_eq!(of("/srv/data"), "");
    }
}
