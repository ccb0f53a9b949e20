//! Other people's frameworks: packs of codes, labels and IRIs.
//!
//! In goes the text of a pack (YAML), out comes a [`pack::Pack`] that answers what stands behind a code. Nothing here
//! reads files: the packs that ship with the program are compiled in ([`bundled`]), others arrive as text.
//!
//! Knows nothing of the language's meaning: whether a mapping to a code makes sense is said by the rules.

pub mod bundle;
pub mod bundled;
mod linked;
mod meaning;
pub mod pack;
mod reader;
pub mod readers;
pub mod release;
pub mod search;
pub mod source;
pub mod tally;
