//! Requirements as a circuit of gates: what is true once some credentials are held, in time linear in its size.
//!
//! Gates only ever go from false to true (the logic is monotone), so truth spreads from the held credentials upward and
//! each wire is looked at once. Sets and skills that many requirements name are one gate each.

use rustc_hash::FxHashMap;

use super::sums::{self, SumPlan};
use crate::model::{Amount, CredentialId};

/// The position of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GateId(pub u32);

impl GateId {
    /// As an index into a table with one entry per gate.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What makes a gate true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateKind {
    /// Nothing, or always.
    Constant(bool),
    /// The credential is held.
    Held(CredentialId),
    /// At least so many of its inputs are true.
    AtLeast(u32),
    /// The true ones of its inputs add up; inputs stand in the order of the plan's entries.
    Sum(u32),
    /// The sums of a block that are counted once are met together; its inputs are those sums' inputs.
    Together(u32),
}

#[derive(Debug, Clone, Copy)]
struct Gate {
    kind: GateKind,
    first: u32,
    count: u32,
}

/// Gates and wires.
#[derive(Debug, Default)]
pub struct Circuit {
    gates: Vec<Gate>,
    inputs: Vec<GateId>,
    sums: Vec<SumPlan>,
    blocks: Vec<Vec<u32>>,
    /// The gates of credentials.
    held: FxHashMap<CredentialId, GateId>,
    /// Wires by the gate they start at: the gate they end at and which of its inputs they are.
    wires: Vec<(GateId, u32)>,
    wires_start: Vec<u32>,
}

/// What is true.
#[derive(Debug, Clone)]
pub struct Truth {
    gates: Vec<bool>,
    counts: Vec<u32>,
    totals: Vec<Vec<Amount>>,
    waiting: Vec<GateId>,
}

impl Circuit {
    /// How many gates there are.
    #[must_use]
    pub fn gates(&self) -> usize {
        self.gates.len()
    }

    /// How many gates and inputs there are.
    pub(super) fn size(&self) -> usize {
        self.gates.len() + self.inputs.len()
    }

    /// A gate whose meaning follows by [`Circuit::define`]; false until then.
    pub(super) fn reserve(&mut self) -> GateId {
        let id = GateId(self.gates.len() as u32);
        self.gates.push(Gate {
            kind: GateKind::Constant(false),
            first: 0,
            count: 0,
        });
        id
    }

    /// Says what a reserved gate is.
    pub(super) fn define(&mut self, gate: GateId, kind: GateKind, inputs: &[GateId]) {
        let first = self.inputs.len() as u32;
        self.inputs.extend_from_slice(inputs);
        self.gates[gate.index()] = Gate {
            kind,
            first,
            count: inputs.len() as u32,
        };
    }

    /// A new gate.
    pub(super) fn gate(&mut self, kind: GateKind, inputs: &[GateId]) -> GateId {
        let id = self.reserve();
        self.define(id, kind, inputs);
        id
    }

    /// The gate of a credential that is held.
    pub(super) fn held_gate(&mut self, credential: CredentialId) -> GateId {
        if let Some(&known) = self.held.get(&credential) {
            return known;
        }
        let id = self.gate(GateKind::Held(credential), &[]);
        self.held.insert(credential, id);
        id
    }

    /// Keeps a plan for [`GateKind::Sum`].
    pub(super) fn keep_sum(&mut self, plan: SumPlan) -> u32 {
        self.sums.push(plan);
        self.sums.len() as u32 - 1
    }

    /// Keeps a block of sums for [`GateKind::Together`].
    pub(super) fn keep_block(&mut self, sums: Vec<u32>) -> u32 {
        self.blocks.push(sums);
        self.blocks.len() as u32 - 1
    }

    /// Lays the wires; to be called once, when every gate is defined.
    pub(super) fn finish(&mut self) {
        let mut start = vec![0u32; self.gates.len() + 1];
        for input in &self.inputs {
            start[input.index() + 1] += 1;
        }
        for index in 1..start.len() {
            start[index] += start[index - 1];
        }
        let mut next = start.clone();
        let mut wires = vec![(GateId(0), 0); self.inputs.len()];
        for (index, gate) in self.gates.iter().enumerate() {
            let inputs = &self.inputs[gate.first as usize..(gate.first + gate.count) as usize];
            for (position, input) in inputs.iter().enumerate() {
                let slot = &mut next[input.index()];
                wires[*slot as usize] = (GateId(index as u32), position as u32);
                *slot += 1;
            }
        }
        self.wires = wires;
        self.wires_start = start;
    }

