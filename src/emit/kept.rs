//! Documents that were released: they stay in the catalogue at their own addresses, whatever is published today.
//!
//! Goes in: the releases of a project. Comes out: their files, byte for byte, but for one link to the version of today.
//! Invariants: a file of today is never replaced by one of yesterday; badge documents and pages of both versions name each other,
//! where there is one to name. What an output or a language had that is no longer published comes last, into a catalogue that
//! is complete otherwise ([`add_rest`]). So do profiles of issuers: documents name them, and they stay where an issuer is no more, or
//! has no profile any longer. While there is one of today, it stands in their place.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Deserialize;

use super::pathways;
use super::{Catalogue, Input, OutputFile, badges, paths};
use crate::model::release::{RELIED, SHARED};
use crate::model::{CredentialId, Language, Project, Release, ReleasedFile};

/// The released files that belong to an output, without those of which the output makes one itself.
#[must_use]
pub fn files(project: &Project, output: &str, made: &[OutputFile]) -> Vec<OutputFile> {
    let mut kept = project.releases.kept().peekable();
    if kept.peek().is_none() {
        return Vec::new();
    }
    let made: BTreeSet<&str> = made.iter().map(|file| file.path.as_str()).collect();
    kept.flat_map(|(kept, release)| {
        let of_output = |file: &&ReleasedFile| file.output == output || file.output == SHARED;
        release
            .files
            .iter()
            .filter(of_output)
            .map(move |file| (kept.now, release, file))
    })
    .filter(|(_, _, file)| !made.contains(file.path.as_str()))
    .map(|(now, release, file)| OutputFile {
        path: file.path.clone(),
        contents: now
            .and_then(|now| linked(project, now, release, file))
            .unwrap_or_else(|| file.contents.to_vec()),
    })
    .collect()
}

/// The outputs with documents of credentials: what is kept of a release.
pub const OUTPUTS: [&str; 3] = ["open-badges-2", "open-badges-3", "pathways"];

/// Stands for the output of what a release keeps of its issuer: profiles and pictures.
pub const ISSUERS: &str = "issuers";

/// The outputs that a profile or a picture of an issuer belongs to.
fn outputs_of_issuer_file(path: &str) -> &'static [&'static str] {
    let folder = path.split('/').next();
    match OUTPUTS.iter().position(|name| folder == Some(*name)) {
        Some(at) => OUTPUTS.get(at..=at).unwrap_or(&OUTPUTS),
        None => &OUTPUTS,
    }
}

