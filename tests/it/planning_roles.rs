//! Roles and occupations of other frameworks: what covers them, and what to earn for them.

use std::path::Path;

use crate::support::{gradus, put};

/// A framework with occupations, in the forms that the readers of ESCO, O*NET and NICE give their relations.
const PACK: &str = r#"id: jobs
version: "1"
title: Jobs
publisher: Guild
licence: CC0
attribution: Jobs 1, the Guild
source: https://jobs.example/
item-iri: "https://jobs.example/{code}"
language: en
kind-of: skills
items:
  - { code: "s1", label: "read charts", kind: skill }
  - { code: "s2", label: "statistics", kind: knowledge }
  - { code: "s3", label: "clean data", kind: skill }
  - { code: "s4", label: "draw maps", kind: skill }
  - { code: "s5", label: "Debating", kind: skill }
  - { code: "s6", label: "keep secrets", kind: skill, fields: { "skillType": "knowledge" } }
  - { code: "t1", label: "Writes the yearly report", kind: task }
  - { code: "10.1", label: "data analyst", kind: occupation, kind-of: occupations, relations: [
        { kind: "essential skill", to: "s1" }, { kind: "essential skill", to: "s2" }, { kind: "essential skill", to: "s3" },
        { kind: "optional skill", to: "s4" }, { kind: "essential skill", to: "s6" }, { kind: "optional skill", to: "s5" } ] }
  - { code: "10.2", label: "teller", kind: occupation, kind-of: occupations, relations: [
        { kind: "related occupation", to: "10.1" },
        { kind: "skills rating", to: "s1", fields: { "Scale ID": "LV", "Data Value": "3.5" } },
        { kind: "skills rating", to: "s1", fields: { "Scale ID": "IM", "Data Value": "4.12" } },
        { kind: "skills rating", to: "s2", fields: { "Scale ID": "IM", "Data Value": "2.9", "Recommend Suppress": "Y" } } ] }
  - { code: "10.3", label: "defender", kind: work role, kind-of: occupations, relations: [
        { kind: "has skill", to: "s5" }, { kind: "has task", to: "t1" } ] }
  - { code: "10.4", label: "sleeper", kind: occupation, kind-of: occupations }
"#;

const CATALOGUE: &str = r#"use jobs
issuer i "I" { url <https://i.example> }
defaults { by i }
framework f "F" {
  skill charts "Charts" { can "a" }
  skill sums "Sums" { can "b" }
  skill tidy "Tidy" { can "c" }
  skill maps "Maps" { can "d" }
  skill talk "Talk" { can "e" }
}
badge cheap "Cheap" { credit 2 ects  assessment a "A" { assesses f.charts } }
badge dear "Dear" { credit 5 ects  assessment a "A" { assesses f.charts } }
badge number "Number" { credit 3 ects  requires { base }  assessment a "A" { assesses f.sums } }
badge base "Base" { credit 1 ects  criteria "x" }
badge tidying "Tidying" { credit 1 ects  teaches f.tidy  criteria "x" }
badge locked "Locked" { credit 1 ects  requires { locked-too }  assessment a "A" { assesses f.maps } }
badge locked-too "Locked too" { credit 1 ects  requires { locked }  criteria "x" }
role own "Own" { needs skill f.charts }
crosswalk f to jobs {
  charts is exactly jobs:"s1"
  sums is within jobs:"s2"
  tidy is exactly jobs:"s3"
  maps is exactly jobs:"s4"
  talk relates to jobs:"s5"
}
"#;

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("frameworks/jobs.yaml", PACK),
        ("catalogue.gradus", CATALOGUE),
    ];
    put(folder.path(), &files);
    folder
}

