//! The National Microcredentials Framework of Australia (2021), minimum standards: outcomes, assessment of them, at least one hour.
//!
//! Its table of critical information is not asked for: it is not known here field by field.

use crate::check::Context;
use crate::check::quality::{Lack, assessment_with_standard, hours, outcomes, report, workload};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, Credential, Project};

pub static RULE: Rule = Rule {
    name: "quality/australia-standard-not-met",
    severity: Severity::Warning,
    summary: "a micro-credential below the minimum standards of Australia",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    report(context, sink, &RULE, "australia", "the minimum standards of Australia", lacks);
}

fn lacks(project: &Project, credential: &Credential) -> Vec<Lack> {
    let mut lacks: Vec<Lack> = [outcomes(credential), assessment_with_standard(credential)]
        .into_iter()
        .flatten()
        .collect();
    match hours(project, credential) {
        Some((_, most)) if most < Amount::whole(1) => lacks.push(Lack {
            what: "a volume of learning of one hour or more",
            mend: "write a `workload` of at least `1 hour`",
        }),
        Some(_) => {}
        None => lacks.extend(workload(credential)),
    }
    lacks
}
