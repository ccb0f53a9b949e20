//! `gradus crosswalk`: the crosswalks of a project in lists and numbers, exports, and reckoning with tables in files.
//!
//! Tables go to standard output or into the file that `--out` names; what was left out is said on standard error.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::super::Exit;
use super::super::crosswalk_args::{
    CoverageFormat, Crosswalk, CrosswalkCommand, GapsFormat, Output, TableFormat,
};
use super::super::render::counted;
use super::super::terminal::{Terminal, bold};
use super::crosswalk_check::check;
use super::crosswalk_files::table;
use super::crosswalk_import::import;
use super::{deliver, open};
use crate::diag::did_you_mean;
use crate::emit::crosswalks::{self as report, Summary};
use crate::mapping::chain::{self, CloseChains};
use crate::mapping::compose::compose;
use crate::mapping::union::union;
use crate::mapping::write::{self, Format};
use crate::workspace::{Fault, find, tables};

pub(in crate::cli) fn run(
    options: &Crosswalk,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    match &options.command {
        CrosswalkCommand::List { path } => list(path.clone(), config, terminal),
        CrosswalkCommand::Coverage { path, format, out } => {
            coverage((path.clone(), config), *format, out.as_deref(), terminal)
        }
        CrosswalkCommand::Gaps {
            path,
            only,
            format,
            out,
        } => {
            let wanted = (only.as_deref(), *format, out.as_deref());
            gaps((path.clone(), config), wanted, terminal)
        }
        CrosswalkCommand::Export { name, path, output } => {
            export((path.clone(), config), name, output, terminal)
        }
        CrosswalkCommand::Compose {
            left,
            right,
            chain_close,
            output,
        } => {
            let close = if *chain_close {
                CloseChains::AsClose
            } else {
                CloseChains::Never
            };
            let (left, right) = (table(left, terminal)?, table(right, terminal)?);
            let outcome = compose(&left, &right, close);
            let empty = outcome.table.rows.is_empty();
            let done = conclude(outcome, output, terminal)?;
            if empty {
                terminal.note(
                    "nothing that the first table leads to is where the second begins; if both lead to the same framework, turn one round with `gradus crosswalk inverse`",
                );
            }
            Ok(done)
        }
        CrosswalkCommand::Inverse { file, output } => {
            conclude(chain::inverse(&table(file, terminal)?), output, terminal)
        }
        CrosswalkCommand::Union { files, output } => {
            let mut all = chain::Outcome::default();
            for (position, file) in files.iter().enumerate() {
                let next = table(file, terminal)?;
                if position == 0 {
                    all.table = next;
                    continue;
                }
                let more = union(&all.table, &next);
                all.table = more.table;
                all.notes.extend(more.notes);
            }
            conclude(all, output, terminal)
        }
        CrosswalkCommand::Check { files } => check(files, terminal),
        CrosswalkCommand::Import {
            file,
            path,
            name,
            plan,
            report,
        } => {
            let place = find::Target {
                path: path.clone(),
                config,
            };
            import(file, place, name.as_deref(), (*plan, *report), terminal)
        }
    }
}

/// A project's path and its project file, as the command line has them.
type Place = (Option<PathBuf>, Option<PathBuf>);

fn list(
    path: Option<PathBuf>,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (root, analysis) = open(path, config)?;
    let all = report::list(&analysis.project);
    let kept = tables::listed(&root)?;
    let longest = |text: fn(&Summary) -> &str| {
        all.iter()
            .map(|one| text(one).chars().count())
            .max()
            .unwrap_or(0)
    };
    let begun = report::not_begun(&analysis.project);
    let names = begun.iter().map(|(name, _)| name.chars().count());
    let width = names.max().unwrap_or(0).max(longest(|one| &one.name));
    let mut lines = String::new();
    for one in &all {
        let mut what = counted(one.mappings, "mapping", "mappings");
        if one.derived > 0 {
            let _ = write!(what, ", {} derived", one.derived);
        }
        let _ = writeln!(
            lines,
            "{:width$}  {} of {} mapped, {} without a match, {} open; {what}{}",
            one.name,
            one.counts.mapped,
            one.counts.total,
            one.counts.no_match,
            one.counts.unmapped(),
            if one.declared {
                ""
            } else {
                " (with the items)"
            },
        );
    }
    for (name, count) in &begun {
        let what = counted(*count, "proposal", "proposals");
        let _ = writeln!(lines, "{name:width$}  not begun: {what}");
    }
    let none = all.is_empty() && begun.is_empty();
    let width = kept.iter().map(|one| one.file.chars().count()).max();
    let width = width.unwrap_or(0);
    if !none && !kept.is_empty() {
        lines.push('\n');
    }
    for one in &kept {
        let what = one.rows.map_or_else(
            || "cannot be read; `gradus check` says why".to_owned(),
            |rows| counted(rows, "row", "rows"),
        );
        let title = one.title.as_ref();
        let title = title.map_or_else(String::new, |title| format!("; {title}"));
        let _ = writeln!(lines, "{:width$}  {what}{title}", one.file);
    }
    terminal.print(&lines)?;
    if none && kept.is_empty() {
        terminal.note("this project has no crosswalks");
    }
    Ok(Exit::Clean)
}

