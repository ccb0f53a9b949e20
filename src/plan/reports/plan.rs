//! A plan as a report.

use super::{carried, ids, imported, name};
use crate::graph::Graph;
use crate::model::{Amount, Project};
use crate::plan::imported::{Cover, Covered};
use crate::plan::lean::is_late;
use crate::plan::minimal::{Minimal, More, minimal, price_of};
use crate::plan::price::Measure;
use crate::plan::report::{Cell, Report, Section};
use crate::plan::route::{Plan, Question, Route, TooDear, Verdict};
use crate::plan::solve::{Left, Planner};
use crate::plan::words::{self, counted, list};

/// What else is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown {
    /// All minimal routes, up to so many.
    pub minimal: Option<usize>,
}

/// The report of a plan, and whether the goal is reached within all limits.
#[must_use]
pub fn plan(
    project: &Project,
    graph: &Graph,
    question: &Question,
    shown: Shown,
    left: Left<'_>,
) -> (Report, bool) {
    let gaps = &question.gaps;
    let mut aims: Vec<&str> = question.aims.iter().map(|aim| aim.id(project)).collect();
    aims.extend(gaps.iter().map(|gap| gap.role.id.as_str()));
    let mut names: Vec<String> = question.aims.iter().map(|aim| aim.name(project)).collect();
    names.extend(gaps.iter().map(|gap| gap.role.name.clone()));
    let mut report = Report::new("plan", &aims.join(" and "), names.join(" and "));
    // What no credential can close is not planned for, and shown.
    let mut is_closed = true;
    for gap in gaps {
        imported::describe_gap(project, gap, &mut report);
        let can = |cover: &Cover| cover.covered == Covered::Fully;
        is_closed &= gap.essential().all(|(_, cover)| can(cover));
    }
    let open = std::mem::take(&mut report.sections);
    if question.aims.is_empty() && gaps.iter().all(|gap| gap.asks.is_empty()) {
        report.fact("status", if is_closed { "reached" } else { "unreachable" });
        report.sections = open;
        return (report, is_closed);
    }
    let plan = crate::plan::route::plan(project, graph, question, left);
    report.fact("measure", plan.measure.word(project));
    let reached = match &plan.verdict {
        Verdict::Route(route) => {
            describe(project, &plan, route, !gaps.is_empty(), &mut report);
            let held = question.start.held(project);
            let carried = carried::section(project, graph, plan.measure, &held, route);
            report.sections.extend(carried);
            true
        }
        Verdict::TooDear(limits) => {
            report.fact("status", "too-dear");
            report
                .summary
                .push("It can be reached, but not within these limits.".to_owned());
            too_dear(project, limits, &mut report);
            false
        }
        Verdict::Unreachable(blame) => {
            report.fact("status", "unreachable");
            report.summary.push(match aims.as_slice() {
                [_, _, ..] => format!("{} cannot be reached together by anybody.", list(&aims)),
                aims => format!("{} cannot be reached by anybody.", list(aims)),
            });
            let mut section = Section::new(
                "rules",
                if blame.is_smallest && blame.rules.len() == 1 {
                    "This rule makes it impossible"
                } else if blame.is_smallest {
                    "These rules together make it impossible; no fewer do"
                } else if blame.is_minimal {
                    "These rules together make it impossible; without any one of them it could be reached (no smaller set was looked for)"
                } else {
                    "These rules make it impossible (time ran out before the list was made as short as it can be)"
                },
                &[("rule", "Rule"), ("place", "Where")],
            );
            report.fact("rules", blame.rules.len());
            report.fact("rules-smallest", blame.is_smallest);
            for rule in &blame.rules {
                section.rows.push(vec![
                    rule.sentence(project, &aims).into(),
                    words::place(project, rule.place).into(),
                ]);
            }
            report.sections.push(section);
            false
        }
        Verdict::Unknown => {
            report.fact("status", "unknown");
            report.summary.push(
                "It can be reached, but no route within the limits was found in the time that was given."
                    .to_owned(),
            );
            false
        }
    };
    if let (Some(limit), true) = (shown.minimal, reached) {
        list_minimal(
            project,
            graph,
            question,
            plan.measure,
            limit,
            left,
            &mut report,
        );
    }
    report.sections.extend(open);
    (report, reached && is_closed)
}

