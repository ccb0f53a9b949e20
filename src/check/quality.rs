//! What quality frameworks for micro-credentials ask for, as far as it can be seen before anything is awarded.
//!
//! Goes in: a project whose `quality` names frameworks, and a credential. Comes out: what the credential lacks, with the
//! statement that would bring it. Asked of micro-credentials that are on offer: drafts and deprecated ones are not judged, nor is
//! what could not be read in full. What exists only when something is awarded (the learner, the date) cannot be asked for here.

use super::Context;
use super::attained;
use crate::diag::{Rule, Sink};
use crate::model::{
    Amount, Credential, CredentialKind, Id as _, Project, Status, Supervised, Unit,
};

/// Something that is asked for and not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lack {
    /// What is missing, after *lacks*.
    pub what: &'static str,
    /// What to do about it, after *to mend it:*.
    pub mend: &'static str,
}

const fn lack(what: &'static str, mend: &'static str) -> Option<Lack> {
    Some(Lack { what, mend })
}

/// Whether the project has chosen a framework.
pub(super) fn is_chosen(project: &Project, framework: &str) -> bool {
    project
        .settings
        .quality
        .iter()
        .any(|chosen| chosen == framework)
}

/// Whether a chosen framework asks every micro-credential for its level, so that its own rule says so.
pub(super) fn asks_level(project: &Project) -> bool {
    ["eu", "emc", "new-zealand"]
        .iter()
        .any(|framework| is_chosen(project, framework))
}

/// Whether a chosen framework asks every micro-credential for its workload.
pub(super) fn asks_workload(project: &Project) -> bool {
    ["australia", "eu", "emc"]
        .iter()
        .any(|framework| is_chosen(project, framework))
}

/// Reports each micro-credential that lacks something, once, with all that it lacks.
pub(super) fn report(
    context: &Context<'_>,
    sink: &mut Sink,
    rule: &'static Rule,
    framework: &str,
    title: &str,
    lacks: impl Fn(&Project, &Credential) -> Vec<Lack>,
) {
    let project = context.project;
    if !is_chosen(project, framework) {
        return;
    }
    for credential in project.credentials.as_slice() {
        let judged = credential.kind == CredentialKind::MicroCredential
            && credential.status == Status::Active
            && !attained::credential_incomplete(credential);
        if !judged {
            continue;
        }
        let lacks = lacks(project, credential);
        if lacks.is_empty() {
            continue;
        }
        let what: Vec<&str> = lacks.iter().map(|lack| lack.what).collect();
        let mut mends: Vec<&str> = lacks.iter().map(|lack| lack.mend).collect();
        mends.dedup();
        sink.report(rule, credential.declared.place)
            .message(format!(
                "`{}` does not meet {title}: it lacks {}",
                project.id(&credential.declared),
                listed(&what)
            ))
            .label("not met")
            .help(mends.join("; "));
    }
}

