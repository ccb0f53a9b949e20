//! Other people's badges and frameworks as source: what is written parses, and checks without an error.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use gradus::diag::Severity;
use gradus::import::bundle::{Bundle, BundleFile};
use gradus::import::readers::{self, badges};
use gradus::import::release::{Record, Relation, Release, TextRole};
use gradus::import::source::{SourceFiles, framework_source};
use gradus::import::tally::Outcome;
use gradus::workspace::Analysis;

use super::support;

fn bundle(files: Vec<(String, Vec<u8>)>) -> Bundle {
    Bundle {
        name: "download".to_owned(),
        files: files
            .into_iter()
            .map(|(path, bytes)| BundleFile { path, bytes })
            .collect(),
    }
}

/// Files and folders of the data outside the repository; `None`, said on the terminal, where they are not at hand.
fn shared(paths: &[&str]) -> Option<Bundle> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut files = Vec::new();
    for path in paths {
        let path = root.join(path);
        let mut found: Vec<_> = match std::fs::read_dir(&path) {
            Ok(entries) => entries
                .map(|entry| entry.expect("an entry").path())
                .collect(),
            Err(_) => vec![path],
        };
        found.sort();
        for path in found {
            let Ok(mut bytes) = std::fs::read(&path) else {
                eprintln!("SKIPPED: {} is not at hand", path.display());
                return None;
            };
            if path.extension().is_some_and(|ending| ending == "gz") {
                let mut unpacked = Vec::new();
                flate2::read::GzDecoder::new(bytes.as_slice())
                    .read_to_end(&mut unpacked)
                    .expect("a gzip file");
                bytes = unpacked;
            }
            let name = path.file_name().expect("a name").to_string_lossy();
            files.push((name.trim_end_matches(".gz").to_owned(), bytes));
        }
    }
    Some(bundle(files))
}

/// Analyzes what was written. There is no error, whatever else is found.
fn sound(source: &SourceFiles) -> Analysis {
    let files: Vec<(&str, &str)> = source
        .files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let analysis = support::analyze_files(&files, None);
    let errors: Vec<String> = analysis
        .diagnostics
        .iter()
        .filter(|found| found.rule.severity == Severity::Error)
        .map(|found| format!("{}: {}", found.rule.name, found.message))
        .collect();
    assert!(
        errors.is_empty(),
        "{}\n{:#?}",
        errors.join("\n"),
        source.files
    );
    analysis
}

/// How often each rule fires.
fn rules(analysis: &Analysis) -> BTreeMap<&'static str, usize> {
    let mut rules = BTreeMap::new();
    for found in &analysis.diagnostics {
        *rules.entry(found.rule.name).or_insert(0) += 1;
    }
    rules
}

#[test]
fn hand_made_badges_check_without_errors() {
    let badges = r#"[
      {"name": "Any \"one\" \\ two\u0007", "criteria": "https://a.example/one", "issuer": "Skill & Co.", "tags": "a, b", "creditsAvailable": 1.50},
      {"name": "Any", "description": "  leading\n\n    code\ntrailing  \nend\"\"\"", "issuer": "Skill & Co.", "criteria": ["First.", "Second."], "image": "images/two.png"},
      {"type": "BadgeClass", "id": "b3", "name": "圖表", "criteria": null, "alignments": ["https://b.example/x", "not an address", {"targetName": "x", "targetUrl": "https://b.example/a b"}]},
      {"type": ["BadgeClass"], "id": "https://a.example/4", "criteria": {"narrative": "Do."}, "issuer": {"id": "https://a.example/4", "name": "Other", "url": "a.example", "email": "nobody", "telephone": 12}},
      {"type": "Achievement", "id": "https://a.example/5", "name": {"en": "Five", "fr": "Cinq"}, "description": {"en": "Fifth"}, "inLanguage": "EN", "criteria": {}, "achievementType": "BachelorDegree",
       "creator": "https://a.example/issuer", "alignment": {"targetName": "Own", "targetUrl": "https://a.example/own", "targetCode": "O \"1\""}},
      {"type": "Achievement", "id": "https://a.example/5", "name": "Another five", "description": "Not the same", "criteria": {"narrative": "x"}, "creator": "https://a.example/issuer"},
      {"type": "Achievement", "id": "https://a.example/6", "name": "Six", "description": "Sixth", "criteria": {"narrative": "x"}, "creator": "https://a.example/issuer",
       "alignment": [{"targetName": "Own too", "targetUrl": "https://a.example/own"}, {"targetName": "5", "targetUrl": "http://data.europa.eu/snb/eqf/5"}]}
    ]"#;
    let source =
        badges::read_badges(&bundle(vec![("a.json".to_owned(), badges.into())])).expect("read");
    let analysis = sound(&source);
    let project = &analysis.project;
    let second = project
        .credentials
        .iter()
        .nth(1)
        .expect("the second badge")
        .1;
    let about = second
        .declared
        .about
        .as_ref()
        .map(|about| project.prose(about).into_owned());
    assert_eq!(
        about.as_deref(),
        Some("leading\n\n    code\ntrailing  \nend\"\"\"")
    );
    let first = project
        .credentials
        .iter()
        .next()
        .expect("the first badge")
        .1;
    assert_eq!(project.prose(&first.declared.name), "Any \"one\" \\ two");
}

