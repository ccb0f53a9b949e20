//! From a release to a pack: what publishers leave undone is done here, once for all formats, and counted.
//!
//! Goes in: a [`Release`] as a reader found it, and what the user wants it to be called. Comes out: a pack with its details,
//! the bytes of its file, and the tally of everything that was kept, merged, left out and mended.
//!
//! The steps: records of the same key become one ([`merge`]); every record gets a code of its own and an address
//! ([`codes`]); parents, successors and relations are looked up, and circles are opened ([`links`]); texts are made fit to
//! be read and compared ([`texts`]). Nothing is left out without a count, and what was mended in a name is kept beside it.
//!
//! For the tally: a record counts under its kind (`item` where it has none), a relation under its kind, and what a
//! record says of its parents under [`BROADER_LINK`].

mod codes;
mod file;
mod head;
mod links;
mod merge;
mod texts;
mod wanted;

#[cfg(test)]
mod tests;

use codes::Address;

use super::details::{Details, DetailsBuilder};
use super::pack::{Pack, PackItem, PackItemStatus, StandsFor};
use super::release::{Head, Record, Release};
use super::tally::{Outcome, Spot, Tally};
use crate::import::fault::ReadFault;

pub use file::PackFile;
pub use head::{NO_VERSION, NOT_STATED, guessed_id, longer_id, no_version};
pub use wanted::{Wanted, setting, version};

/// What a link from an item to what it is a part of counts as.
pub const BROADER_LINK: &str = "broader link";

/// A release that was put in order.
#[derive(Debug, Clone)]
pub struct Assembled {
    pub pack: Pack,
    pub details: Details,
    pub tally: Tally,
    /// Its file, to be written.
    pub file: PackFile,
}

/// Puts a release in order. `name` is what the user named the download, for a version that only stands there.
///
/// # Errors
/// There is nothing in the release, or nothing says which version it is.
pub fn assemble(release: Release, wanted: &Wanted, name: &str) -> Result<Assembled, ReadFault> {
    let Release {
        mut head,
        records,
        relations,
        mut tally,
    } = release;
    if records.is_empty() {
        return Err(ReadFault::new("there is not one item in it"));
    }
    let of_file = |record: &Record| Spot {
        file: record.spot.file,
        line: 0,
    };
    head.spot = head.spot.or_else(|| records.first().map(of_file));
    let languages = texts::Languages::new(&head, wanted, &records, &mut tally);
    let head_fields = head.fields.clone();
    let head = head::settle(head, wanted, name, languages.main(), &mut tally)?;
    let records = merge::merge(records, &mut tally);
    let codes = codes::settle(&records, &mut tally);
    let iris = codes::addresses(&records, &codes, &head.source, &mut tally);
    let known = links::Known::new(&records);
    let links = links::settle(&records, &known, &mut tally);

    let mut details = DetailsBuilder::default();
    let mut items = Vec::with_capacity(records.len());
    let ranks = ranks(&records, head.stands_for, &mut tally);
    let numbered = records.iter().zip(codes).zip(iris).zip(links.items);
    for ((((record, code), iri), link), rank) in numbered.zip(ranks) {
        let mut fields = record.fields.clone();
        let names = texts::settle(record, &code, &languages, &mut fields, &mut tally);
        details.item();
        for text in &names.others {
            details.text(text.role, &text.language, &text.text);
        }
        if code.text != record.code.trim() && !record.code.trim().is_empty() {
            fields.insert("code as published".to_owned(), record.code.clone().into());
        }
        let (iri, is_published, iri_is_made) = match iri {
            Address::Published(iri) => (iri, true, false),
            Address::Made(iri) => (iri, false, true),
            Address::Numbered(iri) => (iri, false, false),
        };
        if !is_published && let Some(published) = &record.iri {
            fields.insert("iri as published".to_owned(), published.clone().into());
        }
        if !fields.is_empty() {
            // A map with texts as keys can always be written.
            details.fields(&serde_json::to_string(&fields).unwrap_or_default());
        }
        tally.kept(kind(record));
        items.push(PackItem {
            code: code.text,
            label: names.label,
            labels: names.labels,
            iri,
            iri_is_made,
            parent: link.parent,
            more_parents: link.more_parents,
            kind: record
                .kind
                .as_deref()
                .map(texts::tidy)
                .filter(|kind| !kind.is_empty()),
            stands_for: record.stands_for.unwrap_or(head.stands_for),
            rank,
            status: if record.withdrawn {
                PackItemStatus::Withdrawn
            } else {
                PackItemStatus::Active
            },
            replaced_by: link.replaced_by,
        });
    }
    links::relations(
        relations,
        links.replacements,
        &known,
        &mut details,
        &mut tally,
    );
    if !head_fields.is_empty() {
        details.head_fields(&serde_json::to_string(&head_fields).unwrap_or_default());
    }
    let details = details
        .finish()
        .ok_or_else(|| ReadFault::new("its texts are more than 4 GiB"))?;
    let pack = Pack::assemble(head, items);
    tally.settle();
    let file = file::write(&pack, &details)?;
    Ok(Assembled {
        pack,
        details,
        tally,
        file,
    })
}

/// The name, without its ending, of the file that a framework would be kept in; nothing where it has no version or no sound id.
#[must_use]
pub fn file_stem(head: &Head, wanted: &Wanted, name: &str) -> Option<String> {
    let mut unsaid = Tally::default();
    let head = head::settle(head.clone(), wanted, name, "und", &mut unsaid).ok()?;
    Some(file::stem(&head.id, &head.version))
}

/// What a record counts as.
pub(super) fn kind(record: &Record) -> &str {
    record
        .kind
        .as_deref()
        .filter(|kind| !kind.trim().is_empty())
        .unwrap_or("item")
}

/// The ranks: those that are given, and for levels that have none the order of the files, after the highest one given.
fn ranks(records: &[Record], stands_for: StandsFor, tally: &mut Tally) -> Vec<Option<u32>> {
    let mut next = records
        .iter()
        .filter_map(|record| record.rank)
        .max()
        .unwrap_or(0);
    let mut ranks = Vec::with_capacity(records.len());
    for record in records {
        let is_level = record.stands_for.unwrap_or(stands_for) == StandsFor::Level;
        let rank = match record.rank {
            None if is_level => {
                next = next.saturating_add(1);
                tally.note(
                    Outcome::Mended,
                    "levels without an order, which are taken in the order of the files",
                    record.spot,
                    &record.code,
                );
                Some(next)
            }
            given => given,
        };
        ranks.push(rank);
    }
    ranks
}
