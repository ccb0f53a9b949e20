//! Decisions between requirements on random programs, against an evaluator that is obviously right: it tries every learner, and for
//! sums every way to place credentials.
//!
//! Ten thousand programs on every run: a batch of them is one text, where each has credentials, skills and sets of its own, and batches
//! run side by side. All learners of a program are tried at once, a bit for each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gradus::diag::Sink;
use gradus::diff::{self, Change, Direction, Holding, Side};
use gradus::graph::Graph;
use gradus::model::{
    CredentialId, Project, Requirement, RequirementKind, SetId, SetMember, Settings, SumPart,
    SumPartKind,
};
use gradus::resolve::{Inputs, link};
use gradus::source::Sources;
use gradus::syntax::parse;
use rayon::prelude::*;

/// A credential, and for each place where it can count the sum and the way to it.
type Place = (CredentialId, Vec<(usize, Vec<usize>)>);

const CREDENTIALS: usize = 6;

/// Every learner of a program: which of the credentials are held, and which of two skills is shown at which of three levels, or not.
const HELD: usize = 1 << CREDENTIALS;
const SHOWN: usize = 16;

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
struct State {
    project: Project,
    graph: Graph,
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

/// The learners whom something accepts: for each way to show skills, a bit for each way to hold credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Learners([u64; SHOWN]);

impl Learners {
    const NONE: Self = Self([0; SHOWN]);
    const ALL: Self = Self([u64::MAX; SHOWN]);

    fn where_(accepts: impl Fn(usize, usize) -> bool) -> Self {
        let mut found = Self::NONE;
        for (shown, bits) in found.0.iter_mut().enumerate() {
            for held in 0..HELD {
                *bits |= u64::from(accepts(held, shown)) << held;
            }
        }
        found
    }

    fn has(&self, held: usize, shown: usize) -> bool {
        self.0[shown] >> held & 1 == 1
    }

    fn and(mut self, other: &Self) -> Self {
        for (mine, other) in self.0.iter_mut().zip(other.0) {
            *mine &= other;
        }
        self
    }

    fn or(mut self, other: &Self) -> Self {
        for (mine, other) in self.0.iter_mut().zip(other.0) {
            *mine |= other;
        }
        self
    }
}

/// The level at which a skill is shown: no proof is 0, `l0` is 1 and so on.
fn shown_level(shown: usize, skill: usize) -> u32 {
    (shown >> (2 * skill) & 3) as u32
}

/// Judges the learners of one program.
struct Judge<'a> {
    state: &'a State,
    program: u64,
    /// Its credentials, by number.
    credentials: BTreeMap<CredentialId, usize>,
}

impl<'a> Judge<'a> {
    fn new(state: &'a State, program: u64) -> Self {
        let project = &state.project;
        let numbered = project.credentials.iter().filter_map(|(id, credential)| {
            let (name, number) = project.id(&credential.declared).split_once('-')?;
            let digit = name.strip_prefix('c')?.parse::<usize>().ok()?;
            (number == program.to_string()).then_some((id, digit))
        });
        Self {
            state,
            program,
            credentials: numbered.collect(),
        }
    }

    /// Whom the goal of the program accepts.
    fn accepted(&self) -> Learners {
        let project = &self.state.project;
        let name = format!("goal-{}", self.program);
        let goal = project
            .credentials
            .iter()
            .find(|(_, credential)| project.id(&credential.declared) == name)
            .expect("the goal")
            .1;
        goal.stacks
            .as_ref()
            .map_or(Learners::ALL, |stacks| self.meets(stacks, &BTreeSet::new()))
    }

    fn holders(&self, id: CredentialId) -> Learners {
        let Some(&number) = self.credentials.get(&id) else {
            return Learners::NONE;
        };
        let holds = (0..HELD).fold(0, |bits, held| bits | ((held >> number & 1) as u64) << held);
        Learners([holds; SHOWN])
    }

