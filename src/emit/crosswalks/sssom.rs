//! A set of mappings as SSSOM/TSV (SSSOM 1.1, "TSV"), as its canonical writer would have it.
//!
//! Metadata in a commented YAML block, then rows sorted on all columns; columns that are empty throughout are left out, and
//! what all rows share moves into the block where the standard lets it propagate. References are CURIEs; `curie_map` holds
//! the prefixes that are used. `sssom_version` is written only where something of 1.1 is used (the cardinality `1:0`).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::cardinalities::Cardinalities;
use super::cells::{escaped, one_line};
use super::{Published, TargetFramework, space_of};
use crate::emit::paths;
use crate::mapping::curies::Curies;
use crate::mapping::table::address_of_code;
use crate::mapping::write::delimited;
use crate::model::mapping_sets::{self, EntryKind};
use crate::model::{CrosswalkTarget, DerivedPath, Mapping, MappingVerb, Project};

/// The licence of a set that has none: SSSOM's own address for *unspecified*.
const UNSPECIFIED_LICENCE: &str = "https://w3id.org/sssom/license/unspecified";
/// Our own column: the ways over which a row was concluded.
const DERIVED_FROM: &str = "derived_from";
/// The object of a row that says: looked for, not there.
const NO_TERM_FOUND: &str = "sssom:NoTermFound";

/// The columns that are written, in canonical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    SubjectId,
    SubjectLabel,
    SubjectCategory,
    PredicateId,
    ObjectId,
    ObjectLabel,
    ObjectCategory,
    Justification,
    AuthorLabel,
    ObjectType,
    ObjectSource,
    ObjectSourceVersion,
    Cardinality,
    Confidence,
    Comment,
    DerivedFrom,
}

/// Name, and whether a value that all rows share may stand in the metadata instead.
const COLUMNS: [(Column, &str, bool); 16] = [
    (Column::SubjectId, "subject_id", false),
    (Column::SubjectLabel, "subject_label", false),
    (Column::SubjectCategory, "subject_category", false),
    (Column::PredicateId, "predicate_id", false),
    (Column::ObjectId, "object_id", false),
    (Column::ObjectLabel, "object_label", false),
    (Column::ObjectCategory, "object_category", false),
    (Column::Justification, "mapping_justification", false),
    (Column::AuthorLabel, "author_label", false),
    (Column::ObjectType, "object_type", true),
    (Column::ObjectSource, "object_source", true),
    (Column::ObjectSourceVersion, "object_source_version", true),
    (Column::Cardinality, "mapping_cardinality", false),
    (Column::Confidence, "confidence", false),
    (Column::Comment, "comment", false),
    (Column::DerivedFrom, DERIVED_FROM, false),
];

/// Columns that stand in the table even where they are empty.
const ALWAYS: [Column; 4] = [
    Column::SubjectId,
    Column::PredicateId,
    Column::ObjectId,
    Column::Justification,
];

/// One row: a cell for each of [`COLUMNS`].
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Row([String; COLUMNS.len()]);

impl Row {
    fn set(&mut self, column: Column, value: impl Into<String>) {
        self.0[column as usize] = value.into();
    }

    fn get(&self, column: Column) -> &str {
        &self.0[column as usize]
    }
}

/// The metadata block, in the order of the model.
#[derive(Debug, Serialize)]
struct Metadata<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    sssom_version: Option<&'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    curie_map: BTreeMap<&'a str, &'a str>,
    mapping_set_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mapping_set_version: Option<String>,
    mapping_set_title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mapping_set_description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    creator_id: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    creator_label: Vec<String>,
    license: String,
    subject_source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_source_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_source_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mapping_provider: Option<String>,
    mapping_tool: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extension_definitions: Vec<Extension>,
}

/// A column that the standard does not know.
#[derive(Debug, Serialize)]
struct Extension {
    slot_name: &'static str,
}

/// What a row's object side needs again and again.
struct Source {
    curie: Option<String>,
    version: Option<String>,
}

