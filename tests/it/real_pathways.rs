//! Pathways that nobody here wrote: a stacking pathway of a university as its badge platform exports it and as CTDL has it, the
//! exercises of a programming course, and the circles in the prerequisites of a whole university.
//!
//! The data lies outside the repository; where it is absent the tests say so and pass. What is true is worked out here from the
//! data itself, by trying everything, and compared with what the program says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use gradus::graph::cone::Goal;
use gradus::model::CredentialId;
use gradus::plan::count::count_minimal;
use gradus::plan::solve::{Answer, Ask, Planner};
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use crate::support::analyze_text;
use crate::{evaluator, rules, ucsd};

fn read(name: &str) -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {name} is not at hand (../shared/data)");
        return None;
    };
    Some(serde_json::from_str(&text).expect("JSON"))
}

/// So many of some others must be had.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rule {
    least: usize,
    of: Vec<String>,
}

/// What is in a pathway: by id a name, and its rules.
type Components = BTreeMap<String, (String, Vec<Rule>)>;

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The last part of an address, as an id.
fn last(address: &str) -> String {
    let last = address.rsplit('/').next().unwrap_or(address);
    let id: String = last
        .chars()
        .map(|one| {
            if one.is_ascii_alphanumeric() {
                one.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    format!("x{}", id.trim_matches('-').replace("--", "-x-"))
}

/// A pathway in CTDL; its goal comes first.
fn of_ctdl(document: &Value) -> (String, Components) {
    let mut components = Components::new();
    let mut goal = String::new();
    for node in document.as_array().expect("nodes") {
        if text(&node["@type"]) == "ceterms:Pathway" {
            goal = last(text(&node["ceterms:hasDestinationComponent"]));
            continue;
        }
        let rules = list(node, "ceterms:hasCondition")
            .iter()
            .map(|condition| {
                let of: Vec<String> = list(condition, "ceterms:targetComponent")
                    .iter()
                    .map(|target| last(text(target)))
                    .collect();
                let least = condition["ceterms:requiredNumber"].as_u64();
                Rule {
                    least: least.map_or(of.len(), |least| least as usize),
                    of,
                }
            })
            .collect();
        let name = text(&node["ceterms:name"]["en"]).to_owned();
        components.insert(last(text(&node["@id"])), (name, rules));
    }
    (goal, components)
}

/// The same pathway as the badge platform has it: a tree, with badges by their address.
fn of_badgr(element: &Value, components: &mut Components) -> String {
    let id = last(text(&element["elementId"]));
    let required = &element["requirements"];
    let children: Vec<String> = list(element, "children")
        .iter()
        .map(|child| of_badgr(child, components))
        .collect();
    let badges: Vec<String> = list(&required["badgeRequirements"], "requiredBadges")
        .iter()
        .map(|badge| last(text(&badge["badgeUrl"])))
        .collect();
    for badge in &badges {
        components.entry(badge.clone()).or_default();
    }
    let rules = [
        ("childElementRequirements", children),
        ("badgeRequirements", badges),
    ]
    .into_iter()
    .filter(|(_, of)| !of.is_empty())
    .map(|(key, of)| {
        let rule = &required[key]["countRule"];
        let least = match text(&rule["@type"]) {
            "all" => of.len(),
            _ => rule["requiredCount"].as_u64().unwrap_or(0) as usize,
        };
        Rule { least, of }
    })
    .collect();
    let name = text(&element["name"]).to_owned();
    components.insert(id.clone(), (name, rules));
    id
}

/// A pathway in the language.
fn written(components: &Components) -> String {
    let mut out = String::new();
    for (id, (name, rules)) in components {
        let name = if name.is_empty() { id } else { name };
        let _ = write!(
            out,
            "badge {id} {name:?} {{ criteria \"As published.\" requires {{"
        );
        for rule in rules {
            let _ = write!(out, " any {} of {{ {} }}", rule.least, rule.of.join(" "));
        }
        out.push_str(" } }\n");
    }
    out
}

/// What holding some of the badges at the ends gives, worked out from the data.
fn reached(components: &Components, ends: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut held: BTreeSet<String> = ends.iter().map(|&end| end.to_owned()).collect();
    loop {
        let before = held.len();
        for (id, (_, rules)) in components {
            let met = |rule: &Rule| {
                rule.of.iter().filter(|&one| held.contains(one)).count() >= rule.least
            };
            if !rules.is_empty() && rules.iter().all(met) {
                held.insert(id.clone());
            }
        }
        if held.len() == before {
            return held;
        }
    }
}

/// The fewest badges at the ends with which the goal is reached, by trying all sets, the smallest first.
fn fewest_ends(goal: &str, components: &Components) -> usize {
    let ends: Vec<&str> = components
        .iter()
        .filter(|(_, (_, rules))| rules.is_empty())
        .map(|(id, _)| id.as_str())
        .collect();
    // Groups of badges as bits, and areas as groups of groups: everything above the ends is looked at as it is written.
    let at: BTreeMap<&str, u32> = ends.iter().zip(0..).map(|(&end, bit)| (end, bit)).collect();
    fn met(id: &str, held: u32, at: &BTreeMap<&str, u32>, components: &Components) -> bool {
        match at.get(id) {
            Some(bit) => held >> bit & 1 == 1,
            None => components[id].1.iter().all(|rule| {
                let of = rule.of.iter().filter(|one| met(one, held, at, components));
                of.count() >= rule.least
            }),
        }
    }
    let goal_rules = &components[goal].1;
    for size in 1..=ends.len() as u32 {
        // All numbers with so many bits, in order.
        let mut held: u64 = (1 << size) - 1;
        while held < 1 << ends.len() {
            let areas = goal_rules.iter().flat_map(|rule| &rule.of);
            if areas
                .clone()
                .all(|area| met(area, held as u32, &at, components))
                && met(goal, held as u32, &at, components)
            {
                return size as usize;
            }
            let lowest = held & held.wrapping_neg();
            let next = held + lowest;
            held = (((next ^ held) >> 2) / lowest) | next;
        }
    }
    usize::MAX
}

fn planned(goal: &str, components: &Components) -> (usize, Option<u128>) {
    let analysis = analyze_text(&written(components), None);
    let faults: Vec<&str> = analysis
        .diagnostics
        .iter()
        .map(|found| found.rule.name)
        .filter(|rule| {
            rule.starts_with("syntax/") || rule.starts_with("name/") || rule.starts_with("graph/")
        })
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    let project = &analysis.project;
    let id = project
        .credentials
        .iter()
        .find(|(_, credential)| project.id(&credential.declared) == goal)
        .map(|(id, _)| id)
        .expect("the goal");
    let goal = Goal {
        credentials: vec![id],
        requirements: Vec::new(),
    };
    let mut planner = Planner::new(project, &analysis.graph, &goal, []);
    let Answer::Route(found) = planner.solve(&Ask::default(), &|| None) else {
        panic!("no route");
    };
    assert!(found.is_proven());
    // The route is one by the data, too.
    let names: BTreeSet<&str> = found
        .positions()
        .map(|at| planner.cone.members()[at].credential)
        .map(|id| project.id(&project.credentials[id].declared))
        .collect();
    let ends = names
        .iter()
        .copied()
        .filter(|&name| components[name].1.is_empty());
    assert!(
        reached(components, &ends.collect())
            .contains(project.id(&project.credentials[id].declared))
    );
    (found.positions().count(), count_minimal(&planner, &|| None))
}

#[test]
fn a_stacking_pathway_is_planned_alike_from_the_platform_and_from_ctdl() {
    let (Some(ctdl), Some(badgr)) = (
        read("ctdl/french-ba-pathway.ctdl.json"),
        read("ctdl/french-ba-pathway.badgr.json"),
    ) else {
        return;
    };
    let (goal, of_ctdl) = of_ctdl(&ctdl);
    let mut of_tree = Components::new();
    let root = of_badgr(&badgr, &mut of_tree);
    let ends = |components: &Components| {
        let rules = components.values().filter(|(_, rules)| rules.is_empty());
        rules.count()
    };
    eprintln!(
        "CTDL: {} components, {} without a rule; platform: {} and {}",
        of_ctdl.len(),
        ends(&of_ctdl),
        of_tree.len(),
        ends(&of_tree)
    );
    let mut results = Vec::new();
    for (what, goal, components) in [("CTDL", &goal, &of_ctdl), ("platform", &root, &of_tree)] {
        let (price, count) = planned(goal, components);
        let fewest = fewest_ends(goal, components);
        eprintln!(
            "{what}: the cheapest route takes {price} of {}, {fewest} badges by trying; {count:?} minimal routes",
            components.len()
        );
        // Whatever badges are chosen, the goal, five areas and 4 + 4 + 3 + 4 + 3 groups are needed above them.
        assert_eq!(price, fewest + 24, "{what}");
        results.push((price, count));
    }
    assert_eq!(results[0], results[1], "the same pathway twice");
    assert!(results[0].1.is_some());
}

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
