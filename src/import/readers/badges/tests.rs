//! Wrappers, hand-made faults, languages.

use super::super::tests_support::{bundle, shared};
use super::*;
use crate::import::source::SourceFiles;

fn read(files: &[(&str, &str)]) -> SourceFiles {
    let bundle = bundle(files);
    read_badges(&bundle).unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn file<'s>(source: &'s SourceFiles, name: &str) -> &'s str {
    source
        .files
        .iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, text)| text.as_str())
}

fn findings(source: &SourceFiles) -> Vec<String> {
    source
        .tally
        .findings()
        .map(|(outcome, reason, finding)| format!("{outcome:?} {} {reason}", finding.count))
        .collect()
}

#[test]
fn a_badge_class_of_version_2_is_written_in_full() {
    let badge = r#"{
      "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": "https://a.example/badges/1",
      "name": "Knots \"one\"", "description": "Ties\nknots.", "version": 2,
      "image": {"id": "https://a.example/1.png", "caption": "A knot"},
      "criteria": {"id": "https://a.example/1.html", "narrative": "Tie:\n\n* a bend\n* a hitch"},
      "issuer": "https://a.example/issuer", "tags": ["knots", "rope", "knots"],
      "alignment": [
        {"targetName": "Ropework", "targetUrl": "https://a.example/skills/rope", "targetFramework": "Seamanship", "targetCode": "S.1", "targetDescription": "All about ropes"},
        {"targetName": "EQF 3", "targetUrl": "http://data.europa.eu/snb/eqf/3"},
        {"targetName": "Tying", "targetUrl": "https://other.example/tying"}
      ]}"#;
    let issuer = r#"{"type": "Issuer", "id": "https://a.example/issuer", "name": "Sailors", "url": "https://a.example", "email": "a@a.example"}"#;
    let source = read(&[("badge.json", badge), ("issuer.json", issuer)]);
    assert_eq!(
        file(&source, "badges.gradus"),
        r#"use eqf "2017"

badge knots-one "Knots \"one\"" {
  by sailors
  about """
    Ties
    knots.
    """
  image "https://a.example/1.png" alt "A knot"
  version "2"
  tags "knots", "rope"
  iri <https://a.example/badges/1>
  level eqf:3
  teaches seamanship.ropework
  relates to <https://other.example/tying> "Tying"
  criteria """
    Tie:

    * a bend
    * a hitch
    """
  # criteria page: https://a.example/1.html
}
"#
    );
    assert_eq!(
        file(&source, "issuers.gradus"),
        "issuer sailors \"Sailors\" {\n  url <https://a.example>\n  email \"a@a.example\"\n  iri <https://a.example/issuer>\n}\n"
    );
    assert_eq!(
        file(&source, "skills.gradus"),
        "# as far as badges name them\nframework seamanship \"Seamanship\" {\n  skill ropework \"Ropework\" {\n    about \"All about ropes\"\n    code \"S.1\"\n    iri <https://a.example/skills/rope>\n  }\n}\n"
    );
    assert_eq!(
        findings(&source),
        [
            "Noted 1 badges that do not say how their skills are assessed; only what is assessed is published",
            "Noted 1 pages of criteria beside their words, kept as comments"
        ]
    );
}

