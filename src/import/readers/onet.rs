//! O*NET, the occupational database of the U.S. Department of Labor: the text release, and the same tables as Excel workbooks.
//!
//! Goes in: `Occupation Data`, `Content Model Reference`, `Task Statements` and whatever other tables lie beside them. Comes out: occupations,
//! elements of the content model, tasks, work activities, technologies and job zones as records; ratings and links between them as
//! relations that keep all their values. Tables are told apart by their columns. A table that this reader does not know is
//! kept, row by row, with what it is about.

#[path = "onet_tables.rs"]
mod tables;

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::super::bundle::{Bundle, BundleFile};
use super::super::pack::StandsFor;
use super::super::release::{Fields, Head, Record, Relation, Release, TextRole};
use super::super::tally::{Outcome, Spot};
use super::reader::Reader;
use super::rows::{Dialect, Row, each_row};
use super::table::excel;
use crate::import::fault::ReadFault;
use tables::{Table, columns, table};

/// The reader.
pub static READER: Reader = Reader {
    name: "onet",
    title: "an O*NET release, as text or as Excel workbooks",
    recognize,
    read: |bundle| read(bundle).map(|release| vec![release]),
};

const OCCUPATION: &str = "O*NET-SOC Code";
const ELEMENT: &str = "Element ID";

fn recognize(bundle: &Bundle) -> bool {
    bundle.files.iter().any(|file| {
        let columns = columns(file);
        columns.iter().any(|column| column == OCCUPATION) && columns.len() > 1
            // Mapping tables name such codes too.
            && !columns.iter().any(|column| column.contains("ESCO"))
            && table(&columns) != Table::Unknown
    })
}

fn read(bundle: &Bundle) -> Result<Release, ReadFault> {
    let mut tables: Vec<(Table, u32, &BundleFile)> = bundle
        .indexed()
        .map(|(number, file)| (table(&columns(file)), number, file))
        .collect();
    tables.sort_by_key(|&(table, number, _)| (table, number));
    let mut reading = Reading::default();
    for (table, number, file) in tables {
        let name = file
            .name()
            .rsplit_once('.')
            .map_or(file.name(), |(stem, _)| stem);
        let mut with = |row: Row<'_>| {
            reading.row(table, name, row);
            Ok(())
        };
        if excel::is(file) {
            excel::each_row(number, file, &mut with)?;
        } else {
            each_row(number, file, Dialect::Tab, &mut with)?;
        }
    }
    Ok(reading.finish(version(bundle)))
}

/// The version in the usual names: `db_29_2_text`.
fn version(bundle: &Bundle) -> Option<String> {
    let names = std::iter::once(bundle.name.as_str());
    let names = names.chain(bundle.files.iter().map(|file| file.path.as_str()));
    names.into_iter().find_map(|name| {
        let rest = &name[name.find("db_")? + 3..];
        let mut parts = rest.split('_');
        let (major, minor) = (parts.next()?, parts.next()?);
        let is_number =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        (is_number(major) && is_number(minor)).then(|| format!("{major}.{minor}"))
    })
}

#[derive(Default)]
struct Reading {
    release: Release,
    by_key: FxHashMap<String, usize>,
    /// How often a text of a task was met, and where first.
    task_texts: BTreeMap<String, (usize, Spot)>,
    with_tasks: FxHashMap<String, u32>,
    emerging: FxHashMap<String, u32>,
    /// The names of technologies by the key of their commodity: some have thousands.
    examples: FxHashMap<String, FxHashSet<String>>,
}

