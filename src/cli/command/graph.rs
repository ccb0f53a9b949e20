//! `gradus graph`: writes the dependency graph.

use std::path::PathBuf;

use super::super::Exit;
use super::super::args::{Graph, GraphFormat};
use super::super::terminal::Terminal;
use super::open;
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
    let text = export::export(&analysis.project, &analysis.graph, format, focus)
        .map_err(|unknown| Fault::usage(unknown.to_string()))?;
    terminal.print(&text)?;
    Ok(Exit::Clean)
}
