//! DigComp 3.0: the data supplement of the Joint Research Centre, as it is.
//!
//! Goes in: one JSON file that calls itself JSON-LD. Its context maps every term to itself, and its ids are relative, so it is read by
//! what it means to say rather than as linked data. Comes out: areas, competences, competence statements, learning outcomes and
//! proficiency levels as records; the glossary as a field of the framework. All references to a level name it without
//! its number (`ProficiencyLevel/Basic` where there are `Basic_1` and `Basic_2`): they are led to every level of that name.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::reader::Reader;
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::{beginning, text};
use crate::import::pack::StandsFor;
use crate::import::release::{Fields, Head, Record, Relation, Release, TextRole};
use crate::import::tally::{Outcome, Spot};

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "digcomp",
    title: "the data supplement of DigComp",
    recognize: is,
    read: |bundle| read(bundle).map(|release| vec![release]),
};

/// Whether one of the files is the supplement: its types are those of no other format.
#[must_use]
pub fn is(bundle: &Bundle) -> bool {
    bundle.files.iter().any(is_supplement)
}

fn is_supplement(file: &BundleFile) -> bool {
    let start = beginning(file, 1 << 12);
    start.trim_start().starts_with('{')
        && [
            "\"CompetenceArea\"",
            "\"CompetenceStatement\"",
            "\"ProficiencyLevel\"",
        ]
        .iter()
        .all(|term| start.contains(term))
}

/// Reads the supplement.
///
/// # Errors
/// The file is no JSON, or has no `@graph`.
pub fn read(bundle: &Bundle) -> Result<Release, ReadFault> {
    let mut release = Release {
        head: head(),
        ..Release::default()
    };
    let mut levels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut references: Vec<(String, String, Spot)> = Vec::new();
    let mut glossary = Map::new();
    for (number, file) in bundle.indexed().filter(|(_, file)| is_supplement(file)) {
        let whole = Spot {
            file: number,
            line: 0,
        };
        let document: Value = serde_json::from_str(text(number, file)?)
            .map_err(|error| ReadFault::at(whole, format!("this is not JSON: {error}")))?;
        let Some(nodes) = document.get("@graph").and_then(Value::as_array) else {
            return Err(ReadFault::at(
                whole,
                "there is no list `@graph` in this file",
            ));
        };
        for (line, node) in (1..).zip(nodes) {
            let mut entry = Entry::new(node, Spot { file: number, line });
            let kind = match entry.kind.as_str() {
                "CompetenceArea" => "area",
                "Competence" => "competence",
                "ProficiencyLevel" => "proficiency level",
                "CompetenceStatement" => "competence statement",
                "LearningOutcome" => "learning outcome",
                "Glossary" => {
                    let name = entry.short_id().to_owned();
                    let kind = "glossary entry";
                    release.tally.read(kind);
                    release.tally.kept(kind);
                    let reason = "glossary entries, kept as a field of the framework";
                    release
                        .tally
                        .note(Outcome::Noted, reason, entry.spot, &name);
                    let explanation = entry.take("explanation");
                    let known = Value::from(explanation);
                    glossary.insert(name, with_rest(known, entry.rest));
                    continue;
                }
                other => {
                    let kind = if other.is_empty() {
                        "untyped node"
                    } else {
                        other
                    };
                    release.tally.read(kind);
                    let reason = "nodes of a type that the format does not have";
                    release.tally.skipped(kind, reason, entry.spot, &entry.id);
                    continue;
                }
            };
            release.tally.read(kind);
            let level = entry.take("four_levels_proficiency_name");
            if !level.is_empty() {
                references.push((entry.id.clone(), level, entry.spot));
            }
            let record = record(kind, &mut entry);
            if kind == "proficiency level" {
                let name = record.key.rsplit_once('_').map_or("", |(name, _)| name);
                let of_name = levels.entry(name.to_owned()).or_default();
                of_name.push(record.key.clone());
            }
            release.records.push(record);
        }
    }
    if release.records.is_empty() {
        return Err(ReadFault::new("there is nothing of DigComp in these files"));
    }
    if !glossary.is_empty() {
        let fields = &mut release.head.fields;
        fields.insert("glossary".to_owned(), Value::Object(glossary));
    }
    lead_to_levels(&mut release, &levels, references);
    count_repeated_statements(&mut release);
    Ok(release)
}

