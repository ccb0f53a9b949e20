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
use super::crosswalk_files::{reading, table, tally_text};
use super::crosswalk_rows::add;
use super::{fix, open};
use crate::diag::{Severity, did_you_mean};
use crate::emit::crosswalks::{self as report, Summary};
use crate::mapping::chain::{self, CloseChains};
use crate::mapping::compose::compose;
use crate::mapping::union::union;
use crate::mapping::write::{self, Format};
use crate::workspace::pins::{self, TablePin};
use crate::workspace::{Analysis, Fault, Root, find, packs, reason, shown, tables};

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
            conclude(compose(&left, &right, close), output, terminal)
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
        } => {
            let place = find::Target {
                path: path.clone(),
                config,
            };
            import(file, place, (name.as_deref(), *plan), terminal)
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

/// Puts bytes into a file, or on standard output.
fn deliver(bytes: &[u8], out: Option<&Path>, terminal: &Terminal) -> Result<(), Fault> {
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

fn import(
    file: &Path,
    place: find::Target,
    (name, plan): (Option<&str>, bool),
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (bundle, reading) = reading(file)?;
    terminal.note(&format!("read as {}", reading.format));
    terminal.note(tally_text(&reading.tally, &bundle).trim_end());
    if reading.table.rows.is_empty() {
        return Err(Fault::Usage {
            message: format!("`{}` has no mapping that could be taken in", shown(file)),
            help: None,
        });
    }
    let (root, analysis) = open(place.path, place.config)?;
    readable(&analysis)?;
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
    let is_table = source.is_none();
    let (path, bytes) = match source {
        Some(source) => {
            for (words, count) in &source.notes {
                terminal.note(&format!("{count} {words}"));
            }
            if source.declared {
                return merge((&root, &analysis), &source, plan, terminal);
            }
            (
                root.folder.join(format!("{name}.gradus")),
                source.text.into_bytes(),
            )
        }
        None => {
            let bytes = write::write(&reading.table, Format::Sssom)
                .map_err(|fault| Fault::usage(fault.0))?;
            let folder = root.folder.join(packs::FOLDER);
            (folder.join(format!("{name}.sssom.tsv")), bytes)
        }
    };
    if plan {
        terminal.note(&format!("this would be written to `{}`", shown(&path)));
        terminal.print_bytes(&bytes)?;
        return Ok(Exit::Clean);
    }
    if path.exists() {
        return Err(Fault::Usage {
            message: format!("`{}` is there already", shown(&path)),
            help: Some("give another name with `--as`, or remove it first".to_owned()),
        });
    }
    // A lock that cannot be read is said before anything is written.
    let lock = if is_table {
        Some(pins::read(&root.folder)?)
    } else {
        None
    };
    packs::write(&path, &bytes)?;
    if let Some(mut lock) = lock {
        lock.pin_table(TablePin {
            file: format!("{}/{name}.sssom.tsv", packs::FOLDER),
            sha256: packs::digest(&bytes),
            source: Some(bundle.name.rsplit('/').next().unwrap_or("").to_owned()),
        });
        packs::write(&root.folder.join(pins::FILE_NAME), lock.text().as_bytes())?;
        terminal.note(&format!("`{}` is written, and pinned", shown(&path)));
    } else {
        terminal.note(&format!("`{}` is written", shown(&path)));
    }
    Ok(Exit::Clean)
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

/// Adds the rows that are new to the crosswalk that the project declares.
fn merge(
    (root, analysis): (&Root, &Analysis),
    source: &report::Source,
    plan: bool,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let rows = counted(source.count, "new row", "new rows");
    if plan || source.count == 0 {
        terminal.note(&format!("{rows} for the crosswalk `{}`", source.name));
        terminal.print(&source.rows)?;
        return Ok(Exit::Clean);
    }
    let edit = add(
        analysis,
        (source.from, source.to),
        &source.rows,
        &source.text,
    );
    fix::apply(root, analysis, &fix::of_edits(vec![edit]))?;
    terminal.note(&format!("{rows} added to the crosswalk `{}`", source.name));
    Ok(Exit::Clean)
}

/// The name of a file without its folder and its endings, as far as it can be a name.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.split('.').next().unwrap_or(name).to_lowercase();
    name.replace(['_', ' '], "-")
}
