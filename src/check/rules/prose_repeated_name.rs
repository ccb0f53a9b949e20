//! Two things with one name: the reader of a catalogue, a transcript or a crosswalk cannot tell them apart.
//!
//! Compared are credentials of one kind, items of one kind in one framework, and pathways. Case makes no difference.

use rustc_hash::FxHashMap;

use crate::check::{Context, alike};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{CredentialKind, Declared, ItemKind, Project, Status};

pub static RULE: Rule = Rule {
    name: "prose/repeated-name",
    severity: Severity::Warning,
    summary: "two credentials, two skills of a framework or two pathways with the same name",
};

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Group {
    Credentials(CredentialKind),
    Items(ItemKind),
    Pathways,
}

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut first: FxHashMap<(Group, u64), &Declared> = FxHashMap::default();
    // What is deprecated may well have its successor's name.
    for credential in project.credentials.as_slice() {
        if credential.status != Status::Deprecated {
            let group = Group::Credentials(credential.kind);
            look(project, &mut first, group, &credential.declared, sink);
        }
    }
    let mut framework = None;
    for item in project.items.as_slice() {
        // Names are compared inside a framework; a small table stays at hand.
        if framework.replace(item.framework) != Some(item.framework) {
            first.clear();
        }
        if item.status != Status::Deprecated {
            let group = Group::Items(item.kind);
            look(project, &mut first, group, &item.declared, sink);
        }
    }
    for pathway in project.pathways.as_slice() {
        look(
            project,
            &mut first,
            Group::Pathways,
            &pathway.declared,
            sink,
        );
    }
}

fn look<'a>(
    project: &'a Project,
    first: &mut FxHashMap<(Group, u64), &'a Declared>,
    group: Group,
    declared: &'a Declared,
    sink: &mut Sink,
) {
    // No name is written: the id stands in for it, and ids differ.
    if declared.name.text.place == declared.place {
        return;
    }
    let name = project.prose(&declared.name);
    let key = (group, alike::hash(&name));
    let Some(&known) = first.get(&key) else {
        first.insert(key, declared);
        return;
    };
    let other = project.prose(&known.name);
    // A declaration that is there twice is reported as such.
    if (known.id == declared.id && !matches!(group, Group::Items(..)))
        || !alike::same(&name, &other)
    {
        return;
    }
    sink.report(&RULE, declared.name.text.place)
        .message(format!(
            "`{}` is called `{name}`, as `{}` is",
            project.id(declared),
            project.id(known)
        ))
        .label("the same name again")
        .also(known.name.text.place, "first used here")
        .help("give one of them a name that says how it differs");
}
