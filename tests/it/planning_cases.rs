//! Plans for programs that other systems get wrong: siblings of prerequisites, sets, circles with a way in, choices inside choices,
//! credit from sets, several exits. And that many credentials are no trouble.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use gradus::graph::names;
use gradus::model::Amount;
use gradus::plan::minimal;
use gradus::plan::price::Measure;
use gradus::plan::route::{Plan, Question, Verdict, plan};
use gradus::plan::solve::Planner;
use gradus::plan::target::{Aim, Start};
use gradus::workspace::Analysis;

use crate::support::{self, analyze_text, put};

fn question(analysis: &Analysis, target: &str) -> Question {
    let node = names::find(&analysis.project, &analysis.graph, target).expect("a name");
    Question {
        aims: vec![Aim::of_node(node).expect("a goal")],
        ..Question::default()
    }
}

fn planned(analysis: &Analysis, question: &Question) -> Plan {
    plan(&analysis.project, &analysis.graph, question, &|| None)
}

/// The steps of the cheapest route and its price, or the rules that exclude the goal.
fn shown(program: &str, target: &str) -> String {
    let analysis = analyze_text(program, None);
    let question = question(&analysis, target);
    let project = &analysis.project;
    let plan = planned(&analysis, &question);
    match &plan.verdict {
        Verdict::Route(route) => {
            assert!(route.is_proven);
            let id = |id| project.id(&project.credentials[id].declared);
            let steps: Vec<String> = route
                .steps
                .iter()
                .map(|step| {
                    let earned: Vec<&str> = step.earned.iter().map(|&(one, _)| id(one)).collect();
                    earned.join(" ")
                })
                .collect();
            let (measure, price) = route.totals[0];
            format!("{} | {}", measure.show(project, price), steps.join(" > "))
        }
        Verdict::Unreachable(blame) => {
            let rules: Vec<String> = blame
                .rules
                .iter()
                .map(|rule| rule.sentence(project, &[target]))
                .collect();
            rules.join("; ")
        }
        other @ (Verdict::TooDear(_) | Verdict::Unknown) => format!("{other:?}"),
    }
}

#[test]
fn a_badge_may_contain_the_sibling_of_its_own_prerequisite() {
    let program = r#"
        badge basics "Basics" { }
        badge left   "Left"   { requires { basics } }
        badge right  "Right"  { requires { basics } }
        badge whole  "Whole"  { requires { left }  stacks { right } }
    "#;
    assert_eq!(
        shown(program, "whole"),
        "4 credentials | basics > left right > whole"
    );
}

#[test]
fn membership_in_a_set_is_not_a_prerequisite() {
    let program = r#"
        badge alpha "One"   { credit 2 ects  requires { beta } }
        badge beta  "Two"   { credit 1 ects }
        badge gamma "Three" { credit 1 ects  requires { any 2 of { alpha  beta  delta } } }
        badge delta "Four"  { credit 1 ects }
        set everything { alpha  beta  gamma  delta }
        certificate some "Some" { stacks { at least 2 ects from { everything } } }
    "#;
    assert_eq!(shown(program, "gamma"), "3 ECTS | beta delta > gamma");
    assert_eq!(shown(program, "some"), "2 ECTS | beta delta > some");
}

#[test]
fn a_circle_with_another_way_in_is_walked_and_one_without_is_named() {
    let program = r#"
        badge lamp  "Lamp"  { requires { any { oil  matches } } }
        badge oil   "Oil"   { requires { lamp } }
        badge matches "Matches" { }
        badge chick "Chick" { requires { egg } }
        badge egg   "Egg"   { requires { chick } }
        badge farm  "Farm"  { requires { oil  any { egg  chick } } }
    "#;
    assert_eq!(
        shown(program, "oil"),
        "3 credentials | matches > lamp > oil"
    );
    assert_eq!(
        shown(program, "farm"),
        "`farm` requires `any { egg  chick }`; `egg` requires `chick`; `chick` requires `egg`"
    );
}

#[test]
fn corequisites_are_earned_in_one_step() {
    let program = r#"
        badge theory "Theory" { alongside { practice } }
        badge practice "Practice" { alongside { theory } requires { safety } }
        badge safety "Safety" { }
    "#;
    assert_eq!(
        shown(program, "theory"),
        "3 credentials | safety > theory practice"
    );
}

