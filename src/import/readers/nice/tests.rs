//! Small hand-written releases with every layout, and the real components.

use super::super::real_files::{bundle, file, kinds, one, shown};
use super::*;
use crate::import::release::Release;

fn read_of(bundle: &Bundle) -> Release {
    assert!(is(bundle), "it is recognized");
    read(bundle).unwrap_or_else(|fault| panic!("{fault:?}"))
}

const CPRT: &str = r#"{"response": {"elements": {
  "documents": [{"doc_identifier": "SP_800_181_9", "name": "NICE", "version": "9.0", "website": "https://nice.example"}],
  "relationship_types": [{"relationship_identifier": "projection", "description": "projection"}],
  "elements": [
    {"doc_identifier": "SP_800_181_9", "element_type": "category", "element_identifier": "OG", "title": "Oversight", "text": "Leads."},
    {"doc_identifier": "SP_800_181_9", "element_type": "work_role", "element_identifier": "OG-WRL-001", "title": "Lead", "text": "Leads all."},
    {"doc_identifier": "SP_800_181_9", "element_type": "competency_area", "element_identifier": "NF-COM-001", "title": "Access", "text": "Access."},
    {"doc_identifier": "SP_800_181_9", "element_type": "task", "element_identifier": "T0001", "title": null, "text": "Lead people"},
    {"doc_identifier": "SP_800_181_9", "element_type": "knowledge", "element_identifier": "K0001", "title": "", "text": "Knowledge of people"},
    {"doc_identifier": "SP_800_181_9", "element_type": "skill", "element_identifier": "S0001", "text": "Skill in leading"},
    {"doc_identifier": "SP_800_181_9", "element_type": "opm_code", "element_identifier": "723"},
    {"doc_identifier": "SP_800_181_9", "element_type": "withdraw_reason", "element_identifier": "WR-1", "text": "split"},
    {"doc_identifier": "SP_800_181_9", "element_type": "sort", "element_identifier": "1"},
    {"doc_identifier": "SP_800_181_9", "element_type": "task"},
    17
  ],
  "relationships": [
    {"source_element_identifier": "OG", "dest_element_identifier": "OG-WRL-001", "relationship_identifier": "projection"},
    {"source_element_identifier": "OG-WRL-001", "dest_element_identifier": "T0001", "relationship_identifier": "projection", "provenance_doc_identifier": "SP_800_181_9"},
    {"source_element_identifier": "OG-WRL-001", "dest_element_identifier": "T0001", "relationship_identifier": "projection"},
    {"source_element_identifier": "OG-WRL-001", "dest_element_identifier": "723", "relationship_identifier": "reference"},
    {"source_element_identifier": "NF-COM-001", "dest_element_identifier": "K0001", "relationship_identifier": "member_of"},
    {"source_element_identifier": "S0001", "dest_element_identifier": "WR-1", "relationship_identifier": "projection"},
    {"source_element_identifier": "S0001", "dest_element_identifier": "K0001", "relationship_identifier": "incorporated_into"},
    {"source_element_identifier": "OG-WRL-001", "dest_element_identifier": "T9999", "relationship_identifier": "projection"},
    {"source_element_identifier": "OG-WRL-001"}
  ]
}}}"#;

#[test]
fn the_export_of_nist_is_read() {
    let release = read_of(&one("cprt.json", CPRT));
    assert_eq!(release.head.version.as_deref(), Some("9.0"));
    assert_eq!(release.records.len(), 6);
    let role = &release.records[1];
    assert_eq!(role.parents, ["OG"]);
    assert_eq!(role.fields["opm_code"], "723");
    assert_eq!(role.stands_for, Some(StandsFor::Occupation));
    let skill = &release.records[5];
    assert!(skill.withdrawn);
    assert_eq!(skill.successors, ["K0001"]);
    assert_eq!(skill.fields["withdraw_reason"], "split");
    assert_eq!(skill.texts[0].text, "Skill in leading");
    let kinds: Vec<&str> = release
        .relations
        .iter()
        .map(|relation| relation.kind.as_str())
        .collect();
    assert_eq!(
        kinds,
        ["has task", "has knowledge", "has knowledge", "projection"]
    );
    let tally = &release.tally;
    let count = |outcome, reason| tally.count(outcome, reason);
    assert_eq!(count(Outcome::Skipped, "elements without an identifier"), 1);
    assert_eq!(count(Outcome::Skipped, "elements that are no objects"), 1);
    assert_eq!(count(Outcome::Skipped, "relationships without two ends"), 1);
    assert_eq!(
        count(
            Outcome::Noted,
            "relationships to elements that are not in the file"
        ),
        1
    );
    assert!(release.head.fields.contains_key("documents"));
}

