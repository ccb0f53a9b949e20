//! Why a goal cannot be reached: a smallest set of rules in the source that make it impossible.
//!
//! A rule is one thing that a credential (or the goal itself) asks. Supposing every other rule were met, these alone still
//! keep the goal out of reach; without any one of them it could be reached. Found first by leaving rules out, many at a time
//! where that works, those far from the goal first. Then it is made a smallest one: whatever keeps the goal out of reach has a
//! rule of each set without which the goal is reached, so the fewest rules that have one of each such set known so far are
//! tried; if they keep the goal out of reach, no fewer do, and if not, they show another such set.

use rustc_hash::FxHashMap;

use crate::graph::circuit::{GateId, Truth};
use crate::graph::cone::{Cone, Earned};
use crate::model::{CredentialId, Project, Requirement, RequirementKind};
use crate::source::Place;

use super::hitting;
use super::solve::Left;
use super::target::Aim;

/// A rule that keeps the goal out of reach.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Whose rule it is; `None` for the goal.
    pub owner: Option<CredentialId>,
    /// Of what is aimed at, whose rule it is; `None` for a rule of a credential, and of a need from elsewhere.
    pub aim: Option<Aim>,
    /// `requires`, `stacks`, `alongside` or `asks`.
    pub verb: &'static str,
    /// Where it is written.
    pub place: Place,
    /// What it asks, as its author wrote it.
    pub asks: String,
    /// Why nothing meets it, where that is not the fault of other rules.
    pub because: Option<String>,
    gate: GateId,
}

/// The rules, and what is known of them (time may have run out).
#[derive(Debug, Clone)]
pub struct Blame {
    pub rules: Vec<Rule>,
    /// Every one of them is necessary.
    pub is_minimal: bool,
    /// No other set of fewer rules keeps the goal out of reach; where this is not so, it is not known.
    pub is_smallest: bool,
}

/// How many sets of rules are looked at for a smallest one.
const LOOKED_AT: usize = 400;

/// How many rules there may be for that.
const RULES: usize = 3_000;

/// The verb of what must be met at the same time.
const ALONGSIDE: &str = "alongside";

/// Finds the rules; the goal must be out of reach.
#[must_use]
pub fn blame(project: &Project, cone: &Cone, most: &Earned, aims: &[Aim], left: Left<'_>) -> Blame {
    let mut rules = rules(project, cone, most, aims);
    let mut kept = vec![true; rules.len()];
    let mut is_minimal = true;
    let mut size = rules.len().div_ceil(2).max(1);
    loop {
        let order: Vec<usize> = (0..rules.len())
            .rev()
            .filter(|&index| kept[index])
            .collect();
        for chunk in order.chunks(size) {
            let mut trial = kept.clone();
            for &index in chunk {
                trial[index] = false;
            }
            match reached(cone, &rules, &trial, left) {
                Some(false) => kept = trial,
                Some(true) => {}
                None => {
                    is_minimal = false;
                    break;
                }
            }
        }
        if size == 1 || !is_minimal {
            break;
        }
        size = size.div_ceil(2);
    }
    // That the goal is the goal is no rule.
    let is_rule: Vec<bool> = rules
        .iter()
        .map(|rule| {
            rule.owner.is_some()
                || !aims.iter().any(|aim| match aim {
                    Aim::Credential(id) => project.credentials[*id].declared.place == rule.place,
                    Aim::Pathway(_) | Aim::Role(_) | Aim::Set(_) => false,
                })
        })
        .collect();
    let smallest = if is_minimal {
        smallest(cone, &rules, &kept, &is_rule, left)
    } else {
        None
    };
    let is_smallest = smallest.is_some();
    let kept = smallest.unwrap_or(kept);
    let mut keep = kept.iter().zip(&is_rule);
    rules.retain(|_| matches!(keep.next(), Some((true, true))));
    Blame {
        rules,
        is_minimal,
        is_smallest,
    }
}

