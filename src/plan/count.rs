//! How many minimal routes there are, without listing them.
//!
//! Goes in: a cone. Comes out: a number, or nothing where the diagram of *which sets reach the goal* grows too large, where a
//! credential counts in several places of a long sum, or where time runs out. The diagram is built as [`Cone::earn`] earns:
//! what is held grows until nothing changes, and what waits for each other's company comes in together. Minimal routes are the
//! smallest sets that meet it, since more never hurts.

use rustc_hash::FxHashMap;

use super::diagram::{ALWAYS, Diagram, Diagrams, NEVER};
use super::lean::is_late;
use super::solve::{Left, Planner};
use crate::graph::circuit::{Circuit, GateId, GateKind};
use crate::graph::cone::Cone;
use crate::graph::sums;
use crate::model::{Amount, CredentialId};

/// The most members of a cone that is counted: deeper diagrams would need more of the stack than there is.
const MEMBERS: usize = 1_000;

/// The most inputs of which every combination is tried.
const TRIED: usize = 12;

/// How many minimal routes reach the goal; `None` where that cannot be told.
#[must_use]
pub fn count_minimal(planner: &Planner<'_>, left: Left<'_>) -> Option<u128> {
    let cone = &planner.cone;
    if cone.members().len() > MEMBERS {
        return None;
    }
    let can: Vec<bool> = (0..cone.members().len())
        .map(|position| planner.most.has(position))
        .collect();
    let mut building = Building {
        cone,
        variable: variables(cone, left)?,
        can,
        held: vec![NEVER; cone.members().len()],
        values: vec![NEVER; cone.circuit().gates()],
        all: Diagrams::new(left),
    };
    let goal = building.goal()?;
    building.all.count_minimal(goal)
}

struct Building<'c, 'l> {
    cone: &'c Cone,
    /// By position: which variable of the diagrams stands for a member.
    variable: Vec<u32>,
    can: Vec<bool>,
    /// By position: with which sets a member is held.
    held: Vec<Diagram>,
    /// By gate: with which sets it is true.
    values: Vec<Diagram>,
    all: Diagrams<'l>,
}

impl Building<'_, '_> {
    fn goal(&mut self) -> Option<Diagram> {
        loop {
            self.settle(true)?;
            if !self.company()? {
                let goal = self.cone.goal();
                return Some(self.values[goal.index()]);
            }
        }
    }

    /// Lets truth spread until nothing changes; members without company to wait for come in on the way if `earning`.
    fn settle(&mut self, earning: bool) -> Option<()> {
        let cone = self.cone;
        loop {
            let mut changed = false;
            for index in (0..self.values.len()).rev() {
                self.all.look()?;
                let gate = GateId(u32::try_from(index).ok()?);
                let value = match cone.circuit().kind(gate) {
                    GateKind::Held(credential) => {
                        let Some(position) = cone.position(credential) else {
                            continue;
                        };
                        if earning && cone.members()[position].alongside.is_none() {
                            self.held[position] = self.ready(position)?;
                        }
                        self.held[position]
                    }
                    kind => self.value(gate, kind)?,
                };
                changed |= value != self.values[index];
                self.values[index] = value;
            }
            if !changed {
                return Some(());
            }
        }
    }

    /// With which sets what gates a member, company aside, is met, and it is in them.
    fn ready(&mut self, position: usize) -> Option<Diagram> {
        if !self.can[position] {
            return Some(NEVER);
        }
        let itself = self.all.variable(self.variable[position])?;
        let before = self.values[self.cone.members()[position].before.index()];
        self.all.both(itself, before)
    }

