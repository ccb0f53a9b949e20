//! What is one framework in several files, and what is several.

use super::super::tests_support::{bundle, shared};
use super::*;

const CASE: &str = r#"{"CFDocument": {"identifier": "d1", "title": "Knots"}, "CFItems": [{"identifier": "i1", "fullStatement": "Tie"}], "CFAssociations": []}"#;
const RSD: &str = r#"[{"skillName": "Tie", "skillStatement": "Ties knots"}]"#;

fn titles(files: &[(&str, &str)]) -> Vec<(String, Vec<usize>)> {
    let found = frameworks(&bundle(files)).expect("readable");
    found
        .into_iter()
        .map(|one| (one.title, one.files))
        .collect()
}

fn scheme(name: &str, rest: &str) -> String {
    format!(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix x: <http://x.example/{name}/> .\n\
         x:all a skos:ConceptScheme ; skos:prefLabel \"{name}\"@en .\n\
         x:one a skos:Concept ; skos:inScheme x:all ; skos:prefLabel \"One\"@en .\n{rest}"
    )
}

#[test]
fn packages_are_told_apart_by_their_documents() {
    let other = CASE.replace("d1", "d2").replace("Knots", "Splices");
    let again = CASE.replace("i1", "i2");
    assert_eq!(
        titles(&[("a.json", CASE), ("b.json", &other), ("c.json", &again)]),
        [
            ("Knots".to_owned(), vec![0, 2]),
            ("Splices".to_owned(), vec![1])
        ]
    );
    assert_eq!(titles(&[("a.json", CASE)]), []);
    let schema = r#"{"properties": {"CFDocument": {}, "CFItems": {}}}"#;
    assert_eq!(
        titles(&[("a.json", CASE), ("schema.json", schema)]).len(),
        1
    );
}

#[test]
fn formats_are_told_apart() {
    assert_eq!(
        titles(&[("a.json", CASE), ("b.json", RSD), ("notes.txt", "nothing")]),
        [
            ("Knots".to_owned(), vec![0]),
            ("Rich Skill Descriptors".to_owned(), vec![1])
        ]
    );
    let more = RSD.replace("Tie", "Whip");
    assert_eq!(titles(&[("a.json", RSD), ("b.json", &more)]).len(), 1);
}

#[test]
fn schemes_that_lead_to_each_other_are_one_thesaurus() {
    let (a, b) = (scheme("a", ""), scheme("b", ""));
    assert_eq!(
        titles(&[("a.ttl", &a), ("b.ttl", &b)]),
        [("a".to_owned(), vec![0]), ("b".to_owned(), vec![1])]
    );
    let related = scheme("b", "x:one skos:related <http://x.example/a/one> .");
    assert_eq!(titles(&[("a.ttl", &a), ("b.ttl", &related)]).len(), 1);
    // A mapping leads to another framework.
    let mapped = scheme("b", "x:one skos:exactMatch <http://x.example/a/one> .");
    assert_eq!(titles(&[("a.ttl", &a), ("b.ttl", &mapped)]).len(), 2);
    // One scheme in a further language, and labels apart from it.
    let french = a.replace("@en", "@fr");
    assert_eq!(titles(&[("en.ttl", &a), ("fr.ttl", &french)]).len(), 1);
    let labels = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
                  <http://x.example/a/two> a skos:Concept ; skos:inScheme <http://x.example/a/all> .";
    assert_eq!(titles(&[("a.ttl", &a), ("more.ttl", labels)]).len(), 1);
    // An ontology is no framework.
    let ontology = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\nskos:Concept a <http://www.w3.org/2002/07/owl#Class> .";
    assert_eq!(titles(&[("a.ttl", &a), ("skos.ttl", ontology)]).len(), 1);
}

#[test]
fn sets_are_joined_whatever_the_order() {
    let mut together = Together::new(6);
    together.join(5, 4);
    together.join(1, 3);
    together.join(4, 3);
    let sets: Vec<usize> = (0..6).map(|at| together.of(at)).collect();
    assert_eq!(sets, [0, 1, 2, 1, 1, 1]);
}

#[test]
fn published_frameworks_of_one_registry_are_several() {
    let names = [
        "onet-basic-skills.ctdlasn.json",
        "onet-cross-functional-skills.ctdlasn.json",
        "scqf-eqf-mapping.json",
    ];
    let paths = names.map(|name| format!("ctdl/{name}"));
    let Some(bundle) = shared(&paths.each_ref().map(String::as_str)) else {
        return;
    };
    let found = frameworks(&bundle).expect("readable");
    let files: Vec<&[usize]> = found.iter().map(|one| one.files.as_slice()).collect();
    assert_eq!(files, [[0], [1]], "{found:?}");
}
