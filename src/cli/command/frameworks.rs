//! `gradus frameworks`: what the shipped frameworks hold.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::super::Exit;
use super::super::args::{Frameworks, FrameworksCommand};
use super::super::terminal::{Terminal, bold};
use crate::diag::did_you_mean;
use crate::import::bundled;
use crate::import::pack::{Pack, PackItemIndex, PackItemStatus};
use crate::import::search;
use crate::workspace::Fault;

/// How many hits of a search are shown.
const MOST_HITS: usize = 50;

pub(in crate::cli) fn run(
    options: &Frameworks,
    _config: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    match &options.command {
        FrameworksCommand::List => list(terminal),
        FrameworksCommand::Show { id, code: None } => show(&pack(id)?, terminal),
        FrameworksCommand::Show {
            id,
            code: Some(code),
        } => show_code(&pack(id)?, code, terminal),
        FrameworksCommand::Search { id, words } => find(&pack(id)?, &words.join(" "), terminal),
    }
}

fn list(terminal: &Terminal) -> Result<Exit, Fault> {
    let mut rows = Vec::new();
    for shipped in bundled::all() {
        let pack = parse(shipped)?;
        rows.push((format!("{}@{}", pack.id, pack.version), pack));
    }
    let longest = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, pack) in &rows {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{name:longest$}  {:>4} codes  {} ({})",
            pack.items().len(),
            pack.title,
            pack.publisher
        );
    }
    terminal.print(&text)?;
    Ok(Exit::Clean)
}

fn parse(shipped: &bundled::BundledPack) -> Result<Pack, Fault> {
    Pack::parse(shipped.text).map_err(|faults| {
        let first = faults.first().map_or("", |fault| fault.message.as_str());
        Fault::Internal(format!(
            "the shipped framework `{}` cannot be read: {first}",
            shipped.id
        ))
    })
}

/// The framework of `id` or `id@version`.
fn pack(name: &str) -> Result<Pack, Fault> {
    let (id, version) = match name.split_once('@') {
        Some((id, version)) => (id, Some(version)),
        None => (name, None),
    };
    if let Some(shipped) = bundled::find(id, version) {
        return parse(shipped);
    }
    let versions: Vec<&str> = bundled::all()
        .iter()
        .filter(|shipped| shipped.id == id)
        .map(|shipped| shipped.version)
        .collect();
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

fn show(pack: &Pack, terminal: &Terminal) -> Result<Exit, Fault> {
    let mut text = format!(
        "{}\n\nuse         use {} {}\npublisher   {}\nlicence     {}\nsource      {}\n\n",
        bold(&pack.title, terminal.color),
        pack.id,
        pack.version,
        pack.publisher,
        pack.licence,
        pack.source
    );
    tree(pack, pack.roots(), &mut text);
    terminal.print(&text)?;
    Ok(Exit::Clean)
}

fn show_code(pack: &Pack, code: &str, terminal: &Terminal) -> Result<Exit, Fault> {
    let Some(index) = pack.find(code).or_else(|| pack.find_ignoring_case(code)) else {
        let codes = pack.items().iter().map(|item| item.code.as_str());
        return Err(Fault::Usage {
            message: format!("`{}` has no code `{code}`", pack.id),
            help: did_you_mean(code, codes).or_else(|| {
                Some(format!(
                    "find it by its name: `gradus frameworks search {} WORD`",
                    pack.id
                ))
            }),
        });
    };
    let item = pack.item(index);
    let mut text = format!(
        "{}\n\nwrite       {}\naddress     {}\n",
        bold(&item.label, terminal.color),
        reference(pack, &item.code),
        item.iri
    );
    // Writing to a string cannot fail.
    if let Some(kind) = &item.kind {
        let _ = writeln!(text, "kind        {kind}");
    }
    for (language, label) in &item.labels {
        let _ = writeln!(text, "in {language:8} {label}");
    }
    match item.status {
        PackItemStatus::Active => {}
        PackItemStatus::Withdrawn => {
            let _ = writeln!(text, "status      withdrawn by its publisher");
        }
    }
    if let Some(next) = item.replaced_by {
        let next = pack.item(next);
        let _ = writeln!(text, "replaced by {} {}", next.code, next.label);
    }
    let mut above: Vec<PackItemIndex> = pack.ancestors(index).collect();
    above.reverse();
    for part in above {
        let part = pack.item(part);
        let _ = writeln!(text, "part of     {} {}", part.code, part.label);
    }
    if !pack.children(index).is_empty() {
        text.push('\n');
        tree(pack, pack.children(index), &mut text);
    }
    terminal.print(&text)?;
    Ok(Exit::Clean)
}

/// How a code is written in the language.
fn reference(pack: &Pack, code: &str) -> String {
    let plain = code
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        && code.ends_with(|last: char| last.is_ascii_alphanumeric());
    if plain {
        format!("{}:{code}", pack.id)
    } else {
        format!("{}:\"{code}\"", pack.id)
    }
}

/// Items with everything below them, indented. Not recursive: a pack may be deep.
fn tree(pack: &Pack, roots: &[PackItemIndex], text: &mut String) {
    let mut open: Vec<(PackItemIndex, usize)> =
        roots.iter().rev().map(|&index| (index, 0)).collect();
    while let Some((index, depth)) = open.pop() {
        let item = pack.item(index);
        let withdrawn = if item.is_withdrawn() {
            " (withdrawn)"
        } else {
            ""
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}{}  {}{withdrawn}",
            "  ".repeat(depth.min(20)),
            item.code,
            item.label
        );
        open.extend(
            pack.children(index)
                .iter()
                .rev()
                .map(|&below| (below, depth + 1)),
        );
    }
}

fn find(pack: &Pack, words: &str, terminal: &Terminal) -> Result<Exit, Fault> {
    let hits = search::search(pack, words);
    let longest = hits
        .iter()
        .take(MOST_HITS)
        .map(|hit| pack.item(hit.item).code.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for hit in hits.iter().take(MOST_HITS) {
        let item = pack.item(hit.item);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:longest$}  {}", item.code, item.label);
    }
    terminal.print(&text)?;
    if hits.is_empty() {
        terminal.note(&format!(
            "nothing in `{}` has these words: {words}",
            pack.id
        ));
        return Ok(Exit::Findings);
    }
    if let Some(more @ 1..) = hits.len().checked_sub(MOST_HITS) {
        terminal.note(&format!("and {more} more"));
    }
    Ok(Exit::Clean)
}
