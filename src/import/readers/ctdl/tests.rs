//! Dialects, quirks and the real files.

use super::super::tests_support::{bundle, findings, kept_kinds, shared};
use super::*;

/// The one framework of a download.
fn one(bundle: &Bundle) -> Release {
    let mut releases = read(bundle).expect("read");
    assert_eq!(releases.len(), 1);
    releases.remove(0)
}

/// The same two competencies in three dialects.
fn dialects() -> [String; 3] {
    let graph = |p: &str, q: &str| {
        format!(
            r#"[{{"@id": "https://a.example/f", "@type": "{p}CompetencyFramework", "{p}name": {{"en-us": "Knots"}}, "{p}publisher": ["https://a.example/club"], "{p}hasTopChild": ["https://a.example/1"]}},
               {{"@id": "https://a.example/1", "@type": "{p}Competency", "{p}competencyLabel": {{"en-us": "Bends"}}, "{q}codedNotation": "1", "{q}hasChild": ["https://a.example/2"], "{p}isTopChildOf": "https://a.example/f"}},
               {{"@id": "https://a.example/2", "@type": "{p}Competency", "{p}competencyText": {{"en-us": "Tie a sheet bend.", "fr": ["Faire un nœud d'écoute."]}}, "{q}codedNotation": "1.a", "{p}weight": 2}}]"#
        )
    };
    [
        format!(
            r#"{{"@context": "https://credreg.net/ctdlasn/schema/context/json", "@id": "https://a.example/graph", "@graph": {}}}"#,
            graph("ceasn:", "ceasn:")
        ),
        format!(
            r#"{{"@context": "http://credreg.net/ctdlasn/schema/context/json", "@graph": {}}}"#,
            graph("", "")
        ),
        graph("ceasn:", "asn:"),
    ]
}

#[test]
fn every_dialect_gives_the_same_competencies() {
    for text in dialects() {
        let bundle = bundle(&[("knots.json", &text)]);
        assert!(is(&bundle) && !super::super::skos::is(&bundle), "{text}");
        let release = one(&bundle);
        assert_eq!(release.head.title.as_deref(), Some("Knots"), "{text}");
        assert_eq!(release.head.language.as_deref(), Some("en-US"));
        let codes: Vec<(&str, usize)> = release
            .records
            .iter()
            .map(|record| (record.code.as_str(), record.parents.len()))
            .collect();
        assert_eq!(codes, [("1", 0), ("1.a", 1)], "{text}");
        let child = release.records.get(1).expect("a child");
        let texts: Vec<(TextRole, &str)> = child
            .texts
            .iter()
            .map(|text| (text.role, text.language.as_str()))
            .collect();
        assert_eq!(
            texts,
            [
                (TextRole::Statement, "en-US"),
                (TextRole::Statement, "fr"),
                (TextRole::Label, "en-US"),
                (TextRole::Label, "fr")
            ]
        );
        assert!(
            child.fields.contains_key("ceasn:weight"),
            "{:?}",
            child.fields
        );
        let reason = "references that lead out of the files";
        assert_eq!(
            release.tally.count(Outcome::Noted, reason),
            1,
            "{:?}",
            findings(&release)
        );
    }
}

#[test]
fn a_context_that_is_elsewhere_is_named_and_never_fetched() {
    let text = r#"{"@context": ["https://a.example/own.json"], "@graph": [{"@id": "x", "@type": "ceasn:Competency"}]}"#;
    let fault = read(&bundle(&[("a.json", text)])).expect_err("refused");
    assert!(
        fault.message.contains("`https://a.example/own.json`"),
        "{fault:?}"
    );
}

#[test]
fn a_mapping_alone_is_no_framework() {
    let Some(bundle) = shared(&["ctdl/scqf-eqf-mapping.json"]) else {
        return;
    };
    assert!(is(&bundle));
    let fault = read(&bundle).expect_err("refused");
    assert!(
        fault.message.contains("mapping between frameworks"),
        "{fault:?}"
    );
}

#[test]
fn the_frameworks_of_onet_are_read_in_full() {
    for (file, count, tops) in [
        ("onet-basic-skills", 12, 2),
        ("onet-cross-functional-skills", 30, 5),
    ] {
        let Some(bundle) = shared(&[&format!("ctdl/{file}.ctdlasn.json")]) else {
            return;
        };
        assert!(is(&bundle));
        let release = one(&bundle);
        assert_eq!(kept_kinds(&release), [("competency", count)]);
        let roots = release
            .records
            .iter()
            .filter(|record| record.parents.is_empty());
        assert_eq!(roots.count(), tops);
        assert_eq!(
            findings(&release),
            ["Noted 1 references that lead out of the files"]
        );
        let head = &release.head;
        assert_eq!(head.language.as_deref(), Some("en-US"));
        assert_eq!(
            head.publisher.as_deref(),
            Some("U.S. Department of Labor Employment and Training Administration")
        );
        assert_eq!(head.licence.as_deref(), Some("CC BY 4.0"));
        let coded = release
            .records
            .iter()
            .filter(|record| !record.code.is_empty());
        assert_eq!(coded.count(), count);
    }
}

