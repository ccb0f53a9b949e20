//! What has changed in credentials.

use super::comparison::{Comparison, Decision, Subject};
use super::fulfilment::{self, HELD, Reported};
use super::rules;
use super::values::{difference, external, listed, named};
use super::{Thing, Which, amounts, assessments};
use crate::model::{Credential, CredentialId, Occupation, Requirement, Status};

/// Compares all credentials.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let matched = comparison.matched;
    comparison.comings_and_goings(
        Thing::Credential,
        &matched.credentials,
        |comparison, which, id| {
            let declared = &comparison.project(which).credentials[id].declared;
            let name = comparison.credential(which, id).to_owned();
            comparison.subject(which, Thing::Credential, name, declared)
        },
        |comparison, old, new| {
            let before = comparison.old.id(&comparison.old.credentials[old].declared);
            let after = comparison.credential(Which::New, new);
            (before != after).then(|| (before.to_owned(), after.to_owned()))
        },
    );
    for (old, new) in matched.credentials.both() {
        pair(comparison, old, new);
    }
}

fn pair(comparison: &mut Comparison<'_>, old_id: CredentialId, new_id: CredentialId) {
    let old = &comparison.old.credentials[old_id];
    let new = &comparison.new.credentials[new_id];
    let id = comparison.credential(Which::New, new_id).to_owned();
    let subject = comparison.pair(Thing::Credential, id, (&old.declared, &new.declared));
    // What also depends on what stands elsewhere is always looked at.
    address(comparison, &subject, old_id, new_id);
    awarded_by(comparison, &subject, old, new);
    requirements(comparison, &subject, old, new);
    let mut details = Vec::new();
    if comparison.new.name(
        new.language
            .unwrap_or_else(|| comparison.new.main_language()),
    ) != comparison.old.name(
        old.language
            .unwrap_or_else(|| comparison.old.main_language()),
    ) {
        details.push("language");
    }
    if old.mode != new.mode {
        details.push("mode");
    }
    // `defaults` may say these for a credential whose own text is the same.
    kind_and_status(comparison, &subject, old, new);
    amounts::quantities(comparison, &subject, old, new);
    words(comparison, &subject, old, new);
    more_details(comparison, old, new, &mut details);
    if !comparison.same_text(&old.declared, &new.declared) {
        assessments::outcomes(comparison, &subject, old, new);
        assessments::assessments(comparison, &subject, old, new);
        amounts::counts_toward(comparison, &subject, old, new);
        super::frameworks::mappings(comparison, &subject, &old.mappings, &new.mappings);
    }
    if !details.is_empty() {
        let message = format!("{} changed", listed(&details));
        comparison.change(&subject, &rules::DETAILS, message);
    }
}

fn address(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: CredentialId,
    new: CredentialId,
) {
    let of = |project: &crate::model::Project, id| {
        let language = project.language_of(&project.credentials[id]);
        crate::model::address::achievement(project, id, language).address
    };
    let mut kept = comparison.new.releases.earlier(new);
    let (old, new) = (of(comparison.old, old), of(comparison.new, new));
    // A new version has an address of its own, and the one that was released stays where it is.
    if comparison.is_readdressed(&old, &new) && !kept.any(|release| release.address == old) {
        let message = format!("address changed from <{old}> to <{new}>");
        comparison.change(subject, &rules::ADDRESS, message);
    }
}

fn awarded_by(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    let matched = comparison.matched;
    let issuer_changed = match (old.issuer, new.issuer) {
        (Some(old), Some(new)) => matched.issuers.new_one(old) != Some(new),
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    };
    if issuer_changed {
        let shown = |project: &crate::model::Project, issuer: Option<crate::model::IssuerId>| {
            issuer.map_or_else(
                || "nobody".to_owned(),
                |issuer| format!("`{}`", project.id(&project.issuers[issuer].declared)),
            )
        };
        let message = format!(
            "awarded by {} instead of {}",
            shown(comparison.new, new.issuer),
            shown(comparison.old, old.issuer)
        );
        comparison.change(subject, &rules::AWARDED_BY, message);
    }
    let how = |awarded: &Option<crate::model::Awarded>| awarded.as_ref().map(|it| it.by);
    let body = |awarded: &Option<crate::model::Awarded>| awarded.as_ref().and_then(|it| it.body);
    if how(&old.awarded_by) != how(&new.awarded_by)
        || !comparison.same_text_value(body(&old.awarded_by), body(&new.awarded_by))
    {
        comparison.change(subject, &rules::AWARDED_BY, "who decides has changed");
    }
}

