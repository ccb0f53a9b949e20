//! ESCO, the European classification of skills and occupations: the CSV release, in one language or several.
//!
//! Goes in: `skills_en.csv`, `occupations_en.csv` and whatever else of a release lies beside them. Comes out: one record for
//! each concept, with its texts in all languages of the download. Files are told apart by their columns; the language is in
//! their names only.
//!
//! ESCO's skills have no code, so the last part of their address stands for one; occupations and groups keep theirs. The fields of
//! education (ISCED-F), which share their numbers with the groups of occupations (ISCO-08), get `isced-f-` before them.

#[path = "esco_parts.rs"]
mod parts;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::super::assemble::BROADER_LINK;
use super::super::bundle::{Bundle, BundleFile};
use super::super::pack::StandsFor;
use super::super::release::{Head, Record, Relation, Release, TextRole};
use super::super::tally::{Outcome, Spot};
use super::reader::Reader;
use super::rows::{Dialect, Row, each_row};
use crate::import::fault::ReadFault;
pub(super) use parts::is_part;
use parts::{Part, language, main_language, part};

/// The reader.
pub static READER: Reader = Reader {
    name: "esco",
    title: "an ESCO release in CSV",
    recognize,
    read: |bundle| read(bundle).map(|release| vec![release]),
};

/// Concepts whose status is one of these are no longer in force.
const WITHDRAWN: [&str; 3] = ["obsolete", "deprecated", "withdrawn"];

fn recognize(bundle: &Bundle) -> bool {
    bundle
        .files
        .iter()
        .any(|file| matches!(part(file), Some(Part::Concepts | Part::Collection)))
}

fn read(bundle: &Bundle) -> Result<Release, ReadFault> {
    let mut reading = Reading::default();
    let mut parts: Vec<(Part, String, u32, &BundleFile)> = Vec::new();
    for (number, file) in bundle.indexed() {
        match part(file) {
            Some(part) => parts.push((part, language(file), number, file)),
            None => reading.release.tally.note(
                Outcome::Noted,
                "files that are no part of an ESCO release, left aside",
                Spot {
                    file: number,
                    line: 0,
                },
                file.name(),
            ),
        }
    }
    let main = main_language(&parts);
    // Concepts in the main language first, so that theirs is the order of the pack.
    parts.sort_by(|a, b| {
        let key = |part: &(Part, String, u32, &BundleFile)| {
            (part.0, part.1 != main, part.1.clone(), part.2)
        };
        key(a).cmp(&key(b))
    });
    for (part, language, number, file) in parts {
        let collection = file.name().split('_').next().unwrap_or("").to_owned();
        let stem = file.name().rsplit_once('.').map_or("", |(stem, _)| stem);
        let stem = stem.strip_suffix(language.as_str()).unwrap_or(stem);
        let again = !reading.begin(stem);
        each_row(number, file, Dialect::Comma, |row| {
            match part {
                Part::Concepts => reading.concept(row, &language),
                Part::Collection => reading.member(row, &language, &collection),
                Part::Hierarchy => reading.hierarchy(row, &language),
                // Links are the same in every language.
                Part::Broader | Part::OccupationSkills | Part::SkillSkills | Part::Schemes
                    if again =>
                {
                    reading.again(row);
                }
                Part::Broader => reading.broader(row),
                Part::OccupationSkills => reading.relation(row, "occupationUri", "skillUri"),
                Part::SkillSkills => reading.relation(row, "originalSkillUri", "relatedSkillUri"),
                Part::Schemes => reading.scheme(row),
            }
            Ok(())
        })?;
    }
    Ok(reading.finish(main))
}

/// A row of the hierarchy, until all other links were read.
struct HierarchyRow {
    spot: Spot,
    /// Whether it said something that no other row did.
    new: bool,
    /// The record at its end.
    last: Option<usize>,
    /// Records, each with the one above it.
    pairs: Vec<(usize, usize)>,
}

