//! `gradus.lock`: which frameworks and published mapping tables a project uses, letter by letter.
//!
//! Goes in: the text of the file, or an import. Comes out: what is pinned, and where the files differ from it. The file is YAML, sorted, and
//! written the same way for the same contents; keys that this version does not know are refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use super::packs::{self, PackOnDisk};
use super::{Fault, archives, tables};
use crate::diag::{Sink, early};
use crate::source::{Place, Sources, Span, UNFINISHED_MERGE, merge_sign};

/// The name of the file, in the project's folder.
pub const FILE_NAME: &str = "gradus.lock";

/// The largest lock that is read.
const LARGEST: u64 = 64 << 20;

/// What a lock says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lock {
    /// Sorted by file.
    pub frameworks: Vec<Pin>,
    /// Published mapping tables that the project keeps, sorted by file.
    pub tables: Vec<TablePin>,
    /// Credentials as they were released, sorted by id.
    pub published: Vec<Released>,
    /// Versions that were released before, and credentials that are no longer published; of each id in the order of release.
    pub earlier: Vec<Released>,
}

/// A credential as it was released.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// The id that its address is made from.
    pub id: String,
    /// As written; empty where there is none.
    #[serde(default)]
    pub version: String,
    /// The address of its document.
    pub iri: String,
    /// Of what its earners rely on, in hexadecimal.
    pub sha256: String,
    /// The name of the archive with its documents; empty where none were kept.
    #[serde(default)]
    pub documents: String,
    /// Of that archive, in hexadecimal.
    #[serde(default)]
    pub documents_sha256: String,
}

/// One framework, pinned.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    pub id: String,
    pub version: String,
    /// Below the project's folder, with `/`.
    pub file: String,
    /// Of the file, in hexadecimal.
    pub sha256: String,
    /// The name of the download that it was made of.
    #[serde(default)]
    pub source: Option<String>,
    /// Whether a person wrote or edited the file: an import does not overwrite it.
    #[serde(default)]
    pub edited: bool,
    /// What the user stated about it with `--set`, for the next import of it.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
}

/// One mapping table, pinned.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TablePin {
    /// Below the project's folder, with `/`.
    pub file: String,
    /// Of the file, in hexadecimal.
    pub sha256: String,
    /// The name of the file that it was made of.
    #[serde(default)]
    pub source: Option<String>,
}

/// How the files of a project differ from its lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The file has other contents.
    Changed(String),
    /// The file is not in the lock.
    NotPinned(String),
    /// The file is not there.
    Missing(String),
}

impl Difference {
    /// In words.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Changed(file) => format!("`{file}` is not the file that is pinned"),
            Self::NotPinned(file) => format!("`{file}` is not pinned"),
            Self::Missing(file) => format!("`{file}` is pinned and not there"),
        }
    }
}

