//! Floor 1: what can be said to a user.
//!
//! One plain struct for every finding, and a sink where the fault is found; adapters for terminal, JSON, SARIF and
//! annotations live on the top floor. Wording: lower case, no full stop, the author's words in back-ticks.

pub mod early;
mod suggest;
mod suppress;

pub use suggest::{closest, did_you_mean};
pub use suppress::{Allow, Policy, apply_policy};

use crate::source::{FileId, Place};

/// How grave a finding is. `Off` is a setting, never the severity of a finding that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Not reported at all.
    Off,
    /// Good to know; never fails a build.
    Info,
    /// Should be looked at.
    Warning,
    /// Nothing is published while it stands.
    Error,
}

impl Severity {
    /// The word used in messages, in `gradus.yaml` and in machine formats.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of a word, if it is one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Off, Self::Info, Self::Warning, Self::Error]
            .into_iter()
            .find(|severity| severity.word() == word)
    }
}

/// The identity of a rule. Severity is configuration, the name is not.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `family/rule` in kebab-case; never used again for something else.
    pub name: &'static str,
    /// How grave it is where the project does not say otherwise.
    pub severity: Severity,
    /// One line for lists: what the rule finds.
    pub summary: &'static str,
}

impl Rule {
    /// The part before the slash.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.name
            .split_once('/')
            .map_or(self.name, |(family, _)| family)
    }
}

/// A place that takes part in a finding, and what to say there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// A few words; may be empty on the primary label.
    pub text: String,
}

/// One replacement of a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub place: Place,
    /// By what.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule found it.
    pub rule: &'static Rule,
    /// Its severity after the project's settings.
    pub severity: Severity,
    /// The smallest text that is wrong.
    pub place: Place,
    /// What is wrong, one line.
    pub message: String,
    /// What to say at `place`; may be empty.
    pub label: String,
    /// Other places that take part, also in other files.
    pub also: Vec<Label>,
    /// What to do; starts with a verb.
    pub help: Option<String>,
    /// A certain mend, as edits that belong together; empty where none is certain.
    pub fix: Vec<Edit>,
}

impl Diagnostic {
    /// Sets the message.
    pub fn message(&mut self, text: impl Into<String>) -> &mut Self {
        self.message = text.into();
        self
    }

    /// Sets the words at the primary place.
    pub fn label(&mut self, text: impl Into<String>) -> &mut Self {
        self.label = text.into();
        self
    }

    /// Adds another place.
    pub fn also(&mut self, place: Place, text: impl Into<String>) -> &mut Self {
        self.also.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// Says what to do.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    /// Says what to do, where there is something to say.
    pub fn help_opt(&mut self, text: Option<String>) -> &mut Self {
        if text.is_some() {
            self.help = text;
        }
        self
    }

    /// Adds an edit of a mend that is certain.
    pub fn fix(&mut self, place: Place, text: impl Into<String>) -> &mut Self {
        self.fix.push(Edit {
            place,
            text: text.into(),
        });
        self
    }
}

/// Where findings are collected.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    /// An empty sink.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reports a rule at a place; the caller goes on to say what is wrong.
    pub fn report(&mut self, rule: &'static Rule, place: Place) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic {
            rule,
            severity: rule.severity,
            place,
            message: String::new(),
            label: String::new(),
            also: Vec::new(),
            help: None,
            fix: Vec::new(),
        });
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// Takes over what another sink has collected.
    pub fn append(&mut self, mut other: Self) {
        self.diagnostics.append(&mut other.diagnostics);
    }

    /// Takes over a finding made elsewhere.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What has been collected, in the order of reporting.
    #[must_use]
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether nothing has been reported.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Ends the collection: sorted by file and place, each finding once.
    #[must_use]
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        diagnostics.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.place.file, d.place.span, d.rule.name);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        diagnostics.dedup();
        diagnostics
    }
}

/// A file that a finding is about but that is not part of the sources, for instance the project file.
pub const NO_FILE: FileId = FileId(u32::MAX);
