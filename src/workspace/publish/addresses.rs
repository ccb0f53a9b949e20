//! Addresses of badge documents that were published and are no longer.
//!
//! Goes in: what the manifest of an earlier build names, and the new catalogue. Comes out: findings
//! (`publish/id-changed`), one for each credential whose document would vanish.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::Fault;
use super::manifest::Manifest;
use crate::diag::{Diagnostic, NO_FILE, Policy, Sink, apply_policy, early};
use crate::emit::{Catalogue, paths};
use crate::model::Project;
use crate::source::{Place, Span};

/// The outputs that publish a document for each credential.
const BADGES: [&str; 2] = ["open-badges-3", "open-badges-2"];

/// Says which published credential documents a build of the `built` outputs would take away.
///
/// # Errors
/// The manifest cannot be read.
pub fn vanished(
    out: &Path,
    project: &Project,
    catalogue: &Catalogue,
    built: &[String],
    policy: &Policy,
) -> Result<Vec<Diagnostic>, Fault> {
    let old = Manifest::read(&super::resolve(out)?)?;
    let old: BTreeSet<&str> = old.files.keys().map(String::as_str).collect();
    let new: BTreeSet<&str> = catalogue
        .files
        .iter()
        .map(|file| file.path.as_str())
        .collect();
    // By id, the first of the paths; of the newer standard where there are both.
    let mut gone: BTreeMap<&str, &str> = BTreeMap::new();
    let mut come: BTreeSet<&str> = BTreeSet::new();
    for output in BADGES {
        if !built.iter().any(|built| built == output) {
            continue;
        }
        for path in old.difference(&new) {
            if let Some(id) = credential(output, path) {
                gone.entry(id).or_insert(path);
            }
        }
        come.extend(
            new.difference(&old)
                .filter_map(|path| credential(output, path)),
        );
    }
    let mut sink = Sink::new();
    for (id, path) in &gone {
        let address = paths::address(project, path);
        // Which of several is the old one under a new name, nobody can know.
        let successor = match (gone.len(), come.len()) {
            (1, 1) => project.credentials.iter().find_map(|(_, credential)| {
                let is_new = come.contains(project.address_id(&credential.declared));
                is_new.then_some(&credential.declared)
            }),
            _ => None,
        };
        let place = successor.map_or(Place::new(NO_FILE, Span::at(0)), |new| new.place);
        let found = sink
            .report(&early::PUBLISH_ID_CHANGED, place)
            .message(format!(
                "`{address}` has been published and is no longer part of the catalogue"
            ));
        if let Some(new) = successor {
            found.label("new here").help(format!(
                "write `formerly {id}` in `{}` if this is the same credential",
                project.id(new)
            ));
        } else {
            found.help(format!(
                "write `formerly {id}` in the credential that it has become, if there is one"
            ));
        }
    }
    Ok(apply_policy(sink, policy, &[], &[]))
}

/// The id in the path of a credential's document in its own language.
fn credential<'a>(output: &str, path: &'a str) -> Option<&'a str> {
    let id = path
        .strip_prefix(output)?
        .strip_prefix('/')?
        .strip_suffix(".json")?;
    (id != "index" && !id.contains(['/', '.'])).then_some(id)
}