#[derive(Default)]
struct Reading {
    release: Release,
    by_uri: FxHashMap<String, usize>,
    /// Concepts that came from a file of collections and are in no other.
    of_collection: FxHashSet<usize>,
    /// Groups that came from the hierarchy and are in no other file.
    of_hierarchy: FxHashSet<usize>,
    hierarchy: Vec<HierarchyRow>,
    /// Addresses met in the file that is being read.
    in_file: FxHashSet<String>,
    /// Names of the files that were read, without their language.
    stems: FxHashSet<String>,
    schemes: Vec<Value>,
}

impl Reading {
    /// A file begins, named so without its language. Whether it is the first one of that name.
    fn begin(&mut self, stem: &str) -> bool {
        self.in_file.clear();
        self.stems.insert(stem.to_owned())
    }

    /// A row of links or schemes that another language had already.
    fn again(&mut self, row: Row<'_>) {
        const ROW: &str = "row of a further language";
        self.release.tally.read(ROW);
        let reason = "rows of links that were read in another language already";
        self.release.tally.merged(ROW, reason, row.spot, "");
    }

    /// A row of a file of concepts, in the first language or in a further one.
    fn concept(&mut self, row: Row<'_>, language: &str) {
        let uri = row.get("conceptUri").trim();
        let kind = kind(row.get("conceptType"), uri);
        let tally = &mut self.release.tally;
        tally.read(kind);
        if uri.is_empty() {
            let reason = "rows without an address";
            tally.skipped(kind, reason, row.spot, row.get("preferredLabel"));
            return;
        }
        let again = !self.in_file.insert(uri.to_owned());
        let known = self.by_uri.get(uri).copied().filter(|_| !again);
        if let Some(record) = known.and_then(|at| self.release.records.get_mut(at)) {
            let reason = "rows that say the same in a further language";
            tally.merged(kind, reason, row.spot, uri);
            texts(record, row, language);
            return;
        }
        let mut record = Record {
            key: uri.to_owned(),
            code: code(row.get("code"), uri),
            iri: Some(uri.to_owned()),
            kind: Some(kind.to_owned()),
            stands_for: stands_for(kind),
            withdrawn: WITHDRAWN.contains(&row.get("status").trim()),
            spot: row.spot,
            ..Record::default()
        };
        if kind == "skill" {
            for column in ["skillType", "reuseLevel"] {
                if row.get(column).trim().is_empty() {
                    let reason = format!("skills without a `{column}`");
                    tally.note(Outcome::Noted, &reason, row.spot, uri);
                }
            }
        }
        texts(&mut record, row, language);
        fields(&mut record, row);
        self.by_uri
            .entry(uri.to_owned())
            .or_insert(self.release.records.len());
        self.release.records.push(record);
    }

