//! Reads a published mapping table as gold: whose concept, which target, which relation.
//!
//! Goes in: the text of a CSV or TSV table, with the metadata rows that ESCO's tables begin with, or an SSSOM table with its commented head.
//! Comes out: rows by key with labels. Rows that say `no relation` are counted and left out. Quotes that are closed twice
//! (`…)"",`) are mended, because a reader would swallow the next row.

use std::collections::BTreeMap;

use super::concept::{Concept, Concepts, Known, Label, LabelRole, Statement, Verb};
use super::evaluate::Asked;

/// A table of mappings by key.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    pub rows: Vec<GoldRow>,
    /// Rows that say that there is no relation, or one that is none of the four.
    pub without: usize,
    /// The language of the labels; empty where the table does not say.
    pub language: String,
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
    pub key: String,
    pub label: String,
    pub description: String,
}

/// The columns of the layouts that are known: source key, label, description; target key, label, description; relation. An empty name is a column that the
/// layout does not have.
const LAYOUTS: [[&str; 7]; 3] = [
    [
        "O*NET Id",
        "O*NET Title",
        "O*NET Description",
        "ESCO or ISCO URI",
        "ESCO or ISCO Title",
        "ESCO or ISCO Description",
        "Type of Match",
    ],
    [
        "Classification 2 ID",
        "Classification 2 PrefLabel",
        "",
        "Classification 1 URI",
        "Classification 1 PrefLabel",
        "",
        "Mapping relation",
    ],
    [
        "subject_id",
        "subject_label",
        "",
        "object_id",
        "object_label",
        "",
        "predicate_id",
    ],
];

/// Reads a table; what is wrong comes back in words.
pub fn read(text: &str) -> Result<Gold, String> {
    let text = text.trim_start_matches('\u{feff}');
    let mended = mended(text);
    let separator = |line: &str| if line.contains('\t') { b'\t' } else { b',' };
    let header = mended
        .lines()
        .find(|line| {
            LAYOUTS.iter().any(|names| {
                line.contains(names[0]) && line.contains(names[3]) && line.contains(names[6])
            })
        })
        .ok_or(
            "no row names the columns of a mapping table (O*NET to ESCO, ESCO's tables, SSSOM)",
        )?;
    let start = mended.find(header).unwrap_or(0);
    let mut gold = Gold::default();
    let before = mended.get(..start).unwrap_or("");
    if let Some(line) = before
        .lines()
        .find(|line| line.contains("Classification 1 Language"))
    {
        let value = line.split(',').nth(1).unwrap_or("").trim();
        gold.language = if value.eq_ignore_ascii_case("English") {
            "en".to_owned()
        } else {
            value.to_owned()
        };
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(header))
        .flexible(true)
        .from_reader(mended.get(start..).unwrap_or("").as_bytes());
    let columns: Vec<String> = reader
        .headers()
        .map_err(|fault| fault.to_string())?
        .iter()
        .map(|name| name.trim().to_owned())
        .collect();
    let layout = LAYOUTS
        .iter()
        .find(|names| {
            [names[0], names[3], names[6]]
                .iter()
                .all(|name| columns.iter().any(|column| column == name))
        })
        .ok_or("the columns of the mapping table are not all there")?;
    let at = layout.map(|name| columns.iter().position(|column| column == name));
    for record in reader.records() {
        let record = record.map_err(|fault| fault.to_string())?;
        let cell = |column: usize| -> String {
            let place = at.get(column).copied().flatten();
            place
                .and_then(|place| record.get(place))
                .unwrap_or("")
                .trim()
                .to_owned()
        };
        let relation = cell(6);
        let [source, target] = [0, 3].map(|first| End {
            key: cell(first),
            label: cell(first + 1),
            description: cell(first + 2),
        });
        match Verb::from_skos(&relation) {
            Some(verb) if !source.key.is_empty() && !target.key.is_empty() => {
                gold.rows.push(GoldRow {
                    source,
                    target,
                    verb,
                    group: relation.ends_with("ISCO"),
                })
            }
            _ => gold.without += 1,
        }
    }
    Ok(gold)
}

/// A quote that is closed twice at the end of a cell is closed once.
fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.matches('"').count() % 2 == 1 {
            mended.push_str(&line.replacen("\"\",", "\",", 1));
        } else {
            mended.push_str(line);
        }
    }
    mended
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
                    side.items.push(self.concept(end));
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

    fn concept(&self, end: &End) -> Concept {
        let statement = Statement {
            language: self.language.clone(),
            text: end.description.clone(),
        };
        Concept {
            key: end.key.clone(),
            // An address is no code: its beginnings are no groups.
            code: if end.key.contains("://") {
                String::new()
            } else {
                end.key.clone()
            },
            kind: String::new(),
            labels: vec![Label {
                language: self.language.clone(),
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
        self.rows
            .iter()
            .map(|row| {
                let source = *sources.get(row.source.key.as_str())?;
                let target = *targets.get(row.target.key.as_str())?;
                Some(Known {
                    source,
                    target,
                    verb: row.verb,
                })
            })
            .collect()
    }
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
