//! Plans against brute force: on random small programs, the cheapest route, its limits and the minimal sets are what trying
//! every subset says.

use gradus::graph::cone::Goal;
use gradus::model::{Amount, CredentialId, PathwayId, Project, Requirement, Unit};
use gradus::plan::accepts::{Accepts, accepts, route_around};
use gradus::plan::blame::blame;
use gradus::plan::minimal;
use gradus::plan::price::Measure;
use gradus::plan::solve::{Answer, Ask, Planner};
use gradus::plan::target::Aim;

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
    if which.is_multiple_of(3) {
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
        let given = if seed.is_multiple_of(4) {
            (seed / 4 % 8) as u32
        } else {
            0
        };
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
        for (index, measure) in [ects, Measure::Hours, Measure::Count]
            .into_iter()
            .enumerate()
        {
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
            assert_eq!(
                found, expected,
                "{seed}: {question:?} given {given:b}\n{text}"
            );
        }
    }
    assert!(reached_some > 20);
}

fn bits(planner: &Planner<'_>, positions: &[usize]) -> Held {
    positions.iter().fold(0, |held, &position| {
        held | 1 << planner.cone.members()[position].credential.0
    })
}

#[test]
fn minimal_routes_and_keystones_are_those_that_trying_every_subset_finds() {
    for seed in 0..cases(300) {
        let text = Writer::new(seed ^ 0x5eed, 6).program();
        let analysis = analyze_text(&text, None);
        let project = &analysis.project;
        let goal = goal(project, seed);
        let routes = routes(project, 0, &goal);
        let mut expected = minimal(&routes);
        expected.sort_unstable();
        let target = Goal {
            credentials: goal.0.clone(),
            requirements: goal.1.clone(),
        };
        let mut planner = Planner::new(project, &analysis.graph, &target, []);
        let found = minimal::minimal(&mut planner, 1000, &|| None);
        assert!(found.is_complete, "{seed}\n{text}");
        let mut sets: Vec<Held> = found.sets.iter().map(|set| bits(&planner, set)).collect();
        sets.sort_unstable();
        assert_eq!(sets, expected, "{seed}\n{text}");
        let keys = minimal::keystones(&mut planner, &|| None).unwrap_or_default();
        let in_all = expected.iter().copied().reduce(|one, other| one & other);
        assert_eq!(bits(&planner, &keys), in_all.unwrap_or(0), "{seed}\n{text}");
        if let [_, _, ..] = expected.as_slice() {
            let some = minimal::minimal(&mut planner, 1, &|| None);
            assert!(!some.is_complete && some.sets.len() == 1, "{seed}\n{text}");
        }
    }
}

#[test]
fn who_accepts_whom_and_what_no_route_goes_around_are_decided_as_trying_every_subset_says() {
    let mut differ = 0;
    for seed in 0..cases(300) {
        let text = Writer::new(seed ^ 0xacce, 6).program();
        let analysis = analyze_text(&text, None);
        let project = &analysis.project;
        let graph = &analysis.graph;
        let all = (1u32 << project.credentials.len()) - 1;
        let (one, other) = (goal(project, seed), goal(project, seed / 3 + 1));
        let aim = |goal: &(Vec<CredentialId>, Vec<&Requirement>)| match goal.0.as_slice() {
            [id] if goal.1.is_empty() => Aim::Credential(*id),
            _ => Aim::Pathway(PathwayId(0)),
        };
        let (new, old) = (aim(&one).gates(project), aim(&other).gates(project));
        let meets = |goal: &Goal<'_>, held: Held| {
            reached(
                project,
                &(goal.credentials.clone(), goal.requirements.clone()),
                held,
            )
        };
        let fewest = subsets(all)
            .filter(|&held| meets(&old, held) && !meets(&new, held))
            .map(u32::count_ones)
            .min();
        match accepts(project, graph, &new, &old, &|| None) {
            Accepts::Everyone => assert_eq!(fewest, None, "{seed}\n{text}"),
            Accepts::NotAll(held) => {
                differ += 1;
                let set = evaluator::of(&held);
                assert!(
                    meets(&old, set) && !meets(&new, set),
                    "{seed}: {set:b}\n{text}"
                );
                assert_eq!(fewest, Some(set.count_ones()), "{seed}\n{text}");
            }
            Accepts::Unknown => panic!("{seed}: no answer\n{text}"),
        }
        let (to, around) = (aim(&one).goal(project), aim(&other).goal(project));
        let fewest = routes(project, 0, &one)
            .into_iter()
            .filter(|&(chosen, _)| !meets(&around, chosen))
            .map(|(chosen, _)| chosen.count_ones())
            .min();
        match route_around(project, graph, (&to, &around), &[], &|| None) {
            Accepts::Everyone => assert_eq!(fewest, None, "{seed}\n{text}"),
            Accepts::NotAll(held) => {
                let set = evaluator::of(&held);
                assert!(!meets(&around, set) && meets(&to, set), "{seed}\n{text}");
                assert_eq!(fewest, Some(set.count_ones()), "{seed}\n{text}");
            }
            Accepts::Unknown => panic!("{seed}: no answer\n{text}"),
        }
    }
    assert!(differ > 20);
}

/// The text without the rules at these places: each is replaced by something that is always met.
fn without_rules(text: &str, spans: &[(usize, usize)]) -> String {
    let mut out = text.to_owned();
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    for &(start, end) in spans.iter().rev() {
        out.replace_range(start..end, "\"waived\"");
    }
    out
}

#[test]
fn rules_that_exclude_a_goal_exclude_it_together_and_not_without_any_one_of_them() {
    let mut blamed = 0;
    for seed in 0..cases(300) {
        let text = Writer::new(seed ^ 0xb1a3e, 6).program();
        let analysis = analyze_text(&text, None);
        let project = &analysis.project;
        let id = CredentialId(seed as u32 % 6);
        let aim = Aim::Credential(id);
        let planner = Planner::new(project, &analysis.graph, &aim.goal(project), []);
        if planner.is_reachable() {
            continue;
        }
        let found = blame(project, &planner.cone, &planner.most, &[aim], &|| None);
        assert!(
            found.is_minimal && !found.rules.is_empty(),
            "{seed}\n{text}"
        );
        blamed += 1;
        // Only rules that are one name, and are not the goal itself, can be taken out of the text here.
        for rule in &found.rules {
            if rule.owner.is_none() {
                continue;
            }
            let span = rule.place.span;
            let written = project.slice(rule.place);
            if !written.starts_with('c') || written.len() != 2 {
                continue;
            }
            let changed = without_rules(&text, &[(span.start as usize, span.end as usize)]);
            // The rule left out alone, the goal may be excluded by others still; but it is by none of the same list alone.
            let analysis = analyze_text(&changed, None);
            let again = Planner::new(
                &analysis.project,
                &analysis.graph,
                &aim.goal(&analysis.project),
                [],
            );
            if again.is_reachable() {
                continue;
            }
            let other = blame(&analysis.project, &again.cone, &again.most, &[aim], &|| {
                None
            });
            let asks = |rules: &[gradus::plan::blame::Rule]| -> Vec<String> {
                rules
                    .iter()
                    .map(|rule| format!("{:?} {} {}", rule.owner, rule.verb, rule.asks))
                    .collect()
            };
            let (before, after) = (asks(&found.rules), asks(&other.rules));
            assert!(
                !after.iter().all(|rule| before.contains(rule)) || after.len() == before.len(),
                "{seed}: {before:?} was not minimal: {after:?}\n{text}"
            );
        }
    }
    assert!(blamed > 10);
}
