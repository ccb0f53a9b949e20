//! Expectations: what a curriculum is tested for.

use crate::model::{Claim, Entity, Expectation, ExpectationId, Target, Text};
use crate::syntax::tree::{Arg, Key, Statement, TextForm};

use super::View;
use super::outcome::{Outcome, Wanted};
use super::tables::Declaration;
use super::values::Measure;

pub(super) fn expectation(
    view: View<'_>,
    declaration: &Declaration,
    _id: ExpectationId,
    outcome: &mut Outcome,
) -> Expectation {
    let before = outcome.faults;
    let statement = view.tree.statement(declaration.statement);
    let place = view.place(statement.keyword);
    let name = view.text(statement).unwrap_or(Text {
        place,
        form: TextForm::Plain,
    });
    let mut expectation = Expectation {
        name,
        place,
        given: Vec::new(),
        claims: Vec::new(),
        incomplete: false,
    };
    for (_, child) in view.tree.children(declaration.statement) {
        if child.key == Key::Given {
            for &arg in view.args(child) {
                if !matches!(arg, Arg::Word(..)) {
                    expectation.given.extend(view.credential(arg, outcome));
                }
            }
        } else if let Some(claim) = view.claim(child, outcome) {
            expectation.claims.push((claim, view.place(child.span)));
        }
    }
    expectation.incomplete = view.incomplete(declaration.statement, before, outcome);
    expectation
}

const fn as_target(entity: Entity) -> Option<Target> {
    match entity {
        Entity::Credential(id) => Some(Target::Credential(id)),
        Entity::Pathway(id) => Some(Target::Pathway(id)),
        _ => None,
    }
}

impl View<'_> {
    fn claim(self, statement: &Statement, outcome: &mut Outcome) -> Option<Claim> {
        let args = self.args(statement);
        let mut references = args
            .iter()
            .copied()
            .filter(|arg| matches!(arg, Arg::Path(_) | Arg::Id(_) | Arg::External { .. }));
        let mut target = |outcome: &mut Outcome| {
            let arg = references.next()?;
            self.entity_arg(arg, Wanted::Target, as_target, outcome)
        };
        match statement.key {
            Key::Reach => {
                let target = target(outcome)?;
                let mut within = Vec::new();
                for &arg in args {
                    if let Arg::Quantity { number, unit } = arg {
                        within.extend(self.measured(
                            number,
                            unit,
                            "a limit",
                            Measure::Price,
                            outcome,
                        ));
                    }
                }
                Some(Claim::Reach { target, within })
            }
            Key::CannotReach => Some(Claim::CannotReach(target(outcome)?)),
            Key::CoverageOf => {
                let arg = args
                    .iter()
                    .copied()
                    .find(|arg| matches!(arg, Arg::Path(_) | Arg::Id(_)))?;
                let framework = self.entity_arg(
                    arg,
                    Wanted::Framework,
                    super::crosswalk::as_framework,
                    outcome,
                )?;
                let least = self.quantity(statement, "coverage", Measure::Percent, outcome)?;
                Some(Claim::Coverage {
                    framework,
                    least: least.amount,
                })
            }
            Key::EveryRoute => {
                let to = target(outcome);
                let passes = target(outcome);
                let (to, passes) = to.zip(passes)?;
                Some(Claim::EveryRoute { to, passes })
            }
            Key::Accepts => {
                let new = target(outcome);
                let old = target(outcome);
                let (new, old) = new.zip(old)?;
                Some(Claim::AcceptsEveryoneOf { new, old })
            }
            _ => None,
        }
    }
}