    /// What makes a gate true.
    #[must_use]
    pub fn kind(&self, gate: GateId) -> GateKind {
        self.gates[gate.index()].kind
    }

    /// The inputs of a gate.
    #[must_use]
    pub fn inputs(&self, gate: GateId) -> &[GateId] {
        let gate = self.gates[gate.index()];
        &self.inputs[gate.first as usize..(gate.first + gate.count) as usize]
    }

    /// The plan behind a [`GateKind::Sum`].
    #[must_use]
    pub fn sum(&self, sum: u32) -> &SumPlan {
        &self.sums[sum as usize]
    }

    /// The plans behind a [`GateKind::Together`].
    pub fn block(&self, block: u32) -> impl Iterator<Item = &SumPlan> {
        self.blocks[block as usize]
            .iter()
            .map(|&sum| &self.sums[sum as usize])
    }

    /// The gate of a credential; one without a gate is given, or plays no part.
    #[must_use]
    pub fn gate_of(&self, credential: CredentialId) -> Option<GateId> {
        self.held.get(&credential).copied()
    }

    /// What is true with nothing held.
    #[must_use]
    pub fn start(&self) -> Truth {
        let mut truth = Truth {
            gates: vec![false; self.gates.len()],
            counts: vec![0; self.gates.len()],
            totals: self
                .sums
                .iter()
                .map(|plan| vec![Amount::ZERO; plan.totals()])
                .collect(),
            waiting: Vec::new(),
        };
        for index in 0..self.gates.len() {
            let gate = GateId(index as u32);
            if self.is_met(gate, &truth) {
                truth.set(gate);
            }
        }
        truth
    }

    /// Makes a credential held; what follows is found by [`Circuit::spread`].
    pub fn hold(&self, credential: CredentialId, truth: &mut Truth) {
        if let Some(&gate) = self.held.get(&credential) {
            truth.set(gate);
        }
    }

    /// Spreads truth until nothing changes. Each gate that becomes true is handed to `on_true` once.
    pub fn spread(&self, truth: &mut Truth, mut on_true: impl FnMut(GateId)) {
        while let Some(gate) = truth.waiting.pop() {
            on_true(gate);
            let wires = self.wires_start[gate.index()]..self.wires_start[gate.index() + 1];
            for &(user, position) in &self.wires[wires.start as usize..wires.end as usize] {
                truth.counts[user.index()] += 1;
                if let GateKind::Sum(sum) = self.kind(user) {
                    let plan = &self.sums[sum as usize];
                    if plan.is_simple() {
                        plan.add(position as usize, &mut truth.totals[sum as usize]);
                    }
                }
                if !truth.gates[user.index()] && self.is_met(user, truth) {
                    truth.set(user);
                }
            }
        }
    }

    fn is_met(&self, gate: GateId, truth: &Truth) -> bool {
        match self.kind(gate) {
            GateKind::Constant(value) => value,
            GateKind::Held(_) => false,
            GateKind::AtLeast(least) => truth.counts[gate.index()] >= least,
            GateKind::Sum(sum) => {
                let plan = &self.sums[sum as usize];
                let reached = if plan.is_simple() {
                    truth.totals[sum as usize]
                        .first()
                        .copied()
                        .unwrap_or_default()
                } else {
                    let inputs = self.inputs(gate);
                    plan.most(|position| truth.is_true(inputs[position]))
                };
                reached >= plan.least
            }
            GateKind::Together(block) => {
                let plans: Vec<&SumPlan> = self.blocks[block as usize]
                    .iter()
                    .map(|&sum| &self.sums[sum as usize])
                    .collect();
                sums::together(&plans, &|credential| {
                    // A credential without a gate of its own is given from the start.
                    self.held
                        .get(&credential)
                        .is_none_or(|&gate| truth.is_true(gate))
                })
            }
        }
    }
}

impl Truth {
    /// Whether a gate is true.
    #[must_use]
    pub fn is_true(&self, gate: GateId) -> bool {
        self.gates[gate.index()]
    }

    fn set(&mut self, gate: GateId) {
        if !self.gates[gate.index()] {
            self.gates[gate.index()] = true;
            self.waiting.push(gate);
        }
    }
}
