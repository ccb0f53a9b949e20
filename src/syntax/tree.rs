//! The tree of one file: every statement in source order, with the spans of its words.
//!
//! The whole language has one shape, `keyword argument* { statement* }`, so the tree has one node type, [`Statement`],
//! whose [`Key`] says which construct it is. Nothing is desugared and nothing is resolved; texts stay in the file and are
//! read through spans. Statements lie in one vector in *pre-order*: a statement's children follow it, up to [`Statement::end`].
//! The grammar fixes which arguments a construct has; the table at [`Key`] says what stands where, also after recovery,
//! where a piece may be [`Arg::Missing`].

use std::collections::BTreeMap;

use crate::source::Span;

/// The position of a statement in [`Tree::statements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub u32);

/// Which construct a statement is.
///
/// Beside each: the arguments in order (`id`, `text`, `path`, …; `?` optional, `*` repeated, `word` a connective kept as
/// [`Arg::Word`]) and, in braces, the keys of the statements in its block.
/// `ref` is [`Arg::Path`], [`Arg::External`] or [`Arg::Iri`]; `refs` is `ref+`; `req` is any key from [`Key::Held`] on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    // ---- top level -------------------------------------------------------------------------------------------------
    /// `use`: id, version number or text?, (word as, id)?
    Use,
    /// `defaults`: { credential properties }
    Defaults,
    /// `issuer`: id, text, { Url Email Phone Country About Image Iri Formerly In }
    Issuer,
    /// `scale`: id, text, { ScaleLevel About Iri Formerly In }
    Scale,
    /// `framework`: id, text, { Version By UsesScale About Code Licence Language Tags Status ReplacedBy Iri Formerly Item In }
    Framework,
    /// `rubric`: id, text, { RubricLevels Criterion About Iri Formerly In }
    Rubric,
    /// Any credential kind (the keyword's text says which): id, text, { credential properties }
    Credential,
    /// `set`: id, text?, { req* About? Except* } (`{ electives except data-ethics }`)
    Set,
    /// `recognition`: id, text, { From Grants Evidence ValidUntil About Iri Formerly In }
    Recognition,
    /// `role`: id, text, { Mapping Needs About Code Iri Formerly In }
    Role,
    /// `pathway`: id, text, { For Stage LeadsTo About By Version Tags Iri Formerly In }
    Pathway,
    /// `crosswalk`: path (from), word to, ref (an external alias as a path), (word through, refs)?, { Row About By Version Licence Iri In }
    Crosswalk,
    /// `expect`: text, { Given Reach CannotReach CoverageOf EveryRoute Accepts }
    Expect,

    // ---- declarations inside others ----------------------------------------------------------------------------------
    /// A level of a scale (no keyword): id, text, (word matches, refs)?, { About In }?
    ScaleLevel,
    /// `area`, `competency`, `skill`, `knowledge`, `attitude` in a framework (the keyword's text says which):
    /// id, text, { Can Knows Understands About Code BuildsOn Mapping Status ReplacedBy Tags Iri Formerly Item In }
    Item,
    /// `levels` of a rubric: { RubricLevel }
    RubricLevels,
    /// A level of a rubric (no keyword): id, number, text
    RubricLevel,
    /// `criterion`: id, text, (word weight, number)?, { Cell About In }
    Criterion,
    /// A cell of a criterion (no keyword): id of the level, text
    Cell,
    /// `assessment` in a credential: id, text, { AssessmentKind Assesses UsesRubric Evidence Pass Weight Supervision About In }
    Assessment,
    /// `stage`: id, text, { After req* Awards About In }
    Stage,
    /// `in LANG`: id (the tag), { Name and the prose statements of what it stands in; Item-like blocks by id for nested declarations }
    In,

    // ---- properties ---------------------------------------------------------------------------------------------------
    /// `about`: text
    About,
    /// `name` (in `in`): text
    Name,
    /// `url`: iri
    Url,
    /// `email`: text
    Email,
    /// `phone`: text
    Phone,
    /// `country`: id
    Country,
    /// `version`: text
    Version,
    /// `by`: ref
    By,
    /// `scale` in a framework: path
    UsesScale,
    /// `code`: text
    Code,
    /// `iri`: iri
    Iri,
    /// `formerly`: ids
    Formerly,
    /// `licence`: iri, text?
    Licence,
    /// `language`: id
    Language,
    /// `tags`: text+
    Tags,
    /// `status`: id
    Status,
    /// `replaced by`: ref
    ReplacedBy,
    /// `can`: text
    Can,
    /// `knows`: text
    Knows,
    /// `understands`: text
    Understands,
    /// `builds on`: (ref or text)+
    BuildsOn,
    /// `is exactly`, `is close to`, `is within`, `covers`, `relates to` of the thing it stands in (the keyword's text says
    /// which): ref, text? (label), (word confidence, number)?, (word by, text)?, (word because, text)?
    Mapping,
    /// `image`: text, (word alt, text)?
    Image,
    /// `alt` (in `in`): text, the translation of the text that stands for the image
    Alt,
    /// `criteria`: text
    Criteria,
    /// `field`: ref+
    Field,
    /// `level`: ref+
    Level,
    /// `workload`: quantity
    Workload,
    /// `credit`: quantity
    Credit,
    /// `mode`: id
    Mode,
    /// `participation`: text or id
    Participation,
    /// `supervision`: id, (word identity, word checked)?
    Supervision,
    /// `quality by`: iri?, text?
    Quality,
    /// `valid for`: quantity
    ValidFor,
    /// `valid until`: date
    ValidUntil,
    /// `renew`: { req }
    Renew,
    /// `introduces`: (path, (word at, ref)?)+
    Introduces,
    /// `reinforces`: as `introduces`
    Reinforces,
    /// `teaches`: as `introduces`
    Teaches,
    /// `requires`: { req }
    Requires,
    /// `recommends`: { req }
    Recommends,
    /// `alongside`: { req }
    Alongside,
    /// `stacks`: { req }
    Stacks,
    /// `open to`: text
    OpenTo,
    /// `counts toward`: (word one, path+) or path; (word for, quantity)?
    CountsToward,
    /// `prior learning`: text
    PriorLearning,
    /// `for`: refs (occupations or roles)
    For,
    /// `awarded by`: id (`machine`, `assessor`, `accredited`), text?
    AwardedBy,
    /// `kind` of an assessment: id
    AssessmentKind,
    /// `assesses`: as `introduces`
    Assesses,
    /// `rubric` in an assessment: path
    UsesRubric,
    /// `evidence`: id (`artefact`, `quantitative`, `qualitative`), text
    Evidence,
    /// `pass`: quantity (`60%`, `12 points`), or (word level, id), or word all
    Pass,
    /// `weight` of an assessment: number or quantity
    Weight,
    /// `from` of a recognition: iri or text
    From,
    /// `grants`: refs
    Grants,
    /// `needs` of a role: { req } (without braces in the text: one req child)
    Needs,
    /// `after` of a stage: paths
    After,
    /// `awards` of a stage: ref
    Awards,
    /// `leads to`: refs
    LeadsTo,
    /// A row of a crosswalk (no keyword of its own): path, word (the verb), then as `Mapping` after the verb.
    /// `has no match`: path, word no-match, text?
    Row,
    /// `except` in a set: paths
    Except,
    /// `given`: word nothing, or refs
    Given,
    /// `reach`: ref, (word within, quantity ((word and)? quantity)*)?
    Reach,
    /// `cannot reach`: ref
    CannotReach,
    /// `coverage of`: path, word least, quantity
    CoverageOf,
    /// `every route to`: ref, word passes, ref
    EveryRoute,
    /// `X accepts everyone whom Y accepts`: ref, ref
    Accepts,
    /// `text "…" as "…"` in `in`: text, text
    TextAs,

    // ---- requirements -------------------------------------------------------------------------------------------------
    /// A reference to a credential or set: ref
    Held,
    /// `skill PATH at LEVEL`: path, (word at, ref)?
    HoldsSkill,
    /// `all`: { req }
    All,
    /// `any` or `any N of`: number?, { req }
    Any,
    /// `at least QUANTITY from`: quantity, { req }, `counted once` as word once after the block
    AtLeast,
    /// `counting at most QUANTITY from`: quantity, { req }
    CountingAtMost,
    /// Free text: text
    Judgement,

    /// Something that could not be read; reported already. Statements inside it are still children.
    Bad,
}

