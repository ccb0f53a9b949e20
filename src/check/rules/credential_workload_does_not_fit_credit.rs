//! Credit is a statement about work: one ECTS credit stands for 25 to 30 hours (ECTS Users' Guide 2015). A workload outside
//! what its credit stands for is a promise that another institution will not accept.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, Unit};

pub static RULE: Rule = Rule {
    name: "credential/workload-does-not-fit-credit",
    severity: Severity::Warning,
    summary: "a workload outside what the credit stands for",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        let (Some(workload), Some(credit)) = (&credential.workload, &credential.credit) else {
            continue;
        };
        let Unit::Credit(unit) = credit.unit else {
            continue;
        };
        let Some((least, most)) = project.credit_units.get(&unit).and_then(|unit| unit.hours)
        else {
            continue;
        };
        let Some(hours) = workload.hours() else {
            continue;
        };
        let times = |each: Amount| {
            let product = i128::from(each.0) * i128::from(credit.amount.0) / 1000;
            Amount(i64::try_from(product).unwrap_or(i64::MAX))
        };
        let (least_hours, most_hours) = (times(least), times(most));
        if (least_hours..=most_hours).contains(&hours) {
            continue;
        }
        let range = |low: Amount, high: Amount| {
            if low == high {
                format!("{low} hours")
            } else {
                format!("{low} to {high} hours")
            }
        };
        sink.report(&RULE, workload.place)
            .message(format!(
                "`{}` asks for {} of work, and {} stands for {}",
                project.id(&credential.declared),
                project.quantity(workload),
                project.quantity(credit),
                range(least_hours, most_hours)
            ))
            .label(if hours < least_hours {
                "less work than the credit stands for"
            } else {
                "more work than the credit stands for"
            })
            .also(
                credit.place,
                format!("{} for each credit", range(least, most)),
            )
            .help("change the workload or the credit so that they agree");
    }
}
