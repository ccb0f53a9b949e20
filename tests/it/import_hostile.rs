//! Downloads that were spoilt, by a fixed seed: whatever is read, nothing panics and nothing takes long.
//!
//! Each format has a small sound file, which is read first. Then it is spoilt in many ways, and all that can be made of it is made:
//! a pack, source files, a table of mappings. Some of the spoilt files go through the program itself, which may refuse them and must
//! not break off; what it refuses, it does not write.

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gradus::import::assemble::{Wanted, assemble};
use gradus::import::bundle::{Bundle, BundleFile};
use gradus::import::details::Details;
use gradus::import::readers::{READERS, apart, badges};
use gradus::import::source::framework_source;
use gradus::import::{encoding, upgrade};
use gradus::mapping::read as mappings;

use crate::support::{gradus, put};

const SKOS: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
<http://x.example/all> a skos:ConceptScheme ; skos:prefLabel \"All\"@en ; skos:hasTopConcept <http://x.example/a> .\n\
<http://x.example/a> a skos:Concept ; skos:inScheme <http://x.example/all> ; skos:prefLabel \"A\"@en, \"Ah\"@fr ; skos:notation \"1\" .\n\
<http://x.example/b> a skos:Concept ; skos:broader <http://x.example/a> ; skos:prefLabel \"B\"@en ; skos:exactMatch <http://y.example/b> .\n";

