//! Which items of a framework are introduced, reinforced, taught and assessed, by which credentials and at which levels; and
//! what is missing.

use crate::graph::Graph;
use crate::model::coverage::items_in_order;
use crate::model::{Attained, CredentialId, FrameworkId, ItemId, LevelRef, Project};
use crate::plan::report::{Cell, Column, Report, Section};
use crate::plan::words;

/// What a credential does with an item; the greatest first in a cell.
const DOINGS: [(&str, &str); 4] = [
    ("introduced", "I"),
    ("reinforced", "R"),
    ("taught", "T"),
    ("assessed", "A"),
];

struct Touch {
    item: ItemId,
    credential: CredentialId,
    doing: usize,
    level: Option<LevelRef>,
}

/// The report on one framework, or on all.
#[must_use]
pub fn report(project: &Project, _graph: &Graph, framework: Option<FrameworkId>) -> Report {
    let frameworks: Vec<FrameworkId> = match framework {
        Some(id) => vec![id],
        None => project.frameworks.ids().collect(),
    };
    let subject = framework.map_or("", |id| project.id(&project.frameworks[id].declared));
    let mut report = Report::new("coverage", subject, "Coverage");
    let touches = touches(project);
    let mut items_all = Vec::new();
    for &framework in &frameworks {
        items_all.extend(
            items_in_order(project, framework)
                .filter(|&item| !project.items[item].statements.is_empty()),
        );
    }
    let shown: rustc_hash::FxHashSet<ItemId> = items_all.iter().copied().collect();
    let mut columns: Vec<CredentialId> = touches
        .iter()
        .filter(|touch| shown.contains(&touch.item))
        .map(|touch| touch.credential)
        .collect();
    columns.sort_unstable();
    columns.dedup();
    let mut by_item: rustc_hash::FxHashMap<ItemId, Vec<&Touch>> = rustc_hash::FxHashMap::default();
    for touch in &touches {
        by_item.entry(touch.item).or_default().push(touch);
    }
    let mut matrix = Section::new(
        "items",
        "Items and credentials",
        &[
            ("framework", "Framework"),
            ("item", "Item"),
            ("name", "Name"),
            ("introduced", "Introduced by"),
            ("reinforced", "Reinforced by"),
            ("taught", "Taught by"),
            ("assessed", "Assessed by"),
            ("gap", "Gap"),
        ],
    );
    matrix.columns.extend(columns.iter().map(|&id| Column {
        key: words::id(project, id).to_owned(),
        title: super::name(project, id),
        is_of_matrix: true,
    }));
    let mut gaps = Section::new(
        "gaps",
        "Gaps",
        &[("item", "Item"), ("gap", "Gap"), ("place", "Where")],
    );
    let mut counts = [0usize; 4];
    for &item in &items_all {
        let empty = Vec::new();
        let touched = by_item.get(&item).unwrap_or(&empty);
        let by = |doing: usize| -> Vec<String> {
            let mut found: Vec<(CredentialId, Option<LevelRef>)> = touched
                .iter()
                .filter(|touch| touch.doing == doing)
                .map(|touch| (touch.credential, touch.level))
                .collect();
            found.sort_unstable();
            found.dedup();
            found
                .into_iter()
                .map(|(id, level)| with_level(project, words::id(project, id), level))
                .collect()
        };
        let each: [Vec<String>; 4] = std::array::from_fn(by);
        for (count, found) in counts.iter_mut().zip(&each) {
            *count += usize::from(!found.is_empty());
        }
        let [introduced, reinforced, taught, assessed] = &each;
        let gap = match (assessed.is_empty(), taught.is_empty()) {
            (true, true) if introduced.is_empty() && reinforced.is_empty() => {
                Some("nothing touches it")
            }
            (true, true) => Some("neither taught nor assessed"),
            (true, false) => Some("taught, not assessed"),
            (false, true) => Some("assessed, not taught"),
            (false, false) => lower(project, touched),
        };
        let declared = &project.items[item].declared;
        let path = project.name(project.items[item].full_path);
        let framework = path.split('.').next().unwrap_or_default();
        let mut row: Vec<Cell> = vec![
            framework.into(),
            path.into(),
            project.prose(&declared.name).into_owned().into(),
        ];
        row.extend(each.iter().map(|found| Cell::List(found.clone())));
        row.push(gap.into());
        for &column in &columns {
            let marks: String = (0..DOINGS.len())
                .filter(|&doing| {
                    touched
                        .iter()
                        .any(|touch| touch.credential == column && touch.doing == doing)
                })
                .filter_map(|doing| DOINGS.get(doing))
                .map(|&(_, mark)| mark)
                .collect();
            row.push(if marks.is_empty() {
                Cell::Empty
            } else {
                marks.into()
            });
        }
        matrix.rows.push(row);
        if let Some(gap) = gap {
            gaps.rows.push(vec![
                path.into(),
                gap.into(),
                words::place(project, declared.place).into(),
            ]);
        }
    }
    report.fact("items", items_all.len());
    for (count, (doing, _)) in counts.iter().zip(DOINGS) {
        report.fact(doing, *count);
    }
    let total = items_all.len();
    let [introduced, reinforced, taught, assessed] = counts;
    if total == 0 {
        let none = "There is no item with a statement yet: nothing could be covered.";
        report.summary.push(none.to_owned());
        return report;
    }
    report.summary.push(format!(
        "Of {}: {assessed} assessed, {taught} taught, {reinforced} reinforced, {introduced} introduced.",
        words::counted(total, "item", "items"),
    ));
    report.sections.push(matrix);
    if !gaps.rows.is_empty() {
        report.sections.push(gaps);
    }
    report
}

/// Where what is assessed stays below every level at which it is taught.
fn lower(project: &Project, touched: &[&Touch]) -> Option<&'static str> {
    let levels = |doing: usize| touched.iter().filter(move |touch| touch.doing == doing);
    let met = levels(2).any(|taught| {
        levels(3)
            .any(|assessed| project.level_suffices(assessed.level, taught.level) != Some(false))
    });
    (!met).then_some("assessed below the level at which it is taught")
}

fn with_level(project: &Project, id: &str, level: Option<LevelRef>) -> String {
    match level {
        Some(level) => format!(
            "{id} ({})",
            project.level_name(level, project.main_language())
        ),
        None => id.to_owned(),
    }
}

fn touches(project: &Project) -> Vec<Touch> {
    let mut found = Vec::new();
    for (credential, declared) in project.credentials.iter() {
        let mut add = |of: &[Attained], doing: usize| {
            found.extend(of.iter().map(|attained| Touch {
                item: attained.item,
                credential,
                doing,
                level: attained.level,
            }));
        };
        add(&declared.introduces, 0);
        add(&declared.reinforces, 1);
        add(&declared.teaches, 2);
        for assessment in &declared.assessments {
            add(&assessment.assesses, 3);
        }
    }
    found
}
