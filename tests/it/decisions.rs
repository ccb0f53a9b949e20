//! Decisions between requirements on random programs, against an evaluator that is obviously right: it tries every learner, and for
//! sums every way to place credentials.
//!
//! Ten thousand programs on every run: a batch of them is one text, where each has credentials, skills and sets of its own, and batches
//! run side by side. All learners of a program are tried at once, a bit for each.

use std::collections::BTreeMap;
use std::sync::Arc;

use gradus::diag::Sink;
use gradus::diff::{self, Change, Direction, Side};
use gradus::graph::Graph;
use gradus::model::{Project, Settings};
use gradus::resolve::{Inputs, link};
use gradus::source::Sources;
use gradus::syntax::parse;
use rayon::prelude::*;

use crate::learners::{CREDENTIALS, Judge, learner, smallest};

const PROGRAMS: u64 = 10_000;
/// How many programs are one text.
const BATCH: u64 = 50;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

fn requirement(dice: &mut Dice, depth: u64, credits: bool) -> String {
    let leaf = |dice: &mut Dice| match dice.roll(10) {
        0 => "electives".to_owned(),
        1 => "reduced".to_owned(),
        2 => format!("skill f.s{} at l{}", dice.roll(2), dice.roll(3)),
        _ => format!("c{}", dice.roll(CREDENTIALS as u64)),
    };
    if depth == 0 {
        return leaf(dice);
    }
    let kind = dice.roll(if credits { 8 } else { 5 });
    let count = 1 + dice.roll(3);
    let parts = |dice: &mut Dice| -> String {
        let parts: Vec<String> = (0..count)
            .map(|_| requirement(dice, depth - 1, credits))
            .collect();
        parts.join("  ")
    };
    match kind {
        0 => leaf(dice),
        1 => format!("all {{ {} }}", parts(dice)),
        2 => format!("any {{ {} }}", parts(dice)),
        3 | 4 => {
            let least = 1 + dice.roll(count);
            format!("any {least} of {{ {} }}", parts(dice))
        }
        _ => {
            let mut of: Vec<String> = (0..count)
                .map(|_| match dice.roll(5) {
                    0 => "electives".to_owned(),
                    1 => "reduced".to_owned(),
                    _ => format!("c{}", dice.roll(CREDENTIALS as u64)),
                })
                .collect();
            if dice.roll(2) == 0 {
                of.push(format!(
                    "counting at most {} ects from {{ c{} c{} }}",
                    1 + dice.roll(4),
                    dice.roll(CREDENTIALS as u64),
                    dice.roll(CREDENTIALS as u64)
                ));
            }
            let once = if dice.roll(2) == 0 {
                " counted once"
            } else {
                ""
            };
            format!(
                "at least {} ects from {{ {} }}{once}",
                1 + dice.roll(8),
                of.join("  ")
            )
        }
    }
}

fn program(dice: &mut Dice) -> String {
    let mut text = String::from(
        "framework f \"F\" { scale m skill s0 \"S0\" { can \"do\" } skill s1 \"S1\" { can \"act\" } }\n",
    );
    for number in 0..CREDENTIALS {
        text.push_str(&format!(
            "badge c{number} \"C{number}\" {{ credit {} ects assessment a{number} \"A\" {{ assesses f.s{} at l{} }} }}\n",
            dice.roll(5),
            dice.roll(2),
            dice.roll(3)
        ));
    }
    let member = |dice: &mut Dice| format!("c{}", dice.roll(CREDENTIALS as u64));
    let members: Vec<String> = (0..3).map(|_| member(dice)).collect();
    text.push_str(&format!(
        "set electives {{ {} {} }}\nset reduced {{ electives {} except {} }}\n",
        members.join(" "),
        requirement(dice, 1, false)
            .replace("electives", "c0")
            .replace("reduced", "c1"),
        requirement(dice, 1, true)
            .replace("electives", "c2")
            .replace("reduced", "c3"),
        member(dice),
    ));
    text.push_str(&format!(
        "certificate goal \"Goal\" {{ stacks {{ {} {} }} }}\n",
        requirement(dice, 3, true),
        requirement(dice, 2, true)
    ));
    text
}

