//! The NICE Framework of NIST (SP 800-181): its components as tables, NIST's own JSON, and flat rows of role and statement.
//!
//! Recognized by columns, keys and the shape of codes (`OG-WRL-001`, `NF-COM-001`, `K0018`). Several of these files in one
//! download are read together: what two of them say is merged and counted. Work roles lead to their statements by relations
//! whose kind is made of the statement's (`has task`); a statement has no name, so its text is both label and statement.

mod cprt;
mod rows;
mod tables;

use rustc_hash::FxHashMap;

use crate::import::bundle::Bundle;
use crate::import::pack::StandsFor;
use crate::import::release::{Head, Record, Relation, Release, TextRole};
use crate::import::tally::{Outcome, Spot};

use super::reader::Reader;
use super::{json, notes};
use crate::import::fault::ReadFault;

/// The kinds of record, as the bundled part of the framework calls them.
const CATEGORY: &str = "work role category";
const WORK_ROLE: &str = "work role";
const COMPETENCY_AREA: &str = "competency area";
const STATEMENTS: [&str; 3] = ["task", "knowledge", "skill"];

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "nice",
    title: "the NICE Framework of NIST",
    recognize: is,
    read: |bundle| read(bundle).map(|release| vec![release]),
};

/// Whether a download is of the NICE Framework.
#[must_use]
pub fn is(bundle: &Bundle) -> bool {
    bundle
        .files
        .iter()
        .any(|file| cprt::is(file) || rows::is(file) || tables::is(file))
}

/// Reads all of its files.
///
/// # Errors
/// Files that are damaged, or that hold none of the framework's parts.
pub fn read(bundle: &Bundle) -> Result<Release, ReadFault> {
    let mut reading = Reading::default();
    reading.release.head = head();
    for (number, file) in bundle.indexed() {
        if cprt::is(file) {
            cprt::read(number, file, &mut reading)?;
        } else if tables::is(file) {
            tables::read(number, file, &mut reading)?;
        }
    }
    // The flat rows repeat what the others say, so they come last.
    for (number, file) in bundle.indexed() {
        if rows::is(file) && !cprt::is(file) {
            rows::read(number, file, &mut reading)?;
        }
    }
    let mut release = reading.release;
    if release.records.is_empty() {
        return Err(ReadFault::new(
            "there are no work roles and no statements in it",
        ));
    }
    notes::same_statement(&mut release, "statements with the text of an earlier one");
    if !release.relations.is_empty() {
        notes::unused(
            &mut release,
            is_statement,
            "statements that nothing refers to",
        );
    }
    Ok(release)
}

fn head() -> Head {
    Head {
        id: "nice".to_owned(),
        title: Some("NICE Workforce Framework for Cybersecurity (NICE Framework)".to_owned()),
        publisher: Some("National Institute of Standards and Technology".to_owned()),
        licence: Some(
            "U.S. Government work, not subject to copyright in the United States".to_owned(),
        ),
        licence_url: Some("https://www.nist.gov/open/license".to_owned()),
        attribution: Some(
            "NICE Framework components, National Institute of Standards and Technology (NIST SP 800-181 Rev. 1)"
                .to_owned(),
        ),
        source: Some("https://www.nist.gov/itl/applied-cybersecurity/nice/nice-framework-resource-center".to_owned()),
        language: Some("en".to_owned()),
        stands_for: Some(StandsFor::Skill),
        ..Head::default()
    }
}

/// The kind of the relation to a statement of this kind.
fn link_kind(statement: &str) -> String {
    format!("has {statement}")
}

fn is_statement(record: &Record) -> bool {
    record
        .kind
        .as_deref()
        .is_some_and(|kind| STATEMENTS.contains(&kind))
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    release: Release,
    /// The position of each link, by role and statement.
    links: FxHashMap<(String, String), usize>,
}

impl Reading {
    /// Adds a link between two records; one that is known already gets the fields that it did not have.
    fn link(&mut self, relation: Relation) {
        let ends = (relation.from.clone(), relation.to.clone());
        let known = self.links.get(&ends).copied();
        if let Some(known) = known.and_then(|known| self.release.relations.get_mut(known)) {
            for (name, value) in relation.fields {
                known.fields.entry(name).or_insert(value);
            }
            let words = format!("{} {}", relation.from, relation.to);
            let tally = &mut self.release.tally;
            tally.read(&relation.kind);
            let reason = "links between role and statement that are given twice";
            tally.merged(&relation.kind, reason, relation.spot, &words);
        } else {
            self.links.insert(ends, self.release.relations.len());
            json::relate(&mut self.release, relation);
        }
    }

    /// Where each key's record is.
    fn positions(&self) -> FxHashMap<String, usize> {
        let keys = self.release.records.iter().map(|record| record.key.clone());
        keys.zip(0..).collect()
    }
}

/// A record of a kind; the text of a statement is its label too, other records have a name and a description.
fn record(kind: &str, code: &str, name: Option<&str>, text: Option<&str>, spot: Spot) -> Record {
    let mut record = Record {
        key: code.to_owned(),
        code: code.to_owned(),
        kind: Some(kind.to_owned()),
        stands_for: [CATEGORY, WORK_ROLE]
            .contains(&kind)
            .then_some(StandsFor::Occupation),
        spot,
        ..Record::default()
    };
    let text = text.unwrap_or("");
    if let Some(name) = name.filter(|name| !name.trim().is_empty()) {
        record.text(TextRole::Label, "en", name);
    } else if STATEMENTS.contains(&kind) {
        record.text(TextRole::Label, "en", text);
    }
    let role = if STATEMENTS.contains(&kind) {
        TextRole::Statement
    } else {
        TextRole::Description
    };
    record.text(role, "en", text);
    record
}

/// Notes a statement whose kind does not fit the letter that its code begins with.
fn check_letter(reading: &mut Reading, kind: &str, code: &str, spot: Spot) {
    let fits = match code.bytes().next() {
        Some(b'T') => kind == "task",
        Some(b'K') => kind == "knowledge",
        Some(b'S') => kind == "skill",
        Some(_) | None => true,
    };
    if !fits {
        let reason = "statements whose code speaks of another kind";
        reading
            .release
            .tally
            .note(Outcome::Noted, reason, spot, code);
    }
}

#[cfg(test)]
mod tests;
