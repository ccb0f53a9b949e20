//! `docs/changes.md` and `docs/releasing.md` as their readers see them: every example is run, and what is shown is what the
//! program prints on standard output.

use std::path::Path;
use std::process::Command;

use crate::support::{gradus, put, words};

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    std::fs::read_to_string(path).expect("the page")
}

/// The blocks of a page in order: their language and their text.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    page.split("\n```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.split_once('\n'))
        .collect()
}

/// Runs the commands of a block in a folder, and compares what they print.
fn run(folder: &Path, block: &str) -> usize {
    let mut count = 0;
    for part in format!("\n{block}").split("\n$ ").skip(1) {
        let (command, expected) = part.split_once('\n').unwrap_or((part, ""));
        let printed = match command.strip_prefix("gradus ") {
            Some(arguments) => {
                let arguments = words(arguments);
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                gradus(folder, &arguments).out
            }
            None => {
                let output = Command::new("sh")
                    .args(["-c", command])
                    .current_dir(folder)
                    .env("GIT_CONFIG_GLOBAL", "/dev/null")
                    .output()
                    .expect("a shell");
                String::from_utf8(output.stdout).expect("text")
            }
        };
        assert_eq!(printed.trim_end(), expected.trim_end(), "$ {command}");
        count += 1;
    }
    count
}

#[cfg(unix)]
#[test]
fn every_example_of_a_release_prints_what_it_shows() {
    let page = page("releasing.md");
    let folder = tempfile::tempdir().expect("a folder");
    put(
        folder.path(),
        &[(
            "gradus.yaml",
            "name: harbour\nversion: 1.0.0\nbase: https://badges.harbour.example/\nlanguages: [en]\nlicence: https://creativecommons.org/licenses/by/4.0/\n",
        )],
    );
    let mut catalogue = String::new();
    let mut count = 0;
    for (language, block) in blocks(&page) {
        match language {
            "gradus" => {
                // A block without the issuer is the badge as it becomes.
                let keep = if block.starts_with("badge") {
                    catalogue.find("badge ").expect("a badge before")
                } else {
                    0
                };
                catalogue.truncate(keep);
                catalogue.push_str(block);
                put(folder.path(), &[("catalogue.gradus", &catalogue)]);
            }
            "console" => count += run(folder.path(), block),
            "sh" => {}
            other => panic!("`{other}` is not run"),
        }
    }
    assert_eq!(count, 5);
}

#[test]
fn every_example_of_a_change_prints_what_it_shows() {
    let page = page("changes.md");
    let folder = tempfile::tempdir().expect("a folder");
    let mut states = ["old", "new"].iter();
    let mut count = 0;
    for (language, block) in blocks(&page) {
        match language {
            "gradus" => {
                let state = states.next().expect("two states");
                put(
                    folder.path(),
                    &[(&format!("{state}/courses.gradus"), block)],
                );
            }
            "yaml" => put(folder.path(), &[("new/accepted-breaks.yaml", block)]),
            "console" => count += run(folder.path(), block),
            // Names of states that only the reader has; the test of states in git and archives runs their like.
            "sh" => assert!(block.lines().all(|line| line.starts_with("gradus diff "))),
            other => panic!("`{other}` is not run"),
        }
    }
    assert_eq!(count, 2);
}
