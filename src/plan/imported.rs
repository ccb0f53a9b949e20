//! Roles and occupations of frameworks from elsewhere: what they need, and how far the credentials of a project cover it.
//!
//! Goes in: a pack with its relations (ESCO's essential and optional skills, O*NET's ratings, the statements of a NICE work role,
//! core and additional statements of the DCWF), and a project that maps its own items to that framework. Comes out: each need with
//! what covers it. A need is covered where a credential that can be earned assesses an item that *is exactly* the need; items that are
//! broader, narrower or close cover it partly; related ones do not count. Levels are not compared: no such framework has any
//! that a project could be held against.

use rustc_hash::FxHashMap;

use super::imported_needs::{by_name, kind_of, said};
use super::words;
use crate::graph::Graph;
use crate::import::details::{Details, RelationEnd};
use crate::import::pack::{Pack, PackItemIndex};
use crate::model::mapping_sets::{EntryKind, mapping_sets};
use crate::model::{
    CredentialId, ItemId, MappingTarget, MappingVerb, Project, Requirement, RequirementKind,
};
use crate::source::Place;

/// A role from elsewhere.
#[derive(Debug, Clone)]
pub struct ImportedRole {
    /// As it is written in the language: `esco:2511.3`.
    pub id: String,
    pub name: String,
    /// The name of its framework before the colon.
    pub framework: String,
    /// The line that outputs repeat when they name its items.
    pub attribution: String,
    /// The essential ones first, the most important of them first.
    pub needs: Vec<ImportedNeed>,
}

/// Something that the role needs.
#[derive(Debug, Clone)]
pub struct ImportedNeed {
    pub code: String,
    pub name: String,
    /// What its publisher calls such a thing: `skill`, `knowledge`.
    pub kind: String,
    pub iri: String,
    pub weight: Weight,
    /// What the publisher measured: `importance 4.12, level 4.62`.
    pub rating: Option<String>,
    importance: f64,
}

/// How much a need weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// ESCO's essential skills, DCWF's core statements, knowledge and skills of NICE, elements that O*NET rates 3 or more.
    Essential,
    /// Everything else that the publisher binds to the role.
    Optional,
    /// What is done in the role, rather than what one can or knows.
    Task,
}

impl Weight {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Essential => "essential",
            Self::Optional => "optional",
            Self::Task => "task",
        }
    }
}

/// How far a need is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Covered {
    Fully,
    Partly,
    Missing,
}

impl Covered {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fully => "covered",
            Self::Partly => "partly",
            Self::Missing => "missing",
        }
    }
}

/// What covers a need.
#[derive(Debug, Clone)]
pub struct Cover {
    pub covered: Covered,
    /// Sorted, each once.
    pub by: Vec<CredentialId>,
    /// The items of the project it goes through, with the word of the mapping: ``data.charts (is exactly)``.
    pub through: Vec<String>,
    /// Why it is not more, in plain words.
    pub why: Option<String>,
    /// What must be met to have it as far as it can be had; `None` where no credential that can be earned assesses it.
    pub asks: Option<Requirement>,
}

/// Reads what a role needs from the relations of its pack. `alias` is what stands before the colon.
#[must_use]
pub fn role(pack: &Pack, details: &Details, index: PackItemIndex, alias: &str) -> ImportedRole {
    let mut found: FxHashMap<&str, ImportedNeed> = FxHashMap::default();
    let mut order: Vec<&str> = Vec::new();
    for relation in details
        .relations()
        .filter(|relation| relation.from == index)
    {
        let Some(said) = said(&relation) else {
            continue;
        };
        let iri = match relation.to {
            RelationEnd::Item(item) => pack.iri(item),
            RelationEnd::Outside(name) => name,
        };
        let known = found.entry(iri).or_insert_with(|| {
            order.push(iri);
            need((pack, details), relation.to, iri, said.weight)
        });
        // O*NET says importance and level of one element in two rows.
        known.weight = known.weight.min(said.weight);
        known.importance = known.importance.max(said.importance);
        if let Some(table) = relation.kind.strip_suffix(" rating") {
            table.clone_into(&mut known.kind);
        }
        if let Some(words) = said.rating {
            known.rating = Some(match known.rating.take() {
                Some(before) => format!("{before}, {words}"),
                None => words,
            });
        }
    }
    let mut needs: Vec<ImportedNeed> = order.iter().filter_map(|iri| found.remove(iri)).collect();
    needs.sort_by(|one, other| {
        (one.weight.cmp(&other.weight))
            .then(other.importance.total_cmp(&one.importance))
            .then_with(|| by_name(&one.name, &other.name))
            .then_with(|| one.code.cmp(&other.code))
    });
    let item = pack.item(index);
    ImportedRole {
        id: format!("{alias}:{}", item.code),
        name: item.label.clone(),
        framework: alias.to_owned(),
        attribution: pack.attribution.clone(),
        needs,
    }
}

