//! One question to the solver: the cheapest set of credentials that meets all rows and cuts.
//!
//! The library behind it is named here and in [`super::hitting`] only. It computes in floating point; prices are scaled to whole numbers well inside
//! what it can tell apart, and what it proposes is earned before it is believed.

use core::time::Duration;

use microlp::{
    ComparisonOp, Error, OptimizationDirection, Problem, SolutionStatus, SolveOptions,
    SolveOutcome, Variable,
};

use super::price::{Measure, Price};
use super::rows::Row;
use super::solve::{Planner, Search};
use super::timed::{told, within};
use crate::graph::cone::Earned;
use crate::model::Amount;

/// Why the solver made no proposal.
pub(super) enum Stop {
    Infeasible,
    /// Out of time, or out of its depth; what it proved until then.
    GaveUp(Option<f64>),
}

/// What the solver takes for a cheapest route.
pub(super) struct Proposal {
    pub(super) chosen: Vec<bool>,
    pub(super) objective: f64,
}

impl Proposal {
    /// Whether what could be earned of it is as cheap as the whole.
    pub(super) fn is_worth(&self, price: &Price, earned: &Earned, scale: &Scale) -> bool {
        let chosen: Vec<bool> = (0..self.chosen.len())
            .map(|position| earned.has(position))
            .collect();
        price.of(&chosen) <= scale.price_of_bound(Some(self.objective))
    }
}

impl Planner<'_> {
    /// Asks the solver for the cheapest set that meets all rows.
    pub(super) fn propose(
        &self,
        search: &Search<'_>,
        scale: &Scale,
        remaining: Option<Duration>,
    ) -> Result<Proposal, Stop> {
        let ask = search.ask;
        let members = self.cone.members().len();
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut columns = Vec::with_capacity(members + self.rows.further.len());
        for position in 0..members {
            let most = i32::from(search.allowed[position]);
            columns.push(problem.add_integer_var(scale.costs[position], (0, most)));
        }
        for column in &self.rows.further {
            columns.push(if column.whole {
                problem.add_integer_var(0.0, (0, 1))
            } else {
                problem.add_var(0.0, (0.0, column.most))
            });
        }
        let add = |problem: &mut Problem, columns: &[Variable], row: &Row| {
            let terms: Vec<_> = row
                .terms
                .iter()
                .filter_map(|&(column, value)| Some((*columns.get(column)?, value)))
                .collect();
            problem.add_constraint(terms, ComparisonOp::Ge, row.least);
        };
        for row in &self.rows.rows {
            add(&mut problem, &columns, row);
        }
        for cut in &self.cuts {
            let holds = match (cut.rounds, ask.rounds) {
                (None, _) => true,
                (Some(known), Some(asked)) => asked <= known,
                (Some(_), None) => false,
            };
            if !holds {
                continue;
            }
            let mut terms: Vec<(usize, f64)> =
                cut.any.iter().map(|&position| (position, 1.0)).collect();
            let least = match cut.who {
                Some(position) => {
                    terms.push((position, -1.0));
                    0.0
                }
                None => 1.0,
            };
            add(&mut problem, &columns, &Row { terms, least });
        }
        for set in ask.beyond.iter().chain(&self.denied) {
            let terms = set.iter().map(|&position| (position, -1.0)).collect();
            let least = 1.0 - set.len() as f64;
            add(&mut problem, &columns, &Row { terms, least });
        }
        // What an award adds beyond its parts, once for the price and once for each limit.
        let mut awards =
            |problem: &mut Problem, price: &Price, unit: f64, cost: f64| -> Vec<(usize, f64)> {
                let mut terms = Vec::new();
                for (position, award) in price.awards.iter().enumerate() {
                    let Some(award) = award else { continue };
                    if !search.allowed[position] {
                        continue;
                    }
                    let whole = price.weights[position] as f64 / unit;
                    let column = if cost > 0.0 && whole < f64::from(i32::MAX) {
                        problem.add_integer_var(cost, (0, whole as i32))
                    } else {
                        problem.add_var(cost, (0.0, whole))
                    };
                    columns.push(column);
                    let own = columns.len() - 1;
                    let mut row = Row {
                        terms: vec![(own, 1.0), (position, -whole)],
                        least: -(award.carried as f64) / unit,
                    };
                    row.terms.extend(
                        award
                            .parts
                            .iter()
                            .map(|&(part, value)| (part, value as f64 / unit)),
                    );
                    add(problem, &columns, &row);
                    terms.push((own, -1.0));
                }
                terms
            };
        if scale.unit > 0 {
            awards(
                &mut problem,
                search.price,
                scale.unit as f64,
                scale.per_unit,
            );
        }
        let mut budgets = Vec::new();
        for (price, limit) in search.limits {
            let mut terms = awards(&mut problem, price, 1000.0, 0.0);
            for (position, &weight) in price.weights.iter().enumerate() {
                if weight > 0 && price.awards[position].is_none() {
                    terms.push((position, -(weight as f64) / 1000.0));
                }
            }
            budgets.push(Row {
                terms,
                least: -limit.as_f64(),
            });
        }
        for row in &budgets {
            add(&mut problem, &columns, row);
        }
        let mut options = SolveOptions::default();
        options.time_limit = told(remaining);
        options.warm_start = search.best.as_ref().map(|best| {
            let values = best.chosen.iter().zip(&columns);
            values
                .map(|(&chosen, &column)| (column, f64::from(u8::from(chosen))))
                .collect()
        });
        columns.truncate(members);
        within(remaining, move || solve(&problem, options, &columns))
            .unwrap_or(Err(Stop::GaveUp(None)))
    }
}

