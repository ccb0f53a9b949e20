//! Looks for what a keyword wants in the words that follow it.
//!
//! Runs only on statements that the grammar refused. Goes in: the entry of the keyword and the rest of its line. Comes out:
//! the arguments as far as they fit, and the first thing that does not.

use super::arguments::reference;
use super::keywords::{Keyword, Want};
use super::spelling::{is_path_like, mended_path};
use super::split::{Mark, next_mark};
use super::tree::{Arg, Missing, TextForm, Word};
use crate::source::Span;

/// The first thing that a statement lacks.
#[derive(Debug, Clone)]
pub(super) struct Misfit {
    pub want: Want,
    /// What stands before the gap.
    pub before: (usize, usize),
    /// What stands there instead, up to the end of the line; empty if nothing.
    pub found: (usize, usize),
    /// What stands there is an id in the wrong spelling.
    pub spelling: bool,
}

impl Misfit {
    /// Whether it is only a name that is not there, with nothing in its place.
    pub(super) fn is_missing_name(&self) -> bool {
        self.want == Want::Name && self.found.0 >= self.found.1
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Fit {
    pub args: Vec<Arg>,
    pub misfit: Option<Misfit>,
    /// What is left over after everything that was wanted.
    pub extra: Option<(usize, usize)>,
}

/// Fits the text of a line from `start` (after the keyword that starts at `keyword_start`) to `end`.
pub(super) fn fit(
    keyword: &Keyword,
    text: &str,
    keyword_start: usize,
    start: usize,
    end: usize,
    block_follows: bool,
) -> Fit {
    let mut result = Fit::default();
    let line = text.get(..end).unwrap_or(text);
    let mut before = (keyword_start, start);
    let mut at = start;
    for &want in keyword.wants {
        let next = skip_line_blanks(line, at);
        if want == Want::Block {
            if !block_follows && result.misfit.is_none() {
                result.misfit = Some(misfit(want, before, line, next));
            }
            continue;
        }
        match argument(want, line, next) {
            Some((argument, after)) => {
                result.args.extend(argument);
                before = (next, after);
                at = after;
            }
            None => {
                let missing = kind(want);
                if result.misfit.is_none() {
                    let mut found = misfit(want, before, line, next);
                    let word_end = next + token_length(line, next);
                    if want == Want::Id && word_end > next && !line[next..].starts_with('"') {
                        found.spelling = true;
                        found.found = (next, word_end);
                        at = word_end;
                        before = (next, at);
                    }
                    if matches!(want, Want::Reference | Want::Path)
                        && let Some(end) = misspelt_path(line, next)
                    {
                        found.spelling = true;
                        found.found = (next, end);
                    }
                    result.misfit = Some(found);
                }
                match result.misfit {
                    Some(Misfit {
                        spelling: true,
                        want: Want::Id,
                        found: (from, to),
                        ..
                    }) if want == Want::Id => result.args.push(Arg::Id(span(from, to))),
                    _ => result.args.extend(
                        missing.map(|missing| Arg::Missing(missing, Span::at(before.1 as u32))),
                    ),
                }
            }
        }
    }
    let next = skip_line_blanks(line, at);
    if result.misfit.is_none() && next < line.len() {
        result.extra = Some((next, line.trim_end().len().max(next)));
    }
    result
}

/// The end of a word that is a path but for its spelling.
fn misspelt_path(line: &str, at: usize) -> Option<usize> {
    let word = line.get(at..at + token_length(line, at))?;
    let word = word.trim_end_matches(',');
    (is_path_like(word) && mended_path(word).is_some()).then_some(at + word.len())
}

fn misfit(want: Want, before: (usize, usize), line: &str, next: usize) -> Misfit {
    Misfit {
        want,
        before,
        found: (next, line.trim_end().len().max(next)),
        spelling: false,
    }
}

/// The offset after blanks on the same line.
pub(super) fn skip_line_blanks(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or(&[]);
    at + rest
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        .count()
}

/// The length of the word or text at an offset.
pub(super) fn token_length(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    if rest.starts_with('"') {
        return match next_mark(text.as_bytes(), at) {
            Some((_, Mark::Text { end, .. })) => end - at,
            _ => 1,
        };
    }
    rest.find([' ', '\t', '\n', '\r', '"', '{', '}'])
        .unwrap_or(rest.len())
}

/// What is filled in for something that is missing.
const fn kind(want: Want) -> Option<Missing> {
    match want {
        Want::Id | Want::Tag => Some(Missing::Id),
        Want::Name | Want::Text => Some(Missing::Text),
        Want::Reference | Want::Path => Some(Missing::Reference),
        Want::Number => Some(Missing::Number),
        Want::Quantity => Some(Missing::Quantity),
        Want::Iri | Want::Date | Want::Either(..) => Some(Missing::Value),
        Want::Word(_) | Want::Block => None,
    }
}

/// Reads one wanted thing: what it gives (nothing for a word without meaning of its own) and where it ends.
fn argument(want: Want, text: &str, at: usize) -> Option<(Option<Arg>, usize)> {
    let rest = text.get(at..)?;
    let token = &rest[..token_length(text, at)];
    let token = token.trim_end_matches(',');
    let end = at + token.len();
    let whole = span(at, end);
    match want {
        Want::Id => is_id(token).then_some((Some(Arg::Id(whole)), end)),
        Want::Tag => {
            let fits = !token.is_empty()
                && token
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            fits.then_some((Some(Arg::Id(whole)), end))
        }
        Want::Name | Want::Text => quoted(text, at),
        Want::Path => is_path(token).then_some((Some(Arg::Path(whole)), end)),
        Want::Reference => {
            if let Some((alias, _)) = token.split_once(':')
                && is_id(alias)
            {
                let code = at + alias.len() + 1;
                if text[code..].starts_with('"') {
                    let (_, end) = quoted(text, code)?;
                    return Some((Some(reference(text, at, end, 0)), end));
                }
                return (code < end).then(|| (Some(reference(text, at, end, 0)), end));
            }
            if token.starts_with('<') {
                return argument(Want::Iri, text, at);
            }
            is_path(token).then_some((Some(Arg::Path(whole)), end))
        }
        Want::Number => is_number(token).then_some((Some(Arg::Number(whole)), end)),
        Want::Quantity => quantity(text, at),
        Want::Iri => match next_mark(text.as_bytes(), at) {
            Some((found, Mark::Iri(end))) if found == at => {
                Some((Some(Arg::Iri(span(at + 1, end - 1))), end))
            }
            _ => None,
        },
        Want::Date => {
            let digits = |range: std::ops::Range<usize>| {
                token
                    .get(range)
                    .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            };
            let bytes = token.as_bytes();
            let fits = bytes.len() == 10
                && digits(0..4)
                && digits(5..7)
                && digits(8..10)
                && bytes.get(4) == Some(&b'-')
                && bytes.get(7) == Some(&b'-');
            fits.then_some((Some(Arg::Date(whole)), end))
        }
        Want::Either(first, second) => {
            argument(*first, text, at).or_else(|| argument(*second, text, at))
        }
        Want::Word(word) => {
            let meaning = match word {
                "to" => Some(Arg::Word(Word::To, whole)),
                "passes" => Some(Arg::Word(Word::Passes, whole)),
                "as" => Some(Arg::Word(Word::As, whole)),
                "least" => Some(Arg::Word(Word::Least, whole)),
                _ => None,
            };
            (token == word).then_some((meaning, end))
        }
        Want::Block => None,
    }
}

fn quoted(text: &str, at: usize) -> Option<(Option<Arg>, usize)> {
    let (
        found,
        Mark::Text {
            end,
            closed: true,
            block,
        },
    ) = next_mark(text.as_bytes(), at)?
    else {
        return None;
    };
    if found != at || end > text.len() {
        return None;
    }
    let quotes = if block { 3 } else { 1 };
    let form = if block {
        TextForm::Block
    } else if text[at..end].contains('\\') {
        TextForm::Escaped
    } else {
        TextForm::Plain
    };
    Some((Some(Arg::Text(span(at + quotes, end - quotes), form)), end))
}

fn quantity(text: &str, at: usize) -> Option<(Option<Arg>, usize)> {
    let rest = text.get(at..)?;
    let digits = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    if !is_number(&rest[..digits]) {
        return None;
    }
    let number = span(at, at + digits);
    let unit = skip_line_blanks(text, at + digits);
    let end = if text.get(unit..)?.starts_with('%') {
        unit + 1
    } else {
        let word = super::keywords::word(text, unit);
        if unit == at + digits || !is_id(word) || matches!(word, "from" | "of") {
            return None;
        }
        unit + word.len()
    };
    Some((
        Some(Arg::Quantity {
            number,
            unit: span(unit, end),
        }),
        end,
    ))
}

/// Whether a word is written as ids are.
pub(super) fn is_id(word: &str) -> bool {
    word.bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_lowercase())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Whether a word is a dotted path.
pub(super) fn is_path(word: &str) -> bool {
    word.split('.').all(is_id)
}

fn is_number(word: &str) -> bool {
    let mut parts = word.split('.');
    let digits = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(parts.next())
        && parts.next().is_none_or(|part| digits(Some(part)))
        && parts.next().is_none()
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}