/// As the tool exports other publications: more documents, types of relationship, both documents of a relationship.
#[test]
fn references_to_other_publications_lead_out_of_the_file() {
    const OTHER: &str = r#"{"requestType": 4, "response": {"requestType": 4, "elements": {
      "documents": [
        {"doc_identifier": "CSF_9_0_0", "name": "Framework", "version": "9.0.0", "website": "https://csf.example"},
        {"doc_identifier": "CIS_8", "name": "Controls", "version": "8", "website": "https://cis.example"}],
      "relationship_types": [{"relationship_identifier": "projection", "description": "has part"}],
      "elements": [
        {"doc_identifier": "CSF_9_0_0", "element_identifier": "GV", "element_type": "function", "title": "GOVERN", "text": "Rules."},
        {"doc_identifier": "CSF_9_0_0", "element_identifier": "1.1", "element_type": "subcategory", "title": "", "text": "Know the rules"}],
      "relationships": [
        {"source_element_identifier": "GV", "source_doc_identifier": "CSF_9_0_0", "dest_element_identifier": "1.1", "dest_doc_identifier": "CSF_9_0_0", "relationship_identifier": "projection", "provenance_doc_identifier": "CSF_9_0_0"},
        {"source_element_identifier": "1.1", "source_doc_identifier": "CSF_9_0_0", "dest_element_identifier": "1.1", "dest_doc_identifier": "CIS_8", "relationship_identifier": "external_reference", "provenance_doc_identifier": "CSF_9_0_0"}]
    }}}"#;
    let release = read_of(&one("csf.json", OTHER));
    assert_eq!(release.head.id, "csf-9-0-0");
    assert_eq!(release.head.version.as_deref(), Some("9.0.0"));
    let ends: Vec<(&str, &str, &str)> = release
        .relations
        .iter()
        .map(|one| (one.from.as_str(), one.kind.as_str(), one.to.as_str()))
        .collect();
    assert_eq!(
        ends,
        [
            ("GV", "projection", "1.1"),
            ("1.1", "external_reference", "CIS_8:1.1")
        ]
    );
    let reason = "relationships to elements that are not in the file";
    assert_eq!(release.tally.count(Outcome::Noted, reason), 1);
}

#[test]
fn an_export_without_the_service_around_it_is_read() {
    let body: serde_json::Value = serde_json::from_str(CPRT).expect("JSON");
    let body = body["response"]["elements"].to_string();
    assert_eq!(read_of(&one("nice.json", &body)).records.len(), 6);
}

#[test]
fn tables_and_rows_are_put_together() {
    let bundle = Bundle {
        name: "nice".to_owned(),
        files: vec![
            file("a.tsv", b"code\topm_code\tcategory\tname\tdescription\nOG-WRL-001\t723\tOG\tLead \tLeads\n\t\t\tNobody\t\n".to_vec()),
            file("b.tsv", b"code\tname\tdescription\nOG\tOversight\tLeads\n".to_vec()),
            file("c.csv", b"id,kind,text\nK0001,knowledge,Knowledge of people\nT0001,skill,Lead people\n".to_vec()),
            file("d.csv", b"work_role,kind,statement_id\nOG-WRL-001,knowledge,K0001\n".to_vec()),
            file("e.json", br#"[{"WRL-ID": "OG-WRL-001", "ID": "K0001", "KSAT": "K", "OPM-ID": "723", "Description": "Knowledge of persons"}, 5,
                {"WRL-ID": "PD-WRL-001", "ID": "S0002", "KSAT": "S", "OPM-ID": "511", "Description": "Skill in this"}]"#.to_vec()),
            file("notes.txt", b"unrelated".to_vec()),
        ],
    };
    let release = read_of(&bundle);
    let codes: Vec<&str> = release
        .records
        .iter()
        .map(|record| record.code.as_str())
        .collect();
    assert_eq!(
        codes,
        ["OG-WRL-001", "OG", "K0001", "T0001", "S0002", "PD-WRL-001"]
    );
    assert_eq!(release.relations.len(), 2);
    assert_eq!(release.records[0].texts[0].text, "Lead ");
    let count = |outcome, reason| release.tally.count(outcome, reason);
    assert_eq!(
        count(
            Outcome::Merged,
            "links between role and statement that are given twice"
        ),
        1
    );
    assert_eq!(
        count(
            Outcome::Noted,
            "statements that another file words differently"
        ),
        1
    );
    assert_eq!(
        count(
            Outcome::Noted,
            "statements whose code speaks of another kind"
        ),
        1
    );
    assert_eq!(count(Outcome::Skipped, "rows without a code"), 1);
    assert_eq!(count(Outcome::Skipped, "rows that are no objects"), 1);
    assert_eq!(
        count(
            Outcome::Mended,
            "work roles that are known by their code only"
        ),
        1
    );
}