    /// Lets in members that wait for nothing but each other's company. Whether there were any.
    fn company(&mut self) -> Option<bool> {
        let members = self.cone.members();
        let waiting: Vec<(usize, GateId)> = (0..members.len())
            .filter_map(|position| Some((position, members[position].alongside?)))
            .collect();
        if waiting.is_empty() {
            return Some(false);
        }
        let (held, values) = (self.held.clone(), self.values.clone());
        let mut supposed = Vec::with_capacity(waiting.len());
        for &(position, _) in &waiting {
            supposed.push(self.ready(position)?);
        }
        // The largest company that keeps itself: suppose all of it, and take out who lacks something.
        loop {
            self.held.clone_from(&held);
            self.values.clone_from(&values);
            for (&(position, _), &supposed) in waiting.iter().zip(&supposed) {
                self.held[position] = self.all.either(held[position], supposed)?;
            }
            self.settle(false)?;
            let mut fewer = Vec::with_capacity(supposed.len());
            for (&(_, gate), &supposed) in waiting.iter().zip(&supposed) {
                let met = self.values[gate.index()];
                fewer.push(self.all.both(supposed, met)?);
            }
            if fewer == supposed {
                break;
            }
            supposed = fewer;
        }
        Some(self.held != held)
    }

    /// With which sets a gate is true, by what its inputs are now.
    fn value(&mut self, gate: GateId, kind: GateKind) -> Option<Diagram> {
        let circuit = self.cone.circuit();
        let inputs: Vec<Diagram> = circuit
            .inputs(gate)
            .iter()
            .map(|input| self.values[input.index()])
            .collect();
        match kind {
            GateKind::Constant(true) => Some(ALWAYS),
            GateKind::Constant(false) | GateKind::Held(_) => Some(NEVER),
            GateKind::AtLeast(least) => self.at_least(&inputs, least as usize),
            GateKind::Sum(sum) => {
                let plan = circuit.sum(sum);
                if plan.is_simple() {
                    let mut known = FxHashMap::default();
                    let totals = vec![Amount::ZERO; plan.totals()];
                    return self.sum(plan, &inputs, 0, totals, &mut known);
                }
                self.tried(&inputs, &|truth| {
                    plan.most(|entry| truth.get(entry).copied().unwrap_or(false)) >= plan.least
                })
            }
            GateKind::Together(block) => {
                let plans: Vec<&sums::SumPlan> = circuit.block(block).collect();
                let gates = circuit.inputs(gate);
                self.tried(&inputs, &|truth| {
                    sums::together(&plans, &|credential| {
                        is_held(circuit, gates, truth, credential)
                    })
                })
            }
        }
    }

    fn at_least(&mut self, inputs: &[Diagram], least: usize) -> Option<Diagram> {
        // By how many are still missing, from the last input to the first.
        let mut by_missing = vec![NEVER; least + 1];
        by_missing[0] = ALWAYS;
        for &input in inputs.iter().rev() {
            for missing in (1..=least).rev() {
                self.all.look()?;
                let with = by_missing[missing - 1];
                by_missing[missing] = self.all.choose(input, with, by_missing[missing])?;
            }
        }
        by_missing.last().copied()
    }

    /// What adds up, entry by entry; the same totals lead to the same diagram.
    fn sum(
        &mut self,
        plan: &sums::SumPlan,
        inputs: &[Diagram],
        entry: usize,
        totals: Vec<Amount>,
        known: &mut FxHashMap<(usize, Vec<Amount>), Diagram>,
    ) -> Option<Diagram> {
        if totals.first().is_some_and(|total| *total >= plan.least) {
            return Some(ALWAYS);
        }
        let Some(&input) = inputs.get(entry) else {
            return Some(NEVER);
        };
        if let Some(&done) = known.get(&(entry, totals.clone())) {
            return Some(done);
        }
        self.all.look()?;
        let mut more = totals.clone();
        plan.add(entry, &mut more);
        let without = self.sum(plan, inputs, entry + 1, totals.clone(), known)?;
        let value = if input == NEVER {
            without
        } else {
            let with = self.sum(plan, inputs, entry + 1, more, known)?;
            self.all.choose(input, with, without)?
        };
        known.insert((entry, totals), value);
        (known.len() < 100_000).then_some(value)
    }

