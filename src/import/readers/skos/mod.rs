//! SKOS: concept schemes in Turtle, N-Triples, RDF/XML and JSON-LD, also in several files.
//!
//! Goes in: files that speak of SKOS concepts. Comes out: a record for each concept and collection, the scheme as the head.
//! `broader` and `narrower` are one relation and make parents; `related` and the mapping properties are relations; every other
//! property comes back as a field. Languages are kept as they are tagged, and what reads as another language is counted.

mod concepts;
mod scheme;
#[cfg(test)]
mod tests;
mod texts;

use super::reader::Reader;
use crate::import::bundle::{Bundle, BundleFile};
use crate::import::fault::ReadFault;
use crate::import::file_text::beginning;
use crate::import::linked::{self, Graph, Syntax, vocabulary::SKOS};
use crate::import::release::Release;
use crate::import::tally::{Outcome, Spot, Tally};

pub(super) use concepts::{Prepared, read as add_concepts};
pub(super) use scheme::head_of;
pub(super) use texts::count_foreign_texts;

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "skos",
    title: "a SKOS concept scheme",
    recognize: is,
    read: |bundle| read(bundle).map(|release| vec![release]),
};

/// Whether a file is SKOS: its syntax is one of linked data, and it names the namespace. What belongs to a format that only
/// borrows SKOS (CTDL, RDF/JSON of ASN) is left to the readers of those.
#[must_use]
pub fn is(bundle: &Bundle) -> bool {
    bundle.files.iter().any(is_skos) && !super::ctdl::is(bundle) && !super::asn::is(bundle)
}

fn is_skos(file: &BundleFile) -> bool {
    let Some(syntax) = linked::sniff(file) else {
        return false;
    };
    let names = |word: &str| memchr::memmem::find(&file.bytes, word.as_bytes()).is_some();
    match syntax {
        Syntax::Turtle | Syntax::RdfXml => names(SKOS),
        Syntax::Json => {
            (names(SKOS) || names("skos:Concept") || names("skos:prefLabel") || names("/skos"))
                && names("oncept")
                && !beginning(file, 1 << 12).contains("CFPackage")
        }
    }
}

/// Reads all files that are linked data into one graph.
///
/// # Errors
/// One of them cannot be read.
pub(super) fn graph_of(
    bundle: &Bundle,
    wanted: fn(&BundleFile) -> bool,
    tally: &mut Tally,
) -> Result<Graph, ReadFault> {
    let mut graph = Graph::default();
    for (number, file) in bundle.indexed() {
        match linked::sniff(file) {
            Some(syntax) if wanted(file) => {
                linked::read(number, file, syntax, &mut graph, tally)?;
            }
            _ => tally.note(
                Outcome::Noted,
                "files of the download that are not part of the framework",
                Spot {
                    file: number,
                    line: 0,
                },
                &file.path,
            ),
        }
    }
    Ok(graph)
}

/// Reads a SKOS download.
///
/// # Errors
/// A file that cannot be read, or none that holds a concept.
pub fn read(bundle: &Bundle) -> Result<Release, ReadFault> {
    let mut tally = Tally::default();
    let graph = graph_of(bundle, is_skos, &mut tally)?;
    let mut release = release_of(&graph, tally)?;
    count_foreign_texts(&mut release);
    Ok(release)
}

/// The release of a graph of concepts.
///
/// # Errors
/// There is no concept in it.
pub(super) fn release_of(graph: &Graph, mut tally: Tally) -> Result<Release, ReadFault> {
    let prepared = Prepared::new(graph, &mut tally);
    if prepared.concepts.is_empty() {
        return Err(ReadFault::new("there is no SKOS concept in these files")
            .help("export the concept scheme with its concepts"));
    }
    let head = scheme::head(&prepared, &mut tally);
    let mut release = Release {
        head,
        tally,
        ..Release::default()
    };
    concepts::read(&prepared, &mut release);
    Ok(release)
}
