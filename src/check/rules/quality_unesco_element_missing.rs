//! The common definition of micro-credentials (UNESCO, 2022): what was learned, assessed by clear standards, awarded by a trusted
//! provider, under quality assurance.

use crate::check::Context;
use crate::check::quality::{Lack, assessment_with_standard, issuer, outcomes, quality_assurance, report};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Credential, Project};

pub static RULE: Rule = Rule {
    name: "quality/unesco-element-missing",
    severity: Severity::Warning,
    summary: "a micro-credential that the common definition of UNESCO does not cover",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    report(context, sink, &RULE, "unesco", "the common definition of UNESCO", lacks);
}

fn lacks(_: &Project, credential: &Credential) -> Vec<Lack> {
    [
        outcomes(credential),
        assessment_with_standard(credential),
        issuer(credential),
        quality_assurance(credential),
    ]
    .into_iter()
    .flatten()
    .collect()
}
