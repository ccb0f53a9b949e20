//! `gradus test`: whether the project keeps what its `expect` blocks promise.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Serialize;

use super::super::Exit;
use super::super::args::{Test, TestFormat};
use super::super::render::counted;
use super::super::terminal::Terminal;
use super::planning::{analyzed, clock};
use crate::emit::reports::junit;
use crate::model::Project;
use crate::plan::expectations::{Tested, Verdict, test};
use crate::plan::words;
use crate::workspace::Fault;

pub(in crate::cli) fn run(
    options: &Test,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (_, analysis) = analyzed(options.path.clone(), config, "the results", terminal)?;
    let project = &analysis.project;
    let tested = test(project, &analysis.graph, &clock(options.time_limit));
    let failed = tested.iter().filter(|test| !test.holds()).count();
    terminal.print(&match options.format {
        TestFormat::Text => text(project, &tested),
        TestFormat::Json => json(project, &tested),
        TestFormat::Junit => junit::junit(&project.settings.name, &tested, &|place| {
            words::place(project, place)
        }),
    })?;
    terminal.note(&if tested.is_empty() {
        "there is no `expect` block in this project".to_owned()
    } else if failed == 0 {
        format!("{} kept", counted(tested.len(), "promise", "promises"))
    } else {
        format!(
            "{failed} of {} not kept",
            counted(tested.len(), "promise", "promises")
        )
    });
    Ok(if analysis.bad_settings {
        Exit::Usage
    } else if failed > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::Fails => "fails",
        Verdict::Open => "undecided",
    }
}

fn text(project: &Project, tested: &[Tested]) -> String {
    let mut out = String::new();
    for test in tested {
        let head = if test.holds() { "kept" } else { "broken" };
        let _ = writeln!(
            out,
            "{head}: {} ({})",
            test.name,
            words::place(project, test.place)
        );
        for claim in &test.claims {
            let _ = writeln!(out, "  {}: {}", word(claim.verdict), claim.claim);
            for line in &claim.details {
                let _ = writeln!(out, "    {line}");
            }
        }
    }
    out
}

#[derive(Serialize)]
struct Document<'t> {
    version: u32,
    expectations: Vec<Expectation<'t>>,
}

#[derive(Serialize)]
struct Expectation<'t> {
    name: &'t str,
    place: String,
    holds: bool,
    claims: Vec<Claim<'t>>,
}

#[derive(Serialize)]
struct Claim<'t> {
    claim: &'t str,
    place: String,
    verdict: &'static str,
    details: &'t [String],
}

fn json(project: &Project, tested: &[Tested]) -> String {
    let document = Document {
        version: 1,
        expectations: tested
            .iter()
            .map(|test| Expectation {
                name: &test.name,
                place: words::place(project, test.place),
                holds: test.holds(),
                claims: test
                    .claims
                    .iter()
                    .map(|claim| Claim {
                        claim: &claim.claim,
                        place: words::place(project, claim.place),
                        verdict: word(claim.verdict),
                        details: &claim.details,
                    })
                    .collect(),
            })
            .collect(),
    };
    // Strings and lists always become JSON.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}
