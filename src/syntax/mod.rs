//! Floor 2: text to tree. The only place that knows the parser generator.
//!
//! Goes in: one file's text. Comes out: [`Parsed`]: the tree, the comments beside it, and what is wrong; always something.

#[cfg(test)]
mod agreement;
mod allows;
mod arguments;
mod chunks;
mod curly;
mod days;
pub mod encoding;
mod explain;
mod fit;
mod grammar;
mod key;
mod keywords;
mod lower;
mod misplaced;
mod misspelt;
mod near_misses;
mod other_words;
mod patch;
mod placement;
mod prepare;
mod recover;
mod repair_braces;
mod repair_texts;
mod roles;
mod spelling;
mod split;
pub mod text;
pub mod tree;
pub mod units;
mod wording;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diag::{Allow, Diagnostic, Edit, Sink, early};
use crate::source::{FileId, Place, Span};
use tree::Tree;

/// What reading one file gives.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Its statements.
    pub tree: tree::Tree,
    /// Every comment from its `#` to the end of the line, in order; blank lines are seen in the text between.
    pub comments: Vec<Span>,
    /// The `# gradus: allow …` comments among them.
    pub allows: Vec<Allow>,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Widens every place to whole characters inside the text: mending a broken text may leave a place in the middle of one.
fn on_boundaries(text: &str, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let widen = |span: &mut Span| {
        let (mut start, mut end) = (
            (span.start as usize).min(text.len()),
            (span.end as usize).min(text.len()),
        );
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        *span = Span::new(start as u32, end.max(start) as u32);
    };
    for diagnostic in &mut diagnostics {
        widen(&mut diagnostic.place.span);
        for label in &mut diagnostic.also {
            widen(&mut label.place.span);
        }
        for edit in &mut diagnostic.fix {
            widen(&mut edit.place.span);
        }
    }
    diagnostics
}

/// Whether a statement of the language begins with a word.
#[must_use]
pub fn begins_statement(word: &str) -> bool {
    keywords::is_first(word)
}

/// Reads one file. Always gives what could be read, with what is wrong beside it.
#[must_use]
pub fn parse(file: FileId, written: &str) -> Parsed {
    let mut sink = Sink::new();
    let clean = prepare::without_control_characters(file, written, &mut sink);
    let layout = split::layout(&clean);
    let allows = allows::allows(file, &clean, &layout.comments, &mut sink);
    let text = prepare::without_deep_blocks(file, &clean, &layout.too_deep, &mut sink);
    let mut start = 0;
    let pieces: Vec<(usize, usize)> = layout
        .cuts
        .iter()
        .map(|&end| (std::mem::replace(&mut start, end), end))
        .collect();
    let read = |&(start, end): &(usize, usize)| read_piece(file, &text[start..end], start as u32);
    let parts: Vec<(Tree, Vec<Diagnostic>)> = if pieces.len() == 1 {
        pieces.iter().map(read).collect()
    } else {
        pieces.par_iter().map(read).collect()
    };
    let mut tree = Tree::default();
    for (part, found) in parts {
        append(&mut tree, part);
        found.into_iter().for_each(|finding| sink.push(finding));
    }
    Parsed {
        tree,
        comments: layout.comments,
        allows,
        diagnostics: on_boundaries(written, sink.finish()),
    }
}

/// Says each id in another spelling once for a whole project: a reference in the spelling of a declared id that has been
/// reported, also in another file, adds its mend to that report. `written` gives the words at a place.
pub fn say_each_spelling_once<'t>(parsed: &mut [Parsed], written: impl Fn(Place) -> &'t str) {
    let malformed = |found: &Diagnostic| found.rule == &early::NAME_MALFORMED;
    let mut declared: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut referred = false;
    for (file, parsed) in parsed.iter().enumerate() {
        for (index, found) in parsed.diagnostics.iter().enumerate() {
            if malformed(found) && found.label == spelling::SPELLING {
                let id = written(found.place).split_whitespace().collect::<Vec<_>>();
                declared.entry(id.join(" ")).or_insert((file, index));
            }
            referred = referred || malformed(found) && found.label == spelling::REFERRED;
        }
    }
    if declared.is_empty() || !referred {
        return;
    }
    let mut mends: Vec<((usize, usize), Vec<Edit>)> = Vec::new();
    let mut said: Vec<(usize, usize)> = Vec::new();
    for (file, parsed) in parsed.iter().enumerate() {
        for (index, found) in parsed.diagnostics.iter().enumerate() {
            if !malformed(found) || found.label != spelling::REFERRED {
                continue;
            }
            let mut parts = written(found.place)
                .split('.')
                .filter(|part| !fit::is_id(part))
                .map(|part| declared.get(part).copied());
            if let Some(Some(first)) = parts.next()
                && parts.all(|part| part.is_some())
            {
                mends.push((first, found.fix.clone()));
                said.push((file, index));
            }
        }
    }
    for ((file, index), mut edits) in mends {
        if let Some(found) = parsed
            .get_mut(file)
            .and_then(|parsed| parsed.diagnostics.get_mut(index))
        {
            found.fix.append(&mut edits);
        }
    }
    let mut said = said.into_iter().peekable();
    for (file, parsed) in parsed.iter_mut().enumerate() {
        let mut index = 0;
        parsed.diagnostics.retain(|_| {
            let here = said.next_if_eq(&(file, index)).is_some();
            index += 1;
            !here
        });
    }
}

/// Runs the grammar over a text and does nothing with what it finds; gives whether it accepts the text. What parsing and
/// checking are held against in the benches.
#[doc(hidden)]
#[must_use]
pub fn grammar_alone(text: &str) -> bool {
    grammar::pairs(grammar::Rule::file, text).is_ok()
}

fn read_piece(file: FileId, text: &str, base: u32) -> (Tree, Vec<Diagnostic>) {
    let mut tree = Tree::default();
    let Ok(pairs) = grammar::pairs(grammar::Rule::file, text) else {
        return recover::recover(file, text, base);
    };
    let faults = lower::lower(pairs, text, base, &mut tree);
    if faults.is_empty() {
        return (tree, Vec::new());
    }
    recover::recover(file, text, base)
}

/// Puts the statements of a later piece behind those of the earlier ones.
fn append(tree: &mut Tree, part: Tree) {
    if tree.statements.is_empty() {
        *tree = part;
        return;
    }
    tree.respelled.extend(part.respelled);
    let (statements, args) = (tree.statements.len() as u32, tree.args.len() as u32);
    tree.statements
        .extend(part.statements.into_iter().map(|mut statement| {
            statement.end += statements;
            statement.args_start += args;
            statement.args_end += args;
            statement
        }));
    tree.args.extend(part.args);
}
