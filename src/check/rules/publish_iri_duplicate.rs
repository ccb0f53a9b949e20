//! One IRI names one thing. Two declarations with the same one are the same badge, or the same skill, to all other software.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::Declared;

pub static RULE: Rule = Rule {
    name: "publish/iri-duplicate",
    severity: Severity::Error,
    summary: "two declarations with the same IRI",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let issuers = project
        .issuers
        .as_slice()
        .iter()
        .map(|thing| &thing.declared);
    let scales = project
        .scales
        .as_slice()
        .iter()
        .map(|thing| &thing.declared);
    let frameworks = project
        .frameworks
        .as_slice()
        .iter()
        .map(|thing| &thing.declared);
    let items = project.items.as_slice().iter().map(|thing| &thing.declared);
    let rubrics = project
        .rubrics
        .as_slice()
        .iter()
        .map(|thing| &thing.declared);
    let credentials = project
        .credentials
        .as_slice()
        .iter()
        .map(|thing| &thing.declared);
    let recognitions = project
        .recognitions
        .as_slice()
        .iter()
        .map(|thing| &thing.declared);
    let roles = project.roles.as_slice().iter().map(|thing| &thing.declared);
    let pathways = project
        .pathways
        .as_slice()
        .iter()
        .map(|thing| &thing.declared);
    let crosswalks = project
        .crosswalks
        .as_slice()
        .iter()
        .map(|thing| &thing.declared);
    let all = issuers
        .chain(scales)
        .chain(frameworks)
        .chain(items)
        .chain(rubrics)
        .chain(credentials)
        .chain(recognitions)
        .chain(roles)
        .chain(pathways)
        .chain(crosswalks);
    let mut first: FxHashMap<std::borrow::Cow<'_, str>, &Declared> = FxHashMap::default();
    for declared in all {
        let Some(iri) = declared.iri else {
            continue;
        };
        let address = project.text(iri);
        let Some(known) = first.get(&address) else {
            first.insert(address, declared);
            continue;
        };
        let diagnostic = sink.report(&RULE, iri.place);
        diagnostic
            .message(format!(
                "`{}` and `{}` have the same `iri`",
                project.id(known),
                project.id(declared)
            ))
            .label("the same again")
            .help("give each its own, or leave it out: then one is made from the id");
        if let Some(other) = known.iri {
            diagnostic.also(other.place, "first used here");
        }
    }
}
