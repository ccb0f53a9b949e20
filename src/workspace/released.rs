//! What has been released: each published credential as `gradus.lock` records it, with its documents.
//!
//! Goes in: a project and its lock. Comes out: the record as it would be now, the documents of earlier versions, and findings:
//! `publish/changed-without-version` for credentials whose earners could no longer rely on what was recorded although the
//! version is the same, `publish/released-damaged` where documents are not those that were released.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::pins::{Lock, Released};
use super::{Fault, archives, packs};
use crate::diag::{Diagnostic, NO_FILE, Policy, Sink, apply_policy, early};
use crate::diff::relied;
use crate::emit::{self, Catalogue, Input};
use crate::model::release::{RELIED, SHARED};
use crate::model::{CredentialId, Project, Release, ReleasedFile, address};
use crate::source::{Place, Span};

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
        documents: String::new(),
        documents_sha256: String::new(),
    }
}

/// The releases of a lock whose documents were kept, as linking needs them.
#[must_use]
pub fn releases(lock: &Lock) -> Vec<Release> {
    lock.with_documents()
        .map(|released| Release {
            id: released.id.clone(),
            version: released.version.clone(),
            name: released.documents.clone(),
            address: released.iri.clone(),
            files: Vec::new(),
        })
        .collect()
}

/// Reads the documents that were released into the project, and says where they are not those that were.
///
/// # Errors
/// An archive with the right sum cannot be read.
pub fn keep(
    folder: &Path,
    project: &mut Project,
    lock: &Lock,
    policy: &Policy,
) -> Result<Vec<Diagnostic>, Fault> {
    let kept: BTreeMap<&str, Option<CredentialId>> = project
        .releases
        .kept()
        .chain(project.releases.current())
        .map(|(kept, release)| (release.name.as_str(), kept.now))
        .collect();
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let records = || {
        lock.with_documents()
            .filter(|released| kept.contains_key(released.documents.as_str()))
    };
    let mut sink = Sink::new();
    let mut damaged = BTreeSet::new();
    for (released, message) in archives::faults(folder, records()) {
        damaged.insert(released.documents.as_str());
        let now = kept.get(released.documents.as_str()).copied().flatten();
        report(&mut sink, project, released, now, message);
    }
    let names: Vec<&str> = records()
        .map(|released| released.documents.as_str())
        .filter(|name| !damaged.contains(name))
        .collect();
    let mut files = names
        .par_iter()
        .map(|&name| Ok((name.to_owned(), archives::open(folder, name)?)))
        .collect::<Result<BTreeMap<String, Vec<ReleasedFile>>, Fault>>()?;
    for released in records() {
        for file in files.get(&released.documents).into_iter().flatten() {
            if let Some(fault) = emit::kept::unreadable(file) {
                let now = kept.get(released.documents.as_str()).copied().flatten();
                let message = format!(
                    "`{}` in `{}` is no document of a badge, and is left out of the list of achievements: {fault}",
                    file.path,
                    archives::file(&released.documents)
                );
                report(&mut sink, project, released, now, message);
            }
        }
    }
    project
        .releases
        .fill(|_, release| files.remove(&release.name).unwrap_or_default());
    Ok(apply_policy(sink, policy, &[], &[]))
}

/// Says what is wrong with the documents of a release.
fn report(
    sink: &mut Sink,
    project: &Project,
    released: &Released,
    now: Option<CredentialId>,
    message: String,
) {
    let place = now.map_or(Place::new(NO_FILE, Span::at(0)), |id| {
        project.credentials[id].declared.place
    });
    let found = sink
        .report(&early::PUBLISH_RELEASED_DAMAGED, place)
        .message(message)
        .help("restore it from version control: people hold badges whose documents are in it");
    if now.is_some() {
        found.label(if released.version.is_empty() {
            "this, without a version".to_owned()
        } else {
            format!("version {} of this", released.version)
        });
    }
}

