//! The namespaces that skills frameworks use, and the names in them that readers ask for.

/// Prefixes as they are commonly written, and what they stand for. The first prefix of a namespace is the one it is shown with.
const PREFIXES: &[(&str, &str)] = &[
    ("adms", "http://www.w3.org/ns/adms#"),
    ("asn", ASN),
    ("cc", "http://creativecommons.org/ns#"),
    ("ceasn", CEASN),
    ("ceterms", CETERMS),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("esco", "http://data.europa.eu/esco/model#"),
    ("euvoc", "http://publications.europa.eu/ontology/euvoc#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("gemq", "http://purl.org/gem/qualifiers/"),
    ("iso-thes", "http://purl.org/iso25964/skos-thes#"),
    ("loc", "http://www.loc.gov/loc.terms/relators/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("skos", SKOS),
    ("skosxl", "http://www.w3.org/2008/05/skos-xl#"),
    ("vann", "http://purl.org/vocab/vann/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

pub const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
pub const CEASN: &str = "https://purl.org/ctdlasn/terms/";
pub const CETERMS: &str = "https://purl.org/ctdl/terms/";
pub const ASN: &str = "http://purl.org/ASN/schema/core/";

/// Other spellings of a namespace that are met in files.
const SPELLINGS: &[(&str, &str)] = &[
    ("http://purl.org/ctdlasn/terms/", CEASN),
    ("http://credreg.net/ctdlasn/terms/", CEASN),
    ("https://credreg.net/ctdlasn/terms/", CEASN),
    ("http://purl.org/ctdl/terms/", CETERMS),
    ("http://credreg.net/ctdl/terms/", CETERMS),
    ("https://credreg.net/ctdl/terms/", CETERMS),
    ("https://purl.org/ASN/schema/core/", ASN),
    ("http://purl.org/asn/schema/core/", ASN),
    ("https://www.w3.org/2004/02/skos/core#", SKOS),
    ("http://schema.org/", "https://schema.org/"),
];

pub const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
pub const FIRST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
pub const REST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
pub const NIL: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
pub const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";
pub const LANG_STRING: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

pub const TITLES: &[&str] = &[
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "https://purl.org/ctdlasn/terms/name",
    "https://purl.org/ctdl/terms/name",
    "https://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
];
pub const LICENCES: &[&str] = &[
    "http://purl.org/dc/terms/license",
    "http://creativecommons.org/ns#license",
    "https://purl.org/ctdlasn/terms/license",
    "https://schema.org/license",
];
pub const RIGHTS: &[&str] = &[
    "http://purl.org/dc/terms/rights",
    "http://purl.org/dc/elements/1.1/rights",
    "https://purl.org/ctdlasn/terms/rights",
];
pub const PUBLISHERS: &[&str] = &[
    "https://purl.org/ctdlasn/terms/publisherName",
    "http://purl.org/dc/terms/publisher",
    "http://purl.org/dc/elements/1.1/publisher",
    "https://purl.org/ctdlasn/terms/publisher",
    "https://purl.org/ctdl/terms/publisher",
    "http://purl.org/dc/terms/creator",
    "http://purl.org/dc/elements/1.1/creator",
    "https://purl.org/ctdlasn/terms/creator",
];
pub const VERSIONS: &[&str] = &[
    "http://www.w3.org/2002/07/owl#versionInfo",
    "http://purl.org/dc/terms/hasVersion",
    "https://schema.org/version",
    "https://purl.org/ctdl/terms/versionIdentifier",
    "https://purl.org/ctdl/terms/versionCode",
];
pub const LANGUAGES: &[&str] = &[
    "http://purl.org/dc/terms/language",
    "http://purl.org/dc/elements/1.1/language",
    "https://purl.org/ctdlasn/terms/inLanguage",
    "https://purl.org/ctdl/terms/inLanguage",
];

/// A name with a well-known prefix, or in another spelling of a namespace, in full; any other as it is.
#[must_use]
pub fn written_out(name: &str) -> String {
    for (spelling, namespace) in SPELLINGS {
        if let Some(local) = name.strip_prefix(spelling) {
            return format!("{namespace}{local}");
        }
    }
    if let Some((prefix, local)) = name.split_once(':')
        && !local.starts_with("//")
        && let Some((_, namespace)) = PREFIXES.iter().find(|(known, _)| *known == prefix)
    {
        return format!("{namespace}{local}");
    }
    name.to_owned()
}

/// The name with its prefix, `skos:broader`; in full where the namespace has none.
#[must_use]
pub fn short(name: &str) -> String {
    PREFIXES
        .iter()
        .find_map(|(prefix, namespace)| Some((prefix, name.strip_prefix(namespace)?)))
        .filter(|(_, local)| !local.is_empty() && !local.contains('/'))
        .map_or_else(
            || name.to_owned(),
            |(prefix, local)| format!("{prefix}:{local}"),
        )
}

/// The last part of an IRI: what follows the last `/`, `#` or `:`.
#[must_use]
pub fn last_part(iri: &str) -> &str {
    let iri = iri.trim_end_matches(['/', '#']);
    iri.rsplit(['/', '#', ':']).next().unwrap_or(iri)
}

/// The words for a licence that is known by its address.
#[must_use]
pub fn licence_words(url: &str) -> Option<String> {
    let at = url.find("creativecommons.org/")?;
    let parts: Vec<&str> = url
        .get(at..)?
        .split('/')
        .skip(1)
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        ["publicdomain", "zero", version, ..] => Some(format!("CC0 {version}")),
        ["publicdomain", "mark", ..] => Some("public domain".to_owned()),
        ["licenses", terms, version, country, ..] if country.len() == 2 => Some(format!(
            "CC {} {version} {}",
            terms.to_uppercase(),
            country.to_uppercase()
        )),
        ["licenses", terms, version, ..] => Some(format!("CC {} {version}", terms.to_uppercase())),
        _ => None,
    }
}

/// The BCP 47 tag of a language that is named by a tag, an ISO 639-2 code or an address that ends with one of them.
#[must_use]
pub fn language_tag(name: &str) -> Option<String> {
    let code = last_part(name.trim());
    if let Some((_, tag)) = ISO_639_2
        .iter()
        .find(|(long, _)| long.eq_ignore_ascii_case(code))
    {
        return Some((*tag).to_owned());
    }
    oxilangtag::LanguageTag::parse_and_normalize(code)
        .ok()
        .map(|tag| tag.as_str().to_owned())
}

/// Three-letter codes of languages that have a two-letter one; only those that public frameworks are written in.
const ISO_639_2: &[(&str, &str)] = &[
    ("bul", "bg"),
    ("ces", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("ger", "de"),
    ("gle", "ga"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("isl", "is"),
    ("ita", "it"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mlt", "mt"),
    ("nld", "nl"),
    ("nor", "no"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("spa", "es"),
    ("swe", "sv"),
    ("zho", "zh"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_out_and_shortened() {
        assert_eq!(written_out("skos:broader"), format!("{SKOS}broader"));
        assert_eq!(
            written_out("http://purl.org/ctdl/terms/name"),
            format!("{CETERMS}name")
        );
        assert_eq!(written_out("https://a.example/x"), "https://a.example/x");
        assert_eq!(written_out("res:level1"), "res:level1");
        assert_eq!(short(&format!("{SKOS}broader")), "skos:broader");
        assert_eq!(short("https://a.example/x"), "https://a.example/x");
        assert_eq!(last_part("http://a.example/b#c"), "c");
        assert_eq!(last_part("http://a.example/b/"), "b");
    }

    #[test]
    fn licences_and_languages_are_known_by_their_address() {
        let words = |url| licence_words(url).unwrap_or_default();
        assert_eq!(
            words("https://creativecommons.org/licenses/by/4.0/"),
            "CC BY 4.0"
        );
        assert_eq!(
            words("http://creativecommons.org/licenses/by/3.0/us/"),
            "CC BY 3.0 US"
        );
        assert_eq!(
            words("https://creativecommons.org/publicdomain/zero/1.0/"),
            "CC0 1.0"
        );
        assert_eq!(licence_words("https://a.example/terms"), None);
        assert_eq!(
            language_tag("http://id.loc.gov/vocabulary/iso639-2/eng").as_deref(),
            Some("en")
        );
        assert_eq!(language_tag("en-us").as_deref(), Some("en-US"));
        assert_eq!(language_tag("not a tag"), None);
    }
}
