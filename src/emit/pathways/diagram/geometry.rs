//! Rectangles, and the parts of a drawing in their places.

use super::{FrameKind, Shape};

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub fn moved(self, x: f64, y: f64) -> Self {
        Self {
            x: round(self.x + x),
            y: round(self.y + y),
            width: round(self.width),
            height: round(self.height),
        }
    }
}

/// To a tenth: finer is not seen.
pub fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// What is special about a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    None,
    /// The pathway leads to it.
    Goal,
    /// It may be taken away before the end.
    Exit,
}

/// A stage in its place.
#[derive(Debug, Clone)]
pub struct PlacedStage {
    pub rect: Rect,
    pub heading: Vec<String>,
}

/// A frame in its place.
#[derive(Debug, Clone)]
pub struct PlacedFrame {
    pub rect: Rect,
    pub kind: FrameKind,
    pub label: Vec<String>,
    /// Between its border and its label.
    pub inset: f64,
}

/// A box in its place.
#[derive(Debug, Clone)]
pub struct PlacedNode {
    pub rect: Rect,
    pub key: Option<u32>,
    pub shape: Shape,
    pub mark: Mark,
    pub tag: Option<&'static str>,
    pub title: String,
    pub name: Vec<String>,
    pub small: Vec<String>,
    pub href: Option<String>,
}
