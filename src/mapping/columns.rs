//! A row as named texts, and back: the one shape that all file formats of tables share.
//!
//! Names are those of SSSOM's slots; two columns are ours: `gradus_state` (left out where a row is settled) and `derived_from` (the
//! paths of a derived row, a bar between them). How an address is spelled is the format's business, so both directions take a
//! function for it. Invariant: a row that is taken apart and put together again is the same row.

use std::collections::BTreeMap;

use super::path::Path;
use super::slots::{self, Slot};
use super::table::{Predicate, Row, State, Table, Term, expand_built_in, justification};

/// How far a row has come, where it is not settled.
pub const STATE: &str = "gradus_state";
/// How a derived row came about.
pub const DERIVED_FROM: &str = "derived_from";
/// What `subject_type` and `object_type` say where there are words and no address.
pub const LITERAL: &str = "rdfs literal";

/// Texts by the name of their column.
pub type Cells = BTreeMap<String, String>;

/// A row as named texts. `spell` turns an address into what the format writes.
pub fn apart(table: &Table, row: &Row, spell: &mut dyn FnMut(&str) -> String) -> Cells {
    let mut cells = Cells::new();
    let mut put = |name: &str, value: String| {
        if !value.is_empty() {
            cells.insert(name.to_owned(), value);
        }
    };
    for (name, value) in &row.slots {
        let value = match slots::of_mapping(name) {
            Some(Slot {
                reference: true,
                many: true,
                ..
            }) => {
                let spelled: Vec<String> =
                    slots::split(value).iter().map(|one| spell(one)).collect();
                slots::join(&spelled)
            }
            Some(Slot {
                reference: true, ..
            }) => spell(value),
            _ => value.to_string(),
        };
        put(name, value);
    }
    let mut side = |id,
                    [id_slot, label_slot]: [&str; 2],
                    label: Option<&str>,
                    put: &mut dyn FnMut(&str, String)| {
        match table.term(id) {
            Term::Address(address) => put(id_slot, spell(address)),
            Term::Literal(words) => put(label_slot, words.to_string()),
        }
        if let Some(label) = label {
            put(label_slot, label.to_owned());
        }
    };
    side(
        row.subject,
        ["subject_id", "subject_label"],
        row.subject_label.as_deref(),
        &mut put,
    );
    side(
        row.object,
        ["object_id", "object_label"],
        row.object_label.as_deref(),
        &mut put,
    );
    for (id, slot) in [(row.subject, "subject_type"), (row.object, "object_type")] {
        if matches!(table.term(id), Term::Literal(_)) {
            put(slot, LITERAL.to_owned());
        }
    }
    put("predicate_id", spell(&row.predicate.address()));
    if row.negated {
        put("predicate_modifier", "Not".to_owned());
    }
    put("mapping_justification", spell(&row.justification));
    if let Some(confidence) = row.confidence {
        put("confidence", confidence.to_string());
    }
    if row.state != State::Settled {
        put(STATE, row.state.word().to_owned());
    }
    if !row.paths.is_empty() {
        let paths: Vec<String> = row
            .paths
            .iter()
            .map(|path| {
                // No mutable borrow across the closure: spell each term first.
                let names: std::collections::HashMap<_, _> = path
                    .terms()
                    .map(|id| (id, spell(table.term(id).text())))
                    .collect();
                path.text(&|id| names.get(&id).cloned().unwrap_or_default())
            })
            .collect();
        put(DERIVED_FROM, slots::join(&paths));
    }
    cells
}

/// What keeps named texts from being a row, in words that read well after a number.
pub type Refusal = &'static str;