/// Adds what was released and nothing in the catalogue takes the place of: documents of outputs that are no longer published,
/// and of today's versions in languages, pictures and the like that a build no longer makes. Where only some outputs are
/// built (`only` is not empty), those of the others are left out.
pub fn add_rest(input: &Input<'_>, catalogue: &mut Catalogue, only: &[impl AsRef<str>]) {
    let project = input.project;
    let is_asked = |output: &str| {
        let named = |output: &str| only.iter().any(|name| name.as_ref() == output);
        match super::find(output) {
            _ if only.is_empty() => true,
            Some(_) => named(output),
            None => OUTPUTS.into_iter().all(named),
        }
    };
    let releases = || {
        let current = project.releases.current();
        let mut kept: Vec<(Option<CredentialId>, &Release)> = project
            .releases
            .kept()
            .map(|(kept, release)| (kept.now, release))
            .collect();
        kept.reverse();
        current.map(|(_, release)| (None, release)).chain(kept)
    };
    let is_made = |catalogue: &Catalogue, path: &str| {
        let files = &catalogue.files;
        files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .is_ok()
    };
    let mut rest: Vec<(&[&'static str], OutputFile)> = Vec::new();
    let mut of_issuers: Vec<(&[&'static str], OutputFile)> = Vec::new();
    let mut unpublished: BTreeSet<&str> = BTreeSet::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for (now, release) in releases() {
        for file in &release.files {
            if file.output == RELIED {
                continue;
            }
            if file.output == ISSUERS {
                let outputs = outputs_of_issuer_file(&file.path);
                let is_asked = outputs.iter().any(|output| is_asked(output));
                if is_asked && !is_made(catalogue, &file.path) {
                    let contents = file.contents.to_vec();
                    let path = file.path.clone();
                    of_issuers.push((outputs, OutputFile { path, contents }));
                }
                continue;
            }
            let is_new = is_asked(&file.output)
                && !is_made(catalogue, &file.path)
                && taken.insert(&file.path);
            if !is_new {
                continue;
            }
            let outputs = match OUTPUTS.iter().position(|name| *name == file.output) {
                Some(at) => OUTPUTS.get(at..=at).unwrap_or(&OUTPUTS),
                None => &OUTPUTS,
            };
            if file.output != SHARED {
                unpublished.insert(&file.output);
            }
            let linked = now.and_then(|now| {
                let target = target(project, now, release, file)?;
                let is_there = is_made(catalogue, &target) || taken.contains(target.as_str());
                is_there
                    .then(|| linked(project, now, release, file))
                    .flatten()
            });
            rest.push((
                outputs,
                OutputFile {
                    path: file.path.clone(),
                    contents: linked.unwrap_or_else(|| file.contents.to_vec()),
                },
            ));
        }
    }
    if rest.is_empty() && of_issuers.is_empty() {
        return;
    }
    // The documents name their issuers, whose profiles an output that is not published does not bring.
    let made: BTreeSet<&str> = catalogue.outputs.iter().flatten().copied().collect();
    let outputs = unpublished.difference(&made);
    for output in outputs.filter_map(|name| super::find(name)) {
        let paths: BTreeSet<String> = project
            .issuers
            .ids()
            .map(|id| match output.name {
                "open-badges-2" => paths::issuer_2(project, id).path,
                _ => paths::issuer_profile(project, id).path,
            })
            .collect();
        let files = (output.emit)(input).into_iter();
        let profiles = files.filter(|file| paths.contains(&file.path));
        rest.extend(profiles.map(|file| (std::slice::from_ref(&output.name), file)));
    }
    // Of several that were released, that of the version of today counts, then the one that was released last.
    rest.append(&mut of_issuers);
    let files = std::mem::take(&mut catalogue.files).into_iter();
    let outputs = std::mem::take(&mut catalogue.outputs).into_iter();
    let rest = rest
        .into_iter()
        .map(|(outputs, file)| (file, outputs.to_vec()));
    let mut all: Vec<(OutputFile, Vec<&'static str>)> = files.zip(outputs).chain(rest).collect();
    // What was there comes first, and stays.
    all.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
    all.dedup_by(|(later, _), (first, _)| later.path == first.path);
    (catalogue.files, catalogue.outputs) = all.into_iter().unzip();
}

/// The path of the document of today that a released file is given a link to; none where it is given none.
fn target(
    project: &Project,
    now: CredentialId,
    release: &Release,
    file: &ReleasedFile,
) -> Option<String> {
    let language = || document_language(project, now, release, &file.path);
    match file.output.as_str() {
        "open-badges-3" => Some(paths::achievement(project, now, language()).path),
        "open-badges-2" => Some(paths::badge_class(project, now, language()).path),
        "pathways" => {
            let folder = pathways::replacing_folder(project, now, release, &file.path)?;
            Some(format!("{folder}index.html"))
        }
        _ => None,
    }
}

/// A released file with a link to the version of today; none where it is no document, or has not the form that a build writes.
fn linked(
    project: &Project,
    now: CredentialId,
    release: &Release,
    file: &ReleasedFile,
) -> Option<Vec<u8>> {
    let text = || std::str::from_utf8(&file.contents).ok();
    let version = badges::text(project, project.credentials[now].version);
    match file.output.as_str() {
        "open-badges-3" => {
            let language = document_language(project, now, release, &file.path);
            let address = paths::achievement(project, now, language).address;
            let mut fields = vec![("id", Cow::Owned(address)), ("type", "Related".into())];
            fields.extend(version.map(|version| ("version", version)));
            with_related(text()?, &fields).map(String::into_bytes)
        }
        "open-badges-2" => {
            let language = document_language(project, now, release, &file.path);
            let address = paths::badge_class(project, now, language).address;
            let mut fields = vec![("id", Cow::Owned(address))];
            fields.extend(version.map(|version| ("version", version)));
            with_related(text()?, &fields).map(String::into_bytes)
        }
        "pathways" => pathways::replaced_page(project, now, release, &file.path, text()?)
            .map(String::into_bytes),
        _ => None,
    }
}

/// The language of the newer document that an older one names: its own where there is one in it.
fn document_language(
    project: &Project,
    now: CredentialId,
    release: &Release,
    path: &str,
) -> Language {
    let own = project.language_of(&project.credentials[now]);
    let is_in = |language: &Language| {
        let ending = format!("{}.{}.json", release.name, project.name(*language));
        path.rsplit('/').next() == Some(ending.as_str())
    };
    let mut languages = badges::languages(project, now).into_iter();
    languages.find(is_in).unwrap_or(own)
}

/// A badge document with one more entry in `related`, all else letter by letter as it was; none where it stands there.
///
/// Builds write JSON with each key of the document on a line of its own, behind two spaces; no text in it holds a line break.
fn with_related(document: &str, fields: &[(&str, Cow<'_, str>)]) -> Option<String> {
    let type_as_list = |key: &str| key == "type";
    let mut entry = String::from("    {");
    for (number, (key, value)) in fields.iter().enumerate() {
        entry.push_str(if number == 0 { "\n" } else { ",\n" });
        let value = serde_json::to_string(value).ok()?;
        entry.push_str(&if type_as_list(key) {
            format!("      \"{key}\": [\n        {value}\n      ]")
        } else {
            format!("      \"{key}\": {value}")
        });
    }
    entry.push_str("\n    }");
    let (head, tail) = match document.find("\n  \"related\": [\n") {
        Some(start) => {
            let end = start + document.get(start..)?.find("\n  ]")?;
            // A version that was taken back to is named by the later one already.
            let known = fields.first().is_some_and(|(key, value)| {
                let value = serde_json::to_string(value).unwrap_or_default();
                let line = format!("\n      \"{key}\": {value}");
                document
                    .get(start..end)
                    .is_some_and(|list| list.contains(&line))
            });
            if known {
                return None;
            }
            let (head, tail) = document.split_at_checked(end)?;
            (format!("{head},\n"), tail)
        }
        None => {
            let (head, tail) = document.split_at_checked(document.len().checked_sub(3)?)?;
            if tail != "\n}\n" {
                return None;
            }
            (format!("{head},\n  \"related\": [\n"), "\n  ]\n}\n")
        }
    };
    Some(format!("{head}{entry}{tail}"))
}

/// What the index says of a document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    pub id: String,
    pub achievement_type: String,
    pub name: String,
    pub description: String,
    pub in_language: Option<String>,
    pub version: Option<String>,
    pub human_code: Option<String>,
    #[serde(default)]
    pub tag: Vec<String>,
    pub image: Reference,
    pub criteria: Reference,
    pub creator: Option<Reference>,
}

/// Something that is named by its address.
#[derive(Debug, Deserialize)]
pub struct Reference {
    pub id: String,
}

/// The achievements that were released and stay in the catalogue; `is_made` says of a path whether a document of today is there.
pub fn achievements(project: &Project, is_made: impl Fn(&str) -> bool) -> Vec<Summary> {
    project
        .releases
        .kept()
        .chain(project.releases.current())
        .flat_map(|(_, release)| &release.files)
        .filter(|file| file.output == "open-badges-3" && !is_made(&file.path))
        .filter_map(|file| serde_json::from_slice(&file.contents).ok())
        .collect()
}

/// Why a released document cannot stand in the index of achievements, if it should and cannot.
#[must_use]
pub fn unreadable(file: &ReleasedFile) -> Option<String> {
    if file.output != "open-badges-3" {
        return None;
    }
    let fault = serde_json::from_slice::<Summary>(&file.contents).err()?;
    let Ok(document) = serde_json::from_slice::<serde_json::Value>(&file.contents) else {
        return Some(format!("line {} is no JSON", fault.line()));
    };
    let missing = NEEDED
        .iter()
        .find(|&&key| document.get(key).is_none_or(serde_json::Value::is_null));
    Some(match missing {
        Some(key) => format!("it has no `{key}`"),
        None => format!("line {} has a value of another kind", fault.line()),
    })
}

/// What a document has to say to stand in the index: the keys of [`Summary`] that are always there.
const NEEDED: [&str; 6] = [
    "id",
    "achievementType",
    "name",
    "description",
    "image",
    "criteria",
];

/// Where the files of a credential lie that a release keeps.
#[derive(Debug, Default)]
pub struct Paths {
    /// What the credential publishes itself: documents, pages, pictures.
    pub own: BTreeSet<String>,
    /// What its documents name of its issuer.
    pub of_issuer: BTreeSet<String>,
}

/// The paths of everything that a credential publishes, as far as the outputs make it: what a release keeps.
#[must_use]
pub fn paths_of(input: &Input<'_>, ids: &[CredentialId]) -> Vec<Paths> {
    let project = input.project;
    let pictures = badges::Pictures::new(project, input.assets);
    let base = project.settings.base.as_str();
    let below = |address: &str| address.strip_prefix(base).map(str::to_owned);
    ids.iter()
        .map(|&id| {
            let mut all = Paths::default();
            for language in badges::languages(project, id) {
                all.own
                    .insert(paths::achievement(project, id, language).path);
                all.own
                    .insert(paths::badge_class(project, id, language).path);
            }
            for &language in &project.languages {
                let folder = paths::credential_page(project, id, language).path;
                all.own.insert(format!("{folder}index.html"));
                all.own.insert(format!("{folder}index.md"));
            }
            for picture in [
                pictures.of_credential(id),
                pictures.png_or_svg_of_credential(id),
            ] {
                all.own.extend(below(picture.address()));
            }
            if let Some(issuer) = project.credentials[id].issuer {
                all.of_issuer
                    .insert(paths::issuer_profile(project, issuer).path);
                all.of_issuer.insert(paths::issuer_2(project, issuer).path);
                let pictures = [
                    pictures.of_issuer(issuer),
                    pictures.png_or_svg_of_issuer(issuer),
                ];
                let pictures = pictures.iter().flatten();
                all.of_issuer
                    .extend(pictures.filter_map(|address| below(address)));
                // A picture that both use stays as the credential's own.
                all.of_issuer.retain(|path| !all.own.contains(path));
            }
            all
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_added_and_nothing_else_is_touched() {
        let fields = [("id", Cow::Borrowed("https://x.example/\"b\""))];
        let plain = "{\n  \"id\": \"a\",\n  \"n\": 2.50\n}\n";
        let with = with_related(plain, &fields).expect("the form of a build");
        assert_eq!(
            with,
            "{\n  \"id\": \"a\",\n  \"n\": 2.50,\n  \"related\": [\n    {\n      \"id\": \"https://x.example/\\\"b\\\"\"\n    }\n  ]\n}\n"
        );
        let twice = with_related(&with, &[("id", "c".into()), ("type", "Related".into())]);
        let twice: serde_json::Value =
            serde_json::from_str(&twice.expect("the form of a build")).expect("JSON");
        assert_eq!(twice["related"][1]["type"][0], "Related");
        assert_eq!(twice["related"].as_array().map(Vec::len), Some(2));
        assert_eq!(with_related("{}", &fields), None);
    }
}
