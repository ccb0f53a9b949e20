//! States of a project to compare: a folder, a `.gradus` file, an archive, or what a version control system kept.
//!
//! Goes in: what the user named. Comes out: a [`State`], read and linked, without the rules being run. Archives and what git
//! kept are unpacked, with the care of [`download`](super::download), into a folder of their own that is gone with the state.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use tempfile::TempDir;

use super::download::{self, Limits};
use super::find::{self, Root, Scope, Target};
use super::read::{self, Loaded, Parsing};
use super::{Fault, analysis, shown};
use crate::config::{self, Known, ProjectFile};
use crate::diag::Severity;
use crate::graph::Graph;
use crate::model::Project;
use crate::resolve::Inputs;
use crate::source::Sources;

/// What an archive of a project may hold.
const LIMITS: Limits = Limits {
    files: 200_000,
    bytes: 2 << 30,
    file_bytes: 512 << 20,
    ratio: 400,
};

/// A project as it was read, not linked yet.
#[derive(Debug)]
pub struct Unread {
    /// As the user named it.
    pub name: String,
    pub root: Root,
    loaded: Loaded,
    _kept: Option<TempDir>,
}

/// A linked project.
#[derive(Debug)]
pub struct State {
    /// As the user named it.
    pub name: String,
    pub root: Root,
    pub sources: Arc<Sources>,
    pub project: Project,
    pub graph: Graph,
    pub settings: ProjectFile,
    /// Errors in its texts: what they hide cannot be compared.
    pub errors: usize,
    _kept: Option<TempDir>,
}

/// Reads a state by its name.
///
/// # Errors
/// There is no such thing, or it cannot be read.
pub fn read(name: &str, known: Known<'_>) -> Result<Unread, Fault> {
    let (root, kept) = match name.strip_prefix("git:") {
        Some(what) => {
            let (root, kept) = from_git(name, what)?;
            (root, Some(kept))
        }
        None => {
            let path = PathBuf::from(name);
            if is_archive(&path) {
                let kept = unpack(&path)?;
                (root_in(kept.path(), name), Some(kept))
            } else {
                let target = Target {
                    path: Some(path),
                    config: None,
                };
                (find::root(&target)?, None)
            }
        }
    };
    let loaded = read::load(&root, known, Parsing::Later)?;
    if loaded.gradus_files == 0 {
        return Err(Fault::Usage {
            message: format!("there is no `.gradus` file in `{name}`"),
            help: Some("name the folder of a project, an archive of one, or `git:REF`".to_owned()),
        });
    }
    Ok(Unread {
        name: name.to_owned(),
        root,
        loaded,
        _kept: kept,
    })
}

impl Unread {
    /// Whether two states are the same letter by letter: then nothing has to be linked.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        fn texts(state: &Unread) -> impl Iterator<Item = (&str, &str)> {
            state.loaded.sources.iter().map(|(_, file)| {
                let name = file.name();
                let name = name
                    .strip_prefix(state.root.prefix.as_str())
                    .unwrap_or(name);
                (name, file.text())
            })
        }
        let versions = |state: &Self| -> Vec<(String, String)> {
            let packs = state.loaded.packs.iter();
            packs
                .map(|pack| (pack.id.clone(), pack.version.clone()))
                .collect()
        };
        self.loaded.sources.len() == other.loaded.sources.len()
            && versions(self) == versions(other)
            && texts(self).eq(texts(other))
    }

    /// Links the project and builds its graph.
    #[must_use]
    pub fn link(self) -> State {
        let Loaded {
            sources,
            gradus_files,
            project: settings,
            packs,
            tables,
            parsed,
            mut sink,
            ..
        } = self.loaded;
        let inputs = Inputs {
            sources: Arc::clone(&sources),
            settings: settings.settings.clone(),
            packs,
            tables,
        };
        let parsed = parsed.unwrap_or_else(|| analysis::parse(gradus_files, &sources));
        let (project, _) = analysis::link(parsed, inputs, &mut sink);
        let graph = Graph::build(&project);
        let errors = sink
            .as_slice()
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .count();
        State {
            name: self.name,
            root: self.root,
            sources,
            project,
            graph,
            settings,
            errors,
            _kept: self._kept,
        }
    }
}

/// Whether a state is unpacked to be read: its files do not lie under its name.
#[must_use]
pub fn is_unpacked(name: &str) -> bool {
    name.starts_with("git:") || is_archive(Path::new(name))
}

fn is_archive(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str);
    let name = name.unwrap_or("").to_ascii_lowercase();
    let ends = |ending: &&str| name.ends_with(ending);
    path.is_file() && [".zip", ".tar.gz", ".tgz", ".tar"].iter().any(ends)
}

/// Unpacks an archive into a folder of its own.
fn unpack(archive: &Path) -> Result<TempDir, Fault> {
    let bundle = download::open(archive, LIMITS)?;
    let folder = folder_of_its_own()?;
    for file in bundle.files {
        // Names were looked at when the archive was opened: none climbs.
        put(folder.path(), &file.path, &file.bytes)?;
    }
    Ok(folder)
}