#[test]
fn choices_inside_choices_and_caps_are_priced_exactly() {
    let program = r#"
        badge north "N" { credit 5 ects }
        badge south "S" { credit 4 ects }
        badge east  "E" { credit 3 ects }
        badge west  "W" { credit 6 ects }
        badge pole  "P" { requires { any { all { north  east }  any 2 of { south  east  all { west  north } } } } }
        badge trip  "T" { requires { at least 8 ects from { west  counting at most 4 ects from { north  south  east } } } }
        badge twice "D" { requires { at least 5 ects from { north  west } counted once
                                     at least 4 ects from { north  south  west } counted once } }
    "#;
    assert_eq!(shown(program, "pole"), "7 ECTS | south east > pole");
    assert_eq!(shown(program, "trip"), "9 ECTS | east west > trip");
    assert_eq!(shown(program, "twice"), "9 ECTS | north south > twice");
}

#[test]
fn the_credit_of_an_award_is_its_total() {
    let program = r#"
        badge odd "One" { credit 3 ects }
        badge even "Two" { credit 3 ects }
        certificate pair "Both" { credit 7 ects  stacks { odd  even } }
        diploma whole "All" { credit 12 ects  stacks { pair } }
    "#;
    assert_eq!(shown(program, "pair"), "7 ECTS | odd even > pair");
    assert_eq!(shown(program, "whole"), "12 ECTS | odd even > pair > whole");
}

#[test]
fn a_pathway_with_several_exits_is_walked_stage_by_stage() {
    let program = r#"
        badge first "First" { }
        badge second "Second" { }
        badge third "Third" { }
        certificate small "Small" { stacks { first } }
        diploma large "Large" { stacks { small  third } }
        pathway way "Way" {
          stage late "Late" { after early  third }
          stage early "Early" { second  first  awards small }
          leads to large
        }
    "#;
    assert_eq!(
        shown(program, "way"),
        "5 credentials | first second > third > small > large"
    );
}

#[test]
fn what_is_held_is_free_and_limits_are_kept() {
    let analysis = analyze_text(
        r#"
        badge cheap "Cheap" { credit 1 ects  workload 90 hours }
        badge dear  "Dear"  { credit 4 ects  workload 10 hours }
        badge goal  "Goal"  { requires { any { cheap  dear } } }
        "#,
        None,
    );
    let mut question = question(&analysis, "goal");
    let ects = analysis
        .project
        .names
        .find("ects")
        .map(Measure::Credit)
        .expect("ects");
    let price = |question: &Question| match planned(&analysis, question).verdict {
        Verdict::Route(route) => Some(route.totals[0].1),
        Verdict::TooDear(_) | Verdict::Unreachable(_) | Verdict::Unknown => None,
    };
    question.minimise = Some(ects);
    assert_eq!(price(&question), Some(Amount::whole(1)));
    question.within = vec![(Measure::Hours, Amount::whole(20))];
    assert_eq!(price(&question), Some(Amount::whole(4)));
    question.within.push((ects, Amount::whole(3)));
    assert_eq!(price(&question), None);
    question.start = Start {
        holding: vec![gradus::model::CredentialId(0)],
        recognised: Vec::new(),
    };
    assert_eq!(price(&question), Some(Amount::ZERO));
}

#[test]
fn without_time_nothing_is_called_proven() {
    let mut program = String::from("badge goal \"G\" { requires { any 3 of {");
    for index in 0..12 {
        let _ = write!(program, " b{index}");
    }
    program.push_str(" } } }\n");
    for index in 0..12 {
        let _ = writeln!(
            program,
            "badge b{index} \"B\" {{ credit {} ects }}",
            index + 2
        );
    }
    let analysis = analyze_text(&program, None);
    let question = question(&analysis, "goal");
    let plan = plan(&analysis.project, &analysis.graph, &question, &|| {
        Some(Duration::ZERO)
    });
    let Verdict::Route(route) = plan.verdict else {
        panic!("a route can be told without proof");
    };
    assert!(!route.is_proven && !route.all_priced);
}