#[test]
fn hand_made_faults_are_mended_and_counted() {
    let badges = r#"[
      {"name": "Uno", "criteria": "https://a.example/one", "issuer": "Acme University", "tags": "a, b", "creditsAvailable": 1.50},
      {"name": "Two", "description": "d", "issuer": "Acme University", "criteria": ["First.", "Second."], "image": "images/two.png", "credits": "many"},
      {"type": "BadgeClass", "id": "b3", "name": "Uno", "criteria": null, "achievementType": "ext:Role", "alignments": ["https://b.example/x", {}], "image": "data:image/png;base64,AAAA"},
      {"type": ["BadgeClass"], "id": "https://a.example/4", "criteria": {"narrative": "Do."}, "issuer": {"name": "Acme University", "email": "nobody", "address": {"addressCountryCode": "AUS"}}, "endorsement": [1]}
    ]"#;
    let source = read(&[("badges.json", badges)]);
    let text = file(&source, "badges.gradus");
    assert!(text.contains("badge uno \"Uno\" {\n  by acme-university\n  tags \"a\", \"b\"\n  credit 1.5 credits\n  criteria \"<https://a.example/one>\"\n}"), "{text}");
    assert!(text.contains("badge uno-2 \"Uno\""), "{text}");
    assert!(text.contains("  # achievement type: ext:Role\n"), "{text}");
    assert!(
        text.contains("criteria \"The published badge names no criteria.\""),
        "{text}"
    );
    assert!(text.contains("badge badge-4 \"4\""), "{text}");
    assert!(text.contains("  # endorsement: [1]\n"), "{text}");
    assert!(file(&source, "issuers.gradus").contains("  country AU\n  # email: nobody\n"));
    assert_eq!(
        findings(&source),
        [
            "Skipped 1 alignments that name nothing, left out",
            "Mended 1 alignments without the name of their target",
            "Mended 2 badges that do not say that they are one",
            "Mended 1 badges that name no issuer, which get the only one of the download",
            "Mended 1 badges without a name",
            "Mended 2 badges without an id",
            "Mended 1 badges without criteria",
            "Mended 1 criteria in several parts, put together",
            "Mended 2 issuers that are named by a plain text",
            "Mended 1 tags in one text, taken apart at the commas",
            "Noted 1 `email` of issuers that the language has no place for, kept as comments",
            "Noted 1 achievement types that the language does not have, written as badges",
            "Noted 1 credits that are no number, kept as comments",
            "Noted 1 fields `endorsement`, which are not read here, kept as comments",
            "Noted 1 ids that are no absolute address, or belong to another one, kept as comments",
            "Noted 1 pictures by a path, kept as comments until they are there",
            "Noted 1 pictures that are written into the file, left out",
        ]
    );
}

#[test]
fn awards_are_unwrapped_and_nothing_is_said_of_their_holders() {
    let award = r#"{"@context": ["https://purl.imsglobal.org/spec/ob/v3p0/context.json"], "type": ["VerifiableCredential", "OpenBadgeCredential"],
      "issuer": {"id": "did:web:a.example", "type": ["Profile"], "name": "Sailors"},
      "credentialSubject": {"id": "did:example:learner", "name": "Ann Smith", "achievement": {"id": "urn:uuid:1", "type": ["Achievement"], "achievementType": "MicroCredential", "name": "Knots", "criteria": {"narrative": "Tie."}}}}"#;
    let source = read(&[("award.json", award)]);
    let text = file(&source, "badges.gradus");
    assert!(
        text.starts_with("micro-credential knots \"Knots\" {\n  by sailors\n"),
        "{text}"
    );
    assert!(
        source
            .files
            .iter()
            .all(|(_, text)| !text.contains("Ann") && !text.contains("learner"))
    );
    assert_eq!(
        findings(&source),
        ["Skipped 1 awards, of which only the badge is taken"]
    );
}

#[test]
fn editions_in_several_languages_are_one_badge() {
    let english = r#"{"type": "Achievement", "id": "https://a.example/en/1", "inLanguage": "en", "name": "Knots", "description": "Ties.", "criteria": {"narrative": "Tie."},
      "creator": {"id": "https://a.example", "type": "Profile", "name": "Sailors"}, "related": [{"id": "https://a.example/fr/1", "type": ["Related"], "inLanguage": "fr"}, {"id": "https://a.example/0", "version": "1"}]}"#;
    let french = r#"{"type": "Achievement", "id": "https://a.example/fr/1", "inLanguage": "fr", "name": "Nœuds", "description": "Noue.", "criteria": {"narrative": "Nouer."},
      "creator": {"id": "https://a.example", "type": "Profile", "name": "Marins"}, "related": [{"id": "https://a.example/en/1", "type": ["Related"], "inLanguage": "en"}]}"#;
    let source = read(&[("a.json", french), ("b.json", english)]);
    let text = file(&source, "badges.gradus");
    assert_eq!(
        text,
        r#"badge knots "Knots" {
  by sailors
  about "Ties."
  language en
  iri <https://a.example/en/1>
  criteria "Tie."
  # related: https://a.example/0
  in fr {
    name "Nœuds"
    about "Noue."
    criteria "Nouer."
  }
}
"#
    );
    assert_eq!(
        findings(&source),
        [
            "Merged 1 editions of a badge in another language",
            "Noted 1 related editions and versions that are not one badge with this, kept as comments"
        ]
    );
}

