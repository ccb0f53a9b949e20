//! Other people's frameworks: packs of codes, labels and IRIs.
//!
//! In goes the text of a pack (YAML, or a binary form for large ones), out comes a [`pack::Pack`] that answers what stands behind a code,
//! and [`details::Details`] with all the rest. Or in go the files of a publisher's download ([`bundle`]), out comes a
//! pack of them: [`readers`] make a [`release::Release`], [`assemble`] puts it right and counts what it did ([`tally`]).
//! Nothing here reads files: the packs that ship with the program are compiled in ([`bundled`]), others arrive as bytes.
//!
//! Knows nothing of the language's meaning: whether a mapping to a code makes sense is said by the rules.

pub mod assemble;
mod binary;
pub mod bundle;
pub mod bundled;
pub mod details;
pub mod encoding;
mod extra;
pub mod fault;
pub mod file_text;
pub(crate) mod linked;
mod lookup;
mod meaning;
pub mod pack;
pub mod pathways;
mod reader;
pub mod readers;
pub mod release;
pub mod search;
pub mod source;
pub mod tally;
pub mod upgrade;
mod yaml;
