//! What has changed in the quantities of a credential: workload, credit, validity, what it counts toward.

use super::Which;
use super::comparison::{Comparison, Subject};
use super::rules::{self, ChangeRule};
use super::values::Shift;
use crate::model::{Credential, Quantity, Validity};

/// The rules for a quantity that moves.
struct Moves {
    what: &'static str,
    raised: &'static ChangeRule,
    lowered: &'static ChangeRule,
    other: &'static ChangeRule,
    stated: &'static ChangeRule,
    gone: &'static ChangeRule,
}

fn quantity(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: Option<&Quantity>,
    new: Option<&Quantity>,
    moves: &Moves,
) {
    let what = moves.what;
    let (rule, message) = match (old, new) {
        (None, None) => return,
        (None, Some(new)) => (
            moves.stated,
            format!("{what} stated: {}", comparison.new.quantity(new)),
        ),
        (Some(old), None) => (
            moves.gone,
            format!(
                "{what} no longer stated (was {})",
                comparison.old.quantity(old)
            ),
        ),
        (Some(old), Some(new)) => {
            let (before, after) = (comparison.old.quantity(old), comparison.new.quantity(new));
            match comparison.shift(old, new) {
                Shift::Same => return,
                Shift::Raised => (
                    moves.raised,
                    format!("{what} raised from {before} to {after}"),
                ),
                Shift::Lowered => (
                    moves.lowered,
                    format!("{what} lowered from {before} to {after}"),
                ),
                Shift::Other => (moves.other, format!("{what} {after} instead of {before}")),
            }
        }
    };
    comparison.change(subject, rule, message);
}

pub(super) fn quantities(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    let workload = Moves {
        what: "workload",
        raised: &rules::WORKLOAD_RAISED,
        lowered: &rules::WORKLOAD_LOWERED,
        other: &rules::WORKLOAD_CHANGED,
        stated: &rules::WORKLOAD_CHANGED,
        gone: &rules::WORKLOAD_CHANGED,
    };
    let (before, after) = (old.workload.as_ref(), new.workload.as_ref());
    quantity(comparison, subject, before, after, &workload);
    let credit = Moves {
        what: "credit",
        raised: &rules::CREDIT_RAISED,
        lowered: &rules::CREDIT_LOWERED,
        other: &rules::CREDIT_CHANGED,
        stated: &rules::CREDIT_RAISED,
        gone: &rules::CREDIT_LOWERED,
    };
    let (before, after) = (old.credit.as_ref(), new.credit.as_ref());
    quantity(comparison, subject, before, after, &credit);
    let validity = Moves {
        what: "validity",
        raised: &rules::VALIDITY_LONGER,
        lowered: &rules::VALIDITY_SHORTER,
        other: &rules::VALIDITY,
        stated: &rules::VALIDITY,
        gone: &rules::VALIDITY_LONGER,
    };
    match (&old.validity, &new.validity) {
        (Some(Validity::Until(before)), Some(Validity::Until(after))) => {
            let (rule, word): (&'static ChangeRule, _) = match before.cmp(after) {
                std::cmp::Ordering::Less => (&rules::VALIDITY_LONGER, "longer"),
                std::cmp::Ordering::Equal => return,
                std::cmp::Ordering::Greater => (&rules::VALIDITY_SHORTER, "shorter"),
            };
            let message = format!("valid {word}: until {after} instead of {before}");
            comparison.change(subject, rule, message);
        }
        (Some(Validity::For(_)), Some(Validity::Until(_)))
        | (Some(Validity::Until(_)), Some(Validity::For(_))) => {
            let message = "valid in another form: a period and a date cannot be compared";
            comparison.change(subject, &rules::VALIDITY, message);
        }
        (None, Some(Validity::Until(after))) => {
            let message = format!("valid until {after} from now on");
            comparison.change(subject, &rules::VALIDITY, message);
        }
        (Some(Validity::Until(_)), None) => {
            comparison.change(subject, &rules::VALIDITY_LONGER, "valid without limit");
        }
        (before @ (None | Some(Validity::For(_))), after @ (None | Some(Validity::For(_)))) => {
            let period = |validity: &Option<Validity>| match validity {
                Some(Validity::For(quantity)) => Some(*quantity),
                Some(Validity::Until(_)) | None => None,
            };
            let (before, after) = (period(before), period(after));
            quantity(
                comparison,
                subject,
                before.as_ref(),
                after.as_ref(),
                &validity,
            );
        }
    }
}

pub(super) fn counts_toward(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    // By target (or targets to choose from): the credit in its unit.
    let table = |which: Which, credential: &Credential| {
        let mut table: std::collections::BTreeMap<String, Option<Quantity>> =
            std::collections::BTreeMap::new();
        for counts in &credential.counts_toward {
            let mut targets: Vec<&str> = counts
                .targets
                .iter()
                .map(|&(target, _)| comparison.credential(which, target))
                .collect();
            targets.sort_unstable();
            table.insert(format!("`{}`", targets.join("` or `")), counts.credit);
        }
        table
    };
    let before = table(Which::Old, old);
    let after = table(Which::New, new);
    for (target, now) in &after {
        let (rule, message): (&'static ChangeRule, _) = match before.get(target) {
            None => (&rules::COUNTS_MORE, format!("counts toward {target}")),
            Some(was) => match (was, now) {
                (None, None) => continue,
                (None, Some(now)) => (
                    &rules::COUNTS_MORE,
                    format!(
                        "counts toward {target} for {}",
                        comparison.new.quantity(now)
                    ),
                ),
                (Some(was), None) => (
                    &rules::COUNTS_LESS,
                    format!(
                        "counts toward {target} for no stated credit (was {})",
                        comparison.old.quantity(was)
                    ),
                ),
                (Some(was), Some(now)) => {
                    let rule: &'static ChangeRule = match comparison.shift(was, now) {
                        Shift::Same => continue,
                        Shift::Raised => &rules::COUNTS_MORE,
                        Shift::Lowered | Shift::Other => &rules::COUNTS_LESS,
                    };
                    let message = format!(
                        "counts toward {target} for {} instead of {}",
                        comparison.new.quantity(now),
                        comparison.old.quantity(was)
                    );
                    (rule, message)
                }
            },
        };
        comparison.change(subject, rule, message);
    }
    for target in before.keys().filter(|target| !after.contains_key(*target)) {
        let message = format!("no longer counts toward {target}");
        comparison.change(subject, &rules::COUNTS_LESS, message);
    }
}
