//! Writing a catalogue: only what changed, nothing of others, all or nothing.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use gradus::emit::{Catalogue, OutputFile};
use gradus::workspace::Fault;
use gradus::workspace::publish::{self, Difference, Report};

use super::support::put;

fn files(list: &[(&str, &str)]) -> Catalogue {
    made_by("pages", list)
}

fn made_by(output: &'static str, list: &[(&str, &str)]) -> Catalogue {
    let file = |(path, text): &(&str, &str)| OutputFile {
        path: (*path).to_owned(),
        contents: text.as_bytes().to_vec(),
    };
    Catalogue {
        files: list.iter().map(file).collect(),
        outputs: vec![vec![output]; list.len()],
    }
}

fn write(out: &Path, list: &[(&str, &str)]) -> Report {
    publish::write(out, &files(list), &[], &|_| ()).expect("written")
}

fn refused(out: &Path, list: &[(&str, &str)]) -> String {
    let fault = publish::write(out, &files(list), &[], &|_| ()).expect_err("refused");
    assert!(matches!(fault, Fault::Unwritable { .. }), "{fault:?}");
    fault.to_string()
}

/// Every file below a folder with its content, the manifest left out.
fn tree(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("read") {
            let path = entry.expect("entry").path();
            if path.is_dir() && !path.is_symlink() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("inside")
                    .to_str()
                    .expect("text")
                    .to_owned();
                let text = fs::read_to_string(&path).unwrap_or_else(|_| "?".to_owned());
                found.push((name, text));
            }
        }
    }
    found.retain(|(name, _)| name != publish::MANIFEST);
    found.sort();
    found
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_iter().map(|(name, _)| name).collect()
}

/// What lies beside the output folder.
fn beside(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("read")
        .map(|entry| {
            entry
                .expect("entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_first_build_makes_the_folder_and_a_second_touches_nothing() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("a/b/dist");
    let list = [("index.html", "one"), ("deep/er/x.json", "{}")];
    let report = write(&out, &list);
    assert_eq!(
        (report.written, report.removed, report.unchanged),
        (2, 0, 0)
    );
    let inode = fs::metadata(&out).expect("out").ino();
    let report = write(&out, &list);
    assert_eq!(
        (report.written, report.removed, report.unchanged),
        (0, 0, 2)
    );
    assert_eq!(fs::metadata(&out).expect("out").ino(), inode);
    assert_eq!(beside(&home.path().join("a/b")), ["dist"]);
    assert_eq!(
        publish::compare(&out, &files(&list), &[]).expect("compared"),
        []
    );
}

#[test]
fn the_manifest_is_the_same_on_every_machine() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    write(&out, &[("b", "2"), ("a/c", "1")]);
    let manifest = fs::read_to_string(out.join(publish::MANIFEST)).expect("manifest");
    insta::assert_snapshot!(manifest);
}

#[test]
fn unchanged_files_keep_inode_and_time_and_stale_ones_go() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    write(&out, &[("same", "1"), ("changes", "1"), ("old/goes", "1")]);
    let before = fs::metadata(out.join("same")).expect("same");
    let report = write(&out, &[("same", "1"), ("changes", "2"), ("new/comes", "1")]);
    assert_eq!(
        (report.written, report.removed, report.unchanged),
        (2, 1, 1)
    );
    let after = fs::metadata(out.join("same")).expect("same");
    assert_eq!(
        (before.ino(), before.mtime_nsec()),
        (after.ino(), after.mtime_nsec())
    );
    assert_eq!(after.nlink(), 1);
    assert_eq!(names(&out), ["changes", "new/comes", "same"]);
    assert!(!out.join("old").exists());
    assert_eq!(beside(home.path()), ["dist"]);
}

#[test]
fn files_of_others_stay() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    put(
        &out,
        &[("CNAME", "badges.example.org"), ("mine/note.txt", "hello")],
    );
    fs::create_dir(out.join("empty")).expect("made");
    symlink("CNAME", out.join("link")).expect("link");
    symlink("/nowhere", out.join("dangling")).expect("link");
    write(&out, &[("index.html", "1"), ("mine/page", "1")]);
    write(&out, &[("index.html", "2")]);
    assert_eq!(
        names(&out),
        ["CNAME", "dangling", "index.html", "link", "mine/note.txt"]
    );
    assert!(out.join("empty").is_dir());
    assert_eq!(
        fs::read_link(out.join("dangling")).expect("link"),
        Path::new("/nowhere")
    );
    assert_eq!(
        fs::read_to_string(out.join("CNAME")).expect("read"),
        "badges.example.org"
    );
}