#[test]
fn what_holds_no_badge_or_no_json_is_refused() {
    let fault = read_badges(&bundle(&[("a.json", "{\"name\": \"x\"")])).expect_err("refused");
    assert!(fault.message.contains("not JSON"));
    let fault = read_badges(&bundle(&[("a.json", "{\"name\": \"x\"}")])).expect_err("refused");
    assert!(fault.message.contains("no badge"));
    let deep = "[".repeat(100_000);
    assert!(read_badges(&bundle(&[("a.json", &deep)])).is_err());
}

#[test]
fn the_catalogue_of_cognipilot_is_read_in_full() {
    let mut paths = vec!["badges-ob3/cognipilot-issuer.json".to_owned()];
    for name in [
        "board-of-directors",
        "bronze-member",
        "gold-member",
        "silver-member",
        "tsc-member",
    ] {
        paths.extend((2026..=2028).map(|year| format!("badges-ob3/cognipilot/{name}-{year}.json")));
    }
    for name in [
        "collaborator-cognipilot",
        "contributor-cognipilot",
        "maintainer-cognipilot",
        "maintainer-rumoca",
    ] {
        paths.push(format!("badges-ob3/cognipilot/{name}.json"));
    }
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let Some(bundle) = shared(&paths) else { return };
    assert!(is(&bundle));
    let source = read_badges(&bundle).expect("read");
    let text = file(&source, "badges.gradus");
    assert_eq!(
        text.matches("  iri <https://credentials.cognipilot.org/achievements/")
            .count(),
        19
    );
    assert_eq!(
        file(&source, "issuers.gradus").matches("issuer ").count(),
        1
    );
    let kinds: Vec<_> = source
        .tally
        .kinds()
        .filter(|(kind, _)| *kind == "badge")
        .collect();
    assert_eq!(
        kinds.first().map(|(_, counts)| (counts.read, counts.kept)),
        Some((19, 19))
    );
}

#[test]
fn a_list_that_tells_less_is_the_same_badge() {
    let list = r#"[{"type": ["Achievement"], "id": "https://a.example/1", "name": "Knots", "criteria": {"id": "https://a.example/1.html"}}]"#;
    let full = r#"{"type": ["Achievement"], "id": "https://a.example/1", "name": "Knots", "description": "Ties.", "criteria": {"narrative": "Tie."}, "creator": {"name": "Sailors", "id": "https://a.example"}}"#;
    let source = read(&[("index.json", list), ("knots.json", full)]);
    let text = file(&source, "badges.gradus");
    assert_eq!(text.matches("badge knots").count(), 1, "{text}");
    assert!(
        text.contains("criteria \"Tie.\"") && text.contains("by sailors"),
        "{text}"
    );
    assert_eq!(
        findings(&source),
        [
            "Merged 1 records of a badge that was read before",
            "Noted 1 pages of criteria beside their words, kept as comments"
        ]
    );
}

#[test]
fn ids_come_from_the_addresses_under_which_badges_are_published() {
    let badges = r#"[
      {"type": "BadgeClass", "id": "https://a.example/open-badges-2/chart-reader.json", "name": "Reader of Charts", "description": "d", "criteria": "Do."},
      {"type": "BadgeClass", "id": "https://a.example/badges/tables", "name": "Reader of Tables", "description": "d", "criteria": "Do."},
      {"type": "BadgeClass", "id": "https://a.example/badges/4f2c9a71", "name": "Reader of Maps", "description": "d", "criteria": "Do."},
      {"type": "BadgeClass", "id": "https://a.example/one/class-file.json", "name": "Reader of Texts", "description": "d", "criteria": "Do."},
      {"type": "BadgeClass", "id": "https://a.example/two/class-file.json", "name": "Reader of Faces", "description": "d", "criteria": "Do."}
    ]"#;
    let source = read(&[("badges.json", badges)]);
    let text = file(&source, "badges.gradus");
    for head in [
        "badge chart-reader \"Reader of Charts\"",
        "badge tables \"Reader of Tables\"",
        "badge reader-of-maps \"Reader of Maps\"",
        "badge reader-of-texts \"Reader of Texts\"",
        "badge reader-of-faces \"Reader of Faces\"",
    ] {
        assert!(text.contains(head), "{head} in {text}");
    }
    // Where the project has the same base, this address is that of another file of the badge.
    assert!(
        text.contains("# its address there: https://a.example/open-badges-2/chart-reader.json"),
        "{text}"
    );
    assert!(
        text.contains("iri <https://a.example/badges/tables>"),
        "{text}"
    );
}

