//! A mapping table as source in the language, where one of its sides is a framework of the project.
//!
//! Goes in: a project and a table. Comes out: a `crosswalk` block, or the rows that the project's own block does not have yet; what the language has
//! no words for and what the project says already is counted. What the project says is never changed by a table. The side of the
//! project is told by the addresses of its items; the other side is the framework in use (or of the project) that most of
//! the other addresses belong to.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};

use super::cells::one_line;
use super::target_name;
use crate::emit::paths;
use crate::import::pack::PackItemIndex;
use crate::mapping::chain::inverse;
use crate::mapping::table::{Predicate, Row, State, Table};
use crate::model::coverage::items_in_order;
use crate::model::mapping_sets::{EntryKind, mapping_sets};
use crate::model::{
    CrosswalkTarget, ExternalFrameworkId, FrameworkId, Id, ItemId, MappingTarget, MappingVerb,
    Project, Standing,
};

/// The source, and what is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `FROM-to-TO`
    pub name: String,
    pub from: FrameworkId,
    pub to: CrosswalkTarget,
    /// The whole block.
    pub text: String,
    /// Its rows alone, a line each.
    pub rows: String,
    /// How many rows that is.
    pub count: usize,
    /// The project declares this crosswalk already.
    pub declared: bool,
    /// What was left out, in words that read well after a number.
    pub notes: Vec<(String, usize)>,
}

/// A framework of the project, and the other one.
type Pair = (FrameworkId, CrosswalkTarget);

/// Where an address belongs.
#[derive(Clone)]
struct Found {
    framework: CrosswalkTarget,
    /// As a row writes it.
    reference: String,
    /// Its label, for beside the code.
    label: Option<String>,
    item: Option<ItemId>,
    end: End,
}

/// What a row leads to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    Own(ItemId),
    Pack(ExternalFrameworkId, PackItemIndex),
}

/// What a row says of its item: a mapping, or that there is none.
type Said = Option<(MappingVerb, End)>;

/// What the project says of a pair of frameworks, rows that state nothing included.
#[derive(Default)]
struct Known {
    stated: FxHashSet<(ItemId, Said)>,
    pairs: FxHashSet<(ItemId, End)>,
    mapped: FxHashSet<ItemId>,
    pending: FxHashMap<(ItemId, End), Standing>,
}

impl Known {
    fn new(project: &Project, from: FrameworkId, to: CrosswalkTarget) -> Known {
        let mut known = Known::default();
        let end = |target| match target {
            MappingTarget::Own(item) => Some(End::Own(item)),
            MappingTarget::External(id) => {
                let item = &project.external_items[id];
                Some(End::Pack(item.framework?, item.index?))
            }
        };
        for set in mapping_sets(project) {
            if set.from != from || set.to != Some(to) {
                continue;
            }
            for entry in set.entries.iter().filter(|entry| entry.derived.is_none()) {
                match entry.kind {
                    EntryKind::Match(mapping) => {
                        known.mapped.insert(entry.item);
                        if let Some(end) = end(mapping.target) {
                            known.stated.insert((entry.item, Some((mapping.verb, end))));
                            known.pairs.insert((entry.item, end));
                        }
                    }
                    EntryKind::NoMatch(_) => {
                        known.stated.insert((entry.item, None));
                    }
                }
            }
        }
        let crosswalks = project.crosswalks.as_slice().iter();
        for row in crosswalks
            .filter(|one| one.from == from && one.to == to)
            .flat_map(|one| &one.pending)
        {
            if let Some(end) = end(row.mapping.target) {
                known.pending.insert((row.item, end), row.standing);
            }
        }
        known
    }

    /// Why a row of the table is not added, in words that read well after a number.
    fn against(&self, item: ItemId, said: Said) -> Option<&'static str> {
        if self.stated.contains(&(item, said)) {
            return Some("rows that the crosswalk has already");
        }
        let Some((_, end)) = said else {
            let mapped = self.mapped.contains(&item);
            return mapped
                .then_some("rows `has no match` left out: the crosswalk maps their items");
        };
        if self.stated.contains(&(item, None)) {
            return Some("rows left out: the crosswalk says `has no match` of their items");
        }
        if self.pairs.contains(&(item, end)) {
            return Some("rows left out: the crosswalk says something else of the same two items");
        }
        self.pending
            .get(&(item, end))
            .map(|standing| match standing {
                Standing::Proposed => {
                    "rows left out: the crosswalk has them as `proposed`, judge them there"
                }
                Standing::Refused => "rows left out: the crosswalk has them as `refused`",
            })
    }
}

