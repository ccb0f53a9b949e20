//! The arguments, with the help texts that users read.

mod frameworks;
mod planning;
mod suggest;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diag::Severity;
pub(super) use frameworks::{Frameworks, FrameworksCommand, Import, ReportFormat, Upgrade};
pub(super) use planning::{Plan, PlanFormat, Report, ReportAbout, ReportForm, Test, TestFormat};
pub(super) use suggest::{Suggest, SuggestFormat, SuggestKind};

const ABOUT: &str =
    "Checks skills frameworks, micro-credentials and pathways, and publishes them as badges";

const LONG_ABOUT: &str = "\
Gradus reads files that you write about skills, micro-credentials, pathways and how they relate to public \
frameworks (*.gradus). It says what is wrong with them, and turns them into Open Badges, crosswalk tables and \
pages to read.";

const EXAMPLES: &str = "\
Examples:
  gradus new my-catalogue            Start a project that works from the first minute
  gradus check                       Say what is wrong with the project in this folder
  gradus build                       Publish it into the folder `dist`
  gradus plan my-certificate         Find the cheapest way to a credential
  gradus test                        Check what the project promises
  gradus explain credential/no-workload   Learn what a rule is about and how to meet it

Exit codes: 0 all is well, 1 something was found, 2 wrong command or project file,
3 a file cannot be read or written, 101 a fault of the program itself.";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "gradus", version, about = ABOUT, long_about = LONG_ABOUT, after_help = EXAMPLES)]
#[command(
    propagate_version = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    /// When to use colors
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN", help_heading = "Global options")]
    pub color: ColorChoice,
    /// Use this project file instead of the `gradus.yaml` that is found
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help_heading = "Global options"
    )]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colors.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    New(New),
    Check(Check),
    Build(Build),
    Diff(Diff),
    Graph(Graph),
    Plan(Plan),
    Report(Report),
    Test(Test),
    Import(Import),
    Upgrade(Upgrade),
    Release(Release),
    Explain(Explain),
    Rules(Rules),
    Frameworks(Frameworks),
    Crosswalk(super::crosswalk_args::Crosswalk),
    Suggest(Suggest),
}

/// Start a project: a small catalogue to change and grow
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus new my-catalogue                Make the folder `my-catalogue` with a small, working project
  gradus new my-catalogue --dir courses  Make it in the folder `courses` instead")]
pub(super) struct New {
    /// The name of the project, in small letters, digits and hyphens
    pub name: String,
    /// The folder to make; the name of the project if left out
    #[arg(long, value_name = "FOLDER")]
    pub dir: Option<PathBuf>,
}

/// Say what is wrong, without writing anything
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus check                            The project in this folder, or in the nearest folder above
  gradus check examples/harbour           The project in another folder
  gradus check one-file.gradus            One file alone
  gradus check - < one-file.gradus        The text that another program hands over
  gradus check --format concise           One line for each finding
  gradus check --fail-on warning          Also fail over warnings
  gradus check --fix --diff               Show what could be mended without asking you
  gradus check --fix                      Mend it

With --fix --diff the exit code is 1 if anything would be changed, and 0 if nothing would and
nothing else is wrong.")]
pub(super) struct Check {
    /// A folder, a `.gradus` file, or `-` for standard input
    pub path: Option<PathBuf>,
    #[command(flatten)]
    pub findings: Findings,
    /// Fail unless every framework file is the one that `gradus.lock` pins
    #[arg(long)]
    pub locked: bool,
    /// Mend what can be mended with certainty, in the files themselves
    #[arg(long)]
    pub fix: bool,
    /// With --fix: show the changes instead of making them; exit code 1 if there are any
    #[arg(long, requires = "fix")]
    pub diff: bool,
}

/// Publish the catalogue into a folder
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus build                            Publish what `publish:` in gradus.yaml names into `dist`
  gradus build --out public               Publish into another folder
  gradus build --only open-badges-3       Publish one kind of output only
  gradus build --check                    Fail if the published folder is not up to date

Only files that changed are written. Files that you put into the folder yourself stay.
With --only, what was published of other kinds stays as well.
A catalogue with errors is not published: `gradus check` shows them.")]
pub(super) struct Build {
    /// A folder, a `.gradus` file, or `-` for standard input
    pub path: Option<PathBuf>,
    /// The folder to publish into; `dist` in the project's folder if left out
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Publish this kind of output only; several with commas between them, or by repeating the option
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Compare with the published folder instead of writing; exit code 1 if they differ
    #[arg(long)]
    pub check: bool,
    /// Fail unless every framework file is the one that `gradus.lock` pins
    #[arg(long)]
    pub locked: bool,
    #[command(flatten)]
    pub findings: Findings,
}

/// Say what a new state changes for learners and for holders of badges
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus diff ../last-year .                  Two folders
  gradus diff git:main .                      What this folder changes against the branch `main`
  gradus diff v1.zip v2.zip --format md       A changelog in plain words, from two archives
  gradus diff git:v1.2:courses courses        A folder as it was at a tag
  gradus diff git:main . --fail-on breaking   For automatic checks: exit code 1 if a promise is broken

