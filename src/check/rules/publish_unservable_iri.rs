//! An `iri` under the base says that the document lies there. A plain host serves files, so the address must be a file's.

use crate::check::Context;
use crate::check::addresses::with_document;
use crate::diag::{Rule, Severity, Sink};
use crate::model::address;

pub static RULE: Rule = Rule {
    name: "publish/unservable-iri",
    severity: Severity::Error,
    summary: "an `iri` under the base that no file can have",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for (declared, iri) in with_document(project) {
        let text = project.text(iri);
        let Some(path) = text.strip_prefix(project.settings.base.as_str()) else {
            continue;
        };
        if address::path_under_base(project, &text).is_some() {
            continue;
        }
        let why = if path.is_empty() {
            "it is the base itself"
        } else if path.contains('#') || path.contains('?') {
            "no file name has `?` or `#`"
        } else if path.ends_with('/') {
            "it ends like a folder"
        } else if path.split('/').any(|part| part.starts_with('.')) {
            "a part of it begins with a dot"
        } else if path.split('/').any(str::is_empty) {
            "a part of it is empty"
        } else {
            "a file name of a plain host has only letters, digits, `-`, `_` and `.`"
        };
        sink.report(&RULE, iri.place)
            .message(format!(
                "no file can be published at the `iri` of `{}`: {why}",
                project.id(declared)
            ))
            .label("lies under the base")
            .help("write the address of a file, or leave the `iri` out: then one is made from the id");
    }
}
