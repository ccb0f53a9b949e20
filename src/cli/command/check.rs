//! `gradus check`: says what is wrong.

use std::path::PathBuf;

use super::super::Exit;
use super::super::args::{Check, Format};
use super::super::terminal::Terminal;
use super::{exit, fix, open, show};
use crate::workspace::find::Scope;
use crate::workspace::{Fault, accepted, pins};

pub(in crate::cli) fn run(
    options: &Check,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (root, mut analysis) = open(options.path.clone(), config.clone())?;
    if options.locked {
        pins::require(&root.folder)?;
    }
    if options.fix {
        if root.scope == Scope::Stdin {
            return Err(Fault::usage("standard input cannot be mended in place"));
        }
        let mends = fix::collect(&analysis);
        if options.diff {
            terminal.print(&fix::diff(&analysis, &mends))?;
            terminal.note(&mends.summary("can be mended"));
            // As for a formatter that only looks: a change that would be made is a finding, of whatever severity.
            return Ok(match exit(&analysis, &options.findings) {
                Exit::Clean if !mends.is_empty() => Exit::Findings,
                exit => exit,
            });
        }
        fix::apply(&root, &analysis, &mends)?;
        terminal.note(&mends.summary("mended"));
        (_, analysis) = open(options.path.clone(), config)?;
    }
    accepted::check(&root, &mut analysis)?;
    show(&analysis, &options.findings, terminal)?;
    // For a person who reads; a machine knows the mends from the findings.
    if options.findings.format == Format::Full
        && root.scope != Scope::Stdin
        && let Some(hint) = fix::collect(&analysis).hint()
    {
        terminal.note(&hint);
    }
    let exit = exit(&analysis, &options.findings);
    // The program ends here: taking a large project apart would only cost time.
    std::mem::forget(analysis);
    Ok(exit)
}
