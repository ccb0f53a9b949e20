//! Downloads that mean harm, and those that do not.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

use super::*;

const SMALL: Limits = Limits {
    files: 3,
    bytes: 8 << 20,
    file_bytes: 4 << 20,
    ratio: 200,
};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn archive(path: &Path, entries: &[(&str, &[u8])]) {
    let mut writer = zip::ZipWriter::new(File::create(path).expect("a file"));
    for (name, bytes) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("an entry");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

fn refusal(path: &Path) -> String {
    match open(path, SMALL) {
        Ok(bundle) => panic!("{:?} was opened", bundle.name),
        Err(fault) => fault.to_string(),
    }
}

fn names(bundle: &Bundle) -> Vec<&str> {
    bundle.files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn folders_archives_and_packed_files_give_the_same() {
    let at = folder();
    fs::write(at.path().join("b.csv.gz"), gzip(b"code\n")).expect("written");
    fs::create_dir(at.path().join("sub")).expect("made");
    fs::write(at.path().join("sub/a.csv"), "code\n").expect("written");
    let bundle = open(at.path(), SMALL).expect("opened");
    assert_eq!(names(&bundle), ["b.csv", "sub/a.csv"]);
    assert!(bundle.files.iter().all(|file| file.bytes == b"code\n"));
    let zip = at.path().join("x.zip");
    archive(
        &zip,
        &[
            ("sub/a.csv", b"code\n"),
            ("b.csv.gz", &gzip(b"code\n")),
            ("__MACOSX/._a.csv", b"?"),
        ],
    );
    let bundle = open(&zip, SMALL).expect("opened");
    assert_eq!(names(&bundle), ["b.csv", "sub/a.csv"]);
    assert!(bundle.files.iter().all(|file| file.bytes == b"code\n"));
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let at = folder();
    let zeros = vec![0; 3 << 20];
    let zip = at.path().join("bomb.zip");
    archive(&zip, &[("skills.csv", &zeros)]);
    assert!(
        refusal(&zip).contains("more than 200 times"),
        "{}",
        refusal(&zip)
    );
    let gz = at.path().join("bomb.csv.gz");
    fs::write(&gz, gzip(&zeros)).expect("written");
    assert!(refusal(&gz).contains("more than 200 times"));
    // A bomb in a packed file within an archive: the inner one counts from the outer one's bytes.
    let nested = at.path().join("nested.zip");
    archive(&nested, &[("skills.csv.gz", &gzip(&zeros))]);
    assert!(refusal(&nested).contains("more than 200 times"));
}

#[test]
fn too_much_is_refused_by_file_in_all_and_in_number() {
    let at = folder();
    // Bytes that do not pack well.
    let noise: Vec<u8> = (0u32..5 << 18)
        .flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    let large = at.path().join("large.csv");
    fs::write(&large, &noise).expect("written");
    assert!(refusal(&large).contains("larger than 4 MiB"));
    let sum = at.path().join("sum");
    fs::create_dir(&sum).expect("made");
    for name in ["a", "b", "c"] {
        fs::write(sum.join(name), &noise[..3 << 20]).expect("written");
    }
    assert!(refusal(&sum).contains("larger than 8 MiB"));
    let many = at.path().join("many.zip");
    archive(&many, &[("a", b"1"), ("b", b"2"), ("c", b"3"), ("d", b"4")]);
    assert!(refusal(&many).contains("more than 3 files"));
}

#[test]
fn names_that_climb_out_are_refused() {
    let at = folder();
    let zip = at.path().join("climb.zip");
    for name in [
        "../x.csv",
        "a/../../x.csv",
        "/etc/x.csv",
        "..\\x.csv",
        "C:\\x.csv",
    ] {
        archive(&zip, &[(name, b"code\n")]);
        assert!(refusal(&zip).contains("leads out"), "{name}");
    }
    assert_eq!(safe("./a/b.csv").as_deref(), Some("a/b.csv"));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let at = folder();
    std::os::unix::fs::symlink("/etc/hosts", at.path().join("skills.csv")).expect("a link");
    assert!(refusal(at.path()).contains("symbolic link"));
}

#[test]
fn broken_archives_are_said_to_be_broken() {
    let at = folder();
    let zip = at.path().join("broken.zip");
    archive(&zip, &[("a.csv", &[b'a'; 2000])]);
    let bytes = fs::read(&zip).expect("read");
    fs::write(&zip, &bytes[..bytes.len() / 2]).expect("written");
    assert!(refusal(&zip).contains("not a whole ZIP"));
    let gz = at.path().join("broken.csv.gz");
    let bytes = gzip(b"code,label\n1,a\n");
    fs::write(&gz, &bytes[..bytes.len() - 4]).expect("written");
    assert!(refusal(&gz).contains("cannot be unpacked"));
    let empty = at.path().join("empty");
    fs::create_dir(&empty).expect("made");
    assert!(refusal(&empty).contains("no file"));
}

/// A tar archive of these entries: kind, name, target of a link or text of a file.
fn tar_of(entries: &[(::tar::EntryType, &str, &str)]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (kind, name, text) in entries {
        let mut header = ::tar::Header::new_gnu();
        header.set_entry_type(*kind);
        header.set_mode(0o644);
        let is_link = matches!(kind, ::tar::EntryType::Symlink | ::tar::EntryType::Link);
        if is_link {
            header.set_link_name_literal(text).expect("a short target");
            header.set_size(0);
        } else {
            header.set_size(text.len() as u64);
        }
        if name.len() < 100 {
            // Written as it is, which the library would refuse for names that climb.
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            let body = if is_link { "" } else { *text };
            builder.append(&header, body.as_bytes()).expect("added");
        } else {
            builder
                .append_data(&mut header, name, text.as_bytes())
                .expect("added");
        }
    }
    builder.into_inner().expect("an archive")
}

use ::tar::EntryType::{Directory, Fifo, Link, Regular, Symlink};

#[test]
fn tar_archives_are_read_whatever_they_are_called() {
    let at = folder();
    let long = format!("{}/c.csv", "folder".repeat(20));
    let bytes = tar_of(&[
        (Directory, "sub/", ""),
        (Regular, "sub/a.csv", "code\n"),
        (Regular, "._a.csv", "?"),
        (Regular, &long, "code\n"),
    ]);
    for (name, bytes) in [
        ("x.tar", bytes.clone()),
        ("x.tar.gz", gzip(&bytes)),
        ("x.tgz", gzip(&bytes)),
        ("download", gzip(&bytes)),
    ] {
        let path = at.path().join(name);
        fs::write(&path, bytes).expect("written");
        let bundle = open(&path, SMALL).expect("opened");
        assert_eq!(names(&bundle), [long.as_str(), "sub/a.csv"], "{name}");
        assert!(bundle.files.iter().all(|file| file.bytes == b"code\n"));
    }
}

#[test]
fn the_last_of_two_files_of_one_path_counts_and_the_other_is_told() {
    let at = folder();
    let path = at.path().join("x.tar");
    let bytes = tar_of(&[
        (Regular, "a.csv", "old\n"),
        (Regular, "b.csv", "code\n"),
        (Regular, "./a.csv", "new\n"),
    ]);
    fs::write(&path, bytes).expect("written");
    let (bundle, repeated) = open_all(&path, SMALL).expect("opened");
    assert_eq!(names(&bundle), ["a.csv", "b.csv"]);
    assert_eq!(bundle.files[0].bytes, b"new\n");
    assert_eq!(repeated, ["a.csv"]);
}

#[test]
fn a_path_that_stands_twice_in_a_zip_is_told_too() {
    let at = folder();
    let path = at.path().join("x.zip");
    let entries: [(&str, &[u8]); 3] = [
        ("a.csv", b"old\n"),
        ("b.csv", b"code\n"),
        ("c.csv", b"new\n"),
    ];
    archive(&path, &entries);
    // The library does not write such an archive.
    let mut bytes = fs::read(&path).expect("an archive");
    while let Some(place) = bytes.windows(5).position(|part| part == b"c.csv") {
        bytes[place] = b'a';
    }
    fs::write(&path, bytes).expect("written");
    let (bundle, repeated) = open_all(&path, SMALL).expect("opened");
    assert_eq!(names(&bundle), ["a.csv", "b.csv"]);
    assert_eq!(bundle.files[0].bytes, b"new\n");
    assert_eq!(repeated, ["a.csv"]);
    // Two spellings of one path.
    let entries: [(&str, &[u8]); 2] = [("a.csv", b"old\n"), ("./a.csv", b"new\n")];
    archive(&path, &entries);
    let (bundle, repeated) = open_all(&path, SMALL).expect("opened");
    assert_eq!(bundle.files[0].bytes, b"new\n");
    assert_eq!(repeated, ["a.csv"]);
    // Files of different archives do not hide each other.
    fs::write(
        at.path().join("y.tar"),
        tar_of(&[(Regular, "a.csv", "other\n")]),
    )
    .expect("written");
    let (bundle, repeated) = open_all(at.path(), SMALL).expect("opened");
    assert_eq!(names(&bundle), ["a.csv", "a.csv"]);
    assert_eq!(repeated, ["a.csv"]);
}

#[test]
fn tar_archives_that_mean_harm_are_refused() {
    let at = folder();
    let path = at.path().join("x.tar.gz");
    let refusal_of = |bytes: &[u8]| {
        fs::write(&path, gzip(bytes)).expect("written");
        refusal(&path)
    };
    for name in ["../x.csv", "a/../../x.csv", "/etc/x.csv", "..\\x.csv"] {
        let why = refusal_of(&tar_of(&[(Regular, name, "code\n")]));
        assert!(why.contains("leads out"), "{name}: {why}");
    }
    for kind in [Symlink, Link] {
        let why = refusal_of(&tar_of(&[(kind, "skills.csv", "/etc/hosts")]));
        assert!(why.contains("it is a link"), "{why}");
    }
    let why = refusal_of(&tar_of(&[(Fifo, "skills.csv", "")]));
    assert!(why.contains("neither a file nor a folder"), "{why}");
    let zeros = "\0".repeat(3 << 20);
    let why = refusal_of(&tar_of(&[(Regular, "skills.csv", &zeros)]));
    assert!(why.contains("more than 200 times"), "{why}");
    // Nothing is kept of folders, and their number is bounded all the same.
    let folders = vec![(Directory, "a/", ""); 10_000];
    let why = refusal_of(&tar_of(&folders));
    assert!(why.contains("more than 200 times"), "{why}");
    let files: Vec<String> = (0..4).map(|number| format!("{number}.csv")).collect();
    let files: Vec<_> = files
        .iter()
        .map(|name| (Regular, name.as_str(), "1"))
        .collect();
    assert!(refusal_of(&tar_of(&files)).contains("more than 3 files"));
    let whole = tar_of(&[(Regular, "a.csv", &"a".repeat(2000))]);
    for length in [513, 600, 1600] {
        let why = refusal_of(&whole[..length]);
        assert!(why.contains("not a whole tar"), "{length}: {why}");
    }
    // A name of a mebibyte, before a file.
    let name = "n".repeat(1 << 16);
    let why = refusal_of(&tar_of(&[
        (::tar::EntryType::GNULongName, "long", &name),
        (Regular, "a", "1"),
    ]));
    assert!(why.contains("too long"), "{why}");
}
