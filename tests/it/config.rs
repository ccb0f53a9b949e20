//! The project file: every fault at its place, all at once.

use std::path::Path;

use gradus::diag::Severity;

use super::support::{analyze_text, check_text, render_plain};

fn faults(project_file: &str) -> String {
    // A text with nothing in it, so that only the project file is spoken of.
    let text = render_plain(&analyze_text("", Some(project_file)));
    format!("{project_file}\n=====\n{text}")
}

const GOOD: &str = "\
name: harbour-data
version: 1.10
base: https://badges.harbour.example
languages: [en, fr, pt-BR]
licence: https://creativecommons.org/licenses/by/4.0/
coverage: 80%
units: { hp: { label: \"hp\", hours: [25, 30] }, ectp: { hours: 12.5 } }
quality: [unesco]
sources: [\"**/*.gradus\", extra/*.txt]
lint: { name/unused: off, project/no-file: error }
";

#[test]
fn a_whole_project_file_is_read() {
    let analysis = analyze_text("", Some(GOOD));
    assert_eq!(render_plain(&analysis), "");
    let settings = &analysis.settings.settings;
    assert_eq!(settings.name, "harbour-data");
    assert_eq!(settings.version.as_deref(), Some("1.10"));
    assert_eq!(settings.base, "https://badges.harbour.example/");
    assert!(settings.base_given && settings.from_file);
    assert_eq!(settings.languages, ["en", "fr", "pt-BR"]);
    assert_eq!(
        settings
            .coverage
            .map(|amount| amount.to_string())
            .as_deref(),
        Some("80")
    );
    let units: Vec<_> = settings
        .units
        .iter()
        .map(|unit| {
            (
                unit.word.as_str(),
                unit.label.as_str(),
                unit.hours.map(|(least, most)| (least.0, most.0)),
            )
        })
        .collect();
    assert_eq!(
        units,
        [
            ("hp", "hp", Some((25_000, 30_000))),
            ("ectp", "ectp", Some((12_500, 12_500)))
        ]
    );
    assert_eq!(analysis.settings.sources, ["**/*.gradus", "extra/*.txt"]);
    assert_eq!(analysis.settings.settings.quality, ["unesco"]);
    assert_eq!(analysis.settings.policy.severities.len(), 2);
}

#[test]
fn every_fault_is_found_at_once() {
    insta::assert_snapshot!(faults(
        "\
nmae: Harbour Data
name: Harbour Data
base: http://badges.harbour.example/?a=1
languages: [en, e, en]
licence: CC-BY
coverage: 120%
quality: [unseco]
publish: open-badge-3
sources: [\"../**/*.gradus\", \"a[\"]
units:
  hp: { label: hp, hours: [30, 25], colour: red }
  ects: { hours: 25 }
lint:
  name/unusd: off
  name/unused: of
  project/bad-setting: off
lint: {}
version:
"
    ));
}

#[test]
fn bases_that_cannot_carry_addresses_are_refused() {
    let shown: Vec<String> = [
        "badges.example.org",
        "http://badges.example.org/",
        "https:///x",
        "ftp://example.org/",
        "https://kim@example.org/",
        "https://example.org/#top",
        "https://example.org/?q",
        "https://example.org/a/../b",
        "https://exa mple.org/",
        "[]",
        "\"\"",
    ]
    .iter()
    .map(|base| {
        faults(&format!("base: {base}\n")).replace(
            "\nfor more about a rule: gradus explain project/bad-setting\n",
            "",
        )
    })
    .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn a_missing_base_is_said_and_an_empty_file_is_no_crash() {
    assert_eq!(check_text("", Some("name: x\n")), ["project/bad-setting"]);
    assert_eq!(check_text("", Some("")), ["project/bad-setting"]);
    assert_eq!(
        check_text("", Some("# only a comment\n")),
        ["project/bad-setting"]
    );
    assert_eq!(check_text("", Some("- a\n- b\n")), ["project/bad-setting"]);
}

#[test]
fn broken_yaml_is_pointed_at() {
    let shown: Vec<String> = [
        "name: x\nbase: [https://example.org/\nversion: 1\n",
        "name: x\n\tbase: y\n",
        "name: \"x\nbase: y\n",
        "a: *nothing\n",
        "name: x\n---\nname: y\n",
    ]
    .iter()
    .map(|text| faults(text))
    .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn hostile_yaml_fails_cleanly() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = level - 1;
        bomb.push_str(&format!("a{level}: &a{level} [*a{before}, *a{before}, *a{before}, *a{before}, *a{before}, *a{before}, *a{before}]\n"));
    }
    let deep = format!("name: {}", "[".repeat(100_000));
    let many = "- ".repeat(100_000);
    let maps = "{a: ".repeat(50_000);
    let long = format!("name: {}\n", "x".repeat(20_000_000));
    let documents = "---\nname: x\n".repeat(10_000);
    for text in [
        bomb,
        deep,
        many,
        maps,
        long,
        documents,
        "\0\0".to_owned(),
        "\u{feff}name: x".to_owned(),
    ] {
        let found = check_text("", Some(&text));
        assert!(
            !found.is_empty() && found.iter().all(|rule| *rule == "project/bad-setting"),
            "{found:?}"
        );
    }
}

#[test]
fn severities_of_the_project_hold() {
    let base = "base: https://example.org/\n";
    let text = "framework f \"F\" {\n  skill s \"S\" {}\n}\n";
    let usual = analyze_text(text, Some(base));
    let rule = "framework/no-statement";
    assert!(
        usual
            .diagnostics
            .iter()
            .any(|found| found.rule.name == rule)
    );
    let off = analyze_text(text, Some(&format!("{base}lint: {{ {rule}: off }}\n")));
    assert!(off.diagnostics.iter().all(|found| found.rule.name != rule));
}

#[test]
fn what_cannot_be_resolved_is_always_an_error() {
    let rule = "name/undefined";
    let text = format!(
        "framework f \"F\" {{\n  # gradus: allow {rule} because \"later\"\n  skill s \"S\" {{ builds on nowhere }}\n}}\n"
    );
    let file = format!("base: https://example.org/\nlint: {{ {rule}: off }}\n");
    let found = analyze_text(&text, Some(&file)).diagnostics;
    let of = |name: &str| {
        let found = found.iter().find(|found| found.rule.name == name);
        found.map(|found| (found.severity, found.message.as_str()))
    };
    assert_eq!(
        of(rule).map(|(severity, _)| severity),
        Some(Severity::Error)
    );
    assert_eq!(
        of("project/bad-setting"),
        Some((Severity::Error, "`name/undefined` cannot be lowered"))
    );
    assert_eq!(
        of("allow/unused").map(|(_, message)| message),
        Some(
            "`name/undefined` cannot be allowed: what cannot be read or resolved cannot be published"
        )
    );
}

#[test]
fn the_schema_knows_the_same_keys_and_accepts_the_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text =
        std::fs::read_to_string(root.join("docs/gradus.schema.json")).expect("the schema is there");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("the schema is JSON");
    let mut keys: Vec<&str> = schema["properties"]
        .as_object()
        .expect("properties")
        .keys()
        .map(String::as_str)
        .collect();
    let mut known = gradus::config::KEYS.to_vec();
    keys.sort_unstable();
    known.sort_unstable();
    assert_eq!(keys, known);
    let frameworks: Vec<&str> = schema["properties"]["quality"]["items"]["enum"]
        .as_array()
        .expect("quality frameworks")
        .iter()
        .filter_map(serde_json::Value::as_str)
        .collect();
    assert_eq!(frameworks, gradus::config::QUALITY_FRAMEWORKS);
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let accepts = |text: &str| {
        let value: serde_json::Value = serde_yaml::from_str(text).expect("YAML");
        validator.is_valid(&value)
    };
    assert!(accepts(&GOOD.replace("1.10", "\"1.10\"")));
    assert!(!accepts("base: http://example.org/\n"));
    assert!(!accepts("base: https://example.org/\nnmae: x\n"));
    let mut examples = 0;
    for entry in std::fs::read_dir(root.join("examples")).expect("examples") {
        let file = entry.expect("an entry").path().join("gradus.yaml");
        if let Ok(text) = std::fs::read_to_string(&file) {
            assert!(accepts(&text), "{}", file.display());
            examples += 1;
        }
    }
    assert!(examples > 0);
}

/// The one fault of a project file: its place and its help.
fn fault(project_file: &str) -> (u32, u32, String, String) {
    let analysis = analyze_text("", Some(project_file));
    let [found] = analysis.diagnostics.as_slice() else {
        panic!("{project_file}\n{}", render_plain(&analysis));
    };
    let file = analysis.sources.file(found.place.file);
    let at = file.line_column(found.place.span.start);
    (
        at.line,
        at.column,
        found.message.clone(),
        found.help.clone().unwrap_or_default(),
    )
}

#[test]
fn helps_of_the_project_file_can_be_followed_as_they_stand() {
    const BASE: &str = "base: https://badges.example.org/\n";
    for (wrong, column, help) in [
        (
            "coverage: 800",
            11,
            "write a number up to 100 and `%`, such as `80%`",
        ),
        (
            "coverage: high",
            11,
            "write a number up to 100 and `%`, such as `80%`",
        ),
        (
            "coverage: -5%",
            11,
            "write a number up to 100 and `%`, such as `80%`",
        ),
        ("coverage: 0.8", 11, "write `80%`"),
        ("coverage: 80", 11, "write `80%`"),
        ("coverage: 120%", 11, "write `100%` or less"),
        ("languages: en, fr", 12, "write a list: `[en, fr]`"),
        ("languages: [en, english]", 17, "write `en`"),
        ("languages: [en, pt_BR]", 17, "write `pt-BR`"),
        ("languages: [en, en]", 17, "remove it here"),
        (
            "quality: [eu, us]",
            15,
            "use one of: australia, emc, eu, new-zealand, unesco",
        ),
        (
            "publish: [open-badge-3]",
            11,
            "did you mean `open-badges-3`?",
        ),
        (
            "sources: \"/etc/*\"",
            10,
            "write a pattern that starts at the project's folder",
        ),
        (
            "sources: \"../x/*\"",
            10,
            "write a pattern that starts at the project's folder",
        ),
        (
            "license: https://example.org/",
            1,
            "did you mean `licence`?",
        ),
        ("Name: harbour", 1, "did you mean `name`?"),
        (
            "name: Harbour",
            7,
            "use small letters, digits and hyphens, starting with a letter",
        ),
        (
            "name: 12",
            7,
            "use small letters, digits and hyphens, starting with a letter",
        ),
        ("name:", 1, "write a value, or remove the key"),
        ("name: ~", 1, "write a value, or remove the key"),
        ("name: a\nname: b", 1, "keep one of the two"),
        (
            "lint: { name/unusd: off }",
            9,
            "did you mean `name/unused`?",
        ),
        ("lint: { name/unused: of }", 22, "did you mean `off`?"),
        (
            "lint: { name/unused: none }",
            22,
            "use `error`, `warning`, `info` or `off`",
        ),
        ("lint: { name/undefined: off }", 25, "remove this line"),
        ("lint: { prose: off }", 9, "run `gradus rules` for the list"),
        ("lint: off", 7, ""),
        ("lint: [name/unused]", 7, ""),
        ("name: [a]", 7, ""),
        ("languages: []", 12, ""),
        ("languages: { en: fr }", 12, ""),
        ("coverage: { digcomp: 80% }", 11, ""),
    ] {
        let (line, at, message, found) = fault(&format!("{BASE}{wrong}\n"));
        let last = if wrong.contains('\n') { 3 } else { 2 };
        assert_eq!(
            (line, at, found.as_str()),
            (last, column, help),
            "{wrong}: {message}"
        );
    }
}

#[test]
fn bases_are_answered_with_one_that_is_possible() {
    for (wrong, help) in [
        (
            "12",
            "write the address under which it is published, such as `https://badges.example.org/`",
        ),
        (
            "true",
            "write the address under which it is published, such as `https://badges.example.org/`",
        ),
        (
            "badges.example.org",
            "write the whole address: `https://badges.example.org`",
        ),
        (
            "http://badges.example.org/",
            "publish over https: `https://badges.example.org/`",
        ),
        (
            "https://badges example.org/",
            "write a whole address, without blanks: `https://badges.example.org/`",
        ),
        (
            "ftp://badges.example.org/",
            "start with `https://` and the name of a host",
        ),
        (
            "https://me:secret@badges.example.org/",
            "remove what stands before the `@`",
        ),
        (
            "https://badges.example.org/?a=1",
            "leave out what follows `https://badges.example.org/`",
        ),
    ] {
        let (line, column, message, found) = fault(&format!("base: {wrong}\n"));
        assert_eq!(
            (line, column, found.as_str()),
            (1, 7, help),
            "{wrong}: {message}"
        );
    }
}

#[test]
fn a_misspelt_base_is_said_once() {
    for wrong in ["bas", "Base", "BASE"] {
        let (line, column, message, help) =
            fault(&format!("{wrong}: https://badges.example.org/\n"));
        assert_eq!((line, column), (1, 1));
        assert_eq!(message, format!("there is no setting `{wrong}`"));
        assert_eq!(help, "did you mean `base`?");
    }
}

#[test]
fn broken_yaml_is_put_into_words_of_ours() {
    for (wrong, place, reason, help) in [
        (
            "name: @a",
            (1, 7),
            "a value begins with a sign that means something else",
            "put a value that begins with a sign in quotes",
        ),
        (
            "name: \"a\" b",
            (1, 11),
            "words stand after the closing quote",
            "put the whole value in one pair of quotes",
        ),
        (
            "name: a\n\tbase: https://a.example/",
            (2, 1),
            "a tab stands in it",
            "write blanks instead of the tab",
        ),
        (
            "name: \"a",
            (1, 7),
            "a quote is not closed",
            "close it where the value ends",
        ),
        (
            "languages: [en",
            (1, 12),
            "a bracket is not closed",
            "close it where the list ends",
        ),
        (
            "name: !!int x",
            (1, 13),
            "a value is not what the `!!` before it says",
            "remove the word that begins with `!!`",
        ),
        (
            "name: a\n<<<<<<< ours\nversion: 1\n=======\nversion: 2\n>>>>>>> theirs",
            (2, 1),
            "a merge of two versions was not finished",
            "finish the merge: keep one of the two versions, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
        ),
    ] {
        let (line, column, message, found) = fault(&format!("{wrong}\n"));
        assert_eq!(
            message,
            format!("the project file cannot be read: {reason}"),
            "{wrong}"
        );
        assert_eq!(((line, column), found.as_str()), (place, help), "{wrong}");
    }
}
