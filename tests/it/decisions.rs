//! Decisions between requirements on random programs, against an evaluator that is obviously right: it tries every learner, and for
//! sums every way to place credentials.

use std::collections::BTreeSet;

use gradus::diff::{Direction, Holding};
use gradus::model::{
    CredentialId, Requirement, RequirementKind, SetId, SetMember, SumPart, SumPartKind,
};
use gradus::workspace::Analysis;

use crate::changes::compare;
use crate::support;

/// A credential, and for each place where it can count the sum and the way to it.
type Place = (CredentialId, Vec<(usize, Vec<usize>)>);

const CREDENTIALS: usize = 6;

/// Many where programs are built to be fast.
const PROGRAMS: u64 = if cfg!(debug_assertions) { 400 } else { 10_000 };

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
        "scale m \"M\" { l0 \"0\" l1 \"1\" l2 \"2\" }\nframework f \"F\" { scale m skill s0 \"S0\" { can \"do\" } skill s1 \"S1\" { can \"act\" } }\n",
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

/// A learner: which credentials, and which skills at which level by other proof (no level shown is 0, `l0` is 1 …).
#[derive(Debug, Clone)]
struct Learner {
    credentials: BTreeSet<String>,
    skills: [u32; 2],
}

struct Judge<'a> {
    analysis: &'a Analysis,
    learner: &'a Learner,
}