/// Sound downloads, small: one of each format of frameworks, badges and mappings that is text.
const SOUND: [(&str, &str); 18] = [
    (
        "skills_en.csv",
        "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description\r\nKnowledgeSkillCompetence,http://esco.example/skill/aa-1,skill/competence,cross-sector,prune trees,\"cut branches\nprune\",,released,2020-01-01,,,\"http://esco.example/s1\",Cut what is dead.\r\n",
    ),
    (
        "Occupation Data.txt",
        "O*NET-SOC Code\tTitle\tDescription\n15-9901.00\tGardeners\tThey water plants.\n",
    ),
    (
        "Technology Skills.txt",
        "O*NET-SOC Code\tTitle\tExample\tCommodity Code\tCommodity Title\n15-9901.00\tGardeners\tHose\t43231513\tHoses\n",
    ),
    ("scheme.ttl", SKOS),
    (
        "scheme.rdf",
        "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\"><skos:Concept rdf:about=\"http://x.example/a\"><skos:prefLabel xml:lang=\"en\">A</skos:prefLabel><skos:broader rdf:resource=\"http://x.example/b\"/></skos:Concept></rdf:RDF>",
    ),
    (
        "scheme.jsonld",
        r#"{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"}, "@graph": [{"@id": "http://x.example/a", "@type": "skos:Concept", "skos:prefLabel": {"en": "A", "de": "Ä"}, "skos:related": {"@id": "http://x.example/b"}}]}"#,
    ),
    (
        "asn.json",
        r#"{"http://a.example/doc": {"http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"value": "http://purl.org/ASN/schema/core/StandardDocument", "type": "uri"}]}, "http://a.example/s": {"http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"value": "http://purl.org/ASN/schema/core/Statement", "type": "uri"}], "http://purl.org/dc/terms/description": [{"value": "Tie", "type": "literal", "lang": "en"}], "http://purl.org/gem/qualifiers/isChildOf": [{"value": "http://a.example/doc", "type": "uri"}]}}"#,
    ),
    (
        "ctdl.json",
        r#"{"@context": "https://credreg.net/ctdlasn/schema/context/json", "@graph": [{"@id": "http://x.example/f", "@type": "ceasn:CompetencyFramework", "ceasn:name": {"en": "F"}}, {"@id": "http://x.example/c", "@type": "ceasn:Competency", "ceasn:competencyText": {"en": "Tie"}, "ceasn:isPartOf": "http://x.example/f", "ceasn:isChildOf": "http://x.example/d"}]}"#,
    ),
    (
        "map.json",
        r#"{"@context": "http://credreg.net/ctdl/schema/context/json", "@graph": [{"@id": "http://x.example/m", "@type": "ceterms:AlignmentMap", "ceterms:name": {"en": "M"}, "ceterms:hasPart": [{"@type": "ceterms:AlignmentObject", "ceterms:sourceNode": "http://x.example/1", "ceterms:targetNode": "http://y.example/1", "ceterms:alignmentType": "skos:closeMatch"}]}]}"#,
    ),
    (
        "digcomp.jsonld",
        r#"{"@context": {"CompetenceArea": "CompetenceArea", "CompetenceStatement": "CompetenceStatement", "ProficiencyLevel": "ProficiencyLevel"}, "@graph": [{"@type": "CompetenceArea", "@id": "CompetenceArea/1", "name": "Finding"}, {"@type": "ProficiencyLevel", "@id": "ProficiencyLevel/Basic_1", "four_levels_name": "Basic", "eight_levels_mapping": 1}, {"@type": "CompetenceStatement", "@id": "CompetenceStatement/1", "description": "Look.", "competence_area_id": "CompetenceArea/1", "four_levels_proficiency_name": "ProficiencyLevel/Basic"}]}"#,
    ),
    (
        "case.json",
        r#"{"CFDocument": {"identifier": "d", "title": "T", "version": "1"}, "CFItems": [{"identifier": "a", "fullStatement": "A"}, {"identifier": "b", "fullStatement": "B"}], "CFAssociations": [{"associationType": "isChildOf", "originNodeURI": {"identifier": "a"}, "destinationNodeURI": {"identifier": "b"}}, {"associationType": "exactMatchOf", "originNodeURI": {"uri": "http://x.example/1"}, "destinationNodeURI": {"uri": "http://x.example/2"}}]}"#,
    ),
    (
        "rsd.json",
        r#"[{"id": "http://x.example/1", "uuid": "u", "skillName": "S", "skillStatement": "Do", "keywords": ["k"]}]"#,
    ),
    (
        "nice.json",
        r#"{"response": {"elements": {"documents": [{"doc_identifier": "SP_800_181_2", "version": "2"}], "elements": [{"doc_identifier": "SP_800_181_2", "element_type": "work_role", "element_identifier": "OG-WRL-001", "title": "R"}, {"element_type": "task", "element_identifier": "T0001", "text": "Do"}], "relationships": [{"source_element_identifier": "OG-WRL-001", "dest_element_identifier": "T0001", "dest_doc_identifier": "SP_800_181_2", "relationship_identifier": "p"}]}}}"#,
    ),
    (
        "table.csv",
        "code;name;name_fr;parent;status\n1;Wood;Bois;;\n1.1;\"Saw; cut\";;1;deprecated\n",
    ),
    (
        "badge.json",
        r#"[{"type": "Achievement", "id": "https://a.example/b", "name": "Speaker", "description": "Speaks.", "inLanguage": "en", "criteria": {"narrative": "Speak."}, "creator": {"id": "https://a.example/i", "name": "I"}, "creditsAvailable": 1.5, "related": [{"id": "https://a.example/b.fr", "inLanguage": "fr"}], "alignment": [{"targetName": "S", "targetUrl": "https://a.example/s", "targetDescription": "Can speak (Level: Basic)"}], "resultDescription": [{"id": "https://a.example/b#t", "name": "T", "resultType": "RawScore", "valueMax": "4", "requiredValue": "3", "alignment": [{"targetUrl": "https://a.example/s"}]}, {"id": "https://a.example/b#t.c", "name": "T: C", "resultType": "RubricCriterionLevel", "requiredLevel": "https://a.example/b#t.c.x", "rubricCriterionLevel": [{"id": "https://a.example/b#t.c.x", "name": "X", "points": "4", "description": "Y"}]}]}]"#,
    ),
    (
        "mappings.sssom.tsv",
        "#curie_map:\n#  x: http://x.example/\n#mapping_set_id: http://x.example/set\nsubject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\nx:1\tskos:exactMatch\tx:2\tsemapv:ManualMappingCuration\t0.5\n",
    ),
    (
        "esco-map.csv",
        "Classification 1 Name,O*NET\nClassification 2 Name,ESCO\n\nO*NET Id,O*NET Title,ESCO or ISCO URI,ESCO or ISCO Title,Type of Match\n11-1011.00,Chiefs,http://data.europa.eu/esco/occupation/1,chief,exactMatch\n",
    ),
    (
        "pack.yaml",
        "id: crafts\nversion: \"1\"\ntitle: Crafts\npublisher: Guild\nlicence: CC0\nattribution: Guild\nsource: https://guild.example\niri: https://guild.example/id\nlanguage: en\nkind-of: skills\nitems:\n  - code: \"1\"\n    label: Wood\n  - code: \"1.1\"\n    label: Sawing\n    parent: \"1\"\n    alternatives: [cutting]\n",
    ),
];

