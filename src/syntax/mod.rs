//! Floor 2: text to tree. The only place that knows the parser generator.
//!
//! Goes in: one file's text. Comes out: [`Parsed`]: the tree, the comments beside it, and what is wrong; always something.

#[cfg(test)]
mod agreement;
mod allows;
mod arguments;
mod chunks;
pub mod encoding;
mod explain;
mod fit;
mod grammar;
mod keywords;
mod lower;
mod misspelt;
mod patch;
mod placement;
mod prepare;
mod recover;
mod repair_braces;
mod repair_texts;
mod roles;
mod split;
pub mod text;
pub mod tree;
mod wording;

use rayon::prelude::*;

use crate::diag::{Allow, Diagnostic, Sink};
use crate::source::{FileId, Span};
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