/// Solves a program; `members` are the columns that say what is chosen.
fn solve(
    problem: &Problem,
    mut options: SolveOptions,
    members: &[Variable],
) -> Result<Proposal, Stop> {
    let solved = match problem.solve_with(options.clone()) {
        Err(Error::InternalError(_)) => {
            // Another form of the same program may be numerically kinder.
            options.presolve = false;
            options.warm_start = None;
            problem.solve_with(options)
        }
        solved => solved,
    };
    match solved {
        Ok(SolveOutcome::Solution(solution)) => {
            let stats = solution.stats();
            if solution.status() != SolutionStatus::Optimal {
                return Err(Stop::GaveUp(stats.best_bound));
            }
            let chosen = members
                .iter()
                .map(|&column| solution.var_value(column) > 0.5)
                .collect();
            Ok(Proposal {
                chosen,
                objective: solution.objective(),
            })
        }
        Ok(SolveOutcome::Interrupted(interrupted)) => {
            Err(Stop::GaveUp(interrupted.stats().best_bound))
        }
        Err(Error::Infeasible) => Err(Stop::Infeasible),
        Err(_) => Err(Stop::GaveUp(None)),
    }
}

/// Prices as the solver sees them: whole numbers, with the count of credentials to decide between equals.
pub(super) struct Scale {
    /// How many thousandths one unit of the price is; 0 where nothing costs anything.
    unit: i64,
    /// What one unit adds to the objective.
    per_unit: f64,
    /// The most that the count of credentials can add to the objective.
    ties: f64,
    /// What each member adds.
    costs: Vec<f64>,
}

impl Scale {
    pub(super) fn new(price: &Price, members: usize) -> Self {
        let mut unit = 0;
        for &weight in &price.weights {
            unit = gcd(unit, weight);
        }
        for award in price.awards.iter().flatten() {
            unit = gcd(unit, award.carried);
            for &(_, value) in &award.parts {
                unit = gcd(unit, value);
            }
        }
        let total = price
            .weights
            .iter()
            .fold(0i64, |sum, &weight| sum.saturating_add(weight));
        let units = if unit > 0 { total / unit } else { 0 };
        // Only where the numbers stay well inside what the solver can tell apart.
        let exact = units.saturating_mul(members as i64 + 1) < 50_000_000;
        let by_count = price.measure == Measure::Count;
        let (per_unit, tie) = match (by_count, exact) {
            (true, _) | (false, false) => (1.0, 0.0),
            (false, true) => (members as f64 + 1.0, 1.0),
        };
        let tie = if unit == 0 { 1.0 } else { tie };
        let costs = price
            .weights
            .iter()
            .zip(&price.awards)
            .map(|(&weight, award)| {
                let own = if award.is_some() || unit == 0 {
                    0.0
                } else {
                    (weight / unit) as f64 * per_unit
                };
                own + tie
            })
            .collect();
        Self {
            unit,
            per_unit,
            ties: tie * members as f64,
            costs,
        }
    }

    /// The price that an objective, or a bound on it, stands for: no route can be cheaper.
    pub(super) fn price_of_bound(&self, objective: Option<f64>) -> Amount {
        let Some(objective) = objective else {
            return Amount::ZERO;
        };
        let units = ((objective - self.ties) / self.per_unit - 1e-6).ceil();
        if units > 0.0 && units.is_finite() {
            Amount((units as i64).saturating_mul(self.unit))
        } else {
            Amount::ZERO
        }
    }
}

fn gcd(one: i64, other: i64) -> i64 {
    let (mut one, mut other) = (one.abs(), other.abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}