/// The explanation of a glossary entry; with whatever else is said of it, an object of both.
fn with_rest(explanation: Value, mut rest: Map<String, Value>) -> Value {
    if rest.is_empty() {
        return explanation;
    }
    if explanation.as_str() != Some("") {
        rest.insert("explanation".to_owned(), explanation);
    }
    Value::Object(rest)
}

/// What the supplement leaves to its download page: it says nothing of itself.
fn head() -> Head {
    Head {
        id: "digcomp".to_owned(),
        version: Some("3.0".to_owned()),
        title: Some("DigComp 3.0: European Digital Competence Framework".to_owned()),
        publisher: Some("European Commission, Joint Research Centre".to_owned()),
        licence: Some("CC BY 4.0".to_owned()),
        licence_url: Some("https://creativecommons.org/licenses/by/4.0/".to_owned()),
        attribution: Some(
            "Cosgrove, J. and Cachia, R., DigComp 3.0: European Digital Competence Framework, © European Union, 2025"
                .to_owned(),
        ),
        source: Some("https://publications.jrc.ec.europa.eu/repository/handle/JRC144121".to_owned()),
        iri: None,
        language: Some("en".to_owned()),
        stands_for: Some(StandsFor::Skill),
        fields: Fields::new(),
        spot: None,
    }
}

/// A node of the file, from which what is used is taken away.
struct Entry {
    id: String,
    kind: String,
    rest: Map<String, Value>,
    spot: Spot,
}

impl Entry {
    fn new(node: &Value, spot: Spot) -> Self {
        let mut entry = Self {
            id: String::new(),
            kind: String::new(),
            rest: node.as_object().cloned().unwrap_or_default(),
            spot,
        };
        entry.id = entry.take("@id");
        entry.kind = entry.take("@type");
        entry
    }

    /// Takes a text away; a number is its digits.
    fn take(&mut self, name: &str) -> String {
        match self.rest.remove(name) {
            Some(Value::String(text)) => text,
            Some(Value::Number(number)) => number.to_string(),
            Some(other) => {
                // Nothing that has no text is lost.
                self.rest.insert(name.to_owned(), other);
                String::new()
            }
            None => String::new(),
        }
    }

    /// The id without its type: `CS1.1.01`.
    fn short_id(&self) -> &str {
        self.id.split_once('/').map_or(&self.id, |(_, short)| short)
    }
}

fn record(kind: &str, entry: &mut Entry) -> Record {
    let mut record = Record {
        key: entry.id.clone(),
        code: entry.short_id().to_owned(),
        kind: Some(kind.to_owned()),
        spot: entry.spot,
        ..Record::default()
    };
    let area = entry.take("competence_area_id");
    let competence = entry.take("competence_id");
    // The competence says the area again.
    record.parents = [competence, area]
        .into_iter()
        .find(|parent| !parent.is_empty())
        .into_iter()
        .collect();
    match kind {
        "proficiency level" => {
            let number = entry.take("eight_levels_mapping");
            let name = entry.take("four_levels_name");
            record.stands_for = Some(StandsFor::Level);
            record.rank = number.parse().ok();
            // Areas have the numbers already; the letter is the one that the shipped pack uses.
            record.code = format!("L{number}");
            record.text(TextRole::Label, "en", &format!("{name} {number}"));
            let of_eight = entry.take("eight_levels_description");
            let of_four = entry.take("four_levels_description");
            record.text(TextRole::Description, "en", &of_eight);
            record.text(TextRole::Note, "en", &of_four);
            record.field("four_levels_name", &name);
        }
        "competence statement" | "learning outcome" => {
            let statement = entry.take("description");
            record.text(TextRole::Label, "en", &statement);
            record.text(TextRole::Statement, "en", &statement);
        }
        _ => {
            let name = entry.take("name");
            let description = entry.take("description");
            record.text(TextRole::Label, "en", &name);
            record.text(TextRole::Description, "en", &description);
        }
    }
    record.fields.extend(std::mem::take(&mut entry.rest));
    record
}