#[test]
fn a_file_in_the_way_is_named_and_nothing_changes() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    put(
        &out,
        &[
            ("index.html", "mine"),
            ("page/inner", "mine"),
            ("sub", "mine"),
        ],
    );
    let message = refused(
        &out,
        &[
            ("index.html", "theirs"),
            ("page", "x"),
            ("sub/file", "x"),
            ("free", "x"),
        ],
    );
    insta::assert_snapshot!(message);
    assert_eq!(names(&out), ["index.html", "page/inner", "sub"]);
    // The same content is no conflict.
    assert_eq!(write(&out, &[("index.html", "mine")]).unchanged, 1);
}

#[test]
fn what_was_changed_by_hand_is_neither_overwritten_nor_removed() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    write(&out, &[("a", "1"), ("b", "1")]);
    fs::write(out.join("a"), "edited").expect("edit");
    let message = refused(&out, &[("a", "2"), ("b", "2")]);
    assert!(
        message.contains("a (changed by hand since the last build)"),
        "{message}"
    );
    assert_eq!(fs::read_to_string(out.join("b")).expect("read"), "1");
    let report = write(&out, &[("b", "2")]);
    assert_eq!(report.left, ["a"]);
    assert_eq!(
        tree(&out),
        [
            ("a".to_owned(), "edited".to_owned()),
            ("b".to_owned(), "2".to_owned())
        ]
    );
}

#[test]
fn links_in_the_folder_are_not_followed() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    let outside = home.path().join("outside");
    put(&outside, &[("secret", "mine")]);
    write(&out, &[("index.html", "1"), ("sub/x", "1")]);
    fs::remove_file(out.join("index.html")).expect("removed");
    fs::remove_dir_all(out.join("sub")).expect("removed");
    symlink(outside.join("secret"), out.join("index.html")).expect("link");
    symlink(&outside, out.join("sub")).expect("link");
    let message = refused(
        &out,
        &[("index.html", "2"), ("sub/x", "2"), ("sub/secret", "2")],
    );
    assert!(message.contains("index.html (a link"), "{message}");
    assert!(message.contains("sub (not a folder)"), "{message}");
    // Stale files behind a link are not ours to remove either.
    write(&out, &[("other", "1")]);
    assert_eq!(tree(&outside), [("secret".to_owned(), "mine".to_owned())]);
    assert!(out.join("sub").is_symlink());
}

#[test]
fn a_folder_may_become_a_file_and_a_file_a_folder() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    write(&out, &[("a", "1"), ("b/c", "1")]);
    write(&out, &[("a/x", "2"), ("b", "2")]);
    assert_eq!(names(&out), ["a/x", "b"]);
}

#[test]
fn paths_that_lead_elsewhere_or_meet_are_refused() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    for list in [
        &[("../x", "")][..],
        &[("/etc/x", "")],
        &[("a/../../x", "")],
        &[("a//b", "")],
        &[("./a", "")],
        &[("", "")],
        &[("a\0b", "")],
        &[("a\\b", "")],
        &[("C:x", "")],
        &[(publish::MANIFEST, "")],
        &[("a", "1"), ("a", "2")],
        &[("Page", "1"), ("page", "2")],
        &[("a", "1"), ("a/b", "2")],
        &[("A", "1"), ("a/b/c", "2")],
    ] {
        refused(&out, list);
    }
    assert!(!out.exists());
    assert_eq!(beside(home.path()), [""; 0]);
}