fn coverage(
    (path, config): Place,
    format: CoverageFormat,
    out: Option<&Path>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (_, analysis) = open(path, config)?;
    let project = &analysis.project;
    let bytes = match format {
        CoverageFormat::Text => coverage_text(&report::list(project), terminal).into_bytes(),
        CoverageFormat::Csv => report::coverage_csv(project),
        CoverageFormat::Json => report::coverage_json(project),
        CoverageFormat::Xlsx => report::coverage_xlsx(project).map_err(Fault::Internal)?,
        CoverageFormat::Html => report::coverage_page(project)
            .map_err(Fault::Internal)?
            .into_bytes(),
    };
    deliver(&bytes, out, terminal)?;
    say_not_begun(project, None, terminal);
    Ok(Exit::Clean)
}

/// Says of which crosswalks there are only proposals, which no number counts.
fn say_not_begun(project: &crate::model::Project, only: Option<&str>, terminal: &Terminal) {
    for (name, count) in report::not_begun(project) {
        if only.is_none_or(|only| only == name) {
            let what = counted(count, "proposal", "proposals");
            terminal.note(&format!("`{name}` is not begun: {what}"));
        }
    }
}

/// A bar of twenty places: `#` mapped, `-` no match, `.` open.
fn bar(one: &Summary) -> String {
    let places = |part: usize| (part * 20).checked_div(one.counts.total).unwrap_or(0);
    let (mapped, nothing) = (places(one.counts.mapped), places(one.counts.no_match));
    let open = 20_usize.saturating_sub(mapped + nothing);
    format!(
        "{}{}{}",
        "#".repeat(mapped),
        "-".repeat(nothing),
        ".".repeat(open)
    )
}

fn coverage_text(all: &[Summary], terminal: &Terminal) -> String {
    let mut text = String::new();
    for one in all {
        let share = one
            .counts
            .mapped_percent()
            .map_or_else(|| "–".to_owned(), |share| format!("{share} %"));
        let _ = writeln!(
            text,
            "{}\n  {} → {}\n  {} {share}: {} of {} mapped, {} without a match, {} open",
            bold(&one.name, terminal.color),
            one.from,
            one.to,
            bar(one),
            one.counts.mapped,
            one.counts.total,
            one.counts.no_match,
            one.counts.unmapped(),
        );
        if let Some((reached, total)) = one.reached {
            let _ = writeln!(
                text,
                "  {reached} of {total} items of {} are reached",
                one.to
            );
        }
    }
    if !all.is_empty() {
        text.push_str("\nBy area, level and kind: --format csv, xlsx, html or json\n");
    }
    text
}

fn gaps(
    (path, config): Place,
    (only, format, out): (Option<&str>, GapsFormat, Option<&Path>),
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (_, analysis) = open(path, config)?;
    let project = &analysis.project;
    if let Some(name) = only
        && !report::not_begun(project).iter().any(|one| one.0 == name)
    {
        known(project, name)?;
    }
    let all = report::gaps(project, only);
    let bytes = match format {
        GapsFormat::Csv => report::gaps_csv(&all),
        GapsFormat::Text => {
            let mut text = String::new();
            let mut current = None;
            for gap in &all {
                if current != Some(&gap.crosswalk) {
                    let space = if current.is_some() { "\n" } else { "" };
                    let _ = writeln!(text, "{space}{}", bold(&gap.crosswalk, terminal.color));
                    current = Some(&gap.crosswalk);
                }
                let area = if gap.area.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", gap.area)
                };
                let _ = writeln!(
                    text,
                    "  {}  {}{area}\n    {}",
                    gap.item, gap.name, gap.statement
                );
            }
            text.into_bytes()
        }
    };
    deliver(&bytes, out, terminal)?;
    terminal.note(&counted(all.len(), "item is open", "items are open"));
    say_not_begun(project, only, terminal);
    Ok(Exit::Clean)
}

/// Refuses a crosswalk that there is none of.
fn known(project: &crate::model::Project, name: &str) -> Result<(), Fault> {
    let all = report::list(project);
    if all.iter().any(|one| one.name == name) {
        return Ok(());
    }
    let names = all.iter().map(|one| one.name.as_str());
    Err(Fault::Usage {
        message: format!("there is no crosswalk `{name}` in this project"),
        help: did_you_mean(name, names)
            .or_else(|| Some("run `gradus crosswalk list` for the list".to_owned())),
    })
}

fn export(
    (path, config): Place,
    name: &str,
    output: &Output,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (_, analysis) = open(path, config)?;
    let project = &analysis.project;
    known(project, name)?;
    let bytes = if output.format == TableFormat::Sssom {
        report::sssom_of(project, name)
    } else {
        let table = report::table_of(project, name);
        table
            .map(|table| write::write(&table, format(output.format)))
            .transpose()
            .map_err(|fault| Fault::usage(fault.0))?
    };
    deliver(&bytes.unwrap_or_default(), output.out.as_deref(), terminal)?;
    Ok(Exit::Clean)
}

const fn format(format: TableFormat) -> Format {
    match format {
        TableFormat::Sssom => Format::Sssom,
        TableFormat::Json => Format::Json,
        TableFormat::Csv => Format::Csv,
        TableFormat::Xlsx => Format::Xlsx,
        TableFormat::Skos => Format::Skos,
        TableFormat::Case => Format::Case,
    }
}

/// Writes what was concluded, and says what was not.
fn conclude(outcome: chain::Outcome, output: &Output, terminal: &Terminal) -> Result<Exit, Fault> {
    let bytes = write::write(&outcome.table, format(output.format))
        .map_err(|fault| Fault::usage(fault.0))?;
    deliver(&bytes, output.out.as_deref(), terminal)?;
    for (words, count) in &outcome.notes {
        terminal.note(&format!("{count} {words}"));
    }
    terminal.note(&counted(outcome.table.rows.len(), "row", "rows"));
    Ok(Exit::Clean)
}
