//! Whether a new requirement accepts exactly the learners whom the old one accepted, more, fewer, or neither.
//!
//! A learner is any set of credentials, skills shown at levels by other means, and judgements passed, earnable or not. Both
//! requirements become formulas over the same atoms ([`formula`]); where these are not the same formula, decision
//! diagrams ([`diagram`]) answer exactly, sums of credit included ([`sums`]), with a smallest learner for each direction.
//! Texts are never compared.

mod budget;
pub mod compile;
mod diagram;
pub mod formula;
pub mod sums;
#[cfg(test)]
mod tests;

pub use budget::{Budget, LIMIT};
pub use diagram::{DEEPEST, GivenUp};

use diagram::Diagrams;
use formula::{AtomId, FormulaId, Formulas};

/// How a new requirement relates to the old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Both accept the same learners.
    Same,
    /// They accept others.
    Differ {
        /// A smallest learner whom the old one accepted and the new one does not, if there is one.
        lost: Option<Vec<AtomId>>,
        /// A smallest learner whom the new one accepts and the old one did not, if there is one.
        gained: Option<Vec<AtomId>>,
    },
    /// No answer within the limits.
    Undecided(GivenUp),
}

/// Decides between two formulas, and takes what that costs off the budget.
#[must_use]
pub fn decide(formulas: &Formulas, old: FormulaId, new: FormulaId, budget: &Budget) -> Verdict {
    if old == new {
        return Verdict::Same;
    }
    let answer = || -> Result<Verdict, GivenUp> {
        let mut diagrams = Diagrams::new(formulas, &[old, new], budget)?;
        let before = diagrams.of(old)?;
        let after = diagrams.of(new)?;
        let lost = diagrams.witness(&before, &after)?;
        let gained = diagrams.witness(&after, &before)?;
        Ok(if lost.is_none() && gained.is_none() {
            Verdict::Same
        } else {
            Verdict::Differ { lost, gained }
        })
    };
    answer().unwrap_or_else(Verdict::Undecided)
}
