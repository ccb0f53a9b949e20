//! Lists of references in credentials: items at levels, fields, occupations, and where credit goes.

use super::View;
use super::outcome::{Outcome, Wanted};
use super::references::as_credential;
use super::values::Measure;
use crate::diag::early;
use crate::model::{Attained, CountsToward, LevelRef, Occupation};
use crate::source::Place;
use crate::syntax::tree::{Arg, Statement, Word};

impl View<'_> {
    /// `PATH (at LEVEL)?` as often as it stands there.
    pub(super) fn attained(
        self,
        statement: &Statement,
        list: &mut Vec<Attained>,
        outcome: &mut Outcome,
    ) {
        let args = self.args(statement);
        for (index, &arg) in args.iter().enumerate() {
            let path = match arg {
                Arg::Path(span) => span,
                Arg::External { .. }
                    if index == 0 || !matches!(args[index - 1], Arg::Word(Word::At, _)) =>
                {
                    self.not_own(arg, outcome);
                    continue;
                }
                _ => continue,
            };
            if index > 0 && matches!(args[index - 1], Arg::Word(Word::At, _)) {
                continue;
            }
            let Some(item) = self.item(path, None, outcome) else {
                continue;
            };
            let level_arg = match args.get(index + 1..index + 3) {
                Some([Arg::Word(Word::At, _), level]) => Some(*level),
                _ => None,
            };
            let level: Option<LevelRef> =
                level_arg.and_then(|arg| self.level(arg, self.scale_of(item), outcome));
            let level_place = level_arg.map(|arg| self.arg_place(arg));
            list.push(Attained {
                item,
                level,
                place: self.place(path),
                level_place,
            });
        }
    }

    fn not_own(self, arg: Arg, outcome: &mut Outcome) {
        outcome
            .report(&early::TYPE_WRONG_KIND, self.arg_place(arg))
            .message(format!(
                "`{}` belongs to a framework from elsewhere",
                self.slice(arg.span())
            ))
            .label("not an item of this project")
            .help("declare the skill in a framework of the project and map it: `is exactly …`");
    }

    /// A code of an external framework; anything else is reported.
    pub(super) fn external_only(
        self,
        arg: Arg,
        expected: &str,
        outcome: &mut Outcome,
    ) -> Option<crate::model::ExternalItemId> {
        match arg {
            Arg::External { .. } | Arg::Iri(_) => self.external(arg, None, outcome),
            Arg::Missing(..) => None,
            other => {
                outcome
                    .report(&early::TYPE_WRONG_KIND, self.place(other.span()))
                    .message(format!("expected {expected}"))
                    .label("not a code of a framework");
                None
            }
        }
    }

    pub(super) fn counts_toward(
        self,
        statement: &Statement,
        outcome: &mut Outcome,
    ) -> CountsToward {
        let args = self.args(statement);
        let mut targets = Vec::new();
        for &arg in args {
            if let Arg::Path(span) = arg
                && let Some(id) = self.entity(span, Wanted::Credential, as_credential, outcome)
            {
                targets.push((id, self.place(span)));
            }
        }
        let credit = self.quantity(statement, "credit", Measure::CreditOrWork, outcome);
        CountsToward {
            targets,
            credit,
            place: self.place(statement.keyword),
        }
    }

    pub(super) fn occupations(
        self,
        statement: &Statement,
        list: &mut Vec<(Occupation, Place)>,
        outcome: &mut Outcome,
    ) {
        for &arg in self.args(statement) {
            let found = match arg {
                Arg::External { .. } | Arg::Iri(_) => {
                    self.external(arg, None, outcome).map(Occupation::External)
                }
                Arg::Path(_) | Arg::Id(_) => {
                    let pick = |entity| match entity {
                        crate::model::Entity::Role(id) => Some(Occupation::Role(id)),
                        _ => None,
                    };
                    self.entity_arg(arg, Wanted::Role, pick, outcome)
                }
                _ => None,
            };
            list.extend(found.map(|found| (found, self.arg_place(arg))));
        }
    }
}
