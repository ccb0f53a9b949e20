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
use crate::plan::target::Aim;
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

/// How many ids a hint names.
const NAMED: usize = 6;

/// The node that a name means.
pub(super) fn named(analysis: &Analysis, name: &str) -> Result<Node, Fault> {
    find(analysis, name, "", |node| Aim::of_node(node).map(|_| node))
}

/// A name that must mean one kind of thing.
pub(super) fn thing<T>(
    analysis: &Analysis,
    name: &str,
    wanted: &str,
    pick: impl Fn(Node) -> Option<T>,
) -> Result<T, Fault> {
    let node = find(analysis, name, wanted, &pick)?;
    pick(node).ok_or_else(|| Fault::Usage {
        message: format!("`{name}` is not {wanted}"),
        help: several(wanted, &ids_of(analysis, &pick)),
    })
}

/// What a name means; where it means nothing, which of the wanted things is near by its id or is called so.
fn find<T>(
    analysis: &Analysis,
    name: &str,
    wanted: &str,
    pick: impl Fn(Node) -> Option<T>,
) -> Result<Node, Fault> {
    let project = &analysis.project;
    names::find(project, &analysis.graph, name).map_err(|error| {
        let lower = name.to_lowercase();
        let called = analysis.graph.nodes().find(|&node| {
            pick(node).is_some() && names::label(project, node).to_lowercase() == lower
        });
        let ids = ids_of(analysis, &pick);
        let near = called
            .map(|node| names::name(project, node))
            .or_else(|| diag::closest(name, ids.iter().map(String::as_str)).map(str::to_owned))
            .or(error.suggestion);
        // The name of a stage does not say of which pathway it is.
        let stage = || {
            let end = format!(".{name}");
            let mut nodes = analysis.graph.nodes();
            nodes.find_map(|node| match node {
                Node::Stage(_) => {
                    let known = names::name(project, node);
                    let pathway = known.strip_suffix(end.as_str())?.to_owned();
                    Some(format!("name the pathway of this stage: `{pathway}`"))
                }
                _ => None,
            })
        };
        Fault::Usage {
            message: format!("nothing in this project is named `{}`", error.name),
            help: near
                .map(|near| format!("did you mean `{near}`?"))
                .or_else(stage)
                .or_else(|| several(wanted, &ids)),
        }
    })
}

fn ids_of<T>(analysis: &Analysis, pick: impl Fn(Node) -> Option<T>) -> Vec<String> {
    let nodes = analysis.graph.nodes();
    let wanted = nodes.filter(|&node| pick(node).is_some());
    wanted
        .map(|node| names::name(&analysis.project, node))
        .collect()
}

/// `name a pathway: a, b or c`; where there is none, that.
fn several(wanted: &str, ids: &[String]) -> Option<String> {
    let what = if wanted.is_empty() {
        "a credential, a pathway, a role or a set"
    } else {
        wanted
    };
    if ids.is_empty() {
        return Some(format!(
            "declare {what} first; there is none in this project"
        ));
    }
    let more = if ids.len() > NAMED { ", …" } else { "" };
    let shown: Vec<String> = ids.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
    Some(format!("name {what}: {}{more}", shown.join(", ")))
}

/// What to name instead of something that cannot be reached by itself.
pub(super) fn instead(analysis: &Analysis, node: Node) -> String {
    let project = &analysis.project;
    let id = |credential| {
        project
            .id(&project.credentials[credential].declared)
            .to_owned()
    };
    match node {
        Node::Stage(stage) => {
            let pathway = &project.pathways[project.stages[stage].pathway];
            format!(
                "name the pathway of this stage: `{}`",
                project.id(&pathway.declared)
            )
        }
        Node::Item(item) => {
            let mut assessors: Vec<String> = analysis
                .graph
                .assessors(item)
                .into_iter()
                .map(|one| id(one.credential))
                .collect();
            assessors.dedup();
            several("a credential that assesses it", &assessors)
                .filter(|_| !assessors.is_empty())
                .unwrap_or_else(|| "name a credential; none assesses this item".to_owned())
        }
        Node::Recognition(_) => {
            "give it with --recognise, and name what is to be reached".to_owned()
        }
        _ => "name a credential, a pathway, a role or a set".to_owned(),
    }
}

/// `ects`, `hours`, `count`; only what credentials of the project are measured in.
pub(super) fn measure(project: &Project, word: &str) -> Result<Measure, Fault> {
    let measure = known_measure(project, word)?;
    if measure.is_used(project) {
        return Ok(measure);
    }
    let mut used: Vec<String> = project
        .credit_units
        .iter()
        .filter(|(name, _)| Measure::Credit(**name).is_used(project))
        .map(|(_, unit)| format!("`{}`", unit.word))
        .collect();
    used.sort_unstable();
    if Measure::Hours.is_used(project) {
        used.push("`hours`".to_owned());
    }
    used.push("`count` (the number of credentials)".to_owned());
    Err(Fault::Usage {
        message: format!("no credential of this project says how many `{word}` it has"),
        help: Some(format!("use {}", used.join(" or "))),
    })
}

fn known_measure(project: &Project, word: &str) -> Result<Measure, Fault> {
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