impl Reading {
    fn row(&mut self, table: Table, name: &str, row: Row<'_>) {
        match table {
            Table::Occupations => self.occupation(row),
            Table::ContentModel => self.element(row),
            Table::IntermediateActivities => {
                let kind = "intermediate work activity";
                self.activity(row, kind, "IWA ID", "IWA Title", ELEMENT);
            }
            Table::DetailedActivities => {
                let kind = "detailed work activity";
                self.activity(row, kind, "DWA ID", "DWA Title", "IWA ID");
            }
            Table::Tasks => self.task(row),
            Table::EmergingTasks => self.emerging_task(row),
            Table::JobZoneReference => self.job_zone(row),
            Table::Technologies => self.technology(row),
            Table::AlternateTitles => self.alternate_title(row),
            Table::Ratings => self.rating(name, row),
            Table::TaskActivities => {
                let ends = (task_key(row.get("Task ID")), row.get("DWA ID").to_owned());
                self.relation(row, "work activity of a task", ends, &["Task ID", "DWA ID"]);
            }
            Table::RelatedOccupations => {
                let to = row.get("Related O*NET-SOC Code").to_owned();
                let ends = (row.get(OCCUPATION).to_owned(), to);
                let used = [OCCUPATION, "Related O*NET-SOC Code"];
                self.relation(row, "related occupation", ends, &used);
            }
            Table::ElementLinks => self.element_link(name, row),
            Table::JobZones => {
                let to = job_zone_key(row.get("Job Zone"));
                let ends = (row.get(OCCUPATION).to_owned(), to);
                self.relation(
                    row,
                    "job zone of an occupation",
                    ends,
                    &[OCCUPATION, "Job Zone"],
                );
            }
            Table::Unknown => self.keep(name, row),
        }
    }

    fn record(&mut self, record: Record) {
        let kind = record.kind.clone().unwrap_or_default();
        self.release.tally.read(&kind);
        self.by_key
            .entry(record.key.clone())
            .or_insert(self.release.records.len());
        self.release.records.push(record);
    }

    fn occupation(&mut self, row: Row<'_>) {
        let code = row.get(OCCUPATION).trim();
        let mut record = new(code, code, "occupation", row.spot);
        record.stands_for = Some(StandsFor::Occupation);
        record.iri = Some(format!("https://www.onetonline.org/link/summary/{code}"));
        record.text(TextRole::Label, "en", row.get("Title"));
        record.text(TextRole::Description, "en", row.get("Description"));
        record.fields = rest(row, &[OCCUPATION, "Title", "Description"]);
        self.record(record);
    }

    fn element(&mut self, row: Row<'_>) {
        let code = row.get(ELEMENT).trim();
        let mut record = new(code, code, "content model element", row.spot);
        // The code is a path: what stands before the last dot is the element above.
        record.parents = code
            .rsplit_once('.')
            .map(|(above, _)| above.to_owned())
            .into_iter()
            .collect();
        record.text(TextRole::Label, "en", row.get("Element Name"));
        record.text(TextRole::Description, "en", row.get("Description"));
        record.fields = rest(row, &[ELEMENT, "Element Name", "Description"]);
        self.record(record);
    }

    fn activity(&mut self, row: Row<'_>, kind: &str, id: &str, title: &str, above: &str) {
        let code = row.get(id).trim();
        let mut record = new(code, code, kind, row.spot);
        record.parents = vec![row.get(above).trim().to_owned()];
        record.text(TextRole::Label, "en", row.get(title));
        record.fields = rest(
            row,
            &[
                ELEMENT,
                "Element Name",
                "IWA ID",
                "IWA Title",
                "DWA ID",
                "DWA Title",
            ],
        );
        self.record(record);
    }

    fn task(&mut self, row: Row<'_>) {
        let id = row.get("Task ID").trim();
        let mut record = new(&task_key(id), id, "task", row.spot);
        let occupation = row.get(OCCUPATION).trim();
        record.parents = vec![occupation.to_owned()];
        record.text(TextRole::Statement, "en", row.get("Task"));
        record.fields = rest(row, &[OCCUPATION, "Title", "Task ID", "Task"]);
        let text = row.get("Task").to_lowercase();
        self.task_texts.entry(text).or_insert((0, row.spot)).0 += 1;
        *self.with_tasks.entry(occupation.to_owned()).or_insert(0) += 1;
        self.record(record);
    }

    /// A task that is new to an occupation: it has no id yet.
    fn emerging_task(&mut self, row: Row<'_>) {
        let occupation = row.get(OCCUPATION).trim();
        let number = self.emerging.entry(occupation.to_owned()).or_insert(0);
        *number += 1;
        let code = format!("{occupation}-emerging-{number}");
        let mut record = new(
            &format!("emerging task/{code}"),
            &code,
            "emerging task",
            row.spot,
        );
        record.parents = vec![occupation.to_owned()];
        record.text(TextRole::Statement, "en", row.get("Task"));
        record.fields = rest(row, &[OCCUPATION, "Title", "Task"]);
        let original = row.get("Original Task ID").trim();
        if is_given(original) {
            let ends = (record.key.clone(), task_key(original));
            self.relation_with(Fields::new(), "revises the task", ends, row.spot);
        }
        self.record(record);
    }

