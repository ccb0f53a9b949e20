//! What can be earned: the least fixpoint of the requirements.
//!
//! A credential is earned when its `requires` and its `stacks` are met by what is held before it, and its `alongside` by
//! what is held or earned at the same time. What is held stays held. Free text is met; a reference to nothing is not.

use rustc_hash::FxHashSet;

use super::Graph;
use super::circuit::{Circuit, GateId, GateKind, Truth};
use super::compile::{Compiler, Forgive, Options};
use crate::model::{CredentialId, Project, Requirement};

/// How often credentials that wait for each other are looked at together. A project that needs more (chains of corequisites
/// that are each earned together with the next) is given the benefit of the doubt.
const ROUNDS: usize = 64;

/// Requirements of some credentials, ready to be asked what follows from what.
#[derive(Debug)]
pub struct Logic {
    circuit: Circuit,
    owners: Vec<Owner>,
    /// Per gate, one more than the position of the owner whose `before` it is.
    owner_of: Vec<u32>,
}

/// A credential that can be earned in a [`Logic`].
#[derive(Debug, Clone, Copy)]
pub struct Owner {
    pub credential: CredentialId,
    /// True when `requires` and `stacks` are met.
    pub before: GateId,
    /// True when `alongside` is met.
    pub alongside: Option<GateId>,
    held: GateId,
}

impl Logic {
    /// The logic of some credentials; all others are earned by nothing.
    #[must_use]
    pub fn compile(
        project: &Project,
        graph: &Graph,
        credentials: impl IntoIterator<Item = CredentialId>,
        options: Options<'_>,
    ) -> Self {
        let mut compiler = Compiler::new(project, graph, options);
        let owners: Vec<Owner> = credentials
            .into_iter()
            .map(|id| {
                let credential = &project.credentials[id];
                let before = [&credential.requires, &credential.stacks];
                Owner {
                    credential: id,
                    before: compiler.all(Some(id), before.into_iter().flatten()),
                    alongside: credential
                        .alongside
                        .as_ref()
                        .map(|requirement| compiler.all(Some(id), [requirement])),
                    held: compiler.held(id),
                }
            })
            .collect();
        let circuit = compiler.finish();
        let mut owner_of = vec![0; circuit.gates()];
        for (position, owner) in owners.iter().enumerate() {
            owner_of[owner.before.index()] = position as u32 + 1;
        }
        Self {
            circuit,
            owners,
            owner_of,
        }
    }

    /// The gates behind it.
    #[must_use]
    pub fn circuit(&self) -> &Circuit {
        &self.circuit
    }

    /// The credentials that it speaks of, as given to [`Logic::compile`].
    #[must_use]
    pub fn owners(&self) -> &[Owner] {
        &self.owners
    }

    /// Whether a credential of the logic is held.
    #[must_use]
    pub fn is_held(&self, owner: &Owner, truth: &Truth) -> bool {
        truth.is_true(owner.held)
    }

    /// Everything that follows from holding nothing.
    #[must_use]
    pub fn closure(&self) -> Truth {
        self.extend(self.circuit.start(), [])
    }

    /// Everything that follows when some more credentials are held.
    #[must_use]
    pub fn extend(&self, mut truth: Truth, held: impl IntoIterator<Item = CredentialId>) -> Truth {
        for credential in held {
            self.circuit.hold(credential, &mut truth);
        }
        let mut waiting: Vec<usize> = self
            .owners
            .iter()
            .enumerate()
            .filter(|(_, owner)| truth.is_true(owner.before) && !truth.is_true(owner.held))
            .map(|(position, _)| position)
            .collect();
        let mut rounds = 0;
        loop {
            self.earn(&mut truth, &mut waiting);
            waiting.retain(|&position| !truth.is_true(self.owners[position].held));
            if waiting.is_empty() {
                return truth;
            }
            rounds += 1;
            let together = if rounds > ROUNDS {
                waiting.clone()
            } else {
                self.earned_together(&truth, &waiting)
            };
            if together.is_empty() {
                return truth;
            }
            for position in together {
                self.circuit
                    .hold(self.owners[position].credential, &mut truth);
            }
        }
    }

