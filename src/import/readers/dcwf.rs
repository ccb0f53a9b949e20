//! The DoD Cyber Workforce Framework as JSON: `elements`, `roles` and `ksats` (tasks and statements of knowledge, skill and
//! ability), each an object by id.
//!
//! Codes are unique within a kind only (a role and a statement may both be 421), so the key of a record has the kind before it:
//! `element/cybersecurity`, `role/421`, `statement/421`. A role is a part of its element and leads to its statements by
//! relations of the kinds `core` and `additional`. A kind that is written in another letter case than the known one is mended.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use crate::import::bundle::Bundle;
use crate::import::pack::StandsFor;
use crate::import::release::{Head, Record, Relation, Release, TextRole};
use crate::import::tally::{Outcome, Spot};

use super::json::{self, Object, Section};
use super::notes;
use super::reader::Reader;
use crate::import::fault::ReadFault;

/// The kinds of statement.
const KINDS: [&str; 4] = ["Task", "Knowledge", "Skill", "Ability"];

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "dcwf",
    title: "the DoD Cyber Workforce Framework",
    recognize: is,
    read: |bundle| read(bundle).map(|release| vec![release]),
};

/// Whether a download is of this framework.
#[must_use]
pub fn is(bundle: &Bundle) -> bool {
    bundle.files.iter().any(|file| {
        json::looks_like_json(file)
            && json::speaks_of(file, &["\"ksats\"", "\"roles\"", "\"core_ksats\""])
    })
}

/// Reads it.
///
/// # Errors
/// Damaged JSON, or a file without roles and statements.
pub fn read(bundle: &Bundle) -> Result<Release, ReadFault> {
    let mut release = Release {
        head: head(),
        ..Release::default()
    };
    for (number, file) in bundle.indexed() {
        if json::looks_like_json(file) && json::speaks_of(file, &["\"ksats\"", "\"roles\""]) {
            let sections: BTreeMap<String, Section> = json::parse(number, file)?;
            file_of(number, sections, &mut release);
        }
    }
    if release.records.is_empty() {
        return Err(ReadFault::new("there are no roles and no statements in it"));
    }
    notes::same_statement(&mut release, "statements with the text of an earlier one");
    notes::unused(
        &mut release,
        |record| record.key.starts_with("statement/"),
        "statements that no role has",
    );
    note_shared_codes(&mut release);
    Ok(release)
}

fn head() -> Head {
    Head {
        id: "dcwf".to_owned(),
        title: Some("DoD Cyber Workforce Framework".to_owned()),
        publisher: Some("United States Department of Defense".to_owned()),
        licence: Some(
            "U.S. Government work, not subject to copyright in the United States".to_owned(),
        ),
        attribution: Some(
            "DoD Cyber Workforce Framework, United States Department of Defense".to_owned(),
        ),
        source: Some("https://public.cyber.mil/wid/dcwf/".to_owned()),
        language: Some("en".to_owned()),
        stands_for: Some(StandsFor::Skill),
        ..Head::default()
    }
}

fn file_of(number: u32, mut sections: BTreeMap<String, Section>, release: &mut Release) {
    let mut seen = FxHashSet::default();
    for (section, kind, read) in [
        ("elements", "element", element as Reads),
        ("roles", "role", role),
        ("ksats", "statement", statement),
    ] {
        let members = match sections.remove(section) {
            Some(Section::Members(members)) => members,
            Some(Section::Plain(value)) => {
                let spot = Spot {
                    file: number,
                    line: 0,
                };
                let reason = format!("parts `{section}` that are no list");
                let words = json::type_name(&value);
                release.tally.note(Outcome::Skipped, &reason, spot, words);
                continue;
            }
            None => continue,
        };
        for (position, (name, value)) in members.into_iter().enumerate() {
            let spot = json::spot(number, position);
            let Value::Object(mut object) = value else {
                let reason = "entries that are no objects";
                json::leave_out(release, kind, reason, spot, &name);
                continue;
            };
            let code = json::take_text(&mut object, "id").unwrap_or_else(|| name.clone());
            if code != name {
                let reason = "entries whose id differs from the name they stand under";
                release.tally.note(Outcome::Noted, reason, spot, &name);
            }
            let key = format!("{kind}/{code}");
            if !seen.insert(key.clone()) {
                let reason = "entries with the id of an earlier one of the same kind";
                release.tally.note(Outcome::Noted, reason, spot, &code);
            }
            let record = Record {
                key,
                code,
                spot,
                ..Record::default()
            };
            read(record, object, release);
        }
    }
    for (name, section) in sections {
        let value = match section {
            Section::Members(members) => Value::Object(members.into_iter().collect()),
            Section::Plain(value) => value,
        };
        release.head.fields.insert(name, value);
    }
}

