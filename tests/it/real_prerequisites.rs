//! Prerequisites that nobody here wrote: the exercises of a programming course, and the circles in the prerequisites of a whole
//! university. Where the data is absent the tests say so and pass.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use gradus::graph::cone::Goal;
use gradus::model::CredentialId;
use gradus::plan::solve::{Answer, Ask, Planner};
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use crate::real_pathways::{list, read, text};
use crate::support::analyze_text;
use crate::{evaluator, rules, ucsd};

#[test]
fn exercises_that_cannot_be_unlocked_are_those_that_trying_finds() {
    let Some(config) = read("pathways/exercism-python-config.json") else {
        return;
    };
    let words = |value: &Value, key: &str| -> Vec<String> {
        list(value, key)
            .iter()
            .map(|one| text(one).to_owned())
            .collect()
    };
    // (id, teaches, requires)
    let mut exercises: Vec<(String, Vec<String>, Vec<String>)> = Vec::new();
    for (kind, taught) in [("concept", "concepts"), ("practice", "none")] {
        for one in list(&config["exercises"], kind) {
            let id = format!("e-{}", text(&one["slug"]));
            exercises.push((id, words(one, taught), words(one, "prerequisites")));
        }
    }
    let concepts: BTreeSet<String> = list(&config, "concepts")
        .iter()
        .map(|concept| text(&concept["slug"]).to_owned())
        .collect();
    let mut program = String::from("framework py \"Python\" {\n");
    for concept in &concepts {
        let _ = writeln!(
            program,
            "  skill c-{concept} {concept:?} {{ can \"use it\" }}"
        );
    }
    program.push_str("}\n");
    for (id, teaches, requires) in &exercises {
        let _ = write!(program, "badge {id} {id:?} {{\n  criteria \"Solved.\"\n");
        for concept in teaches {
            let _ = writeln!(
                program,
                "  assessment a-{concept} {concept:?} {{ assesses py.c-{concept} }}"
            );
        }
        if !requires.is_empty() {
            let skills: Vec<String> = requires
                .iter()
                .map(|one| format!("skill py.c-{one}"))
                .collect();
            let _ = writeln!(program, "  requires {{ {} }}", skills.join("  "));
        }
        program.push_str("}\n");
    }
    let (_, found) = rules::findings(&program, None);
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &found {
        *by_rule.entry(one.rule.name).or_default() += 1;
    }
    eprintln!(
        "{} exercises, {} concepts: {by_rule:?}",
        exercises.len(),
        concepts.len()
    );
    assert_eq!(
        by_rule
            .keys()
            .filter(|rule| rule.starts_with("syntax/"))
            .count(),
        0
    );
    // The data has no circle, so no deadlock may be reported.
    assert!(!by_rule.contains_key("graph/prerequisite-cycle"));
    assert!(!by_rule.contains_key("graph/self-requirement"));
    // What can be unlocked, by the simplest loop.
    let mut learned: BTreeSet<&str> = BTreeSet::new();
    let mut open: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = open.len();
        for (id, teaches, requires) in &exercises {
            if requires.iter().all(|one| learned.contains(one.as_str())) {
                open.insert(id);
                learned.extend(teaches.iter().map(String::as_str));
            }
        }
        if open.len() == before {
            break;
        }
    }
    let analysis = analyze_text(&program, None);
    let project = &analysis.project;
    let (mut planned, mut most, mut blamed) = (0, 0, 0);
    for (id, credential) in project.credentials.iter() {
        let name = project.id(&credential.declared);
        let goal = Goal {
            credentials: vec![id],
            requirements: Vec::new(),
        };
        let mut planner = Planner::new(project, &analysis.graph, &goal, []);
        assert_eq!(planner.is_reachable(), open.contains(name), "{name}");
        if planner.is_reachable() {
            let Answer::Route(route) = planner.solve(&Ask::default(), &|| None) else {
                panic!("no route to {name}");
            };
            assert!(route.is_proven(), "{name}");
            most = most.max(route.positions().count());
            planned += 1;
        } else {
            let aim = gradus::plan::target::Aim::Credential(id);
            let why =
                gradus::plan::blame::blame(project, &planner.cone, &planner.most, &[aim], &|| None);
            assert!(why.is_smallest && !why.rules.is_empty(), "{name}");
            // One concept that nothing teaches is enough.
            assert_eq!(why.rules.len(), 1, "{name}");
            blamed += 1;
        }
    }
    eprintln!(
        "{planned} exercises planned, the longest route has {most}; {blamed} cannot be unlocked"
    );
    assert_eq!(planned, open.len());
}

