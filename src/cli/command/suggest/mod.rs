//! `gradus suggest`: proposes mappings from a framework of the project to another, and adds them to the crosswalk on request.

mod measure;
mod rows;

use std::fmt::Write as _;
use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::super::Exit;
use super::super::args::{Suggest, SuggestFormat};
use super::super::render::counted;
use super::super::terminal::Terminal;
use super::{fix, open};
use crate::diag::did_you_mean;
use crate::model::mapping_sets::{EntryKind, mapping_sets};
use crate::model::{CrosswalkTarget, FrameworkId, ItemId, MappingTarget, Project, Standing};
use crate::suggest::adapters;
use crate::suggest::concept::{Concepts, Known};
use crate::suggest::propose::{Proposal, Wish, propose};
use crate::workspace::{Analysis, Fault};

pub(in crate::cli) fn run(
    options: &Suggest,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    if let Some(table) = &options.evaluate {
        return measure::run(options, table, config, terminal);
    }
    let (root, analysis) = open(options.project.clone(), config)?;
    let (Some(from), Some(to)) = (&options.from, &options.to) else {
        return Err(Fault::usage("nothing to map from or to"));
    };
    let job = Job::new(&analysis, from, to)?;
    let proposals = job.proposals(options);
    if options.write {
        let edits = rows::edits(&analysis, &job, &proposals);
        let count = proposals.len();
        if count > 0 {
            fix::apply(&root, &analysis, &fix::of_edits(edits))?;
        }
        terminal.note(&format!(
            "{} written, marked `proposed`; `gradus check` lists them",
            counted(count, "proposal", "proposals")
        ));
    } else {
        terminal.print(&shown(&job, &proposals, options.format)?)?;
        terminal.note(&format!(
            "{} for {}",
            counted(proposals.len(), "proposal", "proposals"),
            counted(
                job.wanted.len(),
                "item without a mapping",
                "items without a mapping"
            )
        ));
    }
    Ok(if analysis.bad_settings {
        Exit::Usage
    } else {
        Exit::Clean
    })
}

/// Both sides of what is asked for, and what the project says about them already.
pub(super) struct Job<'a> {
    project: &'a Project,
    from: FrameworkId,
    to: CrosswalkTarget,
    /// What stands before the colon of a code; empty for a framework of the project.
    alias: String,
    source: Concepts,
    items: Vec<ItemId>,
    target: Concepts,
    target_items: Vec<ItemId>,
    known: Vec<Known>,
    never: FxHashSet<(u32, u32)>,
    settled: FxHashSet<u32>,
    /// Items that carry a statement and are not mapped yet.
    wanted: Vec<u32>,
}

/// A framework of the project by its id.
fn own_framework(project: &Project, name: &str) -> Option<FrameworkId> {
    let found = project
        .frameworks
        .iter()
        .find(|(_, framework)| project.name(framework.declared.id) == name);
    found.map(|(id, _)| id)
}

/// The language of the project's texts.
fn language(analysis: &Analysis) -> String {
    let languages = &analysis.project.settings.languages;
    languages.first().cloned().unwrap_or_default()
}

/// The concepts of a framework by its name in the project, and where they come from.
fn side(
    analysis: &Analysis,
    name: &str,
) -> Result<(Concepts, Vec<ItemId>, CrosswalkTarget), Fault> {
    let project = &analysis.project;
    if let Some(id) = own_framework(project, name) {
        let (concepts, items) = adapters::of_framework(project, id, &language(analysis));
        return Ok((concepts, items, CrosswalkTarget::Own(id)));
    }
    let found = project
        .external_frameworks
        .iter()
        .find(|(_, framework)| project.name(framework.alias) == name);
    let Some((id, framework)) = found else {
        let own = project
            .frameworks
            .iter()
            .map(|(_, framework)| framework.declared.id);
        let external = project
            .external_frameworks
            .iter()
            .map(|(_, framework)| framework.alias);
        let names: Vec<&str> = own.chain(external).map(|name| project.name(name)).collect();
        return Err(Fault::Usage {
            message: format!("the project has and uses no framework `{name}`"),
            help: did_you_mean(name, names.iter().copied()).or_else(|| {
                Some(format!(
                    "write `use {name}` in one of its files, if that is a framework from elsewhere"
                ))
            }),
        });
    };
    let Some(pack) = &framework.pack else {
        return Err(Fault::usage(format!(
            "the content of `{name}` is not at hand"
        )));
    };
    Ok((
        adapters::of_pack(pack),
        Vec::new(),
        CrosswalkTarget::External(id),
    ))
}

