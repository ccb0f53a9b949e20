//! A mapping table as SSSOM/TSV: metadata in a block, references as CURIEs, rows sorted, what all rows share in the block.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::delimited;
use crate::mapping::columns::{Cells, apart, columns};
use crate::mapping::curies::Curies;
use crate::mapping::slots::{self, split};
use crate::mapping::table::Table;

/// The licence of a set that has none: SSSOM's own address for *unspecified*.
const UNSPECIFIED_LICENCE: &str = "https://w3id.org/sssom/license/unspecified";
const UNNAMED_SET: &str = "urn:x-gradus:set:unnamed";
const EXTENSIONS: &str = "extension_definitions";

/// Addresses to CURIEs, each thought about once.
struct Speller {
    curies: Curies,
    known: rustc_hash::FxHashMap<String, String>,
}

impl Speller {
    fn spell(&mut self, address: &str) -> String {
        if let Some(curie) = self.known.get(address) {
            return curie.clone();
        }
        let built_in = slots::BUILT_IN.iter().find_map(|(prefix, expansion)| {
            let local = address.strip_prefix(expansion)?;
            let plain = local.starts_with(|c: char| c.is_ascii_alphanumeric())
                && !local.contains(['/', '#']);
            plain.then(|| format!("{prefix}:{local}"))
        });
        let curie = built_in.unwrap_or_else(|| self.curies.curie(&prefix_name(address), address));
        self.known.insert(address.to_owned(), curie.clone());
        curie
    }
}

/// A name for the prefix of an address: whose code it is, or the part of the host that names it.
fn prefix_name(address: &str) -> String {
    let named = match address.strip_prefix("urn:x-gradus:code:") {
        Some(rest) => rest.split(':').next(),
        None => address.split_once("://").and_then(|(_, rest)| {
            let host = rest.split(['/', '?', '#', ':']).next()?;
            let mut labels = host.rsplit('.').skip(1);
            labels.next()
        }),
    };
    let letters = |c: &char| c.is_ascii_alphanumeric();
    let name: String = named
        .unwrap_or("")
        .chars()
        .filter(letters)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        "ns".to_owned()
    }
}

pub(super) fn write(table: &Table) -> Vec<u8> {
    let mut speller = Speller {
        curies: Curies::default(),
        known: rustc_hash::FxHashMap::default(),
    };
    for (prefix, expansion) in &table.prefixes {
        speller.curies.add_space(prefix, expansion);
    }
    let mut rows: Vec<Cells> = table
        .rows
        .iter()
        .map(|row| apart(table, row, &mut |address| speller.spell(address)))
        .collect();
    let mut about = about(table, &mut speller);
    condense(&mut rows, &mut about);
    let header = columns(&rows);
    let own: Vec<&str> = header
        .iter()
        .map(String::as_str)
        .chain(about.keys().map(String::as_str))
        .filter(|name| {
            slots::of_mapping(name).is_none()
                && slots::of_set(name).is_none()
                && *name != EXTENSIONS
        })
        .collect();
    let extensions = extensions(table.said(EXTENSIONS), &own);
    let block = block(
        &about,
        &speller.curies.map(),
        extensions,
        version(&header, &rows, &about),
    );
    let mut lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            header
                .iter()
                .map(|name| row.get(name).cloned().unwrap_or_default())
                .collect()
        })
        .collect();
    lines.sort();
    let mut contents = block.into_bytes();
    contents.extend(delimited(b'\t', &header, &lines));
    contents
}

/// What is said of the set, references as CURIEs.
fn about(table: &Table, speller: &mut Speller) -> BTreeMap<String, String> {
    let mut about: BTreeMap<String, String> = table
        .about
        .iter()
        .map(|(name, value)| {
            let value = match slots::of_set(name) {
                Some(slot) if slot.reference && slot.many => {
                    let spelled: Vec<String> =
                        split(value).iter().map(|one| speller.spell(one)).collect();
                    slots::join(&spelled)
                }
                Some(slot) if slot.reference => speller.spell(value),
                _ => value.to_string(),
            };
            (name.to_string(), value)
        })
        .collect();
    about.remove("sssom_version");
    for (name, otherwise) in [
        ("license", UNSPECIFIED_LICENCE),
        ("mapping_set_id", UNNAMED_SET),
    ] {
        let given = about.get(name).is_some_and(|value| value.contains(':'));
        if !given {
            about.insert(name.to_owned(), otherwise.to_owned());
        }
    }
    about
}

