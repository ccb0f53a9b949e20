//! How sure one may be of a proposal whose names have little in common, where nothing was learnt from the project's own mappings.
//!
//! Goes in: the row of numbers of a candidate. Comes out: the most confidence that its names allow. The shipped weights were learnt on
//! catalogues of occupations and skills, where one rare word that two names share mostly means the same; elsewhere it need not: washing
//! hands is no washer extractor. The order of proposals does not change, only what is said of them.

use super::analysis::{Analysis, Name};
use super::features::NEAREST_AT;
use super::pair::{COVERED, COVERS, VALUES, coverage, likeness};
use super::views::VIEW_NAMES;

/// What may be said where names have little in common.
const LEAST: f32 = 0.3;
/// What share of the words of two names, found in each other, is little.
const LITTLE: f32 = 0.2;
/// Where it is this share, nothing is held back.
const ENOUGH: f32 = 0.75;
/// Where descriptions are so much alike, nothing is held back either.
const DESCRIBED: f32 = 0.35;

/// The most confidence for a candidate, by its row of numbers: rising with the share of the words of each name, rare words counting
/// more, that is found in the other; and with how much descriptions have in common.
#[must_use]
pub fn ceiling(numbers: &[f32]) -> f32 {
    let at = |position: usize| numbers.get(position).copied().unwrap_or(0.0);
    let shared = [NEAREST_AT - VALUES, NEAREST_AT].map(|names| {
        let (covered, covers) = (at(names + COVERED), at(names + COVERS));
        // One name may hold the other whole, and say more beside.
        let whole = covered.max(covers);
        if whole > 0.95 {
            whole
        } else {
            (covered + covers) / 2.0
        }
    });
    let most = shared.into_iter().fold(0.0, f32::max);
    let names = (most - LITTLE) / (ENOUGH - LITTLE);
    let whole = VIEW_NAMES.iter().position(|name| *name == "whole-whole");
    let described = whole.map_or(0.0, at) / DESCRIBED;
    let share = names.max(described).clamp(0.0, 1.0);
    LEAST + (1.0 - LEAST) * share
}

/// Two words at least so much alike are one.
const SAME: f32 = 0.6;

/// The most confidence for two names of several words that share one word at most, however rare it is.
#[must_use]
pub fn of_one_word(analysis: &Analysis, one: &Name, other: &Name) -> f32 {
    if one.tokens.len() < 2 || other.tokens.len() < 2 {
        return 1.0;
    }
    let has = |word: &&u32| {
        let mut others = other.tokens.iter();
        others.any(|other| likeness(analysis, **word, *other) >= SAME)
    };
    if one.tokens.iter().filter(has).count() > 1 {
        return 1.0;
    }
    let covered = coverage(analysis, &one.tokens, &other.tokens);
    let covers = coverage(analysis, &other.tokens, &one.tokens);
    LEAST + 0.4 * (covered + covers) / 2.0
}

#[cfg(test)]
mod tests {
    use super::super::features::FEATURES;
    use super::*;

    fn of(covered: f32, covers: f32) -> f32 {
        let mut numbers = vec![0.0; FEATURES];
        numbers[NEAREST_AT + COVERED] = covered;
        numbers[NEAREST_AT + COVERS] = covers;
        ceiling(&numbers)
    }

    #[test]
    fn little_in_common_is_said_with_little_confidence() {
        // `washing hands` and `operate washer extractor`: a part of one word.
        assert!(of(0.4, 0.25) < 0.5);
        assert!(of(0.5, 0.4) < 0.65);
        assert!(of(0.0, 0.0) <= LEAST);
        assert!(
            (of(1.0, 0.3) - 1.0).abs() < 1e-6,
            "one name holds the other"
        );
        assert!((of(0.8, 0.8) - 1.0).abs() < 1e-6);
        assert!(of(0.3, 0.3) < of(0.5, 0.4), "it rises");
    }
}