    /// A row of a thematic collection: mostly of a concept that is known.
    fn member(&mut self, row: Row<'_>, language: &str, collection: &str) {
        const MEMBER: &str = "collection entry";
        let uri = row.get("conceptUri").trim();
        let known = self.by_uri.get(uri).copied();
        let at = match known {
            Some(at) if !self.of_collection.contains(&at) => at,
            known => {
                let before = self.release.records.len();
                self.concept(row, language);
                let at = known.unwrap_or(before);
                let Some(record) = self.release.records.get_mut(at) else {
                    return;
                };
                self.of_collection.insert(at);
                for parent in row.get("broaderConceptUri").split(" | ") {
                    let parent = parent.trim().to_owned();
                    if !parent.is_empty() && !record.parents.contains(&parent) {
                        record.parents.push(parent);
                    }
                }
                at
            }
        };
        self.release.tally.read(MEMBER);
        let Some(record) = self.release.records.get_mut(at) else {
            return;
        };
        let list = record
            .fields
            .entry("collections".to_owned())
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            let name = Value::from(collection);
            if list.contains(&name) {
                let reason = "collection entries in a further language or given twice";
                self.release.tally.merged(MEMBER, reason, row.spot, uri);
                return;
            }
            list.push(name);
        }
        self.release.tally.kept(MEMBER);
    }

    /// A row of the hierarchy of skills. The other files mostly say the same; alone, it gives the groups, and what is a part of what.
    fn hierarchy(&mut self, row: Row<'_>, language: &str) {
        const ROW: &str = "hierarchy row";
        self.release.tally.read(ROW);
        let mut above: Option<usize> = None;
        let mut new = false;
        let mut pairs = Vec::new();
        for level in 0..4 {
            let uri = row.get(&format!("Level {level} URI")).trim();
            if uri.is_empty() {
                break;
            }
            let known = self.by_uri.get(uri).copied();
            let at = known.unwrap_or(self.release.records.len());
            if known.is_none() {
                new = true;
                self.release.tally.read("skill group");
                self.by_uri.insert(uri.to_owned(), at);
                self.of_hierarchy.insert(at);
                self.release.records.push(Record {
                    key: uri.to_owned(),
                    code: code(row.get(&format!("Level {level} code")), uri),
                    iri: Some(uri.to_owned()),
                    kind: Some("skill group".to_owned()),
                    spot: row.spot,
                    ..Record::default()
                });
            }
            if self.of_hierarchy.contains(&at) && self.in_file.insert(uri.to_owned()) {
                let name = row.get(&format!("Level {level} preferred term"));
                new |= self.text(at, TextRole::Label, language, name);
            }
            pairs.extend(above.map(|above| (at, above)));
            above = Some(at);
        }
        // These columns are about the last item of the row.
        if let Some(last) = above.filter(|at| self.of_hierarchy.contains(at)) {
            new |= self.text(
                last,
                TextRole::Description,
                language,
                row.get("Description"),
            );
            new |= self.text(last, TextRole::Note, language, row.get("Scope note"));
        }
        self.hierarchy.push(HierarchyRow {
            spot: row.spot,
            new,
            last: above,
            pairs,
        });
    }

    /// Adds a text to a record; whether there was one.
    fn text(&mut self, at: usize, role: TextRole, language: &str, text: &str) -> bool {
        let Some(record) = self.release.records.get_mut(at) else {
            return false;
        };
        let before = record.texts.len();
        record.text(role, language, text);
        record.texts.len() > before
    }

    /// Once all links were read: what only the hierarchy says is added.
    fn add_hierarchy(&mut self) {
        const ROW: &str = "hierarchy row";
        for row in std::mem::take(&mut self.hierarchy) {
            let mut new = row.new;
            for (below, above) in row.pairs {
                let above = self.release.records.get(above);
                let Some(above) = above.map(|above| above.key.clone()) else {
                    continue;
                };
                if let Some(below) = self.release.records.get_mut(below)
                    && !below.parents.contains(&above)
                {
                    below.parents.push(above);
                    new = true;
                }
            }
            if new {
                self.release.tally.kept(ROW);
            } else {
                let reason = "rows of the hierarchy that repeat what other files say";
                let last = row.last.and_then(|at| self.release.records.get(at));
                let words = last.map_or(String::new(), |record| record.key.clone());
                self.release.tally.merged(ROW, reason, row.spot, &words);
            }
        }
    }

    fn broader(&mut self, row: Row<'_>) {
        let uri = row.get("conceptUri").trim();
        let broader = row.get("broaderUri").trim();
        let record = self.by_uri.get(uri).copied();
        match record.and_then(|at| self.release.records.get_mut(at)) {
            Some(record) => record.parents.push(broader.to_owned()),
            None => {
                self.release.tally.read(BROADER_LINK);
                let reason = "links from a narrower item that is not in the files";
                self.release
                    .tally
                    .skipped(BROADER_LINK, reason, row.spot, uri);
            }
        }
    }

    fn relation(&mut self, row: Row<'_>, from: &str, to: &str) {
        let kind = format!("{} skill", row.get("relationType").trim());
        self.release.tally.read(&kind);
        self.release.relations.push(Relation {
            from: row.get(from).trim().to_owned(),
            to: row.get(to).trim().to_owned(),
            kind,
            fields: Default::default(),
            spot: row.spot,
        });
    }

    /// A concept scheme: no item of the classification, but a fact about it.
    fn scheme(&mut self, row: Row<'_>) {
        const SCHEME: &str = "concept scheme";
        self.release.tally.read(SCHEME);
        self.release.tally.kept(SCHEME);
        let cells = row.cells().filter(|(_, cell)| !cell.trim().is_empty());
        let cells = cells.map(|(name, cell)| {
            let value = if name == "hasTopConcept" {
                Value::Array(list(cell).map(Value::from).collect())
            } else {
                Value::from(cell)
            };
            (name.to_owned(), value)
        });
        self.schemes.push(Value::Object(cells.collect()));
    }

    fn finish(mut self, main: String) -> Release {
        self.add_hierarchy();
        let mut release = self.release;
        release.head = Head {
            id: "esco".to_owned(),
            version: None,
            title: Some(
                "ESCO: European Skills, Competences, Qualifications and Occupations".to_owned(),
            ),
            publisher: Some("European Commission".to_owned()),
            licence: Some("CC BY 4.0".to_owned()),
            licence_url: Some("https://creativecommons.org/licenses/by/4.0/".to_owned()),
            attribution: Some(
                "This uses the ESCO classification of the European Commission".to_owned(),
            ),
            source: Some("https://esco.ec.europa.eu".to_owned()),
            iri: Some("http://data.europa.eu/esco".to_owned()),
            language: Some(main).filter(|language| !language.is_empty()),
            stands_for: Some(StandsFor::Skill),
            fields: Default::default(),
            spot: None,
        };
        if !self.schemes.is_empty() {
            let schemes = Value::Array(self.schemes);
            release
                .head
                .fields
                .insert("conceptSchemes".to_owned(), schemes);
        }
        release
    }
}

