//! From requirement trees to a [`Circuit`].
//!
//! A set that is asked for becomes one gate for all who ask for it, for each list of credentials left out by the sets
//! around it. Sets wait in a list until their turn, so that chains of sets do not nest here; a requirement tree itself is no
//! deeper than blocks were in the text, which reading limits.

use rustc_hash::FxHashMap;

use super::Graph;
use super::circuit::{Circuit, GateId, GateKind};
use super::sums::SumPlan;
use crate::model::{
    Amount, CredentialId, ItemId, LevelRef, Project, Requirement, RequirementKind, SetId, SetMember,
};

/// What counts as met although it cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Forgive {
    /// Nothing: the plain meaning.
    Nothing,
    /// What has a message of its own: references to nothing, choices among too few, credit that does not suffice, sets
    /// that hold themselves, levels that cannot be compared.
    Reported,
    /// Also skills that no credential assesses. With everything held, everything is then met.
    Everything,
}

/// How requirements are compiled.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    pub forgive: Forgive,
    /// Credentials that are held in any case.
    pub given: &'a dyn Fn(CredentialId) -> bool,
}

/// Past so many gates and wires further sets count as met: only exclusions nested in exclusions can come here.
const LIMIT: usize = 30_000_000;

/// Makes one circuit.
pub(super) struct Compiler<'a> {
    project: &'a Project,
    graph: &'a Graph,
    options: Options<'a>,
    circuit: Circuit,
    always: GateId,
    never: GateId,
    sets: FxHashMap<(SetId, u32), GateId>,
    waiting: Vec<(SetId, u32, GateId)>,
    skills: FxHashMap<(ItemId, Option<LevelRef>), GateId>,
    /// Lists of credentials left out, sorted; the first is empty.
    exclusions: Vec<Vec<CredentialId>>,
    exclusion_ids: FxHashMap<Vec<CredentialId>, u32>,
    /// Whose requirement is being compiled: its own credit excuses no sum there.
    owner: Option<CredentialId>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(project: &'a Project, graph: &'a Graph, options: Options<'a>) -> Self {
        let mut circuit = Circuit::default();
        let always = circuit.gate(GateKind::Constant(true), &[]);
        let never = circuit.gate(GateKind::Constant(false), &[]);
        Self {
            project,
            graph,
            options,
            circuit,
            always,
            never,
            sets: FxHashMap::default(),
            waiting: Vec::new(),
            skills: FxHashMap::default(),
            exclusions: vec![Vec::new()],
            exclusion_ids: FxHashMap::from_iter([(Vec::new(), 0)]),
            owner: None,
        }
    }

    /// The circuit, when every requirement has its gate.
    pub(super) fn finish(mut self) -> Circuit {
        self.circuit.finish();
        self.circuit
    }

    /// The circuit as it is so far.
    pub(super) const fn circuit(&self) -> &Circuit {
        &self.circuit
    }

    /// A gate that is true when all these are.
    pub(super) fn every(&mut self, gates: &[GateId]) -> GateId {
        self.circuit
            .gate(GateKind::AtLeast(gates.len() as u32), gates)
    }

    /// The gate of a credential that is held, or given.
    pub(super) fn held(&mut self, credential: CredentialId) -> GateId {
        if (self.options.given)(credential) {
            self.always
        } else {
            self.circuit.held_gate(credential)
        }
    }

    /// One gate that is true when all these requirements, of this credential, are met. It is nobody else's.
    pub(super) fn all<'b>(
        &mut self,
        owner: Option<CredentialId>,
        requirements: impl IntoIterator<Item = &'b Requirement>,
    ) -> GateId {
        self.owner = owner;
        let inputs: Vec<GateId> = requirements
            .into_iter()
            .map(|requirement| self.requirement(requirement, 0))
            .collect();
        let gate = self
            .circuit
            .gate(GateKind::AtLeast(inputs.len() as u32), &inputs);
        self.owner = None;
        self.sets_in_waiting();
        gate
    }

    fn sets_in_waiting(&mut self) {
        while let Some((set, exclusion, gate)) = self.waiting.pop() {
            let project = self.project;
            let declared = &project.sets[set];
            let (excluded, excepted_sets) = self.exclude(set, exclusion);
            let mut inputs = Vec::with_capacity(declared.members.len());
            for member in &declared.members {
                match &member.kind {
                    RequirementKind::Credential(id) if self.is_excluded(*id, excluded) => {}
                    RequirementKind::Set(id) if excepted_sets.contains(id) => {}
                    RequirementKind::Credential(_)
                    | RequirementKind::Set(_)
                    | RequirementKind::Skill { .. }
                    | RequirementKind::All(_)
                    | RequirementKind::Any { .. }
                    | RequirementKind::Sum(_)
                    | RequirementKind::Judgement(_)
                    | RequirementKind::Unresolved => {
                        inputs.push(self.requirement(member, excluded))
                    }
                }
            }
            let least = inputs.len() as u32;
            self.circuit.define(gate, GateKind::AtLeast(least), &inputs);
        }
    }

    /// The list of what is left out inside a set, and the sets it leaves out.
    fn exclude(&mut self, set: SetId, around: u32) -> (u32, Vec<SetId>) {
        let declared = &self.project.sets[set];
        if declared.except.is_empty() {
            return (around, Vec::new());
        }
        let mut out = self.graph.sets().excepted(self.project, set);
        out.extend_from_slice(&self.exclusions[around as usize]);
        out.sort_unstable();
        out.dedup();
        let sets = declared
            .except
            .iter()
            .filter_map(|(member, _)| match member {
                SetMember::Set(id) => Some(*id),
                SetMember::Credential(_) => None,
            })
            .collect();
        let id = match self.exclusion_ids.get(&out) {
            Some(&known) => known,
            None => {
                let id = self.exclusions.len() as u32;
                self.exclusions.push(out.clone());
                self.exclusion_ids.insert(out, id);
                id
            }
        };
        (id, sets)
    }

    fn is_excluded(&self, credential: CredentialId, excluded: u32) -> bool {
        self.exclusions[excluded as usize]
            .binary_search(&credential)
            .is_ok()
    }

    fn constant(&self, value: bool) -> GateId {
        if value { self.always } else { self.never }
    }

    fn requirement(&mut self, requirement: &Requirement, excluded: u32) -> GateId {
        let reported = self.options.forgive >= Forgive::Reported;
        match &requirement.kind {
            // Left out by a set around it: it asks nothing here.
            RequirementKind::Credential(id) if self.is_excluded(*id, excluded) => self.always,
            RequirementKind::Credential(id) => self.held(*id),
            RequirementKind::Set(set) => self.set(*set, excluded),
            RequirementKind::Skill { item, level } => self.skill(*item, *level),
            RequirementKind::All(of) => self.block(of, excluded),
            RequirementKind::Any { least, of } => {
                let inputs = self.branches(of, excluded);
                let most = inputs.len() as u32;
                let least = if reported { (*least).min(most) } else { *least };
                self.circuit.gate(GateKind::AtLeast(least), &inputs)
            }
            RequirementKind::Sum(sum) => {
                let excluded = self.exclusions[excluded as usize].clone();
                let plan = SumPlan::new(self.project, self.graph.sets(), sum, &excluded);
                self.sum(plan).0
            }
            RequirementKind::Judgement(_) => self.always,
            RequirementKind::Unresolved => self.constant(reported),
        }
    }

    /// The branches of a choice; a credential that a set around it leaves out is no branch.
    fn branches(&mut self, of: &[Requirement], excluded: u32) -> Vec<GateId> {
        of.iter()
            .filter_map(|branch| match &branch.kind {
                RequirementKind::Credential(id) if self.is_excluded(*id, excluded) => None,
                RequirementKind::Credential(_)
                | RequirementKind::Set(_)
                | RequirementKind::Skill { .. }
                | RequirementKind::All(_)
                | RequirementKind::Any { .. }
                | RequirementKind::Sum(_)
                | RequirementKind::Judgement(_)
                | RequirementKind::Unresolved => Some(self.requirement(branch, excluded)),
            })
            .collect()
    }

    /// All of a block, where sums that are counted once must be met together.
    fn block(&mut self, of: &[Requirement], excluded: u32) -> GateId {
        let mut inputs = Vec::with_capacity(of.len());
        let mut once = Vec::new();
        for part in of {
            match &part.kind {
                RequirementKind::Sum(sum) if sum.counted_once => {
                    let out = self.exclusions[excluded as usize].clone();
                    let plan = SumPlan::new(self.project, self.graph.sets(), sum, &out);
                    let (gate, kept) = self.sum(plan);
                    inputs.push(gate);
                    once.extend(kept);
                }
                RequirementKind::Credential(_)
                | RequirementKind::Set(_)
                | RequirementKind::Skill { .. }
                | RequirementKind::All(_)
                | RequirementKind::Any { .. }
                | RequirementKind::Sum(_)
                | RequirementKind::Judgement(_)
                | RequirementKind::Unresolved => inputs.push(self.requirement(part, excluded)),
            }
        }
        if once.len() > 1 && self.options.forgive == Forgive::Nothing {
            let mut shared: Vec<GateId> = Vec::new();
            for (_, gate) in &once {
                shared.extend_from_slice(self.circuit.inputs(*gate));
            }
            shared.sort_unstable();
            shared.dedup();
            let block = self
                .circuit
                .keep_block(once.iter().map(|&(sum, _)| sum).collect());
            inputs.push(self.circuit.gate(GateKind::Together(block), &shared));
        }
        self.circuit
            .gate(GateKind::AtLeast(inputs.len() as u32), &inputs)
    }

    fn sum(&mut self, mut plan: SumPlan) -> (GateId, Option<(u32, GateId)>) {
        if self.options.forgive >= Forgive::Reported {
            let others =
                plan.most(|position| Some(plan.entries[position].credential) != self.owner);
            plan.least = plan.least.min(others);
        }
        if plan.least <= Amount::ZERO {
            return (self.always, None);
        }
        let inputs: Vec<GateId> = plan
            .entries
            .iter()
            .map(|entry| entry.credential)
            .collect::<Vec<_>>()
            .into_iter()
            .map(|credential| self.held(credential))
            .collect();
        let kept = self.circuit.keep_sum(plan);
        let gate = self.circuit.gate(GateKind::Sum(kept), &inputs);
        (gate, Some((kept, gate)))
    }

    fn set(&mut self, set: SetId, excluded: u32) -> GateId {
        if self.graph.sets().is_circular(set) && self.options.forgive >= Forgive::Reported
            || self.circuit.size() > LIMIT
        {
            return self.always;
        }
        if let Some(&known) = self.sets.get(&(set, excluded)) {
            return known;
        }
        let gate = self.circuit.reserve();
        self.sets.insert((set, excluded), gate);
        self.waiting.push((set, excluded, gate));
        gate
    }

    fn skill(&mut self, item: ItemId, level: Option<LevelRef>) -> GateId {
        if let Some(&known) = self.skills.get(&(item, level)) {
            return known;
        }
        let doubt = self.options.forgive >= Forgive::Reported;
        let mut credentials: Vec<CredentialId> = self
            .graph
            .assessors(item)
            .into_iter()
            .filter(|assessor| {
                self.project
                    .level_suffices(assessor.level, level)
                    .unwrap_or(doubt)
            })
            .map(|assessor| assessor.credential)
            .collect();
        credentials.sort_unstable();
        credentials.dedup();
        let inputs: Vec<GateId> = credentials.into_iter().map(|id| self.held(id)).collect();
        let least = u32::from(self.options.forgive < Forgive::Everything || !inputs.is_empty());
        let gate = self.circuit.gate(GateKind::AtLeast(least), &inputs);
        self.skills.insert((item, level), gate);
        gate
    }
}