/// Every circle of courses that require each other, one by one: what the plain evaluator cannot take of it, while everything outside
/// can be taken, is what is reported as a deadlock.
#[test]
fn every_small_circle_of_courses_is_judged_as_the_plain_evaluator_judges_it() {
    let Some(courses) = ucsd::read() else { return };
    let known: BTreeMap<String, usize> = courses
        .iter()
        .enumerate()
        .map(|(at, course)| (ucsd::id(&course.course), at))
        .collect();
    let mut graph = DiGraph::<usize, ()>::new();
    let nodes: Vec<_> = (0..courses.len()).map(|at| graph.add_node(at)).collect();
    for (at, course) in courses.iter().enumerate() {
        for named in course.prereqs.iter().flatten() {
            if let Some(&to) = known.get(&ucsd::id(&named.course)) {
                graph.update_edge(nodes[at], nodes[to], ());
            }
        }
    }
    let (_, found) = rules::findings(&ucsd::convert(&courses), None);
    let reported: BTreeSet<String> = found
        .iter()
        .filter(|one| {
            ["graph/prerequisite-cycle", "graph/self-requirement"].contains(&one.rule.name)
        })
        .flat_map(|one| {
            one.message
                .split(['`', ' '])
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter(|word| known.contains_key(word))
        .collect();
    let mut in_circles: BTreeSet<String> = BTreeSet::new();
    let (mut circles, mut largest, mut deadlocks, mut ways_out) = (0, 0, 0, 0);
    for component in tarjan_scc(&graph) {
        let members: BTreeSet<usize> = component.iter().map(|&node| graph[node]).collect();
        let itself = |at: usize| graph.contains_edge(nodes[at], nodes[at]);
        if members.len() == 1 && !members.iter().any(|&at| itself(at)) {
            continue;
        }
        circles += 1;
        in_circles.extend(members.iter().map(|&at| ucsd::id(&courses[at].course)));
        largest = largest.max(members.len());
        assert!(members.len() <= 31, "too large for the plain evaluator");
        // Only this circle: a group with a course from outside is met.
        let mut program = String::new();
        for &at in &members {
            let course = &courses[at];
            let _ = write!(
                program,
                "badge {} \"C\" {{ criteria \"x\" requires {{",
                ucsd::id(&course.course)
            );
            for group in &course.prereqs {
                let ids: Vec<String> = group.iter().map(|named| ucsd::id(&named.course)).collect();
                if ids
                    .iter()
                    .all(|id| known.get(id).is_some_and(|at| members.contains(at)))
                {
                    let _ = write!(program, " any {{ {} }}", ids.join(" "));
                }
            }
            program.push_str(" } }\n");
        }
        let analysis = analyze_text(&program, None);
        let project = &analysis.project;
        let taken = evaluator::closure(project, 0);
        let locked: BTreeSet<String> = project
            .credentials
            .iter()
            .filter(|(id, _)| !evaluator::has(taken, CredentialId(id.0)))
            .map(|(_, credential)| project.id(&credential.declared).to_owned())
            .collect();
        let said: BTreeSet<String> = members
            .iter()
            .map(|&at| ucsd::id(&courses[at].course))
            .filter(|id| reported.contains(id))
            .collect();
        assert!(
            said.is_subset(&locked),
            "called a deadlock, and is none: {said:?} of {locked:?}"
        );
        assert_eq!(
            said.is_empty(),
            locked.is_empty(),
            "not reported: {locked:?}"
        );
        if locked.is_empty() {
            ways_out += 1;
        } else {
            deadlocks += 1;
            eprintln!("a deadlock: {locked:?}");
        }
    }
    eprintln!(
        "{circles} circles of courses, the largest of {largest}: {deadlocks} deadlocks, {ways_out} with a way out"
    );
    assert!(circles > 0);
    // Nothing outside of a circle is called a deadlock.
    assert!(reported.is_subset(&in_circles), "{reported:?}");
}