impl Lock {
    /// Reads the text of a lock.
    ///
    /// # Errors
    /// What is wrong, in one line, with line and column.
    pub fn parse(text: &str) -> Result<Lock, (u32, u32, String)> {
        let fault = |error: &serde_yaml::Error| {
            let at = error.location();
            let (line, column) = at.map_or((1, 1), |at| (at.line(), at.column()));
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or("").to_owned();
            (
                u32::try_from(line).unwrap_or(1),
                u32::try_from(column).unwrap_or(1),
                message,
            )
        };
        let mut keys: Mapping = match serde_yaml::from_str(text) {
            Ok(Value::Mapping(map)) => map,
            Ok(Value::Null) => Mapping::new(),
            Ok(_) => {
                return Err((
                    1,
                    1,
                    "expected keys with values, such as `frameworks:`".to_owned(),
                ));
            }
            Err(error) => {
                return Err(match merge_sign(text) {
                    Some(sign) => {
                        let before = text.get(..sign.start as usize).unwrap_or("");
                        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
                        let line = u32::try_from(line).unwrap_or(1);
                        (line, 1, UNFINISHED_MERGE.to_owned())
                    }
                    None => fault(&error),
                });
            }
        };
        let frameworks = keys.remove("frameworks").unwrap_or(Value::Null);
        let mut frameworks: Vec<Pin> = match frameworks {
            Value::Null => Vec::new(),
            frameworks => serde_yaml::from_value(frameworks).map_err(|error| fault(&error))?,
        };
        frameworks.sort_by(|a, b| a.file.cmp(&b.file));
        let tables = keys.remove("tables").unwrap_or(Value::Null);
        let mut tables: Vec<TablePin> = match tables {
            Value::Null => Vec::new(),
            tables => serde_yaml::from_value(tables).map_err(|error| fault(&error))?,
        };
        tables.sort_by(|a, b| a.file.cmp(&b.file));
        let mut released = |key: &str| -> Result<Vec<Released>, (u32, u32, String)> {
            let mut list: Vec<Released> = match keys.remove(key).unwrap_or(Value::Null) {
                Value::Null => Vec::new(),
                list => serde_yaml::from_value(list).map_err(|error| fault(&error))?,
            };
            list.sort_by(|a, b| a.id.cmp(&b.id));
            Ok(list)
        };
        let published = released("published")?;
        let earlier = released("earlier")?;
        let bad_name = published.iter().chain(&earlier).find(|released| {
            let plain =
                |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
            released.documents.starts_with('.') || !released.documents.chars().all(plain)
        });
        if let Some(released) = bad_name {
            let line = text.lines().position(|line| {
                line.contains("documents:") && line.contains(released.documents.as_str())
            });
            // A lock is far smaller than 4 GiB.
            let line = line.map_or(1, |line| line as u32 + 1);
            let message = format!("`{}` is not the name of an archive", released.documents);
            return Err((line, 1, message));
        }
        if let Some((key, _)) = keys.iter().next() {
            let key = key.as_str().unwrap_or("");
            let line = text
                .lines()
                .position(|line| line.trim_start_matches('"').starts_with(key));
            // A lock is far smaller than 4 GiB.
            let line = line.map_or(1, |line| line as u32 + 1);
            let message = format!("`{key}` is not a key that this version knows");
            return Err((line, 1, message));
        }
        Ok(Lock {
            frameworks,
            tables,
            published,
            earlier,
        })
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::from(
            "# The frameworks that this project uses, letter by letter. Written by `gradus import` and `gradus frameworks pin`.\n# Keep it under version control: `gradus check --locked` fails where a file differs.\nframeworks:",
        );
        if self.frameworks.is_empty() {
            out.push_str(" []");
        }
        out.push('\n');
        for pin in &self.frameworks {
            let source = pin.source.as_deref().unwrap_or("");
            for (start, key, value) in [
                ("- ", "id", pin.id.as_str()),
                ("  ", "version", &pin.version),
                ("  ", "file", &pin.file),
                ("  ", "sha256", &pin.sha256),
                ("  ", "source", source),
            ] {
                if !value.is_empty() {
                    // Writing to a string cannot fail; and a text can always be written as JSON.
                    let quoted = serde_json::to_string(value).unwrap_or_default();
                    let _ = writeln!(out, "{start}{key}: {quoted}");
                }
            }
            if pin.edited {
                out.push_str("  edited: true\n");
            }
            if !pin.set.is_empty() {
                let set = serde_json::to_string(&pin.set).unwrap_or_default();
                let _ = writeln!(out, "  set: {set}");
            }
        }
        if !self.tables.is_empty() {
            out.push_str("# Published mapping tables. Written by `gradus crosswalk import` and `gradus frameworks pin`.\ntables:\n");
        }
        for table in &self.tables {
            let source = table.source.as_deref().unwrap_or("");
            for (start, key, value) in [
                ("- ", "file", table.file.as_str()),
                ("  ", "sha256", &table.sha256),
                ("  ", "source", source),
            ] {
                if !value.is_empty() {
                    let quoted = serde_json::to_string(value).unwrap_or_default();
                    let _ = writeln!(out, "{start}{key}: {quoted}");
                }
            }
        }
        if !self.published.is_empty() {
            out.push_str("# What was released, and what its earners rely on. Written by `gradus release`.\npublished:\n");
        }
        write_released(&mut out, &self.published);
        if !self.earlier.is_empty() {
            out.push_str(
                "# Versions before these, whose documents stay in every build.\nearlier:\n",
            );
        }
        write_released(&mut out, &self.earlier);
        out
    }

