//! What a report holds, whatever it is written as: facts, and tables under headings. Rendering is another floor's work.

use crate::model::Amount;

/// One report.
#[derive(Debug, Clone)]
pub struct Report {
    /// `plan`, `pathway`, `coverage`, `stacking` or `role`.
    pub kind: &'static str,
    /// The id of what it is about; empty for the whole project.
    pub subject: String,
    pub title: String,
    /// Said first, a sentence a line.
    pub summary: Vec<String>,
    pub facts: Vec<Fact>,
    /// The first table is the one that a format with a single table has.
    pub sections: Vec<Section>,
}

/// One fact, for programs.
#[derive(Debug, Clone)]
pub struct Fact {
    pub key: &'static str,
    pub value: Cell,
}

/// A heading with sentences and a table.
#[derive(Debug, Clone)]
pub struct Section {
    pub key: &'static str,
    pub title: String,
    pub notes: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// For programs; ids of the project where columns are things of it.
    pub key: String,
    pub title: String,
    /// One of very many: for spreadsheets and programs, and in a table of its own where people read.
    pub is_of_matrix: bool,
}

/// What stands in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(Amount),
    Truth(bool),
    List(Vec<String>),
}

impl Report {
    /// A report without anything in it yet.
    #[must_use]
    pub fn new(kind: &'static str, subject: &str, title: impl Into<String>) -> Self {
        Self {
            kind,
            subject: subject.to_owned(),
            title: title.into(),
            summary: Vec::new(),
            facts: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// Adds a fact.
    pub fn fact(&mut self, key: &'static str, value: impl Into<Cell>) {
        let value = value.into();
        self.facts.push(Fact { key, value });
    }
}

impl Section {
    /// A section with a table of these columns: key and title.
    #[must_use]
    pub fn new(key: &'static str, title: impl Into<String>, columns: &[(&str, &str)]) -> Self {
        Self {
            key,
            title: title.into(),
            notes: Vec::new(),
            columns: columns
                .iter()
                .map(|&(key, title)| Column {
                    key: key.to_owned(),
                    title: title.to_owned(),
                    is_of_matrix: false,
                })
                .collect(),
            rows: Vec::new(),
        }
    }
}

impl Cell {
    /// As people read it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(amount) => amount.to_string(),
            Self::Truth(true) => "yes".to_owned(),
            Self::Truth(false) => "no".to_owned(),
            Self::List(items) => items.join(", "),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Amount> for Cell {
    fn from(amount: Amount) -> Self {
        Self::Number(amount)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Number(Amount::whole(
            i64::try_from(count).unwrap_or(i64::MAX / 1000),
        ))
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<Vec<String>> for Cell {
    fn from(items: Vec<String>) -> Self {
        Self::List(items)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
