//! A claim that something can be reached, and another that it cannot.

use crate::check::Context;
use crate::check::promises::promises;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Claim, Target};
use rustc_hash::FxHashMap;

pub static RULE: Rule = Rule {
    name: "expectation/contradiction",
    severity: Severity::Error,
    summary: "two claims of `expect` blocks of which one always fails",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let promises = promises(context.project);
    let mut reached: FxHashMap<Target, Vec<usize>> = FxHashMap::default();
    for (at, promise) in promises.iter().enumerate() {
        if let Claim::Reach { target, .. } = promise.claim {
            reached.entry(*target).or_default().push(at);
        }
    }
    for promise in &promises {
        let Claim::CannotReach(target) = promise.claim else {
            continue;
        };
        // What can be reached with less can be reached with more.
        let starts_with_less = |at: &&usize| {
            promises.get(**at).is_some_and(|other| {
                let held = |id| promise.given.binary_search(id).is_ok();
                other.given.iter().all(held)
            })
        };
        let Some(&other) = reached.get(target).and_then(|all| all.iter().find(starts_with_less))
        else {
            continue;
        };
        let Some(other) = promises.get(other) else {
            continue;
        };
        let start = if other.given == promise.given {
            "with the same start"
        } else {
            "with less at the start"
        };
        sink.report(&RULE, promise.place)
            .message(format!(
                "`{}` contradicts `{}`, which is claimed {start}",
                promise.written(context.project),
                other.written(context.project)
            ))
            .label("one of the two always fails")
            .also(other.place, "claimed here")
            .help("take one of the two out, or change what is given");
    }
}
