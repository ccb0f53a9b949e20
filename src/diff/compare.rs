//! The comparison as a whole: matches things, asks each kind for its changes, sorts them.

use super::comparison::{Comparison, Matched};
use super::decide::compile::Compiler;
use super::decide::{Budget, LIMIT};
use super::{Change, Changes, Side};
use super::{credentials, frameworks, others, pathways, resemblance, settings};

/// Everything that the new state changes against the old one.
#[must_use]
pub fn compare(old: &Side<'_>, new: &Side<'_>) -> Changes {
    let matched = Matched::new(old, new);
    let compiler = Compiler::new(
        [old, new],
        &matched.credentials,
        &matched.items,
        (&matched.scales, &matched.levels),
    );
    let mut comparison = Comparison {
        old: old.project,
        new: new.project,
        matched: &matched,
        compiler,
        changes: Vec::new(),
        unmatched: Vec::new(),
        budget: Budget::new(LIMIT),
    };
    settings::compare(&mut comparison);
    credentials::compare(&mut comparison);
    pathways::compare(&mut comparison);
    frameworks::compare(&mut comparison);
    others::compare(&mut comparison);
    resemblance::hint(&mut comparison);
    let mut changes = comparison.changes;
    changes.sort_by(|a, b| {
        let key = |change: &Change| (change.thing, change.rule.name);
        (a.thing, &a.id)
            .cmp(&(b.thing, &b.id))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.message.cmp(&b.message))
    });
    Changes { changes }
}
