//! The one small logic of requirements. Monotone: holding more never disqualifies (LANGUAGE: "Requirements").

use super::names::Name;
use super::prose::Prose;
use super::quantity::Quantity;
use super::{CredentialId, ItemId, LevelRef, SetId};
use crate::source::Place;

/// What must be held, as a tree.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Where it is written; for a block, its keyword.
    pub place: Place,
    /// What it asks.
    pub kind: RequirementKind,
}

/// The forms of a requirement.
#[derive(Debug, Clone)]
pub enum RequirementKind {
    /// This credential is held.
    Credential(CredentialId),
    /// What the set asks is met: all its members (minus what it excepts).
    Set(SetId),
    /// A held credential assesses exactly this item, at the level or above.
    Skill {
        item: ItemId,
        level: Option<LevelRef>,
    },
    /// Every one; an empty list asks nothing.
    All(Vec<Requirement>),
    /// At least `least` of them.
    Any { least: u32, of: Vec<Requirement> },
    /// Credit or hours that add up.
    Sum(Sum),
    /// A human judgement, assumed to be met.
    Judgement(Prose),
    /// A reference to nothing, reported already; counts as unmet.
    Unresolved,
}

/// `at least QUANTITY from { … }`.
#[derive(Debug, Clone)]
pub struct Sum {
    /// How much must add up.
    pub least: Quantity,
    /// From where; each credential counts once.
    pub parts: Vec<SumPart>,
    /// Its credentials stay out of the other sums of the block that say so too.
    pub counted_once: bool,
}

/// One source of a sum.
#[derive(Debug, Clone)]
pub struct SumPart {
    /// Where it is written.
    pub place: Place,
    /// What brings credit in.
    pub kind: SumPartKind,
}

/// The forms of a source.
#[derive(Debug, Clone)]
pub enum SumPartKind {
    /// One credential.
    Credential(CredentialId),
    /// Each member of a set.
    Set(SetId),
    /// `counting at most QUANTITY from { … }`: these bring in at most that much together.
    AtMost { most: Quantity, parts: Vec<SumPart> },
    /// A reference to nothing, reported already; brings nothing.
    Unresolved,
}

/// A declared set: requirements in a bare block, minus the credentials it excepts.
#[derive(Debug, Clone)]
pub struct Set {
    /// Identity and names.
    pub declared: super::Declared,
    /// What stands in its block.
    pub members: Vec<Requirement>,
    /// What `except` names.
    pub except: Vec<(SetMember, Place)>,
}

/// What a set may except or contain by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetMember {
    Credential(CredentialId),
    Set(SetId),
}

/// A unit of credit as used in requirements, for tables.
pub type CreditName = Name;