/// Writes one set.
pub(super) fn write(
    project: &Project,
    published: &Published<'_>,
    spaces: &[Option<&str>],
) -> Vec<u8> {
    let mut curies = prefixes(project, published, spaces);
    let mut rows = rows(project, published, spaces, &mut curies);
    rows.sort();
    rows.dedup();
    let shared = |column: Column| {
        let first = rows.first()?.get(column);
        let all = rows.iter().all(|row| row.get(column) == first);
        (all && !first.is_empty()).then(|| first.to_owned())
    };
    let object = if rows.is_empty() {
        // The crosswalk still says what it is about.
        let Source { curie, version } = source(project, published.set.to, &mut curies);
        [None, curie, version]
    } else {
        [
            Column::ObjectType,
            Column::ObjectSource,
            Column::ObjectSourceVersion,
        ]
        .map(shared)
    };
    let columns: Vec<&(Column, &str, bool)> = COLUMNS
        .iter()
        .filter(|&&(column, _, propagates)| {
            let filled = rows.iter().any(|row| !row.get(column).is_empty());
            let moved = propagates && shared(column).is_some();
            ALWAYS.contains(&column) || (filled && !moved)
        })
        .collect();
    let metadata = metadata(project, published, &mut curies, object);
    let new = rows.iter().any(|row| row.get(Column::Cardinality) == "1:0");
    let metadata = Metadata {
        sssom_version: new.then_some("1.1"),
        curie_map: curies.map(),
        extension_definitions: columns
            .iter()
            .filter(|(column, ..)| *column == Column::DerivedFrom)
            .map(|(_, slot_name, _)| Extension { slot_name })
            .collect(),
        ..metadata
    };
    let header: Vec<&str> = columns.iter().map(|(_, name, _)| *name).collect();
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let cells = columns.iter();
            cells
                .map(|&&(column, _, _)| row.get(column).to_owned())
                .collect()
        })
        .collect();
    let mut contents = block(&metadata).into_bytes();
    contents.extend(delimited(b'\t', &header, &cells));
    contents
}

/// The metadata as YAML, each line behind a `#`.
fn block(metadata: &Metadata<'_>) -> String {
    let yaml = serde_yaml::to_string(metadata).unwrap_or_default();
    debug_assert!(!yaml.is_empty(), "texts and lists of texts are always YAML");
    yaml.lines().fold(String::new(), |mut block, line| {
        block.push('#');
        block.push_str(line);
        block.push('\n');
        block
    })
}

/// Prefixes for the items on both sides and for what the catalogue publishes; they stand in the file once they are used.
fn prefixes(project: &Project, published: &Published<'_>, spaces: &[Option<&str>]) -> Curies {
    let mut curies = Curies::default();
    for framework in [Some(published.set.from), own(published.set.to)]
        .into_iter()
        .flatten()
    {
        let page = paths::framework_page(project, framework, project.main_language()).address;
        let name = project.address_id(&project.frameworks[framework].declared);
        curies.add_space(name, &format!("{page}#"));
    }
    if let Some(space) = space_of(spaces, published.set.to) {
        curies.add_space(super::target_name(project, published.set.to), space);
    }
    curies.add_space(&project.settings.name, &project.settings.base);
    curies
}

fn own(target: Option<CrosswalkTarget>) -> Option<crate::model::FrameworkId> {
    match target {
        Some(CrosswalkTarget::Own(id)) => Some(id),
        Some(CrosswalkTarget::External(_)) | None => None,
    }
}

