//! `gradus graph`: writes the dependency graph.
//!
//! A project with errors has a graph as well: of what could be read. That there are errors is said on standard error.

use std::path::PathBuf;

use super::super::Exit;
use super::super::args::{Graph, GraphFormat};
use super::super::render::counted;
use super::super::terminal::Terminal;
use super::open;
use crate::diag::Severity;
use crate::graph::export::{self, Focus, Format};
use crate::workspace::Fault;

pub(in crate::cli) fn run(
    options: &Graph,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (_, analysis) = open(options.path.clone(), config)?;
    let format = match options.format {
        GraphFormat::Dot => Format::Dot,
        GraphFormat::Mermaid => Format::Mermaid,
        GraphFormat::Json => Format::Json,
    };
    let focus = options.focus.as_deref().map(|id| Focus {
        id,
        depth: options.depth,
    });
    let text =
        export::export(&analysis.project, &analysis.graph, format, focus).map_err(|error| {
            Fault::Usage {
                message: format!("nothing in this project is named `{}`", error.name),
                help: error
                    .suggestion
                    .map(|near| format!("did you mean `{near}`?")),
            }
        })?;
    let errors = analysis.count(Severity::Error);
    if errors > 0 {
        terminal.note(&format!(
            "the project has {}, so the graph may lack something; `gradus check` shows them",
            counted(errors, "error", "errors")
        ));
    }
    terminal.print(&text)?;
    Ok(if analysis.bad_settings {
        Exit::Usage
    } else {
        Exit::Clean
    })
}
