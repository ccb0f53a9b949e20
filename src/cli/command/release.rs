//! `gradus release`: records what is published, so that it cannot change by mistake.

use std::path::PathBuf;

use super::super::Exit;
use super::super::args::Release;
use super::super::render::counted;
use super::super::terminal::Terminal;
use super::{open, show};
use crate::diag::Severity;
use crate::workspace::find::Scope;
use crate::workspace::{Fault, packs, pins, released};

pub(in crate::cli) fn run(
    options: &Release,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (root, analysis) = open(options.path.clone(), config)?;
    if root.scope != Scope::Project {
        return Err(Fault::Usage {
            message: "only a whole project can be released".to_owned(),
            help: Some("name the folder of a project".to_owned()),
        });
    }
    if analysis.bad_settings || analysis.count(Severity::Error) > 0 {
        show(&analysis, &options.findings, terminal)?;
        terminal.note("nothing was released: a catalogue with errors is not published");
        return Ok(if analysis.bad_settings {
            Exit::Usage
        } else {
            Exit::Findings
        });
    }
    let mut lock = pins::read(&root.folder)?;
    let before = lock.clone();
    let moved = released::release(&analysis.project, &mut lock);
    for id in &moved.new {
        terminal.print(&format!("released: `{id}`\n"))?;
    }
    for (id, old, new) in &moved.versions {
        let version = |text: &str| {
            if text.is_empty() {
                "no version".to_owned()
            } else {
                format!("version {text}")
            }
        };
        terminal.print(&format!(
            "moved on: `{id}` from {} to {}\n",
            version(old),
            version(new)
        ))?;
    }
    for id in &moved.gone {
        terminal.print(&format!("no longer published: `{id}`\n"))?;
    }
    if lock != before && !options.check {
        packs::write(&root.folder.join(pins::FILE_NAME), lock.text().as_bytes())?;
    }
    let done = if options.check { "would be" } else { "is" };
    terminal.note(&format!(
        "{} {done} recorded in `{}`, {} of them as before",
        counted(lock.published.len(), "credential", "credentials"),
        pins::FILE_NAME,
        moved.kept
    ));
    Ok(if options.check && lock != before {
        Exit::Findings
    } else {
        Exit::Clean
    })
}