#[test]
fn a_report_tells_what_covers_an_occupation_and_how_far() {
    let folder = project();
    let ran = gradus(folder.path(), &["report", "role", "jobs:10.1"]);
    assert_eq!(
        ran.out,
        "data analyst (jobs:10.1)

Of 4 essential needs: 1 covered, 2 partly, 1 missing.
Of 2 optional needs: 0 covered, 1 partly, 1 missing.

Needs
  Names and codes: Jobs 1, the Guild.
  Weight     Need          Kind       Covered  By           Through                What is missing                                  Code
  essential  read charts   skill      covered  cheap, dear  f.charts (is exactly)                                                   s1
  essential  clean data    skill      partly   tidying      f.tidy (is exactly)    taught, and not assessed                         s3
  essential  statistics    knowledge  partly   number       f.sums (is within)     what is assessed is a part of it                 s2
  essential  keep secrets  knowledge  missing                                      nothing in this project is mapped to it          s6
  optional   draw maps     skill      partly   locked       f.maps (is exactly)    no one can earn the credential that assesses it  s4
  optional   Debating      skill      missing                                      nothing in this project is mapped to it          s5
",
        "{}",
        ran.err
    );
    // The same in every format, and an address or quotes do as well.
    let by_iri = gradus(
        folder.path(),
        &["report", "role", "https://jobs.example/10.1"],
    );
    assert_eq!(by_iri.out, ran.out);
    let json = gradus(
        folder.path(),
        &["report", "role", "jobs:\"10.1\"", "--format", "json"],
    );
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(value["facts"]["partly"], 2);
    assert_eq!(value["facts"]["optional-missing"], 1);
    assert_eq!(value["sections"][0]["rows"][0]["by"][1], "dear");
    for format in ["csv", "html"] {
        let ran = gradus(
            folder.path(),
            &["report", "role", "jobs:10.1", "--format", format],
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("what is assessed is a part of it"));
    }
}

