//! The readers: one for each format of a download, and the choice among them by what the files hold.
//!
//! Goes in: a [`Bundle`]. Comes out: a [`Release`](super::release::Release) for each framework in it, or one plain sentence that says why not. A reader recognizes its format by
//! names of columns, keys or elements, never by the name of the download alone. It keeps everything it reads and puts
//! nothing right that is not peculiar to its format; [`super::assemble`] does that for all of them.
//!
//! A new reader is a file here and a line in [`READERS`]. What readers share stands in files of its own ([`reader`], [`super::fault`],
//! [`super::file_text`]): readers know nothing of this list.

pub mod apart;
pub mod asn;
pub mod badges;
pub mod case;
pub mod ctdl;
pub mod dcwf;
pub mod digcomp;
mod esco;
mod json;
#[cfg(test)]
mod mutation_tests;
pub mod nice;
mod notes;
mod onet;
mod reader;
#[cfg(test)]
mod real_files;
pub mod rows;
pub mod rsd;
mod short;
pub mod skos;
pub mod table;
#[cfg(test)]
mod tests_support;

pub use reader::Reader;

use super::bundle::Bundle;

/// All readers, sorted by name. Where several recognize a download, the first one reads it: a general format leaves what
/// is peculiar to a special one alone.
pub static READERS: &[Reader] = &[
    asn::READER,
    case::READER,
    ctdl::READER,
    dcwf::READER,
    digcomp::READER,
    esco::READER,
    nice::READER,
    onet::READER,
    rsd::READER,
    skos::READER,
    table::READER,
];

/// The reader for a download: the first one that recognizes it.
#[must_use]
pub fn recognize(bundle: &Bundle) -> Option<&'static Reader> {
    READERS.iter().find(|reader| (reader.recognize)(bundle))
}

/// The reader of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Reader> {
    READERS.iter().find(|reader| reader.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_are_sorted_and_named_once() {
        assert!(READERS.windows(2).all(|two| two[0].name < two[1].name));
    }
}