/// *a*, *a and b*, *a, b and c*.
fn listed(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

pub(super) fn outcomes(credential: &Credential) -> Option<Lack> {
    if credential.teaches.is_empty() && attained::assessed(credential).next().is_none() {
        return lack(
            "learning outcomes",
            "add `teaches` with items of a framework",
        );
    }
    None
}

pub(super) fn issuer(credential: &Credential) -> Option<Lack> {
    if credential.issuer.is_none() {
        return lack("an awarding body", "add `by` with an issuer");
    }
    None
}

/// The country and the web address of the issuer; nothing where there is no issuer.
pub(super) fn issuer_details(project: &Project, credential: &Credential) -> Vec<Lack> {
    let Some(issuer) = credential.issuer.map(|id| &project.issuers[id]) else {
        return Vec::new();
    };
    if issuer.declared.incomplete {
        return Vec::new();
    }
    let mut lacks = Vec::new();
    if issuer.country.is_none() {
        lacks.extend(lack(
            "the country of its issuer",
            "add `country` to the issuer",
        ));
    }
    if issuer.url.is_none() {
        lacks.extend(lack(
            "the web address of its issuer",
            "add `url` to the issuer",
        ));
    }
    lacks
}

pub(super) fn workload(credential: &Credential) -> Option<Lack> {
    if credential.workload.is_none() && credential.credit.is_none() && credential.stacks.is_none() {
        return lack("its workload", "add `workload` in hours");
    }
    None
}

pub(super) fn level(credential: &Credential) -> Option<Lack> {
    if credential.levels.is_empty() {
        return lack(
            "its level",
            "add `level` with a level of a framework in `use`, such as `eqf`",
        );
    }
    None
}

pub(super) fn assessment_kind(credential: &Credential) -> Option<Lack> {
    let told = credential
        .assessments
        .iter()
        .any(|assessment| assessment.kind.is_some());
    if told || credential.stacks.is_some() && credential.assessments.is_empty() {
        return None;
    }
    lack(
        "the type of its assessment",
        "add an `assessment` with its `kind`",
    )
}

/// An assessment that says by what it judges.
pub(super) fn assessment_with_standard(credential: &Credential) -> Option<Lack> {
    let judged = credential.assessments.iter().any(|assessment| {
        assessment.rubric.is_some() || assessment.pass.is_some() || !assessment.assesses.is_empty()
    });
    if judged || credential.stacks.is_some() && credential.assessments.is_empty() {
        return None;
    }
    lack(
        "an assessment by clear standards",
        "add an `assessment` with `assesses`, `rubric` or `pass`",
    )
}

pub(super) fn participation(credential: &Credential) -> Option<Lack> {
    if credential.participation.is_none() && credential.mode.is_none() {
        return lack(
            "the form of participation",
            "add a `mode`, such as `mode online`, or `participation \"…\"`",
        );
    }
    None
}

pub(super) fn quality_assurance(credential: &Credential) -> Option<Lack> {
    if credential.quality.is_empty() {
        return lack(
            "its quality assurance",
            "add `quality by \"…\"` with who assures it",
        );
    }
    None
}

pub(super) fn identity_check(credential: &Credential) -> Option<Lack> {
    let checked = |supervised: &Option<Supervised>| {
        supervised.is_some_and(|supervised| supervised.identity_checked)
    };
    let somewhere = checked(&credential.supervision)
        || credential
            .assessments
            .iter()
            .any(|assessment| checked(&assessment.supervision));
    if somewhere {
        return None;
    }
    lack(
        "an identity check at the assessment",
        "add `supervision onsite, identity checked`",
    )
}

/// Hours of work: as written, or what the credit stands for at least and at most.
pub(super) fn hours(project: &Project, credential: &Credential) -> Option<(Amount, Amount)> {
    if let Some(hours) = credential.workload.as_ref().and_then(|it| it.hours()) {
        return Some((hours, hours));
    }
    let credit = credential.credit.as_ref()?;
    let Unit::Credit(unit) = credit.unit else {
        return None;
    };
    let (least, most) = project.credit_units.get(&unit)?.hours?;
    let times = |hours: Amount| Amount(credit.amount.0.saturating_mul(hours.0) / 1000);
    Some((times(least), times(most)))
}

/// The amount of credit in a unit of this name.
pub(super) fn credit_in(project: &Project, credential: &Credential, unit: &str) -> Option<Amount> {
    let credit = credential.credit.as_ref()?;
    match credit.unit {
        Unit::Credit(name) if project.name(name) == unit => Some(credit.amount),
        _ => None,
    }
}

/// Whether its credit counts toward a degree, directly or through what it counts toward.
pub(super) fn counts_toward_degree(project: &Project, credential: &Credential) -> bool {
    let mut seen = vec![false; project.credentials.len()];
    let mut open: Vec<&Credential> = vec![credential];
    while let Some(next) = open.pop() {
        for (target, _) in next.counts_toward.iter().flat_map(|counts| &counts.targets) {
            let target_credential = &project.credentials[*target];
            if is_degree(target_credential.kind) {
                return true;
            }
            if let Some(known) = seen.get_mut(target.index())
                && !std::mem::replace(known, true)
            {
                open.push(target_credential);
            }
        }
    }
    false
}

const fn is_degree(kind: CredentialKind) -> bool {
    matches!(
        kind,
        CredentialKind::AssociateDegree
            | CredentialKind::BachelorDegree
            | CredentialKind::Degree
            | CredentialKind::DoctoralDegree
            | CredentialKind::MasterDegree
            | CredentialKind::ProfessionalDoctorate
            | CredentialKind::ResearchDoctorate
    )
}
