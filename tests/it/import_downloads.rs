//! What a download may be: several frameworks, archives, encodings, tables with little in them.

use crate::support::{gradus, put};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

const PACKAGE: &str = r#"{"CFDocument": {"identifier": "d1", "title": "Knots", "version": "1"},
  "CFItems": [{"identifier": "i1", "humanCodingScheme": "K.1", "fullStatement": "Tie a bowline"}], "CFAssociations": []}"#;

#[test]
fn several_frameworks_are_listed_and_not_stirred_together() {
    let home = home();
    let other = PACKAGE.replace("d1", "d2").replace("Knots", "Splices");
    put(
        home.path(),
        &[("all/a.json", PACKAGE), ("all/b.json", &other)],
    );
    let ran = gradus(home.path(), &["import", "all"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    let list = "there are 2 frameworks in `all`: `Knots` in `a.json`; `Splices` in `b.json`";
    assert!(ran.all().contains(list), "{}", ran.all());
    assert!(
        ran.all()
            .contains("help: import each of them by its own path"),
        "{}",
        ran.all()
    );
    assert!(!home.path().join("frameworks").exists());
    assert_eq!(gradus(home.path(), &["import", "all", "--source"]).code, 2);
    let one = gradus(home.path(), &["import", "all/b.json"]);
    assert_eq!(one.code, 0, "{}", one.all());
    assert!(home.path().join("frameworks/splices-1.yaml").exists());
}

#[test]
fn a_map_between_frameworks_is_a_crosswalk() {
    let home = home();
    let map = r#"{"@context": "http://credreg.net/ctdl/schema/context/json", "@graph": [{
      "@id": "http://x.example/map", "@type": "ceterms:AlignmentMap", "ceterms:name": {"en": "A to B"},
      "ceterms:hasPart": [{"@type": "ceterms:AlignmentObject", "ceterms:sourceNode": "http://x.example/a/2",
        "ceterms:targetNode": "http://x.example/b/1", "ceterms:alignmentType": "skos:broadMatch"}]}]}"#;
    put(home.path(), &[("map.json", map), ("a.gradus", "")]);
    let ran = gradus(home.path(), &["import", "map.json"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.all().contains("`gradus crosswalk import`"),
        "{}",
        ran.all()
    );
    let ran = gradus(home.path(), &["crosswalk", "import", "map.json"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let table = home.path().join("frameworks/map.sssom.tsv");
    let table = std::fs::read_to_string(table).expect("a table");
    assert!(table.contains("x:2\tskos:broadMatch\tx_2:1\t"), "{table}");
}
