//! The union of two tables: one row for each statement.
//!
//! Goes in: two tables. Comes out: the rows of both, with what was put together counted. Nothing that a person said is lost to what was
//! derived.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use super::chain::{Outcome, derived_id};
use super::table::{Predicate, Row, State, Table, TermId};

/// The rows of both tables. Where both say the same, one row stays: the one that a person made rather than a derived one, then
/// the more confident, then the first table's. It takes in what the other says beyond it: authors, comments, ways.
/// A derived row goes where a person has said anything of the same pair.
#[must_use]
pub fn union(left: &Table, right: &Table) -> Outcome {
    let mut table = left.clone();
    let ids: Vec<TermId> = right
        .terms()
        .iter()
        .map(|term| table.intern(term.clone()))
        .collect();
    let id = |old: TermId| ids.get(old.0 as usize).copied().unwrap_or(old);
    table.about = about_both(left, right);
    for (prefix, expansion) in &right.prefixes {
        table
            .prefixes
            .entry(prefix.clone())
            .or_insert_with(|| expansion.clone());
    }
    // What only one set says of all its rows must not be said of the other's.
    let spread = |table: &mut Table, from: &Table, rows: std::ops::Range<usize>| {
        let spread = super::slots::MAPPING.iter();
        for slot in spread.filter(|slot| slot.propagates || slot.name == "license") {
            if left.said(slot.name) == right.said(slot.name) {
                continue;
            }
            table.about.remove(slot.name);
            if let (Some(value), Some(rows)) =
                (from.said(slot.name), table.rows.get_mut(rows.clone()))
            {
                for row in rows {
                    if row.slot(slot.name).is_none() {
                        row.set(slot.name, value);
                    }
                }
            }
        }
    };
    let of_left = table.rows.len();
    spread(&mut table, left, 0..of_left);
    table.rows.extend(right.rows.iter().map(|row| Row {
        subject: id(row.subject),
        object: id(row.object),
        paths: row.paths.iter().map(|path| path.with_ids(&id)).collect(),
        ..row.clone()
    }));
    let all = table.rows.len();
    spread(&mut table, right, of_left..all);
    let mut notes = Vec::new();
    let merged = keep_strongest(&mut table);
    if merged.rows > 0 {
        notes.push((
            "rows that say the same as another one, put together with it".to_owned(),
            merged.rows,
        ));
    }
    if merged.differing > 0 {
        notes.push((
            "of these say something else beside it; what the stronger row says was kept".to_owned(),
            merged.differing,
        ));
    }
    let outranked = drop_outranked(&mut table);
    if outranked > 0 {
        notes.push((
            "derived rows left out, because somebody has mapped the same pair by hand".to_owned(),
            outranked,
        ));
    }
    Outcome { table, notes }
}

/// What is said of two sets together: what both say. An empty table has nothing to say against the other one.
/// Different licences are said of the rows; the new set has an id of its own and names those that it was put together from.
fn about_both(left: &Table, right: &Table) -> super::table::Slots {
    for (empty, other) in [(left, right), (right, left)] {
        if empty.rows.is_empty() && empty.about.is_empty() {
            return other.about.clone();
        }
    }
    let mut both = Table::default();
    both.about.clone_from(&left.about);
    both.about
        .retain(|name, value| right.about.get(name) == Some(value));
    if left.said("mapping_set_id") != right.said("mapping_set_id") {
        let mut sources: Vec<String> = Vec::new();
        let mut first = None;
        for table in [left, right] {
            let id = table.said("mapping_set_id");
            // A union names what it was made of, and not itself.
            let without = id.and_then(|id| id.strip_suffix(UNION)?.strip_suffix(['#', '-']));
            // A set may have such a name of its own.
            let is_made = |base: &&str| Some(derived_id(base, UNION).as_str()) == id;
            let (base, made_of) = match table.said("mapping_set_source") {
                Some(source) if without.filter(is_made).is_some() => (without, Some(source)),
                Some(_) | None => (id, id),
            };
            first = first.or(base);
            for one in made_of.map(super::slots::split).unwrap_or_default() {
                if !sources.contains(&one) {
                    sources.push(one);
                }
            }
        }
        if let Some(first) = first {
            both.say("mapping_set_id", &derived_id(first, UNION));
        }
        both.say("mapping_set_source", &super::slots::join(&sources));
    }
    both.about
}

