//! `gradus import --source`: badges and frameworks as `.gradus` files, for those who already have something.
//!
//! Goes in: a download. Comes out: files in the project's folder, none of which was there before, and the table of what was read.

use super::super::super::Exit;
use super::super::super::args::{Import, ReportFormat};
use super::super::super::terminal::Terminal;
use super::report::SourceReport;
use super::{Given, reading, said};
use crate::import::readers::badges;
use crate::import::readers::table::Mapping;
use crate::import::source::{SourceFiles, framework_source};
use crate::workspace::{Fault, Root, packs};

pub(super) fn run(
    options: &Import,
    given: &Given,
    mapping: Option<&Mapping>,
    root: &Root,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (format, made) = made(given, mapping, options.only.as_deref())?;
    let paths: Vec<_> = made
        .files
        .iter()
        .map(|(name, _)| root.folder.join(name))
        .collect();
    if let Some(there) = paths.iter().position(|path| path.exists()) {
        let name = made.files.get(there).map_or("", |(name, _)| name.as_str());
        return Err(Fault::Usage {
            message: format!("`{}{name}` is there already", root.prefix),
            help: Some("move it away, or import into another project".to_owned()),
        });
    }
    if !options.plan {
        for (number, (path, (_, text))) in paths.iter().zip(&made.files).enumerate() {
            if let Err(fault) = packs::write(path, text.as_bytes()) {
                // Half of a framework is worse than none. What cannot be taken away is seen by the user, as is the fault.
                for written in paths.iter().take(number) {
                    let _ = std::fs::remove_file(written);
                }
                return Err(fault);
            }
        }
    }
    let files: Vec<String> = made
        .files
        .iter()
        .map(|(name, _)| format!("{}{name}", root.prefix))
        .collect();
    let report = SourceReport {
        bundle: &given.bundle,
        format,
        tally: &made.tally,
        files: &files,
        written: !options.plan,
    };
    match options.report {
        ReportFormat::Text => terminal.print(&report.text())?,
        ReportFormat::Json => terminal.print(&report.json())?,
    }
    Ok(Exit::Clean)
}

fn made(
    given: &Given,
    mapping: Option<&Mapping>,
    only: Option<&str>,
) -> Result<(&'static str, SourceFiles), Fault> {
    let bundle = &given.bundle;
    if mapping.is_none() && badges::is(bundle) {
        let made = badges::read_badges(bundle)
            .map_err(|fault| said(&fault, bundle, "a catalogue of badges"))?;
        return Ok(("badges", made));
    }
    let found = reading::choose(given, reading::read(given, mapping)?, only)?;
    let read = reading::one(given, found)?;
    Ok((read.format, framework_source(&read.release)))
}
