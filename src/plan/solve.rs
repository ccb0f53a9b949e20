//! The cheapest set of credentials that can be earned and reaches the goal, proven by integer programming.
//!
//! The rows of [`super::rows`] are handed to the solver; what it proposes is earned in order by the cone itself. If the goal
//! is not reached, or something in the proposal cannot be earned (a circle of credentials that lean on each other), cuts are
//! added that every true route meets, and the solver is asked again. So the answer is a route because it was earned, and
//! the cheapest because the solver proved that no cheaper proposal meets rows that every route meets.

use core::time::Duration;

use super::lean::{is_late, lean};
use super::price::{Measure, Price};
use super::propose::{Scale, Stop};
use super::rows::{self, Rows};
use crate::graph::Graph;
use crate::graph::cone::{Cone, Earned, Goal};
use crate::model::{Amount, CredentialId, Project};

/// How many cuts one proposal is answered with at most.
const CUTS: usize = 12;

/// How long the work may take: what is left, or `None` where there is no limit.
pub type Left<'t> = &'t dyn Fn() -> Option<Duration>;

/// What is asked of a [`Planner`].
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// What is made as small as possible; the number of credentials decides between equals.
    pub minimise: Option<Measure>,
    /// Limits that the route must keep.
    pub within: Vec<(Measure, Amount)>,
    /// How many rounds of earning there may be.
    pub rounds: Option<u32>,
    /// Members that must not be earned, by position.
    pub without: Vec<usize>,
    /// Sets that must not be contained, each sorted.
    pub beyond: Vec<Vec<usize>>,
}

/// What a [`Planner`] answers.
#[derive(Debug, Clone)]
pub enum Answer {
    Route(Found),
    /// There is none, proven.
    None,
    /// Time ran out before any was found.
    Unknown,
}

/// A set that can be earned and reaches the goal; nothing of it can be left out, unless time ran out.
#[derive(Debug, Clone)]
pub struct Found {
    /// By position.
    pub chosen: Vec<bool>,
    /// What it costs in the measure that was asked for.
    pub price: Amount,
    /// No route costs less than this.
    pub least: Amount,
}

impl Found {
    /// Whether it is proven that none is cheaper.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.price <= self.least
    }

    /// The positions of what is chosen.
    pub fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.chosen.len()).filter(|&position| self.chosen[position])
    }
}

/// A member (or the goal, where there is none) needs at least one of the others.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub(super) who: Option<usize>,
    pub(super) any: Vec<usize>,
    /// Holds only where there are at most so many rounds.
    pub(super) rounds: Option<u32>,
}

/// Finds routes to one goal.
#[derive(Debug)]
pub struct Planner<'a> {
    pub project: &'a Project,
    pub graph: &'a Graph,
    pub cone: Cone,
    /// Everything that can be earned, earned.
    pub most: Earned,
    pub(super) rows: Rows,
    pub(super) cuts: Vec<Cut>,
    /// Sets that reach the second goal.
    pub(super) denied: Vec<Vec<usize>>,
    prices: Vec<Price>,
}

impl<'a> Planner<'a> {
    /// A planner for somebody who holds `given`.
    #[must_use]
    pub fn new(
        project: &'a Project,
        graph: &'a Graph,
        goal: &Goal<'_>,
        given: impl IntoIterator<Item = CredentialId>,
    ) -> Self {
        Self::of_cone(project, graph, Cone::new(project, graph, goal, given))
    }

    /// A planner over a cone; where the cone has a second goal, routes must *not* reach that one.
    #[must_use]
    pub fn of_cone(project: &'a Project, graph: &'a Graph, cone: Cone) -> Self {
        let start = cone.earn(&[], Some(0));
        let most = cone.earn(&vec![true; cone.members().len()], None);
        let rows = if most.goal.is_some_and(|round| round > 0) {
            rows::rows(&cone, &start, &most)
        } else {
            Rows::default()
        };
        Self {
            project,
            graph,
            cone,
            most,
            rows,
            cuts: Vec::new(),
            denied: Vec::new(),
            prices: Vec::new(),
        }
    }