    /// What is recorded with its documents, in the order of release.
    pub fn with_documents(&self) -> impl Iterator<Item = &Released> {
        let all = self.earlier.iter().chain(&self.published);
        all.filter(|released| !released.documents.is_empty())
    }

    /// Pins a framework, in place of what was pinned for its file.
    pub fn pin(&mut self, pin: Pin) {
        self.frameworks.retain(|known| known.file != pin.file);
        self.frameworks.push(pin);
        self.frameworks.sort_by(|a, b| a.file.cmp(&b.file));
    }

    /// Pins a table, in place of what was pinned for its file.
    pub fn pin_table(&mut self, pin: TablePin) {
        self.tables.retain(|known| known.file != pin.file);
        self.tables.push(pin);
        self.tables.sort_by(|a, b| a.file.cmp(&b.file));
    }

    /// The sum that is pinned for a file, be it a framework or a table.
    #[must_use]
    pub fn sum_of(&self, file: &str) -> Option<&str> {
        let table = || self.tables.iter().find(|pin| pin.file == file);
        self.of(file)
            .map(|pin| pin.sha256.as_str())
            .or_else(|| table().map(|pin| pin.sha256.as_str()))
    }

    /// What is pinned for a file.
    #[must_use]
    pub fn of(&self, file: &str) -> Option<&Pin> {
        self.frameworks.iter().find(|pin| pin.file == file)
    }
}

fn write_released(out: &mut String, list: &[Released]) {
    for released in list {
        for (start, key, value) in [
            ("- ", "id", released.id.as_str()),
            ("  ", "version", &released.version),
            ("  ", "iri", &released.iri),
            ("  ", "sha256", &released.sha256),
            ("  ", "documents", &released.documents),
            ("  ", "documents_sha256", &released.documents_sha256),
        ] {
            if !value.is_empty() {
                let quoted = serde_json::to_string(value).unwrap_or_default();
                let _ = writeln!(out, "{start}{key}: {quoted}");
            }
        }
    }
}

/// The text of a project's lock, if there is one.
///
/// # Errors
/// It cannot be read.
pub fn text(project: &Path) -> Result<Option<String>, Fault> {
    let path = project.join(FILE_NAME);
    let Ok(metadata) = std::fs::metadata(&path) else {
        return Ok(None);
    };
    let reason = if metadata.len() > LARGEST {
        "it is longer than 64 MiB"
    } else {
        let bytes = std::fs::read(&path).map_err(|error| Fault::unreadable(&path, &error))?;
        match String::from_utf8(bytes) {
            Ok(text) => return Ok(Some(text)),
            Err(_) => "it is not UTF-8 text",
        }
    };
    Err(Fault::Unreadable {
        path,
        reason: reason.to_owned(),
    })
}

/// The lock of a project; an empty one where there is none.
///
/// # Errors
/// It cannot be read, or is not a lock.
pub fn read(project: &Path) -> Result<Lock, Fault> {
    let Some(text) = text(project)? else {
        return Ok(Lock::default());
    };
    Lock::parse(&text).map_err(|(line, _, message)| Fault::Usage {
        message: format!("`{FILE_NAME}`, line {line}: {message}"),
        help: Some(way_back(&text).to_owned()),
    })
}

/// How to come back from a lock that cannot be read. What pins frameworks can be written anew; what was released stands nowhere else.
fn way_back(text: &str) -> &'static str {
    let has = |key: &str| {
        text.lines()
            .any(|line| line.trim_start_matches('"').starts_with(key))
    };
    if has("published") || has("earlier") {
        "mend it, or restore it from version control: it records what was released"
    } else {
        "mend it, or remove it and run `gradus frameworks pin`"
    }
}