impl Judge<'_> {
    fn holds(&self, id: CredentialId) -> bool {
        let project = &self.analysis.project;
        let id = project.id(&project.credentials[id].declared);
        self.learner.credentials.contains(id)
    }

    fn meets(&self, requirement: &Requirement, out: &BTreeSet<CredentialId>) -> bool {
        let project = &self.analysis.project;
        match &requirement.kind {
            RequirementKind::Credential(id) => out.contains(id) || self.holds(*id),
            RequirementKind::Set(set) => self.meets_set(*set, out),
            RequirementKind::Skill { item, level } => {
                let rank = level
                    .and_then(|level| project.rank(level))
                    .map(|(_, rank)| rank);
                let attested = project.credentials.iter().any(|(id, credential)| {
                    self.holds(id)
                        && credential.assessments.iter().any(|assessment| {
                            assessment.assesses.iter().any(|assessed| {
                                assessed.item == *item
                                    && assessed
                                        .level
                                        .and_then(|level| project.rank(level))
                                        .map(|(_, rank)| rank)
                                        >= rank
                            })
                        })
                });
                let number = usize::from(project.name(project.items[*item].path) == "s1");
                attested || self.learner.skills[number] > rank.unwrap_or(0)
            }
            RequirementKind::All(of) => self.meets_all(of, out),
            RequirementKind::Any { least, of } => {
                let met = of
                    .iter()
                    .filter(|part| match &part.kind {
                        RequirementKind::Credential(id) => !out.contains(id),
                        _ => true,
                    })
                    .filter(|part| self.meets(part, out));
                met.count() >= *least as usize
            }
            RequirementKind::Sum(_) => self.meets_sums(&[requirement], out),
            RequirementKind::Judgement(_) => true,
            RequirementKind::Unresolved => false,
        }
    }

    fn meets_all(&self, of: &[Requirement], out: &BTreeSet<CredentialId>) -> bool {
        let once: Vec<&Requirement> = of
            .iter()
            .filter(|part| matches!(&part.kind, RequirementKind::Sum(sum) if sum.counted_once))
            .collect();
        of.iter().all(|part| self.meets(part, out)) && self.meets_sums(&once, out)
    }

    fn meets_set(&self, set: SetId, out: &BTreeSet<CredentialId>) -> bool {
        let project = &self.analysis.project;
        let declared = &project.sets[set];
        let mut out = out.clone();
        let mut sets = BTreeSet::new();
        for (member, _) in &declared.except {
            match member {
                SetMember::Credential(id) => {
                    out.insert(*id);
                }
                SetMember::Set(id) => {
                    out.extend(self.analysis.graph.sets().members(project, *id));
                    sets.insert(*id);
                }
            }
        }
        declared.members.iter().all(|part| match &part.kind {
            RequirementKind::Credential(id) if out.contains(id) => true,
            RequirementKind::Set(id) if sets.contains(id) => true,
            _ => self.meets(part, &out),
        })
    }

    /// Tries every way to give each held credential to one place of one of the sums.
    fn meets_sums(&self, sums: &[&Requirement], out: &BTreeSet<CredentialId>) -> bool {
        let mut places: Vec<Place> = Vec::new();
        for (number, requirement) in sums.iter().enumerate() {
            if let RequirementKind::Sum(sum) = &requirement.kind {
                self.places(&sum.parts, &mut vec![number], &mut places);
            }
        }
        places.retain(|(id, _)| self.holds(*id) && !out.contains(id));
        self.tries(sums, &places, &mut Vec::new())
    }

    fn places(&self, parts: &[SumPart], way: &mut Vec<usize>, places: &mut Vec<Place>) {
        for (number, part) in parts.iter().enumerate() {
            match &part.kind {
                SumPartKind::Credential(id) => note(places, *id, way),
                SumPartKind::Set(set) => {
                    let project = &self.analysis.project;
                    for id in self.analysis.graph.sets().members(project, *set) {
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
        let project = &self.analysis.project;
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

fn accepts(analysis: &Analysis, learner: &Learner) -> bool {
    let project = &analysis.project;
    let judge = Judge { analysis, learner };
    let goal = project
        .credentials
        .iter()
        .find(|(_, credential)| project.id(&credential.declared) == "goal")
        .expect("the goal")
        .1;
    goal.stacks
        .as_ref()
        .is_none_or(|stacks| judge.meets(stacks, &BTreeSet::new()))
}

/// The size of the smallest learner whom the one accepts and the other does not.
fn smallest(one: &Analysis, other: &Analysis) -> Option<usize> {
    let mut best: Option<usize> = None;
    for held in 0..1u32 << CREDENTIALS {
        let credentials: BTreeSet<String> = (0..CREDENTIALS)
            .filter(|number| held >> number & 1 == 1)
            .map(|number| format!("c{number}"))
            .collect();
        for shown in 0..16 {
            let learner = Learner {
                credentials: credentials.clone(),
                skills: [shown % 4, shown / 4],
            };
            let size =
                credentials.len() + learner.skills.iter().filter(|&&level| level > 0).count();
            if best.is_none_or(|best| size < best)
                && accepts(one, &learner)
                && !accepts(other, &learner)
            {
                best = Some(size);
            }
        }
    }
    best
}

fn learner(holds: &[Holding]) -> Learner {
    let mut learner = Learner {
        credentials: BTreeSet::new(),
        skills: [0, 0],
    };
    for holding in holds {
        match holding {
            Holding::Credential(id) => {
                learner.credentials.insert(id.clone());
            }
            Holding::Skill { path, level } => {
                let level = level
                    .as_deref()
                    .and_then(|level| level[1..].parse::<u32>().ok());
                let slot = &mut learner.skills[usize::from(path == "f.s1")];
                *slot = (*slot).max(level.map_or(0, |level| level + 1));
            }
            Holding::Judgement(text) => panic!("no judgement was asked for: {text}"),
        }
    }
    learner
}

#[test]
fn decisions_on_random_programs_are_those_of_trying_everything() {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let mut seen = [0usize; 4];
    for _ in 0..PROGRAMS {
        let (before, after) = (program(&mut dice), program(&mut dice));
        let after = if dice.roll(3) == 0 {
            // Near misses: only what the goal asks differs.
            let head = before.find("certificate goal").expect("the goal");
            let tail = after.find("certificate goal").expect("the goal");
            format!("{}{}", &before[..head], &after[tail..])
        } else {
            after
        };
        let old = support::analyze_text(&before, None);
        let new = support::analyze_text(&after, None);
        let found = compare(&old, &new);
        let found = found
            .iter()
            .find(|change| change.id == "goal" && !change.examples.is_empty());
        let example = |wanted: Direction| {
            let mut examples = found.iter().flat_map(|change| &change.examples);
            examples.find(|example| example.direction == wanted)
        };
        let shown = || format!("{before}\n---\n{after}\n{found:#?}");
        for (direction, one, other) in [
            (Direction::Lost, &old, &new),
            (Direction::Gained, &new, &old),
        ] {
            // A narrowed or widened requirement is shown in one direction only.
            let example = example(direction);
            let size = example.map(|example| example.holds.len());
            assert_eq!(size, smallest(one, other), "{direction:?}\n{}", shown());
            if let Some(example) = example {
                let learner = learner(&example.holds);
                assert!(accepts(one, &learner), "{direction:?}\n{}", shown());
                assert!(!accepts(other, &learner), "{direction:?}\n{}", shown());
            }
        }
        let (lost, gained) = (example(Direction::Lost), example(Direction::Gained));
        seen[usize::from(lost.is_some()) + 2 * usize::from(gained.is_some())] += 1;
    }
    assert!(seen.iter().all(|&count| count > 5), "{seen:?}");
}
