//! An assessment above the level taught fails learners who did all that was asked of them.

use crate::check::Context;
use crate::check::attained::assessed;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "credential/assessed-above-taught",
    severity: Severity::Warning,
    summary: "a skill assessed at a higher level than it is taught",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        for found in assessed(credential) {
            if found.level.is_none() {
                continue;
            }
            let mut lower = None;
            let mut enough = false;
            for taught in credential
                .teaches
                .iter()
                .chain(&credential.reinforces)
                .filter(|taught| taught.item == found.item)
            {
                // No level taught says nothing about how far the teaching goes.
                let suffices = taught
                    .level
                    .and_then(|level| project.level_suffices(Some(level), found.level));
                if suffices == Some(false) {
                    lower = Some(taught);
                } else {
                    enough = true;
                }
            }
            if let (Some(taught), false) = (lower, enough) {
                let place = found.level_place.unwrap_or(found.place);
                let taught_place = taught.level_place.unwrap_or(taught.place);
                sink.report(&RULE, place)
                    .message(format!(
                        "`{}` assesses `{}` at `{}` and teaches it at `{}` only",
                        project.id(&credential.declared),
                        project.slice(found.place),
                        project.slice(place),
                        project.slice(taught_place)
                    ))
                    .label("assessed at this level")
                    .also(taught_place, "taught at this level")
                    .help("teach it at the level assessed, or assess it at the level taught");
            }
        }
    }
}