#[test]
fn other_tables_are_not_taken_for_it() {
    for text in [
        "code,name,description\n1.1,a,b\n",
        "id,kind,text\nX1,a,b\n",
        "{}",
        "",
    ] {
        assert!(!is(&one("a.csv", text)), "{text}");
    }
    let fault = read(&one(
        "a.json",
        r#"{"elements": 1, "element_identifier": "", "element_type": ""}"#,
    ));
    assert!(fault.is_err());
}

const TABLES: [&str; 5] = [
    "categories.tsv",
    "competency_areas.tsv",
    "statements.tsv.gz",
    "work_role_statements.tsv.gz",
    "work_roles.tsv",
];

#[test]
fn the_components_of_2_1_are_read_in_full() {
    let Some(mut bundle) = bundle("nice-2.1", &TABLES) else {
        return;
    };
    let release = read_of(&bundle);
    let expected = [
        ("competency area", 11),
        ("knowledge", 662),
        ("skill", 540),
        ("task", 946),
        (CATEGORY, 5),
        (WORK_ROLE, 41),
    ];
    let mut expected: Vec<(String, usize)> = expected
        .map(|(kind, count)| (kind.to_owned(), count))
        .to_vec();
    expected.sort();
    assert_eq!(kinds(&release), expected);
    assert_eq!(release.relations.len(), 5_334);
    let tally = &release.tally;
    assert_eq!(
        tally.count(Outcome::Noted, "statements with the text of an earlier one"),
        1
    );
    assert_eq!(
        tally.count(Outcome::Noted, "statements that nothing refers to"),
        327
    );
    let twice = tally
        .findings()
        .find(|(_, reason, _)| *reason == "statements with the text of an earlier one");
    assert_eq!(
        twice.map(|(_, _, found)| found.places[0].1.as_str()),
        Some("K1299, K1287")
    );

    // The flat rows agree, and add nothing but two wordings.
    let Some(mut rows) =
        super::super::real_files::bundle("nice-2.1", &["role_statement_rows.json.gz"])
    else {
        return;
    };
    let alone = read_of(&rows);
    assert_eq!(alone.relations.len(), 5_334);
    assert_eq!(
        kinds(&alone).iter().map(|(_, count)| count).sum::<usize>(),
        41 + 2_148 - 327
    );
    bundle.files.append(&mut rows.files);
    let both = read_of(&bundle);
    eprintln!("{}", shown(&both));
    assert_eq!(both.records.len(), release.records.len());
    let ends = |release: &Release| -> Vec<(String, String)> {
        let relations = release.relations.iter();
        relations
            .map(|link| (link.from.clone(), link.to.clone()))
            .collect()
    };
    assert_eq!(ends(&both), ends(&release));
    let aligned = both
        .relations
        .iter()
        .filter(|link| link.fields.contains_key("Skills Alignment"));
    assert_eq!(aligned.count(), 178);
    assert_eq!(
        both.tally.count(
            Outcome::Merged,
            "links between role and statement that are given twice"
        ),
        5_334
    );
}
