//! The logic of requirements against a plain reading of the same trees, on many small random projects.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;

use super::compile::{Forgive, Options};
use super::logic::{Logic, earnable};
use super::{Graph, satisfied};
use crate::diag::Sink;
use crate::model::{
    Amount, CredentialId, Project, Requirement, RequirementKind, SetId, SetMember, Settings, Sum,
    SumPart, SumPartKind,
};
use crate::resolve::{self, Inputs};
use crate::source::Sources;
use crate::syntax;

/// A project from its text, which must be without faults of names and syntax.
pub(super) fn project(text: &str) -> Project {
    let mut sources = Sources::new();
    let file = sources.add("test.gradus", text);
    let parsed = syntax::parse(file, text);
    let mut sink = Sink::new();
    for diagnostic in parsed.diagnostics.clone() {
        sink.push(diagnostic);
    }
    let inputs = Inputs {
        sources: Arc::new(sources),
        settings: Settings::default(),
        packs: Vec::new(),
        tables: Vec::new(),
    };
    let project = resolve::link(&[parsed], inputs, &mut sink);
    let errors: Vec<_> = sink
        .finish()
        .into_iter()
        .filter(|found| found.severity == crate::diag::Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    project
}

const CREDENTIALS: u64 = 5;

/// A small random number generator: the same seed, the same project.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn credential(&mut self) -> String {
        format!("c{}", self.below(CREDENTIALS))
    }

    /// Members of a block; sets below `sets` may be named.
    fn block(&mut self, depth: u32, sets: u64) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(2) {
            let _ = write!(text, " {}", self.requirement(depth, sets));
        }
        text
    }

    fn requirement(&mut self, depth: u32, sets: u64) -> String {
        let forms = if depth == 0 { 5 } else { 9 };
        match self.below(forms) {
            0..=2 => self.credential(),
            3 if sets > 0 => format!("s{}", self.below(sets)),
            3 => "\"an interview\"".to_owned(),
            4 => {
                let level = ["", " at low", " at high"][self.below(3) as usize];
                format!("skill f.k{}{level}", self.below(2))
            }
            5 => format!("all {{{} }}", self.block(depth - 1, sets)),
            6 => format!("any {{{} }}", self.block(depth - 1, sets)),
            7 => format!(
                "any 2 of {{{} {} }}",
                self.block(depth - 1, sets),
                self.credential()
            ),
            _ => {
                let once = ["", " counted once"][self.below(2) as usize];
                let least = self.below(6) + 1;
                format!(
                    "at least {least} ects from {{{} }}{once}",
                    self.parts(2, sets)
                )
            }
        }
    }

    fn parts(&mut self, depth: u32, sets: u64) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(3) {
            match self.below(if depth == 0 { 3 } else { 5 }) {
                2 if sets > 0 => {
                    let _ = write!(text, " s{}", self.below(sets));
                }
                0..=2 => {
                    let _ = write!(text, " {}", self.credential());
                }
                _ => {
                    let most = self.below(4) + 1;
                    let parts = self.parts(depth - 1, sets);
                    let _ = write!(text, " counting at most {most} ects from {{{parts} }}");
                }
            }
        }
        text
    }

    fn program(&mut self) -> String {
        let mut text = String::from(
            "scale m \"M\" { low \"Low\" high \"High\" }\n\
             framework f \"F\" { scale m skill k0 \"K0\" { can \"a\" } skill k1 \"K1\" { can \"b\" } }\n",
        );
        for set in 0..3 {
            let except = match self.below(3) {
                0 => format!(" except {}", self.credential()),
                1 if set > 0 => format!(" except s{}", self.below(set)),
                _ => String::new(),
            };
            let _ = writeln!(text, "set s{set} \"S\" {{{}{except} }}", self.block(1, set));
        }
        for credential in 0..CREDENTIALS {
            let _ = writeln!(text, "badge c{credential} \"C\" {{");
            if self.below(3) > 0 {
                let _ = writeln!(text, "  credit {} ects", self.below(4) + 1);
            }
            if self.below(3) == 0 {
                let level = ["", " at low", " at high"][self.below(3) as usize];
                let item = self.below(2);
                let _ = writeln!(text, "  assessment a \"A\" {{ assesses f.k{item}{level} }}");
            }
            for keyword in ["requires", "stacks"] {
                if self.below(2) == 0 {
                    let _ = writeln!(text, "  {keyword} {{{} }}", self.block(2, 3));
                }
            }
            text.push_str("}\n");
        }
        text
    }
}

