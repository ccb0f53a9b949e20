//! How a derived row came about: the way from its subject to its object over the rows that it was concluded from.
//!
//! In files a path is one text: addresses and predicates by turns with blanks between them, `^` before a predicate that was
//! walked against its direction (`a skos:exactMatch b ^skos:broadMatch c`: c is narrower than b). For people it is
//! `a → b → c`. Invariant: a path has at least one step.

use super::table::{Predicate, TermId};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Step {
    pub predicate: Predicate,
    /// The row says it the other way round.
    pub inverse: bool,
    /// Where the step leads.
    pub to: TermId,
}

/// A way over one or more rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    pub start: TermId,
    pub steps: Vec<Step>,
}

impl Path {
    /// The way over one row.
    #[must_use]
    pub fn single(start: TermId, predicate: Predicate, to: TermId) -> Self {
        Self {
            start,
            steps: vec![Step {
                predicate,
                inverse: false,
                to,
            }],
        }
    }

    /// The same way and then another that starts where it ends.
    #[must_use]
    pub fn then(&self, other: &Self) -> Self {
        let mut path = self.clone();
        path.steps.extend(other.steps.iter().cloned());
        path
    }

    /// The way back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let mut at = self.start;
        let mut steps = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            steps.push(Step {
                predicate: step.predicate.clone(),
                inverse: !step.inverse,
                to: at,
            });
            at = step.to;
        }
        steps.reverse();
        Self { start: at, steps }
    }

    /// The way with other ids.
    #[must_use]
    pub fn with_ids(&self, id: &impl Fn(TermId) -> TermId) -> Self {
        Self {
            start: id(self.start),
            steps: self
                .steps
                .iter()
                .map(|step| Step {
                    to: id(step.to),
                    ..step.clone()
                })
                .collect(),
        }
    }

    /// All terms on the way.
    pub fn terms(&self) -> impl Iterator<Item = TermId> + '_ {
        std::iter::once(self.start).chain(self.steps.iter().map(|step| step.to))
    }

    /// The text in files.
    #[must_use]
    pub fn text(&self, name: &impl Fn(TermId) -> String) -> String {
        let mut text = name(self.start);
        for step in &self.steps {
            text.push(' ');
            if step.inverse {
                text.push('^');
            }
            text.push_str(step.predicate.shown());
            text.push(' ');
            text.push_str(&name(step.to));
        }
        text
    }

    /// For people: `a → b → c`.
    #[must_use]
    pub fn shown(&self, name: &impl Fn(TermId) -> String) -> String {
        let names: Vec<String> = self.terms().map(name).collect();
        names.join(" → ")
    }

    /// Reads the text in files; `None` where it is none.
    pub fn read(
        text: &str,
        term: &mut impl FnMut(&str) -> TermId,
        predicate: &impl Fn(&str) -> Predicate,
    ) -> Option<Self> {
        let mut words = text.split(' ');
        let start = term(words.next().filter(|word| !word.is_empty())?);
        let mut steps = Vec::new();
        while let Some(said) = words.next() {
            let to = words.next().filter(|word| !word.is_empty())?;
            let (inverse, said) = match said.strip_prefix('^') {
                Some(said) => (true, said),
                None => (false, said),
            };
            steps.push(Step {
                predicate: predicate(said),
                inverse,
                to: term(to),
            });
        }
        (!steps.is_empty()).then_some(Self { start, steps })
    }
}
