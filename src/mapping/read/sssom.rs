//! SSSOM/TSV, versions 1.0 and 1.1: metadata in a block of `#` lines or in a YAML file beside the table, then the rows.
//!
//! References are made full addresses with the `curie_map`. What the set says of all its rows (propagated slots) is said of
//! each row, as the standard means it. Columns and keys that the standard does not know are kept.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

use super::records::records;
use super::{KIND, spot};
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::{beginning, text};
use crate::import::tally::{Outcome, Tally};
use crate::mapping::columns::{Cells, together};
use crate::mapping::slots::{self, join};
use crate::mapping::table::{Table, expand_built_in};

/// Under which key a table keeps what a file says of its own columns, as JSON.
pub(in crate::mapping) const EXTENSIONS: &str = "extension_definitions";

pub(super) fn is(bundle: &Bundle) -> bool {
    table_file(bundle).is_some()
}

fn table_file(bundle: &Bundle) -> Option<(u32, &BundleFile)> {
    bundle.indexed().find(|(_, file)| {
        let start = beginning(file, 1 << 16);
        if start.starts_with('#') {
            let block: Vec<&str> = start
                .lines()
                .take_while(|line| line.starts_with('#'))
                .collect();
            let header = start.lines().find(|line| !line.starts_with('#'));
            let known = |line: &&&str| {
                let key = line.trim_start_matches('#').trim_start();
                key.split_once(':').is_some_and(|(key, _)| {
                    key == "curie_map" || slots::of_set(key.trim()).is_some()
                })
            };
            return match header {
                Some(header) => is_header(header, '\t'),
                None => block.iter().any(|line| known(&line)),
            };
        }
        start
            .lines()
            .next()
            .is_some_and(|line| is_header(line, '\t'))
    })
}

/// Whether a line names the columns of a mapping.
pub(super) fn is_header(line: &str, delimiter: char) -> bool {
    let names: BTreeSet<&str> = line
        .split(delimiter)
        .map(|name| name.trim().trim_matches('"'))
        .collect();
    names.contains("predicate_id")
        && (names.contains("subject_id") || names.contains("subject_label"))
}

pub(super) fn read(bundle: &Bundle, tally: &mut Tally) -> Result<Table, ReadFault> {
    let Some((number, file)) = table_file(bundle) else {
        return Err(ReadFault::new("there is no SSSOM table in this"));
    };
    let text_of_file = text(number, file)?;
    let mut block = String::new();
    let mut rest = text_of_file;
    let mut lines = 0_u32;
    while let Some(line) = rest.strip_prefix('#') {
        let (line, after) = line.split_once('\n').unwrap_or((line, ""));
        block.push_str(line.trim_end_matches('\r'));
        block.push('\n');
        rest = after;
        lines += 1;
    }
    let mut table = Table::default();
    if lines > 0 {
        metadata(&outdented(&block), number, &mut table)?;
    } else if let Some((beside, file)) = external(bundle, file) {
        metadata(text(beside, file)?, beside, &mut table)?;
    }
    let first = rest.lines().next().unwrap_or("");
    let delimiter = if is_header(first, '\t') { b'\t' } else { b',' };
    rows(rest, delimiter, (number, lines), &mut table, tally);
    Ok(table)
}

/// The block without the blanks that all its lines start with.
fn outdented(block: &str) -> String {
    let width = block
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let lines = block.lines().map(|line| line.get(width..).unwrap_or(""));
    lines.fold(String::new(), |mut text, line| {
        text.push_str(line);
        text.push('\n');
        text
    })
}

/// The metadata file beside a table: the same name, or the only YAML file there is.
fn external<'a>(bundle: &'a Bundle, table: &BundleFile) -> Option<(u32, &'a BundleFile)> {
    let stem = |path: &str| {
        path.trim_end_matches(".tsv")
            .trim_end_matches(".yaml")
            .trim_end_matches(".yml")
            .trim_end_matches(".sssom")
            .to_owned()
    };
    let is_yaml = |file: &BundleFile| file.path.ends_with(".yml") || file.path.ends_with(".yaml");
    let all: Vec<(u32, &BundleFile)> = bundle.indexed().filter(|(_, file)| is_yaml(file)).collect();
    let same = all
        .iter()
        .find(|(_, file)| stem(&file.path) == stem(&table.path));
    match (same, all.as_slice()) {
        (Some(&same), _) => Some(same),
        (None, &[only]) => Some(only),
        (None, _) => None,
    }
}

/// Where the metadata of a table stands that has none in itself.
pub(super) fn metadata_of(bundle: &Bundle, table: usize) -> Option<usize> {
    let file = bundle.files.get(table)?;
    if file.bytes.starts_with(b"#") {
        return None;
    }
    let (beside, _) = external(bundle, file)?;
    usize::try_from(beside).ok()
}