/// A row of named texts. `read` turns what the format writes into an address.
///
/// # Errors
/// Where one of the three parts of a mapping is missing.
pub fn together(
    table: &mut Table,
    mut cells: Cells,
    read: &mut dyn FnMut(&str) -> String,
) -> Result<Row, Refusal> {
    cells.retain(|_, value| !value.is_empty());
    let subject = end(table, &mut cells, "subject", read).ok_or("rows without a subject")?;
    let object = end(table, &mut cells, "object", read).ok_or("rows without an object")?;
    let predicate = cells
        .remove("predicate_id")
        .ok_or("rows without a predicate")?;
    let mut row = Row::new(subject, predicate_of(&read(&predicate)), object);
    row.justification = match cells.remove("mapping_justification") {
        Some(said) => read(&said).into(),
        None => justification("UnspecifiedMatching"),
    };
    if cells.get("predicate_modifier").map(String::as_str) == Some("Not") {
        row.negated = true;
        cells.remove("predicate_modifier");
    }
    let number = cells
        .get("confidence")
        .and_then(|said| said.parse::<f64>().ok())
        .filter(|number| (0.0..=1.0).contains(number));
    if number.is_some() {
        row.confidence = number;
        cells.remove("confidence");
    }
    if let Some(state) = cells.get(STATE).and_then(|word| State::of_word(word)) {
        row.state = state;
        cells.remove(STATE);
    }
    let paths = cells.get(DERIVED_FROM).and_then(|said| {
        slots::split(said)
            .iter()
            .map(|path| {
                Path::read(
                    path,
                    &mut |name| {
                        let address = read(name);
                        table.address(&address)
                    },
                    &predicate_of,
                )
            })
            .collect::<Option<Vec<Path>>>()
    });
    if let Some(paths) = paths {
        row.paths = paths;
        cells.remove(DERIVED_FROM);
    }
    let label = |cells: &mut Cells, id, name: &str| {
        let label = cells.remove(name)?;
        let own_words = matches!(table.term(id), Term::Literal(words) if **words == *label);
        (!own_words).then(|| label.as_str().into())
    };
    row.subject_label = label(&mut cells, subject, "subject_label");
    row.object_label = label(&mut cells, object, "object_label");
    for (name, value) in cells {
        let value = match slots::of_mapping(&name) {
            Some(Slot {
                reference: true,
                many: true,
                ..
            }) => {
                let full: Vec<String> = slots::split(&value).iter().map(|one| read(one)).collect();
                slots::join(&full)
            }
            Some(Slot {
                reference: true, ..
            }) => read(&value),
            _ => value,
        };
        row.set(&name, &value);
    }
    Ok(row)
}

fn predicate_of(address: &str) -> Predicate {
    let full = if address.contains("://") {
        None
    } else {
        expand_built_in(address)
    };
    Predicate::of_address(full.as_deref().unwrap_or(address))
}

/// One end of a row: by its address, or by its words where the row says that it has no other.
fn end(
    table: &mut Table,
    cells: &mut Cells,
    side: &str,
    read: &mut dyn FnMut(&str) -> String,
) -> Option<super::table::TermId> {
    let kind = format!("{side}_type");
    if let Some(id) = cells.remove(&format!("{side}_id")) {
        let address = read(&id);
        return Some(table.address(&address));
    }
    if cells.get(&kind).map(String::as_str) != Some(LITERAL) {
        return None;
    }
    let words = cells.get(&format!("{side}_label"))?;
    let id = table.intern(Term::Literal(words.as_str().into()));
    cells.remove(&kind);
    Some(id)
}

/// The columns of a table in order: those of the standard that any row has, then the others by name. The parts that every
/// mapping has stand there even where no row has them.
#[must_use]
pub fn columns(rows: &[Cells]) -> Vec<String> {
    let used: std::collections::BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row.keys().map(String::as_str))
        .chain([
            "subject_id",
            "predicate_id",
            "object_id",
            "mapping_justification",
        ])
        .collect();
    let standard = slots::MAPPING
        .iter()
        .map(|slot| slot.name)
        .filter(|name| used.contains(name));
    let others = used
        .iter()
        .copied()
        .filter(|name| slots::of_mapping(name).is_none());
    standard.chain(others).map(str::to_owned).collect()
}
