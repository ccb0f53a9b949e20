//! Where records disagree, and what the language has no place for: nothing goes without a count.

use super::super::tests_support::{bundle, has_all};
use super::*;

fn read(text: &str) -> SourceFiles {
    read_badges(&bundle(&[("a.json", text)])).unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn file<'s>(source: &'s SourceFiles, name: &str) -> &'s str {
    let mut files = source.files.iter();
    let found = files.find(|(known, _)| known == name);
    found.map_or("", |(_, text)| text.as_str())
}

fn findings(source: &SourceFiles) -> Vec<String> {
    let found = source.tally.findings();
    found
        .map(|(outcome, reason, finding)| format!("{outcome:?} {} {reason}", finding.count))
        .collect()
}

#[test]
fn names_of_issuers_and_tags_come_in_all_languages() {
    let edition = |tag: &str, other: &str, name: &str, words: &str| {
        format!(
            r#"{{"type": "Achievement", "id": "https://a.example/{tag}/1", "inLanguage": "{tag}", "name": "{tag}", "description": "d", "tag": ["{words}"],
            "criteria": {{"narrative": "x", "id": "https://a.example/{tag}/page"}}, "creator": {{"id": "https://a.example/i", "type": "Profile", "name": "{name}"}},
            "related": [{{"id": "https://a.example/{other}/1", "type": ["Related"], "inLanguage": "{other}"}}]}}"#
        )
    };
    let badges = [
        edition("fr", "en", "Marins", "corde"),
        edition("en", "fr", "Sailors", "rope"),
    ];
    let source = read(&format!("[{}]", badges.join(",")));
    assert_eq!(
        file(&source, "issuers.gradus"),
        "issuer sailors \"Sailors\" {\n  iri <https://a.example/i>\n  in fr {\n    name \"Marins\"\n  }\n}\n"
    );
    let text = file(&source, "badges.gradus");
    assert!(text.contains("  in fr {\n    name \"fr\"\n    about \"d\"\n    criteria \"x\"\n    tags \"corde\"\n    # criteria page: https://a.example/fr/page\n  }"), "{text}");
}

#[test]
fn records_that_disagree_are_counted_field_by_field() {
    let records = r#"[
      {"type": "Achievement", "id": "https://a.example/1", "name": "Knots", "version": "1", "humanCode": "A", "creditsAvailable": 1, "achievementType": "Badge",
       "image": "https://a.example/1.png", "criteria": {"narrative": "x", "id": "https://a.example/p"}, "creator": "https://a.example/i"},
      {"type": "Achievement", "id": "https://a.example/1", "name": "Knots", "version": "2", "humanCode": "B", "creditsAvailable": 2, "achievementType": "Course",
       "image": "https://a.example/2.png", "criteria": {"narrative": "x", "id": "https://a.example/q"}, "creator": "https://a.example/j",
       "alignment": {"targetName": "More", "targetUrl": "https://b.example/more"}},
      {"type": "Issuer", "id": "https://a.example/i", "name": "Sailors", "url": "https://a.example", "email": "a@a.example"},
      {"type": "Issuer", "id": "https://a.example/i", "name": "Seafarers", "url": "https://b.example", "email": "b@a.example"}]"#;
    let source = read(records);
    let found = findings(&source);
    for field in [
        "version",
        "code",
        "credit",
        "kind",
        "picture",
        "criteria page",
    ] {
        let reason = format!(
            "Merged 1 records of a badge that say another {field} than the first, which counts"
        );
        assert!(found.contains(&reason), "{reason}\n{found:#?}");
    }
    for field in ["name", "url", "email"] {
        let reason = format!(
            "Merged 1 records of an issuer that say another {field} than the first, which counts"
        );
        assert!(found.contains(&reason), "{reason}\n{found:#?}");
    }
    let reason =
        "Merged 1 records of a badge that name another issuer than the first, which counts";
    assert!(found.contains(&reason.to_owned()), "{found:#?}");
    let text = file(&source, "badges.gradus");
    assert!(
        text.contains("relates to <https://b.example/more> \"More\""),
        "{text}"
    );
}

