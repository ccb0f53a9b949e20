//! The files of a download, in memory: what a folder, an archive or a single file held.
//!
//! Goes in: names and bytes, already unpacked and bounded by whoever opened them. Comes out: the files by name, for
//! recognition and readers. Names are relative, with `/`, never absolute and never with `..`; they are shown, not opened.

use super::tally::Spot;

/// All files of one download, sorted by name.
#[derive(Debug, Clone, Default)]
pub struct Bundle {
    /// What the user named, for messages.
    pub name: String,
    pub files: Vec<BundleFile>,
}

/// One file of a download.
#[derive(Debug, Clone, Default)]
pub struct BundleFile {
    /// Its path in the download, without a `.gz` that was taken off.
    pub path: String,
    pub bytes: Vec<u8>,
}

impl BundleFile {
    /// The last part of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

impl Bundle {
    /// The first file with this name, whatever folder it lies in, and its position for [`Spot::file`]. Upper and lower case
    /// make no difference.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(u32, &BundleFile)> {
        self.indexed()
            .find(|(_, file)| file.name().eq_ignore_ascii_case(name))
    }

    /// All files with their positions.
    pub fn indexed(&self) -> impl Iterator<Item = (u32, &BundleFile)> {
        (0..).zip(&self.files)
    }

    /// A place as users see it: `skills_en.csv:120`.
    #[must_use]
    pub fn shown(&self, spot: Spot) -> String {
        let name = self
            .files
            .get(spot.file as usize)
            .map_or("", |file| file.path.as_str());
        match spot.line {
            0 => name.to_owned(),
            line => format!("{name}:{line}"),
        }
    }
}