/// Which limits cannot be kept at all; where each can be, that they clash.
fn too_dear(project: &Project, limits: &TooDear, report: &mut Report) {
    let mut each_alone = true;
    for (measure, limit, least) in &limits.limits {
        let limit_shown = measure.show(project, *limit);
        match least {
            Some(least) if least > limit => report.summary.push(format!(
                "The cheapest route takes {}; the limit is {limit_shown}.",
                measure.show(project, *least)
            )),
            Some(_) => continue,
            None => report
                .summary
                .push(format!("What it takes beyond {limit_shown} is not known.")),
        }
        each_alone = false;
    }
    if let Some((limit, least)) = limits.steps
        && least > limit
    {
        each_alone = false;
        report.summary.push(format!(
            "Even the shortest way takes {}, one after the other; the limit is {}.",
            counted(least as usize, "step", "steps"),
            counted(limit as usize, "step", "steps")
        ));
    }
    if each_alone {
        report
            .summary
            .push("Each limit can be kept, but not all of them by one route.".to_owned());
    }
    for (measure, limit, least) in &limits.limits {
        if let Some(least) = least.filter(|least| least <= limit) {
            report.summary.push(format!(
                "By itself, {} would do (the cheapest takes {}).",
                measure.show(project, *limit),
                measure.show(project, least)
            ));
        }
    }
    if let Some((limit, least)) = limits.steps.filter(|(limit, least)| least <= limit) {
        report.summary.push(format!(
            "By itself, {} would do (the shortest way takes {}).",
            counted(limit as usize, "step", "steps"),
            counted(least as usize, "step", "steps")
        ));
    }
}

fn describe(project: &Project, plan: &Plan, route: &Route, is_part: bool, report: &mut Report) {
    let (measure, price) = route
        .totals
        .first()
        .copied()
        .unwrap_or((plan.measure, Amount::ZERO));
    report.fact("status", "reached");
    report.fact("price", price);
    report.fact("at-least", route.least);
    report.fact("proven", route.is_proven);
    for &(measure, total) in &route.totals {
        report.fact(
            match measure {
                Measure::Credit(_) => "credit",
                Measure::Hours => "hours",
                Measure::Count => "credentials",
            },
            match measure {
                Measure::Credit(_) => Cell::Text(measure.show(project, total)),
                Measure::Hours | Measure::Count => Cell::Number(total),
            },
        );
    }
    report.fact("steps", route.steps.len());
    if route.steps.is_empty() {
        report.summary.push(if is_part {
            "Nothing more is needed for that: it is held already.".to_owned()
        } else {
            "Nothing is missing: it is reached already.".to_owned()
        });
    } else {
        let others: Vec<String> = route
            .totals
            .iter()
            .skip(1)
            .map(|&(measure, total)| measure.show(project, total))
            .collect();
        let others = if others.is_empty() {
            String::new()
        } else {
            format!(" ({})", others.join(", "))
        };
        let price = measure.show(project, price);
        report.summary.push(if route.is_proven {
            format!("The cheapest route takes {price}{others}. No route is cheaper: proven.")
        } else {
            format!(
                "The best route found takes {price}{others}. Time ran out: no route is cheaper than {}, more is not proven.",
                measure.show(project, route.least)
            )
        });
    }
    let added = measure.label(project);
    let mut steps = Section::new(
        "steps",
        "In this order",
        &[
            ("step", "Step"),
            ("stage", "Stage"),
            ("credential", "Credential"),
            ("name", "Name"),
            ("adds", &format!("Adds ({added})")),
        ],
    );
    for (index, step) in route.steps.iter().enumerate() {
        for &(credential, adds) in &step.earned {
            let stage = step.stage.map(|stage| {
                let declared = &project.stages[stage].declared;
                project.prose(&declared.name).into_owned()
            });
            steps.rows.push(vec![
                (index + 1).into(),
                stage.into(),
                words::id(project, credential).into(),
                name(project, credential).into(),
                adds.into(),
            ]);
        }
    }
    if !steps.rows.is_empty() {
        report.sections.push(steps);
    }
    let mut choices = Section::new(
        "choices",
        "What each choice cost",
        &[
            ("chosen", "Chosen"),
            ("more", &format!("Dearer without it by ({added})")),
            ("instead", "Then instead"),
        ],
    );
    for choice in &route.choices {
        choices.rows.push(vec![
            words::id(project, choice.chosen).into(),
            choice.more.into(),
            ids(project, &choice.instead).into(),
        ]);
    }
    if !route.all_priced {
        choices
            .notes
            .push("Not every choice was priced.".to_owned());
    }
    if !choices.rows.is_empty() || !route.all_priced {
        report.sections.push(choices);
    }
    let mut assumed = Section::new(
        "assumptions",
        "Assumed, since no credential proves it",
        &[("owner", "For"), ("assumed", "Assumed"), ("place", "Where")],
    );
    for assumption in &route.assumptions {
        assumed.rows.push(vec![
            assumption.owner.map(|id| words::id(project, id)).into(),
            assumption.text.clone().into(),
            words::place(project, assumption.place).into(),
        ]);
    }
    if !assumed.rows.is_empty() {
        report.sections.push(assumed);
    }
}

