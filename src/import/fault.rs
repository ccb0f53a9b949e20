//! Why a download cannot be read, in plain words.
//!
//! Goes in: what a reader met, and where. Comes out: one line with its place and what to do, which the command line shows.

use super::tally::Spot;

/// Why a download cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFault {
    /// What is wrong: one line, lower case, no full stop.
    pub message: String,
    /// Where, if it is at one place.
    pub spot: Option<Spot>,
    /// What to do, starting with a verb.
    pub help: Option<String>,
}

impl ReadFault {
    /// A fault of the download as a whole.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            spot: None,
            help: None,
        }
    }

    /// A fault at a place.
    #[must_use]
    pub fn at(spot: Spot, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            spot: Some(spot),
            help: None,
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
