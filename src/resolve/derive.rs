//! What crosswalks `through` a third framework give: rows concluded from the mappings to it and from it.
//!
//! Goes in: a project whose crosswalks are lowered, and the published tables that it keeps. Comes out: [`DerivedRow`]s beside their
//! rows. Premises are mappings that somebody wrote, in crosswalks and with items, in either direction, and between two
//! frameworks from elsewhere those of published tables; derived rows are no premises of further ones. A derived row never stands
//! where somebody has mapped the same pair in whichever direction, has refused it, or has said that one of the two has no match.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::import::pack::{Pack, PackItemIndex};

use crate::mapping::chain::{self, CloseChains};
use crate::mapping::compose::{Edge, LARGEST, join};
use crate::mapping::table::{Predicate, State, Table};
use crate::model::address::item_address;
use crate::model::mapping_sets::{EntryKind, MappingSet, mapping_sets, target_framework};
use crate::model::{
    Amount, Arena, Crosswalk, CrosswalkId, CrosswalkTarget, DerivedPath, DerivedRow, DerivedStep,
    ExternalFrameworkId, ExternalItem, ExternalItemId, Id, ItemId, Mapping, MappingTarget,
    MappingVerb, Project, RowKind, Standing,
};
use crate::source::Place;

/// Fills [`Crosswalk::derived`] of all crosswalks. Items elsewhere that only a table leads to join those of the project.
pub(super) fn derive(project: &mut Project, tables: &[Arc<Table>]) {
    let asks = |crosswalk: &Crosswalk| !crosswalk.through.is_empty();
    if !project.crosswalks.as_slice().iter().any(asks) {
        return;
    }
    let sets = mapping_sets(project);
    let mut elsewhere = Elsewhere::of(project, tables);
    let derived: Vec<(CrosswalkId, Vec<DerivedRow>)> = project
        .crosswalks
        .iter()
        .filter(|(_, crosswalk)| asks(crosswalk))
        .map(|(id, crosswalk)| (id, rows(project, &sets, crosswalk, &mut elsewhere)))
        .collect();
    drop(sets);
    let Elsewhere { new, .. } = elsewhere;
    for item in new {
        project.external_items.push(item);
    }
    let mut crosswalks: Vec<Crosswalk> = project.crosswalks.as_slice().to_vec();
    for (id, rows) in derived {
        if let Some(crosswalk) = crosswalks.get_mut(id.0 as usize) {
            crosswalk.derived = rows;
        }
    }
    project.crosswalks = Arena::from(crosswalks);
}

/// One mapping as it is walked.
struct Walked {
    from: MappingTarget,
    predicate: Predicate,
    confidence: Option<f64>,
    step: DerivedStep,
}

/// The predicate of a verb.
#[must_use]
pub const fn predicate(verb: MappingVerb) -> Predicate {
    match verb {
        MappingVerb::IsExactly => Predicate::Exact,
        MappingVerb::IsCloseTo => Predicate::Close,
        MappingVerb::IsWithin => Predicate::Broad,
        MappingVerb::Covers => Predicate::Narrow,
        MappingVerb::RelatesTo => Predicate::Related,
    }
}

/// The verb of a predicate; the language has no word for the rest.
const fn verb(predicate: &Predicate) -> Option<MappingVerb> {
    match predicate {
        Predicate::Exact => Some(MappingVerb::IsExactly),
        Predicate::Close => Some(MappingVerb::IsCloseTo),
        Predicate::Broad => Some(MappingVerb::IsWithin),
        Predicate::Narrow => Some(MappingVerb::Covers),
        Predicate::Related => Some(MappingVerb::RelatesTo),
        Predicate::SameAs
        | Predicate::EquivalentClass
        | Predicate::EquivalentProperty
        | Predicate::SubClassOf
        | Predicate::SubPropertyOf
        | Predicate::Other(_) => None,
    }
}

