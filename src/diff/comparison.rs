//! A comparison at work: which thing is which, what has been noted so far, and the decisions between requirements.
//!
//! The parts (credentials, pathways, frameworks and the like) are given a [`Comparison`] and note their changes in it; what runs them
//! all is [`super::compare`].

use super::decide::compile::Compiler;
use super::decide::formula::{Atom, AtomId};
use super::decide::{self, Budget, Verdict};
use super::example::{Direction, Example, Holding};
use super::matching::{self, Pairs};
use super::resemblance::Unmatched;
use super::rules::{self, ChangeRule};
use super::{Change, Side, Thing, Which};
use crate::model::{
    CredentialId, CrosswalkId, Declared, FrameworkId, IssuerId, ItemId, LevelId, LevelRef,
    PathwayId, Project, RecognitionId, RoleId, RubricId, ScaleId, SetId, StageId,
};
use crate::source::Place;

/// Which thing is which.
#[derive(Debug)]
pub(super) struct Matched {
    pub issuers: Pairs<IssuerId>,
    pub scales: Pairs<ScaleId>,
    pub levels: Pairs<LevelId>,
    pub frameworks: Pairs<FrameworkId>,
    pub items: Pairs<ItemId>,
    pub rubrics: Pairs<RubricId>,
    pub credentials: Pairs<CredentialId>,
    pub sets: Pairs<SetId>,
    pub recognitions: Pairs<RecognitionId>,
    pub roles: Pairs<RoleId>,
    pub pathways: Pairs<PathwayId>,
    pub stages: Pairs<StageId>,
    pub crosswalks: Pairs<CrosswalkId>,
}

impl Matched {
    pub fn new(old: &Side<'_>, new: &Side<'_>) -> Self {
        let sides = (old, new);
        let (before, after) = (old.project, new.project);
        macro_rules! pairs {
            ($arena:ident) => {
                Pairs::declared(sides, &before.$arena, &after.$arena, |thing| {
                    &thing.declared
                })
            };
        }
        let scales = pairs!(scales);
        let pathways: Pairs<PathwayId> = pairs!(pathways);
        let levels = |project: &'_ Project| -> Vec<_> {
            let levels = project.levels.iter();
            levels
                .map(|(id, level)| (id, level.scale, level.declared.clone()))
                .collect()
        };
        let levels = inner((levels(before), before), (levels(after), after), &scales);
        let stages = |project: &'_ Project| -> Vec<_> {
            let stages = project.stages.iter();
            stages
                .map(|(id, stage)| (id, stage.pathway, stage.declared.clone()))
                .collect()
        };
        let stages = inner((stages(before), before), (stages(after), after), &pathways);
        Self {
            issuers: pairs!(issuers),
            scales,
            levels,
            frameworks: pairs!(frameworks),
            items: matching::items(old, new),
            rubrics: pairs!(rubrics),
            credentials: pairs!(credentials),
            sets: pairs!(sets),
            recognitions: pairs!(recognitions),
            roles: pairs!(roles),
            pathways,
            stages,
            crosswalks: pairs!(crosswalks),
        }
    }
}

/// Pairs of things inside other things: by the number of what is around them, and their own id.
fn inner<I, O>(
    (old, before): (Vec<(I, O, Declared)>, &Project),
    (new, after): (Vec<(I, O, Declared)>, &Project),
    outer: &Pairs<O>,
) -> Pairs<I>
where
    I: crate::model::Id,
    O: crate::model::Id,
{
    let known: rustc_hash::FxHashMap<String, I> = old
        .iter()
        .map(|(id, around, declared)| {
            let around = outer.number_of_old(*around);
            (format!("{around}.{}", before.id(declared)), *id)
        })
        .collect();
    let name = |around: O, id: &str| format!("{}.{id}", outer.number_of_new(around));
    Pairs::by_names(
        old.len(),
        new.iter()
            .map(|(id, around, declared)| (*id, name(*around, after.id(declared)))),
        new.iter().map(|(id, around, declared)| {
            let former = declared.formerly.iter().rev();
            let former = former.map(|&(former, _)| name(*around, after.name(former)));
            (*id, former.collect())
        }),
        |wanted| known.get(wanted).copied(),
    )
}

/// A comparison at work.
pub(super) struct Comparison<'a> {
    pub old: &'a Project,
    pub new: &'a Project,
    pub matched: &'a Matched,
    pub compiler: Compiler<'a>,
    pub changes: Vec<Change>,
    /// What only one side has.
    pub unmatched: Vec<Unmatched>,
    /// What all decisions together may look at.
    pub budget: Budget,
}

