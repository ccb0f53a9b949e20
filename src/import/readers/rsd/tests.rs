//! Small hand-written skills in every layout, and the real exports.

use super::super::real_files::{bundle, one, shown};
use super::*;

fn read_of(bundle: &Bundle) -> Release {
    assert!(is(bundle), "it is recognized");
    read(bundle).unwrap_or_else(|fault| panic!("{fault:?}"))
}

#[test]
fn a_list_a_collection_and_one_skill_are_read() {
    let skill = r#"{"type": "RichSkillDescriptor", "id": "https://skills.example/1", "uuid": "u-1", "skillName": "Stirring",
        "skillStatement": "Stir until smooth.", "status": "archived", "keywords": ["spoon"], "category": "Cooking",
        "archiveDate": null, "alignments": [{"id": "https://other.example/9", "skillName": "Mixing"}],
        "occupations": [{"code": "35-2014"}, {"code": "35-0000", "targetNodeName": "Cooks"}], "extra": {"a": 1}}"#;
    let single = read_of(&one("skill.json", skill));
    let record = &single.records[0];
    assert_eq!(
        (record.key.as_str(), record.code.as_str()),
        ("https://skills.example/1", "u-1")
    );
    assert!(record.withdrawn);
    assert_eq!(record.fields["category"], "Cooking");
    assert_eq!(record.fields["extra"]["a"], 1);
    assert!(!record.fields.contains_key("archiveDate"));
    let count = |outcome, reason| single.tally.count(outcome, reason);
    assert_eq!(count(Outcome::Noted, "occupations without a name"), 1);
    assert_eq!(
        count(
            Outcome::Noted,
            "alignments to skills of other libraries, which are kept as fields"
        ),
        1
    );

    let list = format!(
        r#"[{skill}, 7, "https://skills.example/2", {{}}, {{"skillName": "A", "skillStatement": ["x"]}}, {{"skillStatement": "Do."}}]"#
    );
    let list = read_of(&one("list.json", &list));
    assert_eq!(list.records.len(), 3);
    assert_eq!(list.records[1].key, "A");
    assert_eq!(list.records[1].fields["skillStatement"][0], "x");
    assert_eq!(list.records[2].texts[0].text, "Do.");

    let collection = format!(
        r#"{{"@context": "c", "type": "RichSkillCollection", "name": "In the Kitchen", "id": "https://skills.example/c",
            "author": "School", "status": "published", "skills": [{skill}]}}"#
    );
    let collection = read_of(&one("collection.json", &collection));
    assert_eq!(collection.head.id, "in-the-kitchen");
    assert_eq!(collection.head.publisher.as_deref(), Some("School"));
    assert_eq!(collection.head.fields["status"], "published");
    assert_eq!(
        collection.records[0].fields["collections"][0],
        "In the Kitchen"
    );
}

#[test]
fn batches_in_both_layouts_are_read() {
    let old = "Collection,Skill Name,Skill Category,Contextualized Skill Statement,Keywords,Alignment Title,Alignment,Mine\n\
        ,Stirring,Cooking; Baking,Stir until smooth.,spoon; bowl,Mixing,https://other.example/9,x\n\
        ,Stirring,,Stir slowly.,,,,\n,,,,only a keyword,,,\n";
    let release = read_of(&one("a.csv", old));
    assert_eq!(release.records.len(), 2);
    assert_eq!(release.records[0].key, "Stirring");
    assert_eq!(release.records[1].key, "Stirring (3)");
    assert_eq!(release.records[1].code, "stirring-3");
    assert_eq!(release.records[0].fields["categories"][1], "Baking");
    assert_eq!(
        release.records[0].fields["alignments"][0]["id"],
        "https://other.example/9"
    );
    assert_eq!(release.records[0].fields["Mine"], "x");
    let count = |outcome, reason| release.tally.count(outcome, reason);
    assert_eq!(
        count(
            Outcome::Noted,
            "skills with the name of an earlier one and no id"
        ),
        1
    );
    assert_eq!(
        count(
            Outcome::Skipped,
            "skills without an id, a name or a statement"
        ),
        1
    );
    let new =
        "RSD Name;Skill Statement;Authors;Occupation Major Groups\nStirring;Stir.;Me;35-0000\n";
    let release = read_of(&one("b.csv", new));
    assert_eq!(release.records[0].fields["authors"][0], "Me");
}

#[test]
fn exports_of_the_tool_are_read_in_full() {
    for (name, skills) in [
        ("osmt-v2-skills-get.json.gz", 50),
        ("osmt-v3-skills-get.json.gz", 50),
        ("osmt-v2-collection.json.gz", 24),
        ("Skills-Import.csv", 2),
    ] {
        let Some(bundle) = bundle("rsd", &[name]) else {
            return;
        };
        let release = read_of(&bundle);
        eprintln!("{name}\n{}", shown(&release));
        assert_eq!(release.records.len(), skills, "{name}");
        let keys: FxHashSet<&str> = release
            .records
            .iter()
            .map(|record| record.key.as_str())
            .collect();
        assert_eq!(keys.len(), skills, "{name}");
        assert!(
            release.records.iter().all(|record| record.texts.len() == 2),
            "{name}"
        );
        let filed = match name {
            "Skills-Import.csv" => "alignments",
            _ => "occupations",
        };
        let count = release
            .records
            .iter()
            .filter(|record| record.fields.contains_key(filed))
            .count();
        assert_eq!(count, skills, "{name}");
    }
}

#[test]
fn a_file_in_another_format_beside_them_is_told() {
    let skill = r#"[{"id": "https://skills.example/1", "uuid": "u", "skillName": "A", "skillStatement": "Do."}]"#;
    let mut two = one("list.json", skill);
    two.files
        .push(one("others.csv", "Code,Label\n1,B\n").files.remove(0));
    let release = read_of(&two);
    assert_eq!(release.records.len(), 1);
    let reason = "files in another format, of which nothing is read: import them by their own path";
    assert_eq!(release.tally.count(Outcome::Noted, reason), 1);
}
