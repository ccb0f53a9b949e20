//! The contexts of JSON-LD that are built in. Others are never fetched: a file that needs one is refused with its address.

use oxjsonld::JsonLdRemoteDocument;

/// Prefixes, references and texts of SKOS, Dublin Core, CTDL and CTDL-ASN. Made for reading: a name that is not in it is kept by the
/// vocabulary of CTDL-ASN, so that nothing is dropped.
pub const CONTEXT: &str = include_str!("context.json");

/// Addresses of contexts whose terms are in the built-in one.
const KNOWN: &[&str] = &[
    "credreg.net/ctdl/schema/context/json",
    "credreg.net/ctdlasn/schema/context/json",
    "credreg.net/asn/schema/context/json",
    "credentialengineregistry.org/",
    "www.w3.org/2004/02/skos/core",
    "www.w3.org/2009/08/skos-reference/",
    "www.w3.org/ns/skos",
    "w3id.org/skos",
];

/// Whether the terms of a context at this address are built in.
pub fn is_known(url: &str) -> bool {
    let address = url
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    KNOWN.iter().any(|known| address.starts_with(known))
}

/// The built-in document for an address.
pub fn built_in(url: &str) -> Option<JsonLdRemoteDocument> {
    is_known(url).then(|| JsonLdRemoteDocument {
        document: CONTEXT.as_bytes().to_vec(),
        document_url: url.to_owned(),
    })
}