type Reads = fn(Record, Object, &mut Release);

fn element(mut record: Record, mut object: Object, release: &mut Release) {
    record.kind = Some("element".to_owned());
    record.stands_for = Some(StandsFor::Occupation);
    label(&mut record, &mut object);
    record.iri = json::take_text(&mut object, "url");
    record.fields = json::rest(object);
    json::add(release, record);
}

fn role(mut record: Record, mut object: Object, release: &mut Release) {
    record.kind = Some("work role".to_owned());
    record.stands_for = Some(StandsFor::Occupation);
    label(&mut record, &mut object);
    if let Some(text) = json::take_text(&mut object, "description") {
        record.text(TextRole::Description, "en", &text);
    }
    record.iri = json::take_text(&mut object, "url");
    if let Some(element) = json::take_text(&mut object, "element") {
        record.parents.push(format!("element/{element}"));
    }
    if object.get("nist_id").is_none_or(Value::is_null) {
        let reason = "roles without an id of NIST";
        let tally = &mut release.tally;
        tally.note(Outcome::Noted, reason, record.spot, &record.code);
    }
    let core = json::take_texts(&mut object, "core_ksats");
    let additional = json::take_texts(&mut object, "additional_ksats");
    let both: FxHashSet<&String> = additional.iter().collect();
    for statement in core.iter().filter(|core| both.contains(core)) {
        let reason = "statements that are both core and additional for the same role";
        let words = format!("{} {statement}", record.code);
        release
            .tally
            .note(Outcome::Noted, reason, record.spot, &words);
    }
    for (kind, statements) in [("core", core), ("additional", additional)] {
        for statement in statements {
            let relation = Relation {
                from: record.key.clone(),
                to: format!("statement/{statement}"),
                kind: kind.to_owned(),
                spot: record.spot,
                ..Relation::default()
            };
            json::relate(release, relation);
        }
    }
    record.fields = json::rest(object);
    json::add(release, record);
}

fn statement(mut record: Record, mut object: Object, release: &mut Release) {
    let kind = json::take_text(&mut object, "kind").unwrap_or_default();
    let known = KINDS.iter().find(|known| known.eq_ignore_ascii_case(&kind));
    record.kind = match known {
        Some(known) if **known != kind => {
            let reason = "kinds that are written in another letter case";
            let words = format!("{} {kind}", record.code);
            release
                .tally
                .note(Outcome::Mended, reason, record.spot, &words);
            record.field("kind", &kind);
            Some(known.to_lowercase())
        }
        Some(known) => Some(known.to_lowercase()),
        None => {
            let reason = "statements of a kind that is not known";
            let words = format!("{} {kind}", record.code);
            release
                .tally
                .note(Outcome::Noted, reason, record.spot, &words);
            Some(if kind.is_empty() {
                "statement".to_owned()
            } else {
                kind
            })
        }
    };
    if record.code.bytes().any(|byte| byte.is_ascii_lowercase()) {
        let reason = "ids with a small letter";
        let tally = &mut release.tally;
        tally.note(Outcome::Noted, reason, record.spot, &record.code);
    }
    if let Some(text) = json::take_text(&mut object, "description") {
        record.text(TextRole::Label, "en", &text);
        record.text(TextRole::Statement, "en", &text);
    }
    record.fields.append(&mut json::rest(object));
    json::add(release, record);
}

fn label(record: &mut Record, object: &mut Object) {
    if let Some(name) = json::take_text(object, "name") {
        record.text(TextRole::Label, "en", &name);
    }
}

/// Notes each code that records of several kinds have.
fn note_shared_codes(release: &mut Release) {
    let mut kinds: FxHashMap<&str, &str> = FxHashMap::default();
    let mut found = Vec::new();
    for record in &release.records {
        let kind = record.key.split('/').next().unwrap_or("");
        let first = *kinds.entry(&record.code).or_insert(kind);
        if first != kind {
            found.push((record.spot, record.code.clone()));
        }
    }
    for (spot, code) in found {
        let reason = "codes that are used for a role and for a statement";
        release.tally.note(Outcome::Noted, reason, spot, &code);
    }
}

#[cfg(test)]
mod tests {
    use super::super::real_files::{bundle, kinds, one, shown};
    use super::*;

