//! From texts to a checked project: parse, link, build the graph, run the rules, apply the project's settings.
//!
//! Goes in: [`Loaded`]. Comes out: [`Analysis`]. Pure: no files, no clock; pictures are asked for through a function.

use std::sync::Arc;

use rayon::prelude::*;

use super::assets::{self, ImageFault};
use super::read::Loaded;
use crate::check;
use crate::config::ProjectFile;
use crate::diag::{Allow, Diagnostic, NO_FILE, Severity, Sink, apply_policy, early};
use crate::graph::Graph;
use crate::model::Project;
use crate::resolve::{self, Inputs};
use crate::source::{FileId, Place, Sources, Span};
use crate::syntax::{self, Parsed};

/// A checked project.
#[derive(Debug)]
pub struct Analysis {
    /// All texts.
    pub sources: Arc<Sources>,
    /// How many of them are `.gradus` files.
    pub gradus_files: usize,
    /// The meaning.
    pub project: Project,
    /// The dependencies.
    pub graph: Graph,
    /// What the project file says.
    pub settings: ProjectFile,
    /// What is wrong, sorted, at the severities of the project.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the project file itself is at fault.
    pub bad_settings: bool,
}

impl Analysis {
    /// How many findings of a severity there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }
}

/// The names of all rules.
#[must_use]
pub fn rule_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = check::RULES
        .iter()
        .map(|entry| entry.rule.name)
        .chain(early::ALL.iter().map(|rule| rule.name))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Parses the first files of the sources, side by side.
pub(super) fn parse(files: usize, sources: &Sources) -> Vec<Parsed> {
    (0..files)
        .into_par_iter()
        .map(|index| {
            let file = FileId(index as u32);
            syntax::parse(file, sources.file(file).text())
        })
        .collect()
}

/// Links parsed files. What the texts allow comes with the project.
pub(super) fn link(
    mut parsed: Vec<Parsed>,
    inputs: Inputs,
    sink: &mut Sink,
) -> (Project, Vec<Allow>) {
    let sources = Arc::clone(&inputs.sources);
    syntax::say_each_spelling_once(&mut parsed, |place| {
        sources.file(place.file).slice(place.span)
    });
    let mut allows: Vec<Allow> = Vec::new();
    for file in &mut parsed {
        for diagnostic in file.diagnostics.drain(..) {
            sink.push(diagnostic);
        }
        allows.append(&mut file.allows);
    }
    let project = resolve::link(&parsed, inputs, sink);
    // Trees of a large project are large; nothing needs them any more.
    rayon::spawn(move || drop(parsed));
    (project, allows)
}

/// Analyzes a project. `image_fault` says what is wrong with a picture of the project by the path written in the text.
#[must_use]
pub fn analyze(
    loaded: Loaded,
    image_fault: &(dyn Fn(&str) -> Option<ImageFault> + Sync),
) -> Analysis {
    let Loaded {
        sources,
        gradus_files,
        project_file,
        project: settings,
        packs,
        tables,
        parsed,
        mut sink,
    } = loaded;
    let bad_settings = sink
        .as_slice()
        .iter()
        .any(|diagnostic| diagnostic.rule == &early::PROJECT_BAD_SETTING);
    if project_file.is_none() {
        report_no_file(gradus_files, &mut sink);
    }
    let inputs = Inputs {
        sources: Arc::clone(&sources),
        settings: settings.settings.clone(),
        packs,
        tables,
    };
    let parsed = parsed.unwrap_or_else(|| parse(gradus_files, &sources));
    let (project, allows) = link(parsed, inputs, &mut sink);
    let graph = check::run(&project, &mut sink);
    assets::check(&project, image_fault, &mut sink);
    let mut diagnostics = apply_policy(sink, &settings.policy, &allows, &rule_names());
    diagnostics.retain(|found| !follows_from_settings(found, &project));
    Analysis {
        sources,
        gradus_files,
        project,
        graph,
        settings,
        diagnostics,
        bad_settings,
    }
}

/// What rules conclude from a setting of the project file, by its key.
const CONCLUSIONS: &[(&str, &[&str])] = &[
    (
        "base",
        &[
            "publish/address-collision",
            "publish/id-reused",
            "publish/iri-duplicate",
            "publish/unservable-iri",
        ],
    ),
    ("coverage", &["crosswalk/below-coverage-floor"]),
    (
        "languages",
        &[
            "framework/statement-without-verb",
            "i18n/missing-translation",
            "i18n/unknown-language",
            "prose/repeated-verb",
            "prose/unmeasurable-verb",
        ],
    ),
    ("licence", &["publish/no-licence"]),
];

/// Whether a finding about a text only follows from a setting that is at fault and has been reported.
fn follows_from_settings(found: &Diagnostic, project: &Project) -> bool {
    CONCLUSIONS
        .iter()
        .any(|(key, rules)| project.settings.is_doubtful(key) && rules.contains(&found.rule.name))
}

fn report_no_file(gradus_files: usize, sink: &mut Sink) {
    let file = if gradus_files == 0 {
        NO_FILE
    } else {
        FileId(0)
    };
    sink.report(&early::PROJECT_NO_FILE, Place::new(file, Span::at(0)))
        .message(
            "there is no project file `gradus.yaml`: addresses start with `https://example.org/`",
        )
        .help("write a file `gradus.yaml` beside it with the address to publish at: `base: https://badges.example.org/`");
}
