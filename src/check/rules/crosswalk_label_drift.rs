//! The label beside an opaque code is what people read. When it is no longer the framework's own, either the code or the label is
//! wrong, and only a person can say which.
//!
//! Labels in any language that the framework has are accepted; case and blanks make no difference.

use crate::check::Context;
use crate::check::places::quoted;
use crate::diag::{Rule, Severity, Sink};
use crate::import::search::fold;
use crate::model::{Mapping, MappingTarget, Project, RowKind, Text};

pub static RULE: Rule = Rule {
    name: "crosswalk/label-drift",
    severity: Severity::Warning,
    summary: "a label beside a code that is not the framework's own",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for external in &project.external_uses {
        let Some(label) = external.label else {
            continue;
        };
        let item = &project.external_items[external.item];
        let Some(known) = project.pack_item(item) else {
            continue;
        };
        let written = project.text(label);
        let names = std::iter::once(known.label.as_str())
            .chain(known.labels.iter().map(|(_, label)| label.as_str()));
        if names.into_iter().any(|name| same(name, &written)) {
            continue;
        }
        let code = project.slice(external.place);
        drifted(sink, label, &written, code, &known.label);
    }
    for mapping in all_mappings(project) {
        let (MappingTarget::Own(target), Some(label)) = (mapping.target, mapping.label) else {
            continue;
        };
        let item = &project.items[target];
        let written = project.text(label);
        let name = project.prose(&item.declared.name);
        let translated = item
            .declared
            .name
            .translations
            .iter()
            .any(|&(_, text)| same(&project.text(text), &written));
        if translated || same(&name, &written) {
            continue;
        }
        drifted(sink, label, &written, project.slice(mapping.place), &name);
    }
}

fn drifted(sink: &mut Sink, label: Text, written: &str, code: &str, right: &str) {
    let diagnostic = sink.report(&RULE, label.place);
    diagnostic
        .message(format!("`{code}` is called `{right}`, not `{written}`"))
        .label("not its label")
        .help(format!(
            "write `{right}`, or correct the code if the label is what you mean"
        ));
    if let Some(text) = quoted(label.form, right) {
        diagnostic.fix(label.place, text);
    }
}

fn all_mappings(project: &Project) -> impl Iterator<Item = &Mapping> {
    let items = project.items.as_slice().iter();
    let credentials = project.credentials.as_slice().iter();
    let roles = project.roles.as_slice().iter();
    let rows = project
        .crosswalks
        .as_slice()
        .iter()
        .flat_map(|crosswalk| &crosswalk.rows)
        .filter_map(|row| match &row.kind {
            RowKind::Match(mapping) => Some(mapping),
            RowKind::NoMatch { .. } => None,
        });
    items
        .flat_map(|item| &item.mappings)
        .chain(credentials.flat_map(|credential| &credential.mappings))
        .chain(roles.flat_map(|role| &role.mappings))
        .chain(rows)
}

fn same(one: &str, other: &str) -> bool {
    one == other
        || (one.len().abs_diff(other.len()) < 32
            && fold(one)
                .split_whitespace()
                .eq(fold(other).split_whitespace()))
}
