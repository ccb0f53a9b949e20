//! The text of `gradus.lock`, read and written.

use super::*;

fn pin(id: &str, digest: &str) -> Pin {
    Pin {
        id: id.to_owned(),
        version: "1.10".to_owned(),
        file: format!("frameworks/{id}-1.10.yaml"),
        sha256: digest.to_owned(),
        source: Some("a: \"b\"".to_owned()),
        edited: id == "a",
        set: BTreeMap::from([("licence".to_owned(), "CC: \"0\"".to_owned())]),
    }
}

#[test]
fn what_is_written_is_read_back_sorted() {
    let released = "published:\n- id: b\n  iri: https://example.org/b\n  sha256: '00'\n- id: a\n  version: '1'\n  iri: https://example.org/a\n  sha256: '01'\n";
    let mut lock = Lock::parse(released).expect("sound");
    lock.pin(pin("z", "12"));
    lock.pin(pin("a", "34"));
    lock.pin(pin("z", "56"));
    for file in ["frameworks/b.sssom.tsv", "frameworks/a.sssom.tsv"] {
        lock.pin_table(TablePin {
            file: file.to_owned(),
            sha256: "78".to_owned(),
            source: Some("a \"b\".csv".to_owned()),
        });
    }
    let text = lock.text();
    assert!(text.find("a.sssom") < text.find("b.sssom"));
    assert_eq!(Lock::parse(&text), Ok(lock.clone()));
    assert_eq!(Lock::parse(&text).expect("sound").text(), text);
    assert!(
        text.contains("published:\n- id: \"a\"\n  version: \"1\""),
        "{text}"
    );
    assert!(text.find("id: \"a\"") < text.find("id: \"z\""));
    assert!(!text.contains("12\""), "{text}");
}

#[test]
fn differences_are_told_apart() {
    let on_disk = |name: &str| PackOnDisk {
        file: format!("frameworks/{name}-1.10.yaml"),
        bytes: b"x".to_vec(),
    };
    let mut lock = Lock::default();
    lock.pin(pin("same", &packs::digest(b"x")));
    lock.pin(pin("changed", "00"));
    lock.pin(pin("gone", "00"));
    let files = [on_disk("changed"), on_disk("new"), on_disk("same")];
    let file = |name: &str| format!("frameworks/{name}-1.10.yaml");
    assert_eq!(
        differences(&lock, &files),
        [
            Difference::Changed(file("changed")),
            Difference::NotPinned(file("new")),
            Difference::Missing(file("gone")),
        ]
    );
}

#[test]
fn what_is_no_lock_is_refused_with_its_place() {
    assert!(Lock::parse("").is_ok());
    assert!(Lock::parse("- 1\n").is_err());
    assert!(Lock::parse("frameworks: [\n").is_err());
    let unknown = Lock::parse("frameworks: []\nnew-key: 1\n").expect_err("unknown");
    assert_eq!((unknown.0, unknown.1), (2, 1));
    assert!(Lock::parse("frameworks:\n- id: 1\n").is_err());
}