/// A smallest set of rules that keeps the goal out of reach, beginning with one of which nothing can be left out. `None` where it
/// was not found within the bounds.
fn smallest(
    cone: &Cone,
    rules: &[Rule],
    known: &[bool],
    is_rule: &[bool],
    left: Left<'_>,
) -> Option<Vec<bool>> {
    if rules.len() > RULES {
        return None;
    }
    let weights: Vec<u32> = is_rule.iter().map(|&is_rule| u32::from(is_rule)).collect();
    let weigh = |set: &[bool]| -> u32 {
        let chosen = set.iter().zip(&weights).filter(|(chosen, _)| **chosen);
        chosen.map(|(_, weight)| weight).sum()
    };
    let enough = weigh(known);
    // Some rule there must be.
    if enough <= 1 {
        return Some(known.to_vec());
    }
    let mut without: Vec<Vec<usize>> = Vec::new();
    for _ in 0..LOOKED_AT {
        let remaining = left();
        if remaining.is_some_and(|left| left.is_zero()) {
            return None;
        }
        let chosen = hitting::smallest(&weights, &without, remaining)?;
        if weigh(&chosen) >= enough {
            return Some(known.to_vec());
        }
        if !reached(cone, rules, &chosen, left)? {
            return Some(chosen);
        }
        // As many rules as possible with which it is still reached; the known ones last, so that the rest differs from them.
        let mut most = chosen;
        let order = (0..rules.len()).filter(|&at| !known[at]);
        for at in order.chain((0..rules.len()).filter(|&at| known[at])) {
            if most[at] {
                continue;
            }
            most[at] = true;
            most[at] = reached(cone, rules, &most, left)?;
        }
        without.push((0..rules.len()).filter(|&at| !most[at]).collect());
    }
    None
}

/// Whether the goal is reached when only the kept rules ask anything; `None` where time ran out.
fn reached(cone: &Cone, rules: &[Rule], kept: &[bool], left: Left<'_>) -> Option<bool> {
    let is_over = || left().is_some_and(|left| left.is_zero());
    if is_over() {
        return None;
    }
    let circuit = cone.circuit();
    let mut truth = circuit.start();
    circuit.spread(&mut truth, |_| {});
    let mut asked = Asked {
        cone,
        missing: vec![0; cone.members().len()],
        waiting: FxHashMap::default(),
        alongside: vec![Vec::new(); cone.members().len()],
    };
    let mut goal = Vec::new();
    for (rule, _) in rules.iter().zip(kept).filter(|(_, kept)| **kept) {
        match rule.owner.and_then(|owner| cone.position(owner)) {
            Some(position) if rule.verb == ALONGSIDE => asked.alongside[position].push(rule.gate),
            Some(_) if truth.is_true(rule.gate) => {}
            Some(position) => {
                asked.missing[position] += 1;
                asked.waiting.entry(rule.gate).or_default().push(position);
            }
            None => goal.push(rule.gate),
        }
    }
    let mut ready: Vec<usize> = (0..asked.missing.len())
        .filter(|&position| asked.missing[position] == 0)
        .collect();
    let mut lonely: Vec<usize> = Vec::new();
    loop {
        while let Some(position) = ready.pop() {
            if asked.has_company(position, &truth) {
                asked.hold(&[position], &mut truth, &mut ready);
            } else {
                lonely.push(position);
            }
        }
        if goal.iter().all(|&gate| truth.is_true(gate)) {
            return Some(true);
        }
        if lonely.is_empty() {
            return Some(false);
        }
        if is_over() {
            return None;
        }
        (ready, lonely) = lonely
            .into_iter()
            .partition(|&position| asked.has_company(position, &truth));
        if ready.is_empty() {
            // What waits for each other alongside is earned together.
            let group = asked.company(&lonely, &truth, &is_over)?;
            if group.is_empty() {
                return Some(false);
            }
            lonely.retain(|position| group.binary_search(position).is_err());
            asked.hold(&group, &mut truth, &mut ready);
        }
    }
}

