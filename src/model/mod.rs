//! Floor 3: what a project means. Typed things in arenas, references resolved to ids, texts still in their files.
//!
//! Made by the floor of linking, read by every floor above. Model types do not derive `Serialize`: an output format has
//! structs of its own.

pub mod address;
pub(crate) mod arena;
pub mod coverage;
pub mod credential;
pub mod crosswalk;
pub mod framework;
pub mod language_tag;
mod lookup;
pub mod mapping_sets;
pub mod names;
pub mod pathway;
pub mod prose;
pub mod quantity;
pub mod release;
pub mod requirement;
pub mod settings;
pub mod words;

pub use arena::{Arena, Id};
pub use credential::*;
pub use crosswalk::*;
pub use framework::*;
pub use lookup::Ladder;
pub use names::{ByName, Hashed, Name, Names};
pub use pathway::*;
pub use prose::{Language, Prose, Text};
pub use quantity::{Amount, CreditUnit, Quantity, Unit};
pub use release::{Kept, Release, ReleasedFile, Releases};
pub use requirement::*;
pub use settings::Settings;
pub use words::*;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::source::{Place, Sources};

arena::ids! {
    /// An issuer.
    IssuerId;
    /// A scale.
    ScaleId;
    /// A level of a scale.
    LevelId;
    /// A framework of the project.
    FrameworkId;
    /// An item of a framework of the project.
    ItemId;
    /// A rubric.
    RubricId;
    /// A credential.
    CredentialId;
    /// A set.
    SetId;
    /// A recognition.
    RecognitionId;
    /// A role.
    RoleId;
    /// A pathway.
    PathwayId;
    /// A stage of a pathway.
    StageId;
    /// A crosswalk.
    CrosswalkId;
    /// An expectation.
    ExpectationId;
    /// A framework from elsewhere.
    ExternalFrameworkId;
    /// An item from elsewhere that the project refers to.
    ExternalItemId;
}

/// What every declaration has.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The id as written (for an item: the last part of its path).
    pub id: Name,
    /// Where the id is written.
    pub place: Place,
    /// The whole declaration.
    pub whole: Place,
    /// The name; where none is written, the id stands in for it.
    pub name: Prose,
    pub about: Option<Prose>,
    /// Its address, where it was published elsewhere before.
    pub iri: Option<Text>,
    /// Former ids, the oldest first.
    pub formerly: Vec<(Name, Place)>,
    /// Something inside could not be read or resolved, which has been reported: rules about what is *absent* stay quiet.
    pub incomplete: bool,
}

impl Declared {
    /// The id that its address is made from: the oldest it ever had, so that an address never changes.
    #[must_use]
    pub fn address_id(&self) -> Name {
        self.formerly.first().map_or(self.id, |&(name, _)| name)
    }
}

/// A level, of a scale of the project or of a public framework of levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LevelRef {
    Own(LevelId),
    External(ExternalItemId),
}

/// Anything declared at the top level, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entity {
    Issuer(IssuerId),
    Scale(ScaleId),
    Framework(FrameworkId),
    Rubric(RubricId),
    Credential(CredentialId),
    Set(SetId),
    Recognition(RecognitionId),
    Role(RoleId),
    Pathway(PathwayId),
}

/// A whole project, linked.
#[derive(Debug)]
pub struct Project {
    pub settings: Settings,
    pub sources: Arc<Sources>,
    pub names: Names,
    pub issuers: Arena<IssuerId, Issuer>,
    pub scales: Arena<ScaleId, Scale>,
    pub levels: Arena<LevelId, Level>,
    pub frameworks: Arena<FrameworkId, Framework>,
    pub items: Arena<ItemId, Item>,
    pub rubrics: Arena<RubricId, Rubric>,
    pub credentials: Arena<CredentialId, Credential>,
    pub sets: Arena<SetId, Set>,
    pub recognitions: Arena<RecognitionId, Recognition>,
    pub roles: Arena<RoleId, Role>,
    pub pathways: Arena<PathwayId, Pathway>,
    pub stages: Arena<StageId, Stage>,
    pub crosswalks: Arena<CrosswalkId, Crosswalk>,
    pub expectations: Arena<ExpectationId, Expectation>,
    pub external_frameworks: Arena<ExternalFrameworkId, ExternalFramework>,
    pub external_items: Arena<ExternalItemId, ExternalItem>,
    /// Every reference to an external item, in source order.
    pub external_uses: Vec<ExternalUse>,
    /// Units of credit by their name.
    pub credit_units: FxHashMap<Name, CreditUnit>,
    /// The languages of the settings, as names; the first is the main one. Never empty.
    pub languages: Vec<Language>,
    /// Top-level ids, for queries by name. (Look things up in it; do not iterate it into output.)
    pub by_name: FxHashMap<Name, Entity>,
    /// Whole paths of items (`data-literacy.read.charts`), for queries by name.
    pub items_by_path: ByName<ItemId>,
    /// What was released before, as far as the project keeps its documents.
    pub releases: Releases,
}
