//! The program as users run it: what is read and what is published, and what is refused.

use std::fs;

use super::cli::{BROKEN, PROJECT, broken, folder, quiet};
use super::support::{gradus, gradus_with, put};

#[test]
fn hidden_folders_and_what_a_build_wrote_are_not_read() {
    let home = folder();
    put(
        home.path(),
        &[
            ("gradus.yaml", PROJECT),
            (".hidden/a.gradus", BROKEN),
            ("node_modules/a.gradus", BROKEN),
            ("target/a.gradus", BROKEN),
            ("public/.gradus-manifest.json", "{}"),
            ("public/a.gradus", BROKEN),
            ("good.gradus", "\n"),
        ],
    );
    let ran = gradus(home.path(), &["check"]);
    assert_eq!(
        ran.all(),
        "exit 0\n--- stdout\n--- stderr\nno findings in 1 file\n"
    );
}

#[test]
fn a_catalogue_with_errors_is_not_published() {
    let home = broken();
    let ran = gradus(home.path(), &["build"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("nothing was published"), "{}", ran.err);
    assert!(!home.path().join("dist").exists());
}

#[test]
fn the_output_folder_cannot_be_the_project() {
    let home = folder();
    put(
        home.path(),
        &[("gradus.yaml", PROJECT), ("texts/a.gradus", "\n")],
    );
    for out in [".", "..", "texts", "/"] {
        let ran = gradus(home.path(), &["build", "--out", out]);
        assert_eq!(ran.code, 2, "{out}: {}", ran.all());
    }
}

#[test]
fn bytes_that_are_no_text_are_named_by_their_offset() {
    let home = folder();
    fs::write(home.path().join("a.gradus"), b"# fine\n# \xff\xfe here\n").expect("written");
    let ran = gradus(home.path(), &["check", "--format", "concise"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("syntax/bad-encoding") && ran.out.contains("at offset 9 "),
        "{}",
        ran.out
    );
}

#[test]
fn only_some_outputs_can_be_published_and_differences_are_named() {
    let home = folder();
    gradus(home.path(), &["new", "demo"]);
    let ran = gradus(
        home.path(),
        &[
            "build",
            "demo",
            "--only",
            "open-badges-3,open-badges-2",
            "--out",
            "public",
        ],
    );
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let ran = gradus(
        home.path(),
        &[
            "build",
            "demo",
            "--only",
            "open-badges-3",
            "--out",
            "public",
            "--check",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let document = home.path().join("public/open-badges-3/moderator.json");
    let before = fs::read_to_string(&document).expect("read");
    gradus(
        home.path(),
        &[
            "build",
            "demo",
            "--only",
            "open-badges-3",
            "--out",
            "public",
        ],
    );
    assert!(home.path().join("public/open-badges-2").exists());
    assert_eq!(fs::read_to_string(&document).expect("read"), before);
    fs::write(&document, "{}").expect("written");
    let ran = gradus(
        home.path(),
        &[
            "build",
            "demo",
            "--only",
            "open-badges-3",
            "--out",
            "public",
        ],
    );
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("changed by hand"), "{}", ran.err);
}

#[test]
fn a_file_outside_the_sources_is_checked_when_it_is_named() {
    let home = folder();
    let file = format!("{}sources: [\"in/*.gradus\"]\n", quiet());
    put(
        home.path(),
        &[
            ("gradus.yaml", &file),
            ("in/a.gradus", ""),
            ("out/bad.gradus", BROKEN),
        ],
    );
    let format = ["--format", "concise"];
    let ran = gradus(home.path(), &[&["check"], &format[..]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let ran = gradus(
        home.path(),
        &[&["check", "out/bad.gradus"], &format[..]].concat(),
    );
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("out/bad.gradus:3:"), "{}", ran.out);
    let ran = gradus(
        &home.path().join("out"),
        &[&["check", "bad.gradus"], &format[..]].concat(),
    );
    assert_eq!(ran.code, 1, "{}", ran.all());
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_of_the_project_are_not_read() {
    use std::os::unix::fs::symlink;
    let home = folder();
    put(
        home.path(),
        &[
            ("p/gradus.yaml", &quiet()),
            ("p/a.gradus", ""),
            ("secret.gradus", BROKEN),
        ],
    );
    symlink("../secret.gradus", home.path().join("p/link.gradus")).expect("link");
    let ran = gradus(&home.path().join("p"), &["check"]);
    assert_eq!(
        ran.all(),
        "exit 0\n--- stdout\n--- stderr\nno findings in 1 file\n"
    );
}

#[test]
fn pictures_with_scripts_and_pictures_in_the_text_are_refused() {
    let home = folder();
    let with = |path: &str| {
        let text = format!("badge b \"B\" {{\n  image \"{path}\" alt \"A chart\"\n}}\n");
        put(
            home.path(),
            &[("gradus.yaml", &quiet()), ("a.gradus", &text)],
        );
        gradus(home.path(), &["check", "--format", "concise"]).out
    };
    put(
        home.path(),
        &[("x.svg", "<svg onload=\"x()\"/>"), ("y.svg", "<svg/>")],
    );
    let out = with("x.svg");
    assert!(
        out.contains("the picture `x.svg` holds an attribute `on…`"),
        "{out}"
    );
    assert_eq!(with("y.svg"), "");
    let out = with("data:image/png;base64,AAAA");
    assert!(
        out.contains("publish/missing-image]: a picture written into"),
        "{out}"
    );
}

#[test]
fn control_characters_of_authors_are_shown_and_not_sent() {
    let home = folder();
    let text = "framework f \"F\" {\n  # \u{202e}\n  skill s \"S\u{1b}[31m\" { builds on \u{1b}[2Jnowhere }\n}\n";
    put(
        home.path(),
        &[("gradus.yaml", &quiet()), ("a.gradus", text)],
    );
    for format in ["full", "concise", "plain", "github"] {
        let color = [("CLICOLOR_FORCE", "0")];
        let ran = gradus_with(home.path(), &["check", "--format", format], &color, "");
        assert_eq!(ran.code, 1);
        assert!(
            !ran.out.contains(['\u{1b}', '\u{202e}']),
            "{format}: {:?}",
            ran.out
        );
        if matches!(format, "full" | "plain") {
            assert!(ran.out.contains("\\u{1b}[31m"), "{format}: {}", ran.out);
        }
    }
}

#[test]
fn an_id_that_changes_without_a_word_is_said_before_its_address_vanishes() {
    let home = folder();
    gradus(home.path(), &["new", "demo"]);
    assert_eq!(gradus(home.path(), &["build", "demo"]).code, 0);
    let badges = home.path().join("demo/badges.gradus");
    let text = fs::read_to_string(&badges).expect("read");
    let renamed = text.replace("moderator", "chairperson");
    assert_ne!(text, renamed);
    fs::write(&badges, &renamed).expect("written");
    let check = ["build", "demo", "--check", "--format", "plain"];
    let ran = gradus(home.path(), &check);
    assert_eq!(ran.code, 1, "{}", ran.all());
    for words in [
        "warning[publish/id-changed]: `https://",
        "/open-badges-3/moderator.json` has been published",
        "write `formerly moderator` in `chairperson`",
    ] {
        assert!(ran.out.contains(words), "{}", ran.all());
    }
    assert_eq!(ran.out.matches("publish/id-changed]").count(), 1);
    let mended = renamed.replacen(
        " chairperson \"Meeting Moderator\" {",
        " chairperson \"Meeting Moderator\" {\n  formerly moderator",
        1,
    );
    fs::write(&badges, &mended).expect("written");
    let ran = gradus(home.path(), &check);
    assert!(!ran.out.contains("publish/id-changed"), "{}", ran.all());
    // A build that goes on warns once.
    fs::write(&badges, &renamed).expect("written");
    let only = ["build", "demo", "--only", "pathways"];
    assert!(!gradus(home.path(), &only).out.contains("id-changed"));
    assert_eq!(gradus(home.path(), &["build", "demo"]).code, 0);
    assert!(!gradus(home.path(), &check).out.contains("id-changed"));
}

#[test]
fn pictures_are_published_and_missing_ones_are_named() {
    let home = folder();
    gradus(home.path(), &["new", "demo"]);
    let badges = home.path().join("demo/badges.gradus");
    let text = fs::read_to_string(&badges).expect("read");
    let with = |path: &str| {
        let line = format!("\n  image \"{path}\" alt \"An agenda\"\n  about ");
        fs::write(&badges, text.replacen("\n  about ", &line, 1)).expect("written");
        gradus(home.path(), &["check", "demo", "--format", "concise"])
    };
    put(
        home.path(),
        &[
            (
                "demo/agenda.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            ),
            ("outside.svg", ""),
        ],
    );
    std::os::unix::fs::symlink(
        home.path().join("outside.svg"),
        home.path().join("demo/link.svg"),
    )
    .expect("link");
    for path in [
        "nowhere.svg",
        "../outside.svg",
        "link.svg",
        "/etc/passwd",
        ".",
    ] {
        let ran = with(path);
        assert_eq!(ran.code, 1, "{path}: {}", ran.all());
        assert!(
            ran.out.contains("publish/missing-image"),
            "{path}: {}",
            ran.out
        );
    }
    let ran = with("agenda.svg");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert_eq!(gradus(home.path(), &["build", "demo"]).code, 0);
}

#[test]
fn standard_input_is_not_published_over_the_catalogue_of_a_project() {
    let home = folder();
    put(home.path(), &[("gradus.yaml", PROJECT), ("a.gradus", "\n")]);
    assert_eq!(gradus(home.path(), &["build"]).code, 0);
    let before = fs::read_to_string(home.path().join("dist/.gradus-manifest.json")).expect("built");
    let ran = gradus_with(home.path(), &["build", "-"], &[], "\n");
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err.contains("`gradus build - --out FOLDER`"),
        "{}",
        ran.err
    );
    let after = fs::read_to_string(home.path().join("dist/.gradus-manifest.json")).expect("built");
    assert_eq!(before, after);
    let ran = gradus_with(home.path(), &["build", "-", "--out", "other"], &[], "\n");
    assert_eq!(ran.code, 0, "{}", ran.all());
}
