//! The floors of the library: dependencies go down only, and each outside library lives in one place.

use std::path::{Path, PathBuf};

/// Every module of the library and its floor. A new top-level module must be entered here.
const FLOORS: &[(&str, u8)] = &[
    ("source", 0),
    ("diag", 1),
    ("syntax", 2),
    ("import", 2),
    ("mapping", 3),
    ("model", 3),
    ("format", 3),
    ("resolve", 4),
    ("graph", 5),
    ("check", 6),
    ("plan", 6),
    ("diff", 6),
    ("emit", 7),
    ("suggest", 6),
    ("config", 8),
    ("workspace", 8),
    ("cli", 9),
    ("lsp", 9),
];

/// Modules of one floor that may still use each other: reading a project includes reading its project file.
const SAME_FLOOR: &[(&str, &str)] = &[("workspace", "config")];

/// Names that may be spoken in one folder only.
const CONFINED: &[(&str, &[&str])] = &[
    ("biodivine_lib_bdd", &["diff"]),
    ("pest", &["syntax"]),
    ("petgraph", &["graph"]),
    ("miette", &["cli"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("minijinja", &["emit"]),
    ("microlp", &["plan"]),
    ("oxjsonld", &["import"]),
    ("oxrdf", &["import", "mapping"]),
    ("oxrdfxml", &["import"]),
    ("oxttl", &["import", "mapping"]),
    ("std::fs", &["workspace", "config", "cli"]),
    ("std::env", &["workspace", "config", "cli"]),
    ("std::time", &["workspace", "config", "cli"]),
    ("std::process", &["workspace", "config", "cli"]),
    ("std::net", &[]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the source folder can be read")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Each file below `src/` with its module, its name for messages, and its code without comments.
fn sources() -> Vec<(String, String, String)> {
    let src = root().join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    assert!(files.len() > 30, "the sources were not found");
    files
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(&src)
                .expect("below src")
                .to_string_lossy()
                .replace('\\', "/");
            let module = name
                .split('/')
                .next()
                .unwrap_or("")
                .trim_end_matches(".rs")
                .to_owned();
            let text = std::fs::read_to_string(&path).expect("a source file");
            let code: Vec<&str> = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            (module, name, code.join("\n"))
        })
        .collect()
}

/// The same without what is compiled for tests only.
fn shipped_sources() -> Vec<(String, String, String)> {
    let all = sources();
    let mut test_files: Vec<String> = Vec::new();
    let mut shipped = Vec::new();
    for (module, name, code) in &all {
        let folder = match name.rsplit_once('/') {
            Some((folder, "mod.rs")) => format!("{folder}/"),
            Some(_) => format!("{}/", name.trim_end_matches(".rs")),
            None if matches!(name.as_str(), "lib.rs" | "main.rs") => String::new(),
            None => format!("{}/", name.trim_end_matches(".rs")),
        };
        let beside = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (code, modules) = without_test_modules(code);
        test_files.extend(modules.iter().map(|inner| {
            // A `path` is one from the folder of the file.
            match inner.strip_suffix(".rs") {
                Some(inner) => format!("{beside}/{inner}"),
                None => format!("{folder}{inner}"),
            }
        }));
        shipped.push((module.clone(), name.clone(), code));
    }
    shipped.retain(|(_, name, _)| {
        !test_files.iter().any(|file| {
            name.strip_prefix(file.as_str())
                .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        })
    });
    assert!(shipped.len() > 30 && shipped.len() < all.len());
    shipped
}

/// Takes out `#[cfg(test)] mod name { … }` and `#[cfg(test)] mod name;`, and gives the names (or the paths) of the latter. The code is
/// formatted: a module ends at the first brace that stands under the beginning of its `mod`.
fn without_test_modules(code: &str) -> (String, Vec<String>) {
    let mut kept: Vec<&str> = Vec::new();
    let mut files = Vec::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push(line);
            continue;
        }
        let mut item = lines.next().unwrap_or("");
        let mut path = None;
        while item.trim_start().starts_with("#[") {
            path = item
                .trim()
                .strip_prefix("#[path = \"")
                .and_then(|rest| rest.strip_suffix("\"]"))
                .or(path);
            item = lines.next().unwrap_or("");
        }
        let declared = item.trim_start();
        let declared = declared
            .strip_prefix("pub(crate) ")
            .or_else(|| declared.strip_prefix("pub(super) "))
            .unwrap_or(declared);
        let Some(module) = declared.strip_prefix("mod ") else {
            kept.push(item);
            continue;
        };
        if let Some(file) = module.strip_suffix(';') {
            files.push(path.unwrap_or(file).to_owned());
            continue;
        }
        let indentation = &item[..item.len() - item.trim_start().len()];
        let end = format!("{indentation}}}");
        // A module on one line has ended already.
        if !module.ends_with('}') {
            lines.by_ref().find(|line| *line == end);
        }
    }
    (kept.join("\n"), files)
}

