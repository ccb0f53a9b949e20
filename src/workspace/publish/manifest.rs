//! What a build has written: paths, SHA-256 sums and the outputs that made them, in `.gradus-manifest.json` at the top of the
//! catalogue.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::super::{Fault, packs, reason};

/// The name of the manifest in the output folder.
pub const FILE_NAME: &str = ".gradus-manifest.json";

/// The version of the manifest's format.
const VERSION: u32 = 1;

/// The files of one build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: u32,
    /// Sums in hexadecimal, by path with `/`.
    pub files: BTreeMap<String, String>,
    /// The outputs that made each file, sorted, by path. A file that is not named here may be of any output.
    #[serde(default)]
    pub outputs: BTreeMap<String, Vec<String>>,
}

impl Manifest {
    pub(super) fn new(
        files: BTreeMap<String, String>,
        outputs: BTreeMap<String, Vec<String>>,
    ) -> Self {
        Self {
            version: VERSION,
            files,
            outputs,
        }
    }

    /// The outputs other than the given ones that a file belongs to.
    pub(super) fn other_outputs(&self, path: &str, built: &[String]) -> Vec<String> {
        let outputs = self.outputs.get(path).map_or(&[][..], Vec::as_slice);
        let others = outputs.iter().filter(|output| !built.contains(output));
        others.cloned().collect()
    }

    /// The manifest of a folder; an empty one where there is none.
    pub(super) fn read(folder: &Path) -> Result<Self, Fault> {
        let path = folder.join(FILE_NAME);
        let refuse = |why: String| Fault::Unwritable {
            message: format!("`{FILE_NAME}` in the output folder cannot be used: {why}"),
            help: Some(
                "choose another folder with `--out`, or delete this one if nothing in it is yours"
                    .to_owned(),
            ),
        };
        if std::fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(refuse("it is not a file".to_owned()));
        }
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::new(BTreeMap::new(), BTreeMap::new()));
            }
            Err(error) => return Err(refuse(reason(&error))),
        };
        match serde_json::from_slice::<Self>(&text) {
            // Somebody may have written paths into it that no build writes: they lead nowhere.
            Ok(mut manifest) if manifest.version == VERSION => {
                manifest.files.retain(|path, _| super::is_plain(path));
                let files = &manifest.files;
                manifest.outputs.retain(|path, _| files.contains_key(path));
                Ok(manifest)
            }
            Ok(manifest) => Err(refuse(format!(
                "it has version {}, this program knows version {VERSION}",
                manifest.version
            ))),
            Err(_) => Err(refuse("it is damaged".to_owned())),
        }
    }

    /// The manifest as it is written.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// The SHA-256 sum of a content, in hexadecimal.
pub(super) fn sum(contents: &[u8]) -> String {
    packs::digest(contents)
}
