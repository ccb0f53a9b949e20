//! `gradus rules`: the list of rules.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::super::Exit;
use super::super::args::{ListFormat, Rules};
use super::super::terminal::{Terminal, paint};
use crate::check;
use crate::diag::{Rule, early};
use crate::workspace::Fault;

#[derive(Serialize)]
struct Listing {
    version: u32,
    rules: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    severity: &'static str,
    summary: &'static str,
}

pub(in crate::cli) fn run(options: &Rules, terminal: &Terminal) -> Result<Exit, Fault> {
    let rules: BTreeMap<&str, &Rule> = early::ALL
        .iter()
        .copied()
        .chain(check::RULES.iter().map(|entry| entry.rule))
        .map(|rule| (rule.name, rule))
        .collect();
    let text = match options.format {
        ListFormat::Text => {
            let longest = rules.keys().map(|name| name.len()).max().unwrap_or(0);
            let mut text = String::new();
            for rule in rules.values() {
                let word = rule.severity.word();
                let space = " ".repeat("warning".len().saturating_sub(word.len()));
                let word = paint(word, rule.severity, terminal.color);
                // Writing to a string cannot fail.
                let _ = writeln!(
                    text,
                    "{:longest$}  {word}{space}  {}",
                    rule.name, rule.summary
                );
            }
            text
        }
        ListFormat::Json => {
            let listing = Listing {
                version: 1,
                rules: rules
                    .values()
                    .map(|rule| Entry {
                        name: rule.name,
                        severity: rule.severity.word(),
                        summary: rule.summary,
                    })
                    .collect(),
            };
            // These structs hold nothing that JSON cannot say.
            let mut text = serde_json::to_string_pretty(&listing).unwrap_or_default();
            text.push('\n');
            text
        }
    };
    terminal.print(&text)?;
    Ok(Exit::Clean)
}
