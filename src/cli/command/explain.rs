//! `gradus explain`: the page of a rule.

use super::super::Exit;
use super::super::args::{Explain, ListFormat, Rules};
use super::super::terminal::Terminal;
use super::rules;
use crate::check;
use crate::diag::{did_you_mean, early};
use crate::workspace::{Fault, analysis};

pub(in crate::cli) fn run(options: &Explain, terminal: &Terminal) -> Result<Exit, Fault> {
    let Some(name) = &options.rule else {
        let list = Rules {
            format: ListFormat::Text,
        };
        return rules::run(&list, terminal);
    };
    if let Some(entry) = check::find(name) {
        let mut page = entry.page.to_owned();
        if !page.ends_with('\n') {
            page.push('\n');
        }
        terminal.print(&page)?;
        return Ok(Exit::Clean);
    }
    if let Some(rule) = early::ALL.iter().find(|rule| rule.name == name) {
        terminal.print(&format!("# {}\n\n{}\n", rule.name, rule.summary))?;
        return Ok(Exit::Clean);
    }
    let names = analysis::rule_names();
    let tail = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
    // A rule named without its family is found as well.
    let same_tail: Vec<&&str> = names.iter().filter(|known| tail(known) == name).collect();
    let help = match same_tail.as_slice() {
        [only] => Some(format!("did you mean `{only}`?")),
        _ => did_you_mean(name, names.iter().copied()),
    };
    Err(Fault::Usage {
        message: format!("there is no rule named `{name}`"),
        help: help.or_else(|| Some("run `gradus rules` for the list".to_owned())),
    })
}
