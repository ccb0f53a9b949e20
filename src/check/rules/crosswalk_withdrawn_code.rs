//! A withdrawn code still leads somewhere today and will not tomorrow: its publisher has taken it back.

use super::crosswalk_unknown_code::written;
use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "crosswalk/withdrawn-code",
    severity: Severity::Warning,
    summary: "a code that its publisher has taken back",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for external in &project.external_uses {
        let item = &project.external_items[external.item];
        let Some(framework) = item.framework else {
            continue;
        };
        let known = &project.external_frameworks[framework];
        let (Some(pack), Some(index)) = (known.pack.as_deref(), item.index) else {
            continue;
        };
        let withdrawn = pack.item(index);
        if !withdrawn.is_withdrawn() {
            continue;
        }
        let alias = project.name(known.alias);
        // What replaces it may have been withdrawn in its turn; a circle ends the search.
        let mut successor = withdrawn.replaced_by;
        for _ in 0..8 {
            match successor.map(|next| pack.item(next)) {
                Some(next) if next.is_withdrawn() => successor = next.replaced_by,
                _ => break,
            }
        }
        let successor = successor
            .map(|next| pack.item(next))
            .filter(|next| !next.is_withdrawn());
        // Whose framework it is may not be known.
        let by = pack.publisher.as_deref().unwrap_or("its publisher");
        sink.report(&RULE, external.place)
            .message(format!(
                "{by} has withdrawn `{alias}:{}`",
                written(&withdrawn.code)
            ))
            .label(format!("was `{}`", withdrawn.label))
            .help_opt(successor.map(|next| {
                format!(
                    "use `{alias}:{}` \"{}\", which replaces it",
                    written(&next.code),
                    next.label
                )
            }));
    }
}
