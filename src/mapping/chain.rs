//! What follows from one row or from two: the chaining rules as a table, the inverse of a table, the union of two.
//!
//! The rules are those of SSSOM ("Overview of Chaining Rules", mapping-commons.github.io/sssom/chaining_rules), each line
//! with the name that it has there: T1 transitivity, RCE1 and RCE2 role chains over exact or equivalent matches, RI inverses.
//! That broad and narrow matches carry over is a default of SSSOM for mapping tools; SKOS does not promise it.
//! One line is ours and applies only where a set chooses so: close over close is close, and never more.
//! Nothing follows from `relatedMatch` over anything but an exact match, from broad over narrow, from a negated row, from a row
//! that is proposed or refused, and from one that says that there is nothing.

use rustc_hash::FxHashMap;

use super::table::{Predicate, Row, State, Table, TermId, justification};

/// One line of the table: A `first` B and B `second` C give A `gives` C.
#[derive(Debug, Clone)]
pub struct ChainRule {
    /// Its name in SSSOM, or `close` for the one that is ours.
    pub name: &'static str,
    pub first: Predicate,
    pub second: Predicate,
    pub gives: Predicate,
}

/// Whether close matches chain among themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CloseChains {
    /// As SSSOM has it: they do not.
    #[default]
    Never,
    /// Close over close is close.
    AsClose,
}

macro_rules! chains {
    ($($name:literal: $first:ident $second:ident => $gives:ident;)*) => {
        /// All rules. No pair of predicates stands here twice.
        pub static RULES: &[ChainRule] = &[
            $(ChainRule {
                name: $name,
                first: Predicate::$first,
                second: Predicate::$second,
                gives: Predicate::$gives,
            },)*
        ];
    };
}

chains! {
    "T1": Exact Exact => Exact;
    "T1": Broad Broad => Broad;
    "T1": Narrow Narrow => Narrow;
    "T1": EquivalentClass EquivalentClass => EquivalentClass;
    "T1": EquivalentProperty EquivalentProperty => EquivalentProperty;
    "T1": SubClassOf SubClassOf => SubClassOf;
    "T1": SubPropertyOf SubPropertyOf => SubPropertyOf;
    "T1": SameAs SameAs => SameAs;
    "RCE1": Exact Broad => Broad;
    "RCE1": Exact Narrow => Narrow;
    "RCE1": Exact Close => Close;
    "RCE1": Exact Related => Related;
    "RCE1": EquivalentClass Broad => Broad;
    "RCE1": EquivalentClass Narrow => Narrow;
    "RCE1": EquivalentClass Close => Close;
    "RCE1": EquivalentClass Related => Related;
    "RCE2": Broad Exact => Broad;
    "RCE2": Narrow Exact => Narrow;
    "RCE2": Close Exact => Close;
    "RCE2": Related Exact => Related;
    "close": Close Close => Close;
}

/// What follows from two predicates, and by which rule.
#[must_use]
pub fn rule(
    first: &Predicate,
    second: &Predicate,
    close: CloseChains,
) -> Option<&'static ChainRule> {
    RULES
        .iter()
        .find(|rule| rule.first == *first && rule.second == *second)
        .filter(|rule| rule.name != "close" || close == CloseChains::AsClose)
}

/// What a predicate is the other way round (RI1, RI2, and the symmetry of the rest); `None` where nothing can be said.
#[must_use]
pub fn inverse_of(predicate: &Predicate) -> Option<Predicate> {
    match predicate {
        Predicate::Broad => Some(Predicate::Narrow),
        Predicate::Narrow => Some(Predicate::Broad),
        Predicate::Exact
        | Predicate::Close
        | Predicate::Related
        | Predicate::SameAs
        | Predicate::EquivalentClass
        | Predicate::EquivalentProperty => Some(predicate.clone()),
        Predicate::SubClassOf | Predicate::SubPropertyOf | Predicate::Other(_) => None,
    }
}

/// Whether anything may be concluded from a row.
#[must_use]
pub fn is_premise(table: &Table, row: &Row) -> bool {
    use super::table::Term;
    let thing = |id: TermId| {
        let term = table.term(id);
        matches!(term, Term::Address(_)) && !term.is_nothing()
    };
    !row.negated && row.state == State::Settled && thing(row.subject) && thing(row.object)
}

