//! A mapping table as gold: whose concept, which target, which relation.
//!
//! Goes in: a table, whatever file it was read from. Comes out: rows by key with the names and descriptions that the table has. Rows that say nothing
//! about a relation of two things (`no relation`, denied or unsettled ones, predicates that are none of the four verbs) are counted and left out.

use std::collections::BTreeMap;

use super::concept::{Concept, Concepts, Known, Label, LabelRole, Statement, Verb};
use super::evaluate::Asked;
use crate::mapping::table::{Predicate, Row, State, Table, Term, TermId, code_of};

/// The longest last part of an address that is taken for a code; identifiers made by machines are longer.
pub const LONGEST_CODE: usize = 16;

/// A table of mappings by key.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    pub rows: Vec<GoldRow>,
    /// Rows that say that there is no relation, or one that is none of the four.
    pub without: usize,
}

/// One mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldRow {
    pub source: End,
    pub target: End,
    pub verb: Verb,
    /// Whether it leads to a group that stands for all that is in it (`exactISCO`).
    pub group: bool,
}

/// One side of a mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct End {
    /// The address of the thing.
    pub key: String,
    /// The publisher's code, as far as the address tells it.
    pub code: String,
    pub label: String,
    pub description: String,
    /// The language of both; empty where the table does not say.
    pub language: String,
}

/// The mappings that a table states.
#[must_use]
pub fn of_table(table: &Table) -> Gold {
    let mut gold = Gold::default();
    let languages = ["subject_language", "object_language"].map(|slot| language(table.said(slot)));
    for row in &table.rows {
        match verb(table, row) {
            Some(verb) => {
                let [from, to] = &languages;
                let words = |text: Option<&str>| text.unwrap_or("").to_owned();
                let end = |id: TermId, label: Option<&str>, slot: &str, language: &String| End {
                    key: table.term(id).text().to_owned(),
                    code: code(table.term(id).text()),
                    label: words(label),
                    description: words(row.slot(slot)),
                    language: language.clone(),
                };
                let label = row.subject_label.as_deref();
                let source = end(row.subject, label, "subject_description", from);
                let label = row.object_label.as_deref();
                let target = end(row.object, label, "object_description", to);
                gold.rows.push(GoldRow {
                    source,
                    target,
                    verb,
                    group: row.slot("match_type") == Some("exactISCO"),
                });
            }
            None => gold.without += 1,
        }
    }
    gold
}

/// The verb of a row, if two things stand in it and somebody stands by it.
fn verb(table: &Table, row: &Row) -> Option<Verb> {
    let is_thing = |id| match table.term(id) {
        term @ Term::Address(_) => !term.is_nothing(),
        Term::Literal(_) => false,
    };
    let settled = match row.state {
        State::Settled => !row.negated,
        State::Proposed | State::Refused => false,
    };
    if !settled || !is_thing(row.subject) || !is_thing(row.object) {
        return None;
    }
    match row.predicate {
        Predicate::Exact | Predicate::SameAs | Predicate::EquivalentClass => Some(Verb::Exact),
        Predicate::Close | Predicate::Related => Some(Verb::Close),
        Predicate::Broad | Predicate::SubClassOf => Some(Verb::Broad),
        Predicate::Narrow => Some(Verb::Narrow),
        Predicate::EquivalentProperty | Predicate::SubPropertyOf | Predicate::Other(_) => None,
    }
}

/// ESCO's tables write `English` beside `de`.
fn language(said: Option<&str>) -> String {
    let said = said.unwrap_or("");
    if said.eq_ignore_ascii_case("English") {
        "en".to_owned()
    } else {
        said.to_owned()
    }
}

/// A code in an address: that of an address made here, or a short last part with digits.
fn code(address: &str) -> String {
    if let Some(code) = code_of(address) {
        return code;
    }
    let last = address.rsplit(['/', '#']).next().unwrap_or("");
    let plain = last.len() <= LONGEST_CODE && last.bytes().any(|byte| byte.is_ascii_digit());
    if plain {
        last.to_owned()
    } else {
        String::new()
    }
}

impl Gold {
    /// The concepts of both sides as far as the table itself knows them: keys, labels, descriptions.
    #[must_use]
    pub fn concepts(&self) -> (Concepts, Concepts, Vec<Option<Known>>) {
        let mut sides = [Concepts::default(), Concepts::default()];
        let mut positions: [BTreeMap<&str, u32>; 2] = [BTreeMap::new(), BTreeMap::new()];
        let mut known = Vec::new();
        for row in &self.rows {
            let mut ends = [0u32; 2];
            for ((end, found), (side, positions)) in [&row.source, &row.target]
                .into_iter()
                .zip(&mut ends)
                .zip(sides.iter_mut().zip(&mut positions))
            {
                let next = u32::try_from(side.items.len()).unwrap_or(u32::MAX);
                *found = *positions.entry(end.key.as_str()).or_insert(next);
                if *found == next {
                    side.items.push(concept(end));
                }
            }
            known.push(Some(Known {
                source: ends[0],
                target: ends[1],
                verb: row.verb,
            }));
        }
        let [source, target] = sides;
        (source, target, known)
    }