#[test]
fn folders_that_hold_the_project_are_refused() {
    let home = tempfile::tempdir().expect("folder");
    put(
        home.path(),
        &[("project/gradus.yaml", ""), ("project/texts/a.gradus", "")],
    );
    let project = home.path().join("project");
    let texts = [project.join("texts/a.gradus")];
    let refused = |out: &Path| publish::refuse_bad_folder(out, &project, &texts).is_err();
    assert!(refused(&project));
    assert!(refused(home.path()));
    assert!(refused(Path::new("/")));
    assert!(refused(&project.join("texts")));
    assert!(refused(&project.join("texts/../../project")));
    assert!(!refused(&project.join("dist")));
    assert!(!refused(&project.join("texts/dist/deeper")));
    assert!(!refused(&home.path().join("elsewhere")));
    // A file is not a folder.
    assert!(refused(&project.join("gradus.yaml")));
    assert!(refused(&project.join("gradus.yaml/below")));
}

#[test]
fn leftovers_of_a_crash_while_making_are_cleaned_up() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    write(&out, &[("a", "1"), ("b", "1")]);
    put(&out, &[("mine", "m")]);
    // As an interrupted build leaves it: the manifest, links to what stays, a new file half written.
    let new = home.path().join(".dist.gradus-new");
    fs::create_dir(&new).expect("made");
    fs::copy(out.join(publish::MANIFEST), new.join(publish::MANIFEST)).expect("copied");
    fs::hard_link(out.join("a"), new.join("a")).expect("linked");
    fs::hard_link(out.join("mine"), new.join("mine")).expect("linked");
    fs::write(new.join("b"), "ha").expect("written");
    // Nothing to write, and yet it tidies up.
    assert_eq!(write(&out, &[("a", "1"), ("b", "1")]).unchanged, 2);
    assert_eq!(beside(home.path()), ["dist"]);
    assert_eq!(names(&out), ["a", "b", "mine"]);
}

#[test]
fn leftovers_of_a_crash_after_the_switch_keep_what_others_put_there() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    write(&out, &[("a", "1"), ("gone", "1")]);
    let old = home.path().join(".dist.gradus-new");
    fs::rename(&out, &old).expect("renamed");
    put(&old, &[("late/arrival", "mine")]);
    write_new(&out);
    let report = write(&out, &[("a", "2")]);
    assert_eq!(report.unchanged, 1);
    assert_eq!(beside(home.path()), ["dist"]);
    assert_eq!(names(&out), ["a", "late/arrival"]);
}

/// The new generation as the switch leaves it.
fn write_new(out: &Path) {
    let elsewhere = tempfile::tempdir().expect("folder");
    let made = elsewhere.path().join("dist");
    write(&made, &[("a", "2")]);
    fs::create_dir(out).expect("made");
    for name in ["a", publish::MANIFEST] {
        fs::copy(made.join(name), out.join(name)).expect("copied");
    }
}

#[test]
fn a_crash_between_two_renames_is_undone() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    write(&out, &[("a", "1")]);
    put(&out, &[("mine", "m")]);
    fs::rename(&out, home.path().join(".dist.gradus-old")).expect("renamed");
    assert_eq!(write(&out, &[("a", "1")]).unchanged, 1);
    assert_eq!(names(&out), ["a", "mine"]);
    assert_eq!(beside(home.path()), ["dist"]);
}

#[test]
fn a_damaged_manifest_stops_the_build() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    write(&out, &[("a", "1")]);
    for text in ["{", "{\"version\": 99, \"files\": {}}", "[]"] {
        fs::write(out.join(publish::MANIFEST), text).expect("written");
        refused(&out, &[("a", "2")]);
    }
    fs::write(
        out.join(publish::MANIFEST),
        "{\"version\":1,\"files\":{\"../../x\":\"00\"}}",
    )
    .expect("written");
    put(home.path(), &[("x", "mine")]);
    fs::remove_file(out.join("a")).expect("removed");
    write(&out, &[("a", "2")]);
    assert_eq!(
        fs::read_to_string(home.path().join("x")).expect("read"),
        "mine"
    );
}

