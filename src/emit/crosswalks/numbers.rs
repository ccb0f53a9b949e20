//! Coverage of each set of mappings in both directions: as JSON for software, and one table of all sets for spreadsheets.

use serde::Serialize;

use super::cells::{harmless, one_line, spreadsheet};
use super::{Published, framework_address, target_framework, target_name};
use crate::model::coverage::{StatementCounts, TargetCounts};
use crate::model::{Amount, ItemId, MappingVerb, Project};

/// Raised when a field of the JSON changes its meaning or goes.
const FORMAT_VERSION: u32 = 1;

#[derive(Debug, Serialize)]
struct Document<'a> {
    format: &'static str,
    format_version: u32,
    /// The address of the crosswalk that is counted.
    crosswalk: String,
    /// Whether it is declared, or only implied by mappings of items.
    declared: bool,
    from: Framework,
    to: Framework,
    statements: Statements,
    areas: Vec<Area<'a>>,
    verbs: Verbs,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Target<'a>>,
}

#[derive(Debug, Serialize)]
struct Framework {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

#[derive(Debug, Serialize)]
struct Statements {
    total: usize,
    mapped: usize,
    no_match: usize,
    unmapped: usize,
    mapped_percent: Option<f64>,
    answered_percent: Option<f64>,
}

impl From<StatementCounts> for Statements {
    fn from(counts: StatementCounts) -> Self {
        Self {
            total: counts.total,
            mapped: counts.mapped,
            no_match: counts.no_match,
            unmapped: counts.unmapped(),
            mapped_percent: counts.mapped_percent().map(Amount::as_f64),
            answered_percent: counts.answered_percent().map(Amount::as_f64),
        }
    }
}

#[derive(Debug, Serialize)]
struct Area<'a> {
    /// `None` for items that stand in no area.
    id: Option<&'a str>,
    name: Option<String>,
    #[serde(flatten)]
    statements: Statements,
}

#[derive(Debug, Default, Serialize)]
struct Verbs {
    is_exactly: usize,
    is_close_to: usize,
    is_within: usize,
    covers: usize,
    relates_to: usize,
}

#[derive(Debug, Serialize)]
struct Target<'a> {
    #[serde(flatten)]
    all: Reached,
    kinds: Vec<Kind<'a>>,
}

#[derive(Debug, Serialize)]
struct Kind<'a> {
    kind: &'a str,
    #[serde(flatten)]
    counts: Reached,
}

#[derive(Debug, Serialize)]
struct Reached {
    total: usize,
    reached: usize,
    reached_percent: Option<f64>,
    by_verb: Verbs,
}

impl From<TargetCounts> for Reached {
    fn from(counts: TargetCounts) -> Self {
        Self {
            total: counts.total,
            reached: counts.reached,
            reached_percent: counts.reached_percent().map(Amount::as_f64),
            by_verb: Verbs {
                is_exactly: counts.exactly,
                is_close_to: counts.close,
                is_within: counts.partly,
                covers: counts.covered,
                relates_to: counts.related,
            },
        }
    }
}

/// The numbers of one set.
pub(super) fn json(project: &Project, published: &Published<'_>) -> Vec<u8> {
    let set = &published.set;
    let coverage = &published.coverage;
    let from = &project.frameworks[set.from];
    let to = target_framework(project, set.to);
    let document = Document {
        format: "gradus-coverage",
        format_version: FORMAT_VERSION,
        crosswalk: format!("{}.sssom.tsv", published.stem.address),
        declared: set.declared.is_some(),
        from: Framework {
            id: project.address_id(&from.declared).to_owned(),
            title: one_line(&project.prose(&from.declared.name)),
            version: from
                .version
                .map(|version| project.text(version).into_owned()),
            address: Some(framework_address(project, set.from)),
        },
        to: Framework {
            id: target_name(project, set.to).to_owned(),
            title: one_line(&to.title),
            version: to.version,
            address: to.address,
        },
        statements: coverage.statements.into(),
        areas: coverage
            .areas
            .iter()
            .map(|&(area, counts)| Area {
                id: area.map(|area| project.name(project.items[area].path)),
                name: area.map(|area| area_name(project, area)),
                statements: counts.into(),
            })
            .collect(),
        verbs: verbs(&coverage.verbs),
        target: coverage.target.as_ref().map(|target| Target {
            all: target.all.into(),
            kinds: target
                .kinds
                .iter()
                .map(|(kind, counts)| Kind {
                    kind,
                    counts: (*counts).into(),
                })
                .collect(),
        }),
    };
    let mut contents = serde_json::to_vec_pretty(&document).unwrap_or_default();
    contents.push(b'\n');
    contents
}