fn list_minimal(
    project: &Project,
    graph: &Graph,
    question: &Question,
    measure: Measure,
    limit: usize,
    left: Left<'_>,
    report: &mut Report,
) {
    let mut found = Minimal::default();
    let mut rows: Vec<(Amount, Vec<String>)> = Vec::new();
    // To look at a large project once more takes time by itself.
    if !is_late(project.credentials.len(), left) {
        let goal = question.goal(project);
        let mut planner = Planner::new(project, graph, &goal, question.start.held(project));
        found = minimal(&mut planner, limit, left);
        let price = planner.price(measure);
        rows.extend(found.sets.iter().map(|set| {
            let mut members: Vec<_> = set
                .iter()
                .map(|&position| planner.cone.members()[position].credential)
                .collect();
            members.sort_unstable();
            (price_of(&price, set), ids(project, &members))
        }));
        rows.sort();
    }
    let mut section = Section::new(
        "minimal",
        if found.is_complete {
            "All minimal routes"
        } else {
            "Minimal routes"
        },
        &[
            ("price", &format!("Price ({})", measure.label(project))),
            ("credentials", "Credentials"),
        ],
    );
    section
        .notes
        .push("Nothing can be left out of a minimal route.".to_owned());
    section.notes.push(if found.is_complete {
        format!(
            "These are all: {}.",
            counted(rows.len(), "minimal route", "minimal routes")
        )
    } else {
        incomplete(rows.len(), found.more)
    });
    report.fact("minimal-routes", rows.len());
    report.fact("minimal-complete", found.is_complete);
    let more = match found.more {
        More::Exactly(more) => ("minimal-more", more),
        More::AtLeast(more) => ("minimal-more-at-least", more),
    };
    report.fact(more.0, number(more.1));
    for (price, members) in rows {
        section.rows.push(vec![price.into(), members.into()]);
    }
    report.sections.push(section);
}

/// What is said where not all minimal routes are listed.
pub(super) fn incomplete(listed: usize, more: More) -> String {
    let these = match listed {
        0 => {
            return match more {
                More::Exactly(1) => "There is 1 minimal route; it is not listed.".to_owned(),
                More::Exactly(more) => format!(
                    "There are {} minimal routes; none of them is listed.",
                    grouped(more)
                ),
                More::AtLeast(0) => {
                    "How many minimal routes there are is not known; none of them is listed."
                        .to_owned()
                }
                More::AtLeast(more) => format!(
                    "There {} at least {}; how many in all is not known, and none of them is listed.",
                    if more == 1 { "is" } else { "are" },
                    match more {
                        1 => "1 minimal route".to_owned(),
                        more => format!("{} minimal routes", grouped(more)),
                    }
                ),
            };
        }
        1 => "This is 1 of them".to_owned(),
        count => format!("These are {count} of them"),
    };
    match more {
        More::Exactly(more) => {
            let all = more.saturating_add(listed as u128);
            format!("{these}; there are {} in all.", grouped(all))
        }
        More::AtLeast(0) => format!("{these}; how many more there are is not known."),
        More::AtLeast(more) => format!(
            "{these}; there {} at least {} more, and how many in all is not known.",
            if more == 1 { "is" } else { "are" },
            grouped(more)
        ),
    }
}

/// A number as a cell; beyond what amounts hold, as text.
fn number(count: u128) -> Cell {
    match i64::try_from(count) {
        Ok(small) if small < i64::MAX / 1000 => Cell::Number(Amount::whole(small)),
        Ok(_) | Err(_) => Cell::Text(grouped(count)),
    }
}

/// `1,234,567`; the largest number that is counted is told as a bound.
fn grouped(count: u128) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if count == u128::MAX {
        format!("more than {out}")
    } else {
        out
    }
}

/// Ids in a sentence.
pub(super) fn sentence(items: &[String]) -> String {
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    list(&items)
}