/// Moves what all rows share into the block, where the standard lets it stand for them.
fn condense(rows: &mut [Cells], about: &mut BTreeMap<String, String>) {
    for slot in slots::MAPPING.iter().filter(|slot| slot.propagates) {
        if about.contains_key(slot.name) {
            continue;
        }
        let Some(value) = rows.first().and_then(|row| row.get(slot.name)).cloned() else {
            continue;
        };
        if rows.iter().all(|row| row.get(slot.name) == Some(&value)) {
            for row in rows.iter_mut() {
                row.remove(slot.name);
            }
            about.insert(slot.name.to_owned(), value);
        }
    }
}

/// `1.1` where something of it is used; sets of 1.0 say nothing.
fn version(
    header: &[String],
    rows: &[Cells],
    about: &BTreeMap<String, String>,
) -> Option<&'static str> {
    let newer = |name: &str| {
        slots::MAPPING
            .iter()
            .chain(slots::SET)
            .any(|slot| slot.name == name && slot.since_1_1)
    };
    let used = header.iter().any(|name| newer(name)) || about.keys().any(|name| newer(name));
    let cardinality = rows.iter().any(|row| {
        let said = row.get("mapping_cardinality");
        said.is_some_and(|said| matches!(said.as_str(), "1:0" | "0:1" | "0:0"))
    });
    let composed = rows.iter().any(|row| {
        ["subject_type", "object_type"]
            .iter()
            .any(|name| row.get(*name).map(String::as_str) == Some("composed entity expression"))
    });
    (used || cardinality || composed).then_some("1.1")
}

/// The definitions of columns and keys that the standard does not know: those of the file that was read, and one for each other.
fn extensions(known: Option<&str>, own: &[&str]) -> Vec<Value> {
    let mut definitions: Vec<Value> = known
        .and_then(|json| serde_json::from_str::<Vec<Value>>(json).ok())
        .unwrap_or_default();
    let name_of = |definition: &Value| {
        let name = definition.get("slot_name").and_then(Value::as_str);
        name.map(str::to_owned)
    };
    // References in definitions would need prefixes of their own; full addresses need none.
    definitions.retain(|definition| name_of(definition).is_some());
    let defined: Vec<String> = definitions.iter().filter_map(name_of).collect();
    let mut missing: Vec<&str> = own
        .iter()
        .copied()
        .filter(|name| !defined.iter().any(|one| one == name))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    for name in missing {
        let mut definition = Mapping::new();
        definition.insert(Value::from("slot_name"), Value::from(name));
        definitions.push(Value::Mapping(definition));
    }
    definitions
}

fn block(
    about: &BTreeMap<String, String>,
    prefixes: &BTreeMap<&str, &str>,
    extensions: Vec<Value>,
    version: Option<&str>,
) -> String {
    let mut said = Mapping::new();
    if let Some(version) = version {
        said.insert(Value::from("sssom_version"), Value::from(version));
    }
    if !prefixes.is_empty() {
        let map: Mapping = prefixes
            .iter()
            .map(|(prefix, expansion)| (Value::from(*prefix), Value::from(*expansion)))
            .collect();
        said.insert(Value::from("curie_map"), Value::Mapping(map));
    }
    let standard = slots::SET.iter().map(|slot| slot.name);
    let others = about
        .keys()
        .map(String::as_str)
        .filter(|name| slots::of_set(name).is_none() && *name != EXTENSIONS);
    for name in standard.chain(others) {
        let Some(value) = about.get(name) else {
            continue;
        };
        let value = match slots::of_set(name).or_else(|| slots::of_mapping(name)) {
            Some(slot) if slot.many => {
                Value::Sequence(split(value).into_iter().map(Value::from).collect())
            }
            _ if matches!(name, "mapping_set_confidence") => value
                .parse::<f64>()
                .map_or_else(|_| Value::from(value.as_str()), Value::from),
            _ => Value::from(value.as_str()),
        };
        said.insert(Value::from(name), value);
    }
    if !extensions.is_empty() {
        said.insert(Value::from(EXTENSIONS), Value::Sequence(extensions));
    }
    let yaml = serde_yaml::to_string(&Value::Mapping(said)).unwrap_or_default();
    yaml.lines().fold(String::new(), |mut block, line| {
        block.push('#');
        block.push_str(line);
        block.push('\n');
        block
    })
}
