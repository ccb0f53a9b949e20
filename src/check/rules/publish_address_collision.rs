//! Two things that were published under the same address before they were renamed, one whose `iri` is where another is
//! published, or an id that the catalogue needs itself: one file would overwrite the other, and links that people hold would
//! lead to the wrong badge.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::Context;
use crate::check::addresses::{Space, all, made_paths, with_document};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Declared, Name, Project, Text, address};
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
    one_file_twice(context, sink);
}

/// A document at an address that is written under the base.
#[derive(Clone, Copy)]
struct Chosen<'a> {
    declared: &'a Declared,
    iri: Text,
}

/// Files that would overwrite each other, or that stand where another needs a folder. Disks that take upper and lower case
/// for the same have the last word.
fn one_file_twice(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut files: FxHashMap<String, Chosen<'_>> = FxHashMap::default();
    for (declared, iri) in with_document(project) {
        let address = project.text(iri);
        let Some(path) = address::path_under_base(project, &address) else {
            continue;
        };
        let chosen = Chosen { declared, iri };
        let Some(known) = files.get(&path.to_ascii_lowercase()) else {
            files.insert(path.to_ascii_lowercase(), chosen);
            continue;
        };
        // The very same address is another rule's matter.
        if project.text(known.iri) != address {
            taken(project, chosen, Some(known.declared), sink);
        }
    }
    let mut folders: FxHashMap<&str, Chosen<'_>> = FxHashMap::default();
    for (path, &chosen) in &files {
        for folder in above(path) {
            let known = folders.entry(folder).or_insert(chosen);
            if chosen.iri.place < known.iri.place {
                *known = chosen;
            }
        }
    }
    let mut told: FxHashSet<Place> = FxHashSet::default();
    let mut clashes: Vec<(Chosen<'_>, Option<&Declared>)> = Vec::new();
    for (path, &chosen) in &files {
        let lower = above(path).find_map(|folder| files.get(folder));
        if let Some(other) = lower {
            clashes.push((chosen, Some(other.declared)));
        }
    }
    made_paths(project, &mut |owner, path| {
        if let (address::INDEX_3, Some(owner)) = (path, owner)
            && told.insert(owner.place)
        {
            reserved(project, owner, path, sink);
        }
        if files.is_empty() {
            return;
        }
        let path = path.to_ascii_lowercase();
        let same = files.get(path.as_str()).or_else(|| folders.get(path.as_str()));
        let inside = above(&path).find_map(|folder| files.get(folder));
        clashes.extend(same.into_iter().chain(inside).map(|&chosen| (chosen, owner)));
    });
    clashes.sort_by_key(|(chosen, other)| (chosen.iri.place, other.map(|other| other.place)));
    for (chosen, other) in clashes {
        if told.insert(chosen.iri.place) {
            taken(project, chosen, other, sink);
        }
    }
}

/// The folders that a path lies in.
fn above(path: &str) -> impl Iterator<Item = &str> {
    memchr::memchr_iter(b'/', path.as_bytes()).filter_map(|at| path.get(..at))
}

fn taken(project: &Project, chosen: Chosen<'_>, other: Option<&Declared>, sink: &mut Sink) {
    let id = project.id(chosen.declared);
    let finding = sink.report(&RULE, chosen.iri.place);
    finding
        .label("taken")
        .help("correct the `iri`, or leave it out");
    match other {
        Some(other) if !std::ptr::eq(other, chosen.declared) => finding
            .message(format!(
                "the `iri` of `{id}` is where `{}` is published",
                project.id(other)
            ))
            .also(other.place, "published at this address"),
        Some(_) => finding.message(format!(
            "the `iri` of `{id}` is where another of its own files is published"
        )),
        None => finding.message(format!(
            "the `iri` of `{id}` is where the catalogue itself is published"
        )),
    };
}

fn reserved(project: &Project, owner: &Declared, path: &str, sink: &mut Sink) {
    let (name, place) = owner
        .formerly
        .first()
        .copied()
        .unwrap_or((owner.id, owner.place));
    sink.report(&RULE, place)
        .message(format!(
            "`{}` would be published as `{path}`, which is the list of all badges",
            project.name(name)
        ))
        .label("taken")
        .help("choose another id");
}
