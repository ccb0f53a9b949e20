//! A mapping table as the JSON of this program; its shape is told in `docs/outputs.md`.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

use super::{Laid, WriteFault};
use crate::mapping::columns::{Cells, DERIVED_FROM, columns};
use crate::mapping::slots::{self, split};

/// The version of the shape.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    about: BTreeMap<&'a str, Value>,
    prefixes: &'a BTreeMap<String, String>,
    mappings: Vec<Ordered>,
}

/// Fields in an order of their own.
struct Ordered(Vec<(String, Value)>);

impl Serialize for Ordered {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

pub(super) fn write(laid: &Laid<'_>) -> Result<Vec<u8>, WriteFault> {
    let Laid { table, rows } = laid;
    let order = columns(rows);
    let document = Document {
        format: "gradus-mappings",
        version: VERSION,
        about: table
            .about
            .iter()
            .map(|(name, text)| (&**name, value(name, text)))
            .collect(),
        prefixes: &table.prefixes,
        mappings: rows
            .iter()
            .map(|row| Ordered(fields(row, &order)))
            .collect(),
    };
    let mut contents = serde_json::to_vec_pretty(&document)
        .map_err(|error| WriteFault(format!("the mappings cannot be written as JSON: {error}")))?;
    contents.push(b'\n');
    Ok(contents)
}

fn fields(row: &Cells, order: &[String]) -> Vec<(String, Value)> {
    order
        .iter()
        .filter_map(|name| Some((name.clone(), value(name, row.get(name)?))))
        .collect()
}

/// The fields of a row, for formats that hold JSON.
pub(super) fn object(row: &Cells) -> serde_json::Map<String, Value> {
    row.iter()
        .map(|(name, text)| (name.clone(), value(name, text)))
        .collect()
}

fn value(name: &str, text: &str) -> Value {
    let slot = slots::of_mapping(name).or_else(|| slots::of_set(name));
    if slot.is_some_and(|slot| slot.many) || name == DERIVED_FROM {
        return Value::from(split(text));
    }
    if name == "confidence"
        && let Ok(number) = text.parse::<f64>()
        && number.to_string() == text
    {
        return Value::from(number);
    }
    Value::from(text)
}
