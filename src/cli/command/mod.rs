//! The commands, one file each, and what those share that look at a project.

pub(super) mod build;
pub(super) mod check;
pub(super) mod crosswalk;
mod crosswalk_check;
mod crosswalk_files;
mod crosswalk_import;
mod crosswalk_plan;
mod crosswalk_rows;
pub(super) mod diff;
pub(super) mod explain;
pub(super) mod fix;
pub(super) mod frameworks;
pub(super) mod graph;
pub(super) mod import;
pub(super) mod new;
pub(super) mod plan;
mod planning;
mod planning_role;
pub(super) mod release;
pub(super) mod report;
pub(super) mod rules;
pub(super) mod suggest;
pub(super) mod test;
pub(super) mod upgrade;

use std::path::{Path, PathBuf};

use super::Exit;
use super::args::{Findings, Format};
use super::render::{self, Look, Shown};
use super::terminal::Terminal;
use crate::config::Known;
use crate::emit::EMITTERS;
use crate::workspace::pins::{self, Lock};
use crate::workspace::released;
use crate::workspace::{
    self, Analysis, Fault, Root, Target, analysis, assets, find, packs, read, reason, shown,
};

/// Reads and analyzes the project that a path belongs to; one without texts is an error.
fn open(path: Option<PathBuf>, config: Option<PathBuf>) -> Result<(Root, Analysis), Fault> {
    let (root, analysis) = load(path, config)?;
    // A project file at fault may be the reason why no file is found, and is reported with its place.
    if analysis.gradus_files == 0 && !analysis.bad_settings {
        return Err(nothing_to_read(&root, &analysis));
    }
    Ok((root, analysis))
}

/// Reads and analyzes what is there of a project.
fn load(path: Option<PathBuf>, config: Option<PathBuf>) -> Result<(Root, Analysis), Fault> {
    let (root, analysis) = load_if_any(path, config)?;
    // A project file at fault may be the reason why no file is found, and is reported with its place.
    if analysis.gradus_files == 0 && !analysis.bad_settings {
        return Err(nothing_to_read(&root, &analysis));
    }
    Ok((root, analysis))
}

/// The same for commands that can do without: where no file of the language is found, the project is empty.
fn load_if_any(path: Option<PathBuf>, config: Option<PathBuf>) -> Result<(Root, Analysis), Fault> {
    let root = find::root(&Target { path, config })?;
    let rules = analysis::rule_names();
    let outputs: Vec<&str> = EMITTERS.iter().map(|emitter| emitter.name).collect();
    let known = Known {
        rules: &rules,
        outputs: &outputs,
    };
    let loaded = read::load(&root, known, read::Parsing::Now)?;
    let analysis = workspace::analyze(loaded, &|path| assets::fault_on_disk(&root.folder, path));
    let analysis = with_released(&root, analysis)?;
    Ok((root, analysis))
}

/// Adds what is wrong with credentials that were released. A lock that cannot be read has been reported.
fn with_released(root: &Root, mut analysis: Analysis) -> Result<Analysis, Fault> {
    if root.scope != find::Scope::Project {
        return Ok(analysis);
    }
    let Some(Ok(lock)) = pins::text(&root.folder)?.map(|text| Lock::parse(&text)) else {
        return Ok(analysis);
    };
    let policy = &analysis.settings.policy;
    let mut found = released::keep(&root.folder, &mut analysis.project, &lock, policy)?;
    found.extend(released::check(&analysis.project, &lock, policy));
    if !found.is_empty() {
        analysis.diagnostics.extend(found);
        analysis.diagnostics.sort_by_key(|found| found.place);
    }
    Ok(analysis)
}

/// A folder without texts: the user is in the wrong place, or has not begun.
fn nothing_to_read(root: &Root, analysis: &Analysis) -> Fault {
    let folder = match workspace::shown(&root.folder) {
        folder if folder.is_empty() || folder == "." => "here".to_owned(),
        folder => format!("in `{folder}`"),
    };
    if root.project_file.is_some() {
        let globs = analysis
            .settings
            .sources
            .iter()
            .map(|glob| format!("`{glob}`"))
            .collect::<Vec<_>>()
            .join(", ");
        return Fault::Usage {
            message: format!("no file {folder} is named by `sources` of the project: {globs}"),
            help: Some(
                "write a file whose name ends in `.gradus`, or change `sources` in `gradus.yaml`"
                    .to_owned(),
            ),
        };
    }
    Fault::Usage {
        message: format!("there is no `.gradus` file {folder}"),
        help: Some(
            "name the folder of a project, or start one with `gradus new my-catalogue`".to_owned(),
        ),
    }
}

/// Shows the findings on standard output, and the summary on standard error.
fn show(analysis: &Analysis, options: &Findings, terminal: &Terminal) -> Result<(), Fault> {
    let shown = Shown::new(
        &analysis.sources,
        analysis.gradus_files,
        &analysis.diagnostics,
        options.limit(),
    );
    let look = Look {
        color: terminal.color,
        width: terminal.width,
    };
    let text = match options.format {
        Format::Full => render::full::render(&shown, look),
        Format::Concise => render::concise::render(&shown),
        Format::Plain => render::plain::render(&shown),
        Format::Json => render::json::render(&shown),
        Format::Sarif => render::sarif::render(&shown),
        Format::Github => render::github::render(&shown),
    };
    terminal.print(&text)?;
    terminal.note(&shown.summary());
    Ok(())
}

/// The exit code that the findings ask for.
fn exit(analysis: &Analysis, options: &Findings) -> Exit {
    let least = options.fail_on.severity();
    if analysis.bad_settings {
        Exit::Usage
    } else if analysis
        .diagnostics
        .iter()
        .any(|found| found.severity >= least)
    {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// Puts bytes into a file, or on standard output.
pub(super) fn deliver(bytes: &[u8], out: Option<&Path>, terminal: &Terminal) -> Result<(), Fault> {
    let Some(path) = out else {
        return terminal.print_bytes(bytes);
    };
    // A device or a pipe is written to; a file is replaced whole.
    if path.exists() && !path.is_file() {
        std::fs::write(path, bytes).map_err(|error| Fault::Unwritable {
            message: format!("`{}` cannot be written: {}", shown(path), reason(&error)),
            help: None,
        })?;
    } else {
        packs::write(path, bytes)?;
    }
    terminal.note(&format!("`{}` is written", shown(path)));
    Ok(())
}