fn requirements(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    let asked = |credential: &'_ Credential| -> Vec<Requirement> {
        [
            &credential.requires,
            &credential.stacks,
            &credential.alongside,
        ]
        .into_iter()
        .flatten()
        .cloned()
        .collect()
    };
    let (old_asked, new_asked) = (asked(old), asked(new));
    if !(old_asked.is_empty() && new_asked.is_empty()) {
        let before = comparison.compiler.all(Which::Old, &old_asked);
        let after = comparison.compiler.all(Which::New, &new_asked);
        let decision = comparison.decide(before, after);
        let rewritten = fulfilment::rewritten(comparison, &old_asked, &new_asked);
        let award = directions(&decision);
        begin(comparison, subject, old, new, award);
        fulfilment::report(comparison, subject, decision, HELD, rewritten);
    }
    if old.renew.is_some() || new.renew.is_some() {
        let before = comparison.compiler.all(Which::Old, &old.renew);
        let after = comparison.compiler.all(Which::New, &new.renew);
        let decision = comparison.decide(before, after);
        let rewritten = fulfilment::rewritten(comparison, &old.renew, &new.renew);
        let reported = Reported {
            what: "what must be held to renew it",
            narrowed: &rules::RENEWAL_NARROWED,
            widened: &rules::RENEWAL_WIDENED,
            both: &rules::RENEWAL_NARROWED,
        };
        fulfilment::report(comparison, subject, decision, reported, rewritten);
    }
    if fulfilment::rewritten(comparison, &old.recommends, &new.recommends) {
        let message = "what is recommended beforehand has changed";
        comparison.change(subject, &rules::ADVICE, message);
    }
}

/// Whether a decision says that learners were lost, and that learners were gained.
fn directions(decision: &Decision) -> (bool, bool) {
    match decision {
        Decision::Same => (false, false),
        Decision::Differ { lost, gained, .. } => (lost.is_some(), gained.is_some()),
        Decision::Undecided(_) => (true, true),
    }
}

/// Who may begin, where that has changed in a direction in which the award has not.
fn begin(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
    (award_lost, award_gained): (bool, bool),
) {
    let before = comparison.compiler.all(Which::Old, &old.requires);
    let after = comparison.compiler.all(Which::New, &new.requires);
    let decision = comparison.decide(before, after);
    let Decision::Differ {
        lost,
        gained,
        only_judgements,
    } = decision
    else {
        return;
    };
    let lost = lost.filter(|_| !award_lost);
    let gained = gained.filter(|_| !award_gained);
    let decision = Decision::Differ {
        lost,
        gained,
        only_judgements,
    };
    let reported = Reported {
        what: "what must be held to begin",
        narrowed: &rules::BEGIN_NARROWED,
        widened: &rules::BEGIN_WIDENED,
        both: &rules::BEGIN_NARROWED,
    };
    fulfilment::report(comparison, subject, decision, reported, false);
}

