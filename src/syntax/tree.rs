//! The tree of one file: every statement in source order, with the spans of its words.
//!
//! The whole language has one shape, `keyword argument* { statement* }`, so the tree has one node type, [`Statement`],
//! whose [`Key`] says which construct it is. Nothing is desugared and nothing is resolved; texts stay in the file and are
//! read through spans. Statements lie in one vector in *pre-order*: a statement's children follow it, up to [`Statement::end`].
//! The grammar fixes which arguments a construct has; the table at [`Key`] says what stands where, also after recovery,
//! where a piece may be [`Arg::Missing`].

use std::collections::BTreeMap;

pub use super::key::Key;
use crate::source::Span;

/// The position of a statement in [`Tree::statements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub u32);

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextForm {
    /// `"…"` without a backslash: the span's text is the value.
    Plain,
    /// `"…"` with escapes.
    Escaped,
    /// `"""…"""`, dedented.
    Block,
}

/// Connecting words that carry meaning among arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    As,
    To,
    /// `through` between the sides of a crosswalk and what carries over
    Through,
    Matches,
    Weight,
    Alt,
    At,
    For,
    /// `one of` after `counts toward`
    One,
    Confidence,
    By,
    Because,
    Identity,
    Checked,
    /// `pass level …`
    Level,
    /// `pass all`
    All,
    /// `given nothing`
    Nothing,
    Within,
    And,
    /// `at least` in `coverage of F at least 90%`
    Least,
    Passes,
    /// `counted once`
    Once,
    /// `is exactly`
    IsExactly,
    /// `is close to`
    IsCloseTo,
    /// `is within`
    IsWithin,
    /// `covers`
    Covers,
    /// `relates to`
    RelatesTo,
    /// `has no match`
    HasNoMatch,
    /// `proposed` at the end of a row
    Proposed,
    /// `refused` at the end of a row
    Refused,
}

/// What is missing where something was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    Id,
    Text,
    Reference,
    Quantity,
    Number,
    Value,
}

/// One argument of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arg {
    /// A declared id, or a plain word that is a value.
    Id(Span),
    /// A text; the span is what stands between the quotes.
    Text(Span, TextForm),
    /// A number without unit.
    Number(Span),
    /// A number and its unit (`%` is a unit too).
    Quantity { number: Span, unit: Span },
    /// `2028-12-31`
    Date(Span),
    /// `<https://…>`; the span is what stands between the brackets.
    Iri(Span),
    /// A reference to something declared in the project, dotted.
    Path(Span),
    /// `alias:code`; the code's span is without quotes or brackets.
    External { alias: Span, code: Span },
    /// A connecting word.
    Word(Word, Span),
    /// Something left out; reported already. The span is empty.
    Missing(Missing, Span),
}

impl Arg {
    /// The span of the argument (of a quoted one: without its quotes).
    #[must_use]
    pub fn span(self) -> Span {
        match self {
            Self::Id(span)
            | Self::Text(span, _)
            | Self::Number(span)
            | Self::Date(span)
            | Self::Iri(span)
            | Self::Path(span)
            | Self::Word(_, span)
            | Self::Missing(_, span) => span,
            Self::Quantity { number, unit } => number.to(unit),
            Self::External { alias, code } => alias.to(code),
        }
    }
}

/// One construct of the language, with or without a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Which construct.
    pub key: Key,
    /// The keyword (all its words); empty, at the start, where the construct has none.
    pub keyword: Span,
    /// From the first byte to the last, with the block.
    pub span: Span,
    /// The block from `{` to `}`; empty where there is none.
    pub body: Span,
    /// First argument in [`Tree::args`].
    pub args_start: u32,
    /// The position after the last argument.
    pub args_end: u32,
    /// The position in [`Tree::statements`] after the last statement of the block.
    pub end: u32,
    /// Something in this statement's own words (not its block) was missing or could not be read.
    pub broken: bool,
}

/// The statements of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// All statements in pre-order.
    pub statements: Vec<Statement>,
    /// The arguments of all statements.
    pub args: Vec<Arg>,
    /// Words that are read otherwise than they are written, because the spelling has been reported and mended: an id in
    /// capitals, a misspelt keyword. Empty in a text without such faults.
    pub respelled: BTreeMap<Span, String>,
}

impl Tree {
    /// A statement by its position.
    #[must_use]
    pub fn statement(&self, id: StatementId) -> &Statement {
        &self.statements[id.0 as usize]
    }

    /// The words at a span of the file's text, as they are meant.
    #[must_use]
    pub fn word<'t>(&'t self, text: &'t str, span: Span) -> &'t str {
        if !self.respelled.is_empty()
            && let Some(meant) = self.respelled.get(&span)
        {
            return meant;
        }
        text.get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// The arguments of a statement.
    #[must_use]
    pub fn args(&self, statement: &Statement) -> &[Arg] {
        &self.args[statement.args_start as usize..statement.args_end as usize]
    }

    /// The statements at file level.
    pub fn roots(&self) -> Children<'_> {
        Children {
            tree: self,
            next: 0,
            end: self.statements.len() as u32,
        }
    }

    /// The statements in the block of one.
    pub fn children(&self, id: StatementId) -> Children<'_> {
        Children {
            tree: self,
            next: id.0 + 1,
            end: self.statement(id).end,
        }
    }
}

/// Walks over the statements of one block.
#[derive(Debug, Clone)]
pub struct Children<'a> {
    tree: &'a Tree,
    next: u32,
    end: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = (StatementId, &'a Statement);

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let id = StatementId(self.next);
        let statement = self.tree.statement(id);
        self.next = statement.end;
        Some((id, statement))
    }
}
