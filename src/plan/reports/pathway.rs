//! A pathway, looked through: what it takes at least and at most, what nobody can do without, what nobody needs, what lapses on
//! the way, and what is counted twice.

pub use super::pace::Pace;
use super::pace::expiry;
use super::plan::{incomplete, sentence};
use super::{ids, name};
use crate::graph::Graph;
use crate::graph::cone::Goal;
use crate::graph::requirements::{Mention, mentions, walk, walk_parts};
use crate::model::{
    Amount, CredentialId, PathwayId, Project, Requirement, RequirementKind, SumPartKind,
};
use crate::plan::accepts::{Accepts, route_around};
use crate::plan::blame;
use crate::plan::minimal::{Minimal, keystones, minimal, price_of};
use crate::plan::price::{Measure, measures};
use crate::plan::report::{Cell, Report, Section};
use crate::plan::solve::{Answer, Ask, Found, Left, Planner};
use crate::plan::target::{Aim, gates_of, stages_in_order};
use crate::plan::words::{self, counted};

/// How many minimal routes are looked at.
const ROUTES: usize = 500;

/// What is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    pub pace: Option<Pace>,
    pub minimise: Option<Measure>,
}

/// The report on one pathway, for somebody who holds nothing.
#[must_use]
pub fn report(
    project: &Project,
    graph: &Graph,
    pathway: PathwayId,
    options: Options,
    left: Left<'_>,
) -> Report {
    let aim = Aim::Pathway(pathway);
    let goal = aim.goal(project);
    let mut report = Report::new("pathway", aim.id(project), aim.name(project));
    let mut planner = Planner::new(project, graph, &goal, []);
    let measure = options
        .minimise
        .or_else(|| options.pace.map(|pace| pace.measure))
        .or_else(|| measures(project, &planner.cone).first().copied())
        .unwrap_or(Measure::Count);
    report.fact("reachable", planner.is_reachable());
    report.fact("measure", measure.word(project));
    if !planner.is_reachable() {
        unreachable(project, &planner, aim, left, &mut report);
        return report;
    }
    let ask = Ask {
        minimise: Some(measure),
        ..Ask::default()
    };
    let Answer::Route(cheapest) = planner.solve(&ask, left) else {
        report
            .summary
            .push("It can be reached; no route was found in the time that was given.".to_owned());
        return report;
    };
    let routes = minimal(&mut planner, ROUTES, left);
    let price = planner.price(measure);
    let dearest = routes.sets.iter().max_by_key(|set| price_of(&price, set));
    let keys = keystones(&mut planner, left);
    totals(
        project,
        measure,
        &cheapest,
        dearest.map(|dearest| price_of(&price, dearest)),
        &routes,
        &mut report,
    );
    match &keys {
        Some(keys) => {
            report.fact("keystones", planned(project, &planner, keys));
            if !keys.is_empty() {
                report.summary.push(format!(
                    "In every route: {}.",
                    sentence(&planned(project, &planner, keys))
                ));
            }
        }
        None => report
            .summary
            .push("Time ran out: what is in every route is not known.".to_owned()),
    }
    let dearest = dearest.map_or(&[][..], Vec::as_slice);
    credentials(
        project,
        &planner,
        (&cheapest, dearest, keys.as_deref(), &routes),
        &mut report,
    );
    stages(project, graph, pathway, left, &mut report);
    redundant(project, graph, pathway, left, &mut report);
    chain(project, graph, &planner, &cheapest, &mut report);
    if let Some(pace) = options.pace {
        expiry(project, &mut planner, (aim, &cheapest), pace, &mut report);
    }
    double(project, graph, &planner, &mut report);
    report
}

fn planned(project: &Project, planner: &Planner<'_>, positions: &[usize]) -> Vec<String> {
    let members: Vec<CredentialId> = positions
        .iter()
        .map(|&position| planner.cone.members()[position].credential)
        .collect();
    ids(project, &members)
}

fn unreachable(
    project: &Project,
    planner: &Planner<'_>,
    aim: Aim,
    left: Left<'_>,
    report: &mut Report,
) {
    let id = report.subject.clone();
    report
        .summary
        .push(format!("`{id}` cannot be completed by anybody."));
    let blame = blame::blame(project, &planner.cone, &planner.most, &[aim], left);
    let columns = [("rule", "Rule"), ("place", "Where")];
    let mut section = Section::new("rules", "These rules make it impossible", &columns);
    for rule in &blame.rules {
        section.rows.push(vec![
            rule.sentence(project, &[&id]).into(),
            words::place(project, rule.place).into(),
        ]);
    }
    report.sections.push(section);
}

