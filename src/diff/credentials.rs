//! What has changed in credentials.

use super::compare::{Comparison, Decision, Subject};
use super::fulfilment::{self, HELD, Reported};
use super::rules::{self, ChangeRule};
use super::values::{Shift, difference, external, listed, named};
use super::{Thing, Which};
use crate::model::{
    Assessment, Attained, Credential, CredentialId, Occupation, PassMark, Quantity, Requirement,
    Status, Validity,
};

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
    let same_text = comparison.same_text(&old.declared, &new.declared);
    if !same_text {
        kind_and_status(comparison, &subject, old, new);
        quantities(comparison, &subject, old, new);
        outcomes(comparison, &subject, old, new);
        assessments(comparison, &subject, old, new);
        counts_toward(comparison, &subject, old, new);
        words(comparison, &subject, old, new);
        more_details(comparison, old, new, &mut details);
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
    let (old, new) = (of(comparison.old, old), of(comparison.new, new));
    if old != new {
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

/// The rules for a quantity that moves.
struct Moves {
    what: &'static str,
    raised: &'static ChangeRule,
    lowered: &'static ChangeRule,
    other: &'static ChangeRule,
    stated: &'static ChangeRule,
    gone: &'static ChangeRule,
}

fn quantity(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: Option<&Quantity>,
    new: Option<&Quantity>,
    moves: &Moves,
) {
    let what = moves.what;
    let (rule, message) = match (old, new) {
        (None, None) => return,
        (None, Some(new)) => (
            moves.stated,
            format!("{what} stated: {}", comparison.new.quantity(new)),
        ),
        (Some(old), None) => (
            moves.gone,
            format!(
                "{what} no longer stated (was {})",
                comparison.old.quantity(old)
            ),
        ),
        (Some(old), Some(new)) => {
            let (before, after) = (comparison.old.quantity(old), comparison.new.quantity(new));
            match comparison.shift(old, new) {
                Shift::Same => return,
                Shift::Raised => (
                    moves.raised,
                    format!("{what} raised from {before} to {after}"),
                ),
                Shift::Lowered => (
                    moves.lowered,
                    format!("{what} lowered from {before} to {after}"),
                ),
                Shift::Other => (moves.other, format!("{what} {after} instead of {before}")),
            }
        }
    };
    comparison.change(subject, rule, message);
}

fn quantities(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    let workload = Moves {
        what: "workload",
        raised: &rules::WORKLOAD_RAISED,
        lowered: &rules::WORKLOAD_LOWERED,
        other: &rules::WORKLOAD_CHANGED,
        stated: &rules::WORKLOAD_CHANGED,
        gone: &rules::WORKLOAD_CHANGED,
    };
    let (before, after) = (old.workload.as_ref(), new.workload.as_ref());
    quantity(comparison, subject, before, after, &workload);
    let credit = Moves {
        what: "credit",
        raised: &rules::CREDIT_RAISED,
        lowered: &rules::CREDIT_LOWERED,
        other: &rules::CREDIT_CHANGED,
        stated: &rules::CREDIT_RAISED,
        gone: &rules::CREDIT_LOWERED,
    };
    let (before, after) = (old.credit.as_ref(), new.credit.as_ref());
    quantity(comparison, subject, before, after, &credit);
    let validity = Moves {
        what: "validity",
        raised: &rules::VALIDITY_LONGER,
        lowered: &rules::VALIDITY_SHORTER,
        other: &rules::VALIDITY,
        stated: &rules::VALIDITY,
        gone: &rules::VALIDITY_LONGER,
    };
    match (&old.validity, &new.validity) {
        (Some(Validity::Until(before)), Some(Validity::Until(after))) => {
            let (rule, word): (&'static ChangeRule, _) = match before.cmp(after) {
                std::cmp::Ordering::Less => (&rules::VALIDITY_LONGER, "longer"),
                std::cmp::Ordering::Equal => return,
                std::cmp::Ordering::Greater => (&rules::VALIDITY_SHORTER, "shorter"),
            };
            let message = format!("valid {word}: until {after} instead of {before}");
            comparison.change(subject, rule, message);
        }
        (Some(Validity::For(_)), Some(Validity::Until(_)))
        | (Some(Validity::Until(_)), Some(Validity::For(_))) => {
            let message = "valid in another form: a period and a date cannot be compared";
            comparison.change(subject, &rules::VALIDITY, message);
        }
        (None, Some(Validity::Until(after))) => {
            let message = format!("valid until {after} from now on");
            comparison.change(subject, &rules::VALIDITY, message);
        }
        (Some(Validity::Until(_)), None) => {
            comparison.change(subject, &rules::VALIDITY_LONGER, "valid without limit");
        }
        (before @ (None | Some(Validity::For(_))), after @ (None | Some(Validity::For(_)))) => {
            let period = |validity: &Option<Validity>| match validity {
                Some(Validity::For(quantity)) => Some(*quantity),
                Some(Validity::Until(_)) | None => None,
            };
            let (before, after) = (period(before), period(after));
            quantity(
                comparison,
                subject,
                before.as_ref(),
                after.as_ref(),
                &validity,
            );
        }
    }
}

fn outcomes(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    let lists: [(&str, &[Attained], &[Attained]); 3] = [
        ("introduces", &old.introduces, &new.introduces),
        ("reinforces", &old.reinforces, &new.reinforces),
        ("teaches", &old.teaches, &new.teaches),
    ];
    for (verb, old, new) in lists {
        let before = comparison.attained(Which::Old, old);
        let after = comparison.attained(Which::New, new);
        if before == after {
            continue;
        }
        let (gone, come) = difference(before.keys().cloned(), after.keys().cloned());
        let message = match (gone.is_empty(), come.is_empty()) {
            (true, true) => format!("{verb} something at another level"),
            (true, false) => format!("{verb} {} as well", named(&come)),
            (false, true) => format!("{verb} {} no longer", named(&gone)),
            (false, false) => format!("{verb} {} instead of {}", named(&come), named(&gone)),
        };
        comparison.change(subject, &rules::OUTCOMES, message);
    }
    let assessed = |credential: &Credential| -> Vec<Attained> {
        let assessments = credential.assessments.iter();
        assessments
            .flat_map(|assessment| assessment.assesses.iter().copied())
            .collect()
    };
    let before = comparison.attained(Which::Old, &assessed(old));
    let after = comparison.attained(Which::New, &assessed(new));
    let (gone, come) = difference(before.keys().cloned(), after.keys().cloned());
    if !come.is_empty() {
        let message = format!("also assesses {}", named(&come));
        comparison.change(subject, &rules::ASSESSED_ADDED, message);
    }
    if !gone.is_empty() {
        let message = format!("no longer assesses {}", named(&gone));
        comparison.change(subject, &rules::ASSESSED_REMOVED, message);
    }
    for (item, levels) in &before {
        let Some(now) = after.get(item) else { continue };
        if levels == now {
            continue;
        }
        let shown = |levels: &std::collections::BTreeSet<String>| {
            let levels: Vec<&str> = levels
                .iter()
                .map(|level| if level.is_empty() { "no level" } else { level })
                .collect();
            listed(&levels)
        };
        let message = format!(
            "assesses `{item}` at {} instead of {}",
            shown(now),
            shown(levels)
        );
        comparison.change(subject, &rules::ASSESSED_LEVEL, message);
    }
}

fn assessments(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    let (before, after) = (comparison.old, comparison.new);
    for assessment in &new.assessments {
        let id = after.name(assessment.id);
        let known = old
            .assessments
            .iter()
            .find(|known| before.name(known.id) == id);
        match known {
            None => {
                let message = format!("assessment `{id}` added");
                comparison.change(subject, &rules::ASSESSMENT_ADDED, message);
            }
            Some(known) => one_assessment(comparison, subject, id, known, assessment),
        }
    }
    for assessment in &old.assessments {
        let id = before.name(assessment.id);
        if !new
            .assessments
            .iter()
            .any(|known| after.name(known.id) == id)
        {
            let message = format!("assessment `{id}` removed");
            comparison.change(subject, &rules::ASSESSMENT_REMOVED, message);
        }
    }
}

fn one_assessment(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    id: &str,
    old: &Assessment,
    new: &Assessment,
) {
    let mut changed = Vec::new();
    if old.kind != new.kind {
        changed.push("kind");
    }
    let rubric = |assessment: &Assessment| assessment.rubric.map(|(rubric, _)| rubric);
    let moved = rubric(old).and_then(|old| comparison.matched.rubrics.new_one(old));
    if moved != rubric(new) || rubric(old).is_some() != rubric(new).is_some() {
        changed.push("rubric");
    }
    let evidence_differs = old.evidence.len() != new.evidence.len()
        || old
            .evidence
            .iter()
            .zip(&new.evidence)
            .any(|(old, new)| old.kind != new.kind);
    if evidence_differs {
        changed.push("evidence");
    }
    let weight = |assessment: &Assessment| {
        let weight = assessment.weight?;
        Some((weight.amount, weight.percent))
    };
    if weight(old) != weight(new) {
        changed.push("weight");
    }
    let supervised = |assessment: &Assessment| {
        let supervised = assessment.supervision?;
        Some((supervised.how, supervised.identity_checked))
    };
    if supervised(old) != supervised(new) {
        changed.push("supervision");
    }
    if !changed.is_empty() {
        let message = format!("assessment `{id}`: {} changed", listed(&changed));
        comparison.change(subject, &rules::ASSESSMENT_CHANGED, message);
    }
    pass_mark(comparison, subject, id, old, new);
    let words = comparison.same_prose(Some(&old.name), Some(&new.name))
        && comparison.same_prose(old.about.as_ref(), new.about.as_ref())
        && (evidence_differs
            || old
                .evidence
                .iter()
                .zip(&new.evidence)
                .all(|(old, new)| comparison.same_prose(Some(&old.prose), Some(&new.prose))));
    if !words {
        let message = format!("assessment `{id}` reworded");
        comparison.change(subject, &rules::REWORDED, message);
    }
}

/// A pass mark as something that can be compared: what it counts, and how much.
fn mark(
    project: &crate::model::Project,
    assessment: &Assessment,
) -> Option<(&'static str, i64, String)> {
    Some(match assessment.pass?.mark {
        PassMark::Percent(amount) => ("percent", amount.0, format!("{amount}%")),
        PassMark::All => ("percent", 100_000, "everything".to_owned()),
        PassMark::Points(amount) => ("points", amount.0, format!("{amount} points")),
        PassMark::Level(position) => {
            let level = assessment
                .rubric
                .and_then(|(rubric, _)| project.rubrics[rubric].levels.get(position))?;
            let name = project.name(level.id);
            ("level", level.points.0, format!("level `{name}`"))
        }
    })
}

fn pass_mark(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    id: &str,
    old: &Assessment,
    new: &Assessment,
) {
    let before = mark(comparison.old, old);
    let after = mark(comparison.new, new);
    if before == after {
        return;
    }
    let shown = |mark: &Option<(&'static str, i64, String)>| {
        mark.as_ref()
            .map_or_else(|| "none".to_owned(), |(_, _, words)| words.clone())
    };
    let (rule, word): (&'static ChangeRule, _) = match (&before, &after) {
        (Some((one, old, _)), Some((other, new, _))) if one == other && new > old => {
            (&rules::PASS_RAISED, "raised")
        }
        (Some((one, old, _)), Some((other, new, _))) if one == other && new < old => {
            (&rules::PASS_LOWERED, "lowered")
        }
        (Some((one, _, _)), Some((other, _, _))) if one == other => return,
        (Some(_), None) => (&rules::PASS_LOWERED, "dropped"),
        _ => (&rules::PASS, "changed"),
    };
    let message = format!(
        "assessment `{id}`: pass mark {word} from {} to {}",
        shown(&before),
        shown(&after)
    );
    comparison.change(subject, rule, message);
}

fn counts_toward(
    comparison: &mut Comparison<'_>,
    subject: &Subject,
    old: &Credential,
    new: &Credential,
) {
    // By target (or targets to choose from): the credit in its unit.
    let table = |which: Which, credential: &Credential| {
        let mut table: std::collections::BTreeMap<String, Option<Quantity>> =
            std::collections::BTreeMap::new();
        for counts in &credential.counts_toward {
            let mut targets: Vec<&str> = counts
                .targets
                .iter()
                .map(|&(target, _)| comparison.credential(which, target))
                .collect();
            targets.sort_unstable();
            table.insert(format!("`{}`", targets.join("` or `")), counts.credit);
        }
        table
    };
    let before = table(Which::Old, old);
    let after = table(Which::New, new);
    for (target, now) in &after {
        let (rule, message): (&'static ChangeRule, _) = match before.get(target) {
            None => (&rules::COUNTS_MORE, format!("counts toward {target}")),
            Some(was) => match (was, now) {
                (None, None) => continue,
                (None, Some(now)) => (
                    &rules::COUNTS_MORE,
                    format!(
                        "counts toward {target} for {}",
                        comparison.new.quantity(now)
                    ),
                ),
                (Some(was), None) => (
                    &rules::COUNTS_LESS,
                    format!(
                        "counts toward {target} for no stated credit (was {})",
                        comparison.old.quantity(was)
                    ),
                ),
                (Some(was), Some(now)) => {
                    let rule: &'static ChangeRule = match comparison.shift(was, now) {
                        Shift::Same => continue,
                        Shift::Raised => &rules::COUNTS_MORE,
                        Shift::Lowered | Shift::Other => &rules::COUNTS_LESS,
                    };
                    let message = format!(
                        "counts toward {target} for {} instead of {}",
                        comparison.new.quantity(now),
                        comparison.old.quantity(was)
                    );
                    (rule, message)
                }
            },
        };
        comparison.change(subject, rule, message);
    }
    for target in before.keys().filter(|target| !after.contains_key(*target)) {
        let message = format!("no longer counts toward {target}");
        comparison.change(subject, &rules::COUNTS_LESS, message);
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
