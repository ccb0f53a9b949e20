//! A credential that names its successor and is still offered leaves learners to guess which one to take.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Status, Validity};

pub static RULE: Rule = Rule {
    name: "credential/replaced-but-active",
    severity: Severity::Warning,
    summary: "a credential that is replaced and not deprecated, or whose successor is deprecated too",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for (id, credential) in project.credentials.iter() {
        let Some((successor, place)) = credential.replaced_by else {
            continue;
        };
        // What replaces itself is a circle, which another rule reports.
        if successor == id || credential.declared.incomplete {
            continue;
        }
        let name = project.id(&credential.declared);
        let next = &project.credentials[successor];
        match credential.status {
            // It is awarded until it ends, and says beforehand what follows.
            Status::Active if matches!(credential.validity, Some(Validity::Until(_))) => {}
            Status::Draft | Status::Active => {
                let status = credential.status.word();
                let diagnostic = sink.report(&RULE, place);
                diagnostic
                    .message(format!(
                        "`{name}` is replaced by `{}` and is still {status}",
                        project.id(&next.declared)
                    ))
                    .label("replaced by this")
                    .help("add `status deprecated`, or leave out `replaced by`");
                if let Some(place) = credential.status_place {
                    diagnostic.also(place, "its status");
                }
            }
            Status::Deprecated => {
                if next.status == Status::Deprecated && next.replaced_by.is_none() {
                    sink.report(&RULE, place)
                        .message(format!(
                            "`{name}` is replaced by `{}`, which is deprecated too",
                            project.id(&next.declared)
                        ))
                        .label("deprecated")
                        .also(
                            next.status_place.unwrap_or(next.declared.place),
                            "deprecated here",
                        )
                        .help("name a credential that is still awarded");
                }
            }
        }
    }
}
