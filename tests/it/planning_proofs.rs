//! Counts and smallest sets against brute force: how many minimal routes there are, and which rules make a goal impossible.

use gradus::graph::cone::Goal;
use gradus::model::{CredentialId, Project, Requirement, RequirementKind};
use gradus::plan::blame::blame;
use gradus::plan::count::count_minimal;
use gradus::plan::minimal::{More, minimal as listed};
use gradus::plan::solve::Planner;
use gradus::plan::target::Aim;

use crate::evaluator::{self, Held, has};
use crate::planning::{cases, goal, minimal, routes};
use crate::random_programs::Writer;
use crate::support::{analyze_text, gradus, put};

#[test]
fn minimal_routes_are_counted_as_trying_every_subset_counts_them() {
    let (mut several, mut unknown) = (0, 0);
    let programs = cases(300);
    for seed in 0..programs {
        let text = Writer::new(seed ^ 0xc0_97, 6).program();
        let analysis = analyze_text(&text, None);
        let project = &analysis.project;
        let given: Held = if seed.is_multiple_of(3) {
            1 << (seed % 6)
        } else {
            0
        };
        // The pathway, and each credential.
        for which in std::iter::once(0).chain((0..6).map(|id| id * 3 + 1)) {
            let goal = goal(project, which);
            let all = minimal(&routes(project, given, &goal));
            let target = Goal {
                credentials: goal.0.clone(),
                requirements: goal.1.clone(),
            };
            let held: Vec<CredentialId> = project
                .credentials
                .ids()
                .filter(|&id| has(given, id))
                .collect();
            let mut planner = Planner::new(project, &analysis.graph, &target, held);
            let Some(count) = count_minimal(&planner, &|| None) else {
                unknown += 1;
                continue;
            };
            assert_eq!(count, all.len() as u128, "{seed}\n{text}");
            several += u32::from(all.len() > 1);
            if let Some(more) = all.len().checked_sub(2) {
                let found = listed(&mut planner, 1, &|| None);
                assert_eq!(
                    found.more,
                    More::Exactly(more as u128 + 1),
                    "{seed}\n{text}"
                );
                assert!(!found.is_complete && found.sets.len() == 1);
            }
        }
    }
    eprintln!("{programs} programs, {several} with several minimal routes, {unknown} not counted");
    assert!(several > 20 && unknown * 3 < programs);
}

#[test]
fn more_routes_than_anybody_lists_are_counted() {
    let mut text = String::new();
    let mut stacks = String::new();
    for choice in 0..20 {
        for way in ["a", "b", "c"] {
            text.push_str(&format!("badge {way}{choice} \"B\" {{ criteria \"x\" }}\n"));
        }
        stacks.push_str(&format!(" any {{ a{choice} b{choice} c{choice} }}"));
    }
    text.push_str(&format!(
        "certificate all \"All\" {{ stacks {{{stacks} }} criteria \"x\" }}\n"
    ));
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), &[("catalogue.gradus", &text)]);
    let ran = gradus(folder.path(), &["plan", "all", "--all-minimal=2"]);
    // Three to the power of twenty.
    assert!(
        ran.out
            .contains("These are 2 of them; there are 3,486,784,401 in all."),
        "{}{}",
        ran.out,
        ran.err
    );
    let ran = gradus(
        folder.path(),
        &["plan", "all", "--all-minimal=2", "--format", "json"],
    );
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(value["facts"]["minimal-more"], 3_486_784_399_u64);
}

/// A rule: whose, whether it may be met at the same time, and what it asks.
type Rule<'p> = (CredentialId, bool, &'p Requirement);

/// Every rule of a program, blocks of *all* taken apart.
fn rules(project: &Project) -> Vec<Rule<'_>> {
    fn parts<'p>(rule: Rule<'p>, found: &mut Vec<Rule<'p>>) {
        match &rule.2.kind {
            RequirementKind::All(of) => {
                for part in of {
                    parts((rule.0, rule.1, part), found);
                }
            }
            _ => found.push(rule),
        }
    }
    let mut found = Vec::new();
    for (id, credential) in project.credentials.iter() {
        for requirement in [&credential.requires, &credential.stacks]
            .into_iter()
            .flatten()
        {
            parts((id, false, requirement), &mut found);
        }
        if let Some(requirement) = &credential.alongside {
            parts((id, true, requirement), &mut found);
        }
    }
    found
}

