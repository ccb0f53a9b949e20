//! A progress bar on standard error, for long work on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal::Terminal;

/// Less than this is over before anybody reads it.
const LONG: usize = 2_000;

/// Progress over a number of things.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Starts a bar; a hidden one where nobody watches or the work is short.
    pub(super) fn new(what: &'static str, length: usize, terminal: &Terminal) -> Self {
        let bar = ProgressBar::with_draw_target(
            Some(length as u64),
            if terminal.watched && length >= LONG {
                ProgressDrawTarget::stderr()
            } else {
                ProgressDrawTarget::hidden()
            },
        );
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:40}] {pos}/{len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(what);
        Self { bar }
    }

    /// So many more are done.
    pub(super) fn advance(&self, number: usize) {
        self.bar.inc(number as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
