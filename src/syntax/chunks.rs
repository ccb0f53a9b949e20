//! Cuts a refused piece into declarations, so that what is wrong in one costs no other.
//!
//! A declaration starts at a line that looks like one, at the outermost indentation and outside every block; inside a block
//! too where the braces do not come out even, because then the block before has lost its end.

use super::keywords::{self, Want};
use super::placement::{self, Context};
use super::repair_braces::balanced;
use super::repair_texts::{indent_of, line_end};
use super::split::{Mark, next_mark};

struct Candidate {
    at: usize,
    indent: usize,
    depth: u32,
    /// It could be an item or an assessment as well.
    ambiguous: bool,
}

/// The ends of the chunks of a piece; the last is its end.
pub(super) fn cut(text: &str) -> Vec<usize> {
    let candidates = candidates(text);
    let outermost = candidates
        .iter()
        .map(|candidate| candidate.indent)
        .min()
        .unwrap_or(0);
    let even = balanced(text);
    let mut ends = Vec::new();
    for candidate in candidates {
        let starts = candidate.indent == outermost
            && (candidate.depth == 0
                || !even && (!candidate.ambiguous || outermost_is_told(text, candidate.at)));
        if starts && candidate.at > 0 {
            ends.push(candidate.at);
        }
    }
    ends.push(text.len());
    ends
}

/// Whether the line after a header is indented deeper than it: then indentation says something in this text.
fn outermost_is_told(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let end = line_end(bytes, at);
    let next = (end + 1).min(bytes.len());
    indent_of(bytes, next, line_end(bytes, next)) > indent_of(bytes, at, end)
}

fn candidates(text: &str) -> Vec<Candidate> {
    let bytes = text.as_bytes();
    let mut candidates = Vec::new();
    let mut depth = 0u32;
    let mut at = 0;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        let indent = indent_of(bytes, at, end);
        if let Some(ambiguous) = declaration(text[at..end].trim_start_matches([' ', '\t', '\r'])) {
            candidates.push(Candidate {
                at,
                indent,
                depth,
                ambiguous,
            });
        }
        // Braces of the line; a text over several lines takes the lines it covers with it.
        let mut next = at;
        let mut limit = end;
        while let Some((place, mark)) = next_mark(&bytes[..limit], next) {
            next = match mark {
                Mark::Open => {
                    depth += 1;
                    place + 1
                }
                Mark::Close => {
                    depth = depth.saturating_sub(1);
                    place + 1
                }
                Mark::Text { block: true, .. } => match next_mark(bytes, place) {
                    Some((_, Mark::Text { end: after, .. })) => {
                        if after > limit {
                            limit = line_end(bytes, after);
                        }
                        after
                    }
                    _ => limit,
                },
                Mark::Comment(after) | Mark::Iri(after) | Mark::Text { end: after, .. } => after,
            };
        }
        at = limit + 1;
    }
    candidates
}

/// Whether a line looks like the start of a declaration at file level, and if so whether it could stand deeper too.
fn declaration(line: &str) -> Option<bool> {
    if !line.starts_with(|first: char| first.is_ascii_lowercase()) {
        return None;
    }
    let (keyword, end) = keywords::at(line, Context::File)?;
    if !placement::may_stand(Context::File, keyword.key) {
        return None;
    }
    let rest = line[end..].trim_start();
    let id = keywords::word(rest, 0);
    let after = rest[id.len()..].trim_start();
    let starts = match keyword.wants.first() {
        Some(Want::Id) => match keyword.wants.get(1) {
            Some(Want::Name) => {
                !id.is_empty() && (after.starts_with('"') || after.starts_with('{'))
                    || rest.starts_with('"')
            }
            Some(_) => !id.is_empty() && (after.starts_with('{') || after.starts_with('"')),
            None => !id.is_empty(),
        },
        Some(Want::Text) => rest.starts_with('"'),
        Some(Want::Path) => after.starts_with("to ") || after.starts_with('.'),
        _ => rest.starts_with('{'),
    };
    let word = keywords::word(line, 0);
    starts.then(|| keywords::ITEM_KINDS.contains(&word) || word == "assessment")
}
