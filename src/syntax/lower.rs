//! Pairs to tree: one walk over the flat stream of tokens, without recursion.
//!
//! Goes in: the pairs of one piece of a file and where the piece starts. Comes out: its statements, in pre-order, with
//! spans in the file. Statements and arguments follow from the [`Role`] of each rule alone.

use pest::Token;
use pest::iterators::Pairs;

use super::grammar::Rule;
use super::roles::{Role, Shape, role};
use super::tree::{Arg, Key, Statement, TextForm, Tree, Word};
use crate::source::Span;

/// A statement that is still open, with its arguments so far.
struct Open {
    index: u32,
    first_argument: usize,
}

/// Makes the tree of a piece that starts at `base` in its file. `text` is the piece.
pub(super) fn lower(pairs: Pairs<'_, Rule>, text: &str, base: u32, tree: &mut Tree) {
    let mut lowering = Lowering {
        text,
        base,
        tree,
        open: Vec::new(),
        arguments: Vec::new(),
        starts: Vec::new(),
    };
    for token in pairs.tokens() {
        match token {
            Token::Start { rule, pos } => lowering.start(rule, pos.pos()),
            Token::End { rule, pos } => lowering.end(rule, pos.pos()),
        }
    }
}

struct Lowering<'a> {
    text: &'a str,
    base: u32,
    tree: &'a mut Tree,
    open: Vec<Open>,
    /// Arguments of all open statements, those of the innermost last.
    arguments: Vec<Arg>,
    /// Where pairs that are not statements started.
    starts: Vec<u32>,
}

impl Lowering<'_> {
    fn start(&mut self, rule: Rule, at: usize) {
        match role(rule) {
            Role::Statement(key, words) => self.open_statement(key, words, at),
            Role::Held => self.open_statement(Key::Held, 0, at),
            Role::Block | Role::Argument(_) | Role::Word(_) | Role::Verb(_) | Role::Nothing => {
                self.starts.push(at as u32);
            }
        }
    }

    fn end(&mut self, rule: Rule, at: usize) {
        match role(rule) {
            Role::Statement(..) => self.close_statement(at),
            Role::Held => {
                if let Some(open) = self.open.last() {
                    let start = self.tree.statements[open.index as usize].span.start;
                    let argument =
                        reference(self.text, (start - self.base) as usize, at, self.base);
                    self.arguments.push(argument);
                }
                self.close_statement(at);
            }
            Role::Block => {
                let span = self.close_span(at);
                if let Some(statement) = self.current() {
                    statement.body = span;
                }
            }
            Role::Argument(shape) => {
                let span = self.close_span(at);
                let start = (span.start - self.base) as usize;
                let argument = argument(shape, self.text, start, at, self.base);
                self.arguments.push(argument);
            }
            Role::Word(word) => {
                let span = self.close_span(at);
                self.arguments.push(Arg::Word(word, span));
            }
            Role::Verb(word) => {
                let span = self.close_span(at);
                self.verb(word, span);
            }
            Role::Nothing => {
                self.starts.pop();
            }
        }
    }

    fn verb(&mut self, word: Word, span: Span) {
        match self.current() {
            Some(statement) if statement.key == Key::Mapping => statement.keyword = span,
            _ => self.arguments.push(Arg::Word(word, span)),
        }
    }

    fn open_statement(&mut self, key: Key, words: u8, at: usize) {
        let start = self.base + at as u32;
        let keyword = words_end(self.text, at, words);
        self.open.push(Open {
            index: self.tree.statements.len() as u32,
            first_argument: self.arguments.len(),
        });
        self.tree.statements.push(Statement {
            key,
            keyword: Span::new(start, self.base + keyword as u32),
            span: Span::at(start),
            body: Span::at(start),
            args_start: 0,
            args_end: 0,
            end: 0,
            broken: false,
        });
    }

    fn close_statement(&mut self, at: usize) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let args_start = self.tree.args.len() as u32;
        self.tree
            .args
            .extend(self.arguments.drain(open.first_argument..));
        let args_end = self.tree.args.len() as u32;
        let end = self.tree.statements.len() as u32;
        let span_end = self.base + at as u32;
        let statement = &mut self.tree.statements[open.index as usize];
        statement.args_start = args_start;
        statement.args_end = args_end;
        statement.end = end;
        statement.span.end = span_end;
        if statement.body.is_empty() {
            statement.body = Span::at(span_end);
        }
    }

    fn close_span(&mut self, at: usize) -> Span {
        let start = self.starts.pop().unwrap_or(at as u32);
        Span::new(self.base + start, self.base + at as u32)
    }

    fn current(&mut self) -> Option<&mut Statement> {
        let index = self.open.last()?.index as usize;
        self.tree.statements.get_mut(index)
    }
}

/// Where the first so many words from an offset end.
fn words_end(text: &str, at: usize, words: u8) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    for word in 0..words {
        if word > 0 {
            end = skip_blanks(bytes, end);
        }
        while bytes
            .get(end)
            .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'-')
        {
            end += 1;
        }
    }
    end
}

/// The offset after blanks and comments.
pub(super) fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'#' => at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end),
            _ => break,
        }
    }
    at
}

fn argument(shape: Shape, text: &str, start: usize, end: usize, base: u32) -> Arg {
    let span = |from: usize, to: usize| Span::new(base + from as u32, base + to as u32);
    match shape {
        Shape::Id => Arg::Id(span(start, end)),
        Shape::Path => Arg::Path(span(start, end)),
        Shape::Number => Arg::Number(span(start, end)),
        Shape::Date => Arg::Date(span(start, end)),
        Shape::Iri => Arg::Iri(span(start + 1, end - 1)),
        Shape::Reference => reference(text, start, end, base),
        Shape::Text => {
            let bytes = &text.as_bytes()[start..end];
            if bytes.starts_with(b"\"\"\"") && bytes.len() >= 6 {
                Arg::Text(span(start + 3, end - 3), TextForm::Block)
            } else if memchr::memchr(b'\\', bytes).is_some() {
                Arg::Text(span(start + 1, end - 1), TextForm::Escaped)
            } else {
                Arg::Text(span(start + 1, end - 1), TextForm::Plain)
            }
        }
        Shape::Quantity => {
            let bytes = &text.as_bytes()[start..end];
            let digits = bytes
                .iter()
                .position(|byte| !byte.is_ascii_digit() && *byte != b'.')
                .unwrap_or(bytes.len());
            let unit = skip_blanks(bytes, digits);
            Arg::Quantity {
                number: span(start, start + digits),
                unit: span(start + unit, end),
            }
        }
    }
}

fn reference(text: &str, start: usize, end: usize, base: u32) -> Arg {
    let span = |from: usize, to: usize| Span::new(base + from as u32, base + to as u32);
    let bytes = &text.as_bytes()[start..end];
    if bytes.first() == Some(&b'<') {
        return Arg::Iri(span(start + 1, end - 1));
    }
    match memchr::memchr(b':', bytes) {
        Some(colon) => {
            let code = start + colon + 1;
            let quoted = matches!(bytes.get(colon + 1), Some(b'"' | b'<'));
            let inside = usize::from(quoted);
            Arg::External {
                alias: span(start, start + colon),
                code: span(code + inside, end - inside),
            }
        }
        None => Arg::Path(span(start, end)),
    }
}