/// Every written mapping between two frameworks, read from the first to the second.
fn walked(
    project: &Project,
    sets: &[MappingSet<'_>],
    from: CrosswalkTarget,
    to: CrosswalkTarget,
) -> Vec<Walked> {
    let mut found = Vec::new();
    for set in sets {
        let here = CrosswalkTarget::Own(set.from);
        for entry in &set.entries {
            let EntryKind::Match(mapping) = entry.kind else {
                continue;
            };
            let Some(there) = target_framework(project, mapping.target) else {
                continue;
            };
            let confidence = mapping.confidence.map(Amount::as_f64);
            let mut walk =
                |from: MappingTarget, verb: MappingVerb, to: MappingTarget, inverse: bool| {
                    found.push(Walked {
                        from,
                        predicate: predicate(verb),
                        confidence,
                        step: DerivedStep {
                            verb,
                            inverse,
                            to,
                            place: mapping.place,
                        },
                    });
                };
            let own = MappingTarget::Own(entry.item);
            if here == from && there == to {
                walk(own, mapping.verb, mapping.target, false);
            }
            if here == to && there == from {
                let turned = chain::inverse_of(&predicate(mapping.verb));
                if let Some(turned) = turned.as_ref().and_then(verb) {
                    walk(mapping.target, turned, own, true);
                }
            }
        }
    }
    found
}

fn rows(
    project: &Project,
    sets: &[MappingSet<'_>],
    crosswalk: &Crosswalk,
    elsewhere: &mut Elsewhere<'_>,
) -> Vec<DerivedRow> {
    let (first, second, places) = premises(project, sets, crosswalk, elsewhere);
    let mut ids: FxHashMap<MappingTarget, u32> = FxHashMap::default();
    let mut id = |target: MappingTarget| {
        let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        *ids.entry(target).or_insert(next)
    };
    let mut edges = |walks: &[Walked]| -> Vec<(u32, u32)> {
        walks
            .iter()
            .map(|walk| (id(walk.from), id(walk.step.to)))
            .collect()
    };
    let (first_ends, second_ends) = (edges(&first), edges(&second));
    let joined = join(
        &as_edges(&first, &first_ends),
        &as_edges(&second, &second_ends),
        CloseChains::Never,
        LARGEST,
    );
    let written = Written::of(project, sets, crosswalk, elsewhere.tables);
    let mut rows = Vec::new();
    for pair in joined.pairs {
        let mut paths = Vec::with_capacity(pair.conclusions.len());
        let mut made = None;
        for conclusion in &pair.conclusions {
            let (Some(one), Some(other)) = (
                first.get(conclusion.left as usize),
                second.get(conclusion.right as usize),
            ) else {
                continue;
            };
            paths.push(DerivedPath {
                steps: vec![one.step, other.step],
            });
            if made.is_none() {
                made = Some((one, other, conclusion));
            }
        }
        let Some((one, other, conclusion)) = made else {
            continue;
        };
        let (MappingTarget::Own(item), Some(verb)) = (one.from, verb(&conclusion.predicate)) else {
            continue;
        };
        let place = places.get(conclusion.left as usize).copied();
        let is_written = written.outranks(project, item, elsewhere.address(other.step.to));
        let is_written = is_written || written.pairs.contains(&(item, other.step.to));
        let Some(place) = place.filter(|_| !is_written) else {
            continue;
        };
        let path = paths.remove(0);
        rows.push(DerivedRow {
            item,
            mapping: Mapping {
                verb,
                verb_place: place,
                target: other.step.to,
                place,
                label: None,
                confidence: conclusion.confidence.map(amount),
                by: None,
                because: None,
            },
            path,
            others: paths,
        });
    }
    rows.sort_by_key(|row| (row.item, row.mapping.target));
    rows
}

/// What leads to the frameworks in the middle, what leads on from them, and for each of the former where its middle is named.
fn premises(
    project: &Project,
    sets: &[MappingSet<'_>],
    crosswalk: &Crosswalk,
    elsewhere: &mut Elsewhere<'_>,
) -> (Vec<Walked>, Vec<Walked>, Vec<Place>) {
    let (mut first, mut second, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for through in &crosswalk.through {
        let start = CrosswalkTarget::Own(crosswalk.from);
        let here = walked(project, sets, start, through.framework);
        second.extend(walked(project, sets, through.framework, crosswalk.to));
        if let (CrosswalkTarget::External(middle), CrosswalkTarget::External(to)) =
            (through.framework, crosswalk.to)
        {
            second.extend(elsewhere.walked(&here, (middle, to), through.place));
        }
        first.extend(here);
        places.resize(first.len(), through.place);
    }
    (first, second, places)
}

/// What published tables say, and the items that the project has not spoken of so far.
struct Elsewhere<'a> {
    project: &'a Project,
    tables: &'a [Arc<Table>],
    known: FxHashMap<(ExternalFrameworkId, PackItemIndex), ExternalItemId>,
    new: Vec<ExternalItem>,
}

impl<'a> Elsewhere<'a> {
    fn of(project: &'a Project, tables: &'a [Arc<Table>]) -> Self {
        let items = project.external_items.iter();
        Self {
            project,
            tables,
            known: items
                .filter_map(|(id, item)| Some(((item.framework?, item.index?), id)))
                .collect(),
            new: Vec::new(),
        }
    }

    /// The mappings of all tables from the things that are reached so far to another framework.
    fn walked(
        &mut self,
        reached: &[Walked],
        (middle, to): (ExternalFrameworkId, ExternalFrameworkId),
        place: Place,
    ) -> Vec<Walked> {
        let pack = |id: ExternalFrameworkId| self.project.external_frameworks[id].pack.as_deref();
        let (Some(middle_pack), Some(to_pack)) = (pack(middle), pack(to)) else {
            return Vec::new();
        };
        // Items without a place in their pack cannot be found by their address.
        let mut starts: FxHashMap<&str, MappingTarget> = FxHashMap::default();
        for walk in reached {
            if let MappingTarget::External(item) = walk.step.to
                && let Some(index) = self.project.external_items[item].index
            {
                starts.insert(middle_pack.iri(index), walk.step.to);
            }
        }
        let mut found = Vec::new();
        for table in self.tables {
            for row in table
                .rows
                .iter()
                .filter(|row| chain::is_premise(table, row))
            {
                let (subject, object) = (
                    table.term(row.subject).text(),
                    table.term(row.object).text(),
                );
                let forward = starts.get(subject).map(|&start| (start, object, false));
                let back = || starts.get(object).map(|&start| (start, subject, true));
                let Some((from, end, inverse)) = forward.or_else(back) else {
                    continue;
                };
                let predicate = if inverse {
                    chain::inverse_of(&row.predicate)
                } else {
                    Some(row.predicate.clone())
                };
                let Some((predicate, index)) = predicate.zip(to_pack.find_iri(end)) else {
                    continue;
                };
                let Some(verb) = verb(&predicate) else {
                    continue;
                };
                let end = MappingTarget::External(self.item(to, to_pack, index));
                found.push(Walked {
                    from,
                    predicate,
                    confidence: row.confidence,
                    step: DerivedStep {
                        verb,
                        inverse,
                        to: end,
                        place,
                    },
                });
            }
        }
        found
    }

    /// Something elsewhere with its address; what is of the project is found by its id.
    fn address(&self, target: MappingTarget) -> (MappingTarget, &str) {
        let MappingTarget::External(id) = target else {
            return (target, "");
        };
        let known = self.project.external_items.len();
        let at = id.0 as usize;
        let item = if at < known {
            Some(&self.project.external_items[id])
        } else {
            self.new.get(at - known)
        };
        let iri = item.and_then(|item| item.iri.as_deref());
        (target, iri.unwrap_or(""))
    }

    /// The item at a position of a pack.
    fn item(
        &mut self,
        framework: ExternalFrameworkId,
        pack: &Pack,
        index: PackItemIndex,
    ) -> ExternalItemId {
        let next = self.project.external_items.len() + self.new.len();
        let new = &mut self.new;
        *self.known.entry((framework, index)).or_insert_with(|| {
            let item = pack.item(index);
            new.push(ExternalItem {
                framework: Some(framework),
                code: item.code.clone(),
                index: Some(index),
                iri: Some(pack.iri(index).to_owned()),
                label: None,
            });
            ExternalItemId::from_index(next)
        })
    }
}

fn as_edges<'a>(walks: &'a [Walked], ends: &[(u32, u32)]) -> Vec<Edge<'a>> {
    walks
        .iter()
        .zip(ends)
        .map(|(walk, &(subject, object))| Edge {
            subject,
            predicate: &walk.predicate,
            object,
            confidence: walk.confidence,
        })
        .collect()
}

fn amount(number: f64) -> Amount {
    // Between 0 and 1, so nothing is lost.
    Amount((number * 1000.0).round() as i64)
}

/// What somebody has written of the items of a crosswalk, in whichever direction.
struct Written<'t> {
    /// Mapped, or refused.
    pairs: FxHashSet<(ItemId, MappingTarget)>,
    /// Said to have no match on the other side.
    without: FxHashSet<MappingTarget>,
    /// Pairs of addresses that a person has judged in a published table.
    addresses: FxHashSet<(&'t str, &'t str)>,
}

