//! What a role from elsewhere needs, and how far the credentials of the project cover it; and what a plan leaves open of it.

use super::ids;
use crate::graph::Graph;
use crate::model::Project;
use crate::plan::imported::{Cover, Covered, Gap, ImportedNeed, ImportedRole, Weight, covers};
use crate::plan::report::{Cell, Report, Section};
use crate::plan::words;

/// The report on one role from elsewhere, for somebody who holds nothing.
#[must_use]
pub fn report(project: &Project, graph: &Graph, role: &ImportedRole) -> Report {
    let covers = covers(project, graph, &role.needs, &[]);
    let mut report = Report::new("role", &role.id, role.name.clone());
    let all: Vec<(&ImportedNeed, &Cover)> = role.needs.iter().zip(&covers).collect();
    for (weight, one, many, keys) in [
        (
            Weight::Essential,
            "essential need",
            "essential needs",
            ["covered", "partly", "missing"],
        ),
        (
            Weight::Optional,
            "optional need",
            "optional needs",
            ["optional-covered", "optional-partly", "optional-missing"],
        ),
        (
            Weight::Task,
            "task",
            "tasks",
            ["tasks-covered", "tasks-partly", "tasks-missing"],
        ),
    ] {
        let mut counts = [0usize; 3];
        for (_, cover) in all.iter().filter(|(need, _)| need.weight == weight) {
            counts[cover.covered as usize] += 1;
        }
        let total: usize = counts.iter().sum();
        if total == 0 && weight != Weight::Essential {
            continue;
        }
        let [fully, partly, missing] = counts;
        for (key, count) in keys.into_iter().zip(counts) {
            report.fact(key, count);
        }
        if total == 0 {
            let none = "Its publisher calls nothing essential for it.";
            report.summary.push(none.to_owned());
            continue;
        }
        report.summary.push(format!(
            "Of {}: {fully} covered, {partly} partly, {missing} missing.",
            words::counted(total, one, many)
        ));
    }
    let unmapped = covers.iter().all(|cover| cover.through.is_empty());
    if unmapped {
        let id = &role.framework;
        report.summary.push(format!(
            "Nothing in this project is mapped to any of them. A crosswalk to `{id}` says which of its skills are taught here; `gradus suggest` proposes one."
        ));
    }
    report.fact("attribution", role.attribution.clone());
    let mut needs = section("needs", "Needs");
    needs.notes.push(source(&role.attribution));
    // What is there comes before what is not.
    let mut sorted = all.clone();
    sorted.sort_by_key(|(need, cover)| (need.weight, cover.covered));
    needs.rows = sorted.iter().map(|pair| row(project, *pair)).collect();
    report.sections.push(needs);
    report
}

/// Says in the report of a plan what the route closes of the essential part of a role, and what it leaves open.
pub(super) fn describe_gap(project: &Project, gap: &Gap, report: &mut Report) {
    let mut counts = [0usize; 3];
    let mut open = section("open", "Essential, and not or only partly closed");
    let mut essential: Vec<(&ImportedNeed, &Cover)> = gap.essential().collect();
    essential.sort_by_key(|(_, cover)| cover.covered);
    for (need, cover) in essential {
        // What no credential assesses is open, even where one teaches it.
        let closed = match cover.covered {
            Covered::Fully => Covered::Fully,
            Covered::Partly if cover.asks.is_some() => Covered::Partly,
            Covered::Partly | Covered::Missing => Covered::Missing,
        };
        counts[closed as usize] += 1;
        if closed != Covered::Fully {
            open.rows.push(row(project, (need, cover)));
        }
    }
    let [fully, partly, missing] = counts;
    report.fact("essential-closed", fully);
    report.fact("essential-partly", partly);
    report.fact("essential-open", missing);
    report.summary.push(format!(
        "Of {} of {} (`{}`), the credentials of this project can close {fully}, and {partly} in part; {missing} {} open.",
        words::counted(fully + partly + missing, "essential need", "essential needs"),
        gap.role.name,
        gap.role.id,
        if missing == 1 { "stays" } else { "stay" },
    ));
    if !open.rows.is_empty() {
        open.notes.push(source(&gap.role.attribution));
        report.sections.push(open);
    }
}

/// Where the names come from, which licences ask to be said.
fn source(attribution: &str) -> String {
    let attribution = attribution.trim_end_matches('.');
    // Some publishers ask for a sentence of their own.
    if attribution.starts_with("This ") {
        format!("{attribution}.")
    } else {
        format!("Names and codes: {attribution}.")
    }
}

fn section(key: &'static str, title: &str) -> Section {
    Section::new(
        key,
        title,
        &[
            ("weight", "Weight"),
            ("need", "Need"),
            ("kind", "Kind"),
            ("rating", "Rating"),
            ("covered", "Covered"),
            ("by", "By"),
            ("through", "Through"),
            ("why", "What is missing"),
            ("code", "Code"),
        ],
    )
}

fn row(project: &Project, (need, cover): (&ImportedNeed, &Cover)) -> Vec<Cell> {
    vec![
        need.weight.word().into(),
        need.name.clone().into(),
        need.kind.clone().into(),
        need.rating.clone().into(),
        cover.covered.word().into(),
        ids(project, &cover.by).into(),
        cover.through.clone().into(),
        cover.why.clone().into(),
        need.code.clone().into(),
    ]
}
