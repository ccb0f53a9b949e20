//! What a new state changes: decisions against trying everything, the grades, and the command as users meet it.

use gradus::diff::{self, Change, Grade, Side};
use gradus::workspace::Analysis;

use crate::support::{self, gradus, put};

pub fn compare(old: &Analysis, new: &Analysis) -> Vec<Change> {
    diff::compare(
        &Side {
            project: &old.project,
            graph: &old.graph,
        },
        &Side {
            project: &new.project,
            graph: &new.graph,
        },
    )
    .changes
}

fn changes(old: &str, new: &str) -> Vec<Change> {
    compare(
        &support::analyze_text(old, None),
        &support::analyze_text(new, None),
    )
}

/// `rule item: message`, one a line.
fn said(old: &str, new: &str) -> Vec<String> {
    changes(old, new)
        .iter()
        .map(|change| format!("{} {}: {}", change.rule.name, change.id, change.message))
        .collect()
}

// ---------------------------------------------------------------------------------------------------------------------
// Single changes.
// ---------------------------------------------------------------------------------------------------------------------

/// A small catalogue to change.
const SMALL: &str = r#"
scale m "M" { low "Low"  high "High" }
framework f "F" { scale m  area x "X" { skill s "S" { can "do" } } }
badge a "A" { about "One."  credit 2 ects  workload 20 hours  valid for 12 months }
badge b "B" { assessment t "T" { assesses f.x.s at low  pass 50% } }
badge c "C" { requires { any { a b } } }
"#;

fn changed(from: &str, to: &str) -> Vec<String> {
    assert!(SMALL.contains(from), "{from}");
    said(SMALL, &SMALL.replace(from, to))
}