/// How the id of a set ends that was put together from others.
const UNION: &str = "union";

/// What makes two rows the same statement. For things that were looked for and not found, where they were looked for belongs to it.
type Statement = (
    TermId,
    Predicate,
    TermId,
    bool,
    State,
    Vec<Option<std::sync::Arc<str>>>,
);

fn statement(table: &Table, row: &Row) -> Statement {
    let nothing = [row.subject, row.object]
        .iter()
        .any(|&id| table.term(id).is_nothing());
    let searched: &[&str] = if nothing {
        &[
            "subject_source",
            "subject_source_version",
            "object_source",
            "object_source_version",
        ]
    } else {
        &[]
    };
    (
        row.subject,
        row.predicate.clone(),
        row.object,
        row.negated,
        row.state,
        searched
            .iter()
            .map(|&slot| {
                let own = row.slots.get(slot);
                own.or_else(|| table.about.get(slot)).cloned()
            })
            .collect(),
    )
}

/// How many rows went into others, and in how many of these the two said different things.
#[derive(Default)]
struct Merged {
    rows: usize,
    differing: usize,
}

/// One row for each statement; what only the weaker row says joins the stronger one.
fn keep_strongest(table: &mut Table) -> Merged {
    let rows = std::mem::take(&mut table.rows);
    let before = rows.len();
    let mut known: FxHashMap<(Statement, u64), Vec<usize>> = FxHashMap::default();
    let mut kept: Vec<Row> = Vec::with_capacity(before);
    let mut differing = 0;
    let weight = |row: &Row| (!row.is_derived(), row.confidence.unwrap_or(1.0));
    for row in rows {
        // Words alone may be the same by chance, so such rows are one only where they agree in everything.
        let of_words = [row.subject, row.object]
            .iter()
            .any(|&id| matches!(table.term(id), super::table::Term::Literal(_)));
        // Many may say the same words of different things: what they say beside is a part of the key, so that few are compared.
        let beside = if of_words { said_beside(&row) } else { 0 };
        let places = known.entry((statement(table, &row), beside)).or_default();
        let same = places
            .iter()
            .copied()
            .find(|&at| kept.get(at).is_some_and(|other| !of_words || *other == row));
        match same.and_then(|at| kept.get_mut(at)) {
            Some(other) => {
                let mut weaker = row;
                if weight(&weaker).partial_cmp(&weight(other)) == Some(std::cmp::Ordering::Greater)
                {
                    std::mem::swap(&mut weaker, other);
                }
                differing += usize::from(!absorb(other, weaker));
            }
            None => {
                places.push(kept.len());
                kept.push(row);
            }
        }
    }
    let rows = before - kept.len();
    table.rows = kept;
    Merged { rows, differing }
}

/// A number for what a row says beside its statement: equal rows have the same.
fn said_beside(row: &Row) -> u64 {
    let mut hasher = FxHasher::default();
    row.justification.hash(&mut hasher);
    row.subject_label.hash(&mut hasher);
    row.object_label.hash(&mut hasher);
    row.slots.hash(&mut hasher);
    hasher.finish()
}

