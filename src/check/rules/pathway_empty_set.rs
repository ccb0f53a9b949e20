//! A set that asks for nothing: its block is empty, or `except` leaves nothing of it. What is empty only because it holds
//! another empty set is not said again.

use rustc_hash::FxHashSet;

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::graph::requirements::{self, Mention};
use crate::model::{RequirementKind, Set, SetId, SetMember};

pub static RULE: Rule = Rule {
    name: "pathway/empty-set",
    severity: Severity::Warning,
    summary: "a set that holds nothing",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for (id, set) in project.sets.iter() {
        if set.declared.incomplete || context.graph().sets().is_circular(id) {
            continue;
        }
        let name = project.id(&set.declared);
        let message = if set.members.iter().flat_map(requirements::mandatory).next().is_none() {
            format!("the set `{name}` holds nothing")
        } else if !set.except.is_empty() && nothing_left(context, id, set) {
            format!("the set `{name}` holds nothing: all of it is excepted")
        } else {
            continue;
        };
        let diagnostic = sink.report(&RULE, set.declared.place);
        diagnostic
            .message(message)
            .label("an empty set")
            .help("name what belongs to it, or take it out");
        for &(_, place) in &set.except {
            diagnostic.also(place, "left out here");
        }
    }
}

/// Whether a set names credentials and `except` takes all of them out again.
fn nothing_left(context: &Context<'_>, id: SetId, set: &Set) -> bool {
    let (project, sets) = (context.project, context.graph().sets());
    if !sets.members(project, id).is_empty() {
        return false;
    }
    let mut names_credentials = false;
    let mut seen = FxHashSet::from_iter([id]);
    // Sets that are left out as a whole bring in nothing, not even the skills that they ask for.
    seen.extend(set.except.iter().filter_map(|&(member, _)| match member {
        SetMember::Set(inner) => Some(inner),
        SetMember::Credential(_) => None,
    }));
    let mut stack = vec![id];
    while let Some(next) = stack.pop() {
        for part in project.sets[next].members.iter().flat_map(requirements::walk) {
            match part.kind {
                RequirementKind::Skill { .. }
                | RequirementKind::Judgement(_)
                | RequirementKind::Unresolved => return false,
                RequirementKind::Credential(_)
                | RequirementKind::Set(_)
                | RequirementKind::All(_)
                | RequirementKind::Any { .. }
                | RequirementKind::Sum(_) => {}
            }
            for (mention, _) in requirements::mentions(part) {
                match mention {
                    Mention::Credential(_) => names_credentials = true,
                    Mention::Set(inner) => {
                        names_credentials |= !sets.members(project, inner).is_empty();
                        if seen.insert(inner) {
                            stack.push(inner);
                        }
                    }
                    Mention::Skill { .. } => return false,
                }
            }
        }
    }
    names_credentials
}
