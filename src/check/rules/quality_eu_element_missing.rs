//! The European approach to micro-credentials: the standard elements to describe one (Council Recommendation 2022/C 243/02, Annex I).
//!
//! The identity of the learner and the date of issuing exist only when it is awarded, and are not asked for here.

use crate::check::Context;
use crate::check::quality::{Lack, assessment_kind, issuer, issuer_details, level, outcomes, participation, quality_assurance,
    report, workload};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Credential, Project};

pub static RULE: Rule = Rule {
    name: "quality/eu-element-missing",
    severity: Severity::Warning,
    summary: "a micro-credential without an element that the European approach asks for",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    report(context, sink, &RULE, "eu", "the European approach to micro-credentials", lacks);
}

fn lacks(project: &Project, credential: &Credential) -> Vec<Lack> {
    let mut lacks: Vec<Lack> = issuer(credential).into_iter().collect();
    lacks.extend(issuer_details(project, credential));
    let elements = [
        outcomes(credential),
        workload(credential),
        level(credential),
        assessment_kind(credential),
        participation(credential),
        quality_assurance(credential),
    ];
    lacks.extend(elements.into_iter().flatten());
    lacks
}
