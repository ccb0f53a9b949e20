//! Makes the texts of a refused piece whole: lost quotes, lost triple quotes, curly quotes.
//!
//! A text in quotes ends on its line, so a lost quote is settled within that line. A text in triple quotes is taken to be
//! indented deeper than the line that it starts on; one that would swallow statements is closed before them.
//! Goes in: the piece. Comes out: changes, and a finding for each.

use memchr::{memchr, memmem};

use super::curly::{CURLY, pairs};
use super::keywords::{self, Want};
use super::patch::Change;
use super::placement::Context;
use super::split::{Mark, next_mark};
use crate::diag::{Sink, early};
use crate::source::{FileId, Place, Span};

/// What has been found so far.
struct Repair<'a> {
    file: FileId,
    text: &'a str,
    /// Each change with the finding that goes with it.
    found: Vec<(Change, Sink)>,
    /// A line that ends in `""` or in a keyword that wants a text: where, its indentation, how many changes came before.
    opener_without_quotes: Option<(usize, usize, usize, &'static str)>,
    /// The end of the line that was looked at last: a line with many texts is measured once.
    known_end: usize,
}

/// The changes that make all texts whole.
pub(super) fn repair_texts(file: FileId, text: &str, sink: &mut Sink) -> Vec<Change> {
    let mut repair = Repair {
        file,
        text,
        found: Vec::new(),
        opener_without_quotes: None,
        known_end: 0,
    };
    let mut at = 0;
    while at < text.len() {
        at = repair.line(at);
    }
    let mut changes = Vec::with_capacity(repair.found.len());
    for (change, finding) in repair.found {
        changes.push(change);
        sink.append(finding);
    }
    changes
}

