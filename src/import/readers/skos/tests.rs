//! Syntaxes, quirks, hostile files, and the real ones.

use super::super::tests_support::{bundle, findings, kept_kinds, shared};
use super::*;
use crate::import::release::TextRole;

const TURTLE: &str = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix c: <https://crafts.example/> .

c:crafts a skos:ConceptScheme ;
  dct:title "Crafts"@en, "Métiers"@fr ;
  dct:publisher c:guild ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> ;
  owl:versionInfo "2" ;
  skos:hasTopConcept c:wood .
c:guild dct:title "The Guild" .
c:wood a skos:Concept ; skos:notation "W" ; skos:prefLabel "Wood"@en, "Bois"@fr ;
  skos:narrower c:carving, c:lost ; skos:topConceptOf c:crafts .
c:carving a skos:Concept ; skos:notation "W1" ;
  skos:prefLabel "Carving"@en ; skos:prefLabel "Whittling"@en ; skos:altLabel "Carving with a knife"@en ; skos:hiddenLabel "carvin"@en ;
  skos:definition "Takes wood away until the form is left."@en ; skos:scopeNote "Not turning."@en ; skos:example "A spoon."@en ;
  skos:definition ""@fr ;
  skos:broader c:wood ; skos:related c:turning ; skos:exactMatch <https://other.example/9> ;
  skos:inScheme c:crafts ; c:color "brown" .
c:turning skos:prefLabel "Turning"@en ; skos:broader c:wood ; skos:inScheme c:crafts .
c:hewing a skos:Concept ; skos:prefLabel "Hewing"@en ; owl:deprecated true ; dct:isReplacedBy c:carving .
c:tools a skos:OrderedCollection ; skos:prefLabel "With a blade"@en ; skos:memberList ( c:carving c:turning ) .
"#;

fn release(name: &str, text: &str) -> Release {
    let bundle = bundle(&[(name, text)]);
    assert!(is(&bundle), "{text}");
    read(&bundle).unwrap_or_else(|fault| panic!("{fault:?}"))
}

#[test]
fn turtle_is_read_with_everything_in_it() {
    let release = release("crafts.ttl", TURTLE);
    assert_eq!(kept_kinds(&release), [("collection", 1), ("concept", 4)]);
    let head = &release.head;
    assert_eq!(head.title.as_deref(), Some("Crafts"));
    assert_eq!(head.publisher.as_deref(), Some("The Guild"));
    assert_eq!(head.licence.as_deref(), Some("CC BY 4.0"));
    assert_eq!(head.version.as_deref(), Some("2"));
    assert_eq!(
        (head.id.as_str(), head.language.as_deref()),
        ("crafts", Some("en"))
    );
    let record = |code: &str| {
        let found = release.records.iter().find(|record| record.code == code);
        found.unwrap_or_else(|| panic!("no {code}"))
    };
    assert_eq!(record("W").spot.line, 13);
    let carving = record("W1");
    assert_eq!(carving.parents, ["https://crafts.example/wood"]);
    let roles: Vec<(TextRole, &str)> = carving
        .texts
        .iter()
        .map(|text| (text.role, text.text.as_str()))
        .collect();
    assert_eq!(
        roles,
        [
            (TextRole::Label, "Carving"),
            (TextRole::Alternative, "Whittling"),
            (TextRole::Alternative, "Carving with a knife"),
            (TextRole::Hidden, "carvin"),
            (
                TextRole::Description,
                "Takes wood away until the form is left."
            ),
            (TextRole::Note, "Not turning."),
            (TextRole::Note, "A spoon."),
        ]
    );
    assert_eq!(
        carving.fields.get("https://crafts.example/color"),
        Some(&"brown".into())
    );
    let hewing = release
        .records
        .iter()
        .find(|record| record.withdrawn)
        .expect("withdrawn");
    assert_eq!(hewing.successors, ["https://crafts.example/carving"]);
    let relations: Vec<(&str, &str)> = release
        .relations
        .iter()
        .map(|relation| {
            (
                relation.kind.as_str(),
                relation.to.trim_start_matches("https://crafts.example/"),
            )
        })
        .collect();
    assert_eq!(
        relations,
        [
            ("related", "turning"),
            ("exactMatch", "https://other.example/9"),
            ("member", "carving"),
            ("member", "turning"),
            ("narrower", "lost"),
        ]
    );
    assert_eq!(
        findings(&release),
        [
            "Mended 1 second preferred labels of one language, kept as alternatives",
            "Noted 1 concepts that do not say that they are one",
            "Noted 1 texts that are empty",
        ]
    );
}

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [ <!ENTITY skos "http://www.w3.org/2004/02/skos/core#"> ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="https://crafts.example/wood">
    <skos:prefLabel xml:lang="en">Wood</skos:prefLabel>
  </skos:Concept>
  <rdf:Description rdf:about="https://crafts.example/carving">
    <rdf:type rdf:resource="&skos;Concept"/>
    <skos:prefLabel xml:lang="en">Carving &amp; cutting</skos:prefLabel>
    <skos:broader rdf:resource="https://crafts.example/wood"/>
  </rdf:Description>
</rdf:RDF>"#;

const JSON_LD: &str = r#"{
  "@context": {"skos": "http://www.w3.org/2004/02/skos/core#", "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"}},
  "@graph": [
    {"@id": "https://crafts.example/wood", "@type": "skos:Concept", "prefLabel": {"en": "Wood"}},
    {"@id": "https://crafts.example/carving", "@type": "skos:Concept", "prefLabel": {"en": "Carving & cutting"}, "skos:broader": {"@id": "https://crafts.example/wood"}}
  ]}"#;

