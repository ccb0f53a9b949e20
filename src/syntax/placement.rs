//! Where each construct may stand: the one table behind "cannot stand here".
//!
//! The grammar says the same in its own way; a test compares the two.

use super::tree::Key;

/// What a statement stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// The file itself.
    File,
    /// The block of a statement.
    Block(Key),
    /// An `in` inside a statement.
    Translation(Key),
    /// Somewhere that is not known, because what surrounds it could not be read.
    Unknown,
}

const CREDENTIAL_MEMBERS: &[Key] = &[
    Key::About,
    Key::Teaches,
    Key::Assessment,
    Key::Workload,
    Key::Credit,
    Key::Level,
    Key::Requires,
    Key::Stacks,
    Key::Mode,
    Key::AwardedBy,
    Key::By,
    Key::ValidFor,
    Key::Introduces,
    Key::Reinforces,
    Key::CountsToward,
    Key::Image,
    Key::Tags,
    Key::Code,
    Key::Version,
    Key::Status,
    Key::ReplacedBy,
    Key::Language,
    Key::Field,
    Key::Participation,
    Key::Supervision,
    Key::Quality,
    Key::ValidUntil,
    Key::Renew,
    Key::Recommends,
    Key::Alongside,
    Key::OpenTo,
    Key::PriorLearning,
    Key::For,
    Key::Criteria,
    Key::Mapping,
    Key::Iri,
    Key::Formerly,
    Key::In,
];

const REQUIREMENTS: &[Key] = &[
    Key::Held,
    Key::HoldsSkill,
    Key::All,
    Key::Any,
    Key::AtLeast,
    Key::Judgement,
];

const SUM: &[Key] = &[
    Key::Held,
    Key::HoldsSkill,
    Key::All,
    Key::Any,
    Key::AtLeast,
    Key::Judgement,
    Key::CountingAtMost,
];

/// What may stand in a place; nothing for a statement that has no block.
pub(super) const fn members(context: Context) -> &'static [Key] {
    match context {
        Context::File => &[
            Key::Credential,
            Key::Framework,
            Key::Role,
            Key::Pathway,
            Key::Set,
            Key::Crosswalk,
            Key::Rubric,
            Key::Recognition,
            Key::Issuer,
            Key::Scale,
            Key::Expect,
            Key::Use,
            Key::Defaults,
        ],
        Context::Unknown => Key::ALL,
        Context::Block(key) => block_members(key),
        Context::Translation(key) => translation_members(key),
    }
}

