//! Puts into words what could not be read.
//!
//! Goes in: the faults that lowering met, with the tree and the text that it read. Comes out: findings and, where a
//! mend is certain, the change that lets the text be read again. One fault gives one finding: what only follows is left out.

use super::fit::{self, Misfit};
use super::keywords::{self, Want};
use super::lower::Fault;
use super::other_words;
use super::patch::Change;
use super::placement::{self, Context};
use super::repair_texts::statement_inside;
use super::tree::{Key, StatementId, Tree};
use super::wording::{
    after_connective, floor, inside, short, usage, wanted, with_day, with_name, with_number,
};
use crate::diag::{Diagnostic, Rule, Sink, early};
use crate::source::{FileId, Place, Span};

/// Quotes that are no quotes of the language, around a text.
const OTHER_QUOTES: [char; 8] = ['\'', '‘', '’', '‚', '‹', '›', '`', '´'];

/// A finding, and the change after which the text may be read again.
#[derive(Debug)]
pub(super) struct Explained {
    pub diagnostic: Diagnostic,
    pub change: Option<Change>,
}

/// Explains the faults of one chunk.
pub(super) fn explain(file: FileId, text: &str, tree: &Tree, faults: Vec<Fault>) -> Vec<Explained> {
    let parents = parents(tree);
    let mut explainer = Explainer {
        file,
        text,
        tree,
        parents: &parents,
        found: Vec::new(),
        silent_until: 0,
        next_newline: 0,
    };
    for fault in faults {
        explainer.fault(fault);
    }
    explainer.misplaced();
    explainer.found
}

/// The parent of every statement.
fn parents(tree: &Tree) -> Vec<Option<u32>> {
    let mut parents = vec![None; tree.statements.len()];
    let mut open: Vec<u32> = Vec::new();
    for index in 0..tree.statements.len() as u32 {
        while open
            .last()
            .is_some_and(|&outer| tree.statements[outer as usize].end <= index)
        {
            open.pop();
        }
        parents[index as usize] = open.last().copied();
        open.push(index);
    }
    parents
}

pub(super) struct Explainer<'a> {
    file: FileId,
    pub(super) text: &'a str,
    pub(super) tree: &'a Tree,
    pub(super) parents: &'a [Option<u32>],
    pub(super) found: Vec<Explained>,
    /// Words that cannot be read before this offset follow from words reported already.
    silent_until: usize,
    /// The first line end at or after the place that was looked at last.
    next_newline: usize,
}

