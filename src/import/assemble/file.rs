//! The file of a pack: which form it takes, and its name.
//!
//! Goes in: a pack with its details. Comes out: name and bytes. What comes out was read back and compared before it is handed over.

use super::super::details::Details;
use super::super::pack::Pack;
use super::super::{binary, yaml};
use super::NO_VERSION;
use crate::import::fault::ReadFault;

/// The largest framework that is written for people to read and edit, in items and in bytes.
const LARGEST_YAML_ITEMS: usize = 500;
const LARGEST_YAML_BYTES: usize = 1 << 20;

/// A pack as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Its name below `frameworks/`.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl PackFile {
    /// What is a pack file already, under the name that it has in a project.
    #[must_use]
    pub fn of(pack: &Pack, bytes: Vec<u8>) -> PackFile {
        let ending = if binary::is_binary(&bytes) {
            binary::ENDING
        } else {
            "yaml"
        };
        PackFile {
            name: format!("{}.{ending}", stem(&pack.id, &pack.version)),
            bytes,
        }
    }
}

/// The name without its ending. An id is harmless by its form, a version may be anything.
pub(super) fn stem(id: &str, version: &str) -> String {
    // Such a pack is only looked at, and never written.
    if version == NO_VERSION {
        return format!("{id}-VERSION");
    }
    format!("{id}-{}", in_file_name(version))
}

pub(super) fn write(pack: &Pack, details: &Details) -> Result<PackFile, ReadFault> {
    let name = stem(&pack.id, &pack.version);
    if pack.items().len() <= LARGEST_YAML_ITEMS {
        let text = yaml::write(pack, details);
        if text.len() <= LARGEST_YAML_BYTES && is_sound(pack, details, text.as_bytes()) {
            return Ok(PackFile {
                name: format!("{name}.yaml"),
                bytes: text.into_bytes(),
            });
        }
    }
    let bytes = binary::encode(pack, details);
    if !is_sound(pack, details, &bytes) {
        let why = match Details::open(&bytes) {
            Err(faults) => faults
                .first()
                .map_or(String::new(), |fault| format!(": {}", fault.message)),
            Ok(_) => String::new(),
        };
        return Err(ReadFault::new(format!(
            "the pack that was made of it cannot be read back{why}"
        )));
    }
    Ok(PackFile {
        name: format!("{name}.{}", binary::ENDING),
        bytes,
    })
}

/// Whether what was written is read back as the same.
fn is_sound(pack: &Pack, details: &Details, bytes: &[u8]) -> bool {
    Details::open(bytes).is_ok_and(|(again, told)| {
        again.items() == pack.items()
            && told.relations().len() == details.relations().len()
            && pack.indexes().all(|item| {
                told.texts(item).count() == details.texts(item).count()
                    && told.fields(item).is_some() == details.fields(item).is_some()
            })
    })
}

/// A version as a part of a file name: in Latin letters, whatever it is written in.
fn in_file_name(version: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    let mut name = String::new();
    for letter in version.chars() {
        let spelled = any_ascii::any_ascii_char(letter);
        let spelled = if spelled.is_empty() { "-" } else { spelled };
        name.extend(
            spelled
                .chars()
                .map(|letter| if is_plain(letter) { letter } else { '-' }),
        );
    }
    name
}

#[cfg(test)]
mod tests {
    use super::in_file_name;

    #[test]
    fn versions_can_be_read_in_the_names_of_files() {
        for (version, name) in [
            ("1.0-b_2", "1.0-b_2"),
            ("ü", "u"),
            ("Версия-2", "Versiya-2"),
            ("../x", "..-x"),
            ("\u{e000}", "-"),
        ] {
            assert_eq!(in_file_name(version), name);
        }
    }
}