    /// Whether the goal can be reached at all.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        self.most.goal.is_some()
    }

    /// The prices in a measure.
    pub fn price(&mut self, measure: Measure) -> Price {
        if let Some(known) = self.prices.iter().find(|price| price.measure == measure) {
            return known.clone();
        }
        let price = Price::new(self.project, self.graph, &self.cone, measure);
        self.prices.push(price.clone());
        price
    }

    /// The cheapest route.
    pub fn solve(&mut self, ask: &Ask, left: Left<'_>) -> Answer {
        if self.most.goal == Some(0) {
            let nothing = vec![false; self.cone.members().len()];
            // Nothing at all is contained in nothing.
            return if ask.beyond.iter().any(Vec::is_empty) || self.is_denied(&nothing) {
                Answer::None
            } else {
                Answer::Route(Found {
                    chosen: nothing,
                    price: Amount::ZERO,
                    least: Amount::ZERO,
                })
            };
        }
        let allowed = self.allowed(ask);
        if !self.reaches(&allowed, ask.rounds) {
            return Answer::None;
        }
        let price = self.price(ask.minimise.unwrap_or(Measure::Count));
        let limits: Vec<(Price, Amount)> = ask
            .within
            .iter()
            .map(|&(measure, limit)| (self.price(measure), limit))
            .collect();
        let scale = Scale::new(&price, self.cone.members().len());
        let mut search = Search {
            ask,
            allowed: &allowed,
            price: &price,
            limits: &limits,
            best: None,
        };
        search.consider(&self.cone, allowed.clone(), left);
        let mut least = Amount::ZERO;
        loop {
            let remaining = left();
            if remaining.is_some_and(|remaining| remaining.is_zero()) {
                return search.finish(least, false);
            }
            let proposal = match self.propose(&search, &scale, remaining) {
                Ok(proposal) => proposal,
                Err(Stop::Infeasible) => {
                    // A route in hand belies it: then nothing is proven.
                    let proven = search.best.is_none();
                    return search.finish(least, proven);
                }
                Err(Stop::GaveUp(bound)) => {
                    least = least.max(scale.price_of_bound(bound));
                    return search.finish(least, false);
                }
            };
            least = least.max(scale.price_of_bound(Some(proposal.objective)));
            let earned = self.cone.earn(&proposal.chosen, ask.rounds);
            let reached = earned.goal.is_some();
            let lost: Vec<usize> = (0..proposal.chosen.len())
                .filter(|&position| proposal.chosen[position] && !earned.has(position))
                .collect();
            if reached && (lost.is_empty() || proposal.is_worth(&price, &earned, &scale)) {
                let chosen: Vec<bool> = (0..proposal.chosen.len())
                    .map(|position| earned.has(position))
                    .collect();
                if let Some(denied) = self.why_denied(&chosen, left) {
                    self.denied.push(denied);
                    continue;
                }
                search.consider(&self.cone, chosen, left);
                return search.finish(least, true);
            }
            let cuts = if reached {
                let lost = lost.into_iter().take(CUTS);
                lost.map(|position| self.cut(Some(position), &proposal.chosen, ask.rounds, left))
                    .collect()
            } else {
                self.landmarks(&mut search, proposal.chosen, left)
            };
            self.cuts.extend(cuts);
        }
    }

    /// What may be earned at all.
    fn allowed(&self, ask: &Ask) -> Vec<bool> {
        let mut allowed: Vec<bool> = (0..self.cone.members().len())
            .map(|position| self.most.has(position))
            .collect();
        for &position in &ask.without {
            if let Some(allowed) = allowed.get_mut(position) {
                *allowed = false;
            }
        }
        allowed
    }

    /// Whether earning within a set reaches the second goal.
    fn is_denied(&self, chosen: &[bool]) -> bool {
        let other = self.cone.other();
        other.is_some_and(|other| self.cone.earn(chosen, None).is_true(other))
    }

    /// A smallest part of a set (by inclusion) that reaches the second goal, if the set does; a larger part where time runs out.
    fn why_denied(&self, chosen: &[bool], left: Left<'_>) -> Option<Vec<usize>> {
        if !self.is_denied(chosen) {
            return None;
        }
        let mut kept = chosen.to_vec();
        for position in 0..kept.len() {
            if kept[position] && !is_late(kept.len(), left) {
                kept[position] = false;
                kept[position] = !self.is_denied(&kept);
            }
        }
        Some((0..kept.len()).filter(|&position| kept[position]).collect())
    }

    /// Whether the goal is reached by earning within a set.
    #[must_use]
    pub fn reaches(&self, allowed: &[bool], rounds: Option<u32>) -> bool {
        self.cone.earn(allowed, rounds).goal.is_some()
    }

    /// Cuts that a proposal which does not reach the goal breaks: first what it lacks, then what it lacks when that is
    /// given to it, until it reaches the goal.
    fn landmarks(
        &self,
        search: &mut Search<'_>,
        mut chosen: Vec<bool>,
        left: Left<'_>,
    ) -> Vec<Cut> {
        let rounds = search.ask.rounds;
        let mut cuts = Vec::new();
        while cuts.len() < CUTS && !self.reaches(&chosen, rounds) {
            let cut = self.cut(None, &chosen, rounds, left);
            let before = chosen.clone();
            for &position in &cut.any {
                chosen[position] = true;
            }
            cuts.push(cut);
            if chosen == before {
                break;
            }
        }
        for (position, chosen) in chosen.iter_mut().enumerate() {
            *chosen = *chosen && search.allowed[position];
        }
        search.consider(&self.cone, chosen, left);
        cuts
    }

    /// As many as possible are allowed so that the one in question still cannot be earned: it needs one of the rest.
    fn cut(&self, who: Option<usize>, chosen: &[bool], rounds: Option<u32>, left: Left<'_>) -> Cut {
        let mut allowed = chosen.to_vec();
        let blocked = |earned: &Earned| match who {
            Some(position) => !earned.has(position),
            None => earned.goal.is_none(),
        };
        let mut state = self.cone.earn(&allowed, rounds);
        let mut any = Vec::new();
        // From the far end, so that what is left over stands near to the goal.
        for position in (0..allowed.len()).rev() {
            if allowed[position] || !self.most.has(position) {
                continue;
            }
            // A cut with more to choose from is a true one as well.
            if is_late(allowed.len(), left) {
                any.push(position);
                continue;
            }
            allowed[position] = true;
            let trial = if rounds.is_some() {
                self.cone.earn(&allowed, rounds)
            } else {
                let mut trial = state.clone();
                self.cone.go_on(&mut trial, &allowed, None);
                trial
            };
            if blocked(&trial) {
                state = trial;
            } else {
                allowed[position] = false;
                any.push(position);
            }
        }
        any.sort_unstable();
        Cut { who, any, rounds }
    }
}