    fn meets(&self, requirement: &Requirement, out: &BTreeSet<CredentialId>) -> Learners {
        let project = &self.state.project;
        match &requirement.kind {
            RequirementKind::Credential(id) if out.contains(id) => Learners::ALL,
            RequirementKind::Credential(id) => self.holders(*id),
            RequirementKind::Set(set) => self.meets_set(*set, out),
            RequirementKind::Skill { item, level } => {
                let rank = level
                    .and_then(|level| project.rank(level))
                    .map(|(_, rank)| rank);
                let number = usize::from(project.name(project.items[*item].path) == "s1");
                let mut met =
                    Learners::where_(|_, shown| shown_level(shown, number) > rank.unwrap_or(0));
                for &id in self.credentials.keys() {
                    let assessments = &project.credentials[id].assessments;
                    let mut assessed = assessments.iter().flat_map(|one| &one.assesses);
                    let attests = assessed.any(|assessed| {
                        let shown = assessed.level.and_then(|level| project.rank(level));
                        assessed.item == *item && shown.map(|(_, rank)| rank) >= rank
                    });
                    if attests {
                        met = met.or(&self.holders(id));
                    }
                }
                met
            }
            RequirementKind::All(of) => self.meets_all(of, out),
            RequirementKind::Any { least, of } => {
                let met: Vec<Learners> = of
                    .iter()
                    .filter(|part| match &part.kind {
                        RequirementKind::Credential(id) => !out.contains(id),
                        _ => true,
                    })
                    .map(|part| self.meets(part, out))
                    .collect();
                Learners::where_(|held, shown| {
                    let count = met.iter().filter(|part| part.has(held, shown)).count();
                    count >= *least as usize
                })
            }
            RequirementKind::Sum(_) => self.meets_sums(&[requirement], out),
            RequirementKind::Judgement(_) => Learners::ALL,
            RequirementKind::Unresolved => Learners::NONE,
        }
    }

    fn meets_all(&self, of: &[Requirement], out: &BTreeSet<CredentialId>) -> Learners {
        let once: Vec<&Requirement> = of
            .iter()
            .filter(|part| matches!(&part.kind, RequirementKind::Sum(sum) if sum.counted_once))
            .collect();
        let each = of
            .iter()
            .fold(Learners::ALL, |met, part| met.and(&self.meets(part, out)));
        if once.len() < 2 {
            return each;
        }
        each.and(&self.meets_sums(&once, out))
    }

    fn meets_set(&self, set: SetId, out: &BTreeSet<CredentialId>) -> Learners {
        let project = &self.state.project;
        let declared = &project.sets[set];
        let mut out = out.clone();
        let mut sets = BTreeSet::new();
        for (member, _) in &declared.except {
            match member {
                SetMember::Credential(id) => {
                    out.insert(*id);
                }
                SetMember::Set(id) => {
                    out.extend(self.state.graph.sets().members(project, *id));
                    sets.insert(*id);
                }
            }
        }
        declared
            .members
            .iter()
            .fold(Learners::ALL, |met, part| match &part.kind {
                RequirementKind::Credential(id) if out.contains(id) => met,
                RequirementKind::Set(id) if sets.contains(id) => met,
                _ => met.and(&self.meets(part, &out)),
            })
    }

    /// Tries every way to give each held credential to one place of one of the sums.
    fn meets_sums(&self, sums: &[&Requirement], out: &BTreeSet<CredentialId>) -> Learners {
        let mut places: Vec<Place> = Vec::new();
        for (number, requirement) in sums.iter().enumerate() {
            if let RequirementKind::Sum(sum) = &requirement.kind {
                self.places(&sum.parts, &mut vec![number], &mut places);
            }
        }
        places.retain(|(id, _)| !out.contains(id) && self.credentials.contains_key(id));
        // What can count nowhere makes no difference: each choice of what can is tried once.
        let mut known: BTreeMap<Vec<CredentialId>, bool> = BTreeMap::new();
        let mut enough = [false; HELD];
        for (held, enough) in enough.iter_mut().enumerate() {
            let holds = |id: &CredentialId| held >> self.credentials[id] & 1 == 1;
            let here: Vec<Place> = places.iter().filter(|(id, _)| holds(id)).cloned().collect();
            let key = here.iter().map(|(id, _)| *id).collect();
            *enough = *known
                .entry(key)
                .or_insert_with(|| self.tries(sums, &here, &mut Vec::new()));
        }
        Learners::where_(|held, _| enough[held])
    }

