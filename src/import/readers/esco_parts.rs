//! The files of an ESCO release: what each holds, by its columns, and its language, by its name.

use super::super::rows::{Dialect, header};
use crate::import::bundle::BundleFile;

/// What a file of a release holds, by its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Concepts,
    Hierarchy,
    Collection,
    Broader,
    OccupationSkills,
    SkillSkills,
    Schemes,
}

/// What a file holds; nothing for one that is not of a release.
pub(super) fn part(file: &BundleFile) -> Option<Part> {
    let columns = header(file, Dialect::Comma);
    let has = |name: &str| columns.iter().any(|column| column == name);
    if has("conceptUri") && has("preferredLabel") {
        return Some(if has("broaderConceptUri") {
            Part::Collection
        } else {
            Part::Concepts
        });
    }
    [
        ("broaderUri", "conceptUri", Part::Broader),
        ("occupationUri", "skillUri", Part::OccupationSkills),
        ("originalSkillUri", "relatedSkillUri", Part::SkillSkills),
        ("conceptSchemeUri", "hasTopConcept", Part::Schemes),
        ("Level 0 URI", "Level 0 preferred term", Part::Hierarchy),
    ]
    .into_iter()
    .find(|(one, other, _)| has(one) && has(other))
    .map(|(_, _, part)| part)
}

/// Whether a file is one of a release, if not enough to tell the format by.
pub(in super::super) fn is_part(file: &BundleFile) -> bool {
    part(file).is_some()
}

/// The language of a file: `de` in `skills_de.csv`; empty where its name has none.
pub(super) fn language(file: &BundleFile) -> String {
    let stem = file.name().rsplit_once('.').map_or("", |(stem, _)| stem);
    let last = stem.rsplit_once('_').map_or("", |(_, last)| last);
    // A word such as `skills` has the form of a tag as well, but no language that is in use.
    let is_tag = oxilangtag::LanguageTag::parse(last)
        .is_ok_and(|tag| matches!(tag.primary_language().len(), 2 | 3) && last.len() <= 7);
    if is_tag {
        last.to_owned()
    } else {
        String::new()
    }
}

/// English where there is English, else the first language of the files.
pub(super) fn main_language(parts: &[(Part, String, u32, &BundleFile)]) -> String {
    let mut languages: Vec<&str> = parts
        .iter()
        .map(|(_, language, _, _)| language.as_str())
        .filter(|language| !language.is_empty())
        .collect();
    languages.sort_unstable();
    let english = languages.iter().find(|&&language| language == "en");
    english
        .or(languages.first())
        .map_or("", |language| *language)
        .to_owned()
}
