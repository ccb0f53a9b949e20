//! Weights in percent must come to 100, and shares and percent do not mix: else no two assessors compute the same result.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, Assessment, Weight};

pub static RULE: Rule = Rule {
    name: "credential/weights-do-not-add-up",
    severity: Severity::Warning,
    summary: "weights of assessments that do not come to 100%, or mix percent and shares",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        if crate::check::attained::credential_incomplete(credential) {
            continue;
        }
        let weights: Vec<(&Assessment, Weight)> = credential
            .assessments
            .iter()
            .filter_map(|assessment| Some((assessment, assessment.weight?)))
            .collect();
        let Some(&(_, first)) = weights.first() else {
            continue;
        };
        let id = project.id(&credential.declared);
        if let Some(&(_, other)) = weights
            .iter()
            .find(|(_, weight)| weight.percent != first.percent)
        {
            sink.report(&RULE, other.place)
                .message(format!(
                    "the weights in `{id}` mix percent and shares, so they cannot be added"
                ))
                .label(if other.percent { "percent" } else { "a share" })
                .also(
                    first.place,
                    if first.percent { "percent" } else { "a share" },
                )
                .help("write every weight with `%`, or none");
            continue;
        }
        if !first.percent {
            continue;
        }
        let sum = weights
            .iter()
            .fold(Amount::ZERO, |sum, (_, weight)| sum.plus(weight.amount));
        if sum == Amount::whole(100) {
            continue;
        }
        let Some(&(_, last)) = weights.last() else {
            continue;
        };
        let diagnostic = sink.report(&RULE, last.place);
        diagnostic
            .message(format!("the weights in `{id}` come to {sum}%, not to 100%"))
            .label(format!("with this: {sum}%"))
            .help("change the weights so that they come to 100%");
        for (_, weight) in weights.iter().rev().skip(1).rev() {
            diagnostic.also(weight.place, "counted");
        }
        let unweighted = credential
            .assessments
            .iter()
            .find(|assessment| assessment.weight.is_none());
        if let (Some(assessment), true) = (unweighted, sum < Amount::whole(100)) {
            diagnostic.also(assessment.place, "this assessment has no weight");
        }
    }
}
