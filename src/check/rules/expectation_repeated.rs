//! A claim that another one says already.

use crate::check::Context;
use crate::check::promises::{Promise, promises};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Amount, Claim, CredentialId, FrameworkId, Target, Unit};
use rustc_hash::FxHashMap;

pub static RULE: Rule = Rule {
    name: "expectation/repeated",
    severity: Severity::Warning,
    summary: "a claim of an `expect` block that another one says already",
};

/// What a claim says, told apart from how it is written.
#[derive(PartialEq, Eq, Hash)]
enum Said {
    Reach(Target, Vec<(Unit, Amount)>),
    CannotReach(Target),
    Coverage(FrameworkId, Amount),
    EveryRoute(Target, Target),
    Accepts(Target, Target),
}

fn said<'p>(promise: &'p Promise<'_>) -> (Said, &'p [CredentialId]) {
    let given = promise.given.as_slice();
    match promise.claim {
        Claim::Reach { target, within } => {
            let mut within: Vec<(Unit, Amount)> = within
                .iter()
                .map(|limit| (limit.unit, limit.amount))
                .collect();
            within.sort_unstable();
            (Said::Reach(*target, within), given)
        }
        Claim::CannotReach(target) => (Said::CannotReach(*target), given),
        Claim::EveryRoute { to, passes } => (Said::EveryRoute(*to, *passes), given),
        // These do not ask what is held at the start.
        Claim::Coverage { framework, least } => (Said::Coverage(*framework, *least), &[]),
        Claim::AcceptsEveryoneOf { new, old } => (Said::Accepts(*new, *old), &[]),
    }
}

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let promises = promises(context.project);
    let mut seen: FxHashMap<(Said, &[CredentialId]), &Promise<'_>> = FxHashMap::default();
    for promise in &promises {
        let key = said(promise);
        let Some(first) = seen.get(&key) else {
            seen.insert(key, promise);
            continue;
        };
        sink.report(&RULE, promise.place)
            .message(format!(
                "`{}` is claimed already, with the same start",
                promise.written(context.project)
            ))
            .label("claimed again")
            .also(first.place, "claimed here already")
            .help("take one of the two out, or change what it says");
    }
}
