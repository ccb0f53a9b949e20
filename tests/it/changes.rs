//! What a new state changes: decisions against trying everything, the grades, and the command as users meet it.

use std::collections::BTreeSet;

use gradus::diff::{self, Change, Direction, Grade, Holding, Side};
use gradus::model::{
    CredentialId, Requirement, RequirementKind, SetId, SetMember, SumPart, SumPartKind,
};
use gradus::workspace::Analysis;

use crate::support::{self, gradus, put};

fn compare(old: &Analysis, new: &Analysis) -> Vec<Change> {
    diff::compare(
        &Side {
            project: &old.project,
            graph: &old.graph,
        },
        &Side {
            project: &new.project,
            graph: &new.graph,
        },
    )
    .changes
}

fn changes(old: &str, new: &str) -> Vec<Change> {
    compare(
        &support::analyze_text(old, None),
        &support::analyze_text(new, None),
    )
}

/// `rule item: message`, one a line.
fn said(old: &str, new: &str) -> Vec<String> {
    changes(old, new)
        .iter()
        .map(|change| format!("{} {}: {}", change.rule.name, change.id, change.message))
        .collect()
}

// ---------------------------------------------------------------------------------------------------------------------
// Random programs, and an evaluator that is obviously right.
// ---------------------------------------------------------------------------------------------------------------------

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
        let mut places: Vec<(CredentialId, Vec<(usize, Vec<usize>)>)> = Vec::new();
        for (number, requirement) in sums.iter().enumerate() {
            if let RequirementKind::Sum(sum) = &requirement.kind {
                self.places(&sum.parts, &mut vec![number], &mut places);
            }
        }
        places.retain(|(id, _)| self.holds(*id) && !out.contains(id));
        self.tries(sums, &places, &mut Vec::new())
    }

    fn places(
        &self,
        parts: &[SumPart],
        way: &mut Vec<usize>,
        places: &mut Vec<(CredentialId, Vec<(usize, Vec<usize>)>)>,
    ) {
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
        places: &[(CredentialId, Vec<(usize, Vec<usize>)>)],
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
fn note(
    places: &mut Vec<(CredentialId, Vec<(usize, Vec<usize>)>)>,
    id: CredentialId,
    way: &[usize],
) {
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

// ---------------------------------------------------------------------------------------------------------------------
// Single changes.
// ---------------------------------------------------------------------------------------------------------------------

/// A small catalogue to change.
const SMALL: &str = r#"
scale m "M" { low "Low"  high "High" }
framework f "F" { scale m  area x "X" { skill s "S" { can "do" } } }
badge a "A" { about "One."  credit 2 ects  workload 20 hours  valid for 12 months }
badge b "B" { assessment t "T" { assesses f.x.s at low  pass 50% } }
badge c "C" { requires { any { a b } } }
"#;

fn changed(from: &str, to: &str) -> Vec<String> {
    assert!(SMALL.contains(from), "{from}");
    said(SMALL, &SMALL.replace(from, to))
}

#[test]
fn what_stays_the_same_is_no_change() {
    assert_eq!(said(SMALL, SMALL), Vec::<String>::new());
    let layout = SMALL.replace("  ", "\n    ");
    assert_eq!(said(SMALL, &layout), Vec::<String>::new());
    let mut lines: Vec<&str> = SMALL.lines().collect();
    lines.reverse();
    assert_eq!(said(SMALL, &lines.join("\n")), Vec::<String>::new());
}

#[test]
fn each_change_is_told_once() {
    for (from, to, expected) in [
        (
            "\"One.\"",
            "\"1.\"",
            "change/reworded a: description reworded",
        ),
        (
            "2 ects",
            "1 ects",
            "change/credit-lowered a: credit lowered from 2 ECTS to 1 ECTS",
        ),
        (
            "20 hours",
            "1500 minutes",
            "change/workload-raised a: workload raised from 20 hours to 1500 minutes",
        ),
        (
            "12 months",
            "2 years",
            "change/validity-longer a: validity raised from 12 months to 2 years",
        ),
        (
            "pass 50%",
            "pass 60%",
            "change/pass-mark-raised b: assessment `t`: pass mark raised from 50% to 60%",
        ),
        (
            "at low",
            "at high",
            "change/assessed-level-changed b: assesses `f.x.s` at high instead of low",
        ),
        (
            "can \"do\"",
            "can \"act\"",
            "change/statement-changed f.x.s: what it says that someone can do has changed",
        ),
        (
            "any { a b }",
            "any { b a }",
            "change/requirement-rewritten c: what must be held is said in other words; it asks for exactly the same",
        ),
        (
            "any { a b }",
            "a",
            "change/requirement-narrowed c: what must be held asks for more",
        ),
        (
            "any { a b }",
            "a \"an interview\"",
            "change/requirement-narrowed c: what must be held asks for more",
        ),
        (
            "badge c \"C\" {",
            "badge d \"C\" { formerly c ",
            "change/renamed d: renamed from `c` to `d`; addresses stay",
        ),
        (
            "badge c",
            "course c",
            "change/kind-changed c: a course instead of a badge",
        ),
        (
            "low \"Low\"  high \"High\"",
            "high \"High\"  low \"Low\"",
            "change/levels-reordered m: its levels stand in another order",
        ),
    ] {
        assert_eq!(changed(from, to), [expected], "{from} -> {to}");
    }
}

#[test]
fn a_requirement_that_is_met_later_but_at_all_is_told_by_who_may_begin() {
    let old = "badge a \"A\" {}\nbadge b \"B\" {}\nbadge c \"C\" { requires { a } stacks { b } }";
    let new = "badge a \"A\" {}\nbadge b \"B\" {}\nbadge c \"C\" { requires { a b } }";
    let found = said(old, new);
    assert!(
        found.contains(
            &"change/begin-narrowed c: what must be held to begin asks for more".to_owned()
        ),
        "{found:#?}"
    );
    assert!(
        !found
            .iter()
            .any(|line| line.contains("requirement-narrowed")),
        "{found:#?}"
    );
}

#[test]
fn words_of_a_judgement_are_told_from_what_must_be_held() {
    let old = "badge a \"A\" {}\nbadge c \"C\" { requires { a \"an interview\" } }";
    let new = "badge a \"A\" {}\nbadge c \"C\" { requires { a \"a talk\" } }";
    let found = changes(old, new);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule.name, "change/judgement-changed");
    assert_eq!(found[0].rule.grade(), Grade::Breaking);
}

#[test]
fn what_another_credential_attests_changes_the_requirement_too() {
    let text = |level: &str| {
        format!(
            "scale m \"M\" {{ low \"L\" high \"H\" }}\nframework f \"F\" {{ scale m skill s \"S\" {{ can \"do\" }} }}\nbadge a \"A\" {{ assessment t \"T\" {{ assesses f.s at {level} }} }}\nbadge c \"C\" {{ requires {{ skill f.s at high }} }}"
        )
    };
    let found = changes(&text("high"), &text("low"));
    let narrowed = found
        .iter()
        .find(|change| change.rule.name == "change/requirement-narrowed")
        .expect("narrowed");
    assert_eq!(narrowed.id, "c");
    assert_eq!(
        narrowed.examples[0].sentence(),
        "holding `a` was enough, now it is not"
    );
}

#[test]
fn items_that_move_are_followed() {
    let old = "framework f \"F\" { area x \"X\" { skill s \"S\" { can \"do\" } } area y \"Y\" {} }";
    let new = "framework f \"F\" { area x \"X\" {} area y \"Y\" { skill s \"S\" { can \"do\" } } }";
    let found = said(old, new);
    assert!(
        found.contains(&"change/moved f.y.s: moved from `f.x.s` to `f.y.s`".to_owned()),
        "{found:#?}"
    );
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("change/address-changed f.y.s")),
        "{found:#?}"
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// The command.
// ---------------------------------------------------------------------------------------------------------------------

/// Two folders, `old` and `new`.
fn two(old: &str, new: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let project = "name: small\nversion: 1.0.0\nbase: https://example.com/\n";
    put(
        folder.path(),
        &[
            ("old/gradus.yaml", project),
            ("old/all.gradus", old),
            ("new/gradus.yaml", project),
            ("new/all.gradus", new),
        ],
    );
    folder
}

#[test]
fn the_command_says_who_loses_and_fails_where_it_is_told_to() {
    let folder = two(SMALL, &SMALL.replace("any { a b }", "all { a b }"));
    let ran = gradus(folder.path(), &["diff", "old", "new"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.out.contains("holding `a` was enough, now it is not"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("2.0.0 or higher is advised"),
        "{}",
        ran.out
    );
    let ran = gradus(
        folder.path(),
        &["diff", "old", "new", "--fail-on", "breaking"],
    );
    assert_eq!(ran.code, 1, "{}", ran.all());
    for format in ["json", "md", "github"] {
        let ran = gradus(folder.path(), &["diff", "old", "new", "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.all());
        assert!(ran.out.contains("was enough, now it is not"), "{}", ran.out);
    }
    let ran = gradus(folder.path(), &["diff", "old", "old"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "nothing has changed\n"));
}

#[test]
fn accepted_breaks_are_used_up_and_end() {
    let folder = two(SMALL, &SMALL.replace("any { a b }", "all { a b }"));
    let entry = |item: &str| {
        format!(
            "- rule: change/requirement-narrowed\n  item: {item}\n  reason: agreed with the faculty\n  who: J. Kerr\n  until: 2027-06-30\n"
        )
    };
    let run = |text: &str, today: &str| {
        put(folder.path(), &[("new/accepted-breaks.yaml", text)]);
        let arguments = [
            "diff",
            "old",
            "new",
            "--fail-on",
            "breaking",
            "--today",
            today,
        ];
        gradus(folder.path(), &arguments)
    };
    let ran = run(&entry("c"), "2027-06-30");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.out.contains("accepted by J. Kerr until 2027-06-30"),
        "{}",
        ran.out
    );
    let ran = run(&entry("c"), "2027-07-01");
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.err.contains("has expired"), "{}", ran.err);
    let both = format!("{}{}", entry("c"), entry("b"));
    let ran = run(&both, "2027-01-01");
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.err.contains("accepts nothing"), "{}", ran.err);
    let ran = run("- rule: change/removed\n", "2027-01-01");
    assert_eq!(ran.code, 2, "{}", ran.all());
}

/// Runs git in a folder; `false` where there is no git.
fn git(folder: &std::path::Path, arguments: &[&str]) -> bool {
    std::process::Command::new("git")
        .args(["-c", "user.name=Kim", "-c", "user.email=kim@example.org"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .is_ok_and(|output| output.status.success())
}

#[test]
fn what_git_kept_is_a_state() {
    let folder = two(SMALL, SMALL);
    let path = folder.path();
    if !git(path, &["init", "--quiet"]) {
        return;
    }
    assert!(git(path, &["add", "."]) && git(path, &["commit", "--quiet", "-m", "first"]));
    put(
        path,
        &[("new/all.gradus", &SMALL.replace("2 ects", "1 ects"))],
    );
    for (at, old, new) in [
        ("", "git:HEAD:new", "new"),
        ("", "git:HEAD:new/all.gradus", "new/all.gradus"),
        ("new", "git:HEAD", "."),
        ("old", "git:HEAD:../new", "../new"),
    ] {
        let ran = gradus(&path.join(at), &["diff", old, new]);
        assert_eq!(ran.code, 0, "{old}\n{}", ran.all());
        assert!(
            ran.out.contains("credit lowered from 2 ECTS to 1 ECTS"),
            "{old}\n{}",
            ran.all()
        );
    }
    for wrong in [
        "git:nothing",
        "git:HEAD:gone",
        "git:HEAD:../../x",
        "git:HEAD:/etc",
    ] {
        let ran = gradus(path, &["diff", wrong, "new"]);
        assert_eq!(ran.code, 2, "{wrong}\n{}", ran.all());
    }
}

#[test]
fn references_that_are_options_are_refused() {
    let folder = two(SMALL, SMALL);
    for name in ["git:--output=x", "git:", "git:-x:old"] {
        let ran = gradus(folder.path(), &["diff", name, "new"]);
        assert_eq!(ran.code, 2, "{name}\n{}", ran.all());
    }
}

#[test]
fn what_was_released_changes_with_a_new_version_only() {
    let badge = |rest: &str| {
        format!(
            "issuer h \"H\" {{ url <https://h.example>  email \"h@h.example\" }}\ndefaults {{ by h }}\nbadge a \"A\" {{ criteria \"Draws a chart.\" {rest} }}\n"
        )
    };
    let folder = two("", &badge("credit 2 ects"));
    let project = folder.path().join("new");
    let ran = gradus(&project, &["release", "--check"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(!project.join("gradus.lock").exists());
    let ran = gradus(&project, &["release"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "released: `a`\n"),
        "{}",
        ran.all()
    );
    let lock = std::fs::read_to_string(project.join("gradus.lock")).expect("a lock");
    assert!(
        lock.contains("iri: \"https://example.com/open-badges-3/a.json\""),
        "{lock}"
    );
    // Released again, nothing moves; nor does it where only words or layout change.
    let words = badge("about \"New words.\"\n\n  credit 2 ects");
    for text in [badge("credit 2 ects"), words] {
        put(&project, &[("all.gradus", &text)]);
        let ran = gradus(&project, &["release"]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.all());
    }
    put(&project, &[("all.gradus", &badge("credit 1 ects"))]);
    for command in ["check", "build", "release"] {
        let ran = gradus(&project, &[command, "--format", "concise"]);
        assert_eq!(ran.code, 1, "{command}\n{}", ran.all());
        assert!(
            ran.out.contains("publish/changed-without-version"),
            "{}",
            ran.out
        );
    }
    put(
        &project,
        &[("all.gradus", &badge("version \"2\" credit 1 ects"))],
    );
    let ran = gradus(&project, &["release"]);
    let moved = "moved on: `a` from no version to version 2\n";
    assert_eq!((ran.code, ran.out.as_str()), (0, moved), "{}", ran.all());
    // A renamed credential keeps its record.
    let renamed = badge("version \"2\" credit 1 ects")
        .replace("badge a \"A\" {", "badge b \"A\" { formerly a ");
    put(&project, &[("all.gradus", &renamed)]);
    let ran = gradus(&project, &["release"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.all());
}

#[test]
fn the_documented_grades_are_those_in_use() {
    let page = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/changes.md"),
    )
    .expect("the page");
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| `change/"))
        .collect();
    let expected: Vec<String> = diff::rules::ALL
        .iter()
        .map(|rule| {
            format!(
                "| `{}` | {} | {} | {} |",
                rule.name,
                rule.learner.word(),
                rule.holder.word(),
                rule.why
            )
        })
        .collect();
    assert_eq!(rows, expected);
}
