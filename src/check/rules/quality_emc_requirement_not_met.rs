//! The Common Microcredential Framework of the European MOOC Consortium: size, level, assessed with identity checked, counting toward a
//! degree.

use crate::check::Context;
use crate::check::quality::{Lack, assessment_with_standard, counts_toward_degree, credit_in, hours, identity_check, outcomes,
    report};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, Credential, Project};

pub static RULE: Rule = Rule {
    name: "quality/emc-requirement-not-met",
    severity: Severity::Warning,
    summary: "a micro-credential outside the Common Microcredential Framework",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    report(context, sink, &RULE, "emc", "the Common Microcredential Framework", lacks);
}

fn lacks(project: &Project, credential: &Credential) -> Vec<Lack> {
    let mut lacks: Vec<Lack> = outcomes(credential).into_iter().collect();
    let within = |amount: Amount, least, most| {
        (Amount::whole(least)..=Amount::whole(most)).contains(&amount)
    };
    let hours_fit = hours(project, credential).is_some_and(|(least, most)| {
        most >= Amount::whole(100) && least <= Amount::whole(150)
    });
    if !hours_fit {
        lacks.push(Lack {
            what: "a workload of 100 to 150 hours",
            mend: "write the `workload`, with revision and assessment",
        });
    }
    let ects = credit_in(project, credential, "ects");
    let size = ects.map(|amount| within(amount, 4, 6)).or_else(|| {
        credit_in(project, credential, "cats").map(|amount| within(amount, 10, 15))
    });
    let size = size.or_else(|| {
        credit_in(project, credential, "semester-hours").map(|amount| within(amount, 2, 3))
    });
    if size != Some(true) {
        lacks.push(Lack {
            what: "a size of 4 to 6 ECTS, 10 to 15 CATS or 2 to 3 semester hours",
            mend: "write its `credit`",
        });
    }
    let eqf = credential
        .levels
        .iter()
        .find_map(|&(level, _)| project.eqf(level));
    let level_fits = match eqf {
        Some(6 | 7) => true,
        Some(4 | 5) => ects.is_some(),
        Some(_) | None => false,
    };
    if !level_fits {
        lacks.push(Lack {
            what: "a level of EQF 6 or 7 (4 or 5 with ECTS)",
            mend: "write its `level` of `eqf`",
        });
    }
    let others = [
        assessment_with_standard(credential),
        identity_check(credential),
    ];
    lacks.extend(others.into_iter().flatten());
    if !counts_toward_degree(project, credential) {
        lacks.push(Lack {
            what: "a degree that it counts toward",
            mend: "add `counts toward` with a degree",
        });
    }
    lacks
}
