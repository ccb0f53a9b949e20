//! What a goal can depend on: the credentials that could play a part in reaching it, their requirements as one circuit, and
//! what can be earned when only some of them may be.
//!
//! Goes in: a goal and what is held already. Comes out: a [`Cone`], which answers in time linear in its size what follows
//! from earning within a subset. Everything is monotone in that subset, and no order is preferred: what can be earned at
//! the same time is earned in the same round.

use rustc_hash::FxHashMap;

use super::Graph;
use super::circuit::{Circuit, GateId, GateKind, Truth};
use super::compile::{Compiler, Forgive, Options};
use crate::model::{CredentialId, Project, Requirement};

/// What is to be reached: these credentials held and these requirements met.
#[derive(Debug, Clone, Default)]
pub struct Goal<'a> {
    pub credentials: Vec<CredentialId>,
    pub requirements: Vec<&'a Requirement>,
}

/// A credential that could play a part.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    pub credential: CredentialId,
    /// True when it is held.
    pub held: GateId,
    /// True when `requires` and `stacks` are met.
    pub before: GateId,
    /// True when `alongside` is met.
    pub alongside: Option<GateId>,
}

/// A goal with everything that it can depend on.
#[derive(Debug)]
pub struct Cone {
    circuit: Circuit,
    start: Truth,
    goal: GateId,
    other: Option<GateId>,
    members: Vec<Member>,
    positions: FxHashMap<CredentialId, usize>,
    /// Per gate, one more than the position of the member whose `before` it is.
    owner_of: Vec<u32>,
    given: Vec<CredentialId>,
}

/// What comes of earning within a subset.
#[derive(Debug, Clone)]
pub struct Earned {
    /// By position, the round in which a member is earned, from 1.
    pub rounds: Vec<Option<u32>>,
    /// After which round the goal is reached; 0 if it is from the start.
    pub goal: Option<u32>,
    truth: Truth,
    ready: Vec<usize>,
    round: u32,
}

impl Cone {
    /// The cone of a goal for somebody who holds `given`.
    #[must_use]
    pub fn new(
        project: &Project,
        graph: &Graph,
        goal: &Goal<'_>,
        given: impl IntoIterator<Item = CredentialId>,
    ) -> Self {
        let given = given.into_iter().collect();
        Self::compile(project, graph, (goal, None), given, true)
    }

    /// The same with a second goal beside it, of which [`Cone::other`] tells.
    #[must_use]
    pub fn beside(
        project: &Project,
        graph: &Graph,
        (goal, other): (&Goal<'_>, &Goal<'_>),
        given: impl IntoIterator<Item = CredentialId>,
    ) -> Self {
        let given = given.into_iter().collect();
        Self::compile(project, graph, (goal, Some(other)), given, true)
    }

    /// Two goals, where every credential can be earned by everybody: all that counts is which are held.
    #[must_use]
    pub fn of_holders(
        project: &Project,
        graph: &Graph,
        (goal, other): (&Goal<'_>, &Goal<'_>),
    ) -> Self {
        Self::compile(project, graph, (goal, Some(other)), Vec::new(), false)
    }

    fn compile(
        project: &Project,
        graph: &Graph,
        (goal, other): (&Goal<'_>, Option<&Goal<'_>>),
        mut given: Vec<CredentialId>,
        gated: bool,
    ) -> Self {
        given.sort_unstable();
        given.dedup();
        let is_given = |id: CredentialId| given.binary_search(&id).is_ok();
        let options = Options {
            forgive: Forgive::Nothing,
            given: &is_given,
        };
        let mut compiler = Compiler::new(project, graph, options);
        let goal = goal_gate(&mut compiler, goal);
        let other = other.map(|other| goal_gate(&mut compiler, other));
        let mut members: Vec<Member> = Vec::new();
        let mut positions = FxHashMap::default();
        let mut seen = 0;
        while seen < compiler.circuit().gates() {
            let held = GateId(seen as u32);
            seen += 1;
            let GateKind::Held(id) = compiler.circuit().kind(held) else {
                continue;
            };
            let credential = &project.credentials[id];
            let before = [&credential.requires, &credential.stacks];
            let before = before.into_iter().flatten().filter(|_| gated);
            let before = compiler.all(Some(id), before);
            let alongside = credential
                .alongside
                .as_ref()
                .filter(|_| gated)
                .map(|requirement| compiler.all(Some(id), [requirement]));
            positions.insert(id, members.len());
            members.push(Member {
                credential: id,
                held,
                before,
                alongside,
            });
        }
        let circuit = compiler.finish();
        let mut owner_of = vec![0; circuit.gates()];
        for (position, member) in members.iter().enumerate() {
            owner_of[member.before.index()] = position as u32 + 1;
        }
        let start = circuit.start();
        Self {
            circuit,
            start,
            goal,
            other,
            members,
            positions,
            owner_of,
            given,
        }
    }

