//! What has been released: each published credential as `gradus.lock` records it.
//!
//! Goes in: a project and its lock. Comes out: the record as it would be now, and findings (`publish/changed-without-version`)
//! for credentials whose earners could no longer rely on what was recorded although the version is the same.

use std::collections::BTreeMap;

use super::packs;
use super::pins::{Lock, Released};
use crate::diag::{Diagnostic, Policy, Sink, apply_policy, early};
use crate::diff::relied;
use crate::emit;
use crate::model::{CredentialId, Project, address};

/// How a release moves the record on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// Released for the first time: ids.
    pub new: Vec<String>,
    /// Released in another version: id, old version, new version.
    pub versions: Vec<(String, String, String)>,
    /// Recorded, and no longer published: ids.
    pub gone: Vec<String>,
    /// Recorded and the same.
    pub kept: usize,
}

/// The record of a credential as it is now.
fn record(project: &Project, id: CredentialId) -> Released {
    let credential = &project.credentials[id];
    let language = project.language_of(credential);
    Released {
        id: project.address_id(&credential.declared).to_owned(),
        version: credential
            .version
            .map_or_else(String::new, |version| project.text(version).into_owned()),
        iri: address::achievement(project, id, language).address,
        sha256: packs::digest(relied::text(project, id).as_bytes()),
    }
}

/// Says which recorded credentials have changed without a new version.
#[must_use]
pub fn check(project: &Project, lock: &Lock, policy: &Policy) -> Vec<Diagnostic> {
    let known: BTreeMap<&str, &Released> = lock
        .published
        .iter()
        .map(|known| (known.id.as_str(), known))
        .collect();
    let mut sink = Sink::new();
    if known.is_empty() {
        return Vec::new();
    }
    for (id, credential) in project.credentials.iter() {
        let declared = &credential.declared;
        let Some(known) = known.get(project.address_id(declared)) else {
            continue;
        };
        // What could not be read has been reported, and may be all that differs.
        if declared.incomplete {
            continue;
        }
        let now = record(project, id);
        if now.version != known.version
            || now.sha256.eq_ignore_ascii_case(&known.sha256) && now.iri == known.iri
        {
            continue;
        }
        let place = credential
            .version
            .map_or(declared.place, |version| version.place);
        let what = if now.iri == known.iri {
            "what its earners rely on has changed".to_owned()
        } else {
            format!("its address was <{}>", known.iri)
        };
        sink.report(&early::PUBLISH_CHANGED_WITHOUT_VERSION, place)
            .message(format!(
                "`{}` has been released, and {what} without a new version",
                project.id(declared)
            ))
            .label(if known.version.is_empty() {
                "released without a version"
            } else {
                "the version that was released"
            })
            .help("take the change back, or give it another `version` and run `gradus release`");
    }
    apply_policy(sink, policy, &[], &[])
}

/// Moves the record on to what is published now.
pub fn release(project: &Project, lock: &mut Lock) -> Moved {
    let mut known: BTreeMap<String, Released> = std::mem::take(&mut lock.published)
        .into_iter()
        .map(|known| (known.id.clone(), known))
        .collect();
    let mut moved = Moved::default();
    for id in emit::published(project) {
        let now = record(project, id);
        match known.remove(&now.id) {
            None => moved.new.push(now.id.clone()),
            Some(before) if before.version != now.version => {
                moved
                    .versions
                    .push((now.id.clone(), before.version, now.version.clone()));
            }
            Some(_) => moved.kept += 1,
        }
        lock.published.push(now);
    }
    moved.gone.extend(known.into_keys());
    lock.published.sort_by(|one, other| one.id.cmp(&other.id));
    moved.new.sort_unstable();
    moved.versions.sort_unstable();
    moved
}
