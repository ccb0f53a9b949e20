//! What lots of declarations find when they are lowered side by side, put together in the order of the declarations.
//!
//! The declarations themselves go straight to their places; only what is found beside them, hardly ever anything, waits here.

use std::sync::Mutex;

use super::outcome::Outcome;

/// The outcomes of all lots that are done, each with the position of its first declaration.
#[derive(Default)]
pub(super) struct Gathered(Mutex<Vec<(usize, Outcome)>>);

impl Gathered {
    /// A place for what the next lot finds.
    pub(super) fn lot(&self) -> Lot<'_> {
        Lot {
            gathered: self,
            found: None,
        }
    }

    /// Hands everything on, in order.
    pub(super) fn append_to(self, outcome: &mut Outcome) {
        let mut lots = match self.0.into_inner() {
            Ok(lots) => lots,
            Err(poisoned) => poisoned.into_inner(),
        };
        lots.sort_by_key(|&(first, _)| first);
        for (_, found) in lots {
            outcome.append(found);
        }
    }
}

/// What a stretch of neighboring declarations finds; given to [`Gathered`] when the stretch is done.
pub(super) struct Lot<'g> {
    gathered: &'g Gathered,
    found: Option<(usize, Outcome)>,
}

impl Lot<'_> {
    /// Where the declaration at a position says what it finds.
    pub(super) fn outcome(&mut self, index: usize) -> &mut Outcome {
        &mut self
            .found
            .get_or_insert_with(|| (index, Outcome::default()))
            .1
    }
}

impl Drop for Lot<'_> {
    fn drop(&mut self) {
        if let Some(found) = self.found.take() {
            match self.gathered.0.lock() {
                Ok(mut lots) => lots.push(found),
                Err(poisoned) => poisoned.into_inner().push(found),
            }
        }
    }
}
