//! What a credential is aligned with: the skills it assesses, what they map to elsewhere, and what it says of itself.
//!
//! Goes in: a project, once; then credentials. Comes out: [`Target`]s in a fixed order: skills as assessed, each followed by
//! its exact and wider matches; then the credential's own mappings, levels, occupations and fields. Each address once.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Edition, not_blank, web_address};
use crate::emit::paths;
use crate::emit::wording::{Wording, fill};
use crate::import::pack::StandsFor;
use crate::model::{
    Assessment, Crosswalk, CrosswalkTarget, ExternalItemId, ItemId, LevelRef, Mapping,
    MappingTarget, MappingVerb, Occupation, Project, RowKind,
};

/// What kind of thing a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetKind {
    /// Something a person can do or know, ours or of another framework.
    Skill,
    /// A level of a framework of qualifications.
    Level,
    /// An occupation or work role.
    Occupation,
    /// A field of study.
    Field,
    /// A credential elsewhere.
    Credential,
}

impl TargetKind {
    /// The `targetType` of Open Badges 3.0. Skills of every framework are competencies in the sense of CTDL-ASN, which does
    /// not promise a CASE document behind the address as `CFItem` would; what has no type there is an extension.
    #[must_use]
    pub const fn target_type(self) -> &'static str {
        match self {
            Self::Skill => "ceasn:Competency",
            Self::Credential => "ceterms:Credential",
            Self::Level => "ext:QualificationLevel",
            Self::Occupation => "ext:Occupation",
            Self::Field => "ext:FieldOfStudy",
        }
    }

    const fn of(stands_for: StandsFor) -> Self {
        match stands_for {
            StandsFor::Skill => Self::Skill,
            StandsFor::Level => Self::Level,
            StandsFor::Field => Self::Field,
            StandsFor::Occupation => Self::Occupation,
        }
    }
}

/// Something a credential is aligned with.
#[derive(Debug)]
pub struct Target<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its address, http or https.
    pub url: Cow<'a, str>,
    /// What it is.
    pub kind: TargetKind,
    /// Its statements, or how it relates to a skill of ours.
    pub description: Option<String>,
    /// The framework it belongs to.
    pub framework: Option<Cow<'a, str>>,
    /// Its code there.
    pub code: Option<Cow<'a, str>>,
}

/// What is needed again and again, made once.
#[derive(Debug)]
pub struct Alignments<'a> {
    project: &'a Project,
    /// The addresses of items, made when first asked for.
    addresses: Vec<OnceLock<Box<str>>>,
    /// Exact and wider matches of items, in the order of declaration.
    matches: Vec<Vec<(MappingVerb, MappingTarget)>>,
    /// Title and version of each external framework.
    titles: Vec<String>,
}

impl<'a> Alignments<'a> {
    /// Reads the mappings and crosswalks of a project.
    #[must_use]
    pub fn new(project: &'a Project) -> Self {
        let titles = project.external_frameworks.as_slice().iter();
        let titles = titles
            .map(|framework| match &framework.pack {
                Some(pack) if pack.title.contains(&pack.version) => pack.title.clone(),
                Some(pack) => format!("{} {}", pack.title, pack.version),
                None => match &framework.version {
                    Some(version) => format!("{} {version}", project.name(framework.id)),
                    None => project.name(framework.id).to_owned(),
                },
            })
            .collect();
        Self {
            project,
            addresses: (0..project.items.len()).map(|_| OnceLock::new()).collect(),
            matches: matches(project),
            titles,
        }
    }

    /// The address of an item.
    #[must_use]
    pub fn item_address(&self, id: ItemId) -> &str {
        self.addresses[id.0 as usize]
            .get_or_init(|| paths::item_address(self.project, id).into_boxed_str())
    }

