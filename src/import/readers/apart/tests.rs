//! What is one framework in several files, and what is several.

use super::super::tests_support::{bundle, shared};
use super::*;

const CASE: &str = r#"{"CFDocument": {"identifier": "d1", "title": "Knots"}, "CFItems": [{"identifier": "i1", "fullStatement": "Tie"}], "CFAssociations": []}"#;
const RSD: &str = r#"[{"skillName": "Tie", "skillStatement": "Ties knots"}]"#;

/// The readers of the parts with their files.
fn parts(files: &[(&str, &str)]) -> Vec<(&'static str, Vec<usize>)> {
    let apart = apart(&bundle(files));
    let parts = apart.parts.into_iter();
    parts.map(|part| (part.reader.name, part.files)).collect()
}

fn scheme(name: &str, rest: &str) -> String {
    format!(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix x: <http://x.example/{name}/> .\n\
         x:all a skos:ConceptScheme ; skos:prefLabel \"{name}\"@en .\n\
         x:one a skos:Concept ; skos:inScheme x:all ; skos:prefLabel \"One\"@en .\n{rest}"
    )
}

#[test]
fn formats_are_told_apart() {
    let other = CASE.replace("d1", "d2");
    assert_eq!(
        parts(&[("a.json", CASE), ("b.json", &other)]),
        [("case", vec![0, 1])]
    );
    assert_eq!(
        parts(&[("a.json", CASE), ("b.json", RSD), ("notes.txt", "nothing")]),
        [("case", vec![0]), ("rsd", vec![1])]
    );
    let more = RSD.replace("Tie", "Whip");
    assert_eq!(parts(&[("a.json", RSD), ("b.json", &more)]).len(), 1);
}

#[test]
fn a_table_beside_a_framework_is_one_too_and_what_is_none_is_left() {
    let table = "code,label\n1,Sawing\n2,Planing\n";
    let files = [
        ("a.json", CASE),
        ("b.csv", table),
        ("c.txt", "one, two\nthree\n"),
    ];
    let found = apart(&bundle(&files));
    assert_eq!(found.left, [2]);
    assert_eq!(parts(&files), [("case", vec![0]), ("table", vec![1])]);
}

#[test]
fn schemes_that_lead_to_each_other_are_one_thesaurus() {
    let (a, b) = (scheme("a", ""), scheme("b", ""));
    assert_eq!(
        parts(&[("a.ttl", &a), ("b.ttl", &b)]),
        [("skos", vec![0]), ("skos", vec![1])]
    );
    let related = scheme("b", "x:one skos:related <http://x.example/a/one> .");
    assert_eq!(parts(&[("a.ttl", &a), ("b.ttl", &related)]).len(), 1);
    // A mapping leads to another framework.
    let mapped = scheme("b", "x:one skos:exactMatch <http://x.example/a/one> .");
    assert_eq!(parts(&[("a.ttl", &a), ("b.ttl", &mapped)]).len(), 2);
    // One scheme in a further language, and labels apart from it.
    let french = a.replace("@en", "@fr");
    assert_eq!(parts(&[("en.ttl", &a), ("fr.ttl", &french)]).len(), 1);
    let labels = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
                  <http://x.example/a/two> a skos:Concept ; skos:inScheme <http://x.example/a/all> .";
    assert_eq!(parts(&[("a.ttl", &a), ("more.ttl", labels)]).len(), 1);
    // An ontology is no framework.
    let ontology = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\nskos:Concept a <http://www.w3.org/2002/07/owl#Class> .";
    assert_eq!(parts(&[("a.ttl", &a), ("skos.ttl", ontology)]).len(), 1);
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
    let found = apart(&bundle).parts;
    let files: Vec<&[usize]> = found.iter().map(|one| one.files.as_slice()).collect();
    assert_eq!(files, [[0], [1]], "{found:?}");
}
