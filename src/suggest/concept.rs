//! What the engine compares: concepts with names, statements and broader concepts, whatever framework they come from.
//!
//! Adapters make [`Concepts`] of packs, of a project's own frameworks and of mapping tables. Invariants: positions in
//! [`Concept::parents`] are below the length of the list, and circles among them do no harm (they are followed a few steps only).

/// The concepts of one framework, in the order of its files.
#[derive(Debug, Clone, Default)]
pub struct Concepts {
    /// The name that messages use.
    pub name: String,
    pub items: Vec<Concept>,
}

/// One concept.
#[derive(Debug, Clone, Default)]
pub struct Concept {
    /// What names it: its IRI, its path. Unique in the list.
    pub key: String,
    /// The publisher's code; empty where there is none. Its beginnings are taken for groups (`15-1252.00` stands in `15`).
    pub code: String,
    /// What the publisher calls such a thing: `occupation`, `work role`.
    pub kind: String,
    /// Its names, the main one first.
    pub labels: Vec<Label>,
    /// What is said of it at more length.
    pub statements: Vec<Statement>,
    /// Positions of the broader concepts, the main one first.
    pub parents: Vec<u32>,
}

/// A name of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// A BCP 47 tag; empty where none is known.
    pub language: String,
    pub text: String,
    pub role: LabelRole,
}

/// What a name is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelRole {
    /// *The* name.
    Preferred,
    /// Another name for the same thing.
    Alternative,
    /// A name to search by: misspellings, old names.
    Hidden,
}

/// Prose about a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// A BCP 47 tag; empty where none is known.
    pub language: String,
    pub text: String,
}

/// A mapping that somebody has made already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// The position of the concept that is mapped.
    pub source: u32,
    /// The position of what it maps to.
    pub target: u32,
    pub verb: Verb,
}

/// How a concept stands to the one that it maps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// The same.
    Exact,
    /// Interchangeable for some uses.
    Close,
    /// The target is broader.
    Broad,
    /// The target is narrower.
    Narrow,
}

impl Verb {
    /// All, in the order of the numbers that [`Verb::number`] gives.
    pub const ALL: [Verb; 4] = [Verb::Exact, Verb::Close, Verb::Broad, Verb::Narrow];

    /// Its place in [`Verb::ALL`].
    #[must_use]
    pub fn number(self) -> usize {
        match self {
            Verb::Exact => 0,
            Verb::Close => 1,
            Verb::Broad => 2,
            Verb::Narrow => 3,
        }
    }

    /// The words of the language.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Verb::Exact => "is exactly",
            Verb::Close => "is close to",
            Verb::Broad => "is within",
            Verb::Narrow => "covers",
        }
    }
}

impl Concept {
    /// The main name; empty where there is none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.labels.first().map_or("", |label| label.text.as_str())
    }
}
