//! No input makes a reader panic: small sound downloads, spoilt in many ways with a fixed seed, are read by every reader.

use serde_json::Value;

use super::real_files::one;
use super::*;

/// Sound downloads of the formats, small.
const SOUND: [(&str, &str); 7] = [
    (
        "case.json",
        r#"{"CFDocument": {"identifier": "d", "uri": "https://a.example/d", "title": "T", "lastChangeDateTime": "2024-01-01"},
            "CFItems": [{"identifier": "a", "fullStatement": "A\nb", "statusEndDate": "2023-01-01", "educationLevel": ["1"]},
                {"identifier": "b", "humanCodingScheme": "B", "fullStatement": "B", "CFItemTypeURI": {"title": "x"}}],
            "CFAssociations": [{"associationType": "isChildOf", "originNodeURI": {"identifier": "a"}, "destinationNodeURI": {"identifier": "b"}, "sequenceNumber": 1},
                {"associationType": "replacedBy", "originNodeURI": {"identifier": "b"}, "destinationNodeURI": {"uri": "z"}}],
            "CFDefinitions": {"CFLicenses": [{"title": "CC"}]}, "CFRubrics": [{"identifier": "r"}]}"#,
    ),
    (
        "dcwf.json",
        r#"{"elements": {"e": {"id": "e", "name": "E"}}, "roles": {"1": {"id": "1", "name": "R", "element": "e", "core_ksats": ["1"], "additional_ksats": ["1"]}},
            "ksats": {"1": {"id": "1", "description": "D", "kind": "Task"}}}"#,
    ),
    (
        "nice.json",
        r#"{"response": {"elements": {"documents": [{"doc_identifier": "SP_800_181_2", "version": "2"}], "elements": [
            {"element_type": "work_role", "element_identifier": "OG-WRL-001", "title": "R"},
            {"element_type": "task", "element_identifier": "T0001", "text": "Do"}, {"element_type": "opm_code", "element_identifier": "1"}],
            "relationships": [{"source_element_identifier": "OG-WRL-001", "dest_element_identifier": "T0001", "relationship_identifier": "p"},
            {"source_element_identifier": "OG-WRL-001", "dest_element_identifier": "1", "relationship_identifier": "p"}]}}}"#,
    ),
    (
        "rows.json",
        r#"[{"WRL-ID": "OG-WRL-001", "ID": "T0001", "KSAT": "T", "OPM-ID": "1", "Description": "Do"}]"#,
    ),
    (
        "rsd.json",
        r#"{"type": "RichSkillCollection", "name": "C", "skills": [{"id": "http://localhost/1", "uuid": "u", "skillName": "S",
            "skillStatement": "Do", "occupations": [{"code": "1"}], "alignments": [{"id": "x"}], "status": "Archived"}]}"#,
    ),
    (
        "case.csv",
        "Identifier,fullStatement,Human Coding Scheme,sequenceNumber,Is Child Of,replacedBy\na,A,1,1,,b\nb,\"B, and\nmore\",2,,a,\n",
    ),
    (
        "table.csv",
        "Title\n\ncode;name;name_fr;parent;status\n1;Wood;Bois;;\n1.1;\"Saw; cut\";;Wood;deprecated\n",
    ),
];

/// A small generator of numbers: the same ones every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let high = usize::try_from(self.0 >> 33).unwrap_or(0);
        high % end.max(1)
    }
}

fn read_by_all(path: &str, bytes: Vec<u8>) {
    let mut bundle = one(path, "");
    bundle.files[0].bytes = bytes;
    for reader in READERS {
        let _ = (reader.recognize)(&bundle);
        for release in (reader.read)(&bundle).unwrap_or_default() {
            for (kind, counts) in release.tally.kinds() {
                let told = counts.kept + counts.merged + counts.skipped;
                assert!(told <= counts.read, "{}: {kind} {counts:?}", reader.name);
            }
        }
    }
}

#[test]
fn spoilt_bytes_make_no_reader_panic() {
    const SIGNS: &[u8] = b"{}[]\",;\n\r\t\\0\xff\xc3:|";
    let mut numbers = Numbers(7);
    for (path, text) in SOUND {
        for _ in 0..40 {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=numbers.below(3) {
                let at = numbers.below(bytes.len());
                match numbers.below(4) {
                    0 => bytes.truncate(at),
                    1 => drop(bytes.drain(at..(at + numbers.below(40)).min(bytes.len()))),
                    2 => bytes.insert(at, SIGNS[numbers.below(SIGNS.len())]),
                    _ => {
                        let again = bytes[at..(at + 60).min(bytes.len())].to_vec();
                        bytes.splice(at..at, again);
                    }
                }
            }
            read_by_all(path, bytes);
        }
    }
}

#[test]
fn values_of_wrong_types_make_no_reader_panic() {
    let wrong: Vec<Value> = serde_json::from_str(
        r#"[null, true, -1, 1e300, "", "x", [], [[1]], {}, {"identifier": {"uri": 5}}]"#,
    )
    .expect("values");
    let mut numbers = Numbers(11);
    for (path, text) in SOUND.iter().filter(|(path, _)| path.ends_with(".json")) {
        let sound: Value = serde_json::from_str(text).expect("sound JSON");
        for _ in 0..60 {
            let mut spoilt = sound.clone();
            let with = wrong[numbers.below(wrong.len())].clone();
            *some_value(&mut spoilt, &mut numbers) = with;
            read_by_all(path, spoilt.to_string().into_bytes());
        }
    }
}

/// A value somewhere within.
fn some_value<'v>(value: &'v mut Value, numbers: &mut Numbers) -> &'v mut Value {
    let inner = match value {
        Value::Array(values) => values.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    if inner == 0 || numbers.below(8) == 0 {
        return value;
    }
    let at = numbers.below(inner);
    match value {
        Value::Array(values) => some_value(&mut values[at], numbers),
        Value::Object(members) => {
            some_value(members.values_mut().nth(at).expect("a member"), numbers)
        }
        other => other,
    }
}
