//! How fast `plan` answers: what can be reached at all in a very large catalogue, and the cheapest route to every course of a
//! real university: `cargo bench --bench routes`. Exit code 1 where a goal is missed by half.
//!
//! The catalogue has 100,000 credentials and 300,000 names in their requirements: blocks of *all*, *any* and *any 2 of*, some of
//! them in circles. The courses are those of `../shared/data/pathways`; where they are absent, that is said.
//! `GRADUS_BENCH_COURSES=10` takes every tenth course.

#[path = "../tests/it/ucsd/convert.rs"]
mod convert;

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gradus::config::ProjectFile;
use gradus::diag::Sink;
use gradus::plan::route::{Question, Verdict, plan};
use gradus::plan::solve::Planner;
use gradus::plan::target::Aim;
use gradus::source::Sources;
use gradus::workspace::{self, Analysis, Loaded};

/// How many credentials the catalogue has.
const CREDENTIALS: usize = 100_000;
/// The goal for reachability in it.
const REACH: Duration = Duration::from_millis(500);
/// The goal for one plan.
const PLAN: Duration = Duration::from_secs(1);
/// How often what is short is measured.
const RUNS: usize = 7;

fn main() -> ExitCode {
    let mut missed = false;
    let mut goal = |name: &str, took: Duration, most: Duration| {
        let verdict = if took > most { "GOAL MISSED" } else { "ok" };
        println!("{name}: {took:.1?} (goal {most:.1?}): {verdict}");
        missed |= took > most + most / 2;
    };
    let (text, edges) = catalogue();
    let large = analyzed(text);
    let project = &large.project;
    println!(
        "{} credentials, {edges} names in requirements",
        project.credentials.len()
    );
    let mut earned = 0;
    let took = least(|| {
        let earnable = gradus::graph::earnable(project, &large.graph, &[]);
        earned = earnable.iter().filter(|&&can| can).count();
    });
    println!("{earned} of them can be earned");
    goal("what can be reached at all", took, REACH);
    let Some(last) = project.credentials.ids().last() else {
        return ExitCode::FAILURE;
    };
    let aim = Aim::Credential(last);
    let mut members = 0;
    let took = least(|| {
        let planner = Planner::new(project, &large.graph, &aim.goal(project), []);
        members = planner.cone.members().len();
        std::hint::black_box(planner.is_reachable());
    });
    println!("{members} credentials behind the last one");
    goal(
        "whether one goal can be reached, ready to plan",
        took,
        REACH,
    );
    match convert::read() {
        Some(courses) => courses_planned(&courses, &mut goal),
        None => println!("the courses are not at hand: nothing planned"),
    }
    if missed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Every course planned as the command plans it: route, proof, price of each choice.
fn courses_planned(courses: &[convert::Course], goal: &mut impl FnMut(&str, Duration, Duration)) {
    let step = std::env::var("GRADUS_BENCH_COURSES").ok();
    let step: usize = step.and_then(|step| step.parse().ok()).unwrap_or(1).max(1);
    let analysis = analyzed(convert::convert(courses));
    let project = &analysis.project;
    let (mut all, mut slowest) = (Duration::ZERO, (Duration::ZERO, ""));
    let (mut routes, mut proven, mut none) = (0, 0, 0);
    for id in project.credentials.ids().step_by(step) {
        let question = Question {
            aims: vec![Aim::Credential(id)],
            ..Question::default()
        };
        let start = Instant::now();
        let plan = plan(project, &analysis.graph, &question, &|| None);
        let took = start.elapsed();
        match plan.verdict {
            Verdict::Route(route) => {
                routes += 1;
                proven += usize::from(route.is_proven && route.all_priced);
            }
            Verdict::TooDear(_) | Verdict::Unreachable(_) | Verdict::Unknown => none += 1,
        }
        all += took;
        if took > slowest.0 {
            slowest = (took, project.id(&project.credentials[id].declared));
        }
    }
    println!(
        "{routes} courses with a route ({proven} with proof and every choice priced), {none} that nobody can take, {all:.1?} in all"
    );
    goal(&format!("the slowest plan, {}", slowest.1), slowest.0, PLAN);
}

/// The least time of several runs.
fn least(mut run: impl FnMut()) -> Duration {
    (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// The catalogue as text, and how many names stand in its requirements.
fn catalogue() -> (String, usize) {
    let mut text = String::with_capacity(CREDENTIALS * 120);
    let mut seed = 20_260_801_u64;
    let mut below = |limit: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % limit
    };
    let mut edges = 0;
    for at in 0..CREDENTIALS {
        let _ = write!(text, "badge c{at} \"C\" {{ credit 1 ects criteria \"x\"");
        if at >= 10 {
            // Mostly what was written shortly before; one in fifty leans on what comes later, so that there are circles.
            let mut other = || {
                if below(50) == 0 {
                    below(CREDENTIALS)
                } else {
                    at - 1 - below(at.min(2_000))
                }
            };
            let (a, b, c) = (other(), other(), other());
            edges += 3;
            let _ = match at % 3 {
                0 => write!(text, " requires {{ c{a} any {{ c{b} c{c} }} }}"),
                1 => write!(text, " requires {{ any {{ c{a} c{b} c{c} }} }}"),
                _ => write!(text, " requires {{ any 2 of {{ c{a} c{b} c{c} }} }}"),
            };
        }
        text.push_str(" }\n");
    }
    (text, edges)
}

fn analyzed(text: String) -> Analysis {
    let mut sources = Sources::new();
    sources.add("catalogue.gradus", text);
    let loaded = Loaded {
        sources: Arc::new(sources),
        gradus_files: 1,
        project_file: None,
        project: ProjectFile::default(),
        packs: Vec::new(),
        tables: Vec::new(),
        parsed: None,
        sink: Sink::new(),
    };
    workspace::analyze(loaded, &|_| None)
}