/// How many spoilt versions of each are read.
const VERSIONS: usize = 120;
/// How many of them go through the program.
const RUNS: usize = 4;
/// How long the program may take for one, in a build for tests on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);

/// A small generator of numbers: the same ones every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }
}

/// The same with something wrong in it.
fn spoilt(sound: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    const SIGNS: [&[u8]; 16] = [
        b"{",
        b"}",
        b"[",
        b"]",
        b"\"",
        b"\n",
        b"\r",
        b"\t",
        b"\\",
        b"\0",
        b"\xff",
        b"\xc3",
        b":",
        b"http://",
        b"99999999999999999999",
        b"\xef\xbb\xbf",
    ];
    let mut bytes = sound.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        match numbers.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..(at + numbers.below(40)).min(bytes.len()))),
            2 => {
                let sign = SIGNS[numbers.below(SIGNS.len())];
                bytes.splice(at..at, sign.iter().copied());
            }
            3 => {
                let again = bytes[at..(at + 60).min(bytes.len())].to_vec();
                for _ in 0..=numbers.below(20) {
                    bytes.splice(at..at, again.iter().copied());
                }
            }
            4 if !bytes.is_empty() => bytes[at] ^= 1 << numbers.below(8),
            _ => {
                let deep = "[{\"a\":".repeat(numbers.below(400));
                bytes.splice(at..at, deep.into_bytes());
            }
        }
    }
    bytes
}

/// Makes all of a download that can be made of it; whether anything could.
fn make(path: &str, bytes: Vec<u8>) -> bool {
    let mut bundle = Bundle {
        name: "download".to_owned(),
        files: vec![
            BundleFile {
                path: path.to_owned(),
                bytes,
            },
            BundleFile {
                path: "other.ttl".to_owned(),
                bytes: SKOS.into(),
            },
        ],
    };
    let _ = encoding::settle(&mut bundle);
    let _ = apart::apart(&bundle);
    bundle.files.truncate(1);
    let mut made = false;
    for reader in READERS {
        let _ = (reader.recognize)(&bundle);
        for release in (reader.read)(&bundle).unwrap_or_default() {
            let _ = framework_source(&release);
            let wanted = Wanted {
                version: Some("1".to_owned()),
                ..Wanted::default()
            };
            if let Ok(assembled) = assemble(release, &wanted, "download") {
                made = true;
                for (kind, counts) in assembled.tally.kinds() {
                    let told = counts.kept + counts.merged + counts.skipped;
                    assert_eq!(told, counts.read, "{path}: {}: {kind}", reader.name);
                }
                assert!(Details::open(&assembled.file.bytes).is_ok(), "{path}");
                let releases = upgrade::Releases::new(&assembled.pack, &assembled.pack);
                for item in assembled.pack.indexes() {
                    let _ = releases.fate(item);
                }
            }
        }
    }
    made |= badges::is(&bundle) && badges::read_badges(&bundle).is_ok();
    made |= mappings::is_mappings(&bundle) && mappings::read(&bundle).is_ok();
    made | Details::open(&bundle.files[0].bytes).is_ok()
}

