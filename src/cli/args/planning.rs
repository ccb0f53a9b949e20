//! The arguments of the commands that plan, report and test.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Find the cheapest way to a credential, a pathway or a role
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus plan data-storyteller                          The cheapest route, step by step, and what each choice cost
  gradus plan data-storyteller --holding chart-reader   From what somebody holds already
  gradus plan network-engineer --recognise ccna         With learning from elsewhere recognized
  gradus plan data-storyteller --minimise hours         The route with the least time, not the least credit
  gradus plan data-storyteller --within \"30 ects\"       Fail if there is no route within 30 ECTS
  gradus plan --for analyst                             What closes the gap to a role
  gradus plan data-storyteller --all-minimal            Every route of which nothing can be left out

That a route is the cheapest is proven, not estimated. Where time runs out first, what is proven until then is shown.
Where there is no route, the rules that exclude it are named with their places.
Exit code 1 if there is no route, or none within the limits.")]
pub(in crate::cli) struct Plan {
    /// What to reach: the id of a credential, a pathway, a role or a set
    #[arg(required_unless_present = "for_role", value_name = "TARGET")]
    pub target: Option<String>,
    /// What is held already; several with commas between them, or by repeating the option
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub holding: Vec<String>,
    /// Learning from elsewhere that is recognized: the ids of recognitions
    #[arg(
        long,
        visible_alias = "recognize",
        value_name = "IDS",
        value_delimiter = ','
    )]
    pub recognise: Vec<String>,
    /// What to make as small as possible: a unit of credit such as `ects`, `hours`, or `count` for the number of credentials; if left out, what most credentials declare
    #[arg(long, visible_alias = "minimize", value_name = "WHAT")]
    pub minimise: Option<String>,
    /// A limit that the route must keep, such as "30 ects", "200 hours", "5 credentials" or "3 steps"; several by repeating the option
    #[arg(long, value_name = "LIMIT")]
    pub within: Vec<String>,
    /// A role to be ready for, beside the target or instead of it: one of the project, or an occupation such as `esco:2511.3`
    #[arg(long = "for", value_name = "ROLE")]
    pub for_role: Option<String>,
    /// List every minimal route too, up to so many (100 if no number is given)
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "100", require_equals = true)]
    pub all_minimal: Option<usize>,
    /// Stop searching after so many seconds and say what is proven until then
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub time_limit: u64,
    /// How the plan is written
    #[arg(long, value_enum, default_value_t = PlanFormat::Text, value_name = "FORMAT")]
    pub format: PlanFormat,
    /// The project: a folder or a `.gradus` file; if left out, the one in this folder or above
    #[arg(long, value_name = "PATH")]
    pub project: Option<PathBuf>,
}

/// How a plan is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum PlanFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For pages and messages
    Markdown,
}

/// Report on a pathway, a role, the coverage of frameworks, or on stacking
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  gradus report pathway storyteller                     What it takes, what nobody can do without, what nobody needs
  gradus report pathway storyteller --pace \"10 ects per month\"   And what would lapse on the way
  gradus report coverage --format xlsx --out coverage.xlsx       Items and credentials, for a committee
  gradus report stacking --format csv                   What counts toward what, and credit that is lost
  gradus report role analyst                            What a role needs and which credentials cover it")]
pub(in crate::cli) struct Report {
    #[command(subcommand)]
    pub about: ReportAbout,
    #[command(flatten)]
    pub options: ReportOptions,
}

/// What the report is about.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ReportAbout {
    /// One pathway: routes, keystones, dead ends, expiry, double counting
    Pathway {
        /// The id of the pathway
        id: String,
        /// How fast somebody studies, such as "10 ects per month" or "8 hours per week": then what lapses on the way is shown
        #[arg(long, value_name = "PACE")]
        pace: Option<String>,
        /// What the routes are compared by: a unit of credit, `hours` or `count`
        #[arg(long, visible_alias = "minimize", value_name = "WHAT")]
        minimise: Option<String>,
    },
    /// Items of frameworks and the credentials that introduce, reinforce, teach and assess them
    Coverage {
        /// One framework only
        #[arg(long, value_name = "ID")]
        framework: Option<String>,
    },
    /// What counts toward what, credit carried and lost
    Stacking,
    /// What a role needs, and by which credentials it is covered
    Role {
        /// The id of the role, or an occupation of a framework that the project uses, such as `esco:2511.3`
        id: String,
    },
}

/// How a report is written.
#[derive(Debug, Args)]
pub(in crate::cli) struct ReportOptions {
    /// How the report is written
    #[arg(long, value_enum, default_value_t = ReportForm::Text, value_name = "FORMAT", global = true)]
    pub format: ReportForm,
    /// Write it into this file instead of showing it
    #[arg(long, value_name = "FILE", global = true)]
    pub out: Option<PathBuf>,
    /// Stop searching after so many seconds and say what is proven until then
    #[arg(long, value_name = "SECONDS", default_value_t = 60, global = true)]
    pub time_limit: u64,
    /// The project: a folder or a `.gradus` file; if left out, the one in this folder or above
    #[arg(long, value_name = "PATH", global = true)]
    pub project: Option<PathBuf>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportForm {
    /// For people
    Text,
    /// The first table, for spreadsheets
    Csv,
    /// A workbook with all tables; needs --out
    Xlsx,
    /// For programs
    Json,
    /// A page
    Html,
}

/// Check what the project promises in its `expect` blocks
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gradus test                             Every promise of the project, with a counterexample where one is broken
  gradus test examples/harbour            The project in another folder
  gradus test --format junit > results.xml   For a build server

Exit code 1 if a promise is broken or could not be decided.")]
pub(in crate::cli) struct Test {
    /// A folder, a `.gradus` file, or `-` for standard input
    pub path: Option<PathBuf>,
    /// How the results are written
    #[arg(long, value_enum, default_value_t = TestFormat::Text, value_name = "FORMAT")]
    pub format: TestFormat,
    /// Stop searching after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub time_limit: u64,
}

/// How results are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum TestFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// JUnit, for build servers
    Junit,
}