/// The source for a table; `None` where neither side is a framework of the project, or the other one is not in use.
#[must_use]
pub fn source_of(project: &Project, table: &Table) -> Option<Source> {
    let found: FxHashMap<&str, Found> = {
        let own = own_items(project);
        let addresses = table.terms().iter().map(|term| term.text());
        addresses
            .filter_map(|address| Some((address, find(project, &own, address)?)))
            .collect()
    };
    let pair = |table: &Table| -> Option<Pair> {
        let mut counts: BTreeMap<(u32, u8, u32), (Pair, usize)> = BTreeMap::new();
        for row in &table.rows {
            let one = found.get(table.term(row.subject).text());
            let other = found.get(table.term(row.object).text());
            if let (Some(one), Some(other)) = (one, other)
                && let CrosswalkTarget::Own(from) = one.framework
                && other.framework != one.framework
            {
                let (kind, number) = match other.framework {
                    CrosswalkTarget::External(id) => (0, id.0),
                    CrosswalkTarget::Own(id) => (1, id.0),
                };
                counts
                    .entry((from.0, kind, number))
                    .or_insert(((from, other.framework), 0))
                    .1 += 1;
            }
        }
        counts
            .into_values()
            .max_by_key(|(_, count)| *count)
            .map(|(pair, _)| pair)
    };
    if let Some(pair) = pair(table) {
        return Some(text(project, table, &found, pair));
    }
    let turned = inverse(table).table;
    let pair = pair(&turned)?;
    Some(text(project, &turned, &found, pair))
}

fn own_items(project: &Project) -> FxHashMap<String, ItemId> {
    let frameworks = (0..project.frameworks.len()).map(FrameworkId::from_index);
    frameworks
        .flat_map(|framework| items_in_order(project, framework))
        .map(|item| (paths::item_address(project, item), item))
        .collect()
}

fn find(project: &Project, own: &FxHashMap<String, ItemId>, address: &str) -> Option<Found> {
    if let Some(&item) = own.get(address) {
        let found = &project.items[item];
        return Some(Found {
            framework: CrosswalkTarget::Own(found.framework),
            reference: project.name(found.full_path).to_owned(),
            label: None,
            item: Some(item),
            end: End::Own(item),
        });
    }
    (0..project.external_frameworks.len())
        .map(ExternalFrameworkId::from_index)
        .find_map(|id| {
            let framework = &project.external_frameworks[id];
            let pack = framework.pack.as_deref()?;
            let index = pack.find_iri(address)?;
            let item = pack.item(index);
            let code = &item.code;
            let plain = code
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
                && code.ends_with(|last: char| last.is_ascii_alphanumeric());
            let alias = project.name(framework.alias);
            Some(Found {
                framework: CrosswalkTarget::External(id),
                reference: if plain {
                    format!("{alias}:{code}")
                } else {
                    format!("{alias}:{}", quoted(code))
                },
                label: Some(item.label.clone()),
                item: None,
                end: End::Pack(id, index),
            })
        })
}

/// A text in quotes, as the language writes it.
fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        one_line(text).replace('\\', "\\\\").replace('"', "\\\"")
    )
}

fn text(
    project: &Project,
    table: &Table,
    found: &FxHashMap<&str, Found>,
    (from, to): Pair,
) -> Source {
    let (from_id, to_id) = (
        project.id(&project.frameworks[from].declared),
        target_name(project, Some(to)),
    );
    let name = format!("{from_id}-to-{to_id}");
    let mut notes: BTreeMap<&'static str, Vec<&Row>> = BTreeMap::new();
    let known = Known::new(project, from, to);
    let mut met: FxHashSet<(ItemId, Said)> = FxHashSet::default();
    let mut lines: Vec<(ItemId, String)> = Vec::new();
    for row in &table.rows {
        match line(project, table, found, (from, to), row) {
            Ok((item, said, line)) => {
                let reason = if met.insert((item, said)) {
                    known.against(item, said)
                } else {
                    Some("rows that the table has more than once")
                };
                match reason {
                    Some(reason) => notes.entry(reason).or_default().push(row),
                    None => lines.push((item, line)),
                }
            }
            Err(reason) => notes.entry(reason).or_default().push(row),
        }
    }
    // In the order of the framework, as a person would write it; rows of one item stay as the table has them.
    let order: FxHashMap<ItemId, usize> = items_in_order(project, from)
        .enumerate()
        .map(|(position, item)| (item, position))
        .collect();
    lines.sort_by_key(|(item, _)| order.get(item).copied());
    let mut rows = String::new();
    for (_, line) in &lines {
        // Writing to a string cannot fail.
        let _ = writeln!(rows, "  {line}");
    }
    let mut text = format!("crosswalk {from_id} to {to_id} {{\n");
    if let Some(licence) = table
        .said("license")
        .filter(|address| address.contains("://"))
    {
        let _ = writeln!(text, "  licence <{licence}>");
    }
    text.push_str(&rows);
    text.push_str("}\n");
    Source {
        declared: project
            .crosswalks
            .as_slice()
            .iter()
            .any(|crosswalk| crosswalk.from == from && crosswalk.to == to),
        name,
        from,
        to,
        text,
        rows,
        count: lines.len(),
        notes: notes
            .into_iter()
            .map(|(reason, rows)| (with_first(table, reason, &rows), rows.len()))
            .collect(),
    }
}

