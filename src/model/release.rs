//! Releases of credentials: what `gradus.lock` has recorded, and under which name the present version is published.
//!
//! Goes in: the releases that the project keeps, and its credentials. Comes out: for each credential the name that its paths
//! are made from, and the releases whose documents stay in the catalogue beside it. Invariants: a version that was released
//! keeps its name; a version that was not gets one that no release has. What the release of today's version had, and a build of
//! today no longer makes, stays as well.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{CredentialId, Project, Status};

/// A credential as it was released in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The id that its address is made from.
    pub id: String,
    /// As it was written; empty where there was none.
    pub version: String,
    /// What its paths are made from: the id for the first version, `ID.vVERSION` for later ones.
    pub name: String,
    /// The address of its document.
    pub address: String,
    /// Its documents, where they are at hand; sorted by path.
    pub files: Vec<ReleasedFile>,
}

/// A file that was released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedFile {
    /// The output that made it, or [`SHARED`].
    pub output: String,
    /// Below the output folder.
    pub path: String,
    /// The bytes, as they were released.
    pub contents: Arc<[u8]>,
}

/// Stands for the output of a file that several outputs make: the picture.
pub const SHARED: &str = "shared";

/// Stands for the output of a file that is published nowhere: what the earners of a credential relied on when it was released, as
/// the text whose sum the lock records.
pub const RELIED: &str = "relied";

impl Release {
    /// One of its documents in a language: the one in that language, else the one in its own.
    #[must_use]
    pub fn document(&self, folder: &str, language: &str) -> Option<&ReleasedFile> {
        let find = |path: String| {
            let found = self.files.binary_search_by(|file| file.path.cmp(&path));
            found.ok().and_then(|at| self.files.get(at))
        };
        find(format!("{folder}/{}.{language}.json", self.name))
            .or_else(|| find(format!("{folder}/{}.json", self.name)))
    }
}

/// A release whose documents stay in the catalogue beside those of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Which release.
    release: usize,
    /// The credential as it is published now; none where it is not any more.
    pub now: Option<CredentialId>,
}

/// All releases of a project.
#[derive(Debug, Clone, Default)]
pub struct Releases {
    all: Vec<Release>,
    /// Names of credentials that are not published under their id.
    names: BTreeMap<CredentialId, String>,
    kept: Vec<Kept>,
    /// Releases of the versions that are published now: today's documents take their places, as far as there are any.
    current: Vec<Kept>,
    /// Places in `kept`, by credential.
    earlier: BTreeMap<CredentialId, Vec<usize>>,
}

impl Releases {
    /// Sorts the releases of a project to its credentials.
    #[must_use]
    pub fn new(project: &Project, all: Vec<Release>) -> Self {
        let mut releases = Self {
            all,
            ..Self::default()
        };
        if releases.all.is_empty() {
            return releases;
        }
        let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, release) in releases.all.iter().enumerate() {
            by_id.entry(&release.id).or_default().push(at);
        }
        let mut kept: Vec<(usize, Option<CredentialId>)> = Vec::new();
        for (id, credential) in project.credentials.iter() {
            let address_id = project.address_id(&credential.declared);
            let Some(of) = by_id.remove(address_id) else {
                continue;
            };
            let version = credential.version.map(|version| project.text(version));
            let version = version.as_deref().unwrap_or("");
            let known: Vec<&Release> = of.iter().filter_map(|&at| releases.all.get(at)).collect();
            let same = known.iter().find(|release| release.version == version);
            let name = match same {
                Some(release) => release.name.clone(),
                None => new_name(address_id, version, &known),
            };
            if name != address_id {
                releases.names.insert(id, name);
            }
            let published = match credential.status {
                Status::Draft => false,
                Status::Active | Status::Deprecated => true,
            };
            for (&at, release) in of.iter().zip(&known) {
                if !published {
                    kept.push((at, None));
                } else if release.version != version {
                    kept.push((at, Some(id)));
                } else {
                    let now = Some(id);
                    releases.current.push(Kept { release: at, now });
                }
            }
        }
        kept.extend(by_id.into_values().flatten().map(|at| (at, None)));
        kept.sort_unstable();
        for (release, now) in kept {
            if let Some(id) = now {
                let place = releases.kept.len();
                releases.earlier.entry(id).or_default().push(place);
            }
            releases.kept.push(Kept { release, now });
        }
        releases
    }

    /// The name that the paths of a credential are made from, if it is not its id.
    #[must_use]
    pub fn name(&self, id: CredentialId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// The releases that stay in the catalogue.
    pub fn kept(&self) -> impl Iterator<Item = (Kept, &Release)> {
        self.kept
            .iter()
            .filter_map(|&kept| Some((kept, self.all.get(kept.release)?)))
    }

    /// The releases of versions that are published now.
    pub fn current(&self) -> impl Iterator<Item = (Kept, &Release)> {
        self.current
            .iter()
            .filter_map(|&kept| Some((kept, self.all.get(kept.release)?)))
    }

    /// The other versions of a credential that stay in the catalogue, in the order in which they were released.
    pub fn earlier(&self, id: CredentialId) -> impl Iterator<Item = &Release> {
        let places = self.earlier.get(&id).map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .filter_map(|&place| self.all.get(self.kept.get(place)?.release))
    }

    /// Puts files to all releases, those of today's versions too.
    pub fn fill(&mut self, mut files: impl FnMut(Kept, &Release) -> Vec<ReleasedFile>) {
        for kept in self.kept.iter().chain(&self.current) {
            if let Some(release) = self.all.get_mut(kept.release) {
                release.files = files(*kept, release);
                release
                    .files
                    .sort_by(|one, other| one.path.cmp(&other.path));
            }
        }
    }
}

/// `ID.vVERSION`, in letters that every host serves; a name that no language edition of another version can have.
fn new_name(id: &str, version: &str, known: &[&Release]) -> String {
    let mut plain: String = version
        .chars()
        .map(|letter| match letter {
            'a'..='z' | '0'..='9' | '.' => letter,
            'A'..='Z' => letter.to_ascii_lowercase(),
            _ => '-',
        })
        .take(40)
        .collect();
    // A tag of a language starts with two letters or more: `v` and a digit or a hyphen is none.
    if !plain.starts_with(|letter: char| letter.is_ascii_digit()) {
        plain.insert(0, '-');
    }
    let first = format!("{id}.v{}", plain.trim_end_matches('.'));
    let taken = |name: &str| known.iter().any(|release| release.name == name);
    let mut name = first.clone();
    let mut number = 2;
    while taken(&name) {
        name = format!("{first}-{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_none_is_given_twice() {
        let release = |name: &str| Release {
            id: "a".to_owned(),
            version: String::new(),
            name: name.to_owned(),
            address: String::new(),
            files: Vec::new(),
        };
        assert_eq!(new_name("a", "2", &[]), "a.v2");
        assert_eq!(new_name("a", "2026.1.0", &[]), "a.v2026.1.0");
        assert_eq!(new_name("a", "Été/../2", &[]), "a.v--t--..-2");
        assert_eq!(new_name("a", "fr", &[]), "a.v-fr");
        assert_eq!(new_name("a", "", &[]), "a.v-");
        let taken = [release("a.v2"), release("a.v2-2")];
        let taken: Vec<&Release> = taken.iter().collect();
        assert_eq!(new_name("a", "2", &taken), "a.v2-3");
    }
}