    /// Tries every combination of the inputs that are open.
    fn tried(&mut self, inputs: &[Diagram], is_met: &dyn Fn(&[bool]) -> bool) -> Option<Diagram> {
        let open = |input: &Diagram| *input != NEVER && *input != ALWAYS;
        let mut different: Vec<Diagram> = inputs.iter().copied().filter(open).collect();
        different.sort_unstable();
        different.dedup();
        if different.len() > TRIED {
            return None;
        }
        let mut value = NEVER;
        for chosen in 0..1u32 << different.len() {
            self.all.look()?;
            let is_chosen = |input: &Diagram| {
                let at = different.binary_search(input);
                at.is_ok_and(|at| chosen >> at & 1 == 1)
            };
            let truth: Vec<bool> = inputs
                .iter()
                .map(|input| *input == ALWAYS || is_chosen(input))
                .collect();
            if !is_met(&truth) {
                continue;
            }
            let mut all_of = ALWAYS;
            for (at, &input) in different.iter().enumerate() {
                if chosen >> at & 1 == 1 {
                    all_of = self.all.both(all_of, input)?;
                }
            }
            value = self.all.either(value, all_of)?;
        }
        Some(value)
    }
}

/// How often the members are put in a better order.
const TURNS: usize = 60;

/// An order of the members in which those that depend on each other stand close together: then diagrams stay small. Each member is
/// drawn to the middle of what it is asked together with, again and again; the tightest order that is met counts.
/// (The method is known as FORCE: Aloul, Markov and Sakallah, 2003.)
/// `None` where time runs out.
fn variables(cone: &Cone, left: Left<'_>) -> Option<Vec<u32>> {
    let members = cone.members();
    let edges: Vec<Vec<usize>> = members
        .iter()
        .enumerate()
        .map(|(position, member)| {
            if is_late(members.len(), left) {
                return None;
            }
            let mut edge = vec![position];
            let mut gates = vec![member.before];
            gates.extend(member.alongside);
            let mut seen = rustc_hash::FxHashSet::default();
            while let Some(gate) = gates.pop() {
                if !seen.insert(gate) {
                    continue;
                }
                match cone.circuit().kind(gate) {
                    GateKind::Held(credential) => edge.extend(cone.position(credential)),
                    GateKind::Constant(_)
                    | GateKind::AtLeast(_)
                    | GateKind::Sum(_)
                    | GateKind::Together(_) => gates.extend(cone.circuit().inputs(gate)),
                }
            }
            Some(edge)
        })
        .collect::<Option<_>>()?;
    let mut of_member: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    for (at, edge) in edges.iter().enumerate() {
        for &member in edge {
            of_member[member].push(at);
        }
    }
    let span = |place: &[u32]| -> u64 {
        let spans = edges.iter().map(|edge| {
            let places = || edge.iter().map(|&member| place[member]);
            u64::from(places().max().unwrap_or(0) - places().min().unwrap_or(0))
        });
        spans.sum()
    };
    let mut place: Vec<u32> = (0..).take(members.len()).collect();
    let mut best = (span(&place), place.clone());
    for _ in 0..TURNS {
        if is_late(members.len(), left) {
            return None;
        }
        let middle = |places: &mut dyn Iterator<Item = f64>| -> f64 {
            let (count, sum) =
                places.fold((0.0, 0.0), |(count, sum), one| (count + 1.0, sum + one));
            sum / f64::max(count, 1.0)
        };
        let centers: Vec<f64> = edges
            .iter()
            .map(|edge| middle(&mut edge.iter().map(|&member| f64::from(place[member]))))
            .collect();
        let mut order: Vec<(f64, usize)> = of_member
            .iter()
            .enumerate()
            .map(|(member, of)| (middle(&mut of.iter().map(|&at| centers[at])), member))
            .collect();
        order.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        for ((_, member), at) in order.into_iter().zip(0..) {
            place[member] = at;
        }
        let now = span(&place);
        if now < best.0 {
            best = (now, place.clone());
        }
    }
    Some(best.1)
}

/// Whether a credential is held in one combination; one without a gate of its own is given from the start.
fn is_held(circuit: &Circuit, gates: &[GateId], truth: &[bool], credential: CredentialId) -> bool {
    let Some(gate) = circuit.gate_of(credential) else {
        return true;
    };
    let at = gates.iter().position(|&input| input == gate);
    at.is_some_and(|at| truth.get(at).copied().unwrap_or(false))
}
