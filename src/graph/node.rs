//! What stands in the graph: typed nodes and typed edges. Plain values, no library of graphs is named here.

use crate::model::{
    CredentialId, ExternalItemId, FrameworkId, Id, IssuerId, ItemId, LevelId, LevelRef,
    MappingVerb, PathwayId, RecognitionId, RoleId, RubricId, ScaleId, SetId, SetMember, StageId,
};
use crate::source::Place;

/// The position of a node in the graph: dense, from 0, kind after kind in the order of [`Node`]'s variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// As an index into a table with one entry per node.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A thing of the project as a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    Issuer(IssuerId),
    Framework(FrameworkId),
    Item(ItemId),
    Scale(ScaleId),
    Level(LevelId),
    Rubric(RubricId),
    Credential(CredentialId),
    Set(SetId),
    Recognition(RecognitionId),
    Role(RoleId),
    Pathway(PathwayId),
    Stage(StageId),
    /// An item of a framework from elsewhere, also a level such as `eqf:5`.
    External(ExternalItemId),
}

impl Node {
    /// How many kinds of node there are.
    pub(super) const KINDS: usize = 13;

    /// The kind as a number from 0 and the position within the kind.
    pub(super) fn parts(self) -> (usize, usize) {
        match self {
            Self::Issuer(id) => (0, id.index()),
            Self::Framework(id) => (1, id.index()),
            Self::Item(id) => (2, id.index()),
            Self::Scale(id) => (3, id.index()),
            Self::Level(id) => (4, id.index()),
            Self::Rubric(id) => (5, id.index()),
            Self::Credential(id) => (6, id.index()),
            Self::Set(id) => (7, id.index()),
            Self::Recognition(id) => (8, id.index()),
            Self::Role(id) => (9, id.index()),
            Self::Pathway(id) => (10, id.index()),
            Self::Stage(id) => (11, id.index()),
            Self::External(id) => (12, id.index()),
        }
    }

    /// The inverse of [`Node::parts`]; kinds past the last are external items.
    pub(super) fn from_parts(kind: usize, index: usize) -> Self {
        match kind {
            0 => Self::Issuer(Id::from_index(index)),
            1 => Self::Framework(Id::from_index(index)),
            2 => Self::Item(Id::from_index(index)),
            3 => Self::Scale(Id::from_index(index)),
            4 => Self::Level(Id::from_index(index)),
            5 => Self::Rubric(Id::from_index(index)),
            6 => Self::Credential(Id::from_index(index)),
            7 => Self::Set(Id::from_index(index)),
            8 => Self::Recognition(Id::from_index(index)),
            9 => Self::Role(Id::from_index(index)),
            10 => Self::Pathway(Id::from_index(index)),
            11 => Self::Stage(Id::from_index(index)),
            _ => Self::External(Id::from_index(index)),
        }
    }

    /// The word for the kind, in every export.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Issuer(_) => "issuer",
            Self::Framework(_) => "framework",
            Self::Item(_) => "item",
            Self::Scale(_) => "scale",
            Self::Level(_) => "level",
            Self::Rubric(_) => "rubric",
            Self::Credential(_) => "credential",
            Self::Set(_) => "set",
            Self::Recognition(_) => "recognition",
            Self::Role(_) => "role",
            Self::Pathway(_) => "pathway",
            Self::Stage(_) => "stage",
            Self::External(_) => "external",
        }
    }
}

impl From<SetMember> for Node {
    fn from(member: SetMember) -> Self {
        match member {
            SetMember::Credential(id) => Self::Credential(id),
            SetMember::Set(id) => Self::Set(id),
        }
    }
}

impl From<LevelRef> for Node {
    fn from(level: LevelRef) -> Self {
        match level {
            LevelRef::Own(id) => Self::Level(id),
            LevelRef::External(id) => Self::External(id),
        }
    }
}

/// What an edge says. An edge runs from the thing in whose declaration it is written to the thing it names, so that it
/// reads as a sentence: `chart-reader` *requires* `table-reader`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// Framework and item to item, scale to level, pathway to stage, set to member. Never a prerequisite.
    Contains,
    /// Set to what it leaves out.
    Excepts,
    IssuedBy,
    /// Framework to scale.
    UsesScale,
    /// Credential to rubric, through one of its assessments.
    UsesRubric,
    /// Credential to level.
    AtLevel,
    /// Level to the public level it is said to match.
    MatchesLevel,
    /// Credential to a field of education.
    InField,
    Introduces,
    Reinforces,
    Teaches,
    Assesses,
    Requires,
    Recommends,
    Alongside,
    Stacks,
    Renews,
    CountsToward,
    BuildsOn,
    MapsTo(MappingVerb),
    /// Credential or pathway to whom it is for.
    For,
    /// Role to what it needs.
    Needs,
    /// Recognition to the credential it grants.
    Grants,
    /// Stage to what it asks.
    Asks,
    /// Stage to what may be taken away at its end.
    Awards,
    /// Pathway to its destination.
    LeadsTo,
    /// Stage to a stage before it.
    After,
    ReplacedBy,
}

impl EdgeKind {
    /// The words of the language for it, in every export.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Contains => "contains",
            Self::Excepts => "except",
            Self::IssuedBy => "by",
            Self::UsesScale => "scale",
            Self::UsesRubric => "rubric",
            Self::AtLevel => "level",
            Self::MatchesLevel => "matches",
            Self::InField => "field",
            Self::Introduces => "introduces",
            Self::Reinforces => "reinforces",
            Self::Teaches => "teaches",
            Self::Assesses => "assesses",
            Self::Requires => "requires",
            Self::Recommends => "recommends",
            Self::Alongside => "alongside",
            Self::Stacks => "stacks",
            Self::Renews => "renew",
            Self::CountsToward => "counts toward",
            Self::BuildsOn => "builds on",
            Self::MapsTo(verb) => verb.word(),
            Self::For => "for",
            Self::Needs => "needs",
            Self::Grants => "grants",
            Self::Asks => "asks",
            Self::Awards => "awards",
            Self::LeadsTo => "leads to",
            Self::After => "after",
            Self::ReplacedBy => "replaced by",
        }
    }
}

/// One edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// What it says.
    pub kind: EdgeKind,
    /// The level that goes with it (`teaches … at practitioner`).
    pub level: Option<LevelRef>,
    /// The words in the text it comes from.
    pub place: Place,
}