impl Explainer<'_> {
    fn fault(&mut self, fault: Fault) {
        match fault {
            Fault::Escape { start, end } => {
                let escape = &self.text[start..end];
                if escape.starts_with("\\u{") {
                    let message = format!("`{escape}` is a control character");
                    self.report(&early::SYNTAX_BAD_STRING, (start, end), message)
                        .label("no part of a text")
                        .help("take it out; a line end is written `\\n`");
                    return;
                }
                let message = format!("`{escape}` is not an escape");
                self.report(&early::SYNTAX_BAD_STRING, (start, end), message)
                    .label("not an escape")
                    .help("write `\\\\` for a backslash; the escapes are `\\\"`, `\\\\`, `\\n` and `\\u{…}`");
            }
            Fault::Reserved { start, end } => self.reserved(start, end),
            Fault::BareBlock { statement } => {
                let at = self.tree.statement(StatementId(statement)).span.start as usize;
                self.report(
                    &early::SYNTAX_UNEXPECTED,
                    (at, at + 1),
                    "a block stands here without a keyword".to_owned(),
                )
                .label("whose block is this?");
            }
            Fault::StrayBrace { at } => {
                let place = self.place(at, at + 1);
                self.report(
                    &early::SYNTAX_UNEXPECTED,
                    (at, at + 1),
                    "this `}` closes nothing".to_owned(),
                )
                .label("unexpected")
                .help("remove it, or look above for a block that is closed too early")
                .fix(place, "");
            }
            Fault::Misfit { statement, misfit } => self.misfit(statement, &misfit),
            Fault::Titled { statement, context } => self.titled(statement, context),
            Fault::Words {
                statement,
                context,
                start,
                end,
            } => self.words(statement, context, start, end),
        }
    }

    fn misfit(&mut self, index: u32, misfit: &Misfit) {
        let statement = self.tree.statement(StatementId(index));
        if self.limit_after_in(index, misfit) {
            return;
        }
        let keyword = keywords::of(statement.key);
        let phrase = self.text[statement.keyword.start as usize..statement.keyword.end as usize]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let usage = usage(&phrase, statement.key).map(|usage| {
            let (start, end) = misfit.found;
            match misfit.want {
                Want::Quantity | Want::Number | Want::Reference => {
                    with_number(usage, self.text.get(start..end).unwrap_or(""))
                }
                Want::Id => with_name(usage, self.text.get(start..end).unwrap_or(""), &phrase),
                Want::Name
                | Want::Text
                | Want::Path
                | Want::Iri
                | Want::Tag
                | Want::Either(..)
                | Want::Word(_) => usage,
                Want::Block
                    if usage.ends_with("{ credential }") || statement.key == Key::Stacks =>
                {
                    self.named_in_block(&usage, start).unwrap_or(usage)
                }
                Want::Block => usage,
                Want::Date => with_day(usage, self.text.get(start..end).unwrap_or("")),
            }
        });
        let before = short(
            self.text
                .get(misfit.before.0..misfit.before.1)
                .unwrap_or(&phrase),
        );
        let (start, end) = misfit.found;
        if misfit.spelling && end > start {
            self.misspelt_id(statement.key, misfit.want, &phrase, start, end);
            return;
        }
        let what = wanted(misfit.want, statement.key);
        let message = format!("expected {what} after `{before}`");
        if start >= end {
            let at = misfit.before.1.min(self.text.len());
            let place = self.place(at, at);
            let diagnostic = self
                .report(&early::SYNTAX_MISSING, (at, at), message)
                .label(format!("{what} is missing here"));
            if let Want::Word(word) = misfit.want {
                diagnostic.fix(place, format!(" {word}"));
            } else if let (Some(_), Some(usage)) = (keyword, usage) {
                diagnostic.help(format!("write `{usage}`"));
            }
            return;
        }
        let found = &self.text[start..end];
        let quoted = matches!(misfit.want, Want::Text | Want::Name) && !found.contains('"');
        let first = fit::token_length(self.text, start).max(1).min(end - start);
        let span = if quoted {
            (start, end)
        } else {
            (start, floor(self.text, start + first))
        };
        let address =
            misfit.want == Want::Iri && found.contains("://") && !found.trim().contains(' ');
        let bracketed = address.then(|| {
            let bare = found.trim_matches(|sign: char| matches!(sign, '<' | '>' | '"'));
            (self.place(start, end), format!("<{bare}>"))
        });
        let inside = quoted.then(|| statement_inside(found)).flatten();
        let fix = (quoted && inside.is_none()).then(|| {
            (
                self.place(start, end),
                format!(
                    "\"{}\"",
                    found.trim_matches(OTHER_QUOTES).replace('\\', "\\\\")
                ),
            )
        });
        let diagnostic = self
            .report(&early::SYNTAX_MISSING, span, message)
            .label(format!("expected {what}"));
        if let Some((place, text)) = fix {
            diagnostic.help("put the text in quotes").fix(place, text);
        } else if let Some(keyword) = inside {
            diagnostic.help(format!(
                "put the text in quotes, and end it before `{keyword}` if that is no part of it"
            ));
        } else if let Some((place, text)) = bracketed {
            diagnostic
                .help(format!("write `{text}`"))
                .fix(place, text.clone());
            self.change(Change::replace(start, end, text));
            return;
        } else if let Some(usage) = usage {
            diagnostic.help(format!("write `{usage}`"));
        }
        self.silent_until = end;
    }

    /// A word that is no name among requirements.
    fn reserved(&mut self, start: usize, end: usize) {
        if start < self.silent_until {
            return;
        }
        let word = self.text[start..end].to_owned();
        let diagnostic = self
            .report(
                &early::SYNTAX_UNEXPECTED,
                (start, end),
                format!("`{word}` names nothing that could be held"),
            )
            .label("not a credential");
        match word.as_str() {
            "or" | "one" => {
                diagnostic
                    .help("write `any { a  b }` for a choice, `any 2 of { a  b  c }` for several");
            }
            "and" => {
                diagnostic
                    .help("write the members one after the other: a block asks for all of them");
            }
            "not" => {
                diagnostic.help(
                    "take members out of a set with `except`; holding more never disqualifies",
                );
            }
            "at" | "most" => {
                diagnostic.help("write `at least 6 ects from { … }`, or `counting at most 3 ects from { … }` inside it");
            }
            _ => {
                diagnostic.help(
                    "write the id of a credential or a set; words of the language are no ids",
                );
            }
        }
        let line = self.text[end..]
            .find(['\n', '{', '}'])
            .map_or(self.text.len(), |found| end + found);
        self.silent_until = self.silent_until.max(line + 1);
    }

    /// An id and a text in a place without levels or cells: mostly a misspelt keyword.
    fn titled(&mut self, statement: u32, context: Context) {
        let span = self.tree.statement(StatementId(statement)).span;
        let start = span.start as usize;
        let word = keywords::word(self.text, start);
        let (word, end) = (word.to_owned(), start + word.len());
        if context == Context::Block(Key::RubricLevels) {
            self.report(
                &early::SYNTAX_MISSING,
                (end, end),
                format!("expected the points of level `{word}`"),
            )
            .label("a number is missing here")
            .help(format!("write `{word} 1 \"…\"`"));
            return;
        }
        if self.misspelt(context, start, end) {
            return;
        }
        self.unknown(context, start, end);
    }

    /// Words that cannot be read.
    fn words(&mut self, statement: u32, context: Context, start: usize, end: usize) {
        if start < self.silent_until {
            return;
        }
        let owner = self.tree.statement(StatementId(statement));
        let inside_bad = self
            .parents
            .get(statement as usize)
            .copied()
            .flatten()
            .is_some_and(|parent| self.tree.statement(StatementId(parent)).key == Key::Bad);
        if inside_bad
            || owner.key == Key::Bad
                && (context == Context::Unknown || placement::members(context).is_empty())
        {
            return;
        }
        let first = start + fit::token_length(self.text, start).max(1);
        let first = floor(self.text, first.min(end));
        let word_end = start + keywords::word(self.text, start).len();
        if owner.key == Key::Bad && word_end > start && self.misspelt(context, start, word_end) {
            return;
        }
        let follows = self.follows(start);
        self.silent_until = if follows {
            end
        } else {
            self.next_line_end(end)
        };
        let word = &self.text[start..first];
        if owner.key == Key::Bad && self.former_path(statement, start) {
            return;
        }
        if owner.key == Key::Any && self.any_without_of(start, end) {
            return;
        }
        if let Some((what, connective)) = after_connective(word) {
            let at = start + connective.len();
            if matches!(connective, "at" | "matches") && self.misspelt_word(at, end) {
                return;
            }
            self.report(
                &early::SYNTAX_MISSING,
                (at, at),
                format!("expected {what} after `{connective}`"),
            )
            .label(format!("{what} is missing here"));
            return;
        }
        if word.starts_with(',') {
            if self.misspelt_word(start + 1, end) {
                return;
            }
            let place = self.place(start, start + 1);
            let alone = self.text[start + 1..end].trim().is_empty();
            let diagnostic = self
                .report(
                    &early::SYNTAX_UNEXPECTED,
                    (start, start + 1),
                    "unexpected `,`".to_owned(),
                )
                .label("commas stand between the members of a list and nowhere else");
            if alone {
                diagnostic.fix(place, "");
            }
            return;
        }
        if word.starts_with('"') {
            let message = format!("{} stands here without a keyword", short(word));
            let can_take_text = placement::members(context).contains(&Key::About);
            let diagnostic = self
                .report(&early::SYNTAX_UNEXPECTED, (start, first), message)
                .label("which keyword does this text belong to?");
            if can_take_text && owner.key == Key::Bad {
                diagnostic.help("write a keyword before it, for instance `about`");
            }
            return;
        }
        if context == Context::Block(Key::Crosswalk) && fit::is_path(word) {
            let message = format!("expected a mapping verb after `{}`", short(word));
            self.report(&early::SYNTAX_MISSING, (first, first), message)
                .label("how does it relate?")
                .help(
                    "write `is exactly`, `is close to`, `is within`, `covers`, `relates to` or `has no match`",
                );
            return;
        }
        if owner.key == Key::Bad && self.misspelt_reference(context, start, end) {
            return;
        }
        if owner.key != Key::Bad {
            self.too_much(owner.key, self.called(owner), start, first);
            return;
        }
        if context == Context::Block(Key::Expect)
            && self.text[start..end].split_whitespace().nth(1) == Some("accepts")
        {
            let word = word.to_owned();
            self.report(
                &early::SYNTAX_UNEXPECTED,
                (start, end),
                "expected two credentials and `accepts everyone whom … accepts`".to_owned(),
            )
            .label("cannot be read")
            .help(format!(
                "write `{word} accepts everyone whom other accepts`"
            ));
            return;
        }
        self.unknown(context, start, first);
    }

    /// Words after a statement that is complete.
    fn too_much(&mut self, key: Key, keyword: Span, start: usize, end: usize) {
        let word = short(&self.text[start..end]);
        let phrase = self.text[keyword.start as usize..keyword.end as usize].to_owned();
        let diagnostic = self
            .report(
                &early::SYNTAX_UNEXPECTED,
                (start, end),
                format!("`{word}` cannot stand after `{}`", short(&phrase)),
            )
            .label("not expected");
        if let Some(usage) = usage(&phrase, key) {
            diagnostic.help(format!("write `{usage}`"));
        }
    }

    fn unknown(&mut self, context: Context, start: usize, end: usize) {
        let word = self.text[start..end].to_owned();
        let elsewhere = keywords::at(&self.text[start..], Context::Unknown).is_some();
        let message = if elsewhere {
            format!("`{}` cannot be read here", short(&word))
        } else {
            format!("`{}` is not a keyword {}", short(&word), inside(context))
        };
        let help = other_words::help(context, &word, &self.text[start..]);
        let diagnostic = self
            .report(&early::SYNTAX_UNEXPECTED, (start, end), message)
            .label("cannot be read");
        if let Some(help) = help {
            diagnostic.help(help);
        }
    }

    /// Whether words that cannot be read stand right before on the same line. Asked once for each stretch, in order.
    fn follows(&self, start: usize) -> bool {
        self.silent_until > 0
            && self
                .text
                .get(self.silent_until..start)
                .is_some_and(|between| !between.contains('\n'))
    }

    /// How far silence reaches after words that cannot be read: over the next line too if it does not begin as a statement
    /// does.
    fn next_line_end(&mut self, end: usize) -> usize {
        if self.next_newline < end {
            self.next_newline = self.text[end..]
                .find('\n')
                .map_or(self.text.len(), |found| end + found);
        }
        let Some(rest) = self.text.get(self.next_newline + 1..) else {
            return self.text.len();
        };
        let first = rest.trim_start_matches([' ', '\t']).chars().next();
        let prose = first.is_some_and(|first| {
            !first.is_ascii_lowercase() && !matches!(first, '}' | '{' | '\n' | '#')
        });
        if prose {
            self.next_newline + 1 + rest.find('\n').unwrap_or(rest.len())
        } else {
            end
        }
    }

    /// Words up to here follow from what was said.
    pub(super) fn silence(&mut self, until: usize) {
        self.silent_until = self.silent_until.max(until);
    }

    pub(super) fn change(&mut self, change: Change) {
        if let Some(last) = self.found.last_mut() {
            last.change = Some(change);
        }
    }

    pub(super) fn place(&self, start: usize, end: usize) -> Place {
        Place::new(self.file, Span::new(start as u32, end as u32))
    }

    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        span: (usize, usize),
        message: String,
    ) -> &mut Diagnostic {
        let mut sink = Sink::new();
        sink.report(rule, self.place(span.0, span.1))
            .message(message);
        let diagnostics = sink.finish();
        self.found
            .extend(diagnostics.into_iter().map(|diagnostic| Explained {
                diagnostic,
                change: None,
            }));
        let last = self.found.len() - 1;
        &mut self.found[last].diagnostic
    }
}