A change is *breaking* if a learner on the way or the holder of a badge may lose what was promised,
*compatible* if nobody does, *editorial* if only words have changed. Breaking changes that you have
decided to make are named in `accepted-breaks.yaml` with a reason.")]
pub(super) struct Diff {
    /// The old state: a folder, a `.gradus` file, an archive (`.zip`, `.tar.gz`, `.tgz`, `.tar`), or `git:REF` with or without
    /// `:PATH`
    pub old: String,
    /// The new state, named the same ways
    pub new: String,
    /// How changes are shown
    #[arg(long, value_enum, default_value_t = DiffFormat::Text, value_name = "FORMAT")]
    pub format: DiffFormat,
    /// The least grade at which the exit code is 1
    #[arg(long, value_enum, value_name = "GRADE")]
    pub fail_on: Option<DiffGrade>,
    /// The day to take for today when accepted breaks end, as in `2027-06-30`
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

/// How changes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// A changelog, as Markdown
    Md,
    /// Annotations on GitHub
    Github,
    /// What has become of every item of the frameworks, as CSV
    Items,
    /// Old items and the new ones where the address is another, as SSSOM/TSV
    ItemsSssom,
    /// For code scanning
    Sarif,
}

/// How grave a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffGrade {
    Breaking,
    Compatible,
    Editorial,
}

/// Show how everything depends on everything
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus graph --format mermaid                        The whole project, for a Markdown page
  gradus graph --focus data-storyteller --depth 2      What lies within two steps of one credential
  gradus graph --format dot | dot -Tsvg > graph.svg    A picture, with Graphviz")]
pub(super) struct Graph {
    /// A folder, a `.gradus` file, or `-` for standard input
    pub path: Option<PathBuf>,
    /// How the graph is written
    #[arg(long, value_enum, default_value_t = GraphFormat::Dot, value_name = "FORMAT")]
    pub format: GraphFormat,
    /// Only what lies around this: an id, or the path of a skill
    #[arg(long, value_name = "ID")]
    pub focus: Option<String>,
    /// With --focus: how many steps away
    #[arg(long, value_name = "STEPS", requires = "focus", default_value_t = 1, value_parser = steps)]
    pub depth: usize,
}

/// How the graph is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum GraphFormat {
    /// For Graphviz
    Dot,
    /// For Markdown pages
    Mermaid,
    /// For programs
    Json,
}

/// Record what is published, so that it cannot change by mistake
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus release            Record every published credential in `gradus.lock`
  gradus release --check    Say what would be recorded, and write nothing

From then on, changing what earners rely on without a new `version` is an error
(publish/changed-without-version). Names, descriptions and pictures may change at any time.")]
pub(super) struct Release {
    /// The folder of a project
    pub path: Option<PathBuf>,
    /// Write nothing; exit code 1 if something would be recorded
    #[arg(long)]
    pub check: bool,
    /// The state that was released before, named as in `gradus diff`: what has become of each item of the frameworks since is
    /// written to `released/items.csv` and `released/items.sssom.tsv`
    #[arg(long, value_name = "OLD")]
    pub since: Option<String>,
    #[command(flatten)]
    pub findings: Findings,
}

/// Explain a rule: what it finds, why it matters, how to meet it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus explain credential/no-workload   One rule
  gradus explain                          The list of rules")]
pub(super) struct Explain {
    /// The name of the rule, as messages show it
    pub rule: Option<String>,
}

/// List all rules with their severity
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus rules                    The list
  gradus rules --format json      The same for programs

How grave a rule is in your project is set in gradus.yaml:
  lint: { credential/no-workload: error, prose/over-long-statement: off }")]
pub(super) struct Rules {
    /// How the list is written
    #[arg(long, value_enum, default_value_t = ListFormat::Text, value_name = "FORMAT")]
    pub format: ListFormat,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// How findings are shown, and when they fail.
#[derive(Debug, Clone, Args)]
pub(super) struct Findings {
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT", help_heading = "Findings")]
    pub format: Format,
    /// The least severity at which the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY", help_heading = "Findings")]
    pub fail_on: FailOn,
    /// How many findings are shown at most: a number, or `none` for all of them (the default: 200 for people, all for programs)
    #[arg(long, value_name = "N", value_parser = limit, help_heading = "Findings")]
    pub max_diagnostics: Option<Limit>,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the text they are about
    Full,
    /// One line each
    Concise,
    /// With the text, in words alone: for screen readers and logs
    Plain,
    /// JSON, for programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations on GitHub
    Github,
}

/// The least severity that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
}

impl FailOn {
    pub(super) const fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

/// How many findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    AtMost(usize),
    None,
}

/// A number of steps.
fn steps(text: &str) -> Result<usize, String> {
    text.parse()
        .map_err(|_| "expected a whole number of steps, such as 2".to_owned())
}

fn limit(text: &str) -> Result<Limit, String> {
    if text == "none" {
        return Ok(Limit::None);
    }
    text.parse()
        .map(Limit::AtMost)
        .map_err(|_| "expected a number or `none`".to_owned())
}

impl Findings {
    /// How many findings are shown in this format.
    pub(super) fn limit(&self) -> usize {
        match (self.max_diagnostics, self.format) {
            (Some(Limit::AtMost(number)), _) => number,
            (Some(Limit::None), _) | (None, Format::Json | Format::Sarif | Format::Github) => {
                usize::MAX
            }
            (None, Format::Full | Format::Concise | Format::Plain) => 200,
        }
    }
}