/// 100,000 credentials in chains that ask for each other three times over: what can be reached is known at once.
#[test]
fn a_hundred_thousand_credentials_are_no_trouble() {
    let count = 100_000;
    let mut program = String::from("badge c0 \"C\" { }\nbadge c1 \"C\" { }\nbadge c2 \"C\" { }\n");
    for index in 3..count {
        let (one, two, three) = (index - 1, index - 2, index / 2);
        let _ = writeln!(
            program,
            "badge c{index} \"C\" {{ requires {{ c{one}  any {{ c{two}  c{three} }} }} }}"
        );
    }
    let analysis = analyze_text(&program, None);
    let start = Instant::now();
    let earnable = gradus::graph::earnable(&analysis.project, &analysis.graph, &[]);
    let took = start.elapsed();
    assert!(earnable.iter().all(|&earned| earned));
    eprintln!("{count} credentials: {took:?}");
    assert!(took < Duration::from_secs(if cfg!(debug_assertions) { 5 } else { 1 }));
}

/// A rule is said of the goal that has it, by its own name; and a list of no routes is not called a list of all.
#[test]
fn several_goals_are_named_as_their_author_names_them() {
    let text = r#"
framework f "F" { skill s "S" { can "do" }  skill t "T" { can "do more" } }
badge a "A" { assessment x "X" { assesses f.s } }
badge b "B" { }
badge c "C" { requires { any { a  b } } }
role r "R" { needs skill f.t }
pathway p "P" { stage one "One" { any { a  b } }  leads to c }
"#;
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), &[("all.gradus", text)]);
    let ran = support::gradus(folder.path(), &["plan", "p", "--for", "r"]);
    assert!(ran.out.contains("(p and r)"), "{}", ran.out);
    assert!(
        ran.out
            .contains("`p` and `r` cannot be reached together by anybody."),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("`r` asks `skill f.t`"), "{}", ran.out);
    let ran = support::gradus(folder.path(), &["plan", "p", "--all-minimal=0"]);
    assert!(
        ran.out.contains(
            "\nMinimal routes\n  Nothing can be left out of a minimal route.\n  There are 2 minimal routes; none of them is listed.\n"
        ),
        "{}",
        ran.out
    );
}

/// Credit that counts toward an award stands for none of its requirements: it is told, and not taken off the price.
#[test]
fn credit_that_counts_toward_an_award_is_told_beside_the_price() {
    let text = r#"
badge part "Part" { credit 6 ects  counts toward award for 6 ects }
badge beside "Beside" { credit 12 ects  counts toward one of { award  other } for 10 ects }
certificate award "Award" { credit 60 ects  stacks { part } }
certificate other "Other" { credit 60 ects  stacks { part } }
"#;
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), &[("all.gradus", text)]);
    let alone = support::gradus(folder.path(), &["plan", "award"]);
    assert!(alone.out.contains("takes 60 ECTS"), "{}", alone.out);
    assert!(!alone.out.contains("does not take it off"), "{}", alone.out);
    let ran = support::gradus(folder.path(), &["plan", "award", "--holding", "beside"]);
    assert!(ran.out.contains("takes 60 ECTS"), "{}", ran.out);
    let told = "Credit that counts toward something on the way; the price does not take it off";
    assert!(ran.out.contains(told), "{}", ran.out);
    let row = ran.out.lines().find(|line| line.contains("beside"));
    let row: Vec<&str> = row.expect("the row").split_whitespace().collect();
    assert_eq!(row, ["beside", "10", "ECTS", "award", "all.gradus:3:41"]);
}

