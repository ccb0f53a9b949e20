//! The inside of a stage: boxes and frames below each other, with their texts broken into lines.
//!
//! Goes in: a stage and a width. Comes out: rectangles relative to the stage's corner, and its height. Invariant: a frame
//! holds what is in it, and neighbors do not touch.

use super::geometry::{Mark, PlacedFrame, PlacedNode, Rect};
use super::{Flow, Frame, Node, Part, Picture, Shape, Stage, Words};
use crate::emit::badge_image::text::{Fit, Weight, lines};
use crate::emit::wording::one_line;
use std::borrow::Cow;

/// Between the border of a stage and what is in it.
pub const PADDING: f64 = 12.0;
/// Between neighbors.
const GAP: f64 = 8.0;
/// Between the border of a frame and what is in it.
const INSET: f64 = 9.0;
/// Between the border of a box and its text.
pub const MARGIN: f64 = 11.0;
/// The room of the stage's number, left of its name.
pub const NUMBER: f64 = 28.0;
/// Font sizes and their lines.
pub const NAME_SIZE: f64 = 13.0;
pub const NAME_LINE: f64 = 16.0;
pub const SMALL_SIZE: f64 = 11.5;
pub const SMALL_LINE: f64 = 14.5;
pub const HEADING_SIZE: f64 = 15.0;
pub const HEADING_LINE: f64 = 19.0;

/// A stage from the inside.
#[derive(Debug, Default)]
pub struct Inside {
    pub heading: Vec<String>,
    pub frames: Vec<PlacedFrame>,
    pub nodes: Vec<PlacedNode>,
    pub height: f64,
}

/// The widths that all stages of a drawing share.
#[derive(Debug, Clone, Copy)]
pub struct Widths {
    pub stage: f64,
    /// Left of the boxes, for arrows within the stage.
    pub gutter: f64,
    pub flow: Flow,
}

/// How wide stages are: wider where frames nest deeply.
pub fn widths(picture: &Picture, flow: Flow, lanes: usize) -> Widths {
    let depth = picture
        .stages
        .iter()
        .flat_map(|stage| stage.parts.iter().map(depth))
        .max()
        .unwrap_or(0);
    match flow {
        Flow::Across => {
            let gutter = if lanes == 0 {
                0.0
            } else {
                6.0 + 8.0 * lanes as f64
            };
            let room = 176.0 + 2.0 * PADDING + 2.0 * INSET * depth.min(24) as f64;
            Widths {
                stage: room.max(226.0) + gutter,
                gutter,
                flow,
            }
        }
        Flow::Down => Widths {
            stage: 326.0,
            gutter: 0.0,
            flow,
        },
    }
}

fn depth(part: &Part) -> usize {
    match part {
        Part::Node(_) => 0,
        Part::Frame(frame) => 1 + frame.parts.iter().map(depth).max().unwrap_or(0),
    }
}

/// Measures a stage.
pub fn stage(stage: &Stage, widths: Widths, words: Words) -> Inside {
    let mut inside = Inside {
        heading: broken(
            &stage.name,
            widths.stage - 2.0 * PADDING - NUMBER,
            HEADING_SIZE,
            Weight::Bold,
            3,
        ),
        ..Inside::default()
    };
    let mut top = PADDING + HEADING_LINE * inside.heading.len().max(1) as f64;
    let left = PADDING + widths.gutter;
    let width = widths.stage - left - PADDING;
    let inset = if widths.flow == Flow::Down {
        let depth = stage.parts.iter().map(depth).max().unwrap_or(0);
        (60.0 / depth.max(1) as f64).min(INSET)
    } else {
        INSET
    };
    let room = Room {
        left,
        width,
        inset,
        flow: widths.flow,
        words,
    };
    for part in &stage.parts {
        top += GAP;
        top = inside.part(part, room, top);
    }
    if !stage.exits.is_empty() {
        top += 4.0;
    }
    for exit in &stage.exits {
        top += GAP;
        let mark = if exit.is_goal { Mark::Goal } else { Mark::Exit };
        let placed = node(exit, mark, room, top);
        top = placed.rect.bottom();
        inside.nodes.push(placed);
    }
    inside.height = top + PADDING;
    inside
}