fn lead_to_levels(
    release: &mut Release,
    levels: &BTreeMap<String, Vec<String>>,
    references: Vec<(String, String, Spot)>,
) {
    let keys: HashSet<String> = release
        .records
        .iter()
        .map(|record| record.key.clone())
        .collect();
    for (from, name, spot) in references {
        let exact = keys.contains(&name);
        let targets: &[String] = if exact {
            std::slice::from_ref(&name)
        } else {
            levels.get(&name).map_or(&[], Vec::as_slice)
        };
        let (outcome, reason) = match (exact, targets.is_empty()) {
            (true, _) => (None, ""),
            (false, false) => (
                Some(Outcome::Mended),
                "references to a level by its name alone, led to every level of that name",
            ),
            (false, true) => (
                Some(Outcome::Noted),
                "references to a level that does not exist",
            ),
        };
        if let Some(outcome) = outcome {
            release.tally.note(outcome, reason, spot, &name);
        }
        let dangling = targets.is_empty().then_some(&name);
        for to in targets.iter().chain(dangling) {
            release.relations.push(Relation {
                from: from.clone(),
                to: to.clone(),
                // Not the word for the levels themselves, which are counted apart.
                kind: "at proficiency level".to_owned(),
                fields: Fields::new(),
                spot,
            });
        }
    }
}

