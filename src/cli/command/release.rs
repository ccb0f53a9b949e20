//! `gradus release`: records what is published, so that it cannot change by mistake.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::Exit;
use super::super::args::Release;
use super::super::render::counted;
use super::super::terminal::Terminal;
use super::diff::items;
use super::{open, show};
use crate::config::Known;
use crate::diag::Severity;
use crate::diff::{self, Side};
use crate::emit::{self, EMITTERS, Input};
use crate::workspace::find::Scope;
use crate::workspace::pins::{Lock, Released};
use crate::workspace::{
    Analysis, Fault, analysis, archives, assets, hold, packs, pins, released, states,
};

pub(in crate::cli) fn run(
    options: &Release,
    config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let (root, analysis) = open(options.path.clone(), config)?;
    if root.scope != Scope::Project {
        return Err(Fault::Usage {
            message: "only a whole project can be released".to_owned(),
            help: Some("name the folder of a project".to_owned()),
        });
    }
    if analysis.bad_settings || analysis.count(Severity::Error) > 0 {
        show(&analysis, &options.findings, terminal)?;
        terminal.note("nothing was released: a catalogue with errors is not published");
        return Ok(if analysis.bad_settings {
            Exit::Usage
        } else {
            Exit::Findings
        });
    }
    // Nobody else changes the lock until it is written.
    let _held = (!options.check)
        .then(|| hold::project(&root.folder))
        .transpose()?;
    let mut lock = pins::read(&root.folder)?;
    let before = lock.clone();
    let names: Vec<String> = outputs(&analysis);
    let assets = assets::read(&analysis.project, &root.folder)?;
    let input = Input {
        project: &analysis.project,
        graph: &analysis.graph,
        assets: &assets,
    };
    let catalogue = emit::collect(&input, &names).map_err(|error| Fault::Unwritable {
        message: error.to_string(),
        help: None,
    })?;
    if let Some((_, message)) = archives::faults(&root.folder, lock.with_documents())
        .into_iter()
        .next()
    {
        return Err(Fault::Usage {
            message,
            help: Some("restore it from version control".to_owned()),
        });
    }
    let held = |before: &Released| archives::open(&root.folder, &before.documents);
    let (moved, archives) = released::release(&input, &catalogue, &mut lock, &held)?;
    refuse_lower(&moved.versions, &before)?;
    let project = &analysis.project;
    // The record goes by the id in the address, which a renamed credential keeps.
    let named = |recorded: &str| {
        let now = emit::published(project).into_iter().find_map(|id| {
            let declared = &project.credentials[id].declared;
            (project.address_id(declared) == recorded).then(|| project.id(declared))
        });
        match now {
            Some(now) if now != recorded => format!("`{now}` (recorded as `{recorded}`)"),
            Some(_) | None => format!("`{recorded}`"),
        }
    };
    let said = |done: &'static str, would: &'static str| {
        if options.check { would } else { done }
    };
    for id in &moved.new {
        let done = said("released", "would be released");
        terminal.print(&format!("{done}: {}\n", named(id)))?;
    }
    for (id, old, new) in &moved.versions {
        let version = |text: &str| {
            if text.is_empty() {
                "no version".to_owned()
            } else {
                format!("version {text}")
            }
        };
        let done = said("moved on", "would move on");
        terminal.print(&format!(
            "{done}: {} from {} to {}\n",
            named(id),
            version(old),
            version(new)
        ))?;
    }
    for id in &moved.gone {
        let done = said("no longer published", "would no longer be published");
        terminal.print(&format!("{done}: `{id}`\n"))?;
    }
    let held: BTreeMap<&str, &str> = before
        .with_documents()
        .map(|known| (known.documents.as_str(), known.documents_sha256.as_str()))
        .collect();
    let sums = lock
        .published
        .iter()
        .map(|now| (now.documents.as_str(), now.documents_sha256.as_str()));
    let sums: BTreeMap<&str, &str> = sums.collect();
    if !options.check {
        // Archives first: a record never names what is not there.
        for (name, bytes) in &archives {
            let name = name.as_str();
            let as_before = held.get(name) == sums.get(name);
            if !as_before {
                archives::write(&root.folder, name, bytes)?;
            }
        }
    }
    if lock != before && !options.check {
        packs::write(&root.folder.join(pins::FILE_NAME), lock.text().as_bytes())?;
    }
    if let Some(since) = &options.since {
        items_since(since, &analysis, &root.folder, options.check, terminal)?;
    }
    let done = match (options.check, lock.published.len()) {
        (true, _) => "would be",
        (false, 1) => "is",
        (false, _) => "are",
    };
    terminal.note(&format!(
        "{} {done} recorded in `{}`, {} of them as before",
        counted(lock.published.len(), "credential", "credentials"),
        pins::FILE_NAME,
        moved.kept
    ));
    Ok(if options.check && lock != before {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Refuses to move on to a version that comes before the released one, unless it was released itself and is taken back to:
/// that nothing of it has changed, `publish/changed-without-version` has seen to.
fn refuse_lower(versions: &[(String, String, String)], before: &Lock) -> Result<(), Fault> {
    let was_released = |id: &str, version: &str| {
        let mut earlier = before.earlier.iter();
        earlier.any(|known| known.id == id && known.version == version)
    };
    let lower: Vec<String> = versions
        .iter()
        .filter(|(id, old, new)| diff::is_before(new, old) == Some(true) && !was_released(id, new))
        .map(|(id, old, new)| format!("`{id}` has version {new}, and {old} is released already"))
        .collect();
    if lower.is_empty() {
        return Ok(());
    }
    Err(Fault::Usage {
        message: format!("nothing was released: {}", lower.join("; ")),
        help: Some("give what has changed a version that comes after the released one".to_owned()),
    })
}

/// Writes what has become of every item of the frameworks since an earlier state.
fn items_since(
    since: &str,
    analysis: &Analysis,
    folder: &Path,
    only_check: bool,
    terminal: &Terminal,
) -> Result<(), Fault> {
    let rules = analysis::rule_names();
    let outputs: Vec<&str> = EMITTERS.iter().map(|emitter| emitter.name).collect();
    let known = Known {
        rules: &rules,
        outputs: &outputs,
    };
    let old = states::read(since, known)?.link();
    let (old, new) = (
        Side {
            project: &old.project,
            graph: &old.graph,
        },
        Side {
            project: &analysis.project,
            graph: &analysis.graph,
        },
    );
    let successors = diff::successors(&old, &new);
    let changed = successors.iter().filter(|one| one.fate != "same").count();
    let tables = [
        ("items.csv", items::render(&successors)),
        ("items.sssom.tsv", items::sssom(&old, &new)?),
    ];
    if !only_check {
        for (name, text) in tables {
            packs::write(&folder.join(archives::FOLDER).join(name), text.as_bytes())?;
        }
    }
    terminal.note(&format!(
        "{} of `{since}`, {changed} of them with another name, place or successor, or gone: `released/items.csv` and `released/items.sssom.tsv`",
        counted(successors.len(), "item", "items")
    ));
    Ok(())
}

/// The outputs whose documents are kept: those with documents of a credential that the project publishes.
fn outputs(analysis: &Analysis) -> Vec<String> {
    const OF_CREDENTIALS: [&str; 3] = ["open-badges-2", "open-badges-3", "pathways"];
    let published = |name: &&str| match &analysis.settings.publish {
        Some(publish) => publish.iter().any(|published| published == name),
        None => true,
    };
    let names = OF_CREDENTIALS.iter().copied().filter(published);
    names.map(str::to_owned).collect()
}
