//! Proposals: what they say, how they get into the source, and that a judgement on them is remembered.

use gradus::import::bundle::{Bundle, BundleFile};
use gradus::mapping::read;
use gradus::suggest::calibration::{curve, honest, reliability};
use gradus::suggest::concept::{Concept, Concepts, Known, Label, LabelRole, Verb};
use gradus::suggest::evaluate::{Asked, Method, evaluate};
use gradus::suggest::features::Elsewhere;
use gradus::suggest::gold;
use gradus::suggest::nearness::{Encoder, Nearness, Vectors};
use gradus::suggest::propose::{Wish, propose};
use gradus::suggest::weights;

use super::support::{gradus, put};

const PROJECT: &str = "name: small\nbase: https://badges.example.org/\n";
const SOURCE: &str = r#"use digcomp 2.2

framework data "Data literacy" {
  skill search  "Searching for data and digital content" { can "search for data" }
  skill protect "Protecting devices" { can "protect devices against threats" }
  skill netiquette "Netiquette" { can "write to others politely" }
}
"#;

fn project(text: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("folder");
    put(
        home.path(),
        &[("gradus.yaml", PROJECT), ("data.gradus", text)],
    );
    home
}

fn source(home: &tempfile::TempDir) -> String {
    std::fs::read_to_string(home.path().join("data.gradus")).expect("the source is there")
}

