//! `gradus frameworks show`: a framework, or one of its codes with all that is known of it.
//!
//! Goes in: a pack with its details, and what the project says of it. Comes out: text on the terminal.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::super::Exit;
use super::super::super::terminal::{Terminal, bold};
use super::reference;
use super::uses::Uses;
use crate::diag::did_you_mean;
use crate::import::details::{Details, RelationEnd};
use crate::import::pack::{Pack, PackItemIndex, PackItemStatus};
use crate::import::release::TextRole;
use crate::workspace::Fault;

/// How many relations of one kind, and how many other names, are shown.
const MOST_SHOWN: usize = 10;
/// How many items of a tree are shown.
const MOST_ITEMS: usize = 2000;
/// How many items a framework may have to be shown with everything below its top two levels.
const MOST_IN_FULL: usize = 200;

pub(super) fn framework(pack: &Pack, terminal: &Terminal) -> Result<Exit, Fault> {
    let mut text = format!(
        "{}\n\nuse         use {} {}\n",
        bold(&pack.title, terminal.color),
        pack.id,
        pack.version,
    );
    for (name, value) in [
        ("publisher", pack.publisher.as_deref()),
        ("licence", pack.licence.as_deref()),
        ("source", Some(pack.source.as_str())),
    ] {
        if let Some(value) = value {
            text.push_str(&format!("{name:12}{value}\n"));
        }
    }
    text.push('\n');
    // A large framework is shown as far as it fits on some pages.
    let depth = if pack.items().len() > MOST_IN_FULL {
        2
    } else {
        usize::MAX
    };
    tree(pack, pack.roots(), depth, &mut text);
    terminal.print(&text)?;
    if depth == 2 {
        terminal.note(&format!(
            "of {} codes, the top two levels: show what is below one with `gradus frameworks show {} CODE`",
            pack.items().len(),
            pack.id
        ));
    }
    Ok(Exit::Clean)
}

pub(super) fn code(
    pack: &Pack,
    details: &Details,
    code: &str,
    uses: &Uses,
    terminal: &Terminal,
) -> Result<Exit, Fault> {
    let found = pack
        .find(code)
        .or_else(|| pack.find_iri(code))
        .or_else(|| pack.find_ignoring_case(code));
    let Some(index) = found else {
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
    let mut above: Vec<PackItemIndex> = pack.main_ancestors(index).collect();
    above.reverse();
    for part in above {
        let part = pack.item(part);
        let _ = writeln!(text, "part of     {} {}", part.code, part.label);
    }
    for &part in &item.more_parents {
        let part = pack.item(part);
        let _ = writeln!(text, "also in     {} {}", part.code, part.label);
    }
    texts(details, index, pack, &mut text);
    relations(details, index, pack, &mut text);
    let used = uses.of(&item.code);
    if !used.is_empty() {
        let _ = writeln!(text, "\nin this project: {}", used.len());
        for line in used {
            let _ = writeln!(text, "  {line}");
        }
    }
    if !pack.children(index).is_empty() {
        let _ = writeln!(text, "\nbelow it: {}", pack.children(index).len());
        tree(pack, pack.children(index), usize::MAX, &mut text);
    }
    terminal.print(&text)?;
    Ok(Exit::Clean)
}

fn texts(details: &Details, index: PackItemIndex, pack: &Pack, text: &mut String) {
    let mut names: Vec<&str> = Vec::new();
    for words in details.texts(index) {
        let what = match words.role {
            TextRole::Label | TextRole::Alternative => {
                if words.language == pack.language {
                    names.push(words.text);
                }
                continue;
            }
            TextRole::Hidden => continue,
            TextRole::Statement if words.text == pack.item(index).label => continue,
            TextRole::Statement => "statement",
            TextRole::Description => "description",
            TextRole::Note => "note",
        };
        let language = if words.language == pack.language {
            String::new()
        } else {
            format!(" ({})", words.language)
        };
        let words = words.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "{what:11} {words}{language}");
    }
    if !names.is_empty() {
        let more = names.len().saturating_sub(MOST_SHOWN);
        names.truncate(MOST_SHOWN);
        let more = if more > 0 {
            format!("; and {more} more")
        } else {
            String::new()
        };
        let _ = writeln!(text, "also called {}{more}", names.join("; "));
    }
}

fn relations(details: &Details, index: PackItemIndex, pack: &Pack, text: &mut String) {
    let mut by_kind: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let name = |index: PackItemIndex| {
        let item = pack.item(index);
        format!("{} {}", item.code, item.label)
    };
    for relation in details.relations() {
        let fields = relation.fields.map(|fields| format!("  {fields}"));
        let fields = fields.unwrap_or_default();
        if relation.from == index {
            let other = match relation.to {
                RelationEnd::Item(other) => name(other),
                RelationEnd::Outside(other) => other.to_owned(),
            };
            by_kind
                .entry(relation.kind.to_owned())
                .or_default()
                .push(format!("{other}{fields}"));
        } else if relation.to == RelationEnd::Item(index) {
            by_kind
                .entry(format!("{} of", relation.kind))
                .or_default()
                .push(format!("{}{fields}", name(relation.from)));
        }
    }
    for (kind, others) in by_kind {
        let _ = writeln!(text, "\n{kind}: {}", others.len());
        for other in others.iter().take(MOST_SHOWN) {
            let _ = writeln!(text, "  {other}");
        }
        if others.len() > MOST_SHOWN {
            let _ = writeln!(text, "  …");
        }
    }
}

/// Items with everything below them, indented; what is below two items is shown below the first. Not recursive: a pack may be deep.
fn tree(pack: &Pack, roots: &[PackItemIndex], most_deep: usize, text: &mut String) {
    let mut open: Vec<(PackItemIndex, usize)> =
        roots.iter().rev().map(|&index| (index, 0)).collect();
    let mut seen: BTreeSet<PackItemIndex> = BTreeSet::new();
    while let Some((index, depth)) = open.pop() {
        if !seen.insert(index) {
            continue;
        }
        if seen.len() > MOST_ITEMS {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "… {} codes in all", pack.items().len());
            return;
        }
        let item = pack.item(index);
        let withdrawn = if item.is_withdrawn() {
            " (withdrawn)"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "{}{}  {}{withdrawn}",
            "  ".repeat(depth.min(20)),
            item.code,
            item.label
        );
        if depth + 1 >= most_deep {
            continue;
        }
        open.extend(
            pack.children(index)
                .iter()
                .rev()
                .map(|&below| (below, depth + 1)),
        );
    }
}