/// What `gradus.yaml` says is compared, once for all things; what `defaults` say in every credential.
#[test]
fn settings_and_defaults_are_compared() {
    const SETTINGS: &str = "name: demo\nversion: 1.0.0\nbase: https://a.example/\nlanguages: [en, fr]\npublish: [open-badges-3, open-badges-2]\nunits:\n  hp: { label: hp, hours: [25, 30] }\n";
    let text = "issuer h \"H\" { url <https://h.example> }\ndefaults { by h  valid for 3 years }\nbadge a \"A\" { credit 3 hp }\nbadge b \"B\" { }\n";
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let diff = |settings: &str, text: &str| -> Vec<String> {
        put(
            folder,
            &[("new/gradus.yaml", settings), ("new/all.gradus", text)],
        );
        let ran = gradus(folder, &["diff", "old", "new", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        let changes = json["changes"].as_array().expect("a list").iter();
        changes
            .map(|change| {
                let word = |key: &str| change[key].as_str().expect("text").to_owned();
                format!(
                    "{} {} {}: {} @{}",
                    word("rule"),
                    word("thing"),
                    word("id"),
                    word("message"),
                    change["location"]["line"]
                )
            })
            .collect()
    };
    put(
        folder,
        &[("old/gradus.yaml", SETTINGS), ("old/all.gradus", text)],
    );
    for (from, to, expected) in [
        (
            "a.example",
            "b.example",
            "change/base-changed project demo: everything is published below <https://b.example/> instead of <https://a.example/> @3",
        ),
        (
            "[en, fr]",
            "[en]",
            "change/language-removed project demo: no longer published in `fr` @4",
        ),
        (
            "[en, fr]",
            "[en, fr, de]",
            "change/language-added project demo: published in `de` as well @4",
        ),
        (
            "[en, fr]",
            "[fr, en]",
            "change/main-language-changed project demo: the main language is `fr` instead of `en` @4",
        ),
        (
            ", open-badges-2]",
            "]",
            "change/output-removed project demo: no longer publishes `open-badges-2` @5",
        ),
        (
            ", open-badges-2]",
            ", open-badges-2, pathways]",
            "change/output-added project demo: publishes `pathways` as well @5",
        ),
        (
            "[25, 30]",
            "[20, 25]",
            "change/unit-changed project demo: one `hp` stands for 20 to 25 hours instead of 25 to 30 hours @6",
        ),
        (
            "base:",
            "licence: https://creativecommons.org/licenses/by/4.0/\nbase:",
            "change/details-changed project demo: `licence` of the project changed @3",
        ),
    ] {
        let found = diff(&SETTINGS.replace(from, to), text);
        let of_project: Vec<&String> = found
            .iter()
            .filter(|change| change.contains(" project "))
            .collect();
        assert_eq!(of_project, [expected], "{found:#?}");
        let addresses = found
            .iter()
            .any(|change| change.contains("address-changed"));
        assert!(!addresses, "{found:#?}");
    }
    assert_eq!(diff(&SETTINGS.replace("1.0.0", "1.1.0"), text), [""; 0]);
    let everywhere = |rule: &str, message: &str| -> Vec<String> {
        let one = |id: &str, line: u8| format!("{rule} credential {id}: {message} @{line}");
        vec![one("a", 3), one("b", 4)]
    };
    assert_eq!(
        diff(SETTINGS, &text.replace("3 years", "2 years")),
        everywhere(
            "change/validity-shorter",
            "validity lowered from 3 years to 2 years"
        )
    );
    assert_eq!(
        diff(SETTINGS, &text.replace("3 years", "3 years  status draft")),
        everywhere("change/unavailable", "draft instead of active")
    );
}

#[test]
fn what_stays_the_same_is_no_change() {
    assert_eq!(said(SMALL, SMALL), Vec::<String>::new());
    let layout = SMALL.replace("  ", "\n    ");
    assert_eq!(said(SMALL, &layout), Vec::<String>::new());
    let mut lines: Vec<&str> = SMALL.lines().collect();
    lines.reverse();
    assert_eq!(said(SMALL, &lines.join("\n")), Vec::<String>::new());
}

#[test]
fn each_change_is_told_once() {
    for (from, to, expected) in [
        (
            "\"One.\"",
            "\"1.\"",
            "change/reworded a: description reworded",
        ),
        (
            "2 ects",
            "1 ects",
            "change/credit-lowered a: credit lowered from 2 ECTS to 1 ECTS",
        ),
        (
            "20 hours",
            "1500 minutes",
            "change/workload-raised a: workload raised from 20 hours to 1500 minutes",
        ),
        (
            "12 months",
            "2 years",
            "change/validity-longer a: validity raised from 12 months to 2 years",
        ),
        (
            "pass 50%",
            "pass 60%",
            "change/pass-mark-raised b: assessment `t`: pass mark raised from 50% to 60%",
        ),
        (
            "at low",
            "at high",
            "change/assessed-level-changed b: assesses `f.x.s` at high instead of low",
        ),
        (
            "can \"do\"",
            "can \"act\"",
            "change/statement-changed f.x.s: what it says that someone can do has changed",
        ),
        (
            "any { a b }",
            "any { b a }",
            "change/requirement-rewritten c: what must be held is said in other words, and is exactly the same",
        ),
        (
            "any { a b }",
            "a",
            "change/requirement-narrowed c: what must be held is more than before",
        ),
        (
            "any { a b }",
            "a \"an interview\"",
            "change/requirement-narrowed c: what must be held is more than before",
        ),
        (
            "badge c \"C\" {",
            "badge d \"C\" { formerly c ",
            "change/renamed d: renamed from `c` to `d`; addresses stay",
        ),
        (
            "badge c",
            "course c",
            "change/kind-changed c: a course instead of a badge",
        ),
        (
            "low \"Low\"  high \"High\"",
            "high \"High\"  low \"Low\"",
            "change/levels-reordered m: its levels stand in another order",
        ),
    ] {
        assert_eq!(changed(from, to), [expected], "{from} -> {to}");
    }
}

#[test]
fn a_requirement_that_is_met_later_but_at_all_is_told_by_who_may_begin() {
    let old = "badge a \"A\" {}\nbadge b \"B\" {}\nbadge c \"C\" { requires { a } stacks { b } }";
    let new = "badge a \"A\" {}\nbadge b \"B\" {}\nbadge c \"C\" { requires { a b } }";
    let found = said(old, new);
    assert!(
        found.contains(
            &"change/begin-narrowed c: what must be held to begin is more than before".to_owned()
        ),
        "{found:#?}"
    );
    assert!(
        !found
            .iter()
            .any(|line| line.contains("requirement-narrowed")),
        "{found:#?}"
    );
}

#[test]
fn words_of_a_judgement_are_told_from_what_must_be_held() {
    let old = "badge a \"A\" {}\nbadge c \"C\" { requires { a \"an interview\" } }";
    let new = "badge a \"A\" {}\nbadge c \"C\" { requires { a \"a talk\" } }";
    let found = changes(old, new);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule.name, "change/judgement-changed");
    assert_eq!(found[0].rule.grade(), Grade::Breaking);
}

#[test]
fn what_another_credential_attests_changes_the_requirement_too() {
    let text = |level: &str| {
        format!(
            "scale m \"M\" {{ low \"L\" high \"H\" }}\nframework f \"F\" {{ scale m skill s \"S\" {{ can \"do\" }} }}\nbadge a \"A\" {{ assessment t \"T\" {{ assesses f.s at {level} }} }}\nbadge c \"C\" {{ requires {{ skill f.s at high }} }}"
        )
    };
    let found = changes(&text("high"), &text("low"));
    let narrowed = found
        .iter()
        .find(|change| change.rule.name == "change/requirement-narrowed")
        .expect("narrowed");
    assert_eq!(narrowed.id, "c");
    assert_eq!(
        narrowed.examples[0].sentence(),
        "holding `a` was enough, now it is not"
    );
}

#[test]
fn items_that_move_are_followed() {
    let old = "framework f \"F\" { area x \"X\" { skill s \"S\" { can \"do\" } } area y \"Y\" {} }";
    let new = "framework f \"F\" { area x \"X\" {} area y \"Y\" { skill s \"S\" { can \"do\" } } }";
    let found = said(old, new);
    assert!(
        found.contains(&"change/moved f.y.s: moved from `f.x.s` to `f.y.s`".to_owned()),
        "{found:#?}"
    );
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("change/address-changed f.y.s")),
        "{found:#?}"
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// The command.
// ---------------------------------------------------------------------------------------------------------------------

/// Two folders, `old` and `new`.
fn two(old: &str, new: &str) -> tempfile::TempDir {
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

#[test]
fn accepted_breaks_are_used_up_and_end() {
    let folder = two(SMALL, &SMALL.replace("any { a b }", "all { a b }"));
    let entry = |item: &str| {
        format!(
            "- rule: change/requirement-narrowed\n  item: {item}\n  reason: agreed with the faculty\n  who: J. Kerr\n  until: 2027-06-30\n"
        )
    };
    let run = |text: &str, today: &str| {
        put(folder.path(), &[("new/accepted-breaks.yaml", text)]);
        let arguments = [
            "diff",
            "old",
            "new",
            "--fail-on",
            "breaking",
            "--today",
            today,
        ];
        gradus(folder.path(), &arguments)
    };
    let ran = run(&entry("c"), "2027-06-30");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.out.contains("accepted by J. Kerr until 2027-06-30"),
        "{}",
        ran.out
    );
    let ran = run(&entry("c"), "2027-07-01");
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.err.contains("new/accepted-breaks.yaml:1: J. Kerr accepted `change/requirement-narrowed` of `c` until 2027-06-30, and that day is over"), "{}", ran.err);
    let both = format!("{}{}", entry("c"), entry("b"));
    let ran = run(&both, "2027-01-01");
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(
        ran.err.contains(
            "new/accepted-breaks.yaml:6: `b` has no change `change/requirement-narrowed`"
        ),
        "{}",
        ran.err
    );
    let ran = run("- rule: change/removed\n", "2027-01-01");
    assert_eq!(ran.code, 2, "{}", ran.all());
    // What is wrong in the file has its line.
    let near = entry("b").replace("narrowed", "narowed");
    let ran = run(&format!("{}{near}", entry("c")), "2027-01-01");
    assert_eq!(ran.code, 2, "{}", ran.all());
    let words = "line 6, column 9: there is no rule `change/requirement-narowed`; did you mean `change/requirement-narrowed`?";
    assert!(ran.err.contains(words), "{}", ran.err);
    // So has an entry that says the same once more, which is not called unused.
    let twice = format!("{}{}", entry("c"), entry("c"));
    let ran = run(&twice, "2027-01-01");
    assert_eq!(ran.code, 2, "{}", ran.all());
    let words = "line 6, column 9: `change/requirement-narrowed` of `c` is accepted by the entry on line 1 already";
    assert!(ran.err.contains(words), "{}", ran.err);
}