    /// The same, with what a framework says of the targets besides: kind, further names and texts, and the group that each stands in. The
    /// targets stay those of the table, and a target that the framework does not know stays as it is.
    #[must_use]
    pub fn concepts_within(
        &self,
        framework: &Concepts,
    ) -> (Concepts, Concepts, Vec<Option<Known>>) {
        let (source, mut target, known) = self.concepts();
        let places = positions(framework);
        for concept in &mut target.items {
            let found = places.get(concept.key.as_str()).or_else(|| {
                places
                    .get(concept.code.as_str())
                    .filter(|_| !concept.code.is_empty())
            });
            let Some((at, more)) =
                found.and_then(|at| framework.items.get(*at as usize).map(|item| (*at, item)))
            else {
                continue;
            };
            concept.kind.clone_from(&more.kind);
            for label in &more.labels {
                if !concept.labels.iter().any(|known| known.text == label.text) {
                    concept.labels.push(label.clone());
                }
            }
            concept.statements.extend(more.statements.iter().cloned());
            if let Some(code) = group_code(framework, at) {
                concept.code = code;
            }
        }
        (source, target, known)
    }

    /// The sets of rows that hits are counted for, given the mapping of each row (`None` where an end is missing): exact, exact with whole groups where there are
    /// any, and all.
    #[must_use]
    pub fn asked(&self, known: &[Option<Known>]) -> Vec<Asked> {
        let all = || {
            self.rows
                .iter()
                .zip(known)
                .filter_map(|(row, known)| known.map(|known| (row, known)))
        };
        let of = |name, wanted: &dyn Fn(&GoldRow) -> bool| Asked {
            name,
            rows: all()
                .filter(|(row, _)| wanted(row))
                .map(|(_, known)| known)
                .collect(),
        };
        let mut asked = vec![of("exact", &|row| row.verb == Verb::Exact && !row.group)];
        if self.rows.iter().any(|row| row.group) {
            asked.push(of("exact, groups too", &|row| row.verb == Verb::Exact));
        }
        asked.push(of("any", &|_| true));
        asked
    }

    /// The rows as mappings between the concepts of two frameworks, found by key or by code; `None` for a row with an end that is in neither.
    #[must_use]
    pub fn between(&self, source: &Concepts, target: &Concepts) -> Vec<Option<Known>> {
        let [sources, targets] = [source, target].map(positions);
        fn found<'p>(positions: &'p BTreeMap<&str, u32>, end: &End) -> Option<&'p u32> {
            let by_code = || (!end.code.is_empty()).then(|| positions.get(end.code.as_str()));
            positions
                .get(end.key.as_str())
                .or_else(|| by_code().flatten())
        }
        self.rows
            .iter()
            .map(|row| {
                let source = *found(&sources, &row.source)?;
                let target = *found(&targets, &row.target)?;
                Some(Known {
                    source,
                    target,
                    verb: row.verb,
                })
            })
            .collect()
    }
}

fn concept(end: &End) -> Concept {
    let statement = Statement {
        language: end.language.clone(),
        text: end.description.clone(),
    };
    Concept {
        key: end.key.clone(),
        code: end.code.clone(),
        kind: String::new(),
        labels: vec![Label {
            language: end.language.clone(),
            text: end.label.clone(),
            role: LabelRole::Preferred,
        }],
        statements: if end.description.is_empty() {
            Vec::new()
        } else {
            vec![statement]
        },
        parents: Vec::new(),
    }
}

/// The code of a concept, or of the nearest broader one that has a code.
fn group_code(framework: &Concepts, concept: u32) -> Option<String> {
    const STEPS: usize = 16;
    let mut at = concept;
    for _ in 0..STEPS {
        let item = framework.items.get(at as usize)?;
        if !item.code.is_empty() {
            return Some(item.code.clone());
        }
        at = *item.parents.first()?;
    }
    None
}

/// Concepts by key, and by code where no key is the same.
fn positions(side: &Concepts) -> BTreeMap<&str, u32> {
    let mut found: BTreeMap<&str, u32> = (0u32..)
        .zip(&side.items)
        .map(|(at, item)| (item.key.as_str(), at))
        .collect();
    for (at, item) in (0u32..).zip(&side.items) {
        if !item.code.is_empty() {
            found.entry(item.code.as_str()).or_insert(at);
        }
    }
    found
}