    /// What an assessment assesses, shortly: each item once.
    #[must_use]
    pub fn of_assessment(&'a self, edition: &Edition<'a>, of: &Assessment) -> Vec<Target<'a>> {
        let mut seen = FxHashSet::default();
        let items = of
            .assesses
            .iter()
            .filter(|attained| seen.insert(attained.item));
        items
            .filter_map(|attained| self.item(&edition.wording, attained.item, false, None))
            .collect()
    }

    /// Everything a credential is aligned with.
    #[must_use]
    pub fn of_credential(&'a self, edition: &Edition<'a>) -> Vec<Target<'a>> {
        let (wording, credential) = (&edition.wording, edition.credential);
        let mut found = Found::default();
        let assessed = highest_levels(edition);
        for &(item, level) in &assessed {
            found.push(self.item(wording, item, true, level));
        }
        // Skills of ours come first wherever they stand, so that a crosswalk cannot take their place.
        for &(item, _) in &assessed {
            for &(verb, target) in &self.matches[item.0 as usize] {
                let name = wording.quoted(&wording.item_name(item));
                let description = fill((wording.phrases.mapping)(verb), &[("item", &name)]);
                found.push(self.target(wording, target, TargetKind::Skill, description));
            }
        }
        self.own_mappings(
            edition,
            &credential.mappings,
            TargetKind::Credential,
            &mut found,
        );
        for &(level, _) in &credential.levels {
            self.level(wording, level, &mut found);
        }
        for &(occupation, _) in &credential.occupations {
            match occupation {
                Occupation::External(id) => {
                    found.push(self.external(wording, id, TargetKind::Occupation, None));
                }
                Occupation::Role(id) => {
                    let mappings = &self.project.roles[id].mappings;
                    for mapping in mappings {
                        match mapping.verb {
                            MappingVerb::IsExactly | MappingVerb::IsWithin => {
                                self.mapping(wording, mapping, TargetKind::Occupation, &mut found);
                            }
                            MappingVerb::IsCloseTo
                            | MappingVerb::Covers
                            | MappingVerb::RelatesTo => {}
                        }
                    }
                }
            }
        }
        for &(id, _) in &credential.fields {
            found.push(self.external(wording, id, TargetKind::Field, None));
        }
        found.targets
    }

    fn own_mappings(
        &'a self,
        edition: &Edition<'a>,
        mappings: &[Mapping],
        kind: TargetKind,
        found: &mut Found<'a>,
    ) {
        let wording = &edition.wording;
        for mapping in mappings {
            let name = wording.quoted(&edition.name());
            let description = fill((wording.phrases.mapping)(mapping.verb), &[("item", &name)]);
            found.push(self.target(wording, mapping.target, kind, description));
        }
    }

    fn mapping(
        &'a self,
        wording: &Wording<'a>,
        mapping: &Mapping,
        kind: TargetKind,
        found: &mut Found<'a>,
    ) {
        found.push(match mapping.target {
            MappingTarget::External(id) => self.external(wording, id, kind, None),
            MappingTarget::Own(id) => self.item(wording, id, true, None),
        });
    }

    fn level(&'a self, wording: &Wording<'a>, level: LevelRef, found: &mut Found<'a>) {
        match level {
            LevelRef::External(id) => {
                found.push(self.external(wording, id, TargetKind::Level, None));
            }
            // A level of ours has no address of its own; what it matches has.
            LevelRef::Own(id) => {
                for &(id, _) in &self.project.levels[id].matches {
                    found.push(self.external(wording, id, TargetKind::Level, None));
                }
            }
        }
    }

    fn target(
        &'a self,
        wording: &Wording<'a>,
        target: MappingTarget,
        kind: TargetKind,
        description: String,
    ) -> Option<Target<'a>> {
        match target {
            MappingTarget::External(id) => self.external(wording, id, kind, Some(description)),
            MappingTarget::Own(id) => {
                let mut target = self.item(wording, id, false, None)?;
                target.description = Some(description);
                Some(target)
            }
        }
    }

    /// An item of ours; in full with its statements and the level it is assessed at.
    fn item(
        &'a self,
        wording: &Wording<'a>,
        id: ItemId,
        full: bool,
        level: Option<LevelRef>,
    ) -> Option<Target<'a>> {
        let project = self.project;
        let item = &project.items[id];
        let framework = &project.frameworks[item.framework];
        let code = item.code.and_then(|code| not_blank(project.text(code)));
        let mut description = None;
        if full {
            let mut text = String::new();
            for statement in &item.statements {
                if !text.is_empty() {
                    text.push_str(wording.phrases.semicolon);
                }
                text.push_str(&wording.statement(statement));
            }
            if text.is_empty()
                && let Some(about) = super::prose(wording, item.declared.about.as_ref())
            {
                text.push_str(&about);
            }
            if let Some(level) = level {
                let label = wording.phrases.level;
                let level = wording.level(level);
                let open = if text.is_empty() { "" } else { " (" };
                let close = if text.is_empty() { "" } else { ")" };
                text.push_str(open);
                text.push_str(label);
                text.push_str(wording.phrases.colon);
                text.push_str(&level);
                text.push_str(close);
            }
            description = (!text.trim().is_empty()).then_some(text);
        }
        Some(Target {
            name: not_blank(wording.item_name(id))
                .unwrap_or_else(|| Cow::Borrowed(project.name(item.full_path))),
            url: web_address(Cow::Borrowed(self.item_address(id)))?,
            kind: TargetKind::Skill,
            description,
            framework: not_blank(wording.prose(&framework.declared.name)),
            code: Some(code.unwrap_or_else(|| Cow::Borrowed(project.name(item.path)))),
        })
    }

    /// An item of a framework from elsewhere, where it has an address of the web.
    fn external(
        &'a self,
        wording: &Wording<'a>,
        id: ExternalItemId,
        kind: TargetKind,
        description: Option<String>,
    ) -> Option<Target<'a>> {
        let item = &self.project.external_items[id];
        let known = self.project.pack_item(item);
        let url = known.map_or(item.iri.as_deref(), |known| Some(known.iri.as_str()))?;
        let name = not_blank(wording.external_label(id))
            .or_else(|| not_blank(Cow::Borrowed(&item.code)))
            .unwrap_or(Cow::Borrowed(url));
        Some(Target {
            name,
            url: web_address(Cow::Borrowed(url))?,
            kind: known.map_or(kind, |known| TargetKind::of(known.stands_for)),
            description,
            framework: item
                .framework
                .map(|framework| Cow::Borrowed(self.titles[framework.0 as usize].as_str())),
            code: not_blank(Cow::Borrowed(item.code.as_str())).filter(|code| code != url),
        })
    }
}

