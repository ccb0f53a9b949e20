//! What is taken out of a text before the grammar sees it: a byte-order mark, control characters, blocks nested too deep.
//!
//! Everything is replaced by blanks of the same length, so that offsets stay what they are. Goes in: any text. Comes out:
//! text that is safe to read, with a finding for each thing taken out.

use std::borrow::Cow;

use super::split;
use crate::diag::{Sink, early};
use crate::source::characters::described;
use crate::source::{FileId, Place, Span};

/// How many stretches of control characters are reported one by one.
const SHOWN: usize = 20;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Blanks out what is no part of a text.
pub(super) fn without_control_characters<'a>(
    file: FileId,
    text: &'a str,
    sink: &mut Sink,
) -> Cow<'a, str> {
    let has_mark = text.contains(BYTE_ORDER_MARK);
    if !has_mark && !has_control(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    let mut clean = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let bad =
            character == BYTE_ORDER_MARK || character.is_ascii() && is_control(character as u8);
        if !bad {
            clean.push(character);
            continue;
        }
        let end = at + character.len_utf8();
        (at..end).for_each(|_| clean.push(' '));
        if character == BYTE_ORDER_MARK && at == 0 {
            continue;
        }
        match stretches.last_mut() {
            Some((_, known)) if *known == at => *known = end,
            _ => stretches.push((at, end)),
        }
    }
    for &(start, end) in stretches.iter().take(SHOWN) {
        report_control(file, text, start, end, sink);
    }
    if let Some(&(start, end)) = stretches.get(SHOWN) {
        let more = stretches.len() - SHOWN;
        let diagnostic = report_control(file, text, start, end, sink);
        let message = format!(
            "{} (and {} more places like it)",
            diagnostic.message,
            more - 1
        );
        if more > 1 {
            diagnostic.message(message);
        }
    }
    Cow::Owned(clean)
}

fn report_control<'a>(
    file: FileId,
    text: &str,
    start: usize,
    end: usize,
    sink: &'a mut Sink,
) -> &'a mut crate::diag::Diagnostic {
    let first = text[start..end].chars().next().unwrap_or('\0');
    let count = text[start..end].chars().count();
    let code = format!("U+{:04X}", first as u32);
    let message = if first == BYTE_ORDER_MARK {
        format!(
            "{} at byte offset {start}",
            described("byte-order mark", first, count)
        )
    } else if count == 1 {
        format!("control character {code} at byte offset {start}")
    } else {
        format!("{count} control characters from {code} on at byte offset {start}")
    };
    let place = Place::new(file, Span::new(start as u32, end as u32));
    sink.report(&early::SYNTAX_CONTROL_CHARACTER, place)
        .message(message)
        .label("no part of a text")
        .help("remove it")
        .fix(place, "")
}

/// NUL and its kind, but not tabs and line ends.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7f
}

/// Whether there is any, found piece by piece: within a piece all bytes are looked at, which processors do at once.
fn has_control(text: &[u8]) -> bool {
    let in_piece = |piece: &[u8]| {
        piece
            .iter()
            .fold(false, |any, &byte| any | is_control(byte))
    };
    text.chunks(256).any(in_piece)
}

/// Blanks out blocks beyond the depth limit, which are all that could exhaust the stack.
pub(super) fn without_deep_blocks<'a>(
    file: FileId,
    text: &'a str,
    too_deep: &[Span],
    sink: &mut Sink,
) -> Cow<'a, str> {
    if too_deep.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut done = 0;
    for span in too_deep {
        let (start, end) = (span.start as usize, span.end as usize);
        let (Some(kept), Some(deep)) = (text.get(done..start), text.get(start..end)) else {
            continue;
        };
        clean.push_str(kept);
        // The braces stay: what is before them goes on having a block.
        let last = deep.len().saturating_sub(1);
        let closed = deep.ends_with('}');
        for (offset, byte) in deep.bytes().enumerate() {
            clean.push(match byte {
                b'\n' => '\n',
                b'{' if closed && offset == 0 => '{',
                b'}' if closed && offset == last => '}',
                _ => ' ',
            });
        }
        done = end;
        let place = Place::new(file, Span::new(span.start, span.start + 1));
        sink.report(&early::SYNTAX_TOO_DEEP, place)
            .message(format!(
                "blocks are nested more than {} deep",
                split::DEPTH_LIMIT
            ))
            .label("this block is not read")
            .help("take blocks out, or name a part of them as a `set`");
    }
    clean.push_str(text.get(done..).unwrap_or(""));
    Cow::Owned(clean)
}
