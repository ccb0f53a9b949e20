//! What the tests share: a project in memory, findings as text, the program with a clean environment.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use gradus::cli::render::{Shown, plain};
use gradus::config::{self, Known, ProjectFile};
use gradus::diag::Sink;
use gradus::emit::EMITTERS;
use gradus::source::Sources;
use gradus::workspace::{self, Analysis, Loaded, analysis};

/// Analyzes one text, with or without a project file. Pictures are taken to be there.
pub fn analyze_text(source: &str, project_file: Option<&str>) -> Analysis {
    analyze_files(&[("catalogue.gradus", source)], project_file)
}

/// Analyzes several files, given in the order of their names.
pub fn analyze_files(files: &[(&str, &str)], project_file: Option<&str>) -> Analysis {
    let mut sources = Sources::new();
    for (name, text) in files {
        sources.add(*name, *text);
    }
    let mut sink = Sink::new();
    let rules = analysis::rule_names();
    let outputs: Vec<&str> = EMITTERS.iter().map(|emitter| emitter.name).collect();
    let known = Known {
        rules: &rules,
        outputs: &outputs,
    };
    let file = project_file.map(|text| sources.add(config::FILE_NAME, text));
    let project = match file {
        Some(file) => config::read(&sources, file, known, &mut sink),
        None => ProjectFile::default(),
    };
    let loaded = Loaded {
        sources: Arc::new(sources),
        gradus_files: files.len(),
        project_file: file,
        project,
        packs: Vec::new(),
        tables: Vec::new(),
        parsed: None,
        sink,
    };
    workspace::analyze(loaded, &|_| None)
}

/// The names of the rules that fire in a text, sorted by place, one for each finding.
pub fn check_text(source: &str, project_file: Option<&str>) -> Vec<&'static str> {
    let analysis = analyze_text(source, project_file);
    analysis
        .diagnostics
        .iter()
        .map(|found| found.rule.name)
        .collect()
}

/// All findings in words.
pub fn render_plain(analysis: &Analysis) -> String {
    plain::render(&Shown::new(
        &analysis.sources,
        analysis.gradus_files,
        &analysis.diagnostics,
        usize::MAX,
    ))
}

/// What the program did.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Everything at once, for snapshots.
    pub fn all(&self) -> String {
        format!(
            "exit {}\n--- stdout\n{}--- stderr\n{}",
            self.code, self.out, self.err
        )
    }
}

/// Runs the program in a folder, without colors and at a fixed width.
pub fn gradus(folder: &Path, arguments: &[&str]) -> Ran {
    gradus_with(folder, arguments, &[], "")
}

/// Runs the program with environment variables and standard input.
pub fn gradus_with(
    folder: &Path,
    arguments: &[&str],
    variables: &[(&str, &str)],
    input: &str,
) -> Ran {
    use std::io::Write as _;
    let mut child = Command::new(env!("CARGO_BIN_EXE_gradus"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("COLUMNS", "100")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    // A program that does not read its input may be gone already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("standard output is text"),
        err: String::from_utf8(output.stderr).expect("standard error is text"),
    }
}

/// Writes files below a folder.
pub fn put(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folder made");
        std::fs::write(path, text).expect("file written");
    }
}

/// The words of a command line, where double quotes hold several together.
pub fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().expect("one word").push(other),
        }
    }
    words
}
