//! Tables of O*NET that are not as they should be, or very long.

use super::super::tests_support::bundle;
use super::*;

const OCCUPATIONS: &str =
    "O*NET-SOC Code\tTitle\tDescription\n15-9901.00\tGardeners\tThey water plants.\n";

#[test]
fn a_link_with_one_end_only_is_kept_as_a_row() {
    let links = "Work Activities Element ID\tWork Activities Element Name\tNote\n4.A.1\tLooking\tsee below\n";
    let files = [
        ("Occupation Data.txt", OCCUPATIONS),
        ("Half Links.txt", links),
    ];
    let release = read(&bundle(&files)).expect("read");
    let kinds: BTreeMap<&str, _> = release.tally.kinds().collect();
    let counts = kinds.get("row of Half Links").expect("counted");
    assert_eq!((counts.read, counts.kept), (1, 1));
    let rows = release.head.fields.get("Half Links").expect("kept");
    assert_eq!(rows[0]["Note"], "see below");
}

/// Minutes, if each name were compared with all that came before it.
#[test]
fn tens_of_thousands_of_examples_of_one_technology_are_read() {
    const EXAMPLES: usize = 50_000;
    let mut table = "O*NET-SOC Code\tTitle\tExample\tCommodity Code\tCommodity Title\n".to_owned();
    for number in (0..EXAMPLES).chain([0]) {
        table.push_str(&format!(
            "15-9901.00\tGardeners\tHose number {number}\t43231513\tHoses\n"
        ));
    }
    let files = [
        ("Occupation Data.txt", OCCUPATIONS),
        ("Technology Skills.txt", table.as_str()),
    ];
    let release = read(&bundle(&files)).expect("read");
    let hoses = release
        .records
        .iter()
        .find(|record| record.code == "43231513");
    let hoses = hoses.expect("a technology");
    assert_eq!(hoses.texts.len(), 1 + EXAMPLES);
    assert_eq!(release.relations.len(), EXAMPLES + 1);
}

#[test]
fn workbooks_repeat_names_beside_codes_and_hold_the_same() {
    for (columns, holds) in [
        ("O*NET-SOC Code|Title|Description", Table::Occupations),
        (
            "O*NET-SOC Code|Title|Task ID|Task|Task Type|Incumbents Responding|Date|Domain Source",
            Table::Tasks,
        ),
        (
            "O*NET-SOC Code|Title|Task ID|Task|DWA ID|DWA Title|Date|Domain Source",
            Table::TaskActivities,
        ),
        (
            "Element ID|Element Name|IWA ID|IWA Title|DWA ID|DWA Title",
            Table::DetailedActivities,
        ),
        (
            "Element ID|Element Name|IWA ID|IWA Title",
            Table::IntermediateActivities,
        ),
        (
            "O*NET-SOC Code|Title|Element ID|Element Name|Scale ID|Scale Name|Data Value|N|Date",
            Table::Ratings,
        ),
        (
            "O*NET-SOC Code|Title|Task ID|Task|Scale ID|Scale Name|Category|Data Value|N|Date",
            Table::Ratings,
        ),
        (
            "O*NET-SOC Code|Title|Task|Category|Original Task ID|Original Task|Date",
            Table::EmergingTasks,
        ),
        (
            "O*NET-SOC Code|Title|Related O*NET-SOC Code|Related Title|Relatedness Tier|Index",
            Table::RelatedOccupations,
        ),
        ("O*NET-SOC Code|Title|Job Zone|Date", Table::JobZones),
        (
            "O*NET-SOC Code|Title|Alternate Title|Short Title|Source(s)",
            Table::AlternateTitles,
        ),
        (
            "O*NET-SOC Code|Title|Example|Commodity Code|Commodity Title|Hot Technology|In Demand",
            Table::Technologies,
        ),
    ] {
        let columns: Vec<String> = columns.split('|').map(str::to_owned).collect();
        assert_eq!(table(&columns), holds, "{columns:?}");
    }
}
