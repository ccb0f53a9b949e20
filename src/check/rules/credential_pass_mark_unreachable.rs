//! A pass mark above the most points that a rubric gives can be reached by nobody.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, PassMark};

pub static RULE: Rule = Rule {
    name: "credential/pass-mark-unreachable",
    severity: Severity::Error,
    summary: "a pass mark above what the rubric can give",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        for assessment in &credential.assessments {
            let (Some(pass), Some((rubric, rubric_place))) = (&assessment.pass, assessment.rubric)
            else {
                continue;
            };
            let rubric = &project.rubrics[rubric];
            if rubric.declared.incomplete || rubric.levels.is_empty() {
                continue;
            }
            let most = rubric.most_points();
            let unreachable = match pass.mark {
                PassMark::Points(points) => points > most,
                PassMark::Percent(share) => share > Amount::ZERO && most <= Amount::ZERO,
                PassMark::Level(_) | PassMark::All => false,
            };
            if unreachable {
                sink.report(&RULE, pass.place)
                    .message(format!(
                        "nobody can pass `{}` of `{}`: its rubric gives at most {most} points",
                        project.name(assessment.id),
                        project.id(&credential.declared)
                    ))
                    .label("out of reach")
                    .also(rubric_place, "judged by this rubric")
                    .also(
                        rubric.declared.place,
                        format!("gives at most {most} points over all criteria"),
                    )
                    .help("lower the pass mark, or add levels or criteria to the rubric");
            }
        }
    }
}