fn need(
    (pack, details): (&Pack, &Details),
    to: RelationEnd<'_>,
    iri: &str,
    weight: Weight,
) -> ImportedNeed {
    let (code, name, kind) = match to {
        RelationEnd::Item(item) => {
            let kind = kind_of(pack, details, item);
            let item = pack.item(item);
            (item.code.clone(), item.label.clone(), kind)
        }
        RelationEnd::Outside(name) => (String::new(), name.to_owned(), String::new()),
    };
    ImportedNeed {
        code,
        name,
        kind,
        iri: iri.to_owned(),
        weight,
        rating: None,
        importance: 0.0,
    }
}

/// What covers each of some needs, for somebody who holds `given`.
#[must_use]
pub fn covers(
    project: &Project,
    graph: &Graph,
    needs: &[ImportedNeed],
    given: &[CredentialId],
) -> Vec<Cover> {
    let links = Links::of(project, graph, given);
    needs.iter().map(|need| links.cover(&need.iri)).collect()
}

/// Something of the project that maps to something elsewhere.
#[derive(Clone, Copy)]
struct Link {
    from: From,
    verb: MappingVerb,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Item(ItemId),
    Credential(CredentialId),
}

/// How much a link is worth, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    Exact,
    Narrower,
    Broader,
    Close,
    OutOfReach,
    Taught,
    Untouched,
}

struct Links<'p> {
    project: &'p Project,
    by_iri: FxHashMap<&'p str, Vec<Link>>,
    earnable: Vec<bool>,
    assessed: FxHashMap<ItemId, Vec<CredentialId>>,
    taught: FxHashMap<ItemId, Vec<CredentialId>>,
}

impl<'p> Links<'p> {
    fn of(project: &'p Project, graph: &Graph, given: &[CredentialId]) -> Self {
        let mut by_iri: FxHashMap<&str, Vec<Link>> = FxHashMap::default();
        let mut add = |from: From, mapping: &crate::model::Mapping| {
            let MappingTarget::External(target) = mapping.target else {
                return;
            };
            let item = &project.external_items[target];
            let known = project.pack_item(item).map(|item| item.iri.as_str());
            if let Some(iri) = known.or(item.iri.as_deref())
                && mapping.verb != MappingVerb::RelatesTo
            {
                by_iri.entry(iri).or_default().push(Link {
                    from,
                    verb: mapping.verb,
                    place: mapping.place,
                });
            }
        };
        for entry in mapping_sets(project).iter().flat_map(|set| &set.entries) {
            if let EntryKind::Match(mapping) = entry.kind {
                add(From::Item(entry.item), mapping);
            }
        }
        for (id, credential) in project.credentials.iter() {
            for mapping in &credential.mappings {
                add(From::Credential(id), mapping);
            }
        }
        let (mut assessed, mut taught) = (FxHashMap::default(), FxHashMap::default());
        let put = |table: &mut FxHashMap<ItemId, Vec<CredentialId>>, item, id| {
            let known = table.entry(item).or_default();
            if known.last() != Some(&id) {
                known.push(id);
            }
        };
        for (id, credential) in project.credentials.iter() {
            for one in credential.assessments.iter().flat_map(|one| &one.assesses) {
                put(&mut assessed, one.item, id);
            }
            let lists = [
                &credential.introduces,
                &credential.reinforces,
                &credential.teaches,
            ];
            for one in lists.into_iter().flatten() {
                put(&mut taught, one.item, id);
            }
        }
        Self {
            project,
            by_iri,
            earnable: crate::graph::earnable(project, graph, given),
            assessed,
            taught,
        }
    }

