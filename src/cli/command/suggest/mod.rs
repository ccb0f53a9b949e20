//! `gradus suggest`: proposes mappings from a framework to another, and adds them to the crosswalk of the project on request.

mod measure;
mod model;
mod rows;
mod side;

use std::fmt::Write as _;
use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::super::Exit;
use super::super::args::{Suggest, SuggestFormat, SuggestKind};
use super::super::render::counted;
use super::super::terminal::Terminal;
use super::{fix, load_if_any};
use crate::diag::Edit;
use crate::import::pack::{PackItemIndex, StandsFor};
use crate::model::mapping_sets::{EntryKind, mapping_sets};
use crate::model::{CrosswalkTarget, FrameworkId, ItemId, MappingTarget, Project, Standing};
use crate::suggest::adapters;
use crate::suggest::concept::{Concepts, Known};
use crate::suggest::features::Outside;
use crate::suggest::nearness::{Nearness, Vectors};
use crate::suggest::propose::{Proposal, Wish, propose};
use crate::workspace::{Analysis, Fault};
use side::{Items, Opened, Side};

/// There is no crosswalk to a framework, or to a version of one, that the project does not use.
fn not_used(to: &Opened, project: Option<&Analysis>) -> Fault {
    let Opened::Pack { pack, .. } = to else {
        return Fault::usage(format!("the project does not use `{}`", to.name(project)));
    };
    let analysis = project.map(|analysis| &analysis.project);
    let others = analysis.into_iter().flat_map(|project| {
        let used = project.external_frameworks.as_slice().iter();
        used.filter(|framework| project.names.text(framework.id) == pack.id)
            .filter_map(|framework| {
                Some((project.name(framework.alias), framework.pack.as_deref()?))
            })
    });
    let other = others.into_iter().next();
    let line = format!("`use {} \"{}\"`", pack.id, pack.version);
    match other {
        Some((alias, used)) => Fault::Usage {
            message: format!(
                "the project uses `{}` {}, not {}",
                pack.id, used.version, pack.version
            ),
            help: Some(format!(
                "map to the version that is used, with `--to {alias}`, or put {line} in its place"
            )),
        },
        None => Fault::Usage {
            message: format!("the project does not use `{}`", pack.id),
            help: Some(format!("write {line} in one of its files")),
        },
    }
}

/// Proposals with less confidence are left out where nothing else is asked for.
const LEAST: f32 = 0.2;

