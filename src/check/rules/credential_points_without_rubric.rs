//! `pass 12 points` says how many points are enough, but not of how many: only a rubric does.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::PassMark;

pub static RULE: Rule = Rule {
    name: "credential/points-without-rubric",
    severity: Severity::Warning,
    summary: "a pass mark in points where no rubric gives points",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        for assessment in &credential.assessments {
            let Some(pass) = assessment.pass.filter(|_| !assessment.incomplete) else {
                continue;
            };
            let points = match pass.mark {
                PassMark::Points(points) => points,
                PassMark::Percent(_) | PassMark::Level(_) | PassMark::All => continue,
            };
            if assessment.rubric.is_some() {
                continue;
            }
            sink.report(&RULE, pass.place)
                .message(format!(
                    "`{}` of `{}` is passed with {points} points, and nothing says of how many",
                    project.name(assessment.id),
                    project.id(&credential.declared)
                ))
                .label("points of what?")
                .help("name the rubric that gives the points with `rubric`, or write a share such as `pass 60%`");
        }
    }
}
