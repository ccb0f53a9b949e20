//! Floor 8: from a path to a project that has been read, and from files in memory to a folder on disk.
//!
//! - [`find`]: which folder is the project, which files belong to it;
//! - [`read`]: their contents, the project file and the project's own framework packs;
//! - [`packs`], [`pins`]: these packs as files, and `gradus.lock`, which says which ones they are;
//! - [`hold`]: one writer at a time;
//! - [`download`]: what somebody else publishes, opened with care;
//! - [`analysis`]: parse, link, check; pure;
//! - [`assets`]: pictures that the text refers to;
//! - [`publish`]: writing a catalogue, or comparing with one.
//!
//! Faults in the user's files become findings; faults of the outside world are a [`Fault`].

pub mod accepted;
pub mod analysis;
pub mod archives;
pub mod assets;
pub mod download;
pub mod find;
pub mod hold;
pub mod packs;
pub mod pins;
pub mod publish;
pub mod read;
pub mod released;
pub mod states;
mod svg;
pub mod tables;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

pub use analysis::{Analysis, analyze};
pub use find::{Root, Target};
pub use read::Loaded;

/// Something outside the user's texts that stops the work.
#[derive(Debug)]
pub enum Fault {
    /// The command makes no sense here; exit code 2.
    Usage {
        message: String,
        /// What to do, starting with a verb.
        help: Option<String>,
    },
    /// A file or folder cannot be read; exit code 3.
    Unreadable { path: PathBuf, reason: String },
    /// The catalogue cannot be written; what was published before still stands. Exit code 3.
    Unwritable {
        message: String,
        help: Option<String>,
    },
    /// Something of ours went wrong; exit code 101.
    Internal(String),
}

impl Fault {
    /// A usage fault without advice.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            help: None,
        }
    }

    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::Unreadable {
            path: path.to_owned(),
            reason: reason(error),
        }
    }

    pub(crate) fn unwritable(message: impl Into<String>, error: &io::Error) -> Self {
        Self::Unwritable {
            message: format!("{}: {}", message.into(), reason(error)),
            help: None,
        }
    }

    /// What to do, where something is known.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::Usage { help, .. } | Self::Unwritable { help, .. } => help.as_deref(),
            Self::Unreadable { .. } | Self::Internal(_) => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { message, .. } | Self::Unwritable { message, .. } => {
                formatter.write_str(message)
            }
            Self::Unreadable { path, reason } => {
                write!(formatter, "`{}` cannot be read: {reason}", shown(path))
            }
            Self::Internal(message) => formatter.write_str(message),
        }
    }
}

impl std::error::Error for Fault {}

/// The reason of the operating system in plain words.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::QuotaExceeded => "the quota of the disk is used up".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or("").to_owned();
            let mut letters = text.chars();
            match letters.next() {
                Some(first) => first.to_lowercase().chain(letters).collect(),
                None => text,
            }
        }
    }
}

/// A path as users see it, with `/`.
#[must_use]
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}
