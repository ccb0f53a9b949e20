//! A pathway that nobody here wrote: a stacking pathway of a university as its badge platform exports it and as CTDL has it.
//!
//! The data lies outside the repository; where it is absent the tests say so and pass. What is true is worked out here from the
//! data itself, by trying everything, and compared with what the program says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use gradus::graph::cone::Goal;
use gradus::plan::count::count_minimal;
use gradus::plan::solve::{Answer, Ask, Planner};

use crate::support::analyze_text;

pub fn read(name: &str) -> Option<Value> {
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

pub fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

pub fn text(value: &Value) -> &str {
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
