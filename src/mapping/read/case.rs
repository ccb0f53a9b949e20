//! Associations of CASE as mappings: a package, or the set of associations that the API returns.
//!
//! `exactMatchOf`, `isRelatedTo`, `isPeerOf` and `isPartOf` are mappings (the part is the narrower one); the tree, the order and
//! the history of a framework (`isChildOf`, `precedes`, `replacedBy` …) are not and are counted as left out. What this
//! program has exported carries its full row under `extensions.gradus` and comes back from there.

use serde_json::{Map, Value};

use super::{KIND, json, spot, sssom};
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::text;
use crate::import::tally::Tally;
use crate::mapping::table::{Predicate, Row, Table, justification};

/// Under which key the full row stands in `extensions`.
pub(in crate::mapping) const EXTENSION: &str = "gradus";

pub(super) fn is(bundle: &Bundle) -> bool {
    file(bundle).is_some()
}

fn file(bundle: &Bundle) -> Option<(u32, &BundleFile)> {
    bundle.indexed().find(|(_, file)| {
        let json = file.bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        json == Some(&b'{') && memchr::memmem::find(&file.bytes, b"\"CFAssociations\"").is_some()
    })
}

pub(super) fn read(bundle: &Bundle, tally: &mut Tally) -> Result<Table, ReadFault> {
    let Some((number, file)) = file(bundle) else {
        return Err(ReadFault::new("there are no CASE associations in this"));
    };
    let fault = |error: serde_json::Error| {
        let line = u32::try_from(error.line()).unwrap_or(0);
        ReadFault::at(spot(number, line), "this is no JSON that can be read")
    };
    let document: Map<String, Value> = serde_json::from_str(text(number, file)?).map_err(fault)?;
    let mut table = Table::default();
    if let Some(Value::Object(head)) = document.get("CFDocument") {
        for (from, to) in [
            ("title", "mapping_set_title"),
            ("version", "mapping_set_version"),
            ("licenseURI", "license"),
        ] {
            if let Some(said) = head.get(from).and_then(text_or_address) {
                table.say(to, said);
            }
        }
    }
    let Some(Value::Array(associations)) = document.get("CFAssociations") else {
        return Err(ReadFault::at(
            spot(number, 0),
            "`CFAssociations` is no list",
        ));
    };
    for (position, association) in (1..).zip(associations) {
        one(&mut table, tally, association, spot(number, position));
    }
    Ok(table)
}

fn text_or_address(value: &Value) -> Option<&str> {
    value
        .as_str()
        .or_else(|| value.get("uri").and_then(Value::as_str))
}

fn one(
    table: &mut Table,
    tally: &mut Tally,
    association: &Value,
    here: crate::import::tally::Spot,
) {
    let said = |name: &str| association.get(name).and_then(Value::as_str).unwrap_or("");
    let own = association
        .get("extensions")
        .and_then(|extensions| extensions.get(EXTENSION))
        .and_then(Value::as_object);
    if let Some(own) = own {
        sssom::row(table, tally, json::cells(own), here, said("identifier"));
        return;
    }
    let kind = said("associationType");
    let predicate = match kind {
        "exactMatchOf" => Predicate::Exact,
        "isRelatedTo" | "isPeerOf" => Predicate::Related,
        "isPartOf" => Predicate::Broad,
        other => {
            tally.read(KIND);
            let reason = format!("associations `{other}`, which are no mappings");
            tally.skipped(KIND, &reason, here, said("identifier"));
            return;
        }
    };
    tally.read(KIND);
    let end = |name: &str| -> Option<(String, Option<String>)> {
        let node = association.get(name)?;
        let address = text_or_address(node)
            .or_else(|| node.get("identifier").and_then(Value::as_str))
            .filter(|address| !address.trim().is_empty())?;
        let title = node.get("title").and_then(Value::as_str);
        Some((
            address.to_owned(),
            title.filter(|title| !title.is_empty()).map(str::to_owned),
        ))
    };
    let (Some((subject, subject_label)), Some((object, object_label))) =
        (end("originNodeURI"), end("destinationNodeURI"))
    else {
        tally.skipped(
            KIND,
            "associations without one of their ends",
            here,
            said("identifier"),
        );
        return;
    };
    let (subject, object) = (table.address(&subject), table.address(&object));
    let mut row = Row::new(subject, predicate, object);
    row.justification = justification("UnspecifiedMatching");
    row.subject_label = subject_label.map(|label| label.as_str().into());
    row.object_label = object_label.map(|label| label.as_str().into());
    row.set("case_association", said("uri"));
    row.set("case_type", kind);
    row.set("comment", said("notes"));
    table.rows.push(row);
    tally.kept(KIND);
}