/// What rules ask of the members of a cone.
struct Asked<'c> {
    cone: &'c Cone,
    /// By position, how much of what must come before is still missing.
    missing: Vec<u32>,
    /// By gate, who waits for it.
    waiting: FxHashMap<GateId, Vec<usize>>,
    /// By position, what may be met at the same time.
    alongside: Vec<Vec<GateId>>,
}

impl Asked<'_> {
    fn has_company(&self, position: usize, truth: &Truth) -> bool {
        let mut gates = self.alongside[position].iter();
        gates.all(|&gate| truth.is_true(gate))
    }

    /// Lets members hold what they are, and adds those to `ready` who waited for nothing else.
    fn hold(&mut self, positions: &[usize], truth: &mut Truth, ready: &mut Vec<usize>) {
        let circuit = self.cone.circuit();
        for &position in positions {
            circuit.hold(self.cone.members()[position].credential, truth);
        }
        let (waiting, missing) = (&self.waiting, &mut self.missing);
        circuit.spread(truth, |gate| {
            for &position in waiting.get(&gate).into_iter().flatten() {
                missing[position] -= 1;
                if missing[position] == 0 {
                    ready.push(position);
                }
            }
        });
    }

    /// Those who wait for nothing but each other's company, sorted; `None` where time ran out.
    fn company(
        &self,
        lonely: &[usize],
        truth: &Truth,
        is_over: &dyn Fn() -> bool,
    ) -> Option<Vec<usize>> {
        let circuit = self.cone.circuit();
        let mut group = lonely.to_vec();
        group.sort_unstable();
        loop {
            let mut supposed = truth.clone();
            for &position in &group {
                circuit.hold(self.cone.members()[position].credential, &mut supposed);
            }
            circuit.spread(&mut supposed, |_| {});
            let before = group.len();
            group.retain(|&position| self.has_company(position, &supposed));
            if group.len() == before {
                return Some(group);
            }
            if is_over() {
                return None;
            }
        }
    }
}

/// The rules that are not met even when everything is earned that can be, of the goal and of what it waits for.
fn rules(project: &Project, cone: &Cone, most: &Earned, aims: &[Aim]) -> Vec<Rule> {
    let mut found = Vec::new();
    let inputs = cone.circuit().inputs(cone.goal());
    // The requirements of the goal stand in the first input, the credentials in the others.
    let (asked, ends) = match inputs.split_first() {
        Some((first, ends)) => (cone.circuit().inputs(*first), ends),
        None => (inputs, inputs),
    };
    let goal = super::target::together(project, aims);
    for (requirement, &gate) in goal.requirements.iter().zip(asked) {
        collect(
            project,
            cone,
            most,
            (None, "asks"),
            requirement,
            gate,
            &mut found,
        );
    }
    for (&credential, &gate) in goal.credentials.iter().zip(ends) {
        if most.is_true(gate) {
            continue;
        }
        let declared = &project.credentials[credential].declared;
        found.push(Rule {
            owner: None,
            aim: None,
            verb: "leads to",
            place: leads_to(project, aims, credential).unwrap_or(declared.place),
            asks: project.id(declared).to_owned(),
            because: None,
            gate,
        });
    }
    for rule in &mut found {
        let is_within = |aim: &&Aim| {
            let whole = aim.declared(project).whole;
            let (inner, outer) = (rule.place.span, whole.span);
            rule.place.file == whole.file && outer.start <= inner.start && inner.end <= outer.end
        };
        rule.aim = aims.iter().find(is_within).copied();
    }
    for (position, member) in cone.members().iter().enumerate() {
        if most.has(position) {
            continue;
        }
        let credential = &project.credentials[member.credential];
        let before = cone.circuit().inputs(member.before);
        let roles = [
            ("requires", &credential.requires),
            ("stacks", &credential.stacks),
        ];
        let written = roles
            .into_iter()
            .filter_map(|(verb, requirement)| Some((verb, requirement.as_ref()?)));
        let owner = Some(member.credential);
        for ((verb, requirement), &gate) in written.zip(before) {
            collect(
                project,
                cone,
                most,
                (owner, verb),
                requirement,
                gate,
                &mut found,
            );
        }
        if let (Some(gate), Some(requirement)) = (member.alongside, &credential.alongside)
            && let Some(&gate) = cone.circuit().inputs(gate).first()
        {
            let whose = (owner, ALONGSIDE);
            collect(project, cone, most, whose, requirement, gate, &mut found);
        }
    }
    found
}

