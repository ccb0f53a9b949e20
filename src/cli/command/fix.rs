//! `gradus check --fix`: makes the mends that are certain, in the files themselves.
//!
//! The edits of one finding belong together: they are made all or not at all, and not where they overlap with those of an
//! earlier finding; the next run finds what is left.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use crate::cli::render::counted;
use crate::diag::Edit;
use crate::source::{FileId, SourceFile, Span, characters};
use crate::workspace::{Analysis, Fault, Root};

/// The edits to make, by file, in the order of the text.
#[derive(Debug, Default)]
pub(in crate::cli) struct Mends {
    files: BTreeMap<FileId, Vec<Edit>>,
    findings: usize,
}

impl Mends {
    /// Whether there is nothing to mend.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How the findings that can be mended are mended.
    pub(super) fn hint(&self) -> Option<String> {
        (self.findings > 0).then(|| {
            format!(
                "{} can be mended: run the same with `--fix`",
                counted(self.findings, "finding", "findings")
            )
        })
    }

    /// `3 findings mended in 2 files`.
    pub(super) fn summary(&self, done: &str) -> String {
        format!(
            "{} {done} in {}",
            counted(self.findings, "finding", "findings"),
            counted(self.files.len(), "file", "files")
        )
    }
}

/// Chooses the edits.
pub(super) fn collect(analysis: &Analysis) -> Mends {
    let mut mends = Mends::default();
    for found in analysis
        .diagnostics
        .iter()
        .filter(|found| !found.fix.is_empty())
    {
        let possible = found.fix.iter().all(|edit| {
            (edit.place.file.0 as usize) < analysis.gradus_files
                && mends.files.get(&edit.place.file).is_none_or(|taken| {
                    taken
                        .iter()
                        .all(|other| apart(other.place.span, edit.place.span))
                })
        });
        if possible {
            mends.findings += 1;
            for edit in &found.fix {
                mends
                    .files
                    .entry(edit.place.file)
                    .or_default()
                    .push(edit.clone());
            }
        }
    }
    for edits in mends.files.values_mut() {
        edits.sort_by_key(|edit| edit.place.span);
    }
    mends
}

/// Edits that were chosen elsewhere, each on its own. Those that overlap an earlier one are left out.
pub(super) fn of_edits(edits: Vec<Edit>) -> Mends {
    let mut mends = Mends::default();
    for edit in edits {
        let taken = mends.files.entry(edit.place.file).or_default();
        if taken
            .iter()
            .all(|other| apart(other.place.span, edit.place.span))
        {
            taken.push(edit);
            mends.findings += 1;
        }
    }
    for edits in mends.files.values_mut() {
        edits.sort_by_key(|edit| edit.place.span);
    }
    mends
}

/// Whether two spans can be replaced independently. Two insertions at one place cannot: their order would be a guess.
fn apart(one: Span, other: Span) -> bool {
    one != other && (one.end <= other.start || other.end <= one.start)
}

/// The text of a file after its edits.
fn mended(source: &SourceFile, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(source.text().len());
    let mut done = 0;
    for edit in edits {
        let span = edit.place.span;
        if span.start < done {
            continue;
        }
        out.push_str(source.slice(Span::new(done, span.start)));
        out.push_str(&edit.text);
        done = span.end;
    }
    out.push_str(source.slice(Span::new(done, source.text().len() as u32)));
    out
}

