//! A smallest choice that has something of each of some sets: integer programming, by the library that [`super::propose`] names.

use core::time::Duration;

use microlp::{
    ComparisonOp, OptimizationDirection, Problem, SolutionStatus, SolveOptions, SolveOutcome,
};

use super::timed::{told, within};

/// Chooses among `weights.len()` things, with the least weight, so that each set has one that is chosen. `None` where that is
/// not proven in time.
pub(super) fn smallest(
    weights: &[u32],
    sets: &[Vec<usize>],
    left: Option<Duration>,
) -> Option<Vec<bool>> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let columns: Vec<_> = weights
        .iter()
        .map(|&weight| problem.add_integer_var(f64::from(weight), (0, 1)))
        .collect();
    for set in sets {
        let terms: Vec<_> = set
            .iter()
            .filter_map(|&at| Some((*columns.get(at)?, 1.0)))
            .collect();
        problem.add_constraint(terms, ComparisonOp::Ge, 1.0);
    }
    let mut options = SolveOptions::default();
    options.time_limit = told(left);
    let chosen = within(left, move || match problem.solve_with(options) {
        Ok(SolveOutcome::Solution(solution)) if solution.status() == SolutionStatus::Optimal => {
            let columns = columns.iter();
            let chosen = columns.map(|&column| solution.var_value(column) > 0.5);
            Some(chosen.collect::<Vec<bool>>())
        }
        Ok(SolveOutcome::Solution(_) | SolveOutcome::Interrupted(_)) | Err(_) => None,
    });
    let chosen = chosen.flatten()?;
    let hit = |set: &Vec<usize>| set.iter().any(|&at| chosen[at]);
    sets.iter().all(hit).then_some(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_that_hit_every_set_are_chosen() {
        let sets = [vec![0, 1], vec![1, 2], vec![3], vec![2, 3]];
        let chosen = smallest(&[1; 4], &sets, None);
        assert_eq!(chosen, Some(vec![false, true, false, true]));
        assert_eq!(smallest(&[1; 2], &[], None), Some(vec![false; 2]));
        // What weighs nothing is rather taken.
        let chosen = smallest(&[1, 0, 1], &[vec![0, 1], vec![1, 2]], None);
        assert_eq!(chosen, Some(vec![false, true, false]));
    }
}