fn totals(
    project: &Project,
    measure: Measure,
    cheapest: &Found,
    dearest: Option<Amount>,
    routes: &Minimal,
    report: &mut Report,
) {
    report.fact("cheapest", cheapest.price);
    report.fact("cheapest-proven", cheapest.is_proven());
    if let Some(dearest) = dearest {
        report.fact("dearest", dearest);
    }
    report.fact("minimal-routes", routes.sets.len());
    report.fact("minimal-complete", routes.is_complete);
    let proven = if cheapest.is_proven() {
        String::new()
    } else {
        format!(
            " (time ran out; at least {})",
            measure.show(project, cheapest.least)
        )
    };
    report.summary.push(format!(
        "The cheapest route takes {}{proven}.",
        measure.show(project, cheapest.price)
    ));
    let listed = routes.sets.len();
    report.summary.push(match dearest {
        Some(dearest) if routes.is_complete => format!(
            "There {} {}; the dearest takes {}.",
            if listed == 1 { "is" } else { "are" },
            counted(listed, "minimal route", "minimal routes"),
            measure.show(project, dearest)
        ),
        Some(dearest) => format!(
            "{} minimal routes were looked at. {} The dearest of these takes {}; there may be dearer ones.",
            listed,
            incomplete(listed, routes.more),
            measure.show(project, dearest)
        ),
        None => incomplete(listed, routes.more),
    });
}

fn credentials(
    project: &Project,
    planner: &Planner<'_>,
    (cheapest, dearest, keys, routes): (&Found, &[usize], Option<&[usize]>, &Minimal),
    report: &mut Report,
) {
    let mut section = Section::new(
        "credentials",
        "Credentials",
        &[
            ("credential", "Credential"),
            ("name", "Name"),
            ("use", "Use"),
            ("cheapest", "In the cheapest route"),
            ("dearest", "In the dearest route"),
            ("routes", "Minimal routes with it"),
        ],
    );
    section
        .notes
        .push("A minimal route is one of which nothing can be left out.".to_owned());
    let mut dead = Vec::new();
    for (position, member) in planner.cone.members().iter().enumerate() {
        let used = routes
            .sets
            .iter()
            .filter(|set| set.binary_search(&position).is_ok())
            .count();
        let word = if keys.is_some_and(|keys| keys.binary_search(&position).is_ok()) {
            "in every route"
        } else if used > 0 && keys.is_some() {
            "a choice"
        } else if !planner.most.has(position) {
            "cannot be earned"
        } else if routes.is_complete {
            "in no minimal route"
        } else {
            "not known"
        };
        if word == "in no minimal route" || word == "cannot be earned" {
            dead.push(member.credential);
        }
        section.rows.push(vec![
            words::id(project, member.credential).into(),
            name(project, member.credential).into(),
            word.into(),
            cheapest.chosen[position].into(),
            dearest.contains(&position).into(),
            used.into(),
        ]);
    }
    report.fact("dead", ids(project, &dead));
    report.sections.push(section);
}

/// Whether whoever reaches the first goal meets these requirements as well.
fn follows(
    project: &Project,
    graph: &Graph,
    goal: &Goal<'_>,
    part: &Goal<'_>,
    left: Left<'_>,
) -> Option<bool> {
    match route_around(project, graph, (goal, part), &[], left) {
        Accepts::Everyone => Some(true),
        Accepts::NotAll(_) => Some(false),
        Accepts::Unknown => None,
    }
}

fn answer(follows: Option<bool>) -> Cell {
    follows.map_or(Cell::Text("not known".to_owned()), Cell::Truth)
}

/// Stages where nothing is left to do for whoever comes from the stages before.
fn stages(
    project: &Project,
    graph: &Graph,
    pathway: PathwayId,
    left: Left<'_>,
    report: &mut Report,
) {
    let mut section = Section::new(
        "stages",
        "Stages",
        &[
            ("stage", "Stage"),
            ("name", "Name"),
            ("adds-nothing", "Nothing left to do in it"),
            ("awards", "Awards"),
        ],
    );
    let mut idle = Vec::new();
    let mut before = Goal::default();
    for (_, stage) in stages_in_order(project, pathway) {
        let part = Goal {
            credentials: Vec::new(),
            requirements: stage.asks.iter().collect(),
        };
        let adds_nothing = follows(project, graph, &before, &part, left);
        before.requirements.extend(&stage.asks);
        if adds_nothing == Some(true) {
            idle.push(project.id(&stage.declared).to_owned());
        }
        let awards: Vec<CredentialId> = stage.awards.iter().map(|&(id, _)| id).collect();
        section.rows.push(vec![
            project.id(&stage.declared).into(),
            project.prose(&stage.declared.name).into_owned().into(),
            answer(adds_nothing),
            ids(project, &awards).into(),
        ]);
    }
    if !idle.is_empty() {
        report.summary.push(format!(
            "Whoever has done the stages before has nothing left to do in {}.",
            sentence(&idle)
        ));
    }
    report.fact("stages-that-add-nothing", idle);
    report.sections.push(section);
}

