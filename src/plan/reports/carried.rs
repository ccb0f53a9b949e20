//! Credit that `counts toward` an award of a route: told beside the price, and not taken off it.
//!
//! `counts toward` says how much credit goes over into an award, not which of the award's requirements it stands for, and a plan
//! keeps every requirement. Which of them fall away for somebody is a decision of people.

use rustc_hash::FxHashMap;

use crate::graph::Graph;
use crate::model::{CredentialId, Project};
use crate::plan::price::{Measure, parts};
use crate::plan::report::Section;
use crate::plan::route::Route;
use crate::plan::words;

/// The credit that what is held or earned on a route carries into awards of it, beyond the parts that the price knows of.
pub(super) fn section(
    project: &Project,
    graph: &Graph,
    measure: Measure,
    held: &[CredentialId],
    route: &Route,
) -> Option<Section> {
    if measure == Measure::Count {
        return None;
    }
    let steps = route.steps.iter();
    let mut earned: Vec<CredentialId> = steps
        .flat_map(|step| step.earned.iter().map(|&(id, _)| id))
        .collect();
    earned.sort_unstable();
    let mut section = Section::new(
        "carried",
        "Credit that counts toward something on the way; the price does not take it off",
        &[
            ("credential", "Credential"),
            ("carries", "Carries"),
            ("toward", "Toward"),
            ("place", "Where"),
        ],
    );
    let mut all: Vec<CredentialId> = held.iter().chain(&earned).copied().collect();
    all.sort_unstable();
    all.dedup();
    // What an award is made of is gathered once, however much counts toward it.
    let mut made_of: FxHashMap<CredentialId, Vec<CredentialId>> = FxHashMap::default();
    for id in all {
        let credential = &project.credentials[id];
        for counts in &credential.counts_toward {
            let Some(credit) = counts.credit.or(credential.credit) else {
                continue;
            };
            let targets = counts.targets.iter();
            let toward: Vec<&str> = targets
                .filter(|(target, _)| earned.binary_search(target).is_ok())
                .filter(|(target, _)| {
                    let made_of = made_of
                        .entry(*target)
                        .or_insert_with(|| parts(project, graph, *target));
                    made_of.binary_search(&id).is_err()
                })
                .map(|&(target, _)| words::id(project, target))
                .collect();
            if toward.is_empty() {
                continue;
            }
            section.rows.push(vec![
                words::id(project, id).into(),
                project.quantity(&credit).into(),
                toward.join(" or ").into(),
                words::place(project, counts.place).into(),
            ]);
        }
    }
    (!section.rows.is_empty()).then_some(section)
}