/// Writes the files.
pub(super) fn apply(root: &Root, analysis: &Analysis, mends: &Mends) -> Result<(), Fault> {
    for (&file, edits) in &mends.files {
        let source = analysis.sources.file(file);
        let path = path(root, source);
        let failed = |error: &std::io::Error| Fault::Unwritable {
            message: format!("`{}` cannot be written: {error}", source.name()),
            help: None,
        };
        // What was not text has been replaced while reading, and must not be written back so.
        let now = std::fs::read(&path).map_err(|error| failed(&error))?;
        if now != source.text().as_bytes() {
            return Err(Fault::Unwritable {
                message: format!(
                    "`{}` is not UTF-8 text, or has changed since it was read",
                    source.name()
                ),
                help: Some("run the command again".to_owned()),
            });
        }
        let folder = path.parent().map_or_else(PathBuf::new, PathBuf::from);
        let mut new = tempfile::Builder::new()
            .prefix(".gradus-")
            .tempfile_in(if folder.as_os_str().is_empty() {
                ".".into()
            } else {
                folder
            })
            .map_err(|error| failed(&error))?;
        new.write_all(mended(source, edits).as_bytes())
            .map_err(|error| failed(&error))?;
        if let Ok(metadata) = std::fs::metadata(&path) {
            let _ = new.as_file().set_permissions(metadata.permissions());
        }
        new.persist(&path).map_err(|error| failed(&error.error))?;
    }
    Ok(())
}

/// Where a file of the sources lies.
fn path(root: &Root, source: &SourceFile) -> PathBuf {
    let name = source.name();
    root.folder
        .join(name.strip_prefix(root.prefix.as_str()).unwrap_or(name))
}

/// The changes as a unified diff without context.
pub(super) fn diff(analysis: &Analysis, mends: &Mends) -> String {
    let mut out = String::new();
    for (&file, edits) in &mends.files {
        let source = analysis.sources.file(file);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "--- {0}\n+++ {0}", source.name());
        let mut shift: i64 = 0;
        let mut rest = edits.as_slice();
        while let Some(first) = rest.first() {
            // Edits that touch the same lines make one hunk.
            let lines = source.lines();
            let start = lines.line_of(first.place.span.start);
            let mut end = lines.line_of(first.place.span.end);
            let mut count = 1;
            while let Some(next) = rest.get(count) {
                if lines.line_of(next.place.span.start) > end {
                    break;
                }
                end = end.max(lines.line_of(next.place.span.end));
                count += 1;
            }
            let (hunk, later) = rest.split_at(count);
            rest = later;
            let (from, _) = lines.range(start);
            let (_, to) = lines.range(end);
            let old = source.slice(Span::new(from, to));
            let new = hunk_text(source, hunk, from, to);
            let (old_count, new_count) = (old.lines().count(), new.lines().count());
            let new_start = start as i64 + 1 + shift;
            let _ = writeln!(
                out,
                "@@ -{},{old_count} +{new_start},{new_count} @@{}",
                start + 1,
                unseen(old, &new)
            );
            old.lines()
                .for_each(|line| out.push_str(&format!("-{line}\n")));
            new.lines()
                .for_each(|line| out.push_str(&format!("+{line}\n")));
            shift += new_count as i64 - old_count as i64;
        }
    }
    out
}

/// What has gone from some lines and cannot be seen in them, as the heading of their hunk: without it they look unchanged.
fn unseen(old: &str, new: &str) -> String {
    let mut gone: Vec<char> = Vec::new();
    for character in old.chars() {
        if characters::hidden(character).is_some()
            && !new.contains(character)
            && !gone.contains(&character)
        {
            gone.push(character);
        }
    }
    let names: Vec<String> = gone
        .iter()
        .map(|&character| {
            let code = u32::from(character);
            match characters::hidden(character) {
                Some(name) => format!("{name} (U+{code:04X})"),
                None => format!("U+{code:04X}"),
            }
        })
        .collect();
    if names.is_empty() {
        return String::new();
    }
    format!(" without {}", names.join(", "))
}

/// The lines from one offset to another after some edits in them.
fn hunk_text(source: &SourceFile, edits: &[Edit], from: u32, to: u32) -> String {
    let mut out = String::new();
    let mut done = from;
    for edit in edits {
        out.push_str(source.slice(Span::new(done, edit.place.span.start)));
        out.push_str(&edit.text);
        done = edit.place.span.end;
    }
    out.push_str(source.slice(Span::new(done, to)));
    out
}
