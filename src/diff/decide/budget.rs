//! How much the decisions of one comparison may look at, all together, so that a comparison ends however many hard requirements
//! there are.

use std::cell::Cell;

/// The most nodes of a diagram.
pub const LIMIT: usize = 400_000;

/// How many times the limit of one diagram one decision may look at: nodes that go in and come out, and pairs of them that
/// are looked at on the way. Pairs can be far more than either, since many of them may lead to the same nodes.
const STEPS: usize = 64;

/// How many times that all decisions together may look at.
const DECISIONS: usize = 8;

/// The part of what is left that one decision may look at: then the hardest leave something to those after them.
const PART: usize = 4;

/// What any decision may look at: what is easy is decided however many hard ones came before.
const LEAST: usize = 1_000;

/// What may still be looked at.
#[derive(Debug)]
pub struct Budget {
    nodes: usize,
    left: Cell<usize>,
}

impl Budget {
    /// A whole budget, where a diagram may have so many nodes.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        let one = nodes.saturating_mul(STEPS);
        Self {
            nodes,
            left: Cell::new(one.saturating_mul(DECISIONS)),
        }
    }

    /// The most nodes of a diagram.
    #[must_use]
    pub(super) const fn nodes(&self) -> usize {
        self.nodes
    }

    /// What the next decision may look at.
    #[must_use]
    pub(super) fn allowance(&self) -> usize {
        let one = self.nodes.saturating_mul(STEPS);
        one.min((self.left.get() / PART).max(LEAST))
    }

    /// Takes off what a decision has looked at.
    pub(super) fn spend(&self, work: usize) {
        self.left.set(self.left.get().saturating_sub(work));
    }
}
