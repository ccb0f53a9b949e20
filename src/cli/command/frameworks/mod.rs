//! `gradus frameworks`: what the frameworks of the project and those that are shipped hold, and pinning them.

mod show;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use super::super::Exit;
use super::super::args::{Frameworks, FrameworksCommand};
use super::super::terminal::Terminal;
use super::upgrade::in_source;
use super::{deliver, open as open_project};
use crate::diag::did_you_mean;
use crate::import::bundled;
use crate::import::details::Details;
use crate::import::pack::{Pack, PackFault, PackItemIndex};
use crate::import::search;
use crate::workspace::packs::{self, PackOnDisk};
use crate::workspace::pins::{self, Pin, TablePin};
use crate::workspace::{Fault, Root, Target, find, hold, tables};

/// How many hits of a search are shown.
const MOST_HITS: usize = 50;

pub(in crate::cli) fn run(
    options: &Frameworks,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let root = find::root(&Target {
        path: None,
        config: config.clone(),
    })?;
    match &options.command {
        FrameworksCommand::List => list(&root, terminal),
        FrameworksCommand::Show { id, code } => {
            // A code is also taken as it stands in a `.gradus` file, `esco:2511.3`.
            let written = code.as_deref().map(|code| (id.as_str(), code));
            let Some((id, code)) = written.or_else(|| id.split_once(':')) else {
                let name = as_used(id, config);
                let (pack, _) = open(&root, &name, Details::open_texts)?;
                return show::framework(&pack, terminal);
            };
            let name = as_used(id, config.clone());
            let (pack, details) = open(&root, &name, Details::open)?;
            let used = uses::Uses::of_project(config, &pack);
            show::code(&pack, &details, code, &used, terminal)
        }
        FrameworksCommand::Search { id, words } => {
            let name = as_used(id, config);
            let (pack, details) = open(&root, &name, Details::open_texts)?;
            search_words(&pack, &details, &words.join(" "), terminal)
        }
        FrameworksCommand::Export { id, out } => {
            let name = as_used(id, config);
            let (pack, details) = open(&root, &name, Details::open)?;
            deliver(details.to_yaml(&pack).as_bytes(), out.as_deref(), terminal)?;
            Ok(Exit::Clean)
        }
        FrameworksCommand::Pin => pin(&root, terminal),
    }
}

/// The name with the version that the project uses, where it names none and the project uses one.
fn as_used(name: &str, config: Option<PathBuf>) -> String {
    if name.contains('@') {
        return name.to_owned();
    }
    // What cannot be read uses nothing.
    let Ok((_, analysis)) = open_project(None, config) else {
        return name.to_owned();
    };
    let project = &analysis.project;
    let used: BTreeSet<&str> = project
        .external_frameworks
        .as_slice()
        .iter()
        .filter(|framework| project.names.text(framework.id) == name)
        .filter_map(|framework| framework.pack.as_ref())
        .map(|pack| pack.version.as_str())
        .collect();
    match (used.first(), used.len()) {
        (Some(version), 1) => format!("{name}@{version}"),
        _ => name.to_owned(),
    }
}

fn list(root: &Root, terminal: &Terminal) -> Result<Exit, Fault> {
    // By id, and by version within an id; a pack of the project stands in the place of a shipped one.
    let mut rows: BTreeMap<String, (Pack, &str)> = BTreeMap::new();
    for shipped in bundled::all() {
        let pack = Pack::parse(shipped.text).map_err(|faults| broken(shipped.id, &faults))?;
        rows.insert(name_of(&pack), (pack, "shipped"));
    }
    for on_disk in packs::files(&root.folder)? {
        match on_disk.pack() {
            Ok((pack, _)) => {
                rows.insert(name_of(&pack), (pack, "project"));
            }
            Err(faults) => {
                let first = faults.first().map_or("", |fault| fault.message.as_str());
                terminal.note(&format!("`{}` cannot be read: {first}", on_disk.file));
            }
        }
    }
    let longest = rows.keys().map(|name| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, (pack, place)) in &rows {
        // Writing to a string cannot fail.
        let publisher = pack.publisher.as_deref();
        let publisher = publisher.map_or_else(String::new, |publisher| format!(" ({publisher})"));
        let _ = writeln!(
            text,
            "{name:longest$}  {place}  {:>6} codes  {}{publisher}",
            pack.items().len(),
            pack.title,
        );
    }
    terminal.print(&text)?;
    Ok(Exit::Clean)
}

fn name_of(pack: &Pack) -> String {
    format!("{}@{}", pack.id, pack.version)
}

fn broken(name: &str, faults: &[PackFault]) -> Fault {
    let first = faults.first().map_or("", |fault| fault.message.as_str());
    Fault::Internal(format!("the framework `{name}` cannot be read: {first}"))
}

/// Reads the bytes of a pack with as much as is needed.
pub(super) type Opener = fn(&[u8]) -> Result<(Pack, Details), Vec<PackFault>>;