/// Adds to a row what another one of the same statement says beyond it. Where they differ the row keeps its own word; whether they
/// agreed is what comes back.
fn absorb(row: &mut Row, other: Row) -> bool {
    let mut agreed = true;
    for (own, more) in [
        (&mut row.subject_label, other.subject_label),
        (&mut row.object_label, other.object_label),
    ] {
        match (own.as_ref(), more) {
            (None, more) => *own = more,
            (Some(own), Some(more)) => agreed &= *own == more,
            (Some(_), None) => {}
        }
    }
    // What was derived is said of the derivation, and not of what somebody made.
    let alike =
        row.justification == other.justification && row.paths.is_empty() == other.paths.is_empty();
    for (name, value) in other.slots {
        let of_ends = name.starts_with("subject_") || name.starts_with("object_");
        let Some(own) = row.slots.get(&name) else {
            if alike || of_ends {
                row.slots.insert(name, value);
            }
            continue;
        };
        if *own == value {
            continue;
        }
        let many = super::slots::MAPPING
            .iter()
            .any(|slot| slot.many && slot.name == &*name);
        if many && alike {
            let mut all = super::slots::split(own);
            for one in super::slots::split(&value) {
                if !all.contains(&one) {
                    all.push(one);
                }
            }
            let all = super::slots::join(&all);
            row.slots.insert(name, all.into());
        } else if &*name == "comment" && alike {
            if !own.split(COMMENTS).any(|said| said == &*value) {
                let both = format!("{own}{COMMENTS}{value}");
                row.slots.insert(name, both.into());
            }
        } else {
            agreed = false;
        }
    }
    if !row.paths.is_empty() {
        for path in other.paths {
            if !row.paths.contains(&path) {
                row.paths.push(path);
            }
        }
    }
    agreed && row.confidence == other.confidence
}

/// Between the comments of two rows.
const COMMENTS: &str = " / ";

/// Takes out derived rows of pairs of which a person has said something, in either direction; a refusal is something too.
pub(super) fn drop_outranked(table: &mut Table) -> usize {
    let pair = |row: &Row| (row.subject.min(row.object), row.subject.max(row.object));
    let made: rustc_hash::FxHashSet<(TermId, TermId)> = table
        .rows
        .iter()
        .filter(|row| !row.is_derived() && row.state != State::Proposed)
        .map(pair)
        .collect();
    let before = table.rows.len();
    table
        .rows
        .retain(|row| !row.is_derived() || !made.contains(&pair(row)));
    before - table.rows.len()
}

#[cfg(test)]
mod tests {
    use super::super::chain::inverse;
    use super::super::table::Term;
    use super::*;

    #[test]
    fn many_rows_of_the_same_words_are_put_together_at_once() {
        const ROWS: usize = 40_000;
        let mut table = Table::default();
        let subject = table.intern(Term::Literal("data".into()));
        let object = table.intern(Term::Literal("Daten".into()));
        for number in 0..ROWS {
            let mut row = Row::new(subject, Predicate::Exact, object);
            row.set("comment", &format!("in document {number}"));
            table.rows.push(row);
        }
        // Compared two by two these would be 1.6 thousand million comparisons of whole rows.
        let outcome = union(&table, &table);
        assert_eq!(outcome.table.rows, table.rows);
        assert_eq!(outcome.notes.first().map(|(_, count)| *count), Some(ROWS));
    }

    #[test]
    fn the_id_of_what_was_made_of_a_made_set_has_one_fragment() {
        let mut table = Table::default();
        table.say("mapping_set_id", "https://sets.example/a");
        let turned = inverse(&table).table;
        assert_eq!(
            turned.said("mapping_set_id"),
            Some("https://sets.example/a#inverse")
        );
        let both = union(&turned, &table).table;
        assert_eq!(
            both.said("mapping_set_id"),
            Some("https://sets.example/a#inverse-union")
        );
        let again = union(&both, &table).table;
        assert_eq!(
            again.said("mapping_set_id"),
            Some("https://sets.example/a#inverse-union")
        );
        // A set whose own name ends like that is not taken for a union.
        for (own, expected) in [
            (
                "https://a.example/trade-union",
                "https://a.example/trade-union#union",
            ),
            (
                "https://a.example/#trade-union",
                "https://a.example/#trade-union-union",
            ),
        ] {
            let mut table = Table::default();
            table.say("mapping_set_id", own);
            let mut other = Table::default();
            other.say("mapping_set_id", "https://z.example/set");
            let both = union(&table, &other).table;
            assert_eq!(both.said("mapping_set_id"), Some(expected));
            let sources = both.said("mapping_set_source").unwrap_or_default();
            assert!(sources.contains(own), "{sources}");
        }
    }
}
