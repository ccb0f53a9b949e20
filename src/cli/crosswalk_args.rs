//! The arguments of `gradus crosswalk`, with the help texts that users read.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::args::ReportFormat;

/// Look at crosswalks, hand them on, take others in, and reckon with them
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  gradus crosswalk list                                       The crosswalks of this project
  gradus crosswalk coverage --format html --out coverage.html How much they map, as a page
  gradus crosswalk gaps --format csv --out todo.csv           What is left to map
  gradus crosswalk export data-to-esco --format xlsx --out data-to-esco.xlsx
  gradus crosswalk compose a-b.sssom.tsv b-c.sssom.tsv        What follows from two tables
  gradus crosswalk import onet-esco.csv.gz --as onet-to-esco  Take a published table in")]
pub(super) struct Crosswalk {
    #[command(subcommand)]
    pub command: CrosswalkCommand,
}

/// What to do with crosswalks.
#[derive(Debug, Subcommand)]
pub(super) enum CrosswalkCommand {
    /// List the crosswalks of a project
    List {
        /// A folder, a `.gradus` file, or `-` for standard input
        path: Option<PathBuf>,
    },
    /// How much of each framework is mapped, from both sides, by area and level
    Coverage {
        /// A folder, a `.gradus` file, or `-` for standard input
        path: Option<PathBuf>,
        /// How the numbers are written
        #[arg(long, value_enum, default_value_t = CoverageFormat::Text, value_name = "FORMAT")]
        format: CoverageFormat,
        /// Write into this file instead of standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// List every item that is neither mapped nor marked as having no match
    Gaps {
        /// A folder, a `.gradus` file, or `-` for standard input
        path: Option<PathBuf>,
        /// Only those of this crosswalk
        #[arg(long, value_name = "NAME")]
        only: Option<String>,
        /// How the list is written
        #[arg(long, value_enum, default_value_t = GapsFormat::Text, value_name = "FORMAT")]
        format: GapsFormat,
        /// Write into this file instead of standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Write a crosswalk of a project in a format that other programs read
    Export {
        /// The crosswalk: `FROM-to-TO`, as `gradus crosswalk list` shows it
        name: String,
        /// A folder, a `.gradus` file, or `-` for standard input
        path: Option<PathBuf>,
        #[command(flatten)]
        output: Output,
    },
    /// Put two tables together over what they share: A to B and B to C give A to C
    Compose {
        /// The table from A to B
        left: PathBuf,
        /// The table from B to C
        right: PathBuf,
        /// Let close matches over close matches count as close
        #[arg(long)]
        chain_close: bool,
        #[command(flatten)]
        output: Output,
    },
    /// Turn a table round: B to A
    Inverse {
        /// The table
        file: PathBuf,
        #[command(flatten)]
        output: Output,
    },
    /// Put tables into one; what a person has mapped goes before what was derived
    Union {
        /// The tables
        #[arg(required = true, num_args = 2..)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        output: Output,
    },
    /// Look for contradictions in tables and across them, over chains too
    Check {
        /// The tables
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Take a published table in: as source where it maps a framework of this project, else as a table under `frameworks/`
    Import {
        /// SSSOM/TSV, a mapping table of ESCO, CASE associations, SKOS in Turtle, or a table with the columns of SSSOM
        file: PathBuf,
        /// A folder of the project
        path: Option<PathBuf>,
        /// The name of the new file, in small letters, digits and hyphens
        #[arg(long = "as", value_name = "NAME")]
        name: Option<String>,
        /// Show what would be written, with its first rows, without writing it
        #[arg(long)]
        plan: bool,
        /// How what was read and written is told; `json` has all of it
        #[arg(long, value_enum, default_value_t = ReportFormat::Text, value_name = "FORMAT")]
        report: ReportFormat,
    },
}

/// Where a table goes, and how it is written.
#[derive(Debug, Args)]
pub(super) struct Output {
    /// How the table is written
    #[arg(long, value_enum, default_value_t = TableFormat::Sssom, value_name = "FORMAT")]
    pub format: TableFormat,
    /// Write into this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    /// SSSOM/TSV
    Sssom,
    /// JSON, for programs
    Json,
    /// CSV
    Csv,
    /// Excel, with filters and a frozen header
    Xlsx,
    /// SKOS in Turtle
    Skos,
    /// A CASE 1.1 package of associations
    Case,
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CoverageFormat {
    /// For people
    Text,
    /// CSV
    Csv,
    /// Excel, with filters and a frozen header
    Xlsx,
    /// A page of its own
    Html,
    /// JSON, for programs
    Json,
}

/// How a list of gaps is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GapsFormat {
    /// For people
    Text,
    /// CSV, with columns to fill in
    Csv,
}
