//! `gradus crosswalk check`: contradictions among mapping tables in files.
//!
//! Goes in: tables. Comes out: each contradiction with its way, and a warning where the tables say too little to see all of them.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::super::Exit;
use super::super::render::counted;
use super::super::terminal::{Terminal, paint};
use super::crosswalk_files::table;
use crate::diag::Severity;
use crate::mapping::consistency::{Contradiction, contradictions};
use crate::mapping::graph::of_tables;
use crate::workspace::Fault;

/// Looks for contradictions in all of these tables together.
pub(super) fn check(files: &[PathBuf], terminal: &Terminal) -> Result<Exit, Fault> {
    let mut tables = Vec::new();
    for path in files {
        tables.push(table(path, terminal)?);
    }
    let (graph, names) = of_tables(&tables);
    let found = contradictions(&graph);
    let mut text = String::new();
    for one in &found {
        let (what, way) = match one {
            Contradiction::SameFramework { way } => {
                ("two things of one source are exactly the same", way)
            }
            Contradiction::Circle { way } => ("each is broader than the one before", way),
            Contradiction::ExactAndBroader { way, .. } => {
                ("exactly the same, and one is broader", way)
            }
            Contradiction::Denied { way, .. } => ("denied, and it follows", way),
            Contradiction::NoMatch { way, .. } => ("no match, and one follows", way),
        };
        let way: Vec<&str> = way
            .things()
            .map(|thing| names.get(thing as usize).map_or("", String::as_str))
            .collect();
        let _ = writeln!(text, "{what}: {}", way.join(" → "));
    }
    terminal.print(&text)?;
    let without = graph.frameworks.iter().filter(|of| of.is_none()).count();
    if without > 0 {
        let word = paint("warning", Severity::Warning, terminal.color_notes);
        terminal.note(&format!(
            "{word}: {without} of {} have no source, so whether two of one source are exactly the same cannot be checked for them: \
             write `subject_source` and `object_source` into their tables",
            counted(graph.frameworks.len(), "thing", "things")
        ));
    }
    terminal.note(&counted(found.len(), "contradiction", "contradictions"));
    Ok(if found.is_empty() {
        Exit::Clean
    } else {
        Exit::Findings
    })
}
