//! From the requirements of two projects to formulas over shared atoms.
//!
//! The meaning is that of the language: a set asks for all its members minus what it excepts, a skill is shown by a held
//! credential that assesses exactly it at the level or above, by another proof of it at such a level, a judgement is an atom
//! of its own, and a reference to nothing is never met.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::formula::{Atom, FormulaId, Formulas, NEVER, SumEntry, SumShape};
use crate::diff::matching::Pairs;
use crate::diff::{Side, Which};
use crate::graph::requirements;
use crate::graph::sums::SumPlan;
use crate::model::{
    CredentialId, ItemId, LevelId, LevelRef, Project, Requirement, RequirementKind, ScaleId, SetId,
    SetMember, Sum,
};

/// How deep sets in sets and blocks in blocks are followed.
const DEEPEST: u32 = 500;

/// A level as both projects know it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum LevelKey {
    /// Of a scale of the projects, by its shared number.
    Own(u32),
    /// `eqf:5`.
    External(String),
}

/// What one project knows of a level.
#[derive(Debug, Clone, Copy)]
struct Height {
    /// The ladder as a number that both projects share, and how high on it.
    rung: Option<(u32, u32)>,
    eqf: Option<u32>,
}

impl Height {
    /// As [`Project::level_suffices`], which cannot compare levels of two projects.
    fn suffices(self, asked: Self) -> bool {
        match (self.rung, asked.rung) {
            (Some((one, high)), Some((other, low))) if one == other => high >= low,
            _ => matches!((self.eqf, asked.eqf), (Some(high), Some(low)) if high >= low),
        }
    }
}

/// A set of one side, and the credentials left out by the sets around it.
type SetKey = (Which, SetId, Rc<[CredentialId]>);

/// What is shared by all decisions of a comparison.
pub struct Compiler<'a> {
    sides: [&'a Side<'a>; 2],
    pub formulas: Formulas,
    credentials: &'a Pairs<CredentialId>,
    items: &'a Pairs<ItemId>,
    scales: &'a Pairs<ScaleId>,
    level_pairs: &'a Pairs<LevelId>,
    level_numbers: FxHashMap<LevelKey, u32>,
    /// By level number, what each side knows.
    heights: Vec<[Option<Height>; 2]>,
    level_names: Vec<(Which, LevelRef)>,
    ladders: FxHashMap<String, u32>,
    /// The levels that any requirement could tell apart, by item; filled on first use.
    universe: Option<FxHashMap<u32, Vec<u32>>>,
    /// Sets, each for what the sets around it leave out; `None` while it is being looked at.
    sets: FxHashMap<SetKey, Option<FormulaId>>,
    skills: FxHashMap<(Which, ItemId, Option<LevelRef>), FormulaId>,
    depth: u32,
    too_deep: bool,
}

impl<'a> Compiler<'a> {
    #[must_use]
    pub fn new(
        sides: [&'a Side<'a>; 2],
        credentials: &'a Pairs<CredentialId>,
        items: &'a Pairs<ItemId>,
        (scales, level_pairs): (&'a Pairs<ScaleId>, &'a Pairs<LevelId>),
    ) -> Self {
        Self {
            sides,
            formulas: Formulas::default(),
            credentials,
            items,
            scales,
            level_pairs,
            level_numbers: FxHashMap::default(),
            heights: Vec::new(),
            level_names: Vec::new(),
            ladders: FxHashMap::default(),
            universe: None,
            sets: FxHashMap::default(),
            skills: FxHashMap::default(),
            depth: 0,
            too_deep: false,
        }
    }

