//! What stands above the items of a pack: from the files, or from the user.
//!
//! Goes in: the head of a release and what the user wants. Comes out: a head that a pack can have. Nothing is invented: what nobody
//! stated is left out, and counted.

use oxiri::Iri;

use super::super::pack::{PackHead, StandsFor};
use super::super::release::{Fields, Head};
use super::super::tally::{Outcome, Tally};
use super::texts::tidy;
use super::wanted::Wanted;
use crate::import::fault::ReadFault;

/// What earlier versions wrote into packs for a fact that nobody stated.
pub const NOT_STATED: &str = "not stated";

/// What stands for a version that nobody stated, where a framework is only looked at.
pub const NO_VERSION: &str = "not-stated";

pub(super) fn settle(
    head: Head,
    wanted: &Wanted,
    name: &str,
    language: &str,
    tally: &mut Tally,
) -> Result<PackHead, ReadFault> {
    let set = |key: &str| {
        let found = wanted.set.iter().rev().find(|(known, _)| known == key);
        found.map(|(_, value)| value.clone())
    };
    let spot = head.spot.unwrap_or_default();
    let mut stated = |key: &str, value: Option<String>| {
        let value = set(key).or(value).map(|value| tidy(&value));
        let value = value.filter(|value| !value.is_empty());
        if value.is_none() {
            tally.note(
                Outcome::Noted,
                "facts about the framework that its files do not state: give them with `--set`",
                spot,
                key,
            );
        }
        value
    };
    let named = head
        .title
        .as_deref()
        .is_some_and(|title| !tidy(title).is_empty());
    let file = if named { None } else { title_in(name) };
    let title = stated(
        "title",
        head.title.filter(|_| named).or_else(|| file.clone()),
    );
    let title = title.or_else(|| wanted.id.clone()).ok_or_else(|| {
        ReadFault::new("nothing in the files says what this framework is called")
            .help("give its name with `--set title=…`")
    })?;
    let publisher = stated("publisher", head.publisher);
    let licence = stated("licence", head.licence);
    let id = match &wanted.id {
        Some(id) => id.clone(),
        None => id_for(&head.id, file.is_some(), &title, LONGEST_ID),
    };
    if !super::super::meaning::is_kebab_case(&id) {
        return Err(ReadFault::new(format!(
            "`{id}` is not an id: lower-case letters, digits and hyphens, a letter first"
        ))
        .help(format!(
            "write it as `--as {}`",
            id_of(&id, &title, LONGEST_ID)
        )));
    }
    let stated = head
        .version
        .or_else(|| version_in(name))
        .or_else(|| changed(&head.fields));
    if let (Some(given), Some(stated)) = (&wanted.version, &stated)
        && given != stated
    {
        let reason = "versions that the files state, replaced by what `--version` says";
        tally.note(Outcome::Mended, reason, spot, stated);
    }
    let version = wanted
        .version
        .clone()
        .or(stated)
        .or_else(|| number_in(name))
        .or_else(|| wanted.unversioned.then(|| NO_VERSION.to_owned()))
        .map(|version| tidy(&version).replace(' ', "-"))
        .filter(|version| !version.is_empty())
        .ok_or_else(no_version)?;
    if let Some(file) = &file
        && set("title").is_none()
    {
        let reason = "titles that the files do not state: the name of the download stands for it";
        tally.note(Outcome::Mended, reason, spot, file);
    }
    let address = |text: Option<String>| text.filter(|text| Iri::parse(text.as_str()).is_ok());
    let told = set("licence-url").or(head.licence_url);
    let licence_url = address(told.clone());
    let mut licence = licence;
    if let (None, Some(words)) = (&licence_url, &told) {
        let reason = "licences whose address is none, kept as words";
        tally.note(Outcome::Mended, reason, spot, words);
        licence = licence.or_else(|| told.as_deref().map(tidy));
    }
    // Outputs repeat the line, so it names the licence where nobody states another one.
    let terms = licence.as_deref().or(licence_url.as_deref());
    let attribution = set("attribution")
        .or(head.attribution)
        .map(|text| tidy(&text))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| {
            let version = (version != NO_VERSION).then_some(version.as_str());
            let parts: Vec<&str> = [title.as_str()].into_iter().chain(version).collect();
            let named = parts.join(" ");
            let parts: Vec<&str> = [named.as_str()]
                .into_iter()
                .chain(publisher.as_deref())
                .chain(terms)
                .collect();
            parts.join(", ")
        });
    let iri = address(set("iri").or(head.iri));
    let source = address(set("source").or(head.source))
        .or_else(|| iri.clone())
        .unwrap_or_else(|| format!("urn:gradus:framework:{id}"));
    Ok(PackHead {
        id,
        version,
        title,
        publisher,
        licence,
        licence_url,
        attribution,
        source,
        iri,
        language: language.to_owned(),
        stands_for: head.stands_for.unwrap_or(StandsFor::Skill),
    })
}

/// Nobody stated a version.
#[must_use]
pub fn no_version() -> ReadFault {
    ReadFault::new("nothing in the files says which version this is")
        .help("give it with `--version`, as the publisher writes it")
}

/// The id that a framework gets where nobody wants another one. `name` is what the user named the download.
#[must_use]
pub fn guessed_id(head: &Head, name: &str) -> String {
    guessed_within(head, name, LONGEST_ID)
}

/// The same with more of a long title, for frameworks whose titles begin alike.
#[must_use]
pub fn longer_id(head: &Head, name: &str) -> String {
    guessed_within(head, name, 3 * LONGEST_ID)
}

