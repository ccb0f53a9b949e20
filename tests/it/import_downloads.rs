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