impl Repair<'_> {
    /// Goes over one line; gives where the next one starts (after the end of a text over several lines, if one starts here).
    fn line(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let goes_on = start < self.known_end;
        let end = if goes_on {
            self.known_end
        } else {
            line_end(bytes, start)
        };
        self.known_end = end;
        let indent = indent_of(bytes, start, end);
        if !goes_on && self.curly_quotes(start, end) {
            return end + 1;
        }
        let first = start + indent_bytes(bytes, start, end);
        if let Some((_, known_indent, _, _)) = self.opener_without_quotes
            && first < end
            && indent <= known_indent
            && !bytes[first..end].starts_with(b"\"\"\"")
        {
            self.opener_without_quotes = None;
        }
        let mut at = start;
        let mut segment = start;
        let mut code_end = start;
        // A quote right after the end of a text: one of the two is too many, if the line does not come out even.
        let mut doubled = None;
        while let Some((place, mark)) = next_mark(&bytes[..end], at) {
            code_end = place;
            match mark {
                Mark::Comment(_) => break,
                Mark::Open | Mark::Close => {
                    at = place + 1;
                    segment = at;
                }
                Mark::Iri(after) => at = after,
                Mark::Text { .. } if bytes[place..].starts_with(b"\"\"\"") => {
                    return self.block_text(place, place == first, indent, end);
                }
                Mark::Text {
                    end: after, closed, ..
                } => {
                    if place > start && place == segment && bytes[place - 1] == b'"' {
                        doubled = doubled.or(Some(place));
                    }
                    if !closed {
                        match doubled {
                            Some(quote) => self.doubled_quote(quote),
                            None => self.lost_quote(segment, place, end),
                        }
                        return end + 1;
                    }
                    if after - place == 2
                        && bytes.get(after).is_some_and(|&next| {
                            next != b'"'
                                && !blank(&[next])
                                && !matches!(next, b'{' | b'}' | b',' | b'\n' | b'#')
                        })
                    {
                        doubled = doubled.or(Some(place));
                    }
                    if after - place == 2 && blank(&bytes[after..end]) {
                        self.opener_without_quotes = Some((after, indent, self.found.len(), "\""));
                    }
                    at = after;
                    segment = after;
                }
            }
            code_end = at;
        }
        if code_end == start && first < end {
            self.remember_bare_keyword(first, end, indent);
        }
        end + 1
    }

    /// A line that is only a keyword that wants a text: its triple quotes may have been lost.
    fn remember_bare_keyword(&mut self, first: usize, end: usize, indent: usize) {
        let line = self.text[first..end].trim_end();
        if let Some((keyword, after)) = keywords::at(line, Context::Unknown)
            && after == line.len()
            && keyword.wants == [Want::Text]
        {
            self.opener_without_quotes = Some((first + after, indent, self.found.len(), " \"\"\""));
        }
    }

    /// A triple quote; gives where reading goes on.
    fn block_text(&mut self, open: usize, alone: bool, indent: usize, line_end_at: usize) -> usize {
        let bytes = self.text.as_bytes();
        if alone
            && let Some((at, known_indent, changes, quotes)) = self.opener_without_quotes.take()
            && indent >= known_indent
        {
            self.found.truncate(changes);
            self.report(
                Change::insert(at, quotes),
                Span::new(at as u32, at as u32),
                "a text of several lines begins with three quotes",
                "`\"\"\"` is missing here",
            );
            return open + 3;
        }
        let close = memmem::find(&bytes[open + 3..], b"\"\"\"").map(|found| open + 3 + found);
        let (stop, swallows) = self.block_stop(line_end_at, indent, close.unwrap_or(bytes.len()));
        if let Some(close) = close
            && !swallows
        {
            return close + 3;
        }
        // It ends before the first line that is not indented deeper.
        let stop_end = line_end(bytes, stop);
        let stop_text = self.text.get(stop..stop_end).unwrap_or("").trim();
        let change = if !stop_text.is_empty()
            && stop_text.bytes().all(|byte| byte == b'"')
            && stop_text.len() < 3
        {
            let at = stop + indent_bytes(bytes, stop, stop_end) + stop_text.len();
            Change::insert(at, &"\"\"\""[stop_text.len()..])
        } else {
            let at = self.text[..stop].trim_end().len().max(open + 3);
            Change::insert(at, "\"\"\"")
        };
        let next = if change.at >= stop { stop_end } else { stop };
        self.report(
            change,
            Span::new(open as u32, open as u32 + 3),
            "this text is not closed",
            "opened here",
        );
        next.max(open + 3)
    }

    /// The first line after `from` that is not indented deeper than `indent`, and whether a statement would be swallowed
    /// before `limit`.
    fn block_stop(&self, from: usize, indent: usize, limit: usize) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let mut stop = None;
        let mut at = from + 1;
        while at < bytes.len() {
            let end = line_end(bytes, at);
            let first = at + indent_bytes(bytes, at, end);
            if first < end && indent_of(bytes, at, end) <= indent {
                stop = stop.or(Some(at));
                if looks_like_statement(&self.text[first..end]) {
                    return (stop.unwrap_or(at), true);
                }
            }
            at = end + 1;
            if at >= limit {
                break;
            }
        }
        (stop.unwrap_or(bytes.len()), false)
    }

    /// Two quotes where one belongs.
    fn doubled_quote(&mut self, quote: usize) {
        self.report(
            Change::replace(quote, quote + 1, ""),
            Span::new(quote as u32, quote as u32 + 1),
            "one quote too many",
            "this quote opens nothing",
        );
    }

    /// A quote without a partner on its line: either its text has lost the opening quote, or the closing one.
    fn lost_quote(&mut self, segment: usize, quote: usize, end: usize) {
        let rest = self.text[quote + 1..end].trim_end();
        if rest
            .bytes()
            .all(|byte| matches!(byte, b'{' | b'}' | b',' | b' ' | b'\t'))
        {
            let words = &self.text[segment..quote];
            let leading = leading_words(words);
            if words[leading..].trim().is_empty() {
                self.report(
                    Change::insert(quote + 1, "\""),
                    Span::new(quote as u32, quote as u32 + 1),
                    "this text is not closed on its line",
                    "opened here",
                );
            } else {
                let from = segment
                    + leading
                    + (words[leading..].len() - words[leading..].trim_start().len());
                self.report(
                    Change::insert(from, "\""),
                    Span::new(from as u32, quote as u32 + 1),
                    "this text has no opening quote",
                    "expected `\"` before this",
                );
            }
            return;
        }
        let brace = rest
            .find(" {")
            .or_else(|| rest.find(" }"))
            .unwrap_or(rest.len());
        let inside = rest[..brace].trim_end();
        let close = quote + 1 + inside.len();
        // A backslash before the place would turn the quote that is put there into an escape.
        let close = if inside.ends_with('\\') && !inside.ends_with("\\\\") {
            close - 1
        } else {
            close
        };
        let span = Span::new(quote as u32, close as u32);
        let change = Change::insert(close, "\"");
        let message = "this text is not closed on its line";
        match statement_inside(inside) {
            None => self.report(change, span, message, "expected `\"` after this"),
            Some(keyword) => self.report_doubt(change, span, message, keyword),
        }
    }

    /// Curly quotes instead of straight ones; says whether the line had some.
    fn curly_quotes(&mut self, start: usize, end: usize) -> bool {
        let line = &self.text[start..end];
        if line.is_ascii() || !line.contains(CURLY) || line.trim_start().starts_with('#') {
            return false;
        }
        // Inside a text with straight quotes they are part of it.
        let mut at = start;
        let mut outside: Vec<(usize, char)> = Vec::new();
        loop {
            let mark = next_mark(&self.text.as_bytes()[..end], at);
            let (until, next) = match mark {
                Some((
                    place,
                    Mark::Text {
                        end: after,
                        closed: true,
                        block: false,
                    },
                )) => (place, after),
                Some((_, Mark::Text { .. })) => return false,
                Some((place, Mark::Comment(_))) => (place, end),
                Some((place, Mark::Iri(after))) => (place, after),
                Some((place, Mark::Open | Mark::Close)) => (place, place + 1),
                None => (end, end),
            };
            let part = &self.text[at..until];
            outside.extend(
                part.char_indices()
                    .filter(|(_, sign)| CURLY.contains(sign))
                    .map(|(found, sign)| (at + found, sign)),
            );
            if mark.is_none() || next >= end {
                break;
            }
            at = next;
        }
        if outside.is_empty() {
            return false;
        }
        for (open, close) in pairs(&outside) {
            let place = |start: usize, end: usize| {
                Place::new(self.file, Span::new(start as u32, end as u32))
            };
            // A quote without a partner is a pair with itself.
            let mut edits = vec![(open.0, open.1, "\"")];
            if open != close {
                let inner = &self.text[open.1..close.0];
                // Guillemets have a blank inside, which belongs to them.
                let guillemets = self.text[open.0..].starts_with('«');
                let blank = |sign: char| guillemets && sign.is_whitespace();
                let from = close.0 - inner.trim_start_matches(blank).len();
                let to = open.1 + inner.trim_end_matches(blank).len();
                edits = vec![(open.0, from, "\"")];
                let straight = self.text[from..to.max(from)].match_indices('"');
                edits.extend(straight.map(|(at, _)| (from + at, from + at + 1, "\\\"")));
                edits.push((to.max(from), close.1, "\""));
            }
            let mut sink = Sink::new();
            let diagnostic = sink.report(&early::SYNTAX_BAD_STRING, place(open.0, close.1));
            diagnostic
                .message("a text stands between straight quotes")
                .label("these quotes are curly")
                .help("write `\"` before and after it");
            for &(start, end, written) in &edits {
                diagnostic.fix(place(start, end), written);
            }
            for (start, end, written) in edits {
                let change = Change::replace(start, end, written);
                self.found.push((change, std::mem::take(&mut sink)));
            }
        }
        true
    }

    /// What may be a statement stands in the text, so nobody but its author knows where it ends.
    fn report_doubt(&mut self, change: Change, span: Span, message: &str, keyword: &str) {
        let mut sink = Sink::new();
        sink.report(&early::SYNTAX_BAD_STRING, Place::new(self.file, span))
            .message(message)
            .label("opened here")
            .help(format!(
                "write `\"` where it ends: before `{keyword}` if that is no part of it"
            ));
        self.found.push((change, sink));
    }

    fn report(&mut self, change: Change, span: Span, message: &str, label: &str) {
        let mut sink = Sink::new();
        let edit = Span::new(change.at as u32, (change.at + change.remove) as u32);
        sink.report(&early::SYNTAX_BAD_STRING, Place::new(self.file, span))
            .message(message)
            .label(label)
            .fix(Place::new(self.file, edit), change.insert.clone());
        self.found.push((change, sink));
    }
}

