//! A pass mark that the weakest possible work reaches assesses nothing.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, PassMark, Rubric};

pub static RULE: Rule = Rule {
    name: "credential/pass-mark-met-by-all",
    severity: Severity::Warning,
    summary: "a pass mark that every work reaches",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        for assessment in &credential.assessments {
            let Some(pass) = &assessment.pass else {
                continue;
            };
            let rubric = assessment
                .rubric
                .map(|(rubric, _)| &project.rubrics[rubric])
                .filter(|rubric| !rubric.declared.incomplete && rubric.levels.len() >= 2);
            let lowest =
                rubric.and_then(|rubric| rubric.levels.iter().min_by_key(|level| level.points));
            let met_by_all = match pass.mark {
                PassMark::Points(amount) => {
                    amount <= rubric.map_or(Amount::ZERO, Rubric::least_points)
                }
                PassMark::Percent(amount) => {
                    amount <= Amount::ZERO || rubric.is_some_and(|rubric| least_has(rubric, amount))
                }
                PassMark::Level(position) => assessment
                    .rubric
                    .and_then(|(rubric, _)| project.rubrics[rubric].levels.get(position))
                    .zip(lowest)
                    .is_some_and(|(level, lowest)| level.points <= lowest.points),
                PassMark::All => false,
            };
            if !met_by_all {
                continue;
            }
            let diagnostic = sink.report(&RULE, pass.place);
            diagnostic
                .message(format!(
                    "every work passes `{}` of `{}`",
                    project.name(assessment.id),
                    project.id(&credential.declared)
                ))
                .label("reached by everyone")
                .help("raise the pass mark, or leave it out where the assessor decides");
            if let Some(lowest) = lowest {
                diagnostic.also(lowest.place, "the lowest level of the rubric");
            }
        }
    }
}

/// Whether the lowest level in every criterion is this share of all points, in percent.
fn least_has(rubric: &Rubric, share: Amount) -> bool {
    let (least, most) = (rubric.least_points().0, rubric.most_points().0);
    let hundred = i128::from(Amount::whole(100).0);
    most > 0 && i128::from(share.0) * i128::from(most) <= i128::from(least) * hundred
}
