//! Credit that a credential carries into other things: more than it has, more than they have, or into itself.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, CountsToward, Credential, CredentialId};
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
        if named_twice(context, id, credential, sink) || toward_itself(context, id, credential, sink)
        {
            continue;
        }
        let mut sound = true;
        for carried in &credential.counts_toward {
            sound &= fits(context, id, credential, carried, sink);
        }
        if sound {
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

fn toward_itself(
    context: &Context<'_>,
    id: CredentialId,
    credential: &Credential,
    sink: &mut Sink,
) -> bool {
    let itself = credential
        .counts_toward
        .iter()
        .flat_map(|carried| &carried.targets)
        .find(|(target, _)| *target == id);
    if let Some(&(_, place)) = itself {
        sink.report(&RULE, place)
            .message(format!(
                "`{}` counts toward itself",
                context.credential_id(id)
            ))
            .label("the credential itself")
            .help("name the credential that its credit counts toward, or remove this");
    }
    itself.is_some()
}

/// Whether the credit of one statement can be carried at all; reports it where not.
fn fits(
    context: &Context<'_>,
    id: CredentialId,
    credential: &Credential,
    carried: &CountsToward,
    sink: &mut Sink,
) -> bool {
    let project = context.project;
    let Some(counted) = &carried.credit else {
        return true;
    };
    let (own_id, amount) = (context.credential_id(id), project.quantity(counted));
    let of_target = |target: CredentialId| project.credentials[target].credit;
    if let Some(own) = &credential.credit {
        // Credit of one system may count as that of another where the target has that other.
        let converted = carried
            .targets
            .iter()
            .any(|&(target, _)| of_target(target).is_none_or(|credit| credit.unit == counted.unit));
        let too_much = own.unit == counted.unit && counted.amount > own.amount;
        if too_much || (own.unit != counted.unit && !converted) {
            let help = if too_much {
                format!("carry over {} at most", project.quantity(own))
            } else {
                format!("say it in {}", project.unit_word(own.unit))
            };
            sink.report(&RULE, counted.place)
                .message(format!(
                    "`{own_id}` has {} and counts {amount} toward others",
                    project.quantity(own)
                ))
                .label(if too_much { "more than it has" } else { "another unit" })
                .also(own.place, "all the credit there is")
                .help(help);
            return false;
        }
    }
    for &(target, _) in &carried.targets {
        let Some(all) = of_target(target) else {
            continue;
        };
        if all.unit == counted.unit && counted.amount > all.amount {
            let target = context.credential_id(target);
            sink.report(&RULE, counted.place)
                .message(format!(
                    "`{own_id}` counts {amount} toward `{target}`, which has {} in all",
                    project.quantity(&all)
                ))
                .label("more than the whole")
                .also(all.place, "the whole")
                .help(format!("count {} at most, or raise the credit of `{target}`", project.quantity(&all)));
            return false;
        }
    }
    true
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
