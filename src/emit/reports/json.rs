//! Reports for programs: JSON, version 1 (`docs/planning.md`).

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::plan::report::{Cell, Fact, Report, Section};

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    report: &'r str,
    subject: &'r str,
    title: &'r str,
    summary: &'r [String],
    facts: Facts<'r>,
    sections: Vec<Table<'r>>,
}

#[derive(Serialize)]
struct Table<'r> {
    key: &'r str,
    title: &'r str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'r [String],
    rows: Vec<Row<'r>>,
}

struct Facts<'r>(&'r [Fact]);

struct Row<'r>(&'r Section, &'r [Cell]);

struct Value<'r>(&'r Cell);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for fact in self.0 {
            map.serialize_entry(fact.key, &Value(&fact.value))?;
        }
        map.end()
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, cell) in self.0.columns.iter().zip(self.1) {
            if *cell != Cell::Empty {
                map.serialize_entry(&column.key, &Value(cell))?;
            }
        }
        map.end()
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Empty => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Number(amount) if amount.0 % 1000 == 0 => {
                serializer.serialize_i64(amount.0 / 1000)
            }
            Cell::Number(amount) => serializer.serialize_f64(amount.as_f64()),
            Cell::Truth(truth) => serializer.serialize_bool(*truth),
            Cell::List(items) => items.serialize(serializer),
        }
    }
}

/// A report as JSON.
#[must_use]
pub fn json(report: &Report) -> String {
    let document = Document {
        version: 1,
        report: report.kind,
        subject: &report.subject,
        title: &report.title,
        summary: &report.summary,
        facts: Facts(&report.facts),
        sections: report
            .sections
            .iter()
            .map(|section| Table {
                key: section.key,
                title: &section.title,
                notes: &section.notes,
                rows: section.rows.iter().map(|row| Row(section, row)).collect(),
            })
            .collect(),
    };
    // Strings, numbers and lists always become JSON.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}