/// The kinds as ESCO's pages call them.
fn kind(concept_type: &str, uri: &str) -> &'static str {
    match concept_type.trim() {
        "KnowledgeSkillCompetence" => "skill",
        "SkillGroup" if uri.contains("/isced-f/") => "field of education",
        "SkillGroup" => "skill group",
        "Occupation" => "occupation",
        "ISCOGroup" => "ISCO group",
        _ => "concept",
    }
}

fn stands_for(kind: &str) -> Option<StandsFor> {
    match kind {
        "occupation" | "ISCO group" => Some(StandsFor::Occupation),
        _ => None,
    }
}

fn code(published: &str, uri: &str) -> String {
    let last = uri.rsplit('/').next().unwrap_or(uri);
    match published.trim() {
        "" if uri.contains("/isced-f/") => format!("isced-f-{last}"),
        "" => last.to_owned(),
        published => published.to_owned(),
    }
}

fn texts(record: &mut Record, row: Row<'_>, language: &str) {
    record.text(TextRole::Label, language, row.get("preferredLabel"));
    for (column, role) in [
        ("altLabels", TextRole::Alternative),
        ("hiddenLabels", TextRole::Hidden),
    ] {
        // Most files have a line for each name, those of collections a bar between them.
        let names = row.get(column).split('\n');
        for name in names.flat_map(|line| line.split(" | ")) {
            record.text(role, language, name);
        }
    }
    record.text(TextRole::Description, language, row.get("description"));
    record.text(TextRole::Description, language, row.get("definition"));
    record.text(TextRole::Note, language, row.get("scopeNote"));
}

/// The columns that have a place of their own in a record.
const PLACED: [&str; 11] = [
    "conceptType",
    "conceptUri",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "description",
    "definition",
    "scopeNote",
    "code",
    "broaderConceptUri",
    "broaderConceptPT",
];

fn fields(record: &mut Record, row: Row<'_>) {
    for (name, cell) in row.cells() {
        if name == "inScheme" {
            let schemes: Vec<Value> = list(cell).map(Value::from).collect();
            if !schemes.is_empty() {
                record.fields.insert(name.to_owned(), schemes.into());
            }
        } else if !PLACED.contains(&name) {
            record.field(name, cell.trim());
        }
    }
}

/// A list of addresses: separated by commas, line breaks, or both.
fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}
