//! A cone as rows of an integer program: what must hold of every set of credentials that can be earned.
//!
//! A column for each member says whether it is earned; further columns stand for choices inside requirements and for what
//! capped parts bring in. The rows are *necessary*: every set that can be earned meets them. They say nothing of order, so
//! that credentials which lean on each other in a circle meet them too; what is missing is added by [`super::solve`] as cuts.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::circuit::{GateId, GateKind};
use crate::graph::cone::{Cone, Earned};
use crate::graph::sums::SumPlan;
use crate::model::CredentialId;

/// A column that is not a member.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub most: f64,
    pub whole: bool,
}

/// The terms add up to at least so much.
#[derive(Debug, Clone)]
pub struct Row {
    pub terms: Vec<(usize, f64)>,
    pub least: f64,
}

/// Rows over the members (the first columns) and further columns.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    pub further: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A truth in a row.
#[derive(Debug, Clone, Copy)]
enum Term {
    One,
    Zero,
    Column(usize),
}

struct Writer<'c> {
    cone: &'c Cone,
    start: &'c Earned,
    most: &'c Earned,
    rows: Rows,
    gates: FxHashMap<GateId, usize>,
    waiting: Vec<(usize, GateId)>,
}

/// The rows of a cone. `start` is what is true from the start, `most` what is true when everything is earned that can be.
#[must_use]
pub fn rows(cone: &Cone, start: &Earned, most: &Earned) -> Rows {
    let mut writer = Writer {
        cone,
        start,
        most,
        rows: Rows::default(),
        gates: FxHashMap::default(),
        waiting: Vec::new(),
    };
    writer.imply(None, cone.goal());
    for (position, member) in cone.members().iter().enumerate() {
        if !most.has(position) {
            continue;
        }
        writer.imply(Some(position), member.before);
        if let Some(alongside) = member.alongside {
            writer.imply(Some(position), alongside);
        }
    }
    while let Some((column, gate)) = writer.waiting.pop() {
        writer.imply(Some(column), gate);
    }
    if let Some(other) = cone.other() {
        writer.deny(other);
    }
    writer.rows
}

