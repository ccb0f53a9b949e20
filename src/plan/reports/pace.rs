//! What lapses on the way through a pathway, at a stated pace.

use super::plan::sentence;
use crate::model::{Amount, CredentialId, Project, Unit, Validity};
use crate::plan::price::Measure;
use crate::plan::report::{Report, Section};
use crate::plan::solve::{Found, Planner};
use crate::plan::words;

/// How fast somebody studies: so much of a measure in a month.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    pub measure: Measure,
    /// In thousandths; more than nothing.
    pub per_month: Amount,
}

/// What lapses before the whole is done, one credential after the other at the stated pace.
pub(super) fn expiry(
    project: &Project,
    planner: &mut Planner<'_>,
    cheapest: &Found,
    pace: Pace,
    report: &mut Report,
) {
    let price = planner.price(pace.measure);
    let earned = planner.cone.earn(&cheapest.chosen, None);
    let mut order: Vec<(Option<u32>, CredentialId, usize)> = cheapest
        .positions()
        .map(|at| (earned.rounds[at], planner.cone.members()[at].credential, at))
        .collect();
    order.sort_unstable();
    let months = |sum: Amount| Amount(sum.0.saturating_mul(1000) / pace.per_month.0.max(1));
    let mut done = Amount::ZERO;
    let mut when = Vec::new();
    for &(_, id, position) in &order {
        done = done.plus(price.added(position, &cheapest.chosen));
        when.push((id, months(done)));
    }
    let end = months(done);
    let mut section = Section::new(
        "expiry",
        format!("At {} a month", pace.measure.show(project, pace.per_month)),
        &[
            ("credential", "Credential"),
            ("earned", "Earned in month"),
            ("valid", "Valid for months"),
            ("lapses", "Lapses before the end"),
        ],
    );
    let mut lapsing = Vec::new();
    for (id, month) in when {
        let valid = match project.credentials[id].validity {
            Some(Validity::For(quantity)) => in_months(quantity.amount, quantity.unit),
            // A day of the calendar says nothing without a day to begin.
            Some(Validity::Until(_)) | None => None,
        };
        let lapses = valid.is_some_and(|valid| month.plus(valid) < end);
        if lapses {
            lapsing.push(words::id(project, id).to_owned());
        }
        section.rows.push(vec![
            words::id(project, id).into(),
            month.into(),
            valid.into(),
            lapses.into(),
        ]);
    }
    report.summary.push(if lapsing.is_empty() {
        format!("At this pace it takes {end} months, and nothing lapses on the way.")
    } else {
        format!(
            "At this pace it takes {end} months; {} would lapse before the end.",
            sentence(&lapsing)
        )
    });
    report.fact("months", end);
    report.fact("lapsing", lapsing);
    report.sections.push(section);
}

/// A span of time in months: a year has twelve, a month 30.4375 days.
fn in_months(amount: Amount, unit: Unit) -> Option<Amount> {
    let days = |days: i64| Amount(amount.0.saturating_mul(days).saturating_mul(10_000) / 304_375);
    match unit {
        Unit::Months => Some(amount),
        Unit::Years => Some(Amount(amount.0.saturating_mul(12))),
        Unit::Weeks => Some(days(7)),
        Unit::Days => Some(days(1)),
        Unit::Minutes
        | Unit::Hours
        | Unit::Credit(_)
        | Unit::Percent
        | Unit::Points
        | Unit::Stages => None,
    }
}