    /// What one link is worth, and the credentials behind that.
    fn worth(&self, link: Link) -> (Worth, Vec<CredentialId>) {
        let can = |id: &CredentialId| self.earnable.get(id.0 as usize).copied().unwrap_or(false);
        let of = |table: &FxHashMap<ItemId, Vec<CredentialId>>| match link.from {
            From::Item(item) => table.get(&item).cloned().unwrap_or_default(),
            From::Credential(_) => Vec::new(),
        };
        let assessed = match link.from {
            From::Item(_) => of(&self.assessed),
            From::Credential(id) => vec![id],
        };
        let within_reach: Vec<CredentialId> = assessed.iter().copied().filter(can).collect();
        if !within_reach.is_empty() {
            let worth = match link.verb {
                MappingVerb::IsExactly => Worth::Exact,
                MappingVerb::IsWithin => Worth::Narrower,
                MappingVerb::Covers => Worth::Broader,
                MappingVerb::IsCloseTo | MappingVerb::RelatesTo => Worth::Close,
            };
            return (worth, within_reach);
        }
        if !assessed.is_empty() {
            return (Worth::OutOfReach, assessed);
        }
        let taught = of(&self.taught);
        if taught.is_empty() {
            (Worth::Untouched, taught)
        } else {
            (Worth::Taught, taught)
        }
    }

    fn cover(&self, iri: &str) -> Cover {
        let links = self.by_iri.get(iri).map_or(&[][..], Vec::as_slice);
        let valued: Vec<(Worth, Vec<CredentialId>, Link)> = links
            .iter()
            .map(|&link| {
                let (worth, by) = self.worth(link);
                (worth, by, link)
            })
            .collect();
        let Some(best) = valued.iter().map(|&(worth, _, _)| worth).min() else {
            return Cover {
                covered: Covered::Missing,
                by: Vec::new(),
                through: Vec::new(),
                why: Some("nothing in this project is mapped to it".to_owned()),
                asks: None,
            };
        };
        // Whatever covers it partly by being assessed counts alike.
        let partly = Worth::Narrower..=Worth::Close;
        let counts =
            |worth: Worth| worth == best || (partly.contains(&worth) && partly.contains(&best));
        let (mut by, mut through, mut asks) = (Vec::new(), Vec::new(), Vec::new());
        for (_, credentials, link) in valued.iter().filter(|(worth, _, _)| counts(*worth)) {
            by.extend(credentials.iter().copied());
            let (name, kind) = match link.from {
                From::Item(item) => {
                    let path = self.project.items[item].full_path;
                    let kind = RequirementKind::Skill { item, level: None };
                    (self.project.name(path), kind)
                }
                From::Credential(id) => {
                    (words::id(self.project, id), RequirementKind::Credential(id))
                }
            };
            let words = format!("{name} ({})", link.verb.word());
            if !through.contains(&words) {
                through.push(words);
                asks.push(Requirement {
                    place: link.place,
                    kind,
                });
            }
        }
        by.sort_unstable();
        by.dedup();
        let (covered, why) = match best {
            Worth::Exact => (Covered::Fully, None),
            Worth::Narrower => (Covered::Partly, Some("what is assessed is a part of it")),
            Worth::Broader => (
                Covered::Partly,
                Some("what is assessed is broader, and may leave it out"),
            ),
            Worth::Close => (
                Covered::Partly,
                Some("what is assessed is close to it, not the same"),
            ),
            Worth::OutOfReach => (
                Covered::Partly,
                Some("no one can earn the credential that assesses it"),
            ),
            Worth::Taught => (Covered::Partly, Some("taught, and not assessed")),
            Worth::Untouched => (Covered::Missing, Some("mapped, and in no credential")),
        };
        let place = asks.first().map(|first| first.place);
        Cover {
            covered,
            by,
            through,
            why: why.map(str::to_owned),
            asks: place
                .filter(|_| best <= Worth::Close)
                .map(|place| Requirement {
                    place,
                    kind: RequirementKind::Any { least: 1, of: asks },
                }),
        }
    }
}

/// The gap between what somebody holds and what a role from elsewhere needs.
#[derive(Debug, Clone)]
pub struct Gap {
    pub role: ImportedRole,
    /// For each need.
    pub covers: Vec<Cover>,
    /// What closes the essential part of it, as far as the credentials of the project can.
    pub asks: Vec<Requirement>,
}

/// What somebody who holds `given` can do about a role.
#[must_use]
pub fn gap(project: &Project, graph: &Graph, role: ImportedRole, given: &[CredentialId]) -> Gap {
    let covers = covers(project, graph, &role.needs, given);
    let asks = role
        .needs
        .iter()
        .zip(&covers)
        .filter(|(need, _)| need.weight == Weight::Essential)
        .filter_map(|(_, cover)| cover.asks.clone())
        .collect();
    Gap { role, covers, asks }
}

impl Gap {
    /// The essential needs, each with what covers it.
    pub fn essential(&self) -> impl Iterator<Item = (&ImportedNeed, &Cover)> {
        let needs = self.role.needs.iter().zip(&self.covers);
        needs.filter(|(need, _)| need.weight == Weight::Essential)
    }
}