/// What a change is about.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub thing: Thing,
    pub id: String,
    pub name: String,
    pub old_place: Option<Place>,
    pub new_place: Option<Place>,
    /// The whole declaration, of the new side where both have it; nothing for the project.
    pub whole: Option<Place>,
}

impl Comparison<'_> {
    /// Notes that one side only has a thing: it was added or removed.
    pub fn unmatched(&mut self, which: Which, subject: &Subject, what: &str) {
        match which {
            Which::New => self.change(subject, &rules::ADDED, format!("new {what}")),
            Which::Old => self.change(subject, &rules::REMOVED, format!("{what} removed")),
        }
        self.unmatched.extend(subject.whole.map(|whole| Unmatched {
            change: self.changes.len() - 1,
            which,
            whole,
        }));
    }

    /// Notes a change.
    pub fn change(
        &mut self,
        subject: &Subject,
        rule: &'static ChangeRule,
        message: impl Into<String>,
    ) {
        self.change_with(subject, rule, message, Vec::new());
    }

    /// Notes a change with learners who show it.
    pub fn change_with(
        &mut self,
        subject: &Subject,
        rule: &'static ChangeRule,
        message: impl Into<String>,
        examples: Vec<Example>,
    ) {
        self.changes.push(Change {
            rule,
            thing: subject.thing,
            id: subject.id.clone(),
            name: subject.name.clone(),
            message: message.into(),
            examples,
            hint: None,
            old_place: subject.old_place,
            new_place: subject.new_place,
        });
    }

    pub fn project(&self, which: Which) -> &Project {
        match which {
            Which::Old => self.old,
            Which::New => self.new,
        }
    }

    /// A thing of one side.
    pub fn subject(&self, which: Which, thing: Thing, id: String, declared: &Declared) -> Subject {
        let project = self.project(which);
        let place = Some(declared.place);
        Subject {
            thing,
            id,
            name: project.prose(&declared.name).into_owned(),
            old_place: place.filter(|_| which == Which::Old),
            new_place: place.filter(|_| which == Which::New),
            whole: Some(declared.whole),
        }
    }

    /// A thing of both sides.
    pub fn pair(&self, thing: Thing, id: String, (old, new): (&Declared, &Declared)) -> Subject {
        let subject = self.subject(Which::New, thing, id, new);
        Subject {
            old_place: Some(old.place),
            ..subject
        }
    }

    /// Whether an address of the old state is another in the new one, by more than the base of all of them.
    pub fn is_readdressed(&self, old: &str, new: &str) -> bool {
        let below = |address: &'_ str, project: &Project| -> Option<String> {
            let base = project.settings.base.as_str();
            address.strip_prefix(base).map(str::to_owned)
        };
        match (below(old, self.old), below(new, self.new)) {
            (Some(old), Some(new)) => old != new,
            (None, _) | (_, None) => old != new,
        }
    }

    /// Whether two declarations are written letter by letter the same.
    pub fn same_text(&self, old: &Declared, new: &Declared) -> bool {
        self.old.slice(old.whole) == self.new.slice(new.whole)
    }

    /// The id of a credential as the new state has it, or the old one where it is gone.
    pub fn credential(&self, which: Which, id: CredentialId) -> &str {
        match which {
            Which::New => self.new.id(&self.new.credentials[id].declared),
            Which::Old => match self.matched.credentials.new_one(id) {
                Some(new) => self.new.id(&self.new.credentials[new].declared),
                None => self.old.id(&self.old.credentials[id].declared),
            },
        }
    }

    /// The whole path of an item, by the same rule.
    pub fn item(&self, which: Which, id: ItemId) -> &str {
        match which {
            Which::New => self.new.name(self.new.items[id].full_path),
            Which::Old => match self.matched.items.new_one(id) {
                Some(new) => self.new.name(self.new.items[new].full_path),
                None => self.old.name(self.old.items[id].full_path),
            },
        }
    }

    /// The name of a level, by the same rule: `practitioner`, `eqf:5`.
    pub fn level(&self, which: Which, level: LevelRef) -> String {
        let project = self.project(which);
        match level {
            LevelRef::External(item) => super::values::external(project, item),
            LevelRef::Own(id) => match (which, self.matched.levels.new_one(id)) {
                (Which::Old, Some(new)) => self.new.id(&self.new.levels[new].declared).to_owned(),
                (Which::Old, None) | (Which::New, _) => {
                    project.id(&project.levels[id].declared).to_owned()
                }
            },
        }
    }

    /// Decides between two formulas, and says who shows the difference. The verdict is for learners who bring judgements
    /// as they are worded; `only_judgements` says that nothing else differs.
    pub fn decide(&mut self, old: Option<Formula>, new: Option<Formula>) -> Decision {
        let (Some(old), Some(new)) = (old, new) else {
            return Decision::Undecided("the requirement nests too deep to be followed");
        };
        if old == new {
            return Decision::Same;
        }
        match decide::decide(&self.compiler.formulas, old, new, &self.budget) {
            Verdict::Same => Decision::Same,
            Verdict::Undecided(why) => Decision::Undecided(match why {
                decide::GivenUp::Atoms => "it names more things than can be compared",
                decide::GivenUp::Size => "it is too large to be compared within the limits",
                decide::GivenUp::Depth => "the requirement nests too deep to be followed",
            }),
            Verdict::Differ { lost, gained } => {
                let passed_old = self.compiler.formulas.without_judgements(old);
                let passed_new = self.compiler.formulas.without_judgements(new);
                let formulas = &self.compiler.formulas;
                let only_judgements = (passed_old, passed_new) != (old, new)
                    && decide::decide(formulas, passed_old, passed_new, &self.budget)
                        == Verdict::Same;
                Decision::Differ {
                    lost: lost.map(|atoms| self.example(Direction::Lost, &atoms)),
                    gained: gained.map(|atoms| self.example(Direction::Gained, &atoms)),
                    only_judgements,
                }
            }
        }
    }

    fn example(&self, direction: Direction, atoms: &[AtomId]) -> Example {
        let mut holds: Vec<Holding> = atoms
            .iter()
            .map(|&atom| match self.compiler.formulas.atom_of(atom) {
                Atom::Credential(number) => {
                    let id = match self.matched.credentials.of_number(*number) {
                        Ok(new) => self.credential(Which::New, new),
                        Err(old) => self.credential(Which::Old, old),
                    };
                    Holding::Credential(id.to_owned())
                }
                Atom::Skill { item, level } => Holding::Skill {
                    path: match self.matched.items.of_number(*item) {
                        Ok(new) => self.item(Which::New, new).to_owned(),
                        Err(old) => self.item(Which::Old, old).to_owned(),
                    },
                    level: level
                        .and_then(|level| self.compiler.level(level))
                        .map(|(which, level)| self.level(which, level)),
                },
                Atom::Judgement(text) => Holding::Judgement(text.clone()),
            })
            .collect();
        holds.sort();
        Example { direction, holds }
    }
}