/// What says nothing is not kept: no claim at all, claims about routes that do not exist, and about rules that nobody meets.
#[test]
fn promises_that_say_nothing_are_broken() {
    let text = r#"
badge a "A" { }
badge b "B" { requires { c } }
badge c "C" { requires { b } }
badge d "D" { requires { at least 5 ects from { a } } }
expect "empty" { given a }
expect "no route" { every route to b passes a }
expect "nobody" { a accepts everyone whom d accepts }
"#;
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), &[("all.gradus", text)]);
    let ran = support::gradus(folder.path(), &["test"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    let words: Vec<&str> = ran.out.lines().map(str::trim).collect();
    for line in [
        "broken: empty (all.gradus:6:1)",
        "it claims nothing, and so tests nothing",
        "fails: every route to b passes a",
        "no route leads to `b`, so that the claim says nothing; `gradus plan b` tells why",
        "fails: a accepts everyone whom d accepts",
        "`d` accepts nobody, not even who holds everything, so that the claim says nothing",
    ] {
        assert!(words.contains(&line), "{line}\n{}", ran.out);
    }
}

/// Of the words that no credential proves, those are said that an answer rests on, and no others.
#[test]
fn only_the_words_that_are_needed_are_assumed() {
    let text = r#"
badge a "A" { }
badge b "B" { }
badge old "Old" { requires { any { a  "an interview" } } }
badge wide "Wide" { requires { any { a  "a talk"  b  "a letter" } } }
badge both "Both" { requires { all { any { a  "a talk" }  "a form" } } }
expect "words" {
  wide accepts everyone whom a accepts
  wide accepts everyone whom old accepts
  b accepts everyone whom a accepts
  old accepts everyone whom both accepts
}
badge narrow "Narrow" { requires { a  b } }
expect "narrow" { narrow accepts everyone whom wide accepts }
"#;
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), &[("all.gradus", text)]);
    let ran = support::gradus(folder.path(), &["test"]);
    let after = |claim: &str| -> Vec<String> {
        let lines = ran.out.lines().map(str::trim);
        let mut rest = lines.skip_while(|line| !line.ends_with(claim)).skip(1);
        let mut found = Vec::new();
        while let Some(line) = rest.next().filter(|line| !line.contains("s: ")) {
            if line.starts_with("assuming") {
                found.push(line.to_owned());
            }
        }
        found
    };
    // Words are taken as met, so whoever comes meets `wide` by the first of them.
    assert_eq!(
        after("wide accepts everyone whom old accepts"),
        ["assuming \"a talk\""]
    );
    assert_eq!(after("b accepts everyone whom a accepts"), [""; 0]);
    assert_eq!(
        after("old accepts everyone whom both accepts"),
        ["assuming \"an interview\""]
    );
    // Nothing is held, and one word is enough for `wide`.
    assert_eq!(
        after("narrow accepts everyone whom wide accepts"),
        ["assuming \"a talk\""]
    );
}

/// Where time runs out on the way, nothing is said to be minimal or in every route that was not seen to be.
#[test]
fn what_time_did_not_suffice_for_is_not_claimed() {
    let mut text = String::from("issuer h \"H\" { url <https://h.example> }\ndefaults { by h }\n");
    let mut asks = String::new();
    for number in 0..1_100 {
        let _ = writeln!(
            text,
            "badge a{number} \"A\" {{}}\nbadge b{number} \"B\" {{}}"
        );
        let _ = write!(asks, " any {{ a{number} b{number} }}");
    }
    let _ = writeln!(text, "badge all \"All\" {{ requires {{{asks} }} }}");
    let analysis = analyze_text(&text, None);
    let question = question(&analysis, "all");
    let goal = question.goal(&analysis.project);
    let mut planner = Planner::new(&analysis.project, &analysis.graph, &goal, []);
    // A clock that has run down after so many looks at it.
    for looks in [0, 1, 5, 500, 2_300] {
        let seen = std::cell::Cell::new(0);
        let left = || {
            seen.set(seen.get() + 1);
            let over = seen.get() > looks;
            Some(Duration::from_secs(if over { 0 } else { 3_600 }))
        };
        let found = minimal::minimal(&mut planner, 2, &left);
        assert!(!found.is_complete, "{looks}");
        for set in &found.sets {
            assert_eq!(set.len(), 1_101, "{looks}");
        }
        seen.set(0);
        if let Some(keys) = minimal::keystones(&mut planner, &left) {
            assert_eq!(keys.len(), 1, "{looks}");
        }
        assert!(seen.get() <= looks + 50, "{looks}: {}", seen.get());
    }
}

/// What is shown keeps the limit of steps, though the stages of a pathway one after the other would take more.
#[test]
fn the_order_of_stages_gives_way_to_a_limit_of_steps() {
    let text = r#"
issuer h "H" { url <https://h.example> }
defaults { by h }
badge a "A" {}
badge b "B" {}
pathway p "P" { stage one "One" { a }  stage two "Two" { after one  b } }
"#;
    let analysis = analyze_text(text, None);
    let mut question = question(&analysis, "p");
    for (limit, expected) in [(None, 2), (Some(2), 2), (Some(1), 1)] {
        question.steps = limit;
        let Verdict::Route(route) = planned(&analysis, &question).verdict else {
            panic!("no route within {limit:?}");
        };
        assert_eq!(route.steps.len(), expected, "{limit:?}");
    }
}
