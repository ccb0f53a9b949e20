//! What a finding advises mends it: every help is followed to the letter in the failing example of its page.
//!
//! Three ways: mends that the finding carries as edits; helps that name the one text to write in place of the underlined one;
//! and the edits of `tests/cases/helps/`, one file for each family, for advice that a person has to carry out. After each, the
//! finding is gone and no error stands that was not there before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use gradus::check::{self, Entry, RULES};
use gradus::diag::{Diagnostic, Edit, Severity};
use gradus::import::pack::Pack;
use gradus::source::Place;

use crate::rules::{blocks, findings_with, section, yaml};

/// Rules whose finding is no matter of one text: `helps_files.rs` follows their help with the program, `rule_helps.rs` that of
/// blocks that are too deep.
const ELSEWHERE: &[&str] = &[
    "project/bad-accepted-break",
    "project/bad-lock",
    "project/bad-pack",
    "project/no-file",
    "project/pack-changed",
    "publish/changed-without-version",
    "publish/id-changed",
    "publish/released-damaged",
    "syntax/bad-encoding",
    "syntax/control-character",
    "syntax/too-deep",
];

/// A text with its project file.
#[derive(Clone)]
struct Case {
    text: String,
    project_file: Option<String>,
    packs: Vec<Arc<Pack>>,
}

impl Case {
    /// The failing example of a rule's page.
    fn example(entry: &Entry) -> Option<Self> {
        let shown = section(entry.page, "Example");
        let (project_file, packs) = yaml(shown);
        Some(Self {
            text: blocks(shown, "gradus").pop()?,
            project_file,
            packs,
        })
    }

    fn findings(&self) -> Vec<Diagnostic> {
        findings_with(&self.text, self.project_file.as_deref(), self.packs.clone()).1
    }

    /// With a first occurrence replaced, in the text or else in the project file; `None` where neither has it.
    fn with(&self, from: &str, to: &str) -> Option<Self> {
        let mut case = self.clone();
        if self.text.contains(from) {
            case.text = self.text.replacen(from, to, 1);
        } else {
            let file = self.project_file.as_ref()?;
            file.contains(from).then_some(())?;
            case.project_file = Some(file.replacen(from, to, 1));
        }
        Some(case)
    }

    /// With edits made, last one first.
    fn edited(&self, edits: &[Edit]) -> Self {
        let mut case = self.clone();
        let mut edits: Vec<&Edit> = edits.iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.span));
        for edit in edits {
            let range = edit.place.span.start as usize..edit.place.span.end as usize;
            let file = match (edit.place.file.0, &mut case.project_file) {
                (0, _) => &mut case.text,
                (_, Some(file)) => file,
                (_, None) => continue,
            };
            file.replace_range(range, &edit.text);
        }
        case
    }
}

/// What is wrong after advice was followed: the rule still fires, or an error is new.
fn left(rule: &str, before: &[Diagnostic], after: &[Diagnostic]) -> Vec<String> {
    let known: BTreeSet<(&str, &str)> = before
        .iter()
        .map(|found| (found.rule.name, found.message.as_str()))
        .collect();
    after
        .iter()
        .filter(|found| {
            let new = !known.contains(&(found.rule.name, found.message.as_str()));
            found.rule.name == rule || found.severity == Severity::Error && new
        })
        .map(|found| format!("{}: {}", found.rule.name, found.message))
        .collect()
}

/// The text that a help says to write in place of the underlined one, where it names exactly one.
fn meant(help: &str) -> Option<&str> {
    const OPENINGS: &[&str] = &[
        "did you mean `",
        "write `",
        "use `",
        "choose another id, for instance `",
        "publish over https: `",
    ];
    let rest = OPENINGS
        .iter()
        .find_map(|opening| help.strip_prefix(opening))?;
    let (text, after) = rest.split_once('`')?;
    if !(after.is_empty() || after.starts_with([',', ';', '?'])) {
        return None;
    }
    // A usage or a rule with a place to fill in is no replacement.
    (!text.contains('…') && !text.contains(' ')).then_some(text)
}