    fn job_zone(&mut self, row: Row<'_>) {
        let number = row.get("Job Zone").trim();
        let code = format!("job-zone-{number}");
        let mut record = new(&job_zone_key(number), &code, "job zone", row.spot);
        record.stands_for = Some(StandsFor::Level);
        record.rank = number.parse().ok();
        record.text(TextRole::Label, "en", row.get("Name"));
        record.fields = rest(row, &["Job Zone", "Name"]);
        self.record(record);
    }

    /// A technology: the commodity is the item, the examples are names to find it by.
    fn technology(&mut self, row: Row<'_>) {
        let code = row.get("Commodity Code").trim();
        let key = format!("technology/{code}");
        if !self.by_key.contains_key(&key) {
            let mut record = new(&key, code, "technology", row.spot);
            record.text(TextRole::Label, "en", row.get("Commodity Title"));
            self.record(record);
        }
        let example = row.get("Example");
        let at = self.by_key.get(&key).copied();
        if let Some(record) = at.and_then(|at| self.release.records.get_mut(at))
            && self
                .examples
                .entry(key.clone())
                .or_default()
                .insert(example.to_owned())
        {
            record.text(TextRole::Hidden, "en", example);
        }
        let ends = (row.get(OCCUPATION).trim().to_owned(), key);
        let used = [OCCUPATION, "Title", "Commodity Code", "Commodity Title"];
        self.relation(row, "technology skill", ends, &used);
    }

    fn alternate_title(&mut self, row: Row<'_>) {
        const TITLE: &str = "alternate title";
        self.release.tally.read(TITLE);
        let occupation = row.get(OCCUPATION).trim();
        let at = self.by_key.get(occupation).copied();
        let Some(record) = at.and_then(|at| self.release.records.get_mut(at)) else {
            let reason = "alternate titles of an occupation that is not in the files";
            self.release
                .tally
                .skipped(TITLE, reason, row.spot, occupation);
            return;
        };
        for column in ["Alternate Title", "Short Title"] {
            if is_given(row.get(column)) {
                record.text(TextRole::Alternative, "en", row.get(column));
            }
        }
        // Who said so, and which one is the short form, is kept with the titles themselves.
        push(
            &mut record.fields,
            "Alternate Titles",
            rest(row, &[OCCUPATION, "Title"]),
        );
        self.release.tally.kept(TITLE);
    }

    fn rating(&mut self, table: &str, row: Row<'_>) {
        let task = row.get("Task ID").trim();
        let to = if task.is_empty() {
            row.get(ELEMENT).trim().to_owned()
        } else {
            task_key(task)
        };
        for (column, reason) in [
            (
                "Recommend Suppress",
                "ratings that O*NET recommends to suppress, kept with that mark",
            ),
            (
                "Not Relevant",
                "ratings marked as not relevant, kept with that mark",
            ),
        ] {
            if row.get(column).trim() == "Y" {
                let words = format!("{} {to}", row.get(OCCUPATION));
                self.release
                    .tally
                    .note(Outcome::Noted, reason, row.spot, &words);
            }
        }
        let ends = (row.get(OCCUPATION).trim().to_owned(), to);
        let kind = format!("{} rating", table.to_lowercase());
        let used = [
            OCCUPATION,
            "Title",
            ELEMENT,
            "Element Name",
            "Scale Name",
            "Task ID",
            "Task",
        ];
        self.relation(row, &kind, ends, &used);
    }

    /// A row that binds two elements: `Skills Element ID`, `Work Activities Element ID`.
    fn element_link(&mut self, table: &str, row: Row<'_>) {
        let mut ids = row.cells().filter(|(name, _)| name.ends_with(ELEMENT));
        let (Some((from_name, from)), Some((_, to))) = (ids.next(), ids.next()) else {
            // With one end only it binds nothing, and is kept as it is.
            self.keep(table, row);
            return;
        };
        let what = from_name.trim_end_matches(ELEMENT).trim().to_lowercase();
        let kind = format!("work activity of {what}");
        let fields = row
            .cells()
            .filter(|(name, cell)| !name.contains("Element") && is_given(cell))
            .map(|(name, cell)| (name.to_owned(), Value::from(cell)))
            .collect();
        let ends = (from.trim().to_owned(), to.trim().to_owned());
        self.release.tally.read(&kind);
        self.relation_with(fields, &kind, ends, row.spot);
    }

