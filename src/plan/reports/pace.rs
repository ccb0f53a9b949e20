//! What lapses on the way through a pathway, at a stated pace.

use super::plan::sentence;
use crate::model::{Amount, CredentialId, Project, Unit, Validity};
use crate::plan::price::Measure;
use crate::plan::report::{Report, Section};
use crate::plan::route::schedule;
use crate::plan::solve::{Found, Planner};
use crate::plan::target::Aim;
use crate::plan::words;

/// How fast somebody studies: so much of a measure in a month.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    pub measure: Measure,
    /// In thousandths; more than nothing.
    pub per_month: Amount,
}

/// A credential on its way, in months from the beginning.
struct Dated {
    id: CredentialId,
    earned: Amount,
    valid: Option<Amount>,
}

impl Dated {
    /// When it lapses, if it does.
    fn ends(&self) -> Option<Amount> {
        self.valid.map(|valid| self.earned.plus(valid))
    }
}

/// What lapses before the whole is done, one credential after the other at the stated pace: stage by stage, step by step, and
/// within a step what is valid for the shortest time comes last.
pub(super) fn expiry(
    project: &Project,
    planner: &mut Planner<'_>,
    (aim, cheapest): (Aim, &Found),
    pace: Pace,
    report: &mut Report,
) {
    let price = planner.price(pace.measure);
    let months = |sum: Amount| Amount(sum.0.saturating_mul(1000) / pace.per_month.0.max(1));
    let mut done = Amount::ZERO;
    let mut dated: Vec<Dated> = Vec::new();
    let mut timeless = Vec::new();
    for (_, mut step) in schedule(planner, &[aim], cheapest) {
        let credential = |position: usize| planner.cone.members()[position].credential;
        step.sort_by_key(|&position| {
            let valid = valid_for(project, credential(position));
            (
                std::cmp::Reverse(valid.unwrap_or(Amount(i64::MAX))),
                position,
            )
        });
        for position in step {
            let id = credential(position);
            let declared = &project.credentials[id];
            if declared.stacks.is_none() && pace.measure.value(project, id) == Amount::ZERO {
                timeless.push(words::id(project, id).to_owned());
            }
            done = done.plus(price.added(position, &cheapest.chosen));
            dated.push(Dated {
                id,
                earned: months(done),
                valid: valid_for(project, id),
            });
        }
    }
    let end = months(done);
    let mut section = Section::new(
        "expiry",
        format!("At {} a month", pace.measure.show(project, pace.per_month)),
        &[
            ("credential", "Credential"),
            ("earned", "Earned in month"),
            ("valid", "Valid for months"),
            ("ends", "Lapses in month"),
            ("lapses", "Lapses before the end"),
        ],
    );
    let mut lapsing: Vec<(Amount, String)> = Vec::new();
    for one in &dated {
        let id = words::id(project, one.id);
        let lapses = one.ends().filter(|&ends| ends < end);
        lapsing.extend(lapses.map(|ends| (ends, id.to_owned())));
        section.rows.push(vec![
            id.into(),
            one.earned.into(),
            one.valid.into(),
            one.ends().into(),
            lapses.is_some().into(),
        ]);
    }
    // What lapses first is said first.
    lapsing.sort();
    let lapsing: Vec<String> = lapsing.into_iter().map(|(_, id)| id).collect();
    report.summary.push(if lapsing.is_empty() {
        format!("At this pace it takes {end} months, and nothing lapses on the way.")
    } else {
        format!(
            "At this pace it takes {end} months; {} would lapse before the end.",
            sentence(&lapsing)
        )
    });
    if !timeless.is_empty() {
        section.notes.push(format!(
            "Declared without {}, and so taken to need no time: {}.",
            pace.measure.label(project),
            sentence(&timeless)
        ));
    }
    report.fact("months", end);
    report.fact("lapsing", lapsing);
    report.sections.push(section);
}

/// For how many months a credential is valid.
fn valid_for(project: &Project, id: CredentialId) -> Option<Amount> {
    match project.credentials[id].validity {
        Some(Validity::For(quantity)) => in_months(quantity.amount, quantity.unit),
        // A day of the calendar says nothing without a day to begin.
        Some(Validity::Until(_)) | None => None,
    }
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