#[test]
fn a_manifest_cannot_make_a_build_remove_what_lies_outside() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    put(home.path(), &[("victim", "1")]);
    // The sum of "1".
    let sum = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";
    put(
        &out,
        &[(
            publish::MANIFEST,
            &format!("{{\"version\":1,\"files\":{{\"../victim\":\"{sum}\"}}}}"),
        )],
    );
    write(&out, &[("a", "1")]);
    assert!(home.path().join("victim").exists());
}

#[test]
fn a_folder_that_cannot_be_written_stays_whole() {
    let home = tempfile::tempdir().expect("folder");
    let locked = home.path().join("locked");
    let out = locked.join("dist");
    write(&out, &[("a", "1")]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("locked");
    let is_root = fs::write(locked.join("probe"), "").is_ok();
    if !is_root {
        refused(&out, &[("a", "2")]);
        assert_eq!(tree(&out), [("a".to_owned(), "1".to_owned())]);
        // Nothing to do needs no right to write.
        assert_eq!(write(&out, &[("a", "1")]).unchanged, 1);
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("unlocked");
}

#[test]
fn two_builds_at_once_are_told_apart() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    let lock = fs::File::create(home.path().join(".dist.gradus-lock")).expect("lock");
    lock.lock().expect("locked");
    let message = refused(&out, &[("a", "1")]);
    assert!(message.contains("another build"), "{message}");
    drop(lock);
    // A lock file that nobody holds is no obstacle.
    write(&out, &[("a", "1")]);
    assert_eq!(beside(home.path()), ["dist"]);
}

#[test]
fn rights_of_folders_are_kept() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    write(&out, &[("sub/a", "1")]);
    fs::set_permissions(&out, fs::Permissions::from_mode(0o750)).expect("set");
    fs::set_permissions(out.join("sub"), fs::Permissions::from_mode(0o711)).expect("set");
    write(&out, &[("sub/a", "2")]);
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(&out), mode(&out.join("sub"))), (0o750, 0o711));
}

#[test]
fn comparing_names_every_difference_and_writes_nothing() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    let list = [("a", "1"), ("b", "1")];
    assert_eq!(
        publish::compare(&out, &files(&list), &[]).expect("compared"),
        [
            Difference::Missing("a".to_owned()),
            Difference::Missing("b".to_owned())
        ]
    );
    assert!(!out.exists());
    write(&out, &list);
    fs::write(out.join("b"), "edited").expect("edit");
    assert_eq!(
        publish::compare(&out, &files(&[("b", "1"), ("c", "1")]), &[]).expect("compared"),
        [
            Difference::Stale("a".to_owned()),
            Difference::InTheWay("b".to_owned(), "changed by hand since the last build"),
            Difference::Missing("c".to_owned())
        ]
    );
    // As a build left it, it may be replaced.
    fs::write(out.join("b"), "1").expect("edit");
    assert_eq!(
        publish::compare(&out, &files(&[("a", "1"), ("b", "2")]), &[]).expect("compared"),
        [Difference::Changed("b".to_owned())]
    );
}

#[test]
fn a_build_of_one_output_leaves_the_others_alone() {
    let home = tempfile::tempdir().expect("folder");
    let out = home.path().join("dist");
    let only = |output: &'static str, list: &[(&str, &str)]| {
        let only = [output.to_owned()];
        publish::write(&out, &made_by(output, list), &only, &|_| ()).expect("written")
    };
    only("pages", &[("p", "1"), ("both", "1"), ("old", "1")]);
    only("badges", &[("b", "1"), ("both", "1")]);
    assert_eq!(names(&out), ["b", "both", "old", "p"]);
    // Its own go, also where another output shares the file it no longer makes.
    assert_eq!(only("pages", &[("p", "2")]).removed, 1);
    assert_eq!(names(&out), ["b", "both", "p"]);
    let badges = made_by("badges", &[("b", "1")]);
    let differences = publish::compare(&out, &badges, &["badges".to_owned()]).expect("compared");
    assert_eq!(differences, [Difference::Stale("both".to_owned())]);
    // A build of everything knows no others.
    write(&out, &[("p", "2")]);
    assert_eq!(names(&out), ["p"]);
}