#[test]
fn real_badges_check_without_errors() {
    let folders = ["badges-ob3/cognipilot-issuer.json", "badges-ob3/cognipilot"];
    if let Some(bundle) = shared(&folders) {
        let source = badges::read_badges(&bundle).expect("read");
        let analysis = sound(&source);
        assert_eq!(analysis.project.credentials.len(), 19);
        assert_eq!(analysis.project.issuers.len(), 1);
        eprintln!("cognipilot: {:?}", rules(&analysis));
    }
    if let Some(bundle) = shared(&["badges-ob3/spec-examples"]) {
        let source = badges::read_badges(&bundle).expect("read");
        let analysis = sound(&source);
        eprintln!(
            "spec examples: {} badges, {:?}",
            analysis.project.credentials.len(),
            rules(&analysis)
        );
    }
}

/// The files that an output makes of the example catalogue.
fn published(output: &str) -> Vec<(String, Vec<u8>)> {
    let home = tempfile::tempdir().expect("a folder");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/harbour");
    let out = home.path().join("dist");
    let ran = support::gradus(
        &example,
        &["build", "--only", output, "--out", &out.to_string_lossy()],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    let mut files = Vec::new();
    let mut open = vec![out.clone()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                let name = path
                    .strip_prefix(&out)
                    .expect("inside")
                    .to_string_lossy()
                    .into_owned();
                files.push((name, std::fs::read(&path).expect("a file")));
            }
        }
    }
    files.sort();
    files
}

/// Names, descriptions and criteria by language.
type Said = BTreeMap<(String, String), (String, String)>;

fn said_by_documents(files: &[(String, Vec<u8>)], kind: &str) -> Said {
    let mut said = Said::new();
    for (_, bytes) in files {
        let document: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        let is_badge = match &document["type"] {
            serde_json::Value::Array(types) => types.iter().any(|name| name == kind),
            name => name == kind,
        };
        if !is_badge {
            continue;
        }
        let text = |value: &serde_json::Value| value.as_str().unwrap_or("").trim().to_owned();
        let language = match kind {
            "Achievement" => text(&document["inLanguage"]),
            _ => text(&document["@language"]),
        };
        let narrative = text(&document["criteria"]["narrative"]);
        said.insert(
            (language, text(&document["name"])),
            (text(&document["description"]), narrative),
        );
    }
    said
}

fn said_by_source(analysis: &Analysis) -> Said {
    let project = &analysis.project;
    let mut said = Said::new();
    for (id, credential) in project.credentials.iter() {
        let own = project.language_of(credential);
        let mut languages = vec![own];
        languages.extend(
            credential
                .declared
                .name
                .translations
                .iter()
                .map(|(language, _)| *language),
        );
        for language in languages {
            let read = |prose: Option<&gradus::model::Prose>| {
                let Some(prose) = prose else {
                    return String::new();
                };
                let translated = prose
                    .translations
                    .iter()
                    .find(|(known, _)| *known == language);
                let text = translated.map_or(prose.text, |(_, text)| *text);
                project.text(text).trim().to_owned()
            };
            let name = read(Some(&credential.declared.name));
            let about = read(credential.declared.about.as_ref());
            let criteria = read(credential.criteria.as_ref());
            assert!(!criteria.is_empty(), "{id:?}");
            said.insert((project.name(language).to_owned(), name), (about, criteria));
        }
    }
    said
}

/// The badges in English, each as one document.
fn documents_of(files: &[(String, Vec<u8>)]) -> Vec<serde_json::Value> {
    let documents = files
        .iter()
        .map(|(_, bytes)| serde_json::from_slice::<serde_json::Value>(bytes).expect("JSON"));
    documents
        .filter(|document| document["inLanguage"] == "en")
        .collect()
}