    fn relation(&mut self, row: Row<'_>, kind: &str, ends: (String, String), used: &[&str]) {
        self.release.tally.read(kind);
        // Workbooks repeat the names of what the codes stand for.
        let names = ["Title", "Related Title", "Task", "DWA Title"];
        let used: Vec<&str> = used.iter().copied().chain(names).collect();
        self.relation_with(rest(row, &used), kind, ends, row.spot);
    }

    fn relation_with(&mut self, fields: Fields, kind: &str, ends: (String, String), spot: Spot) {
        let (from, to) = ends;
        self.release.relations.push(Relation {
            from,
            to,
            kind: kind.to_owned(),
            fields,
            spot,
        });
    }

    /// A row of a table that is not known: kept with the occupation or element it is about, else with the framework.
    fn keep(&mut self, table: &str, row: Row<'_>) {
        let kind = format!("row of {table}");
        self.release.tally.read(&kind);
        self.release.tally.kept(&kind);
        let about = [OCCUPATION, ELEMENT]
            .into_iter()
            .map(|column| row.get(column).trim())
            .find_map(|key| self.by_key.get(key).copied());
        let fields = match about.and_then(|at| self.release.records.get_mut(at)) {
            Some(record) => &mut record.fields,
            None => &mut self.release.head.fields,
        };
        push(fields, table, rest(row, &[]));
    }

    fn finish(mut self, version: Option<String>) -> Release {
        let tally = &mut self.release.tally;
        for (text, (count, spot)) in &self.task_texts {
            if *count > 1 {
                let reason = "task texts that stand under more than one task id";
                tally.note(Outcome::Noted, reason, *spot, text);
            }
        }
        if !self.with_tasks.is_empty() {
            for record in &self.release.records {
                let is_occupation = record.kind.as_deref() == Some("occupation");
                if is_occupation && !self.with_tasks.contains_key(&record.key) {
                    let reason = "occupations without tasks";
                    tally.note(Outcome::Noted, reason, record.spot, &record.code);
                }
            }
        }
        let fields = std::mem::take(&mut self.release.head.fields);
        self.release.head = Head {
            id: "onet".to_owned(),
            version,
            title: Some("O*NET Database".to_owned()),
            publisher: Some(
                "U.S. Department of Labor, Employment and Training Administration".to_owned(),
            ),
            licence: Some("CC BY 4.0".to_owned()),
            licence_url: Some("https://creativecommons.org/licenses/by/4.0/".to_owned()),
            attribution: Some(
                "This uses the O*NET Database by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA), under the CC BY 4.0 licence; O*NET is a trademark of USDOL/ETA"
                    .to_owned(),
            ),
            source: Some("https://www.onetcenter.org/database.html".to_owned()),
            iri: None,
            language: Some("en".to_owned()),
            stands_for: Some(StandsFor::Skill),
            fields,
            spot: None,
        };
        self.release
    }
}

fn new(key: &str, code: &str, kind: &str, spot: Spot) -> Record {
    Record {
        key: key.to_owned(),
        code: code.to_owned(),
        kind: Some(kind.to_owned()),
        spot,
        ..Record::default()
    }
}

fn task_key(id: &str) -> String {
    format!("task/{}", id.trim())
}

fn job_zone_key(number: &str) -> String {
    format!("job zone/{}", number.trim())
}

/// O*NET writes `n/a` where it has no value.
fn is_given(cell: &str) -> bool {
    !cell.trim().is_empty() && cell.trim() != "n/a"
}

/// The cells that have no place of their own. What O*NET writes as `n/a` is left out.
fn rest(row: Row<'_>, used: &[&str]) -> Fields {
    row.cells()
        .filter(|(name, cell)| !used.contains(name) && is_given(cell))
        .map(|(name, cell)| (name.to_owned(), Value::from(cell)))
        .collect()
}

/// Adds a row to a list in the fields.
fn push(fields: &mut Fields, name: &str, row: Fields) {
    let list = fields
        .entry(name.to_owned())
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list {
        list.push(Value::Object(row.into_iter().collect()));
    }
}

#[cfg(test)]
#[path = "onet_tests.rs"]
mod tests;
