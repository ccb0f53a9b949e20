//! `gradus plan`: the cheapest way to a goal, or why there is none.

use std::path::PathBuf;

use super::super::Exit;
use super::super::args::{Plan, PlanFormat};
use super::super::terminal::Terminal;
use super::planning::{Limit, analyzed, clock, instead, limit, measure, named, thing};
use super::planning_role::{AnyRole, role};
use crate::emit::reports;
use crate::graph::Node;
use crate::plan::imported;
use crate::plan::reports::{Shown, plan};
use crate::plan::route::Question;
use crate::plan::target::{Aim, Start};
use crate::workspace::Fault;

pub(in crate::cli) fn run(
    options: &Plan,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (root, analysis) = analyzed(options.project.clone(), config, "the plan", terminal)?;
    let project = &analysis.project;
    let mut question = Question::default();
    if let Some(target) = &options.target {
        let node = named(&analysis, target)?;
        let aim = Aim::of_node(node).ok_or_else(|| Fault::Usage {
            message: format!("`{target}` is nothing that can be reached"),
            help: Some(instead(&analysis, node)),
        })?;
        question.aims.push(aim);
    }
    let mut from_elsewhere = None;
    if let Some(name) = &options.for_role {
        match role(&root, &analysis, name)? {
            AnyRole::Own(id) => question.aims.push(Aim::Role(id)),
            AnyRole::Imported(role) => from_elsewhere = Some(role),
        }
    }
    let mut start = Start::default();
    for id in &options.holding {
        start
            .holding
            .push(thing(&analysis, id, "a credential", |node| match node {
                Node::Credential(id) => Some(id),
                _ => None,
            })?);
    }
    for id in &options.recognise {
        start
            .recognised
            .push(thing(&analysis, id, "a recognition", |node| match node {
                Node::Recognition(id) => Some(id),
                _ => None,
            })?);
    }
    if let Some(role) = from_elsewhere {
        let held = start.held(project);
        let gap = imported::gap(project, &analysis.graph, *role, &held);
        question.gaps.push(gap);
    }
    question.start = start;
    question.minimise = options
        .minimise
        .as_deref()
        .map(|word| measure(project, word))
        .transpose()?;
    for text in &options.within {
        match limit(project, text)? {
            Limit::Price(measure, amount) => question.within.push((measure, amount)),
            Limit::Steps(steps) => {
                let least = question.steps.map_or(steps, |known| known.min(steps));
                question.steps = Some(least);
            }
        }
    }
    let shown = Shown {
        minimal: options.all_minimal,
    };
    let left = clock(options.time_limit);
    let (report, reached) = plan(project, &analysis.graph, &question, shown, &left);
    terminal.print(&match options.format {
        PlanFormat::Text => reports::text(&report),
        PlanFormat::Json => reports::json(&report),
        PlanFormat::Markdown => reports::markdown(&report),
    })?;
    Ok(if analysis.bad_settings {
        Exit::Usage
    } else if reached {
        Exit::Clean
    } else {
        Exit::Findings
    })
}