/// How the files, frameworks and tables, differ from the lock, by file.
#[must_use]
pub fn differences(lock: &Lock, files: &[PackOnDisk]) -> Vec<Difference> {
    let mut found = Vec::new();
    for file in files {
        match lock.sum_of(&file.file) {
            None => found.push(Difference::NotPinned(file.file.clone())),
            Some(sum) if !sum.eq_ignore_ascii_case(&packs::digest(&file.bytes)) => {
                found.push(Difference::Changed(file.file.clone()));
            }
            Some(_) => {}
        }
    }
    let frameworks = lock.frameworks.iter().map(|pin| &pin.file);
    for pinned in frameworks.chain(lock.tables.iter().map(|pin| &pin.file)) {
        if !files.iter().any(|file| file.file == *pinned) {
            found.push(Difference::Missing(pinned.clone()));
        }
    }
    found
}

/// For `--locked`: a fault unless every pack file and every mapping table is the one that is pinned.
///
/// # Errors
/// There is a difference, or something cannot be read.
pub fn require(project: &Path) -> Result<(), Fault> {
    let lock = read(project)?;
    if let Some((_, message)) = archives::faults(project, lock.with_documents())
        .into_iter()
        .next()
    {
        return Err(Fault::Usage {
            message,
            help: Some("restore it from version control".to_owned()),
        });
    }
    let mut files = packs::files(project)?;
    files.extend(tables::files(project)?);
    let differences = differences(&lock, &files);
    if differences.is_empty() {
        return Ok(());
    }
    let words: Vec<String> = differences.iter().map(Difference::message).collect();
    Err(Fault::Usage {
        message: format!(
            "the files in `frameworks` are not those of `{FILE_NAME}`: {}",
            words.join("; ")
        ),
        help: Some(
            "restore the files, or run `gradus frameworks pin` if the change was meant".to_owned(),
        ),
    })
}

/// Reports pack files that are not those that are pinned, and mapping tables likewise; `digests` are pairs of file and SHA-256 of the
/// packs.
pub(super) fn check(
    project: &Path,
    prefix: &str,
    digests: &[(String, String)],
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<(), Fault> {
    let Some(text) = text(project)? else {
        return Ok(());
    };
    let lock = match Lock::parse(&text) {
        Ok(lock) => lock,
        Err((line, column, message)) => {
            let help = way_back(&text);
            let file = sources.add(format!("{prefix}{FILE_NAME}"), text);
            let span = super::read::span_at(sources, file, line, column);
            sink.report(&early::PROJECT_BAD_LOCK, Place::new(file, span))
                .message(format!("`{FILE_NAME}` cannot be read: {message}"))
                .label("here")
                .help(help);
            return Ok(());
        }
    };
    let mut digests = digests.to_vec();
    // Tables are large, and read here only where there is something to compare them with.
    if !lock.tables.is_empty() {
        let tables = tables::files(project)?.into_iter();
        digests.extend(tables.map(|table| (table.file, packs::digest(&table.bytes))));
    }
    let changed: Vec<(&str, &str)> = digests
        .iter()
        .filter_map(|(file, digest)| {
            let sum = lock.sum_of(file)?;
            (!sum.eq_ignore_ascii_case(digest)).then_some((file.as_str(), sum))
        })
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let spans: Vec<Span> = changed.iter().map(|(_, sum)| span_of(&text, sum)).collect();
    let file = sources.add(format!("{prefix}{FILE_NAME}"), text);
    for ((changed, _), span) in changed.iter().zip(spans) {
        sink.report(&early::PROJECT_PACK_CHANGED, Place::new(file, span))
            .message(format!("`{changed}` is not the file that is pinned"))
            .label("pinned here")
            .help("restore the file, or run `gradus frameworks pin` if the change was meant");
    }
    Ok(())
}

fn span_of(text: &str, words: &str) -> Span {
    let start = text.find(words).filter(|_| !words.is_empty());
    let length = if start.is_some() { words.len() } else { 0 };
    // A lock is far smaller than 4 GiB.
    let start = u32::try_from(start.unwrap_or(0)).unwrap_or(0);
    Span::new(start, start + u32::try_from(length).unwrap_or(0))
}

#[cfg(test)]
#[path = "pins_tests.rs"]
mod tests;
