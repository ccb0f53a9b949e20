//! `gradus build`: publishes the catalogue, or says whether it is up to date.

use std::path::{Path, PathBuf};

use super::super::Exit;
use super::super::args::Build;
use super::super::progress::Progress;
use super::super::render::counted;
use super::super::terminal::Terminal;
use super::{exit, open, show};
use crate::diag::{Severity, did_you_mean};
use crate::emit::{self, Catalogue, EMITTERS, Input};
use crate::workspace::publish::{self, Difference, Report};
use crate::workspace::{Analysis, Fault, Root, assets, pins, shown};

/// The folder in the project's folder, where none is named.
const DEFAULT_OUT: &str = "dist";

/// How many differing files `--check` names before it only counts.
const MOST_NAMED: usize = 20;

pub(in crate::cli) fn run(
    options: &Build,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    refuse_unknown(&options.only)?;
    // The catalogue of the folder that the command happens to run in is another project's.
    if options.out.is_none() && options.path.as_deref() == Some(Path::new("-")) {
        return Err(Fault::Usage {
            message: "a catalogue from standard input has no folder of its own".to_owned(),
            help: Some("name one: `gradus build - --out FOLDER`".to_owned()),
        });
    }
    let (root, mut analysis) = open(options.path.clone(), config)?;
    if options.locked {
        pins::require(&root.folder)?;
    }
    let out = match &options.out {
        Some(out) => out.clone(),
        None => default_out(&root),
    };
    let texts: Vec<PathBuf> = analysis
        .sources
        .iter()
        .filter(|(_, file)| file.name() != "<stdin>")
        .map(|(_, file)| {
            let name = file.name();
            root.folder
                .join(name.strip_prefix(root.prefix.as_str()).unwrap_or(name))
        })
        .collect();
    publish::refuse_bad_folder(&out, &root.folder, &texts)?;
    let names = output_names(&analysis, &options.only);
    let publishable = !is_blocked(&analysis, options);
    let catalogue = if publishable {
        let catalogue = emit(&root, &analysis, &names, &options.only)?;
        let policy = &analysis.settings.policy;
        let vanished = publish::vanished(&out, &analysis.project, &catalogue, &names, policy)?;
        analysis.diagnostics.extend(vanished);
        analysis.diagnostics.sort_by_key(|found| found.place);
        catalogue
    } else {
        Catalogue::default()
    };
    if !analysis.diagnostics.is_empty() {
        show(&analysis, &options.findings, terminal)?;
    }
    if is_blocked(&analysis, options) {
        let found = exit(&analysis, &options.findings);
        terminal.note("nothing was published: a catalogue is not built over these findings");
        return Ok(if found == Exit::Clean {
            Exit::Findings
        } else {
            found
        });
    }
    let count = catalogue.files.len();
    let exit = if options.check {
        let differences = publish::compare(&out, &catalogue, &options.only)?;
        report_differences(&out, count, &differences, terminal)
    } else {
        let progress = Progress::new("writing", count, terminal);
        let report = publish::write(&out, &catalogue, &options.only, &|number| {
            progress.advance(number)
        })?;
        drop(progress);
        report_written(&out, &report, terminal);
        Exit::Clean
    };
    // The program ends here: taking a large project apart would only cost time.
    std::mem::forget((analysis, catalogue));
    Ok(exit)
}

/// Whether the findings stand in the way of a catalogue.
fn is_blocked(analysis: &Analysis, options: &Build) -> bool {
    exit(analysis, &options.findings) != Exit::Clean || analysis.count(Severity::Error) > 0
}

fn default_out(root: &Root) -> PathBuf {
    if root.folder == std::path::Path::new(".") {
        PathBuf::from(DEFAULT_OUT)
    } else {
        root.folder.join(DEFAULT_OUT)
    }
}

/// Refuses names that are no output, before any work is done.
fn refuse_unknown(only: &[String]) -> Result<(), Fault> {
    let names = || EMITTERS.iter().map(|emitter| emitter.name);
    let Some(unknown) = only.iter().find(|name| emit::find(name).is_none()) else {
        return Ok(());
    };
    let list = names().collect::<Vec<_>>().join(", ");
    Err(Fault::Usage {
        message: format!("there is no output `{unknown}`"),
        help: did_you_mean(unknown, names()).or_else(|| Some(format!("use one of: {list}"))),
    })
}

/// The outputs to build: those named, else those that the project publishes, else all there are.
fn output_names(analysis: &Analysis, only: &[String]) -> Vec<String> {
    match &analysis.settings.publish {
        _ if !only.is_empty() => {
            let mut names = only.to_vec();
            names.sort_unstable();
            names.dedup();
            names
        }
        Some(publish) => publish.clone(),
        None => EMITTERS
            .iter()
            .map(|emitter| emitter.name.to_owned())
            .collect(),
    }
}

/// Makes the files of some outputs, and adds what was released and is no longer made.
fn emit(
    root: &Root,
    analysis: &Analysis,
    names: &[String],
    only: &[String],
) -> Result<Catalogue, Fault> {
    let assets = assets::read(&analysis.project, &root.folder)?;
    let input = Input {
        project: &analysis.project,
        graph: &analysis.graph,
        assets: &assets,
    };
    let mut catalogue = emit::collect(&input, names).map_err(|error| Fault::Unwritable {
        message: error.to_string(),
        help: None,
    })?;
    emit::kept::add_rest(&input, &mut catalogue, only);
    Ok(catalogue)
}

fn report_differences(
    out: &std::path::Path,
    files: usize,
    differences: &[Difference],
    terminal: &Terminal,
) -> Exit {
    if differences.is_empty() {
        terminal.note(&format!(
            "{} in `{}` up to date",
            counted(files, "file", "files"),
            shown(out)
        ));
        return Exit::Clean;
    }
    for difference in differences.iter().take(MOST_NAMED) {
        let why = difference
            .refusal()
            .map_or_else(String::new, |why| format!(" ({why})"));
        terminal.note(&format!(
            "{}: {}{why}",
            difference.word(),
            difference.path()
        ));
    }
    if let Some(more @ 1..) = differences.len().checked_sub(MOST_NAMED) {
        terminal.note(&format!("and {more} more"));
    }
    let refused = differences
        .iter()
        .filter(|difference| difference.refusal().is_some())
        .count();
    let advice = if refused == 0 {
        "`gradus build` brings it up to date".to_owned()
    } else {
        format!(
            "`gradus build` will not write over {} that no build wrote so: move or delete them, or choose another folder with `--out`",
            counted(refused, "file", "files")
        )
    };
    terminal.note(&format!(
        "`{}` differs from the catalogue in {}; {advice}",
        shown(out),
        counted(differences.len(), "file", "files")
    ));
    Exit::Findings
}

fn report_written(out: &std::path::Path, report: &Report, terminal: &Terminal) {
    for path in &report.left {
        terminal.note(&format!(
            "left in place, because it was changed by hand: {path}"
        ));
    }
    terminal.note(&format!(
        "{} written, {} removed, {} unchanged in `{}`",
        counted(report.written, "file", "files"),
        report.removed,
        report.unchanged,
        shown(out)
    ));
}
