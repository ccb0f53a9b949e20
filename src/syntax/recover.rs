//! Reads what the strict grammar has refused.
//!
//! Texts are made whole, the piece is cut into declarations, and each is tried again with the strict grammar; the ones that
//! it refuses get their braces made whole and, if need be, are read with the lenient grammar. Where a mend is certain (a
//! misspelt keyword) it is made and the declaration read once more. Every step is linear in the piece.

use super::chunks;
use super::explain::{Explained, explain};
use super::grammar::{Rule, pairs};
use super::lower::lower;
use super::patch::{Change, Patched, map_diagnostic, map_tree};
use super::repair_braces::{balanced, repair_braces};
use super::repair_texts::repair_texts;
use super::spelling::spelling;
use super::tree::Tree;
use super::{prepare, split};
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};

/// How often one declaration is mended and read again; each time mends all that can be seen by then.
const ROUNDS: usize = 6;

/// Reads a refused piece that starts at `base` in its file.
pub(super) fn recover(file: FileId, piece: &str, base: u32) -> (Tree, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let changes = repair_texts(file, piece, &mut sink);
    let mut diagnostics = sink.finish();
    let whole = Patched::new(piece, changes);
    let mut sink = Sink::new();
    let changes = spelling(file, &whole.text, &mut sink);
    let spelled = Patched::new(&whole.text, changes);
    for mut diagnostic in sink.finish() {
        whole.restore_diagnostic(&mut diagnostic);
        diagnostics.push(diagnostic);
    }
    let mut tree = Tree::default();
    let mut start = 0;
    for end in chunks::cut(&spelled.text) {
        let (mut part, mut found) = read_shallow(file, &spelled.text[start..end]);
        let shift = start as u32;
        let moved = |span: Span| Span::new(span.start + shift, span.end + shift);
        map_tree(&mut part, &moved);
        spelled.restore_tree(&mut part);
        whole.restore_tree(&mut part);
        for diagnostic in &mut found {
            map_diagnostic(diagnostic, &moved);
            spelled.restore_diagnostic(diagnostic);
            whole.restore_diagnostic(diagnostic);
        }
        super::append(&mut tree, part);
        diagnostics.append(&mut found);
        start = end;
    }
    let moved = |span: Span| Span::new(span.start + base, span.end + base);
    map_tree(&mut tree, &moved);
    for diagnostic in &mut diagnostics {
        map_diagnostic(diagnostic, &moved);
    }
    (tree, diagnostics)
}

/// Reads one chunk whose texts are whole. A text that has got its end can lay bare blocks that were inside it before.
fn read_shallow(file: FileId, text: &str) -> (Tree, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let text = prepare::without_deep_blocks(file, text, &split::too_deep(text), &mut sink);
    let (tree, mut found) = read_chunk(file, &text);
    let mut diagnostics = sink.finish();
    diagnostics.append(&mut found);
    (tree, diagnostics)
}

fn read_chunk(file: FileId, text: &str) -> (Tree, Vec<Diagnostic>) {
    if let Some(read) = strict(file, text) {
        return read;
    }
    if balanced(text) {
        return lenient(file, text, ROUNDS);
    }
    let mut sink = Sink::new();
    let changes = repair_braces(file, text, &mut sink);
    let mut diagnostics = sink.finish();
    let patched = Patched::new(text, changes);
    let mut deeper = Sink::new();
    let safe = prepare::without_deep_blocks(
        file,
        &patched.text,
        &split::too_deep(&patched.text),
        &mut deeper,
    );
    let (mut tree, mut found) = strict(file, &safe).unwrap_or_else(|| lenient(file, &safe, ROUNDS));
    found.append(&mut deeper.finish());
    patched.restore_tree(&mut tree);
    for diagnostic in &mut found {
        patched.restore_diagnostic(diagnostic);
    }
    diagnostics.append(&mut found);
    (tree, diagnostics)
}

fn strict(file: FileId, text: &str) -> Option<(Tree, Vec<Diagnostic>)> {
    let pairs = pairs(Rule::file, text).ok()?;
    let mut tree = Tree::default();
    let faults = lower(pairs, text, 0, &mut tree);
    let found = explain(file, text, &tree, faults);
    Some((
        tree,
        found
            .into_iter()
            .map(|explained| explained.diagnostic)
            .collect(),
    ))
}

fn lenient(file: FileId, text: &str, rounds: usize) -> (Tree, Vec<Diagnostic>) {
    let mut tree = Tree::default();
    let Ok(pairs) = pairs(Rule::lenient_file, text) else {
        return (tree, Vec::new());
    };
    let faults = lower(pairs, text, 0, &mut tree);
    let found = explain(file, text, &tree, faults);
    let mends = found.iter().any(|explained| explained.change.is_some());
    if !mends || rounds == 0 {
        return (
            tree,
            found
                .into_iter()
                .map(|explained| explained.diagnostic)
                .collect(),
        );
    }
    // What was mended stays said; everything else is said by the next reading.
    let mut changes: Vec<Change> = Vec::new();
    let mut diagnostics = Vec::new();
    for Explained { diagnostic, change } in found {
        if let Some(change) = change {
            changes.push(change);
            diagnostics.push(diagnostic);
        }
    }
    let patched = Patched::new(text, changes);
    let (mut tree, mut rest) =
        strict(file, &patched.text).unwrap_or_else(|| lenient(file, &patched.text, rounds - 1));
    patched.restore_tree(&mut tree);
    for diagnostic in &mut rest {
        patched.restore_diagnostic(diagnostic);
    }
    diagnostics.append(&mut rest);
    (tree, diagnostics)
}
