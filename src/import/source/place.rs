//! Where source text is written to: what the project has already, so that nothing is declared twice.
//!
//! Goes in: names and addresses of a project. Comes out: answers to whether something is there. An empty one is an empty project.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::is_word;
use crate::import::fault::ReadFault;
use crate::import::meaning::is_kebab_case;

/// What the project has that the text is written for.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The id that the user wants.
    pub id: Option<String>,
    /// Names at the top of the project.
    pub taken: BTreeSet<String>,
    /// Its issuers, by their addresses and by their names.
    pub issuers: BTreeMap<String, String>,
    /// Items of its frameworks by their addresses.
    pub items: BTreeMap<String, String>,
    /// Addresses of its credentials.
    pub credentials: BTreeSet<String>,
}

impl Place {
    /// The id that the user wants, if it can be one.
    ///
    /// # Errors
    /// It is no id, or has a meaning of its own in the language.
    pub fn wanted(&self) -> Result<Option<&str>, ReadFault> {
        let Some(id) = self.id.as_deref() else {
            return Ok(None);
        };
        if !is_kebab_case(id) || is_word(id) {
            let why = match is_kebab_case(id) {
                true => "is a word of the language",
                false => "is not an id: lower-case letters, digits and hyphens, a letter first",
            };
            return Err(
                ReadFault::new(format!("`{id}` {why}")).help("give another one with `--as`")
            );
        }
        Ok(Some(id))
    }
}
