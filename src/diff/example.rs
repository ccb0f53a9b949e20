//! Learners who show what a changed requirement does.

/// In which direction a learner shows the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Was accepted, and is not any more.
    Lost,
    /// Is accepted, and was not.
    Gained,
}

/// A smallest learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub direction: Direction,
    /// Credentials first.
    pub holds: Vec<Holding>,
}

/// Something that the learner brings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holding {
    /// A credential, by its id in the new state, or in the old one where it is gone.
    Credential(String),
    /// A skill, shown by something that the project does not declare.
    Skill { path: String, level: Option<String> },
    /// A judgement that was passed.
    Judgement(String),
}

impl Holding {
    fn words(&self) -> String {
        match self {
            Self::Credential(id) => format!("`{id}`"),
            Self::Skill {
                path,
                level: Some(level),
            } => format!("other proof of `{path}` at `{level}`"),
            Self::Skill { path, level: None } => format!("other proof of `{path}`"),
            Self::Judgement(text) => format!("the judgement \"{text}\""),
        }
    }
}

impl Example {
    /// `holding `a` and `b` was enough, now it is not`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let words: Vec<String> = self.holds.iter().map(Holding::words).collect();
        let held = match words.as_slice() {
            [] => "holding nothing".to_owned(),
            [one] => format!("holding {one}"),
            [first @ .., last] => format!("holding {} and {last}", first.join(", ")),
        };
        match self.direction {
            Direction::Lost => format!("{held} was enough, now it is not"),
            Direction::Gained => format!("{held} is enough now, before it was not"),
        }
    }
}
