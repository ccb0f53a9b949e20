//! What imported source is called, beside what a project has already.

use crate::support::{gradus, put};

const BADGES: &str = r#"[
  {"type": "BadgeClass", "id": "https://a.example/knots", "name": "Moderator", "description": "Ties.",
   "criteria": {"narrative": "Tie a knot."},
   "issuer": {"id": "https://a.example/", "type": "Issuer", "name": "Rope School", "url": "https://a.example"},
   "alignment": [{"targetName": "Tying", "targetUrl": "https://a.example/s/tying", "targetFramework": "Meetings"}]}
]"#;
const MORE: &str = r#"[
  {"type": "BadgeClass", "id": "https://a.example/hitches", "name": "Hitches", "description": "Hitches.",
   "criteria": {"narrative": "Hitch."}, "issuer": {"id": "https://a.example/", "type": "Issuer", "name": "Rope School", "url": "https://a.example"},
   "alignment": [{"targetName": "Tying", "targetUrl": "https://a.example/s/tying", "targetFramework": "Meetings", "targetDescription": "Ties under load."}]}
]"#;

fn project() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a temporary folder");
    let ran = gradus(home.path(), &["new", "demo", "--dir", "."]);
    assert!(
        ran.code == 0 || home.path().join("badges.gradus").exists(),
        "{}",
        ran.all()
    );
    home
}

#[test]
fn badges_come_into_a_new_project_and_are_referred_to_by_the_next_ones() {
    let home = project();
    put(home.path(), &[("one.json", BADGES), ("more.json", MORE)]);
    let run = |line: &str| gradus(home.path(), &line.split(' ').collect::<Vec<_>>());
    let before = std::fs::read_to_string(home.path().join("badges.gradus")).expect("a file");
    let ran = run("import one.json");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.out.contains("rope-school-badges.gradus"),
        "{}",
        ran.all()
    );
    let errors = |what: &str| {
        let ran = run("check --format concise");
        assert!(!ran.out.contains("error"), "{what}\n{}", ran.out);
    };
    errors("the first");
    // Once more, there is nothing new.
    let ran = run("import one.json");
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err
            .contains("the project has every badge of it already"),
        "{}",
        ran.err
    );
    // Issuer and skill are those that are there.
    let ran = run("import more.json");
    assert_eq!(ran.code, 0, "{}", ran.all());
    let read = |file: &str| std::fs::read_to_string(home.path().join(file)).expect("a file");
    let more = read("rope-school-2-badges.gradus");
    assert!(more.contains("by rope-school\n"), "{more}");
    // What is said of a skill that is there already is not lost.
    assert!(more.contains("Ties under load."), "{more}");
    assert!(
        ran.out
            .contains("what badges say of skills that the project has already"),
        "{}",
        ran.out
    );
    let first = read("rope-school-badges.gradus");
    let taught = |text: &str| -> String {
        let mut lines = text.lines().map(str::trim);
        lines
            .find(|line| line.starts_with("teaches"))
            .unwrap_or("")
            .to_owned()
    };
    assert_eq!(taught(&first), taught(&more));
    assert!(!taught(&more).is_empty());
    assert!(!home.path().join("rope-school-2-issuers.gradus").exists());
    errors("the second");
    assert_eq!(read("badges.gradus"), before);
}

#[test]
fn files_and_frameworks_are_called_as_the_user_wants() {
    let home = project();
    put(
        home.path(),
        &[
            ("one.json", BADGES),
            ("skills.csv", "code,label\n1,Sawing\n"),
        ],
    );
    let run = |line: &str| gradus(home.path(), &line.split(' ').collect::<Vec<_>>());
    let ran = run("import one.json --as ropes");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(home.path().join("ropes-badges.gradus").exists());
    let ran = run("import skills.csv --source --as crafts");
    assert_eq!(ran.code, 0, "{}", ran.all());
    let text = std::fs::read_to_string(home.path().join("crafts.gradus")).expect("a file");
    assert!(text.contains("framework crafts "), "{text}");
    // The project has `skills.gradus`, which stays.
    let ran = run("import skills.csv --source");
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.out.contains("-2.gradus") || !ran.out.contains(" skills.gradus"),
        "{}",
        ran.out
    );
    let ran = run("check --format concise");
    assert!(!ran.out.contains("error"), "{}", ran.out);
    for (line, message) in [
        (
            "import skills.csv --source --as crafts",
            "the project has something called `crafts` already",
        ),
        (
            "import skills.csv --source --as badge",
            "--as: `badge` is a word of the language",
        ),
        ("import one.json --as Ropes", "--as: `Ropes` is not an id"),
        (
            "import one.json --set title=x",
            "`--set` is for frameworks, and these are badges",
        ),
    ] {
        let ran = run(line);
        assert_eq!(ran.code, 2, "{line}\n{}", ran.all());
        assert!(ran.err.contains(message), "{line}\n{}", ran.err);
    }
}

#[test]
fn a_framework_is_written_out_with_every_field_of_its_source() {
    let home = tempfile::tempdir().expect("a temporary folder");
    // More items than are kept as text, so that the pack is binary.
    let mut table = String::from("Code,Label,Owner\n");
    for number in 1..=700 {
        table.push_str(&format!("K{number},Skill {number},Kim {number}\n"));
    }
    put(home.path(), &[("skills.csv", table.as_str())]);
    let arguments = ["import", "skills.csv", "--as", "house", "--version", "1"];
    let ran = gradus(home.path(), &arguments);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let pack = home.path().join("frameworks/house-1.gradus-pack");
    let before = std::fs::read(&pack).expect("a binary pack");
    let ran = gradus(
        home.path(),
        &["frameworks", "export", "house", "--out", "house.yaml"],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    let text = std::fs::read_to_string(home.path().join("house.yaml")).expect("the text");
    assert!(text.contains("fields: {\"Owner\":\"Kim 700\"}"), "{text}");
    // It reads back to the same framework.
    put(
        home.path(),
        &[("other/frameworks/house-1.yaml", text.as_str())],
    );
    let other = home.path().join("other");
    let shown = |folder: &std::path::Path| gradus(folder, &["frameworks", "show", "house", "K700"]);
    let (here, there) = (shown(home.path()), shown(&other));
    assert_eq!(here.code, 0, "{}", here.all());
    assert_eq!(here.out, there.out);
    let again = gradus(&other, &["frameworks", "export", "house"]);
    assert_eq!(again.out, text);
    assert_eq!(std::fs::read(&pack).expect("a binary pack"), before);
}
