//! The graph of all mappings of a project, and the contradictions in it with what a rule needs to tell them.
//!
//! Goes in: the project. Comes out: [`Finding`]s, each with the way as text (`a → b → c`) and the places of the mappings on it.
//! What one mapping or two beside each other say is other rules' business; here are contradictions that only a chain shows.
//! Derived rows are no part of the graph: they add nothing to what they were concluded from.

use rustc_hash::FxHashMap;

use super::mappings::{Pair, framework_of, pairs};
use crate::mapping::consistency::{
    Assertion, Contradiction, MappingGraph, NoMatch, Way, contradictions,
};
use crate::model::{CrosswalkTarget, ItemId, MappingTarget, Project, RowKind};
use crate::resolve::predicate;
use crate::source::Place;

/// One contradiction.
#[derive(Debug)]
pub struct Finding {
    pub kind: Kind,
    /// The way as people read it.
    pub way: String,
    /// The first and the last thing on the way.
    pub ends: [String; 2],
    /// The mappings on the way, in its order.
    pub places: Vec<Place>,
    /// The statement that the way contradicts, where there is one beside it.
    pub against: Option<Place>,
}

/// What it is that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    SameFramework,
    Circle,
    ExactAndBroader,
    NoMatch,
}

/// The graph with what its numbers stand for.
struct Built<'a> {
    graph: MappingGraph,
    things: Vec<MappingTarget>,
    pairs: Vec<Pair<'a>>,
    no_match_places: Vec<Place>,
}

/// All contradictions of a project that only chains show.
pub fn all(project: &Project) -> Vec<Finding> {
    // Most projects map to one framework from one; there are no chains in that.
    if project.crosswalks.len() + project.frameworks.len() < 3 {
        return Vec::new();
    }
    let built = build(project);
    contradictions(&built.graph)
        .into_iter()
        .filter_map(|found| built.finding(project, found))
        .collect()
}

fn build(project: &Project) -> Built<'_> {
    let mut ids: FxHashMap<MappingTarget, u32> = FxHashMap::default();
    let mut things: Vec<MappingTarget> = Vec::new();
    let mut id = |target: MappingTarget, things: &mut Vec<MappingTarget>| {
        *ids.entry(target).or_insert_with(|| {
            things.push(target);
            u32::try_from(things.len() - 1).unwrap_or(u32::MAX)
        })
    };
    let pairs: Vec<Pair<'_>> = pairs(project).collect();
    let mut graph = MappingGraph::default();
    for pair in &pairs {
        let from = id(MappingTarget::Own(pair.item), &mut things);
        let to = id(pair.mapping.target, &mut things);
        graph.assertions.push(Assertion {
            from,
            predicate: predicate(pair.mapping.verb),
            to,
            negated: false,
        });
    }
    let mut frameworks: FxHashMap<CrosswalkTarget, u32> = FxHashMap::default();
    let mut framework_id = |framework: CrosswalkTarget| {
        let next = u32::try_from(frameworks.len()).unwrap_or(u32::MAX);
        *frameworks.entry(framework).or_insert(next)
    };
    let mut no_match_places = Vec::new();
    for crosswalk in project.crosswalks.as_slice() {
        for row in &crosswalk.rows {
            if let RowKind::NoMatch { .. } = row.kind {
                graph.no_matches.push(NoMatch {
                    from: id(MappingTarget::Own(row.item), &mut things),
                    framework: framework_id(crosswalk.to),
                });
                no_match_places.push(row.place);
            }
        }
    }
    graph.frameworks = things
        .iter()
        .map(|&thing| framework_of(project, thing).map(&mut framework_id))
        .collect();
    graph.parts = parts(project, &things);
    Built {
        graph,
        things,
        pairs,
        no_match_places,
    }
}