pub(in crate::cli) fn run(
    options: &Suggest,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    if let Some(table) = &options.evaluate {
        return measure::run(options, table, config, terminal);
    }
    let (root, analysis) = load_if_any(options.project.clone(), config)?;
    // Packs need no texts of the project's own.
    let project = Some(&analysis).filter(|analysis| analysis.gradus_files > 0);
    let (Some(from), Some(to)) = (&options.from, &options.to) else {
        return Err(Fault::usage("nothing to map from or to"));
    };
    let from = side::open(&root, project, from)?;
    let to = side::open(&root, project, to)?;
    let same = match (&from, &to) {
        (Opened::Own(from), Opened::Own(to)) => from == to,
        (Opened::Pack { pack: from, .. }, Opened::Pack { pack: to, .. }) => {
            from.id == to.id && from.version == to.version
        }
        (Opened::Own(_), Opened::Pack { .. }) | (Opened::Pack { .. }, Opened::Own(_)) => false,
    };
    if same {
        return Err(Fault::usage(format!(
            "`{}` cannot be mapped to itself",
            from.name(project)
        )));
    }
    let own = match &from {
        Opened::Own(id) => Some(*id),
        Opened::Pack { .. } => None,
    };
    if options.write && own.is_none() {
        return Err(Fault::Usage {
            message: format!(
                "`{}` is not a framework of the project, so there is no crosswalk to write into",
                from.name(project)
            ),
            help: Some("leave `--write` out, and take the list with `--format csv`".to_owned()),
        });
    }
    if options.write && to.target().is_none() {
        return Err(not_used(&to, project));
    }
    let classes = side::classes(&from, &to, options.kind.map(class));
    if classes.is_empty() {
        return Err(Fault::usage(format!(
            "no codes of `{}` and `{}` stand for the same, such as skills or occupations",
            from.name(project),
            to.name(project)
        )));
    }
    let encoder = match &options.model {
        Some(folder) => Some(model::open(folder)?),
        None => None,
    };
    let mut vectors = Vectors::default();
    let mut found: Vec<(Job<'_>, Vec<Proposal>)> = Vec::new();
    for (ours, theirs) in classes {
        let sides = (from.side(project, ours), to.side(project, theirs));
        let job = Job::new(project, (own, to.target()), sides);
        let nearness = match &encoder {
            Some(encoder) => {
                let found = Nearness::new(&job.source, &job.target, &mut vectors, encoder.as_ref());
                Some(found.map_err(Fault::usage)?)
            }
            None => None,
        };
        let outside = nearness.as_ref().map(|nearness| nearness as Outside<'_>);
        let proposals = job.proposals(options, outside);
        found.push((job, proposals));
    }
    let count: usize = found.iter().map(|(_, proposals)| proposals.len()).sum();
    let wanted: usize = found.iter().map(|(job, _)| job.wanted.len()).sum();
    let waiting: usize = found.iter().map(|(job, _)| job.waiting).sum();
    if options.write {
        let mut files: Vec<String> = Vec::new();
        for (job, proposals) in found.iter().filter(|(_, proposals)| !proposals.is_empty()) {
            let edits = rows::edits(&analysis, job, proposals);
            let file = |edit: &Edit| analysis.sources.file(edit.place.file).name().to_owned();
            files.extend(edits.iter().map(file).map(|file| format!("`{file}`")));
            fix::apply(&root, &analysis, &fix::of_edits(edits))?;
        }
        files.dedup();
        let listed = match count {
            0 => "",
            1 => ", marked `proposed`; `gradus check` lists it",
            _ => ", marked `proposed`; `gradus check` lists them",
        };
        terminal.note(&format!(
            "{} written{}{}{listed}",
            counted(count, "proposal", "proposals"),
            if files.is_empty() { "" } else { " into " },
            files.join(" and ")
        ));
    } else {
        terminal.print(&shown(&found, options.format)?)?;
        terminal.note(&format!(
            "{} for {}",
            counted(count, "proposal", "proposals"),
            counted(wanted, "item without a mapping", "items without a mapping")
        ));
    }
    if waiting > 0 {
        terminal.note(&format!(
            "{} left alone, with proposals that nobody has judged yet; `gradus check` lists them",
            counted(waiting, "item is", "items are")
        ));
    }
    Ok(if analysis.bad_settings {
        Exit::Usage
    } else {
        Exit::Clean
    })
}

/// What the word on the command line stands for.
pub(super) fn class(word: SuggestKind) -> StandsFor {
    match word {
        SuggestKind::Skills => StandsFor::Skill,
        SuggestKind::Levels => StandsFor::Level,
        SuggestKind::Fields => StandsFor::Field,
        SuggestKind::Occupations => StandsFor::Occupation,
    }
}

/// Both sides of what is asked for, and what the project says about them already.
pub(super) struct Job<'a> {
    project: Option<&'a Project>,
    /// The framework of the project that is mapped; nothing for a pack.
    from: Option<FrameworkId>,
    /// What it is mapped to, if the project knows that.
    to: Option<CrosswalkTarget>,
    source: Concepts,
    source_items: Items,
    target: Concepts,
    target_items: Items,
    known: Vec<Known>,
    never: FxHashSet<(u32, u32)>,
    settled: FxHashSet<u32>,
    /// Items that are not mapped yet and have no proposal that waits; of the project's own those that carry a statement.
    wanted: Vec<u32>,
    /// How many items have proposals that nobody has judged yet.
    waiting: usize,
}

impl<'a> Job<'a> {
    fn new(
        analysis: Option<&'a Analysis>,
        (from, to): (Option<FrameworkId>, Option<CrosswalkTarget>),
        (source, target): (Side, Side),
    ) -> Job<'a> {
        let mut job = Job {
            project: analysis.map(|analysis| &analysis.project),
            from,
            to,
            source: source.concepts,
            source_items: source.items,
            target: target.concepts,
            target_items: target.items,
            known: Vec::new(),
            never: FxHashSet::default(),
            settled: FxHashSet::default(),
            wanted: Vec::new(),
            waiting: 0,
        };
        match (job.project, job.from, &job.source_items) {
            (Some(project), Some(from), Items::Own(items)) => {
                let items = items.clone();
                job.gather(project, from, &items);
            }
            _ => {
                job.wanted =
                    (0..u32::try_from(job.source.items.len()).unwrap_or(u32::MAX)).collect();
            }
        }
        job
    }

    /// Where the targets of mappings stand in the list of concepts.
    fn target_positions(&self, project: &Project) -> FxHashMap<MappingTarget, u32> {
        let mut found: FxHashMap<MappingTarget, u32> = FxHashMap::default();
        match &self.target_items {
            Items::Own(items) => {
                for (at, id) in (0u32..).zip(items) {
                    found.insert(MappingTarget::Own(*id), at);
                }
            }
            Items::Pack { indexes, .. } => {
                let positions: FxHashMap<PackItemIndex, u32> =
                    indexes.iter().copied().zip(0u32..).collect();
                for (id, item) in project.external_items.iter() {
                    let here = item.framework.map(CrosswalkTarget::External) == self.to;
                    let at = item.index.filter(|_| here);
                    if let Some(at) = at.and_then(|index| positions.get(&index)) {
                        found.insert(MappingTarget::External(id), *at);
                    }
                }
            }
        }
        found
    }

    /// What the project has mapped, refused and settled.
    fn gather(&mut self, project: &Project, from: FrameworkId, items: &[ItemId]) {
        let positions: FxHashMap<ItemId, u32> =
            (0u32..).zip(items).map(|(at, id)| (*id, at)).collect();
        let targets = self.target_positions(project);
        for set in mapping_sets(project) {
            for entry in set
                .entries
                .iter()
                .filter(|_| set.from == from && set.to.is_some() && set.to == self.to)
            {
                let Some(source) = positions.get(&entry.item).copied() else {
                    continue;
                };
                match entry.kind {
                    EntryKind::Match(mapping) => {
                        if let Some(target) = targets.get(&mapping.target) {
                            self.known
                                .push(adapters::known(source, *target, mapping.verb));
                        }
                    }
                    EntryKind::NoMatch(_) => {
                        self.settled.insert(source);
                    }
                }
            }
        }
        let mut waiting: FxHashSet<u32> = FxHashSet::default();
        let crosswalks = project.crosswalks.as_slice().iter();
        for row in crosswalks
            .filter(|one| one.from == from && Some(one.to) == self.to)
            .flat_map(|one| &one.pending)
        {
            // An item whose proposals wait to be judged gets no more of them, so that a second run adds nothing.
            match row.standing {
                Standing::Proposed => waiting.extend(positions.get(&row.item)),
                Standing::Refused => {}
            }
            if let (Some(source), Some(target)) =
                (positions.get(&row.item), targets.get(&row.mapping.target))
            {
                self.never.insert((*source, *target));
            }
        }
        let mapped: FxHashSet<u32> = self.known.iter().map(|row| row.source).collect();
        let open = |(at, id): &(u32, &ItemId)| {
            let item = &project.items[**id];
            // What only holds other items together is not looked at.
            (!item.statements.is_empty() || item.children.is_empty())
                && !mapped.contains(at)
                && !self.settled.contains(at)
        };
        let open = (0u32..).zip(items).filter(open).map(|(at, _)| at);
        let (waits, wanted): (Vec<u32>, Vec<u32>) = open.partition(|at| waiting.contains(at));
        self.wanted = wanted;
        self.waiting = waits.len();
    }

    fn proposals(&self, options: &Suggest, outside: Option<Outside<'_>>) -> Vec<Proposal> {
        let wish = Wish {
            limit: options.limit,
            least: options
                .least
                .unwrap_or(if options.all { 0.0 } else { LEAST }),
            sources: Some(self.wanted.clone()),
            never: self.never.clone(),
            settled: self.settled.clone(),
            groundless: options.all,
        };
        propose(&self.source, &self.target, &self.known, &wish, outside)
    }

    /// The source as a row of the crosswalk begins; of a pack, as the language writes its code.
    fn source_path(&self, proposal: &Proposal) -> String {
        match &self.source_items {
            Items::Own(_) => {
                let item = self.source.items.get(proposal.source as usize);
                item.map_or_else(String::new, |item| item.key.clone())
            }
            Items::Pack { alias, codes, .. } => {
                let code = codes.get(proposal.source as usize);
                reference(alias, code.map_or("", String::as_str))
            }
        }
    }

    fn target_label(&self, proposal: &Proposal) -> &str {
        self.target
            .items
            .get(proposal.target as usize)
            .map_or("", |item| item.label())
    }

    /// The target as the language writes it.
    fn reference(&self, proposal: &Proposal) -> String {
        match (&self.target_items, self.project) {
            (Items::Own(items), Some(project)) => items
                .get(proposal.target as usize)
                .map_or_else(String::new, |item| {
                    project.name(project.items[*item].full_path).to_owned()
                }),
            (Items::Own(_), None) => String::new(),
            (Items::Pack { alias, codes, .. }, _) => {
                let code = codes.get(proposal.target as usize);
                reference(alias, code.map_or("", String::as_str))
            }
        }
    }
}

