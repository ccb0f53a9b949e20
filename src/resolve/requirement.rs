//! Requirements and sets.

use crate::diag::early;
use crate::model::{
    Entity, Requirement, RequirementKind, Set, SetId, SetMember, Sum, SumPart, SumPartKind, Text,
};
use crate::source::Place;
use crate::syntax::tree::{Arg, Key, Statement, StatementId, Word};

use super::View;
use super::outcome::{Outcome, Wanted};
use super::tables::Declaration;
use super::translation::Translations;
use super::values::Measure;

pub(super) fn set(
    view: View<'_>,
    declaration: &Declaration,
    _id: SetId,
    outcome: &mut Outcome,
) -> Set {
    let before = outcome.faults;
    let translations = view.translations(declaration.statement, outcome);
    let declared = view.declared(declaration.statement, &translations, outcome);
    let members = view.requirements(declaration.statement, &translations, outcome);
    let mut except = Vec::new();
    for (_, child) in view.tree.children(declaration.statement) {
        if child.key != Key::Except {
            continue;
        }
        for &arg in view.args(child) {
            if let Some(member) = view.entity_arg(arg, Wanted::Held, as_member, outcome) {
                except.push((member, view.place(arg.span())));
            }
        }
    }
    let mut set = Set {
        declared,
        members,
        except,
    };
    set.declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    set
}

const fn as_member(entity: Entity) -> Option<SetMember> {
    match entity {
        Entity::Credential(id) => Some(SetMember::Credential(id)),
        Entity::Set(id) => Some(SetMember::Set(id)),
        _ => None,
    }
}

/// Whether a construct is a requirement.
pub(super) const fn is_requirement(key: Key) -> bool {
    matches!(
        key,
        Key::Held
            | Key::HoldsSkill
            | Key::All
            | Key::Any
            | Key::AtLeast
            | Key::CountingAtMost
            | Key::Judgement
    )
}

impl<'a> View<'a> {
    /// A block of requirements: all of them.
    pub(super) fn requirement_block(
        self,
        id: StatementId,
        translations: &Translations<'_>,
        outcome: &mut Outcome,
    ) -> Requirement {
        let place = self.place(self.tree.statement(id).keyword);
        Requirement {
            place,
            kind: RequirementKind::All(self.requirements(id, translations, outcome)),
        }
    }

    /// The requirements that stand in a block, in order.
    pub(super) fn requirements(
        self,
        id: StatementId,
        translations: &Translations<'_>,
        outcome: &mut Outcome,
    ) -> Vec<Requirement> {
        self.members(id, outcome)
            .into_iter()
            .map(|(child, statement)| self.requirement(child, statement, translations, outcome))
            .collect()
    }

    /// The requirements that stand in a block. Words that are one id when hyphens join them (`agenda writer`) are reported once and
    /// left out.
    fn members(self, id: StatementId, outcome: &mut Outcome) -> Vec<(StatementId, &'a Statement)> {
        let children: Vec<_> = self
            .tree
            .children(id)
            .filter(|(_, child)| is_requirement(child.key))
            .collect();
        let mut members = Vec::with_capacity(children.len());
        let mut rest = children.as_slice();
        while let Some((first, later)) = rest.split_first() {
            if let Some(count) = self.torn_id(rest, outcome) {
                rest = rest.get(count..).unwrap_or_default();
            } else {
                members.push(*first);
                rest = later;
            }
        }
        members
    }

