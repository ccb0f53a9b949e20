//! Skills of an issuer's own: levels, statements, names of frameworks, in all languages.

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

/// A badge in a language with one skill, which is assessed.
fn badge(number: u32, tag: &str, other: &str, said: &str) -> String {
    format!(
        r##"{{"type": "Achievement", "id": "https://a.example/{number}{tag}", "name": "Badge {number} {tag}", "description": "x", "inLanguage": "{tag}",
        "criteria": {{"narrative": "Do."}}, "creator": {{"id": "https://a.example/", "type": "Profile", "name": "School"}},
        "related": [{{"id": "https://a.example/{number}{other}", "type": "Related", "inLanguage": "{other}"}}],
        "alignment": [{{"targetUrl": "https://a.example/s/rope", {said}}}],
        "resultDescription": [{{"id": "#t", "name": "Test", "resultType": "Percent", "requiredValue": "50", "alignment": [{{"targetUrl": "https://a.example/s/rope"}}]}}]}}"##
    )
}

#[test]
fn levels_of_skills_make_a_scale_in_all_languages() {
    let badges = [
        badge(
            1,
            "en",
            "fr",
            r#""targetName": "Rope", "targetFramework": "Sea", "targetDescription": "Can tie; Knows ropes (Level: Deckhand)""#,
        ),
        badge(
            1,
            "fr",
            "en",
            "\"targetName\": \"Corde\", \"targetFramework\": \"Mer\", \"targetDescription\": \"Sait nouer\u{a0}; Connaît les cordes (Niveau\u{a0}: Matelot)\"",
        ),
        badge(
            2,
            "en",
            "fr",
            r#""targetName": "Rope", "targetFramework": "Sea", "targetDescription": "Can tie; Knows ropes (Level: Mate)""#,
        ),
    ];
    let source = read(&format!("[{}]", badges.join(",")));
    assert_eq!(
        file(&source, "skills.gradus"),
        "# in the order in which badges name them; put the lowest level first
scale sea-levels \"Levels of Sea\" {
  deckhand \"Deckhand\"
  mate \"Mate\"
  in fr {
    deckhand \"Matelot\"
  }
}

# as far as badges name them
framework sea \"Sea\" {
  scale sea-levels
  skill rope \"Rope\" {
    can \"tie\"
    knows \"ropes\"
    iri <https://a.example/s/rope>
    in fr {
      name \"Corde\"
      can \"nouer\"
      knows \"les cordes\"
    }
  }
  in fr { name \"Mer\" }
}
"
    );
    let text = file(&source, "badges.gradus");
    has_all(
        text,
        &[
            "teaches sea.rope at deckhand",
            "assesses sea.rope at deckhand",
            "teaches sea.rope at mate",
            "assesses sea.rope at mate",
        ],
    );
    let reason = "levels of skills, which make a scale in the order in which badges name them";
    assert_eq!(source.tally.count(Outcome::Mended, reason), 2);
    // Results name skills without levels: that they get the badge's is told, with the places.
    let reason = "skills of results, to which the level is given that their badge names as a whole";
    let mut findings = source.tally.findings();
    let found = findings.find(|(_, known, _)| *known == reason);
    let (outcome, _, finding) = found.expect("the levels are counted");
    assert_eq!((outcome, finding.count), (Outcome::Mended, 2));
    let words = finding.places.iter().map(|(_, words)| words.as_str());
    assert!(words.eq(["sea.rope at deckhand", "sea.rope at mate"]));
}

#[test]
fn what_badges_say_otherwise_of_a_skill_is_counted() {
    let badges = [
        badge(
            1,
            "en",
            "fr",
            r#""targetName": "Rope", "targetDescription": "Can tie", "targetCode": "R""#,
        ),
        badge(
            1,
            "fr",
            "en",
            r#""targetName": "Corde", "targetDescription": "Sait nouer; Connaît les cordes""#,
        ),
        badge(
            2,
            "en",
            "fr",
            r#""targetName": "Ropes", "targetDescription": "Can splice", "targetCode": "S", "targetFramework": "Sea""#,
        ),
    ];
    let source = read(&format!("[{}]", badges.join(",")));
    for field in ["name", "code", "description"] {
        let reason = format!(
            "skills of which a badge says another {field} than the first; the first counts"
        );
        assert_eq!(source.tally.count(Outcome::Merged, &reason), 1, "{field}");
    }
    let reason = "statements of skills in another language that do not fit those of the main one, kept as comments";
    assert_eq!(source.tally.count(Outcome::Noted, reason), 1);
    let text = file(&source, "skills.gradus");
    assert!(
        text.contains("# says: Sait nouer; Connaît les cordes"),
        "{text}"
    );
}

#[test]
fn relations_of_skills_and_badges_to_targets_elsewhere_come_back() {
    let source = read(
        r#"{"type": "Achievement", "id": "https://a.example/1", "name": "Knots", "description": "x", "criteria": {"narrative": "Do."}, "creator": "https://a.example/i",
        "alignment": [{"targetName": "Rope", "targetUrl": "https://a.example/rope"},
          {"targetName": "Ropework", "targetUrl": "https://b.example/rope", "targetDescription": "Wider than “Rope”, and includes it", "targetFramework": "B", "targetCode": "1"},
          {"targetName": "Tying", "targetUrl": "https://b.example/tie", "targetDescription": "Close to “Knots”"},
          {"targetName": "Sailing", "targetUrl": "https://b.example/sail", "targetDescription": "Wider than “Wind”, and includes it"}]}"#,
    );
    let skills = file(&source, "skills.gradus");
    let within = "    is within <https://b.example/rope> \"Ropework\"  # B, 1\n";
    assert!(skills.contains(within), "{skills}");
    let text = file(&source, "badges.gradus");
    has_all(
        text,
        &[
            "  is close to <https://b.example/tie> \"Tying\"\n",
            "  relates to <https://b.example/sail> \"Sailing\"\n",
            "  # aligned with: Sailing | Wider than “Wind”, and includes it\n",
        ],
    );
    assert!(!text.contains("Ropework"), "{text}");
    let reason = "frameworks and codes of targets elsewhere, kept as comments: a mapping has them once the framework is imported and its code written";
    assert_eq!(source.tally.count(Outcome::Noted, reason), 1);
}