/// Targets, each address once: the first stays.
#[derive(Default)]
struct Found<'a> {
    targets: Vec<Target<'a>>,
    seen: FxHashSet<Cow<'a, str>>,
}

impl<'a> Found<'a> {
    fn push(&mut self, target: Option<Target<'a>>) {
        if let Some(target) = target
            && self.seen.insert(target.url.clone())
        {
            self.targets.push(target);
        }
    }
}

/// The items a credential assesses, in order, each with the highest level it is assessed at.
fn highest_levels(edition: &Edition<'_>) -> Vec<(ItemId, Option<LevelRef>)> {
    let mut order: Vec<(ItemId, Option<LevelRef>)> = Vec::new();
    let mut at: FxHashMap<ItemId, usize> = FxHashMap::default();
    let assessments = &edition.credential.assessments;
    for attained in assessments.iter().flat_map(|one| &one.assesses) {
        let index = *at.entry(attained.item).or_insert_with(|| {
            order.push((attained.item, attained.level));
            order.len() - 1
        });
        if let Some((_, level)) = order.get_mut(index) {
            let higher = level.is_none()
                || edition.project.level_suffices(attained.level, *level) == Some(true);
            if higher && attained.level.is_some() {
                *level = attained.level;
            }
        }
    }
    order
}

/// Exact and wider matches of every item: its own, those of crosswalks from its framework, and those of crosswalks to it
/// seen from the other side.
fn matches(project: &Project) -> Vec<Vec<(MappingVerb, MappingTarget)>> {
    let mut matches = vec![Vec::new(); project.items.len()];
    let mut add = |item: ItemId, verb: MappingVerb, target: MappingTarget| match verb {
        MappingVerb::IsExactly | MappingVerb::IsWithin => {
            matches[item.0 as usize].push((verb, target));
        }
        MappingVerb::IsCloseTo | MappingVerb::Covers | MappingVerb::RelatesTo => {}
    };
    for (id, item) in project.items.iter() {
        for mapping in &item.mappings {
            add(id, mapping.verb, mapping.target);
        }
    }
    // By id, so that it makes no difference in which file a crosswalk stands.
    let mut crosswalks: Vec<&Crosswalk> = project.crosswalks.as_slice().iter().collect();
    crosswalks.sort_by_key(|crosswalk| project.id(&crosswalk.declared));
    for crosswalk in crosswalks {
        for row in &crosswalk.rows {
            let RowKind::Match(mapping) = &row.kind else {
                continue;
            };
            add(row.item, mapping.verb, mapping.target);
            if let (CrosswalkTarget::Own(_), MappingTarget::Own(target)) =
                (crosswalk.to, mapping.target)
            {
                let back = MappingTarget::Own(row.item);
                match mapping.verb {
                    MappingVerb::IsExactly => add(target, MappingVerb::IsExactly, back),
                    MappingVerb::Covers => add(target, MappingVerb::IsWithin, back),
                    MappingVerb::IsWithin | MappingVerb::IsCloseTo | MappingVerb::RelatesTo => {}
                }
            }
        }
    }
    matches
}
