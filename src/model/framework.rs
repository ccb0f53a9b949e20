//! Skills frameworks, the scales of their levels, and rubrics.

use super::names::Name;
use super::prose::{Prose, Text};
use super::quantity::{Amount, Quantity};
use super::words::{ItemKind, Status};
use super::{Declared, ExternalItemId, FrameworkId, IssuerId, ItemId, LevelId, Mapping, ScaleId};
use crate::source::Place;

/// An ordered set of levels of mastery, lowest first.
#[derive(Debug, Clone)]
pub struct Scale {
    pub declared: Declared,
    /// Its levels, lowest first.
    pub levels: Vec<LevelId>,
}

/// One level of a scale.
#[derive(Debug, Clone)]
pub struct Level {
    pub declared: Declared,
    pub scale: ScaleId,
    /// Its place in the scale, from 0 for the lowest.
    pub rank: u32,
    /// The public levels it is said to match (`matches eqf:5`).
    pub matches: Vec<(ExternalItemId, Place)>,
}

/// A skills framework of the project.
#[derive(Debug, Clone)]
pub struct Framework {
    pub declared: Declared,
    pub issuer: Option<IssuerId>,
    pub version: Option<Text>,
    pub code: Option<Text>,
    pub scale: Option<ScaleId>,
    pub licence: Option<Licence>,
    pub language: Option<Name>,
    pub tags: Vec<Prose>,
    pub status: Status,
    pub replaced_by: Option<(FrameworkId, Place)>,
    /// Items at the top, in source order.
    pub roots: Vec<ItemId>,
}

/// A licence by its address.
#[derive(Debug, Clone, Copy)]
pub struct Licence {
    pub iri: Text,
    pub name: Option<Text>,
}

/// An area, competency, skill, piece of knowledge or attitude.
#[derive(Debug, Clone)]
pub struct Item {
    pub declared: Declared,
    pub kind: ItemKind,
    pub framework: FrameworkId,
    pub parent: Option<ItemId>,
    /// Items inside it, in source order.
    pub children: Vec<ItemId>,
    /// The path below the framework: `read.charts`.
    pub path: Name,
    /// The whole path: `data-literacy.read.charts`.
    pub full_path: Name,
    pub code: Option<Text>,
    /// What someone who has it can do, knows, understands, in source order.
    pub statements: Vec<Statement>,
    pub builds_on: Vec<(BuildsOn, Place)>,
    pub mappings: Vec<Mapping>,
    pub status: Status,
    pub replaced_by: Option<(ItemId, Place)>,
    pub tags: Vec<Prose>,
}

/// What an item builds on.
#[derive(Debug, Clone)]
pub enum BuildsOn {
    Item(ItemId),
    /// Something outside, in words.
    Outside(Prose),
}

/// One statement of an item.
#[derive(Debug, Clone)]
pub struct Statement {
    pub verb: StatementVerb,
    pub prose: Prose,
}

/// How a statement begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatementVerb {
    Can,
    Knows,
    Understands,
}

impl StatementVerb {
    /// The keyword.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Can => "can",
            Self::Knows => "knows",
            Self::Understands => "understands",
        }
    }
}

/// What an assessor judges by.
#[derive(Debug, Clone)]
pub struct Rubric {
    pub declared: Declared,
    /// Levels of performance as written (the points say the order).
    pub levels: Vec<RubricLevel>,
    pub criteria: Vec<Criterion>,
}

/// One level of performance.
#[derive(Debug, Clone)]
pub struct RubricLevel {
    pub id: Name,
    pub place: Place,
    pub points: Amount,
    pub name: Prose,
}

/// One line of a rubric.
#[derive(Debug, Clone)]
pub struct Criterion {
    pub id: Name,
    pub place: Place,
    pub name: Prose,
    pub about: Option<Prose>,
    /// How much it counts; 1 where nothing is said.
    pub weight: Amount,
    /// What each level looks like: the level's position in the rubric, and the words.
    pub cells: Vec<(usize, Prose)>,
}

impl Rubric {
    /// The most points that a work can get: the highest level in every criterion, weighted (each rubric level alone where
    /// there are no criteria).
    #[must_use]
    pub fn most_points(&self) -> Amount {
        self.over_all_criteria(self.levels.iter().map(|level| level.points).max())
    }

    /// The fewest points that a work can get: the lowest level in every criterion, weighted.
    #[must_use]
    pub fn least_points(&self) -> Amount {
        self.over_all_criteria(self.levels.iter().map(|level| level.points).min())
    }

    fn over_all_criteria(&self, points: Option<Amount>) -> Amount {
        let points = points.unwrap_or_default();
        if self.criteria.is_empty() {
            return points;
        }
        let weights: i64 = self
            .criteria
            .iter()
            .fold(0, |sum, criterion| sum.saturating_add(criterion.weight.0));
        Amount(i64::try_from(i128::from(points.0) * i128::from(weights) / 1000).unwrap_or(i64::MAX))
    }
}

/// How much something counts, as written.
pub type WeightQuantity = Quantity;