#[test]
fn qualifications_frameworks_have_levels() {
    let Some(bundle) = shared(&["ctdl/EQF.json"]) else {
        return;
    };
    let release = one(&bundle);
    assert_eq!(
        kept_kinds(&release),
        [("competency", 6), ("concept", 5), ("level", 2)]
    );
    let levels: Vec<(&str, Option<u32>)> = release
        .records
        .iter()
        .filter(|record| record.stands_for == Some(StandsFor::Level))
        .map(|record| (record.code.as_str(), record.rank))
        .collect();
    assert_eq!(levels, [("1", Some(1)), ("2", Some(2))]);
    let described = release
        .records
        .iter()
        .filter(|record| record.parents == ["res:level2"]);
    assert_eq!(described.count(), 3);
    assert_eq!(
        release.head.title.as_deref(),
        Some("The European Qualifications Framework")
    );

    let Some(bundle) = shared(&["ctdl/scqf.json"]) else {
        return;
    };
    let release = one(&bundle);
    assert_eq!(
        kept_kinds(&release),
        [("competency", 20), ("concept", 7), ("level", 4)]
    );
    assert_eq!(release.head.version.as_deref(), Some("revised 2012"));
    assert_eq!(
        release.head.publisher.as_deref(),
        Some("Scottish Credit and Qualifications Framework Partnership")
    );
}

#[test]
fn frameworks_of_one_graph_are_told_apart() {
    let text = r#"{"@context": "https://credreg.net/ctdlasn/schema/context/json", "@graph": [
      {"@id": "https://a.example/f", "@type": "ceasn:CompetencyFramework", "ceasn:name": {"en": "Knots"}, "ceasn:publisher": "https://a.example/club"},
      {"@id": "https://a.example/g", "@type": "ceasn:CompetencyFramework", "ceasn:name": {"en": "Sails"}, "ceasn:hasTopChild": ["https://a.example/3"]},
      {"@id": "https://a.example/1", "@type": "ceasn:Competency", "ceasn:competencyText": {"en": "Tie"}, "ceasn:isPartOf": "https://a.example/f"},
      {"@id": "https://a.example/2", "@type": "ceasn:Competency", "ceasn:competencyText": {"en": "Splice"}, "ceasn:isChildOf": "https://a.example/1"},
      {"@id": "https://a.example/3", "@type": "ceasn:Competency", "ceasn:competencyText": {"en": "Reef"}, "ceasn:exactAlignment": "https://a.example/1", "ceasn:hasProgressionLevel": "https://a.example/l"},
      {"@id": "https://a.example/4", "@type": "ceasn:Competency", "ceasn:competencyText": {"en": "Lost"}},
      {"@id": "https://a.example/l", "@type": "asn:ProgressionLevel", "ceasn:name": {"en": "First"}, "ceasn:inProgressionModel": "https://a.example/m"},
      {"@id": "https://a.example/m", "@type": "asn:ProgressionModel", "ceasn:name": {"en": "Levels"}},
      {"@id": "https://a.example/club", "@type": "ceterms:Organization", "ceterms:name": {"en": "Club"}}]}"#;
    let releases = read(&bundle(&[("a.json", text)])).expect("read");
    let said: Vec<(&str, Vec<&str>)> = releases
        .iter()
        .map(|release| {
            let labels = release.records.iter().map(|record| record.key.as_str());
            let labels = labels.filter_map(|key| key.rsplit('/').next());
            (
                release.head.title.as_deref().unwrap_or(""),
                labels.collect(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [("Knots", vec!["1", "2", "4"]), ("Sails", vec!["l", "3"])]
    );
    let reason = "competencies that name no framework of the files, kept with the first one";
    let counts: Vec<usize> = releases
        .iter()
        .map(|release| release.tally.count(Outcome::Noted, reason))
        .collect();
    assert_eq!(counts, [1, 0]);
    assert!(releases[0].head.fields.contains_key("nodes"));
    assert!(!releases[1].head.fields.contains_key("nodes"));
    assert_eq!(releases[1].relations[0].to, "https://a.example/1");
}