/// Results, credit and alignments, counted in what was published and in what came back.
fn results_come_back(documents: &[serde_json::Value], source: &SourceFiles, analysis: &Analysis) {
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let mut results = 0;
    let mut assessments = 0;
    let mut credits = 0;
    let mut own = std::collections::BTreeSet::new();
    let text: String = source.files.iter().map(|(_, text)| text.as_str()).collect();
    for document in documents {
        let mut bases = std::collections::BTreeSet::new();
        for result in list(&document["resultDescription"]) {
            results += 1;
            let id = result["id"].as_str().expect("an id").to_owned();
            let fragment = id.split_once('#').expect("a fragment").1.to_owned();
            let base = fragment.split('.').next().expect("a part").to_owned();
            bases.insert(base);
            for level in list(&result["rubricCriterionLevel"]) {
                let words = level["description"].as_str().unwrap_or("");
                assert!(text.contains(words), "{words}");
            }
        }
        assessments += bases.len();
        credits += usize::from(document["creditsAvailable"].is_number());
        for alignment in list(&document["alignment"]) {
            let url = alignment["targetUrl"].as_str().expect("an address");
            let code = alignment["targetCode"].as_str().unwrap_or("");
            if url.contains("/frameworks/") {
                own.insert(url.to_owned());
            }
            let is_there = text.contains(&format!("<{url}>")) || text.contains(&format!(":{code}"));
            assert!(is_there, "{alignment}");
        }
    }
    assert!(results > 40 && credits > 10 && own.len() > 20);
    let kept = source.tally.kinds().find(|(kind, _)| *kind == "result");
    let kept = kept.expect("results are counted").1;
    assert_eq!((kept.read, kept.kept), (results, results));
    let project = &analysis.project;
    let back = project
        .credentials
        .iter()
        .map(|(_, one)| one.assessments.len());
    assert_eq!(back.sum::<usize>(), assessments);
    let graded = project
        .credentials
        .iter()
        .flat_map(|(_, one)| &one.assessments);
    let with_mark = graded.filter(|one| one.pass.is_some()).count();
    assert!(with_mark > 20, "{with_mark}");
    assert!(project.rubrics.len() >= 3, "{}", project.rubrics.len());
    assert_eq!(text.matches("\n  credit ").count(), credits);
    assert_eq!(project.items.len(), own.len());
    assert_eq!(text.matches("\n  skill ").count(), own.len());
    assert!(
        text.contains("\n    can \""),
        "statements are no descriptions"
    );
}

#[test]
fn our_own_catalogue_comes_back() {
    for (output, kind) in [
        ("open-badges-3", "Achievement"),
        ("open-badges-2", "BadgeClass"),
    ] {
        let files = published(output);
        let documents = said_by_documents(&files, kind);
        assert!(documents.len() > 40, "{output}: {}", documents.len());
        let bundle = bundle(files.clone());
        assert!(badges::is(&bundle), "{output}");
        let source = badges::read_badges(&bundle).expect("read");
        let analysis = sound(&source);
        let back = said_by_source(&analysis);
        for (key, words) in &documents {
            assert_eq!(back.get(key), Some(words), "{output}: {key:?}");
        }
        assert_eq!(back.len(), documents.len(), "{output}");
        if kind == "Achievement" {
            results_come_back(&documents_of(&files), &source, &analysis);
        }
        eprintln!(
            "{output}: {} badges, {:?}",
            analysis.project.credentials.len(),
            rules(&analysis)
        );
    }
}

#[test]
fn frameworks_of_every_reader_check_without_errors() {
    for paths in [
        &["asn-common-core-math/D10003FB.rdf.json.gz"][..],
        &["asn-common-core-math/blooms_taxonomy.json"],
        &["ctdl/onet-basic-skills.ctdlasn.json"],
        &["ctdl/onet-cross-functional-skills.ctdlasn.json"],
        &["ctdl/EQF.json"],
        &["ctdl/scqf.json"],
        &["digcomp-2/digcomp.ttl"],
        &["digcomp-3.0/digcomp-3.0.jsonld.gz"],
    ] {
        let Some(bundle) = shared(paths) else { return };
        let reader =
            readers::recognize(&bundle).unwrap_or_else(|| panic!("{paths:?} is not recognized"));
        let releases =
            (reader.read)(&bundle).unwrap_or_else(|fault| panic!("{paths:?}: {fault:?}"));
        let [release] = releases.as_slice() else {
            panic!("{paths:?}: one framework");
        };
        let source = framework_source(release);
        adds_up(&source);
        let analysis = sound(&source);
        let project = &analysis.project;
        eprintln!(
            "{paths:?} ({}): {} records, {} items, {} levels, {:?}",
            reader.name,
            release.records.len(),
            project.items.len(),
            project
                .scales
                .iter()
                .map(|(_, scale)| scale.levels.len())
                .sum::<usize>(),
            rules(&analysis)
        );
    }
}

