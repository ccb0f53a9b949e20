//! What badges are aligned with in frameworks that ship with the program.

use rustc_hash::FxHashMap;

use crate::import::bundled;
use crate::import::pack::{Pack, StandsFor};
use crate::import::source::{Writer, id_from, quoted};

/// The frameworks that ship with the program, by the addresses of their items.
#[derive(Debug, Default)]
pub struct Known {
    packs: Vec<Pack>,
    by_iri: FxHashMap<String, (usize, usize)>,
    /// What is used, with the alias of each: pack, alias.
    used: Vec<(usize, String)>,
}

impl Known {
    /// Reads all of them.
    pub fn read() -> Self {
        let mut known = Self::default();
        for bundled in bundled::all() {
            let Ok(pack) = Pack::parse(bundled.text) else {
                continue;
            };
            for (item, entry) in pack.items().iter().enumerate() {
                known
                    .by_iri
                    .insert(entry.iri.clone(), (known.packs.len(), item));
            }
            known.packs.push(pack);
        }
        known
    }

    /// How the item at an address is referred to, what it stands for, and its name.
    pub fn item(&mut self, address: &str) -> Option<(String, StandsFor, String)> {
        let &(position, item) = self.by_iri.get(address)?;
        let pack = self.packs.get(position)?;
        let alias = match self.used.iter().find(|(used, _)| *used == position) {
            Some((_, alias)) => alias.clone(),
            None => {
                let taken = self.used.iter().any(|(_, alias)| *alias == pack.id);
                let alias = match taken {
                    true => format!("{}-{}", pack.id, id_from(&pack.version)),
                    false => pack.id.clone(),
                };
                self.used.push((position, alias.clone()));
                alias
            }
        };
        let entry = pack.items().get(item)?;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
        let code = match entry.code.chars().all(plain) {
            true => entry.code.clone(),
            false => quoted(&entry.code),
        };
        Some((
            format!("{alias}:{code}"),
            entry.stands_for,
            entry.label.clone(),
        ))
    }

    /// A `use` for each that was referred to.
    pub fn uses(&self, writer: &mut Writer) {
        for (position, alias) in &self.used {
            let Some(pack) = self.packs.get(*position) else {
                continue;
            };
            let mut line = format!("use {} {}", pack.id, quoted(&pack.version));
            if *alias != pack.id {
                line.push_str(&format!(" as {alias}"));
            }
            writer.line(&line);
        }
    }
}