fn rows(
    project: &Project,
    published: &Published<'_>,
    spaces: &[Option<&str>],
    curies: &mut Curies,
) -> Vec<Row> {
    let set = &published.set;
    let cardinalities = Cardinalities::of(&set.entries);
    let subject_prefix = project.address_id(&project.frameworks[set.from].declared);
    let mut sources: FxHashMap<Option<CrosswalkTarget>, Source> = FxHashMap::default();
    let mut rows = Vec::with_capacity(set.entries.len());
    for entry in &set.entries {
        let item = &project.items[entry.item];
        let address = paths::item_address(project, entry.item);
        let mut row = Row::default();
        row.set(Column::SubjectId, curies.curie(subject_prefix, &address));
        let name = project.prose(&item.declared.name);
        row.set(Column::SubjectLabel, one_line(&name));
        row.set(Column::SubjectCategory, item.kind.word());
        row.set(Column::Justification, "semapv:ManualMappingCuration");
        row.set(Column::Cardinality, cardinalities.word(entry));
        let to = match entry.kind {
            EntryKind::Match(mapping) => {
                let to = mapping_sets::target_framework(project, mapping.target);
                if let Some(space) = space_of(spaces, to) {
                    curies.add_space(super::target_name(project, to), space);
                }
                fill_match(project, mapping, to, curies, &mut row);
                if let Some(derived) = entry.derived {
                    row.set(Column::Justification, "semapv:MappingChaining");
                    let ways = std::iter::once(&derived.path).chain(&derived.others);
                    let ways: Vec<String> = ways
                        .map(|path| way(project, path, row.get(Column::SubjectId), spaces, curies))
                        .collect();
                    row.set(Column::DerivedFrom, ways.join("|"));
                }
                to
            }
            EntryKind::NoMatch(note) => {
                // What is not there is not there exactly either; that predicate is the convention for such rows.
                row.set(Column::PredicateId, "skos:exactMatch");
                row.set(Column::ObjectId, NO_TERM_FOUND);
                let note = note.map(|note| project.prose(note));
                row.set(Column::Comment, one_line(&note.unwrap_or_default()));
                set.to
            }
        };
        let source = sources
            .entry(to)
            .or_insert_with(|| source(project, to, curies));
        let Source { curie, version } = source;
        row.set(Column::ObjectSource, curie.as_deref().unwrap_or_default());
        row.set(
            Column::ObjectSourceVersion,
            version.as_deref().unwrap_or_default(),
        );
        rows.push(row);
    }
    rows
}

/// A way in the spelling of [`crate::mapping::path`], with CURIEs.
fn way(
    project: &Project,
    path: &DerivedPath,
    start: &str,
    spaces: &[Option<&str>],
    curies: &mut Curies,
) -> String {
    let mut text = start.to_owned();
    for step in &path.steps {
        let to = mapping_sets::target_framework(project, step.to);
        if let Some(space) = space_of(spaces, to) {
            curies.add_space(super::target_name(project, to), space);
        }
        if let Some(framework) = own(to) {
            let page = paths::framework_page(project, framework, project.main_language()).address;
            curies.add_space(super::target_name(project, to), &format!("{page}#"));
        }
        let target = super::target_item(project, step.to, None);
        let name = super::target_name(project, to);
        let address = target
            .address
            .unwrap_or_else(|| address_of_code(name, &target.code));
        let written = if step.inverse {
            opposite(step.verb)
        } else {
            step.verb
        };
        text.push(' ');
        if step.inverse {
            text.push('^');
        }
        text.push_str(written.predicate());
        text.push(' ');
        text.push_str(&curies.curie(name, &address));
    }
    text
}

/// The verb the other way round.
const fn opposite(verb: MappingVerb) -> MappingVerb {
    match verb {
        MappingVerb::IsWithin => MappingVerb::Covers,
        MappingVerb::Covers => MappingVerb::IsWithin,
        MappingVerb::IsExactly | MappingVerb::IsCloseTo | MappingVerb::RelatesTo => verb,
    }
}

