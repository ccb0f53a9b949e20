//! The list of rules, sorted by name.

use super::Entry;

/// Every rule there is, sorted by name.
pub static RULES: &[Entry] = &[];
