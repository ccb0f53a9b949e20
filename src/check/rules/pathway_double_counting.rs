//! Credit that a credential carries into several things, more than it has.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, Credential, CredentialId};
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "pathway/double-counting",
    severity: Severity::Warning,
    summary: "the same credit counted toward two things where only one may have it",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    for (id, credential) in context.project.credentials.iter() {
        if credential.counts_toward.is_empty() || credential.declared.incomplete {
            continue;
        }
        if !named_twice(context, id, credential, sink) {
            more_than_there_is(context, id, credential, sink);
        }
    }
}

/// Reports targets that stand in two statements; says whether there is one.
fn named_twice(
    context: &Context<'_>,
    id: CredentialId,
    credential: &Credential,
    sink: &mut Sink,
) -> bool {
    let mut seen: Vec<(CredentialId, Place)> = Vec::new();
    let mut found = false;
    for &(target, place) in credential
        .counts_toward
        .iter()
        .flat_map(|carried| &carried.targets)
    {
        let Some(&(_, first)) = seen.iter().find(|(known, _)| *known == target) else {
            seen.push((target, place));
            continue;
        };
        found = true;
        sink.report(&RULE, place)
            .message(format!(
                "`{}` counts toward `{}` twice",
                context.credential_id(id),
                context.credential_id(target)
            ))
            .label("counted again")
            .also(first, "counted here already")
            .help("say it once, with all the credit that is carried over");
    }
    found
}

fn more_than_there_is(
    context: &Context<'_>,
    id: CredentialId,
    credential: &Credential,
    sink: &mut Sink,
) {
    let project = context.project;
    let Some(own) = &credential.credit else {
        return;
    };
    let carried: Vec<_> = credential
        .counts_toward
        .iter()
        .filter_map(|carried| Some((carried, carried.credit.filter(|credit| credit.unit == own.unit)?)))
        .collect();
    let total = carried
        .iter()
        .fold(Amount::ZERO, |sum, (_, credit)| sum.plus(credit.amount));
    let ([_, others @ ..], true) = (carried.as_slice(), total > own.amount) else {
        return;
    };
    let (Some((first, credit)), false) = (carried.first(), others.is_empty()) else {
        return;
    };
    let finding = sink
        .report(&RULE, credit.place)
        .message(format!(
            "`{}` has {} and counts {} toward others",
            context.credential_id(id),
            project.quantity(own),
            project.quantity(&crate::model::Quantity { amount: total, ..*own })
        ))
        .label("counted here");
    for (_, credit) in others {
        finding.also(credit.place, "and here");
    }
    finding.also(own.place, "all the credit there is");
    let names: Vec<&str> = std::iter::once(first)
        .chain(others.iter().map(|(carried, _)| carried))
        .flat_map(|carried| &carried.targets)
        .map(|&(target, _)| context.credential_id(target))
        .collect();
    finding.help(format!(
        "write `counts toward one of {{ {} }}` where only one may have the credit",
        names.join("  ")
    ));
}