/// The framework of `id` or `id@version`: the project's own before a shipped one, the latest version if none is named.
pub(super) fn open(root: &Root, name: &str, opener: Opener) -> Result<(Pack, Details), Fault> {
    let (id, version) = match name.split_once('@') {
        Some((id, version)) => (id, Some(version)),
        None => (name, None),
    };
    let mut versions: Vec<String> = Vec::new();
    let mut best: Option<(Pack, Details)> = None;
    let start = format!("{}/{id}", packs::FOLDER);
    let files = packs::files(&root.folder)?;
    let (likely, others): (Vec<PackOnDisk>, Vec<PackOnDisk>) = files
        .into_iter()
        .partition(|file| file.file.starts_with(&start));
    for (files, needed) in [(likely, true), (others, false)] {
        // A file may have any name, but most have that of their framework.
        if !needed && best.is_some() {
            break;
        }
        for on_disk in files {
            let (pack, details) = match opener(&on_disk.bytes) {
                Ok(opened) => opened,
                Err(faults) if needed => {
                    let first = faults.first().map_or("", |fault| fault.message.as_str());
                    terminal_fault(&on_disk, first)?;
                    continue;
                }
                Err(_) => continue,
            };
            if pack.id != id {
                continue;
            }
            versions.push(pack.version.clone());
            let newer = best.as_ref().is_none_or(|(known, _)| {
                bundled::compare_versions(&known.version, &pack.version).is_lt()
            });
            if newer && version.is_none_or(|version| version == pack.version) {
                best = Some((pack, details));
            }
        }
    }
    if let Some(best) = best {
        return Ok(best);
    }
    if let Some(shipped) = bundled::find(id, version) {
        return opener(shipped.text.as_bytes()).map_err(|faults| broken(shipped.id, &faults));
    }
    versions.extend(bundled::versions(id).map(str::to_owned));
    if versions.is_empty() {
        let ids = bundled::all().iter().map(|shipped| shipped.id);
        return Err(Fault::Usage {
            message: format!("there is no framework `{id}`"),
            help: did_you_mean(id, ids)
                .or_else(|| Some("run `gradus frameworks list` for the list".to_owned())),
        });
    }
    Err(Fault::Usage {
        message: format!("there is no version `{}` of `{id}`", version.unwrap_or("")),
        help: Some(format!("use one of: {}", versions.join(", "))),
    })
}

/// A file with the name of the framework that was asked for must be readable.
fn terminal_fault(on_disk: &PackOnDisk, message: &str) -> Result<(), Fault> {
    Err(Fault::Usage {
        message: format!("`{}` cannot be read: {message}", on_disk.file),
        help: Some("run `gradus check` for all that is wrong with it".to_owned()),
    })
}

/// How a code is written in the language.
fn reference(pack: &Pack, code: &str) -> String {
    format!("{}:{}", pack.id, in_source(code))
}

fn search_words(
    pack: &Pack,
    details: &Details,
    words: &str,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let hits = search::search(pack, Some(details), words);
    let width = |index: PackItemIndex| pack.item(index).code.chars().count();
    let shown = hits.iter().take(MOST_HITS);
    let longest = shown.clone().map(|hit| width(hit.item)).max().unwrap_or(0);
    let mut text = String::new();
    for hit in shown {
        let item = pack.item(hit.item);
        let kind = item.kind.as_deref().map(|kind| format!("  [{kind}]"));
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{:longest$}  {}{}",
            item.code,
            item.label,
            kind.unwrap_or_default()
        );
        if let Some(by) = hit.by {
            let _ = write!(text, "  also: {by}");
        }
        if let Some(parent) = item.parent {
            let _ = write!(text, "  in: {}", pack.item(parent).label);
        }
        text.push('\n');
    }
    terminal.print(&text)?;
    let all = hits.iter().filter(|hit| hit.missing == 0).count();
    if hits.is_empty() {
        terminal.note(&format!(
            "nothing in `{}` has these words: {words}",
            pack.id
        ));
        return Ok(Exit::Findings);
    }
    if all == 0 {
        terminal.note("no name has all of these words; these have most of them");
    }
    if let Some(more @ 1..) = hits.len().checked_sub(MOST_HITS) {
        terminal.note(&format!("and {more} more"));
    }
    Ok(Exit::Clean)
}

/// Pins the frameworks and mapping tables of the project as they are now.
fn pin(root: &Root, terminal: &Terminal) -> Result<Exit, Fault> {
    let _held = hold::project(&root.folder)?;
    let mut lock = pins::read(&root.folder)?;
    let files = packs::files(&root.folder)?;
    let mut changed = 0;
    for on_disk in &files {
        let (pack, sha256) = on_disk.pack().map_err(|faults| Fault::Usage {
            message: format!(
                "`{}` cannot be read: {}",
                on_disk.file,
                faults.first().map_or("", |fault| fault.message.as_str())
            ),
            help: Some("run `gradus check` for all that is wrong with it".to_owned()),
        })?;
        let known = lock.of(&on_disk.file);
        let source = known.and_then(|pin| pin.source.clone());
        // What no import has written is somebody's own work.
        let edited = known.is_none_or(|pin| pin.edited || pin.sha256 != sha256);
        let set = known.map(|pin| pin.set.clone()).unwrap_or_default();
        let pin = Pin {
            id: pack.id,
            version: pack.version,
            file: on_disk.file.clone(),
            sha256,
            source,
            edited,
            set,
        };
        if known != Some(&pin) {
            changed += 1;
            lock.pin(pin);
        }
    }
    let tables = tables::files(&root.folder)?;
    for on_disk in &tables {
        let sha256 = packs::digest(&on_disk.bytes);
        if lock.sum_of(&on_disk.file) == Some(sha256.as_str()) {
            continue;
        }
        changed += 1;
        // What was changed since is no longer what its source was.
        lock.pin_table(TablePin {
            file: on_disk.file.clone(),
            sha256,
            source: None,
        });
    }
    let before = lock.frameworks.len() + lock.tables.len();
    lock.frameworks
        .retain(|pin| files.iter().any(|file| file.file == pin.file));
    lock.tables
        .retain(|pin| tables.iter().any(|file| file.file == pin.file));
    let pinned = lock.frameworks.len() + lock.tables.len();
    let gone = before - pinned;
    packs::write(&root.folder.join(pins::FILE_NAME), lock.text().as_bytes())?;
    terminal.note(&format!(
        "{pinned} pinned, {changed} of them new or changed; {gone} taken out"
    ));
    Ok(Exit::Clean)
}