    /// The gates behind it.
    #[must_use]
    pub const fn circuit(&self) -> &Circuit {
        &self.circuit
    }

    /// True when the goal is reached.
    #[must_use]
    pub const fn goal(&self) -> GateId {
        self.goal
    }

    /// True when the second goal is reached.
    #[must_use]
    pub const fn other(&self) -> Option<GateId> {
        self.other
    }

    /// The credentials that could play a part and are not held already; those nearest to the goal first.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The position of a credential among the members.
    #[must_use]
    pub fn position(&self, credential: CredentialId) -> Option<usize> {
        self.positions.get(&credential).copied()
    }

    /// What is held already, sorted.
    #[must_use]
    pub fn given(&self) -> &[CredentialId] {
        &self.given
    }

    /// What can be earned by somebody who earns nothing but what `allowed` says, within so many rounds.
    #[must_use]
    pub fn earn(&self, allowed: &[bool], rounds: Option<u32>) -> Earned {
        let mut earned = self.begin();
        self.go_on(&mut earned, allowed, rounds);
        earned
    }

    /// Nothing earned yet.
    #[must_use]
    pub fn begin(&self) -> Earned {
        let mut earned = Earned {
            rounds: vec![None; self.members.len()],
            goal: None,
            truth: self.start.clone(),
            ready: Vec::new(),
            round: 0,
        };
        self.spread(&mut earned);
        earned
    }

    /// Goes on when more is allowed than before.
    pub fn go_on(&self, earned: &mut Earned, allowed: &[bool], rounds: Option<u32>) {
        // What is ready and not allowed is looked at once, and not in every round.
        let is_allowed = |position: usize| allowed.get(position).copied().unwrap_or(false);
        let mut barred: Vec<usize> = Vec::new();
        loop {
            if earned.goal.is_none() && earned.truth.is_true(self.goal) {
                earned.goal = Some(earned.round);
            }
            if rounds.is_some_and(|rounds| earned.round >= rounds) {
                break;
            }
            earned.ready.retain(|&position| {
                if !is_allowed(position) {
                    barred.push(position);
                }
                is_allowed(position)
            });
            let now = self.next_round(earned);
            if now.is_empty() {
                break;
            }
            earned.round += 1;
            for &position in &now {
                earned.rounds[position] = Some(earned.round);
                self.circuit
                    .hold(self.members[position].credential, &mut earned.truth);
            }
            let rounds = &earned.rounds;
            earned.ready.retain(|&position| rounds[position].is_none());
            self.spread(earned);
        }
        earned.ready.append(&mut barred);
    }

    /// What can be earned next of what is ready: everything whose company is met by what is held or earned at the same time.
    fn next_round(&self, earned: &Earned) -> Vec<usize> {
        let mut now = earned.ready.clone();
        now.sort_unstable();
        loop {
            let waits = |position: usize| {
                self.members[position]
                    .alongside
                    .is_some_and(|gate| !earned.truth.is_true(gate))
            };
            if !now.iter().any(|&position| waits(position)) {
                return now;
            }
            let mut supposed = earned.truth.clone();
            for &position in &now {
                self.circuit
                    .hold(self.members[position].credential, &mut supposed);
            }
            self.circuit.spread(&mut supposed, |_| {});
            let before = now.len();
            now.retain(|&position| {
                self.members[position]
                    .alongside
                    .is_none_or(|gate| supposed.is_true(gate))
            });
            if now.len() == before {
                return now;
            }
        }
    }

    fn spread(&self, earned: &mut Earned) {
        let ready = &mut earned.ready;
        self.circuit.spread(&mut earned.truth, |gate| {
            if let position @ 1.. = self.owner_of[gate.index()] {
                ready.push(position as usize - 1);
            }
        });
    }
}

/// A gate for the requirements of a goal, and one for each of its credentials; all of them together.
fn goal_gate(compiler: &mut Compiler<'_>, goal: &Goal<'_>) -> GateId {
    let mut asked: Vec<GateId> = vec![compiler.all(None, goal.requirements.iter().copied())];
    for &credential in &goal.credentials {
        asked.push(compiler.held(credential));
    }
    compiler.every(&asked)
}

impl Earned {
    /// Whether a gate of the cone is true.
    #[must_use]
    pub fn is_true(&self, gate: GateId) -> bool {
        self.truth.is_true(gate)
    }

    /// Whether the member at a position is earned.
    #[must_use]
    pub fn has(&self, position: usize) -> bool {
        self.rounds.get(position).is_some_and(Option::is_some)
    }
}