    /// How many members from the first on are one id without its hyphens.
    fn torn_id(
        self,
        members: &[(StatementId, &Statement)],
        outcome: &mut Outcome,
    ) -> Option<usize> {
        const MOST_WORDS: usize = 5;
        let span_of = |statement: &Statement| match (statement.key, self.args(statement)) {
            (Key::Held, &[Arg::Path(span) | Arg::Id(span)]) => Some(span),
            _ => None,
        };
        let known = |word: &str| {
            let tables = self.linker.tables;
            let found = tables.names.find(word);
            let entity = found.and_then(|name| tables.by_name.get(&name));
            entity.is_some_and(|&(entity, _)| as_member(entity).is_some())
        };
        let first = span_of(members.first()?.1)?;
        let text = self.linker.sources.file(self.file).text();
        let mut joined = self.slice(first).to_owned();
        let mut all_known = known(&joined);
        let mut end = first;
        for (index, (_, statement)) in members.iter().enumerate().take(MOST_WORDS).skip(1) {
            let span = span_of(statement)?;
            let between = text.get(end.end as usize..span.start as usize)?;
            if between.is_empty() || !between.bytes().all(|byte| byte == b' ') {
                return None;
            }
            all_known &= known(self.slice(span));
            joined = format!("{joined}-{}", self.slice(span));
            end = span;
            if all_known || !known(&joined) {
                continue;
            }
            let whole = self.place(first.to(end));
            outcome
                .report(&early::NAME_UNDEFINED, whole)
                .message(format!(
                    "there is no credential or set named `{}`",
                    joined.replace('-', " ")
                ))
                .label("not found")
                .help(format!("did you mean `{joined}`?"))
                .fix(whole, joined);
            return Some(index + 1);
        }
        None
    }

    /// A text that is the id of a credential is no judgement.
    fn quoted_id(self, text: Text, outcome: &mut Outcome) -> bool {
        let tables = self.linker.tables;
        let source = self.linker.sources.file(self.file);
        let id = source.slice(text.place.span);
        let found = tables
            .names
            .find(id)
            .and_then(|name| tables.by_name.get(&name));
        let Some(&(entity, declared)) = found else {
            return false;
        };
        if as_member(entity).is_none() {
            return false;
        }
        outcome
            .report(&early::TYPE_WRONG_KIND, text.place)
            .message(format!(
                "`{id}` is {}, and stands here as a text",
                entity.words()
            ))
            .label("a text is a judgement that a person makes")
            .also(declared, "declared here")
            .help(format!("write `{id}` without quotes"));
        true
    }

    /// One requirement. Recursion is bounded by the depth limit of the parser.
    fn requirement(
        self,
        id: StatementId,
        statement: &Statement,
        translations: &Translations<'_>,
        outcome: &mut Outcome,
    ) -> Requirement {
        let keyword = self.place(if statement.keyword.is_empty() {
            statement.span
        } else {
            statement.keyword
        });
        let kind = match statement.key {
            Key::Held => return self.held(statement, outcome),
            Key::HoldsSkill => self.holds_skill(statement, outcome),
            Key::All => RequirementKind::All(self.requirements(id, translations, outcome)),
            Key::Any => self.any(id, statement, translations, outcome),
            Key::AtLeast => self.sum(id, statement, outcome),
            // Outside a sum there is nothing to cap; reading has said so.
            Key::CountingAtMost => RequirementKind::Unresolved,
            Key::Judgement => match self.text(statement) {
                Some(text) if self.quoted_id(text, outcome) => RequirementKind::Unresolved,
                Some(text) => RequirementKind::Judgement(translations.judgement(text)),
                None => RequirementKind::Unresolved,
            },
            _ => RequirementKind::Unresolved,
        };
        Requirement {
            place: keyword,
            kind,
        }
    }

    fn held(self, statement: &Statement, outcome: &mut Outcome) -> Requirement {
        let Some(&arg) = self.args(statement).first() else {
            return Requirement {
                place: self.place(statement.span),
                kind: RequirementKind::Unresolved,
            };
        };
        let kind = match self.entity_arg(arg, Wanted::Held, as_member, outcome) {
            Some(SetMember::Credential(id)) => RequirementKind::Credential(id),
            Some(SetMember::Set(id)) => RequirementKind::Set(id),
            None => RequirementKind::Unresolved,
        };
        Requirement {
            place: self.place(arg.span()),
            kind,
        }
    }

