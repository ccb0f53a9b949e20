//! What a person sets of a framework: checked when it is said, and remembered.

use crate::support::{gradus, put};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn what_is_set_wrongly_is_said_and_nothing_is_written() {
    let home = home();
    put(home.path(), &[("house.csv", "code,label\n1,Sawing\n")]);
    for (set, message) in [
        ("title=", "`title=` sets `title` to nothing"),
        ("language=english", "`english` is not the tag of a language"),
        ("iri=our skills", "`our skills` is not an address in full"),
        (
            "source=www.a.example",
            "`www.a.example` is not an address in full",
        ),
        ("licence-url=CC0", "`CC0` is not an address of the web"),
        ("colour=red", "`colour` is not something that can be set"),
        ("licence", "`licence` does not say what is set"),
    ] {
        let arguments = ["import", "house.csv", "--version", "1", "--set", set];
        let ran = gradus(home.path(), &arguments);
        assert_eq!(ran.code, 2, "{}", ran.all());
        let said = format!("--set: {message}");
        assert!(ran.err.contains(&said), "{said}\n{}", ran.err);
        assert!(!ran.err.contains("looks like"), "{}", ran.err);
    }
    let ran = gradus(home.path(), &["import", "house.csv", "--version", " "]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(!home.path().join("frameworks").exists());
    let ran = gradus(home.path(), &["import", "house.csv", "--version", "ü"]);
    assert!(ran.out.contains("frameworks/house-u.yaml"), "{}", ran.all());
}

#[test]
fn an_upgrade_remembers_what_was_set_and_takes_more() {
    let home = home();
    let table = "code,label\n1,Wash dishes\n2,Mop floor\n";
    put(
        home.path(),
        &[
            ("one.csv", table),
            ("two.csv", table),
            (
                "home.gradus",
                "use house \"1\"\n\nframework home \"Home\" {\n  skill dishes \"Dishes\" { can \"Washes dishes\" }\n}\n\ncrosswalk home to house {\n  dishes is exactly house:1 \"Wash dishes\"\n}\n",
            ),
        ],
    );
    let first = "import one.csv --as house --version 1 --set licence=CC0 --set publisher=Us";
    let run = |line: &str| gradus(home.path(), &line.split(' ').collect::<Vec<_>>());
    assert_eq!(run(first).code, 0);
    let ran = run("upgrade house two.csv --version 2 --set publisher=Them --fix");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.err.contains("set again as before: licence, publisher"),
        "{}",
        ran.all()
    );
    let read = |file: &str| std::fs::read_to_string(home.path().join(file)).expect("a file");
    let pack = read("frameworks/house-2.yaml");
    for part in ["licence: \"CC0\"", "publisher: \"Them\""] {
        assert!(pack.contains(part), "{part}\n{pack}");
    }
    // And for the release after that one.
    put(home.path(), &[("three.csv", table)]);
    assert_eq!(run("upgrade house three.csv --version 3 --fix").code, 0);
    assert!(read("frameworks/house-3.yaml").contains("publisher: \"Them\""));
    let ran = run("upgrade house frameworks/house-2.yaml --set title=x");
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert_eq!(
        run("upgrade house three.csv --version 4 --set iri=x").code,
        2
    );
}