impl<'a> Job<'a> {
    fn new(analysis: &'a Analysis, from: &str, to: &str) -> Result<Job<'a>, Fault> {
        let project = &analysis.project;
        let Some(framework) = own_framework(project, from) else {
            let names = project
                .frameworks
                .iter()
                .map(|(_, framework)| project.name(framework.declared.id));
            return Err(Fault::Usage {
                message: format!("the project has no framework `{from}`"),
                help: did_you_mean(from, names),
            });
        };
        let (source, items) = adapters::of_framework(project, framework, &language(analysis));
        let (target, target_items, to_id) = side(analysis, to)?;
        let mut job = Job {
            project,
            from: framework,
            to: to_id,
            alias: match to_id {
                CrosswalkTarget::External(_) => to.to_owned(),
                CrosswalkTarget::Own(_) => String::new(),
            },
            source,
            items,
            target,
            target_items,
            known: Vec::new(),
            never: FxHashSet::default(),
            settled: FxHashSet::default(),
            wanted: Vec::new(),
        };
        job.gather();
        Ok(job)
    }

    /// What the project has mapped, refused and settled.
    fn gather(&mut self) {
        let project = self.project;
        let positions: FxHashMap<ItemId, u32> = (0u32..)
            .zip(&self.items)
            .map(|(at, id)| (*id, at))
            .collect();
        let targets: FxHashMap<ItemId, u32> = (0u32..)
            .zip(&self.target_items)
            .map(|(at, id)| (*id, at))
            .collect();
        let target_of = |target: MappingTarget| match target {
            MappingTarget::External(id) => {
                let item = &project.external_items[id];
                let here = item.framework.map(CrosswalkTarget::External) == Some(self.to);
                item.index.filter(|_| here).map(|index| index.0)
            }
            MappingTarget::Own(id) => targets.get(&id).copied(),
        };
        for set in mapping_sets(project) {
            for entry in set
                .entries
                .iter()
                .filter(|_| set.from == self.from && set.to == Some(self.to))
            {
                let Some(source) = positions.get(&entry.item).copied() else {
                    continue;
                };
                match entry.kind {
                    EntryKind::Match(mapping) => {
                        if let Some(target) = target_of(mapping.target) {
                            self.known
                                .push(adapters::known(source, target, mapping.verb));
                        }
                    }
                    EntryKind::NoMatch(_) => {
                        self.settled.insert(source);
                    }
                }
            }
        }
        let crosswalks = project.crosswalks.as_slice().iter();
        for row in crosswalks
            .filter(|one| one.from == self.from)
            .flat_map(|one| &one.pending)
        {
            // Proposed already or refused: either way it is not said again.
            match row.standing {
                Standing::Proposed | Standing::Refused => {}
            }
            if let (Some(source), Some(target)) =
                (positions.get(&row.item), target_of(row.mapping.target))
            {
                self.never.insert((*source, target));
            }
        }
        let mapped: FxHashSet<u32> = self.known.iter().map(|row| row.source).collect();
        self.wanted = (0u32..)
            .zip(&self.items)
            .filter(|(at, id)| {
                !project.items[**id].statements.is_empty()
                    && !mapped.contains(at)
                    && !self.settled.contains(at)
            })
            .map(|(at, _)| at)
            .collect();
    }

    fn proposals(&self, options: &Suggest) -> Vec<Proposal> {
        let wish = Wish {
            limit: options.limit,
            least: options.least,
            sources: Some(self.wanted.clone()),
            never: self.never.clone(),
            settled: self.settled.clone(),
        };
        propose(&self.source, &self.target, &self.known, &wish, None)
    }

    fn source_path(&self, proposal: &Proposal) -> &str {
        self.source
            .items
            .get(proposal.source as usize)
            .map_or("", |item| item.key.as_str())
    }

    fn target_label(&self, proposal: &Proposal) -> &str {
        self.target
            .items
            .get(proposal.target as usize)
            .map_or("", |item| item.label())
    }

    /// The target as the language writes it.
    fn reference(&self, proposal: &Proposal) -> String {
        if let Some(item) = self.target_items.get(proposal.target as usize) {
            return self
                .project
                .name(self.project.items[*item].full_path)
                .to_owned();
        }
        let code = self
            .target
            .items
            .get(proposal.target as usize)
            .map_or("", |item| item.code.as_str());
        let plain = code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
            && code.ends_with(|last: char| last.is_ascii_alphanumeric());
        if plain {
            format!("{}:{code}", self.alias)
        } else {
            format!("{}:\"{}\"", self.alias, rows::escaped(code))
        }
    }
}

/// A proposal for programs.
#[derive(Debug, Serialize)]
struct Line<'a> {
    item: &'a str,
    verb: &'a str,
    target: String,
    label: &'a str,
    confidence: f32,
    because: String,
}

fn lines<'a>(job: &'a Job<'_>, proposals: &[Proposal]) -> Vec<Line<'a>> {
    proposals
        .iter()
        .map(|proposal| Line {
            item: job
                .source
                .items
                .get(proposal.source as usize)
                .map_or("", |item| item.key.as_str()),
            verb: proposal.verb.words(),
            target: job.reference(proposal),
            label: job
                .target
                .items
                .get(proposal.target as usize)
                .map_or("", |item| item.label()),
            confidence: rows::rounded(proposal.confidence),
            because: proposal.reason.line(),
        })
        .collect()
}

fn shown(job: &Job<'_>, proposals: &[Proposal], format: SuggestFormat) -> Result<String, Fault> {
    let lines = lines(job, proposals);
    let failed = |error: &dyn std::fmt::Display| {
        Fault::Internal(format!("the proposals cannot be written: {error}"))
    };
    match format {
        SuggestFormat::Text => {
            let mut text = String::new();
            for (proposal, line) in proposals.iter().zip(&lines) {
                // Writing to a string cannot fail.
                let _ = writeln!(
                    text,
                    "{} {} {} \"{}\"\n    confidence {:.2}, {}",
                    job.source_path(proposal),
                    line.verb,
                    line.target,
                    job.target_label(proposal),
                    line.confidence,
                    line.because
                );
            }
            Ok(text)
        }
        SuggestFormat::Json => serde_json::to_string_pretty(&lines)
            .map(|text| text + "\n")
            .map_err(|error| failed(&error)),
        SuggestFormat::Csv => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for line in &lines {
                writer.serialize(line).map_err(|error| failed(&error))?;
            }
            let bytes = writer.into_inner().map_err(|error| failed(&error))?;
            String::from_utf8(bytes).map_err(|error| failed(&error))
        }
    }
}