/// Where a pathway says that it leads to a credential.
fn leads_to(project: &Project, aims: &[Aim], credential: CredentialId) -> Option<Place> {
    aims.iter().find_map(|aim| match aim {
        Aim::Pathway(id) => project.pathways[*id]
            .leads_to
            .iter()
            .find_map(|&(end, place)| (end == credential).then_some(place)),
        Aim::Credential(_) | Aim::Role(_) | Aim::Set(_) => None,
    })
}

/// A block of *all* is one rule for each of its parts.
fn collect(
    project: &Project,
    cone: &Cone,
    most: &Earned,
    (owner, verb): (Option<CredentialId>, &'static str),
    requirement: &Requirement,
    gate: GateId,
    found: &mut Vec<Rule>,
) {
    if most.is_true(gate) {
        return;
    }
    let inputs = cone.circuit().inputs(gate);
    if let RequirementKind::All(of) = &requirement.kind {
        let before = found.len();
        for (part, &gate) in of.iter().zip(inputs) {
            collect(project, cone, most, (owner, verb), part, gate, found);
        }
        if found.len() > before {
            // Where its sums must be met together as well, that is one more.
            if let Some(&together) = inputs.get(of.len())
                && !most.is_true(together)
            {
                found.push(rule(project, owner, verb, requirement, together));
            }
            return;
        }
    }
    found.push(rule(project, owner, verb, requirement, gate));
}

fn rule(
    project: &Project,
    owner: Option<CredentialId>,
    verb: &'static str,
    requirement: &Requirement,
    gate: GateId,
) -> Rule {
    let because = match &requirement.kind {
        RequirementKind::Unresolved => Some("nothing of that name is declared".to_owned()),
        RequirementKind::Any { least, of } if *least as usize > of.len() => Some(format!(
            "there {} to choose from",
            match of.len() {
                0 => "is nothing".to_owned(),
                1 => "is only 1".to_owned(),
                count => format!("are only {count}"),
            }
        )),
        RequirementKind::Credential(_)
        | RequirementKind::Set(_)
        | RequirementKind::Skill { .. }
        | RequirementKind::All(_)
        | RequirementKind::Any { .. }
        | RequirementKind::Sum(_)
        | RequirementKind::Judgement(_) => None,
    };
    Rule {
        owner,
        aim: None,
        verb,
        place: requirement.place,
        asks: super::words::requirement(project, requirement),
        because,
        gate,
    }
}

impl Rule {
    /// `` `a` requires `b` ``, with where it stands.
    #[must_use]
    pub fn sentence(&self, project: &Project, aims: &[&str]) -> String {
        let verb = if self.verb == ALONGSIDE {
            "is earned alongside"
        } else {
            self.verb
        };
        let owner = match (self.owner, self.aim) {
            (Some(owner), _) => format!("`{}`", super::words::id(project, owner)),
            (None, Some(aim)) => format!("`{}`", aim.id(project)),
            (None, None) => super::words::list(aims),
        };
        let mut text = format!("{owner} {verb} `{}`", self.asks);
        if let Some(because) = &self.because {
            text.push_str(", and ");
            text.push_str(because);
        }
        text
    }
}