/// The strip in which boxes stand below each other.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub left: f64,
    pub width: f64,
    /// How much narrower the inside of a frame is, on each side.
    pub inset: f64,
    pub flow: Flow,
    pub words: Words,
}

impl Inside {
    /// Places a part and returns where it ends.
    fn part(&mut self, part: &Part, room: Room, top: f64) -> f64 {
        match part {
            Part::Node(one) => {
                let mark = if one.is_goal { Mark::Goal } else { Mark::None };
                let placed = node(one, mark, room, top);
                let bottom = placed.rect.bottom();
                self.nodes.push(placed);
                bottom
            }
            Part::Frame(frame) => self.frame(frame, room, top),
        }
    }

    fn frame(&mut self, frame: &Frame, room: Room, top: f64) -> f64 {
        let position = self.frames.len();
        let inner = Room {
            left: room.left + room.inset,
            width: room.width - 2.0 * room.inset,
            ..room
        };
        let label = broken(&frame.label, inner.width, SMALL_SIZE, Weight::Bold, 3);
        let mut bottom = top + 6.0 + SMALL_LINE * label.len() as f64;
        self.frames.push(PlacedFrame {
            rect: Rect::default(),
            kind: frame.kind,
            label,
            inset: room.inset,
        });
        for part in &frame.parts {
            bottom += GAP;
            bottom = self.part(part, inner, bottom);
        }
        bottom += INSET;
        if let Some(placed) = self.frames.get_mut(position) {
            placed.rect = Rect {
                x: room.left,
                y: top,
                width: room.width,
                height: bottom - top,
            };
        }
        bottom
    }
}

/// A box in a strip, from a height on.
pub fn node(node: &Node, mark: Mark, strip: Room, top: f64) -> PlacedNode {
    let room = strip.width
        - 2.0 * MARGIN
        - match (node.shape, mark) {
            (_, Mark::Exit) | (Shape::Skill, _) => 10.0,
            (Shape::Credential | Shape::Judgement | Shape::More, _) => 0.0,
        };
    let weight = match node.shape {
        Shape::Credential => Weight::Bold,
        Shape::Skill | Shape::Judgement | Shape::More => Weight::Medium,
    };
    let name = broken(&node.name, room, NAME_SIZE, weight, 4);
    let mut small = broken(&node.detail, room, SMALL_SIZE, Weight::Medium, 2);
    if small.len() > 1 {
        // A line for each part looks better than a break anywhere.
        let parts = node.detail.split(super::SEPARATOR);
        small = parts
            .flat_map(|part| broken(part, room, SMALL_SIZE, Weight::Medium, 2))
            .collect();
    }
    if strip.flow == Flow::Down {
        small.extend(broken(&node.needs, room, SMALL_SIZE, Weight::Medium, 2));
    }
    let tag = match mark {
        Mark::None => None,
        Mark::Goal => Some(strip.words.goal),
        Mark::Exit => Some(strip.words.exit),
    };
    let height = 15.0
        + NAME_LINE * name.len() as f64
        + SMALL_LINE * small.len() as f64
        + tag.map_or(0.0, |_| SMALL_LINE);
    PlacedNode {
        rect: Rect {
            x: strip.left,
            y: top,
            width: strip.width,
            height,
        },
        key: node.key,
        shape: node.shape,
        mark,
        tag,
        title: one_line(Cow::Borrowed(node.name.as_str())).into_owned(),
        name,
        small,
        href: node.href.clone(),
    }
}

/// A text in lines of a width; what is longer than `most` lines ends in `…`.
fn broken(text: &str, width: f64, size: f64, weight: Weight, most: usize) -> Vec<String> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let sizes: &'static [f64] = if size == NAME_SIZE {
        &[NAME_SIZE]
    } else if size == HEADING_SIZE {
        &[HEADING_SIZE]
    } else {
        &[SMALL_SIZE]
    };
    let fit = Fit {
        width: width.max(24.0),
        sizes,
        height: size * 1.16 * most as f64,
        weight,
    };
    lines(text, &fit).1
}