    fn places(&self, parts: &[SumPart], way: &mut Vec<usize>, places: &mut Vec<Place>) {
        for (number, part) in parts.iter().enumerate() {
            match &part.kind {
                SumPartKind::Credential(id) => note(places, *id, way),
                SumPartKind::Set(set) => {
                    let project = &self.state.project;
                    for id in self.state.graph.sets().members(project, *set) {
                        note(places, id, way);
                    }
                }
                SumPartKind::AtMost { .. } | SumPartKind::Unresolved => {}
            }
            if let SumPartKind::AtMost { parts, .. } = &part.kind {
                way.push(number);
                self.places(parts, way, places);
                way.pop();
            }
        }
    }

    fn tries(
        &self,
        sums: &[&Requirement],
        places: &[Place],
        chosen: &mut Vec<(CredentialId, Vec<usize>)>,
    ) -> bool {
        let Some(((id, ways), rest)) = places.split_first() else {
            return sums.iter().enumerate().all(|(number, requirement)| {
                let RequirementKind::Sum(sum) = &requirement.kind else {
                    return false;
                };
                self.brought(&sum.parts, &[number], chosen) >= sum.least.amount.0
            });
        };
        ways.iter().any(|(_, way)| {
            chosen.push((*id, way.clone()));
            let found = self.tries(sums, rest, chosen);
            chosen.pop();
            found
        })
    }

    fn brought(
        &self,
        parts: &[SumPart],
        way: &[usize],
        chosen: &[(CredentialId, Vec<usize>)],
    ) -> i64 {
        let project = &self.state.project;
        let here: i64 = chosen
            .iter()
            .filter(|(_, at)| at == way)
            .map(|(id, _)| {
                project.credentials[*id]
                    .credit
                    .map_or(0, |credit| credit.amount.0)
            })
            .sum();
        let inside: i64 = parts
            .iter()
            .enumerate()
            .map(|(number, part)| match &part.kind {
                SumPartKind::AtMost { most, parts } => {
                    let mut way = way.to_vec();
                    way.push(number);
                    self.brought(parts, &way, chosen).min(most.amount.0)
                }
                _ => 0,
            })
            .sum();
        here + inside
    }
}

/// Adds a place where a credential can count.
fn note(places: &mut Vec<Place>, id: CredentialId, way: &[usize]) {
    let place = (way[0], way.to_vec());
    match places.iter_mut().find(|(known, _)| *known == id) {
        Some((_, known)) => known.push(place),
        None => places.push((id, vec![place])),
    }
}

/// The size of the smallest learner whom the one accepts and the other does not.
fn smallest(one: &Learners, other: &Learners) -> Option<usize> {
    let mut best: Option<usize> = None;
    for shown in 0..SHOWN {
        let skills = (0..2)
            .filter(|&skill| shown_level(shown, skill) > 0)
            .count();
        for held in 0..HELD {
            let size = held.count_ones() as usize + skills;
            if one.has(held, shown)
                && !other.has(held, shown)
                && best.is_none_or(|best| size < best)
            {
                best = Some(size);
            }
        }
    }
    best
}

/// Which credentials and which skills an example shows.
fn learner(holds: &[Holding]) -> (usize, usize) {
    let (mut held, mut shown) = (0, 0);
    for holding in holds {
        match holding {
            Holding::Credential(id) => {
                let digit = id[1..2].parse::<usize>().expect("a number");
                held |= 1 << digit;
            }
            Holding::Skill { path, level } => {
                let level = level
                    .as_deref()
                    .and_then(|level| level[1..].parse::<usize>().ok());
                let skill = usize::from(path.ends_with(".s1"));
                let level = level.map_or(0, |level| level + 1);
                assert_eq!(shown >> (2 * skill) & 3, 0, "{path} twice");
                shown |= level << (2 * skill);
            }
            Holding::Judgement(text) => panic!("no judgement was asked for: {text}"),
        }
    }
    (held, shown)
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