/// A keyword inside prose that is followed by what it wants, so that a statement may begin there.
pub(super) fn statement_inside(prose: &str) -> Option<&'static str> {
    prose.match_indices(' ').find_map(|(at, _)| {
        let rest = &prose[at + 1..];
        let (keyword, end) = keywords::at(rest, Context::Unknown)?;
        let next = rest[end..].trim_start();
        let id = keywords::word(next, 0);
        let named = !id.is_empty() && next[id.len()..].trim_start().starts_with('"');
        let starts = next.starts_with(|sign: char| sign.is_ascii_digit() || "\"<{".contains(sign));
        (starts || named).then_some(keyword.phrase)
    })
}

/// How many bytes of the words before a lost text belong to the statement: its keyword, its id and its numbers.
fn leading_words(words: &str) -> usize {
    let start = words.len() - words.trim_start().len();
    let trimmed = &words[start..];
    let mut at = match keywords::at(trimmed, Context::Unknown) {
        Some((keyword, end)) => {
            if keyword.wants.first() != Some(&Want::Id) {
                return start + end;
            }
            end
        }
        None => 0,
    };
    at += trimmed[at..].len() - trimmed[at..].trim_start().len();
    let id = keywords::word(trimmed, at);
    if !super::fit::is_id(id) {
        return start + at;
    }
    at += id.len();
    let rest = trimmed[at..].trim_start();
    let number = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
        .count();
    if number > 0 {
        at = trimmed.len() - rest.len() + number;
    }
    start + at
}

