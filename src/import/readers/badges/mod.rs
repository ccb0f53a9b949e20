//! Badge catalogues: Open Badges 2.0 badge classes and 3.0 achievements become source text of the language.
//!
//! Goes in: JSON files, one badge each or many, with their issuers inside, beside or only named; credentials and assertions, of which
//! the badge is taken; and what people write by hand. Comes out: source files with issuers, badges in all their languages,
//! and the items of a framework that the badges name as their issuer's own. What the language has no place for stands in comments, and
//! every repair is counted.

mod assessments;
mod badge;
mod editions;
mod find;
mod forms;
mod gather;
mod issuers;
mod issuers_text;
mod known;
#[cfg(test)]
mod losses_tests;
mod mappings;
mod model;
mod narrative;
mod parts;
mod results;
#[cfg(test)]
mod results_tests;
mod rubrics;
mod skills;
#[cfg(test)]
mod skills_tests;
mod statements;
#[cfg(test)]
mod tests;
mod values;
mod write;

pub use forms::KINDS;

use serde_json::Value;

use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::{beginning, text};
use crate::import::source::{Place, SourceFiles};
use crate::import::tally::{Outcome, Spot, Tally};

/// Whether the files are badges, and no framework.
#[must_use]
pub fn is(bundle: &Bundle) -> bool {
    bundle.files.iter().any(is_badge) && !super::ctdl::is(bundle) && !super::asn::is(bundle)
}

fn is_json(file: &BundleFile) -> bool {
    beginning(file, 64).trim_start().starts_with(['{', '['])
}

fn is_badge(file: &BundleFile) -> bool {
    let names = |word: &str| memchr::memmem::find(&file.bytes, word.as_bytes()).is_some();
    let says_so = [
        "w3id.org/openbadges",
        "/spec/ob/v3p0",
        "\"BadgeClass\"",
        "\"Achievement\"",
        "\"OpenBadgeCredential\"",
    ];
    is_json(file)
        && !names("\"CFDocument\"")
        && (says_so.iter().any(|word| names(word))
            || ["\"criteria\"", "\"issuer\"", "\"name\""]
                .iter()
                .all(|word| names(word)))
}

/// Reads a catalogue and writes it as source.
///
/// # Errors
/// A file that calls itself JSON and is none, or no badge at all.
pub fn read_badges(bundle: &Bundle) -> Result<SourceFiles, ReadFault> {
    read_badges_into(bundle, &Place::default())
}

/// The same for a project that has something already: its badges are left out, its issuers and skills are referred to.
///
/// # Errors
/// A file that calls itself JSON and is none, no badge at all, or none that the project has not.
pub fn read_badges_into(bundle: &Bundle, place: &Place) -> Result<SourceFiles, ReadFault> {
    let mut tally = Tally::default();
    let mut found = find::Found::default();
    for (number, file) in bundle.indexed() {
        let spot = Spot {
            file: number,
            line: 0,
        };
        if !is_json(file) {
            let reason = "files of the download that are no JSON";
            tally.note(Outcome::Noted, reason, spot, &file.path);
            continue;
        }
        let document: Value = serde_json::from_str(text(number, file)?).map_err(|error| {
            let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
            ReadFault::at(
                Spot { file: number, line },
                "this is not JSON: a quote, a comma or a bracket is wrong at this line or before it",
            )
            .help("mend the file, or leave it out")
        })?;
        find::collect(document, number, &mut found, &mut tally);
    }
    if found.badges.is_empty() {
        return Err(ReadFault::new("there is no badge in these files")
            .help("name the files of the badges: `BadgeClass` or `Achievement`"));
    }
    found.badges.retain(|badge| {
        let address = values::first_text(&badge.object, &["id", "@id"]);
        let is_new = !place.credentials.contains(&address);
        if !is_new {
            let reason = "badges that the project has already, by their address";
            tally.skipped("badge", reason, badge.spot, &address);
        }
        is_new
    });
    if found.badges.is_empty() {
        return Err(ReadFault::new("the project has every badge of it already")
            .help("import into another project, or take them out of this one first"));
    }
    let catalogue = gather::catalogue(found, &mut tally);
    Ok(write::source(&catalogue, tally, place))
}
