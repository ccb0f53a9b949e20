//! What counts toward what, the credit that is carried, and the credit that is lost on the way.

use super::{ids, name};
use crate::graph::Graph;
use crate::graph::sums;
use crate::model::{Amount, CredentialId, Project, Quantity, Unit};
use crate::plan::price::parts;
use crate::plan::report::{Report, Section};
use crate::plan::words;

/// The report on the whole project.
#[must_use]
pub fn report(project: &Project, graph: &Graph) -> Report {
    let mut report = Report::new("stacking", "", "Stacking");
    let mut carried = Section::new(
        "counts-toward",
        "Credit that counts toward something larger",
        &[
            ("credential", "Credential"),
            ("credit", "Its credit"),
            ("toward", "Counts toward"),
            ("carried", "Carried"),
            ("lost", "Lost"),
            ("unit", "Unit"),
            ("choice", "One of these only"),
        ],
    );
    let mut losses = 0;
    for (id, credential) in project.credentials.iter() {
        for counts in &credential.counts_toward {
            let own = credential.credit;
            let amount = counts.credit.or(own);
            let comparable =
                |quantity: &Quantity| amount.is_some_and(|sum| sum.unit == quantity.unit);
            let lost = own
                .filter(comparable)
                .zip(amount)
                .map(|(own, amount)| Amount((own.amount.0 - amount.amount.0).max(0)));
            losses += usize::from(lost.is_some_and(|lost| lost > Amount::ZERO));
            let targets: Vec<CredentialId> = counts.targets.iter().map(|&(id, _)| id).collect();
            carried.rows.push(vec![
                words::id(project, id).into(),
                own.map(|own| own.amount).into(),
                ids(project, &targets).into(),
                amount.map(|amount| amount.amount).into(),
                lost.into(),
                amount
                    .map(|amount| project.unit_word(amount.unit).to_owned())
                    .into(),
                (targets.len() > 1).into(),
            ]);
        }
    }
    let mut awards = Section::new(
        "stacks",
        "What awards are made of",
        &[
            ("award", "Award"),
            ("name", "Name"),
            ("total", "Total"),
            ("unit", "Unit"),
            ("part", "Part"),
            ("brings", "Part brings"),
            ("mentions-award", "The part says so too"),
        ],
    );
    let mut stacked = 0;
    for (award, credential) in project.credentials.iter() {
        let made_of = parts(project, graph, award);
        stacked += usize::from(!made_of.is_empty());
        let unit = credential.credit.map(|credit| credit.unit);
        for part in made_of {
            let unit = unit.or_else(|| project.credentials[part].credit.map(|credit| credit.unit));
            let said = project.credentials[part]
                .counts_toward
                .iter()
                .any(|counts| counts.targets.iter().any(|&(id, _)| id == award));
            awards.rows.push(vec![
                words::id(project, award).into(),
                name(project, award).into(),
                credential.credit.map(|credit| credit.amount).into(),
                unit.map(|unit| project.unit_word(unit).to_owned()).into(),
                words::id(project, part).into(),
                unit.map(|unit: Unit| sums::value(project, part, unit))
                    .into(),
                said.into(),
            ]);
        }
    }
    report.fact("counts-toward", carried.rows.len());
    report.fact("with-loss", losses);
    report.fact("awards", stacked);
    if awards.rows.is_empty() && carried.rows.is_empty() {
        report.summary.push(
            "No credential of this project is made of others (`stacks`), and none counts toward another (`counts toward`)."
                .to_owned(),
        );
        return report;
    }
    report.summary.push(format!(
        "{} made of others. {} toward something larger; {}.",
        words::counted(stacked, "award is", "awards are"),
        words::counted(carried.rows.len(), "credential counts", "credentials count"),
        match losses {
            0 => "no credit is lost on the way".to_owned(),
            some => format!("credit is lost on the way in {some} of them"),
        },
    ));
    report.sections.push(awards);
    report.sections.push(carried);
    report
}
