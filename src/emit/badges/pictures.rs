//! The picture of each credential and issuer: a file of the project, an address of the web, or the drawn badge.
//!
//! Goes in: a project and the files its text refers to. Comes out: which picture stands for what, and the files to publish.
//! Invariants: every named file has one path below `images/`, of plain letters only, that no other file has (also where
//! upper and lower case are the same), and that does not depend on the order of declaration.

use std::collections::{BTreeMap, BTreeSet};

use crate::emit::{OutputFile, badge_image, paths};
use crate::model::release::SHARED;
use crate::model::{CredentialId, Image, IssuerId, Project};

/// The picture of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// The drawn badge.
    Drawn {
        /// Where it is published.
        address: String,
    },
    /// One that the author names.
    Named {
        /// Where it is published.
        address: String,
    },
}

impl Picture {
    /// Where it is published.
    #[must_use]
    pub fn address(&self) -> &str {
        match self {
            Self::Drawn { address } | Self::Named { address } => address,
        }
    }

    /// Whether it is the drawn badge.
    #[must_use]
    pub const fn is_drawn(&self) -> bool {
        match self {
            Self::Drawn { .. } => true,
            Self::Named { .. } => false,
        }
    }
}

/// A file of the project that is published as a picture.
#[derive(Debug)]
struct Published<'a> {
    path: String,
    contents: &'a [u8],
    /// PNG or SVG, the only forms that Open Badges 2.0 knows.
    is_png_or_svg: bool,
}

/// All pictures of a project.
#[derive(Debug)]
pub struct Pictures<'a> {
    project: &'a Project,
    /// By the path in the text.
    named: BTreeMap<String, Published<'a>>,
}

/// What `image` says.
enum Wanted<'a> {
    File(String),
    Web(std::borrow::Cow<'a, str>),
}

fn wanted<'a>(project: &'a Project, image: &Image) -> Wanted<'a> {
    let path = project.text(image.path);
    match super::web_address(path.clone()) {
        Some(address) => Wanted::Web(address),
        None => Wanted::File(path.into_owned()),
    }
}

impl<'a> Pictures<'a> {
    /// Finds a path for every file that a credential or issuer names.
    #[must_use]
    pub fn new(project: &'a Project, assets: &'a BTreeMap<String, Vec<u8>>) -> Self {
        let credentials = project.credentials.as_slice().iter();
        let credentials = credentials.filter(|credential| super::is_published(credential));
        let credentials = credentials.filter_map(|credential| credential.image.as_ref());
        let issuers = project.issuers.as_slice().iter();
        let issuers = issuers.filter_map(|issuer| issuer.image.as_ref());
        let mut files: BTreeMap<String, &'a [u8]> = BTreeMap::new();
        for image in credentials.chain(issuers) {
            if let Wanted::File(path) = wanted(project, image)
                && let Some(contents) = assets.get(&path)
            {
                files.insert(path, contents);
            }
        }
        let mut pictures = Self {
            project,
            named: BTreeMap::new(),
        };
        let plain = |path: &str, contents| is_png(path, contents) || is_svg(path, contents);
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for (id, credential) in project.credentials.iter() {
            let named_everywhere =
                credential
                    .image
                    .as_ref()
                    .is_some_and(|image| match wanted(project, image) {
                        Wanted::Web(address) => is_web_png_or_svg(&address),
                        Wanted::File(path) => files
                            .get(&path)
                            .is_some_and(|contents| plain(&path, contents)),
                    });
            if !named_everywhere {
                taken.insert(paths::drawn_image(project, id).path.to_lowercase());
            }
        }
        // Pictures of versions that were released earlier stay where they are.
        let released: BTreeMap<String, &[u8]> = project
            .releases
            .kept()
            .flat_map(|(_, release)| &release.files)
            .filter(|file| file.output == SHARED)
            .map(|file| (file.path.to_lowercase(), &*file.contents))
            .collect();
        for (written, contents) in files {
            let mut path = format!("images/{}", file_name(&written, None));
            let earlier = released.get(&path.to_lowercase());
            if earlier.is_some_and(|&earlier| earlier != contents) {
                path = format!("images/{}", file_name(&written, Some(fnv(contents))));
            }
            if !taken.insert(path.to_lowercase()) {
                path = format!(
                    "images/{}",
                    file_name(&written, Some(fnv(written.as_bytes())))
                );
                taken.insert(path.to_lowercase());
            }
            let is_png_or_svg = plain(&written, contents);
            pictures.named.insert(
                written,
                Published {
                    path,
                    contents,
                    is_png_or_svg,
                },
            );
        }
        pictures
    }

