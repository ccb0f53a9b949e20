//! Last step of linking: the project, whole.

use super::Inputs;
use super::outcome::Outcome;
use super::tables::Tables;
use crate::model::{
    Arena, Credential, CredentialId, Crosswalk, CrosswalkId, Expectation, ExpectationId, Framework,
    FrameworkId, Issuer, IssuerId, Item, ItemId, Level, LevelId, Pathway, PathwayId, Project,
    Recognition, RecognitionId, Releases, Role, RoleId, Rubric, RubricId, Scale, ScaleId, Set,
    SetId, Stage, StageId, Text,
};
use std::sync::Arc;

/// The lowered things.
pub(super) struct Parts {
    pub(super) issuers: Arena<IssuerId, Issuer>,
    pub(super) scales: Arena<ScaleId, Scale>,
    pub(super) levels: Arena<LevelId, Level>,
    pub(super) frameworks: Arena<FrameworkId, Framework>,
    pub(super) items: Arena<ItemId, Item>,
    pub(super) rubrics: Arena<RubricId, Rubric>,
    pub(super) credentials: Arena<CredentialId, Credential>,
    pub(super) sets: Arena<SetId, Set>,
    pub(super) recognitions: Arena<RecognitionId, Recognition>,
    pub(super) roles: Arena<RoleId, Role>,
    pub(super) pathways: Arena<PathwayId, Pathway>,
    pub(super) stages: Arena<StageId, Stage>,
    pub(super) crosswalks: Arena<CrosswalkId, Crosswalk>,
    pub(super) expectations: Arena<ExpectationId, Expectation>,
}

pub(super) fn finish(
    inputs: &Inputs,
    tables: Tables,
    parts: Parts,
    outcome: &mut Outcome,
) -> Project {
    let mut external_uses = std::mem::take(&mut outcome.uses);
    external_uses.sort_by_key(|used| (used.place, used.item));
    external_uses.dedup_by_key(|used| (used.place, used.item));
    let mut external_items = tables.externals.items;
    for used in &external_uses {
        let Some(label) = used.label else { continue };
        let Some(item) = external_items.get_mut(used.item.0 as usize) else {
            continue;
        };
        let earlier = |known: Text| label.read(&inputs.sources) < known.read(&inputs.sources);
        if item.label.is_none_or(earlier) {
            item.label = Some(label);
        }
    }
    let mut external_frameworks = tables.externals.frameworks;
    for crosswalk in parts.crosswalks.as_slice() {
        let through = crosswalk.through.iter().map(|through| through.framework);
        for target in through.chain([crosswalk.to]) {
            if let crate::model::CrosswalkTarget::External(framework) = target
                && let Some(framework) = external_frameworks.get_mut(framework.0 as usize)
            {
                framework.referenced = true;
            }
        }
    }
    let languages = inputs
        .settings
        .languages
        .iter()
        .filter_map(|language| tables.names.find(language))
        .collect();
    let mut project = Project {
        settings: inputs.settings.clone(),
        sources: Arc::clone(&inputs.sources),
        issuers: parts.issuers,
        scales: parts.scales,
        levels: parts.levels,
        frameworks: parts.frameworks,
        items: parts.items,
        rubrics: parts.rubrics,
        credentials: parts.credentials,
        sets: parts.sets,
        recognitions: parts.recognitions,
        roles: parts.roles,
        pathways: parts.pathways,
        stages: parts.stages,
        crosswalks: parts.crosswalks,
        expectations: parts.expectations,
        external_frameworks: Arena::from(external_frameworks),
        external_items: Arena::from(external_items),
        external_uses,
        credit_units: tables.credit_units,
        languages,
        by_name: tables
            .by_name
            .into_iter()
            .map(|(name, (entity, _))| (name, entity))
            .collect(),
        items_by_path: tables.items_by_path,
        names: tables.names,
        releases: Releases::default(),
    };
    let released = std::mem::take(&mut project.settings.released);
    project.releases = Releases::new(&project, released);
    project
}
