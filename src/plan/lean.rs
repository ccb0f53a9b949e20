//! Routes without what they can do without.

use super::price::Price;
use super::solve::Left;
use crate::graph::cone::Cone;

/// A set without what it can do without: dearest members are tried first, many at a time where that works. What makes an
/// award cheaper stays. `None` if the set does not reach the goal. Where time runs out in a large cone, something may be left
/// that it could do without.
#[must_use]
pub fn lean(
    cone: &Cone,
    chosen: Vec<bool>,
    rounds: Option<u32>,
    price: &Price,
    left: Left<'_>,
) -> Option<Vec<bool>> {
    let earned = cone.earn(&chosen, rounds);
    earned.goal?;
    let mut kept: Vec<bool> = (0..chosen.len())
        .map(|position| earned.has(position))
        .collect();
    let mut order: Vec<usize> = (0..kept.len()).filter(|&position| kept[position]).collect();
    order.sort_by_key(|&position| {
        std::cmp::Reverse((price.weights.get(position).copied().unwrap_or(0), position))
    });
    let mut now = price.of(&kept);
    let mut size = order.len().div_ceil(2).max(1);
    loop {
        let mut removed = false;
        for chunk in order.chunks(size) {
            if !chunk.iter().any(|&position| kept[position]) {
                continue;
            }
            if is_late(kept.len(), left) {
                return Some(kept);
            }
            let mut trial = kept.clone();
            for &position in chunk {
                trial[position] = false;
            }
            let earned = cone.earn(&trial, rounds);
            if earned.goal.is_none() {
                continue;
            }
            for (position, trial) in trial.iter_mut().enumerate() {
                *trial = *trial && earned.has(position);
            }
            let cost = price.of(&trial);
            if cost <= now {
                now = cost;
                kept = trial;
                removed = true;
            }
        }
        if size == 1 && !removed {
            return Some(kept);
        }
        size = (size / 2).max(1);
    }
}

/// Cones up to so many members are looked through without asking the clock.
const SMALL: usize = 64;

/// Whether time has run out, in a cone where that matters.
pub(in crate::plan) fn is_late(members: usize, left: Left<'_>) -> bool {
    members > SMALL && left().is_some_and(|left| left.is_zero())
}