impl<'t> Written<'t> {
    fn of(
        project: &Project,
        sets: &[MappingSet<'_>],
        crosswalk: &Crosswalk,
        tables: &'t [Arc<Table>],
    ) -> Self {
        let mut written = Self {
            pairs: FxHashSet::default(),
            without: FxHashSet::default(),
            addresses: FxHashSet::default(),
        };
        let (from, to) = (CrosswalkTarget::Own(crosswalk.from), crosswalk.to);
        for walk in walked(project, sets, from, to) {
            if let MappingTarget::Own(item) = walk.from {
                written.pairs.insert((item, walk.step.to));
            }
        }
        for other in project.crosswalks.as_slice() {
            let here = CrosswalkTarget::Own(other.from);
            if (here, other.to) != (from, to) && (here, other.to) != (to, from) {
                continue;
            }
            for row in &other.rows {
                if matches!(row.kind, RowKind::NoMatch { .. }) {
                    written.without.insert(MappingTarget::Own(row.item));
                }
            }
            for row in &other.pending {
                match (row.standing, row.mapping.target) {
                    (Standing::Proposed, _) => {}
                    (Standing::Refused, target) if here == from => {
                        written.pairs.insert((row.item, target));
                    }
                    (Standing::Refused, MappingTarget::Own(item)) => {
                        let pair = (item, MappingTarget::Own(row.item));
                        written.pairs.insert(pair);
                    }
                    (Standing::Refused, MappingTarget::External(_)) => {}
                }
            }
        }
        for table in tables {
            let judged = table.rows.iter().filter(|row| {
                !row.is_derived()
                    && match row.state {
                        State::Settled | State::Refused => true,
                        State::Proposed => false,
                    }
            });
            for row in judged {
                let ends = (
                    table.term(row.subject).text(),
                    table.term(row.object).text(),
                );
                written.addresses.insert(ends);
            }
        }
        written
    }

    /// Whether somebody has said something of an item, or of the pair by the address of the other end.
    fn outranks(&self, project: &Project, item: ItemId, target: (MappingTarget, &str)) -> bool {
        let (target, address) = target;
        if self.without.contains(&MappingTarget::Own(item)) || self.without.contains(&target) {
            return true;
        }
        if self.addresses.is_empty() || address.is_empty() {
            return false;
        }
        let own = item_address(project, item);
        self.addresses.contains(&(own.as_str(), address))
            || self.addresses.contains(&(address, own.as_str()))
    }
}