fn area_name(project: &Project, area: ItemId) -> String {
    one_line(&project.prose(&project.items[area].declared.name))
}

fn verbs(counts: &[(MappingVerb, usize)]) -> Verbs {
    let mut verbs = Verbs::default();
    for &(verb, count) in counts {
        match verb {
            MappingVerb::IsExactly => verbs.is_exactly = count,
            MappingVerb::IsCloseTo => verbs.is_close_to = count,
            MappingVerb::IsWithin => verbs.is_within = count,
            MappingVerb::Covers => verbs.covers = count,
            MappingVerb::RelatesTo => verbs.relates_to = count,
        }
    }
    verbs
}

pub(super) const HEADER: [&str; 14] = [
    "crosswalk",
    "side",
    "part",
    "items",
    "mapped",
    "no match",
    "not answered",
    "mapped %",
    "answered %",
    "is exactly",
    "is close to",
    "is within",
    "covers",
    "relates to",
];

/// The numbers of all sets in one table: our side whole and by area, their side whole and by kind.
pub(super) fn table(project: &Project, all: &[Published<'_>]) -> Vec<u8> {
    spreadsheet(&HEADER, &lines(project, all, harmless))
}

/// The same as lines of cells; `text` is done to names.
pub(super) fn lines(
    project: &Project,
    all: &[Published<'_>],
    text: fn(&str) -> String,
) -> Vec<Vec<String>> {
    let mut sets: Vec<&Published<'_>> = all.iter().collect();
    sets.sort_by_key(|one| one.name());
    let mut rows = Vec::new();
    for one in sets {
        let coverage = &one.coverage;
        let head =
            |side: &str, part: &str| vec![one.name().to_owned(), side.to_owned(), text(part)];
        let mut whole = head("ours", "all");
        whole.extend(statement_cells(coverage.statements));
        whole.extend(coverage.verbs.iter().map(|(_, count)| count.to_string()));
        rows.push(whole);
        for &(area, counts) in &coverage.areas {
            let name = area.map_or_else(
                || "(in no area)".to_owned(),
                |area| area_name(project, area),
            );
            let mut row = head("ours", &name);
            row.extend(statement_cells(counts));
            row.resize(HEADER.len(), String::new());
            rows.push(row);
        }
        let Some(target) = &coverage.target else {
            continue;
        };
        let mut row = head("theirs", "all");
        row.extend(target_cells(target.all));
        rows.push(row);
        for (kind, counts) in &target.kinds {
            let mut row = head("theirs", kind);
            row.extend(target_cells(*counts));
            rows.push(row);
        }
    }
    rows
}

fn percent(share: Option<Amount>) -> String {
    share.map(|share| share.to_string()).unwrap_or_default()
}

fn statement_cells(counts: StatementCounts) -> [String; 6] {
    [
        counts.total.to_string(),
        counts.mapped.to_string(),
        counts.no_match.to_string(),
        counts.unmapped().to_string(),
        percent(counts.mapped_percent()),
        percent(counts.answered_percent()),
    ]
}

/// On their side nothing is ever marked as having no match.
fn target_cells(counts: TargetCounts) -> [String; 11] {
    [
        counts.total.to_string(),
        counts.reached.to_string(),
        String::new(),
        counts.total.saturating_sub(counts.reached).to_string(),
        percent(counts.reached_percent()),
        String::new(),
        counts.exactly.to_string(),
        counts.close.to_string(),
        counts.partly.to_string(),
        counts.covered.to_string(),
        counts.related.to_string(),
    ]
}