const fn block_members(key: Key) -> &'static [Key] {
    match key {
        Key::Defaults | Key::Credential => CREDENTIAL_MEMBERS,
        Key::Issuer => &[
            Key::About,
            Key::Url,
            Key::Email,
            Key::Phone,
            Key::Country,
            Key::Image,
            Key::Iri,
            Key::Formerly,
            Key::In,
        ],
        Key::Scale => &[
            Key::ScaleLevel,
            Key::About,
            Key::Iri,
            Key::Formerly,
            Key::In,
        ],
        Key::Framework => &[
            Key::Item,
            Key::About,
            Key::Version,
            Key::By,
            Key::UsesScale,
            Key::Code,
            Key::Licence,
            Key::Language,
            Key::Tags,
            Key::Status,
            Key::ReplacedBy,
            Key::Iri,
            Key::Formerly,
            Key::In,
        ],
        Key::Rubric => &[
            Key::Criterion,
            Key::RubricLevels,
            Key::About,
            Key::Iri,
            Key::Formerly,
            Key::In,
        ],
        Key::Set => &[
            Key::Except,
            Key::About,
            Key::In,
            Key::Held,
            Key::HoldsSkill,
            Key::All,
            Key::Any,
            Key::AtLeast,
            Key::Judgement,
        ],
        Key::Recognition => &[
            Key::From,
            Key::Grants,
            Key::Evidence,
            Key::ValidUntil,
            Key::About,
            Key::Iri,
            Key::Formerly,
            Key::In,
        ],
        Key::Role => &[
            Key::Needs,
            Key::Mapping,
            Key::About,
            Key::Code,
            Key::Iri,
            Key::Formerly,
            Key::In,
        ],
        Key::Pathway => &[
            Key::Stage,
            Key::For,
            Key::LeadsTo,
            Key::About,
            Key::By,
            Key::Version,
            Key::Tags,
            Key::Iri,
            Key::Formerly,
            Key::In,
        ],
        Key::Crosswalk => &[
            Key::Row,
            Key::About,
            Key::By,
            Key::Version,
            Key::Licence,
            Key::Iri,
            Key::In,
        ],
        Key::Expect => &[
            Key::Given,
            Key::Reach,
            Key::CannotReach,
            Key::CoverageOf,
            Key::EveryRoute,
            Key::Accepts,
        ],
        Key::ScaleLevel => &[Key::About, Key::In],
        Key::Item => &[
            Key::Can,
            Key::Item,
            Key::Knows,
            Key::Understands,
            Key::About,
            Key::Mapping,
            Key::BuildsOn,
            Key::Code,
            Key::Tags,
            Key::Status,
            Key::ReplacedBy,
            Key::Iri,
            Key::Formerly,
            Key::In,
        ],
        Key::RubricLevels => &[Key::RubricLevel],
        Key::Criterion => &[Key::Cell, Key::About, Key::In],
        Key::Assessment => &[
            Key::AssessmentKind,
            Key::Assesses,
            Key::Evidence,
            Key::UsesRubric,
            Key::Pass,
            Key::Weight,
            Key::Supervision,
            Key::About,
            Key::In,
        ],
        Key::Stage => &[
            Key::After,
            Key::Awards,
            Key::About,
            Key::In,
            Key::Held,
            Key::HoldsSkill,
            Key::All,
            Key::Any,
            Key::AtLeast,
            Key::Judgement,
        ],
        Key::Renew
        | Key::Requires
        | Key::Recommends
        | Key::Alongside
        | Key::Stacks
        | Key::Needs
        | Key::All
        | Key::Any => REQUIREMENTS,
        Key::AtLeast | Key::CountingAtMost => SUM,
        Key::In | Key::Bad => Key::ALL,
        Key::Use
        | Key::RubricLevel
        | Key::Cell
        | Key::About
        | Key::Name
        | Key::Url
        | Key::Email
        | Key::Phone
        | Key::Country
        | Key::Version
        | Key::By
        | Key::UsesScale
        | Key::Code
        | Key::Iri
        | Key::Formerly
        | Key::Licence
        | Key::Language
        | Key::Tags
        | Key::Status
        | Key::ReplacedBy
        | Key::Can
        | Key::Knows
        | Key::Understands
        | Key::BuildsOn
        | Key::Mapping
        | Key::Image
        | Key::Alt
        | Key::Criteria
        | Key::Field
        | Key::Level
        | Key::Workload
        | Key::Credit
        | Key::Mode
        | Key::Participation
        | Key::Supervision
        | Key::Quality
        | Key::ValidFor
        | Key::ValidUntil
        | Key::Introduces
        | Key::Reinforces
        | Key::Teaches
        | Key::OpenTo
        | Key::CountsToward
        | Key::PriorLearning
        | Key::For
        | Key::AwardedBy
        | Key::AssessmentKind
        | Key::Assesses
        | Key::UsesRubric
        | Key::Evidence
        | Key::Pass
        | Key::Weight
        | Key::From
        | Key::Grants
        | Key::After
        | Key::Awards
        | Key::LeadsTo
        | Key::Row
        | Key::Except
        | Key::Given
        | Key::Reach
        | Key::CannotReach
        | Key::CoverageOf
        | Key::EveryRoute
        | Key::Accepts
        | Key::TextAs
        | Key::Held
        | Key::HoldsSkill
        | Key::Judgement => &[],
    }
}

/// What may stand in an `in` inside a statement. What is declared inside that statement may be named again there.
const fn translation_members(key: Key) -> &'static [Key] {
    match key {
        Key::Issuer => &[Key::Name, Key::About, Key::Alt],
        Key::Scale => &[Key::Name, Key::About, Key::ScaleLevel],
        Key::Framework => &[Key::Name, Key::About, Key::Tags, Key::TextAs, Key::Item],
        Key::Item => &[
            Key::Can,
            Key::Name,
            Key::Knows,
            Key::Understands,
            Key::About,
            Key::Tags,
            Key::TextAs,
            Key::Item,
        ],
        Key::Rubric => &[Key::Name, Key::About, Key::RubricLevels, Key::Criterion],
        Key::Criterion => &[Key::Name, Key::About, Key::Cell],
        Key::Credential | Key::Defaults => &[
            Key::Name,
            Key::About,
            Key::Criteria,
            Key::Alt,
            Key::Tags,
            Key::Participation,
            Key::OpenTo,
            Key::PriorLearning,
            Key::TextAs,
            Key::Assessment,
        ],
        Key::Assessment | Key::Recognition => &[Key::Name, Key::About, Key::Evidence, Key::TextAs],
        Key::Pathway => &[Key::Name, Key::About, Key::Tags, Key::TextAs, Key::Stage],
        Key::ScaleLevel => &[Key::Name, Key::About],
        Key::RubricLevels => &[Key::RubricLevel],
        _ => &[Key::Name, Key::About, Key::TextAs],
    }
}

/// Whether a construct may stand in a place.
pub(super) fn may_stand(context: Context, key: Key) -> bool {
    members(context).contains(&key)
}
