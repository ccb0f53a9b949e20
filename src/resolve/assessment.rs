//! Assessments of a credential, and evidence.

use crate::diag::early;
use crate::model::{
    Amount, Assessment, AssessmentKind, Evidence, EvidenceKind, Pass, PassMark, RubricId, Weight,
};
use crate::syntax::tree::{Arg, Key, Statement, StatementId, Word};

use super::View;
use super::outcome::{Outcome, Wanted};
use super::translation::Translations;
use super::values::Measure;

pub(super) fn assessment<'a>(
    view: View<'a>,
    id: StatementId,
    credential: &Translations<'a>,
    outcome: &mut Outcome,
) -> Assessment {
    let before = outcome.faults;
    let translations = view.translations_inside(id, credential, outcome);
    let declared = view.declared(id, &translations, outcome);
    let mut assessment = Assessment {
        id: declared.id,
        place: declared.place,
        whole: declared.whole,
        name: declared.name,
        about: declared.about,
        kind: None,
        assesses: Vec::new(),
        rubric: None,
        evidence: Vec::new(),
        pass: None,
        weight: None,
        supervision: None,
        incomplete: false,
    };
    let mut pass = None;
    for (_, child) in view.tree.children(id) {
        match child.key {
            Key::AssessmentKind => {
                let words: Vec<&str> = AssessmentKind::ALL.iter().map(|kind| kind.word()).collect();
                let span = view.id_arg(child);
                assessment.kind = span.and_then(|span| {
                    view.word(
                        span,
                        "a kind of assessment",
                        AssessmentKind::from_word,
                        &words,
                        outcome,
                    )
                });
            }
            Key::Assesses => view.attained(child, &mut assessment.assesses, outcome),
            Key::UsesRubric => {
                let pick = |entity| match entity {
                    crate::model::Entity::Rubric(id) => Some(id),
                    _ => None,
                };
                let arg = view.args(child).first().copied();
                let found = arg.and_then(|arg| view.entity_arg(arg, Wanted::Rubric, pick, outcome));
                assessment.rubric = found
                    .zip(arg)
                    .map(|(found, arg)| (found, view.arg_place(arg)));
            }
            Key::Evidence => view.evidence(child, &translations, &mut assessment.evidence, outcome),
            Key::Pass => pass = Some(child),
            Key::Weight => assessment.weight = view.weight(child, outcome),
            Key::Supervision => assessment.supervision = view.supervision(child, outcome),
            _ => {}
        }
    }
    // `pass level …` speaks of the rubric's levels, wherever the rubric is named in the block.
    // A rubric that does not exist has been reported; nothing can be said of its levels.
    let names_rubric = view
        .tree
        .children(id)
        .any(|(_, child)| child.key == Key::UsesRubric);
    let rubric = match assessment.rubric {
        Some((rubric, _)) => Judged::By(rubric),
        None if names_rubric => Judged::ByNothingKnown,
        None => Judged::Freely,
    };
    assessment.pass = pass.and_then(|statement| view.pass(statement, rubric, outcome));
    assessment.incomplete = view.incomplete(id, before, outcome);
    assessment
}

/// What an assessment is judged by.
#[derive(Debug, Clone, Copy)]
enum Judged {
    By(RubricId),
    /// It names a rubric that does not exist.
    ByNothingKnown,
    /// It names no rubric.
    Freely,
}

impl View<'_> {
    pub(super) fn evidence(
        self,
        child: &Statement,
        translations: &Translations<'_>,
        list: &mut Vec<Evidence>,
        outcome: &mut Outcome,
    ) {
        let words: Vec<&str> = EvidenceKind::ALL.iter().map(|kind| kind.word()).collect();
        let Some(span) = self.id_arg(child) else {
            return;
        };
        let kind = self.word(
            span,
            "a kind of evidence",
            EvidenceKind::from_word,
            &words,
            outcome,
        );
        let (Some(kind), Some(text)) = (kind, self.text(child)) else {
            return;
        };
        let mut prose = translations.prose(text, Key::Evidence, list.len());
        // Several pieces of evidence are told apart better by repeating the text.
        translations.extend(&mut prose, translations.judgement(text));
        list.push(Evidence {
            kind,
            prose,
            place: self.place(child.span),
        });
    }

    fn weight(self, child: &Statement, outcome: &mut Outcome) -> Option<Weight> {
        match *self.args(child).first()? {
            Arg::Number(span) => {
                let amount =
                    self.number(span, "a weight of", Amount(1), Amount::whole(1000), outcome)?;
                Some(Weight {
                    amount,
                    percent: false,
                    place: self.place(span),
                })
            }
            Arg::Quantity { number, unit } => {
                let quantity =
                    self.measured(number, unit, "a weight", Measure::Percent, outcome)?;
                Some(Weight {
                    amount: quantity.amount,
                    percent: true,
                    place: quantity.place,
                })
            }
            _ => None,
        }
    }

    fn pass(self, child: &Statement, rubric: Judged, outcome: &mut Outcome) -> Option<Pass> {
        let args = self.args(child);
        let place = self.place(child.span);
        let mark = match *args {
            [Arg::Word(Word::All, _), ..] => PassMark::All,
            [Arg::Word(Word::Level, _), Arg::Id(span), ..] => {
                PassMark::Level(self.rubric_level(span, rubric, outcome)?)
            }
            [Arg::Quantity { number, unit }, ..] => {
                let quantity = self.measured(
                    number,
                    unit,
                    "a pass mark",
                    Measure::PercentOrPoints,
                    outcome,
                )?;
                if quantity.unit == crate::model::Unit::Percent {
                    PassMark::Percent(quantity.amount)
                } else {
                    PassMark::Points(quantity.amount)
                }
            }
            _ => return None,
        };
        Some(Pass { place, mark })
    }

    fn rubric_level(
        self,
        span: crate::source::Span,
        rubric: Judged,
        outcome: &mut Outcome,
    ) -> Option<usize> {
        let tables = self.linker.tables;
        let name = tables.names.find(self.slice(span));
        let (found, help) = match rubric {
            Judged::By(rubric) => {
                let found =
                    name.and_then(|name| tables.rubric_levels.get(&(rubric, name)).copied());
                (found, "name a level of the rubric")
            }
            Judged::ByNothingKnown => return None,
            Judged::Freely => (None, "name the rubric: `rubric …`"),
        };
        if found.is_none() {
            outcome
                .report(&early::NAME_UNDEFINED, self.place(span))
                .message(format!(
                    "`{}` is not a level of the rubric used here",
                    self.slice(span)
                ))
                .label("not a level of it")
                .help(help);
        }
        found
    }
}