/// A table with what could not be taken along.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub table: Table,
    /// How many rows were left out or put together with others, each reason with its count, in words that read well after a number.
    pub notes: Vec<(String, usize)>,
}

/// The same table from the other side: subjects become objects.
///
/// What stands of the subject is now said of the object. Rows keep their authors and their confidence; the justification is
/// `semapv:MappingInversion`, unless the row was derived already. Identifiers of rows and words for their predicates, which speak
/// of the old direction, are left out. Rows whose predicate has no inverse are left out and counted.
#[must_use]
pub fn inverse(table: &Table) -> Outcome {
    let mut turned = table.clone();
    turned.about = swap_sides(&table.about);
    if let Some(title) = turned.said("mapping_set_title") {
        let title = format!("{title} (the other way round)");
        turned.say("mapping_set_title", &title);
    }
    if let Some(id) = turned.said("mapping_set_id") {
        let id = derived_id(id, "inverse");
        turned.say("mapping_set_id", &id);
    }
    turned.rows.clear();
    let mut without: FxHashMap<&str, usize> = FxHashMap::default();
    for row in &table.rows {
        let Some(predicate) = inverse_of(&row.predicate) else {
            *without.entry(row.predicate.shown()).or_default() += 1;
            continue;
        };
        let derived = row.is_derived();
        turned.rows.push(Row {
            subject: row.object,
            predicate,
            object: row.subject,
            justification: if derived {
                row.justification.clone()
            } else {
                justification("MappingInversion")
            },
            subject_label: row.object_label.clone(),
            object_label: row.subject_label.clone(),
            slots: other_way(&row.slots),
            paths: row.paths.iter().map(super::path::Path::reversed).collect(),
            ..row.clone()
        });
    }
    let mut notes: Vec<(String, usize)> = without
        .into_iter()
        .map(|(predicate, count)| {
            (
                format!("rows left out, because `{predicate}` has no inverse"),
                count,
            )
        })
        .collect();
    notes.sort();
    Outcome {
        table: turned,
        notes,
    }
}

/// What names a row or says its predicate in other words, which is true in one direction only.
const OF_ONE_DIRECTION: [&str; 4] = [
    "record_id",
    "predicate_label",
    "case_association",
    "case_type",
];

/// The slots of a row that is read the other way round.
fn other_way(slots: &super::table::Slots) -> super::table::Slots {
    let mut turned = swap_sides(slots);
    turned.retain(|name, _| !OF_ONE_DIRECTION.contains(&&**name));
    turned
}

fn swap_sides(slots: &super::table::Slots) -> super::table::Slots {
    slots
        .iter()
        .map(|(name, value)| {
            let swapped: std::sync::Arc<str> =
                match (name.strip_prefix("subject_"), name.strip_prefix("object_")) {
                    (Some(rest), _) => format!("object_{rest}").into(),
                    (_, Some(rest)) => format!("subject_{rest}").into(),
                    _ => name.clone(),
                };
            let value = if &**name == "mapping_cardinality" {
                match value.split_once(':') {
                    Some((left, right)) if !right.contains(':') => format!("{right}:{left}").into(),
                    Some(_) | None => value.clone(),
                }
            } else {
                value.clone()
            };
            (swapped, value)
        })
        .collect()
}

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

/// The id of a set that was made of the one with this id. An address has one fragment at most.
pub(super) fn derived_id(id: &str, how: &str) -> String {
    let sign = if id.contains('#') { '-' } else { '#' };
    format!("{id}{sign}{how}")
}

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
    let mut known: FxHashMap<Statement, Vec<usize>> = FxHashMap::default();
    let mut kept: Vec<Row> = Vec::with_capacity(before);
    let mut differing = 0;
    let weight = |row: &Row| (!row.is_derived(), row.confidence.unwrap_or(1.0));
    for row in rows {
        // Words alone may be the same by chance, so such rows are one only where they agree in everything.
        let of_words = [row.subject, row.object]
            .iter()
            .any(|&id| matches!(table.term(id), super::table::Term::Literal(_)));
        let places = known.entry(statement(table, &row)).or_default();
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
    use super::*;

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