    /// The address of a named picture, where there is one.
    fn named(&self, image: Option<&Image>, only_png_or_svg: bool) -> Option<String> {
        match wanted(self.project, image?) {
            Wanted::Web(address) => {
                (!only_png_or_svg || is_web_png_or_svg(&address)).then(|| address.into_owned())
            }
            Wanted::File(path) => self
                .named
                .get(&path)
                .filter(|file| !only_png_or_svg || file.is_png_or_svg)
                .map(|file| paths::address(self.project, &file.path)),
        }
    }

    fn or_drawn(&self, id: CredentialId, named: Option<String>) -> Picture {
        match named {
            Some(address) => Picture::Named { address },
            None => Picture::Drawn {
                address: paths::drawn_image(self.project, id).address,
            },
        }
    }

    /// The picture of a credential: the one it names, or the drawn badge.
    #[must_use]
    pub fn of_credential(&self, id: CredentialId) -> Picture {
        let image = self.project.credentials[id].image.as_ref();
        self.or_drawn(id, self.named(image, false))
    }

    /// The picture of a credential where only PNG and SVG will do.
    #[must_use]
    pub fn png_or_svg_of_credential(&self, id: CredentialId) -> Picture {
        let image = self.project.credentials[id].image.as_ref();
        self.or_drawn(id, self.named(image, true))
    }

    /// The address of an issuer's picture.
    #[must_use]
    pub fn of_issuer(&self, id: IssuerId) -> Option<String> {
        self.named(self.project.issuers[id].image.as_ref(), false)
    }

    /// The address of an issuer's picture where only PNG and SVG will do.
    #[must_use]
    pub fn png_or_svg_of_issuer(&self, id: IssuerId) -> Option<String> {
        self.named(self.project.issuers[id].image.as_ref(), true)
    }

    /// The named files as they are published.
    #[must_use]
    pub fn files(&self, only_png_or_svg: bool) -> Vec<OutputFile> {
        self.named
            .values()
            .filter(|file| !only_png_or_svg || file.is_png_or_svg)
            .map(|file| OutputFile {
                path: file.path.clone(),
                contents: file.contents.to_vec(),
            })
            .collect()
    }

    /// The drawn badge of a credential as a file.
    #[must_use]
    pub fn draw(&self, id: CredentialId) -> OutputFile {
        OutputFile {
            path: paths::drawn_image(self.project, id).path,
            contents: badge_image::draw(self.project, id).into_bytes(),
        }
    }
}

fn extension(path: &str) -> String {
    path.rsplit_once('.')
        .map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

fn is_png(path: &str, contents: &[u8]) -> bool {
    extension(path) == "png" && contents.starts_with(b"\x89PNG\r\n\x1a\n")
}

fn is_svg(path: &str, contents: &[u8]) -> bool {
    extension(path) == "svg" && memchr::memmem::find(contents, b"<svg").is_some()
}

fn is_web_png_or_svg(address: &str) -> bool {
    matches!(extension(address).as_str(), "png" | "svg")
}

/// The file name of a path, of plain letters, with a mark before its ending if there is one.
fn file_name(path: &str, mark: Option<u32>) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let mut plain: String = name
        .chars()
        .map(|character| match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => character,
            _ => '-',
        })
        .collect();
    let start = plain.len() - plain.trim_start_matches(['.', '-']).len();
    plain.drain(..start);
    if plain.is_empty() {
        plain.push_str("image");
    }
    let Some(mark) = mark else {
        return plain;
    };
    match plain.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{mark:08x}.{ending}"),
        None => format!("{plain}-{mark:08x}"),
    }
}

/// FNV-1a, 32 bits: a mark that is the same everywhere.
pub(in crate::emit) fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_plain() {
        assert_eq!(
            file_name("images/chart-reader.svg", None),
            "chart-reader.svg"
        );
        assert_eq!(file_name("a b/Über uns.PNG", None), "ber-uns.PNG");
        assert_eq!(file_name("x/../.hidden", None), "hidden");
        assert_eq!(file_name("///", None), "image");
        assert_eq!(file_name("a/b.svg", Some(0x1f)), "b-0000001f.svg");
    }
}