fn folder_of_its_own() -> Result<TempDir, Fault> {
    tempfile::Builder::new()
        .prefix("gradus-")
        .tempdir()
        .map_err(|error| Fault::unwritable("a folder to unpack into cannot be made", &error))
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    let path = folder.join(name);
    let failed =
        |error: std::io::Error| Fault::unwritable(format!("`{name}` cannot be unpacked"), &error);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(failed)?;
    }
    std::fs::write(&path, bytes).map_err(failed)
}

/// The project in a folder that was unpacked: there, or in the one folder that holds everything.
fn root_in(folder: &Path, name: &str) -> Root {
    let mut folder = folder.to_owned();
    let mut only = None;
    if !folder.join(config::FILE_NAME).is_file()
        && let Ok(entries) = std::fs::read_dir(&folder)
    {
        let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        if let [one] = paths.as_slice()
            && one.is_dir()
        {
            only = Some(one.clone());
        }
    }
    if let Some(only) = only {
        folder = only;
    }
    let file = folder.join(config::FILE_NAME);
    Root {
        project_file: file.is_file().then_some(file),
        folder,
        scope: Scope::Project,
        named: None,
        prefix: format!("{name}/"),
    }
}

/// What git kept, of the project that the command runs in, or of a path below where it runs.
fn from_git(name: &str, what: &str) -> Result<(Root, TempDir), Fault> {
    let (reference, path) = match what.split_once(':') {
        Some((reference, path)) => (reference, Some(path)),
        None => (what, None),
    };
    let refuse = |message: String, help: &str| Fault::Usage {
        message,
        help: Some(help.to_owned()),
    };
    if reference.is_empty() || reference.starts_with('-') || reference.contains('\0') {
        return Err(refuse(
            format!("`{name}` names no state that git knows"),
            "write `git:` and a branch, a tag or a commit, as in `git:main`",
        ));
    }
    let here = match path {
        Some(_) => PathBuf::from("."),
        None => find::root(&Target::default())?.folder,
    };
    let commit = format!("{reference}^{{commit}}");
    let commit = git(
        &here,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ],
    )?
    .ok_or_else(|| {
        refuse(
            format!("git knows no state `{reference}` here"),
            "name a branch, a tag or a commit, and run this inside the project",
        )
    })?;
    let commit = line(&commit);
    let prefix = git(&here, &["rev-parse", "--show-prefix"])?.unwrap_or_default();
    let top = git(&here, &["rev-parse", "--show-toplevel"])?.unwrap_or_default();
    let top = PathBuf::from(line(&top));
    let inside = joined(&line(&prefix), path.unwrap_or("")).ok_or_else(|| {
        refuse(
            format!("`{name}` names a path outside of what git keeps"),
            "name a path below the folder in which the command runs",
        )
    })?;
    let tree = format!("{commit}:{inside}");
    let kind = git(&top, &["cat-file", "-t", &tree])?.map(|kind| line(&kind));
    let kept = folder_of_its_own()?;
    match kind.as_deref() {
        Some("tree") => {
            let archive = kept.path().join("state.zip");
            let output = shown(&archive);
            git(
                &top,
                &["archive", "--format=zip", "--output", &output, &tree],
            )?
            .ok_or_else(|| Fault::usage(format!("git cannot pack `{name}`")))?;
            let unpacked = unpack(&archive)?;
            Ok((root_in(unpacked.path(), name), unpacked))
        }
        Some("blob") => {
            let file = inside.rsplit('/').next().unwrap_or("catalogue.gradus");
            let text = git(&top, &["cat-file", "blob", &tree])?.unwrap_or_default();
            put(kept.path(), file, &text)?;
            let path = kept.path().join(file);
            let root = Root {
                folder: kept.path().to_owned(),
                project_file: None,
                scope: Scope::File(path),
                named: None,
                prefix: format!("{name}/"),
            };
            Ok((root, kept))
        }
        Some(_) | None => Err(refuse(
            format!("there is no `{inside}` in `git:{reference}`"),
            "name a folder or a `.gradus` file that was there",
        )),
    }
}

/// A path below the prefix, by its words; nothing for one that climbs out.
fn joined(prefix: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = prefix.split('/').filter(|part| !part.is_empty()).collect();
    if path.starts_with('/') || path.contains('\0') {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

/// Runs git in a folder, without a shell, without questions, without the network. `None` where it says no.
fn git(folder: &Path, arguments: &[&str]) -> Result<Option<Vec<u8>>, Fault> {
    let output = Command::new("git")
        .args(["--no-pager", "--literal-pathspecs"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Fault::Usage {
            message: format!("git cannot be run: {}", super::reason(&error)),
            help: Some("install git, or name a folder or an archive".to_owned()),
        })?;
    Ok(output.status.success().then_some(output.stdout))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(joined("a/b/", "").as_deref(), Some("a/b"));
        assert_eq!(joined("a/", "./c/").as_deref(), Some("a/c"));
        assert_eq!(joined("a/", "../c").as_deref(), Some("c"));
        assert_eq!(joined("a/", "../../c"), None);
        assert_eq!(joined("", "/etc"), None);
    }
}
