//! Floor 6: what a new state of a project changes against an old one, by meaning.
//!
//! Goes in: two projects with their graphs. Comes out: [`Changes`], each with the rule that grades it, sorted by kind of thing
//! and id. Pure. What is only laid out otherwise, or stands in another file, is no change; a requirement is compared by whom
//! it accepts ([`decide`]), never by its text.

mod amounts;
mod assessments;
mod compare;
mod comparison;
mod credentials;
pub mod decide;
mod example;
mod frameworks;
mod fulfilment;
mod items_table;
mod matching;
mod others;
mod pathways;
pub mod relied;
mod resemblance;
pub mod rules;
mod settings;
mod successors;
mod values;
mod version;

pub use compare::compare;
pub use example::{Direction, Example, Holding};
pub use items_table::items_table;
pub use rules::{ChangeRule, Grade};
pub use successors::{Successor, successors};
pub use version::{Advice, advise, is_before};

use crate::graph::Graph;
use crate::model::Project;
use crate::source::Place;

/// One of the two states of a project.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    pub project: &'a Project,
    pub graph: &'a Graph,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Which {
    Old,
    New,
}

impl Which {
    /// As an index into a pair.
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Old => 0,
            Self::New => 1,
        }
    }
}

/// What kind of thing has changed, in the order in which changes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    Project,
    Credential,
    Pathway,
    Stage,
    Recognition,
    Set,
    Framework,
    Item,
    Scale,
    Level,
    Rubric,
    Crosswalk,
    Role,
    Issuer,
}

impl Thing {
    /// The word in every format.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Credential => "credential",
            Self::Pathway => "pathway",
            Self::Stage => "stage",
            Self::Recognition => "recognition",
            Self::Set => "set",
            Self::Framework => "framework",
            Self::Item => "item",
            Self::Scale => "scale",
            Self::Level => "level",
            Self::Rubric => "rubric",
            Self::Crosswalk => "crosswalk",
            Self::Role => "role",
            Self::Issuer => "issuer",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub rule: &'static ChangeRule,
    pub thing: Thing,
    /// Its id in the new state, or in the old one where it is gone.
    pub id: String,
    /// Its name, in the project's main language.
    pub name: String,
    /// What has changed, in words that follow on the thing's name.
    pub message: String,
    /// Learners who show what a changed requirement does.
    pub examples: Vec<Example>,
    /// What its author may have meant; starts with a verb.
    pub hint: Option<String>,
    pub old_place: Option<Place>,
    pub new_place: Option<Place>,
}

/// Everything that has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Sorted by kind of thing, id, and rule.
    pub changes: Vec<Change>,
}

impl Changes {
    /// The gravest grade, if anything has changed.
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        self.changes.iter().map(|change| change.rule.grade()).max()
    }

    /// How many changes have a grade.
    #[must_use]
    pub fn count(&self, grade: Grade) -> usize {
        self.changes
            .iter()
            .filter(|change| change.rule.grade() == grade)
            .count()
    }
}
