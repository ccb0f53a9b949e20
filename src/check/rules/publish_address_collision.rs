//! Two things that were published under the same address before they were renamed, or one whose `iri` is where another is
//! published: one would overwrite the other, and links that people hold would lead to the wrong badge.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::check::addresses::{Space, all};
use crate::diag::{Rule, Severity, Sink};
use crate::model::Name;
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "publish/address-collision",
    severity: Severity::Error,
    summary: "two things that would be published at one address",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut former: FxHashMap<(Space, Name), (Name, Place)> = FxHashMap::default();
    for (space, declared) in all(project) {
        for &(name, place) in &declared.formerly {
            let Some(&(other, other_place)) = former.get(&(space, name)) else {
                former.insert((space, name), (declared.id, place));
                continue;
            };
            if other == declared.id {
                continue;
            }
            sink.report(&RULE, place)
                .message(format!(
                    "`{}` and `{}` are both formerly `{}`, so they have one address",
                    project.name(other),
                    project.id(declared),
                    project.name(name)
                ))
                .label("the same former id")
                .also(other_place, "named here first")
                .help("keep `formerly` on the one that took the place of the old one");
        }
    }
    published_at_another(context, sink);
}

/// An `iri` under the base that is the address of another credential.
fn published_at_another(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let folder = format!("{}open-badges-3/", project.settings.base);
    let by_address: FxHashMap<&str, &crate::model::Declared> = project
        .credentials
        .as_slice()
        .iter()
        .filter(|credential| credential.declared.iri.is_none())
        .map(|credential| {
            (
                project.address_id(&credential.declared),
                &credential.declared,
            )
        })
        .collect();
    for credential in project.credentials.as_slice() {
        let declared = &credential.declared;
        let Some(iri) = declared.iri else {
            continue;
        };
        let address = project.text(iri);
        let id = address
            .strip_prefix(folder.as_str())
            .and_then(|rest| rest.strip_suffix(".json"));
        if let Some(other) = id.and_then(|id| by_address.get(id)) {
            sink.report(&RULE, iri.place)
                .message(format!(
                    "the `iri` of `{}` is where `{}` is published",
                    project.id(declared),
                    project.id(other)
                ))
                .label("taken")
                .also(other.place, "published at this address")
                .help("correct the `iri`, or leave it out");
        }
    }
}
