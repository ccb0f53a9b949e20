//! Formulas as decision diagrams, and the smallest learner whom one accepts and another does not.
//!
//! The library behind the diagrams is named in this file only. Every step has a limit on its size, and all steps together have
//! one on how much they look at, counted inside the library's operations too ([`Budget`]); past it the question is given up, and that
//! is said.

use std::cell::Cell;

use biodivine_lib_bdd::{Bdd, BddNode, BddPointer, BddVariable, op_function};
use rustc_hash::FxHashMap;

use super::budget::Budget;
use super::formula::{Atom, AtomId, Formula, FormulaId, Formulas};
use super::sums;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenUp {
    /// More atoms than a diagram can have.
    Atoms,
    /// A diagram would be larger than the limit.
    Size,
    /// The rules nest deeper than is followed.
    Depth,
}

/// The deepest formula that is looked at.
pub const DEEPEST: u32 = 600;

/// Makes diagrams of formulas over one order of atoms.
pub struct Diagrams<'f> {
    formulas: &'f Formulas,
    budget: &'f Budget,
    /// What this decision may look at.
    most: usize,
    order: Vec<AtomId>,
    positions: FxHashMap<AtomId, u16>,
    known: FxHashMap<FormulaId, Bdd>,
    /// Nodes of all diagrams that were looked at and made, and pairs of them.
    work: Cell<usize>,
}

