//! A CASE framework as CSV: one row for each item, with columns for its associations. References are codes or identifiers.

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::import::bundle::BundleFile;
use crate::import::release::{Record, Relation, Release, TextRole};
use crate::import::tally::Outcome;

use super::super::json;
use super::super::table::rows;
use super::super::table::sheet::{Named, Sheet};
use super::items::label_of;
use super::order::Order;
use crate::import::fault::ReadFault;

/// Columns that lead to other items, and the kind of the association.
const ENDS: [(&str, &str); 7] = [
    ("isPartOf", "isPartOf"),
    ("exemplar", "exemplar"),
    ("hasSkillLevel", "hasSkillLevel"),
    ("isRelatedTo", "isRelatedTo"),
    ("isPeerOf", "isPeerOf"),
    ("precedes", "precedes"),
    ("exactMatchOf", "exactMatchOf"),
];

/// Whether a file is in this layout.
pub(super) fn is(file: &BundleFile) -> bool {
    rows::beginning(file).is_some_and(|sheet| fits(&sheet))
}

fn fits(sheet: &Sheet) -> bool {
    let letters: Vec<String> = sheet.header().iter().map(|name| folded(name)).collect();
    ["fullstatement", "humancodingscheme", "ischildof"]
        .iter()
        .all(|wanted| letters.iter().any(|name| name == wanted))
}

/// A column's name without blanks and in small letters: `Is Child Of` and `isChildOf` are the same.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<String>().to_lowercase()
}

/// What is still to be found once all rows are known.
struct Open {
    position: usize,
    parent: Option<String>,
    successors: Vec<String>,
    ends: Vec<(&'static str, String)>,
    sequence: Option<u64>,
}

/// Reads the rows.
pub(super) fn read(number: u32, file: &BundleFile, release: &mut Release) -> Result<(), ReadFault> {
    for mut sheet in rows::sheets(number, file, &mut release.tally)? {
        if !fits(&sheet) {
            continue;
        }
        if let Some(header) = sheet.rows.first_mut() {
            for name in &mut header.cells {
                *name = match folded(name).as_str() {
                    "fullstatement" => "fullStatement".to_owned(),
                    "humancodingscheme" => "humanCodingScheme".to_owned(),
                    "abbreviatedstatement" => "abbreviatedStatement".to_owned(),
                    "ischildof" => "isChildOf".to_owned(),
                    letters => match ENDS
                        .iter()
                        .find(|(end, _)| end.eq_ignore_ascii_case(letters))
                    {
                        Some((end, _)) => (*end).to_owned(),
                        None => name.clone(),
                    },
                };
            }
        }
        let mut names: FxHashMap<String, String> = FxHashMap::default();
        let mut open = Vec::new();
        for row in sheet.named() {
            open.extend(item(row, &mut names, release));
        }
        let mut order = Order::default();
        for open in open {
            bind(open, &names, &mut order, release);
        }
        order.apply(release);
    }
    Ok(())
}

fn item(
    mut row: Named,
    names: &mut FxHashMap<String, String>,
    release: &mut Release,
) -> Option<Open> {
    let spot = row.spot;
    let identifier = row.take("identifier");
    let code = row.take("humanCodingScheme").unwrap_or_default();
    let statement = row.take("fullStatement").unwrap_or_default();
    let key = identifier.or_else(|| Some(code.clone()).filter(|code| !code.is_empty()));
    let Some(key) = key else {
        let reason = "items without an identifier and a code";
        json::leave_out(release, "item", reason, spot, &statement);
        return None;
    };
    let language = row.take("language").unwrap_or_default();
    let mut record = Record {
        key: key.clone(),
        code: code.clone(),
        kind: row.take("CFItemType"),
        spot,
        ..Record::default()
    };
    let label = row
        .take("abbreviatedStatement")
        .unwrap_or_else(|| label_of(&statement));
    record.text(TextRole::Label, &language, &label);
    record.text(TextRole::Statement, &language, &statement);
    if let Some(note) = row.take("notes") {
        record.text(TextRole::Note, &language, &note);
    }
    let open = Open {
        position: release.records.len(),
        parent: row.take("isChildOf"),
        successors: row.take("replacedBy").into_iter().collect(),
        ends: ENDS
            .iter()
            .filter_map(|(column, kind)| Some((*kind, row.take(column)?)))
            .collect(),
        sequence: row.take("sequenceNumber").and_then(|number| {
            let sequence = number.trim().parse::<u64>();
            record.field("sequenceNumber", &number);
            sequence.ok()
        }),
    };
    for (name, cell) in row.rest() {
        record.field(&name, &cell);
    }
    for name in [&key, &code] {
        if !name.is_empty() {
            names.entry(name.clone()).or_insert_with(|| key.clone());
        }
    }
    json::add(release, record);
    Some(open)
}

fn bind(open: Open, names: &FxHashMap<String, String>, order: &mut Order, release: &mut Release) {
    let key_of = |name: &str| names.get(name.trim()).cloned();
    let parent = open.parent.map(|parent| key_of(&parent).unwrap_or(parent));
    order.child(open.position, parent.as_deref(), open.sequence);
    let Some(record) = release.records.get_mut(open.position) else {
        return;
    };
    let (from, spot) = (record.key.clone(), record.spot);
    record.parents.extend(parent);
    for successor in open.successors {
        record.withdrawn = true;
        record
            .successors
            .push(key_of(&successor).unwrap_or(successor));
    }
    for (kind, to) in open.ends {
        let mut relation = Relation {
            from: from.clone(),
            to: to.clone(),
            kind: kind.to_owned(),
            spot,
            ..Relation::default()
        };
        match key_of(&to) {
            Some(key) => relation.to = key,
            None => {
                let reason = "ends of associations outside the package";
                release.tally.note(Outcome::Noted, reason, spot, &to);
                let link = Value::from(to);
                relation
                    .fields
                    .insert("destinationNodeURI".to_owned(), link);
            }
        }
        json::relate(release, relation);
    }
}