    /// All of these requirements of one side. `None` where they nest too deep to be followed.
    pub fn all<'r>(
        &mut self,
        which: Which,
        requirements: impl IntoIterator<Item = &'r Requirement>,
    ) -> Option<FormulaId> {
        self.too_deep = false;
        let nothing: Rc<[CredentialId]> = Rc::new([]);
        let parts = requirements
            .into_iter()
            .map(|requirement| self.requirement(which, requirement, &nothing))
            .collect();
        let formula = self.formulas.all(parts);
        (!self.too_deep).then_some(formula)
    }

    /// The atom of a held credential.
    pub fn held(&mut self, which: Which, credential: CredentialId) -> FormulaId {
        let number = self.credential_number(which, credential);
        self.formulas.atom(Atom::Credential(number))
    }

    /// The credentials of a set.
    #[must_use]
    pub fn members(&self, which: Which, set: SetId) -> Vec<CredentialId> {
        let side = self.sides[which.index()];
        side.graph.sets().members(side.project, set)
    }

    /// The level of a number in a skill atom.
    #[must_use]
    pub fn level(&self, number: u32) -> Option<(Which, LevelRef)> {
        self.level_names.get(number as usize).copied()
    }

    fn project(&self, which: Which) -> &'a Project {
        self.sides[which.index()].project
    }

    fn credential_number(&self, which: Which, id: CredentialId) -> u32 {
        match which {
            Which::Old => self.credentials.number_of_old(id),
            Which::New => self.credentials.number_of_new(id),
        }
    }

    fn item_number(&self, which: Which, id: ItemId) -> u32 {
        match which {
            Which::Old => self.items.number_of_old(id),
            Which::New => self.items.number_of_new(id),
        }
    }

    fn requirement(
        &mut self,
        which: Which,
        requirement: &Requirement,
        excluded: &Rc<[CredentialId]>,
    ) -> FormulaId {
        if self.depth >= DEEPEST {
            self.too_deep = true;
            return NEVER;
        }
        self.depth += 1;
        let formula = match &requirement.kind {
            // Left out by a set around it: it asks nothing here.
            RequirementKind::Credential(id) if excluded.binary_search(id).is_ok() => {
                super::formula::ALWAYS
            }
            RequirementKind::Credential(id) => self.held(which, *id),
            RequirementKind::Set(set) => self.set(which, *set, excluded),
            RequirementKind::Skill { item, level } => self.skill(which, *item, *level),
            RequirementKind::All(of) => self.block(which, of, excluded),
            RequirementKind::Any { least, of } => {
                let parts = of
                    .iter()
                    .filter(|part| !is_excluded(part, excluded))
                    .map(|part| self.requirement(which, part, excluded))
                    .collect();
                self.formulas.at_least(*least, parts)
            }
            RequirementKind::Sum(sum) => {
                let shape = self.sum(which, sum, excluded);
                self.formulas.sums(vec![shape])
            }
            RequirementKind::Judgement(prose) => {
                let text = self.project(which).prose(prose);
                let words: Vec<&str> = text.split_whitespace().collect();
                self.formulas.atom(Atom::Judgement(words.join(" ")))
            }
            RequirementKind::Unresolved => NEVER,
        };
        self.depth -= 1;
        formula
    }

    /// All of a block, where sums that are counted once are met together.
    fn block(
        &mut self,
        which: Which,
        of: &[Requirement],
        excluded: &Rc<[CredentialId]>,
    ) -> FormulaId {
        let mut parts = Vec::with_capacity(of.len());
        let mut once = Vec::new();
        for part in of {
            match &part.kind {
                RequirementKind::Sum(sum) if sum.counted_once => {
                    once.push(self.sum(which, sum, excluded));
                }
                RequirementKind::Credential(_)
                | RequirementKind::Set(_)
                | RequirementKind::Skill { .. }
                | RequirementKind::All(_)
                | RequirementKind::Any { .. }
                | RequirementKind::Sum(_)
                | RequirementKind::Judgement(_)
                | RequirementKind::Unresolved => {
                    parts.push(self.requirement(which, part, excluded));
                }
            }
        }
        parts.push(self.formulas.sums(once));
        self.formulas.all(parts)
    }

    fn set(&mut self, which: Which, set: SetId, excluded: &Rc<[CredentialId]>) -> FormulaId {
        let project = self.project(which);
        let declared = &project.sets[set];
        let sets = self.sides[which.index()].graph.sets();
        let excluded = if declared.except.is_empty() {
            Rc::clone(excluded)
        } else {
            let mut out = sets.excepted(project, set);
            out.extend_from_slice(excluded);
            out.sort_unstable();
            out.dedup();
            out.into()
        };
        let key = (which, set, Rc::clone(&excluded));
        match self.sets.get(&key) {
            Some(Some(known)) => return *known,
            // A set inside itself: what only rests on itself is not met.
            Some(None) => return NEVER,
            None => {}
        }
        self.sets.insert(key.clone(), None);
        let leaves_out = |part: &Requirement| {
            is_excluded(part, &excluded)
                || matches!(&part.kind, RequirementKind::Set(inner)
                    if declared.except.iter().any(|(member, _)| *member == SetMember::Set(*inner)))
        };
        let parts = declared
            .members
            .iter()
            .filter(|part| !leaves_out(part))
            .map(|part| self.requirement(which, part, &excluded))
            .collect();
        let formula = self.formulas.all(parts);
        if sets.is_circular(set) {
            // What was found depends on where the circle was entered.
            self.sets.remove(&key);
        } else {
            self.sets.insert(key, Some(formula));
        }
        formula
    }

    fn sum(&mut self, which: Which, sum: &Sum, excluded: &[CredentialId]) -> SumShape {
        let project = self.project(which);
        let sets = self.sides[which.index()].graph.sets();
        let plan = SumPlan::new(project, sets, sum, excluded);
        let entries = plan
            .entries
            .iter()
            .map(|entry| {
                let number = self.credential_number(which, entry.credential);
                SumEntry {
                    atom: self.formulas.atom_id(Atom::Credential(number)),
                    value: entry.value.0,
                    places: entry.places().collect(),
                }
            })
            .collect();
        SumShape {
            least: plan.least.0,
            groups: plan
                .groups()
                .map(|(around, most)| (around, most.map(|most| most.0)))
                .collect(),
            entries,
        }
    }

    fn skill(&mut self, which: Which, item: ItemId, level: Option<LevelRef>) -> FormulaId {
        if let Some(&known) = self.skills.get(&(which, item, level)) {
            return known;
        }
        let side = self.sides[which.index()];
        let mut parts = Vec::new();
        for assessor in side.graph.assessors(item) {
            if side.project.level_suffices(assessor.level, level) == Some(true) {
                parts.push(self.held(which, assessor.credential));
            }
        }
        let number = self.item_number(which, item);
        if level.is_none() {
            parts.push(self.formulas.atom(Atom::Skill {
                item: number,
                level: None,
            }));
        }
        let asked = level.and_then(|level| self.height_of(which, level));
        for shown in self.levels_of(number) {
            let enough = match (level, asked) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(_), Some(asked)) => self
                    .height(which, shown)
                    .is_some_and(|height| height.suffices(asked)),
            };
            if enough {
                parts.push(self.formulas.atom(Atom::Skill {
                    item: number,
                    level: Some(shown),
                }));
            }
        }
        let formula = self.formulas.at_least(1, parts);
        self.skills.insert((which, item, level), formula);
        formula
    }

    fn is_shared(&self, which: Which, level: LevelId) -> bool {
        match which {
            Which::Old => self.level_pairs.new_one(level).is_some(),
            Which::New => self.level_pairs.old(level).is_some(),
        }
    }

    /// What a side knows of a level. Levels of public frameworks stand as high whoever names them.
    fn height(&self, which: Which, level: u32) -> Option<Height> {
        let known = self.heights.get(level as usize)?;
        let own = known.get(which.index()).copied().flatten();
        match self.level_names.get(level as usize) {
            Some((_, LevelRef::External(_))) => {
                own.or_else(|| known.iter().copied().flatten().next())
            }
            Some((_, LevelRef::Own(_))) | None => own,
        }
    }

    fn height_of(&mut self, which: Which, level: LevelRef) -> Option<Height> {
        let number = self.level_number(which, level);
        self.height(which, number)
    }

    /// The number of a level; what the side knows of it is kept.
    fn level_number(&mut self, which: Which, level: LevelRef) -> u32 {
        let project = self.project(which);
        let key = match level {
            LevelRef::Own(id) => LevelKey::Own(match which {
                Which::Old => self.level_pairs.number_of_old(id),
                Which::New => self.level_pairs.number_of_new(id),
            }),
            LevelRef::External(item) => {
                let framework = project
                    .external_framework(item)
                    .map_or("", |framework| project.name(framework.id));
                LevelKey::External(format!("{framework}:{}", project.external_items[item].code))
            }
        };
        let fresh = self.level_names.len() as u32;
        let number = *self.level_numbers.entry(key.clone()).or_insert(fresh);
        if number == fresh {
            self.level_names.push((which, level));
            self.heights.push([None, None]);
        }
        let rung = match (level, project.rank(level)) {
            (LevelRef::Own(id), Some((_, rank))) => {
                let scale = project.levels[id].scale;
                let scale = match which {
                    Which::Old => self.scales.number_of_old(scale),
                    Which::New => self.scales.number_of_new(scale),
                };
                Some((self.ladder(format!("scale {scale}")), rank))
            }
            (LevelRef::External(item), Some((_, rank))) => {
                let framework = project
                    .external_framework(item)
                    .map_or("", |framework| project.name(framework.id));
                Some((self.ladder(format!("framework {framework}")), rank))
            }
            (LevelRef::Own(_) | LevelRef::External(_), None) => None,
        };
        let height = Height {
            rung,
            eqf: project.eqf(level),
        };
        if let Some(slot) = self
            .heights
            .get_mut(number as usize)
            .and_then(|sides| sides.get_mut(which.index()))
        {
            *slot = Some(height);
        }
        number
    }

    fn ladder(&mut self, name: String) -> u32 {
        let fresh = self.ladders.len() as u32;
        *self.ladders.entry(name).or_insert(fresh)
    }

    /// The levels at which an item may be shown that any requirement of either project could tell apart.
    fn levels_of(&mut self, item: u32) -> Vec<u32> {
        if self.universe.is_none() {
            let universe = self.find_universe();
            self.universe = Some(universe);
        }
        self.universe
            .as_ref()
            .and_then(|universe| universe.get(&item).cloned())
            .unwrap_or_default()
    }

    fn find_universe(&mut self) -> FxHashMap<u32, Vec<u32>> {
        let mut universe: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for which in [Which::Old, Which::New] {
            let project = self.project(which);
            let mut asked: Vec<(ItemId, LevelRef)> = requirements::holders(project)
                .flat_map(|holder| requirements::walk(holder.requirement))
                .filter_map(|part| match part.kind {
                    RequirementKind::Skill {
                        item,
                        level: Some(level),
                    } => Some((item, level)),
                    _ => None,
                })
                .collect();
            asked.sort_unstable();
            asked.dedup();
            for (item, level) in asked {
                let number = self.item_number(which, item);
                let levels: Vec<LevelRef> = match level {
                    // The order of a scale may change: all levels that both projects know are told apart.
                    LevelRef::Own(id) => project.scales[project.levels[id].scale]
                        .levels
                        .iter()
                        .filter(|&&level| level == id || self.is_shared(which, level))
                        .map(|&level| LevelRef::Own(level))
                        .collect(),
                    LevelRef::External(_) => vec![level],
                };
                for level in levels {
                    let level = self.level_number(which, level);
                    universe.entry(number).or_default().push(level);
                }
            }
        }
        for levels in universe.values_mut() {
            levels.sort_unstable();
            levels.dedup();
        }
        universe
    }
}

fn is_excluded(part: &Requirement, excluded: &[CredentialId]) -> bool {
    matches!(&part.kind, RequirementKind::Credential(id) if excluded.binary_search(id).is_ok())
}