    fn holds_skill(self, statement: &Statement, outcome: &mut Outcome) -> RequirementKind {
        let args = self.args(statement);
        let Some(&Arg::Path(span)) = args.first() else {
            outcome.faults += 1;
            return RequirementKind::Unresolved;
        };
        let Some(item) = self.item(span, None, outcome) else {
            return RequirementKind::Unresolved;
        };
        let level = match args {
            [_, Arg::Word(Word::At, _), level, ..] => {
                self.level(*level, self.scale_of(item), outcome)
            }
            _ => None,
        };
        RequirementKind::Skill { item, level }
    }

    fn any(
        self,
        id: StatementId,
        statement: &Statement,
        translations: &Translations<'_>,
        outcome: &mut Outcome,
    ) -> RequirementKind {
        let number = self.args(statement).iter().find_map(|&arg| {
            if let Arg::Number(span) = arg {
                Some(span)
            } else {
                None
            }
        });
        let least = number.map_or(Some(1), |span| {
            let least = self
                .slice(span)
                .parse::<u32>()
                .ok()
                .filter(|&least| (1..=10_000).contains(&least));
            if least.is_none() {
                outcome
                    .report(&early::TYPE_OUT_OF_RANGE, self.place(span))
                    .message(format!("`any {}` is not possible", self.slice(span)))
                    .label("must be a whole number from 1");
            }
            least
        });
        let of = self.requirements(id, translations, outcome);
        match least {
            Some(least) => RequirementKind::Any { least, of },
            None => RequirementKind::Unresolved,
        }
    }

    fn sum(self, id: StatementId, statement: &Statement, outcome: &mut Outcome) -> RequirementKind {
        let least = self.quantity(statement, "a sum", Measure::CreditOrWork, outcome);
        let parts = self.sum_parts(id, outcome);
        let counted_once = self
            .args(statement)
            .iter()
            .any(|arg| matches!(arg, Arg::Word(Word::Once, _)));
        match least {
            Some(least) => RequirementKind::Sum(Sum {
                least,
                parts,
                counted_once,
            }),
            None => {
                outcome.faults += 1;
                RequirementKind::Unresolved
            }
        }
    }

    fn sum_parts(self, id: StatementId, outcome: &mut Outcome) -> Vec<SumPart> {
        self.members(id, outcome)
            .into_iter()
            .map(|(child, statement)| self.sum_part(child, statement, outcome))
            .collect()
    }

    fn sum_part(self, id: StatementId, statement: &Statement, outcome: &mut Outcome) -> SumPart {
        match statement.key {
            Key::Held => {
                let held = self.held(statement, outcome);
                let kind = match held.kind {
                    RequirementKind::Credential(id) => SumPartKind::Credential(id),
                    RequirementKind::Set(id) => SumPartKind::Set(id),
                    _ => SumPartKind::Unresolved,
                };
                SumPart {
                    place: held.place,
                    kind,
                }
            }
            Key::CountingAtMost => {
                let most = self.quantity(statement, "a cap", Measure::CreditOrWork, outcome);
                let parts = self.sum_parts(id, outcome);
                let place = self.place(statement.keyword);
                let kind = most.map_or(SumPartKind::Unresolved, |most| SumPartKind::AtMost {
                    most,
                    parts,
                });
                SumPart { place, kind }
            }
            _ => {
                let place: Place = self.place(if statement.keyword.is_empty() {
                    statement.span
                } else {
                    statement.keyword
                });
                outcome
                    .report(&early::TYPE_WRONG_KIND, place)
                    .message("a sum counts credentials and sets only")
                    .label("neither a credential nor a set")
                    .help("name the credentials, or put a choice beside the sum");
                SumPart {
                    place,
                    kind: SumPartKind::Unresolved,
                }
            }
        }
    }
}