#[test]
fn what_issuers_cannot_have_stays_as_comments_and_is_counted() {
    let source = read(
        r#"[{"type": "Achievement", "id": "https://a.example/1", "name": "Knots", "criteria": {"narrative": "x"}, "creator":
        {"id": "https://a.example/i", "type": "Profile", "name": "Sailors", "url": "a.example", "email": "nobody", "image": "data:image/png;base64,AA", "parentOrg": "Sea",
         "address": {"type": "Address", "addressCountry": "Nowhere", "streetAddress": "1 Quay", "postalCode": "1"}}}]"#,
    );
    let text = file(&source, "issuers.gradus");
    let found = findings(&source);
    for (field, comment) in [
        ("url", "# url: a.example"),
        ("email", "# email: nobody"),
        ("image", "# image: a picture in the file itself"),
        ("country", "# country: Nowhere"),
        ("streetAddress", "# streetAddress: 1 Quay"),
        ("postalCode", "# postalCode: 1"),
        ("parentOrg", "# parentOrg: Sea"),
    ] {
        assert!(text.contains(comment), "{comment}\n{text}");
        let reason = format!(
            "Noted 1 `{field}` of issuers that the language has no place for, kept as comments"
        );
        assert!(found.contains(&reason), "{reason}\n{found:#?}");
    }
}

#[test]
fn further_values_and_fields_of_alignments_are_kept_as_comments() {
    let source = read(
        r#"[{"type": "Achievement", "id": "https://a.example/1", "name": [{"@value": "Knots", "@language": "en"}, {"@value": "Nœuds", "@language": "fr"}, {"@value": "Ropes", "@language": "en"}],
        "humanCode": ["A", "B"], "inLanguage": "en", "description": {"fr": "Noue."},
        "criteria": {"narrative": [{"@value": "Tie.", "@language": "en"}, {"@value": "Nouer.", "@language": "fr"}], "weight": 2},
        "creator": {"id": "https://a.example/i", "type": "Profile", "name": "Sailors"},
        "alignment": [
          {"targetName": "EQF 3", "targetUrl": "http://data.europa.eu/snb/eqf/3", "targetDescription": "Third of eight", "strength": 1},
          {"targetName": "Rope", "targetUrl": "https://a.example/rope", "targetCode": ["R", "S"], "strength": 2}]}]"#,
    );
    let text = file(&source, "badges.gradus");
    has_all(
        text,
        &[
            "# humanCode: B",
            "# name: Ropes",
            "# criteria, weight: 2",
            "# eqf:3, which is said there: Third of eight | strength: 1",
            "  in fr {\n    name \"Nœuds\"\n",
            "    criteria \"Nouer.\"\n",
        ],
    );
    let skills = file(&source, "skills.gradus");
    assert!(
        skills.contains("    # strength: 2\n    # targetCode: S\n"),
        "{skills}"
    );
    let found = findings(&source);
    for reason in [
        "Noted 1 further values of `humanCode`, of which one is read, kept as comments",
        "Noted 1 further values of `name`, of which one is read, kept as comments",
        "Noted 1 `weight` of criteria, which is not read here, kept as a comment",
        "Noted 3 alignments of which more is said than the language has a place for, kept as comments",
    ] {
        assert!(found.contains(&reason.to_owned()), "{reason}\n{found:#?}");
    }
}

#[test]
fn what_the_main_language_lacks_is_kept_as_a_comment() {
    let source = read(
        r#"[{"type": "Achievement", "id": "https://a.example/1", "name": {"en": "Knots", "fr": "Nœuds"}, "inLanguage": "en",
        "criteria": {"narrative": {"fr": "Nouer."}}, "creator": "https://a.example/i"},
        {"type": "Achievement", "id": "https://a.example/2", "inLanguage": "en", "name": "Ropes", "related": [{"id": "https://a.example/3", "inLanguage": "fr"}],
        "criteria": "https://a.example/2.html", "creator": "https://a.example/i"},
        {"type": "Achievement", "id": "https://a.example/3", "inLanguage": "fr", "name": "Cordes", "description": "Sur les cordes.", "tag": ["corde"],
        "criteria": {"narrative": "Lire."}, "image": {"id": "https://a.example/3.png", "caption": "Une corde"}, "creator": "https://a.example/i"}]"#,
    );
    let text = file(&source, "badges.gradus");
    has_all(
        text,
        &[
            "    # about: Sur les cordes.\n",
            "    # alt: Une corde\n",
            "    # criteria: Lire.\n",
            "    # tags: \"corde\"\n",
        ],
    );
    let reason = "texts in another language that the main one lacks, kept as comments";
    assert_eq!(source.tally.count(Outcome::Noted, reason), 4);
}