#[test]
fn the_numbers_of_roles_and_statements_add_up() {
    let Some(bundle) = shared(&[
        "nice-2.1/work_roles.tsv",
        "nice-2.1/statements.tsv.gz",
        "nice-2.1/work_role_statements.tsv.gz",
        "nice-2.1/role_statement_rows.json.gz",
        "nice-2.1/categories.tsv",
        "nice-2.1/competency_areas.tsv",
    ]) else {
        return;
    };
    let reader = readers::recognize(&bundle).expect("a reader");
    let releases = (reader.read)(&bundle).expect("a release");
    let source = framework_source(&releases[0]);
    adds_up(&source);
    let mut kinds = source.tally.kinds();
    let knowledge = kinds.find(|(kind, _)| *kind == "knowledge");
    assert!(knowledge.is_some_and(|(_, one)| one.kept > 0 && one.read >= one.kept));
}

/// A release that has a bit of everything.
fn crafts() -> Release {
    let mut release = Release::default();
    release.head.id = "crafts".to_owned();
    release.head.title = Some("Crafts \"of old\"".to_owned());
    release.head.version = Some("2".to_owned());
    release.head.language = Some("en".to_owned());
    release.head.licence = Some("CC BY 4.0".to_owned());
    release.head.licence_url = Some("https://creativecommons.org/licenses/by/4.0/".to_owned());
    let mut add = |key: &str, parents: &[&str], label: &str| {
        let mut record = Record {
            key: key.to_owned(),
            code: key.to_uppercase(),
            iri: Some(format!("https://crafts.example/{key}")),
            parents: parents.iter().map(|&parent| parent.to_owned()).collect(),
            ..Record::default()
        };
        record.text(TextRole::Label, "en", label);
        release.records.push(record);
    };
    add("wood", &["turning"], "Wood");
    add("carving", &["wood"], "Carving");
    add("turning", &["wood", "metal"], "Skill");
    add(
        "lost",
        &["nowhere"],
        "A statement that is so long that nobody would take it for a name, and that goes on for a while",
    );
    add("old", &["wood"], "Carving");
    for record in &mut release.records {
        if record.key == "carving" {
            record.text(TextRole::Statement, "en", "carve a \"spoon\"");
            record.text(TextRole::Statement, "fr", "tailler une cuillère");
            record.text(TextRole::Label, "fr", "Taille");
            record.text(TextRole::Alternative, "en", "whittling");
            record.text(TextRole::Description, "en", "With a knife.\n\nSlowly.");
        }
        if record.key == "old" {
            record.withdrawn = true;
            record.successors = vec!["carving".to_owned()];
        }
    }
    let mut relate = |from: &str, to: &str, kind: &str| {
        release.relations.push(Relation {
            from: from.to_owned(),
            to: to.to_owned(),
            kind: kind.to_owned(),
            fields: BTreeMap::new(),
            spot: gradus::import::tally::Spot::default(),
        });
    };
    relate("carving", "turning", "precedes");
    relate("turning", "carving", "precedes");
    relate("carving", "wood", "precedes");
    relate("carving", "lost", "precedes");
    relate("lost", "carving", "precedes");
    relate("carving", "https://other.example/9", "exactMatch");
    relate("carving", "turning", "smells like");
    release
}

#[test]
fn a_framework_is_written_with_everything_the_language_has() {
    let source = framework_source(&crafts());
    let analysis = sound(&source);
    assert_eq!(analysis.project.items.len(), 5);
    insta::assert_snapshot!(source.files[0].1);
    let told: Vec<String> = source
        .tally
        .findings()
        .map(|(outcome, reason, finding)| format!("{outcome:?} {} {reason}", finding.count))
        .collect();
    insta::assert_snapshot!("what_the_language_has_no_place_for", told.join("\n"));
    adds_up(&source);
    let counts = |wanted: &str| {
        let mut kinds = source.tally.kinds();
        let found = kinds.find(|(kind, _)| *kind == wanted);
        found.map(|(_, one)| [one.read, one.kept, one.merged, one.skipped])
    };
    assert_eq!(counts("item"), Some([5, 5, 0, 0]));
    assert_eq!(counts("smells like"), Some([1, 0, 0, 1]));
}

