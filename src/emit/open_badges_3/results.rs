//! Pass marks and rubrics as `ResultDescription`s.
//!
//! An assessment with a pass mark in percent or points has a result of that type; one with a rubric has a result for each of
//! its criteria (one for all where it has none), with its levels from low to high. `pass level …` asks that level in every
//! criterion, `pass all` the highest; without a rubric it asks that the assessment be completed.

use std::borrow::Cow;

use super::Shared;
use super::document::{Alignment, ResultDescription, RubricCriterionLevel};
use crate::emit::badges::Target;
use crate::emit::badges::{self, Edition, fragment, not_blank};
use crate::model::{Amount, Assessment, Criterion, PassMark, Rubric};

/// What a `Status` result may be here, from low to high (Result `status` vocabulary).
const STATUS: &[&str] = &["Failed", "Completed"];

/// The results of all assessments of an edition; `address` is the document's id.
pub fn results<'s>(
    shared: &'s Shared<'s>,
    edition: &Edition<'s>,
    address: &str,
) -> Vec<ResultDescription<'s>> {
    let mut results = Vec::with_capacity(edition.credential.assessments.len());
    for assessment in &edition.credential.assessments {
        let place = Place {
            shared,
            edition,
            address,
            assessment,
        };
        place.write(&mut results);
    }
    results
}

struct Place<'s, 'e> {
    shared: &'s Shared<'s>,
    edition: &'e Edition<'s>,
    address: &'e str,
    assessment: &'e Assessment,
}

impl<'s> Place<'s, '_> {
    fn write(&self, results: &mut Vec<ResultDescription<'s>>) {
        let project = self.shared.project;
        let rubric = self
            .assessment
            .rubric
            .map(|(id, _)| &project.rubrics[id])
            .filter(|rubric| !rubric.levels.is_empty());
        let before = results.len();
        let mark = self.assessment.pass.map(|pass| pass.mark);
        let mut required_level = None;
        match mark {
            Some(PassMark::Percent(amount)) => {
                let mut result = self.overall("Percent");
                result.value_min = Some("0".to_owned());
                result.value_max = Some("100".to_owned());
                result.required_value = Some(amount.to_string());
                results.push(result);
            }
            Some(PassMark::Points(amount)) => {
                let most = rubric.map(Rubric::most_points);
                let mut result = self.overall("RawScore");
                result.value_min = Some(Amount::ZERO.to_string());
                // A pass mark above what the rubric can give is reported elsewhere; the bound would contradict it.
                result.value_max = most
                    .filter(|&most| most >= amount)
                    .map(|most| most.to_string());
                result.required_value = Some(amount.to_string());
                results.push(result);
            }
            Some(PassMark::Level(level)) => required_level = Some(level),
            Some(PassMark::All) => match rubric {
                Some(rubric) => required_level = by_points(rubric).last().copied(),
                None => {
                    let mut result = self.overall("Status");
                    result.allowed_value = STATUS;
                    result.required_value = STATUS.last().map(|&word| word.to_owned());
                    results.push(result);
                }
            },
            None => {}
        }
        if let Some(rubric) = rubric {
            // What is assessed is said once: with the result as a whole, where there is one.
            let mut alignment = if results.len() > before {
                Vec::new()
            } else {
                self.alignment()
            };
            if rubric.criteria.is_empty() {
                let alignment = std::mem::take(&mut alignment);
                results.push(self.criterion(rubric, None, required_level, alignment));
            }
            for criterion in &rubric.criteria {
                let alignment = std::mem::take(&mut alignment);
                let criterion = Some(criterion);
                results.push(self.criterion(rubric, criterion, required_level, alignment));
            }
        }
    }

    /// The id of a part of this assessment.
    fn id(&self, parts: &[&str]) -> String {
        let mut part = self.shared.project.name(self.assessment.id).to_owned();
        for one in parts {
            part.push('.');
            part.push_str(one);
        }
        fragment(self.address, &part)
    }

    fn name(&self) -> Cow<'s, str> {
        not_blank(self.edition.wording.prose(&self.assessment.name))
            .unwrap_or_else(|| Cow::Borrowed(self.shared.project.name(self.assessment.id)))
    }

    fn alignment(&self) -> Vec<Alignment<'s>> {
        let targets = self
            .shared
            .alignments
            .of_assessment(self.edition, self.assessment);
        targets.into_iter().map(shortly).collect()
    }

    /// The result of the assessment as a whole.
    fn overall(&self, result_type: &'static str) -> ResultDescription<'s> {
        ResultDescription {
            id: self.id(&[]),
            kind: ["ResultDescription"],
            name: self.name().into_owned(),
            result_type,
            value_min: None,
            value_max: None,
            allowed_value: &[],
            required_value: None,
            required_level: None,
            rubric_criterion_level: Vec::new(),
            alignment: self.alignment(),
        }
    }

    /// The result in one criterion of the rubric.
    fn criterion(
        &self,
        rubric: &'s Rubric,
        criterion: Option<&'s Criterion>,
        required: Option<usize>,
        alignment: Vec<Alignment<'s>>,
    ) -> ResultDescription<'s> {
        let project = self.shared.project;
        let wording = &self.edition.wording;
        // `result` cannot be mistaken for a level of the assessment as a whole: those have two parts.
        let own = criterion.map_or("result", |criterion| project.name(criterion.id));
        let mut required_level = None;
        let mut levels = Vec::with_capacity(rubric.levels.len());
        for (rank, position) in by_points(rubric).into_iter().enumerate() {
            let Some(level) = rubric.levels.get(position) else {
                continue;
            };
            let id = self.id(&[own, project.name(level.id)]);
            if required == Some(position) {
                required_level = Some(id.clone());
            }
            let cell = criterion.and_then(|criterion| {
                let cell = criterion.cells.iter().find(|(known, _)| *known == position);
                badges::prose(wording, cell.map(|(_, prose)| prose))
            });
            levels.push(RubricCriterionLevel {
                id,
                kind: ["RubricCriterionLevel"],
                name: not_blank(wording.prose(&level.name))
                    .unwrap_or_else(|| Cow::Borrowed(project.name(level.id))),
                description: cell,
                level: (rank + 1).to_string(),
                points: level.points.to_string(),
            });
        }
        let name = criterion
            .and_then(|criterion| not_blank(wording.prose(&criterion.name)))
            .map_or_else(
                || self.name().into_owned(),
                |criterion| format!("{}{}{criterion}", self.name(), wording.phrases.colon),
            );
        ResultDescription {
            id: self.id(&[own]),
            kind: ["ResultDescription"],
            name,
            result_type: "RubricCriterionLevel",
            value_min: None,
            value_max: None,
            allowed_value: &[],
            required_value: None,
            required_level,
            rubric_criterion_level: levels,
            alignment,
        }
    }
}

/// The positions of a rubric's levels, fewest points first; as written where points are equal.
fn by_points(rubric: &Rubric) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rubric.levels.len()).collect();
    order.sort_by_key(|&position| rubric.levels.get(position).map(|level| level.points));
    order
}

/// An alignment inside a result: the whole one stands beside it.
fn shortly(target: Target<'_>) -> Alignment<'_> {
    Alignment {
        kind: ["Alignment"],
        target_name: target.name,
        target_url: target.url,
        target_type: target.kind.target_type(),
        target_description: None,
        target_framework: None,
        target_code: None,
    }
}
