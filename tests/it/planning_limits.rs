//! A limit of time is kept, however large or knotty the project is: the clock is looked at while the work is done, and what does not
//! look at it is not waited for.

use std::cell::Cell;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use gradus::graph::names;
use gradus::plan::minimal::{self, More};
use gradus::plan::route::{Question, Verdict, plan};
use gradus::plan::solve::Planner;
use gradus::plan::target::Aim;
use gradus::workspace::Analysis;

use crate::support::analyze_text;

/// A project in which each badge from the `width`th on asks for any three of six earlier ones, and the goal for some of the last.
fn knotty(badges: usize, width: usize) -> String {
    let mut text = String::from("issuer h \"H\" { url <https://h.example> }\ndefaults { by h }\n");
    let mut random = 1_u64;
    let mut draw = |from: usize, to: usize| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        from + usize::try_from(random >> 33).unwrap_or(0) % (to - from)
    };
    for badge in 0..badges {
        let _ = write!(text, "badge c{badge} \"C\" {{ credit {} ects ", draw(1, 9));
        if badge >= width {
            text.push_str("requires { any 3 of {");
            for _ in 0..6 {
                let _ = write!(text, " c{}", draw(badge - width, badge));
            }
            text.push_str(" } } ");
        }
        text.push_str("}\n");
    }
    text.push_str("badge goal \"Goal\" { requires {");
    for _ in 0..20 {
        text.push_str(" any 2 of {");
        for _ in 0..6 {
            let _ = write!(text, " c{}", draw(badges - width, badges));
        }
        text.push_str(" }");
    }
    text.push_str(" } }\n");
    text
}

fn question(analysis: &Analysis, target: &str) -> Question {
    let node = names::find(&analysis.project, &analysis.graph, target).expect("a name");
    Question {
        aims: vec![Aim::of_node(node).expect("a goal")],
        ..Question::default()
    }
}

/// How long an answer with all minimal routes takes.
fn takes(analysis: &Analysis, limit: Duration) -> Duration {
    let question = question(analysis, "goal");
    let start = Instant::now();
    let left = || Some(limit.saturating_sub(start.elapsed()));
    let answer = plan(&analysis.project, &analysis.graph, &question, &left);
    assert!(matches!(answer.verdict, Verdict::Route(_)));
    let goal = question.goal(&analysis.project);
    let mut planner = Planner::new(&analysis.project, &analysis.graph, &goal, []);
    let found = minimal::minimal(&mut planner, 100, &left);
    assert!(!found.is_complete);
    start.elapsed()
}

/// Long enough for a slow machine, and much shorter than what the work takes without a limit: minutes.
const GRACE: Duration = Duration::from_secs(8);

#[test]
fn a_limit_is_kept_where_the_solver_does_not_look_at_the_clock() {
    for (badges, width) in [(400, 40), (3_000, 60)] {
        let analysis = analyze_text(&knotty(badges, width), None);
        let limit = Duration::from_millis(500);
        let took = takes(&analysis, limit);
        assert!(took < limit + GRACE, "{badges}: {took:?}");
    }
}

/// A route is made lean one credential after the other. For each of them there is a look at the clock, in a project of some hundred
/// badges as in a large one; and when time is over, hardly another look, since nothing more is tried.
#[test]
fn the_clock_is_looked_at_for_each_credential_that_is_tried() {
    let analysis = analyze_text(&knotty(400, 40), None);
    let question = question(&analysis, "goal");
    let looks = Cell::new(0_usize);
    for over_after in [0, 10, 100] {
        looks.set(0);
        let left = || {
            looks.set(looks.get() + 1);
            Some(if looks.get() > over_after {
                Duration::ZERO
            } else {
                Duration::from_secs(3_600)
            })
        };
        let answer = plan(&analysis.project, &analysis.graph, &question, &left);
        let Verdict::Route(route) = answer.verdict else {
            panic!("a route");
        };
        assert!(!route.is_proven && !route.all_priced, "{over_after}");
        let looked = looks.get();
        // Without a look while the first route was made lean, time would never have been over.
        assert!(looked > over_after, "{over_after}: {looked}");
        assert!(looked < over_after + 20, "{over_after}: {looked}");
    }
}

/// Counting looks at the clock too, where no diagram grows: here the sums are long, and most of what they name brings nothing.
#[test]
fn counting_stops_when_time_is_over() {
    let mut text = String::from("issuer h \"H\" { url <https://h.example> }\ndefaults { by h }\n");
    for badge in 0..300 {
        let credit = 1 + badge % 7;
        let _ = writeln!(text, "badge c{badge} \"C\" {{ credit {credit} ects }}");
    }
    text.push_str("badge goal \"Goal\" { requires { ");
    for sum in 0..40 {
        let _ = write!(text, "at least {} ects from {{", 40 + sum);
        for badge in 0..200 {
            let _ = write!(text, " c{}", (badge * 7 + sum) % 300);
        }
        text.push_str(" } ");
    }
    text.push_str("} }\n");
    let analysis = analyze_text(&text, None);
    let question = question(&analysis, "goal");
    let goal = question.goal(&analysis.project);
    let mut planner = Planner::new(&analysis.project, &analysis.graph, &goal, []);
    let looks = Cell::new(0_usize);
    let left = || {
        looks.set(looks.get() + 1);
        Some(Duration::ZERO)
    };
    let found = minimal::minimal(&mut planner, 0, &left);
    assert!(!found.is_complete);
    assert!(matches!(found.more, More::AtLeast(_)));
    assert!(looks.get() < 20, "{}", looks.get());
}

/// Rules that exclude a goal are looked for in time that grows with the project, not with its square: a long chain whose end is
/// missing takes as many steps as it has links.
#[test]
fn a_long_chain_without_an_end_is_explained_in_time() {
    let mut text = String::from("issuer h \"H\" { url <https://h.example> }\ndefaults { by h }\n");
    let links = 4_000;
    for link in 0..links {
        let _ = writeln!(
            text,
            "badge c{link} \"C\" {{ requires {{ c{} }} }}",
            link + 1
        );
    }
    let _ = writeln!(text, "badge c{links} \"C\" {{ requires {{ c{links} }} }}");
    let analysis = analyze_text(&text, None);
    let question = question(&analysis, "c0");
    let limit = Duration::from_secs(2);
    let start = Instant::now();
    let left = || Some(limit.saturating_sub(start.elapsed()));
    let answer = plan(&analysis.project, &analysis.graph, &question, &left);
    assert!(matches!(answer.verdict, Verdict::Unreachable(_)));
    assert!(start.elapsed() < limit + GRACE, "{:?}", start.elapsed());
}
