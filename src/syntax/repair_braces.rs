//! Makes the braces of a refused declaration whole, guided by its indentation.
//!
//! Indentation means nothing in the language, but where braces do not come out even it shows what was meant: a block that
//! is opened at the end of a line closes on the first line that is indented no deeper. Goes in: the declaration with its
//! texts made whole. Comes out: changes after which every `{` has its `}`, and a finding for each.

use super::fit;
use super::keywords::{self, Want};
use super::patch::Change;
use super::placement::Context;
use super::repair_texts::{indent_bytes, indent_of, line_end};
use super::split::{Mark, next_mark};
use crate::diag::{Sink, early};
use crate::source::{FileId, Place, Span};

/// A line as the repair sees it; a text over several lines belongs to the line that it starts on.
struct Line {
    indent: usize,
    /// Its first byte that is not blank.
    first: usize,
    /// The end of its code, before blanks and a comment.
    code_end: usize,
    /// Its braces: where, and whether it opens.
    braces: Vec<(usize, bool)>,
}

struct Opener {
    at: usize,
    indent: usize,
    line: usize,
    /// Nothing follows it on its line.
    last_on_line: bool,
    /// The first line indented no deeper starts with `}` at the same indentation.
    has_own_closer: bool,
}

/// Whether every `{` has its `}`.
pub(super) fn balanced(text: &str) -> bool {
    let mut depth = 0u32;
    let mut at = 0;
    while let Some((place, mark)) = next_mark(text.as_bytes(), at) {
        at = match mark {
            Mark::Open => {
                depth += 1;
                place + 1
            }
            Mark::Close => {
                let Some(outer) = depth.checked_sub(1) else {
                    return false;
                };
                depth = outer;
                place + 1
            }
            Mark::Comment(end) | Mark::Iri(end) | Mark::Text { end, .. } => end,
        };
    }
    depth == 0
}

/// The changes that make all braces come out even.
pub(super) fn repair_braces(file: FileId, text: &str, sink: &mut Sink) -> Vec<Change> {
    let lines = lines(text);
    let mut repair = Repair {
        file,
        text,
        sink,
        next_shallower: next_shallower(&lines),
        follows_indentation: follows_indentation(&lines),
        lines,
        stack: Vec::new(),
        headers: Vec::new(),
        changes: Vec::new(),
        taken_out: 0,
    };
    for line in 0..repair.lines.len() {
        repair.close_overdue(line);
        repair.braces(line);
        repair.remember(line);
    }
    let end = repair.lines.last().map_or(text.len(), |line| line.code_end);
    while let Some(opener) = repair.stack.pop() {
        repair.missing_close(&opener, end);
    }
    repair.changes
}

struct Repair<'a> {
    file: FileId,
    text: &'a str,
    sink: &'a mut Sink,
    lines: Vec<Line>,
    /// For each line, the next one that is indented no deeper.
    next_shallower: Vec<usize>,
    follows_indentation: bool,
    stack: Vec<Opener>,
    /// Lines that may have lost their `{`: the last one at each indentation.
    headers: Vec<usize>,
    changes: Vec<Change>,
    /// The end of the last brace that was taken out; what follows it at once is part of the same fault.
    taken_out: usize,
}