#[test]
fn ratings_decide_what_is_essential_and_tasks_stand_apart() {
    let folder = project();
    let ran = gradus(
        folder.path(),
        &["report", "role", "jobs:10.2", "--format", "csv"],
    );
    let rows: Vec<&str> = ran.out.lines().skip(1).map(str::trim_end).collect();
    assert_eq!(
        rows,
        [
            "essential,read charts,skills,\"level 3.5, importance 4.12\",covered,\"cheap, dear\",f.charts (is exactly),,s1",
            "optional,statistics,skills,importance 2.9 (imprecise),partly,number,f.sums (is within),what is assessed is a part of it,s2",
        ],
        "{}",
        ran.err
    );
    let ran = gradus(folder.path(), &["report", "role", "jobs:10.3"]);
    assert!(
        ran.out.contains("Of 1 essential need: 0 covered, 0 partly, 1 missing.\nOf 1 task: 0 covered, 0 partly, 1 missing.\n"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("`gradus suggest` proposes one"),
        "{}",
        ran.out
    );
}

#[test]
fn a_plan_closes_the_essential_gap_as_far_as_it_can_be_closed() {
    let folder = project();
    let ran = gradus(
        folder.path(),
        &["plan", "--for", "jobs:10.1", "--format", "json"],
    );
    assert_eq!(ran.code, 1, "{}", ran.err);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let facts = &value["facts"];
    // Charts for 2 rather than 5, and numbers with what they require.
    assert_eq!(facts["price"], 6);
    assert_eq!(facts["credentials"], 3);
    assert_eq!(facts["essential-closed"], 1);
    assert_eq!(facts["essential-partly"], 1);
    assert_eq!(facts["essential-open"], 2);
    let open = value["sections"]
        .as_array()
        .expect("sections")
        .last()
        .expect("one");
    assert_eq!(open["key"], "open");
    assert_eq!(open["rows"].as_array().map(Vec::len), Some(3));
    // What is held closes its part at once.
    let held = [
        "plan",
        "--for",
        "jobs:10.1",
        "--holding",
        "dear,base,number",
    ];
    let ran = gradus(folder.path(), &held);
    assert!(
        ran.out.contains("Nothing more is needed for that"),
        "{}",
        ran.out
    );
    // Where everything can be closed, that is success; and it joins with a target.
    let ran = gradus(folder.path(), &["plan", "base", "--for", "jobs:10.2"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(
        ran.out.contains("The cheapest route takes 3 ECTS"),
        "{}",
        ran.out
    );
    // Where nothing can, there is nothing to plan.
    let ran = gradus(folder.path(), &["plan", "--for", "jobs:10.3"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("can close 0, and 0 in part; 1 stays open"),
        "{}",
        ran.out
    );
}

#[test]
fn what_is_no_role_is_told_with_what_to_write() {
    let folder = project();
    for (name, said, help) in [
        ("jobs:10.9", "`jobs` has no code `10.9`", ""),
        (
            "jobs:data analist",
            "`jobs` has no code",
            "did you mean `jobs:10.1` (\"data analyst\")?",
        ),
        (
            "job:10.1",
            "this project uses no framework `job`",
            "did you mean `jobs:10.1`?",
        ),
        (
            "esco:1",
            "this project uses no framework `esco`",
            "add a line such as `use esco`",
        ),
        (
            "jobs:s1",
            "is no role or occupation",
            "name the role of this project, `own`; or an occupation, such as `jobs:10.1`",
        ),
        (
            "jobs:10.4",
            "`jobs` does not say what `10.4` (\"sleeper\") needs",
            "another one",
        ),
        ("cheap", "`cheap` is not a role", "`own`"),
        ("onw", "nothing in this project is named `onw`", "`own`"),
    ] {
        for arguments in [&["report", "role", name][..], &["plan", "--for", name]] {
            let ran = gradus(folder.path(), arguments);
            assert_eq!(ran.code, 2, "{arguments:?}");
            assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
            assert!(ran.err.contains(help), "{arguments:?}: {}", ran.err);
        }
    }
}

#[test]
fn an_occupation_of_the_real_esco_is_reported_and_planned_for() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/esco-1.1.1");
    if !data.is_dir() {
        eprintln!("SKIPPED: ESCO is not at hand (../shared/data/esco-1.1.1)");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let catalogue = CATALOGUE
        .replace("use jobs", "use esco")
        .replace("f to jobs", "f to esco");
    let catalogue = [
        ("s1", "1973c966-f236-40c9-b2d4-5d71a89019be"),
        ("s2", "7ee4c2ea-b349-4bd2-81a3-ec31475d4833"),
        ("s3", "50b100ea-74fd-4706-99db-3e4ca55e51b8"),
        ("s4", "9e14c1d8-72f2-45ba-815d-0d12e12d19fa"),
        ("s5", "75f839c2-fd9a-4ad3-8921-6e734608568d"),
    ]
    .iter()
    .fold(catalogue, |text, (code, uuid)| {
        text.replace(&format!("jobs:\"{code}\""), &format!("esco:\"{uuid}\""))
    });
    put(folder.path(), &[("catalogue.gradus", &catalogue)]);
    let source = data.to_string_lossy();
    let ran = gradus(folder.path(), &["import", &source, "--version", "1.1.1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = gradus(
        folder.path(),
        &["report", "role", "esco:2511.3", "--format", "json"],
    );
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let facts = &value["facts"];
    let count = |key: &str| facts[key].as_i64().unwrap_or(0);
    eprintln!("{facts}");
    assert_eq!(value["title"], "data analyst");
    // Counted in the release itself: 30 essential and 22 optional relations of this occupation.
    assert_eq!(count("covered") + count("partly") + count("missing"), 30);
    let optional = ["optional-covered", "optional-partly", "optional-missing"];
    assert_eq!(optional.map(count).iter().sum::<i64>(), 22);
    assert_eq!(
        (count("covered"), count("partly"), count("optional-covered")),
        (0, 2, 1)
    );
    let ran = gradus(folder.path(), &["plan", "--for", "esco:2511.3"]);
    assert!(
        ran.out.contains("The cheapest route takes 4 ECTS"),
        "{}",
        ran.out
    );
}
