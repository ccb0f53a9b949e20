//! `gradus crosswalk import`: published tables into the project.
//!
//! Rows that lead from a framework of the project become source; other tables are kept below `frameworks/`, pinned in the lock.
//! A download may hold several tables. All is known and nothing refused before the first byte is written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::Exit;
use super::super::args::ReportFormat;
use super::super::render::counted;
use super::super::terminal::Terminal;
use super::crosswalk_files::{readings, tally_text};
use super::crosswalk_rows::add;
use super::{crosswalk_plan, fix, open};
use crate::diag::Severity;
use crate::emit::crosswalks as report;
use crate::import::bundle::Bundle;
use crate::mapping::read::Reading;
use crate::mapping::write::{self, Format};
use crate::workspace::pins::{self, TablePin};
use crate::workspace::{Analysis, Fault, Root, find, hold, packs, shown};

/// What one table becomes.
pub(super) enum Import {
    /// Rows for a crosswalk that the project declares.
    Rows(report::Source),
    /// A new file, and what pins it if it is a table.
    File(PathBuf, Vec<u8>, Option<TablePin>),
}

pub(super) fn import(
    file: &Path,
    place: find::Target,
    name: Option<&str>,
    (plan, report): (bool, ReportFormat),
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let readings = readings(file)?;
    if let (true, Some(_)) = (readings.len() > 1, name) {
        return Err(Fault::Usage {
            message: format!(
                "`{}` holds {} tables, and `--as` names one",
                shown(file),
                readings.len()
            ),
            help: Some("leave it out, or import the files one by one".to_owned()),
        });
    }
    for (bundle, reading) in &readings {
        terminal.note(&format!("{}: read as {}", bundle.name, reading.format));
        terminal.note(tally_text(&reading.tally, bundle).trim_end());
    }
    if let Some((bundle, _)) = readings.iter().find(|(_, one)| one.table.rows.is_empty()) {
        return Err(Fault::Usage {
            message: format!("`{}` has no mapping that could be taken in", bundle.name),
            help: None,
        });
    }
    let (root, analysis) = open(place.path, place.config)?;
    readable(&analysis)?;
    let mut imports = Vec::with_capacity(readings.len());
    for (bundle, reading) in &readings {
        imports.push(one(&root, &analysis, (bundle, reading), name, terminal)?);
    }
    refuse_twice(&imports)?;
    let json = match report {
        ReportFormat::Text => None,
        ReportFormat::Json => Some(crosswalk_plan::json(&readings, &imports, !plan)),
    };
    if !plan {
        refuse_there(&imports)?;
        keep((&root, &analysis), imports, terminal)?;
    } else if json.is_none() {
        show(&imports, &readings, terminal)?;
    }
    if let Some(json) = json {
        terminal.print(&json)?;
    }
    Ok(Exit::Clean)
}

/// What a table becomes in this project.
fn one(
    root: &Root,
    analysis: &Analysis,
    (bundle, reading): (&Bundle, &Reading),
    name: Option<&str>,
    terminal: &Terminal,
) -> Result<Import, Fault> {
    let source = report::source_of(&analysis.project, &reading.table);
    let name = match name {
        Some(name) => name.to_owned(),
        None => source
            .as_ref()
            .map_or_else(|| stem(&bundle.name), |source| source.name.clone()),
    };
    let plain = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !plain {
        return Err(Fault::Usage {
            message: format!("`{name}` cannot be the name of a file here"),
            help: Some("give one with `--as`: small letters, digits and hyphens".to_owned()),
        });
    }
    if let Some(source) = source {
        for (words, count) in &source.notes {
            terminal.note(&format!("{count} {words}"));
        }
        if source.declared {
            return Ok(Import::Rows(source));
        }
        let path = root.folder.join(format!("{name}.gradus"));
        return Ok(Import::File(path, source.text.into_bytes(), None));
    }
    let mut table = reading.table.clone();
    // Two tables without an id of their own must not share one.
    if table.said("mapping_set_id").is_none() {
        table.say("mapping_set_id", &format!("urn:x-gradus:set:{name}"));
    }
    let bytes = write::write(&table, Format::Sssom).map_err(|fault| Fault::usage(fault.0))?;
    let file = format!("{}/{name}.sssom.tsv", packs::FOLDER);
    let path = root.folder.join(&file);
    let pin = TablePin {
        file,
        sha256: packs::digest(&bytes),
        source: Some(bundle.name.rsplit('/').next().unwrap_or("").to_owned()),
    };
    Ok(Import::File(path, bytes, Some(pin)))
}

