//! Output `crosswalks`: every set of mappings as SSSOM/TSV, as a sheet for spreadsheets, and in numbers.
//!
//! Goes in: the project. Comes out, below `crosswalks/`: for each declared crosswalk, and for each framework elsewhere that
//! items map to by themselves, `STEM.sssom.tsv`, `STEM.csv` and `STEM.coverage.json`, the same rows as `STEM.json`, `STEM.xlsx`,
//! `STEM.ttl` and `STEM.case.json`; and `coverage.csv` for all of them.
//! Shapes and decisions are described for readers in `docs/outputs.md`.

mod cardinalities;
pub(in crate::emit) mod cells;
mod coverage_page;
mod numbers;
mod reports;
mod sheet;
mod source;
mod sssom;
mod tables;

pub use coverage_page::coverage_page;
pub use reports::{
    Gap, Summary, coverage_csv, coverage_json, coverage_xlsx, gaps, gaps_csv, list, not_begun,
    sssom_of, table_of,
};

pub use source::{Source, source_of};

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::paths::{self, Location};
use super::{Emitter, Input, OutputFile};
use crate::mapping::write::{Format, Laid};
use crate::model::coverage::{Coverage, coverage, kind_word};
use crate::model::mapping_sets::{MappingSet, mapping_sets};
use crate::model::{
    Crosswalk, CrosswalkTarget, ExternalFramework, Id, MappingTarget, Project, Text,
};

/// The output as it stands in the list.
pub(super) const EMITTER: Emitter = Emitter {
    name: "crosswalks",
    summary: "mappings to other frameworks as SSSOM/TSV, CSV, XLSX, JSON, SKOS and CASE, with coverage in both directions",
    version: 1,
    emit,
};

/// A set of mappings, where it is published, and its numbers.
struct Published<'a> {
    set: MappingSet<'a>,
    /// Its files without their endings.
    stem: Location,
    coverage: Coverage,
}

impl Published<'_> {
    /// `data-literacy-to-esco`: the name of its files.
    fn name(&self) -> &str {
        let path = self.stem.path.as_str();
        path.rsplit_once('/').map_or(path, |(_, name)| name)
    }

    fn file(&self, ending: &str, contents: Vec<u8>) -> OutputFile {
        OutputFile {
            path: format!("{}{ending}", self.stem.path),
            contents,
        }
    }
}