fn fill_match(
    project: &Project,
    mapping: &Mapping,
    to: Option<CrosswalkTarget>,
    curies: &mut Curies,
    row: &mut Row,
) {
    let target = super::target_item(project, mapping.target, mapping.label);
    row.set(Column::PredicateId, mapping.verb.predicate());
    let label = target.label.as_deref().map(one_line).unwrap_or_default();
    match target.address {
        Some(address) => {
            let prefix = super::target_name(project, to);
            row.set(Column::ObjectId, curies.curie(prefix, &address));
            row.set(Column::ObjectLabel, label);
        }
        None => {
            // Known by its words alone; the standard calls that a literal.
            row.set(Column::ObjectType, "rdfs literal");
            let words = if label.is_empty() {
                one_line(&target.code)
            } else {
                label
            };
            row.set(Column::ObjectLabel, words);
        }
    }
    if let Some(kind) = target.kind {
        row.set(Column::ObjectCategory, one_line(&kind));
    }
    if let Some(by) = mapping.by {
        row.set(Column::AuthorLabel, escaped(&project.text(by)));
    }
    if let Some(confidence) = mapping.confidence {
        row.set(Column::Confidence, confidence.to_string());
    }
    if let Some(because) = &mapping.because {
        row.set(Column::Comment, one_line(&project.prose(because)));
    }
}

fn source(project: &Project, to: Option<CrosswalkTarget>, curies: &mut Curies) -> Source {
    let TargetFramework {
        address, version, ..
    } = super::target_framework(project, to);
    let name = format!("{}-source", super::target_name(project, to));
    Source {
        curie: address.map(|address| curies.curie(&name, &address)),
        version: version.map(|version| one_line(&version)),
    }
}

fn metadata<'a>(
    project: &Project,
    published: &Published<'_>,
    curies: &mut Curies,
    [object_type, object_source, object_source_version]: [Option<String>; 3],
) -> Metadata<'a> {
    let set = &published.set;
    let from = &project.frameworks[set.from];
    let crosswalk = set.declared.map(|id| &project.crosswalks[id]);
    let read = |text| project.text(text).into_owned();
    let target = super::target_framework(project, set.to);
    let from_name = one_line(&project.prose(&from.declared.name));
    let licence = crosswalk
        .and_then(|crosswalk| crosswalk.licence)
        .map(|licence| read(licence.iri))
        .or_else(|| project.settings.licence.clone())
        .filter(|licence| is_address(licence));
    let issuer = crosswalk
        .and_then(|crosswalk| crosswalk.issuer)
        .or(from.issuer);
    let about = match crosswalk {
        Some(crosswalk) => crosswalk.declared.about.as_ref(),
        None => None,
    };
    let description = match (crosswalk, about) {
        (_, Some(about)) => Some(one_line(&project.prose(about))),
        (Some(_), None) => None,
        (None, None) => Some(format!(
            "The mappings that the items of {from_name} carry themselves."
        )),
    };
    let id = crosswalk
        .and_then(|crosswalk| crosswalk.declared.iri)
        .map_or_else(|| format!("{}.sssom.tsv", published.stem.address), read);
    Metadata {
        sssom_version: None,
        curie_map: BTreeMap::new(),
        mapping_set_id: id,
        mapping_set_version: crosswalk
            .and_then(|crosswalk| crosswalk.version)
            .map(read)
            .or_else(|| project.settings.version.clone()),
        mapping_set_title: format!("{from_name} to {}", one_line(&target.title)),
        mapping_set_description: description,
        creator_id: issuer
            .map(|issuer| {
                let profile = paths::issuer_profile(project, issuer).address;
                curies.curie(&project.settings.name, &profile)
            })
            .into_iter()
            .collect(),
        creator_label: issuer
            .map(|issuer| one_line(&project.prose(&project.issuers[issuer].declared.name)))
            .into_iter()
            .collect(),
        license: licence.unwrap_or_else(|| UNSPECIFIED_LICENCE.to_owned()),
        subject_source: curies.curie(
            &project.settings.name,
            &super::framework_address(project, set.from),
        ),
        subject_source_version: from.version.map(read),
        object_type,
        object_source,
        object_source_version,
        mapping_provider: issuer
            .and_then(|issuer| project.issuers[issuer].url)
            .map(read),
        mapping_tool: "Gradus",
        comment: target.attribution.map(|line| one_line(&line)),
        extension_definitions: Vec::new(),
    }
}

fn is_address(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty())
        && !text.contains(char::is_whitespace)
}