#[test]
fn mends_that_findings_carry_mend_them() {
    let mut faults = Vec::new();
    let mut followed = 0;
    for entry in RULES {
        let Some(case) = Case::example(entry) else {
            continue;
        };
        let before = case.findings();
        for found in before.iter().filter(|found| found.rule == entry.rule) {
            if found.fix.is_empty() {
                continue;
            }
            followed += 1;
            let after = case.edited(&found.fix).findings();
            for line in left(entry.rule.name, &before, &after) {
                faults.push(format!("{}: after its mend: {line}", entry.rule.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(followed >= 7, "{followed} mends");
}

#[test]
fn what_a_help_says_to_write_mends_the_finding() {
    // A framework is named again in every reference to it: that is followed in the cases.
    const NAMED_AGAIN: &[&str] = &["name/unknown-framework"];
    let mut faults = Vec::new();
    let mut followed = BTreeSet::new();
    for entry in RULES {
        let name = entry.rule.name;
        let Some(case) = Case::example(entry) else {
            continue;
        };
        let before = case.findings();
        for found in before.iter().filter(|found| found.rule == entry.rule) {
            let Some(text) = found.help.as_deref().and_then(meant) else {
                continue;
            };
            if NAMED_AGAIN.contains(&name) || found.place.span.is_empty() {
                continue;
            }
            followed.insert(name);
            let edit = Edit {
                place: found.place,
                text: text.to_owned(),
            };
            let after = case.edited(&[edit]).findings();
            for line in left(name, &before, &after) {
                faults.push(format!("{name}: with `{text}`: {line}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(followed.len() >= 11, "{followed:?}");
}

/// One way to follow a help: the rule, and texts with what takes their place.
struct Way {
    rule: String,
    edits: Vec<(String, String)>,
}

/// The ways of a file: the name of a rule, then pairs of lines, `- before` and `+ after`, where `\n` is a line end.
fn ways(file: &str) -> Vec<Way> {
    let plain = |text: &str| {
        let text = text.strip_prefix(' ').unwrap_or(text);
        text.replace("\\n", "\n").replace("\\\\", "\\")
    };
    let mut ways: Vec<Way> = Vec::new();
    for line in file.lines() {
        match (line.get(..1), ways.last_mut()) {
            (None | Some("#"), _) => {}
            (Some("-"), Some(way)) => way.edits.push((plain(&line[1..]), String::new())),
            (Some("+"), Some(way)) => {
                if let Some((_, after)) = way.edits.last_mut() {
                    *after = plain(&line[1..]);
                }
            }
            (Some(_), _) => ways.push(Way {
                rule: line.to_owned(),
                edits: Vec::new(),
            }),
        }
    }
    ways
}

#[test]
fn advice_followed_by_hand_mends_the_finding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/helps");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder of helps")
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    let mut faults = Vec::new();
    let mut followed: BTreeMap<&str, usize> = BTreeMap::new();
    for file in files {
        for way in ways(&fs::read_to_string(&file).expect("text")) {
            let rule = way.rule.as_str();
            let entry = check::find(rule).unwrap_or_else(|| panic!("no rule {rule}"));
            let example = Case::example(entry).unwrap_or_else(|| panic!("{rule} has no example"));
            let before = example.findings();
            let mut case = example;
            for (from, to) in &way.edits {
                match case.with(from, to) {
                    Some(next) => case = next,
                    None => faults.push(format!("{rule}: the example has no {from:?}")),
                }
            }
            *followed.entry(entry.rule.name).or_default() += 1;
            for line in left(rule, &before, &case.findings()) {
                faults.push(format!("{rule}: after {:?}: {line}", way.edits));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let carried = |entry: &Entry| {
        let found = Case::example(entry).map(|case| case.findings());
        found.is_some_and(|found| {
            found
                .iter()
                .any(|found| found.rule == entry.rule && !found.fix.is_empty())
        })
    };
    let unfollowed: Vec<&str> = RULES
        .iter()
        .filter(|entry| !followed.contains_key(entry.rule.name) && !carried(entry))
        .map(|entry| entry.rule.name)
        .collect();
    assert_eq!(
        unfollowed, ELSEWHERE,
        "rules whose help nobody has followed"
    );
}

/// All mends of a file at once, as `--fix` makes them: what is left is what no mend was offered for.
#[test]
fn mends_in_files_with_many_faults_bring_no_new_errors() {
    let mut faults = Vec::new();
    let mut followed = 0;
    for folder in ["syntax", "linking"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/cases")
            .join(folder);
        let mut files: Vec<_> = fs::read_dir(folder)
            .expect("a folder of cases")
            .map(|file| file.expect("a file").path())
            .collect();
        files.sort();
        for file in files {
            let case = Case {
                text: fs::read_to_string(&file).expect("text"),
                project_file: None,
                packs: Vec::new(),
            };
            let before = case.findings();
            let mut edits: Vec<Edit> = Vec::new();
            for found in before.iter().filter(|found| !found.fix.is_empty()) {
                followed += 1;
                edits.extend(
                    found
                        .fix
                        .iter()
                        .filter(|edit| !edits.contains(edit))
                        .cloned()
                        .collect::<Vec<_>>(),
                );
            }
            let after = case.edited(&edits).findings();
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            for line in more(&before, &after) {
                faults.push(format!("{name}: {line}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(followed >= 50, "{followed} mends");
}

/// Whether a rule speaks of how something is written, whatever it means.
fn of_reading(rule: &str) -> bool {
    rule.starts_with("syntax/") || rule.starts_with("type/") || rule == "name/malformed"
}

/// Faults of reading that stand more often after the mends than before. What is read at last may be wrong in its meaning.
fn more(before: &[Diagnostic], after: &[Diagnostic]) -> Vec<String> {
    let count = |all: &[Diagnostic]| {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for found in all.iter().filter(|found| of_reading(found.rule.name)) {
            *count
                .entry(format!("{}: {}", found.rule.name, found.message))
                .or_default() += 1;
        }
        count
    };
    let known = count(before);
    count(after)
        .into_iter()
        .filter(|(line, times)| *times > known.get(line).copied().unwrap_or(0))
        .map(|(line, _)| line)
        .collect()
}

/// Places are those of files that a case has.
#[test]
fn mends_lie_in_the_files_of_the_example() {
    for entry in RULES {
        let Some(case) = Case::example(entry) else {
            continue;
        };
        for found in case.findings() {
            for Place { file, span } in found.fix.iter().map(|edit| edit.place) {
                let text = match file.0 {
                    0 => Some(case.text.as_str()),
                    _ => case.project_file.as_deref(),
                };
                let range = span.start as usize..span.end as usize;
                assert!(
                    text.is_some_and(|text| text.get(range).is_some()),
                    "{}",
                    found.message
                );
            }
        }
    }
}
