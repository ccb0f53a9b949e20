//! Which constructs there are: for each, what stands after its keyword and in its block.
//!
//! The linker, the parser and the formatter meet in the table at [`Key`]. A new construct is a line in it, and one in [`Key::ALL`].

/// Which construct a statement is.
///
/// Beside each: the arguments in order (`id`, `text`, `path`, …; `?` optional, `*` repeated, `word` a connective kept as
/// [`Arg::Word`]) and, in braces, the keys of the statements in its block.
/// `ref` is [`Arg::Path`], [`Arg::External`] or [`Arg::Iri`]; `refs` is `ref+`; `req` is any key from [`Key::Held`] on.
///
/// [`Arg::Word`]: super::tree::Arg::Word
/// [`Arg::Path`]: super::tree::Arg::Path
/// [`Arg::External`]: super::tree::Arg::External
/// [`Arg::Iri`]: super::tree::Arg::Iri
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
