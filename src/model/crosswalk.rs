//! Mappings to other frameworks, and the external frameworks themselves.

use std::sync::Arc;

use super::framework::Licence;
use super::names::Name;
use super::prose::{Prose, Text};
use super::quantity::Amount;
use super::words::MappingVerb;
use super::{Declared, ExternalFrameworkId, ExternalItemId, FrameworkId, IssuerId, ItemId};
use crate::import::pack::{Pack, PackItemIndex};
use crate::source::Place;

/// A crosswalk from a framework of the project to another.
#[derive(Debug, Clone)]
pub struct Crosswalk {
    /// Its id is `FROM-to-TO`.
    pub declared: Declared,
    pub from: FrameworkId,
    pub from_place: Place,
    pub to: CrosswalkTarget,
    pub to_place: Place,
    pub issuer: Option<IssuerId>,
    pub version: Option<Text>,
    pub licence: Option<Licence>,
    /// Frameworks in the middle: what maps to them and from them is carried over.
    pub through: Vec<Through>,
    /// The rows that the block states. Nothing else is published or counted, but for what is derived.
    pub rows: Vec<Row>,
    /// What follows over the frameworks in the middle, where no hand-made mapping of the pair stands: in source order of the items.
    pub derived: Vec<DerivedRow>,
    /// Rows that are not stated: proposed and not yet judged, or refused.
    pub pending: Vec<PendingRow>,
}

impl Crosswalk {
    /// Whether nobody has begun it: it holds rows that are proposed or refused, and states nothing. No rule asks for its coverage.
    #[must_use]
    pub fn states_nothing_yet(&self) -> bool {
        self.rows.is_empty() && self.through.is_empty() && !self.pending.is_empty()
    }
}

/// A framework in the middle of a crosswalk.
#[derive(Debug, Clone, Copy)]
pub struct Through {
    pub framework: CrosswalkTarget,
    pub place: Place,
}

/// A row that was concluded from other crosswalks.
#[derive(Debug, Clone)]
pub struct DerivedRow {
    pub item: ItemId,
    /// Its places are those of the framework in the middle, where the crosswalk names it.
    pub mapping: Mapping,
    /// The way that counts.
    pub path: DerivedPath,
    /// Other ways to the same item, weaker or later.
    pub others: Vec<DerivedPath>,
}

/// A way over mappings, from the item of the row to its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedPath {
    pub steps: Vec<DerivedStep>,
}

/// One mapping on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DerivedStep {
    /// As it is read in this direction.
    pub verb: MappingVerb,
    /// It was written in the other direction.
    pub inverse: bool,
    /// Where it leads.
    pub to: MappingTarget,
    /// Where it was written.
    pub place: Place,
}

/// A row that states nothing: somebody has yet to judge it, or has judged against it.
#[derive(Debug, Clone)]
pub struct PendingRow {
    pub item: ItemId,
    /// The path on the left.
    pub place: Place,
    /// What it would state.
    pub mapping: Mapping,
    pub standing: Standing,
    /// The word that says how it stands.
    pub standing_place: Place,
}

/// How a row stands that is not stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// A person has yet to accept, change or refuse it.
    Proposed,
    /// A person has looked at it and said no; it is not proposed again.
    Refused,
}

/// The other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CrosswalkTarget {
    External(ExternalFrameworkId),
    Own(FrameworkId),
}

/// One row: an item, and what it maps to.
#[derive(Debug, Clone)]
pub struct Row {
    pub item: ItemId,
    /// The path on the left.
    pub place: Place,
    pub kind: RowKind,
}

/// A mapping, or the statement that there is none.
#[derive(Debug, Clone)]
pub enum RowKind {
    Match(Mapping),
    /// Looked for, not there.
    NoMatch {
        note: Option<Prose>,
    },
}

/// A mapping to one item elsewhere.
#[derive(Debug, Clone)]
pub struct Mapping {
    pub verb: MappingVerb,
    /// The words of the verb.
    pub verb_place: Place,
    pub target: MappingTarget,
    /// The target in the text.
    pub place: Place,
    /// The label written beside the code.
    pub label: Option<Text>,
    /// From 0 to 1.
    pub confidence: Option<Amount>,
    pub by: Option<Text>,
    pub because: Option<Prose>,
}

/// What is mapped to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MappingTarget {
    External(ExternalItemId),
    Own(ItemId),
}

/// A framework from elsewhere, as `use` brought it in.
#[derive(Debug, Clone)]
pub struct ExternalFramework {
    /// The name before the colon in references.
    pub alias: Name,
    /// The framework's id.
    pub id: Name,
    pub version: Option<String>,
    /// The `use`, or the first reference where the framework needs none.
    pub place: Place,
    /// Its content; `None` where it is not at hand (reported already).
    pub pack: Option<Arc<Pack>>,
    /// Whether anything in the project refers to it.
    pub referenced: bool,
}

/// An item of an external framework that the project refers to.
#[derive(Debug, Clone)]
pub struct ExternalItem {
    /// `None` for an item that is given by its address alone.
    pub framework: Option<ExternalFrameworkId>,
    pub code: String,
    /// Its position in the pack; `None` where the pack has no such code, or is not at hand.
    pub index: Option<PackItemIndex>,
    /// Its address, where one is known.
    pub iri: Option<String>,
    /// What the project calls it beside its code: the first label in the alphabet, so that the order of files makes no difference.
    pub label: Option<Text>,
}

/// One reference to an external item in the text.
#[derive(Debug, Clone, Copy)]
pub struct ExternalUse {
    pub item: ExternalItemId,
    /// The code in the text (with alias).
    pub place: Place,
    /// The label written beside it.
    pub label: Option<Text>,
}