#[test]
fn proposals_name_code_confidence_and_words() {
    let home = project(SOURCE);
    let ran = gradus(
        home.path(),
        &[
            "suggest", "data", "--to", "digcomp", "--limit", "1", "--least", "0",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(
        ran.out.contains("digcomp:2.5 \"Netiquette\""),
        "{}",
        ran.all()
    );
    assert!(
        ran.out.contains("digcomp:4.1 \"Protecting devices\""),
        "{}",
        ran.all()
    );
    assert!(ran.out.contains("confidence 0."), "{}", ran.all());
    assert!(
        ran.out.contains("shared words: netiquette"),
        "{}",
        ran.all()
    );
    let ran = gradus(
        home.path(),
        &[
            "suggest", "data", "--to", "digcomp", "--format", "json", "--least", "0",
        ],
    );
    let lines: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(
        lines.as_array().is_some_and(|lines| !lines.is_empty()),
        "{}",
        ran.all()
    );
    let ran = gradus(
        home.path(),
        &[
            "suggest", "data", "--to", "digcomp", "--format", "csv", "--least", "0",
        ],
    );
    assert!(
        ran.out
            .starts_with("item,verb,target,label,confidence,because\n"),
        "{}",
        ran.all()
    );
}

#[test]
fn proposals_are_written_listed_and_not_made_again_once_refused() {
    let home = project(SOURCE);
    let arguments = [
        "suggest", "data", "--to", "digcomp", "--write", "--limit", "1", "--least", "0",
    ];
    let ran = gradus(home.path(), &arguments);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let written = source(&home);
    assert!(written.starts_with(SOURCE), "{written}");
    assert_eq!(written.matches(" proposed\n").count(), 3, "{written}");
    assert!(
        written.contains("crosswalk data to digcomp {\n"),
        "{written}"
    );
    let ran = gradus(home.path(), &["check", "--format", "concise"]);
    assert_eq!(
        ran.out.matches("crosswalk/proposed").count(),
        3,
        "{}",
        ran.all()
    );
    assert!(!ran.out.contains("syntax/"), "{}", ran.all());

    // An item whose proposals wait is left alone: a second run adds nothing, whatever it is asked for.
    for more in [
        &arguments[..],
        &["suggest", "data", "--to", "digcomp", "--write"],
    ] {
        let ran = gradus(home.path(), more);
        assert_eq!(ran.code, 0, "{}", ran.all());
        assert!(ran.err.contains("0 proposals written"), "{}", ran.err);
        assert!(ran.err.contains("3 items are left alone"), "{}", ran.err);
        assert_eq!(source(&home), written);
    }

    // A refusal is remembered, and states nothing.
    let refused = written.replace(" proposed\n", " refused\n");
    put(home.path(), &[("data.gradus", &refused)]);
    let ran = gradus(home.path(), &["check", "--format", "concise"]);
    assert!(!ran.out.contains("crosswalk/proposed"), "{}", ran.all());
    let again = gradus(
        home.path(),
        &[
            "suggest", "data", "--to", "digcomp", "--limit", "9", "--least", "0",
        ],
    );
    assert!(
        !again
            .out
            .contains("digcomp:2.5 \"Netiquette\"\n    confidence 1"),
        "{}",
        again.all()
    );
    for line in again
        .out
        .lines()
        .filter(|line| line.starts_with("netiquette "))
    {
        assert!(!line.contains("digcomp:2.5 "), "{}", again.all());
    }
    let ran = gradus(home.path(), &["build"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let table = std::fs::read_dir(home.path().join("dist/crosswalks"))
        .into_iter()
        .flatten();
    for entry in table.flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        assert!(!text.contains("exactMatch"), "{text}");
    }

    // Accepted: the word is gone, and the item is settled.
    let accepted = written.replace(" proposed\n", "\n");
    put(home.path(), &[("data.gradus", &accepted)]);
    let ran = gradus(
        home.path(),
        &["suggest", "data", "--to", "digcomp", "--least", "0"],
    );
    assert_eq!(ran.out, "", "{}", ran.all());
}

#[test]
fn what_rests_on_nothing_is_not_proposed_and_a_guess_says_so() {
    let home = project(&SOURCE.replace(
        "  skill netiquette",
        "  skill bread \"Sourdough\" { can \"bake a loaf of sourdough bread\" }\n  skill netiquette",
    ));
    let arguments = ["suggest", "data", "--to", "digcomp", "--limit", "30"];
    let some = gradus(home.path(), &[&arguments[..], &["--least", "0"]].concat());
    assert_eq!(some.code, 0, "{}", some.all());
    assert!(!some.out.contains("bread "), "{}", some.all());
    assert!(!some.out.contains("a guess"), "{}", some.all());
    let all = gradus(home.path(), &[&arguments[..], &["--all"]].concat());
    let lines: Vec<&str> = all.out.lines().collect();
    let guesses = lines.windows(2).filter(|pair| match pair {
        [said, why] => said.starts_with("bread ") && why.contains("a guess"),
        _ => false,
    });
    assert!(guesses.count() > 0, "{}", all.all());
    for pair in lines.windows(2) {
        if let [said, why] = pair
            && why.contains("a guess")
        {
            assert!(said.contains(" is close to "), "{said}");
        }
    }
    assert!(
        all.out.contains("netiquette is exactly digcomp:2.5"),
        "{}",
        all.all()
    );
    let both = gradus(
        home.path(),
        &[&arguments[..], &["--all", "--write"]].concat(),
    );
    assert_eq!(both.code, 2, "{}", both.all());
}

#[test]
fn a_clean_project_stays_clean_when_proposals_are_written() {
    let home = project(SOURCE);
    put(
        home.path(),
        &[("gradus.yaml", &format!("{PROJECT}coverage: 80%\n"))],
    );
    // One mapping stands with its item: no floor was asked of it before.
    let text = SOURCE.replace(
        "{ can \"write to others politely\" }",
        "{ can \"write to others politely\"  is close to digcomp:2.5 }",
    );
    put(home.path(), &[("data.gradus", &text)]);
    let check = || gradus(home.path(), &["check", "--format", "concise"]);
    let before = check();
    assert_eq!(before.code, 0, "{}", before.all());
    let ran = gradus(
        home.path(),
        &[
            "suggest", "data", "--to", "digcomp", "--write", "--limit", "1",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    let proposed = source(&home).matches(" proposed\n").count();
    assert_eq!(proposed, 2);
    let after = check();
    assert_eq!(after.code, 0, "{}", after.all());
    let new: Vec<&str> = after
        .out
        .lines()
        .filter(|line| !before.out.contains(line) && line.contains("data.gradus"))
        .collect();
    assert_eq!(new.len(), proposed, "{}", after.all());
    assert!(
        new.iter().all(|line| line.contains("crosswalk/proposed")),
        "{new:?}"
    );
    // Once a row is accepted the crosswalk is begun, and the floor holds for it; what is still proposed does not count.
    let begun = source(&home).replacen(" proposed\n", "\n", 1);
    put(home.path(), &[("data.gradus", &begun)]);
    let ran = check();
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(
        ran.out.contains("crosswalk/below-coverage-floor") && ran.out.contains("66"),
        "{}",
        ran.all()
    );
}

#[test]
fn proposals_alone_are_not_published() {
    let home = project(SOURCE);
    let ran = gradus(
        home.path(),
        &["suggest", "data", "--to", "digcomp", "--write"],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    let ran = gradus(home.path(), &["build"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(!home.path().join("dist/crosswalks").exists());
}

#[test]
fn numbers_out_of_range_are_refused_in_plain_words() {
    let home = project(SOURCE);
    for (flags, said) in [
        (&["--least", "2"][..], "between 0 and 1"),
        (&["--least", "nan"], "between 0 and 1"),
        (&["--least=-0.5"], "between 0 and 1"),
        (&["--limit", "0"], "1 or more"),
        (&["--evaluate", "x.csv", "--folds", "1"], "from 2 to 50"),
        (&["--evaluate", "x.csv", "--folds", "900"], "from 2 to 50"),
    ] {
        let ran = gradus(
            home.path(),
            &[&["suggest", "data", "--to", "digcomp"], flags].concat(),
        );
        assert_eq!(ran.code, 2, "{flags:?} {}", ran.all());
        assert!(ran.err.contains(said), "{flags:?} {}", ran.err);
    }
}

#[test]
fn frameworks_that_are_not_there_are_named() {
    let home = project(SOURCE);
    let ran = gradus(home.path(), &["suggest", "data", "--to", "digcom"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("no framework `digcom`") && ran.err.contains("digcomp"),
        "{}",
        ran.err
    );
    let ran = gradus(home.path(), &["suggest", "dta", "--to", "digcomp"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no framework `dta`"), "{}", ran.err);
    let ran = gradus(home.path(), &["suggest", "--evaluate", "none.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.all());
}

/// Names for a made-up framework: things done to materials.
fn side(pattern: impl Fn(&str, &str) -> String) -> Concepts {
    let materials = [
        "oak", "iron", "wool", "glass", "leather", "copper", "paper", "marble",
    ];
    let deeds = [
        "cutting",
        "storing",
        "selling",
        "cleaning",
        "painting",
        "measuring",
    ];
    let mut concepts = Concepts::default();
    for material in materials {
        for deed in deeds {
            concepts.items.push(Concept {
                key: format!("{material}/{deed}"),
                labels: vec![Label {
                    language: "en".to_owned(),
                    text: pattern(material, deed),
                    role: LabelRole::Preferred,
                }],
                ..Concept::default()
            });
        }
    }
    concepts
}

fn world() -> (Concepts, Concepts, Vec<Known>) {
    let source = side(|material, deed| format!("{deed} of {material}"));
    let target = side(|material, deed| format!("{material} {deed} techniques"));
    let gold = (0..48)
        .map(|at| Known {
            source: at,
            target: at,
            verb: Verb::Exact,
        })
        .collect();
    (source, target, gold)
}

#[test]
fn the_same_input_gives_the_same_proposals_on_any_number_of_threads() {
    let (source, target, gold) = world();
    let wish = Wish {
        limit: 3,
        ..Wish::default()
    };
    let known = gold.get(..20).unwrap_or_default();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(|| propose(&source, &target, known, &wish, None))
    };
    let one = run(1);
    assert_eq!(one, run(3));
    assert!(one.iter().all(|proposal| proposal.source >= 20));
    let first = |source| {
        one.iter()
            .find(|proposal| proposal.source == source)
            .map(|proposal| proposal.target)
    };
    assert_eq!(first(30), Some(30));
}

#[test]
fn an_evaluation_counts_subjects() {
    let (source, target, gold) = world();
    let asked = [Asked {
        name: "any",
        rows: gold.clone(),
    }];
    let found = evaluate(
        &source,
        &target,
        &gold,
        &asked,
        Method::CrossValidated(3),
        None,
    );
    let score = found.scores.first().expect("a score");
    assert_eq!((score.subjects, score.relation), (48, "any"));
    assert!(
        score.hit_1 > 0.9 && score.hit_10 >= score.hit_1 && score.mrr_10 >= score.hit_1,
        "{score:?}"
    );
    assert_eq!(found.folds, 3);
}

#[test]
fn the_shipped_weights_are_of_this_version_and_read_back_the_same() {
    let ranker = weights::shipped().expect("weights.txt fits the features");
    assert!(!ranker.related.trees.is_empty() && !ranker.honest.is_empty());
    let written = weights::write(&ranker, "test");
    assert_eq!(weights::read(&written).as_ref(), Some(&ranker));
    assert!(weights::read("set related 0.1\ntree nonsense<=1:1:2 =1 =2\n").is_none());
}

#[test]
fn confidence_rises_with_what_came_true() {
    let seen: Vec<(f32, bool)> = (0..200u8)
        .map(|at| (f32::from(at) / 200.0, at % 4 != 0 && at > 80))
        .collect();
    let curve = curve(seen.clone());
    assert!(
        curve
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.0 <= b.0 && a.1 <= b.1)),
        "{curve:?}"
    );
    assert!(honest(&curve, 0.1) < 0.1 && honest(&curve, 0.9) > 0.6);
    let said: Vec<(f32, bool)> = seen
        .iter()
        .map(|(raw, right)| (honest(&curve, *raw), *right))
        .collect();
    let (table, error) = reliability(&said);
    assert!(error < 0.15, "{error} {table:?}");
    assert_eq!(table.iter().map(|line| line.proposals).sum::<usize>(), 200);
}

#[test]
fn gold_tables_are_read_with_their_faults() {
    let text = "\u{feff},,,,,\nClassification 1 Name,ESCO,,,,\nClassification 1 Language,de,,,,\nClassification 2 Name,Systematik,,,,\n,,,,,\n\
        Classification 1 URI,Classification 1 PrefLabel,Classification 2 ID,Classification 2 PrefLabel,Mapping relation,Editorial note\n\
        http://e.example/1,\"Holz sägen\",\"K 1\",\"Sägen (Holz)\"\",skos:exactMatch,\n\
        http://e.example/2,\"Holz lagern\",\"K 2\",\"Lagern, Stapeln\",skos:narrowMatch,\n\
        ,\"\",\"K 3\",\"Nichts\",,\"no relation\"\n";
    let bundle = Bundle {
        name: "table".to_owned(),
        files: vec![BundleFile {
            path: "table.csv".to_owned(),
            bytes: text.as_bytes().to_vec(),
        }],
    };
    let table = read::read(&bundle).expect("a table").table;
    let gold = gold::of_table(&table);
    let rows: Vec<(&str, &str, Verb)> = gold
        .rows
        .iter()
        .map(|row| {
            (
                row.source.code.as_str(),
                row.target.label.as_str(),
                row.verb,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("K 1", "Holz sägen", Verb::Exact),
            ("K 2", "Holz lagern", Verb::Narrow)
        ]
    );
    let language = |end: &gold::End| end.language.clone();
    assert_eq!(gold.without, 1);
    assert_eq!(
        gold.rows
            .first()
            .map(|row| language(&row.target))
            .as_deref(),
        Some("de")
    );
}

#[test]
fn a_table_can_be_measured_with_what_the_target_framework_says_besides() {
    let end = |key: &str, label: &str| gold::End {
        key: key.to_owned(),
        label: label.to_owned(),
        language: "de".to_owned(),
        ..gold::End::default()
    };
    let table = gold::Gold {
        rows: vec![gold::GoldRow {
            source: end("x:1", "Import"),
            target: end("esco:skill/1", "Einfuhr von Waren"),
            verb: Verb::Exact,
            group: false,
        }],
        without: 0,
    };
    let mut framework = named(&["import commodities", "trade", "not in the table"]);
    for (item, (key, code)) in framework.items.iter_mut().zip([
        ("esco:skill/1", ""),
        ("esco:group", "S1.2"),
        ("esco:skill/2", ""),
    ]) {
        item.key = key.to_owned();
        item.code = code.to_owned();
        item.kind = "skill".to_owned();
        item.parents = if code.is_empty() { vec![1] } else { Vec::new() };
    }
    let (_, target, _) = table.concepts_within(&framework);
    let [only] = target.items.as_slice() else {
        panic!("{target:?}");
    };
    assert_eq!(only.label(), "Einfuhr von Waren");
    assert_eq!(only.labels.len(), 2);
    assert_eq!((only.code.as_str(), only.kind.as_str()), ("S1.2", "skill"));
    let home = tempfile::tempdir().expect("folder");
    let csv = "subject_id,subject_label,predicate_id,object_id,object_label\nx:1,Netiquette,skos:exactMatch,y:2.5,Netiquette\n";
    put(home.path(), &[("table.csv", csv)]);
    let ran = gradus(
        home.path(),
        &["suggest", "digcomp", "--evaluate", "table.csv"],
    );
    assert_eq!(ran.code, 2, "{}", ran.all());
}

/// A model that knows which words stand for the same; every other word has a direction of its own.
struct Synonyms {
    asked: std::cell::RefCell<Vec<String>>,
}

impl Encoder for Synonyms {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, String> {
        let meanings = [
            ["vehicle fleet", "fuhrpark"],
            ["bread", "brot"],
            ["ship", "schiff"],
        ];
        self.asked
            .borrow_mut()
            .extend(texts.iter().map(|text| (*text).to_owned()));
        let vector = |text: &&str| {
            let mut vector = vec![0.0; meanings.len() + 1];
            let means = meanings.iter().position(|words| words.contains(text));
            if let Some(slot) = vector.get_mut(means.unwrap_or(meanings.len())) {
                *slot = 1.0;
            }
            vector
        };
        Ok(texts.iter().map(vector).collect())
    }
}

fn named(names: &[&str]) -> Concepts {
    let concept = |name: &&str| Concept {
        key: (*name).to_owned(),
        labels: vec![Label {
            language: String::new(),
            text: (*name).to_owned(),
            role: LabelRole::Preferred,
        }],
        ..Concept::default()
    };
    Concepts {
        name: String::new(),
        items: names.iter().map(concept).collect(),
    }
}

#[test]
fn a_model_finds_what_shares_no_word_and_each_text_is_encoded_once() {
    let source = named(&["fuhrpark", "brot", "schiff"]);
    let target = named(&["glass", "bread", "vehicle fleet", "ship", "brot"]);
    let model = Synonyms {
        asked: std::cell::RefCell::default(),
    };
    let mut vectors = Vectors::default();
    let nearness = Nearness::new(&source, &target, &mut vectors, &model).expect("vectors");
    assert_eq!(nearness.nearest(0), [2]);
    assert_eq!(nearness.nearest(1), [1, 4]);
    assert!(nearness.like(0, 2) > 0.99 && nearness.like(0, 0) < 0.01);
    let again = Nearness::new(&target, &source, &mut vectors, &model).expect("vectors");
    assert_eq!(again.nearest(3), [2]);
    let mut asked = model.asked.into_inner();
    let count = asked.len();
    asked.sort();
    asked.dedup();
    assert_eq!((asked.len(), count), (7, 7));
    let wish = Wish {
        limit: 3,
        ..Wish::default()
    };
    let first = |outside| {
        let proposals = propose(&source, &target, &[], &wish, outside);
        proposals.into_iter().find(|proposal| proposal.source == 0)
    };
    assert_eq!(first(None), None);
    let found = first(Some(&nearness as &dyn Elsewhere)).expect("a proposal");
    assert_eq!((found.target, found.verb), (2, Verb::Close));
    assert!(found.confidence > 0.5, "{found:?}");
    assert_eq!(
        found.reason.line(),
        "no shared words, names alike to the model (1.00)"
    );
}

#[cfg(not(feature = "embedding"))]
#[test]
fn a_build_without_models_says_how_to_get_one_with_them() {
    let home = project(SOURCE);
    let ran = gradus(
        home.path(),
        &["suggest", "data", "--to", "digcomp", "--model", "."],
    );
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err.contains("cannot run embedding models") && ran.err.contains("--features embedding"),
        "{}",
        ran.err
    );
}

#[test]
fn two_imported_frameworks_need_no_project() {
    let home = tempfile::tempdir().expect("folder");
    let ran = gradus(
        home.path(),
        &["suggest", "digcomp", "--to", "entrecomp", "--least", "0"],
    );
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(ran.out.contains("digcomp:"), "{}", ran.all());
    let ran = gradus(home.path(), &["suggest", "digcomp", "--to", "entrcomp"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
}

#[test]
fn a_framework_is_not_mapped_to_itself() {
    let home = project(SOURCE);
    for name in ["data", "digcomp"] {
        let ran = gradus(home.path(), &["suggest", name, "--to", name]);
        assert_eq!(ran.code, 2, "{}", ran.all());
        let said = format!("`{name}` cannot be mapped to itself");
        assert!(ran.err.contains(&said), "{}", ran.err);
    }
}

#[test]
fn a_version_that_the_project_uses_is_written_to_and_another_one_is_told() {
    let home = project(SOURCE);
    let run = |to: &str| gradus(home.path(), &["suggest", "data", "--to", to, "--write"]);
    let other = run("digcomp@3.0");
    assert_eq!(other.code, 2, "{}", other.all());
    for words in [
        "the project uses `digcomp` 2.2, not 3.0",
        "`--to digcomp`, or put `use digcomp \"3.0\"` in its place",
    ] {
        assert!(other.all().contains(words), "{}", other.all());
    }
    let none = run("entrecomp");
    assert!(
        none.all().contains("write `use entrecomp \""),
        "{}",
        none.all()
    );
    let used = run("digcomp@2.2");
    assert_eq!(used.code, 0, "{}", used.all());
    let text = std::fs::read_to_string(home.path().join("data.gradus")).expect("a file");
    assert!(text.contains("proposed"), "{text}");
}