#[test]
fn spoilt_downloads_break_nothing() {
    let mut numbers = Numbers(2026);
    for (path, text) in SOUND {
        assert!(make(path, text.into()), "{path} is sound");
        for _ in 0..VERSIONS {
            make(path, spoilt(text.as_bytes(), &mut numbers));
        }
    }
}

fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer.start_file(name, options).expect("an entry");
    writer.write_all(bytes).expect("written");
    writer.finish().expect("an archive").into_inner()
}

fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    builder
        .append_data(&mut header, name, bytes)
        .expect("added");
    builder.into_inner().expect("an archive")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [["code", "label"], ["1", "Wood"], ["1.1", "Sawing"]]
        .iter()
        .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (
                u32::try_from(row).expect("small"),
                u16::try_from(column).expect("small"),
            );
            sheet.write(row, column, *cell).expect("written");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// Runs the program; its exit code and what it printed.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gradus"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut errors = child.stderr.take().expect("a pipe");
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        let _ = std::io::Read::read_to_end(&mut errors, &mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("the program runs") {
            break status;
        }
        if start.elapsed() > LONGEST {
            child.kill().expect("the program ends");
            panic!("{arguments:?} takes more than {LONGEST:?}");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    (status.code(), reader.join().expect("read"))
}

#[test]
fn the_program_survives_spoilt_downloads() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut numbers = Numbers(11);
    let table = SOUND
        .iter()
        .find(|(path, _)| *path == "table.csv")
        .expect("a table")
        .1;
    let table = table.as_bytes();
    let mut sound: Vec<(String, Vec<u8>)> = SOUND
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect();
    sound.extend([
        ("table.zip".to_owned(), zip("table.csv", table)),
        ("table.tar".to_owned(), tar("table.csv", table)),
        ("table.tar.gz".to_owned(), gzip(&tar("table.csv", table))),
        ("table.csv.gz".to_owned(), gzip(table)),
        ("table.xlsx".to_owned(), workbook()),
    ]);
    for (path, bytes) in sound {
        for version in 0..=RUNS {
            let bytes = match version {
                0 => bytes.clone(),
                _ => spoilt(&bytes, &mut numbers),
            };
            std::fs::write(home.path().join(&path), &bytes).expect("written");
            for command in [
                &["import", &path, "--version", "1", "--plan"][..],
                &["import", &path, "--source", "--plan"],
                &["crosswalk", "coverage", &path],
            ] {
                let (code, errors) = run(home.path(), command);
                let fine = code.is_some_and(|code| (0..=3).contains(&code));
                assert!(
                    fine && !errors.contains("panicked"),
                    "{command:?}: {code:?} {errors}\n{bytes:?}"
                );
            }
            assert!(!home.path().join("frameworks").exists(), "{path}");
            assert!(!home.path().join("gradus.lock").exists(), "{path}");
        }
        std::fs::remove_file(home.path().join(&path)).expect("removed");
    }
}

#[test]
fn a_table_that_breaks_the_bounds_says_where() {
    let home = tempfile::tempdir().expect("a folder");
    let long = format!("code,label\n1,{}\n2,b\n", "x".repeat(17 << 20));
    put(
        home.path(),
        &[
            ("nul.csv", "code,label\n1,a\0b\n2,b\n"),
            ("long.csv", long.as_str()),
        ],
    );
    let ran = gradus(home.path(), &["import", "nul.csv", "--plan"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(ran.err.contains("nul.csv: byte 14 is zero"), "{}", ran.err);
    let ran = gradus(home.path(), &["import", "long.csv", "--plan"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err.contains("long.csv:2: a cell is larger than 16 MiB"),
        "{}",
        ran.err
    );
}
