//! The listing rules for micro-credentials of New Zealand (NZQA, Listing and Operational Rules 2022, rule 6): title, size, level, purpose.
//!
//! The NZSCED code and the review period have no statement in the language, and are not asked for.

use crate::check::Context;
use crate::check::quality::{Lack, credit_in, issuer, level, outcomes, report};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, Credential, Project};

pub static RULE: Rule = Rule {
    name: "quality/new-zealand-requirement-not-met",
    severity: Severity::Warning,
    summary: "a micro-credential that the listing rules of New Zealand would refuse",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    report(context, sink, &RULE, "new-zealand", "the listing rules of New Zealand", lacks);
}

/// Words that make a title sound like a qualification.
const PROHIBITED: &[&str] = &[
    "new zealand",
    "national",
    "diploma",
    "degree",
    "bachelor",
    "master",
    "doctor",
    "undergraduate",
    "under-graduate",
    "postgraduate",
    "post-graduate",
];

fn lacks(project: &Project, credential: &Credential) -> Vec<Lack> {
    let mut lacks: Vec<Lack> = [outcomes(credential), level(credential), issuer(credential)]
        .into_iter()
        .flatten()
        .collect();
    let credit = credit_in(project, credential, "nz-credits");
    let whole = |amount: Amount| amount.0 % 1000 == 0;
    if !credit.is_some_and(|amount| {
        whole(amount) && (Amount::whole(1)..=Amount::whole(40)).contains(&amount)
    }) {
        lacks.push(Lack {
            what: "a size of 1 to 40 NZ credits",
            mend: "write `credit` in whole `nz-credits`",
        });
    }
    if credential.declared.about.is_none() {
        lacks.push(Lack {
            what: "a statement of its purpose",
            mend: "add `about`",
        });
    }
    let title = project.prose(&credential.declared.name).to_lowercase();
    let title: Vec<&str> = title
        .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
        .filter(|word| !word.is_empty())
        .collect();
    let title = format!(" {} ", title.join(" "));
    if PROHIBITED
        .iter()
        .any(|word| title.contains(&format!(" {word} ")))
    {
        lacks.push(Lack {
            what: "a title without the words of qualifications",
            mend: "choose a title without words such as `diploma`, `degree` or `national`",
        });
    }
    lacks
}