/// A code as the language writes it.
fn reference(alias: &str, code: &str) -> String {
    let plain = code
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        && code.ends_with(|last: char| last.is_ascii_alphanumeric());
    if plain {
        format!("{alias}:{code}")
    } else {
        format!("{alias}:\"{}\"", rows::escaped(code))
    }
}

/// A proposal for programs.
#[derive(Debug, Serialize)]
struct Line<'a> {
    item: String,
    verb: &'a str,
    target: String,
    label: &'a str,
    confidence: f32,
    because: String,
}

fn line<'a>(job: &'a Job<'_>, proposal: &Proposal) -> Line<'a> {
    Line {
        item: job.source_path(proposal),
        verb: proposal.verb.words(),
        target: job.reference(proposal),
        label: job.target_label(proposal),
        confidence: rows::rounded(proposal.confidence),
        because: proposal.reason.line(),
    }
}

fn shown(found: &[(Job<'_>, Vec<Proposal>)], format: SuggestFormat) -> Result<String, Fault> {
    let all = || {
        found.iter().flat_map(|(job, proposals)| {
            let lines = proposals.iter();
            lines.map(move |proposal| (job, proposal, line(job, proposal)))
        })
    };
    let failed = |error: &dyn std::fmt::Display| {
        Fault::Internal(format!("the proposals cannot be written: {error}"))
    };
    match format {
        SuggestFormat::Text => {
            let mut text = String::new();
            for (job, proposal, line) in all() {
                // Of a pack the code alone says nothing.
                let named = match &job.source_items {
                    Items::Own(_) => None,
                    Items::Pack { .. } => job.source.items.get(proposal.source as usize),
                };
                let named = named.map(|item| format!(" \"{}\"", item.label()));
                // Writing to a string cannot fail.
                let _ = writeln!(
                    text,
                    "{}{} {} {} \"{}\"\n    confidence {:.2}, {}",
                    line.item,
                    named.unwrap_or_default(),
                    line.verb,
                    line.target,
                    line.label,
                    line.confidence,
                    line.because
                );
            }
            Ok(text)
        }
        SuggestFormat::Json => {
            let lines: Vec<Line<'_>> = all().map(|(_, _, line)| line).collect();
            serde_json::to_string_pretty(&lines)
                .map(|text| text + "\n")
                .map_err(|error| failed(&error))
        }
        SuggestFormat::Csv => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for (_, _, line) in all() {
                writer.serialize(line).map_err(|error| failed(&error))?;
            }
            let bytes = writer.into_inner().map_err(|error| failed(&error))?;
            String::from_utf8(bytes).map_err(|error| failed(&error))
        }
    }
}