impl Repair<'_> {
    /// Closes blocks that should have ended before a line.
    fn close_overdue(&mut self, line: usize) {
        if !self.follows_indentation {
            return;
        }
        let current = &self.lines[line];
        let (indent, starts_with_close) = (current.indent, self.starts_with_close(line));
        let before = line
            .checked_sub(1)
            .map_or(0, |line| self.lines[line].code_end);
        while let Some(top) = self.stack.last() {
            let overdue = top.indent > indent || top.indent == indent && !starts_with_close;
            if !overdue {
                break;
            }
            if let Some(opener) = self.stack.pop() {
                self.missing_close(&opener, before);
            }
        }
    }

    fn braces(&mut self, line: usize) {
        let braces = std::mem::take(&mut self.lines[line].braces);
        let mut previous: Option<(usize, bool)> = None;
        for &(at, opens) in &braces {
            if opens {
                let doubled = previous.is_some_and(|(before, opened)| {
                    opened && self.text[before + 1..at].trim().is_empty()
                });
                if doubled {
                    self.unexpected(at, "this `{` opens nothing");
                } else {
                    self.open(line, at);
                }
            } else {
                self.close(
                    line,
                    at,
                    previous.map_or(self.lines[line].first, |(before, _)| before + 1),
                );
            }
            previous = Some((at, opens));
        }
    }

    fn open(&mut self, line: usize, at: usize) {
        let last_on_line = at + 1 >= self.lines[line].code_end;
        let has_own_closer = last_on_line
            && self.next_shallower.get(line).is_some_and(|&next| {
                next < self.lines.len()
                    && self.starts_with_close(next)
                    && self.lines[next].indent == self.lines[line].indent
            });
        self.stack.push(Opener {
            at,
            indent: self.lines[line].indent,
            line,
            last_on_line,
            has_own_closer,
        });
    }

    fn close(&mut self, line: usize, at: usize, segment: usize) {
        let indent = self.lines[line].indent;
        let first = at == self.lines[line].first;
        let fits = match self.stack.last() {
            None => false,
            Some(_) if !self.follows_indentation => true,
            Some(top) if first && top.line < line => {
                top.indent == indent || !top.has_own_closer && self.header(line).is_none()
            }
            Some(top) => top.line == line || !top.last_on_line || !top.has_own_closer,
        };
        if fits {
            self.stack.pop();
            return;
        }
        let place = if first && self.follows_indentation {
            self.header(line).map(|header| self.lines[header].code_end)
        } else {
            block_start(self.text, segment, at)
        };
        match place {
            Some(place) => self.missing_open(place, at),
            None => self.unexpected(at, "this `}` closes nothing"),
        }
    }

    /// The line that has probably lost the `{` that the `}` at the start of this line closes.
    fn header(&self, line: usize) -> Option<usize> {
        let indent = self.lines[line].indent;
        let inside = self.stack.last().map_or(0, |top| top.line);
        let header = *self
            .headers
            .iter()
            .rev()
            .find(|&&header| self.lines[header].indent <= indent)?;
        let candidate = &self.lines[header];
        let deeper_between = header + 1 < line;
        (candidate.indent == indent && (header > inside || self.stack.is_empty()) && deeper_between)
            .then_some(header)
    }

    fn remember(&mut self, line: usize) {
        let indent = self.lines[line].indent;
        while self
            .headers
            .last()
            .is_some_and(|&header| self.lines[header].indent >= indent)
        {
            self.headers.pop();
        }
        if !self.starts_with_close(line)
            && self.text.as_bytes().get(self.lines[line].first) != Some(&b'#')
        {
            self.headers.push(line);
        }
    }

    fn starts_with_close(&self, line: usize) -> bool {
        self.text.as_bytes().get(self.lines[line].first) == Some(&b'}')
    }

    fn missing_close(&mut self, opener: &Opener, at: usize) {
        let line = &self.lines[opener.line];
        if opener.at == line.first && !opener.last_on_line {
            self.unexpected(opener.at, "this `{` opens nothing");
            return;
        }
        let insert = if opener.last_on_line {
            let indent = self
                .text
                .get(line.first - opener_indent(self.text, line.first)..line.first)
                .unwrap_or("");
            format!("\n{indent}}}")
        } else {
            " }".to_owned()
        };
        let place =
            |start: usize, end: usize| Place::new(self.file, Span::new(start as u32, end as u32));
        self.sink
            .report(&early::SYNTAX_MISSING, place(opener.at, opener.at + 1))
            .message(format!(
                "{} is not closed",
                named(self.text, line.first, opener.at)
            ))
            .label("opened here")
            .also(place(at, at), "`}` is missing here")
            .fix(place(at, at), insert.clone());
        self.changes.push(Change::insert(at, insert));
    }

    fn missing_open(&mut self, at: usize, close: usize) {
        let place =
            |start: usize, end: usize| Place::new(self.file, Span::new(start as u32, end as u32));
        self.sink
            .report(&early::SYNTAX_MISSING, place(at, at))
            .message("a block begins with `{`")
            .label("`{` is missing here")
            .also(place(close, close + 1), "the block ends here")
            .fix(place(at, at), " {");
        self.changes.push(Change::insert(at, " {"));
    }

    fn unexpected(&mut self, at: usize, message: &str) {
        let place = Place::new(self.file, Span::new(at as u32, at as u32 + 1));
        let same = self.taken_out > 0
            && self
                .text
                .get(self.taken_out..at)
                .is_some_and(|between| between.trim().is_empty());
        self.taken_out = at + 1;
        if !same {
            self.sink
                .report(&early::SYNTAX_UNEXPECTED, place)
                .message(message)
                .label("unexpected")
                .fix(place, "");
        }
        self.changes.push(Change::replace(at, at + 1, ""));
    }
}