fn metadata(yaml: &str, number: u32, table: &mut Table) -> Result<(), ReadFault> {
    if yaml.trim().is_empty() {
        return Ok(());
    }
    let fault = |error: serde_yaml::Error| {
        let line = error.location().map_or(0, |at| at.line());
        ReadFault::at(
            spot(number, u32::try_from(line).unwrap_or(0)),
            "the metadata of the mapping set is no YAML that can be read",
        )
    };
    let Value::Mapping(said) = serde_yaml::from_str(yaml).map_err(fault)? else {
        return Err(ReadFault::at(
            spot(number, 1),
            "the metadata of the mapping set are no names with values",
        ));
    };
    // First the prefixes: the references need them.
    if let Some(Value::Mapping(prefixes)) = said.get("curie_map") {
        for (prefix, expansion) in prefixes {
            if let (Some(prefix), Some(expansion)) = (scalar(prefix), scalar(expansion)) {
                table.prefixes.insert(prefix, expansion);
            }
        }
    }
    let prefixes = table.prefixes.clone();
    for (key, value) in &said {
        let Some(key) = scalar(key).filter(|key| key != "curie_map") else {
            continue;
        };
        let slot = slots::of_set(&key);
        let full = |one: String| match slot {
            Some(slot) if slot.reference => expand(&prefixes, &one).unwrap_or(one),
            _ => one,
        };
        match value {
            Value::Sequence(values)
                if key != EXTENSIONS && values.iter().all(|v| scalar(v).is_some()) =>
            {
                let values: Vec<String> = values.iter().filter_map(scalar).map(full).collect();
                table.say(&key, &join(&values));
            }
            Value::Sequence(_) | Value::Mapping(_) => {
                let json = serde_json::to_string(value).unwrap_or_default();
                table.say(&key, &json);
            }
            other => {
                if let Some(one) = scalar(other) {
                    let one = full(one);
                    let many = slot.is_some_and(|slot| slot.many);
                    table.say(&key, &if many { join(&[one]) } else { one });
                }
            }
        }
    }
    Ok(())
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => None,
    }
}

/// The address behind a CURIE; `None` where its prefix is not declared.
fn expand(prefixes: &BTreeMap<String, String>, curie: &str) -> Option<String> {
    let (prefix, local) = curie.split_once(':')?;
    if local.starts_with("//") {
        return None;
    }
    if let Some(expansion) = prefixes.get(prefix) {
        return Some(format!("{expansion}{local}"));
    }
    expand_built_in(curie)
}

/// Reads the rows below the metadata. `place` is the file and the number of lines before the header.
pub(super) fn rows(
    body: &str,
    delimiter: u8,
    place: (u32, u32),
    table: &mut Table,
    tally: &mut Tally,
) {
    let (number, before) = place;
    let all = records(body, delimiter);
    let Some((header, rows)) = all.split_first() else {
        return;
    };
    let mut names = header_names(&header.cells);
    if delimiter != b'\t' {
        names = names
            .iter()
            .map(|name| super::sheet::without_apostrophe(name))
            .collect();
    }
    // Whether an end is an address or words has to be known before the row is put together.
    let types: Vec<(&str, String)> = ["subject_type", "object_type"]
        .into_iter()
        .filter(|kind| names.iter().all(|name| name != kind))
        .filter_map(|kind| Some((kind, table.said(kind)?.to_owned())))
        .collect();
    for record in rows {
        // A line without any cell is no record.
        if record.cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let here = spot(number, before + record.line);
        let first = record.cells.first().map_or("", String::as_str);
        if record.mended {
            tally.note(
                Outcome::Mended,
                "rows with a quote that is not closed",
                here,
                first,
            );
        }
        if record.cells.len() > names.len() {
            tally.note(
                Outcome::Noted,
                "rows with more cells than columns",
                here,
                first,
            );
        }
        let unquoted = |cell: &String| -> String {
            if delimiter != b'\t' {
                super::sheet::without_apostrophe(cell)
            } else {
                cell.clone()
            }
        };
        let mut cells: Cells = names
            .iter()
            .zip(&record.cells)
            .map(|(name, cell)| (name.clone(), unquoted(cell)))
            .collect();
        for (kind, value) in &types {
            cells.insert((*kind).to_owned(), value.clone());
        }
        row(table, tally, cells, here, first);
    }
    if !table.rows.is_empty() {
        for (kind, _) in types {
            table.about.remove(kind);
        }
    }
}

/// The names of columns; one without a name is called by its number.
pub(super) fn header_names(cells: &[String]) -> Vec<String> {
    (1..)
        .zip(cells)
        .map(|(number, name)| match name.trim() {
            "" => format!("column_{number}"),
            name => name.to_owned(),
        })
        .collect()
}

/// Takes one row in and counts it.
pub(super) fn row(
    table: &mut Table,
    tally: &mut Tally,
    cells: Cells,
    here: crate::import::tally::Spot,
    words: &str,
) {
    tally.read(KIND);
    let prefixes = std::mem::take(&mut table.prefixes);
    let mut undeclared: Option<String> = None;
    let mut spelled_out = false;
    let built = together(table, cells, &mut |said| {
        if let Some(full) = expand(&prefixes, said) {
            return full;
        }
        match said.split_once(':') {
            Some((_, rest)) if rest.starts_with("//") => spelled_out = true,
            Some(("urn", _)) => {}
            _ => undeclared = Some(said.to_owned()),
        }
        said.to_owned()
    });
    table.prefixes = prefixes;
    if let Some(said) = undeclared {
        tally.note(
            Outcome::Noted,
            "references whose prefix is not declared, kept as they are",
            here,
            &said,
        );
    }
    if spelled_out && !table.prefixes.is_empty() {
        tally.note(
            Outcome::Noted,
            "rows with full addresses where the standard wants CURIEs",
            here,
            words,
        );
    }
    match built {
        Ok(row) => {
            for kept in ["confidence", "predicate_modifier"] {
                if let Some(value) = row.slot(kept) {
                    tally.note(Outcome::Noted, super::MEANINGLESS, here, value);
                }
            }
            table.rows.push(row);
            tally.kept(KIND);
        }
        Err(reason) => tally.skipped(KIND, reason, here, words),
    }
}