/// Competence statements that a learning outcome says again word for word: records of their own all the same.
fn count_repeated_statements(release: &mut Release) {
    let statements_of = |kind: &'static str| {
        let records = release.records.iter();
        records
            .filter(move |record| record.kind.as_deref() == Some(kind))
            .flat_map(|record| {
                let texts = record.texts.iter();
                let statements = texts.filter(|text| text.role == TextRole::Statement);
                statements.map(move |text| (text.text.as_str(), record))
            })
    };
    let outcomes: BTreeSet<&str> = statements_of("learning outcome")
        .map(|(text, _)| text)
        .collect();
    let repeated: Vec<(Spot, String)> = statements_of("competence statement")
        .filter(|(text, _)| outcomes.contains(text))
        .map(|(_, record)| (record.spot, record.code.clone()))
        .collect();
    for (spot, code) in repeated {
        let reason = "competence statements that a learning outcome repeats word for word";
        release.tally.note(Outcome::Noted, reason, spot, &code);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{bundle, kept_kinds, shared};
    use super::*;

    const SMALL: &str = r#"{
      "@context": {"CompetenceArea": "CompetenceArea", "CompetenceStatement": "CompetenceStatement", "ProficiencyLevel": "ProficiencyLevel"},
      "@graph": [
        {"@type": "CompetenceArea", "@id": "CompetenceArea/1", "name": "Finding", "description": "To find."},
        {"@type": "Competence", "@id": "Competence/1.1", "name": "Looking", "competence_area_id": "CompetenceArea/1"},
        {"@type": "ProficiencyLevel", "@id": "ProficiencyLevel/Basic_1", "four_levels_name": "Basic", "eight_levels_mapping": 1, "six_levels_mapping": "A1"},
        {"@type": "ProficiencyLevel", "@id": "ProficiencyLevel/Basic_2", "four_levels_name": "Basic", "eight_levels_mapping": 2},
        {"@type": "CompetenceStatement", "@id": "CompetenceStatement/CS1.1.01", "description": "Look twice.", "ai_label": "none",
         "competence_area_id": "CompetenceArea/1", "competence_id": "Competence/1.1", "four_levels_proficiency_name": "ProficiencyLevel/Basic"},
        {"@type": "LearningOutcome", "@id": "LearningOutcome/LO1.1.01", "description": "Look twice.", "type": "Skill",
         "competence_id": "Competence/1.1", "four_levels_proficiency_name": "ProficiencyLevel/Grand"},
        {"@type": "Glossary", "@id": "Glossary/Eye", "explanation": "What one looks with."},
        {"@type": "Glossary", "@id": "Glossary/Ear", "explanation": "What one hears with.", "source": "folklore"},
        {"@type": "Riddle", "@id": "Riddle/1"}
      ]}"#;

    #[test]
    fn a_small_supplement_is_read_with_its_quirks() {
        let bundle = bundle(&[("digcomp.jsonld", SMALL)]);
        assert!(is(&bundle));
        let release = read(&bundle).expect("read");
        assert_eq!(release.records.len(), 6);
        let level = release.records.get(2).expect("a level");
        assert_eq!((level.code.as_str(), level.rank), ("L1", Some(1)));
        assert_eq!(
            level.fields.get("six_levels_mapping"),
            Some(&Value::from("A1"))
        );
        let statement = release.records.get(4).expect("a statement");
        assert_eq!(statement.parents, ["Competence/1.1"]);
        let targets: Vec<&str> = release
            .relations
            .iter()
            .map(|relation| relation.to.as_str())
            .collect();
        assert_eq!(
            targets,
            [
                "ProficiencyLevel/Basic_1",
                "ProficiencyLevel/Basic_2",
                "ProficiencyLevel/Grand"
            ]
        );
        assert_eq!(
            release
                .tally
                .count(Outcome::Noted, "references to a level that does not exist"),
            1
        );
        assert_eq!(
            release.tally.count(
                Outcome::Skipped,
                "nodes of a type that the format does not have"
            ),
            1
        );
        let glossary = release.head.fields.get("glossary").expect("a glossary");
        assert_eq!(
            glossary.get("Eye"),
            Some(&Value::from("What one looks with."))
        );
        let ear = glossary.get("Ear").and_then(|ear| ear.get("source"));
        assert_eq!(ear, Some(&Value::from("folklore")));
    }

    #[test]
    fn what_is_no_graph_is_refused() {
        let text = r#"{"CompetenceArea": 1, "CompetenceStatement": 1, "ProficiencyLevel": 1}"#;
        let fault = read(&bundle(&[("a.json", text)])).expect_err("refused");
        assert!(fault.message.contains("`@graph`"));
    }

    #[test]
    fn the_official_supplement_is_read_in_full() {
        let Some(bundle) = shared(&["digcomp-3.0/digcomp-3.0.jsonld.gz"]) else {
            return;
        };
        assert!(is(&bundle));
        let release = read(&bundle).expect("read");
        assert_eq!(
            kept_kinds(&release),
            [
                ("area", 5),
                ("competence", 21),
                ("competence statement", 362),
                ("learning outcome", 523),
                ("proficiency level", 8)
            ]
        );
        let count = |outcome, reason| release.tally.count(outcome, reason);
        assert_eq!(
            count(
                Outcome::Noted,
                "glossary entries, kept as a field of the framework"
            ),
            126
        );
        assert_eq!(
            count(
                Outcome::Mended,
                "references to a level by its name alone, led to every level of that name"
            ),
            885
        );
        assert_eq!(
            count(
                Outcome::Noted,
                "competence statements that a learning outcome repeats word for word"
            ),
            196
        );
        assert_eq!(
            count(Outcome::Noted, "references to a level that does not exist"),
            0
        );
        assert_eq!(release.relations.len(), 2 * 885);
    }
}