    /// Earns what needs nothing at the same time; the others that could begin are left in `waiting`.
    fn earn(&self, truth: &mut Truth, waiting: &mut Vec<usize>) {
        let mut earned: Vec<usize> = std::mem::take(waiting);
        loop {
            for position in earned.drain(..) {
                let owner = &self.owners[position];
                match owner.alongside {
                    Some(gate) if !truth.is_true(gate) => waiting.push(position),
                    Some(_) | None => self.circuit.hold(owner.credential, truth),
                }
            }
            self.circuit.spread(truth, |gate| {
                if let position @ 1.. = self.owner_of[gate.index()] {
                    earned.push(position as usize - 1);
                }
            });
            if earned.is_empty() {
                // What waited may have got its company meanwhile.
                let (ready, rest): (Vec<usize>, Vec<usize>) =
                    waiting.drain(..).partition(|&position| {
                        let owner = &self.owners[position];
                        !truth.is_true(owner.held)
                            && owner.alongside.is_none_or(|gate| truth.is_true(gate))
                    });
                *waiting = rest;
                if ready.is_empty() {
                    return;
                }
                earned = ready;
            }
        }
    }

    /// The most of the waiting credentials that can be earned at the same time: the greatest group whose company is met
    /// by what is held and by the group itself.
    fn earned_together(&self, truth: &Truth, waiting: &[usize]) -> Vec<usize> {
        let mut group = waiting.to_vec();
        for _ in 0..ROUNDS {
            let mut supposed = truth.clone();
            for &position in &group {
                self.circuit
                    .hold(self.owners[position].credential, &mut supposed);
            }
            self.circuit.spread(&mut supposed, |_| {});
            let before = group.len();
            group.retain(|&position| {
                self.owners[position]
                    .alongside
                    .is_none_or(|gate| supposed.is_true(gate))
            });
            if group.len() == before {
                break;
            }
        }
        group
    }

    /// The credentials that keep a false gate false: those not held below it, sorted.
    #[must_use]
    pub fn blockers(&self, gate: GateId, truth: &Truth) -> Vec<CredentialId> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut stack = vec![gate];
        while let Some(gate) = stack.pop() {
            if truth.is_true(gate) || !seen.insert(gate) {
                continue;
            }
            match self.circuit.kind(gate) {
                GateKind::Held(credential) => found.push(credential),
                GateKind::AtLeast(_) | GateKind::Sum(_) | GateKind::Together(_) => {
                    stack.extend_from_slice(self.circuit.inputs(gate));
                }
                GateKind::Constant(_) => {}
            }
        }
        found.sort_unstable();
        found
    }
}

/// Which credentials can be earned by someone who holds `given`, by credential.
#[must_use]
pub fn earnable(project: &Project, graph: &Graph, given: &[CredentialId]) -> Vec<bool> {
    let options = Options {
        forgive: Forgive::Nothing,
        given: &|_| false,
    };
    let logic = Logic::compile(project, graph, project.credentials.ids(), options);
    let truth = logic.extend(logic.circuit.start(), given.iter().copied());
    logic
        .owners
        .iter()
        .map(|owner| logic.is_held(owner, &truth))
        .collect()
}

/// Whether a requirement is met by exactly what `held` says, with nothing earned on the way.
#[must_use]
pub fn satisfied(
    project: &Project,
    graph: &Graph,
    requirement: &Requirement,
    held: &dyn Fn(CredentialId) -> bool,
) -> bool {
    let options = Options {
        forgive: Forgive::Nothing,
        given: held,
    };
    all_satisfied(project, graph, None, [requirement], options)
}

/// Whether all these requirements are met by exactly what the options give, with nothing earned on the way. The owner is the
/// credential whose requirements they are.
#[must_use]
pub fn all_satisfied<'a>(
    project: &Project,
    graph: &Graph,
    owner: Option<CredentialId>,
    requirements: impl IntoIterator<Item = &'a Requirement>,
    options: Options<'_>,
) -> bool {
    let mut compiler = Compiler::new(project, graph, options);
    let gate = compiler.all(owner, requirements);
    let circuit = compiler.finish();
    let mut truth = circuit.start();
    circuit.spread(&mut truth, |_| {});
    truth.is_true(gate)
}
