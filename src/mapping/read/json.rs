//! The JSON of this program: `{ "format": "gradus-mappings", "about": {…}, "prefixes": {…}, "mappings": [ {…} ] }`.

use serde_json::{Map, Value};

use super::spot;
use super::sssom::row;
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::{beginning, text};
use crate::import::tally::Tally;
use crate::mapping::columns::Cells;
use crate::mapping::slots::join;
use crate::mapping::table::Table;

/// What the key `format` says.
pub(in crate::mapping) const FORMAT: &str = "gradus-mappings";

pub(super) fn is(bundle: &Bundle) -> bool {
    file(bundle).is_some()
}

fn file(bundle: &Bundle) -> Option<(u32, &BundleFile)> {
    bundle
        .indexed()
        .find(|(_, file)| beginning(file, 256).contains(FORMAT))
}

pub(super) fn read(bundle: &Bundle, tally: &mut Tally) -> Result<Table, ReadFault> {
    let Some((number, file)) = file(bundle) else {
        return Err(ReadFault::new("there are no mappings in JSON in this"));
    };
    let fault = |error: serde_json::Error| {
        let line = u32::try_from(error.line()).unwrap_or(0);
        ReadFault::at(spot(number, line), "this is no JSON that can be read")
    };
    let document: Map<String, Value> = serde_json::from_str(text(number, file)?).map_err(fault)?;
    let mut table = Table::default();
    if let Some(Value::Object(about)) = document.get("about") {
        for (name, value) in about {
            table.say(name, &cell(value));
        }
    }
    if let Some(Value::Object(prefixes)) = document.get("prefixes") {
        for (prefix, expansion) in prefixes {
            table.prefixes.insert(prefix.clone(), cell(expansion));
        }
    }
    // References are full addresses; the prefixes are for later exports.
    let prefixes = std::mem::take(&mut table.prefixes);
    let Some(Value::Array(mappings)) = document.get("mappings") else {
        return Err(ReadFault::at(
            spot(number, 1),
            "there is no list `mappings` in this",
        ));
    };
    for (position, mapping) in (1..).zip(mappings) {
        let cells = mapping.as_object().map(cells).unwrap_or_default();
        let words = cells.get("subject_id").cloned().unwrap_or_default();
        row(&mut table, tally, cells, spot(number, position), &words);
    }
    table.prefixes = prefixes;
    Ok(table)
}

/// The fields of an object as cells.
pub(super) fn cells(object: &Map<String, Value>) -> Cells {
    object
        .iter()
        .map(|(name, value)| (name.clone(), cell(value)))
        .collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number
            .as_f64()
            .map_or_else(|| number.to_string(), |number| number.to_string()),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(cell).collect();
            join(&values)
        }
        Value::Object(_) => value.to_string(),
    }
}