/// The plain reading: trees are walked, sums are tried in every way.
struct Plain<'a> {
    project: &'a Project,
    held: &'a [bool],
}

impl Plain<'_> {
    fn is_held(&self, id: CredentialId) -> bool {
        self.held[id.0 as usize]
    }

    fn met(&self, requirement: &Requirement, excluded: &[CredentialId]) -> bool {
        match &requirement.kind {
            RequirementKind::Credential(id) => excluded.contains(id) || self.is_held(*id),
            RequirementKind::Set(set) => self.set_met(*set, excluded),
            RequirementKind::Skill { item, level } => {
                self.project.credentials.iter().any(|(id, credential)| {
                    self.is_held(id)
                        && credential
                            .assessments
                            .iter()
                            .flat_map(|assessment| &assessment.assesses)
                            .any(|assessed| {
                                assessed.item == *item
                                    && self.project.level_suffices(assessed.level, *level)
                                        == Some(true)
                            })
                })
            }
            RequirementKind::All(of) => {
                let once: Vec<&Sum> = of
                    .iter()
                    .filter_map(|part| match &part.kind {
                        RequirementKind::Sum(sum) if sum.counted_once => Some(sum),
                        _ => None,
                    })
                    .collect();
                of.iter().all(|part| self.met(part, excluded))
                    && (once.len() < 2 || self.together(&once, excluded))
            }
            RequirementKind::Any { least, of } => {
                let met = of
                    .iter()
                    .filter(|part| {
                        !matches!(part.kind, RequirementKind::Credential(id) if excluded.contains(&id))
                            && self.met(part, excluded)
                    })
                    .count();
                met >= *least as usize
            }
            RequirementKind::Sum(sum) => {
                let counts = |id| self.is_held(id) && !excluded.contains(&id);
                self.most(sum, &counts) >= sum.least.amount
            }
            RequirementKind::Judgement(_) => true,
            RequirementKind::Unresolved => false,
        }
    }

    fn set_met(&self, set: SetId, excluded: &[CredentialId]) -> bool {
        let set = &self.project.sets[set];
        let mut excluded = excluded.to_vec();
        for (member, _) in &set.except {
            match member {
                SetMember::Credential(id) => excluded.push(*id),
                SetMember::Set(inner) => excluded.extend(members(self.project, *inner)),
            }
        }
        set.members.iter().all(|member| {
            let left_out = matches!(member.kind, RequirementKind::Set(id)
                if set.except.iter().any(|(out, _)| *out == SetMember::Set(id)));
            left_out || self.met(member, &excluded)
        })
    }

    /// Tries every place of every credential.
    fn most(&self, sum: &Sum, counts: &dyn Fn(CredentialId) -> bool) -> Amount {
        let mut caps = vec![(None, i64::MAX)];
        let mut places = Vec::new();
        self.places(&sum.parts, 0, &mut caps, &mut places);
        places.retain(|&(id, _)| counts(id));
        places.sort_unstable();
        places.dedup();
        let groups: Vec<Vec<(CredentialId, usize)>> = places
            .chunk_by(|one, other| one.0 == other.0)
            .map(<[_]>::to_vec)
            .collect();
        let mut best = 0;
        let ways: usize = groups.iter().map(Vec::len).product();
        for mut way in 0..ways {
            let mut totals = vec![0i64; caps.len()];
            for group in &groups {
                let (id, place) = group[way % group.len()];
                way /= group.len();
                totals[place] += self.value(id);
            }
            for index in (0..caps.len()).rev() {
                let (around, most) = caps[index];
                let counted = totals[index].min(most);
                match around {
                    Some(outer) => totals[outer] += counted,
                    None => best = best.max(counted),
                }
            }
        }
        Amount(best)
    }

    fn places(
        &self,
        parts: &[SumPart],
        group: usize,
        caps: &mut Vec<(Option<usize>, i64)>,
        places: &mut Vec<(CredentialId, usize)>,
    ) {
        for part in parts {
            match &part.kind {
                SumPartKind::Credential(id) => places.push((*id, group)),
                SumPartKind::Set(set) => {
                    places.extend(
                        members(self.project, *set)
                            .into_iter()
                            .map(|id| (id, group)),
                    );
                }
                SumPartKind::AtMost { most, parts } => {
                    caps.push((Some(group), most.amount.0));
                    let inner = caps.len() - 1;
                    self.places(parts, inner, caps, places);
                }
                SumPartKind::Unresolved => {}
            }
        }
    }

    fn value(&self, id: CredentialId) -> i64 {
        self.project.credentials[id]
            .credit
            .map_or(0, |credit| credit.amount.0)
    }

    /// Gives every held credential to each of the sums in turn.
    fn together(&self, sums: &[&Sum], excluded: &[CredentialId]) -> bool {
        let count = self.held.len() as u32;
        let ways = (sums.len() + 1).pow(count);
        (0..ways).any(|way| {
            sums.iter().enumerate().all(|(index, sum)| {
                let counts = |id: CredentialId| {
                    let owner = way / (sums.len() + 1).pow(id.0) % (sums.len() + 1);
                    self.is_held(id) && owner == index && !excluded.contains(&id)
                };
                self.most(sum, &counts) >= sum.least.amount
            })
        })
    }
}