const JSON_LD_BARE: &str = r#"{
  "@context": "https://www.w3.org/2009/08/skos-reference/skos.jsonld",
  "@graph": [
    {"id": "https://crafts.example/wood", "type": "Concept", "prefLabel": {"en": "Wood"}},
    {"id": "https://crafts.example/carving", "type": "Concept", "prefLabel": {"en": "Carving & cutting"}, "broader": "https://crafts.example/wood"}
  ]}"#;

const N_TRIPLES: &str = r#"<https://crafts.example/wood> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .
<https://crafts.example/wood> <http://www.w3.org/2004/02/skos/core#prefLabel> "Wood"@en .
<https://crafts.example/carving> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .
<https://crafts.example/carving> <http://www.w3.org/2004/02/skos/core#prefLabel> "Carving & cutting"@en .
<https://crafts.example/carving> <http://www.w3.org/2004/02/skos/core#broader> <https://crafts.example/wood> .
"#;

const XML_AS_JSON: &str = r##"{"rdf:RDF": {"-xmlns:skos": "http://www.w3.org/2004/02/skos/core#", "skos:Concept": [
  {"-rdf:about": "https://crafts.example/wood", "skos:prefLabel": {"-xml:lang": "en", "#text": "Wood"}},
  {"-rdf:about": "https://crafts.example/carving", "skos:prefLabel": {"-xml:lang": "en", "#text": "Carving & cutting"}, "skos:broader": {"-rdf:resource": "https://crafts.example/wood"}}
]}}"##;

#[test]
fn every_syntax_says_the_same() {
    for (name, text) in [
        ("a.rdf", XML),
        ("a.jsonld", JSON_LD),
        ("b.jsonld", JSON_LD_BARE),
        ("a.nt", N_TRIPLES),
        ("a.json", XML_AS_JSON),
    ] {
        let release = release(name, text);
        let records: Vec<(&str, &str, &[String])> = release
            .records
            .iter()
            .map(|record| {
                let label = record.texts.first().map_or("", |text| text.text.as_str());
                (record.key.as_str(), label, record.parents.as_slice())
            })
            .collect();
        let wood = ["https://crafts.example/wood".to_owned()];
        assert_eq!(
            records,
            [
                ("https://crafts.example/wood", "Wood", &[][..]),
                (
                    "https://crafts.example/carving",
                    "Carving & cutting",
                    &wood[..]
                )
            ],
            "{name}"
        );
    }
}

#[test]
fn several_files_are_one_scheme_and_others_are_told() {
    let bundle = bundle(&[
        ("crafts.ttl", TURTLE),
        (
            "more.nt",
            "<https://crafts.example/carving> <http://www.w3.org/2004/02/skos/core#altLabel> \"Snitsen\"@nl .\n",
        ),
        ("README.md", "# Crafts\n"),
    ]);
    let release = read(&bundle).expect("read");
    assert_eq!(kept_kinds(&release), [("collection", 1), ("concept", 4)]);
    let dutch = release.records.iter().flat_map(|record| &record.texts);
    assert_eq!(dutch.filter(|text| text.language == "nl").count(), 1);
    let reason = "files of the download that are not part of the framework";
    assert_eq!(release.tally.count(Outcome::Noted, reason), 1);
}

#[test]
fn bombs_and_leaks_in_xml_are_refused() {
    let mut bomb =
        String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE rdf:RDF [\n<!ENTITY a0 \"ha\">\n");
    for level in 1..20 {
        let previous = format!("&a{};", level - 1).repeat(10);
        bomb.push_str(&format!("<!ENTITY a{level} \"{previous}\">\n"));
    }
    bomb.push_str("]>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\"><skos:Concept rdf:about=\"a\"><skos:prefLabel>&a19;</skos:prefLabel></skos:Concept></rdf:RDF>");
    let fault = read(&bundle(&[("bomb.rdf", &bomb)])).expect_err("refused");
    assert!(
        fault.message.contains("made of other entities"),
        "{fault:?}"
    );
    assert_eq!(fault.spot.map(|spot| spot.line), Some(4));
    let leak = XML.replace(
        "\"http://www.w3.org/2004/02/skos/core#\"> ]",
        "SYSTEM \"file:///etc/passwd\"> ]",
    );
    let fault = read(&bundle(&[("leak.rdf", &leak)])).expect_err("refused");
    assert!(fault.message.contains("another place"), "{fault:?}");
}

