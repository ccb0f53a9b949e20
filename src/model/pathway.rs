//! Pathways and what is expected of them.

use super::credential::Occupation;
use super::names::Name;
use super::prose::{Prose, Text};
use super::quantity::{Amount, Quantity};
use super::requirement::Requirement;
use super::{CredentialId, Declared, FrameworkId, IssuerId, PathwayId, StageId};
use crate::source::Place;

/// A way through stages to one or more awards. It asks all its stages and what it leads to.
#[derive(Debug, Clone)]
pub struct Pathway {
    pub declared: Declared,
    pub issuer: Option<IssuerId>,
    pub version: Option<Text>,
    pub tags: Vec<Prose>,
    pub audience: Vec<(Occupation, Place)>,
    pub stages: Vec<StageId>,
    pub leads_to: Vec<(CredentialId, Place)>,
    pub language: Option<Name>,
}

/// One stage of a pathway.
#[derive(Debug, Clone)]
pub struct Stage {
    pub declared: Declared,
    pub pathway: PathwayId,
    /// Stages that come before, for the reader and the plan.
    pub after: Vec<(StageId, Place)>,
    /// What the stage asks, all of it.
    pub asks: Vec<Requirement>,
    /// What may be taken away at its end.
    pub awards: Vec<(CredentialId, Place)>,
}

/// A test of the curriculum.
#[derive(Debug, Clone)]
pub struct Expectation {
    pub name: Text,
    pub place: Place,
    /// Held at the start.
    pub given: Vec<(CredentialId, Place)>,
    pub claims: Vec<(Claim, Place)>,
    /// Claims of which a name, a limit or what is given at the start could not be read; some of them are not among
    /// `claims`. They cannot be decided.
    pub unread: Vec<Place>,
    pub incomplete: bool,
}

/// One claim of an expectation.
#[derive(Debug, Clone)]
pub enum Claim {
    Reach {
        target: Target,
        within: Vec<Quantity>,
    },
    CannotReach(Target),
    Coverage {
        framework: FrameworkId,
        least: Amount,
    },
    EveryRoute {
        to: Target,
        passes: Target,
    },
    AcceptsEveryoneOf {
        new: Target,
        old: Target,
    },
}

/// What a claim speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Credential(CredentialId),
    Pathway(PathwayId),
}
