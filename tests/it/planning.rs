//! Plans against brute force: on random small programs, the cheapest route, its limits and the minimal sets are what trying
//! every subset says.

use gradus::graph::cone::Goal;
use gradus::model::{Amount, CredentialId, PathwayId, Project, Requirement, Unit};
use gradus::plan::price::Measure;
use gradus::plan::solve::{Answer, Ask, Planner};

use crate::evaluator::{self, Held, has, subsets};
use crate::random_programs::Writer;
use crate::support::analyze_text;

/// How many random programs: few in everyday runs, `GRADUS_CASES=10000` for the full proof.
pub fn cases(few: u64) -> u64 {
    std::env::var("GRADUS_CASES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(few)
}

/// A goal of a small program: a credential, or the pathway `way`.
pub fn goal(project: &Project, which: u64) -> (Vec<CredentialId>, Vec<&Requirement>) {
    if which % 3 == 0 {
        let way = &project.pathways[PathwayId(0)];
        let asks = way
            .stages
            .iter()
            .flat_map(|&stage| &project.stages[stage].asks)
            .collect();
        let ends = way.leads_to.iter().map(|&(id, _)| id).collect();
        (ends, asks)
    } else {
        let id = CredentialId((which / 3) as u32 % project.credentials.len() as u32);
        (vec![id], Vec::new())
    }
}

pub fn reached(
    project: &Project,
    goal: &(Vec<CredentialId>, Vec<&Requirement>),
    held: Held,
) -> bool {
    goal.0.iter().all(|&id| has(held, id))
        && goal
            .1
            .iter()
            .all(|requirement| evaluator::met(project, requirement, held))
}

/// What newly earning `chosen` costs, in thousandths.
pub fn price(project: &Project, given: Held, chosen: Held, unit: Option<Unit>) -> i64 {
    project
        .credentials
        .iter()
        .filter(|&(id, _)| has(chosen, id))
        .map(|(id, credential)| {
            let Some(unit) = unit else { return 1000 };
            let parts = credential
                .stacks
                .as_ref()
                .map_or(0, |stacks| evaluator::mentioned(project, stacks))
                & !(1 << id.0)
                & (given | chosen);
            let carried: i64 = project
                .credentials
                .ids()
                .filter(|&part| has(parts, part))
                .map(|part| evaluator::value(project, part, unit))
                .sum();
            (evaluator::value(project, id, unit) - carried).max(0)
        })
        .sum()
}

/// Every set that can be earned from `given` and reaches the goal, with the rounds it takes.
pub fn routes(
    project: &Project,
    given: Held,
    goal: &(Vec<CredentialId>, Vec<&Requirement>),
) -> Vec<(Held, u32)> {
    let all = (1u32 << project.credentials.len()) - 1;
    subsets(all & !given)
        .filter_map(|chosen| {
            let (mut held, mut rounds) = (given, 0);
            let mut reached_after = reached(project, goal, held).then_some(0);
            loop {
                let now = evaluator::next(project, held, chosen);
                if now == 0 {
                    break;
                }
                held |= now;
                rounds += 1;
                if reached_after.is_none() && reached(project, goal, held) {
                    reached_after = Some(rounds);
                }
            }
            (held == given | chosen).then_some((chosen, reached_after?))
        })
        .collect()
}

pub fn minimal(routes: &[(Held, u32)]) -> Vec<Held> {
    routes
        .iter()
        .map(|&(chosen, _)| chosen)
        .filter(|&chosen| {
            !routes
                .iter()
                .any(|&(other, _)| other != chosen && other & chosen == other)
        })
        .collect()
}

#[test]
fn the_cheapest_route_is_the_one_that_trying_every_subset_finds() {
    let mut reached_some = 0;
    for seed in 0..cases(400) {
        let text = Writer::new(seed, 6).program();
        let analysis = analyze_text(&text, None);
        let project = &analysis.project;
        let goal = goal(project, seed);
        let given = if seed % 4 == 0 { (seed / 4 % 8) as u32 } else { 0 };
        let routes = routes(project, given, &goal);
        let held: Vec<CredentialId> = project
            .credentials
            .ids()
            .filter(|&id| has(given, id))
            .collect();
        let target = Goal {
            credentials: goal.0.clone(),
            requirements: goal.1.clone(),
        };
        let mut planner = Planner::new(project, &analysis.graph, &target, held);
        assert_eq!(planner.is_reachable(), !routes.is_empty(), "{seed}\n{text}");
        reached_some += u32::from(!routes.is_empty());
        let ects = project
            .names
            .find("ects")
            .map_or(Measure::Count, Measure::Credit);
        let unit = |measure| match measure {
            Measure::Credit(name) => Some(Unit::Credit(name)),
            Measure::Hours => Some(Unit::Hours),
            Measure::Count => None,
        };
        let none_left = || None;
        for (index, measure) in [ects, Measure::Hours, Measure::Count].into_iter().enumerate() {
            let limit = (seed % 9) as i64 * 1000;
            let rounds = (seed % 4) as u32;
            let asks = [
                (Ask::default(), i64::MAX, u32::MAX),
                (
                    Ask {
                        rounds: Some(rounds),
                        ..Ask::default()
                    },
                    i64::MAX,
                    rounds,
                ),
                (
                    Ask {
                        within: vec![(ects, Amount(limit))],
                        ..Ask::default()
                    },
                    limit,
                    u32::MAX,
                ),
            ];
            let ask = &asks[(seed as usize + index) % 3];
            let expected = routes
                .iter()
                .filter(|&&(chosen, after)| {
                    price(project, given, chosen, unit(ects)) <= ask.1 && after <= ask.2
                })
                .map(|&(chosen, _)| price(project, given, chosen, unit(measure)))
                .min();
            let question = Ask {
                minimise: Some(measure),
                ..ask.0.clone()
            };
            let answer = planner.solve(&question, &none_left);
            let found = match &answer {
                Answer::Route(found) => {
                    assert!(found.is_proven(), "{seed}\n{text}");
                    let chosen = found.positions().fold(0, |chosen, position| {
                        chosen | 1 << planner.cone.members()[position].credential.0
                    });
                    assert!(
                        routes.iter().any(|&(known, _)| known == chosen),
                        "{seed}: {chosen:b} is no route\n{text}"
                    );
                    assert_eq!(
                        found.price.0,
                        price(project, given, chosen, unit(measure)),
                        "{seed}\n{text}"
                    );
                    Some(found.price.0)
                }
                Answer::None => None,
                Answer::Unknown => panic!("{seed}: no answer\n{text}"),
            };
            assert_eq!(found, expected, "{seed}: {question:?} given {given:b}\n{text}");
        }
    }
    assert!(reached_some > 20);
}
