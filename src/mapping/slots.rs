//! The slots of a mapping and of a mapping set in SSSOM 1.1, in the order of its model.
//!
//! Goes in: the name of a column or of a key. Comes out: whether the standard knows it, whether it holds several values,
//! whether these are references (CURIEs in files, addresses in tables), and whether a value in the metadata block
//! stands for all rows. Source: SSSOM 1.1, data model and "Propagation of mapping set slots".

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// What a slot holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Its name.
    pub name: &'static str,
    /// Several values, with a bar between them.
    pub many: bool,
    /// The values are references to entities.
    pub reference: bool,
    /// A value of the set stands for all its rows.
    pub propagates: bool,
    /// It came with version 1.1.
    pub since_1_1: bool,
}

const fn text(name: &'static str) -> Slot {
    Slot {
        name,
        many: false,
        reference: false,
        propagates: false,
        since_1_1: false,
    }
}

impl Slot {
    const fn many(mut self) -> Self {
        self.many = true;
        self
    }

    const fn reference(mut self) -> Self {
        self.reference = true;
        self
    }

    const fn propagates(mut self) -> Self {
        self.propagates = true;
        self
    }

    const fn newer(mut self) -> Self {
        self.since_1_1 = true;
        self
    }
}

/// The slots of a mapping, in canonical order of columns.
pub static MAPPING: &[Slot] = &[
    text("record_id").reference().newer(),
    text("subject_id").reference(),
    text("subject_label"),
    text("subject_category"),
    text("predicate_id").reference(),
    text("predicate_label"),
    text("predicate_modifier"),
    text("object_id").reference(),
    text("object_label"),
    text("object_category"),
    text("mapping_justification").reference(),
    text("author_id").many().reference(),
    text("author_label").many(),
    text("reviewer_id").many().reference(),
    text("reviewer_label").many(),
    text("creator_id").many().reference(),
    text("creator_label").many(),
    text("license"),
    text("subject_type").propagates(),
    text("subject_source").reference().propagates(),
    text("subject_source_version").propagates(),
    text("object_type").propagates(),
    text("object_source").reference().propagates(),
    text("object_source_version").propagates(),
    text("predicate_type").propagates().newer(),
    text("mapping_provider").propagates(),
    text("mapping_source").reference(),
    text("mapping_cardinality"),
    text("cardinality_scope").many().propagates().newer(),
    text("mapping_tool").propagates(),
    text("mapping_tool_id").reference().newer(),
    text("mapping_tool_version").propagates(),
    text("mapping_date").propagates(),
    text("publication_date"),
    text("review_date").newer(),
    text("confidence"),
    text("reviewer_agreement").newer(),
    text("curation_rule").many().reference().propagates(),
    text("curation_rule_text").many().propagates(),
    text("subject_match_field").many().reference().propagates(),
    text("object_match_field").many().reference().propagates(),
    text("match_string").many(),
    text("subject_preprocessing")
        .many()
        .reference()
        .propagates(),
    text("object_preprocessing").many().reference().propagates(),
    text("similarity_score"),
    text("similarity_measure").propagates(),
    text("see_also").many(),
    text("issue_tracker_item").reference(),
    text("other"),
    text("comment"),
];

/// The slots of a mapping set that no mapping has, in the order of the model (the rest is as in [`MAPPING`]).
pub static SET: &[Slot] = &[
    text("sssom_version"),
    text("mapping_set_id"),
    text("mapping_set_version"),
    text("mapping_set_source").many(),
    text("mapping_set_title"),
    text("mapping_set_description"),
    text("mapping_set_confidence").newer(),
    text("creator_id").many().reference(),
    text("creator_label").many(),
    text("license"),
    text("subject_type"),
    text("subject_source").reference(),
    text("subject_source_version"),
    text("object_type"),
    text("object_source").reference(),
    text("object_source_version"),
    text("predicate_type").newer(),
    text("mapping_provider"),
    text("cardinality_scope").many().newer(),
    text("mapping_tool"),
    text("mapping_tool_id").reference().newer(),
    text("mapping_tool_version"),
    text("mapping_date"),
    text("publication_date"),
    text("subject_match_field").many().reference(),
    text("object_match_field").many().reference(),
    text("subject_preprocessing").many().reference(),
    text("object_preprocessing").many().reference(),
    text("similarity_measure"),
    text("curation_rule").many().reference(),
    text("curation_rule_text").many(),
    text("see_also").many(),
    text("issue_tracker"),
    text("other"),
    text("comment"),
];

/// Prefixes that SSSOM has built in and that a set may not define anew, with what they stand for.
pub static BUILT_IN: &[(&str, &str)] = &[
    ("linkml", "https://w3id.org/linkml/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("semapv", "https://w3id.org/semapv/vocab/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("sssom", "https://w3id.org/sssom/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The slot of a mapping with this name.
#[must_use]
pub fn of_mapping(name: &str) -> Option<&'static Slot> {
    static BY_NAME: OnceLock<FxHashMap<&str, &Slot>> = OnceLock::new();
    BY_NAME.get_or_init(|| by_name(MAPPING)).get(name).copied()
}

/// The slot of a set with this name.
#[must_use]
pub fn of_set(name: &str) -> Option<&'static Slot> {
    static BY_NAME: OnceLock<FxHashMap<&str, &Slot>> = OnceLock::new();
    BY_NAME.get_or_init(|| by_name(SET)).get(name).copied()
}

/// Every cell of a table asks for its slot, so looking through the list would show.
fn by_name(slots: &'static [Slot]) -> FxHashMap<&'static str, &'static Slot> {
    slots.iter().map(|slot| (slot.name, slot)).collect()
}

/// Splits a cell of several values: a bar separates, `\|` and `\\` stand for themselves (SSSOM/TSV).
#[must_use]
pub fn split(cell: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut current = String::new();
    let mut characters = cell.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some(&next @ ('|' | '\\'))) => {
                current.push(next);
                characters.next();
            }
            ('|', _) => parts.push(std::mem::take(&mut current)),
            _ => current.push(character),
        }
    }
    parts.push(current);
    parts
}

/// Puts several values into one cell.
#[must_use]
pub fn join(values: &[impl AsRef<str>]) -> String {
    let escaped: Vec<String> = values
        .iter()
        .map(|value| value.as_ref().replace('\\', "\\\\").replace('|', "\\|"))
        .collect();
    escaped.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_in_values_survive() {
        let values = ["a|b", r"c\", "d"];
        assert_eq!(join(&values), r"a\|b|c\\|d");
        assert_eq!(split(&join(&values)), values);
        assert_eq!(split(r"C\C"), [r"C\C"]);
    }
}
