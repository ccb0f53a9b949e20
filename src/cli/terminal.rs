//! What the program writes to, and how: colors, width, standard output and standard error.

use std::env;
use std::io::{self, IsTerminal, Write};

use super::args::ColorChoice;
use crate::diag::Severity;
use crate::workspace::Fault;

/// The two streams and what they can show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    /// Whether standard output may carry colors.
    pub color: bool,
    /// Whether standard error may.
    pub color_notes: bool,
    /// Columns.
    pub width: usize,
    /// Whether somebody watches standard error.
    pub watched: bool,
}

/// Where the width is not known.
const WIDTH: usize = 100;

impl Terminal {
    pub(super) fn new(choice: ColorChoice) -> Self {
        let watched = io::stderr().is_terminal();
        Self {
            color: color(choice, io::stdout().is_terminal()),
            color_notes: color(choice, watched),
            width: width(),
            watched: watched && env::var_os("TERM").is_none_or(|term| term != "dumb"),
        }
    }

    /// Writes to standard output. A reader that went away (`| head`) is no fault.
    pub(super) fn print(&self, text: &str) -> Result<(), Fault> {
        self.print_bytes(text.as_bytes())
    }

    /// The same for what may be no text.
    pub(super) fn print_bytes(&self, bytes: &[u8]) -> Result<(), Fault> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Fault::unwritable(
                "standard output cannot be written",
                &error,
            )),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Writes a line to standard error.
    pub(super) fn note(&self, text: &str) {
        // There is nowhere to say that standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// Says what stopped the work.
    pub(super) fn fault(&self, fault: &Fault) {
        let word = paint("error", Severity::Error, self.color_notes);
        self.note(&format!("{word}: {fault}"));
        if let Some(help) = fault.help() {
            self.note(&format!("help: {help}"));
        }
    }
}

/// A word in the color of a severity.
pub(super) fn paint(text: &str, severity: Severity, color: bool) -> String {
    let code = match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Info | Severity::Off => "1;36",
    };
    styled(text, code, color)
}

/// A text in bold.
pub(super) fn bold(text: &str, color: bool) -> String {
    styled(text, "1", color)
}

fn styled(text: &str, code: &str, color: bool) -> String {
    if color {
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// `--color` first, then `NO_COLOR`, `CLICOLOR_FORCE`, and whether it is a terminal that can show colors.
fn color(choice: ColorChoice, is_terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
            if set("NO_COLOR") {
                return false;
            }
            if env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0")
            {
                return true;
            }
            is_terminal && env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// The columns of the terminal, within what reads well.
fn width() -> usize {
    let asked = env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    asked
        .or_else(columns)
        .map_or(WIDTH, |columns| columns.clamp(40, 160))
}

#[cfg(unix)]
fn columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

#[cfg(not(unix))]
fn columns() -> Option<usize> {
    None
}