    const SMALL: &str = r#"{
      "elements": {"ops": {"id": "ops", "name": "Operations", "url": "https://dod.example/ops", "roles": ["2", "1"]}},
      "roles": {
        "2": {"id": "2", "name": "Second", "element": "ops", "description": "Does.", "nist_id": null, "core_ksats": ["1", "2a"], "additional_ksats": ["1"]},
        "1": {"id": "1", "name": "First", "element": "gone", "nist_id": "OM-1", "core_ksats": "1", "additional_ksats": [{"id": 1}]},
        "3": "no object"
      },
      "ksats": {
        "1": {"id": "1", "description": "Knowledge of this.", "kind": "KNOWLEDGE"},
        "2a": {"id": "2A", "description": "Do that.", "kind": "Task", "since": 2023},
        "5": {"id": "5", "description": "Do that.", "kind": 7}
      },
      "version": "2023"
    }"#;

    #[test]
    fn a_small_one_with_its_faults_is_read() {
        let small = one("dcwf.json", SMALL);
        assert!(is(&small));
        let release = read(&small).unwrap_or_else(|fault| panic!("{fault:?}"));
        let keys: Vec<&str> = release
            .records
            .iter()
            .map(|record| record.key.as_str())
            .collect();
        assert_eq!(
            keys,
            [
                "element/ops",
                "role/2",
                "role/1",
                "statement/1",
                "statement/2A",
                "statement/5"
            ]
        );
        assert_eq!(release.records[1].parents, ["element/ops"]);
        assert_eq!(release.records[2].fields["additional_ksats"][0]["id"], 1);
        assert_eq!(release.records[3].kind.as_deref(), Some("knowledge"));
        assert_eq!(release.records[3].fields["kind"], "KNOWLEDGE");
        assert_eq!(release.records[4].fields["since"], 2023);
        assert_eq!(release.relations.len(), 4);
        assert_eq!(release.head.fields["version"], "2023");
        let count = |outcome, reason| release.tally.count(outcome, reason);
        assert_eq!(count(Outcome::Skipped, "entries that are no objects"), 1);
        assert_eq!(
            count(
                Outcome::Mended,
                "kinds that are written in another letter case"
            ),
            1
        );
        assert_eq!(
            count(Outcome::Noted, "statements of a kind that is not known"),
            1
        );
        assert_eq!(
            count(
                Outcome::Noted,
                "entries whose id differs from the name they stand under"
            ),
            1
        );
        assert_eq!(
            count(
                Outcome::Noted,
                "codes that are used for a role and for a statement"
            ),
            1
        );
    }

    #[test]
    fn wrong_types_at_the_top_are_counted_or_refused() {
        let text = r#"{"ksats": 5, "roles": [{"id": "9", "name": "Nine", "core_ksats": []}], "elements": null}"#;
        let release = read(&one("a.json", text)).expect("one role");
        assert_eq!(release.records.len(), 1);
        assert_eq!(
            release
                .tally
                .count(Outcome::Skipped, "parts `ksats` that are no list"),
            1
        );
        assert!(read(&one("a.json", r#"{"ksats": {}, "roles": {}}"#)).is_err());
        assert!(read(&one("a.json", r#"{"ksats": {}, "roles": {"#)).is_err());
    }

    #[test]
    fn the_framework_of_2023_is_read_in_full() {
        let Some(bundle) = bundle("dcwf-2023", &["dcwf.json.gz"]) else {
            return;
        };
        assert!(is(&bundle));
        let release = read(&bundle).unwrap_or_else(|fault| panic!("{fault:?}"));
        eprintln!("{}", shown(&release));
        let expected = [
            ("ability", 122),
            ("element", 10),
            ("knowledge", 666),
            ("skill", 373),
            ("task", 1_060),
            ("work role", 68),
        ];
        assert_eq!(
            kinds(&release),
            expected.map(|(kind, count)| (kind.to_owned(), count))
        );
        assert_eq!(release.relations.len(), 5_176);
        let count = |outcome, reason| release.tally.count(outcome, reason);
        assert_eq!(
            count(
                Outcome::Noted,
                "codes that are used for a role and for a statement"
            ),
            33
        );
        assert_eq!(
            count(
                Outcome::Mended,
                "kinds that are written in another letter case"
            ),
            1
        );
        assert_eq!(count(Outcome::Noted, "ids with a small letter"), 1);
        assert_eq!(count(Outcome::Noted, "roles without an id of NIST"), 17);
        let both = "statements that are both core and additional for the same role";
        assert_eq!(count(Outcome::Noted, both), 2);
        assert_eq!(
            count(Outcome::Noted, "statements with the text of an earlier one"),
            1
        );
        assert_eq!(count(Outcome::Noted, "statements that no role has"), 0);
    }
}