#[test]
fn faults_name_the_line_and_never_panic() {
    let broken = TURTLE.replace("skos:notation \"W\" ;", "skos:notation \"W ;");
    let fault = read(&bundle(&[("a.ttl", &broken)])).expect_err("refused");
    assert_eq!(fault.spot.map(|spot| spot.line), Some(13), "{fault:?}");
    for (name, text) in [
        ("a.rdf", XML),
        ("a.jsonld", JSON_LD),
        ("a.ttl", TURTLE),
        ("a.json", XML_AS_JSON),
    ] {
        for end in (0..text.len())
            .step_by(37)
            .filter(|&end| text.is_char_boundary(end))
        {
            let _ = read(&bundle(&[(name, text.get(..end).unwrap_or(""))]));
        }
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep = deep.replacen(
        "[[",
        "[\"http://www.w3.org/2004/02/skos/core#Concept\",[",
        1,
    );
    assert!(read(&bundle(&[("deep.json", &deep)])).is_err());
    let deep_xml = format!(
        "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:s=\"http://www.w3.org/2004/02/skos/core#\">{}",
        "<s:Concept><s:broader>".repeat(50_000)
    );
    assert!(read(&bundle(&[("deep.rdf", &deep_xml)])).is_err());
}

#[test]
fn circles_of_lists_and_nameless_nodes_end() {
    let text = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
_:x a skos:Concept ; skos:prefLabel "One"@en ; skos:changeNote _:y .
_:y rdf:value _:x .
<https://a.example/c> a skos:OrderedCollection ; skos:prefLabel "All"@en ; skos:memberList _:l .
_:l rdf:first _:x ; rdf:rest _:l .
"#;
    let release = release("a.ttl", text);
    assert_eq!(kept_kinds(&release), [("collection", 1), ("concept", 1)]);
    assert_eq!(
        release
            .records
            .first()
            .and_then(|record| record.iri.clone()),
        None
    );
    assert_eq!(
        release.records.first().map(|record| record.key.as_str()),
        Some("_:b1")
    );
}

#[test]
fn the_same_file_gives_the_same_release() {
    let text = TURTLE.replace("c:guild", "_:guild");
    let once = format!("{:?}", release("a.ttl", &text));
    assert_eq!(once, format!("{:?}", release("a.ttl", &text)));
}

#[test]
fn digcomp_2_is_english_under_a_german_tag() {
    let Some(bundle) = shared(&["digcomp-2/digcomp.ttl", "digcomp-2/DigComp.csv"]) else {
        return;
    };
    assert!(is(&bundle));
    let release = read(&bundle).expect("read");
    assert_eq!(kept_kinds(&release), [("concept", 26)]);
    assert_eq!(
        findings(&release),
        [
            "Noted 1 files of the download that are not part of the framework",
            "Noted 21 texts tagged `de` that read as `en`",
            "Noted 5 texts that are empty",
        ]
    );
    assert_eq!(release.head.title.as_deref(), Some("DigComp Kompetenzen"));
    assert_eq!(release.head.language.as_deref(), Some("de"));
    // The tags are reported, not changed.
    assert!(
        release
            .records
            .iter()
            .flat_map(|record| &record.texts)
            .all(|text| text.language == "de")
    );
    let roots = release
        .records
        .iter()
        .filter(|record| record.parents.is_empty());
    assert_eq!(roots.count(), 5);
}

#[test]
fn blooms_taxonomy_is_read_from_xml_turned_into_json() {
    let Some(bundle) = shared(&["asn-common-core-math/blooms_taxonomy.json"]) else {
        return;
    };
    assert!(is(&bundle));
    let release = read(&bundle).expect("read");
    assert_eq!(
        release.head.title.as_deref(),
        Some("ASN Bloom's Taxonomy Vocabulary")
    );
    let roots = release
        .records
        .iter()
        .filter(|record| record.parents.is_empty());
    assert_eq!(roots.count(), 3);
    assert!(release.records.len() > 15, "{}", release.records.len());
}

/// Minutes, if each name were compared with all that came before it.
#[test]
fn tens_of_thousands_of_labels_of_one_concept_are_read() {
    const LABELS: usize = 50_000;
    let mut text = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
                    <http://x.example/a> a skos:Concept ; skos:prefLabel \"A\"@en .\n"
        .to_owned();
    for number in 0..LABELS {
        text.push_str(&format!(
            "<http://x.example/a> skos:altLabel \"the other name number {number}\"@en ; <http://purl.org/dc/terms/title> \"title number {number}\"@en .\n"
        ));
    }
    let release = read(&bundle(&[("a.ttl", &text)])).expect("read");
    let record = release.records.first().expect("a concept");
    assert_eq!(record.texts.len(), 1 + 2 * LABELS);
}
