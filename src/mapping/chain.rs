//! What follows from one row or from two: the chaining rules as a table, and the inverse of a table.
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

/// The id of a set that was made of the one with this id. An address has one fragment at most.
pub(super) fn derived_id(id: &str, how: &str) -> String {
    let sign = if id.contains('#') { '-' } else { '#' };
    format!("{id}{sign}{how}")
}