/// Requirements that the stages before and the rest of their own stage imply.
fn redundant(
    project: &Project,
    graph: &Graph,
    pathway: PathwayId,
    left: Left<'_>,
    report: &mut Report,
) {
    let mut section = Section::new(
        "redundant",
        "Requirements that what comes before implies",
        &[("stage", "Stage"), ("asks", "Asks"), ("place", "Where")],
    );
    let mut before: Vec<&Requirement> = Vec::new();
    for (_, stage) in stages_in_order(project, pathway) {
        for asked in &stage.asks {
            let others = stage
                .asks
                .iter()
                .filter(|other| !std::ptr::eq(*other, asked));
            let rest = Goal {
                credentials: Vec::new(),
                requirements: before.iter().copied().chain(others).collect(),
            };
            let part = Goal {
                credentials: Vec::new(),
                requirements: vec![asked],
            };
            if follows(project, graph, &rest, &part, left) == Some(true) {
                section.rows.push(vec![
                    project.id(&stage.declared).into(),
                    words::requirement(project, asked).into(),
                    words::place(project, asked.place).into(),
                ]);
            }
        }
        before.extend(&stage.asks);
    }
    if !section.rows.is_empty() {
        section.notes.push(
            "Each of these could be left out by itself; it may be written for the reader."
                .to_owned(),
        );
        report.sections.push(section);
    }
}

/// The longest chain of credentials in the cheapest route of which each needs the one before it.
fn chain(
    project: &Project,
    graph: &Graph,
    planner: &Planner<'_>,
    cheapest: &Found,
    report: &mut Report,
) {
    let earned = planner.cone.earn(&cheapest.chosen, None);
    let last = cheapest
        .positions()
        .max_by_key(|&position| (earned.rounds[position], std::cmp::Reverse(position)));
    let Some(mut at) = last else { return };
    let mut chain = vec![planner.cone.members()[at].credential];
    while let Some(round) = earned.rounds[at].filter(|&round| round > 1) {
        let id = planner.cone.members()[at].credential;
        let mut named: Vec<CredentialId> = Vec::new();
        for (mention, _) in gates_of(project, id).flat_map(mentions) {
            match mention {
                Mention::Credential(id) => named.push(id),
                Mention::Set(set) => named.extend(graph.sets().reach(project, graph, set)),
                Mention::Skill { item, .. } => {
                    named.extend(graph.assessors(item).iter().map(|one| one.credential));
                }
            }
        }
        let before = named
            .into_iter()
            .filter_map(|id| planner.cone.position(id))
            .find(|&position| earned.rounds[position] == Some(round - 1));
        let Some(before) = before else { break };
        chain.push(planner.cone.members()[before].credential);
        at = before;
    }
    chain.reverse();
    report.fact("longest-chain", ids(project, &chain));
    report.summary.push(format!(
        "The longest chain of prerequisites in it: {}.",
        ids(project, &chain).join(" → ")
    ));
}

/// Credentials whose credit two sums of the pathway may count, or two awards are made of.
fn double(project: &Project, graph: &Graph, planner: &Planner<'_>, report: &mut Report) {
    let Some(pathway) = project.find(&report.subject) else {
        return;
    };
    let crate::model::Entity::Pathway(pathway) = pathway else {
        return;
    };
    let mut counted_in: Vec<(CredentialId, String)> = Vec::new();
    let mut add = |owner: &str, requirement: &Requirement| {
        for part in walk(requirement) {
            let RequirementKind::Sum(sum) = &part.kind else {
                continue;
            };
            if sum.counted_once {
                continue;
            }
            let place = format!("{owner}: {}", words::requirement(project, part));
            for source in walk_parts(&sum.parts) {
                match &source.kind {
                    SumPartKind::Credential(id) => counted_in.push((*id, place.clone())),
                    SumPartKind::Set(set) => {
                        let members = graph.sets().members(project, *set);
                        counted_in.extend(members.into_iter().map(|id| (id, place.clone())));
                    }
                    SumPartKind::AtMost { .. } | SumPartKind::Unresolved => {}
                }
            }
        }
    };
    for &stage in &project.pathways[pathway].stages {
        let stage = &project.stages[stage];
        for requirement in &stage.asks {
            add(project.id(&stage.declared), requirement);
        }
    }
    for member in planner.cone.members() {
        for requirement in gates_of(project, member.credential) {
            add(words::id(project, member.credential), requirement);
        }
    }
    counted_in.sort();
    counted_in.dedup();
    let mut section = Section::new(
        "double-counting",
        "Credit that several sums may count",
        &[("credential", "Credential"), ("sums", "Sums")],
    );
    for same in counted_in.chunk_by(|one, other| one.0 == other.0) {
        if let [(id, _), _, ..] = same {
            let sums: Vec<String> = same.iter().map(|(_, place)| place.clone()).collect();
            section
                .rows
                .push(vec![words::id(project, *id).into(), sums.into()]);
        }
    }
    if !section.rows.is_empty() {
        section
            .notes
            .push("`counted once` after the sums of a block keeps them apart.".to_owned());
        report.sections.push(section);
    }
}
