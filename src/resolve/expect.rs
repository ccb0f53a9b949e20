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
        unread: Vec::new(),
        incomplete: false,
    };
    let mut is_start_known = true;
    for (_, child) in view.tree.children(declaration.statement) {
        let before = outcome.faults;
        let place = view.place(child.span);
        if child.key == Key::Given {
            for &arg in view.args(child) {
                if !matches!(arg, Arg::Word(..)) {
                    expectation.given.extend(view.credential(arg, outcome));
                }
            }
            is_start_known &= !child.broken && outcome.faults == before;
        } else {
            let claim = view.claim(child, outcome);
            if claim.is_none() || child.broken || outcome.faults > before {
                expectation.unread.push(place);
            }
            expectation.claims.extend(claim.map(|claim| (claim, place)));
        }
    }
    if !is_start_known {
        let claims = expectation.claims.iter();
        let of_start = claims.filter(|(claim, place)| {
            let depends = match claim {
                Claim::Reach { .. } | Claim::CannotReach(_) | Claim::EveryRoute { .. } => true,
                Claim::Coverage { .. } | Claim::AcceptsEveryoneOf { .. } => false,
            };
            depends && !expectation.unread.contains(place)
        });
        let places: Vec<_> = of_start.map(|&(_, place)| place).collect();
        expectation.unread.extend(places);
    }
    expectation
        .unread
        .sort_unstable_by_key(|place| place.span.start);
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