/// The search for one answer.
pub(super) struct Search<'s> {
    pub(super) ask: &'s Ask,
    pub(super) allowed: &'s [bool],
    pub(super) price: &'s Price,
    pub(super) limits: &'s [(Price, Amount)],
    pub(super) best: Option<Found>,
}

impl Search<'_> {
    /// Takes a set that reaches the goal, without what it can do without, if it is the best so far.
    fn consider(&mut self, cone: &Cone, chosen: Vec<bool>, left: Left<'_>) {
        let rounds = self.ask.rounds;
        let Some(chosen) = lean(cone, chosen, rounds, self.price, left) else {
            return;
        };
        let within = self
            .limits
            .iter()
            .all(|(price, limit)| price.of(&chosen) <= *limit);
        let beyond = self
            .ask
            .beyond
            .iter()
            .all(|set| set.iter().any(|&position| !chosen[position]));
        let denied = cone
            .other()
            .is_some_and(|other| cone.earn(&chosen, None).is_true(other));
        if !within || !beyond || denied {
            return;
        }
        let price = self.price.of(&chosen);
        let count = |chosen: &[bool]| chosen.iter().filter(|&&chosen| chosen).count();
        let better = self
            .best
            .as_ref()
            .is_none_or(|best| (price, count(&chosen)) < (best.price, count(&best.chosen)));
        if better {
            self.best = Some(Found {
                chosen,
                price,
                least: Amount::ZERO,
            });
        }
    }

    fn finish(self, least: Amount, proven: bool) -> Answer {
        match self.best {
            Some(mut best) => {
                best.least = if proven {
                    best.price
                } else {
                    least.min(best.price)
                };
                Answer::Route(best)
            }
            None if proven => Answer::None,
            None => Answer::Unknown,
        }
    }
}