/// For each thing the nearest one above it in its framework that is in the graph as well.
fn parts(project: &Project, things: &[MappingTarget]) -> Vec<(u32, u32)> {
    let own: FxHashMap<ItemId, u32> = (0..)
        .zip(things)
        .filter_map(|(number, thing)| match thing {
            MappingTarget::Own(item) => Some((*item, number)),
            MappingTarget::External(_) => None,
        })
        .collect();
    let positions: FxHashMap<_, u32> = (0..)
        .zip(things)
        .filter_map(|(number, thing)| match thing {
            MappingTarget::External(item) => {
                let item = &project.external_items[*item];
                Some(((item.framework?, item.index?), number))
            }
            MappingTarget::Own(_) => None,
        })
        .collect();
    let above = |thing: MappingTarget| match thing {
        MappingTarget::Own(item) => {
            let mut next = project.items[item].parent;
            while let Some(parent) = next {
                if let Some(&number) = own.get(&parent) {
                    return Some(number);
                }
                next = project.items[parent].parent;
            }
            None
        }
        MappingTarget::External(item) => {
            let item = &project.external_items[item];
            let framework = item.framework?;
            let pack = project.external_frameworks[framework].pack.as_deref()?;
            pack.ancestors(item.index?)
                .find_map(|above| positions.get(&(framework, above)).copied())
        }
    };
    (0..)
        .zip(things)
        .filter_map(|(number, &thing)| Some((number, above(thing)?)))
        .collect()
}

impl Built<'_> {
    fn finding(&self, project: &Project, found: Contradiction) -> Option<Finding> {
        let place_of = |assertion: usize| self.pairs.get(assertion).map(|pair| pair.mapping.place);
        let (kind, way, against) = match found {
            Contradiction::SameFramework { way } if !self.told_by_a_pair(&way) => {
                (Kind::SameFramework, way, None)
            }
            // Two mappings of one pair that run against each other are told beside each other.
            Contradiction::Circle { way } if way.steps.len() > 2 => (Kind::Circle, way, None),
            Contradiction::ExactAndBroader { way, assertion } if way.steps.len() > 1 => {
                (Kind::ExactAndBroader, way, place_of(assertion))
            }
            Contradiction::NoMatch { way, statement } if way.steps.len() > 1 => {
                let place = self.no_match_places.get(statement).copied();
                (Kind::NoMatch, way, place)
            }
            Contradiction::SameFramework { .. }
            | Contradiction::Circle { .. }
            | Contradiction::ExactAndBroader { .. }
            | Contradiction::Denied { .. }
            | Contradiction::NoMatch { .. } => return None,
        };
        let names: Vec<String> = way
            .things()
            .map(|thing| self.name(project, thing))
            .collect();
        Some(Finding {
            kind,
            ends: [
                names.first().cloned().unwrap_or_default(),
                names.last().cloned().unwrap_or_default(),
            ],
            way: names.join(" → "),
            places: way.mappings().filter_map(place_of).collect(),
            against,
        })
    }

    /// Whether both mappings of a way are of one item, or lead to one: then the rule about pairs tells it.
    fn told_by_a_pair(&self, way: &Way) -> bool {
        let pairs: Vec<&Pair<'_>> = way
            .mappings()
            .filter_map(|position| self.pairs.get(position))
            .collect();
        match pairs[..] {
            [one, other] => one.item == other.item || one.mapping.target == other.mapping.target,
            _ => false,
        }
    }

    /// A thing as the text writes it.
    fn name(&self, project: &Project, thing: u32) -> String {
        match self.things.get(thing as usize) {
            Some(&MappingTarget::Own(item)) => {
                project.name(project.items[item].full_path).to_owned()
            }
            Some(&MappingTarget::External(id)) => {
                let item = &project.external_items[id];
                match item.framework {
                    Some(framework) => {
                        let framework = &project.external_frameworks[framework];
                        format!("{}:{}", project.name(framework.alias), item.code)
                    }
                    None => item.code.clone(),
                }
            }
            None => String::new(),
        }
    }
}