fn guessed_within(head: &Head, name: &str, longest: usize) -> String {
    let title = head.title.as_deref().map(tidy).unwrap_or_default();
    if !title.is_empty() {
        return id_for(&head.id, false, &title, longest);
    }
    let file = title_in(name);
    let is_of_file = file.is_some();
    let title = file.unwrap_or_else(|| NOT_STATED.to_owned());
    id_for(&head.id, is_of_file, &title, longest)
}

/// What a format calls all of its frameworks says less than the name of a file.
fn id_for(suggested: &str, is_of_file: bool, title: &str, longest: usize) -> String {
    let suggested = match is_of_file && GENERIC.contains(&suggested) {
        true => "",
        false => suggested,
    };
    id_of(suggested, title, longest)
}

/// Ids that formats suggest for want of a better one.
const GENERIC: [&str; 3] = ["", "framework", "skills"];

/// A title made of the name of a download: `Our skills` for `our_skills.csv`.
fn title_in(name: &str) -> Option<String> {
    let words = stem_of(name).replace(['_', '-'], " ");
    let words = tidy(&words);
    let mut letters = words.chars();
    let first = letters.find(|letter| letter.is_alphanumeric())?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// An id of what the format suggests, or else of the title.
fn id_of(suggested: &str, title: &str, longest: usize) -> String {
    let from = if suggested.trim().is_empty() {
        title
    } else {
        suggested
    };
    let mut id = String::new();
    for letter in super::super::search::latin(from).chars() {
        if letter.is_ascii_alphanumeric() {
            id.push(letter);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    // All letters are ASCII now. A long title is cut between two words.
    let short = match id.get(..=longest) {
        Some(start) => match start.rsplit_once('-') {
            Some((whole, _)) => whole,
            None => id.get(..longest).unwrap_or(id),
        },
        None => id,
    };
    let short = short.trim_end_matches('-');
    if short.starts_with(|first: char| first.is_ascii_lowercase()) {
        short.to_owned()
    } else {
        format!("f-{short}")
    }
}

/// The longest id that is made of a title.
const LONGEST_ID: usize = 40;

/// The day of the last change, as the formats call it, which tells releases apart where they have no number.
fn changed(fields: &Fields) -> Option<String> {
    const CHANGED: [&str; 6] = [
        "lastChangeDateTime",
        "dateModified",
        "dct:modified",
        "dcterms:modified",
        "http://purl.org/dc/terms/modified",
        "ceterms:dateModified",
    ];
    let mut found = CHANGED.iter().filter_map(|name| fields.get(*name));
    found.find_map(|value| {
        let text = value
            .as_str()
            .or_else(|| value.get("@value")?.as_str())
            .or_else(|| value.get(0)?.as_str())?;
        let day = text.trim().get(..10)?;
        let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        is_day.then(|| day.to_owned())
    })
}

/// The number at the end of a name: `2023` in `dcwf-2023`, `2` in `digcomp-2`.
fn number_in(name: &str) -> Option<String> {
    let (_, last) = stem_of(name).rsplit_once(['-', '_', ' '])?;
    let last = last.strip_prefix(['v', 'V']).unwrap_or(last);
    let is_number = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && last.len() <= 8).then(|| last.to_owned())
}

/// The last part of a path, without its endings.
fn stem_of(name: &str) -> &str {
    let mut name = name.rsplit('/').next().unwrap_or(name);
    while let Some(stem) = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)) {
        name = stem;
    }
    name
}

/// Endings of files that are no part of a version.
const ENDINGS: [&str; 15] = [
    ".zip", ".gz", ".tgz", ".tar", ".csv", ".tsv", ".tab", ".txt", ".json", ".jsonld", ".xlsx",
    ".ttl", ".nt", ".rdf", ".xml",
];

/// The version in the name of a download: `1.1.1` in `ESCO dataset - v1.1.1 - classification - en - csv.zip`.
fn version_in(name: &str) -> Option<String> {
    stem_of(name)
        .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.' || letter == '_'))
        .map(|word| {
            word.strip_prefix(['v', 'V'])
                .unwrap_or(word)
                .replace('_', ".")
        })
        .find(|word| {
            word.contains('.')
                && word
                    .split('.')
                    .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_a_name() {
        let found = |name: &str| version_in(name);
        assert_eq!(found("downloads/esco-1.1.1").as_deref(), Some("1.1.1"));
        assert_eq!(
            found("ESCO dataset - v1.2.0 - classification - en - csv.zip").as_deref(),
            Some("1.2.0")
        );
        assert_eq!(found("db_29_2_text"), None);
        assert_eq!(found("onet-29.2").as_deref(), Some("29.2"));
        assert_eq!(found("skills.csv"), None);
        assert_eq!(number_in("data/dcwf-2023").as_deref(), Some("2023"));
        assert_eq!(number_in("digcomp-2.zip").as_deref(), Some("2"));
        assert_eq!(number_in("skills.csv"), None);
        let day = Fields::from([(
            "lastChangeDateTime".to_owned(),
            "2024-05-01T00:00:00Z".into(),
        )]);
        assert_eq!(changed(&day).as_deref(), Some("2024-05-01"));
    }

    #[test]
    fn ids_are_made_of_titles() {
        assert_eq!(id_of("esco", "x", LONGEST_ID), "esco");
        assert_eq!(
            id_of("", "Compétences – Numérique (2024)", LONGEST_ID),
            "competences-numerique-2024"
        );
        assert_eq!(id_of("", "21st century", LONGEST_ID), "f-21st-century");
        assert_eq!(id_of("", "Цифровые навыки", LONGEST_ID), "tsifrovye-navyki");
    }
}