fn kind_and_status(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    if old.kind != new.kind {
        let message = format!("a {} instead of a {}", new.kind.word(), old.kind.word());
        comparison.change(subject, &rules::KIND, message);
    }
    if old.status != new.status {
        let message = format!("{} instead of {}", new.status.word(), old.status.word());
        let successor = new.replaced_by.is_some() && new.status == Status::Deprecated;
        let rule = if old.status == Status::Active && !successor {
            &rules::UNAVAILABLE
        } else {
            &rules::REPLACED
        };
        comparison.change(subject, rule, message);
    }
    let next = |which: Which, credential: &Credential| {
        let (next, _) = credential.replaced_by?;
        Some(comparison.credential(which, next).to_owned())
    };
    let (before, after) = (next(Which::Old, old), next(Which::New, new));
    if before != after {
        let message = match after {
            Some(after) => format!("replaced by `{after}`"),
            None => "not said to be replaced any more".to_owned(),
        };
        comparison.change(subject, &rules::REPLACED, message);
    }
    let levels = |which, credential: &Credential| -> Vec<String> {
        let levels = credential.levels.iter();
        levels
            .map(|&(level, _)| comparison.level(which, level))
            .collect()
    };
    let (gone, come) = difference(levels(Which::Old, old), levels(Which::New, new));
    if !(gone.is_empty() && come.is_empty()) {
        let message = match (gone.is_empty(), come.is_empty()) {
            (true, _) => format!("level {} stated", named(&come)),
            (_, true) => format!("level {} no longer stated", named(&gone)),
            _ => format!("level {} instead of {}", named(&come), named(&gone)),
        };
        comparison.change(subject, &rules::LEVEL, message);
    }
}

fn words(comparison: &mut Comparison<'_>, subject: &Subject, old: &Credential, new: &Credential) {
    let mut changed = Vec::new();
    if !comparison.same_prose(Some(&old.declared.name), Some(&new.declared.name)) {
        changed.push("name");
    }
    if !comparison.same_prose(old.declared.about.as_ref(), new.declared.about.as_ref()) {
        changed.push("description");
    }
    if !comparison.same_proses(&old.tags, &new.tags) {
        changed.push("tags");
    }
    if !comparison.same_proses(&old.prior_learning, &new.prior_learning) {
        changed.push("prior learning");
    }
    let path = |credential: &Credential| credential.image.as_ref().map(|image| image.path);
    let alt =
        |image: &Option<crate::model::Image>| image.as_ref().and_then(|image| image.alt.clone());
    if !comparison.same_text_value(path(old), path(new))
        || !comparison.same_prose(alt(&old.image).as_ref(), alt(&new.image).as_ref())
    {
        changed.push("picture");
    }
    if !changed.is_empty() {
        let message = format!("{} reworded", listed(&changed));
        comparison.change(subject, &rules::REWORDED, message);
    }
    if !comparison.same_prose(old.criteria.as_ref(), new.criteria.as_ref()) {
        comparison.change(subject, &rules::CRITERIA, "criteria in words changed");
    }
    if !comparison.same_proses(&old.open_to, &new.open_to) {
        let message = "who it is open to, in words, has changed";
        comparison.change(subject, &rules::JUDGEMENT, message);
    }
}

fn more_details(
    comparison: &Comparison<'_>,
    old: &Credential,
    new: &Credential,
    details: &mut Vec<&'static str>,
) {
    if !comparison.same_text_value(old.code, new.code) {
        details.push("code");
    }
    if !comparison.same_text_value(old.version, new.version) {
        details.push("version");
    }
    let fields = |project: &crate::model::Project, credential: &Credential| -> Vec<String> {
        let fields = credential.fields.iter();
        fields.map(|&(field, _)| external(project, field)).collect()
    };
    if fields(comparison.old, old) != fields(comparison.new, new) {
        details.push("field");
    }
    let supervised = |credential: &Credential| {
        let supervised = credential.supervision?;
        Some((supervised.how, supervised.identity_checked))
    };
    if supervised(old) != supervised(new) {
        details.push("supervision");
    }
    if old.quality.len() != new.quality.len()
        || old.quality.iter().zip(&new.quality).any(|(old, new)| {
            !comparison.same_text_value(old.iri, new.iri)
                || !comparison.same_prose(old.agency.as_ref(), new.agency.as_ref())
        })
    {
        details.push("quality assurance");
    }
    let occupations = |which: Which, credential: &Credential| -> Vec<String> {
        let project = comparison.project(which);
        let occupations = credential.occupations.iter();
        occupations
            .map(|&(occupation, _)| match occupation {
                Occupation::Role(role) => project.id(&project.roles[role].declared).to_owned(),
                Occupation::External(item) => external(project, item),
            })
            .collect()
    };
    if occupations(Which::Old, old) != occupations(Which::New, new) {
        details.push("occupations");
    }
}