impl Writer<'_> {
    fn column(&mut self, column: Column) -> usize {
        self.rows.further.push(column);
        self.cone.members().len() + self.rows.further.len() - 1
    }

    /// The terms add up to at least `least` times the one that implies it (or `least` itself, where that is certain).
    fn row(&mut self, implied_by: Option<usize>, least: f64, mut terms: Vec<(usize, f64)>) {
        let least = match implied_by {
            Some(column) => {
                terms.push((column, -least));
                0.0
            }
            None => least,
        };
        self.rows.rows.push(Row {
            terms: merged(terms),
            least,
        });
    }

    fn term(&mut self, gate: GateId) -> Term {
        if self.start.is_true(gate) {
            return Term::One;
        }
        if !self.most.is_true(gate) {
            return Term::Zero;
        }
        if let GateKind::Held(credential) = self.cone.circuit().kind(gate) {
            return self
                .cone
                .position(credential)
                .map_or(Term::Zero, Term::Column);
        }
        if let Some(&known) = self.gates.get(&gate) {
            return Term::Column(known);
        }
        let column = self.column(Column {
            most: 1.0,
            whole: true,
        });
        self.gates.insert(gate, column);
        self.waiting.push((column, gate));
        Term::Column(column)
    }

    /// Where the column is 1, the gate is true.
    fn imply(&mut self, implied_by: Option<usize>, gate: GateId) {
        let mut stack = vec![gate];
        let mut seen = FxHashSet::default();
        let circuit = self.cone.circuit();
        while let Some(gate) = stack.pop() {
            if self.start.is_true(gate) || !seen.insert(gate) {
                continue;
            }
            if !self.most.is_true(gate) {
                self.row(implied_by, 1.0, Vec::new());
                return;
            }
            match circuit.kind(gate) {
                GateKind::Constant(_) => {}
                GateKind::Held(_) => {
                    if let Term::Column(column) = self.term(gate) {
                        self.row(implied_by, 1.0, vec![(column, 1.0)]);
                    }
                }
                GateKind::AtLeast(least) => {
                    let inputs = circuit.inputs(gate);
                    let certain = inputs.iter().filter(|&&input| self.start.is_true(input));
                    let missing = (least as usize).saturating_sub(certain.count());
                    let open: Vec<GateId> = inputs
                        .iter()
                        .copied()
                        .filter(|&input| !self.start.is_true(input) && self.most.is_true(input))
                        .collect();
                    if missing >= open.len() {
                        stack.extend(open);
                        continue;
                    }
                    let mut terms = Vec::with_capacity(open.len() + 1);
                    for input in open {
                        if let Term::Column(column) = self.term(input) {
                            terms.push((column, 1.0));
                        }
                    }
                    self.row(implied_by, missing as f64, terms);
                }
                GateKind::Sum(sum) => {
                    let terms: Vec<Term> = circuit
                        .inputs(gate)
                        .iter()
                        .map(|&input| self.term(input))
                        .collect();
                    self.sum(implied_by, circuit.sum(sum), &terms);
                }
                GateKind::Together(block) => self.together(implied_by, block),
            }
        }
    }

    /// The gate is false. Capped and shared sums are passed over: what they forbid is added as cuts.
    fn deny(&mut self, gate: GateId) {
        let mut over: FxHashMap<GateId, usize> = FxHashMap::default();
        let mut waiting = vec![(None, gate)];
        while let Some((column, gate)) = waiting.pop() {
            let circuit = self.cone.circuit();
            let inputs = circuit.inputs(gate);
            // What the true ones bring, and how much is too little.
            let (values, least): (Vec<i64>, i64) = match circuit.kind(gate) {
                GateKind::AtLeast(least) => (vec![1; inputs.len()], i64::from(least)),
                GateKind::Sum(sum) if circuit.sum(sum).groups().len() == 1 => {
                    let plan = circuit.sum(sum);
                    let values = plan.entries.iter().map(|entry| entry.value.0);
                    (values.collect(), plan.least.0)
                }
                GateKind::Held(_) => (vec![1], 1),
                GateKind::Constant(_) | GateKind::Sum(_) | GateKind::Together(_) => continue,
            };
            let itself = [gate];
            let inputs = if matches!(circuit.kind(gate), GateKind::Held(_)) {
                &itself[..]
            } else {
                inputs
            };
            let (mut terms, mut certain, mut all) = (Vec::new(), 0i64, 0i64);
            for (&input, &value) in inputs.iter().zip(&values) {
                if self.start.is_true(input) {
                    certain = certain.saturating_add(value);
                } else if let GateKind::Held(credential) = circuit.kind(input) {
                    if let Some(position) = self.cone.position(credential) {
                        terms.push((position, -(value as f64)));
                        all = all.saturating_add(value);
                    }
                } else {
                    let known = over.get(&input).copied();
                    let inner = known.unwrap_or_else(|| {
                        let inner = self.column(Column {
                            most: 1.0,
                            whole: true,
                        });
                        over.insert(input, inner);
                        waiting.push((Some(inner), input));
                        inner
                    });
                    terms.push((inner, -(value as f64)));
                    all = all.saturating_add(value);
                }
            }
            // All but one thousandth (or one of a count) may be there; more only where the column is 1.
            let room = least.saturating_sub(1).saturating_sub(certain);
            if let Some(column) = column {
                terms.push((column, all.saturating_sub(room).max(0) as f64));
            }
            self.row(None, -(room as f64), terms);
        }
    }

    /// Each credential counts in one of the sums.
    fn together(&mut self, implied_by: Option<usize>, block: u32) {
        let circuit = self.cone.circuit();
        let plans: Vec<&SumPlan> = circuit.block(block).collect();
        let mut users: FxHashMap<CredentialId, usize> = FxHashMap::default();
        for entry in plans.iter().flat_map(|plan| &plan.entries) {
            *users.entry(entry.credential).or_default() += 1;
        }
        let mut shares: FxHashMap<CredentialId, Vec<usize>> = FxHashMap::default();
        for plan in &plans {
            let mut terms = Vec::with_capacity(plan.entries.len());
            for entry in &plan.entries {
                let whole = match circuit.gate_of(entry.credential) {
                    Some(gate) => self.term(gate),
                    None => Term::One,
                };
                let shared = users.get(&entry.credential).is_some_and(|&users| users > 1);
                terms.push(match whole {
                    Term::One | Term::Column(_) if shared => {
                        let share = self.column(Column {
                            most: 1.0,
                            whole: true,
                        });
                        shares.entry(entry.credential).or_default().push(share);
                        Term::Column(share)
                    }
                    Term::One | Term::Zero | Term::Column(_) => whole,
                });
            }
            self.sum(implied_by, plan, &terms);
        }
        let mut shares: Vec<(CredentialId, Vec<usize>)> = shares.into_iter().collect();
        shares.sort_unstable();
        for (credential, shares) in shares {
            let whole = match circuit.gate_of(credential) {
                Some(gate) => self.term(gate),
                None => Term::One,
            };
            self.one_of(whole, &shares);
        }
    }

    /// At most one of the columns, and that only if the whole is true.
    fn one_of(&mut self, whole: Term, shares: &[usize]) {
        let mut terms: Vec<(usize, f64)> = shares.iter().map(|&share| (share, -1.0)).collect();
        match whole {
            Term::One => self.row(None, -1.0, terms),
            Term::Zero => self.row(None, 0.0, terms),
            Term::Column(column) => {
                terms.push((column, 1.0));
                self.row(None, 0.0, terms);
            }
        }
    }

    /// What the entries bring in adds up, caps applied from the inside out.
    fn sum(&mut self, implied_by: Option<usize>, plan: &SumPlan, entries: &[Term]) {
        let groups: Vec<_> = plan.groups().collect();
        let mut fixed = vec![0i64; groups.len()];
        let mut terms: Vec<Vec<(usize, f64)>> = vec![Vec::new(); groups.len()];
        for (entry, &term) in plan.entries.iter().zip(entries) {
            let value = entry.value.0;
            let homes: Vec<usize> = entry.homes().collect();
            if let ([home], Term::One) = (homes.as_slice(), term) {
                fixed[*home] = fixed[*home].saturating_add(value);
                continue;
            }
            if let ([home], Term::Column(column)) = (homes.as_slice(), term) {
                terms[*home].push((column, thousandths(value)));
                continue;
            }
            if matches!(term, Term::Zero) {
                continue;
            }
            let mut shares = Vec::with_capacity(homes.len());
            for home in homes {
                let share = self.column(Column {
                    most: 1.0,
                    whole: true,
                });
                terms[home].push((share, thousandths(value)));
                shares.push(share);
            }
            self.one_of(term, &shares);
        }
        for group in (0..groups.len()).rev() {
            let (around, most) = groups[group];
            let own = std::mem::take(&mut terms[group]);
            let Some(outer) = around else {
                let missing = plan.least.0.saturating_sub(fixed[group]);
                if missing > 0 {
                    let missing = thousandths(missing);
                    self.row(implied_by, missing, capped(own, missing));
                }
                continue;
            };
            match most {
                Some(most) => {
                    let certain = fixed[group].min(most.0);
                    fixed[outer] = fixed[outer].saturating_add(certain);
                    let room = thousandths(most.0.saturating_sub(certain));
                    if room > 0.0 && !own.is_empty() {
                        let brought = self.column(Column {
                            most: room,
                            whole: false,
                        });
                        let mut own = capped(own, room);
                        own.push((brought, -1.0));
                        self.row(None, 0.0, own);
                        terms[outer].push((brought, 1.0));
                    }
                }
                None => {
                    fixed[outer] = fixed[outer].saturating_add(fixed[group]);
                    terms[outer].extend(own);
                }
            }
        }
    }
}

fn thousandths(amount: i64) -> f64 {
    amount as f64 / 1000.0
}

/// No term brings more than is missing.
fn capped(mut terms: Vec<(usize, f64)>, missing: f64) -> Vec<(usize, f64)> {
    for (_, value) in &mut terms {
        *value = value.min(missing);
    }
    terms
}

/// Each column once, in order.
fn merged(mut terms: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    terms.sort_by_key(|&(column, _)| column);
    let mut merged: Vec<(usize, f64)> = Vec::with_capacity(terms.len());
    for (column, value) in terms {
        match merged.last_mut() {
            Some((last, sum)) if *last == column => *sum += value,
            Some(_) | None => merged.push((column, value)),
        }
    }
    merged
}