/// The same program with names of its own.
fn named(program: &str, number: u64) -> String {
    let mut out = String::with_capacity(program.len() * 2);
    let is_word = |letter: char| letter.is_ascii_alphanumeric();
    let mut rest = program;
    while !rest.is_empty() {
        let end = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        out.push_str(word);
        let is_credential = word.len() == 2 && word.starts_with('c');
        if is_credential || matches!(word, "f" | "goal" | "electives" | "reduced") {
            out.push_str(&format!("-{number}"));
        }
        let next = after.find(is_word).unwrap_or(after.len());
        out.push_str(&after[..next]);
        rest = &after[next..];
    }
    out
}

/// A linked text.
pub struct State {
    pub project: Project,
    pub graph: Graph,
}

fn state(programs: &[String]) -> State {
    let mut text = String::from("scale m \"M\" { l0 \"0\" l1 \"1\" l2 \"2\" }\n");
    for (program, number) in programs.iter().zip(0..) {
        text.push_str(&named(program, number));
    }
    let mut sources = Sources::new();
    let parsed = parse(sources.add("all.gradus", text.as_str()), &text);
    let inputs = Inputs {
        sources: Arc::new(sources),
        settings: Settings::default(),
        packs: Vec::new(),
        tables: Vec::new(),
    };
    let mut sink = Sink::new();
    let project = link(&[parsed], inputs, &mut sink);
    let graph = Graph::build(&project);
    State { project, graph }
}

/// How often nobody, some before, some now, some of both were found in a batch.
fn batch(number: u64) -> [usize; 4] {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D ^ (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for _ in 0..BATCH {
        let (one, other) = (program(&mut dice), program(&mut dice));
        let near = dice.roll(3) == 0;
        after.push(if near {
            // Near misses: only what the goal asks differs.
            let head = one.find("certificate goal").expect("the goal");
            let tail = other.find("certificate goal").expect("the goal");
            format!("{}{}", &one[..head], &other[tail..])
        } else {
            other
        });
        before.push(one);
    }
    let (old, new) = (state(&before), state(&after));
    let changes = diff::compare(
        &Side {
            project: &old.project,
            graph: &old.graph,
        },
        &Side {
            project: &new.project,
            graph: &new.graph,
        },
    )
    .changes;
    let found: BTreeMap<&str, &Change> = changes
        .iter()
        .filter(|change| change.id.starts_with("goal-") && !change.examples.is_empty())
        .map(|change| (change.id.as_str(), change))
        .collect();
    let mut seen = [0; 4];
    for (program, (before, after)) in before.iter().zip(&after).enumerate() {
        let found = found.get(format!("goal-{program}").as_str());
        let accepted = [&old, &new].map(|state| Judge::new(state, program as u64).accepted());
        let example = |wanted: Direction| {
            let mut examples = found.iter().flat_map(|change| &change.examples);
            examples.find(|example| example.direction == wanted)
        };
        let shown = || format!("{before}\n---\n{after}\n{found:#?}");
        for (direction, one, other) in [
            (Direction::Lost, &accepted[0], &accepted[1]),
            (Direction::Gained, &accepted[1], &accepted[0]),
        ] {
            // A narrowed or widened requirement is shown in one direction only.
            let example = example(direction);
            let size = example.map(|example| example.holds.len());
            assert_eq!(size, smallest(one, other), "{direction:?}\n{}", shown());
            if let Some(example) = example {
                let (held, level) = learner(&example.holds);
                assert!(one.has(held, level), "{direction:?}\n{}", shown());
                assert!(!other.has(held, level), "{direction:?}\n{}", shown());
            }
        }
        let (lost, gained) = (example(Direction::Lost), example(Direction::Gained));
        seen[usize::from(lost.is_some()) + 2 * usize::from(gained.is_some())] += 1;
    }
    seen
}

#[test]
fn decisions_on_random_programs_are_those_of_trying_everything() {
    let seen = (0..PROGRAMS / BATCH).into_par_iter().map(batch).reduce(
        || [0; 4],
        |one, other| std::array::from_fn(|at| one[at] + other[at]),
    );
    assert_eq!(seen.iter().sum::<usize>() as u64, PROGRAMS);
    // Each verdict comes up often: the same, fewer, more, neither.
    assert!(seen.iter().all(|&count| count > 300), "{seen:?}");
}