/// What a block belongs to, in the author's words.
fn named(text: &str, first: usize, brace: usize) -> String {
    let words: Vec<&str> = text
        .get(first..brace)
        .unwrap_or("")
        .split_whitespace()
        .take_while(|word| {
            word.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        .take(2)
        .collect();
    if words.is_empty() {
        "this block".to_owned()
    } else {
        format!("the block of `{}`", words.join(" "))
    }
}

fn opener_indent(text: &str, first: usize) -> usize {
    text[..first]
        .bytes()
        .rev()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

/// Where the `{` of a block on one line belongs: after the last words that want a block.
fn block_start(text: &str, from: usize, to: usize) -> Option<usize> {
    let part = text.get(..to)?;
    let mut place = None;
    let mut at = from;
    while at < to {
        at = fit::skip_line_blanks(part, at);
        if let Some((keyword, end)) = keywords::at(part.get(at..)?, Context::Unknown) {
            let after = at + end;
            match keyword.wants {
                [Want::Block] => place = Some(after_count(part, after)),
                [Want::Id, Want::Name] => {
                    let fitted = fit::fit(keyword, part, at, after, to, true);
                    if fitted.misfit.is_none() {
                        place = Some(fitted.extra.map_or(to, |(extra, _)| extra));
                    }
                }
                _ => {}
            }
            at = after;
            continue;
        }
        at += fit::token_length(part, at).max(1);
        while at < to && !part.is_char_boundary(at) {
            at += 1;
        }
    }
    place.map(|place| part[..place].trim_end().len())
}

/// Past `2 of` after `any`.
fn after_count(text: &str, at: usize) -> usize {
    let next = fit::skip_line_blanks(text, at);
    let digits = text[next..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return at;
    }
    let of = fit::skip_line_blanks(text, next + digits);
    if keywords::word(text, of) == "of" {
        of + 2
    } else {
        at
    }
}

fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines: Vec<Line> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let mut end = line_end(bytes, at);
        let first = at + indent_bytes(bytes, at, end);
        if first >= end || bytes[first] == b'#' {
            at = end + 1;
            continue;
        }
        let mut line = Line {
            indent: indent_of(bytes, at, end),
            first,
            code_end: first,
            braces: Vec::new(),
        };
        let mut next = first;
        let mut comment = None;
        // A text over several lines moves the end of this line to the end of the line that it ends on.
        while let Some((place, mark)) = next_mark_before(bytes, next, end) {
            match mark {
                Mark::Open => line.braces.push((place, true)),
                Mark::Close => line.braces.push((place, false)),
                Mark::Comment(_) => {
                    comment = Some(place);
                    break;
                }
                Mark::Iri(_) | Mark::Text { .. } => {}
            }
            next = match mark {
                Mark::Iri(after) | Mark::Text { end: after, .. } => after,
                Mark::Open | Mark::Close | Mark::Comment(_) => place + 1,
            };
            if next > end {
                end = line_end(bytes, next);
            }
        }
        line.code_end = text[..comment.unwrap_or(end)].trim_end().len().max(first);
        lines.push(line);
        at = end + 1;
    }
    lines
}

fn next_mark_before(bytes: &[u8], from: usize, end: usize) -> Option<(usize, Mark)> {
    let (place, mark) = next_mark(bytes.get(..end)?, from)?;
    // The line's own end cuts a text over several lines short, so that one is looked at in full.
    if matches!(mark, Mark::Text { block: true, .. }) {
        return next_mark(bytes, place);
    }
    Some((place, mark))
}

fn next_shallower(lines: &[Line]) -> Vec<usize> {
    let mut next = vec![lines.len(); lines.len()];
    let mut waiting: Vec<usize> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        while let Some(&top) = waiting.last() {
            if lines[top].indent < line.indent {
                break;
            }
            next[top] = index;
            waiting.pop();
        }
        waiting.push(index);
    }
    next
}

/// Whether blocks that open at the end of a line are indented deeper, nearly everywhere.
fn follows_indentation(lines: &[Line]) -> bool {
    let (mut deeper, mut all) = (0usize, 0usize);
    for pair in lines.windows(2) {
        let opens = pair[0]
            .braces
            .last()
            .is_some_and(|&(at, opens)| opens && at + 1 >= pair[0].code_end);
        if opens {
            all += 1;
            let closes_at_once = pair[1]
                .braces
                .first()
                .is_some_and(|&(at, opens)| !opens && at == pair[1].first);
            deeper += usize::from(pair[1].indent > pair[0].indent || closes_at_once);
        }
    }
    deeper * 10 >= all * 7
}