#[test]
fn results_become_assessments_with_rubrics() {
    let level = |id: &str, name: &str, points: &str| {
        format!(
            r#"{{"id": "https://a.example/b#{id}", "name": "{name}", "points": "{points}", "description": "{name} work"}}"#
        )
    };
    let criterion = |own: &str, required: &str| {
        let levels = [
            level(&format!("talk.{own}.weak"), "Weak", "0"),
            level(&format!("talk.{own}.good"), "Good", "2"),
        ];
        format!(
            r#"{{"id": "https://a.example/b#talk.{own}", "name": "A talk: {own}", "resultType": "RubricCriterionLevel"{required}, "rubricCriterionLevel": [{}]}}"#,
            levels.join(",")
        )
    };
    let badge = format!(
        r#"{{"type": "Achievement", "id": "https://a.example/b", "name": "Speaker", "description": "Speaks.", "criteria": {{"narrative": "Speak."}},
          "creator": {{"id": "https://a.example/i", "name": "I"}}, "fieldOfStudy": "Arts, crafts",
          "alignment": [{{"targetName": "Speaking", "targetUrl": "https://a.example/s", "targetDescription": "Knows how to speak (Level: Basic)"}},
            {{"targetName": "Arts, crafts", "targetUrl": "https://other.example/arts"}}],
          "resultDescription": [
            {{"id": "https://a.example/b#talk", "name": "A talk", "resultType": "RawScore", "valueMax": "4", "requiredValue": "3",
              "alignment": [{{"targetUrl": "https://a.example/s"}}]}},
            {}, {},
            {{"name": "Grade", "resultType": "LetterGrade", "allowedValue": ["C", "B", "A"], "requiredValue": "B"}},
            {{"name": "Exam", "resultType": "Percent", "requiredValue": "62.5"}}]}}"#,
        criterion("voice", ""),
        criterion("pace", "")
    );
    let source = read(&[("badge.json", &badge)]);
    let text = file(&source, "badges.gradus");
    for lines in [
        "  assessment talk \"A talk\" {\n    assesses skills.speaking at basic\n    rubric voice-pace\n    pass 3 points\n  }\n",
        "  assessment grade \"Grade\" {\n    about \"Result: LetterGrade; one of C, B, A; asked for: B\"\n    # pass mark: B\n  }\n",
        "  assessment exam \"Exam\" {\n    pass 62.5%\n  }\n",
    ] {
        assert!(text.contains(lines), "{lines}\n{text}");
    }
    assert!(!text.contains("fieldOfStudy"), "{text}");
    assert_eq!(
        file(&source, "rubrics.gradus"),
        "rubric voice-pace \"voice, pace\" {\n  levels { weak 0 \"Weak\"  good 2 \"Good\" }\n  criterion voice \"voice\" {\n    weak \"Weak work\"\n    good \"Good work\"\n  }\n  criterion pace \"pace\" {\n    weak \"Weak work\"\n    good \"Good work\"\n  }\n}\n"
    );
    assert!(file(&source, "skills.gradus").contains("knows \"how to speak\""));
    let found = findings(&source);
    let levels =
        "Mended 1 levels of skills, which make a scale in the order in which badges name them";
    assert!(found.contains(&levels.to_owned()), "{found:?}");
    // A level that is asked for in each criterion.
    let required = [criterion("voice", ""), criterion("pace", "")].map(|one| {
        one.replacen(
            "\"resultType\"",
            "\"requiredLevel\": \"LEVEL\", \"resultType\"",
            1,
        )
    });
    let [one, two] = required;
    let badge = format!(
        r#"{{"type": "Achievement", "id": "https://a.example/b", "name": "Speaker", "criteria": {{"narrative": "Speak."}}, "creator": "https://a.example/i",
          "resultDescription": [{}, {}]}}"#,
        one.replace("LEVEL", "https://a.example/b#talk.voice.good"),
        two.replace("LEVEL", "https://a.example/b#talk.pace.good")
    );
    let source = read(&[("badge.json", &badge)]);
    let text = file(&source, "badges.gradus");
    let lines = "assessment talk \"A talk\" {\n    rubric voice-pace\n    pass level good\n  }";
    assert!(text.contains(lines), "{text}");
}
