//! Pairs to tree: one walk over the flat stream of tokens, without recursion.
//!
//! Goes in: the pairs of one piece of a file and where the piece starts. Comes out: its statements, in pre-order, with
//! spans in the file. Statements and arguments follow from the [`Role`] of each rule alone.

use pest::Token;
use pest::iterators::Pairs;

use super::arguments::{argument, reference, shifted};
use super::fit::{self, Misfit};
use super::grammar::Rule;
use super::keywords;
use super::placement::{self, Context};
use super::roles::{Role, role};
use super::tree::{Arg, Key, Statement, TextForm, Tree, Word};
use crate::source::Span;

/// A statement that is still open, with its arguments so far.
struct Open {
    index: u32,
    first_argument: usize,
}

/// Something that could not be read, still to be put into words. Offsets are those of the text that was lowered.
#[derive(Debug)]
pub(super) enum Fault {
    /// An escape that does not exist.
    Escape { start: usize, end: usize },
    /// A statement lacks something that its keyword wants.
    Misfit { statement: u32, misfit: Misfit },
    /// A statement goes on after everything that its keyword wants, or stands where words cannot be read.
    Words {
        /// The statement that the words belong to: one that goes on too long, or [`Key::Bad`].
        statement: u32,
        context: Context,
        start: usize,
        end: usize,
    },
    /// An id and a text where no level and no cell can stand.
    Titled { statement: u32, context: Context },
    /// A word where a reference is meant, that is no name.
    Reserved { start: usize, end: usize },
    /// A block with nothing before it.
    BareBlock { statement: u32 },
    /// A `}` that closes nothing.
    StrayBrace { at: usize },
}

/// Makes the tree of a piece that starts at `base` in its file, and what is wrong in it. `text` is the piece.
pub(super) fn lower(pairs: Pairs<'_, Rule>, text: &str, base: u32, tree: &mut Tree) -> Vec<Fault> {
    let mut lowering = Lowering {
        text,
        base,
        tree,
        open: Vec::new(),
        arguments: Vec::new(),
        starts: Vec::new(),
        faults: Vec::new(),
    };
    for token in pairs.tokens() {
        match token {
            Token::Start { rule, pos } => lowering.start(rule, pos.pos()),
            Token::End { rule, pos } => lowering.end(rule, pos.pos()),
        }
    }
    lowering.faults
}

/// Words that people write in requirements and that name nothing.
const RESERVED: [&str; 9] = [
    "and", "at", "from", "least", "most", "not", "of", "one", "or",
];

struct Lowering<'a> {
    text: &'a str,
    base: u32,
    tree: &'a mut Tree,
    open: Vec<Open>,
    /// Arguments of all open statements, those of the innermost last.
    arguments: Vec<Arg>,
    /// Where pairs that are not statements started.
    starts: Vec<u32>,
    faults: Vec<Fault>,
}

