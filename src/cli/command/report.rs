//! `gradus report`: a pathway, coverage, stacking, a role.

use std::path::PathBuf;

use super::super::Exit;
use super::super::args::{Report, ReportAbout, ReportForm};
use super::super::terminal::Terminal;
use super::planning::{analyzed, clock, measure, pace, thing};
use super::planning_role::{AnyRole, role as any_role};
use crate::emit::reports;
use crate::graph::Node;
use crate::plan::report;
use crate::plan::reports::{coverage, imported, pathway, role, stacking};
use crate::workspace::{Analysis, Fault, Root};

pub(in crate::cli) fn run(
    options: &Report,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let settings = &options.options;
    if settings.format == ReportForm::Xlsx && settings.out.is_none() {
        return Err(Fault::Usage {
            message: "a workbook cannot be shown here".to_owned(),
            help: Some("name a file with --out, such as `--out report.xlsx`".to_owned()),
        });
    }
    let (root, analysis) = analyzed(settings.project.clone(), config, "the report", terminal)?;
    let report = make(&root, &analysis, &options.about, settings.time_limit)?;
    let bytes = match settings.format {
        ReportForm::Text => reports::text(&report).into_bytes(),
        ReportForm::Csv => reports::csv(&report),
        ReportForm::Xlsx => reports::xlsx(&report).map_err(|reason| Fault::Unwritable {
            message: format!("the workbook cannot be made: {reason}"),
            help: Some("use --format csv for very large tables".to_owned()),
        })?,
        ReportForm::Json => reports::json(&report).into_bytes(),
        ReportForm::Html => reports::html(&report).into_bytes(),
    };
    match &settings.out {
        Some(path) => std::fs::write(path, bytes).map_err(|error| {
            Fault::unwritable(format!("`{}` cannot be written", path.display()), &error)
        })?,
        None => terminal.print(&String::from_utf8_lossy(&bytes))?,
    }
    Ok(if analysis.bad_settings {
        Exit::Usage
    } else {
        Exit::Clean
    })
}

fn make(
    root: &Root,
    analysis: &Analysis,
    about: &ReportAbout,
    seconds: u64,
) -> Result<report::Report, Fault> {
    let (project, graph) = (&analysis.project, &analysis.graph);
    Ok(match about {
        ReportAbout::Pathway {
            id,
            pace: speed,
            minimise,
        } => {
            let pathway = thing(analysis, id, "a pathway", |node| match node {
                Node::Pathway(id) => Some(id),
                _ => None,
            })?;
            let options = pathway::Options {
                pace: speed
                    .as_deref()
                    .map(|text| pace(project, text))
                    .transpose()?,
                minimise: minimise
                    .as_deref()
                    .map(|word| measure(project, word))
                    .transpose()?,
            };
            pathway::report(project, graph, pathway, options, &clock(seconds))
        }
        ReportAbout::Coverage { framework } => {
            let framework = framework
                .as_deref()
                .map(|id| {
                    thing(
                        analysis,
                        id,
                        "a framework of the project",
                        |node| match node {
                            Node::Framework(id) => Some(id),
                            _ => None,
                        },
                    )
                })
                .transpose()?;
            coverage::report(project, graph, framework)
        }
        ReportAbout::Stacking => stacking::report(project, graph),
        ReportAbout::Role { id } => match any_role(root, analysis, id)? {
            AnyRole::Own(id) => role::report(project, graph, id),
            AnyRole::Imported(role) => imported::report(project, graph, &role),
        },
    })
}