pub(super) type Formula = super::decide::formula::FormulaId;

/// What is known of two requirements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision {
    Same,
    Differ {
        lost: Option<Example>,
        gained: Option<Example>,
        only_judgements: bool,
    },
    Undecided(&'static str),
}

impl Comparison<'_> {
    /// Notes that a thing was added, removed or renamed; what both sides have is left to the caller.
    pub fn comings_and_goings<I: crate::model::Id>(
        &mut self,
        thing: Thing,
        pairs: &Pairs<I>,
        describe: impl Fn(&Self, Which, I) -> Subject,
        ids: impl Fn(&Self, I, I) -> Option<(String, String)>,
    ) {
        for id in pairs.added() {
            let subject = describe(self, Which::New, id);
            self.unmatched(Which::New, &subject, thing.word());
        }
        for id in pairs.removed() {
            let subject = describe(self, Which::Old, id);
            self.unmatched(Which::Old, &subject, thing.word());
        }
        for (old, new) in pairs.both() {
            if let Some((before, after)) = ids(self, old, new) {
                let mut subject = describe(self, Which::New, new);
                subject.old_place = describe(self, Which::Old, old).old_place;
                let message = format!("renamed from `{before}` to `{after}`; addresses stay");
                self.change(&subject, &rules::RENAMED, message);
            }
        }
    }

    /// The same for things that are told by the id of their declaration.
    pub fn declared_comings_and_goings<I: crate::model::Id>(
        &mut self,
        thing: Thing,
        pairs: &Pairs<I>,
        declared: impl Fn(&Project, I) -> &Declared,
    ) {
        self.comings_and_goings(
            thing,
            pairs,
            |comparison, which, id| {
                let project = comparison.project(which);
                let declared = declared(project, id);
                comparison.subject(which, thing, project.id(declared).to_owned(), declared)
            },
            |comparison, old, new| {
                let before = comparison.old.id(declared(comparison.old, old));
                let after = comparison.new.id(declared(comparison.new, new));
                (before != after).then(|| (before.to_owned(), after.to_owned()))
            },
        );
    }
}