/// Says which recorded credentials have changed without a new version.
#[must_use]
pub fn check(project: &Project, lock: &Lock, policy: &Policy) -> Vec<Diagnostic> {
    // Of one version the newest record counts.
    let known: BTreeMap<(&str, &str), &Released> = lock
        .earlier
        .iter()
        .chain(&lock.published)
        .map(|known| ((known.id.as_str(), known.version.as_str()), known))
        .collect();
    let mut sink = Sink::new();
    if known.is_empty() {
        return Vec::new();
    }
    for (id, credential) in project.credentials.iter() {
        let declared = &credential.declared;
        let version = credential.version.map(|version| project.text(version));
        let key = (
            project.address_id(declared),
            version.as_deref().unwrap_or(""),
        );
        let Some(known) = known.get(&key) else {
            continue;
        };
        // What could not be read has been reported, and may be all that differs.
        if declared.incomplete {
            continue;
        }
        let now = record(project, id);
        if now.sha256.eq_ignore_ascii_case(&known.sha256) && now.iri == known.iri {
            continue;
        }
        let place = credential
            .version
            .map_or(declared.place, |version| version.place);
        let what = if now.iri == known.iri {
            let parts = changed_parts(project, id, known);
            let parts = match parts.as_slice() {
                [] => String::new(),
                parts => format!(": {}", parts.join(", ")),
            };
            format!("what its earners rely on has changed without a new version{parts}")
        } else {
            format!(
                "its address has changed without a new version: it was <{}>",
                known.iri
            )
        };
        sink.report(&early::PUBLISH_CHANGED_WITHOUT_VERSION, place)
            .message(format!(
                "`{}` has been released, and {what}",
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

/// What has changed of a released credential, as far as its archive has kept what was relied on.
fn changed_parts(project: &Project, id: CredentialId, known: &Released) -> Vec<&'static str> {
    let releases = project.releases.current().chain(project.releases.kept());
    releases
        .filter(|(_, release)| release.name == known.documents)
        .flat_map(|(_, release)| &release.files)
        .filter(|file| file.output == RELIED)
        // Only what the lock vouches for.
        .filter(|file| packs::digest(&file.contents).eq_ignore_ascii_case(&known.sha256))
        .find_map(|file| std::str::from_utf8(&file.contents).ok())
        .map(|before| relied::differences(before, &relied::text(project, id)))
        .unwrap_or_default()
}

/// An archive of documents: its name and its bytes.
pub type Archive = (String, Vec<u8>);

/// The documents of credentials, in their order, from a catalogue that holds them; of each sorted by path.
fn documents(
    input: &Input<'_>,
    catalogue: &Catalogue,
    ids: &[CredentialId],
) -> Vec<Vec<ReleasedFile>> {
    let paths = emit::kept::paths_of(input, ids);
    paths
        .par_iter()
        .map(|paths| {
            let own = paths.own.iter().map(|path| (path, false));
            let of_issuer = paths.of_issuer.iter().map(|path| (path, true));
            let mut files: Vec<ReleasedFile> = own
                .chain(of_issuer)
                .filter_map(|(path, is_of_issuer)| {
                    let at = catalogue
                        .files
                        .binary_search_by(|file| file.path.cmp(path))
                        .ok()?;
                    let output = match catalogue.outputs.get(at)?.as_slice() {
                        _ if is_of_issuer => emit::kept::ISSUERS,
                        _ if path.starts_with("images/") => SHARED,
                        [only] => only,
                        _ => SHARED,
                    };
                    Some(ReleasedFile {
                        output: output.to_owned(),
                        path: path.clone(),
                        contents: catalogue.files.get(at)?.contents.as_slice().into(),
                    })
                })
                .collect();
            files.sort_by(|one, other| one.path.cmp(&other.path));
            files
        })
        .collect()
}

/// The documents of a version that was released before, and what is published of it now: nothing that was released goes,
/// also where a language or an output is no longer published.
fn together(before: Vec<ReleasedFile>, now: Vec<ReleasedFile>) -> Vec<ReleasedFile> {
    let mut files: BTreeMap<String, ReleasedFile> = BTreeMap::new();
    for file in before.into_iter().chain(now) {
        files.insert(file.path.clone(), file);
    }
    files.into_values().collect()
}

/// Moves the record on to what is published now; the archives of all documents that are published come with it. `held` opens the
/// archive of a record.
///
/// # Errors
/// Documents cannot be packed, or those of an earlier release cannot be opened.
pub fn release(
    input: &Input<'_>,
    catalogue: &Catalogue,
    lock: &mut Lock,
    held: &(dyn Fn(&Released) -> Result<Vec<ReleasedFile>, Fault> + Sync),
) -> Result<(Moved, Vec<Archive>), Fault> {
    let project = input.project;
    let ids = emit::published(project);
    let documents = documents(input, catalogue, &ids);
    let mut known: BTreeMap<String, Released> = std::mem::take(&mut lock.published)
        .into_iter()
        .map(|known| (known.id.clone(), known))
        .collect();
    let mut moved = Moved::default();
    let packed = ids.par_iter().zip(documents).map(|(&id, documents)| {
        let mut now = record(project, id);
        let documents = match known.get(&now.id) {
            Some(before) if before.version == now.version && !before.documents.is_empty() => {
                together(held(before)?, documents)
            }
            _ => documents,
        };
        let mut documents = documents;
        documents.retain(|file| file.output != RELIED);
        if documents.is_empty() {
            return Ok((now, None));
        }
        documents.push(ReleasedFile {
            output: RELIED.to_owned(),
            path: "relied.txt".to_owned(),
            contents: relied::text(project, id).into_bytes().into(),
        });
        documents.sort_by(|one, other| one.path.cmp(&other.path));
        let bytes = archives::pack(&documents)?;
        address::credential_name(project, id).clone_into(&mut now.documents);
        now.documents_sha256 = packs::digest(&bytes);
        let archive = (now.documents.clone(), bytes);
        Ok((now, Some(archive)))
    });
    let packed: Vec<(Released, Option<Archive>)> = packed.collect::<Result<_, Fault>>()?;
    let mut archives = Vec::with_capacity(packed.len());
    for (now, archive) in packed {
        archives.extend(archive);
        match known.remove(&now.id) {
            None => moved.new.push(now.id.clone()),
            Some(before) if before.version != now.version => {
                moved
                    .versions
                    .push((now.id.clone(), before.version.clone(), now.version.clone()));
                if !before.documents.is_empty() {
                    lock.earlier.push(before);
                }
            }
            Some(_) => moved.kept += 1,
        }
        lock.published.push(now);
    }
    for (id, before) in known {
        moved.gone.push(id);
        if !before.documents.is_empty() {
            lock.earlier.push(before);
        }
    }
    // A version that is published again is no longer an earlier one.
    let of_today: BTreeSet<(&str, &str)> = lock
        .published
        .iter()
        .map(|now| (now.id.as_str(), now.version.as_str()))
        .collect();
    lock.earlier
        .retain(|before| !of_today.contains(&(before.id.as_str(), before.version.as_str())));
    lock.published.sort_by(|one, other| one.id.cmp(&other.id));
    lock.earlier.sort_by(|one, other| one.id.cmp(&other.id));
    moved.new.sort_unstable();
    moved.versions.sort_unstable();
    Ok((moved, archives))
}