/// Whether a line could be a statement rather than prose.
pub(super) fn looks_like_statement(line: &str) -> bool {
    if line.starts_with('}') {
        return true;
    }
    let Some((keyword, end)) = keywords::at(line, Context::Unknown) else {
        return false;
    };
    let rest = line[end..].trim_start();
    let quoted_after = |rest: &str| {
        let id = keywords::word(rest, 0);
        !id.is_empty() && rest[id.len()..].trim_start().starts_with('"')
    };
    match keyword.wants.first() {
        Some(Want::Id) => quoted_after(rest) || rest.starts_with('"'),
        Some(Want::Text | Want::Name) => rest.starts_with('"'),
        Some(Want::Block) => rest.starts_with('{'),
        Some(Want::Iri) => rest.starts_with('<'),
        Some(
            Want::Reference
            | Want::Path
            | Want::Number
            | Want::Quantity
            | Want::Date
            | Want::Tag
            | Want::Either(..)
            | Want::Word(_),
        )
        | None => rest.ends_with(['{', '}', '"']),
    }
}

/// The end of the line (its line feed, or the end of the text).
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    let at = at.min(bytes.len());
    memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |found| at + found)
}

/// The indentation of a line in columns; a tab goes to the next multiple of four.
pub(super) fn indent_of(bytes: &[u8], start: usize, end: usize) -> usize {
    let mut columns = 0;
    for byte in &bytes[start..end] {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns = (columns / 4 + 1) * 4,
            _ => break,
        }
    }
    columns
}

/// The indentation of a line in bytes.
pub(super) fn indent_bytes(bytes: &[u8], start: usize, end: usize) -> usize {
    bytes[start..end]
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
        .count()
}

fn blank(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}
