//! What the planning commands share: names, limits and paces from the command line, and how much time is left.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::super::render::counted;
use super::super::terminal::Terminal;
use super::open;
use crate::diag::{self, Severity};
use crate::graph::Node;
use crate::graph::names;
use crate::model::{Amount, Project};
use crate::plan::price::Measure;
use crate::plan::reports::pathway::Pace;
use crate::workspace::{Analysis, Fault, Root};

/// Days of a month, in thousandths: a year in twelve parts.
const DAYS_OF_MONTH: i64 = 30_437;

/// Reads the project; that it has errors is said on standard error.
pub(super) fn analyzed(
    path: Option<PathBuf>,
    config: Option<PathBuf>,
    what: &str,
    terminal: &Terminal,
) -> Result<(Root, Analysis), Fault> {
    let (root, analysis) = open(path, config)?;
    let errors = analysis.count(Severity::Error);
    if errors > 0 {
        terminal.note(&format!(
            "the project has {}, so {what} may be wrong; `gradus check` shows them",
            counted(errors, "error", "errors")
        ));
    }
    Ok((root, analysis))
}

/// A clock that runs down.
pub(super) fn clock(seconds: u64) -> impl Fn() -> Option<Duration> {
    let start = Instant::now();
    let limit = Duration::from_secs(seconds);
    move || Some(limit.saturating_sub(start.elapsed()))
}

/// The node that a name means.
pub(super) fn named(analysis: &Analysis, name: &str) -> Result<Node, Fault> {
    names::find(&analysis.project, &analysis.graph, name).map_err(|error| Fault::Usage {
        message: format!("nothing in this project is named `{}`", error.name),
        help: error
            .suggestion
            .map(|near| format!("did you mean `{near}`?")),
    })
}

/// A name that must mean one kind of thing.
pub(super) fn thing<T>(
    analysis: &Analysis,
    name: &str,
    wanted: &str,
    pick: impl Fn(Node) -> Option<T>,
) -> Result<T, Fault> {
    pick(named(analysis, name)?).ok_or_else(|| Fault::usage(format!("`{name}` is not {wanted}")))
}

/// `ects`, `hours`, `count`.
pub(super) fn measure(project: &Project, word: &str) -> Result<Measure, Fault> {
    let known = match word {
        "hours" | "hour" => Some(Measure::Hours),
        "count" | "credential" | "credentials" => Some(Measure::Count),
        _ => project
            .names
            .find(word)
            .filter(|name| project.credit_units.contains_key(name))
            .map(Measure::Credit),
    };
    known.ok_or_else(|| {
        let mut words: Vec<&str> = project
            .credit_units
            .values()
            .map(|unit| unit.word.as_str())
            .chain(["hours", "count"])
            .collect();
        words.sort_unstable();
        Fault::Usage {
            message: format!("`{word}` is nothing that credentials are measured in"),
            help: Some(match diag::closest(word, words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use one of {}", words.join(", ")),
            }),
        }
    })
}

/// A limit of a route.
pub(super) enum Limit {
    Price(Measure, Amount),
    Steps(u32),
}

/// `30 ects`, `200 hours`, `3 steps`.
pub(super) fn limit(project: &Project, text: &str) -> Result<Limit, Fault> {
    let bad = || Fault::Usage {
        message: format!("`{text}` is not a limit"),
        help: Some("write a number and what it counts, such as \"30 ects\"".to_owned()),
    };
    let text = text.trim();
    let split = text
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .ok_or_else(bad)?;
    let (number, word) = text.split_at(split);
    let amount = Amount::parse(number).ok_or_else(bad)?;
    match word.trim() {
        "steps" | "step" | "stages" | "stage" => u32::try_from(amount.0 / 1000)
            .map(Limit::Steps)
            .map_err(|_| bad()),
        word => Ok(Limit::Price(measure(project, word)?, amount)),
    }
}

/// `10 ects per month`, `8 hours a week`.
pub(super) fn pace(project: &Project, text: &str) -> Result<Pace, Fault> {
    let bad = || Fault::Usage {
        message: format!("`{text}` is not a pace"),
        help: Some("write it like \"10 ects per month\" or \"8 hours per week\"".to_owned()),
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let (amount, per) = match words.as_slice() {
        [number, unit, "per" | "a", per] => (format!("{number} {unit}"), *per),
        _ => return Err(bad()),
    };
    let Limit::Price(measure, amount) = limit(project, &amount)? else {
        return Err(bad());
    };
    let per_month = match per.trim_end_matches('s') {
        "month" => amount.0,
        "year" => amount.0 / 12,
        "week" => amount.0.saturating_mul(DAYS_OF_MONTH) / 7_000,
        "day" => amount.0.saturating_mul(DAYS_OF_MONTH) / 1_000,
        "semester" => amount.0 / 6,
        _ => return Err(bad()),
    };
    if per_month <= 0 {
        return Err(bad());
    }
    Ok(Pace {
        measure,
        per_month: Amount(per_month),
    })
}
