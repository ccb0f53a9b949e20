//! The arguments of the commands that bring in other people's frameworks and look into them.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Make a framework of what its publisher offers for download
#[derive(Debug, Args)]
#[command(
    disable_version_flag = true,
    after_help = "\
Examples:
  gradus import esco-1.1.1.zip                   Read it and keep it in the project's `frameworks` folder
  gradus import downloads/onet --plan            Show what would be kept, and write nothing
  gradus import skills.csv --as trades --version 2024
                                                 Say what the files do not
  gradus import skills.xlsx --map code=Nr,label=Name,parent=Group --as trades --version 2024
                                                 The same where the columns cannot be guessed
  gradus import --template > skills.csv          A table to begin with
  gradus import badges/ --source                 Badge classes and achievements as `.gradus` files to go on with
  gradus import standards.json --source          A framework as a `.gradus` file, to own it from now on
  gradus import esco-1.1.1 --report json         The table for programs

The framework is written as one file into `frameworks`, and pinned in `gradus.lock`."
)]
pub(in crate::cli) struct Import {
    /// What was downloaded: a folder, a `.zip`, a `.gz` or a file
    #[arg(required_unless_present = "template")]
    pub source: Option<PathBuf>,
    /// Which column of a table is what, as in `code=Nr,label=Name,parent=Group`; guessed and shown if left out
    #[arg(long, value_name = "ROLE=COLUMN,…")]
    pub map: Option<String>,
    /// Write `.gradus` files into the project's folder instead of a framework pack; badges always become such files
    #[arg(long = "source")]
    pub as_source: bool,
    /// Show a table to begin with, and end
    #[arg(long, conflicts_with = "source")]
    pub template: bool,
    /// The id to use it by, where another than the usual one is wanted; `.gradus` files are called after it
    #[arg(long = "as", value_name = "ID")]
    pub id: Option<String>,
    /// Only the framework with this id, of several in one download
    #[arg(long, value_name = "ID")]
    pub only: Option<String>,
    /// The version of a framework, where the files do not say it; badges have theirs in their own files
    #[arg(long, value_name = "VERSION")]
    pub version: Option<String>,
    /// A fact about a framework, where the files do not say it: `licence=…`, `publisher=…`, `title=…`
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Show what would be done, and write nothing
    #[arg(long)]
    pub plan: bool,
    /// How the table at the end is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text, value_name = "FORMAT")]
    pub report: ReportFormat,
}

/// Say what a new release of a framework does to the codes that the project uses
#[derive(Debug, Args)]
#[command(
    disable_version_flag = true,
    after_help = "\
Examples:
  gradus upgrade esco esco-1.2.0.zip             What was kept, relabelled, moved, withdrawn, is gone
  gradus upgrade esco esco-1.2.0.zip --fix       Mend what is certain, and use the new release

Exit code 1 says that something is left for a person: codes that are gone, or withdrawn without one successor."
)]
pub(in crate::cli) struct Upgrade {
    /// The id of the framework in the project
    pub id: String,
    /// The new release: a download as for `gradus import`, or a pack file
    pub source: PathBuf,
    /// The version of the new release, where the files do not say it
    #[arg(long, value_name = "VERSION")]
    pub version: Option<String>,
    /// A fact about the framework, as for `gradus import`; what was set before is set again
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Write new codes and names into the project's files where that is certain, and keep the new release
    #[arg(long)]
    pub fix: bool,
}

/// How the table of an import is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportFormat {
    /// For people
    Text,
    /// For programs, with all reasons
    Json,
}

/// Look into the frameworks of the project and those that ship with the program
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  gradus frameworks list                          Which frameworks there are
  gradus frameworks show eqf                      What is in one of them
  gradus frameworks show digcomp 1.2              One code and what lies below it
  gradus frameworks search isced-f data           Codes whose names have these words
  gradus frameworks pin                           Pin the project's framework files as they are now")]
pub(in crate::cli) struct Frameworks {
    #[command(subcommand)]
    pub command: FrameworksCommand,
}

/// What to do with frameworks.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum FrameworksCommand {
    /// List the frameworks, with version and publisher
    List,
    /// Show a framework, or one of its codes
    Show {
        /// The framework: its id, or id and version as in `digcomp@2.2`
        id: String,
        /// A code of the framework
        code: Option<String>,
    },
    /// Write a framework out as readable text, with every field that its source had
    Export {
        /// The framework: its id, or id and version as in `digcomp@2.2`
        id: String,
        /// Write into this file instead of standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Pin the framework files of the project in `gradus.lock`, as they are now
    Pin,
    /// Find codes by words in their names
    Search {
        /// The framework: its id, or id and version as in `digcomp@2.2`
        id: String,
        /// Words that the name must have
        #[arg(required = true)]
        words: Vec<String>,
    },
}
