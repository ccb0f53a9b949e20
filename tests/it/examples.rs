//! Every example is checked, built, and compared with what it gave before: each path with the hash of its bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use gradus::config::Known;
use gradus::diag::Severity;
use gradus::emit::{self, EMITTERS, Input, OutputFile};
use gradus::workspace::analysis::rule_names;
use gradus::workspace::find::{self, Target};
use gradus::workspace::read::{Parsing, load};
use gradus::workspace::{analyze, assets};
use sha2::{Digest, Sha256};

const EXAMPLES: &[&str] = &["cyber", "harbour", "single-file.gradus"];

/// All outputs of one example, built twice; it must check without a finding above a note.
fn build(example: &str) -> Vec<OutputFile> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(example);
    let target = Target {
        path: Some(path),
        config: None,
    };
    let root = find::root(&target).expect("an example is a project");
    let outputs: Vec<&str> = EMITTERS.iter().map(|emitter| emitter.name).collect();
    let rules = rule_names();
    let known = Known {
        rules: &rules,
        outputs: &outputs,
    };
    let loaded = load(&root, known, Parsing::Now).expect("an example can be read");
    let folder = root.folder.clone();
    let analysis = analyze(loaded, &|path| assets::fault_on_disk(&folder, path));
    let grave: Vec<&str> = analysis
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity > Severity::Info)
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert!(grave.is_empty(), "{example}: {grave:#?}");
    let pictures: BTreeMap<String, Vec<u8>> =
        assets::read(&analysis.project, &folder).expect("its pictures can be read");
    let input = Input {
        project: &analysis.project,
        graph: &analysis.graph,
        assets: &pictures,
    };
    let first = emit::collect(&input, &outputs).expect("its outputs fit together");
    let second = emit::collect(&input, &outputs).expect("its outputs fit together");
    assert_eq!(first, second, "{example}: two builds differ");
    first.files
}

#[test]
fn every_example_checks_clean_and_gives_what_it_gave() {
    for example in EXAMPLES {
        let mut list = String::new();
        for file in build(example) {
            let hash = Sha256::digest(&file.contents);
            let short: String = hash
                .iter()
                .take(8)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let _ = writeln!(list, "{short} {:>7} {}", file.contents.len(), file.path);
        }
        let name = example.trim_end_matches(".gradus");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots/examples" }, {
            insta::assert_snapshot!(name, list);
        });
    }
}

#[test]
fn every_example_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .expect("the examples")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name != "README.md" && name != "dist")
        .collect();
    found.sort();
    assert_eq!(found, EXAMPLES);
}
