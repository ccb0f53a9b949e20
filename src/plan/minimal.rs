//! All minimal routes, what is in every one of them, and what is in none.

use super::count::count_minimal;
use super::lean::{is_late, lean};
use super::price::{Measure, Price};
use super::solve::{Answer, Ask, Left, Planner};
use crate::model::Amount;

/// Minimal routes, those with the fewest credentials first.
#[derive(Debug, Clone, Default)]
pub struct Minimal {
    /// Positions, sorted.
    pub sets: Vec<Vec<usize>>,
    /// Whether these are all.
    pub is_complete: bool,
    /// How many more there are.
    pub more: More,
}

/// How many minimal routes there are beside those that are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// So many, counted.
    Exactly(u128),
    /// So many were met; how many more there are is not known.
    AtLeast(u128),
}

impl Default for More {
    fn default() -> Self {
        Self::AtLeast(0)
    }
}

/// Lists minimal routes, up to a limit. Each is found as one with the fewest credentials that contains none of those found
/// before it, so it is minimal by inclusion; when there is no further one, these are all. Beyond the limit they are counted, where
/// that is possible, and not listed.
#[must_use]
pub fn minimal(planner: &mut Planner<'_>, limit: usize, left: Left<'_>) -> Minimal {
    let mut found = Minimal::default();
    if !planner.is_reachable() {
        found.is_complete = true;
        found.more = More::Exactly(0);
        return found;
    }
    loop {
        let ask = Ask {
            minimise: Some(Measure::Count),
            beyond: found.sets.clone(),
            ..Ask::default()
        };
        let route = match planner.solve(&ask, left) {
            Answer::None => {
                found.is_complete = true;
                found.more = More::Exactly(0);
                return found;
            }
            Answer::Unknown => break,
            Answer::Route(route) => route,
        };
        if found.sets.len() >= limit {
            // This one at least is beyond the limit.
            found.more = More::AtLeast(1);
            break;
        }
        // Not proven shortest, it may still have something too much.
        let count = planner.price(Measure::Count);
        let Some(chosen) = lean(&planner.cone, route.chosen, None, &count, left) else {
            break;
        };
        // Where time ran out on the way, it may still have it.
        if is_late(chosen.len(), left) {
            break;
        }
        found
            .sets
            .push((0..chosen.len()).filter(|&at| chosen[at]).collect());
    }
    if let Some(all) = count_minimal(planner, left) {
        let listed = u128::try_from(found.sets.len()).unwrap_or(u128::MAX);
        found.more = More::Exactly(all.saturating_sub(listed));
        found.is_complete = all == listed;
    }
    found
}

/// The price of a set of positions.
#[must_use]
pub fn price_of(price: &Price, set: &[usize]) -> Amount {
    let mut chosen = vec![false; price.weights.len()];
    for &position in set {
        chosen[position] = true;
    }
    price.of(&chosen)
}

/// The members without which the goal is out of reach: they are in every route; there are none where the goal cannot be reached,
/// or is reached already. `None` where time ran out.
#[must_use]
pub fn keystones(planner: &mut Planner<'_>, left: Left<'_>) -> Option<Vec<usize>> {
    if !planner.is_reachable() {
        return Some(Vec::new());
    }
    let count = planner.price(Measure::Count);
    let mut rest = vec![true; planner.cone.members().len()];
    // What is in every route is in this one.
    let Some(one) = lean(&planner.cone, rest.clone(), None, &count, left) else {
        return Some(Vec::new());
    };
    let mut keys = Vec::new();
    for position in (0..one.len()).filter(|&position| one[position]) {
        if is_late(one.len(), left) {
            return None;
        }
        rest[position] = false;
        if !planner.reaches(&rest, None) {
            keys.push(position);
        }
        rest[position] = true;
    }
    Some(keys)
}