/// Two tables of a download that would become one thing are taken in one by one, where the second sees what the first brought.
fn refuse_twice(imports: &[Import]) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    for import in imports {
        let what = match import {
            Import::Rows(source) => source.name.clone(),
            Import::File(path, ..) => shown(path).to_string(),
        };
        if !seen.insert(what.clone()) {
            return Err(Fault::Usage {
                message: format!("two of the tables would become `{what}`"),
                help: Some("import the files one by one".to_owned()),
            });
        }
    }
    Ok(())
}

fn refuse_there(imports: &[Import]) -> Result<(), Fault> {
    let paths = imports.iter().filter_map(|import| match import {
        Import::File(path, ..) => Some(path),
        Import::Rows(_) => None,
    });
    match paths.into_iter().find(|path| path.exists()) {
        Some(path) => Err(Fault::Usage {
            message: format!("`{}` is there already", shown(path)),
            help: Some("give another name with `--as`, or remove it first".to_owned()),
        }),
        None => Ok(()),
    }
}

fn show(
    imports: &[Import],
    readings: &[(Bundle, Reading)],
    terminal: &Terminal,
) -> Result<(), Fault> {
    for (import, (_, reading)) in imports.iter().zip(readings) {
        if let Import::Rows(source) = import {
            let rows = counted(source.count, "new row", "new rows");
            terminal.note(&format!("{rows} for the crosswalk `{}`", source.name));
        }
        terminal.print(&crosswalk_plan::text(import, reading))?;
    }
    Ok(())
}

/// Writes everything. What has been written is taken away again where the rest cannot be.
fn keep(
    (root, analysis): (&Root, &Analysis),
    imports: Vec<Import>,
    terminal: &Terminal,
) -> Result<(), Fault> {
    let _held = hold::project(&root.folder)?;
    // A lock that cannot be read is said before anything is written.
    let mut lock = pins::read(&root.folder)?;
    let mut written: Vec<PathBuf> = Vec::new();
    let mut notes = Vec::new();
    let mut edits = Vec::new();
    let mut is_pinned = false;
    let taken_back = |written: &[PathBuf], fault: Fault| {
        for path in written {
            // What cannot be taken away is seen by the user, as is the fault.
            let _ = std::fs::remove_file(path);
        }
        Err(fault)
    };
    for import in imports {
        match import {
            Import::File(path, bytes, pin) => {
                if let Err(fault) = packs::write(&path, &bytes) {
                    return taken_back(&written, fault);
                }
                let and = if pin.is_some() { ", and pinned" } else { "" };
                notes.push(format!("`{}` is written{and}", shown(&path)));
                written.push(path);
                if let Some(pin) = pin {
                    lock.pin_table(pin);
                    is_pinned = true;
                }
            }
            Import::Rows(source) => {
                let rows = counted(source.count, "new row", "new rows");
                if source.count == 0 {
                    notes.push(format!("{rows} for the crosswalk `{}`", source.name));
                    continue;
                }
                notes.push(format!("{rows} added to the crosswalk `{}`", source.name));
                edits.push(add(
                    analysis,
                    (source.from, source.to),
                    &source.rows,
                    &source.text,
                ));
            }
        }
    }
    if !edits.is_empty()
        && let Err(fault) = fix::apply(root, analysis, &fix::of_edits(edits))
    {
        return taken_back(&written, fault);
    }
    if is_pinned {
        packs::write(&root.folder.join(pins::FILE_NAME), lock.text().as_bytes())?;
    }
    for note in notes {
        terminal.note(&note);
    }
    Ok(())
}

/// Refuses a project whose files cannot be read whole: rows that stand in the unread part would be taken for new ones.
fn readable(analysis: &Analysis) -> Result<(), Fault> {
    let errors = analysis.diagnostics.iter().filter(|found| {
        found.severity == Severity::Error && found.rule.name.starts_with("syntax/")
    });
    match errors.count() {
        0 => Ok(()),
        count => Err(Fault::Usage {
            message: format!(
                "the project has {}, so nothing is added to it",
                counted(count, "syntax error", "syntax errors")
            ),
            help: Some("run `gradus check` and mend what it says first".to_owned()),
        }),
    }
}

/// The name of a file without its folder and its endings, as far as it can be a name.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.split('.').next().unwrap_or(name).to_lowercase();
    name.replace(['_', ' '], "-")
}
