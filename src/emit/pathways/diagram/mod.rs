//! The drawing of a pathway: stages in order, what each asks, where one may leave, and where it leads.
//!
//! Goes in: a [`Picture`], which knows nothing of projects. Comes out: SVG text for a page. First the layout as numbers
//! ([`Layout`]), then the drawing as text. Two flows are made of each picture: across for wide pages and paper, down for
//! narrow ones. Invariants: the same picture gives the same bytes; every text is escaped and stays inside its shape; shapes,
//! labels and line styles say everything that colors say; no picture, however odd, makes it fail.

mod arrange;
mod draw;
mod geometry;
mod layout;
mod measure;
mod route;
#[cfg(test)]
mod tests;

use layout::layout;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// What the whole drawing is called.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// The stages, as written.
    pub stages: Vec<Stage>,
    /// What the pathway leads to and no stage asks for.
    pub goals: Vec<Node>,
    /// Prerequisites between credentials that are drawn.
    pub needs: Vec<Need>,
    /// The few words that the drawing itself says.
    pub words: Words,
}

/// Words on marks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words {
    /// On what the pathway leads to.
    pub goal: &'static str,
    /// On what may be taken away before the end.
    pub exit: &'static str,
}

/// One stage.
#[derive(Debug, Clone, Default)]
pub struct Stage {
    pub name: String,
    /// Positions of the stages before it.
    pub after: Vec<usize>,
    /// What it asks, all of it.
    pub parts: Vec<Part>,
    /// What may be taken away at its end.
    pub exits: Vec<Node>,
}

/// A part of what is asked.
#[derive(Debug, Clone)]
pub enum Part {
    Node(Node),
    Frame(Frame),
}

/// Several parts that belong together.
#[derive(Debug, Clone)]
pub struct Frame {
    pub kind: FrameKind,
    /// `any 2 of these`, `at least 6 ECTS from`, the name of a set.
    pub label: String,
    pub parts: Vec<Part>,
}

/// Why parts belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameKind {
    /// Some of them are enough.
    Choice,
    /// Their credit adds up to a least amount.
    Threshold,
    /// They may bring in no more than an amount.
    Cap,
    /// All of them, inside a choice.
    All,
    /// A set with a name.
    Set,
}

/// One thing in a box.
#[derive(Debug, Clone)]
pub struct Node {
    /// The number of its credential, by which [`Need`]s name it.
    pub key: Option<u32>,
    pub shape: Shape,
    pub name: String,
    /// Kind and credit, in a line below.
    pub detail: String,
    /// What it needs, in words, where no arrows are drawn.
    pub needs: String,
    /// Where it links to.
    pub href: Option<String>,
    /// Whether the pathway leads to it.
    pub is_goal: bool,
}

/// What a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Credential,
    /// A skill that must be shown.
    Skill,
    /// Words that a person judges.
    Judgement,
    /// How many more there are.
    More,
}

/// A prerequisite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// What is needed.
    pub from: u32,
    /// What needs it.
    pub to: u32,
    /// Whether there are other ways.
    pub alternative: bool,
}

/// Stands between the parts of a box's detail: a line may break after the point, not before it.
pub const SEPARATOR: &str = "\u{a0}· ";

/// The direction of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// From left to right.
    Across,
    /// From top to bottom, as wide as a phone.
    Down,
}

/// Draws a picture. `id` starts every id inside the drawing.
#[must_use]
pub fn svg(picture: &Picture, flow: Flow, id: &str) -> String {
    draw::draw(picture, &layout(picture, flow), flow, id)
}
