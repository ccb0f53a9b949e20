//! The arguments of `gradus suggest`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Propose mappings from a framework to another, or measure how good the proposals are
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus suggest data-literacy --to digcomp            Proposals for what is not mapped yet
  gradus suggest data-literacy --to digcomp --write    Add them to the crosswalk, marked `proposed`
  gradus suggest --evaluate table.csv                  Hits and calibration on a mapping table, with its own names
  gradus suggest onet --to esco --evaluate table.csv   The same with all that the two frameworks say of their codes
  gradus suggest --to esco --evaluate table.csv        Names of the table, and what ESCO says of its targets besides
  gradus suggest onet --to esco --kind occupations     Two imported frameworks, occupations to occupations

A proposal that is written states nothing until a person has judged it: take `proposed` out to accept the row, or write
`refused` instead, and it is not proposed again.")]
pub(in crate::cli) struct Suggest {
    /// The framework to map: one of the project, one that it uses, or one that was imported
    #[arg(required_unless_present = "evaluate")]
    pub from: Option<String>,
    /// The framework to map to
    #[arg(long, value_name = "FRAMEWORK", required_unless_present = "evaluate")]
    pub to: Option<String>,
    /// Only codes that stand for this, mapped to those of the other framework that stand for the same
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<SuggestKind>,
    /// The project: a folder or a `.gradus` file; the one around this folder if left out
    #[arg(long, value_name = "PATH")]
    pub project: Option<PathBuf>,
    /// At most so many proposals for each item
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = one_or_more)]
    pub limit: usize,
    /// No proposals with less confidence, from 0 to 1; if left out 0.2, with --all 0
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub least: Option<f32>,
    /// A folder with a local embedding model, whose vectors of the names join in (needs a build with the feature `embedding`)
    #[arg(long, value_name = "FOLDER")]
    pub model: Option<PathBuf>,
    /// Guesses too: proposals for which no shared word, no description and no mapping of a similar item speaks
    #[arg(long, conflicts_with_all = ["write", "evaluate"])]
    pub all: bool,
    /// Add the proposals to the crosswalk in the project's files
    #[arg(long, conflicts_with = "evaluate")]
    pub write: bool,
    /// Measure on a mapping table: SSSOM, ESCO's own layout, or any other that `crosswalk import` reads
    #[arg(long, value_name = "TABLE")]
    pub evaluate: Option<PathBuf>,
    /// With --evaluate: learn from the other parts of the table, of so many; 0 takes the shipped weights and learns nothing
    #[arg(long, value_name = "N", default_value_t = 5, requires = "evaluate", value_parser = folds)]
    pub folds: u32,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = SuggestFormat::Text, value_name = "FORMAT")]
    pub format: SuggestFormat,
}

fn one_or_more(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("expected a number of proposals, 1 or more".to_owned()),
        Ok(number) => Ok(number),
    }
}

/// A confidence. What is no number at all (`nan`) lies in no range.
fn share(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| {
            "a confidence lies between 0 and 1, such as 0.5 for every second one right".to_owned()
        })
}

fn folds(text: &str) -> Result<u32, String> {
    text.parse()
        .ok()
        .filter(|folds| matches!(folds, 0 | 2..=50))
        .ok_or_else(|| "expected 0 (learn nothing), or from 2 to 50 parts".to_owned())
}

/// What codes stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SuggestKind {
    /// What people can do or know
    Skills,
    /// Occupations and their groups
    Occupations,
    /// Fields of study
    Fields,
    /// Steps of a scale
    Levels,
}

/// How proposals are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SuggestFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}