/// Why rows were left out, and which the first of them are.
fn with_first(table: &Table, reason: &str, rows: &[&Row]) -> String {
    const SHOWN: usize = 3;
    let reason = match rows {
        [_] => reason.replacen("rows", "row", 1),
        _ => reason.to_owned(),
    };
    let shown: Vec<String> = rows
        .iter()
        .take(SHOWN)
        .map(|row| {
            let end = |term| one_line(table.term(term).text());
            format!("`{}` to `{}`", end(row.subject), end(row.object))
        })
        .collect();
    let more = if rows.len() > SHOWN { ", …" } else { "" };
    format!("{reason} ({}{more})", shown.join(", "))
}

/// A row as a line of the language; what stands in the way, in words that read well after a number.
fn line(
    project: &Project,
    table: &Table,
    found: &FxHashMap<&str, Found>,
    (from, to): Pair,
    row: &Row,
) -> Result<(ItemId, Said, String), &'static str> {
    if row.negated {
        return Err("rows that deny a mapping left out: the language has no word for it");
    }
    let standing = match row.state {
        State::Settled => "",
        State::Proposed => " proposed",
        State::Refused => " refused",
    };
    let subject = found.get(table.term(row.subject).text());
    let Some((item, _)) = subject
        .and_then(|one| Some((one.item?, one)))
        .filter(|(_, one)| one.framework == CrosswalkTarget::Own(from))
    else {
        return Err("rows of something that is not in the framework left out");
    };
    let mut line = project.name(project.items[item].path).to_owned();
    if table.term(row.object).is_nothing() {
        if !standing.is_empty() {
            return Err("rows `has no match` left out that nobody has settled");
        }
        line.push_str(" has no match");
        if let Some(comment) = row.comment() {
            let _ = write!(line, " {}", quoted(comment));
        }
        return Ok((item, None, line));
    }
    let verb = match row.predicate {
        Predicate::Exact | Predicate::SameAs | Predicate::EquivalentClass => MappingVerb::IsExactly,
        Predicate::Broad | Predicate::SubClassOf => MappingVerb::IsWithin,
        Predicate::Narrow => MappingVerb::Covers,
        Predicate::Close => MappingVerb::IsCloseTo,
        Predicate::Related => MappingVerb::RelatesTo,
        Predicate::EquivalentProperty | Predicate::SubPropertyOf | Predicate::Other(_) => {
            return Err("rows with a predicate left out that the language has no verb for");
        }
    };
    let Some(target) = found
        .get(table.term(row.object).text())
        .filter(|other| other.framework == to)
    else {
        return Err("rows to something that is not in the other framework left out");
    };
    let _ = write!(line, " {} {}", verb.word(), target.reference);
    if let Some(label) = &target.label {
        let _ = write!(line, " {}", quoted(label));
    }
    if let Some(confidence) = row.confidence {
        let rounded = (confidence * 1000.0).round() / 1000.0;
        let _ = write!(line, " confidence {rounded}");
    }
    if let Some(author) = row.author() {
        let names = crate::mapping::slots::split(author).join(", ");
        let _ = write!(line, " by {}", quoted(&names));
    }
    if let Some(comment) = row.comment() {
        let _ = write!(line, " because {}", quoted(comment));
    }
    line.push_str(standing);
    Ok((item, Some((verb, target.end)), line))
}
