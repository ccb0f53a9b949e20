//! The tables of linking: every name of the project and what it stands for. Filled by [`super::declare`], read by all
//! that lowers.

use rustc_hash::FxHashMap;

use super::external::Externals;
use crate::model::{
    ByName, CreditUnit, Entity, FrameworkId, ItemId, LevelId, Name, Names, PathwayId, RubricId,
    ScaleId, StageId,
};
use crate::source::{FileId, Place};
use crate::syntax::tree::StatementId;

/// Where one thing is declared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declaration {
    pub(super) file: FileId,
    pub(super) statement: StatementId,
    /// The position of the thing it stands in, in that thing's own table; 0 at top level.
    pub(super) within: u32,
}

/// All names and what they stand for.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) names: Names,
    pub(super) issuers: Vec<Declaration>,
    pub(super) scales: Vec<Declaration>,
    pub(super) levels: Vec<Declaration>,
    pub(super) frameworks: Vec<Declaration>,
    pub(super) items: Vec<Declaration>,
    pub(super) rubrics: Vec<Declaration>,
    pub(super) credentials: Vec<Declaration>,
    pub(super) sets: Vec<Declaration>,
    pub(super) recognitions: Vec<Declaration>,
    pub(super) roles: Vec<Declaration>,
    pub(super) pathways: Vec<Declaration>,
    pub(super) stages: Vec<Declaration>,
    pub(super) crosswalks: Vec<Declaration>,
    pub(super) expectations: Vec<Declaration>,
    /// The `defaults` of each folder (`""` is the project's).
    pub(super) defaults: FxHashMap<String, Declaration>,
    pub(super) by_name: FxHashMap<Name, (Entity, Place)>,
    /// Items by whole path.
    pub(super) items_by_path: ByName<ItemId>,
    /// Of each item: parent, path in its framework, whole path.
    pub(super) item_frames: Vec<ItemFrame>,
    /// Where `in` blocks around an item speak of it: the block, and what is said there.
    pub(super) item_translations: FxHashMap<ItemId, Vec<(StatementId, StatementId)>>,
    pub(super) levels_by_id: FxHashMap<(ScaleId, Name), LevelId>,
    pub(super) level_ranges: Vec<(u32, u32)>,
    pub(super) stages_by_id: FxHashMap<(PathwayId, Name), StageId>,
    pub(super) stage_ranges: Vec<(u32, u32)>,
    pub(super) framework_scales: Vec<Option<ScaleId>>,
    pub(super) rubric_levels: FxHashMap<(RubricId, Name), usize>,
    pub(super) externals: Externals,
    pub(super) credit_units: FxHashMap<Name, CreditUnit>,
    /// The project's own units could not be read: a unit that is not known may be one of them.
    pub(super) units_in_doubt: bool,
}

/// What is known of an item before it is lowered.
#[derive(Debug, Clone, Copy)]
pub(super) struct ItemFrame {
    pub(super) framework: FrameworkId,
    pub(super) parent: Option<ItemId>,
    pub(super) path: Name,
    pub(super) full_path: Name,
    /// The position after the last item inside it.
    pub(super) end: u32,
}

impl Tables {
    /// The defaults that hold for a file: those of its folder or the nearest above.
    pub(super) fn defaults_for(&self, file_name: &str) -> Option<Declaration> {
        let mut folder = file_name;
        loop {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            if let Some(&found) = self.defaults.get(folder) {
                return Some(found);
            }
            if folder.is_empty() {
                return None;
            }
        }
    }
}