/// Members of a set, plainly.
fn members(project: &Project, set: SetId) -> Vec<CredentialId> {
    fn named(project: &Project, requirement: &Requirement, found: &mut Vec<CredentialId>) {
        match &requirement.kind {
            RequirementKind::Credential(id) => found.push(*id),
            RequirementKind::Set(set) => found.extend(members(project, *set)),
            RequirementKind::All(of) | RequirementKind::Any { of, .. } => {
                of.iter().for_each(|part| named(project, part, found));
            }
            RequirementKind::Sum(sum) => parts(project, &sum.parts, found),
            RequirementKind::Skill { .. }
            | RequirementKind::Judgement(_)
            | RequirementKind::Unresolved => {}
        }
    }
    fn parts(project: &Project, of: &[SumPart], found: &mut Vec<CredentialId>) {
        for part in of {
            match &part.kind {
                SumPartKind::Credential(id) => found.push(*id),
                SumPartKind::Set(set) => found.extend(members(project, *set)),
                SumPartKind::AtMost { parts: inner, .. } => parts(project, inner, found),
                SumPartKind::Unresolved => {}
            }
        }
    }
    let declared = &project.sets[set];
    let mut found = Vec::new();
    for member in &declared.members {
        named(project, member, &mut found);
    }
    for (member, _) in &declared.except {
        match member {
            SetMember::Credential(id) => found.retain(|known| known != id),
            SetMember::Set(inner) => {
                let out = members(project, *inner);
                found.retain(|known| !out.contains(known));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What can be earned, plainly: again and again until nothing changes.
fn plainly_earnable(project: &Project) -> Vec<bool> {
    let mut held = vec![false; project.credentials.len()];
    loop {
        let next: Vec<bool> = project
            .credentials
            .iter()
            .map(|(id, credential)| {
                let plain = Plain {
                    project,
                    held: &held,
                };
                held[id.0 as usize]
                    || [&credential.requires, &credential.stacks]
                        .into_iter()
                        .flatten()
                        .all(|requirement| plain.met(requirement, &[]))
            })
            .collect();
        if next == held {
            return held;
        }
        held = next;
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2026),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_requirement_is_met_as_the_plain_reading_says(seed: u64) {
        let text = Random(seed).program();
        let project = project(&text);
        let graph = Graph::build(&project);
        for pattern in 0..1u32 << CREDENTIALS {
            let held: Vec<bool> = (0..CREDENTIALS).map(|bit| pattern >> bit & 1 == 1).collect();
            let plain = Plain { project: &project, held: &held };
            for holder in super::requirements::holders(&project) {
                let expected = plain.met(holder.requirement, &[]);
                let found = satisfied(&project, &graph, holder.requirement, &|id| held[id.0 as usize]);
                prop_assert_eq!(found, expected, "{:?} of {:?} with {:?}\n{}", holder.role, holder.owner, held, text);
            }
        }
    }

    #[test]
    fn what_can_be_earned_is_the_least_fixpoint(seed: u64) {
        let text = Random(seed).program();
        let project = project(&text);
        let graph = Graph::build(&project);
        prop_assert_eq!(earnable(&project, &graph, &[]), plainly_earnable(&project), "{}", text);
    }

    #[test]
    fn locks_are_reported_exactly_when_something_is_locked(seed: u64) {
        let text = Random(seed).program();
        let project = project(&text);
        let graph = Graph::build(&project);
        let options = Options { forgive: Forgive::Everything, given: &|_| false };
        let logic = Logic::compile(&project, &graph, project.credentials.ids(), options);
        let truth = logic.closure();
        let earned: Vec<bool> = logic.owners().iter().map(|owner| logic.is_held(owner, &truth)).collect();
        let locks = graph.locks(&project);
        let some = !locks.selfish.is_empty() || !locks.circles.is_empty();
        prop_assert_eq!(some, earned.contains(&false), "{:#?}\n{}", locks, text);
        for need in locks.selfish.iter().chain(locks.circles.iter().flatten()) {
            prop_assert!(!earned[need.from.0 as usize], "{:#?}\n{}", need, text);
        }
        for circle in &locks.circles {
            prop_assert!(circle.len() > 1, "{:#?}\n{}", locks, text);
            for (position, need) in circle.iter().enumerate() {
                prop_assert_eq!(need.to, circle[(position + 1) % circle.len()].from);
            }
        }
    }

    #[test]
    fn members_of_sets_are_what_the_plain_reading_says(seed: u64) {
        let text = Random(seed).program();
        let project = project(&text);
        let sets = super::sets::Sets::new(&project);
        for id in project.sets.ids() {
            prop_assert_eq!(sets.members(&project, id), members(&project, id), "{}", text);
        }
    }
}

#[test]
fn node_numbers_are_dense_both_ways() {
    let project = project(&Random(7).program());
    let graph = Graph::build(&project);
    for (position, node) in graph.nodes().enumerate() {
        assert_eq!(graph.id(node).index(), position);
        assert_eq!(graph.node(graph.id(node)), node);
    }
}

#[test]
fn corequisites_are_earned_together_and_not_without_each_other() {
    let project = project(
        "badge a \"A\" { alongside { b } }\nbadge b \"B\" { alongside { a } }\n\
         badge c \"C\" { alongside { d } }\nbadge d \"D\" { requires { c } }\n\
         badge e \"E\" { alongside { a } requires { b } }\n",
    );
    let graph = Graph::build(&project);
    assert_eq!(
        earnable(&project, &graph, &[]),
        [true, true, false, false, true]
    );
    let circle: Vec<u32> = graph
        .locks(&project)
        .circles
        .iter()
        .flatten()
        .map(|need| need.from.0)
        .collect();
    assert_eq!(circle, [2, 3]);
}

#[test]
fn long_chains_do_not_overflow() {
    let mut text = String::from("badge c0 \"C\" { criteria \"x\" }\nset s0 \"S\" { c0 }\n");
    for index in 1..20_000 {
        let _ = writeln!(
            text,
            "badge c{index} \"C\" {{ requires {{ c{} }} }}",
            index - 1
        );
        let _ = writeln!(text, "set s{index} \"S\" {{ s{} }}", index - 1);
    }
    text.push_str("badge last \"L\" { requires { s19999 c19999 } }\n");
    let project = project(&text);
    let graph = Graph::build(&project);
    assert!(earnable(&project, &graph, &[]).iter().all(|&earned| earned));
    assert!(graph.locks(&project).circles.is_empty());
}