impl Lowering<'_> {
    fn start(&mut self, rule: Rule, at: usize) {
        match role(rule) {
            Role::Statement(key, words) => {
                let end = words_end(self.text, at, words);
                self.open_statement(key, at, end);
            }
            Role::Held => self.open_statement(Key::Held, at, at),
            Role::Keyworded => {
                let found = self
                    .text
                    .get(at..)
                    .and_then(|rest| keywords::at(rest, self.context()));
                match found {
                    Some((keyword, end)) => self.open_statement(keyword.key, at, at + end),
                    None => self.open_statement(Key::Bad, at, at),
                }
            }
            Role::Titled => self.open_titled(at),
            Role::Block
            | Role::Argument(_)
            | Role::Word(_)
            | Role::Verb(_)
            | Role::Rest
            | Role::BadWords
            | Role::StrayBrace
            | Role::Nothing => self.starts.push(at as u32),
        }
    }

    fn end(&mut self, rule: Rule, at: usize) {
        match role(rule) {
            Role::Statement(Key::Bad, _) => {
                self.bare_block();
                self.close_statement(at);
            }
            Role::Statement(..) | Role::Keyworded | Role::Titled => self.close_statement(at),
            Role::Held => {
                self.held(at);
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
                if let Arg::Text(inside, TextForm::Escaped) = argument {
                    self.check_escapes(inside);
                }
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
            Role::Rest => {
                let span = self.close_span(at);
                self.rest((span.start - self.base) as usize, at);
            }
            Role::BadWords => {
                let span = self.close_span(at);
                self.words((span.start - self.base) as usize, at);
            }
            Role::StrayBrace => {
                let span = self.close_span(at);
                let at = (span.start - self.base) as usize;
                self.faults.push(Fault::StrayBrace { at });
            }
            Role::Nothing => {
                self.starts.pop();
            }
        }
    }

    /// The one argument of a reference that is a statement.
    fn held(&mut self, end: usize) {
        let (text, base) = (self.text, self.base);
        let Some(statement) = self.current() else {
            return;
        };
        let start = (statement.span.start - base) as usize;
        if end - start <= 5
            && text
                .get(start..end)
                .is_some_and(|word| RESERVED.contains(&word))
        {
            statement.key = Key::Bad;
            statement.broken = true;
            self.faults.push(Fault::Reserved { start, end });
        }
        self.arguments.push(reference(text, start, end, base));
    }

    /// What the next statement would stand in.
    fn context(&self) -> Context {
        let key = |back: usize| {
            let open = self.open.len().checked_sub(back)?;
            Some(self.tree.statements[self.open[open].index as usize].key)
        };
        match (key(1), key(2)) {
            (None, _) => Context::File,
            (Some(Key::Bad), _) => Context::Unknown,
            (Some(Key::In), Some(around)) => Context::Translation(around),
            (Some(Key::In), None) => Context::Unknown,
            (Some(inner), _) => {
                let translated = self
                    .open
                    .iter()
                    .any(|open| self.tree.statements[open.index as usize].key == Key::In);
                if translated {
                    Context::Translation(inner)
                } else {
                    Context::Block(inner)
                }
            }
        }
    }

    fn open_titled(&mut self, at: usize) {
        let context = self.context();
        let key = match context {
            Context::Block(Key::Scale) | Context::Translation(Key::Scale) => Key::ScaleLevel,
            Context::Block(Key::Criterion) | Context::Translation(Key::Criterion) => Key::Cell,
            Context::Block(Key::RubricLevels) | Context::Translation(Key::RubricLevels) => {
                Key::RubricLevel
            }
            Context::File | Context::Block(_) | Context::Translation(_) | Context::Unknown => {
                Key::Bad
            }
        };
        let statement = self.tree.statements.len() as u32;
        self.open_statement(key, at, at);
        let known = context != Context::Unknown && !placement::members(context).is_empty();
        if known && (key == Key::Bad || context == Context::Block(Key::RubricLevels)) {
            self.faults.push(Fault::Titled { statement, context });
            if let Some(statement) = self.current() {
                statement.broken = true;
            }
        }
    }

    /// Reads what follows a keyword on its line.
    fn rest(&mut self, start: usize, end: usize) {
        let Some(open) = self.open.last() else {
            return;
        };
        let index = open.index;
        let statement = self.tree.statements[index as usize];
        let keyword_start = (statement.keyword.start - self.base) as usize;
        let keyword_end = (statement.keyword.end - self.base) as usize;
        let outer = self.outer_context();
        let Some((keyword, _)) = self
            .text
            .get(keyword_start..)
            .and_then(|rest| keywords::at(rest, outer))
        else {
            return;
        };
        // A keyword of several words over several lines ends after its rest began.
        let start = start.max(keyword_end);
        let after = skip_blanks(self.text.as_bytes(), end);
        let block_follows = self.text.as_bytes().get(after) == Some(&b'{');
        let mut found = fit::fit(
            keyword,
            self.text,
            keyword_start,
            start,
            end.max(start),
            block_follows,
        );
        // In a translation the name of a nested declaration may be left out.
        if matches!(outer, Context::Translation(_))
            && found.misfit.as_ref().is_some_and(Misfit::is_missing_name)
        {
            found.misfit = None;
            found
                .args
                .retain(|argument| !matches!(argument, Arg::Missing(..)));
        }
        for argument in &found.args {
            if let Arg::Text(inside, TextForm::Escaped) = *argument {
                self.check_escapes(Span::new(inside.start + self.base, inside.end + self.base));
            }
        }
        let base = self.base;
        self.arguments.extend(
            found
                .args
                .into_iter()
                .map(|argument| shifted(argument, base)),
        );
        let broken = match (found.misfit, found.extra) {
            (Some(misfit), _) => {
                self.faults.push(Fault::Misfit {
                    statement: index,
                    misfit,
                });
                true
            }
            (None, Some((start, end))) => {
                self.faults.push(Fault::Words {
                    statement: index,
                    context: outer,
                    start,
                    end,
                });
                true
            }
            (None, None) => false,
        };
        if let Some(statement) = self.current() {
            statement.broken = broken;
        }
    }

    /// What the innermost open statement stands in.
    fn outer_context(&mut self) -> Context {
        let innermost = self.open.pop();
        let context = self.context();
        self.open.extend(innermost);
        context
    }

    fn words(&mut self, start: usize, end: usize) {
        let context = self.outer_context();
        let Some(open) = self.open.last() else {
            return;
        };
        let statement = open.index;
        self.faults.push(Fault::Words {
            statement,
            context,
            start,
            end,
        });
        if let Some(statement) = self.current() {
            statement.broken = true;
        }
    }

    /// Reports a block that nothing stands before, but not inside one that is reported already.
    fn bare_block(&mut self) {
        let inside_bad = self.outer_context() == Context::Unknown;
        if let Some(open) = self.open.last() {
            let statement = self.tree.statements[open.index as usize];
            if statement.body.start == statement.span.start
                && !statement.body.is_empty()
                && !inside_bad
            {
                self.faults.push(Fault::BareBlock {
                    statement: open.index,
                });
            }
        }
    }

    fn check_escapes(&mut self, inside: Span) {
        let start = (inside.start - self.base) as usize;
        let end = (inside.end - self.base) as usize;
        let text = self.text.get(start..end).unwrap_or("");
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')) {
            let backslash = at + found;
            let after = &text[backslash + 1..];
            at = match after.chars().next() {
                Some('n' | '"' | '\\') => backslash + 2,
                Some('u') if super::text::unicode_escape(after).is_some() => {
                    backslash + 1 + super::text::unicode_escape(after).map_or(1, |(_, used)| used)
                }
                other => {
                    let length = super::text::control_escape(after)
                        .unwrap_or_else(|| other.map_or(0, char::len_utf8));
                    let next = backslash + 1 + length;
                    self.faults.push(Fault::Escape {
                        start: start + backslash,
                        end: start + next,
                    });
                    next
                }
            };
        }
    }

    fn verb(&mut self, word: Word, span: Span) {
        match self.current() {
            Some(statement) if statement.key == Key::Mapping => statement.keyword = span,
            _ => self.arguments.push(Arg::Word(word, span)),
        }
    }

    fn open_statement(&mut self, key: Key, at: usize, keyword_end: usize) {
        let start = self.base + at as u32;
        self.open.push(Open {
            index: self.tree.statements.len() as u32,
            first_argument: self.arguments.len(),
        });
        self.tree.statements.push(Statement {
            key,
            keyword: Span::new(start, self.base + keyword_end as u32),
            span: Span::at(start),
            body: Span::at(start),
            args_start: 0,
            args_end: 0,
            end: 0,
            broken: key == Key::Bad,
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