/// What can be earned where only these rules ask anything.
fn earned(project: &Project, rules: &[&Rule<'_>]) -> Held {
    let all = (1 << project.credentials.len()) - 1;
    let met = |id: CredentialId, alongside: bool, held: Held| {
        rules
            .iter()
            .filter(|rule| rule.0 == id && rule.1 == alongside)
            .all(|rule| evaluator::met(project, rule.2, held))
    };
    let pick = |among: Held, keep: &dyn Fn(CredentialId) -> bool| -> Held {
        (project
            .credentials
            .ids()
            .filter(|&id| has(among, id) && keep(id)))
        .fold(0, |kept, id| kept | 1 << id.0)
    };
    let mut held = 0;
    loop {
        let mut now = pick(all & !held, &|id| met(id, false, held));
        loop {
            let fewer = pick(now, &|id| met(id, true, held | now));
            if fewer == now {
                break;
            }
            now = fewer;
        }
        if now == 0 {
            return held;
        }
        held |= now;
    }
}

/// All choices of so many among some.
fn choices<'r, 'p>(of: &'r [Rule<'p>], size: usize) -> Vec<Vec<&'r Rule<'p>>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for (at, first) in of.iter().enumerate() {
        for mut rest in choices(&of[at + 1..], size - 1) {
            rest.push(first);
            found.push(rest);
        }
    }
    found
}

#[test]
fn no_fewer_rules_make_a_goal_impossible_than_those_that_are_blamed() {
    let (mut blamed, mut long) = (0, 0);
    for seed in 0..cases(400) {
        let text = Writer::new(seed ^ 0x5_ba11, 6).program();
        // Sums that are counted once are a rule together, too.
        if text.contains("counted once") {
            continue;
        }
        let analysis = analyze_text(&text, None);
        let project = &analysis.project;
        let id = CredentialId(seed as u32 % 6);
        let aim = Aim::Credential(id);
        let planner = Planner::new(project, &analysis.graph, &aim.goal(project), []);
        if planner.is_reachable() {
            continue;
        }
        let found = blame(project, &planner.cone, &planner.most, &[aim], &|| None);
        assert!(found.is_minimal && found.is_smallest, "{seed}\n{text}");
        let all = rules(project);
        let together: Vec<&Rule<'_>> = all
            .iter()
            .filter(|rule| {
                let same = |one: &gradus::plan::blame::Rule| {
                    one.owner == Some(rule.0) && one.place == rule.2.place
                };
                found.rules.iter().any(same)
            })
            .collect();
        assert_eq!(together.len(), found.rules.len(), "{seed}\n{text}");
        assert!(!has(earned(project, &together), id), "{seed}\n{text}");
        blamed += 1;
        long += u32::from(together.len() > 1);
        // More rules never make more possible, so it is enough to try one fewer.
        for fewer in choices(&all, together.len() - 1) {
            assert!(has(earned(project, &fewer), id), "{seed}\n{text}");
        }
    }
    eprintln!("{blamed} goals out of reach, {long} by more than one rule");
    assert!(blamed > 20 && long > 5);
}

#[test]
fn a_shorter_explanation_is_found_where_leaving_out_alone_does_not_find_it() {
    // Three rules in a circle exclude `top`, and so does one name that is not there.
    let text = "badge top \"T\" { requires { any { a  gone } b } }\n\
         badge a \"A\" { requires { a2 } }\nbadge a2 \"A\" { requires { a3 } }\nbadge a3 \"A\" { requires { a } }\n\
         badge b \"B\" { requires { c } }\nbadge c \"C\" { requires { missing } }\n";
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), &[("catalogue.gradus", text)]);
    let ran = gradus(folder.path(), &["plan", "top"]);
    let rules: Vec<&str> = ran
        .out
        .lines()
        .skip_while(|line| !line.contains("Rule"))
        .skip(1)
        .collect();
    assert!(ran.out.contains("no fewer do"), "{}", ran.out);
    assert_eq!(rules.len(), 3, "{}", ran.out);
    assert!(
        ran.out
            .contains("`c` requires `missing`, and nothing of that name is declared")
    );
}