impl Key {
    /// Every construct.
    pub const ALL: &'static [Self] = &[
        Self::Use,
        Self::Defaults,
        Self::Issuer,
        Self::Scale,
        Self::Framework,
        Self::Rubric,
        Self::Credential,
        Self::Set,
        Self::Recognition,
        Self::Role,
        Self::Pathway,
        Self::Crosswalk,
        Self::Expect,
        Self::ScaleLevel,
        Self::Item,
        Self::RubricLevels,
        Self::RubricLevel,
        Self::Criterion,
        Self::Cell,
        Self::Assessment,
        Self::Stage,
        Self::In,
        Self::About,
        Self::Name,
        Self::Url,
        Self::Email,
        Self::Phone,
        Self::Country,
        Self::Version,
        Self::By,
        Self::UsesScale,
        Self::Code,
        Self::Iri,
        Self::Formerly,
        Self::Licence,
        Self::Language,
        Self::Tags,
        Self::Status,
        Self::ReplacedBy,
        Self::Can,
        Self::Knows,
        Self::Understands,
        Self::BuildsOn,
        Self::Mapping,
        Self::Image,
        Self::Alt,
        Self::Criteria,
        Self::Field,
        Self::Level,
        Self::Workload,
        Self::Credit,
        Self::Mode,
        Self::Participation,
        Self::Supervision,
        Self::Quality,
        Self::ValidFor,
        Self::ValidUntil,
        Self::Renew,
        Self::Introduces,
        Self::Reinforces,
        Self::Teaches,
        Self::Requires,
        Self::Recommends,
        Self::Alongside,
        Self::Stacks,
        Self::OpenTo,
        Self::CountsToward,
        Self::PriorLearning,
        Self::For,
        Self::AwardedBy,
        Self::AssessmentKind,
        Self::Assesses,
        Self::UsesRubric,
        Self::Evidence,
        Self::Pass,
        Self::Weight,
        Self::From,
        Self::Grants,
        Self::Needs,
        Self::After,
        Self::Awards,
        Self::LeadsTo,
        Self::Row,
        Self::Except,
        Self::Given,
        Self::Reach,
        Self::CannotReach,
        Self::CoverageOf,
        Self::EveryRoute,
        Self::Accepts,
        Self::TextAs,
        Self::Held,
        Self::HoldsSkill,
        Self::All,
        Self::Any,
        Self::AtLeast,
        Self::CountingAtMost,
        Self::Judgement,
        Self::Bad,
    ];
}

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