/// For every kind of record, what was read is what was kept, merged and skipped.
fn adds_up(source: &SourceFiles) {
    for (kind, counts) in source.tally.kinds() {
        let sum = counts.kept + counts.merged + counts.skipped;
        assert_eq!(counts.read, sum, "{kind}: {counts:?}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 96, failure_persistence: None, ..Default::default() })]

    /// Whatever stands in a text, it comes back as it was, but for control characters and blanks around it.
    #[test]
    fn every_text_comes_back(text in "[ \\t\\n\\r\u{7}\"\\\\#{}a-c\u{e9}\u{5716}]{0,40}") {
        let mut writer = gradus::import::source::Writer::default();
        writer.open("badge a \"A\"");
        writer.text("criteria", &text);
        writer.comment("gradus", &text);
        writer.close();
        let analysis = support::analyze_text(&writer.finish(), None);
        let project = &analysis.project;
        let (_, credential) = project.credentials.iter().next().expect("a badge");
        let criteria = credential.criteria.as_ref().map(|prose| project.prose(prose).into_owned());
        let clean = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{7}', "");
        proptest::prop_assert_eq!(criteria.unwrap_or_default(), clean.trim());
    }
}

#[test]
fn badges_become_the_kinds_that_the_language_has() {
    let mut language: Vec<&str> = gradus::model::CredentialKind::ALL
        .iter()
        .map(|kind| kind.word())
        .collect();
    language.sort_unstable();
    assert_eq!(badges::KINDS, language);
}

#[test]
fn licences_of_frameworks_are_kept_or_counted() {
    let licensed = |words: Option<&str>, address: Option<&str>| {
        let mut release = crafts();
        release.head.licence = words.map(str::to_owned);
        release.head.licence_url = address.map(str::to_owned);
        let source = framework_source(&release);
        sound(&source);
        let (_, text) = source.files.first().expect("a file").clone();
        (source, text)
    };
    let count = |source: &SourceFiles, outcome, reason| source.tally.count(outcome, reason);
    let (_, text) = licensed(None, Some("https://x.example/terms"));
    assert!(
        text.contains("  licence <https://x.example/terms>\n"),
        "{text}"
    );
    let (source, text) = licensed(Some("CC BY 4.0"), None);
    let line = "  licence <https://creativecommons.org/licenses/by/4.0/> \"CC BY 4.0\"\n";
    assert!(text.contains(line), "{text}");
    let reason = "licences in words that have a known address, which is added";
    assert_eq!(count(&source, Outcome::Mended, reason), 1);
    let (source, text) = licensed(Some("House rules"), Some("house rules"));
    assert!(
        text.contains("  # licence: House rules\n  # licence: house rules\n"),
        "{text}"
    );
    let reason = "licences in words without an address, kept as comments";
    assert_eq!(count(&source, Outcome::Noted, reason), 1);
    let reason = "addresses of licences that are none, kept as comments";
    assert_eq!(count(&source, Outcome::Noted, reason), 1);
}

/// Imports what was built in `from` into an empty project, and builds it into `to`; gives the source.
fn round(home: &Path, project: &str, from: &str, to: &str) -> BTreeMap<String, String> {
    let project = home.join(project);
    std::fs::create_dir(&project).expect("a folder");
    let settings = "base: https://credentials.northgate.example/\n";
    std::fs::write(project.join("gradus.yaml"), settings).expect("a file");
    for arguments in [
        vec!["import", from, "--source"],
        vec!["build", "--only", "open-badges-3", "--out", to],
    ] {
        let ran = support::gradus(&project, &arguments);
        assert_eq!(ran.code, 0, "{}", ran.all());
    }
    let entries = std::fs::read_dir(&project).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "gradus"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("a file");
            (name.into_owned(), text)
        })
        .collect()
}

#[test]
fn what_was_imported_built_and_imported_again_is_the_same_source() {
    let home = tempfile::tempdir().expect("a folder");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cyber");
    let out = home.path().join("first/catalogue");
    let to = out.to_string_lossy();
    let ran = support::gradus(
        &example,
        &["build", "--only", "open-badges-3", "--out", &to],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    let home = home.path();
    let first = round(home, "one", "../first/catalogue", "../second/catalogue");
    let second = round(home, "two", "../second/catalogue", "../third/catalogue");
    assert_eq!(first.len(), 4);
    assert_eq!(first, second);
}