/// What is wrong in the file of accepted breaks by itself is found before there is anything to compare.
#[test]
fn accepted_breaks_are_checked_with_the_project() {
    let folder = two(SMALL, SMALL);
    let good = "- rule: change/removed\n  item: gone\n  reason: agreed\n  who: J. Kerr\n  until: 2020-06-30\n";
    let check = |text: &str| {
        put(folder.path(), &[("new/accepted-breaks.yaml", text)]);
        gradus(folder.path(), &["check", "new", "--format", "concise"])
    };
    // Whether it is needed, or over, only a comparison says.
    assert!(!check(good).out.contains("accepted-breaks"));
    let bad = format!(
        "{good}- rule: change/removd\n  item: gone\n  reason: \"\"\n  who: J. Kerr\n  until: 2027-06-31\n- item: b\n  whom: c\n{good}"
    );
    let ran = check(&bad);
    assert_eq!(ran.code, 1, "{}", ran.all());
    let found: Vec<&str> = ran
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("new/accepted-breaks.yaml:"))
        .collect();
    assert_eq!(
        found,
        [
            "6:9: error[project/bad-accepted-break]: there is no rule `change/removd`; did you mean `change/removed`?",
            "8:11: error[project/bad-accepted-break]: the entry needs a reason",
            "10:10: error[project/bad-accepted-break]: `2027-06-31` is not a day, such as 2027-06-30",
            "11:3: error[project/bad-accepted-break]: the entry has no `rule`, `reason`, `who` and `until`",
            "12:3: error[project/bad-accepted-break]: an entry has no `whom`; did you mean `who`?",
            "13:9: error[project/bad-accepted-break]: `change/removed` of `gone` is accepted by the entry on line 1 already: keep one of them",
        ]
    );
    let ran = check("- rule: [\n");
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains("it cannot be read as YAML"), "{}", ran.out);
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

#[test]
fn an_award_that_goes_is_not_the_pathway_that_goes() {
    let old = "badge a \"A\" { about \"A.\" }\nbadge b \"B\" { about \"B.\" }\n\
        pathway p \"P\" { stage s \"S\" { a  awards a }  leads to b }\n";
    let without = old.replace("  awards a", "");
    assert_eq!(
        said(old, &without),
        ["change/award-removed p: no longer awards `a` on the way"]
    );
    let (badges, _) = old.split_once("pathway").expect("a pathway");
    let gone = said(old, badges);
    assert!(
        gone.iter().any(|one| one.starts_with("change/removed p: ")),
        "{gone:?}"
    );
}

#[test]
fn the_documented_grades_are_those_in_use() {
    let page = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/changes.md"),
    )
    .expect("the page");
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| `change/"))
        .collect();
    let expected: Vec<String> = diff::rules::ALL
        .iter()
        .map(|rule| {
            format!(
                "| `{}` | {} | {} | {} |",
                rule.name,
                rule.learner.word(),
                rule.holder.word(),
                rule.why
            )
        })
        .collect();
    assert_eq!(rows, expected);
}
