//! `gradus diff` as users meet it: what it prints and fails at, its formats, and the states that it takes.

use crate::changes::SMALL;
use crate::support::{gradus, put};

/// Two folders, `old` and `new`.
pub fn two(old: &str, new: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let project = "name: small\nversion: 1.0.0\nbase: https://example.com/\n";
    put(
        folder.path(),
        &[
            ("old/gradus.yaml", project),
            ("old/all.gradus", old),
            ("new/gradus.yaml", project),
            ("new/all.gradus", new),
        ],
    );
    folder
}

#[test]
fn the_command_says_who_loses_and_fails_where_it_is_told_to() {
    let folder = two(SMALL, &SMALL.replace("any { a b }", "all { a b }"));
    let ran = gradus(folder.path(), &["diff", "old", "new"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.out.contains("holding `a` was enough, now it is not"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("these changes ask for 2.0.0 or higher"),
        "{}",
        ran.out
    );
    let ran = gradus(
        folder.path(),
        &["diff", "old", "new", "--fail-on", "breaking"],
    );
    assert_eq!(ran.code, 1, "{}", ran.all());
    for format in ["json", "md", "github"] {
        let ran = gradus(folder.path(), &["diff", "old", "new", "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.all());
        assert!(ran.out.contains("was enough, now it is not"), "{}", ran.out);
    }
    let ran = gradus(folder.path(), &["diff", "old", "old"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "nothing has changed\n"));
}

#[test]
fn a_state_with_errors_is_never_called_unchanged() {
    let broken = format!("{SMALL}\nbadge d \"D\" {{ requires {{ nobody }} }}\n");
    let folder = two(&broken, SMALL);
    let ran = gradus(
        folder.path(),
        &["diff", "old", "new", "--fail-on", "breaking"],
    );
    assert_eq!(ran.code, 1, "{}", ran.out);
    for (old, new, errors) in [(&broken[..], &broken[..], (1, 1)), (SMALL, &broken, (0, 1))] {
        let folder = two(old, new);
        for format in ["text", "md"] {
            let command = ["diff", "old", "new", "--format", format];
            let ran = gradus(folder.path(), &command);
            assert_eq!(ran.code, 0, "{}", ran.out);
            assert!(
                ran.out.contains("comparison is incomplete: "),
                "{}",
                ran.out
            );
            assert!(ran.out.contains("`new` has 1 error"), "{}", ran.out);
            assert!(!ran.out.contains("othing has changed"), "{}", ran.out);
        }
        let ran = gradus(folder.path(), &["diff", "old", "new", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!(json["errors"]["old"], errors.0);
        assert_eq!(json["errors"]["new"], errors.1);
        let command = ["diff", "old", "new", "--fail-on", "breaking"];
        assert_eq!(gradus(folder.path(), &command).code, 1);
    }
}

#[test]
fn what_became_of_every_item_is_a_table() {
    let old = "framework f \"F\" { area x \"X\" { skill s \"S\" { can \"do\" } skill t \"T\" { can \"do\" } } }";
    let new = "framework f \"F\" { area x \"X\" { skill u \"S\" { formerly s can \"do\" } } }";
    let folder = two(old, new);
    let ran = gradus(folder.path(), &["diff", "old", "new", "--format", "items"]);
    let page = "https://example.com/frameworks/f/";
    let expected = format!(
        "framework,old_item,old_address,fate,new_item,new_address\nf,f.x,{page}#x,same,f.x,{page}#x\nf,f.x.s,{page}#x.s,renamed,f.x.u,{page}#x.s\nf,f.x.t,{page}#x.t,gone,,\n"
    );
    assert_eq!((ran.code, ran.out), (0, expected));
}

#[test]
fn old_items_lead_to_new_ones_in_a_mapping_table() {
    let settings = "name: demo\nversion: 2.0.0\nbase: https://example.com/\nlanguages: [en]\nlicence: https://creativecommons.org/publicdomain/zero/1.0/\n";
    let old = "framework f \"F\" { area x \"X\" { skill s \"S\" { can \"do\" } skill t \"T\" { can \"do\" } skill u \"U\" { can \"do\" } skill v \"V\" { can \"do\" } } area y \"Y\" { skill w \"W\" { can \"do\" } } }\nissuer h \"H\" { url <https://h.example.com> email \"h@h.example.com\" }\n";
    let new = "framework f \"F\" { area x \"X\" { skill r \"S\" { formerly s can \"do\" } skill u \"U\" { can \"do\" status deprecated replaced by f.y.w } } area y \"Y\" { skill w \"W\" { can \"do\" } skill t \"T\" { can \"do\" } } }\nissuer h \"H\" { url <https://h.example.com> email \"h@h.example.com\" }\n";
    let folder = two(old, new);
    put(
        folder.path(),
        &[
            ("old/gradus.yaml", &settings.replace("2.0", "1.0")),
            ("new/gradus.yaml", settings),
        ],
    );
    let ran = gradus(
        folder.path(),
        &["release", "new", "--since", "old", "--check"],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(!folder.path().join("new/released").exists());
    let ran = gradus(folder.path(), &["release", "new", "--since", "old"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let table = std::fs::read_to_string(folder.path().join("new/released/items.sssom.tsv"));
    let table = table.expect("a table");
    let shown = gradus(
        folder.path(),
        &["diff", "old", "new", "--format", "items-sssom"],
    );
    assert_eq!(shown.out, table);
    // Renamed items keep their address, and the two areas and `w` stay as they are.
    insta::assert_snapshot!(table);
    let items = std::fs::read_to_string(folder.path().join("new/released/items.csv"));
    assert_eq!(items.expect("a table").lines().count(), 8);
}

#[test]
fn changes_are_results_for_code_scanning() {
    let folder = two(
        &format!("{SMALL}badge d \"D\" {{ }}\n"),
        &SMALL.replace("any { a b }", "all { a b }"),
    );
    let stale = "# Decided in May.\n- rule: change/removed\n  item: gone\n  reason: agreed\n  who: J. Kerr\n  until: 2027-06-30\n";
    put(folder.path(), &[("new/accepted-breaks.yaml", stale)]);
    let arguments = [
        "diff",
        "old",
        "new",
        "--format",
        "sarif",
        "--today",
        "2027-01-01",
    ];
    let ran = gradus(folder.path(), &arguments);
    assert_eq!(ran.code, 1, "{}", ran.all());
    let log: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let run = &log["runs"][0];
    let results: Vec<String> = run["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| {
            let rule = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
            let place = &result["locations"][0]["physicalLocation"];
            format!(
                "{} {} {}:{}",
                result["level"].as_str().expect("a level"),
                result["ruleId"].as_str().expect("a rule"),
                place["artifactLocation"]["uri"].as_str().expect("a file"),
                place["region"]["startLine"]
            )
        })
        .collect();
    assert_eq!(
        results,
        [
            "error change/requirement-narrowed new/all.gradus:6",
            // Where it was, in the project of today.
            "error change/removed all.gradus:7",
            "error change/stale-accepted-break new/accepted-breaks.yaml:2",
        ]
    );
}

#[test]
fn archives_are_states() {
    let folder = two("", "");
    put(folder.path(), &[("new/all.gradus", SMALL)]);
    let tar = |packed: bool| {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(SMALL.len() as u64);
        header.set_mode(0o644);
        let narrowed = SMALL.replace("all { a b }", "any { a b }");
        let name = "demo-1.0/all.gradus";
        builder
            .append_data(&mut header, name, narrowed.as_bytes())
            .expect("in memory");
        let bytes = builder.into_inner().expect("in memory");
        if !packed {
            return bytes;
        }
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, &bytes).expect("in memory");
        packer.finish().expect("in memory")
    };
    let narrowed = SMALL.replace("any { a b }", "all { a b }");
    put(folder.path(), &[("new/all.gradus", &narrowed)]);
    for (name, bytes) in [
        ("v1.tar.gz", tar(true)),
        ("v1.tgz", tar(true)),
        ("v1.tar", tar(false)),
    ] {
        std::fs::write(folder.path().join(name), bytes).expect("written");
        let ran = gradus(
            folder.path(),
            &["diff", name, "new", "--fail-on", "breaking"],
        );
        assert_eq!(ran.code, 1, "{name}\n{}", ran.all());
        assert!(ran.out.contains("was enough, now it is not"), "{}", ran.out);
        let ran = gradus(
            folder.path(),
            &["diff", name, name, "--fail-on", "editorial"],
        );
        assert_eq!(ran.code, 0, "{name}\n{}", ran.all());
    }
    // A link in an archive, and one that ends in the middle, are refused.
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(0);
    header.set_entry_type(tar::EntryType::Symlink);
    builder
        .append_link(&mut header, "all.gradus", "/etc/hosts")
        .expect("in memory");
    let link = builder.into_inner().expect("in memory");
    let mut cut = tar(true);
    cut.truncate(cut.len() / 2);
    for (name, bytes) in [("link.tar", link), ("cut.tar.gz", cut)] {
        std::fs::write(folder.path().join(name), bytes).expect("written");
        let ran = gradus(folder.path(), &["diff", name, "new"]);
        assert_eq!(ran.code, 3, "{name}\n{}", ran.all());
    }
}

/// Runs git in a folder; `false` where there is no git.
fn git(folder: &std::path::Path, arguments: &[&str]) -> bool {
    std::process::Command::new("git")
        .args(["-c", "user.name=Kim", "-c", "user.email=kim@example.org"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .is_ok_and(|output| output.status.success())
}

#[test]
fn what_git_kept_is_a_state() {
    let folder = two(SMALL, SMALL);
    let path = folder.path();
    if !git(path, &["init", "--quiet"]) {
        return;
    }
    assert!(git(path, &["add", "."]) && git(path, &["commit", "--quiet", "-m", "first"]));
    put(
        path,
        &[("new/all.gradus", &SMALL.replace("2 ects", "1 ects"))],
    );
    for (at, old, new) in [
        ("", "git:HEAD:new", "new"),
        ("", "git:HEAD:new/all.gradus", "new/all.gradus"),
        ("new", "git:HEAD", "."),
        ("old", "git:HEAD:../new", "../new"),
    ] {
        let ran = gradus(&path.join(at), &["diff", old, new]);
        assert_eq!(ran.code, 0, "{old}\n{}", ran.all());
        assert!(
            ran.out.contains("credit lowered from 2 ECTS to 1 ECTS"),
            "{old}\n{}",
            ran.all()
        );
    }
    for wrong in [
        "git:nothing",
        "git:HEAD:gone",
        "git:HEAD:../../x",
        "git:HEAD:/etc",
    ] {
        let ran = gradus(path, &["diff", wrong, "new"]);
        assert_eq!(ran.code, 2, "{wrong}\n{}", ran.all());
    }
}

#[test]
fn references_that_are_options_are_refused() {
    let folder = two(SMALL, SMALL);
    for name in ["git:--output=x", "git:", "git:-x:old"] {
        let ran = gradus(folder.path(), &["diff", name, "new"]);
        assert_eq!(ran.code, 2, "{name}\n{}", ran.all());
    }
}

#[test]
fn what_was_released_changes_with_a_new_version_only() {
    let badge = |rest: &str| {
        format!(
            "issuer h \"H\" {{ url <https://h.example>  email \"h@h.example\" }}\ndefaults {{ by h }}\nbadge a \"A\" {{ criteria \"Draws a chart.\" {rest} }}\n"
        )
    };
    let folder = two("", &badge("credit 2 ects"));
    let project = folder.path().join("new");
    let ran = gradus(&project, &["release", "--check"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(!project.join("gradus.lock").exists());
    let ran = gradus(&project, &["release"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "released: `a`\n"),
        "{}",
        ran.all()
    );
    let lock = std::fs::read_to_string(project.join("gradus.lock")).expect("a lock");
    assert!(
        lock.contains("iri: \"https://example.com/open-badges-3/a.json\""),
        "{lock}"
    );
    // Released again, nothing moves; nor does it where only words or layout change.
    let words = badge("about \"New words.\"\n\n  credit 2 ects");
    for text in [badge("credit 2 ects"), words] {
        put(&project, &[("all.gradus", &text)]);
        let ran = gradus(&project, &["release"]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.all());
    }
    put(&project, &[("all.gradus", &badge("credit 1 ects"))]);
    for command in ["check", "build", "release"] {
        let ran = gradus(&project, &[command, "--format", "concise"]);
        assert_eq!(ran.code, 1, "{command}\n{}", ran.all());
        assert!(
            ran.out.contains("publish/changed-without-version"),
            "{}",
            ran.out
        );
        let what = "on has changed without a new version: `credit`\n";
        assert!(ran.out.contains(what), "{}", ran.out);
    }
    put(
        &project,
        &[("all.gradus", &badge("version \"2\" credit 1 ects"))],
    );
    let moved = "moved on: `a` from no version to version 2\n";
    let checked = gradus(&project, &["release", "--check"]);
    let would = "would move on: `a` from no version to version 2\n";
    assert_eq!((checked.code, checked.out.as_str()), (1, would));
    let ran = gradus(&project, &["release"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, moved), "{}", ran.all());
    // A renamed credential keeps its record.
    let renamed = badge("version \"2\" credit 1 ects")
        .replace("badge a \"A\" {", "badge b \"A\" { formerly a ");
    put(&project, &[("all.gradus", &renamed)]);
    let ran = gradus(&project, &["release"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.all());
    // It is called by its present id; the one in the record is said beside it.
    let next = renamed.replace("version \"2\"", "version \"3\"");
    put(&project, &[("all.gradus", &next)]);
    let ran = gradus(&project, &["release", "--check"]);
    let would = "would move on: `b` (recorded as `a`) from version 2 to version 3\n";
    assert_eq!((ran.code, ran.out.as_str()), (1, would), "{}", ran.all());
    // An address that changes is said in one sentence.
    put(&project, &[("all.gradus", &renamed)]);
    let lock = std::fs::read_to_string(project.join("gradus.lock")).expect("a lock");
    let lock = lock.replace("https://example.com/", "https://example.org/");
    put(&project, &[("gradus.lock", &lock)]);
    let ran = gradus(&project, &["check", "--format", "concise"]);
    let said = "`b` has been released, and its address has changed without a new version: it was <https://example.org/";
    assert!(ran.out.contains(said), "{}", ran.all());
}