#[test]
fn only_modules_for_tests_are_left_out() {
    let code = "fn a() {}\n#[cfg(test)]\nmod sample;\n#[cfg(test)]\n#[path = \"b_tests.rs\"]\nmod tests;\n#[cfg(test)]\nmod tests {\n    fn b() {\n    }\n}\nfn c() {}";
    let (kept, files) = without_test_modules(code);
    assert_eq!(kept, "fn a() {}\nfn c() {}");
    assert_eq!(files, ["sample", "b_tests.rs"]);
}

/// Whether code speaks of a library or of a module of `std`: in a path, in a `use` of it, or in a `use std::{…}` with it.
fn speaks_of(code: &str, library: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let in_path = code.match_indices(library).any(|(at, _)| {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        let after = &code[at + library.len()..];
        let used = code[..at].ends_with("use ") || library.starts_with("std::");
        !(is_part(before) || before == ':')
            && (after.starts_with("::") || used && !after.starts_with(is_part))
    });
    let in_group = library.strip_prefix("std::").is_some_and(|wanted| {
        code.match_indices("std::{").any(|(at, start)| {
            let (mut depth, mut word) = (0, String::new());
            let mut words = Vec::new();
            for character in code[at + start.len()..].chars() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => words.push(std::mem::take(&mut word)),
                    _ if depth == 0 => word.push(character),
                    _ => {}
                }
            }
            words.push(word);
            words.iter().any(|word| {
                let rest = word.trim().strip_prefix(wanted);
                rest.is_some_and(|rest| !rest.starts_with(is_part))
            })
        })
    });
    in_path || in_group
}

#[test]
fn libraries_are_seen_however_they_are_named() {
    for code in [
        "use std::fs;",
        "use std::fs::read;",
        "use std::{fs, io};",
        "use std::{\n    io,\n    fs::{self, File},\n};",
        "let text = std::fs::read(path);",
    ] {
        assert!(speaks_of(code, "std::fs"), "{code}");
    }
    for code in ["use std::{io, fmt};", "use std::fsx;", "use std::{fsx};"] {
        assert!(!speaks_of(code, "std::fs"), "{code}");
    }
    assert!(speaks_of("use clap;", "clap"));
    assert!(!speaks_of("let clap = clapper::new();", "clap"));
}

fn floor(module: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|&(_, floor)| floor)
}

/// The modules named after `crate::` in a text.
fn used_modules(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            // `use crate::{a::b, c};`: the names at the first level.
            let (mut depth, mut word) = (0, String::new());
            for character in group.chars() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => found.push(std::mem::take(&mut word)),
                    _ if depth == 0 => word.push(character),
                    _ => {}
                }
            }
            found.push(word);
        } else {
            found.push(rest.to_owned());
        }
    }
    found
        .iter()
        .map(|text| {
            text.trim()
                .chars()
                .take_while(|character| character.is_alphanumeric() || *character == '_')
                .collect()
        })
        .filter(|name: &String| !name.is_empty())
        .collect()
}

#[test]
fn dependencies_go_down_only() {
    let mut wrong = Vec::new();
    for (module, name, code) in sources() {
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let Some(own) = floor(&module) else {
            wrong.push(format!(
                "src/{name}: `{module}` has no floor; enter it in FLOORS"
            ));
            continue;
        };
        for used in used_modules(&code) {
            let Some(below) = floor(&used) else { continue };
            let allowed = used == module
                || below < own
                || SAME_FLOOR.contains(&(module.as_str(), used.as_str()));
            if !allowed {
                wrong.push(format!(
                    "src/{name}: floor {own} uses `{used}` of floor {below}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn outside_libraries_stay_in_their_folder() {
    let mut wrong = Vec::new();
    // Tests inside a file may read files and start programs.
    for (module, name, code) in shipped_sources() {
        for (library, folders) in CONFINED {
            if module == "main" || folders.contains(&module.as_str()) {
                continue;
            }
            if speaks_of(&code, library) {
                wrong.push(format!("src/{name}: speaks of `{library}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_say_what_they_are_for_and_have_one_subject() {
    let mut wrong = Vec::new();
    for (_, name, _) in sources() {
        let text = std::fs::read_to_string(root().join("src").join(&name)).expect("a source file");
        if !text.starts_with("//!") {
            wrong.push(format!(
                "src/{name}: does not start with a `//!` that says what it is for"
            ));
        }
        let lines = text.lines().count();
        if lines > 600 {
            wrong.push(format!(
                "src/{name}: {lines} lines; look for the second subject"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn model_types_are_not_an_output_format() {
    for (module, name, code) in sources() {
        if module == "model" {
            assert!(
                !code.contains("Serialize"),
                "src/{name}: model types do not derive `Serialize`"
            );
        }
    }
}

#[test]
fn nothing_is_left_for_later_and_input_cannot_panic() {
    let mut wrong = Vec::new();
    for (_, name, code) in shipped_sources() {
        for word in [
            "todo!(",
            "unimplemented!(",
            "FIXME",
            "XXX",
            "dbg!(",
            ".unwrap()",
            ".expect(",
            "panic!(",
            "unreachable!(",
        ] {
            if code.contains(word) {
                wrong.push(format!("src/{name}: `{word}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