impl<'f> Diagrams<'f> {
    /// Diagrams for these formulas; atoms stand in the order in which the formulas name them.
    ///
    /// # Errors
    /// There are too many atoms, or the formulas are too deep.
    pub fn new(
        formulas: &'f Formulas,
        of: &[FormulaId],
        budget: &'f Budget,
    ) -> Result<Self, GivenUp> {
        let mut order = Vec::new();
        let mut positions: FxHashMap<AtomId, u16> = FxHashMap::default();
        let mut seen = rustc_hash::FxHashSet::default();
        let mut stack: Vec<FormulaId> = of.iter().rev().copied().collect();
        let mut atoms = Vec::new();
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            if formulas.depth(next) > DEEPEST {
                return Err(GivenUp::Depth);
            }
            atoms.clear();
            match formulas.get(next) {
                Formula::Always | Formula::Never => {}
                Formula::Atom(atom) => atoms.push(*atom),
                Formula::AtLeast { of, .. } => stack.extend(of.iter().rev()),
                Formula::Sums(sums) => {
                    let entries = sums.iter().flat_map(|sum| &sum.entries);
                    atoms.extend(entries.map(|entry| entry.atom));
                }
            }
            for &atom in &atoms {
                // One less than there are numbers: the library counts the variables, too.
                let position = u16::try_from(order.len()).map_err(|_| GivenUp::Atoms)?;
                positions.entry(atom).or_insert_with(|| {
                    order.push(atom);
                    position
                });
            }
        }
        if order.len() >= usize::from(u16::MAX) {
            return Err(GivenUp::Atoms);
        }
        Ok(Self {
            formulas,
            budget,
            most: budget.allowance(),
            order,
            positions,
            known: FxHashMap::default(),
            work: Cell::new(seen.len()),
        })
    }

    fn constant(&self, value: bool) -> Bdd {
        let variables = self.order.len() as u16;
        let mut nodes = vec![BddNode::mk_zero(variables)];
        if value {
            nodes.push(BddNode::mk_one(variables));
        }
        Bdd::from_nodes(&nodes).unwrap_or_else(|_| Bdd::from_string("|0,0,0|"))
    }

    fn of_steps(&self, steps: &[sums::Step]) -> Result<Bdd, GivenUp> {
        let variables = self.order.len() as u16;
        let mut nodes = Vec::with_capacity(steps.len() + 2);
        nodes.push(BddNode::mk_zero(variables));
        nodes.push(BddNode::mk_one(variables));
        for step in steps {
            let position = self.position(step.atom);
            nodes.push(BddNode::mk_node(
                BddVariable::from_index(usize::from(position)),
                BddPointer::from_index(step.without),
                BddPointer::from_index(step.with),
            ));
        }
        Bdd::from_nodes(&nodes).map_err(|_| GivenUp::Size)
    }

    fn position(&self, atom: AtomId) -> u16 {
        self.positions.get(&atom).copied().unwrap_or(0)
    }

    /// The diagram of a formula.
    ///
    /// # Errors
    /// It would be too large.
    pub fn of(&mut self, formula: FormulaId) -> Result<Bdd, GivenUp> {
        if let Some(known) = self.known.get(&formula) {
            return Ok(known.clone());
        }
        let diagram = match self.formulas.get(formula) {
            Formula::Always => self.constant(true),
            Formula::Never => self.constant(false),
            Formula::Atom(atom) => self.of_steps(&[sums::Step {
                atom: *atom,
                without: sums::NO,
                with: sums::YES,
            }])?,
            Formula::Sums(shapes) => {
                let position = |atom| u32::from(self.position(atom));
                let room = self.most.saturating_sub(self.work.get());
                let nodes = self.budget.nodes().min(room);
                match sums::diagram(shapes, &position, (nodes, room), &self.work) {
                    None => return Err(GivenUp::Size),
                    Some((_, sums::NO)) => self.constant(false),
                    Some((_, sums::YES)) => self.constant(true),
                    Some((steps, _)) => self.of_steps(&steps)?,
                }
            }
            Formula::AtLeast { least, of } => self.at_least(*least as usize, of)?,
        };
        self.known.insert(formula, diagram.clone());
        Ok(diagram)
    }

    /// `rows[j]`: at least `j` of the parts so far.
    fn at_least(&mut self, least: usize, of: &[FormulaId]) -> Result<Bdd, GivenUp> {
        let mut rows = vec![self.constant(true)];
        // What stands early in the order comes last, so that diagrams grow at their top.
        let mut parts: Vec<Bdd> = Vec::with_capacity(of.len());
        for &part in of {
            parts.push(self.of(part)?);
        }
        parts.sort_by_key(|part| {
            let root = part.root_pointer();
            std::cmp::Reverse(if root.is_terminal() {
                usize::MAX
            } else {
                part.var_of(root).to_index()
            })
        });
        let count = parts.len();
        for (number, part) in parts.iter().enumerate() {
            let left = count - number - 1;
            let highest = (number + 1).min(least);
            let lowest = least.saturating_sub(left).max(1);
            if rows.len() <= highest {
                rows.push(self.constant(false));
            }
            for row in (lowest..=highest).rev() {
                let (Some(below), Some(same)) = (rows.get(row - 1), rows.get(row)) else {
                    continue;
                };
                let with = self.apply(part, below, op_function::and)?;
                let either = if same.is_false() {
                    with
                } else {
                    self.apply(&with, same, op_function::or)?
                };
                if let Some(slot) = rows.get_mut(row) {
                    *slot = either;
                }
            }
        }
        Ok(rows
            .get(least)
            .cloned()
            .unwrap_or_else(|| self.constant(false)))
    }

    fn apply(
        &self,
        one: &Bdd,
        other: &Bdd,
        operation: fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Result<Bdd, GivenUp> {
        let most = self.most;
        let work = Cell::new(self.work.get() + one.size() + other.size());
        let counted = |one: Option<bool>, other: Option<bool>| {
            work.set(work.get() + 1);
            if work.get() > most {
                // The operation cannot be stopped, but comes to an end soon where every pair is known: what it makes is not used.
                return Some(false);
            }
            operation(one, other)
        };
        let made = if work.get() > most {
            None
        } else {
            Bdd::binary_op_with_limit(self.budget.nodes(), one, other, counted)
        };
        self.work.set(work.get());
        match made {
            Some(made) if work.get() <= most => {
                self.work.set(work.get() + made.size());
                Ok(made)
            }
            Some(_) | None => Err(GivenUp::Size),
        }
    }

    /// The smallest set of atoms that the one diagram accepts and the other does not; of several the one that needs the fewest
    /// things other than credentials, then the one whose atoms stand first. `None` where there is no such set.
    ///
    /// # Errors
    /// The difference would be too large.
    pub fn witness(&self, accepts: &Bdd, refuses: &Bdd) -> Result<Option<Vec<AtomId>>, GivenUp> {
        let difference = self.apply(accepts, refuses, op_function::and_not)?;
        if difference.is_false() {
            return Ok(None);
        }
        let mut pointers: Vec<BddPointer> = difference.pointers().collect();
        pointers.sort_by_key(|&pointer| {
            std::cmp::Reverse(if pointer.is_terminal() {
                usize::MAX
            } else {
                difference.var_of(pointer).to_index()
            })
        });
        // The least price from each node, and which way it goes.
        let mut best: FxHashMap<usize, (u64, bool)> = FxHashMap::default();
        for pointer in pointers {
            if pointer.is_zero() {
                continue;
            }
            if pointer.is_one() {
                best.insert(pointer.to_index(), (0, false));
                continue;
            }
            let price = |next: BddPointer| best.get(&next.to_index()).map(|&(price, _)| price);
            let atom = self.order.get(difference.var_of(pointer).to_index());
            let with = price(difference.high_link_of(pointer))
                .map(|rest| rest + atom.map_or(0, |&atom| self.price(atom)));
            let without = price(difference.low_link_of(pointer));
            let found = match (with, without) {
                (Some(with), Some(without)) if with <= without => (with, true),
                (_, Some(without)) => (without, false),
                (Some(with), None) => (with, true),
                (None, None) => continue,
            };
            best.insert(pointer.to_index(), found);
        }
        let mut atoms = Vec::new();
        let mut pointer = difference.root_pointer();
        while !pointer.is_terminal() {
            let takes = best
                .get(&pointer.to_index())
                .is_some_and(|&(_, takes)| takes);
            if takes {
                atoms.extend(
                    self.order
                        .get(difference.var_of(pointer).to_index())
                        .copied(),
                );
                pointer = difference.high_link_of(pointer);
            } else {
                pointer = difference.low_link_of(pointer);
            }
        }
        Ok(Some(atoms))
    }

    /// One thing is one thing; among as many, credentials are named first.
    fn price(&self, atom: AtomId) -> u64 {
        const ONE: u64 = 1 << 24;
        match self.formulas.atom_of(atom) {
            Atom::Credential(_) => ONE,
            Atom::Judgement(_) => ONE + 1,
            Atom::Skill { .. } => ONE + 2,
        }
    }
}

impl Drop for Diagrams<'_> {
    fn drop(&mut self) {
        // What was asked for beyond it was refused.
        self.budget.spend(self.work.get().min(self.most));
    }
}
