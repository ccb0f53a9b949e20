//! The tables of an O\*NET release: what each holds, by its columns.

use super::super::rows::{Dialect, header};
use super::super::table::excel;
use crate::import::bundle::BundleFile;

/// What a table holds, by its columns; those that make records first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    Occupations,
    ContentModel,
    IntermediateActivities,
    DetailedActivities,
    Tasks,
    JobZoneReference,
    EmergingTasks,
    Technologies,
    AlternateTitles,
    Ratings,
    TaskActivities,
    RelatedOccupations,
    ElementLinks,
    JobZones,
    Unknown,
}

/// The columns that make a table what it is; the first row that fits counts.
const TABLES: [(&[&str], Table); 14] = [
    (
        &["O*NET-SOC Code", "Title", "Description"],
        Table::Occupations,
    ),
    // In workbooks names stand beside the codes of other tables.
    (
        &["O*NET-SOC Code", "Task ID", "DWA ID"],
        Table::TaskActivities,
    ),
    (&["DWA ID", "DWA Title"], Table::DetailedActivities),
    (&["IWA ID", "IWA Title"], Table::IntermediateActivities),
    (
        &["Element ID", "Element Name", "Description"],
        Table::ContentModel,
    ),
    (
        &["O*NET-SOC Code", "Original Task ID", "Category"],
        Table::EmergingTasks,
    ),
    (
        &["O*NET-SOC Code", "Scale ID", "Data Value"],
        Table::Ratings,
    ),
    (&["O*NET-SOC Code", "Task ID", "Task"], Table::Tasks),
    (&["Job Zone", "Name"], Table::JobZoneReference),
    (
        &["O*NET-SOC Code", "Commodity Code", "Commodity Title"],
        Table::Technologies,
    ),
    (
        &["O*NET-SOC Code", "Alternate Title"],
        Table::AlternateTitles,
    ),
    (
        &["O*NET-SOC Code", "Related O*NET-SOC Code"],
        Table::RelatedOccupations,
    ),
    (&["O*NET-SOC Code", "Job Zone"], Table::JobZones),
    (
        &["Work Activities Element ID", "Work Activities Element Name"],
        Table::ElementLinks,
    ),
];

/// What a table with these columns holds.
pub(super) fn table(columns: &[String]) -> Table {
    let has = |name: &&str| columns.iter().any(|column| column == name);
    TABLES
        .iter()
        .find(|(needed, _)| needed.iter().all(has))
        .map_or(Table::Unknown, |(_, table)| *table)
}

/// The names of the columns of a text or a workbook.
pub(super) fn columns(file: &BundleFile) -> Vec<String> {
    if excel::is(file) {
        excel::first_row(file)
    } else {
        header(file, Dialect::Tab)
    }
}
