//! Floor 9: the command line.
//!
//! Goes in: arguments, the terminal. Comes out: an exit code. Findings go to standard output, everything else (progress,
//! summaries, faults) to standard error; with a machine format there is nothing else on standard output.
//!
//! Exit codes: 0 clean, 1 findings at or above the fail level (or a difference), 2 usage or project file, 3 something cannot
//! be read or written, 101 internal error.

mod args;
mod command;
mod crosswalk_args;
mod progress;
pub mod render;
mod terminal;

use std::io::Write;
use std::panic;

use clap::Parser;
use clap::error::ErrorKind;

use crate::workspace::Fault;
use args::{Arguments, Command};
use terminal::Terminal;

/// What the program ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Nothing to complain about.
    Clean = 0,
    /// Findings at or above the fail level, or a difference.
    Findings = 1,
    /// The command or the project file is at fault.
    Usage = 2,
    /// Something cannot be read or written.
    Unreadable = 3,
    /// The program itself is at fault.
    Internal = 101,
}

impl Exit {
    /// The number for the operating system.
    #[must_use]
    pub const fn code(self) -> i32 {
        self as u8 as i32
    }
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> Exit {
    guarded(run)
}

/// Runs the work; where it panics, says on standard error that this is our fault and asks for a report.
pub fn guarded(work: impl FnOnce() -> Exit + panic::UnwindSafe) -> Exit {
    panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        let words = info.payload();
        let words = words
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| words.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("unknown");
        // Standard error may be closed, and there is no one left to tell.
        let _ = writeln!(
            std::io::stderr(),
            "internal error: {words}{place}\nhelp: this is a fault of gradus {}; please report it with the text that led to it",
            env!("CARGO_PKG_VERSION")
        );
    }));
    panic::catch_unwind(work).unwrap_or(Exit::Internal)
}

fn run() -> Exit {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help that was asked for goes to standard output and is no fault; clap knows which is which.
            let _ = error.print();
            return match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Clean,
                _ => Exit::Usage,
            };
        }
    };
    let terminal = Terminal::new(arguments.color);
    let config = arguments.config;
    let result = match arguments.command {
        Command::New(options) => command::new::run(&options, &terminal),
        Command::Check(options) => command::check::run(&options, config, &terminal),
        Command::Build(options) => command::build::run(&options, config, &terminal),
        Command::Diff(options) => command::diff::run(&options, &terminal),
        Command::Graph(options) => command::graph::run(&options, config, &terminal),
        Command::Plan(options) => command::plan::run(&options, config, &terminal),
        Command::Report(options) => command::report::run(&options, config, &terminal),
        Command::Test(options) => command::test::run(&options, config, &terminal),
        Command::Import(options) => command::import::run(&options, config, &terminal),
        Command::Upgrade(options) => command::upgrade::run(&options, config, &terminal),
        Command::Release(options) => command::release::run(&options, config, &terminal),
        Command::Explain(options) => command::explain::run(&options, &terminal),
        Command::Rules(options) => command::rules::run(&options, &terminal),
        Command::Frameworks(options) => command::frameworks::run(&options, config, &terminal),
        Command::Crosswalk(options) => command::crosswalk::run(&options, config, &terminal),
        Command::Suggest(options) => command::suggest::run(&options, config, &terminal),
    };
    match result {
        Ok(exit) => exit,
        Err(fault) => {
            terminal.fault(&fault);
            match fault {
                Fault::Usage { .. } => Exit::Usage,
                Fault::Unreadable { .. } | Fault::Unwritable { .. } => Exit::Unreadable,
                Fault::Internal(_) => Exit::Internal,
            }
        }
    }
}