fn emit(input: &Input<'_>) -> Vec<OutputFile> {
    let project = input.project;
    let published = published(project);
    if published.is_empty() {
        return Vec::new();
    }
    let spaces = target_spaces(project);
    let mut files: Vec<OutputFile> = published
        .par_iter()
        .flat_map_iter(|one| {
            let mut files = vec![
                one.file(".sssom.tsv", sssom::write(project, one, &spaces)),
                one.file(".csv", sheet::write(project, one)),
                one.file(".coverage.json", numbers::json(project, one)),
            ];
            let table = tables::table(project, one);
            let laid = Laid::out(&table);
            for (format, _, ending) in Format::ALL {
                if matches!(format, Format::Sssom | Format::Csv) {
                    continue;
                }
                // What a format cannot hold (a cell too long for a workbook) is not published in it; `export` says why.
                if let Ok(contents) = laid.write(format) {
                    files.push(one.file(ending, contents));
                }
            }
            files
        })
        .collect();
    files.push(OutputFile {
        path: paths::COVERAGE.to_owned(),
        contents: numbers::table(project, &published),
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// All sets with files of their own.
fn published(project: &Project) -> Vec<Published<'_>> {
    sets_with_files(project)
        .into_par_iter()
        .map(|(set, stem)| Published {
            coverage: coverage(project, &set),
            set,
            stem,
        })
        .collect()
}

/// The sets of mappings that have files, and where these lie, without their endings. Declared ones have the first say about names
/// of files; a crosswalk that holds nothing but proposals has none.
pub(in crate::emit) fn sets_with_files(project: &Project) -> Vec<(MappingSet<'_>, Location)> {
    let mut sets = mapping_sets(project);
    sets.retain(|set| {
        let crosswalk = set.declared.map(|id| &project.crosswalks[id]);
        !(set.entries.is_empty() && crosswalk.is_some_and(Crosswalk::states_nothing_yet))
    });
    let mut taken = BTreeSet::new();
    let mut stems = Vec::with_capacity(sets.len());
    for set in &sets {
        let stem = match set.declared {
            Some(id) => paths::crosswalk_stem(project, id),
            None => paths::implied_crosswalk_stem(project, set.from, target_name(project, set.to)),
        };
        let mut free = stem.clone();
        let mut number = 2;
        while !taken.insert(free.path.clone()) {
            free = Location {
                path: format!("{}-{number}", stem.path),
                address: format!("{}-{number}", stem.address),
            };
            number += 1;
        }
        stems.push(free);
    }
    sets.into_iter().zip(stems).collect()
}

/// The word for the other side in file names and prefixes.
fn target_name(project: &Project, target: Option<CrosswalkTarget>) -> &str {
    match target {
        Some(CrosswalkTarget::External(id)) => project.name(project.external_frameworks[id].alias),
        Some(CrosswalkTarget::Own(id)) => project.address_id(&project.frameworks[id].declared),
        None => "elsewhere",
    }
}

/// What all addresses of each framework elsewhere start with, by the framework's position.
fn target_spaces(project: &Project) -> Vec<Option<&str>> {
    let space = |framework: &'_ ExternalFramework| -> Option<usize> {
        let pack = framework.pack.as_ref()?;
        let items = pack.items().iter().map(|item| item.iri.as_str());
        crate::mapping::curies::common_space(items).map(str::len)
    };
    project
        .external_frameworks
        .as_slice()
        .iter()
        .map(|framework| {
            let length = space(framework)?;
            let first = framework.pack.as_ref()?.items().first()?;
            first.iri.get(..length)
        })
        .collect()
}

/// The other end of a mapping, for readers and for software.
struct TargetItem {
    /// Its code or path.
    code: String,
    label: Option<String>,
    /// Its address; `None` where the framework is not at hand.
    address: Option<String>,
    /// What its publisher calls such an item.
    kind: Option<String>,
}

/// The other end of a mapping; `label` is what the text has beside its code.
fn target_item(project: &Project, target: MappingTarget, label: Option<Text>) -> TargetItem {
    match target {
        MappingTarget::External(id) => {
            let item = &project.external_items[id];
            let known = project.pack_item(item);
            let written = || label.map(|label| project.text(label).into_owned());
            TargetItem {
                // Somebody may have written its address instead.
                code: known.map_or_else(|| item.code.clone(), |known| known.code.clone()),
                label: known.map(|item| item.label.clone()).or_else(written),
                address: item.iri.clone(),
                kind: known.map(|item| kind_word(item).to_owned()),
            }
        }
        MappingTarget::Own(id) => {
            let item = &project.items[id];
            TargetItem {
                code: project.name(item.full_path).to_owned(),
                label: Some(project.prose(&item.declared.name).into_owned()),
                address: Some(paths::item_address(project, id)),
                kind: Some(item.kind.word().to_owned()),
            }
        }
    }
}

/// The framework on the other side, for readers and for software.
struct TargetFramework {
    title: String,
    version: Option<String>,
    /// Its own address, or the one where it is published.
    address: Option<String>,
    /// The line that its publisher wants to see.
    attribution: Option<String>,
}

fn target_framework(project: &Project, target: Option<CrosswalkTarget>) -> TargetFramework {
    match target {
        Some(CrosswalkTarget::External(id)) => {
            let framework = &project.external_frameworks[id];
            let pack = framework.pack.as_ref();
            TargetFramework {
                title: pack.map_or_else(
                    || project.name(framework.alias).to_owned(),
                    |pack| pack.title.clone(),
                ),
                version: pack
                    .map(|pack| pack.version.clone())
                    .or_else(|| framework.version.clone()),
                address: pack.map(|pack| pack.framework_iri().to_owned()),
                attribution: pack.map(|pack| pack.attribution.clone()),
            }
        }
        Some(CrosswalkTarget::Own(id)) => {
            let framework = &project.frameworks[id];
            TargetFramework {
                title: project.prose(&framework.declared.name).into_owned(),
                version: framework
                    .version
                    .map(|version| project.text(version).into_owned()),
                address: Some(framework_address(project, id)),
                attribution: None,
            }
        }
        None => TargetFramework {
            title: "items elsewhere".to_owned(),
            version: None,
            address: None,
            attribution: None,
        },
    }
}

/// The address of a framework of the project: its own, or its page.
fn framework_address(project: &Project, id: crate::model::FrameworkId) -> String {
    match project.frameworks[id].declared.iri {
        Some(iri) => project.text(iri).into_owned(),
        None => paths::framework_page(project, id, project.main_language()).address,
    }
}

/// The place of a framework elsewhere among the spaces.
fn space_of<'a>(spaces: &[Option<&'a str>], target: Option<CrosswalkTarget>) -> Option<&'a str> {
    match target {
        Some(CrosswalkTarget::External(id)) => spaces.get(id.index()).copied().flatten(),
        Some(CrosswalkTarget::Own(_)) | None => None,
    }
}
