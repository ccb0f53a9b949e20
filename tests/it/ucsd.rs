//! Real prerequisites that nobody here wrote: 4,105 courses of the University of California San Diego, as ANDs of ORs.
//!
//! The data set lies outside the repository; where it is absent the test says so and passes. Truth is worked out here from
//! the data itself, by the simplest possible loop, and compared with what the rules report.

mod convert;

use std::collections::{BTreeMap, BTreeSet};

pub use convert::{Course, convert, id, read};

use crate::rules;

/// The courses that can be taken at all: begin with none, add whoever has one course of every group, until nothing changes.
/// A course that does not exist is never taken.
pub fn reachable(courses: &[Course]) -> BTreeSet<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    loop {
        let before = taken.len();
        for course in courses {
            let met = course
                .prereqs
                .iter()
                .all(|group| group.iter().any(|named| taken.contains(&id(&named.course))));
            if met {
                taken.insert(id(&course.course));
            }
        }
        if taken.len() == before {
            return taken;
        }
    }
}

#[test]
fn every_dangling_reference_and_every_deadlock_is_true() {
    let Some(courses) = read() else { return };
    assert_eq!(courses.len(), 4105);
    let text = convert(&courses);
    let (sources, found) = rules::findings(&text, None);
    let mut by_rule: BTreeMap<&str, Vec<&gradus::diag::Diagnostic>> = BTreeMap::new();
    for diagnostic in &found {
        by_rule
            .entry(diagnostic.rule.name)
            .or_default()
            .push(diagnostic);
    }
    for (rule, found) in &by_rule {
        eprintln!("{:>5} {rule}", found.len());
    }
    // Every reference to a course that does not exist is said, and nothing else is.
    let known: BTreeSet<String> = courses.iter().map(|course| id(&course.course)).collect();
    let mut dangling: Vec<String> = courses
        .iter()
        .flat_map(|course| course.prereqs.iter().flatten())
        .map(|named| id(&named.course))
        .filter(|target| !known.contains(target))
        .collect();
    let mut said: Vec<String> = by_rule
        .get("name/undefined")
        .into_iter()
        .flatten()
        .map(|diagnostic| sources.slice(diagnostic.place).to_owned())
        .collect();
    dangling.sort();
    said.sort();
    assert_eq!(said, dangling);
    // Whatever is called a deadlock cannot be taken even if every course that does not exist could be.
    let taken = {
        let mut open = reachable(&courses);
        open.extend(dangling.iter().cloned());
        let mut generous = open;
        loop {
            let before = generous.len();
            for course in &courses {
                let met = course.prereqs.iter().all(|group| {
                    group
                        .iter()
                        .any(|named| generous.contains(&id(&named.course)))
                });
                if met {
                    generous.insert(id(&course.course));
                }
            }
            if generous.len() == before {
                break generous;
            }
        }
    };
    let locked: BTreeSet<String> = known.difference(&taken).cloned().collect();
    eprintln!(
        "{} courses cannot be taken by anyone; {} of them even if the missing courses existed",
        known.len() - reachable(&courses).len(),
        locked.len()
    );
    let mut reported = BTreeSet::new();
    for rule in ["graph/prerequisite-cycle", "graph/self-requirement"] {
        for diagnostic in by_rule.get(rule).into_iter().flatten() {
            eprintln!("{rule}: {}", diagnostic.message);
            for course in &locked {
                if diagnostic.message.contains(&format!("`{course}`"))
                    || diagnostic
                        .message
                        .split(['`', ' '])
                        .any(|word| word == course)
                {
                    reported.insert(course.clone());
                }
            }
        }
    }
    for rule in ["graph/prerequisite-cycle", "graph/self-requirement"] {
        for diagnostic in by_rule.get(rule).into_iter().flatten() {
            let words: Vec<&str> = diagnostic
                .message
                .split(['`', ' '])
                .filter(|word| known.contains(*word))
                .collect();
            assert!(!words.is_empty(), "{}", diagnostic.message);
            for word in words {
                assert!(
                    locked.contains(word),
                    "`{word}` can be taken, but is called a deadlock: {}",
                    diagnostic.message
                );
            }
        }
    }
    assert!(
        locked.is_empty() || !reported.is_empty(),
        "there are deadlocks ({locked:?}) and none is reported"
    );
}

/// Every 10th course of the university (all of them with `GRADUS_CASES` above 4,105): it is found to be reachable exactly if
/// the simplest loop says so, the route can be walked, and each plan takes less than a second where the program is optimized.
#[test]
fn a_plan_for_a_course_is_found_at_once() {
    use gradus::graph::cone::Goal;
    use gradus::plan::solve::{Answer, Ask, Planner};
    use std::time::{Duration, Instant};

    let Some(courses) = read() else { return };
    let analysis = crate::support::analyze_text(&convert(&courses), None);
    let project = &analysis.project;
    let open = reachable(&courses);
    let step = if crate::planning::cases(0) > 4105 {
        1
    } else {
        40
    };
    let (mut slowest, mut most, mut planned) = (Duration::ZERO, 0, 0);
    for (credential, declared) in project.credentials.iter().step_by(step) {
        let name = project.id(&declared.declared);
        let start = Instant::now();
        let goal = Goal {
            credentials: vec![credential],
            requirements: Vec::new(),
        };
        let mut planner = Planner::new(project, &analysis.graph, &goal, []);
        assert_eq!(planner.is_reachable(), open.contains(name), "{name}");
        most = most.max(planner.cone.members().len());
        if planner.is_reachable() {
            let Answer::Route(found) = planner.solve(&Ask::default(), &|| None) else {
                panic!("no route to {name}");
            };
            assert!(found.is_proven(), "{name}");
            let earned = planner.cone.earn(&found.chosen, None);
            assert!(earned.goal.is_some(), "{name}");
            assert!(found.positions().all(|position| earned.has(position)));
            planned += 1;
        }
        let took = start.elapsed();
        if took > slowest {
            slowest = took;
            eprintln!("{name}: {} courses, {took:?}", planner.cone.members().len());
        }
    }
    eprintln!("{planned} plans; the slowest took {slowest:?}; the largest cone has {most} courses");
    assert!(cfg!(debug_assertions) || slowest < Duration::from_secs(1));
}
