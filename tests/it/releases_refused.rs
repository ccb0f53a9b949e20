//! What a release refuses: archives and locks that were changed by hand, and versions that go back.

use gradus::workspace::{archives, packs};

use crate::releases::*;
use crate::support::{gradus, put};

#[test]
fn what_was_released_cannot_be_changed_by_hand() {
    let folder = project(&catalogue("1", 2));
    let path = folder.path();
    run(path, &["release"]);
    put(path, &[("all.gradus", &catalogue("2", 3))]);
    run(path, &["release"]);
    run(path, &["check"]);
    let archive = path.join("released/a.zip");
    let whole = std::fs::read(&archive).expect("an archive");
    let mut bent = whole.clone();
    let at = bent.len() / 2;
    bent[at] ^= 1;
    for (contents, words) in [
        (
            Some(&bent),
            "`released/a.zip` is not the archive that was released, as `gradus.lock` records it",
        ),
        (
            None,
            "`released/a.zip` is recorded in `gradus.lock` and not there",
        ),
    ] {
        match contents {
            Some(contents) => std::fs::write(&archive, contents).expect("written"),
            None => std::fs::remove_file(&archive).expect("removed"),
        }
        for command in ["check", "build", "release"] {
            let ran = gradus(path, &[command, "--format", "concise"]);
            assert_eq!(ran.code, 1, "{command}\n{}", ran.all());
            let expected = format!("all.gradus:5:7: error[publish/released-damaged]: {words}");
            assert!(ran.out.contains(&expected), "{command}\n{}", ran.all());
        }
        for command in ["check", "build"] {
            let ran = gradus(path, &[command, "--locked"]);
            assert_eq!(ran.code, 2, "{command}\n{}", ran.all());
            assert!(ran.err.contains(words), "{}", ran.all());
        }
    }
    std::fs::write(&archive, whole).expect("written");
    run(path, &["check", "--locked"]);
    // A name in the lock leads to no other folder.
    let lock = std::fs::read_to_string(path.join("gradus.lock")).expect("a lock");
    let bad = lock.replace("documents: \"a\"", "documents: \"../a\"");
    assert_ne!(lock, bad);
    put(path, &[("gradus.lock", &bad)]);
    let ran = gradus(path, &["check", "--format", "concise"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains("project/bad-lock"), "{}", ran.all());
}

#[test]
fn a_released_document_that_is_none_is_told_and_not_lost_silently() {
    let folder = project(&catalogue("1", 2));
    let path = folder.path();
    run(path, &["release"]);
    put(path, &[("all.gradus", &catalogue("2", 3))]);
    run(path, &["release"]);
    let whole = std::fs::read(path.join("released/a.zip")).expect("an archive");
    let mut files = archives::open(path, "a").expect("files");
    for file in &mut files {
        if file.output == "open-badges-3" {
            file.contents = b"[]\n".as_slice().into();
        }
    }
    let bytes = archives::pack(&files).expect("small");
    archives::write(path, "a", &bytes).expect("written");
    let lock = std::fs::read_to_string(path.join("gradus.lock")).expect("a lock");
    let lock = lock.replace(&packs::digest(&whole), &packs::digest(&bytes));
    put(path, &[("gradus.lock", &lock)]);
    let ran = gradus(path, &["check", "--format", "concise"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    let words = "error[publish/released-damaged]: `open-badges-3/a.json` in `released/a.zip` is no document of a badge, and is left out of the list of achievements: it has no `id`";
    assert!(ran.out.contains(words), "{}", ran.all());
    // The rule cannot be turned off, so that no build leaves the document out.
    let ran = gradus(path, &["build"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(!path.join("dist").exists());
    let settings = std::fs::read_to_string(path.join("gradus.yaml")).unwrap_or_default();
    let off = format!("{settings}lint:\n  publish/released-damaged: off\n");
    put(path, &[("gradus.yaml", &off)]);
    let ran = gradus(path, &["build"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(ran.all().contains("cannot be lowered"), "{}", ran.all());
    assert!(!path.join("dist").exists());
}

/// A release does not go on over archives that are gone or are not those that were released.
#[test]
fn a_release_refuses_archives_that_were_changed() {
    let folder = project(&catalogue("1", 2));
    let folder = folder.path();
    run(folder, &["release"]);
    let archive = folder.join("released/a.zip");
    let sound = std::fs::read(&archive).expect("an archive");
    for spoilt in [Some("garbage"), None] {
        match spoilt {
            Some(text) => std::fs::write(&archive, text).expect("written"),
            None => std::fs::remove_file(&archive).expect("removed"),
        }
        for arguments in [&["release"][..], &["release", "--check"]] {
            let ran = gradus(folder, arguments);
            assert_eq!(ran.code, 1, "{}", ran.all());
            assert!(ran.all().contains("released/a.zip"), "{}", ran.all());
            assert!(ran.all().contains("version control"), "{}", ran.all());
        }
    }
    std::fs::write(&archive, sound).expect("written");
    run(folder, &["release", "--check"]);
}

/// Where a lock that cannot be read records releases, nobody is told to remove it.
#[test]
fn a_bad_lock_with_releases_is_to_be_restored() {
    let folder = project(&catalogue("1", 2));
    let folder = folder.path();
    run(folder, &["release"]);
    let lock = std::fs::read_to_string(folder.join("gradus.lock")).expect("a lock");
    put(folder, &[("gradus.lock", &format!("{lock}<<<<<<< ours\n"))]);
    let ran = gradus(folder, &["check"]);
    assert!(ran.all().contains("version control"), "{}", ran.all());
    assert!(!ran.all().contains("remove it"), "{}", ran.all());
}

/// A version comes after those that were released, or is one of them as it was.
#[test]
fn a_version_that_comes_before_the_released_one_is_refused() {
    let folder = project(&catalogue("2.10", 2));
    let folder = folder.path();
    run(folder, &["release"]);
    let lock = std::fs::read_to_string(folder.join("gradus.lock")).expect("a lock");
    put(folder, &[("all.gradus", &catalogue("2.9", 3))]);
    for arguments in [&["release"][..], &["release", "--check"]] {
        let ran = gradus(folder, arguments);
        assert_eq!(ran.code, 2, "{}", ran.all());
        let words = "nothing was released: `a` has version 2.9, and 2.10 is released already";
        assert!(ran.err.contains(words), "{}", ran.all());
        assert!(!ran.out.contains("moved on"), "{}", ran.all());
    }
    let after = std::fs::read_to_string(folder.join("gradus.lock")).expect("a lock");
    assert_eq!(lock, after);
    // A later one is released; and the earlier one again, where it is as it was.
    put(folder, &[("all.gradus", &catalogue("3", 3))]);
    run(folder, &["release"]);
    put(folder, &[("all.gradus", &catalogue("2.10", 2))]);
    run(folder, &["release"]);
}
